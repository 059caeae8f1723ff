"""What templates are given to draw: places and lengths are percentages of the width, so that words keep their size."""

from __future__ import annotations

from dataclasses import dataclass

from .links import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words below an axis of time at a place, `x`; `at_end` where they end there instead of beginning."""

    text: str
    x: str
    at_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A stretch of an axis that stands for a long time without anything."""

    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A turning point on its lane: a tick for a day, else a bar of a `width`, whose ends may be open."""

    link: Link
    words: str
    """Its date."""
    tick: bool
    x: str
    width: str
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A storyline over time: where it begins, how long it is ("" for no known date), and its dated turning points."""

    event: Link
    marks: tuple[Mark, ...]
    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The storylines that have dates as lanes over one axis; places are percentages of its width."""

    lanes: tuple[Lane, ...]
    labels: tuple[Label, ...]
    breaks: tuple[Break, ...]
    by_month: bool
    """Whether the axis is one of months, not of years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The rows of a month or year as a bar; `x`, `y`, `width` and `height` are percentages."""

    title: str
    count: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """How many rows stand in a month."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearActivity:
    """A year of a timeline, month by month; `loose` are the rows that are told to the year alone."""

    year: Link
    months: tuple[MonthCount, ...]
    loose: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """How much is told each month: bars, and the same in numbers."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    breaks: tuple[Break, ...]
    by_month: bool
    """Whether a bar is a month, not a year."""
    highest: int
    """The number of rows of the highest bar."""
    years: tuple[YearActivity, ...]
    undated: int
