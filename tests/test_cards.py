"""Files known by their bytes come to the same records as files that are read, or are read in full."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import CORPUS, story_corpus
from dateline import build, deck, folders, last, loading, model, packed, parsed
from dateline.cards import read_cards
from dateline.deck import OddError
from dateline.edits import Edit
from test_increments import STORY
from trackers import make_tracker

HAND = """\
-- content/site.yaml --
title: Test
recogniser: rules
-- content/actors/ada.yaml --
name: Ada Moreno
kind: person
-- content/events/deal.yaml --
label: The deal
kind: instrument
class: agreement
-- content/articles/mine.yaml --
title: Mine
source: Me
entries:
- {id: e-own, label: signed, quote: "Ada signed.", when: 2021-05, actors: [{actor: ada, words: Ada, role: agent}], events: [deal]}
"""


def cards(tracker):
    return read_cards(tracker, folders.load_prints(tracker).look_again())


def test_cards_tell_what_the_files_tell(tmp_path):
    tracker = make_tracker(tmp_path / "t", STORY + HAND.partition("recogniser: rules\n")[2])
    build.build(tracker)
    known = loading.load(tracker)
    assert known.problems == ()
    for opened in (len(list((tracker / "content").glob("*/*.yaml"))), 0):
        found = cards(tracker)
        assert found.opened == opened
        assert (*found.corpus.entries,) == (*known.filed.entries,)
        for name in ("articles", "actors", "events"):
            assert (*getattr(found.corpus, name),) == getattr(known.filed, name), name
        for name in ("settings", "touched", "redirects", "edits"):
            assert getattr(found.corpus, name) == getattr(known.filed, name), name
        assert found.entry_ids == known.entry_ids


def test_a_mere_render_keeps_cards_and_a_build_files_as_parsed(tmp_path):
    tracker = make_tracker(tmp_path / "t", HAND)
    kept = tracker / folders.FOLDER / parsed.FILE
    last.run(tracker, "render", last.full(tracker, "render"))
    assert (tracker / folders.FOLDER / deck.FILE).exists()
    assert not kept.exists()
    last.run(tracker, "build", last.full(tracker, "build"))
    assert kept.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("articles/mine.yaml", "titel: Mine\n"),
        ("articles/mine.yaml", "entries: [{id: e-own, label: x, source: a, actors: [nobody]}]\n"),
        ("articles/mine.yaml", "entries: [{id: e-own, label: x}]\n"),
        ("articles/other.yaml", "source: b\nentries: [{id: e-own, label: x}]\n"),
        ("articles/mine.yaml", "source: b\nentries: [{id: e-own, label: x}, {id: e-own, label: y}]\n"),
        ("articles/mine.yml", "source: b\n"),
        ("articles/mine.yaml", "source: [\n"),
        ("events/deal.yaml", "label: D\nkind: process\npart_of: nothing\n"),
        ("events/deal.yaml", "label: D\nkind: process\npart_of: deal\n"),
        ("site.yaml", "titel: x\n"),
    ],
)
def test_a_problem_wants_the_files_themselves(tmp_path, name, text):
    tracker = make_tracker(tmp_path / "t", HAND)
    cards(tracker)
    (tracker / "content" / name).write_text(text, "utf-8")
    with pytest.raises(OddError):
        cards(tracker)


def test_a_file_saved_since_it_was_looked_at_is_not_kept(tmp_path):
    tracker = make_tracker(tmp_path / "t", HAND)
    prints = folders.load_prints(tracker).look_again()
    path = tracker / "content" / "actors" / "ada.yaml"
    path.write_text("name: Ada Other\nkind: person\n", "utf-8")
    with pytest.raises(OddError):
        read_cards(tracker, prints)


@pytest.mark.parametrize("corpus", [CORPUS, story_corpus(60)])
def test_records_come_back_as_they_were(corpus):
    for record in (*corpus.articles, *corpus.entries, *corpus.actors, *corpus.events):
        told = json.loads(json.dumps(packed.pack(record)))
        assert packed.unpack(type(record), told) == record


@settings(deadline=None)
@given(st.data())
def test_every_field_of_a_record_is_packed(data):
    record = data.draw(
        st.sampled_from([model.Article, model.Entry, model.Actor, model.Event, Edit]).flatmap(st.from_type)
    )
    told = json.loads(json.dumps(packed.pack(record)))
    assert len(told) == len(fields(record))
