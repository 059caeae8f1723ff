"""`dates`: expressions found, what they mean from an anchor, and what is left alone."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import when as w
from dateline.dates import algebra as a
from dateline.dates import find_timexes
from dateline.model import Article, Document, Paragraph, Sentence, Span, Style, Timex
from dateline.when import parse

THURSDAY, MONDAY = a.Cycle("week", weekday=3), a.Cycle("week", weekday=0)
MARCH_7 = a.Cycle("year", month=3, day=7)


def read(text: str, published: str = "", style: Style = "news", masked: tuple[Span, ...] = ()) -> tuple[Timex, ...]:
    article = Article(id="x", seed="", published=parse(published), style=style)
    paragraphs, sentences, at = [], [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start=at, end=at + len(line)))
        sentences.append(Sentence(start=at, end=at + len(line), paragraph=len(paragraphs) - 1))
        at += len(line) + 1
    return find_timexes(Document(article=article, text=text, paragraphs=tuple(paragraphs)), sentences, masked)


def told(text: str, published: str = "", style: Style = "news") -> list[tuple[str, str, str]]:
    return [(t.text, t.value, w.format(t.when)) for t in read(text, published, style)]


ALGEBRA = [
    (a.Last(a.WEEK), "2021-04-21", "[2021-04-12..2021-04-18]"),
    (a.Last(a.MONTH), "2019-01-17", "2018-12"),
    (a.Last(THURSDAY), "2021-04-22", "2021-04-15"),
    (a.Last(THURSDAY, inclusive=True), "2021-04-22", "2021-04-22"),
    (a.Next(THURSDAY), "2021-04-22", "2021-04-29"),
    (a.Next(MONDAY, n=3), "2021-04-21", "2021-05-10"),
    (a.Next(a.Cycle("year", month=2, day=29)), "2021-04-21", "2024-02-29"),
    (a.Last(a.Cycle("year", month=2, day=29)), "1904-02-29", "1896-02-29"),
    (a.Next(a.Cycle("year", month=1, day=23), inclusive=True, grace=30), "2014-01-28", "2014-01-23"),
    (a.Nearest(a.Cycle("year", month=12, length=1)), "2021-01-10", "2020-12"),
    (a.This(a.Cycle("quarter")), "2021-05-03", "[2021-04..2021-06]"),
    (a.Last(a.Cycle("season")), "2021-04-21", "[2020-12..2021-02]"),
    (a.Shift(1, "month"), "2021-01-31", "2021-02-28"),
    (a.Shift(-1, "year", a.MONTH, approximate=True), "2021-03-07", "2020-03~"),
    (a.Nth(3, a.WEEK, a.This(a.MONTH)), "2021-05-01", "[2021-05-17..2021-05-23]"),
    (a.Nth(-1, MONDAY, a.This(a.MONTH)), "2021-05-01", "2021-05-31"),
    (a.Nth(6, MONDAY, a.This(a.MONTH)), "2021-05-01", ""),
    (a.Chain(a.Last(a.YEAR), a.This(a.Cycle("year", month=9))), "2021-05-01", "2020-09"),
    (a.Intersect(a.This(a.MONTH), a.Before(a.Anchor(), strictly=True)), "2021-04-24", "[2021-04-01..2021-04-23]"),
    (a.Part("late", a.This(a.MONTH)), "2021-02-03", "[2021-02-21..2021-02-28]"),
    (a.Between(a.Last(MONDAY), a.Anchor()), "2021-04-21", "2021-04-19/2021-04-21"),
    # anchors that are not one day
    (a.Last(a.MONTH), "2019", "[2018-12..2019-11]"),
    (a.Last(a.YEAR), "2019-01", "2018"),
    (a.Shift(-1, "day"), "../2019-01-17", "../2019-01-16"),
    (a.Shift(-1, "day"), "2019-01-17/..", "2019-01-16/.."),
    (a.Shift(-1, "day"), "[2019-01-17,2019-02-01]", "[2019-01-16,2019-01-31]"),
    (a.Last(a.WEEK), "", ""),
    (a.Last(THURSDAY, inclusive=True), "[2021-04-19..2021-04-25]", "[2021-04-15,2021-04-22]"),
    (a.Last(THURSDAY, inclusive=True), "[2021-04-19..2021-04-20]", "2021-04-15"),
    (a.Last(THURSDAY, inclusive=True), "2021-04", "[2021-04-01..2021-04-29]"),
    (a.Shift(-1, "day"), "[2021-04-19..2021-04-21]", "[2021-04-18..2021-04-20]"),
    (a.OnWeekday(a.Nearest(MARCH_7), MARCH_7, 6), "[2019..2022]", "2021-03-07"),  # a Sunday in that year alone
    (a.OnWeekday(a.Nearest(MARCH_7), MARCH_7, 6), "[2009..2022]", "[2010-03-07,2021-03-07]"),
    # the ends of the calendar
    (a.Shift(-1, "day"), "0001-01-01", ""),
    (a.Next(a.YEAR), "9999", ""),
    (a.Shift(99_999, "century"), "2021", ""),
]


@pytest.mark.parametrize(("operator", "anchor", "expected"), ALGEBRA, ids=[f"{o}-{x}" for o, x, _ in ALGEBRA])
def test_operators(operator: a.Operator, anchor: str, expected: str) -> None:
    assert w.format(operator.apply(parse(anchor))) == expected


CYCLES = st.sampled_from(
    [a.DAY, a.WEEK, a.WEEKEND, a.MONTH, a.YEAR, THURSDAY, a.Cycle("quarter"), a.Cycle("season"), a.Cycle("decade"),
     a.Cycle("year", month=9, day=11), a.Cycle("year", month=12, length=3), a.Cycle("month", day=31)]
)  # fmt: skip


@given(CYCLES, st.dates(date(50, 1, 1), date(9900, 1, 1)))
def test_last_lies_before_and_next_after(cycle: a.Cycle, on: date) -> None:
    last, coming = a.Last(cycle).apply(w.day(on)), a.Next(cycle).apply(w.day(on))
    assert last.last_day < on < coming.first_day
    assert a.Next(cycle).apply(w.day(last.last_day)).first_day <= coming.first_day


@given(CYCLES, st.dates(), st.integers(1, 5))
def test_operators_never_raise(cycle: a.Cycle, on: date, n: int) -> None:
    for operator in (
        a.Last(cycle, n),
        a.Next(cycle, n),
        a.This(cycle),
        a.Nearest(cycle),
        a.Nth(n, cycle, a.This(a.YEAR)),
    ):
        operator.apply(w.day(on))


NEWS = [
    # text, publication date, [(expression, TIMEX3 value, EDTF)]
    ("the deal in February 2020", "2021-04-21", [("February 2020", "2020-02", "2020-02")]),
    ("the 2020 February agreement", "2021-04-24", [("2020 February", "2020-02", "2020-02")]),
    ("the February 29, 2020 deal", "", [("February 29, 2020", "2020-02-29", "2020-02-29")]),
    ("US troops would pull out by September 11.", "2021-04-21", [("September 11", "2021-09-11", "../2021-09-11")]),
    ("The drawdown would begin from May 1.", "2021-04-21", [("May 1", "2021-05-01", "2021-05-01")]),
    ("Hijackers killed thousands on Sept. 11.", "2021-04-21", [("Sept. 11", "2020-09-11", "2020-09-11")]),
    ("The report is due to be published in May.", "2021-03-02", [("May", "2021-05", "2021-05")]),
    ("He reported on Thursday.", "2021-04-24", [("Thursday", "2021-04-22", "2021-04-22")]),
    ("He is expected to travel on Thursday.", "2021-04-21", [("Thursday", "2021-04-22", "2021-04-22")]),
    ("They agreed on Thursday.", "2019-01-17", [("Thursday", "2019-01-17", "2019-01-17")]),
    ("One arrived on Wednesday and another is expected to travel on Thursday.", "2021-04-24",
     [("Wednesday", "2021-04-21", "2021-04-21"), ("Thursday", "2021-04-22", "2021-04-22")]),
    ("in recent years", "2021-04-24", [("recent years", "PAST_REF", "")]),
    ("He last week announced it.", "2021-04-21", [("last week", "2021-W15", "[2021-04-12..2021-04-18]")]),
    ("talks last month", "2019-01-17", [("last month", "2018-12", "2018-12")]),
    ("since the deal was signed a year ago.", "2021-03-07", [("a year ago", "2020", "2020-03~")]),
    ("He said so earlier this month.", "2021-04-24", [("earlier this month", "2021-04", "[2021-04-01..2021-04-23]")]),
    ("a meeting later this month", "2021-03-07", [("later this month", "2021-03", "[2021-03-08..2021-03-31]")]),
    ("hosted by Qatar since 2019.", "2021-04-24", [("2019", "2019", "2019/..")]),
    ("They met yesterday and meet tomorrow.", "2021-03-01",
     [("yesterday", "2021-02-28", "2021-02-28"), ("tomorrow", "2021-03-02", "2021-03-02")]),
    ("between 3 and 7 May 2021", "",
     [("3", "2021-05-03", "2021-05-03/2021-05-07"), ("7 May 2021", "2021-05-07", "2021-05-03/2021-05-07")]),
    ("on 11 or 12 May 2021 it fell", "2021-06-01",
     [("11", "2021-05-11", "[2021-05-11,2021-05-12]"), ("12 May 2021", "2021-05-12", "[2021-05-11,2021-05-12]")]),
    ("on May 3-7, 2021", "",
     [("May 3", "2021-05-03", "2021-05-03/2021-05-07"), ("7, 2021", "2021-05-07", "2021-05-03/2021-05-07")]),
    ("the war of 1914-1918", "", [("1914", "1914", "1914/1918"), ("1918", "1918", "1914/1918")]),
    ("early 2021", "", [("early 2021", "2021", "[2021-01..2021-04]")]),
    ("in about March 2020", "", [("about March 2020", "2020-03", "2020-03~")]),
    ("in the 1960s", "", [("the 1960s", "196", "196X")]),
    ("the 20th century", "", [("the 20th century", "19", "19XX")]),
    ("on 3/4/2021", "", [("3/4/2021", "2021-03-04", "[2021-03-04?,2021-04-03?]")]),
    ("on 2021-04-21", "", [("2021-04-21", "2021-04-21", "2021-04-21")]),
    ("on 3\u00a0May\u00a02021", "", [("3\u00a0May\u00a02021", "2021-05-03", "2021-05-03")]),
    ("for three days", "2021-03-07", [("three days", "P3D", "")]),
    ("over the past three days", "2021-03-07", [("the past three days", "P3D", "2021-03-04/2021-03-07")]),
    ("every Friday, twice a week", "", [("every Friday", "XXXX-WXX-5", ""), ("twice a week", "P1W", "")]),
    ("He recently visited; it is now postponed.", "2021-03-07",
     [("recently", "PAST_REF", ""), ("now", "PRESENT_REF", "")]),
    # one stretch hangs on another in the sentence
    ("Two days after the attack of 3 June the vote went ahead.", "2017-06-10",
     [("Two days", "P2D", "2017-06-05"), ("3 June", "2017-06-03", "2017-06-03")]),
    ("It came four months before the vote on 5 May 2013.", "",
     [("four months", "P4M", "2013-01~"), ("5 May 2013", "2013-05-05", "2013-05-05")]),
    ("Net for the third quarter ended Sept. 30 fell from $4 million a year earlier.", "1989-10-30",
     [("the third quarter", "1989-Q3", "[1989-07..1989-09]"), ("Sept. 30", "1989-09-30", "1989-09-30"),
      ("a year earlier", "1988-Q3", "[1988-07..1988-09]")]),
    ("It lay between 2021 and 2023.", "", [("2021", "2021", "2021/2023"), ("2023", "2023", "2021/2023")]),
    ("He came back Tuesday, and the next morning he left.", "1998-02-27",
     [("Tuesday", "1998-02-24", "1998-02-24"), ("the next morning", "1998-02-25TMO", "1998-02-25")]),
    # where a sentence looks
    ("The senator did not return until Monday.", "2013-03-12", [("Monday", "2013-03-11", "2013-03-11")]),
    ("He will stay until Monday.", "2013-03-12", [("Monday", "2013-03-18", "2013-03-18")]),
    ("The minister is visiting Paris on Friday.", "2013-03-12", [("Friday", "2013-03-15", "2013-03-15")]),
    ("The deadline was extended to Nov. 10.", "1989-10-30", [("Nov. 10", "1989-11-10", "1989-11-10")]),
    ("Trading began Feb. 28 and resumes Thursday.", "1998-03-04",
     [("Feb. 28", "1998-02-28", "1998-02-28"), ("Thursday", "1998-03-05", "1998-03-05")]),
    # a "by" that names the doer sets no limit
    ("They were hit by Monday's quake.", "2019-03-07", [("Monday", "2019-03-04", "2019-03-04")]),
    ("He must answer by Monday’s deadline.", "2019-03-07", [("Monday", "2019-03-11", "../2019-03-11")]),
    # without a publication date nothing is guessed
    ("Khalilzad on Thursday held talks.", "", [("Thursday", "XXXX-WXX-4", "")]),
    ("talks last month", "", [("last month", "XXXX-XX", "")]),
    ("by September 11.", "", [("September 11", "XXXX-09-11", "")]),
    # an interval as publication date gives an interval
    ("talks last month", "2019-01", [("last month", "2018-12", "2018-12")]),
    ("They met yesterday.", "[2019-01-17..2019-01-20]", [("yesterday", "XXXX-XX-XX", "[2019-01-16..2019-01-19]")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "expected"), NEWS, ids=[row[0] for row in NEWS])
def test_news(text: str, published: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text, published) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Speaking to Pakistan Today, he said",
        "Pakistan Today's bureau",
        "The Daily Times",
        "They may leave",
        "Theresa May said",
        "They march on the capital",
        "a second round in the second place",
        "room 1987, $2000, 1,914 men, 2000 people, call 555-2019",
        "version 2.10.4 of flight 370",
        "on February 30 and 31/31/2020",
        "Johnnie Christmas drew it",
        "the fall of Saigon",
        'He saw "Seven Days in May" and "Friday Night Lights".',
        "Ms. March and Mr. August at 1600 May Street",
        "the Sunday Times, the Evening Standard and ABC News This Week",
        "the first half of the match, a goal in the fourth quarter",
        "every second house, three quarters of the troops",
        "Article 1983 and Windows 2000",
        'He said that April Jones sang "September".',
        "",
    ],
)
def test_false_friends(text: str) -> None:
    assert told(text, "2021-04-21") == []


def test_narrative_hangs_on_the_date_last_told() -> None:
    text = (
        "On 5 May 1940 it began.\nTwo days later they left.\nIn August they came back.\nThe following month it ended."
    )
    assert [value for _, value, _ in told(text, "2009-12-19", "narrative")] == [
        "1940-05-05", "1940-05-07", "1940-08", "1940-09",
    ]  # fmt: skip


def test_masked_spans_hold_no_expression() -> None:
    text = "The Sunday Times said so on Sunday."
    found = read(text, "2021-04-21", masked=(Span(start=0, end=16),))
    assert [(t.start, t.value) for t in found] == [(28, "2021-04-18")]


def test_the_reckoning_is_told() -> None:
    (timex,) = read("in Abu Dhabi last month", "2019-01-17")
    assert timex.basis == "relative"
    assert timex.rule == "relative-unit"
    assert timex.reckoned == "December 2018, reckoned from the article's date, 17 January 2019"
    (stated,) = read("in February 2020", "2021-04-21")
    assert (stated.basis, stated.reckoned) == ("stated", "")


WORDS = st.sampled_from(
    [
        "the",
        "last",
        "next",
        "of",
        "May",
        "March",
        "3",
        "11",
        "or",
        "to",
        "-",
        "2020",
        "1914",
        "year",
        "years",
        "ago",
        "a",
        "Thursday",
        ",",
        ".",
        "later",
        "first",
        "week",
        "in",
        "by",
        "every",
        "half",
        "century",
        "BC",
        "12:30",
        "p.m.",
        "early",
        "mid-",
        "about",
        "0",
        "99999",
        "30",
        "February",
        "decade",
        "day",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join), st.sampled_from(["", "2021-04-21", "2021", "../2021-04-21", "9999"]))
def test_any_words_give_sorted_disjoint_expressions(text: str, published: str) -> None:
    found = read(text, published)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "unit", ["9", "1 ", "the ", "May ", "a year ", "2020-", "first ", "12:", "Thursday, ", " ", "in the last "]
)
def test_hostile_lines_take_no_time(unit: str) -> None:
    started = time.process_time()
    read(unit * (100_000 // len(unit)), "2021-04-21")
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        (
            "The ship left at 11 p.m. on Saturday and sank about four hours later.",
            "about four hours later",
            "2025-03-02",
        ),
        ("The ship left at 3 p.m. on Saturday and sank about four hours later.", "about four hours", ""),
        ("The ship left on Saturday and sank about four hours later.", "about four hours", ""),
        ("It sank at about 3 p.m. on Saturday.", "about 3 p.m. on Saturday", "2025-03-01"),
    ],
)
def test_hours_that_pass_midnight_lead_to_the_next_day_and_no_hour_makes_a_day_unsure(
    text: str, words: str, when: str
) -> None:
    assert {found: meant for found, _, meant in told(text, "2025-03-02")}[words] == when
