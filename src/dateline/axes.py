"""An axis of time for charts: months or years side by side, of which long empty stretches are left out.

Places are percentages of the width of a drawing, so that its words keep their size however wide it is.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .views import Break, Label
from .when import MONTHS

MONTH_COLUMNS = 120
"""With more columns, the axis is one of years."""
SKIPPED = {12: 6, 1: 3}
"""Units a year → so many empty ones in a row are left out."""
_NAMED_COLUMNS = 12
"""With no more columns, months are named, not years alone."""
_APART = {True: 22.0, False: 13.0}
"""How far apart labels stand: those of months, those of years."""
_LAST_LABEL = 84.0
"""Behind this place, a label ends at the right side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One unit, or a run of empty ones (`skipped`), from `left` on."""

    first: int
    last: int
    left: float
    width: float

    @property
    def skipped(self) -> int:
        """How many empty units it stands for, 0 for a unit of its own."""
        return self.last - self.first + 1 if self.last > self.first else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Columns in order of time; `per_year` is 12 for months, 1 for years."""

    per_year: int
    columns: tuple[Column, ...]

    def column(self, index: int) -> Column:
        """The column in which a unit lies; the first or last one for a unit outside."""
        return next((one for one in self.columns if one.last >= index), self.columns[-1])

    def at(self, day: date, end: bool = False) -> float:
        """Where a day begins, or ends; days outside lie at the sides."""
        index = index_of(day, self.per_year)
        column = self.column(index)
        if index < column.first:
            return column.left
        if index > column.last:
            return column.left + column.width
        length = calendar.monthrange(day.year, day.month)[1] if self.per_year == 12 else 366
        within = day.day if self.per_year == 12 else day.timetuple().tm_yday
        share = (index - column.first + (within - (not end)) / length) / (column.last - column.first + 1)
        return column.left + column.width * min(share, 1.0)


def index_of(day: date, per_year: int) -> int:
    """The number of the month or year that holds a day."""
    return day.year * 12 + day.month - 1 if per_year == 12 else day.year


def axis_of(days: Iterable[date]) -> Axis | None:
    """An axis on which all these days lie; None for none."""
    days = list(days)
    if not days:
        return None
    axis = _axis({index_of(day, 12) for day in days}, 12)
    return axis if len(axis.columns) <= MONTH_COLUMNS else _axis({day.year for day in days}, 1)


def _axis(indexes: set[int], per_year: int) -> Axis:
    runs: list[tuple[int, int]] = []
    for index in sorted(indexes):
        behind = runs[-1][1] + 1 if runs else index
        if index - behind >= SKIPPED[per_year]:
            runs.append((behind, index - 1))
        else:
            runs += [(empty, empty) for empty in range(behind, index)]
        runs.append((index, index))
    width = 100 / len(runs)
    return Axis(
        per_year=per_year,
        columns=tuple(
            Column(first=first, last=last, left=at * width, width=width) for at, (first, last) in enumerate(runs)
        ),
    )


def percent(place: float) -> str:
    """A place or length as SVG writes it."""
    return f"{place:.2f}".rstrip("0").rstrip(".") + "%"


def breaks_of(axis: Axis) -> tuple[Break, ...]:
    """The stretches that are left out."""
    return tuple(Break(x=percent(one.left), width=percent(one.width)) for one in axis.columns if one.skipped)


def labels_of(axis: Axis) -> tuple[Label, ...]:
    """What stands below the axis: years, or the months of a short one, so far apart that each can be read."""
    shown = [column for column in axis.columns if not column.skipped]
    by_month = axis.per_year == 12 and len(axis.columns) <= _NAMED_COLUMNS
    named: list[tuple[float, str]] = []
    years: set[int] = set()
    for column in shown:
        year, month = divmod(column.first, axis.per_year)
        if by_month:
            named.append((column.left, f"{MONTHS[month][:3]} {year}"))
        elif year not in years:
            named.append((column.left, f"{year}"))
        years.add(year)
    return tuple(
        Label(text=text, x="100%" if left > _LAST_LABEL else percent(left), at_end=left > _LAST_LABEL)
        for left, text in _thinned(named, _APART[by_month])
    )


def _thinned(named: list[tuple[float, str]], apart: float) -> list[tuple[float, str]]:
    """The first and the last of these, and what has room between them."""
    last = named[-1]
    kept: list[tuple[float, str]] = []
    for left, text in named[:-1]:
        if not kept or left - kept[-1][0] >= apart:
            kept.append((left, text))
    room = min(last[0], 100 - apart if last[0] > _LAST_LABEL else last[0]) - apart
    while len(kept) > 1 and kept[-1][0] > room:
        kept.pop()
    return [*kept, last] if not kept or kept[-1][0] <= room else kept
