"""Traces by key in one SQLite file: a run asks for the few that it needs, and writes the few that changed.

Never needed for correctness. A file whose digest is not the one that was noted when it was written is forgotten, as is
one that cannot be read; `LostError` tells whoever finds that out only later to begin from nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from .folders import FOLDER, kept_folder, load_kept, save_kept

FILE, SUM = "traces.sqlite3", "traces.json"
_FORM = 3
GROWN = 1.3
"""Facts that nobody reads go when there are so many times more than there were when this was last done."""
_COUNTED = "counted"
_TABLES = (
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TABLE facts (name TEXT, key TEXT, number INTEGER, stamp TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID",
    "CREATE TABLE things (name TEXT, key TEXT, stamp TEXT, read BLOB, value TEXT, PRIMARY KEY (name, key))",
)
T = TypeVar("T")


class LostError(Exception):
    """What was kept cannot be read any more."""


class Changes(NamedTuple):
    """What a run has to write: facts and things by the name of their table and their key, as text."""

    facts: Iterable[tuple[str, str, int, str]]
    """Name, key, number, stamp; also of those that are only otherwise."""
    things: Iterable[tuple[str, str, str, array[int], Any]]
    """Name, key, stamp, numbers of the facts that it was made from, and what is kept of it."""
    gone: Iterable[tuple[str, str]]
    """Things that are no more."""
    notes: Mapping[str, Any]


class Book:
    """The traces of the last run of a tracker."""

    def __init__(self, tracker: Path | None, frame: str) -> None:
        """Open it; one of another `frame`, or one that cannot be read, is empty. No tracker: nothing is kept."""
        self._tracker = tracker
        self._frame = [_FORM, sys.byteorder, frame]
        self._database: sqlite3.Connection | None = None
        if tracker is None:
            return
        try:
            if load_kept(tracker, SUM) == [self._frame, _sum(tracker / FOLDER / FILE)]:
                self._database = sqlite3.connect(tracker / FOLDER / FILE)
            else:
                forget(tracker)
        except (ValueError, OSError):
            forget(tracker)

    def reopen(self) -> None:
        """Open it anew, in a process that was copied from the one that opened it: SQLite's own rule."""
        if self._database and self._tracker:
            self._database = sqlite3.connect(self._tracker / FOLDER / FILE)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of any run."""
        return self._database is None

    # ------------------------------------------------------------------------------------- asked

    def fact(self, name: str, key: str) -> tuple[int, str] | None:
        """The number and the stamp of a fact."""
        rows = self._ask("SELECT number, stamp FROM facts WHERE name = ? AND key = ?", name, key)
        return rows[0] if rows else None

    def facts_of(self, name: str, start: str = "") -> list[tuple[str, int, str]]:
        """Key, number and stamp of all facts of a table whose keys begin so."""
        query = "SELECT key, number, stamp FROM facts WHERE name = ? AND key >= ? AND key < ?"
        return self._ask(query, name, start, start + "\x7f")

    def facts(self) -> int:
        """A number above those of all facts."""
        rows = self._ask("SELECT max(number) FROM facts")
        return (rows[0][0] or 0) + 1 if rows else 0

    def keys_of(self, name: str) -> set[str]:
        """The things of a table."""
        return {key for (key,) in self._ask("SELECT key FROM things WHERE name = ?", name)}

    def stamps_of(self, name: str) -> dict[str, str]:
        """The stamps of the things of a table."""
        return dict(self._ask("SELECT key, stamp FROM things WHERE name = ?", name))

    def stamp(self, name: str, key: str) -> str | None:
        """The stamp of a thing."""
        rows = self._ask("SELECT stamp FROM things WHERE name = ? AND key = ?", name, key)
        return rows[0][0] if rows else None

    def reading(self, name: str, facts: set[int]) -> Iterator[str]:
        """The things of a table that were made from any of these facts."""
        for key, data in self._ask("SELECT key, read FROM things WHERE name = ?", name):
            numbers = array("I")
            numbers.frombytes(data)
            if not facts.isdisjoint(numbers):
                yield key

    def value(self, name: str, key: str) -> Any:
        """What is kept of a thing; None for nothing."""
        rows = self._ask("SELECT value FROM things WHERE name = ? AND key = ?", name, key)
        return json.loads(rows[0][0]) if rows else None

    def values_of(self, name: str) -> dict[str, Any]:
        """What is kept of all things of a table."""
        rows = self._ask("SELECT key, value FROM things WHERE name = ?", name)
        return {key: json.loads(data) for key, data in rows}

    def note(self, name: str) -> Any:
        """What else was kept under a name; None for nothing."""
        rows = self._ask("SELECT value FROM notes WHERE name = ?", name)
        return json.loads(rows[0][0]) if rows else None

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if self._database is None:
            return []
        return _safely(lambda: self._database.execute(query, values).fetchall() if self._database else [])

    # ------------------------------------------------------------------------------------- written

    def write(self, changes: Changes) -> None:
        """Keep what changed; where that cannot be done, nothing is kept."""
        if self._tracker is None:
            return
        try:
            path = kept_folder(self._tracker) / FILE
            database = self._database or sqlite3.connect(path)
            with database:
                if self._database is None:
                    for told in _TABLES:
                        database.execute(told)
                _put(database, changes)
            database.close()
            save_kept(self._tracker, SUM, [self._frame, _sum(path)])
        except (sqlite3.Error, OSError):
            forget(self._tracker)
        self._database = None


def forget(tracker: Path) -> None:
    """Begin from nothing in the next run."""
    for name in (SUM, FILE, f"{FILE}-journal"):
        with suppress(OSError):
            (tracker / FOLDER / name).unlink(missing_ok=True)


def _sum(path: Path) -> str:
    """The digest of a file, read piece by piece; "" where a transaction of it was not ended."""
    if path.with_name(f"{path.name}-journal").exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _put(database: sqlite3.Connection, changes: Changes) -> None:
    many = database.executemany
    many("DELETE FROM things WHERE name = ? AND key = ?", changes.gone)
    many("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", sorted(changes.facts))
    many("INSERT OR REPLACE INTO things VALUES (?, ?, ?, ?, ?)", _rows(changes.things))
    many("INSERT OR REPLACE INTO notes VALUES (?, ?)", _notes(changes.notes))
    count = database.execute("SELECT count(*) FROM facts").fetchone()[0]
    counted = database.execute("SELECT value FROM notes WHERE name = ?", (_COUNTED,)).fetchone()
    if counted is None or count > GROWN * int(counted[0]):
        live: set[int] = set()
        for (data,) in database.execute("SELECT read FROM things"):
            live.update(memoryview(data).cast("I"))
        every = database.execute("SELECT number, name, key FROM facts")
        dead = [(name, key) for number, name, key in every if number not in live]
        many("DELETE FROM facts WHERE name = ? AND key = ?", dead)
        many("INSERT OR REPLACE INTO notes VALUES (?, ?)", _notes({_COUNTED: len(live)}))


def _rows(things: Iterable[tuple[str, str, str, array[int], Any]]) -> Iterator[tuple[str, str, str, bytes, str]]:
    for name, key, stamp, numbers, value in things:
        yield name, key, stamp, numbers.tobytes(), _spelt(value)


def _notes(notes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((name, _spelt(value)) for name, value in notes.items())


def _spelt(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _safely(act: Callable[[], T]) -> T:
    """What `act` gives. LostError where the file cannot be read."""
    try:
        return act()
    except sqlite3.Error as error:
        raise LostError from error
