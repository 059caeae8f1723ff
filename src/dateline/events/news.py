"""What an article is mainly about: its main event, and the day of that event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ..model import Entry
from ..when import UNKNOWN, When, is_day, overlaps
from .lexicon import related

RECALLED_AFTER = timedelta(days=31)
"""What lies longer before the report is told as its background, unless nothing else is told."""
RECALLED = 0.5
"""What the weight of such an entry is multiplied by."""
FRESH = timedelta(days=7)
"""A day that stands for a main event without one lies at most so long before the report."""


def main_entry(entries: Iterable[Entry], published: When = UNKNOWN) -> Entry | None:
    """The entry that an article makes most of, leaving background behind its news; None where it tells nothing."""
    return max(entries, key=lambda entry: (_weight(entry, published), entry.id), default=None)


def main_day(entries: Iterable[Entry], published: When = UNKNOWN) -> When:
    """The day of an article's main event; `UNKNOWN` where neither its words nor its publication tell one.

    A main event dated by a week or a month has the day that a like entry gives it; without one it is as old as the
    report, in which news is told of the day before or of the same day.
    """
    told = tuple(entries)
    main = main_entry(told, published)
    if main is None:
        return published
    if is_day(main.when) and not _is_recalled(main, published):
        return main.when
    like = [entry for entry in told if _may_date(entry, main, published)]
    found = main_entry(like, published)
    if found is not None:
        return found.when
    return published if published.known else main.when


def _weight(entry: Entry, published: When) -> float:
    return entry.salience * (RECALLED if _is_recalled(entry, published) else 1.0)


def _is_recalled(entry: Entry, published: When) -> bool:
    """Whether an entry tells of a time long before its report."""
    if not published.known or not entry.when.known:
        return False
    return published.first_day - entry.when.last_day > RECALLED_AFTER


def _may_date(entry: Entry, main: Entry, published: When) -> bool:
    """Whether an entry with a day tells of the main event, or what belongs to it."""
    if not is_day(entry.when) or not related(entry.event_class, main.event_class):
        return False
    if main.when.known and not overlaps(entry.when, main.when):
        return False
    return not published.known or timedelta(0) <= published.last_day - entry.when.first_day <= FRESH
