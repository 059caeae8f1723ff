"""The traces of the last run: what was made from what. It tells which things are as they were, and need not be made.

Every fact that something was made from has a stamp, a digest of what was read. Tables are gone through in the order in
which they hang on each other: where a stamp is another one, whatever read it is made anew; where that turns out as it
was before, nothing further on changes (early cutoff). Never needed for correctness.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import Any, TypeVar

from .book import Book, Changes
from .digests import digest_of_plain, digest_of_value
from .traces import ALL, THERE, Fact, Made, Reads, Table

_KEYS, _ASKED = "keys of ", "asked by "
"""What is noted of a table: a digest of its keys, and the tables that its things were made from."""
_MANY = 200
"""With more facts of a table, all of them are looked up at once."""
STAMP = 16
"""So many signs of a digest tell one thing from another."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Trail:
    """What the last run made from what, beside what is there now. LostError, from any method, where that is damaged."""

    def __init__(self, tracker: Path | None, frame: str) -> None:
        """Recall the last run of this frame: what else than facts everything hangs on."""
        self.book = Book(tracker, frame)
        self.reads = Reads()
        """Notes what is read in this run."""
        self.notes: dict[str, Any] = {}
        """What else is to be kept."""
        self._changed: dict[int, tuple[str, str, int, str]] = {}
        """Number → the fact that is otherwise now: its table, key, number and stamp."""
        self._tables: dict[str, tuple[Table[Any, Any] | None, Callable[[Any], str]]] = {}
        self._known: dict[Fact, str] = {}
        self._anew: dict[str, dict[Any, None]] = {}
        self._gone: list[tuple[str, str]] = []
        self._kept: list[tuple[Made[Any, Any], Callable[[Any], Any]]] = []
        """Tables, and what is to be kept of a thing of theirs."""
        self._numbers: dict[int, int] = {}
        """The number of a fact in this run → the one by which it is kept."""
        self._new: list[tuple[str, str, int, str]] = []

    def noted(self, name: str) -> Any:
        """What the last run noted under a name; None for nothing."""
        return self.book.note(name)

    # ------------------------------------------------------------------------------------- what is otherwise

    def judge(
        self,
        table: Table[Any, Any],
        stamp: Callable[[Any], str] = digest_of_value,
        by_key: Callable[[Any], str] | None = None,
        moved: Collection[Any] | None = None,
    ) -> set[Any]:
        """Compare a table that came from outside with what was read of it; stamps are of values, or told `by_key`.

        Where only some keys may have `moved`, nothing else is looked at. Gives those of them that are otherwise.
        """
        held, name = table.held, table.name
        told = by_key or (lambda key: stamp(held[key]))
        self._tables[name] = (table, lambda key: told(key) if key in held else "")
        if moved is None:
            for facts in (name, name + THERE):
                self._compare(facts, self.book.facts_of(facts))
            return set()
        return self._look_at(name, moved) if moved else set()

    def judge_places(self, name: str, place: Callable[[Any], str], moved: Iterable[tuple[Any, ...]]) -> None:
        """Compare what a function tells, as a table; only keys that begin as those that `moved` are looked at."""
        self._tables[name] = (None, place)
        for start in moved:
            self._compare(name, self.book.facts_of(name, f"{_text(start)[:-1]},"))

    def settle(
        self,
        table: Made[K, V],
        stamp: Callable[[V], str] | None = None,
        pack: Callable[[V], Any] | None = None,
        unpack: Callable[[K, Any], V] | None = None,
    ) -> set[Any]:
        """Make what is not as it was; the rest is taken as kept, or made, when somebody asks. Gives what changed.

        Where nothing else is said, stamps are of what is kept of a thing, or else of the thing.
        """
        name = table.name
        stamp = stamp or (digest_of_value if pack is None else lambda value: digest_of_plain(pack(value)))
        anew = self.anew(table)
        if unpack and not self.book.is_empty:
            table.recall = self._recalling(table, anew, unpack)
        for key in anew:
            table.peek(key)

        def told(key: K) -> str:
            if key not in table.keys_:
                return ""
            known = None if key in anew else self.book.stamp(name, _text(key))
            return stamp(table.peek(key)) if known is None else known

        self._tables[name] = (table, told)
        self.keep(table, (lambda key: pack(table.peek(key))) if pack else lambda _: None)
        return self._judge_made(table, anew)

    def _judge_made(self, table: Made[K, V], anew: Collection[K]) -> set[Any]:
        """Compare the things of a table that were made anew, or are no more."""
        if self.book.is_empty:
            return set(anew)
        gone = [_key(key) for of, key in self._gone if of == table.name]
        return self._look_at(table.name, (*anew, *gone)) if anew or gone else set()

    def _look_at(self, name: str, keys: Iterable[Hashable]) -> set[Any]:
        """Compare what was read of some keys of a table; gives those that are otherwise, or were not known."""
        other = set()
        for key in keys:
            self._look(name + THERE, key)
            if self._look(name, key):
                other.add(key)
        self._look(name + THERE, ALL)
        if other:
            self._look(name, ALL)
        return other

    def _recalling(
        self, table: Made[K, V], anew: Collection[K], unpack: Callable[[K, Any], V]
    ) -> Callable[[K | None], Mapping[K, V]]:
        """Gives what was kept of one thing, or of all."""

        def recall(key: K | None) -> Mapping[K, V]:
            if key is not None:
                return {} if key in anew else {key: unpack(key, self.book.value(table.name, _text(key)))}
            every = ((_key(text), told) for text, told in self.book.values_of(table.name).items())
            return {
                key: unpack(key, told)
                for key, told in every
                if key in table.keys_ and key not in anew and key not in table.made
            }

        return recall

    def anew(self, table: Made[K, V]) -> dict[K, None]:
        """The things of a table that must be made anew, or were never made."""
        name, keys = table.name, table.keys_
        told = digest_of_plain(tuple(keys))
        same = not self.book.is_empty and self.book.note(_KEYS + name) == told
        self.notes[_KEYS + name] = told
        touched = self._touched(name)
        if same:
            found = dict.fromkeys(map(_key, touched))
        else:
            before = self.book.keys_of(name)
            now = {_text(key): key for key in keys}
            found = {key: None for text, key in now.items() if text not in before or text in touched}
            self._gone += [(name, text) for text in before - now.keys()]
        self._anew[name] = found
        return found

    def _touched(self, name: str) -> set[str]:
        """The things of a table that were made from what is otherwise now."""
        asked = {*(self.book.note(_ASKED + name) or ())}
        changed = {number for number, (of, *_) in self._changed.items() if of in asked}
        return set(self.book.reading(name, changed)) if changed else set()

    def keep(self, table: Made[K, V], pack: Callable[[K], Any]) -> None:
        """Keep the traces of a table, too, and what `pack` gives of a thing."""
        self._kept.append((table, pack))

    def values(self, table: Made[Any, Any]) -> dict[Any, Any]:
        """What the last run kept of the things of a table."""
        return {_key(text): told for text, told in self.book.values_of(table.name).items()}

    def _compare(self, name: str, rows: Iterable[tuple[str, int, str]]) -> None:
        """Note which facts of a table are otherwise now; `rows` are keys, numbers and stamps."""
        for text, number, before in rows:
            now = self._stamp((name, _key(text)))
            if now != before:
                self._changed[number] = (name, text, number, now)

    def _look(self, name: str, key: Hashable) -> bool:
        """Whether a fact is otherwise now, or was not known."""
        text = _text(key)
        known = self.book.fact(name, text)
        if known:
            self._compare(name, [(text, *known)])
        return known is None or known[0] in self._changed

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
            return digest_of_plain(tuple(keys)) if key == ALL else "1" if key in keys else ""
        if key != ALL:
            return stamp(key)
        if isinstance(table, Made) and not self.book.is_empty:
            anew, before = self._anew[name], self.book.stamps_of(name)
            told = [(of, self._stamp((name, of)) if of in anew else before[_text(of)]) for of in keys]
        else:
            told = [(of, self._stamp((name, of))) for of in keys]
        return digest_of_plain(tuple(told))

    # ------------------------------------------------------------------------------------- keeping

    def stamp(self) -> None:
        """Reckon all stamps, so that what they were reckoned from may go."""
        self.reckon()
        facts, every = self.reads.facts, set[int]()
        for table, _ in self._kept:
            read = set[int]().union(*(table.read[key] for key in self._anew[table.name]))
            asked = {facts[at][0] for at in read}.union(self.book.note(_ASKED + table.name) or ())
            self.notes[_ASKED + table.name] = sorted(asked)
            every |= read
        self._number(every)

    def reckon(self) -> None:
        """Reckon the stamps of what was made anew so far."""
        for table, _ in self._kept:
            if table.name in self._tables:
                for key in self._anew[table.name]:
                    self._stamp((table.name, key))

    def _number(self, read: Iterable[int]) -> None:
        """Find the numbers by which facts are kept; those that have none get one."""
        facts, number = self.reads.facts, self.book.facts()
        by_table: dict[str, list[int]] = {}
        for at in read:
            by_table.setdefault(facts[at][0], []).append(at)
        for name, of in by_table.items():
            known = {text: told for text, told, _ in self.book.facts_of(name)} if len(of) > _MANY else None
            for at in of:
                text = _text(facts[at][1])
                if known is None:
                    row = self.book.fact(name, text)
                    kept = row and row[0]
                else:
                    kept = known.get(text)
                if kept is None:
                    self._new.append((name, text, number, self._stamp(facts[at])))
                    kept, number = number, number + 1
                self._numbers[at] = kept

    def save(self) -> None:
        """Keep the traces for the next run; all stamps are reckoned before."""
        facts = (*self._changed.values(), *self._new)
        self.book.write(Changes(facts=facts, things=self._things(), gone=self._gone, notes=self.notes))

    def _things(self) -> Iterator[tuple[str, str, str, array[int], Any]]:
        """All that was made anew, in the order in which it is kept."""
        for table, pack in sorted(self._kept, key=lambda kept: kept[0].name):
            for text, key in sorted((_text(key), key) for key in self._anew[table.name]):
                read = array("I", [self._numbers[at] for at in table.read[key]])
                yield table.name, text, self._known.get((table.name, key), ""), read, pack(key)


def _key(text: str) -> Any:
    if text[0] == '"' and "\\" not in text:
        return text[1:-1]
    key = json.loads(text)
    return tuple(key) if isinstance(key, list) else key


def _text(key: Hashable) -> str:
    """As `json` writes it, in a third of the time."""
    if key.__class__ is str:
        return encode_basestring_ascii(key)
    if key.__class__ is tuple:
        return f"[{','.join([encode_basestring_ascii(of) if of.__class__ is str else _text(of) for of in key])}]"
    return str(key).lower() if isinstance(key, bool) else json.dumps(key)
