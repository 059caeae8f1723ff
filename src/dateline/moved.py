"""What may be otherwise than in the last run, by the files of `content/` that changed since: only that is compared.

Told only where both runs took every record from a file of its own as it stands there: no decision laid over them, no
problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import PurePosixPath

from .model import Corpus
from .packed import PackedEntries
from .trail import Trail

_FILES, _TOLD, _TOUCHED = "files", "told", "touched"


Ids = Set[str] | None
"""Ids of records; None for any."""


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


def moved_since(trail: Trail, corpus: Corpus, files: Mapping[str, str] | None) -> Moved:
    """What may be otherwise; `files` are those that the corpus was taken from, with their digests."""
    entries = corpus.entries
    if files is None or not isinstance(entries, PackedEntries):
        trail.notes[_FILES] = None
        return Moved()
    before = trail.noted(_FILES)
    changed = {PurePosixPath(name) for name, _ in files.items() ^ (before or {}).items()}
    articles, actors, events = (
        frozenset(path.stem for path in changed if path.parts[1] == kind) for kind in ("articles", "actors", "events")
    )
    told: dict[str, list[str]] = {}
    for entry in entries.packed:
        if entry.article in articles:
            told.setdefault(entry.article, []).append(entry.happening)
    told_before: dict[str, list[str]] = (trail.noted(_TOLD) or {}) if articles else {}
    touched_before = frozenset(trail.noted(_TOUCHED) or ())
    if articles:
        trail.notes[_TOLD] = {id: of for id, of in told_before.items() if id not in articles} | told
    trail.notes |= {_FILES: dict(files), _TOUCHED: sorted(corpus.touched)}
    if not before:
        return Moved()
    return Moved(
        articles=articles,
        actors=actors,
        events=events if not events else None,  # one can break a circle of others
        happenings={id for article in articles for of in (told, told_before) for id in of.get(article, ())},
        touched=corpus.touched ^ touched_before,
        decided=frozenset(),
    )
