"""What is read while a thing is made, so that it is made anew only where something that it read is otherwise.

Whoever makes a page asks tables for what it shows, and the tables note what was asked. What a thing was made from is
therefore never listed by hand, and no page can forget to say on what it depends: a verifying trace, as in Mokhov,
Mitchell and Peyton Jones, "Build systems à la carte" (2018).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")

Fact = tuple[str, Hashable]
"""A table, and the key under which something was asked of it; `ALL` for the table as a whole."""
ALL = ""
THERE = "?"
"""Behind the name of a table: only whether it has a key was asked, not what stands there."""


class Reads:
    """Notes what is read, by numbers of facts."""

    __slots__ = ("_numbers", "facts", "now")

    def __init__(self) -> None:
        self.now: set[int] = set()
        self.facts: list[Fact] = []
        """Number → fact."""
        self._numbers: dict[str, dict[Any, int]] = {}

    def of_table(self, name: str) -> dict[Any, int]:
        """Key → number, of the facts of one table that have one."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = {}
        return found

    def number(self, numbers: dict[Any, int], name: str, key: Hashable) -> int:
        """The number of a fact; `numbers` are those of its table."""
        found = numbers.get(key)
        if found is None:
            found = numbers[key] = len(self.facts)
            self.facts.append((name, key))
        return found

    def told(self, numbers: Iterable[int], since: int) -> dict[int, Fact]:
        """The facts behind those numbers that were given `since` there were so many."""
        return {number: self.facts[number] for number in numbers if number >= since}

    def here(self, numbers: array[int], facts: Mapping[int, Fact]) -> array[int]:
        """The numbers that facts have here; `facts` are those that another process knows by other numbers."""
        now = {number: self.number(self.of_table(fact[0]), *fact) for number, fact in facts.items()}
        return array("I", [now.get(number, number) for number in numbers])

    def of(self, make: Callable[[], T]) -> tuple[T, array[int]]:
        """What `make` gives, and what it read; whoever waits for it has not read that."""
        before, self.now = self.now, set()
        try:
            value = make()
            return value, array("I", self.now)
        finally:
            self.now = before


class Table(Mapping[K, V], Generic[K, V]):
    """Things by key, from outside: whatever is asked of them is noted."""

    def __init__(self, name: str, reads: Reads, held: Mapping[K, V]) -> None:
        self.name = name
        self.reads = reads
        self.held = held
        self._numbers = reads.of_table(name)
        self._there = reads.of_table(name + THERE)

    def note(self, key: Hashable) -> None:
        """Note that what stands under a key was asked for; under `ALL`, everything."""
        number = self._numbers.get(key)
        self.reads.now.add(self.reads.number(self._numbers, self.name, key) if number is None else number)

    def note_there(self, key: Hashable) -> None:
        """Note that it was asked whether there is such a key; for `ALL`, which keys there are."""
        self.reads.now.add(self.reads.number(self._there, self.name + THERE, key))

    def __getitem__(self, key: K) -> V:
        if (number := self._numbers.get(key)) is None:
            self.note(key)
        else:
            self.reads.now.add(number)
        return self.held[key]

    def get(self, key: K, default: Any = None) -> Any:
        """What stands under a key, or else the default."""
        if (number := self._numbers.get(key)) is None:
            self.note(key)
        else:
            self.reads.now.add(number)
        return self.held.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.note_there(key)
        return key in self.held

    def __iter__(self) -> Iterator[K]:
        self.note_there(ALL)
        return iter(self.held)

    def __len__(self) -> int:
        self.note_there(ALL)
        return len(self.held)

    def values(self) -> ValuesView[V]:
        """Everything, as a whole."""
        self.note(ALL)
        self.note_there(ALL)
        return self.held.values()

    def items(self) -> ItemsView[K, V]:
        """Everything with its keys, as a whole."""
        self.note(ALL)
        self.note_there(ALL)
        return self.held.items()


class Late(Mapping[K, V], Generic[K, V]):
    """Things by key, each made of what is given for it when somebody looks."""

    def __init__(self, given: Mapping[K, T], make: Callable[[T], V]) -> None:
        self.given: Mapping[K, Any] = given
        self.make: Callable[[Any], V] = make
        self.known: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        try:
            return self.known[key]
        except KeyError:
            value = self.known[key] = self.make(self.given[key])
            return value

    def __contains__(self, key: object) -> bool:
        return key in self.given

    def __iter__(self) -> Iterator[K]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


class Found(Mapping[K, V], Generic[K, V]):
    """Things by key that are found, all at once, when somebody looks."""

    def __init__(self, find: Callable[[], Mapping[K, V]]) -> None:
        self._find = find

    @cached_property
    def _held(self) -> Mapping[K, V]:
        return self._find()

    def __getitem__(self, key: K) -> V:
        return self._held[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class Made(Table[K, V]):
    """Things made from what other tables hold, each when it is first asked for."""

    def __init__(self, name: str, reads: Reads, keys: Iterable[K], make: Callable[[K], V]) -> None:
        super().__init__(name, reads, {})
        self.keys_: dict[K, None] = dict.fromkeys(keys)
        self.make = make
        self.made: dict[K, V] = {}
        self.read: dict[K, array[int]] = {}
        """Key → the numbers of what was read while the thing was made."""
        self.recall: Callable[[K | None], Mapping[K, V]] | None = None
        """Gives what is known of a thing from an earlier run, or of all things."""

    def __getitem__(self, key: K) -> V:
        if (number := self._numbers.get(key)) is None or key not in self.made:
            self.note(key)
            return self.peek(key)
        self.reads.now.add(number)
        return self.made[key]

    def peek(self, key: K) -> V:
        """What stands under a key, without a note."""
        try:
            return self.made[key]
        except KeyError:
            if key not in self.keys_:
                raise
        if self.recall and (known := self.recall(key)):
            self.made.update(known)
            return known[key]
        value, self.read[key] = self.reads.of(lambda: self.make(key))
        self.made[key] = value
        return value

    def get(self, key: K, default: Any = None) -> Any:
        """What stands under a key, or else the default."""
        self.note(key)
        return self.peek(key) if key in self.keys_ else default

    def __contains__(self, key: object) -> bool:
        self.note_there(key)
        return key in self.keys_

    def __iter__(self) -> Iterator[K]:
        self.note_there(ALL)
        return iter(self.keys_)

    def __len__(self) -> int:
        self.note_there(ALL)
        return len(self.keys_)

    def values(self) -> ValuesView[V]:
        """Everything, as a whole."""
        self.note(ALL)
        self.note_there(ALL)
        return self._every().values()

    def items(self) -> ItemsView[K, V]:
        """Everything with its keys, as a whole."""
        self.note(ALL)
        self.note_there(ALL)
        return self._every().items()

    def at_hand(self) -> None:
        """Recall all that is known, at once: for whoever goes through everything."""
        if self.recall and len(self.made) < len(self.keys_):
            self.made.update(self.recall(None))

    def _every(self) -> dict[K, V]:
        self.at_hand()
        return {key: self.peek(key) for key in self.keys_}


class Passed(Generic[K, V]):
    """Things made once and handed on: who asks for one has read what it was made from."""

    def __init__(self, reads: Reads, make: Callable[[K], V]) -> None:
        self.reads = reads
        self.make = make
        self.made: dict[K, tuple[V, array[int]]] = {}

    def __getitem__(self, key: K) -> V:
        known = self.made.get(key)
        if known is None:
            known = self.made[key] = self.reads.of(lambda: self.make(key))
        self.reads.now.update(known[1])
        return known[0]
