"""Entries of several articles that report one occurrence, put together: the rows of timelines.

Pairs that may be one are looked for in small blocks and scored; what is linked by scores falls into knots, and inside
each the likeliest are put together first, so that no group holds two entries that conflict. A block and a knot depend
on their entries alone: what the last run found stands wherever no entry came, went or changed, and what is found is the
same as from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import merge
from itertools import chain, combinations, count
from types import MappingProxyType

from ..model import Entry
from ..when import When
from .blocks import Touched, file_item, format_filing, parse_filing
from .matters import Context, JoinedEvents, join_events
from .scores import THRESHOLD, Item, Score, make_item, score_pair
from .standing import Results, keep, recall

__all__ = ["Context", "JoinedEvents", "Score", "Unopened", "join_events", "join_happenings", "score_pair", "why_joined"]

WITNESSES = 8
"""Oldest entries of a group that another group must not conflict with."""
KEPT = b"happenings"
DIGEST = 24
"""Characters of an entry's digest."""

Links = dict[tuple[int, int], float]
"""Scores that are high enough, by the numbers of the two entries, the older first."""
Link = tuple[int, int, float]
Knot = tuple[Sequence[Sequence[int]], Sequence[Link]]
"""What hangs together by links: numbers in groups, each with its oldest entry first; and the links (one, other, score),
in order."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the last run found; plain lists, as they are kept."""

    rows: list[str] = field(default_factory=list)
    """The digest and the filing of the entry of each number; "" for a number that is free."""
    knots: list[Knot] = field(default_factory=list)
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
    items = _Items(entries, later, known, lambda entry: make_item(entry, published, stories), stories)
    told = {one: sorted(others) for one, others in apart.items()}
    past = _past(items.ids.keys(), known)
    numbers = {row[:DIGEST]: number for number, row in enumerate(past.rows) if row}
    free = chain((number for number, row in enumerate(past.rows) if not row), count(len(past.rows)))
    came = {next(free): items.of(digest) for digest in items.ids if digest not in numbers}
    there = items.numbered({number: digest for digest, number in numbers.items() if digest in items.ids})
    rows = [row if number in there else "" for number, row in enumerate(past.rows)]
    went = [row for row, left in zip(past.rows, rows, strict=True) if row and not left]
    knots: Sequence[Knot] = past.knots
    if came or went or told != past.apart:
        filed = {item: file_item(item) for item in came.values()}
        touched = Touched(filed, [parse_filing(row[DIGEST:]) for row in went], everything=not there)
        knots = _knots(past, touched, there, came, apart)
        rows += [""] * (max(came, default=-1) + 1 - len(rows))
        for number, item in came.items():
            rows[number] = item.digest.hex() + format_filing(filed[item])
        keep(known, KEPT, [rows, knots, told])
    ids = {number: items.ids[digest] for number, digest in there.digests.items()}
    ids |= {number: item.entry.id for number, item in came.items()}
    found = {id_: id_ for id_ in items.ids.values()}
    for groups, _ in knots:
        for group in groups:
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
        prepare: Callable[[Entry], Item],
        stories: Mapping[str, str],
    ) -> None:
        self._prepare = prepare
        self.ids: dict[str, str] = {}
        """The id of each entry, by its digest."""
        self._made: dict[str, Item] = {}
        self._unopened: dict[str, Unopened] = {}
        self._take(entries)
        for one in later:
            key = blake2b(b"items" + one.key + stories.get(one.article, "").encode(), digest_size=12).digest()
            held = recall(results, key)
            if held is None:
                keep(results, key, held := self._take(one.open()))
            for digest, id_ in zip(held[::2], held[1::2], strict=True):
                self.ids[digest] = id_
                self._unopened[digest] = one

    def of(self, digest: str) -> Item:
        """An entry, prepared."""
        if digest not in self._made:
            self._take(self._unopened[digest].open())
        return self._made[digest]

    def numbered(self, digests: Mapping[int, str]) -> _Numbered:
        """Entries by number."""
        return _Numbered(digests, self)

    def _take(self, entries: Iterable[Entry]) -> list[str]:
        """Prepare entries; gives the digest and the id of each in turn."""
        told = []
        for item in map(self._prepare, entries):
            digest = item.digest.hex()
            self._made.setdefault(digest, item)
            self.ids[digest] = item.entry.id
            told += [digest, item.entry.id]
        return told


class _Numbered(Mapping[int, Item]):
    """Entries by number, prepared when they are asked for."""

    def __init__(self, digests: Mapping[int, str], items: _Items) -> None:
        self.digests = digests
        self._items = items

    def __getitem__(self, number: int) -> Item:
        return self._items.of(self.digests[number])

    def __contains__(self, number: object) -> bool:
        return number in self.digests

    def __iter__(self) -> Iterator[int]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def _past(digests: Set[str], known: Results) -> Past:
    """What the last run found; nothing where most is other now, so that it is found from nothing as quickly."""
    held = recall(known, KEPT)
    if held is None:
        return Past()
    past = Past(*held)
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
    there: Mapping[int, Item],
    came: Mapping[int, Item],
    apart: Mapping[str, frozenset[str]],
) -> list[Knot]:
    """What hangs together now: knots of the last run that nothing touches, and those that are found anew."""
    near = {number: there[number] for number in there if touched.meets(past.rows[number][DIGEST:])}
    near.update(came)
    links = _links(near, touched)
    ruled = {one for one in past.apart.keys() | apart if past.apart.get(one, []) != sorted(apart.get(one, ()))}
    knots: list[Knot] = []
    before: dict[tuple[Link, ...], Knot] = {}
    for knot in past.knots:
        numbers = {number for group in knot[0] for number in group}
        told_anew = bool(ruled) and any(number in there and there[number].entry.id in ruled for number in numbers)
        if not told_anew and numbers <= there.keys() and numbers.isdisjoint(near):
            knots.append(knot)
            continue
        if not told_anew:
            before[tuple((a, b, value) for a, b, value in knot[1])] = knot
        for a, b, value in knot[1]:
            if a in there and b in there and not (a in near and b in near and touched.parts(there[a], there[b])):
                links[a, b] = value
    for theirs in _hanging_together(links):
        if theirs not in before:
            numbers = {number for link in theirs for number in link[:2]}
            items = {number: came[number] if number in came else there[number] for number in numbers}
            before[theirs] = _grouped(theirs, items, apart), theirs
        knots.append(before[theirs])
    return knots


def _hanging_together(links: Links) -> Iterator[tuple[Link, ...]]:
    """Links by what they tie together, each with its score, in order."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in links:
        parent[root(b)] = root(a)
    found: dict[int, list[Link]] = defaultdict(list)
    for (a, b), value in sorted(links.items()):
        found[root(a)].append((a, b, value))
    return map(tuple, found.values())


def _grouped(links: Iterable[Link], items: Mapping[int, Item], apart: Mapping[str, frozenset[str]]) -> list[list[int]]:
    """The groups of a knot, by numbers of entries."""
    ordered = sorted({number for link in links for number in link[:2]}, key=lambda number: items[number].order)
    place = {number: at for at, number in enumerate(ordered)}
    scored = {(place[a], place[b]): value for a, b, value in links}
    return [[ordered[at] for at in group] for group in _group([items[number] for number in ordered], scored, apart)]


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
