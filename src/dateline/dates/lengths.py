"""Operators for lengths of time, repetitions and references to no time in particular."""

from __future__ import annotations

import re
from typing import Any

from . import algebra as a
from .numbers import count, number_of
from .operands import WEEKS_IN, Result
from .relative import deictic, relative
from .sense import Context, Sense, neighbours

_TIME_OF_DAY = re.compile(r"\d{4}|\d{1,2}\.\d\d")
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
    """Three days; several months; "$5 million a year" is a repetition."""
    if _goes_on(context):
        return None
    if number.lower() in ("a", "an"):
        if "-" in context.words or context.word_before in ("twice", "once", "times"):
            return None
        if _is_rate(context):
            return Sense(type="SET", value=_period("1", unit))
    if _is_some_day(context):
        return None
    if unit == "quarter" and (context.word_after == "of" or number.lower() == "a" or number_of(number) is None):
        return None  # "three quarters of the troops", "fell by a quarter", "in some quarters"
    return Sense(type="DURATION", value=_period(number, unit))


def whole(context: Context, *, unit: str) -> Sense | None:
    """All day, the entire month; not "all year groups"."""
    after = context.word_after
    if unit not in ("day", "week", "month", "year") or (after.isalpha() and after not in neighbours("behind-unit")):
        return None
    return Sense(type="DURATION", value=_period("1", unit))


def _is_some_day(context: Context) -> bool:
    """Whether it is some day or other: "One day he hopes to return", "some day"; not "one day after"."""
    words, after = context.words, context.word_after.lower()
    if words == "One day":
        return after.isalpha() and after not in ("after", "before", "of", "and")
    return words.lower() == "some day"


def _goes_on(context: Context) -> bool:
    """Whether a hyphen binds the unit to what follows: "a month-long truce"."""
    return (
        context.text[context.end : context.end + 1] == "-" and context.text[context.end + 1 : context.end + 2].isalpha()
    )


def _is_rate(context: Context) -> bool:
    """Whether what stands before "a year" is counted: "$5 million a year", "60 tons a day"."""
    before = context.word_before
    if before in neighbours("before-rate") or before == "%" or before.isdigit():
        return True
    return len(before) > 3 and before.endswith("s") and before not in neighbours("no-rate")


def clock_duration(context: Context, *, unit: str, number: str = "") -> Sense | None:
    """Three hours; "a second" only with a number."""
    n = number_of(number) if number else None
    if (unit == "S" and number.lower() in ("a", "")) or _goes_on(context):
        return None
    if unit == "M" and not number and context.word_before == "the" and context.word_after == "of":
        return None  # "the minutes of the meeting"
    if unit == "H" and _TIME_OF_DAY.fullmatch(number):
        return None  # "1430 hours"
    if number.lower() in ("a", "an") and "-" in context.words:
        return None
    if number.lower() in ("a", "an") and _is_rate(context):
        return Sense(type="SET", value=f"PT1{unit}")
    return Sense(type="DURATION", value=f"PTX{unit}" if n is None else f"PT{n:g}{unit}")


def half_of(context: Context, *, unit: str) -> Sense:
    """Half a century, half an hour."""
    return Sense(type="DURATION", value=unit)


def stretch(context: Context, *, unit: str, sign: str, number: str = "1") -> Sense | None:
    """The last three months, the next two weeks: a length that hangs on the time of writing."""
    n = number_of(number)
    value = _period(number, unit)
    if context.words[:5].lower() == "last " and context.word_before in neighbours("before-verb-last"):
        return None  # "will last three months"
    if unit == "day" and n == 1 and context.word_after == "of":
        return None  # "the last day of his presidency"
    if unit == "quarter" and n == 1 and context.words.lower().endswith("last quarter"):
        return relative(context, ref="-1", unit=unit)
    if n is None:
        return Sense(type="DURATION", value=value)
    unit, times = WEEKS_IN.get(unit, (unit, 1))
    mover: Any = unit
    ends: tuple[a.Operator, a.Operator] = (a.Shift(round(n * times) * int(sign), mover), a.Anchor())
    tree = a.Between(*(ends if int(sign) < 0 else ends[::-1]))
    return Sense(type="DURATION", value=value, tree=tree, anchor="published")


def clock_stretch(context: Context, *, unit: str, number: str = "") -> Sense | None:
    """The past 24 hours, the next few minutes; not "will last four minutes"."""
    if context.words[:5].lower() == "last " and context.word_before in neighbours("before-verb-last"):
        return None
    return clock_duration(context, unit=unit, number=number or "1") if unit != "S" else None


def repeated(
    context: Context, *, unit: str = "", weekday: str = "", period: str = "", number: str = "", part: str = "",
    month: str = "", season: str = "",
) -> Sense:  # fmt: skip
    """Every Friday, twice a week, each morning, Friday nights, every August."""
    value = period or _period(number or "1", unit)
    if weekday:
        value = f"XXXX-WXX-{count(weekday) + 1}"
    elif part:
        value = "XXXX-XX-XX"
    elif month:
        value = f"XXXX-{count(month):02}"
    elif season:
        value = f"XXXX-{season}"
    return Sense(type="SET", value=f"{value}T{part}" if part else value)


def clock_repeated(context: Context, *, unit: str, number: str = "") -> Sense | None:
    """Every six hours; "every second house" is none."""
    if unit == "S" and not number:
        return None
    n = number_of(number or "1")
    return Sense(type="SET", value=f"PTX{unit}" if n is None else f"PT{n:g}{unit}")


def often(context: Context, *, often: str) -> Sense | None:
    """Daily, annual; as part of a name it is none."""
    if context.words[0].isupper() and context.word_after[:1].isupper():
        return None
    return Sense(type="SET", value=often)


def vague(context: Context, *, vague: str) -> Sense | None:
    """Recently, now, soon; not "now that", "shortly after", "every now and again"."""
    after, words = context.word_after, context.words.lower()
    if after in ("that", "after", "before", "thereafter", "afterwards") or context.word_before in ("every", "as"):
        return None
    if vague == "FUTURE_REF" and words in ("soon", "shortly") and context.direction() == "past":
        return None
    if words in ("the past", "the future") and not _stands_alone(context):
        return None
    return Sense(value=vague)


def _stands_alone(context: Context) -> bool:
    """Whether no noun follows and a preposition comes before: "in the past", not "the past chairman"."""
    after = context.word_after
    if after == "of" or (after[:1].isalnum() and after.lower() not in neighbours("behind-unit")):
        return False
    return context.word_before in neighbours("before-vague")


def pointer(context: Context, *, ref: str) -> Sense | None:
    """At the time, at this point: not "at the time of the attack"."""
    if context.style == "narrative" and context.words.lower() == "this point":
        return None
    if context.word_before != "at" or context.word_after in neighbours("behind-pointer"):
        return None
    return Sense(value=ref)


def today(context: Context) -> Result:
    """Today: not inside a name ("Pakistan Today"), and in a narrative only the present."""
    name = context.words[0].isupper() and context.word_before[-1:].isalpha()
    if name:
        return None
    if context.style == "narrative":
        return Sense(value="PRESENT_REF")
    return deictic(context, days="0")
