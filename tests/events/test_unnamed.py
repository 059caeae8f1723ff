"""Events that nobody names: when several articles, or one at length, make one, and under which phrase and id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dateline.events.groups import Group
from dateline.events.matters import Context, EventRulings, JoinedEvents, join_events
from dateline.model import Article, Document, Entry, Event, Mention, Paragraph, Participant, Reading, Span
from dateline.when import UNKNOWN, format, parse


def entry(id_: str, quote: str, event_class: str = "attack", when: str = "", **fields: object) -> Entry:
    """An entry; its word is the one that its class would have, its article the letter that its id begins with."""
    known: dict[str, object] = {"when_basis": "relative" if when else "", "salience": 0.5, **fields}
    return Entry(
        id=id_, article=id_[0], quote=quote, word="exploded", label=quote, event_class=event_class,
        when=parse(when) if when else UNKNOWN, **known,
    )  # type: ignore[arg-type]  # fmt: skip


def report(id_: str, *entries: Entry, published: str = "2021-05-04", digest: str = "") -> Reading:
    """An article that consists of its entries' quotations."""
    text, placed, mentions = "", [], []
    for one in entries:
        at = len(text)
        text += one.quote + "\n"
        placed.append(replace(one, quote_at=Span(start=at, end=at + len(one.quote))))
        for name in ("Oslo", "Lima", "Norwegian"):
            if name in one.quote:
                start = at + one.quote.index(name)
                mentions.append(Mention(start=start, end=start + len(name), text=name, kind="LOC", name=name))
    article = Article(id=id_, seed=id_, digest=digest or id_, published=parse(published) if published else UNKNOWN)
    paragraphs = (Paragraph(start=0, end=len(text)),)
    document = Document(article=article, text=text, paragraphs=paragraphs)
    return Reading(document=document, entries=tuple(placed), mentions=tuple(mentions))


def join(
    *readings: Reading,
    one: tuple[str, ...] = (),
    earlier: Mapping[str, tuple[str, ...]] | None = None,
    stored: tuple[Event, ...] = (),
    rulings: EventRulings | None = None,
) -> JoinedEvents:
    """The events, where the entries `one` are one happening and all articles one story; `earlier`, by entry."""
    told = earlier or {}
    entries = [each for reading in readings for each in reading.entries]
    context = Context(
        happenings={each.id: one[0] if each.id in one else each.id for each in entries},
        stories={reading.document.article.id: "story" for reading in readings},
        earlier={r.document.article.id: {of.id: told.get(of.id, ()) for of in r.entries} for r in readings},
    )
    return join_events(readings, entries, stored, rulings or EventRulings(), context)


BLAST = "An explosion shook Oslo on Monday."
A = report("a", entry("a1", BLAST, when="2021-05-03", place="Oslo", salience=0.9))
B = report(
    "b",
    entry("b1", "Two people died when the explosion tore through a flat.", "death", when="2021-05-03", salience=0.9),
)


def test_two_articles_make_an_event_with_a_neutral_phrase():
    joined = join(A, B)
    (event,) = joined.events
    assert (event.id, event.label) == ("explosion-in-oslo-3-may-2021", "Explosion in Oslo, 3 May 2021")
    assert (event.kind, event.event_class, event.place, format(event.when)) == (
        "occasion",
        "attack",
        "Oslo",
        "2021-05-03",
    )
    assert event.reason == "no article gives it a name; 2 articles tell of it"
    assert joined.ids == {"a1": (event.id,), "b1": (event.id,)}


def test_the_order_of_articles_changes_nothing():
    assert join(A, B) == join(B, A)


def test_a_row_alone_is_no_event():
    assert join(A).events == ()


def test_copies_of_one_text_count_once():
    copies = [
        report(letter, entry(f"{letter}1", BLAST, when="2021-05-03", place="Oslo"), digest="x") for letter in "abcd"
    ]
    assert join(*copies).events == ()


def test_one_article_that_tells_of_it_at_length_is_enough():
    told = [BLAST, "The explosion in Oslo killed two people.", "The explosion broke windows."]
    entries = [entry(f"a{n}", quote, salience=0.9 - n / 10) for n, quote in enumerate(told)]
    (event,) = join(report("a", *entries)).events
    assert event.label == "Explosion in Oslo, May 2021"  # the day is not told, only the month of the report


@pytest.mark.parametrize(
    "fields",
    [
        {"course": "planned"},
        {"course": "hypothetical"},
        {"negated": True},
        {"event_class": "statement"},
        {"event_class": "postponement"},
        {"event_class": "war"},
    ],
)
def test_only_grave_occurrences_that_took_place(fields):
    one, other = (
        report(x, replace(entry(f"{x}1", BLAST, when="2021-05-03", place="Oslo", salience=0.9), **fields)) for x in "ab"
    )
    assert join(one, other).events == ()


@pytest.mark.parametrize(
    ("other", "published"),
    [
        ({"when": "2021-05-05", "place": "Oslo"}, "2021-05-06"),  # the next of a series
        ({"when": "2021-05-03", "place": "Lima"}, "2021-05-04"),
        ({"when": "2021-05-03", "place": "Oslo", "event_class": "election"}, "2021-05-04"),
        ({"when": "", "place": "Oslo"}, "2021-08-04"),
    ],
)
def test_like_events_stay_apart(other, published):
    text = BLAST.replace("Oslo", str(other["place"]))
    b = report("b", entry("b1", text, salience=0.9, **other), published=published)
    assert join(A, b).events == ()
    again = report("c", entry("c1", text, salience=0.9, **other), published=published, digest="c")
    third = report("d", entry("d1", BLAST, when="2021-05-03", place="Oslo", salience=0.9), digest="d")
    joined = join(A, b, again, third)
    assert joined.ids["a1"] == joined.ids["d1"]
    assert "b1" not in joined.ids or joined.ids["b1"] == joined.ids["c1"] != joined.ids["a1"]


def test_a_text_joined_of_two_stories_holds_two():
    both = report(
        "c",
        entry("c1", BLAST, when="2021-05-03", place="Oslo", salience=0.9),
        entry("c2", "An earthquake shook Lima.", "disaster", when="2021-05-02", place="Lima"),
    )
    quake = report("q", entry("q1", "The earthquake in Lima broke walls.", "disaster", when="2021-05-02", place="Lima"))
    joined = join(A, both, quake)
    assert sorted(event.label for event in joined.events) == [
        "Earthquake in Lima, 2 May 2021",
        "Explosion in Oslo, 3 May 2021",
    ]
    assert joined.ids["c1"] == joined.ids["a1"] != joined.ids["c2"] == joined.ids["q1"]


def test_an_article_dated_before_what_it_recalls_does_not_join_later_ones():
    early = report("e", entry("e1", BLAST, when="2020-05-03", place="Oslo", salience=0.9), published="2020-01-01")
    assert join(A, early).events == ()


def test_one_happening_ties_what_place_does_not():
    bare = report(
        "b", entry("b1", "An explosion killed two.", salience=0.4), entry("b2", "He spoke.", "statement", salience=0.9)
    )
    assert join(A, bare).events == ()
    assert len(join(A, bare, one=("a1", "b1")).events) == 1


def test_what_the_sentences_name_stands_in_for_the_place():
    quotes = ["An explosion shook Oslo.", "The explosion in Oslo broke Norwegian windows."]
    one, other = (
        report(x, entry(f"{x}1", quote, when="2021-05-03", salience=0.9)) for x, quote in zip("ab", quotes, strict=True)
    )
    assert [event.place for event in join(one, other).events] == ["Oslo"]


def test_whom_it_befell_stands_in_for_the_place():
    parts = (Participant(name="Ada Moreno", role="affected", words="Moreno"),)
    quotes = ["The arrest of Moreno came on Monday.", "Moreno spoke after the arrest."]
    one, other = (
        report(x, entry(f"{x}1", quote, "arrest", when="2021-05-03", participants=parts, salience=0.9))
        for x, quote in zip("ab", quotes, strict=True)
    )
    assert [event.label for event in join(one, other).events] == ["Arrest of Ada Moreno, 3 May 2021"]


def test_no_noun_or_no_place_no_event():
    for quote in ("It exploded in Oslo.", "An explosion was heard."):
        one, other = (report(x, entry(f"{x}1", quote, when="2021-05-03", salience=0.9)) for x in "ab")
        assert join(one, other).events == ()


def test_the_id_stays_when_another_article_makes_the_phrase_another():
    first = join(A, B)
    stored = first.events
    bomb = [
        report(
            x,
            entry(
                f"{x}1",
                "The blast in Oslo was an attack, the blast of Monday.",
                when="2021-05-03",
                place="Oslo",
                salience=0.9,
            ),
        )
        for x in "cde"
    ]
    assert [event.label for event in join(A, B, *bomb).events] == ["Blast in Oslo, 3 May 2021"]
    joined = join(A, B, *bomb, stored=stored, earlier=first.ids)
    assert [(event.id, event.label) for event in joined.events] == [(stored[0].id, stored[0].label)]


def test_what_a_person_told_apart_stays_apart():
    rulings = EventRulings(apart={"one": frozenset(["two"]), "two": frozenset(["one"])})
    assert join(A, B, rulings=rulings, earlier={"a1": ("one",), "b1": ("two",)}).events == ()


def test_articles_without_a_date():
    bare = [report(x, entry(f"{x}1", BLAST, place="Oslo", salience=0.9), published="") for x in "ab"]
    assert [(event.label, format(event.when)) for event in join(*bare).events] == [("Explosion in Oslo", "")]


def test_nothing_of_nothing():
    assert join().events == ()
    assert Group([]).keys == set()
