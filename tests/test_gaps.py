"""Where a timeline is silent for long, and how the silence is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import when
from dateline.gaps import days_between, find_gaps, length_in_words, stretch_of

LENGTHS = [
    # last day before, first day after → whole units that lie between
    ("2019-01-01", "2019-01-16", "2 weeks"),
    ("2019-01-31", "2019-03-01", "4 weeks"),
    ("2019-01-31", "2019-08-01", "6 months"),
    ("2019-01-17", "2019-08-17", "6 months"),
    ("2019-01-17", "2019-08-18", "7 months"),
    ("2019-01-01", "2021-01-01", "23 months"),
    ("2019-01-01", "2021-01-02", "2 years"),
    ("1949-06-01", "2006-10-01", "57 years"),
    ("0001-01-01", "9999-12-31", "9998 years"),
]


@pytest.mark.parametrize(("last", "first", "words"), LENGTHS)
def test_a_silence_is_told_in_whole_units(last, first, words):
    assert length_in_words((date.fromisoformat(last), date.fromisoformat(first))) == words


STRETCHES = [
    ("2019-01-17", "2019-01-17", "2019-01-17"),
    ("2019-01", "2019-01-01", "2019-01-31"),
    ("[2019-01-07..2019-01-13]", "2019-01-07", "2019-01-13"),
    ("2019-03~", "2019-01-29", "2019-05-01"),  # 31 days to either side
    ("../2019-01-17", "0001-01-01", "2019-01-17"),
    ("2019-01-17/..", "2019-01-17", "9999-12-31"),
]


@pytest.mark.parametrize(("edtf", "first", "last"), STRETCHES)
def test_all_days_that_a_date_may_mean_are_taken(edtf, first, last):
    assert stretch_of(when.parse(edtf)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_other_reports_and_plans_bound_the_days():
    march = when.parse("2019-03-01")
    assert stretch_of(march, [when.parse("2019-02-01"), when.UNKNOWN]) == (date(2019, 2, 1), date(2019, 3, 1))
    assert stretch_of(when.parse("../2019-09-11"), earliest=date(2019, 4, 2)) == (date(2019, 4, 2), date(2019, 9, 11))
    assert stretch_of(when.UNKNOWN, [march]) is None


def found(*dates: str) -> dict[int, str]:
    gaps = find_gaps([stretch_of(when.parse(edtf)) for edtf in dates])
    return {at: length_in_words(silence) for at, silence in gaps.items()}


WEEKLY = ("2020-01-01", "2020-01-08", "2020-01-15", "2020-01-22")

TIMELINES = [
    ((), {}),
    (("2020-01-01",), {}),
    (("2010", "2020"), {}),  # two rows: nothing tells what is usual
    ((*WEEKLY, "2020-09-01", "2020-09-08"), {3: "7 months"}),
    (("2010-05-01", "2011-05-01", "2012-05-01", "2013-05-01"), {}),  # a year is usual here
    (("2010-05-01", "2011-05-01", "2012-05-01", "2020-05-01"), {2: "7 years"}),
    ((*WEEKLY, "2020-02-08"), {}),  # not much longer than usual
    (("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-15", "2020-01-16"), {}),  # less than two weeks
    ((*WEEKLY, "2020-09-01", "2020-09-08", "", ""), {3: "7 months"}),
    # a date that may lie in the silence
    ((*WEEKLY, "2020-05~", "2020-09-01", "2020-09-08"), {3: "2 months", 4: "8 weeks"}),  # from 31 March to 1 July
    ((*WEEKLY, "[2020-01-22..2020-08-30]", "2020-09-01", "2020-09-08"), {}),
    (("2020", *WEEKLY, "2020-09-01", "2020-09-08"), {}),
    ((*WEEKLY, "2020-09-01", "../2020-09-08"), {}),
    (("2019-12-01/..", *WEEKLY, "2020-09-01", "2020-09-08"), {}),
]


@pytest.mark.parametrize(("dates", "expected"), TIMELINES)
def test_what_is_long_hangs_on_the_timeline(dates, expected):
    assert found(*dates) == expected


DAYS = st.integers(1, 4000)
STRETCH = st.one_of(
    st.none(),
    st.tuples(DAYS, st.integers(0, 300)).map(
        lambda of: (date.fromordinal(730000 + of[0]), date.fromordinal(730000 + sum(of)))
    ),
)


@given(st.lists(STRETCH, max_size=40))
def test_no_date_reaches_into_a_silence(stretches):
    rows = sorted(stretches, key=lambda of: (of is None, of or ()))
    for at, (last, first) in find_gaps(rows).items():
        assert rows[at] is not None
        assert rows[at + 1] is not None
        assert days_between((last, first)) >= 14
        assert all(of is None or of[1] <= last or of[0] >= first for of in rows)
