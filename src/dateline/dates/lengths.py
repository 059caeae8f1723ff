"""Operators for lengths of time, repetitions and references to no time in particular."""

from __future__ import annotations

from typing import Any

from . import algebra as a
from .numbers import count, number_of
from .operands import WEEKS_IN
from .relative import deictic
from .sense import Context, Sense

_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "quarter": "Q", "weekend": "WE"}


def _period(number: str, unit: str) -> str:
    """The ISO 8601 duration of so many units, X for a number that nobody gives."""
    n = number_of(number) if number else None
    factor, letter = {"decade": (1, "DE"), "century": (1, "CE"), "fortnight": (2, "W")}.get(
        unit, (1, _LETTERS.get(unit, "D"))
    )
    if n is None:
        return f"PX{letter}"
    return f"P{n * factor:g}{letter}"


def duration(context: Context, *, unit: str, number: str = "") -> Sense | None:
    """Three days; several months."""
    if number.lower() in ("a", "an") and context.word_before in ("twice", "once", "times", "percent", "%"):
        return None
    return Sense(type="DURATION", value=_period(number, unit))


def clock_duration(context: Context, *, unit: str, number: str = "") -> Sense | None:
    """Three hours; "a second" only with a number."""
    n = number_of(number) if number else None
    if unit == "S" and number.lower() in ("a", ""):
        return None
    return Sense(type="DURATION", value=f"PTX{unit}" if n is None else f"PT{n:g}{unit}")


def stretch(context: Context, *, unit: str, sign: str, number: str = "1") -> Sense | None:
    """The last three months, the next two weeks: a length that hangs on the time of writing."""
    n = number_of(number)
    value = _period(number, unit)
    if n is None:
        return Sense(value="PAST_REF" if int(sign) < 0 else "FUTURE_REF", type="DATE")
    unit, times = WEEKS_IN.get(unit, (unit, 1))
    mover: Any = unit
    ends: tuple[a.Operator, a.Operator] = (a.Shift(round(n * times) * int(sign), mover), a.Anchor())
    tree = a.Between(*(ends if int(sign) < 0 else ends[::-1]))
    return Sense(type="DURATION", value=value, tree=tree, anchor="published")


def repeated(context: Context, *, unit: str = "", weekday: str = "", period: str = "", number: str = "") -> Sense:
    """Every Friday, twice a week, daily."""
    if weekday:
        return Sense(type="SET", value=f"XXXX-WXX-{count(weekday) + 1}")
    return Sense(type="SET", value=period or _period(number or "1", unit))


def often(context: Context, *, often: str) -> Sense | None:
    """Daily, annual; as part of a name it is none."""
    if context.words[0].isupper() and context.word_after[:1].isupper():
        return None
    return Sense(type="SET", value=often)


def vague(context: Context, *, vague: str) -> Sense | None:
    """Recently, now, soon; not "now that", "shortly after", "every now and again"."""
    if context.word_after in ("that", "after", "before", "thereafter", "afterwards") or context.word_before == "every":
        return None
    if vague == "FUTURE_REF" and context.words.lower() in ("soon", "shortly") and context.direction() == "past":
        return None
    return Sense(value=vague)


def today(context: Context) -> Sense | None:
    """Today: not inside a name ("Pakistan Today"), and in a narrative only the present."""
    name = context.words[0].isupper() and context.word_before[-1:].isalpha()
    if name:
        return None
    if context.style == "narrative":
        return Sense(value="PRESENT_REF")
    return deictic(context, days="0")
