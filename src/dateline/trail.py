"""The traces of the last run: what was made from what. It tells which things are as they were, and need not be made.

Every fact that something was made from has a stamp, a digest of what was read. Tables are gone through in the order in
which they hang on each other: where a stamp is another one, whatever read it is made anew; where that turns out as it
was before, nothing further on changes (early cutoff). Never needed for correctness.
"""

from __future__ import annotations

import base64
from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from .digests import digest_of_value
from .folders import load_kept, save_kept
from .traces import ALL, THERE, Fact, Made, Reads, Table

FILE = "traces.json"
_FORM = 2
STAMP = 16
"""So many signs of a digest tell one thing from another."""
GROWN = 1.3
"""Facts are numbered anew when there are so many times more than there were."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(slots=True)
class _Kept:
    """The things of one table as the last run left them."""

    spans: dict[Hashable, tuple[int, int]]
    """Key → from where to where its facts stand in `facts`."""
    facts: array[int]
    values: dict[Hashable, Any]


class Trail:
    """What the last run made from what, beside what is there now."""

    def __init__(self, tracker: Path | None, frame: str) -> None:
        """Recall the last run of this frame: what else than facts everything hangs on."""
        self._tracker = tracker
        self._frame = [_FORM, frame]
        facts: list[Fact] = []
        self._stamps: list[str] = []
        self._made: dict[str, _Kept] = {}
        self._changed: set[int] = set()
        self._tables: dict[str, tuple[Table[Any, Any] | None, Callable[[Any], str]]] = {}
        self._known: dict[Fact, str] = {}
        self._final: list[str] = []
        """The stamps of all facts, to be kept."""
        self._settled: list[tuple[Made[Any, Any], Callable[[Any], Any] | None]] = []
        self.values: dict[str, dict[Hashable, Any]] = {}
        """Table → key → what is to be kept of a thing beside its traces, where no function tells it."""
        self.notes: dict[str, Any] = {}
        """What else is to be kept."""
        self.noted: dict[str, Any] = {}
        """What the last run noted so."""
        self._numbered = 0
        """How many facts there were when they were numbered; others came since, and some may be of no use now."""
        try:
            facts = self._recall(load_kept(tracker, FILE) if tracker else None)
        except (TypeError, ValueError, IndexError, KeyError):
            self._stamps, self._made, self.noted = [], {}, {}
        self.reads = Reads(facts)
        """Notes what is read in this run; what was read before keeps its number."""

    def _recall(self, kept: Any) -> list[Fact]:
        if not kept or kept[0] != self._frame:
            return []
        _, *made, of, keys, self._stamps, (self._numbered, self.noted, names) = kept
        facts = [(names[at], _key(key)) for at, key in zip(_numbers(of), keys, strict=True)]
        if len(self._stamps) != len(facts):
            raise ValueError(FILE)
        for name, things, ends, read, values in made:
            known = [_key(key) for key in things]
            spans = dict(zip(known, pairwise((0, *_numbers(ends))), strict=True))
            held = dict(zip(known, values, strict=True)) if values else {}
            self._made[name] = _Kept(spans, _numbers(read), held)
            if max(self._made[name].facts, default=-1) >= len(facts):
                raise ValueError(name)
        return facts

    # ------------------------------------------------------------------------------------- what is otherwise

    def judge(
        self,
        table: Table[Any, Any],
        stamp: Callable[[Any], str] = digest_of_value,
        by_key: Callable[[Any], str] | None = None,
    ) -> None:
        """Compare a table that came from outside with what was read of it; stamps are of values, or told `by_key`."""
        held = table.held
        told = by_key or (lambda key: stamp(held[key]))
        self._judge(table, lambda key: told(key) if key in held else "")

    def judge_places(self, name: str, place: Callable[[Any], str], moved: Callable[[Any], bool]) -> None:
        """Compare what a function tells, as a table; only what may have `moved` is looked at."""
        self._tables[name] = (None, place)
        self._compare(number for key, number in self.reads.of_table(name).items() if moved(key))

    def settle(
        self,
        table: Made[K, V],
        stamp: Callable[[V], str] = digest_of_value,
        pack: Callable[[V], Any] | None = None,
        unpack: Callable[[K, Any], V] | None = None,
    ) -> set[Any]:
        """Make what is not as it was; the rest is taken as kept, or left until somebody asks. Gives what changed."""
        before = self._made.get(table.name)
        anew = self.anew(table)
        if before and unpack:
            taken = before.values.pop if pack else before.values.__getitem__  # what is packed again need not be held
            table.made.update((key, unpack(key, taken(key))) for key in table.keys_ if key not in anew)
        for key in anew:
            table.peek(key)

        def told(key: K) -> str:
            if key not in table.keys_:
                return ""
            number = None if key in anew else self._number((table.name, key))
            return stamp(table.peek(key)) if number is None else self._stamps[number]

        self._settled.append((table, pack))
        gone = before.spans.keys() - table.keys_.keys() if before else set()
        self._judge(table, told, [ALL, *anew, *gone])
        return {key for key in (*anew, *gone) if self._is_other((table.name, key))}

    def anew(self, table: Made[K, V]) -> dict[K, None]:
        """The things of a table that must be made anew, or were never made."""
        before = self._made.get(table.name)
        if before is None:
            return dict(table.keys_)
        touched = self._touched(before)
        return {key: None for key in table.keys_ if key not in before.spans or key in touched}

    def keep(self, table: Made[K, V]) -> None:
        """Keep the traces of a table, too, of which `values` are kept; others know it by these."""
        self._settled.append((table, None))

    def value(self, table: Made[K, V], key: K) -> Any:
        """What the last run kept of a thing; None for nothing."""
        before = self._made.get(table.name)
        return before.values.get(key) if before else None

    def _touched(self, before: _Kept) -> set[Hashable]:
        changed = self._changed
        found: set[Hashable] = set()
        hits = [at for at, fact in enumerate(before.facts) if fact in changed] if changed else []
        if hits:
            keys = list(before.spans)
            ends = [end for _, end in before.spans.values()]
            found.update(keys[bisect_right(ends, at)] for at in hits)
        return found

    def _judge(
        self, table: Table[Any, Any], stamp: Callable[[Any], str], keys: Iterable[Hashable] | None = None
    ) -> None:
        """Compare what was read of a table, or of some of its keys, with what stands there now."""
        name = table.name
        self._tables[name] = (table, stamp)
        if keys is None:
            self._compare((*self.reads.of_table(name).values(), *self.reads.of_table(name + THERE).values()))
        else:
            asked = ((of, key) for key in keys for of in (name, name + THERE))
            self._compare(number for fact in asked if (number := self._number(fact)) is not None)

    def _compare(self, numbers: Iterable[int]) -> None:
        facts, stamps = self.reads.facts, self._stamps
        known = (n for n in numbers if n < len(stamps))
        self._changed.update(n for n in known if self._stamp(facts[n]) != stamps[n])

    def _number(self, fact: Fact) -> int | None:
        """The number that a fact had in the last run."""
        name, key = fact
        number = self.reads.of_table(name).get(key)
        return number if number is not None and number < len(self._stamps) else None

    def _is_other(self, fact: Fact) -> bool:
        number = self._number(fact)
        return number is None or number in self._changed

    def _stamp(self, fact: Fact) -> str:
        """What a fact is now; "" for what is not there."""
        known = self._known.get(fact)
        if known is None:
            known = self._known[fact] = self._ask(*fact)[:STAMP]
        return known

    def _ask(self, name: str, key: Hashable) -> str:
        table, stamp = self._tables[name.removesuffix(THERE)]
        if table is None:
            return stamp(key)
        keys = table.keys_ if isinstance(table, Made) else table.held
        if name.endswith(THERE):
            return digest_of_value(tuple(keys)) if key == ALL else "1" if key in keys else ""
        if key == ALL:
            return digest_of_value(tuple([(key, self._stamp((name, key))) for key in keys]))
        return stamp(key)

    # ------------------------------------------------------------------------------------- keeping

    def stamp(self) -> None:
        """Reckon all stamps, so that what they were reckoned from may go.

        What was compared, and is as it was, need not be reckoned again.
        """
        known, changed = self._stamps, self._changed
        self._final = [
            known[number] if number < len(known) and number not in changed else self._stamp(fact)
            for number, fact in enumerate(self.reads.facts)
        ]

    def save(self) -> None:
        """Keep the traces for the next run; all stamps are reckoned before."""
        if self._tracker is None:
            return
        facts = self.reads.facts
        renumbered: dict[int, int] | None = None
        if len(facts) > GROWN * self._numbered:
            renumbered, self._numbered = {}, 0  # so that what nobody reads any more goes
        save_kept(self._tracker, FILE, self._spelt(facts, renumbered))

    def _spelt(self, facts: list[Fact], renumbered: dict[int, int] | None) -> Iterator[object]:
        """What is kept, piece by piece: the frame, a piece for each table, and what the facts are."""
        yield self._frame
        for table, pack in self._settled:
            things, read, ends = self._traced(table, renumbered)
            held = self.values.get(table.name, {})
            values = [pack(table.peek(key)) for key in things] if pack else [held.get(key) for key in things]
            yield [table.name, things, _text(ends), _text(read), values]
        stamps = self._final
        if renumbered is not None:
            facts, stamps = [facts[number] for number in renumbered], [stamps[number] for number in renumbered]
            self._numbered = len(facts)
        names = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in facts))}
        yield _text(array("I", [names[name] for name, _ in facts]))
        yield [key for _, key in facts]
        yield stamps
        yield [self._numbered, self.notes, list(names)]

    def _traced(
        self, table: Made[Any, Any], renumbered: dict[int, int] | None
    ) -> tuple[list[Any], array[int], array[int]]:
        """The things of a table that were made, the numbers of what was read for them, and where these end."""
        before = self._made.get(table.name)
        spans = before.spans if before else {}
        things = [key for key in table.keys_ if key in table.read or key in spans]
        read, ends = array("I"), array("I")
        for key in things:
            if key in table.read:
                read.extend(table.read[key])
            elif before:
                start, end = spans[key]
                read.extend(before.facts[start:end])
            ends.append(len(read))
        if renumbered is not None:
            read = array("I", [renumbered.setdefault(number, len(renumbered)) for number in read])
        return things, read, ends


def _key(key: Any) -> Hashable:
    return tuple(key) if isinstance(key, list) else key


def _text(numbers: array[int]) -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def _numbers(text: str) -> array[int]:
    found = array("I")
    found.frombytes(base64.b64decode(text))
    return found
