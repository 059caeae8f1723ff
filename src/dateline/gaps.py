"""Where a timeline is silent for long, said in words: "No reports for 7 months".

How long is long hangs on the timeline: if its happenings fell at random with the usual step between two of them, steps
beyond `usual × log2(steps + 1)` would be about one in all (the steps of a Poisson process halve in number with each
median), so a longer one tells something. The usual step is the median: one long silence does not make silence usual.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from math import log2

from .when import When

LEAST_DAYS = 14
LEAST_SHARE = 1 / 20
"""A silence of fewer days, or of a smaller share of the whole timeline, is never said."""
_MONTHS_SAID_AS_YEARS = 24

Stretch = tuple[date, date]
"""The first and the last day on which something can have happened."""


def stretch_of(when: When, others: Sequence[When] = (), earliest: date = date.min) -> Stretch | None:
    """The days that a date may mean, with those of other reports; None for an unknown date.

    A date told as "about" may lie its own length to either side. `earliest`: where a date without a start begins.
    """
    if not when.known:
        return None
    sides = [_sides(one, earliest) for one in (when, *others) if one.known]
    return min(first for first, _ in sides), max(last for _, last in sides)


def _sides(when: When, earliest: date) -> Stretch:
    first, last = when.start or min(earliest, when.last_day), when.last_day
    if not when.approximate:
        return first, last
    length = last.toordinal() - first.toordinal() + 1
    return (
        date.fromordinal(max(1, first.toordinal() - length)),
        date.fromordinal(min(date.max.toordinal(), last.toordinal() + length)),
    )


def find_gaps(stretches: Sequence[Stretch | None]) -> dict[int, Stretch]:
    """After which rows of a timeline it is silent for long: from the last day before to the first day after.

    The rows are in order of time.

    A silence lies between rows of known dates, and no date, however vague, reaches into it.
    """
    known = [(at, stretch) for at, stretch in enumerate(stretches) if stretch]
    reached = list(accumulate((last for _, (_, last) in known), max))
    nexts = list(accumulate((first for _, (first, _) in reversed(known)), min))[::-1]
    silent = {at: (to, nexts[n + 1]) for n, ((at, _), to) in enumerate(zip(known[:-1], reached, strict=False))}
    steps = [days for before, after in silent.values() if (days := (after - before).days) > 0]
    if not steps:
        return {}
    whole, median = sum(steps), sorted(steps)[(len(steps) - 1) // 2]
    long = max(LEAST_DAYS, LEAST_SHARE * whole, median * log2(len(steps) + 1))
    return {at: stretch for at, stretch in silent.items() if days_between(stretch) >= long}


def days_between(silence: Stretch) -> int:
    """The number of days between the last day before and the first day after."""
    return silence[1].toordinal() - silence[0].toordinal() - 1


def length_in_words(silence: Stretch) -> str:
    """The whole weeks, months or years between two days: "6 weeks", "7 months", "3 years"."""
    last, first = silence
    months = (first.year - last.year) * 12 + first.month - last.month - (first.day <= last.day)
    if months >= _MONTHS_SAID_AS_YEARS:
        return _count(months // 12, "year")
    return _count(months, "month") if months >= 2 else _count(days_between(silence) // 7, "week")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
