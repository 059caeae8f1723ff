"""Timelines as drawings: the storylines of the home page as lanes, and how much is told of somebody each month.

Every drawing has a table as its equal, made from the same view. Marks repeat what words say: a tick for a day, a bar
for a longer stretch, a bar with an open end where a date is hedged or has no end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from .axes import Axis, axis_of, breaks_of, index_of, labels_of, percent
from .timelines import Stack
from .views import (
    Activity,
    Bar,
    Chart,
    KeyRow,
    Lane,
    Mark,
    MonthCount,
    Storyline,
    YearActivity,
    YearLink,
)
from .when import MONTHS, When, parse

LEAST_ROWS = 12
"""With fewer dated rows, a list says more than a strip."""
_LEAST_WIDTH = 1.0
_OPEN_WIDTH = 3.0
"""How far an open end reaches, in percent."""


# --------------------------------------------------------------------------------------------- storylines


def chart_of(stack: Stack, lines: Sequence[Storyline]) -> Chart | None:
    """Storylines as lanes over time with their turning points; None where fewer than two points have a date."""
    whens = [_when(stack, of) for line in lines for of in line.turning_points]
    spans = [parse(end.edtf) for line in lines for end in (line.first, line.last)]
    days = [day for when in (*whens, *spans) for day in _ends(when)]
    axis = axis_of(days)
    if axis is None or len({*days}) < 2:
        return None
    lanes = (_lane(stack, axis, line) for line in lines)
    return Chart(
        lanes=tuple(lane for lane in lanes if lane.marks or lane.x),
        labels=labels_of(axis),
        breaks=breaks_of(axis),
        by_month=axis.per_year == 12,
    )


def _when(stack: Stack, of: KeyRow) -> When:
    return stack.briefs[of.row.id].when


def _ends(when: When) -> list[date]:
    """The days between which a date lies; one day for a date that is open on one side."""
    if not when.known:
        return []
    return [when.start or when.last_day, when.last_day if when.end else when.first_day]


def _lane(stack: Stack, axis: Axis, line: Storyline) -> Lane:
    marks = tuple(mark_of(axis, _when(stack, of), of) for of in line.turning_points if _when(stack, of).known)
    first, last = parse(line.first.edtf), parse(line.last.edtf)
    if not first.known or not last.known:
        return Lane(event=line.event, marks=marks, x="", width="")
    start, end = axis.at(_ends(first)[0]), axis.at(_ends(last)[1], end=True)
    return Lane(event=line.event, marks=marks, x=percent(start), width=percent(max(end - start, _LEAST_WIDTH)))


def mark_of(axis: Axis, when: When, of: KeyRow) -> Mark:
    """A date as a mark: a tick for a day without doubt, else a bar, open where nobody says or where the text hedges."""
    first, last = _ends(when)
    left, right = axis.at(first), axis.at(last, end=True)
    hedged = when.approximate or when.doubtful
    tick = when.shape == "unit" and when.precision == "day" and not hedged
    if when.start is None:
        left = max(right - _OPEN_WIDTH, 0.0)
    if when.end is None:
        right = min(left + _OPEN_WIDTH, 100.0)
    width = max(right - left, _OPEN_WIDTH if hedged else _LEAST_WIDTH)
    left = min(left, 100 - width)
    return Mark(
        link=of.link,
        words=of.row.happened.words,
        tick=tick,
        x=percent((left + right) / 2 if tick else left),
        width="" if tick else percent(width),
        open_start=not tick and (hedged or when.start is None),
        open_end=not tick and (hedged or when.end is None),
    )


# --------------------------------------------------------------------------------------------- activity


def activity_of(stack: Stack, ids: Iterable[str], years: Sequence[YearLink]) -> Activity | None:
    """How many rows stand in each month, with the way to the years of the timeline; None for few rows or one month."""
    days: Counter[tuple[date, bool]] = Counter()
    undated = 0
    for id in ids:
        brief = stack.briefs[id]
        if day := brief.day:
            days[day.replace(day=1), has_month(brief.when)] += 1
        else:
            undated += 1
    axis = axis_of(day for day, by_month in days if by_month)
    if axis is None or days.total() < LEAST_ROWS or len(axis.columns) < 2:
        return None
    counts: Counter[int] = Counter()
    for (day, by_month), count in days.items():
        if by_month:
            counts[index_of(day, axis.per_year)] += count
    highest = max(counts.values())
    return Activity(
        bars=tuple(_bar(axis, index, count, highest) for index, count in sorted(counts.items())),
        labels=labels_of(axis),
        breaks=breaks_of(axis),
        by_month=axis.per_year == 12,
        highest=highest,
        years=tuple(_year(days, year) for year in years if year.link.text.isdigit()),
        undated=undated,
    )


def has_month(when: When) -> bool:
    """Whether a date is told to the month."""
    return (when.precision or when.end_precision) in ("month", "day")


def _bar(axis: Axis, index: int, count: int, highest: int) -> Bar:
    column = axis.column(index)
    height = max(4.0, 100 * count / highest)
    year, month = divmod(index, axis.per_year)
    gap = column.width * 0.12
    return Bar(
        title=f"{MONTHS[month]} {year}" if axis.per_year == 12 else f"{year}",
        count=count,
        x=percent(column.left + gap),
        y=percent(100 - height),
        width=percent(column.width - 2 * gap),
        height=percent(height),
    )


def _year(days: Counter[tuple[date, bool]], year: YearLink) -> YearActivity:
    number = int(year.link.text)
    months = (days[date(number, month, 1), True] for month in range(1, 13))
    return YearActivity(
        year=year.link,
        months=tuple(MonthCount(name=MONTHS[at], count=count) for at, count in enumerate(months)),
        loose=sum(count for (day, by_month), count in days.items() if day.year == number and not by_month),
        total=year.count,
    )
