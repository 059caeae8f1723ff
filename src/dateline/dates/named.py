"""Operators for dates that name a place in the calendar: from slots to a `Sense`, or None where the words mean none.

Like all operators they take the context, then their slots and the rule's constants by name, as text.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from typing import Any

from .. import when as time
from . import algebra as a
from .numbers import count
from .operands import SEASON_MONTH, UNITS, Result, month_cycle, neighbours, towards, underspecified
from .sense import Context, Sense

_YEAR_BEHIND = re.compile(r",?(?: of| in)? [12]\d{3}(?!\d)")


def date(
    context: Context, *, year: str = "", month: str = "", day: str = "", weekday: str = "", era: str = ""
) -> Sense | None:
    """A day, month or year that the words name, with or without its year."""
    y, m, d = count(year) or _year_told(context, month), count(month), count(day)
    if context.is_address:
        return None
    if era:
        return _before_christ(y, m, d)
    if y:
        return _full_date(y, m, d)
    if d and m:
        if d > calendar.monthrange(2000, m)[1] or ((m, d) == (2, 29) and _YEAR_BEHIND.match(context.text, context.end)):
            return None  # "February 30", "29 February 2021"
        return underspecified(context, a.Cycle("year", month=m, day=d), f"XXXX-{m:02}-{d:02}")
    if m:
        return underspecified(context, month_cycle(m), f"XXXX-{m:02}")
    return None


_YEAR_WHEN = re.compile(r"\b([12]\d{3}),? when [^.;!?]{0,60}$")


def _year_told(context: Context, month: str) -> int:
    """The year that a clause with "when" dwells on: "since 1975, when it struck on Sept. 23"; 0 for none."""
    found = _YEAR_WHEN.search(context.text[max(0, context.start - 80) : context.start]) if month else None
    return count(found[1]) if found else 0


def _full_date(year: int, month: int, day: int) -> Sense | None:
    try:
        on = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    grain: time.Precision = "day" if day else "month" if month else "year"
    return Sense(grain=grain, tree=a.Fixed(time.unit(grain, on)))


def _before_christ(year: int, month: int, day: int) -> Sense:
    value = f"BC{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return Sense(grain="year", value=value)


_DAY_NUMBER = re.compile(r" \d{1,2}(?![\w.,]*\d)")


def month_alone(context: Context, *, month: str) -> Sense | None:
    """A bare month; "May" and "March" only behind a word that asks for a time."""
    before, after = context.word_before, context.word_after
    if _DAY_NUMBER.match(context.text, context.end) or context.after_title or context.is_address:
        return None  # "February 30", "Mr. August", "May Street"
    if context.words.lower().rstrip(".") in neighbours("ambiguous-month") and before not in neighbours("before-month"):
        return date(context, month=month) if _before_noun(context) else None
    own = after == "'" and context.words.lower() in neighbours("name-month")
    if before not in neighbours("before-month") and (after[:1].isupper() or own):
        return None
    return date(context, month=month)


def _before_noun(context: Context) -> bool:
    """Whether it stands between article and noun: "a March interview", not "a March on Rome"."""
    before, after = context.word_before, context.word_after
    if before.endswith("est") and len(before) > 5:
        return True  # "the coldest March"
    if before not in neighbours("before-month-noun") or context.words[:3].islower() or context.words.isupper():
        return False
    return len(after) > 2 and after.islower() and after not in neighbours("behind-march") | neighbours("behind-unit")


_NEXT_CENTURY = 70
"""Figures below it are of the 21st century: 3/4/21."""


def numeric(context: Context, *, first: str, second: str, year: str, day_first: str = "") -> Sense | None:
    """12/31/2024 or 31/12/2024; both are kept, doubtfully, where nobody can tell (the value has the usual one)."""
    one, two, y = count(first), count(second), count(year)
    y += (2000 if y < _NEXT_CENTURY else 1900) if y < 100 else 0
    american, british = _full_date(y, one, two), _full_date(y, two, one)
    if one == two or not american or not british:
        return american or british
    trees = [sense.tree for sense in (american, british) if sense.tree]
    both = a.Marked(a.OneOf(tuple(trees)), doubtful=True)
    month, day = (two, one) if day_first else (one, two)
    note = f"“{context.words}” can be read with the day or the month first"
    return Sense(grain="day", tree=both, value=f"{y:04}-{month:02}-{day:02}", note=note)


_ADDRESS = re.compile(r" (?:[A-Z][a-z]{1,20} ){1,2}(?:Street|Avenue|Road|Drive|Lane|Boulevard|Court|Place)\b")
"""What stands behind the number of a house."""


def year_alone(context: Context, *, year: str) -> Sense | None:
    """A bare number of four digits that may be a year."""
    before, after = context.word_before, context.word_after
    if before in neighbours("no-year-if-before") or after.lower() in neighbours("no-year-if-after"):
        return None
    if _ADDRESS.match(context.text, context.end):
        return None
    certain = before in neighbours("before-year") or (
        before in neighbours("before-recent-year") and 1900 <= count(year) < 2050
    )
    if not certain and (count(year) < 1700 or (len(after) > 4 and after.endswith("s") and after[:1].islower())):
        return None
    return date(context, year=year)


def year_range(context: Context, *, year: str, last: str) -> Result:
    """1957-58, 1914-1918: both ends mean the stretch."""
    first, second = count(year), count(last)
    if second < 100:
        second += first // 100 * 100
    if not first < second <= first + 120:
        return None
    ends = _full_date(first, 0, 0), _full_date(second, 0, 0)
    return _stretch(("year", ends[0]), ("last", ends[1]))


def year_span(context: Context, *, year: str, last: str) -> Result:
    """Between 2021 and 2023, from 1994 to 2001: each year keeps its value, both mean the stretch."""
    if context.word_before not in ("between", "from") or count(last) <= count(year):
        return None
    return _stretch(("year", _full_date(count(year), 0, 0)), ("last", _full_date(count(last), 0, 0)))


def _stretch(*ends: tuple[str, Sense | None]) -> Result:
    """The ends of a stretch: each keeps its value, both mean the whole."""
    senses = [sense for _, sense in ends if sense and sense.tree]
    if len(senses) != 2 or not senses[0].tree or not senses[1].tree:
        return None
    whole = a.Between(senses[0].tree, senses[1].tree)
    return tuple(
        (slot, replace(sense, tree=a.Both(sense.tree, whole)))
        for (slot, _), sense in zip(ends, senses, strict=True)
        if sense.tree
    )


def day_pair(context: Context, *, first: str, day: str, month: str, year: str = "", choice: str = "") -> Result:
    """Between 3 and 7 May: the first day borrows month and year; `choice`: one of the two is meant."""
    one, two = (date(context, year=year, month=month, day=on) for on in (first, day))
    if not one or not two or not one.tree or not two.tree or (not choice and count(first) >= count(day)):
        return None
    if not choice:
        return _stretch(("first", one), ("day", two))
    both = a.OneOf((one.tree, two.tree))
    return tuple((slot, replace(s, tree=a.Both(s.tree, both))) for slot, s in (("first", one), ("day", two)) if s.tree)


def season(context: Context, *, season: str, year: str = "") -> Sense | None:
    """Spring 2021; the spring; "the fall" only where a time is asked for."""
    if not year and context.words.lower() == "the fall":
        after = context.word_after
        if context.word_before not in neighbours("before-unit") | {"by", "until", "since"}:
            return None
        if after[:1].isalnum() and after.lower() not in neighbours("behind-fall"):
            return None
    cycle = month_cycle(SEASON_MONTH[season], 3)
    if year:
        tree = a.Chain(a.Fixed(time.unit("year", dt.date(count(year), 1, 1))), _of_year(cycle))
        return Sense(grain="season", tree=tree)
    return underspecified(context, cycle, f"XXXX-{season}")


def _of_year(cycle: a.Cycle) -> a.Operator:
    """The part of a cycle in the anchor's year."""
    return a.This(cycle)


def part_of_year(context: Context, *, nth: str, kind: str, year: str = "", ref: str = "") -> Sense | None:
    """The third quarter of 2021, of last year; the second half: of the year that the sentence looks to."""
    n, months = count(nth), {"quarter": 3, "half": 6}[kind]
    if n < 0:
        n = 12 // months
    if not 1 <= n <= 12 // months:
        return None
    cycle = month_cycle((n - 1) * months + 1, months)
    grain: Any = kind
    letter = {"quarter": "Q", "half": "H"}[kind]
    if year:
        tree: a.Operator = a.Chain(a.Fixed(time.unit("year", dt.date(count(year), 1, 1))), a.This(cycle))
        return Sense(grain=grain, tree=tree)
    if ref:
        return Sense(grain=grain, tree=a.Chain(towards(ref, a.YEAR), a.This(cycle)), anchor="style")
    if not _is_business(context, kind):
        return None
    ahead = context.direction() == "future" and not _REPORTED.search(
        context.text[max(0, context.start - 40) : context.start]
    )
    tree = a.Next(cycle, inclusive=True) if ahead else a.Last(cycle, inclusive=True)
    return Sense(grain=grain, tree=tree, anchor="style", unreckoned=f"XXXX-{letter}{n}")


_REPORTED = re.compile(r"\b(?:report|announce|release|publish|post|disclose)(?: [a-z]{1,12}){0,3} $")
"""What is reported has ended: "will report first-quarter results"."""


def _is_business(context: Context, kind: str) -> bool:
    """Whether a quarter or half belongs to a year, not to a match: a half needs words of business beside it."""
    if context.beside(neighbours("sport")) or context.word_after == "-":
        return False
    return kind == "quarter" or (context.word_after != "of" and context.beside(neighbours("business")))


def named_day(context: Context, *, day: str) -> Sense | None:
    """9/11, Black Monday: a day of history by its name."""
    if context.words[0].isdigit() and context.word_after == "of":
        return None
    return Sense(grain="day", tree=a.Fixed(time.day(dt.date.fromisoformat(day))))


def decade(context: Context, *, year: str = "", tens: str = "", short: str = "") -> Sense | None:
    """The 1960s; the sixties; the '60s."""
    if short and "'" not in context.words and context.word_before in neighbours("before-age"):
        return None  # "a man in his early 20s"
    first = count(year) if year else 1900 + 10 * count(tens or short[:1])
    return Sense(grain="decade", tree=a.Fixed(time.unit("decade", dt.date(first, 1, 1))))


def century(context: Context, *, nth: str, era: str = "") -> Sense | None:
    """The 20th century."""
    n = count(nth)
    if not 1 <= n <= 21:
        return None
    if era:
        return Sense(grain="century", value=f"BC{n - 1:02}")
    return Sense(grain="century", tree=a.Fixed(time.unit("century", dt.date(max(1, (n - 1) * 100), 1, 1))))


def unit_of(
    context: Context, *, nth: str, unit: str = "", month: str = "", year: str = "", weekday: str = ""
) -> Sense | None:
    """The third week of May 2021; the first Monday in June."""
    n = count(nth)
    inside = date(context, year=year, month=month)
    if not inside or not inside.tree or unit not in ("day", "week", "month", "quarter", ""):
        return None
    cycle = a.Cycle("week", weekday=count(weekday)) if weekday else UNITS[unit]
    grain: Any = "day" if weekday else unit
    return Sense(grain=grain, tree=a.Nth(n, cycle, inside.tree), anchor=inside.anchor)
