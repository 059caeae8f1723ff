"""Feasts: days that are the same every year, and days that follow Easter, a weekday, the moon or the sun.

Which feast has which rule, how long it lasts and what is doubtful about it, the list `feast.tsv` says. Where countries
keep it on different days, no one day is claimed: one of two or three is meant, and doubtfully.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from .. import when as time
from ..rules import read_table
from ..when import UNKNOWN, When
from . import algebra as a
from .operands import Result, neighbours, towards
from .sense import AnchorKind, Context, Grain, Sense

_RULE = re.compile(r"(easter|orthodox|(mon|tue|wed|thu|fri|sat|sun)>=)?(\d\d-\d\d)?([+-]\d+)?")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST_EASTER, _LAST_EASTER = 326, 4099
_GRACE = 30
"""Days for which a feast that a sentence looks ahead to may have passed when the text is printed."""


@dataclass(frozen=True, slots=True)
class Feast:
    """What comes round every year or, by the moon, twice in some: an `algebra.Recurring` with two numbers a year."""

    rule: str
    days: int = 1
    spread: tuple[int, int] = (0, 0)
    approximate: bool = False
    doubtful: bool = False
    meant: bool = False
    """Whether `part` gives all days that it may be kept on, or the one that is reckoned."""

    def number(self, on: date) -> int:
        """The running number of the year that holds a day."""
        return 2 * on.year

    def part(self, number: int) -> When:
        """The feast with that number; unknown where the year has none."""
        year, second = divmod(number, 2)
        starts = days_of(self.rule, year)
        return self._time(starts[second]) if second < len(starts) else UNKNOWN

    def _time(self, start: date) -> When:
        sooner, later = self.spread if self.meant else (0, 0)
        first, last = start + timedelta(sooner), start + timedelta(later + self.days - 1)
        if self.days > 1:
            return time.within(time.day(first), time.day(last))
        days = (time.day(first + timedelta(n)) for n in range((last - first).days + 1))
        doubtful = self.meant and (self.doubtful or first != last)
        return time.mark(time.one_of(*days), approximate=self.meant and self.approximate, doubtful=doubtful)


@cache
def days_of(rule: str, year: int) -> tuple[date, ...]:
    """The days of a year on which a feast begins, by its rule in `feast.tsv`."""
    shape = _RULE.fullmatch(rule)
    try:
        if shape:
            return (_by_rule(year, *shape.groups()),)
    except (ValueError, OverflowError):
        return ()  # 29 February
    cells = (cell for feast in rule.split() for cell in _table().get((feast, year), ()))
    return tuple(sorted(date(year, int(cell[:2]), int(cell[3:])) for cell in cells))


def _by_rule(year: int, base: str | None, weekday: str | None, month_day: str | None, shift: str | None) -> date:
    if base in ("easter", "orthodox"):
        if not _FIRST_EASTER <= year <= _LAST_EASTER:
            raise ValueError(year)
        on = easter(year, EASTER_WESTERN if base == "easter" else EASTER_ORTHODOX)
    else:
        on = date.fromisoformat(f"{year:04}-{month_day}")
    if weekday:
        on += timedelta((_WEEKDAYS.index(weekday) - on.weekday()) % 7)
    return on + timedelta(int(shift or 0))


@cache
def _table() -> dict[tuple[str, int], tuple[str, ...]]:
    """The cells of the table of years: month-days by feast and year."""
    rows = read_table("en/dates/feast_year.tsv")
    return {
        (feast, int(row["year"])): tuple(cell.split())
        for row in rows
        for feast, cell in row.cells.items()
        if feast != "year"
    }


@cache
def _feasts() -> dict[str, Feast]:
    """The movable feasts by name."""
    feasts = {}
    for row in read_table("en/dates/feast.tsv"):
        sooner, _, later = row["spread"].partition("..")
        spread = (int(sooner or 0), int(later or 0))
        about, doubt = row["doubt"] == "about", row["doubt"] == "yes"
        feasts[row["feast"]] = Feast(row["rule"], int(row["days"]), spread, about, doubt)
    return feasts


@cache
def feast_of(value: str) -> Feast:
    """The feast that a value of `holiday.tsv` names: "12-25", "07-04?", "easter"."""
    if value[0].isdigit():
        return Feast(value.rstrip("?"), doubtful=value.endswith("?"))
    return _feasts()[value]


@cache
def _names() -> frozenset[str]:
    """The words behind a feast that make it the name of something else."""
    return frozenset(row["phrase"] for row in read_table("en/dates/feast_name.tsv"))


def holiday(context: Context, *, holiday: str, year: str = "", ref: str = "", part: str = "") -> Result:
    """Christmas Day, Eid al-Fitr, Easter weekend, with or without its year; not a surname, not Easter Island."""
    if _is_name(context):
        return ()
    feast = feast_of(holiday)
    named, meant = _tree(context, feast, year, ref), _tree(context, _meant(feast), year, ref)
    anchor: AnchorKind = "none" if year else "style"
    tree = a.Both(named, meant)
    unreckoned = f"XXXX-{feast.rule}" if feast.rule[0].isdigit() else year or "XXXX"
    grain: Grain = "day" if feast.days == 1 else "stretch"
    return Sense(
        type="TIME" if part else "DATE", grain=grain, tree=tree, anchor=anchor, unreckoned=unreckoned,
        clock=f"T{part}" if part else "",
    )  # fmt: skip


def _meant(feast: Feast) -> Feast:
    return Feast(feast.rule, feast.days, feast.spread, feast.approximate, feast.doubtful, meant=True)


def _tree(context: Context, feast: Feast, year: str, ref: str) -> a.Operator:
    """Which one of a feast is meant."""
    if year:
        return a.Chain(a.Fixed(time.unit("year", date(int(year), 1, 1))), _InYear(feast))
    if ref == "year-1" or ref == "year0" or ref == "year1":
        return a.Chain(towards(ref.removeprefix("year"), a.YEAR), _InYear(feast))
    if ref:
        return a.Nearest(feast) if ref == "0" else towards(ref, feast)
    if context.style == "narrative" and context.told.known:
        return _InYear(feast) if context.told.precision == "year" else a.Nearest(feast)
    looks = context.direction()
    if looks == "future":
        return a.Next(feast, inclusive=True, grace=0 if feast.rule in _lunar() else _GRACE)
    if looks == "past":
        return _LastUnlessAtHand(feast)
    return a.Nearest(feast)


_AT_HAND = 7
"""So many days ahead, a feast is meant by a sentence that looks back too: "parades were put off", on the eve."""


@dataclass(frozen=True, slots=True)
class _LastUnlessAtHand:
    """The last feast, but the next where that is only days ahead."""

    feast: Feast

    def apply(self, anchor: When) -> When:
        """That feast."""
        coming = a.Next(self.feast).apply(anchor)
        near = time.is_day(anchor) and coming.known and (coming.first_day - anchor.last_day).days <= _AT_HAND
        return coming if near else a.Last(self.feast, inclusive=True).apply(anchor)


@cache
def _lunar() -> frozenset[str]:
    return frozenset(feast for feast, _ in _table())


@dataclass(frozen=True, slots=True)
class _InYear:
    """The feast in the anchor's year; one of two where the year has two."""

    feast: Feast

    def apply(self, anchor: When) -> When:
        """The feast of that year."""
        if not anchor.known:
            return UNKNOWN
        number = self.feast.number(anchor.first_day)
        parts = [part for part in (self.feast.part(number), self.feast.part(number + 1)) if part.known]
        if len(parts) < 2:
            return parts[0] if parts else UNKNOWN
        units = [choice for part in parts for choice in (part.choices or (part,))]
        either = time.one_of(*units)
        return time.mark(either, doubtful=True) if either.known else time.within(parts[0], parts[1])


def _is_name(context: Context) -> bool:
    """Whether it is part of a name: "Mr. Easter", "Tariq Ramadan", "Easter Island", "the Yom Kippur War"."""
    after, asked = context.word_after, context.word_before in neighbours("before-holiday")
    if after.lower() in _names() or context.after_title:
        return True
    if asked:
        return False
    if context.after_name and context.text[context.start - 2 : context.start - 1].isalpha():
        return True
    return after[:1].isupper() and context.text[context.end : context.end + 1] == " "
