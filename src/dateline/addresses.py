"""At which address a record stands: by its name, or by its id where names collide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .library import Kind, Subject
from .text import digest, slug

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
RESERVED = {"", "index", *_DEVICES}


def assign_addresses(records: Iterable[tuple[Kind, str, str]]) -> dict[Subject, str]:
    """The path of each (kind, id, name): its name's slug, or its id's where names collide or are empty.

    Whoever stands under an id keeps it; what collides with that falls back in its turn.
    """
    found: dict[Subject, str] = {}
    records = list(records)
    for kind in ("actors", "events", "articles"):
        choices = {id: _choices(id, name) for of, id, name in records if of == kind}
        found.update({(kind, id): f"{kind}/{stem}.html" for id, stem in _settle(choices).items()})
    return found


def stems_of(names: Iterable[str]) -> dict[str, str]:
    """The name of a page for each of several names that have no ids."""
    return _settle({name: _choices(name, name) for name in names})


def _choices(id: str, name: str) -> tuple[str, str, str]:
    stem = slug(id, 120)
    return slug(name), stem, f"{stem}-{digest(id)[:8]}".lstrip("-")


def _settle(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    level = dict.fromkeys(choices, 0)
    while True:
        stems: dict[str, list[str]] = {}
        for id, at in level.items():
            stems.setdefault(choices[id][at], []).append(id)
        losers = [id for stem, ids in stems.items() for id in _losers(stem, ids, level)]
        if not losers:
            return {id: choices[id][at] for id, at in level.items()}
        for id in losers:
            level[id] += 1


def _losers(stem: str, ids: Sequence[str], level: Mapping[str, int]) -> list[str]:
    """Those who must give way: everybody for a reserved stem, else those nearest to their names."""
    if stem not in RESERVED and len(ids) == 1:
        return []
    lowest = min(level[id] for id in ids)
    return [id for id in ids if level[id] == lowest and lowest < 2]
