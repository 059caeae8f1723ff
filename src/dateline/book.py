"""Traces by key in one SQLite file: a run asks for the few that it needs, and writes the few that changed.

Never needed for correctness. A file is known to be as it was written by size, times and inode, as git knows those of
its index; where these are otherwise, by the sum of the digests of all its rows. One that is otherwise is forgotten, as
is one that cannot be read; `LostError` tells whoever finds that out only later to begin from nothing.
"""

from __future__ import annotations

import marshal
import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from .files import later_than
from .folders import FOLDER, kept_folder, load_kept, mark, save_kept

FILE, SUM = "traces.sqlite3", "traces.json"
_FORM = 4
GROWN = 1.3
"""Facts that nobody reads go when there are so many times more than there were when this was last done."""
_COUNTED, _NUMBERED = "counted", "numbered"
_FEW = 8
"""With more facts, things that were made from them are looked for one by one."""
_TABLES = (
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "CREATE TABLE facts (name TEXT, key TEXT, number INTEGER, stamp TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID",
    "CREATE TABLE things (name TEXT, key TEXT, stamp TEXT, read BLOB, value BLOB, PRIMARY KEY (name, key))",
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
        self._frame: list[object] = [_FORM, sys.byteorder, frame]
        self._database: sqlite3.Connection | None = None
        self._sum = 0
        if tracker is None:
            return
        try:
            known, print, sum = cast(Sequence[Any], load_kept(tracker, SUM))
            if known == self._frame and (now := _print_of(tracker / FOLDER / FILE)):
                database = sqlite3.connect(tracker / FOLDER / FILE)
                self._sum = int(sum, 16)
                if now == print or _whole(database) == self._sum:
                    self._database = database
                    return
                database.close()
        except (TypeError, ValueError, OSError, sqlite3.Error):
            pass
        self._sum = 0
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
        return int(self.note(_NUMBERED) or 0) + 1

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
        query, sought = "SELECT key, read FROM things WHERE name = ?", [array("I", [of]).tobytes() for of in facts]
        if len(sought) <= _FEW:  # those that hold none of their bytes are not even handed over
            query += f" AND ({' OR '.join('instr(read, ?)' for _ in sought)})"
        for key, data in self._ask(query, name, *(sought if len(sought) <= _FEW else ())):
            numbers = array("I")
            numbers.frombytes(data)
            if not facts.isdisjoint(numbers):
                yield key

    def value(self, name: str, key: str) -> Any:
        """What is kept of a thing; None for nothing."""
        rows = self._ask("SELECT value FROM things WHERE name = ? AND key = ?", name, key)
        return marshal.loads(rows[0][0]) if rows else None

    def values_of(self, name: str) -> dict[str, Any]:
        """What is kept of all things of a table."""
        rows = self._ask("SELECT key, value FROM things WHERE name = ?", name)
        return {key: marshal.loads(data) for key, data in rows}

    def note(self, name: str) -> Any:
        """What else was kept under a name; None for nothing."""
        rows = self._ask("SELECT value FROM notes WHERE name = ?", name)
        return marshal.loads(rows[0][0]) if rows else None

    def _ask(self, query: str, *values: str | bytes) -> list[tuple[Any, ...]]:
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
                sum = _Writer(database, self._sum).put(changes)
            database.close()
            save_kept(self._tracker, SUM, [self._frame, _settled(self._tracker, path), f"{sum:x}"])
        except (sqlite3.Error, OSError):
            forget(self._tracker)
        self._database = None


def forget(tracker: Path) -> None:
    """Begin from nothing in the next run."""
    for name in (SUM, FILE, f"{FILE}-journal"):
        with suppress(OSError):
            (tracker / FOLDER / name).unlink(missing_ok=True)


def _print_of(path: Path) -> list[int]:
    """By what a file is known without being read; nothing for one that is not there, or in a transaction not ended."""
    if not path.exists() or path.with_name(f"{path.name}-journal").exists():
        return []
    told = path.stat()
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]


def _settled(tracker: Path, path: Path) -> list[int]:
    """The same once the clock went on, so that whoever writes to the file from now on gives it another time."""
    told = _print_of(path)
    return told if later_than(max(told[1:3]), lambda: mark(tracker)) else []


# --------------------------------------------------------------------------------------------- rows and their sum


def _digest(table: str, row: Sequence[Any]) -> int:
    """What a row adds to the sum."""
    return int.from_bytes(blake2b(marshal.dumps((table, *row), 2), digest_size=16).digest(), "big")


def _whole(database: sqlite3.Connection) -> int:
    """The sum of all rows of a file that SQLite finds whole; -1 for another."""
    if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        return -1
    rows = ((table, row) for table in _KEYS for row in database.execute(f"SELECT * FROM {table}"))
    return sum(_digest(table, row) for table, row in rows) % _MODULUS


_KEYS = {"notes": "name = ?", "facts": "name = ? AND key = ?", "things": "name = ? AND key = ?"}
"""Table → by what its rows are told apart: their first columns."""
_MODULUS = 1 << 128


class _Writer:
    """Puts rows into a file, and keeps their sum."""

    def __init__(self, database: sqlite3.Connection, sum: int) -> None:
        self._database, self._sum = database, sum
        self._fresh = not database.execute("SELECT 1 FROM notes LIMIT 1").fetchall()

    def put(self, changes: Changes) -> int:
        """Write what changed; gives the sum of all rows that there are now."""
        self._drop("things", changes.gone)
        facts = sorted(changes.facts)
        self._replace("facts", facts)
        self._replace("things", _rows(changes.things))
        self._replace("notes", _notes(changes.notes))
        if facts:
            before = self._database.execute("SELECT value FROM notes WHERE name = ?", (_NUMBERED,)).fetchone()
            number = max(number for _, _, number, _ in facts)
            self._replace("notes", _notes({_NUMBERED: max(number, marshal.loads(before[0]) if before else 0)}))
        self._tidy()
        return self._sum % _MODULUS

    def _tidy(self) -> None:
        """Drop facts that nobody reads, where there are many; in a fresh file there are none."""
        ask = self._database.execute
        count = ask("SELECT count(*) FROM facts").fetchone()[0]
        counted = ask("SELECT value FROM notes WHERE name = ?", (_COUNTED,)).fetchone()
        if self._fresh:
            self._replace("notes", _notes({_COUNTED: count}))
        elif counted is None or count > GROWN * int(marshal.loads(counted[0])):
            live: set[int] = set()
            for (data,) in ask("SELECT read FROM things"):
                live.update(memoryview(data).cast("I"))
            every = ask("SELECT number, name, key FROM facts")
            self._drop("facts", [(name, key) for number, name, key in every if number not in live])
            self._replace("notes", _notes({_COUNTED: len(live)}))

    def _replace(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        keys = _KEYS[table].count("?")
        marks = {"notes": "?, ?", "facts": "?, ?, ?, ?", "things": "?, ?, ?, ?, ?"}[table]
        self._many(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", self._counted(table, keys, rows))

    def _counted(self, table: str, keys: int, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            if not self._fresh:
                self._without(table, row[:keys])
            self._sum += _digest(table, row)
            yield row

    def _drop(self, table: str, keys: Iterable[tuple[str, ...]]) -> None:
        for key in keys:
            self._without(table, key)
            self._database.execute(f"DELETE FROM {table} WHERE {_KEYS[table]}", key)

    def _without(self, table: str, key: Sequence[str]) -> None:
        """Take from the sum what a row adds that goes."""
        for row in self._database.execute(f"SELECT * FROM {table} WHERE {_KEYS[table]}", key):
            self._sum -= _digest(table, row)

    def _many(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._database.executemany(query, rows)


def _rows(things: Iterable[tuple[str, str, str, array[int], Any]]) -> Iterator[tuple[str, str, str, bytes, bytes]]:
    for name, key, stamp, numbers, value in things:
        yield name, key, stamp, numbers.tobytes(), marshal.dumps(value)


def _notes(notes: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    return ((name, marshal.dumps(value)) for name, value in notes.items())


def _safely(act: Callable[[], T]) -> T:
    """What `act` gives. LostError where the file cannot be read."""
    try:
        return act()
    except sqlite3.Error as error:
        raise LostError from error
