"""What all runs ask of files: brought up to date by those that changed, it is what all of them tell."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import census, folders, loading, packed
from dateline.cards import read_cards
from dateline.deck import Deck, OddError
from dateline.problems import DatelineError
from trackers import make_tracker

STORY = """\
-- content/site.yaml --
title: Test
recogniser: rules
-- content/actors/ada.yaml --
name: Ada Moreno
kind: person
-- content/actors/tom.yaml --
name: Tom Brandt
kind: person
-- content/events/deal.yaml --
label: The deal
kind: instrument
class: agreement
-- content/events/talks.yaml --
label: The talks
kind: process
part_of: deal
-- content/articles/one.yaml --
title: One
source: A
published: 2021-05-03
entries:
- {id: e-1, label: signed, quote: "Ada signed.", when: 2021-05, actors: [{actor: ada, words: Ada, role: agent}], events: [deal]}
- {id: e-2, label: left, quote: "Tom left.", when: 2021-05-02, actors: [{actor: tom, words: Tom, role: agent}]}
-- content/articles/two.yaml --
title: Two
source: B
published: 2021-05-04
entries:
- {id: e-3, label: signed, quote: "Ada signed it.", when: 2021-05, happening: e-1, events: [talks]}
"""
ONE, TWO, TALKS = "articles/one.yaml", "articles/two.yaml", "events/talks.yaml"
EDITS = {
    "byline": (ONE, "title: One", "byline: Somebody\ntitle: One"),
    "title": (ONE, "title: One", "title: Another"),
    "day": (ONE, "published: 2021-05-03\n", ""),
    "day there": (TWO, "published: 2021-05-04", "published: 2021-06"),
    "source": (TWO, "source: B", "source: A"),
    "label": (ONE, "label: left", "label: went"),
    "quotation": (TWO, "Ada signed it.", "Ada signed that."),
    "entry added": (TWO, "entries:\n", "entries:\n- {id: e-4, label: came}\n"),
    "entry twice": (TWO, "entries:\n", "entries:\n- {id: e-2, label: came}\n"),
    "entry gone": (TWO, "- {id: e-3", "- {id: e-9"),
    "other happening": (TWO, "happening: e-1, ", ""),
    "other actor": (ONE, "actor: tom", "actor: ada"),
    "nobody": (ONE, "actor: tom", "actor: nobody"),
    "other event": (ONE, "events: [deal]", "events: [talks]"),
    "no part": (TALKS, "part_of: deal\n", ""),
    "circle": ("events/deal.yaml", "class: agreement", "class: agreement\npart_of: talks"),
    "name": ("actors/ada.yaml", "Ada Moreno", "Ada Other"),
    "alias": ("actors/tom.yaml", "kind: person", "kind: person\naliases: [{name: The Chief}]"),
    "broken": (ONE, "title:", "titel:"),
    "article": ("articles/three.yaml", None, "title: Three\nsource: C\nentries: [{id: e-7, label: fell}]\n"),
    "actor": ("actors/eva.yaml", None, "name: Eva\nkind: person\n"),
    "one of two names": ("actors/ada.yml", None, "name: Eva\nkind: person\n"),
    "article gone": (TWO, "", None),
    "actor gone": ("actors/tom.yaml", "", None),
    "no record": ("articles/old/one.yaml", None, "titel: [\n"),
    "no record either": ("articles/notes.txt", None, "titel: [\n"),
    "undone": (ONE, "", STORY.partition("one.yaml --\n")[2].partition("-- content")[0]),
}


def edit(tracker, kind):
    name, old, new = EDITS[kind]
    path = tracker / "content" / name
    if new is None:
        path.unlink(missing_ok=True)
    elif not old:
        path.parent.mkdir(exist_ok=True)
        path.write_text(new, "utf-8")
    elif path.exists():
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def cards(tracker, keep=True):
    found = read_cards(tracker, folders.load_prints(tracker).look_again())
    if keep:
        found.save()
    return found


def told(corpus):
    return [
        (*corpus.articles,), (*corpus.entries,), (*corpus.actors,), (*corpus.events,), corpus.touched, corpus.redirects,
        corpus.edits,
    ]  # fmt: skip


def fresh(tracker):
    """What all files tell; None where one has a problem."""
    try:
        known = loading.load(tracker)
    except DatelineError:
        return None
    return None if known.problems else told(known.filed)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.lists(st.sampled_from(sorted(EDITS)), max_size=3), st.booleans()), max_size=5))
def test_any_history_tells_what_the_files_tell(tmp_path_factory, history):
    """Several files are edited at once, and some runs fail after they looked at files: they keep nothing."""
    tracker = make_tracker(tmp_path_factory.mktemp("t"), STORY)
    cards(tracker)
    for kinds, keep in history:
        for kind in kinds:
            edit(tracker, kind)
        try:
            found = cards(tracker, keep)
        except OddError:
            assert fresh(tracker) is None
            continue
        assert told(found.corpus) == fresh(tracker)
        prints = folders.load_prints(tracker).look_again()
        whole = census.gather(Deck(tracker, {of: d for of, d in prints.digests.items() if of in found.files}, None))
        assert whole._replace(named=[]) == found.census._replace(named=[])
        assert {*whole.named} <= {*found.census.named}
        entries = found.corpus.entries
        assert isinstance(entries, packed.PackedEntries)
        reported = {id: {entries[at].id for at in places} for id, places in entries.happenings.items()}
        assert {of.id: of.happening or of.id for of in entries} == {
            of: id for id, ids in reported.items() for of in ids
        }


@pytest.mark.parametrize(
    ("kind", "happenings", "reworded", "one_by_one"),
    [
        ("byline", {"e-1", "e-2"}, False, True),
        ("title", {"e-1", "e-2"}, False, True),
        ("label", {"e-1", "e-2"}, False, True),
        ("day", {"e-1", "e-2"}, True, True),
        ("quotation", {"e-1"}, True, True),
        ("other happening", {"e-1", "e-3"}, False, False),
        ("entry added", {"e-1", "e-4"}, True, False),
        ("article gone", {"e-1"}, True, False),
        ("alias", set(), False, True),
    ],
)
def test_what_changed_is_told_and_little_is_opened(tmp_path, monkeypatch, kind, happenings, reworded, one_by_one):
    tracker = make_tracker(tmp_path, STORY)
    first = cards(tracker)
    edit(tracker, kind)
    gathered = []
    whole = census.gather
    monkeypatch.setattr("dateline.cards.gather", lambda deck: gathered.append(deck) or whole(deck))
    since = cards(tracker).since
    assert (since.before, bool(gathered)) == (first.census.state, not one_by_one)
    assert (since.happenings, since.reworded) == (happenings, reworded)
    stem = EDITS[kind][0].partition("/")[2].removesuffix(".yaml")
    assert since.articles | since.actors | since.events == {stem}


def test_a_run_that_keeps_nothing_leaves_what_the_next_one_starts_from(tmp_path):
    tracker = make_tracker(tmp_path, STORY)
    first = cards(tracker)
    edit(tracker, "byline")
    cards(tracker, keep=False)
    edit(tracker, "alias")
    since = cards(tracker).since
    assert (since.before, since.articles, since.actors) == (first.census.state, {"one"}, {"tom"})


@pytest.mark.parametrize("name", [census.FILE, "cards.sqlite3"])
@pytest.mark.parametrize("body", [None, b"", b"no", "cut", "older"])
def test_what_is_lost_damaged_or_of_another_program_is_gathered_anew(tmp_path, name, body):
    tracker = make_tracker(tmp_path, STORY)
    cards(tracker)
    path = tracker / folders.FOLDER / name
    if body == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    elif body == "older":
        folders.save_plain(tracker, name, [0, "", {}])
    elif body is None:
        path.unlink()
    else:
        path.write_bytes(body)
    edit(tracker, "byline")
    assert told(cards(tracker).corpus) == fresh(tracker)


def test_a_card_that_is_damaged_while_a_run_goes_on_is_read_from_its_file(tmp_path):
    tracker = make_tracker(tmp_path, STORY)
    cards(tracker)
    found = cards(tracker, keep=False)
    shutil.copy(tracker / "content" / "site.yaml", tracker / folders.FOLDER / "cards.sqlite3")
    assert told(found.corpus) == fresh(tracker)


def test_a_file_that_is_saved_while_a_run_goes_on_is_no_longer_what_was_looked_at(tmp_path):
    tracker = make_tracker(tmp_path, STORY)
    cards(tracker)
    (tracker / folders.FOLDER / "cards.sqlite3").unlink()
    found = cards(tracker, keep=False)
    found.close()
    edit(tracker, "title")
    (tracker / folders.FOLDER / "cards.sqlite3").unlink(missing_ok=True)
    with pytest.raises(OddError):
        told(found.corpus)
