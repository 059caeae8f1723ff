"""Files of `content/` as parsed and of `seeds/` as read, kept by their bytes, so that the same is not done again.

Kept are plain values; their places in the file are reckoned by parsing it after all, should a problem ask for one.
Only files are kept that had no problem and no edit below the machine's line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from . import when
from .canonical import nodes_of
from .files import digest_of
from .folders import FOLDER, Prints, UnsureError, signature, surroundings
from .model import Article, Document, Paragraph
from .parts import Stored, fields_of, without_marks
from .problems import Where
from .shelf import Shelf
from .split import parse_parts
from .yamlio import Later, Node

FILE = "parsed.sqlite3"
PLAIN = "plain"


class Parsed:
    """The parsed files of a tracker; `close` keeps those that this run used."""

    def __init__(self, prints: Prints, whole: bool = True) -> None:
        """`prints` tell which bytes files hold, so that those known are not even opened.

        A run that does not ask for the `whole` of them keeps none of which there is a card, and drops none.
        """
        self.whole = whole
        self._tracker = prints.tracker
        self._prints = prints
        self.now: Prints | None = prints
        """How files stand now; None where that cannot be told."""
        self._shelf = Shelf(prints.tracker / FOLDER / FILE)
        self._used: set[bytes] = set()
        self._plain = _lines(self._shelf.get(_key(PLAIN)))
        """Digests of files that the machine alone wrote."""
        self._seen_plain: set[str] = set()
        self._closed = False
        self._held: dict[str, Stored] = {}
        self.digests: Mapping[str, str] = prints.digests
        self.parsed = 0
        """How many files had to be read and parsed."""

    def look_again(self) -> None:
        """Go on with files as they are now, some written meanwhile; where that cannot be told, all are read."""
        try:
            self.now = self._prints.look_again()
            self.digests = self.now.digests
        except (UnsureError, OSError):
            self.now, self.digests = None, {}

    def later(self, name: str) -> Stored | None:
        """A file that the machine alone wrote, opened when somebody looks into it; None where that is not known."""
        told = self.digests.get(name)
        if not told or told not in self._plain:
            return None
        held = self._held.get(name)
        if held is None or held.digest != told:
            held = self._held[name] = Stored.unopened(name, told, lambda: self._opened(name, told))
            self._used.add(_key(told))
            self._seen_plain.add(told)
        return held

    def _opened(self, name: str, told: str) -> Stored:
        stored = None if self._closed else self._known(name, told)
        if stored is None:  # what is kept is not whole
            data = (path := self._tracker / name).read_bytes()
            stored = parse_parts(data.decode("utf-8"), name, [], path=path)
        return stored

    def get(self, name: str) -> Stored | None:
        """What is kept of a file; None where it has to be read."""
        told = self.digests.get(name)
        if not told:
            return None
        if (held := self._held.get(name)) and held.digest == told:
            return held
        stored = self._known(name, told)
        if stored:
            self._used.add(_key(told))
            self._held[name] = stored
            self._note_plain(stored)
        return stored

    def _known(self, name: str, told: str) -> Stored | None:
        value = self._shelf.get(_key(told))
        try:
            return _unpack(json.loads(value), name, told, self._tracker / name) if value else None
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            return None

    def put(self, stored: Stored) -> None:
        """Keep a file that was parsed without a problem, if it is one to be kept."""
        if fields_of(stored.edits) or stored.gone or stored.settled:
            return
        try:
            value = [stored.upper, _pack(stored.above), _pack(stored.machine), dict(stored.seal)]
        except _OddError:
            return
        key = _key(stored.digest)
        self._shelf.put(key, json.dumps(value, separators=(",", ":")).encode())
        self._used.add(key)
        self._note_plain(stored)

    def _note_plain(self, stored: Stored) -> None:
        if not stored.upper and not fields_of(stored.person):
            self._seen_plain.add(stored.digest)

    def document(self, name: str) -> Document | None:
        """What is kept of a file of `seeds/`; None where it has to be read."""
        told = self.digests.get(f"seeds/{name}")
        value = self._shelf.get(key) if told and (key := _seed_key(name, told)) else None
        if value is None:
            return None
        try:
            document = _document(json.loads(value))
        except (ValueError, TypeError, KeyError):
            return None
        self._used.add(key)
        return document

    def keep(self, name: str, data: bytes, document: Document) -> None:
        """Keep what was read of the bytes of a file of `seeds/`."""
        key = _seed_key(name, digest_of(data))
        article = {**asdict(document.article), "published": when.format(document.article.published)}
        value = [article, document.text, [[part.start, part.end, part.kind] for part in document.paragraphs]]
        self._shelf.put(key, json.dumps(value, separators=(",", ":")).encode())
        self._used.add(key)

    def close(self) -> None:
        """Write what is new, and drop what was not used where a run asked for every file."""
        plain = self._seen_plain if self.whole else self._seen_plain | self._plain
        if plain != self._plain:
            self._shelf.put(_key(PLAIN), "\n".join(sorted(plain)).encode())
        self._used.add(_key(PLAIN))
        self._closed = True
        self._shelf.close(self._used if self.whole else None)


def _key(digest: str) -> bytes:
    return blake2b(f"{signature()}{digest}".encode(), digest_size=16).digest()


def _lines(value: bytes | None) -> frozenset[str]:
    return frozenset(value.decode().split("\n")) if value else frozenset()


def _seed_key(name: str, digest: str) -> bytes:
    """A file's name tells of its day, and other packages read HTML."""
    return _key(f"{name}\0{surroundings()}\0{digest}")


def _document(value: Any) -> Document:
    told, text, paragraphs = value
    told |= {"published": when.parse(told["published"]), "published_reasons": tuple(told["published_reasons"])}
    parts = tuple(Paragraph(start=start, end=end, kind=kind) for start, end, kind in paragraphs)
    return Document(article=Article(**told), text=text, paragraphs=parts)


class _OddError(Exception):
    """A node's place cannot be found again by counting."""


def _pack(node: Node) -> Any:
    """A part's values; a list of none for an empty part, which has no place of its own."""
    if not node.placed:
        if node.value:
            raise _OddError
        return []
    count = -1

    def walk(node: Node) -> Any:
        nonlocal count
        count += 1
        if not node.placed or node.number != count:
            raise _OddError
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, list):
            return [walk(item) for item in node.value]
        packed = {}
        for key, item in node.value.items():
            count += 1
            packed[key] = walk(item)
        return packed

    return walk(node)


def _unpack(value: Any, name: str, digest: str, path: Path) -> Stored:
    upper, person, machine, seal = value

    def again(part: Callable[[Stored], Node]) -> Node | None:
        data = path.read_bytes()
        return part(parse_parts(data.decode("utf-8"), name, [])) if digest_of(data) == digest else None

    below = Where(name, upper.count("\n") + 2)
    above = _nodes(person, Where(name, 1), Later(Where(name), lambda: again(lambda found: found.above)))
    lower = _nodes(machine, below, Later(Where(name), lambda: again(lambda found: found.machine)))
    return Stored(
        name=name,
        upper=upper,
        above=above,
        person=without_marks(above),
        machine=lower,
        seal=seal,
        edits=lower.without_value(),
        digest=digest,
    )


def _nodes(value: Any, empty: Where, places: Later) -> Node:
    return nodes_of(value, places) if value != [] else Node({}, empty)
