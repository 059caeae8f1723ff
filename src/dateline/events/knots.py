"""What hangs together by links, put into groups: the likeliest pair first, where its groups do not conflict.

Links that put groups together are written down. After a change only groups that are otherwise than they were at that
step are tried anew ("awake"); all others do as they did, and none of theirs is opened. So the result is that of doing
all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import Any, NamedTuple, Protocol

from .scores import Item, score_pair

WITNESSES = 8
"""Oldest entries of a group that another group must not conflict with."""

Link = tuple[int, int, float]
"""The numbers of two entries, the older first, and a score that is high enough."""


class Knot(NamedTuple):
    """What hangs together by links."""

    groups: Sequence[Sequence[int]]
    """Numbers of entries, the oldest first."""
    links: Sequence[Link]
    """In order."""
    merged: Sequence[int]
    """The places of those links that put groups together."""


class Numbered(Protocol):
    """Entries by number, prepared when they are asked for."""

    def __getitem__(self, number: int) -> Item:
        """An entry, prepared."""

    def id(self, number: int) -> str:
        """Its id."""

    def order(self, number: int) -> tuple[Any, ...]:
        """By what entries stand in order, the oldest first."""


def hanging_together(links: Mapping[tuple[int, int], float]) -> Iterator[tuple[Link, ...]]:
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


def grouped(
    links: Sequence[Link],
    items: Numbered,
    apart: Mapping[str, frozenset[str]],
    did: Mapping[Link, bool],
    lost: Mapping[int, float],
) -> Knot:
    """The groups of a knot.

    `did`: each link of the last run with whether it put groups together; `lost`: each entry with the highest score of
    a link that did so and is no more.
    """
    work = _Grouping(links, items, apart)
    places = {work.place[number]: value for number, value in lost.items() if number in work.place}
    steps = [(-value, work.place[a], work.place[b], at) for at, (a, b, value) in enumerate(links)]
    steps += [(-value, -1, place, -1) for place, value in places.items()]
    for _, a, b, at in sorted(steps):
        if at < 0:
            work.awake.add(work.owner[b])
        else:
            work.step(a, b, at, did.get(links[at]))
    return Knot(work.groups(), links, sorted(work.merged))


class _Grouping:
    """The groups of a knot in the making, by places in its order."""

    def __init__(self, links: Iterable[Link], items: Numbered, apart: Mapping[str, frozenset[str]]) -> None:
        self._ordered = sorted({number for link in links for number in link[:2]}, key=items.order)
        self.place = {number: at for at, number in enumerate(self._ordered)}
        self._items, self._apart = items, apart
        self._scored = {(self.place[a], self.place[b]): value for a, b, value in links}
        self._members = {at: [at] for at in range(len(self._ordered))}
        self.owner = list(range(len(self._ordered)))
        self.awake: set[int] = set()
        """Groups that are otherwise than they were at this step, or may be."""
        self.merged: list[int] = []

    def groups(self) -> list[list[int]]:
        """The groups as they are now, by numbers of entries."""
        return [[self._ordered[at] for at in members] for members in sorted(self._members.values())]

    def step(self, a: int, b: int, at: int, did: bool | None) -> None:
        """Put the groups of two together, if that can be; `did`: whether it was done; None where they had no link."""
        pair = sorted((self.owner[a], self.owner[b]), key=lambda of: (len(self._members[of]), of))
        small, large = pair
        if small == large:
            return
        asleep = did is not None and self.awake.isdisjoint(pair)
        if not (did if asleep else self._may_be_one(self._members[small], self._members[large])):
            if did:
                self.awake.update(pair)
            return
        if not asleep:
            self.awake.add(large)
        self.merged.append(at)
        members = self._members.pop(small)
        for one in members:
            self.owner[one] = large
        self._members[large] = list(merge(self._members[large], members))

    def _may_be_one(self, one: Sequence[int], other: Sequence[int]) -> bool:
        if any(map(self._conflict, _witnesses(one, other))):
            return False
        return not self._apart or not self._told_apart(one, other)

    def _conflict(self, pair: tuple[int, int]) -> bool:
        if pair not in self._scored:
            one, other = (self._items[self._ordered[at]] for at in pair)
            self._scored[pair] = score_pair(one, other).value
        return self._scored[pair] <= 0

    def _told_apart(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Whether a person told an entry of the one apart from one of the other."""
        forbidden = {id_ for at in one for id_ in self._apart.get(self._id(at), ())}
        return bool(forbidden) and any(self._id(at) in forbidden for at in other)

    def _id(self, at: int) -> str:
        return self._items.id(self._ordered[at])


def _witnesses(one: Sequence[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of the oldest of two groups, by which it is seen whether they conflict: by time, or inside one article."""
    for a in one[:WITNESSES]:
        for b in other[:WITNESSES]:
            yield (a, b) if a < b else (b, a)
