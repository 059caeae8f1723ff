"""Operators for expressions that hang on the day of writing or on the time last told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from . import algebra as a
from .named import date
from .numbers import count, number_of
from .operands import SEASON_MONTH, UNITS, WEEKS_IN, Result, month_cycle, neighbours, towards, underspecified
from .sense import AnchorKind, Context, Grain, Sense


def relative(context: Context, *, ref: str, unit: str, told: str = "") -> Sense | None:
    """Last week, this year, the following month; not "ABC News This Week"."""
    if ref == "1" and _is_stretch(context, unit):
        return None
    if unit not in UNITS or (context.words.istitle() and context.after_name):
        return None
    anchor: AnchorKind = "told" if told else "style"
    if ref == "0" and not told and unit != "day":
        anchor = "published"
    grain: Any = unit
    return Sense(grain=grain, tree=towards(ref, UNITS[unit]), anchor=anchor)


def _is_stretch(context: Context, unit: str) -> bool:
    """Whether "the next year" is a length: "over the next year"; a narrative tells of the year that followed."""
    if context.style == "narrative" or unit == "day" or context.words[:4].lower() != "the ":
        return False
    return context.word_before in neighbours("before-stretch") and "following" not in context.words.lower()


def coming_stretch(context: Context, *, unit: str) -> Sense | None:
    """Over the next year: a length that begins at the time of writing."""
    if unit not in ("week", "month", "quarter", "year", "decade", "century") or not _is_stretch(context, unit):
        return None
    letters = {"week": "P1W", "month": "P1M", "quarter": "P1Q", "year": "P1Y", "decade": "P1DE", "century": "P1CE"}
    mover: Any = unit
    tree = a.Between(a.Anchor(), a.Shift(1, mover))
    return Sense(type="DURATION", value=letters[unit], tree=tree, anchor="published")


def relative_weekday(context: Context, *, ref: str, weekday: str, told: str = "", part: str = "") -> Sense:
    """Last Thursday, next Monday morning."""
    cycle = a.Cycle("week", weekday=count(weekday))
    anchor: AnchorKind = "told" if told else "style"
    on = Sense(grain="day", tree=towards(ref, cycle), anchor=anchor, unreckoned=f"XXXX-WXX-{count(weekday) + 1}")
    return replace(on, type="TIME", clock=f"T{part}") if part else on


_NAME_MONTHS = frozenset({4, 5, 6, 8})
"""April, May, June and August, which are names of people too."""


def relative_month(context: Context, *, ref: str, month: str, day: str = "", told: str = "") -> Sense | None:
    """Last March, next 1 May, the following September; not "that April Jones"."""
    if context.is_address or (told and context.word_after[:1].isupper() and count(month) in _NAME_MONTHS):
        return None
    cycle = a.Cycle("year", month=count(month), day=count(day))
    grain: Any = "day" if day else "month"
    return Sense(grain=grain, tree=towards(ref, cycle), anchor="told" if told else "style")


def relative_season(context: Context, *, ref: str, season: str, told: str = "") -> Sense:
    """Last summer, this winter, that spring."""
    cycle = month_cycle(SEASON_MONTH[season], 3)
    tree = a.Nearest(cycle) if ref == "0" else towards(ref, cycle)
    return Sense(grain="season", tree=tree, anchor="told" if told else "style", unreckoned=f"XXXX-{season}")


def month_of(context: Context, *, month: str, ref: str, day: str = "", told: str = "") -> Sense:
    """September of last year; 5 May of that year."""
    cycle = a.Cycle("year", month=count(month), day=count(day))
    tree = a.Chain(towards(ref, a.YEAR), a.This(cycle))
    grain: Any = "day" if day else "month"
    return Sense(grain=grain, tree=tree, anchor="told" if told else "style")


def season_of(context: Context, *, season: str, ref: str, told: str = "") -> Sense:
    """The spring of next year."""
    tree = a.Chain(towards(ref, a.YEAR), a.This(month_cycle(SEASON_MONTH[season], 3)))
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


def deictic(context: Context, *, days: str, clock: str = "", told: str = "") -> Result:
    """Today, yesterday, tomorrow; tonight; the next day; not the film "The Day After Tomorrow"."""
    if " " in context.words and context.words.istitle():
        return ()
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
    if n == 1 and unit == "year" and (told or _compares(context)) and (frame := _report_frame(context)):
        return Sense(grain=frame, tree=a.Shift(int(sign), "year", UNITS[frame]), anchor="told", aside=True)
    if n and told and context.style == "news":
        if unit == "year" and _is_that_year(context, round(n) * int(sign)):
            return Sense(grain="year", tree=a.This(a.YEAR), anchor="told")
        if backwards and unit in ("week", "month", "year") and _is_ahead(context):
            anchor = "published"
    if n and told and unit == "year" and not backwards and _is_today(context, round(n)):
        return Sense(grain="year", tree=a.This(a.YEAR), anchor="published")
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


_COMPARED = re.compile(r"\b(?:from|with|than|versus) [^.;]{0,40}\d[^.;]{0,30}$")


def _compares(context: Context) -> bool:
    """Whether a figure stands before "a year ago": "from $3 million a year ago"."""
    return bool(_COMPARED.search(context.text[max(0, context.start - 70) : context.start]))


def _is_that_year(context: Context, years: int) -> bool:
    """Whether "77 years earlier" only says how far from the article the year told just before it lies."""
    told, published = context.told, context.published
    if abs(years) < 2 or not published.known or told.shape != "unit" or told.precision not in ("year", "day"):
        return False
    near = context.text[max(0, context.start - 8) : context.start]
    away = (told.first_day - published.first_day).days / 365.25
    return near.endswith(f"{told.first_day.year}, ") and abs(away - years) < (1 if told.precision == "year" else 0.5)


def _is_ahead(context: Context) -> bool:
    """Whether the time last told lies behind the day of writing, so that nothing was earlier than it by a week."""
    return context.told.known and context.published.known and context.told.first_day > context.published.last_day


def _is_today(context: Context, years: int) -> bool:
    """Whether "forty-five years later" would lie ahead of the day of writing, which the sentence does not look to."""
    published = context.published
    told = context.told if context.told.known else published
    if years < 2 or context.style == "narrative" or not published.known or context.direction() == "future":
        return False
    return told.first_day.year + years > published.last_day.year


def _report_frame(context: Context) -> Grain:
    """What a report compares with a year earlier, where a quarter or a month was told last; "" for anything else."""
    if context.style == "narrative":
        return ""
    told = context.told
    if told.shape == "within" and 90 <= (told.last_day - told.first_day).days + 1 <= 92:
        return "quarter"
    return "month" if told.shape == "unit" and told.precision == "month" else ""


def year_before(context: Context, *, unit: str = "") -> Sense:
    """The year-ago quarter, the year-earlier period, year-ago: the same stretch one year before."""
    frame = _report_frame(context)
    if frame and unit in ("", "period", frame):
        return Sense(grain=frame, tree=a.Shift(-1, "year", UNITS[frame]), anchor="told", aside=True)
    if unit in ("", "period"):
        return Sense(grain="year", tree=a.Last(a.YEAR), anchor="style", aside=True)
    grain: Any = unit
    tree = a.Chain(a.Last(UNITS[unit]), a.Shift(-1, "year", UNITS[unit]))
    return Sense(grain=grain, tree=tree, anchor="style", aside=True)


_SAID_UNITS = ("week", "month", "quarter", "year")


def said_unit(context: Context, *, unit: str) -> Sense | None:
    """The quarter, the year: behind "for", "in" or "during" the one that is being told or written of."""
    after = context.word_after
    if unit not in _SAID_UNITS or context.word_before not in neighbours("before-unit") or not context.words.islower():
        return None
    if after[:1].isalnum() and after.lower() not in neighbours("behind-unit"):
        return None
    grain: Any = unit
    if unit in ("quarter", "month") and _report_frame(context) == unit:
        return Sense(grain=grain, tree=a.This(UNITS[unit]), anchor="told")
    if unit == "year" and context.word_before == "for" and _is_year_reported(context):
        return Sense(grain=grain, tree=a.This(a.YEAR), anchor="told")
    past_quarter = unit == "quarter" and context.direction() != "future"
    return Sense(grain=grain, tree=a.Last(UNITS[unit]) if past_quarter else a.This(UNITS[unit]), anchor="style")


def _is_year_reported(context: Context) -> bool:
    """Whether a report tells of the last quarter of the year before: "for the year, it earned"."""
    told, published = context.told, context.published
    if _report_frame(context) != "quarter" or not published.known or context.direction() == "future":
        return False
    return told.last_day.month == 12 and told.last_day.year < published.first_day.year


def weekdays_away(context: Context, *, weekday: str, number: str, sign: str) -> Sense | None:
    """Two Sundays ago."""
    n = number_of(number)
    if not n or n > 50:
        return None
    cycle = a.Cycle("week", weekday=count(weekday))
    tree = a.Last(cycle, n=round(n)) if int(sign) < 0 else a.Next(cycle, n=round(n))
    return Sense(grain="day", tree=tree, anchor="style")


def weekday_shifted(context: Context, *, weekday: str, number: str, sign: str) -> Sense | None:
    """A week from Friday, a week ago Monday, Monday a week ago."""
    n = number_of(number)
    if not n:
        return None
    cycle, steps = a.Cycle("week", weekday=count(weekday)), round(n) * int(sign)
    on: a.Operator = a.Last(cycle, inclusive=True) if steps < 0 else a.Next(cycle, inclusive=True)
    return Sense(grain="day", tree=a.Chain(on, a.Shift(steps, "week")), anchor="style")


def shifted_hours(context: Context, *, number: str, unit: str, sign: str, told: str = "") -> Sense | None:
    """24 hours ago, 48 hours later: the day is known, seldom the hour; fewer hours "later" are but a length, unless
    they pass midnight: "at 11 p.m. on Monday and four hours later"."""
    n = number_of(number)
    days = int(n // 24) * int(sign) if n and unit == "H" else 0
    clock = "TXX"
    if n and told and unit == "H" and context.told_hour >= 0:
        days, hour = divmod(int(context.told_hour + n * int(sign)), 24)
        clock = f"T{hour:02}"
    if told and not days:
        return None
    return Sense(type="TIME", grain="day", tree=a.Shift(days, "day"), anchor="told" if told else "style", clock=clock)


def weekday(context: Context, *, weekday: str) -> Sense | None:
    """A bare day of the week; on the weekday of publication it is that day. Not the "Sunday Times", "Ash Wednesday"."""
    if (
        context.is_address
        or context.word_after in neighbours("newspaper")
        or context.word_before in neighbours("before-weekday-name")
    ):
        return None
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


def weekend(context: Context) -> Sense | None:
    """The weekend, weekend rallies; not a length of time, and not a name."""
    if context.word_before in neighbours("before-length") or not context.words[-7:].islower():
        return None
    tree = a.Next(a.WEEKEND) if context.direction() == "future" else a.Last(a.WEEKEND, inclusive=True)
    return Sense(grain="weekend", tree=tree, anchor="style")
