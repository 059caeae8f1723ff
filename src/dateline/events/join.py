"""Entries of several articles that report one occurrence, put together: the rows of timelines.

Pairs that may be one are looked for in small blocks and scored; what is linked by scores falls into knots, and inside
each the likeliest are put together first, so that no group holds two entries that conflict. Blocks and knots depend on
their entries alone: what was found for the same ones before is taken again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from hashlib import blake2b
from heapq import merge
from itertools import combinations
from types import MappingProxyType

from ..model import Entry
from ..when import When
from .blocks import Block, find_blocks
from .matters import Context, JoinedEvents, join_events
from .scores import THRESHOLD, Item, Score, make_item, score_pair

__all__ = ["Context", "JoinedEvents", "Score", "join_events", "join_happenings", "score_pair", "why_joined"]

WITNESSES = 8
"""Oldest entries of a group that another group must not conflict with."""

Results = MutableMapping[bytes, str]
"""What was found for a block or a knot, by its digest, as JSON: kept from one run to the next, and never needed."""
Links = dict[tuple[int, int], float]
"""Scores that are high enough, by the numbers of the two entries, the older first."""


def join_happenings(
    entries: Sequence[Entry],
    published: Mapping[str, When],
    apart: Mapping[str, frozenset[str]] = MappingProxyType({}),
    stories: Mapping[str, str] = MappingProxyType({}),
    results: Results | None = None,
) -> Mapping[str, str]:
    """Entry id → happening id, the id of its oldest entry; the same for any order of `entries`.

    `apart`: each entry with those that a person told apart from it; no group holds two of them.
    `stories`: each article with its story, where that is known.
    `results`: what was found before; what is found now is put to it.
    """
    items = sorted((make_item(entry, published, stories) for entry in entries), key=lambda item: item.order)
    known: Results = {} if results is None else results
    found = {item.entry.id: item.entry.id for item in items}
    for knot, links in _knots(_links(items, known)):
        for group in _grouped([items[number] for number in knot], links, apart, known):
            found.update({item.entry.id: group[0].entry.id for item in group})
    return {entry.id: found[entry.id] for entry in entries}


def why_joined(one: Entry, other: Entry, published: Mapping[str, When]) -> tuple[str, ...]:
    """What speaks for two entries being one occurrence; nothing where only a person or a third entry joins them."""
    score = score_pair(make_item(one, published, {}), make_item(other, published, {}))
    return score.reasons if score.value else ()


# ------------------------------------------------------------------------------------------------- pairs


def _links(items: Sequence[Item], results: Results) -> Links:
    """All pairs that score high enough."""
    number = {item.entry.id: at for at, item in enumerate(items)}
    found: Links = {}
    for blocks in find_blocks(items):
        scored: dict[tuple[str, str], float] = {}
        for block in blocks:
            for one, other, value in _linked(block, scored, results):
                pair = (number[block.items[one].entry.id], number[block.items[other].entry.id])
                found[pair] = value
    return found


def _linked(block: Block, scored: dict[tuple[str, str], float], results: Results) -> Sequence[tuple[int, int, float]]:
    """The pairs of a block that score high enough, by their places in it; `scored` are pairs of its neighbours."""
    digest = block.digest
    held = results.get(digest)
    if held is not None:
        found = [tuple(link) for link in json.loads(held)] if held else []
    else:
        found = []
        for (one, a), (other, b) in combinations(enumerate(block.items), 2):
            if not block.meet(a, b):
                continue
            pair = (a.entry.id, b.entry.id)
            if pair not in scored:
                scored[pair] = score_pair(a, b).value
            if scored[pair] >= THRESHOLD:
                found.append((one, other, scored[pair]))
        held = json.dumps(found) if found else ""
    results[digest] = held
    return found


# ------------------------------------------------------------------------------------------------- groups


def _knots(links: Links) -> Iterator[tuple[Sequence[int], Links]]:
    """What hangs together: numbers of entries in order, and their links by place among them."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in links:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    members: dict[int, list[int]] = defaultdict(list)
    for number in sorted(parent):
        members[root(number)].append(number)
    place = {number: at for of in members.values() for at, number in enumerate(of)}
    theirs: dict[int, Links] = defaultdict(dict)
    for (a, b), value in sorted(links.items()):
        theirs[root(a)][place[a], place[b]] = value
    for number in sorted(members):
        yield members[number], theirs[number]


def _grouped(
    items: Sequence[Item], links: Links, apart: Mapping[str, frozenset[str]], results: Results
) -> Sequence[Sequence[Item]]:
    """The groups of a knot, each with its oldest entry first."""
    if len(items) == 2 and not apart:
        return (items,)
    digest = _digest(items, links, apart)
    held = results.get(digest)
    groups = json.loads(held) if held else _group(items, links, apart)
    results[digest] = held or json.dumps(groups)
    return [[items[at] for at in group] for group in groups]


def _digest(items: Sequence[Item], links: Links, apart: Mapping[str, frozenset[str]]) -> bytes:
    ruled = [sorted(apart.get(item.entry.id, ())) for item in items] if apart else []
    told = repr((list(links.items()), ruled)).encode("utf-8", "surrogatepass")
    return blake2b(told + b"".join(item.digest for item in items), digest_size=12).digest()


def _group(items: Sequence[Item], links: Links, apart: Mapping[str, frozenset[str]]) -> list[list[int]]:
    """Places in groups: the likeliest pairs first, where their groups do not conflict."""
    members = {at: [at] for at in range(len(items))}
    owner = list(range(len(items)))
    scored = dict(links)

    def conflict(pair: tuple[int, int]) -> bool:
        if pair not in scored:
            scored[pair] = score_pair(items[pair[0]], items[pair[1]]).value
        return scored[pair] <= 0

    for (a, b), _ in sorted(links.items(), key=lambda link: (-link[1], link[0])):
        small, large = sorted((owner[a], owner[b]), key=lambda of: (len(members[of]), of))
        if small == large or any(map(conflict, _witnesses(members[small], members[large]))):
            continue
        if apart and _told_apart([items[at] for at in members[small]], [items[at] for at in members[large]], apart):
            continue
        for at in members[small]:
            owner[at] = large
        members[large] = list(merge(members[large], members.pop(small)))
    return [members[at] for at in sorted(members)]


def _witnesses(one: Sequence[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of the oldest of two groups, by which it is seen whether they conflict: by time, or inside one article."""
    for a in one[:WITNESSES]:
        for b in other[:WITNESSES]:
            yield (a, b) if a < b else (b, a)


def _told_apart(one: Iterable[Item], other: Iterable[Item], apart: Mapping[str, frozenset[str]]) -> bool:
    """Whether a person told an entry of the one apart from one of the other."""
    forbidden = {id_ for item in one for id_ in apart.get(item.entry.id, ())}
    return bool(forbidden) and any(item.entry.id in forbidden for item in other)
