"""Entries of several articles that report one occurrence."""

from __future__ import annotations

import random
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.events import blocks, join
from dateline.events.join import join_happenings, why_joined
from dateline.events.scores import Item, Score
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


def surname(number: int) -> str:
    """A made-up name for each number; what tells it stands at its beginning."""
    syllables = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")
    return "".join(syllables[int(digit)] for digit in f"{number:03}")


def meetings(number: int, day: str = "2021-04-26") -> list[Entry]:
    """Moreno meets as many people on one day, each in an article of its own."""
    names = [surname(n) for n in range(number)]
    return [
        entry(f"e{n}", f"a{n:04}", f"Moreno met {name.title()}", f"moreno {name}", day) for n, name in enumerate(names)
    ]


def test_whom_one_met_tells_meetings_of_a_day_apart() -> None:
    assert groups(meetings(300)) == set()


def test_a_frequent_word_in_common_makes_two_meetings_of_a_busy_person_not_one() -> None:
    day = "2021-04-26"
    a = entry("a1", "a", "Moreno met Brandt about the price of grain in autumn", "moreno brandt", day)
    b = entry("b1", "b", "Moreno met Keller about the price of medicine and hospital beds", "moreno keller", day)
    c = entry("c1", "c", "Moreno met people about a new port and the fishing fleet", "moreno", day)
    d = entry("d1", "d", "Moreno met new students of law and music", "moreno", day)
    e = entry("e1", "e", "Moreno met Keller over the price of hospital beds", "moreno keller", day)
    assert groups([a, b, c, d, e]) == {frozenset({"b1", "e1"})}


def test_the_same_doer_and_word_alone_make_no_happening() -> None:
    a = entry("a1", "a", "Moreno opened a bridge over the Tana", "moreno", "2021-04-26", word="opened")
    b = entry("b1", "b", "Moreno opened talks with farmers", "moreno", "2021-04-26", word="opened")
    c = entry("c1", "c", "Moreno opened the Tana bridge", "moreno", "2021-04-26", word="opened")
    assert groups([a, b, c]) == {frozenset({"a1", "c1"})}


# ------------------------------------------------------------------------------------------------- cost


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The pairs that were scored, in order."""
    pairs: list[frozenset[str]] = []
    real = join.score_pair

    def counted(a: Item, b: Item) -> Score:
        pairs.append(frozenset((a.entry.id, b.entry.id)))
        return real(a, b)

    monkeypatch.setattr(join, "score_pair", counted)
    return pairs


@pytest.mark.parametrize(
    "made",
    [
        meetings,
        lambda number: [replace(one, id=f"c{n}", article=f"c{n:04}") for n in range(number) for one in meetings(1)],
        lambda number: [replace(one, when=UNKNOWN, when_basis="") for one in meetings(number)],
        lambda number: [
            replace(one, label=" ".join(["Moreno met", *(WORDS[(n * k) % 12] for k in range(1, 6))]))
            for n, one in enumerate(meetings(number))
        ],
    ],
    ids=["one actor and day", "copies", "no dates", "few words"],
)
def test_the_number_of_comparisons_grows_with_the_entries(made, compared) -> None:
    counts = []
    for number in (250, 1000):
        compared.clear()
        groups(made(number))
        counts.append(len(compared))
    assert counts[1] <= 4 * 1.5 * counts[0]
    assert counts[1] <= 1000 * 100  # half a million pairs there are


WORDS = [
    "bridge",
    "harbour",
    "strike",
    "budget",
    "school",
    "treaty",
    "river",
    "market",
    "border",
    "tax",
    "storm",
    "vaccine",
]


def test_a_thousand_copies_are_one_happening(compared) -> None:
    copies = [replace(one, id=f"c{n:04}", article=f"c{n:04}") for n in range(1000) for one in meetings(1)]
    assert set(join_happenings(copies, {c.article: DAY for c in copies}).values()) == {"c0000"}
    assert len(compared) <= 50 * 1000


def test_an_added_entry_is_compared_in_its_blocks_only(compared) -> None:
    days = [f"2021-04-{n:02}" for n in range(1, 21)]
    entries = [replace(e, id=f"{d}{e.id}", article=f"{d}{e.article}") for d in days for e in meetings(50, d)]
    published = {e.article: e.when for e in entries}
    results: dict[bytes, bytes] = {}
    join_happenings(entries, published, results=results)
    compared.clear()
    join_happenings(entries, published, results=dict(results))
    assert compared == []
    new = replace(entries[60], id="new", article="new")
    published["new"] = new.when
    found = join_happenings([*entries, new], published, results=dict(results))
    assert found["new"] == entries[60].id
    assert frozenset(("new", entries[60].id)) in compared
    assert {id_[:10] for pair in compared for id_ in pair} <= {"new", new.when.start.isoformat()}
    assert len(compared) <= 500
    assert found == join_happenings([*entries, new], published)


ENTRIES = st.builds(
    lambda number, label, people, day, basis, kind, place, at: entry(
        f"e{number}",
        f"a{number % 7}",
        label,
        people,
        day if basis else "",
        when_basis=basis,
        event_class=kind,
        place=place,
        word=label.split()[at],
    ),
    number=st.integers(0, 999),
    label=st.lists(st.sampled_from(WORDS[:6]), min_size=2, max_size=4).map(" ".join),
    people=st.sampled_from(["moreno", "brandt", "moreno brandt", "moreno oduya", ""]),
    day=st.sampled_from(["2021-04", "2021-04-02", "2021-04-03", "2021-04-29", "2021-05-01", "2021"]),
    basis=st.sampled_from(["stated", "reported", ""]),
    kind=st.sampled_from(["meeting", "talks", "statement", "attack"]),
    place=st.sampled_from(["", "Oslo", "Lima"]),
    at=st.integers(0, 1),
)
APART = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_corpus_and_an_article_are_joined_as_all_at_once(data) -> None:
    """In any order, in any steps, with anything kept from before, and with decisions."""
    entries = data.draw(st.lists(ENTRIES, min_size=2, max_size=24, unique_by=lambda e: e.id))
    ids = [e.id for e in entries]
    apart: dict[str, frozenset[str]] = {}
    for one, other in data.draw(APART):
        a, b = ids[one % len(ids)], ids[other % len(ids)]
        if a != b:
            apart |= {a: apart.get(a, frozenset()) | {b}, b: apart.get(b, frozenset()) | {a}}
    published = {f"a{n}": parse(f"2021-04-{n + 1:02}") if n else UNKNOWN for n in range(7)}
    stories = {"a1": "s", "a2": "s"}
    width = data.draw(st.sampled_from([2, 5, 16]))
    with patch.object(blocks, "WIDEST", width):
        whole = join_happenings(entries, published, apart, stories)
        results: dict[bytes, bytes] = {}
        steps = sorted({data.draw(st.integers(0, len(entries))), len(entries)})
        for size in steps:
            part = data.draw(st.permutations(entries[:size]))
            found = join_happenings(part, published, apart, stories, results)
    assert found == whole
    for one, other in ((a, b) for a in apart for b in apart[a]):
        assert whole[one] != whole[other]
    by_happening: dict[str, set[str]] = {}
    for id_, happening in whole.items():
        by_happening.setdefault(happening, set()).add(id_)
    assert all(happening in of for happening, of in by_happening.items())


# -------------------------------------------------------------------------------------------- bad input


def test_daily_protests_stay_apart_though_told_in_one_way() -> None:
    series = [
        entry(
            f"{a}{n}", f"{a}{n}", "Teachers marched through Turin", "teachers", f"2021-04-{n:02}", event_class="protest"
        )
        for n in range(1, 29)
        for a in "abc"
    ]
    assert groups(series) == {frozenset({f"a{n}", f"b{n}", f"c{n}"}) for n in range(1, 29)}


def test_contradicting_dates_stay_apart() -> None:
    a = entry("a1", "a", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26")
    b = entry("b1", "b", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-27")
    c = entry("c1", "c", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04")
    assert groups([a, b]) == set()
    # What fits both goes to one of them, and does not make the two one.
    assert len(groups([a, b, c])) == 1
    assert {len(group) for group in groups([a, b, c])} == {2}


LONG = "Moreno received Brandt at the shipyard and unveiled a trawler and a lighthouse"


@pytest.mark.parametrize(
    ("label", "other_day", "published", "one"),
    [
        (LONG, "2021-04-27", ("2021-04-29", "2021-04-30"), True),
        (LONG, "2021-04-29", ("2021-04-30", "2021-04-30"), False),  # three days are no slip
        (LONG, "2021-04-27", ("2021-04-26", "2021-04-27"), False),  # each article tells of its own day: a series
        (LONG, "2021-04-27", ("2021-04-29", "2021-05-29"), False),
        ("Moreno met Brandt in Oslo", "2021-04-27", ("2021-04-29", "2021-04-30"), False),  # says too little
    ],
)
def test_what_is_told_alike_in_all_but_the_day_is_one_whose_day_is_disputed(
    label: str, other_day: str, published: tuple[str, str], one: bool
) -> None:
    a = entry("a1", "a", label, "moreno brandt", "2021-04-26")
    b = entry("b1", "b", label, "moreno brandt", other_day)
    found = groups([a, b], {"a": published[0], "b": published[1]})
    assert found == ({frozenset({"a1", "b1"})} if one else set())
    # Inside a crowd of others the pair is met as well.
    days = {"a": published[0], "b": published[1]} | dict.fromkeys((e.article for e in meetings(40)), "2021-04-29")
    assert groups([a, b, *meetings(40)], days) == found
    if one:  # an article that tells both days has two occurrences in mind
        both = replace(a, id="b2", article="b")
        assert groups([a, b, both], days) == {frozenset({"a1", "b2"})}


def test_an_article_dated_before_what_it_recalls() -> None:
    """Its date is wrong or the recalled one is: the dates that are told count, not the order of the articles."""
    a = entry("a1", "a", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26")
    b = entry("b1", "b", "Moreno met Brandt in Oslo", "moreno brandt", "2021-04-26")
    assert groups([a, b], {"a": "2021-04-29", "b": "2019-01-01"}) == {frozenset({"a1", "b1"})}
    days = {"a": DAY, "b": parse("2019-01-01")}
    assert set(join_happenings([a, b], days).values()) == {"b1"}


def test_fifty_articles_without_any_date_are_joined_alike_in_any_order() -> None:
    entries = [
        entry(f"e{n:02}", f"a{n:02}", f"Moreno met {surname(n // 2).title()} in Oslo", f"moreno {surname(n // 2)}")
        for n in range(50)
    ]
    unknown = dict.fromkeys((e.article for e in entries), UNKNOWN)
    found = join_happenings(entries, unknown)
    assert found == {f"e{n:02}": f"e{n - n % 2:02}" for n in range(50)}
    random.Random(1).shuffle(entries)
    assert join_happenings(entries, unknown) == found


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
