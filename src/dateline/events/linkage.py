"""Average link: what is alike in groups, the most alike groups put together first.

The likeness of two groups is the mean over their pairs that were compared. Every merge is written down. After a change
only groups that are otherwise than they were at that step are simulated ("awake"); all others do as they did. Where a
merge that was written down cannot be, since one of its two is otherwise, the other wakes as well. So the result is that
of doing all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import heappop, heappush

WITNESSES = 64
"""Of two large groups so many pairs must have been compared; with fewer, what is missing counts as unlike."""

Merge = tuple[float, int, int]
"""Mean likeness of two groups, and both, each by the number of its first member, the lower before."""


class Linkage:
    """Groups of numbered things, each alone at first.

    `near`: each thing with the earlier ones that it was compared with, and their likeness, a whole number. No group
    holds two that are `apart`.
    """

    def __init__(self, near: Sequence[Mapping[int, int]], least: float, apart: Mapping[int, Set[int]]) -> None:
        self._near, self._least, self._apart = near, least, apart
        self._after: list[list[int]] = [[] for _ in near]
        for number, of in enumerate(near):
            for other in of:
                self._after[other].append(number)
        self._parent = list(range(len(near)))
        self.members: dict[int, list[int]] = {number: [number] for number in range(len(near))}
        self.log: list[Merge] = []
        self.awake: set[int] = set()
        """Groups that are otherwise than they were, or may be."""
        self._links: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        """Sum of likeness, and number of pairs, of two groups of which at least one is awake."""
        self._heap: list[tuple[float, int, int, int, int]] = []

    def unite(self, together: Iterable[tuple[int, int]]) -> None:
        """Put together what is one whatever its likeness, before all else."""
        for pair in together:
            a, b = sorted(map(self._home, pair))
            if a != b:
                self._merge(a, b)

    def run(self, log: Iterable[Merge], awake: Iterable[int]) -> None:
        """Put together what is alike enough: as a log has it, but for what is `awake`, and what it wakes.

        What the log tells of things that are no more has a number below 0.
        """
        for number in awake:
            self._wake(self._home(number))
        for mean, a, b in log:
            while self._heap and self._heap[0] < (-mean, a, b) and self._sleep(a, b):
                self._next()
            if self._sleep(a, b):
                self._merge(a, b)
                self.log.append((mean, a, b))
            else:
                for number in (a, b):
                    if number in self.members:
                        self._wake(number)
        while self._heap:
            self._next()

    def _sleep(self, a: int, b: int) -> bool:
        """Whether two groups are as they were at this step."""
        return all(number in self.members and number not in self.awake for number in (a, b))

    def _next(self) -> None:
        """Put the most alike together of all pairs of groups of which one is awake."""
        mean, a, b, size_a, size_b = heappop(self._heap)
        members, apart = self.members, self._apart
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            return  # one of them has grown since
        if apart and any(not apart.get(one, frozenset()).isdisjoint(members[b]) for one in members[a]):
            return
        self._wake(a)
        self._wake(b)
        self._merge(a, b)
        self.log.append((-mean, a, b))

    def _wake(self, group: int) -> None:
        """From now on look at all that a group is linked with."""
        if group in self.awake:
            return
        found: dict[int, tuple[int, int]] = {}
        for number in self.members[group]:
            for other, value in self._compared(number):
                if (home := self._home(other)) != group:
                    total, pairs = found.get(home, (0, 0))
                    found[home] = (total + value, pairs + 1)
        self._links[group] = found
        for other, link in found.items():
            self._links[other][group] = link
        self._push(group, [other for other in found if other not in self.awake])
        self.awake.add(group)

    def _compared(self, number: int) -> Iterable[tuple[int, int]]:
        yield from self._near[number].items()
        for later in self._after[number]:
            yield later, self._near[later][number]

    def _merge(self, a: int, b: int) -> None:
        """Put the group of `b` to that of `a`, with its links."""
        self.members[a] += self.members.pop(b)
        self._parent[b] = a
        mine = self._links[a]
        mine.pop(b, None)
        for other, (total, pairs) in self._links.pop(b, {}).items():
            if other != a:
                theirs = self._links[other]
                del theirs[b]
                known = mine.get(other, (0, 0))
                mine[other] = theirs[a] = (known[0] + total, known[1] + pairs)
        self._push(a, mine)

    def _push(self, group: int, others: Iterable[int]) -> None:
        """Look forward to putting a group together with others that it is alike enough with."""
        links, size = self._links[group], len(self.members[group])
        for other in others:
            total, pairs = links[other]
            theirs = len(self.members[other])
            mean = total / max(pairs, min(size * theirs, WITNESSES))
            if mean >= self._least:
                pair = (group, other, size, theirs) if group < other else (other, group, theirs, size)
                heappush(self._heap, (-mean, *pair))

    def _home(self, number: int) -> int:
        """The group in which a thing is."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number
