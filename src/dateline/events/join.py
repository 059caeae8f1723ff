"""Entries of several articles that report one occurrence, put together: the rows of timelines.

Pairs that may be one are looked for in small blocks and scored; what is linked by scores falls into knots, and inside
each the likeliest are put together first, so that no group holds two entries that conflict. A block and a knot depend
on their entries alone: what the last run found stands wherever no entry came, went or changed, and what is found is the
same as from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain, combinations, count
from types import MappingProxyType
from typing import Any

from ..model import Entry
from ..when import UNKNOWN, When, sort_key
from .blocks import Touched, file_item, format_filing, parse_filing
from .knots import Knot, Link, grouped, hanging_together
from .matters import Context, JoinedEvents, join_events
from .scores import THRESHOLD, Item, Score, make_item, score_pair
from .standing import Results, keep, recall

__all__ = ["Context", "JoinedEvents", "Score", "Unopened", "join_events", "join_happenings", "score_pair", "why_joined"]

KEPT = b"knots"
DIGEST = 24
"""Characters of an entry's digest."""

Links = dict[tuple[int, int], float]
"""Scores that are high enough, by the numbers of the two entries, the older first."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the last run found; plain lists, as they are kept."""

    rows: list[str] = field(default_factory=list)
    """The digest and the filing of the entry of each number; "" for a number that is free."""
    knots: Sequence[Knot] = ()
    apart: dict[str, list[str]] = field(default_factory=dict)
    """Each entry with those that it was told apart from."""


def join_happenings(
    entries: Sequence[Entry],
    published: Mapping[str, When],
    apart: Mapping[str, frozenset[str]] = MappingProxyType({}),
    stories: Mapping[str, str] = MappingProxyType({}),
    results: Results | None = None,
    later: Sequence[Unopened] = (),
) -> Mapping[str, str]:
    """Entry id → happening id, the id of its oldest entry; the same for any order of `entries`.

    `apart`: each entry with those that a person told apart from it; no group holds two of them.
    `stories`: each article with its story, where that is known.
    `results`: what was found before; what is found now is put to it. `later`: articles with entries that are opened
    only where they are compared.
    """
    known: Results = {} if results is None else results
    items = _Items(entries, later, known, published, stories)
    told = {one: sorted(others) for one, others in apart.items()}
    past = _past(items.ids.keys(), known)
    numbers = {row[:DIGEST]: number for number, row in enumerate(past.rows) if row}
    free = chain((number for number, row in enumerate(past.rows) if not row), count(len(past.rows)))
    came = {next(free): items.of(digest) for digest in items.ids if digest not in numbers}
    there = {number: digest for digest, number in numbers.items() if digest in items.ids}
    rows = [row if number in there else "" for number, row in enumerate(past.rows)]
    went = [row for row, left in zip(past.rows, rows, strict=True) if row and not left]
    knots = past.knots
    if came or went or told != past.apart:
        filed = {item: file_item(item) for item in came.values()}
        lines = {number: rows[number][DIGEST:] for number in there}
        touched = Touched(filed, [parse_filing(row[DIGEST:]) for row in went], lines)
        numbered = _Numbered({**there, **{number: item.digest.hex() for number, item in came.items()}}, items)
        knots = _knots(past, touched, there.keys(), came, numbered, apart)
        rows += [""] * (max(came, default=-1) + 1 - len(rows))
        for number, item in came.items():
            rows[number] = item.digest.hex() + format_filing(filed[item])
        keep(known, KEPT, [rows, [*map(tuple, knots)], told])
    ids = {number: items.ids[digest] for number, digest in there.items()}
    ids |= {number: item.entry.id for number, item in came.items()}
    found = {id_: id_ for id_ in items.ids.values()}
    for knot in knots:
        for group in knot.groups:
            for number in group:
                found[ids[number]] = ids[group[0]]
    return found


@dataclass(frozen=True, slots=True)
class Unopened:
    """The entries of an article, which need not be opened where `key` stands for what was opened before."""

    key: bytes
    article: str
    open: Callable[[], Iterable[Entry]]


class _Items:
    """All entries, those prepared for comparison that somebody asked for."""

    def __init__(
        self,
        entries: Iterable[Entry],
        later: Iterable[Unopened],
        results: Results,
        published: Mapping[str, When],
        stories: Mapping[str, str],
    ) -> None:
        self._published, self._stories = published, stories
        self.ids: dict[str, str] = {}
        """The id of each entry, by its digest."""
        self._made: dict[str, Item] = {}
        self._unopened: dict[str, tuple[Unopened, int]] = {}
        """The article of an entry, and where it stands there."""
        self._take(entries)
        for one in later:
            key = blake2b(b"entries" + one.key + stories.get(one.article, "").encode(), digest_size=12).digest()
            held = recall(results, key)
            if held is None:
                keep(results, key, held := self._take(one.open()))
            for digest, id_, at in zip(held[::3], held[1::3], held[2::3], strict=True):
                self.ids[digest] = id_
                self._unopened[digest] = one, at

    def of(self, digest: str) -> Item:
        """An entry, prepared."""
        if digest not in self._made:
            self._take(self._unopened[digest][0].open())
        return self._made[digest]

    def order(self, digest: str) -> tuple[Any, ...]:
        """The order of an entry, which is not opened for it."""
        if digest in self._made:
            return self._made[digest].order
        one, at = self._unopened[digest]
        return sort_key(self._published.get(one.article, UNKNOWN)), one.article, at, self.ids[digest]

    def _take(self, entries: Iterable[Entry]) -> list[str | int]:
        """Prepare entries; gives the digest and the id of each in turn, and where it stands in its article."""
        told: list[str | int] = []
        for item in (make_item(entry, self._published, self._stories) for entry in entries):
            digest = item.digest.hex()
            self._made.setdefault(digest, item)
            self.ids[digest] = item.entry.id
            told += [digest, item.entry.id, item.order[2]]
        return told


class _Numbered:
    """Entries by number, prepared when they are asked for."""

    def __init__(self, digests: Mapping[int, str], items: _Items) -> None:
        self._digests, self._items = digests, items

    def __getitem__(self, number: int) -> Item:
        return self._items.of(self._digests[number])

    def id(self, number: int) -> str:
        """Its id."""
        return self._items.ids[self._digests[number]]

    def order(self, number: int) -> tuple[Any, ...]:
        """By what entries stand in order, the oldest first."""
        return self._items.order(self._digests[number])


def _past(digests: Set[str], known: Results) -> Past:
    """What the last run found; nothing where most is other now, so that it is found from nothing as quickly."""
    held = recall(known, KEPT)
    if held is None:
        return Past()
    rows, knots, apart = held
    past = Past(rows, [Knot(*knot) for knot in knots], apart)
    before = {row[:DIGEST] for row in past.rows if row}
    return past if 2 * len(digests & before) > max(len(digests), len(before)) else Past()


def why_joined(one: Entry, other: Entry, published: Mapping[str, When]) -> tuple[str, ...]:
    """What speaks for two entries being one occurrence; nothing where only a person or a third entry joins them."""
    score = score_pair(make_item(one, published, {}), make_item(other, published, {}))
    return score.reasons if score.value else ()


# ------------------------------------------------------------------------------------------------- pairs


def _links(items: Mapping[int, Item], touched: Touched) -> Links:
    """All pairs of touched blocks that score high enough."""
    number = {item: at for at, item in items.items()}
    found: Links = {}
    for blocks in touched.blocks(sorted(number, key=lambda item: item.order)):
        scored: dict[tuple[int, int], float] = {}
        for block in blocks:
            for a, b in combinations(block.items, 2):
                if block.meet(a, b):
                    pair = (number[a], number[b])
                    if pair not in scored:
                        scored[pair] = score_pair(a, b).value
        found.update((pair, value) for pair, value in scored.items() if value >= THRESHOLD)
    return found


# ------------------------------------------------------------------------------------------------- groups


def _knots(
    past: Past,
    touched: Touched,
    there: Set[int],
    came: Mapping[int, Item],
    items: _Numbered,
    apart: Mapping[str, frozenset[str]],
) -> list[Knot]:
    """What hangs together now: knots of the last run that nothing touches, and those that are found anew."""
    near = {number: items[number] for number in sorted(touched.near)}
    near.update(came)
    links = _links(near, touched)
    ruled = {one for one in past.apart.keys() | apart if past.apart.get(one, []) != sorted(apart.get(one, ()))}
    knots: list[Knot] = []
    did: dict[Link, bool] = {}
    for knot in past.knots:
        numbers = {number for group in knot.groups for number in group}
        told_anew = bool(ruled) and any(number in there and items.id(number) in ruled for number in numbers)
        if not told_anew and numbers <= there and numbers.isdisjoint(near):
            knots.append(knot)
            continue
        old = [(a, b, value) for a, b, value in knot.links]
        if not told_anew:
            did.update(dict.fromkeys(old, False))
            did.update((old[at], True) for at in knot.merged)
        for a, b, value in old:
            if a in there and b in there and not (a in near and b in near and touched.parts(items[a], items[b])):
                links[a, b] = value
    lost: dict[int, float] = {}
    for a, b, value in (link for link, merged in did.items() if merged and links.get(link[:2]) != link[2]):
        for number in (a, b):
            lost[number] = max(value, lost.get(number, value))
    knots += (grouped(theirs, items, apart, did, lost) for theirs in hanging_together(links))
    return knots
