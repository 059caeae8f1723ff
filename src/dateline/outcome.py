"""What a run did, as it is told at its end: plain numbers and problems, light enough to be kept from run to run."""

from __future__ import annotations

from dataclasses import dataclass, field

from .problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many files were written, stood as they were, or were removed."""

    written: int
    same: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a run cost in things that can be counted on any machine."""

    read: int = 0
    """Readings of articles that were made anew; one of an article without a date is made twice."""
    kept: int = 0
    """Readings that were taken as they were kept."""
    parsed: int = 0
    """Files of actors, events and articles in `content/` that were opened and parsed; only counted where others need
    not be."""
    rendered: int = 0
    """Pages that a template made."""
    pages: int = 0
    """All pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did; None for a part that it did not do."""

    problems: tuple[Problem, ...] = ()
    known: tuple[int, int, int, int] | None = None
    """How many articles, entries, actors and events there are."""
    undated: tuple[str, ...] = ()
    """Files of articles without a date, by their path in the tracker."""
    estimated: tuple[str, ...] = ()
    """Of those whose date is only estimated."""
    absent: tuple[str, ...] = ()
    """Of those whose seed is no longer there."""
    content_written: int | None = None
    note: str = ""
    """What the site lacks as it is set up."""
    site: Written | None = None
    work: Work = field(default_factory=Work)
