"""Where reports differ, and above all where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.differences import Difference, dates_differ, event_differences, find_differences
from dateline.model import Actor, Alias, Entry, Event, Participant, Voice
from dateline.when import parse

DAYS = {"a": parse("2021-03-02"), "b": parse("2021-03-03"), "c": parse("2021-03-04")}
ACTORS = {
    "north": Actor(id="north", name="Northern Front", kind="group"),
    "south": Actor(id="south", name="Southern Front", kind="group"),
    "army": Actor(id="army", name="Ruritania", kind="country"),
}


def told(of: str, quote: str = "A bomb went off.", when: str = "", **fields: object) -> Entry:
    """What article `of` tells of the attack."""
    known = Entry(id=f"e-{of}", article=of, quote=quote, word="", event_class="attack", label=quote, when=parse(when))
    return replace(known, **{"when_basis": "stated" if when else "", **fields})


def shorts(*entries: Entry) -> list[str]:
    return [found.short for found in find_differences(entries, DAYS, ACTORS)]


def by(*doers: str) -> tuple[Participant, ...]:
    return tuple(Participant(name="", role="agent", words=doer, actor=doer) for doer in doers)


# --------------------------------------------------------------------------------------------- days

DATES = [
    ("2021-03-01", "2021-03-02", True),
    ("2021-03-01", "2021-03", False),
    ("2021-03-01", "2021", False),
    ("2021-02", "2021-03", True),
    ("[2021-03-01..2021-03-07]", "2021-03-05", False),
    ("[2021-03-01..2021-03-07]", "[2021-03-05..2021-03-09]", False),  # one day can be in both
    ("2021-03-01/2021-03-07", "2021-03-05/2021-03-09", True),  # it lasted from one to the other
    ("2021-03-01/2021-03-07", "2021-03-03/2021-03-04", False),
    ("../2021-03-05", "2021-03-01", False),
    ("../2021-03-05", "2021-03-06", True),
    ("2021-03-01/..", "2021-02-01", True),
    ("2020-02-29", "2020-03~", False),  # "a year ago" may miss
    ("2021-03-01~", "2021-03-03", False),
    ("2021-03-01~", "2021-03-20", True),
    ("2021-03-01?", "2021-03-20", False),  # inferred
    ("", "2021-03-20", False),
]


@pytest.mark.parametrize(("one", "other", "differ"), DATES)
def test_dates_differ_where_both_cannot_be_right(one, other, differ):
    assert dates_differ(parse(one), parse(other)) is dates_differ(parse(other), parse(one)) is differ


def test_days_stand_in_order_of_time_each_with_who_tells_it():
    entries = (told("a", when="2021-03-02"), told("b", when="2021-03-01"), told("c", when="2021-03"))
    (found,) = find_differences(entries, DAYS, ACTORS)
    assert found.field == "day"
    assert [(value.words, [entry.id for entry in value.entries]) for value in found.values] == [
        ("1 March 2021", ["e-b"]),
        ("2 March 2021", ["e-a"]),
    ]


@pytest.mark.parametrize("basis", ["reported", "narrative"])
def test_a_day_that_an_article_does_not_give_contradicts_nobody(basis):
    assert shorts(told("a", when="2021-03-02"), told("b", when="2021-03-01", when_basis=basis)) == []


def test_one_article_in_one_voice_does_not_differ_from_itself_but_two_of_its_speakers_may():
    here = [told("a", when="2021-03-02"), told("a", when="2021-03-01", id="e-x")]
    assert shorts(*here) == []
    assert shorts(here[0], replace(here[1], voice=Voice(words="a witness"))) == ["1 March 2021 or 2 March 2021"]


# --------------------------------------------------------------------------------------------- numbers

NUMBERS = [
    ("The bomb killed 10 people.", "Twelve people were killed.", ["10 or 12 killed"]),
    ("The bomb killed 10 people.", "At least 12 people died.", ["10 or at least 12 killed"]),
    ("The bomb killed 10 and wounded 20.", "It killed 12 and wounded 30.", ["10 or 12 killed", "20 or 30 injured"]),
    ("Two dozen people died.", "24 people were killed.", []),
    ("Ten people were killed.", "The bomb wounded 30 people.", []),  # other quantities
    ("At least 10 people died.", "Twelve people died.", []),  # both may be right
    ("At least 10 people died.", "At least 12 people died.", []),
    ("About 100 people died.", "98 people died.", []),
    ("Dozens died.", "31 people died.", []),
    ("The bomb killed 10 people.", "The bomb killed three soldiers.", []),  # a part of them
    ("It killed 10 people, including three children.", "It killed 10 people and four children were killed.", []),
    ("Khan, 47, was killed.", "Khan, 48, was killed.", []),
    ("On May 10 people were killed.", "On May 12 people were killed.", []),
]


@pytest.mark.parametrize(("one", "other", "expected"), NUMBERS)
def test_numbers_of_one_counted_thing(one, other, expected):
    assert shorts(told("a", one), told("b", other)) == expected


def test_a_higher_toll_told_later_stands_last():
    earlier, later = told("a", "It killed 10 people."), told("c", "It killed 9 people.")
    (found,) = find_differences((later, earlier), DAYS, ACTORS)
    assert [(value.words, value.entries[0].article) for value in found.values] == [("10", "a"), ("9", "c")]


def test_what_agrees_with_all_others_is_not_set_against_them():
    entries = (told("a", "It killed 10."), told("b", "It killed 12 people."), told("c", "It killed up to 50 people."))
    assert shorts(*entries) == ["10 or 12 killed"]


# --------------------------------------------------------------------------------------------- places, doers

PLACES = [
    ("Lima", "Cusco", ["Lima or Cusco"]),
    ("Lima", "Peru", []),
    ("Lima", "", []),
    ("Lima", "northern Lima", []),
    ("Peru", "Chile", []),  # a country is too coarse to be set against another: who visits whom is told both ways
]


@pytest.mark.parametrize(("one", "other", "expected"), PLACES)
def test_places(one, other, expected):
    assert shorts(told("a", place=one), told("b", place=other)) == expected


DOERS = [
    (by("north"), by("south"), ["Northern Front or Southern Front"]),
    (by("north"), by("army"), []),  # other kinds: an army may act for a state
    (by("north"), by("north", "south"), []),
    (by("north"), (*by("south"), Participant(name="", role="mentioned", words="x", actor="north")), []),
    (by("north"), (), []),
]


@pytest.mark.parametrize(("one", "other", "expected"), DOERS)
def test_doers(one, other, expected):
    assert shorts(told("a", participants=one), told("b", participants=other)) == expected


def test_who_takes_part_in_a_meeting_is_no_contradiction():
    one, other = (
        told(of, participants=by(doer), event_class="meeting") for of, doer in (("a", "north"), ("b", "south"))
    )
    assert shorts(one, other) == []


# --------------------------------------------------------------------------------------------- events

WITHDRAWAL = Event(id="exit", label="troop withdrawal", kind="process", event_class="withdrawal")
TALKS = Event(id="talks", label="peace talks", kind="process", event_class="talks")
SUMMIT = Event(id="summit", label="Lima summit", kind="occasion", event_class="conference")
DEAL = Event(
    id="deal", label="Lima deal", kind="instrument", event_class="agreement", aliases=(Alias(name="Lima accord"),)
)


def planned(of: str, when: str, quote: str = "They will leave.", **fields: object) -> Entry:
    return told(of, quote, when, **{"event_class": "withdrawal", "course": "planned", "id": f"e-{of}{when}", **fields})


def of_event(event: Event, *entries: Entry) -> list[Difference]:
    return list(event_differences(event, entries, DAYS))


def test_deadlines_of_several_voices_stand_side_by_side():
    naeem = Voice(words="a spokesman")
    (found,) = of_event(
        WITHDRAWAL,
        planned("a", "[2021-04-21..2021-04-30]", voice=naeem),
        planned("a", "../2021-09-11", voice=Voice(words="the president")),
        planned("b", "../2021-05-01"),
    )
    assert found.field == "planned"
    assert found.short == "some day from 21 to 30 April 2021, by 1 May 2021 or by 11 September 2021"


def test_a_deadline_is_read_from_its_word():
    begins = "The drawdown would begin from May 1."
    deadline = "The drawdown would begin from May 1, the original deadline."
    other = planned("b", "../2021-09-11")
    assert of_event(WITHDRAWAL, planned("a", "2021-05-01", begins, when_words="May 1"), other) == []
    (found,) = of_event(WITHDRAWAL, planned("a", "2021-05-01", deadline, when_words="May 1"), other)
    assert found.short == "1 May 2021 or by 11 September 2021"


NONE = [
    (WITHDRAWAL, planned("a", "2021-05-01"), planned("b", "../2021-05-01")),  # one day
    (WITHDRAWAL, planned("a", "2021-05-01"), planned("b", "2021-05")),
    (WITHDRAWAL, planned("a", "2021-05-01"), planned("b", "2021-04-01", course="occurred")),
    (TALKS, planned("a", "2021-05-01", event_class="talks"), planned("b", "2021-06-01", event_class="talks")),  # rounds
    (SUMMIT, planned("a", "2021-05-01", event_class="conference"), planned("b", "2021-06-01", event_class="visit")),
    (WITHDRAWAL, planned("a", "2021-05-01"), planned("b", "2021-06-01/..")),
]  # fmt: skip


@pytest.mark.parametrize(("event", "one", "other"), NONE, ids=range(len(NONE)))
def test_other_days_of_an_event_are_no_difference(event, one, other):
    assert of_event(event, one, other) == []


def test_the_day_of_a_deal_is_that_of_its_name_and_not_of_what_came_of_it():
    fields = {"event_class": "agreement"}
    deal = told("a", "The February 29, 2020 deal holds.", "2020-02-29", word="deal", **fields)
    accord = told("b", "The February 27, 2020 accord holds.", "2020-02-27", word="accord", **fields)
    later = told("c", "They agreed to review it in May.", "2021-05-01", word="agreed", **fields)
    (found,) = of_event(DEAL, deal, accord, later)
    assert found.short == "27 February 2020 or 29 February 2020"
    assert of_event(DEAL, deal, later) == []


def test_many_values_cost_little_and_nothing_hangs_on_the_order():
    entries = [told(f"{n:04}", f"It killed {n + 10} people.") for n in range(2000)]
    (found,) = find_differences(entries, DAYS, ACTORS)
    assert len(found.values) == 100
    assert find_differences(entries[::-1], DAYS, ACTORS) == (found,)
