"""Entries of several articles that report one occurrence."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dateline.events.join import join_happenings, why_joined
from dateline.model import Entry, Participant, Span, Voice
from dateline.when import UNKNOWN, parse

DAY = parse("2021-04-29")


def entry(id_: str, article: str, label: str, actors: str, when: str = "", **more: object) -> Entry:
    people = tuple(Participant(name=a, role="agent", words=a, actor=a) for a in actors.split())
    made = Entry(
        id=id_,
        article=article,
        quote=label + ".",
        word=label.split()[1],
        event_class="meeting",
        label=label,
        when=parse(when),
        when_basis="stated" if when else "",
        participants=people,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def groups(entries: list[Entry], published: dict[str, str] | None = None) -> set[frozenset[str]]:
    days = {e.article: parse((published or {}).get(e.article, "2021-04-29")) for e in entries}
    joined = join_happenings(entries, days)
    assert set(joined) == {e.id for e in entries}
    assert set(joined.values()) <= set(joined)
    found: dict[str, set[str]] = {}
    for one, happening in joined.items():
        found.setdefault(happening, set()).add(one)
    return {frozenset(group) for group in found.values() if len(group) > 1}


def test_same_deed_told_twice_is_one() -> None:
    a = entry("a1", "a", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26")
    b = entry("b1", "b", "Moreno held a meeting with Brandt in Oslo", "moreno brandt", "2021-04-26")
    assert groups([a, b]) == {frozenset({"a1", "b1"})}
    # The older article gives the id.
    assert join_happenings([b, a], {"a": DAY, "b": parse("2021-04-28")}) == {"a1": "b1", "b1": "b1"}


@pytest.mark.parametrize(
    "change",
    [
        {"when": parse("2021-03-26")},
        {"negated": True},
        {"event_class": "lawsuit"},
        {"course": "planned"},
        {"participants": (Participant(name="x", role="agent", words="x", actor="x"),), "label": "X met Y in Lima"},
        {"place": "Lima", "label": "Moreno met others"},
    ],
    ids=["day", "negation", "class", "course", "actors", "place"],
)
def test_what_differs_stays_apart(change: dict[str, object]) -> None:
    a = entry("a1", "a", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26", place="Oslo")
    b = replace(entry("b1", "b", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26"), **change)  # type: ignore[arg-type]
    assert groups([a, b]) == set()


def test_undated_entries_join_only_where_the_reports_are_near() -> None:
    a = entry("a1", "a", "Moreno met Brandt in Oslo", "moreno brandt")
    b = entry("b1", "b", "Moreno met Brandt in Oslo", "moreno brandt")
    assert groups([a, b], {"a": "2021-04-26", "b": "2021-04-29"}) == {frozenset({"a1", "b1"})}
    assert groups([a, b], {"a": "2021-02-26", "b": "2021-04-29"}) == set()


def test_in_one_article_only_full_agreement_joins() -> None:
    a = entry("a1", "a", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26")
    b = entry("a2", "a", "Both met in Oslo", "moreno brandt", "2021-04-26", quote_at=None)
    same = groups([replace(a, quote_at=None), replace(b, quote="other")])
    assert same in ({frozenset({"a1", "a2"})}, set())
    assert groups([a, replace(b, when=UNKNOWN)]) == set()


def test_weekly_matches_stay_apart() -> None:
    series = [
        entry(f"{a}{n}", a, "Rovers beat United at home", "rovers united", f"2021-04-{n:02}", event_class="victory")
        for n in (2, 9, 16, 23)
        for a in "ab"
    ]
    assert groups(series) == {frozenset({f"a{n}", f"b{n}"}) for n in (2, 9, 16, 23)}


def test_sayings_join_only_with_nearly_the_same_words() -> None:
    voice = Voice(words="Moreno", name="moreno")
    a = entry("a1", "a", "Moreno said the plan would fail soon", "moreno", event_class="statement", voice=voice)
    assert groups([a, replace(a, id="b1", article="b")]) == {frozenset({"a1", "b1"})}
    assert groups([a, entry("b1", "b", "Moreno said Oslo was cold", "moreno", event_class="statement")]) == set()


def test_the_order_of_entries_changes_nothing() -> None:
    entries = [
        entry(f"{a}{n}", a, f"Moreno met Brandt {n}", f"moreno p{n % 3}", f"2021-04-{n + 10:02}")
        for n in range(9)
        for a in "abc"
    ]
    published = {a: parse(f"2021-05-0{i}") for i, a in enumerate("abc", 1)}
    first = join_happenings(entries, published)
    for seed in range(5):
        random.Random(seed).shuffle(entries)
        assert join_happenings(entries, published) == first


def test_many_reports_of_one_class_and_day_take_no_long_time() -> None:
    entries = [entry(f"e{n}", f"a{n}", f"Moreno met person{n}", f"moreno p{n}", "2021-04-26") for n in range(3000)]
    assert groups(entries) == set()


def test_articles_on_one_event_tell_it_with_one_word() -> None:
    a = entry("a1", "a", "A gunman killed three", "", "2021-04-29", event_class="death", word="killed")
    b = entry("b1", "b", "Three were killed in Riverside", "", "2021-04-29", event_class="death", word="killed")
    days = {"a": DAY, "b": DAY}
    assert len(set(join_happenings([a, b], days).values())) == 2
    assert join_happenings([a, b], days, stories={"a": "a", "b": "a"}) == {"a1": "a1", "b1": "a1"}
    assert len(set(join_happenings([a, b], days, stories={"a": "a", "b": "b"}).values())) == 2


def test_headline_and_text_tell_one_deed() -> None:
    acme = {"event_class": "launch", "when_basis": "reported"}
    a = entry("a1", "a", "Acme launches solar roof", "acme", "2021-04-29", quote_at=Span(start=0, end=24), **acme)
    b = entry("a2", "a", "Acme launched a solar roof", "acme", "2021-04-29", quote_at=Span(start=30, end=60), **acme)
    c = entry("a3", "a", "Acme launched a drone", "acme", "2021-04-29", quote_at=Span(start=70, end=99), **acme)
    assert groups([a, b, c]) == {frozenset({"a1", "a2"})}


def test_many_copies_of_one_entry_are_one() -> None:
    copies = [
        entry(f"e{n:03}", f"a{n:03}", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26") for n in range(200)
    ]
    assert len(groups(copies)) == 1


def test_why_two_entries_are_one_is_told() -> None:
    one = entry("a-1", "a", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26")
    other = entry("b-1", "b", "Moreno met Brandt", "moreno brandt", "2021-04-26")
    published = {"a": DAY, "b": DAY}
    reasons = why_joined(one, other, published)
    assert reasons[:3] == ("times agree (1.0)", "both meeting", "shared: brandt, moreno")
    assert reasons[3].startswith("words alike (")
    assert why_joined(one, replace(other, negated=True), published) == ()
