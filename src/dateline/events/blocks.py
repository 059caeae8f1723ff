"""Which entries are worth comparing: those of one class, with a common actor, event or story, in one stretch of time.

Blocks are small, so that the number of comparisons grows with the entries and not with their pairs: a wide block is
parted by days, then by the words and actors that tell its entries apart (Papadakis and others, "Blocking and filtering
techniques for entity resolution", 2020, call it token blocking), the widest words two at a time. What even so stands in
a crowd is compared with its neighbours in an order by wording, cut at places that its content gives (as in A.
Muthitacharoen and others, "A low-bandwidth network file system", 2001).

A pair is compared in one place only: a class pair, name and stretch, and where that is wide, a day or a week of it.
What is found there depends on the entries that stand there. So an entry that comes, goes or changes touches its own
places, and what was found in all others stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from types import MappingProxyType

from .lexicon import event_classes, related
from .scores import STRETCH, Item, days_disputed, times_can_agree

WIDEST = 12
"""Entries that one block compares with each other; a larger one is parted."""
FEATURES = 8
"""Words and actors, the rarest of its block, by which an entry of a wide block is filed."""
TOGETHER = 2
"""So many features that are wide themselves part a block together."""
CUT = 8
"""One of so many entries ends a stretch of neighbours; two stretches are compared with each other."""

Key = tuple[tuple[str, str], str, int]
"""Classes, a name (or its tag) and a stretch of days: the whole block that these entries have in common."""


@dataclass(frozen=True, slots=True)
class Block:
    """Entries, oldest first, of which those are compared that `meet` in this block and in none before it."""

    classes: tuple[str, str]
    name: str
    stretch: int
    items: Sequence[Item]
    day: int = 0
    week: int = 0

    def meet(self, a: Item, b: Item) -> bool:
        """Whether a pair is compared here: its times can agree, and no other block of the kind has it first.

        It depends on the two and on the kind of block alone.
        """
        if not times_can_agree(a, b):
            return False
        if self.day and self.day != _first_day(a, b, self.stretch):
            return False
        if self.week and ((a.dated and b.dated) or self.week != max(a.weeks.start, b.weeks.start)):
            return False
        return (self.classes, self.name, self.stretch) == _key_of_pair(a, b)


def _key_of_pair(a: Item, b: Item) -> Key:
    """The one whole block in which two that share a name are compared."""
    one, other = a.entry.event_class, b.entry.event_class
    name = a.gist if days_disputed(a, b) else min(a.names & b.names, default="")
    return (one, other) if one < other else (other, one), name, max(a.stretches.start, b.stretches.start)


# ------------------------------------------------------------------------------------------------- filing


@dataclass(frozen=True, slots=True)
class Filing:
    """Under what an entry is filed: enough to say which places it touches."""

    event_class: str
    stretches: range
    dated: tuple[int, int] | None
    weeks: range
    tags: tuple[str, ...]
    """Short digests of its names."""

    @property
    def keys(self) -> Iterator[Key]:
        """Its whole blocks, with tags for names."""
        return _keys(self.event_class, self.tags, self.stretches)

    def lies_on(self, stretch: int, day: int, week: int) -> bool:
        """Whether it stands in this day, or else in this week, of a whole block."""
        return day in _days(self.dated, stretch) if day else week in self.weeks


def file_item(item: Item) -> Filing:
    """Where an entry is filed."""
    tags = tuple(sorted({tag(name) for name in item.names}))
    return Filing(item.entry.event_class, item.stretches, item.dated, item.weeks, tags)


def format_filing(filing: Filing) -> str:
    """A filing in a line; `parse_filing` is its inverse."""
    numbers = (filing.stretches.start, filing.stretches.stop, *(filing.dated or (0, 0)))
    weeks = (filing.weeks.start, filing.weeks.stop)
    return " ".join((",".join(filing.tags), *map(str, (*numbers, *weeks)), filing.event_class))


def parse_filing(line: str) -> Filing:
    """The filing that a line tells."""
    tags, *numbers, event_class = line.split(" ", 7)
    one, other, first, last, week, end = map(int, numbers)
    dated = (first, last) if first else None
    return Filing(event_class, range(one, other), dated, range(week, end), tuple(tags.split(",")) if tags else ())


@lru_cache(maxsize=65536)
def tag(name: str) -> str:
    """A short digest of a name, so long that no two names have one."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _keys(event_class: str, names: Collection[str], stretches: range) -> Iterator[Key]:
    """Classes, name, and stretch of days: the one it lies in, and the next, so that neighbours meet."""
    for classes in _pairs_of_classes(event_class):
        for name in names:
            for stretch in stretches:
                yield classes, name, stretch


@cache
def _pairs_of_classes(event_class: str) -> tuple[tuple[str, str], ...]:
    """A class with itself, and with each that is told as the other."""
    others = {other for other in event_classes() if related(event_class, other)} | {event_class}
    pairs = ((event_class, other) if event_class < other else (other, event_class) for other in sorted(others))
    return tuple(pairs)


class Touched:
    """The whole blocks in which entries came or went, and what of them is compared anew.

    `standing`: the lines of filings of entries that stand, by number; where there is none, all blocks are new.
    """

    def __init__(
        self,
        came: Mapping[Item, Filing],
        went: Iterable[Filing] = (),
        standing: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        self._came, self._everything = came, not standing
        self._changed: dict[Key, list[Filing]] = defaultdict(list)
        for filing in (*came.values(), *went) if standing else ():
            for key in filing.keys:
                self._changed[key].append(filing)
        self._tags = {name for _, name, _ in self._changed}
        self._standing: dict[Key, list[tuple[int, Filing]]] = defaultdict(list)
        for number, line in standing.items():
            if tags := self._tags.intersection(line[: line.index(" ")].split(",")):
                filing = parse_filing(line)
                for key in _keys(filing.event_class, tags, filing.stretches):
                    if key in self._changed:
                        self._standing[key].append((number, filing))
        self.near = {number for key, of in self._standing.items() for number in self._near(key, of)}
        """The entries that stand and are compared anew, by number."""

    def _near(self, key: Key, standing: Sequence[tuple[int, Filing]]) -> Iterator[int]:
        """Those of a whole block that stand in a day or week of it with what came or went; all, if it is not wide."""
        changed, stretch = self._changed[key], key[2]
        days = {day for filing in changed for day in _days(filing.dated, stretch)}
        weeks = {week for filing in changed for week in filing.weeks}
        if all(filing.dated for filing in (*changed, *(filing for _, filing in standing))):
            weeks = set()
        for number, filing in standing:
            lies_there = not (days.isdisjoint(_days(filing.dated, stretch)) and weeks.isdisjoint(filing.weeks))
            if lies_there or len(standing) <= WIDEST or stretch < 0:
                yield number

    def blocks(self, items: Sequence[Item]) -> Iterator[Sequence[Block]]:
        """What is compared anew, blocks that may have pairs in common together.

        `items` are those that came and those that are `near`, oldest first.
        """
        for key, members in self._whole(items).items():
            block = Block(*key, members)
            if len(members) < 2 or not _can_meet(block):
                continue
            if self._size(key, members) <= WIDEST:
                yield (block,)
            else:
                yield from ([*_parted(part)] for part in _sliced(block) if self._is_new(key, part.day, part.week))

    def parts(self, a: Item, b: Item) -> bool:
        """Whether two, linked before, are compared anew, so that the old link falls."""
        key = _key_of_pair(a, b)
        day = _first_day(a, b, key[2])
        return self._is_new(key, day, 0 if day else max(a.weeks.start, b.weeks.start))

    def _whole(self, items: Iterable[Item]) -> Mapping[Key, list[Item]]:
        """The touched whole blocks, with all who are looked at there."""
        found: dict[Key, list[Item]] = defaultdict(list)
        for item in items if self._everything else ():
            for key in _keys(item.entry.event_class, item.names, item.stretches):
                found[key].append(item)
        for item in () if self._everything else items:
            for name in item.names:
                if (short := tag(name)) in self._tags:
                    for classes, _, stretch in _keys(item.entry.event_class, (name,), item.stretches):
                        if (classes, short, stretch) in self._changed:
                            found[classes, name, stretch].append(item)
        return found

    def _is_new(self, key: Key, day: int, week: int) -> bool:
        """Whether a day or a week of a whole block is compared anew; all of one that is, or was, not wide."""
        if self._everything:
            return True
        classes, name, stretch = key
        changed = self._changed.get(filed := (classes, tag(name), stretch), ())
        if len(self._standing.get(filed, ())) <= WIDEST or stretch < 0:
            return bool(changed)
        return any(filing.lies_on(stretch, day, week) for filing in changed)

    def _size(self, key: Key, members: Sequence[Item]) -> int:
        """How many stand in a whole block, looked at or not."""
        if self._everything:
            return len(members)
        classes, name, stretch = key
        standing = self._standing.get((classes, tag(name), stretch), ())
        return len(standing) + sum(item in self._came for item in members)


def _can_meet(block: Block) -> bool:
    """Whether both of its classes are there."""
    first, second = block.classes
    return first == second or len({item.entry.event_class for item in block.items}) > 1


# --------------------------------------------------------------------------------------------------- by time


def _sliced(block: Block) -> Iterator[Block]:
    """A wide block by the days on which its entries lie; what has no day by the weeks of its reports."""
    if block.stretch < 0:
        yield block
        return
    undated = any(item.dated is None for item in block.items)
    days: dict[int, list[Item]] = defaultdict(list)
    weeks: dict[int, list[Item]] = defaultdict(list)
    for item in block.items:
        for day in _days(item.dated, block.stretch):
            days[day].append(item)
        if undated:
            for week in item.weeks:
                weeks[week].append(item)
    for day, items in sorted(days.items()):
        yield _part(block, items, day=day)
    for week, items in sorted(weeks.items()):
        yield _part(block, items, week=week)


def _part(block: Block, items: Sequence[Item], day: int = 0, week: int = 0) -> Block:
    return Block(block.classes, block.name, block.stretch, items, day or block.day, week or block.week)


def _days(dated: tuple[int, int] | None, stretch: int) -> range:
    """The days on which it may lie, as far as they are those of the stretch and its neighbours."""
    if dated is None:
        return range(0)
    return range(max(dated[0], (stretch - 1) * STRETCH), min(dated[1], (stretch + 2) * STRETCH) + 1)


def _first_day(a: Item, b: Item, stretch: int) -> int:
    """The first day on which both may lie; 0 where one has none."""
    return max(a.dated[0], b.dated[0], (stretch - 1) * STRETCH) if a.dated and b.dated else 0


# ----------------------------------------------------------------------------------------------- by features


def _parted(block: Block) -> Iterator[Block]:
    """A block by what its entries have in common, where it is wide."""
    if len(block.items) <= WIDEST:
        if len(block.items) > 1:
            yield block
        return
    told = [sorted({*item.words, *(f"name {one}" for one in item.names if one != block.name)}) for item in block.items]
    counts = Counter(one for of in told for one in of)
    common = len(block.items)
    filed = [
        sorted((one for one in of if 1 < counts[one] < common), key=lambda one: (counts[one], one))[:FEATURES]
        for of in told
    ]
    yield from _filed(block, list(zip(block.items, filed, strict=True)), TOGETHER)


def _filed(block: Block, filed: Sequence[tuple[Item, Sequence[str]]], together: int) -> Iterator[Block]:
    """One block for each feature; a wide one by its next features, at last by neighbours."""
    under: dict[str, list[tuple[Item, Sequence[str]]]] = defaultdict(list)
    for item, features in filed:
        for at, one in enumerate(features):
            under[one].append((item, features[at + 1 :]))
    wide = {one for one, of in under.items() if len(of) > WIDEST}
    for one in sorted(under):
        members = under[one]
        if one not in wide:
            if len(members) > 1:
                yield _part(block, [item for item, _ in members])
        elif together > 1:
            left = [(item, [other for other in rest if other in wide]) for item, rest in members]
            yield from _filed(block, left, together - 1)
        else:
            yield from _neighbours(block, [item for item, _ in members])
    if len(crowd := [item for item, features in filed if wide.issuperset(features)]) > 1:
        yield from _neighbours(block, crowd)


def _neighbours(block: Block, items: Iterable[Item]) -> Iterator[Block]:
    """Entries in an order by their words, in stretches that overlap and that end where an entry's own digest says."""
    stretches: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda item: (sorted(item.words), item.order)):
        stretches[-1].append(item)
        if item.digest[0] % CUT == 0 or len(stretches[-1]) >= WIDEST // 2:
            stretches.append([])
    for at, one in enumerate(stretches):
        both = [*one, *(stretches[at + 1] if at + 1 < len(stretches) else ())]
        if len(both) > 1:
            yield _part(block, sorted(both, key=lambda item: item.order))
