"""Stretches of calendar time: how they are written, ordered, compared and said in words.

A `When` is the meaning of a date expression: "29 April 2021", "some day last week", "by 3 May", "11 or 12 May". It is
written in a subset of EDTF (ISO 8601-2): `format` and `parse` are inverse, and each value has one spelling. The
operators that reckon one time from another (`Last`, `Next`, `Shift`, …) stand in `dates.algebra`. This module knows no
text, no clock and no other module. Outside the years 1 to 9999 nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Precision = Literal["day", "month", "year", "decade", "century", ""]
Shape = Literal["unknown", "unit", "lasted", "within", "one-of", "by", "from"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY = timedelta(days=1)
_LAST_YEAR = 9999
_FINENESS: dict[str, int] = {"century": 0, "decade": 1, "year": 2, "month": 3, "day": 4}
_YEARS_IN: dict[str, int] = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of calendar time, `[start, end)`; `When()` is the unknown one.

    `start` is None where that side is open, `end` also where it would lie behind the year 9999. Make one with `unit`,
    `lasted`, `within`, `one_of`, `until`, `since` or `parse`: they keep one value in one form.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision = ""
    """How fine the (first) unit is that was named."""
    shape: Shape = "unknown"
    """unit: one calendar unit; lasted: from a to b; within: some one day of it; one-of: one of `choices`;
    by, from: half open."""
    approximate: bool = False
    """The text hedges: "about"."""
    doubtful: bool = False
    """It was inferred, not told. A `within` carries neither mark: EDTF cannot spell one, and it is vague anyway."""
    end_precision: Precision = ""
    """How fine the last unit is; the same as `precision` but for mixed stretches such as `2018/2021-05`."""
    choices: tuple[When, ...] = field(default=())
    """The units of a `one-of`, in order."""

    @property
    def known(self) -> bool:
        """Whether anything at all is known of the time."""
        return self.shape != "unknown"

    @property
    def first_day(self) -> date:
        """The first day it may cover; 1 January 1 where the start is open."""
        return self.start or date.min

    @property
    def last_day(self) -> date:
        """The last day it may cover; 31 December 9999 where the end is open."""
        return self.end - _DAY if self.end else date.max

    def __str__(self) -> str:
        return format(self)


UNKNOWN = When()


# --- making -------------------------------------------------------------------------------------------------


def unit(precision: Precision, inside: date) -> When:
    """The calendar day, month, year, decade or century that holds `inside`."""
    start, end = _bounds(precision, inside)
    return When(start, end, precision, "unit", end_precision=precision)


def day(on: date) -> When:
    """One day."""
    return unit("day", on)


def lasted(first: When, last: When) -> When:
    """From the start of one unit to the end of another; one unit where they are the same."""
    return _stretch("lasted", first, last)


def within(first: When, last: When) -> When:
    """Some one day from the start of one unit to the end of another; one unit where they are the same."""
    return _stretch("within", first, last)


def one_of(*choices: When) -> When:
    """One of several units; marks of one choice count for all of them."""
    about, doubt = any(c.approximate for c in choices), any(c.doubtful for c in choices)
    plain = sorted({replace(c, approximate=False, doubtful=False) for c in choices}, key=sort_key)
    if not plain or any(c.shape != "unit" for c in plain):
        return UNKNOWN
    if len(plain) == 1:
        return mark(plain[0], approximate=about, doubtful=doubt)
    start, end = plain[0].start, max(c.last_day for c in plain)
    return When(start, _day_after(end), plain[0].precision, "one-of", about, doubt, plain[-1].precision, tuple(plain))


def until(last: When) -> When:
    """By the end of `last`, and nobody says since when."""
    if not last.known or last.shape == "from":
        return UNKNOWN
    last = _endpoint(last, at_end=True)
    return When(None, last.end, "", "by", last.approximate, last.doubtful, last.end_precision)


def since(first: When) -> When:
    """From the start of `first` on, and nobody says until when."""
    if not first.known or first.shape == "by":
        return UNKNOWN
    first = _endpoint(first, at_end=False)
    return When(first.start, None, first.precision, "from", first.approximate, first.doubtful)


def mark(when: When, *, approximate: bool = False, doubtful: bool = False) -> When:
    """The same time hedged or doubted, where its shape can say so."""
    if when.shape in ("unknown", "within"):
        return when
    about, doubt = when.approximate or approximate, when.doubtful or doubtful
    return replace(when, approximate=about, doubtful=doubt)


def _stretch(shape: Literal["lasted", "within"], first: When, last: When) -> When:
    if not first.known or not last.known or first.shape == "by" or last.shape == "from":
        return UNKNOWN
    a, b = _endpoint(first, at_end=False), _endpoint(last, at_end=True)
    about, doubt = a.approximate or b.approximate, a.doubtful or b.doubtful
    if shape == "within":  # EDTF's sets have no marks and no mixed precision
        about = doubt = False
        finer = max(a.precision, b.precision, key=_FINENESS.__getitem__)
        a, b = unit(finer, a.first_day), unit(finer, b.last_day)
    if (a.start, a.end) == (b.start, b.end):
        return mark(unit(a.precision, a.first_day), approximate=about, doubtful=doubt)
    if a.first_day > b.last_day:
        return UNKNOWN
    return When(a.start, b.end, a.precision, shape, about, doubt, b.end_precision)


def _endpoint(when: When, *, at_end: bool) -> When:
    """The first or last unit of a stretch, no coarser than a year: EDTF's endpoints are years, months or days."""
    precision = when.end_precision if at_end else when.precision
    if _FINENESS[precision] < _FINENESS["year"]:
        precision = "year"
    plain = unit(precision, when.last_day if at_end else when.first_day)
    return mark(plain, approximate=when.approximate, doubtful=when.doubtful)


def _bounds(precision: str, inside: date) -> tuple[date, date | None]:
    if precision == "day":
        return inside, _day_after(inside)
    if precision == "month":
        start = inside.replace(day=1)
        return start, _month_on(start, 1)
    years = _YEARS_IN[precision]
    year = inside.year - inside.year % years
    end = date(year + years, 1, 1) if year + years <= _LAST_YEAR else None
    return date(max(year, 1), 1, 1), end


def _day_after(on: date) -> date | None:
    return on + _DAY if on < date.max else None


def _month_on(first: date, months: int) -> date | None:
    """The first of the month so many months on; None outside the calendar."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) if 12 <= index < (_LAST_YEAR + 1) * 12 else None


# --- looking ------------------------------------------------------------------------------------------------


def is_day(when: When) -> bool:
    """Whether it is one calendar day."""
    return when.shape == "unit" and when.precision == "day"


def overlaps(a: When, b: When) -> bool:
    """Whether both may cover a common day; an unknown time overlaps nothing."""
    return a.known and b.known and a.first_day <= b.last_day and b.first_day <= a.last_day


def contains(a: When, b: When) -> bool:
    """Whether `a` covers every day that `b` may cover."""
    return a.known and b.known and a.first_day <= b.first_day and b.last_day <= a.last_day


@lru_cache(maxsize=16384)
def sort_key(when: When) -> tuple[int, int, int, str]:
    """The order of a timeline: earliest start, then coarser first; unknown last.

    "By 3 May" has no start: it stands where its last unit begins.
    """
    if not when.known:
        return (1, 0, 0, "")
    start = when.start or _endpoint(when, at_end=True).first_day
    last = start.max if when.end is None else when.last_day
    return (0, start.toordinal(), -last.toordinal(), format(when))


# --- EDTF ---------------------------------------------------------------------------------------------------

_UNIT = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_MARKS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}


@lru_cache(maxsize=16384)
def parse(text: str | None) -> When:
    """The time that an EDTF text of our subset writes; "" and None are unknown. ValueError says what is wrong."""
    clean = (text or "").strip()
    if not clean:
        return UNKNOWN
    when = _parse(clean)
    spelling = format(when)
    if spelling != clean:
        raise ValueError(f'"{_cut(clean)}" is written "{spelling}"')
    return when


def _parse(text: str) -> When:
    if text.startswith("[") and text.endswith("]"):
        return _parse_set(text)
    if "/" not in text:
        return _parse_unit(text)
    first, _, last = text.partition("/")
    if first == "..":
        return until(_parse_end(last))
    if last == "..":
        return since(_parse_end(first))
    return _forwards(lasted(_parse_end(first), _parse_end(last)), text)


def _parse_set(text: str) -> When:
    inside = text[1:-1]
    first, dots, last = inside.partition("..")
    if dots:
        return _forwards(within(_parse_end(first), _parse_end(last)), text)
    return one_of(*(_parse_unit(part) for part in inside.split(",")))


def _forwards(when: When, text: str) -> When:
    if not when.known:
        raise ValueError(f'"{_cut(text)}" ends before it starts')
    return when


def _parse_end(text: str) -> When:
    when = _parse_unit(text)
    if _FINENESS[when.precision] < _FINENESS["year"]:
        raise ValueError(f'"{_cut(text)}": the ends of a stretch are years, months or days')
    return when


def _parse_unit(text: str) -> When:
    found = _UNIT.fullmatch(text)
    if not found:
        raise ValueError(
            f'"{_cut(text)}" is not a date: write 2024, 2024-03, 2024-03-08, 2024-03-04/2024-03-10 '
            "or [2024-03-04..2024-03-10]"
        )
    year, month, on, marks = found.groups()
    if month and "X" in year:
        raise ValueError(f'"{text}": a decade or century has no months')
    precision: Precision = "day" if on else "month" if month else _YEAR_FORMS[year.count("X")]
    try:
        inside = date(max(int(year.replace("X", "0")), int("X" in year)), int(month or 1), int(on or 1))
    except ValueError:
        raise ValueError(f'"{text}": the calendar has no such date') from None
    about, doubt = _MARKS[marks]
    return mark(unit(precision, inside), approximate=about, doubtful=doubt)


_YEAR_FORMS: tuple[Precision, ...] = ("year", "decade", "century")


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


@lru_cache(maxsize=16384)
def format(when: When) -> str:
    """The time as EDTF, "" for unknown: the inverse of `parse`."""
    marks = ("", "?", "~", "%")[2 * when.approximate + when.doubtful]
    if when.shape == "one-of":
        return "[" + ",".join(format(c) + marks for c in when.choices) + "]"
    first = _format_unit(when.first_day, when.precision) + marks
    last = _format_unit(when.last_day, when.end_precision) + marks
    match when.shape:
        case "unit":
            return first
        case "lasted":
            return f"{first}/{last}"
        case "within":
            return f"[{first}..{last}]"
        case "by":
            return f"../{last}"
        case "from":
            return f"{first}/.."
    return ""


def _format_unit(inside: date, precision: str) -> str:
    match precision:
        case "day":
            return inside.isoformat()
        case "month":
            return inside.isoformat()[:7]
        case "year":
            return f"{inside.year:04}"
        case "decade":
            return f"{inside.year // 10:03}X"
        case _:
            return f"{inside.year // 100:02}XX"


# --- words --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def describe(when: When) -> str:
    """The time in English words for a reader: "some day from 19 to 25 April 2021"."""
    if not when.known:
        return "date not known"
    words = _describe_shape(when)
    words = f"about {words}" if when.approximate else words
    return f"{words} (uncertain)" if when.doubtful else words


def describe_all(days: Iterable[When]) -> str:
    """The first and the last of some days in words ("2 March 2021 to 5 May 2022"), "" where none is known."""
    known = sorted((day for day in days if day.known), key=sort_key)
    words = dict.fromkeys(describe(day) for day in (known[:1] + known[-1:]))
    return " to ".join(words)


def _describe_shape(when: When) -> str:
    if when.shape == "one-of":
        return _join([_words(c.first_day, c.precision) for c in when.choices], " or ")
    first = _words(when.first_day, when.precision)
    last = _words(when.last_day, when.end_precision)
    match when.shape:
        case "unit":
            return " ".join(first)
        case "lasted":
            return _join([first, last], " to ")
        case "within":
            return "some day from " + _join([first, last], " to ")
        case "by":
            return "by " + " ".join(last)
        case _:
            return "from " + " ".join(first) + " on"


def _words(inside: date, precision: str) -> list[str]:
    year = str(inside.year) if inside.year >= 1000 else f"AD {inside.year}"
    match precision:
        case "day":
            return [str(inside.day), MONTHS[inside.month - 1], year]
        case "month":
            return [MONTHS[inside.month - 1], year]
        case "decade":
            return [f"the {inside.year // 10 * 10}s"]
        case "century":
            return [f"the {ordinal(inside.year // 100 + 1)} century"]
        case _:
            return [year]


def _join(units: list[list[str]], last_link: str) -> str:
    """Units with what they share at the end said once: "11 or 12 May 2021"."""
    short = [" ".join(_without_shared(a, b)) for a, b in pairwise(units)]
    head, tail = ", ".join(short), " ".join(units[-1])
    return f"{head}{last_link}{tail}"


def _without_shared(words: list[str], following: list[str]) -> list[str]:
    if len(words) != len(following) or words == following:
        return words
    keep = len(words)
    while keep and words[keep - 1] == following[keep - 1]:
        keep -= 1
    return words[:keep]


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
