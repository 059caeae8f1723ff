"""Operators for times and parts of the day."""

from __future__ import annotations

from dataclasses import replace

from . import algebra as a
from .named import date
from .numbers import count
from .relative import weekday as weekday_alone
from .sense import Context, Sense, neighbours


def clock(
    context: Context, *, hour: str, minute: str = "", half: str = "", weekday: str = "", month: str = "",
    day: str = "", year: str = "", days: str = "",
) -> Sense | None:  # fmt: skip
    """A time of day, of the day that the words or the sentence name, or of the article's."""
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


def clock_of_part(context: Context, *, hour: str, part: str, minute: str = "") -> Sense | None:
    """7 o'clock this evening, 8:30 in the morning: the part of the day tells which half of it."""
    h = count(hour)
    if not 1 <= h <= 12:
        return None
    late = part in ("AF", "EV") or (part == "NI" and h >= 6)
    days = "0" if "tonight" in context.words.lower() or " this " in context.words.lower() else ""
    return clock(context, hour=hour, minute=minute, half="p" if late else "a", days=days)


def _at(
    context: Context, suffix: str, weekday: str = "", month: str = "", day: str = "", year: str = "", days: str = ""
) -> Sense | None:
    on: Sense | None
    if month:
        on = date(context, year=year, month=month, day=day)
    elif weekday:
        on = weekday_alone(context, weekday=weekday)
    elif not days and context.style == "news" and context.told_here.known:
        on = Sense(grain="day", tree=a.Fixed(context.told_here))
    elif not days and context.style == "news" and context.told_event.known and context.direction() == "past":
        on = Sense(grain="day", tree=a.Fixed(context.told_event))
    else:
        on = Sense(grain="day", tree=a.Shift(int(days or 0), "day"), anchor="style")
    return replace(on, type="TIME", clock=suffix) if on else None


def day_part(
    context: Context, *, part: str, weekday: str = "", month: str = "", day: str = "", year: str = "", days: str = ""
) -> Sense | None:
    """Monday morning, this afternoon, last night, the night of 5 May; not "Friday Night Lights"."""
    if context.words.lower() == "overnight" and context.word_after.lower() in neighbours("behind-overnight"):
        return None
    if weekday and context.words.istitle() and context.word_after[:1].isupper():
        return None
    return _at(context, f"T{part}", weekday, month, day, year, days)


def told_part(context: Context, *, part: str, ref: str) -> Sense:
    """The next morning, that night, the previous evening."""
    return Sense(type="TIME", grain="day", tree=a.Shift(int(ref), "day"), anchor="told", clock=f"T{part}")


def part_alone(context: Context, *, part: str) -> Sense | None:
    """In the morning, by midafternoon: of the day that the sentence names, or of the article's."""
    with_article = context.words.lower().startswith("the ")
    kind = "before-part-of-day" if with_article or context.words.lower().startswith("mid") else "before-bare-part"
    if context.word_before not in neighbours(kind) or not context.words[1:].islower():
        return None
    if context.word_before == "at" and part == "NI":
        return None  # "at night" is no one night
    alone = context.words.lower() in neighbours("part-of-day-noun")
    after = context.word_after
    if not alone and after[:1].isalnum() and after.lower() not in neighbours("behind-unit"):
        return None
    return _at(context, f"T{part}")


def moment(context: Context, *, hour: str, weekday: str = "", days: str = "") -> Sense | None:
    """Noon, midnight; midnight Monday; not "High Noon"."""
    if context.words[0].isupper() and context.after_name:
        return None
    return _at(context, f"T{hour}", weekday, days=days)
