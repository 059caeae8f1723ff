"""What people settled: the lines, what they mean together, what they do to a site, and how they are taken back."""

from __future__ import annotations

import re

import pytest

from dateline import build, loading, publish, when
from dateline.decisions import (
    Decision,
    Evidence,
    Named,
    append_decision,
    describe,
    format_decision,
    parse_decisions,
    remove_decision,
)  # fmt: skip
from dateline.ledger import resolve
from dateline.model import Actor, Article, Corpus, Entry, Event, Settings
from dateline.problems import ContentError
from dateline.settle import apply
from trackers import RULES, files_of, make_tracker

LEDGER = "content/decisions.yaml"

STORY = (
    RULES
    + """-- seeds/one.txt --
---
title: Ministers meet in Doha
source: The Example
published: 2021-04-29
---
DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday. France and Spain signed the Doha accord.

Roe visited Madrid last week. Mary Major visited Paris on Monday.
-- seeds/two.txt --
---
title: Second day in Doha
source: The Other
published: 2021-04-30
---
DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Tuesday, officials said.

Spain rejected the Doha accord. Peter Minor visited Berlin on Monday.
"""
)


@pytest.fixture
def tracker(tmp_path):
    folder = make_tracker(tmp_path / "tracker", STORY)
    build.build(folder)
    return folder


def decide(tracker, *lines):
    (tracker / LEDGER).write_text("".join(f"- {line}\n" for line in lines), encoding="utf-8")


def page(tracker, path):
    return (tracker / "site" / path).read_text(encoding="utf-8")


def entry_with(tracker, word, article):
    corpus = loading.load(tracker).filed
    return next(entry for entry in corpus.entries if entry.word == word and entry.article == article)


def met(tracker, article="ministers-meet-in-doha"):
    return entry_with(tracker, "met", article)


# --------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        ("- same: [a, b, c]", Decision(verb="same", of=("a", "b", "c"))),
        ("- different: [actors/a, b]", Decision(verb="different", of=("actors/a", "b"))),
        (
            "- split: {from: a, mentions: [{name: Roe, article: one}, {name: J. Roe}], into: John Roe}",
            Decision(
                verb="split",
                of=("a", "John Roe"),
                mentions=(Named(name="Roe", article="one"), Named(name="J. Roe")),
            ),
        ),
        ("- drop: e-1", Decision(verb="drop", of=("e-1",))),
        ("- drop: {name: Read More}", Decision(verb="drop", name="Read More")),
        (
            '- {drop: e-1, by: Ann, "on": 2021-05-01, why: "no: nonsense", '
            'evidence: {kind: entry, article: one, word: met, quote: "They met, twice."}}',
            Decision(
                verb="drop",
                of=("e-1",),
                by="Ann",
                on="2021-05-01",
                why="no: nonsense",
                evidence=Evidence(kind="entry", article="one", word="met", quote="They met, twice."),
            ),
        ),
        ('- rename: {a: "No"}', Decision(verb="rename", of=("a",), name="No")),
        (
            "- prefer: {e-1: {when: 2021-04-28, place: Doha}}",
            Decision(verb="prefer", of=("e-1",), fields=(("when", "2021-04-28"), ("place", "Doha"))),
        ),
    ],
)
def test_a_line_and_its_decision(line, decision):
    assert parse_decisions(line + "\n") == ((decision,), ())
    assert format_decision(decision) == line + "\n"


@pytest.mark.parametrize(
    ("text", "slug", "line"),
    [
        ("same: [a, b]\n", "yaml", 1),
        ("- same: [a]\n", "bad-decision", 1),
        ("- same: [a, a]\n", "bad-decision", 1),
        ("- same: a\n", "wrong-type", 1),
        ("- keep: a\n", "unknown-field", 1),
        ("- just words\n", "wrong-type", 1),
        ("- by: Ann\n", "bad-decision", 1),
        ("- same: [a, b]\n- {drop: a, rename: {a: b}}\n", "bad-decision", 2),
        ("- drop:\n", "bad-decision", 1),
        ("- drop: {id: a}\n", "unknown-field", 1),
        ("- rename: {a: b, c: d}\n", "bad-decision", 1),
        ('- rename: {a: ""}\n', "bad-decision", 1),
        ("- split: {from: a, into: b}\n", "bad-decision", 1),
        ("- split: {from: a, mentions: [{article: x}], into: b}\n", "bad-decision", 1),
        ("- prefer: {a: {}}\n", "bad-decision", 1),
        ("- prefer: {a: {name: b}}\n", "unknown-field", 1),
        ("- prefer: {a: {when: lately}}\n", "bad-date", 1),
    ],
)
def test_a_line_that_is_no_decision_is_told_with_its_place(text, slug, line):
    found, problems = parse_decisions(text)
    assert slug in [problem.slug for problem in problems]
    assert [(p.where.path, p.where.line) for p in problems if p.slug == slug] == [(LEDGER, line)]
    assert len(found) == line - 1


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# Ours.\n\n- same: [a, b]  # sure\n# the end\n",
        "- same: [a, b]",
        "  - same: [a, b]\n  - drop: c\n",
        "\ufeff- same: [a, b]\r\n",
        "-\n  same:\n  - a\n  - b\n",
    ],
)
def test_a_line_more_changes_no_byte_and_can_be_taken_back(tmp_path, before):
    from dateline.decisions import remove_decision

    (tmp_path / "content").mkdir()
    path = tmp_path / LEDGER
    if before:
        path.write_bytes(before.encode())
    line = append_decision(tmp_path, Decision(verb="drop", of=("x",)))
    after = path.read_bytes().decode()
    assert after.startswith(before)
    assert after.split("\n")[line - 1].strip() == "- drop: x"
    number = len(parse_decisions(after.removeprefix("\ufeff"))[0])
    assert remove_decision(tmp_path, number).of == ("x",)
    assert (path.read_bytes().decode() if path.exists() else "").rstrip("\n") == before.rstrip("\n")


def test_a_decision_in_the_middle_goes_without_the_remarks_around_it(tmp_path):
    from dateline.decisions import remove_decision

    text = "# one\n- drop: a\n# two\n- drop:\n    b\n\n# three\n- drop: c\n"
    make_tracker(tmp_path, f"-- {LEDGER} --\n{text}")
    remove_decision(tmp_path, 2)
    assert (tmp_path / LEDGER).read_text() == "# one\n- drop: a\n# two\n\n# three\n- drop: c\n"


# --------------------------------------------------------------------------------------------- what they mean


def corpus_of(actors="abcd", events="vwx", entries=(), both=""):
    return Corpus(
        settings=Settings(),
        articles=(Article(id="one", seed=""),),
        actors=tuple(Actor(id=id_, name=id_.upper(), kind="person") for id_ in [*actors, *both]),
        events=tuple(Event(id=id_, label=id_, kind="occasion", event_class="talks") for id_ in [*events, *both]),
        entries=tuple(
            Entry(id=id_, article="one", quote=id_, word=id_, event_class="talks", label=id_, happening=id_)
            for id_ in entries
        ),
    )


@pytest.mark.parametrize(
    ("lines", "slug", "at", "words"),
    [
        (["same: [a, b]", "different: [a, b]"], "contradiction", 2, "line 1"),
        (["different: [a, b]", "same: [a, b]"], "contradiction", 2, "line 1"),
        (["same: [a, b]", "same: [b, c]", "different: [c, a]"], "contradiction", 3, "lines 1 and 2"),
        (["different: [a, c]", "same: [a, b]", "same: [c, b]"], "contradiction", 3, "lines 1 and 2"),
        (["drop: b", "same: [a, b]"], "contradiction", 2, "line 1"),
        (["same: [a, b]", "drop: a"], "contradiction", 2, "line 1"),
        (["rename: {a: X}", "drop: c", "rename: {a: Y}"], "contradiction", 3, "line 1"),
        (["drop: a", "split: {from: a, mentions: [A], into: b}"], "contradiction", 2, "line 1"),
        (["split: {from: a, mentions: [A], into: b}", "same: [b, a]"], "contradiction", 2, "line 1"),
        (
            ["split: {from: a, mentions: [A], into: b}", "split: {from: a, mentions: [A], into: c}"],
            "contradiction",
            2,
            "line 1",
        ),
        (["prefer: {v: {place: Doha}}", "prefer: {v: {place: Paris}}"], "contradiction", 2, "line 1"),
        (["prefer: {v: {label: L}}", "rename: {v: M}"], "contradiction", 2, "line 1"),
        (["same: [a, nobody]"], "dangling-id", 1, "nobody"),
        (["drop: nobody"], "dangling-id", 1, "nobody"),
        (["split: {from: a, mentions: [{name: A, article: none}], into: b}"], "dangling-id", 1, "none"),
        (["same: [a, v]"], "bad-decision", 1, "a is an actor"),
        (["rename: {e: X}"], "bad-decision", 1, "e"),
        (["prefer: {a: {place: X}}"], "bad-decision", 1, "a"),
        (["prefer: {v: {doer: a}}"], "bad-decision", 1, "`doer`"),
        (["prefer: {v: {number: 12 killed}}"], "bad-decision", 1, "`number`"),
        (["split: {from: a, mentions: [A], into: a}"], "bad-decision", 1, "another"),
        (["rename: {z: X}"], "ambiguous-id", 1, "z"),
    ],
)
def test_what_cannot_be_names_its_lines(lines, slug, at, words):
    decisions, problems = parse_decisions("".join(f"- {line}\n" for line in lines))
    assert problems == ()
    _, found = resolve(decisions, corpus_of(entries="e", both="z"))
    assert [(problem.slug, problem.where.line, problem.severity) for problem in found] == [(slug, at, "error")]
    assert words in found[0].message + found[0].hint


@pytest.mark.parametrize(
    "lines",
    [
        ["same: [a, b]", "same: [b, c]", "different: [c, d]"],
        ["drop: a", "drop: a"],
        ["rename: {a: X}", "rename: {a: X}"],
        ["rename: {actors/z: X}", "rename: {events/z: X}"],
        ["split: {from: a, mentions: [A], into: New}", "rename: {new: Newer}"],
        ["{drop: gone, evidence: {kind: person, names: [Gone]}}"],
        ["drop: a", "different: [a, b]"],
    ],
)
def test_what_can_be(lines):
    decisions, problems = parse_decisions("".join(f"- {line}\n" for line in lines))
    assert (problems, resolve(decisions, corpus_of(both="z"))[1]) == ((), ())


def settled(corpus, *lines):
    decisions, problems = parse_decisions("".join(f"- {line}\n" for line in lines))
    ledger, more = resolve(decisions, corpus)
    assert (problems, more) == ((), ())
    return apply(corpus, ledger)


@pytest.mark.parametrize(
    ("machine", "lines", "expected"),
    [
        ({}, ["same: [2, 1]"], [{"1", "2"}, {"3"}, {"4"}]),
        ({"2": "1", "3": "1"}, ["different: [1, 2]"], [{"1", "3"}, {"2"}, {"4"}]),
        ({"2": "1", "3": "1"}, ["drop: 1"], [{"2", "3"}, {"4"}]),
        ({"2": "1"}, ["same: [1, 3]"], [{"1", "2", "3"}, {"4"}]),
        ({"3": "2"}, ["same: [1, 3]", "different: [1, 2]"], [{"1", "3"}, {"2"}, {"4"}]),
        ({"2": "1", "4": "3"}, ["same: [2, 4]"], [{"1", "2", "3", "4"}]),
    ],
)
def test_happenings_are_as_decided(machine, lines, expected):
    corpus = corpus_of(actors="", events="", entries="1234")
    entries = [
        Entry(
            id=entry.id,
            article="one",
            quote="q",
            word=entry.id,
            event_class="talks",
            label="l",
            happening=machine.get(entry.id, entry.id),
        )
        for entry in corpus.entries
    ]
    found: dict[str, set[str]] = {}
    for entry in settled(Corpus(settings=Settings(), articles=corpus.articles, entries=tuple(entries)), *lines).entries:
        found.setdefault(entry.happening, set()).add(entry.id)
    assert sorted(found.values(), key=sorted) == expected
    assert all(id_ in members for id_, members in found.items())


# --------------------------------------------------------------------------------------------- what they do


def test_the_same_are_one_page_and_the_other_leads_there(tracker):
    decide(tracker, "same: [jane-roe, mary-major]")
    build.build(tracker)
    roe = page(tracker, "actors/jane-roe.html")
    assert "Mary Major" in roe
    assert "the same by decision, line 1" in roe
    assert "Paris" in roe
    moved = page(tracker, "actors/mary-major.html")
    assert '<meta http-equiv="refresh" content="0; url=jane-roe.html">' in moved
    assert '<link rel="canonical" href="jane-roe.html">' in moved
    assert "noindex" in moved
    assert "<script" not in moved
    assert page(tracker, "_redirects").splitlines() == [
        "/actors/mary-major.html /actors/jane-roe.html 301",
        "/actors/mary-major.json /actors/jane-roe.json 301",
    ]
    assert (tracker / "content/actors/mary-major.yaml").exists()


def test_an_address_stands_in_redirects_below_its_path(tracker):
    site = tracker / "content/site.yaml"
    site.write_text(site.read_text() + "address: https://example.org/a/\n")
    decide(tracker, "rename: {jane-roe: Janet Roe}")
    build.build(tracker)
    assert page(tracker, "_redirects").startswith("/a/actors/jane-roe.html /a/actors/janet-roe.html 301\n")
    assert 'rel="canonical" href="https://example.org/a/actors/janet-roe.html"' in page(tracker, "actors/jane-roe.html")


def test_a_name_above_the_line_moves_the_page_and_leaves_a_redirect(tracker):
    path = tracker / "content/actors/jane-roe.yaml"
    path.write_text("name: Janet Roe\n" + path.read_text())
    build.build(tracker)
    assert "Janet Roe" in page(tracker, "actors/janet-roe.html")
    assert "url=janet-roe.html" in page(tracker, "actors/jane-roe.html")


def test_a_label_above_the_line_moves_the_event_s_page_and_can_be_taken_back(tracker):
    event = next(event for event in loading.load(tracker).corpus.events if "accord" in event.label)
    before = files_of(tracker)
    path = tracker / f"content/events/{event.id}.yaml"
    machine = path.read_text()
    path.write_text("label: The treaty of Oslo\n" + machine)
    for _ in range(2):
        build.build(tracker)
        assert "The treaty of Oslo" in page(tracker, "events/the-treaty-of-oslo.html")
        assert "url=the-treaty-of-oslo.html" in page(tracker, f"events/{event.id}.html")
    assert path.read_text().endswith(machine)
    path.write_text(machine)
    build.build(tracker)
    assert files_of(tracker) == before


def test_a_redirect_never_takes_the_place_of_a_page(tracker):
    decide(tracker, "rename: {jane-roe: Someone}", "rename: {mary-major: Jane Roe}")
    build.build(tracker)
    assert "Paris" in page(tracker, "actors/jane-roe.html")
    assert "refresh" not in page(tracker, "actors/jane-roe.html")
    assert "url=jane-roe.html" in page(tracker, "actors/mary-major.html")


def test_a_dropped_actor_has_no_part_and_its_page_leads_to_the_index(tracker):
    before = len(loading.load(tracker).corpus.entries)
    decide(tracker, "drop: mary-major")
    build.build(tracker)
    corpus = loading.load(tracker).corpus
    assert len(corpus.entries) == before
    assert "mary-major" not in {part.actor for entry in corpus.entries for part in entry.participants}
    assert "url=index.html" in page(tracker, "actors/mary-major.html")
    assert "Mary Major" not in page(tracker, "actors/index.html")


def test_a_dropped_entry_and_an_event_that_only_it_told_are_gone(tracker):
    known = loading.load(tracker).corpus
    event = next(event for event in known.events if "accord" in event.label)
    ids = [entry.id for entry in known.entries if event.id in entry.events]
    assert ids
    decide(tracker, *(f"drop: {id_}" for id_ in ids))
    build.build(tracker)
    corpus = loading.load(tracker).corpus
    assert not {entry.id for entry in corpus.entries} & set(ids)
    assert event.id not in {event.id for event in corpus.events}
    assert "url=index.html" in page(tracker, f"events/{event.id}.html")


def test_what_is_preferred_is_shown_as_a_person_s(tracker):
    entry = met(tracker)
    decide(tracker, f"prefer: {{{entry.id}: {{when: 2020-01-02, label: They sat down, place: Oslo}}}}")
    build.build(tracker)
    text = page(tracker, "actors/jane-roe.html")
    row = re.search(rf'<li class="row[^"]*" id="{entry.id}">.*?(?=<li class="row|\Z)', text, re.DOTALL).group()
    assert "2 January 2020" in row
    assert "They sat down" in row
    assert "Oslo" in row
    assert "Preferred by a person: the date, the wording, the place." in row
    assert "28 April 2021" in row  # what the article says stands beside it


def test_a_split_of_a_name_makes_an_actor_of_its_own(tracker):
    decide(
        tracker, "split: {from: jane-roe, mentions: [{name: Jane Roe, article: second-day-in-doha}], into: June Roe}"
    )
    publish.render_site(tracker)
    build.build(tracker)
    first = files_of(tracker)
    assert "name: June Roe" in (tracker / "content/actors/june-roe.yaml").read_text()
    corpus = loading.load(tracker).filed
    parts = {(entry.article, part.actor) for entry in corpus.entries for part in entry.participants}
    assert ("second-day-in-doha", "june-roe") in parts
    assert ("second-day-in-doha", "jane-roe") not in parts
    assert ("ministers-meet-in-doha", "jane-roe") in parts
    assert ("ministers-meet-in-doha", "june-roe") not in parts
    build.build(tracker)
    assert files_of(tracker) == first


def test_a_split_into_a_record_that_is_there_leaves_its_name_and_kind(tracker):
    decide(tracker, "split: {from: france, mentions: [{name: France}], into: mary-major}")
    build.build(tracker)
    first = files_of(tracker)
    corpus = loading.load(tracker).filed
    major = next(actor for actor in corpus.actors if actor.id == "mary-major")
    assert (major.name, major.kind, [alias.name for alias in major.aliases]) == ("Mary Major", "person", ["France"])
    build.build(tracker)
    assert files_of(tracker) == first


def test_a_split_of_an_event(tracker):
    event = next(event for event in loading.load(tracker).corpus.events if "accord" in event.label)
    form = event.label
    decide(
        tracker, f"split: {{from: {event.id}, mentions: [{{name: {form}, article: second-day-in-doha}}], into: Treaty}}"
    )
    build.build(tracker)
    corpus = loading.load(tracker).corpus
    told = {(entry.article, id_) for entry in corpus.entries for id_ in entry.events}
    assert ("second-day-in-doha", "treaty") in told
    assert ("second-day-in-doha", event.id) not in told
    assert ("ministers-meet-in-doha", event.id) in told
    first = files_of(tracker)
    assert b"label: Treaty\n" in first["content/events/treaty.yaml"]
    build.build(tracker)
    assert files_of(tracker) == first


SAME_DAY = STORY.replace("on Tuesday, officials said", "on Wednesday")


def test_happenings_that_are_different_are_not_joined_again(tmp_path):
    folder = make_tracker(tmp_path, SAME_DAY)
    build.build(folder)
    one, other = met(folder), met(folder, "second-day-in-doha")
    assert one.happening == other.happening
    decide(folder, f"different: [{one.id}, {other.id}]")
    build.build(folder)
    assert met(folder).happening != met(folder, "second-day-in-doha").happening


def test_events_that_are_different_are_not_joined_again(tracker):
    from dateline.events.matters import EventRulings, join_events  # the machine would join these two namings
    from dateline.model import Document, Naming, Reading

    def reading(id_):
        naming = Naming(start=0, end=10, text="Doha talks", name="Doha talks", event_class="talks")
        article = Article(id=id_, seed="")
        return Reading(document=Document(article=article, text="Doha talks", paragraphs=()), namings=(naming,))

    entries = [
        Entry(id=id_, article=id_, quote="q", word="w", event_class="talks", label="l", about=("Doha talks",))
        for id_ in ("one", "two")
    ]
    readings = [reading("one"), reading("two")]
    assert len(join_events(readings, entries).events) == 1
    told = EventRulings(
        names={"a": frozenset({"doha talks"}), "b": frozenset({"doha talks"})},
        apart={"a": frozenset({"b"}), "b": frozenset({"a"})},
    )
    assert len(join_events(readings, entries, (), told).events) == 2


# --------------------------------------------------------------------------------------------- taken back


@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "same: [jane-roe, mary-major]",
        "same: [mary-major, jane-roe]",
        "different: [jane-roe, mary-major]",
        "split: {from: jane-roe, mentions: [{name: Jane Roe, article: second-day-in-doha}], into: June Roe}",
        "split: {from: jane-roe, mentions: [Jane Roe], into: mary-major}",
        "drop: mary-major",
        "drop: {name: Mary Major}",
        "drop: MET",
        "drop: EVENT",
        "same: [MET, VISIT]",
        "different: [MET, OTHER]",
        "rename: {jane-roe: Janet}",
        "rename: {EVENT: Treaty}",
        "prefer: {MET: {when: 2020, place: Oslo}}",
        "prefer: {EVENT: {when: 2020, label: Treaty}}",
    ],
)
def test_a_line_deleted_restores_every_byte(tmp_path, line, corrected):
    folder = make_tracker(tmp_path, SAME_DAY)
    build.build(folder)
    if corrected:
        path = folder / "content/actors/jane-roe.yaml"
        path.write_text("note: The minister.\n" + path.read_text())
        build.build(folder)
    before = files_of(folder)
    event = next(event for event in loading.load(folder).corpus.events if "accord" in event.label)
    line = line.replace("MET", met(folder).id).replace("OTHER", met(folder, "second-day-in-doha").id)
    line = line.replace("VISIT", entry_with(folder, "visited", "second-day-in-doha").id)
    decide(folder, line.replace("EVENT", event.id))
    build.build(folder)
    decided = files_of(folder)
    assert {k: v for k, v in decided.items() if k != LEDGER} != before or line.startswith("different: [jane")
    build.build(folder)
    assert files_of(folder) == decided
    (folder / LEDGER).unlink()
    build.build(folder)
    assert files_of(folder) == before


# --------------------------------------------------------------------------------------------- not coming back


@pytest.mark.parametrize("lost", ["nothing", "the file", "everything"])
def test_a_dropped_entry_does_not_come_back(run, tracker, lost):
    entry = entry_with(tracker, "visited", "second-day-in-doha")
    assert run("-C", tracker, "drop", entry.id)[0] == 0
    forget(tracker, lost, "content/articles/second-day-in-doha.yaml")
    build.build(tracker)
    seed = tracker / "seeds/two.txt"
    seed.write_text(seed.read_text().replace("visited Berlin on Monday", "visited Berlin again on Monday"))
    build.build(tracker)
    corpus = loading.load(tracker).corpus
    assert not [e for e in corpus.entries if e.word == "visited" and e.article == "second-day-in-doha"]
    assert [e for e in corpus.entries if e.word == "met" and e.article == "second-day-in-doha"]
    assert "visited Berlin" not in page(tracker, "articles/second-day-in-doha.html")


def forget(tracker, lost, file):
    if lost == "the file":
        (tracker / file).unlink()
    elif lost == "everything":
        for path in [*(tracker / "content").rglob("*.yaml")]:
            if path.name not in ("site.yaml", "decisions.yaml"):
                path.unlink()


@pytest.mark.parametrize("lost", ["nothing", "the file", "everything"])
def test_a_dropped_actor_does_not_come_back_under_its_names(run, tracker, lost):
    assert run("-C", tracker, "drop", "mary-major")[0] == 0
    if lost == "the file":  # a file that an entry refers to cannot be deleted alone
        forget(tracker, lost, "content/articles/ministers-meet-in-doha.yaml")
    forget(tracker, lost, "content/actors/mary-major.yaml")
    build.build(tracker)
    (tracker / "seeds/three.txt").write_text(
        "---\ntitle: A third\npublished: 2021-05-02\n---\nMary Major visited Rome on Saturday.\n"
    )
    build.build(tracker)
    build.build(tracker)
    corpus = loading.load(tracker).corpus
    assert "Mary Major" not in {actor.name for actor in corpus.actors}
    assert "visited Rome" in page(tracker, "articles/a-third.html")
    assert "url=index.html" in page(tracker, "actors/mary-major.html")


def test_a_dropped_name_is_nobody_s(tracker):
    decide(tracker, "drop: {name: mary MAJOR}")
    build.build(tracker)
    assert "Mary Major" not in {actor.name for actor in loading.load(tracker).corpus.actors}
    (tracker / "content/actors/mary-major.yaml").unlink()
    build.build(tracker)
    assert not (tracker / "content/actors/mary-major.yaml").exists()


def test_a_dropped_event_does_not_come_back(run, tracker):
    event = next(event for event in loading.load(tracker).corpus.events if "accord" in event.label)
    assert run("-C", tracker, "drop", event.label)[0] == 0
    forget(tracker, "everything", "")
    build.build(tracker)
    assert event.label not in {known.label for known in loading.load(tracker).corpus.events}


# --------------------------------------------------------------------------------------------- verbs


@pytest.mark.parametrize(
    ("arguments", "line", "words"),
    [
        (["same", "Jane Roe", "mary-major"], "- same: [jane-roe, mary-major]\n", "Jane Roe (jane-roe) stays"),
        (
            ["different", "content/actors/jane-roe.yaml", "Mary Major"],
            "- different: [jane-roe, mary-major]\n",
            "stay apart",
        ),
        (
            ["split", "jane-roe", "--name", "Roe", "--article", "second-day-in-doha", "--into", "June Roe"],
            "- split: {from: jane-roe, mentions: [{name: Roe, article: second-day-in-doha}], into: June Roe}\n",
            "“Roe” goes to june-roe",
        ),
        (
            ["drop", "mary-major"],
            "- {drop: mary-major, evidence: {kind: person, names: [Mary Major]}}\n",
            "is not published",
        ),
        (["drop", "--name", "Read More"], "- drop: {name: Read More}\n", "nobody is called"),
        (["rename", "jane-roe", "Janet Roe"], "- rename: {jane-roe: Janet Roe}\n", "is called “Janet Roe”"),
    ],
)
def test_each_verb_says_what_it_does_and_writes_its_line(run, tracker, arguments, line, words):
    before = files_of(tracker)
    code, out, err = run("-C", tracker, *arguments, "--dry-run")
    assert (code, err) == (0, "")
    assert words in out
    assert files_of(tracker) == before
    pages = re.search(r"^(?:at least )?(\d+) pages? of the site changes?$", out, re.MULTILINE).group(1)
    assert (int(pages) > 0) == (arguments[0] in ("same", "different", "rename") or arguments == ["drop", "mary-major"])
    assert run("-C", tracker, *arguments)[0] == 0
    assert {k: v for k, v in files_of(tracker).items() if k not in before} == {LEDGER: line.encode()}
    code, out, _ = run("-C", tracker, "decisions")
    assert out.startswith("1. ")
    code, out, err = run("-C", tracker, "undo")
    assert (code, err) == (0, "")
    assert "taken back" in out
    assert files_of(tracker) == before


def test_prefer_counts_the_pages_that_change(run, tracker):
    entry = met(tracker)
    code, out, _ = run(
        "-C",
        tracker,
        "prefer",
        entry.id,
        "place",
        "Oslo",
        "--by",
        "Ann",
        "--why",
        "she was there",
        "--on",
        "2021-05-01",
    )
    assert code == 0
    line = f'- {{prefer: {{{entry.id}: {{place: Oslo}}}}, by: Ann, "on": 2021-05-01, why: she was there}}\n'
    assert (tracker / LEDGER).read_text() == line
    told = int(re.search(r"^(\d+) pages", out, re.MULTILINE).group(1))
    before = {k: v for k, v in files_of(tracker / "site").items() if k.endswith(".html")}
    build.build(tracker)
    after = {k: v for k, v in files_of(tracker / "site").items() if k.endswith(".html")}
    assert told == sum(before.get(k) != after.get(k) for k in before.keys() | after.keys())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["same", "jane-roe"], "takes two records"),
        (["same", "jane-roe", "jane-row"], 'did you mean "jane-roe"?'),
        (["same", "jane-roe", "ministers-meet-in-doha"], "is an article"),
        (["drop"], "takes a record or a name"),
        (["drop", "jane-roe", "--name", "x"], "takes a record or a name"),
        (["prefer", "jane-roe", "when", "2020"], "takes a happening or an event"),
        (["prefer", "doha-accord", "doer", "jane-roe"], "preferred of a happening only"),
        (["rename", "jane-roe", " "], "its new name"),
        (["rename", "jane-roe", "X", "--on", "lately"], "2021-04-28"),
        (["undo"], "no decision to take back"),
        (["split", "jane-roe", "--name", "Roe", "--into", "Jane Roe"], "is the record itself"),
    ],
)
def test_wrong_usage_writes_nothing(run, tracker, arguments, words):
    before = files_of(tracker)
    code, _, err = run("-C", tracker, *arguments)
    assert code == 2
    assert words in err
    assert "Traceback" not in err
    assert files_of(tracker) == before


def test_a_verb_refuses_to_contradict_and_undo_mends_what_was_written_by_hand(run, tracker):
    assert run("-C", tracker, "same", "jane-roe", "mary-major")[0] == 0
    before = files_of(tracker)
    code, _, err = run("-C", tracker, "different", "jane-roe", "mary-major")
    assert code == 1
    assert f"{LEDGER}:2: error[contradiction]" in err or f"{LEDGER}:2" in err
    assert files_of(tracker) == before
    decide(tracker, "same: [jane-roe, mary-major]", "different: [jane-roe, mary-major]")
    with pytest.raises(ContentError):
        build.build(tracker)
    assert run("-C", tracker, "undo", "2")[0] == 0
    build.build(tracker)


def test_a_name_that_several_have_lists_them(run, tracker):
    path = tracker / "content/actors/mary-major.yaml"
    path.write_text("name: Jane Roe\n" + path.read_text())
    code, _, err = run("-C", tracker, "drop", "Jane Roe")
    assert code == 2
    assert "content/actors/jane-roe.yaml, content/actors/mary-major.yaml" in err


def test_explain_tells_what_was_decided(run, tracker):
    decide(tracker, "{same: [jane-roe, mary-major], why: it is her pen name}")
    for handle in ("jane-roe", "Mary Major", "mary-major"):
        _, out, _ = run("-C", tracker, "explain", handle)
        assert "decided (content/decisions.yaml:1:3): same: [jane-roe, mary-major] (: it is her pen name)" in out or (
            "it is her pen name" in out
        )


def test_an_article_s_file_may_go_while_decisions_name_its_entries(tracker):
    entry, other = met(tracker), met(tracker, "second-day-in-doha")
    decide(tracker, f"different: [{entry.id}, {other.id}]")
    build.build(tracker)
    before = files_of(tracker)
    (tracker / "content/articles/second-day-in-doha.yaml").unlink()
    with pytest.raises(ContentError):
        publish.render_site(tracker)
    build.build(tracker)
    assert files_of(tracker) == before


def test_hand_kept_trackers_take_decisions(tmp_path):
    make_tracker(
        tmp_path,
        "-- content/actors/jane-roe.yaml --\nname: Jane Roe\n-- content/actors/roe.yaml --\nname: Roe\n"
        "-- content/articles/diary.yaml --\ntitle: A diary\npublished: 2020\nentries:\n"
        "- {id: e-own, label: Roe opens the bridge, quote: She opened it., word: opened, when: 2020-05, actors: [roe], note: editor's note}\n"
        f"-- {LEDGER} --\n- same: [jane-roe, roe]\n",
    )
    corpus = loading.load(tmp_path).corpus
    assert [part.actor for part in corpus.entries[0].participants] == ["jane-roe"]
    assert when.format(corpus.entries[0].when) == "2020-05"


@pytest.mark.parametrize(
    ("lines", "number", "rest"),
    [
        ("- drop: a\n  why: |\n    because\n    # no remark\n# remark\n", 1, "# remark\n"),
        ('- drop: a\n- drop: b\n  why: "x\n\n   # no"\n- drop: c\n', 2, "- drop: a\n- drop: c\n"),
        ("- drop: a\r\n# so\r\n- drop: b\r\n", 1, "# so\r\n- drop: b\r\n"),
    ],
)
def test_a_decision_goes_with_all_its_lines_and_no_other(tmp_path, lines, number, rest):
    path = make_tracker(tmp_path, "") / LEDGER
    path.parent.mkdir()
    path.write_bytes(lines.encode())
    remove_decision(tmp_path, number)
    assert path.read_bytes().decode() == rest


def test_a_line_more_ends_as_the_others_do(tmp_path):
    path = make_tracker(tmp_path, "-- content/decisions.yaml --\n- drop: a\r\n") / LEDGER
    append_decision(tmp_path, Decision(verb="drop", of=("b",)))
    assert path.read_bytes() == b"- drop: a\r\n- drop: b\r\n"


@pytest.mark.parametrize(
    "unreadable",
    ["- dorp: china\n", "- {rename: {india: Bharat}, whyy: my reason}\n", "---\n- drop: x\n", "-\tdrop:\tx\n"],
)
def test_a_line_that_cannot_be_read_is_never_taken_away(run, tracker, unreadable):
    path = tracker / LEDGER
    path.write_text("- drop: france\n" + unreadable, encoding="utf-8")
    for verb in (["undo"], ["undo", "1"], ["drop", "spain"]):
        code, _, err = run("-C", tracker, *verb)
        assert (code, path.read_text(encoding="utf-8")) == (1, "- drop: france\n" + unreadable)
        assert f"{LEDGER}:" in err


def test_a_form_that_nobody_has_is_told(run, tracker):
    code, _, err = run("-C", tracker, "split", "jane-roe", "--name", "Zorro", "--into", "Zed")
    assert code == 2
    assert "no article calls jane-roe “Zorro”" in err
    assert "“Jane Roe”" in err
    decide(tracker, "split: {from: jane-roe, mentions: [{name: Zorro}], into: Zed}")
    problems = build.build(tracker).problems
    assert [(problem.slug, problem.severity, problem.where.line) for problem in problems] == [
        ("unused-split", "warning", 1)
    ]
    assert not (tracker / "site/actors/zed.html").exists()


def test_who_has_no_mention_left_leads_to_whom_they_went_to(tracker):
    before = files_of(tracker)
    decide(tracker, "split: {from: jane-roe, mentions: [{name: Jane Roe}, {name: Roe}], into: June Roe}")
    build.build(tracker)
    assert b"june-roe.html" in (tracker / "site/actors/jane-roe.html").read_bytes()
    (tracker / LEDGER).unlink()
    build.build(tracker)
    after = files_of(tracker)
    assert {name: data for name, data in after.items() if name.startswith("site/")} == {
        name: data for name, data in before.items() if name.startswith("site/")
    }


def test_one_of_several_reports_may_be_dropped(tracker):
    entries = loading.load(tracker).corpus.entries
    one, other = (next(e.id for e in entries if e.word == word) for word in ("visited", "rejected"))
    decide(tracker, f"same: [{one}, {other}]", f"drop: {one}")
    assert build.build(tracker).problems == ()
    assert {one, other} & {entry.id for entry in loading.load(tracker).corpus.entries} == {other}


def test_an_actor_s_file_renamed_by_hand_is_told_as_such(tracker):
    (tracker / "content/actors/jane-roe.yaml").rename(tracker / "content/actors/roe.yaml")
    with pytest.raises(ContentError) as caught:
        build.build(tracker)
    assert {problem.hint for problem in caught.value.problems} == {
        "the name of a file is the id: is content/actors/roe.yaml it, under another name?"
    }


def test_a_file_that_cannot_be_read_makes_no_id_wrong(tracker):
    path = tracker / "content/articles/ministers-meet-in-doha.yaml"
    path.write_text("title: a: b\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (tracker / LEDGER).write_text("- drop: e-unknown\n", encoding="utf-8")
    assert {problem.slug for problem in loading.load(tracker).problems} == {"yaml"}


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ({}, ""),
        ({"why": "one man"}, " (one man)"),
        ({"by": "Ana"}, " (by Ana)"),
        ({"by": "Ana", "on": "2024-05-01", "why": "one man"}, " (by Ana, on 2024-05-01: one man)"),
    ],
)
def test_a_decision_is_told_with_what_is_noted(note, told):
    assert describe(Decision(verb="drop", of=("jane-roe",), **note)) == f"drop: jane-roe{told}"
