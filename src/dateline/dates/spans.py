"""Operators for expressions with two ends or a frame: "the quarter ended Sept. 30", "the week of March 4"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from ..when import UNKNOWN, When
from . import algebra as a
from .named import date
from .numbers import count, number_of
from .operands import UNITS, WEEKS_IN, Result, month_cycle, underspecified
from .relative import relative_weekday
from .sense import AnchorKind, Context, Grain, Sense

_LENGTH = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}


def period_ended(context: Context, *, unit: str, month: str, day: str, year: str = "", number: str = "") -> Result:
    """The quarter ended Sept. 30, the four weeks ended March 25: the stretch up to that day, and the day itself."""
    end = date(context, year=year, month=month, day=day)
    if not end or not end.tree or (number and not number_of(number)):
        return None
    on = end.tree
    if end.anchor == "style" and context.style == "news" and " end" in context.words.lower():
        cycle = a.Cycle("year", month=count(month), day=count(day))
        ended = " ended " in context.words.lower()
        on = a.Last(cycle, inclusive=True) if ended else a.Next(cycle, inclusive=True)
    mover: Any = unit
    steps = round(number_of(number) or 1) if number else 1
    whole = a.Between(a.Chain(on, a.Chain(a.Shift(-steps, mover), _day_after(unit))), on)
    if number:
        value = f"P{steps}{_LENGTH[unit]}"
        return ("unit", replace(end, type="DURATION", value=value, tree=whole)), ("month", replace(end, tree=on))
    grain: Any = unit
    named = a.Both(a.Chain(on, a.This(UNITS[unit])), whole)
    return ("unit", replace(end, grain=grain, unreckoned="", tree=named)), ("month", replace(end, tree=on))


def _day_after(unit: str) -> a.Operator:
    """The first day behind a moved end: of whole months the first of the next one, since months differ in length."""
    if unit in ("day", "week"):
        return a.Shift(1, "day")
    return a.Shift(1, "day") if unit == "year" else a.Shift(1, "month", _FIRST_OF_MONTH)


_FIRST_OF_MONTH = a.Cycle("month", day=1)


def month_span(context: Context, *, first: str, month: str, year: str = "") -> Result:
    """The April-June quarter, July-September 2012: a quarter where it is one, else two months that mean the stretch."""
    begin, length = count(first), (count(month) - count(first)) % 12 + 1
    if not 2 <= length <= 11:
        return None
    cycle = month_cycle(begin, length)
    if year:
        frame = date(context, year=year)
        tree: a.Operator | None = a.Chain(frame.tree, a.This(cycle)) if frame and frame.tree else None
        anchor: AnchorKind = "none"
    else:
        last = a.Next if context.direction() == "future" else a.Last
        tree, anchor = last(cycle, inclusive=True), "style"
    if tree is None:
        return None
    if length in (3, 6) and begin % length == 1:
        grain: Grain = "quarter" if length == 3 else "half"
        return Sense(grain=grain, tree=tree, anchor=anchor)
    return tuple(
        (slot, Sense(grain="month", tree=a.Both(a.Chain(tree, step), tree), anchor=anchor))
        for slot, step in (("first", _Edge(last=False)), ("month", _Edge(last=True)))
    )


@dataclass(frozen=True, slots=True)
class _Edge:
    """The first or the last month of a stretch."""

    last: bool

    def apply(self, anchor: When) -> When:
        """That month; unknown for an unknown stretch."""
        if not anchor.known:
            return anchor
        return a.MONTH.part(a.MONTH.number(anchor.last_day if self.last else anchor.first_day))


def unit_holding(context: Context, *, unit: str, month: str, day: str, year: str = "") -> Sense | None:
    """The week of March 4, the weekend of Nov. 3: the one that holds that day."""
    on = date(context, year=year, month=month, day=day)
    if not on or not on.tree:
        return None
    grain: Any = unit
    return replace(on, grain=grain, unreckoned="", tree=a.Chain(on.tree, a.This(UNITS[unit])))


def weekday_pair(context: Context, *, first: str, weekday: str) -> Result:
    """Between Monday and Wednesday, from Thursday to Sunday: two days of one stretch, each by itself."""
    begin, end = (a.Cycle("week", weekday=count(on)) for on in (first, weekday))
    if count(first) == count(weekday):
        return None
    opening = underspecified(context, begin, f"XXXX-WXX-{count(first) + 1}", weekly=True)
    if not opening.tree:
        return None
    tree: a.Operator = opening.tree
    if context.direction() != "future" and context.style == "news":
        tree = a.Chain(a.Last(end, inclusive=True), a.Last(begin))
    closing = replace(opening, tree=a.Chain(tree, a.Next(end)), unreckoned=f"XXXX-WXX-{count(weekday) + 1}")
    return ("first", replace(opening, tree=tree)), ("weekday", closing)


def compound(context: Context, *, number: str, unit: str, more: str, lesser: str) -> Sense | None:
    """Two years and three months."""
    n, m = number_of(number), number_of(more)
    order = ("year", "month", "week", "day")
    if not n or not m or unit not in order or lesser not in order or order.index(unit) >= order.index(lesser):
        return None
    return Sense(type="DURATION", value=f"P{n:g}{_LENGTH[unit]}{m:g}{_LENGTH[lesser]}")


def clock_compound(context: Context, *, number: str, unit: str, more: str, lesser: str) -> Sense | None:
    """Three hours and nine minutes."""
    n, m = number_of(number), number_of(more)
    if not n or not m or "HMS".index(unit) >= "HMS".index(lesser):
        return None
    return Sense(type="DURATION", value=f"PT{n:g}{unit}{m:g}{lesser}")


def part_of_date(context: Context, *, part: str, month: str = "", year: str = "") -> Sense | None:
    """An early-March frost, the late-2012 weather."""
    on = date(context, month=month, year=year)
    if not on or not on.tree:
        return None
    which: Any = part
    return replace(on, tree=a.Both(on.tree, a.Part(which, on.tree)))


def nights_away(context: Context, *, number: str, sign: str, told: str = "") -> Sense | None:
    """Two nights ago, two nights earlier."""
    n = number_of(number)
    if not n:
        return None
    tree = a.Shift(round(n) * int(sign), "day")
    return Sense(type="TIME", grain="day", tree=tree, anchor="told" if told else "style", clock="TNI")


def same_time(context: Context, *, sign: str) -> Sense:
    """This time last year: about that month."""
    return Sense(grain="month", tree=a.Shift(int(sign), "year", a.MONTH), anchor="published")


def shifted_between(context: Context, *, least: str, number: str, unit: str, sign: str, told: str = "") -> Sense | None:
    """15 to 20 days later: some day between the two; the value is that of the first."""
    low, high = number_of(least), number_of(number)
    unit, times = WEEKS_IN.get(unit, (unit, 1))
    if not low or not high or low >= high or unit not in ("day", "week", "month", "year"):
        return None
    mover: Any = unit
    ends = [a.Shift(round(n * times) * int(sign), mover, UNITS[unit]) for n in (low, high)]
    first, last = ends if int(sign) > 0 else ends[::-1]
    meant = a.Between(first, last, lasting=False)
    grain: Any = unit
    return Sense(grain=grain, tree=a.Both(ends[0], meant), anchor="told" if told else "style")


_REPORTING = 3
"""The last month in which reports still speak of the year before as "the year"."""


def full_year(context: Context) -> Sense:
    """The full year: in the first months of a year, looking back, the one before."""
    published = context.published
    early = published.known and published.first_day.month <= _REPORTING and context.style == "news"
    past = early and context.direction() == "past"
    return Sense(grain="year", tree=a.Last(a.YEAR) if past else a.This(a.YEAR), anchor="style")


def nth_of_month(context: Context, *, nth: str, unit: str = "", weekday: str = "", ref: str = "") -> Sense | None:
    """The last day of the month, the third Friday of next month."""
    if unit not in ("", "day", "week"):
        return None
    cycle = a.Cycle("week", weekday=count(weekday)) if weekday else UNITS[unit]
    steps = int(ref or 0)
    inside = a.Shift(steps, "month", a.MONTH)
    grain: Any = "day" if weekday else unit
    return Sense(grain=grain, tree=a.Nth(count(nth), cycle, inside), anchor="style" if ref else "told")


@dataclass(frozen=True, slots=True)
class _QuarterOf:
    """The anchor's quarter in another year."""

    year: int

    def apply(self, anchor: When) -> When:
        """That quarter; unknown for an unknown anchor."""
        if not anchor.known:
            return UNKNOWN
        cycle = UNITS["quarter"]
        return cycle.part(cycle.number(dt.date(self.year, anchor.first_day.month, 1)))


def same_quarter(context: Context, *, year: str) -> Sense | None:
    """The same quarter of 2011: as that last told."""
    told = context.told
    if told.shape != "within" or not 90 <= (told.last_day - told.first_day).days + 1 <= 92:
        return None
    return Sense(grain="quarter", tree=_QuarterOf(count(year)), anchor="told", aside=True)


def day_of_this_month(context: Context, *, day: str) -> Sense:
    """The 12th instant: of the month of writing."""
    tree = a.This(a.Cycle("month", day=count(day)))
    return Sense(grain="day", tree=tree, anchor="published", unreckoned=f"XXXX-XX-{count(day):02}")


def moment_of(context: Context, *, hour: str, ref: str, weekday: str) -> Sense:
    """Midnight last Saturday."""
    on = relative_weekday(context, ref=ref, weekday=weekday)
    return replace(on, type="TIME", clock=f"T{hour}")


def half_of_month(context: Context, *, nth: str, month: str, year: str = "") -> Sense | None:
    """The first half of August."""
    inside = date(context, year=year, month=month)
    if not inside or not inside.tree or count(nth) not in (1, 2, -1):
        return None
    first, last = (a.Nth(n, a.DAY, inside.tree) for n in ((1, 15) if count(nth) == 1 else (16, -1)))
    return replace(inside, tree=a.Both(inside.tree, a.Between(first, last)))
