"""Which entries are worth comparing: those of one class, with a common actor, event or story, in one stretch of time.

Blocks are small, so that the number of comparisons grows with the entries and not with their pairs: a wide block is
parted by days, then by the words and actors that tell its entries apart (Papadakis and others, "Blocking and filtering
techniques for entity resolution", 2020, call it token blocking), the widest words two at a time. What even so stands in
a crowd is compared with its neighbours in an order by wording, cut at places that its content gives (as in A.
Muthitacharoen and others, "A low-bandwidth network file system", 2001). A new entry changes only the blocks in which
it stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

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


@dataclass(frozen=True, slots=True)
class Block:
    """Entries, oldest first, of which those are compared that `meet` in this block and in none before it."""

    classes: tuple[str, str]
    name: str
    stretch: int
    items: Sequence[Item]
    day: int = 0
    week: int = 0

    @property
    def digest(self) -> bytes:
        """What stands for all that is compared in it."""
        told = repr((self.classes, self.name, self.stretch, self.day, self.week)).encode("utf-8", "surrogatepass")
        return blake2b(told + b"".join(item.digest for item in self.items), digest_size=12).digest()

    def meet(self, a: Item, b: Item) -> bool:
        """Whether a pair is compared here: its times can agree, and no other block of the kind has it first.

        It depends on the two and on the kind of block alone.
        """
        if not times_can_agree(a, b):
            return False
        if self.classes[0] != self.classes[1] and a.entry.event_class == b.entry.event_class:
            return False
        if self.day and self.day != _first_day(a, b, self.stretch):
            return False
        if self.week and ((a.dated and b.dated) or self.week != max(a.weeks.start, b.weeks.start)):
            return False
        if self.stretch != max(a.stretches.start, b.stretches.start):
            return False
        return self.name == (a.gist if days_disputed(a, b) else min(a.names & b.names))


def find_blocks(items: Sequence[Item]) -> Iterator[Sequence[Block]]:
    """Blocks of entries that may be one, those together that have pairs in common; `items` stand in order."""
    whole: dict[tuple[tuple[str, str], str, int], list[Item]] = defaultdict(list)
    for item in items:
        for key in _keys(item):
            whole[key].append(item)
    for key in sorted(whole):
        block = Block(*key, whole[key])
        if len(block.items) < 2 or not _can_meet(block):
            continue
        if len(block.items) <= WIDEST:
            yield (block,)
        else:
            yield from ([*_parted(part)] for part in _sliced(block))


def _can_meet(block: Block) -> bool:
    """Whether both of its classes are there."""
    first, second = block.classes
    return first == second or len({item.entry.event_class for item in block.items}) > 1


def _keys(item: Item) -> Iterator[tuple[tuple[str, str], str, int]]:
    """Classes, name, and stretch of days: the one it lies in, and the next, so that neighbours meet."""
    for classes in _pairs_of_classes(item.entry.event_class):
        for name in item.names:
            for stretch in item.stretches:
                yield classes, name, stretch


@cache
def _pairs_of_classes(event_class: str) -> tuple[tuple[str, str], ...]:
    """A class with itself, and with each that is told as the other."""
    others = {other for other in event_classes() if related(event_class, other)} | {event_class}
    pairs = ((event_class, other) if event_class < other else (other, event_class) for other in sorted(others))
    return tuple(pairs)


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
        for day in _days(item, block.stretch):
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


def _days(item: Item, stretch: int) -> range:
    """The days on which it may lie, as far as they are those of the stretch and its neighbours."""
    if item.dated is None:
        return range(0)
    return range(max(item.dated[0], (stretch - 1) * STRETCH), min(item.dated[1], (stretch + 2) * STRETCH) + 1)


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
