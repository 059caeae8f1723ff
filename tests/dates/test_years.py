"""Fiscal years, years of an era, clocks and zones."""

from __future__ import annotations

import pytest
from test_feasts import read

from dateline import when as w


@pytest.mark.parametrize(
    ("text", "value", "when"),
    [
        ("in fiscal 1989", "FY1989", "1989%"),
        ("in fiscal year 2013", "FY2013", "2013%"),
        ("in the 1990 fiscal year", "FY1990", "1990%"),
        ("in FY2013", "FY2013", "2013%"),
        ("in FY 2020-21", "FY2021", "2020%/2021%"),
        ("in the 1999-00 fiscal year", "FY2000", "1999%/2000%"),
        ("in the second quarter of fiscal 1990", "FY1990-Q2", "1990%"),
        ("last fiscal year", "FY2020", "2020%"),
        ("the fiscal year ended June 30, 1990", "FY1990", "[1989-07-01..1990-06-30]"),
        ("the fiscal year ended June 30", "FY2020", "[2019-07-01..2020-06-30]"),
        ("the fiscal year ending June 30", "FY2021", "[2020-07-01..2021-06-30]"),
        ("in AD 70", "0070", "0070"),
        ("in 1054 CE", "1054", "1054"),
        ("in the 2nd century AD", "01", "01XX"),
        ("in 480 BC", "BC0480", ""),
        ("in 4 B.C.", "BC0004", ""),
    ],
)
def test_years_of_other_reckonings(text: str, value: str, when: str) -> None:
    assert [(timex.value, w.format(timex.when)) for timex in read(text)][:1] == [(value, when)]


def test_a_fiscal_year_is_never_told_as_a_fact() -> None:
    for text in ("fiscal 1989", "FY2013", "FY 2020-21", "this fiscal year", "the fiscal second quarter"):
        (timex,) = read(text)
        assert timex.when.approximate
        assert timex.when.doubtful


@pytest.mark.parametrize("text", ["fiscal policy", "fiscal 19,000", "Fy 20", "fiscal 2013/15 budget", "an ad 90 said"])
def test_what_is_no_fiscal_year(text: str) -> None:
    assert [timex.value for timex in read(text) if timex.value.startswith("FY")] == []


@pytest.mark.parametrize(
    ("text", "values", "days"),
    [
        # published on Wednesday 21 April 2021: the clock and its zone never move the day that is named
        (
            "He left at 10:35 p.m. EST (0335 GMT Wednesday).",
            ["2021-04-21T22:35", "2021-04-21T03:35"],
            ["2021-04-21", "2021-04-21"],
        ),
        ("It fell at 11:59 p.m. GMT on Monday.", ["2021-04-19T23:59"], ["2021-04-19"]),
        ("It fell at 0005 GMT on Monday.", ["2021-04-19T00:05"], ["2021-04-19"]),
        ("It fell at 1400 GMT.", ["2021-04-21T14:00"], ["2021-04-21"]),
        ("It fell at 14h30.", ["2021-04-21T14:30"], ["2021-04-21"]),
        ("It fell on Monday night.", ["2021-04-19TNI"], ["2021-04-19"]),
        ("It fell at 12:30 a.m. PST on May 3, 2020.", ["2020-05-03T00:30"], ["2020-05-03"]),
        ("It fell at 2330 local time.", ["2021-04-21T23:30"], ["2021-04-21"]),
    ],
)
def test_clocks_and_zones_move_no_day(text: str, values: list[str], days: list[str]) -> None:
    found = read(text)
    assert [timex.value for timex in found] == values
    assert [w.format(timex.when) for timex in found] == days
