"""Bytes kept from run to run in one SQLite file, with a checksum each; never needed for correctness."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from .folders import kept_folder

BATCH = 256
"""New values that are held before they are written."""
T = TypeVar("T")


class Shelf:
    """Bytes by key in one SQLite file; whatever goes wrong with it empties it, and is no one's problem."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._new: dict[bytes, bytes] = {}
        self._database: sqlite3.Connection | None = None
        self._process = os.getpid()
        """The one that opened it: a copy of a process opens it anew, which is SQLite's own rule."""
        if path is not None and path.exists():
            self._safely(self._open)

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key, if it is whole."""
        if key in self._new:
            return self._new[key]
        row = self._safely(lambda: self._select("SELECT sum, value FROM kept WHERE key = ?", key))
        held = row[0] if row else None
        return held[1] if held and isinstance(held[1], bytes) and held[0] == _sum(key, held[1]) else None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value; it is written with others."""
        self._new[key] = value
        if len(self._new) >= BATCH:
            self._safely(self._write)

    def flush(self, unused: Iterable[bytes] = ()) -> None:
        """Write what is new, and drop some keys."""
        self._safely(self._write)
        if keys := [(key,) for key in unused]:
            self._safely(lambda: self._change("DELETE FROM kept WHERE key = ?", keys))

    def keep_only(self, used: Set[bytes]) -> None:
        """Write what is new, and drop whatever is not among the `used` keys."""
        self._safely(self._write)
        held = self._safely(lambda: self._select("SELECT key FROM kept")) or ()
        self.flush([key for (key,) in held if key not in used])

    def close(self, used: Set[bytes] | None) -> None:
        """Write what is new, and drop whatever is not among the `used` keys; None: nothing."""
        if used is None:
            self.flush()
        else:
            self.keep_only(used)
        if self._database is not None:
            self._database.close()
            self._database = None

    def _open(self) -> sqlite3.Connection | None:
        """The database, made with its folder where there is none."""
        if self._database is None and self._path is not None:
            kept_folder(self._path.parents[1])
            self._database = sqlite3.connect(self._path)
            self._change("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, sum BLOB, value BLOB)", [()])
        return self._database

    def _select(self, query: str, *values: bytes) -> list[tuple[Any, ...]]:
        if self._database is not None and self._path is not None and self._process != os.getpid():
            self._database, self._process = sqlite3.connect(self._path), os.getpid()
        return self._database.execute(query, values).fetchall() if self._database is not None else []

    def _change(self, statement: str, rows: Sequence[tuple[bytes, ...]]) -> None:
        if self._database is not None:
            with self._database:
                self._database.executemany(statement, rows)

    def _write(self) -> None:
        if self._new and self._open() is not None:
            rows = [(key, _sum(key, value), value) for key, value in self._new.items()]
            self._change("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
        self._new.clear()

    def _safely(self, act: Callable[[], T]) -> T | None:
        """What `act` gives; where the file cannot be used, None, and the file is given up for this run."""
        try:
            return act()
        except (sqlite3.Error, OSError):
            with suppress(sqlite3.Error, OSError):
                if self._database is not None:
                    self._database.close()
                if self._path is not None and self._path.exists():
                    self._path.unlink()
            self._database, self._path = None, None
            self._new.clear()
            return None


def _sum(key: bytes, value: bytes) -> bytes:
    return blake2b(key + value, digest_size=8).digest()
