"""Operators for expressions that hang on the day of writing or on the time last told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from . import algebra as a
from .named import date
from .numbers import count, number_of
from .operands import SEASON_MONTH, UNITS, WEEKS_IN, month_cycle, neighbours, underspecified
from .sense import AnchorKind, Context, Sense


def _towards(ref: str, cycle: a.Cycle) -> a.Operator:
    if ref == "0":
        return a.This(cycle)
    return a.Last(cycle) if ref == "-1" else a.Next(cycle)


def relative(context: Context, *, ref: str, unit: str, told: str = "") -> Sense | None:
    """Last week, this year, the following month."""
    if unit not in UNITS:
        return None
    anchor: AnchorKind = "told" if told else "style"
    if ref == "0" and not told and unit != "day":
        anchor = "published"
    grain: Any = unit
    return Sense(grain=grain, tree=_towards(ref, UNITS[unit]), anchor=anchor)


def relative_weekday(context: Context, *, ref: str, weekday: str, told: str = "") -> Sense:
    """Last Thursday, next Monday."""
    cycle = a.Cycle("week", weekday=count(weekday))
    anchor: AnchorKind = "told" if told else "style"
    return Sense(grain="day", tree=_towards(ref, cycle), anchor=anchor, unreckoned=f"XXXX-WXX-{count(weekday) + 1}")


def relative_month(context: Context, *, ref: str, month: str, day: str = "") -> Sense:
    """Last March, next 1 May."""
    cycle = a.Cycle("year", month=count(month), day=count(day))
    grain: Any = "day" if day else "month"
    return Sense(grain=grain, tree=_towards(ref, cycle), anchor="style")


def relative_season(context: Context, *, ref: str, season: str) -> Sense:
    """Last summer, this winter."""
    cycle = month_cycle(SEASON_MONTH[season], 3)
    tree = a.Nearest(cycle) if ref == "0" else _towards(ref, cycle)
    return Sense(grain="season", tree=tree, anchor="style", unreckoned=f"XXXX-{season}")


def month_of(context: Context, *, month: str, ref: str, day: str = "", told: str = "") -> Sense:
    """September of last year; 5 May of that year."""
    cycle = a.Cycle("year", month=count(month), day=count(day))
    tree = a.Chain(_towards(ref, a.YEAR), a.This(cycle))
    grain: Any = "day" if day else "month"
    return Sense(grain=grain, tree=tree, anchor="told" if told else "style")


def season_of(context: Context, *, season: str, ref: str, told: str = "") -> Sense:
    """The spring of next year."""
    tree = a.Chain(_towards(ref, a.YEAR), a.This(month_cycle(SEASON_MONTH[season], 3)))
    return Sense(grain="season", tree=tree, anchor="told" if told else "style", unreckoned=f"XXXX-{season}")


def within_unit(context: Context, *, unit: str, side: str, told: str = "") -> Sense | None:
    """Earlier this month, later that year."""
    if unit not in UNITS:
        return None
    frame = a.This(UNITS[unit])
    edge = a.Before(a.Anchor(), strictly=True) if side == "before" else a.After(a.Anchor(), strictly=True)
    grain: Any = unit
    tree = a.Both(frame, a.Intersect(frame, edge))
    return Sense(grain=grain, tree=tree, anchor="told" if told else "published")


def deictic(context: Context, *, days: str, clock: str = "", told: str = "") -> Sense:
    """Today, yesterday, tomorrow; tonight; the next day."""
    kind: Any = "TIME" if clock else "DATE"
    anchor: AnchorKind = "told" if told else "published" if days == "0" else "style"
    return Sense(type=kind, grain="day", tree=a.Shift(int(days), "day"), anchor=anchor, clock=clock)


_WIDER: dict[str, tuple[a.Cycle, bool]] = {
    "day": (a.DAY, False), "week": (a.WEEK, False), "month": (a.MONTH, True), "year": (a.YEAR, True),
    "decade": (a.YEAR, True), "century": (a.YEAR, True), "quarter": (a.Cycle("quarter"), False),
}  # fmt: skip


def shifted(context: Context, *, number: str, unit: str, sign: str, told: str = "", exact: str = "") -> Sense | None:
    """Three days ago, two weeks later: as fine as the unit that counts."""
    n = number_of(number)
    anchor: AnchorKind = "told" if told else "style"
    backwards = int(sign) < 0
    unit, times = WEEKS_IN.get(unit, (unit, 1))
    if n is None:
        return Sense(value="PAST_REF" if backwards else "FUTURE_REF")
    steps = round(n * times * int(sign))
    cycle, about = _WIDER[unit]
    grain: Any = "day" if exact else unit if unit != "century" else "year"
    mover: Any = unit
    if exact or unit == "day":
        return Sense(grain="day", tree=a.Shift(steps, mover), anchor=anchor)
    named = a.Shift(steps, mover, UNITS[unit])
    meant = a.Shift(steps, mover, a.MONTH if abs(steps) == 1 and unit == "year" else cycle, about)
    return Sense(grain=grain, tree=a.Both(named, meant), anchor=anchor)


def shifted_hours(context: Context, *, number: str, unit: str, sign: str, told: str = "") -> Sense | None:
    """24 hours ago, 48 hours later: the day is known, seldom the hour; fewer hours "later" are but a length."""
    n = number_of(number)
    days = int(n // 24) * int(sign) if n and unit == "H" else 0
    if told and not days:
        return None
    return Sense(type="TIME", grain="day", tree=a.Shift(days, "day"), anchor="told" if told else "style", clock="TXX")


def weekday(context: Context, *, weekday: str) -> Sense | None:
    """A bare day of the week; on the weekday of publication it is that day."""
    cycle = a.Cycle("week", weekday=count(weekday))
    return underspecified(context, cycle, f"XXXX-WXX-{count(weekday) + 1}", weekly=True)


def day_of_month(context: Context, *, day: str) -> Sense | None:
    """The 15th: of the month of writing or telling, or of the one before or after it."""
    if context.word_before not in neighbours("before-nth-day"):
        return None
    if context.word_after[:1].isalpha() and context.word_after.lower() not in neighbours("behind-nth-day"):
        return None
    cycle = a.Cycle("month", day=count(day))
    return underspecified(context, cycle, f"XXXX-XX-{count(day):02}")


def edge_of_unit(context: Context, *, unit: str, part: str) -> Sense | None:
    """The end of the month, the beginning of the year."""
    anchor: AnchorKind = "style"
    if unit not in ("week", "month", "quarter", "year", "decade", "century"):
        return None
    grain: Any = unit
    frame = a.This(UNITS[unit])
    which: Any = part
    return Sense(grain=grain, tree=a.Both(frame, a.Part(which, frame)), anchor=anchor)


def weekday_date(context: Context, *, weekday: str, month: str, day: str, year: str = "") -> Sense | None:
    """Friday, 21 August: without a year, the year in which that day is a Friday, where one lies near."""
    plain = date(context, year=year, month=month, day=day)
    if plain and not year and plain.tree:
        cycle = a.Cycle("year", month=count(month), day=count(day))
        return replace(plain, tree=a.OnWeekday(plain.tree, cycle, count(weekday)))
    return plain


def weekend(context: Context) -> Sense:
    """The weekend, over the weekend."""
    tree = a.Next(a.WEEKEND) if context.direction() == "future" else a.Last(a.WEEKEND, inclusive=True)
    return Sense(grain="weekend", tree=tree, anchor="style")


def clock(
    context: Context, *, hour: str, minute: str = "", half: str = "", weekday: str = "", month: str = "",
    day: str = "", year: str = "", days: str = "",
) -> Sense | None:  # fmt: skip
    """A time of day, of the day that the words name or of the article's."""
    h = count(hour) % 12 if half else count(hour)
    h += 12 if half.lower().startswith("p") else 0
    if h > 24 or (half and not 1 <= count(hour) <= 12):
        return None
    suffix = f"T{h:02}:{count(minute):02}"
    return _at(context, suffix, weekday, month, day, year, days)


def clock_told(context: Context, *, hour: str, minute: str, ref: str, half: str = "") -> Sense | None:
    """2:30 the next day."""
    on = clock(context, hour=hour, minute=minute, half=half)
    return replace(on, tree=a.Shift(int(ref), "day"), anchor="told") if on else None


def _at(
    context: Context, suffix: str, weekday_: str = "", month: str = "", day: str = "", year: str = "", days: str = ""
) -> Sense | None:
    on: Sense | None
    if month:
        on = date(context, year=year, month=month, day=day)
    elif weekday_:
        on = weekday(context, weekday=weekday_)
    else:
        on = Sense(grain="day", tree=a.Shift(int(days or 0), "day"), anchor="style")
    return replace(on, type="TIME", clock=suffix) if on else None


def day_part(
    context: Context, *, part: str, weekday: str = "", month: str = "", day: str = "", year: str = "", days: str = ""
) -> Sense | None:
    """Monday morning, this afternoon, last night, the night of 5 May."""
    return _at(context, f"T{part}", weekday, month, day, year, days)


def moment(context: Context, *, hour: str) -> Sense | None:
    """Noon, midnight."""
    return _at(context, f"T{hour}")
