"""Years of other reckonings: fiscal years and years of an era.

A fiscal year begins in another month than the calendar's, and which one only its owner says: so its value is that of
TIDES (`FY1989`), and its time about the year of that number, doubtfully. "2019-20" is the year that ends in 2020.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from .. import when as time
from . import algebra as a
from .named import date
from .numbers import count
from .operands import Result, towards
from .sense import Context, Sense

_LETTERS = {"quarter": "Q", "half": "H"}
_PARTS = {"quarter": 4, "half": 2}
_NEXT_CENTURY = 70
"""Figures of two digits below it are of the 21st century: FY21."""


def _full_year(figures: str) -> int:
    year = count(figures)
    return year if year > 99 else year + (2000 if year < _NEXT_CENTURY else 1900)


def fiscal(
    context: Context, *, year: str = "", last: str = "", ref: str = "", nth: str = "", kind: str = ""
) -> Sense | None:
    """Fiscal 1989, FY2020-21, the current fiscal year, the second quarter of fiscal 1990."""
    part = _part(nth, kind)
    if part is None:
        return None
    if not year:
        named = towards(ref or "0", a.YEAR)
        meant: a.Operator = a.Marked(named, approximate=True, doubtful=True)
        return Sense(grain="fiscal", tree=a.Both(named, meant), anchor="style", clock=part)
    first = _full_year(year)
    end = first // 100 * 100 + count(last) if last and count(last) < 100 else count(last) or first
    end += 100 if end < first else 0  # 1999-00
    if end not in (first, first + 1):
        return None
    span = time.lasted(*(time.unit("year", dt.date(at, 1, 1)) for at in (first, end)))
    named, meant = a.Fixed(time.unit("year", dt.date(end, 1, 1))), a.Fixed(span)
    return Sense(grain="fiscal", tree=a.Both(named, a.Marked(meant, approximate=True, doubtful=True)), clock=part)


def _part(nth: str, kind: str) -> str | None:
    """What is put behind the year for its second quarter: "-Q2"; None where it has no such part."""
    if not nth:
        return ""
    n = count(nth) if count(nth) > 0 else _PARTS[kind]
    return f"-{_LETTERS[kind]}{n}" if n <= _PARTS[kind] else None


def fiscal_ending(context: Context, *, fiscal: str, month: str, day: str, year: str = "") -> Result:
    """The fiscal year ended June 30: the twelve months up to that day."""
    end = date(context, year=year, month=month, day=day)
    if not end or not end.tree:
        return None
    on = end.tree
    if end.anchor == "style" and context.style == "news":
        cycle = a.Cycle("year", month=count(month), day=count(day))
        ended = " ended " in context.words.lower()
        on = a.Last(cycle, inclusive=True) if ended else a.Next(cycle, inclusive=True)
    start = a.Chain(on, a.Chain(a.Shift(-1, "year"), a.Shift(1, "day")))
    whole = a.Both(a.Chain(on, a.This(a.YEAR)), a.Between(start, on, lasting=False))
    return ("fiscal", replace(end, grain="fiscal", unreckoned="", tree=whole)), ("month", replace(end, tree=on))


def year_of_era(context: Context, *, year: str) -> Sense | None:
    """AD 70, 1054 CE."""
    return date(context, year=year)
