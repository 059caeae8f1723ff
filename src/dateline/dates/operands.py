"""What the operators of dates share: units, incomplete dates, and which one of a cycle the sentence means."""

from __future__ import annotations

from collections.abc import Mapping

from .. import when as time
from . import algebra as a
from .sense import Context, Sense
from .sense import neighbours as neighbours

Result = Sense | None | tuple[tuple[str, Sense], ...]
"""One sense for the whole, one for each of several slots, or none: None where another rule may read the words, `()`
where they are a name in which there is no date."""
UNITS: Mapping[str, a.Cycle] = {
    "day": a.DAY, "week": a.WEEK, "weekend": a.WEEKEND, "month": a.MONTH, "quarter": a.Cycle("quarter"),
    "half": a.Cycle("half"), "year": a.YEAR, "decade": a.Cycle("decade"), "century": a.Cycle("century"),
}  # fmt: skip
SEASON_MONTH: Mapping[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
WEEKS_IN: Mapping[str, tuple[str, int]] = {"fortnight": ("week", 2), "weekend": ("week", 1)}
_LEADS = 3
"""Days before publication from which a weekday still leads on: "arrived on Wednesday, expected on Thursday"."""
_GRACE = 30
"""Days for which a yearly date that a sentence looks ahead to may have passed when the text is printed."""


def month_cycle(month: int, length: int = 1) -> a.Cycle:
    """Every such month, or every stretch of months that begins with it."""
    return a.Cycle("year", month=month, length=length)


def towards(ref: str, cycle: a.Recurring) -> a.Operator:
    """The last, this or the next of a cycle, as a word says: -1, 0, 1."""
    if ref == "0":
        return a.This(cycle)
    return a.Last(cycle) if ref == "-1" else a.Next(cycle)


def underspecified(context: Context, cycle: a.Cycle, unreckoned: str, *, weekly: bool = False) -> Sense:
    """A part that comes round: which one is meant, the sentence must tell."""
    tree: a.Operator
    looks = context.direction()
    if context.style == "narrative" and context.told.known:
        tree = _narrative(context.told, cycle)
    elif looks == "future" and weekly and _is_close(context.told_here, context.published):
        # "arrived on Wednesday and is expected in Doha on Thursday": the day after, not next week's
        tree = a.Chain(a.Fixed(context.told_here), a.Next(cycle))
    elif not looks and cycle.unit == "month" and time.is_day(context.told_here):
        tree = a.Chain(a.Fixed(context.told_here), a.Nearest(cycle))  # "on Jan. 10, and again on the 21st"
    elif looks == "future":
        tree = a.Next(cycle, inclusive=True, grace=_GRACE if cycle.unit == "year" else 0)
    elif looks == "past" and cycle.unit == "year" and cycle.length == 1:
        tree = a.LastUnlessNear(cycle, near=45 if cycle.day else 7)
    elif looks == "past" or weekly:
        tree = a.Last(cycle, inclusive=True)
    else:
        tree = a.Nearest(cycle)
    grain = "day" if cycle.day or cycle.weekday >= 0 else {1: "month", 3: "season"}[cycle.length]
    return Sense(grain=grain, tree=tree, anchor="style", unreckoned=unreckoned)  # type: ignore[arg-type]


def _is_close(told: time.When, published: time.When) -> bool:
    """Whether a day told just before still leads the next weekday: not one that lies long before the article."""
    if not told.known or not time.is_day(published):
        return told.known
    return (told.first_day - published.first_day).days >= -_LEADS


def _narrative(told: time.When, cycle: a.Cycle) -> a.Operator:
    """In a narrative: the one in the year last told, or nearest to the month last told."""
    if cycle.weekday >= 0:
        return a.Next(cycle, inclusive=True)
    if told.shape == "within":
        return a.Chain(a.Fixed(time.day(told.first_day)), a.Nearest(cycle))
    return a.This(cycle) if told.precision == "year" else a.Nearest(cycle)
