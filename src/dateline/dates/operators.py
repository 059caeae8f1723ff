"""The operators that rules of dates may call, by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping

from . import clock, feasts, fiscal, lengths, named, relative, spans
from .operands import Result

Function = Callable[..., Result]
"""Takes the context, then slots and constants by name, as text."""

OPERATORS: Mapping[str, Function] = {
    function.__name__: function
    for function in (
        named.date,
        named.month_alone,
        named.numeric,
        named.year_alone,
        named.year_range,
        named.year_span,
        named.day_pair,
        named.season,
        named.part_of_year,
        named.decade,
        named.century,
        named.unit_of,
        feasts.holiday,
        fiscal.fiscal,
        fiscal.fiscal_ending,
        fiscal.year_of_era,
        named.named_day,
        relative.relative,
        relative.relative_weekday,
        relative.relative_month,
        relative.relative_season,
        relative.month_of,
        relative.season_of,
        relative.within_unit,
        relative.deictic,
        relative.shifted,
        relative.shifted_hours,
        relative.weekday,
        relative.day_of_month,
        relative.edge_of_unit,
        relative.weekday_date,
        relative.weekend,
        relative.coming_stretch,
        relative.year_before,
        relative.said_unit,
        relative.weekdays_away,
        relative.weekday_shifted,
        clock.clock,
        clock.clock_told,
        clock.day_part,
        clock.moment,
        clock.clock_of_part,
        clock.told_part,
        clock.part_alone,
        lengths.duration,
        lengths.clock_duration,
        lengths.stretch,
        lengths.repeated,
        lengths.clock_repeated,
        lengths.clock_stretch,
        lengths.half_of,
        lengths.whole,
        lengths.pointer,
        lengths.often,
        lengths.vague,
        lengths.today,
        spans.period_ended,
        spans.month_span,
        spans.unit_holding,
        spans.weekday_pair,
        spans.compound,
        spans.clock_compound,
        spans.part_of_date,
        spans.nights_away,
        spans.same_time,
        spans.shifted_between,
        spans.full_year,
        spans.nth_of_month,
        spans.same_quarter,
        spans.day_of_this_month,
        spans.moment_of,
        spans.half_of_month,
    )
}


def arguments(function: Function) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slots and constants that an operator takes, and those that it cannot do without."""
    keywords = [p for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY]
    return tuple(p.name for p in keywords), tuple(p.name for p in keywords if p.default is p.empty)
