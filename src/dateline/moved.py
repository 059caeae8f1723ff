"""What may be otherwise than in the last run, by the files of `content/` that changed since: only that is compared.

Told only where both runs took every record from a file of its own as it stands there: no decision laid over them, no
problem.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from .model import Corpus
from .packed import PackedEntries
from .trail import Trail

_FILES = "files"


Ids = Set[str] | None
"""Ids of records; None for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What files tell otherwise than when they were last gone through; `before` is "" where that is not known."""

    before: str = ""
    now: str
    """What all files came to then, and come to now."""
    articles: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    happenings: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    reworded: bool = True
    """Whether texts, quotations or days may be otherwise."""
    redirected: bool = True
    """Whether former names or corrections may be otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The records that may be otherwise."""

    articles: Ids = None
    actors: Ids = None
    events: Ids = None
    happenings: Ids = None
    touched: Ids = None
    """Records of which it may be otherwise whether a person changed them."""
    decided: Ids = None
    """Those of which decisions may tell otherwise."""
    corrected: Ids = None
    """Those that former names and corrections may tell otherwise."""
    copied: Ids = None
    """The articles that may be copies of others than before."""


def moved_since(trail: Trail, corpus: Corpus, since: Since | None) -> Moved:
    """What may be otherwise; `since` tells of the files, where each tells of its record as it is."""
    if since is None or not isinstance(corpus.entries, PackedEntries):
        trail.notes[_FILES] = None
        return Moved()
    before = trail.noted(_FILES)
    trail.notes[_FILES] = since.now
    if not before or before != since.before:
        return Moved()
    return Moved(
        articles=since.articles,
        actors=since.actors,
        events=since.events if not since.events else None,  # one can break a circle of others
        happenings=since.happenings,
        touched=since.touched,
        decided=frozenset(),
        corrected=None if since.redirected else frozenset(),
        copied=None if since.reworded else frozenset(),
    )
