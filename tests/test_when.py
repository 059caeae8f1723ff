"""`when`: one spelling for each value, a total order, words for readers."""

from __future__ import annotations

import re
import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import when as w
from dateline.when import UNKNOWN, When

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

DAYS = st.dates()
UNITS = st.builds(w.unit, st.sampled_from(["day", "month", "year", "decade", "century"]), DAYS)
ENDS = st.builds(w.unit, st.sampled_from(["day", "month", "year"]), DAYS)
PLAIN = st.one_of(
    UNITS,
    st.builds(w.lasted, ENDS, ENDS),
    st.builds(w.within, ENDS, ENDS),
    st.builds(w.until, ENDS),
    st.builds(w.since, ENDS),
    st.lists(UNITS, min_size=1, max_size=4).map(lambda units: w.one_of(*units)),
    st.just(UNKNOWN),
)
WHENS = st.builds(lambda when, a, d: w.mark(when, approximate=a, doubtful=d), PLAIN, st.booleans(), st.booleans())

SPELLINGS = [
    # EDTF, first day, last day, words
    ("2024", "2024-01-01", "2024-12-31", "2024"),
    ("2024-03", "2024-03-01", "2024-03-31", "March 2024"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "29 February 2024"),
    ("2024-03~", "2024-03-01", "2024-03-31", "about March 2024"),
    ("2024-03?", "2024-03-01", "2024-03-31", "March 2024 (uncertain)"),
    ("2024%", "2024-01-01", "2024-12-31", "about 2024 (uncertain)"),
    ("202X", "2020-01-01", "2029-12-31", "the 2020s"),
    ("19XX", "1900-01-01", "1999-12-31", "the 20th century"),
    ("00XX", "0001-01-01", "0099-12-31", "the 1st century"),
    ("0476", "0476-01-01", "0476-12-31", "AD 476"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "31 December 9999"),
    ("2021-04-19/2021-04-25", "2021-04-19", "2021-04-25", "19 to 25 April 2021"),
    ("[2021-04-19..2021-04-25]", "2021-04-19", "2021-04-25", "some day from 19 to 25 April 2021"),
    ("2020-12-29/2021-01-03", "2020-12-29", "2021-01-03", "29 December 2020 to 3 January 2021"),
    ("2021-03-29~/2021-04-04~", "2021-03-29", "2021-04-04", "about 29 March to 4 April 2021"),
    ("2018/2021-05", "2018-01-01", "2021-05-31", "2018 to May 2021"),
    ("[2021-03..2021-05]", "2021-03-01", "2021-05-31", "some day from March to May 2021"),
    ("../2021-05-03", "0001-01-01", "2021-05-03", "by 3 May 2021"),
    ("2021-05/..", "2021-05-01", "9999-12-31", "from May 2021 on"),
    ("[2021-05-11,2021-05-12]", "2021-05-11", "2021-05-12", "11 or 12 May 2021"),
    ("[2021-05-11?,2021-06-12?]", "2021-05-11", "2021-06-12", "11 May or 12 June 2021 (uncertain)"),
]


@pytest.mark.parametrize(("text", "first", "last", "words"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_spelling_bounds_and_words(text: str, first: str, last: str, words: str) -> None:
    when = w.parse(text)
    assert w.format(when) == str(when) == text
    assert (when.first_day.isoformat(), when.last_day.isoformat()) == (first, last)
    assert w.describe(when) == words
    assert when.known


@pytest.mark.parametrize("text", ["", "  ", None])
def test_nothing_is_unknown(text: str | None) -> None:
    assert w.parse(text) == UNKNOWN == When()
    assert not UNKNOWN.known
    assert w.format(UNKNOWN) == ""
    assert w.describe(UNKNOWN) == "date not known"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("February 2020", "is not a date"),
        ("2024-13", "no such date"),
        ("2023-02-29", "no such date"),
        ("0000", "no such date"),
        ("99999", "is not a date"),
        ("٢٠٢٤", "is not a date"),
        ("9" * 10_000, "…"),
        ("2022/2021", "ends before it starts"),
        ("[2021-05..2021-04]", "ends before it starts"),
        ("2021/2021", 'is written "2021"'),
        ("[2021-02,2021-01]", 'is written "[2021-01,2021-02]"'),
        ("2024-03~/2024-05", 'is written "2024-03~/2024-05~"'),
        ("202X/2031", "years, months or days"),
        ("[2021-01-01..2021-01]", 'is written "[2021-01-01..2021-01-31]"'),
        ("202X-05", "no months"),
        ("../..", "is not a date"),
        ("/", "is not a date"),
        ("[]", "is not a date"),
    ],
)
def test_what_is_no_date_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        w.parse(text)
    assert len(str(caught.value)) < 200


@given(WHENS)
def test_format_and_parse_are_inverse(when: When) -> None:
    assert w.parse(w.format(when)) == when


@settings(deadline=None, max_examples=50)
@given(WHENS)
def test_the_package_edtf_accepts_what_is_written(when: When) -> None:
    if when.known:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parse_edtf(w.format(when))


@given(st.text(alphabet="0123456789-/.[],~?%X ", max_size=25))
def test_parse_raises_nothing_but_value_errors(text: str) -> None:
    try:
        when = w.parse(text)
    except ValueError:
        return
    assert w.format(when) == text.strip()


@given(WHENS, WHENS)
def test_order_is_total(a: When, b: When) -> None:
    assert (w.sort_key(a) == w.sort_key(b)) == (a == b)


def test_order_of_a_timeline() -> None:
    texts = ["", "2021-05", "2021", "[2021-05-03..2021-05-09]", "2021-05-03", "../2021-05-03", "2021/..", "202X"]
    ordered = sorted((w.parse(text) for text in texts), key=w.sort_key)
    assert [w.format(when) for when in ordered] == [
        "202X", "2021/..", "2021", "2021-05", "[2021-05-03..2021-05-09]", "../2021-05-03", "2021-05-03", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "overlap", "contain"),
    [
        ("2021", "2021-05", True, True),
        ("2021-05", "2021", True, False),
        ("2021-05", "2021-06", False, False),
        ("../2021-05-03", "2021-05-03", True, True),
        ("2021-05/..", "9999", True, True),
        ("2021", "", False, False),
        ("[2021-05-11,2021-05-13]", "2021-05-12", True, True),
    ],
)
def test_overlaps_and_contains(a: str, b: str, overlap: bool, contain: bool) -> None:
    assert w.overlaps(w.parse(a), w.parse(b)) is overlap
    assert w.contains(w.parse(a), w.parse(b)) is contain


def test_is_day() -> None:
    assert w.is_day(w.day(date(2021, 5, 3)))
    assert not w.is_day(w.parse("2021-05"))
    assert not w.is_day(w.parse("2021-05-03/2021-05-04"))


def test_a_stretch_of_one_unit_is_that_unit() -> None:
    may = w.parse("2021-05")
    assert w.lasted(may, may) == w.within(may, may) == w.one_of(may, may) == may


def test_the_first_and_the_last_of_some_days() -> None:
    days = [w.parse("2022-05-05"), UNKNOWN, w.parse("2021-03-02"), w.parse("2021-04-01")]
    assert w.describe_all(days) == "2 March 2021 to 5 May 2022"
    assert w.describe_all(days[:1] * 2) == "5 May 2022"
    assert w.describe_all([UNKNOWN]) == ""
