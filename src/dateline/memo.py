"""Readings kept from one run to the next, so that only what changed is read again; never needed for correctness.

A reading is a function of the article, its words, the recogniser, the names that people wrote, and this program: all
of them make its key. One SQLite file, `.dateline/memo.sqlite3` in the tracker, holds them as plain values written by
`marshal`, with a checksum each: delete it, damage it or take an older version's, and the same bytes come out, only
later.
"""

from __future__ import annotations

import json
import marshal
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from .folders import FOLDER, PLAINEST, signature
from .model import (
    Actor,
    Anaphor,
    Document,
    Entry,
    Figure,
    Found,
    Mention,
    Naming,
    Participant,
    Reading,
    Sentence,
    Span,
    Syntax,
    Tie,
    Timex,
    ToldDate,
    Voice,
)
from .progress import Tell, silent
from .shelf import Shelf
from .when import When

FILE = "memo.sqlite3"
_FORM = 2
KEPT = ("sentences", "timexes", "mentions", "figures", "anaphors", "namings", "entries", "told_dates", "ties")
"""What is kept of a reading; the document itself is at hand."""
CLASSES = (
    Anaphor,
    Entry,
    Figure,
    Found,
    Mention,
    Naming,
    Participant,
    Sentence,
    Span,
    Syntax,
    Tie,
    Timex,
    ToldDate,
    Voice,
    When,
)
_NUMBER: dict[type, int] = {cls: number for number, cls in enumerate(CLASSES)}
LEFT_OUT = ("ground", "grounds")
"""Fields that only `explain` asks for, which reads the article again."""
_NAMES: dict[type, tuple[str, ...]] = {
    cls: tuple(field.name for field in fields(cls) if field.name not in LEFT_OUT) for cls in CLASSES
}
_FIELDS = tuple(_NAMES[cls] for cls in CLASSES)
DATE = -1
"""Stands before the ISO form of a day."""


class Results(dict[bytes, bytes]):
    """What joining found before (`held`) and what it used of it or found now: only this is kept further."""

    def __init__(self, held: Mapping[bytes, bytes]) -> None:
        super().__init__()
        self.held = held

    def __missing__(self, key: bytes) -> bytes:
        return self.held[key]

    def get(self, key: bytes, default: Any = None) -> Any:
        """What is known of a key, from now or from before."""
        value = super().get(key)
        return self.held.get(key, default) if value is None else value


class Memo:
    """The readings of the last run, and what this one adds; `close` keeps only what this run used."""

    def __init__(self, tracker: Path | None, recogniser: str = "", named: Sequence[Actor] = ()) -> None:
        """Open the memo of a tracker; None keeps nothing.

        `recogniser` is its label, `named` are the actors whose names it is given.
        """
        names = [[actor.name, actor.kind, *(alias.name for alias in actor.aliases)] for actor in named]
        self._frame = json.dumps([_FORM, signature(), recogniser, names])
        self._used: set[bytes] = set()
        self._shelf = Shelf(tracker / FOLDER / FILE if tracker else None)
        self.made = self.taken = 0
        """Readings that had to be made, and those that were at hand."""
        self._joined = blake2b(f"joining\0{_FORM}\0{signature()}".encode(), digest_size=16).digest()
        self.results = Results(_unpack(self._shelf.get(self._joined)))
        """What joining finds in blocks and pairs."""

    def get(self, document: Document) -> tuple[Found, Reading] | None:
        """What the recogniser found in a document, as of `read_with`, and its reading; None where not known."""
        key = self._key(document)
        held = self._shelf.get(key)
        if held is None:
            return None
        try:
            pair = unpack(document, held, key)
        except (ValueError, TypeError, KeyError, IndexError, EOFError, zlib.error):
            return None
        self._used.add(key)
        self.taken += 1
        return pair

    def put(self, document: Document, packed: bytes) -> bytes:
        """Keep what `pack` made of the reading of a document, and tell its key."""
        key = self._key(document)
        self._shelf.put(key, packed)
        self._used.add(key)
        self.made += 1
        return key

    def close(self) -> None:
        """Write what is new and drop what was not used; where that cannot be, nothing is lost but time."""
        if self.results:
            self._used.add(self._joined)
            if self.results != self.results.held:
                self._shelf.put(self._joined, _pack(self.results))
        self._shelf.close(self._used)

    def _key(self, document: Document) -> bytes:
        told = f"{self._frame}\0{document.article!r}\0{document.paragraphs!r}\0{document.text}"
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def read_with(
    memo: Memo,
    documents: Sequence[Document],
    read: Callable[[Sequence[Document]], Iterable[tuple[Found, Reading, bytes]]],
    tell: Tell = silent,
) -> tuple[list[Found], list[Reading]]:
    """What was found in each document and its reading; `read` is asked for new ones only.

    It gives what was found, the reading, and what `pack` makes of the two. Of an article whose day is known, what was
    found is left empty: it is never read again, and its syntax is large.
    """
    known = {document.article.id: memo.get(document) for document in documents}
    rest = [document for document in documents if known[document.article.id] is None]
    for number, (document, told) in enumerate(zip(rest, read(rest) if rest else (), strict=True)):
        tell("reading articles", number, len(rest))
        found, reading, packed = told
        key = memo.put(document, packed)
        known[document.article.id] = (Found() if is_dated(reading) else found, reading.with_key(key))
    pairs = [pair for document in documents if (pair := known[document.article.id]) is not None]
    return [found for found, _ in pairs], [reading for _, reading in pairs]


def is_dated(reading: Reading) -> bool:
    """Whether the day of the article is known, so that no estimate of it will be made."""
    return reading.document.article.published.known


# ------------------------------------------------------------------------------------------- plain values


def pack(found: Found, reading: Reading) -> bytes:
    """What is kept of a reading, and of what was found where that is needed again; `unpack` makes both of it."""
    again = Found() if is_dated(reading) else found
    parts = [_told(_encode(value)) for value in (again, *(getattr(reading, name) for name in KEPT))]
    return zlib.compress(_told(parts), 1)


def unpack(document: Document, packed: bytes, key: bytes = b"") -> tuple[Found, Reading]:
    """What was found in a document, where that is needed again, and its reading, whose parts are opened when asked for.

    Raises ValueError, TypeError, KeyError, IndexError, EOFError or zlib.error where it is not what `pack` makes.
    """
    found, *parts = marshal.loads(zlib.decompress(packed))
    told = dict(zip(KEPT, parts, strict=True))
    opened = Reading.unopened(document, key, lambda name: _decode(marshal.loads(told[name])))
    return _decode(marshal.loads(found)), opened


def _told(value: Any) -> bytes:
    """Plain values, the same for equal ones whichever process has them."""
    return marshal.dumps(value, PLAINEST)


def _encode(value: Any) -> Any:
    """A record as [its class's number, its values], a tuple as [None, its items], a day as [DATE, its ISO form]."""
    if is_dataclass(value):
        cls = type(value)
        return [_NUMBER[cls], *(_encode(getattr(value, name)) for name in _NAMES[cls])]
    if isinstance(value, tuple):
        return [None, *map(_encode, value)]
    return [DATE, value.isoformat()] if isinstance(value, date) else value


def _decode(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    number, *values = value
    if number == DATE:
        return date.fromisoformat(values[0])
    values = [_decode(item) if isinstance(item, list) else item for item in values]
    return tuple(values) if number is None else CLASSES[number](**dict(zip(_FIELDS[number], values, strict=True)))


def _pack(results: Mapping[bytes, bytes]) -> bytes:
    return zlib.compress(_told(dict(results)), 1)


def _unpack(held: bytes | None) -> dict[bytes, bytes]:
    try:
        found = marshal.loads(zlib.decompress(held)) if held else {}
    except (ValueError, TypeError, EOFError, zlib.error):
        return {}
    return found if isinstance(found, dict) else {}
