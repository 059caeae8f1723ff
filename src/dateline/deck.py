"""The cards of a tracker: what each file of `content/` comes to, kept by its bytes and opened by its name.

Only files without a problem have a card; where there is one, or anything that cannot be told from here, the files are
read as ever, and every problem gets its words and its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from . import checks, store
from .files import read_file
from .folders import FOLDER, signature
from .model import Settings
from .packed import PackedEntry, digest_of, pack, unpack
from .parsed import Parsed
from .parts import Stored
from .problems import Problem
from .reconcile import ids_of
from .settle import former_names
from .shelf import Shelf
from .store import KINDS, Content, Kind

FILE = "cards.sqlite3"
SUFFIXES = (".yaml", ".yml")

Card = Mapping[str, Any]
R = TypeVar("R")


class OddError(Exception):
    """Files must be read in full: one has a problem, or changed meanwhile."""


class Deck:
    """The cards of a tracker's files, opened one by one. OddError for a file that must be read in full."""

    def __init__(self, tracker: Path, files: Mapping[str, str], parsed: Parsed | None) -> None:
        self.files = files
        """All files that tell of a record, with their digests."""
        self.opened = 0
        self._tracker, self._parsed = tracker, parsed
        self._shelf = Shelf(tracker / FOLDER / FILE)
        self._known: dict[str, Card] = {}

    def card(self, kind: Kind, id: str) -> Card:
        """The card of a record's file."""
        name = f"content/{kind}/{id}"
        return self.of_file(kind, next(name + suffix for suffix in SUFFIXES if name + suffix in self.files))

    def of_file(self, kind: Kind, name: str) -> Card:
        """The card of a file, made from it where it is not kept."""
        card = self._known.get(name)
        if card is None:
            card = self._known[name] = self.once(kind, name)
        return card

    def once(self, kind: Kind, name: str) -> Card:
        """The card of a file for who looks at it only once: it is not held."""
        digest = self.files[name]
        card = self.kept(kind, name, digest)
        if card is None:
            card = _card_of(_stored(self._tracker, name, digest, self._parsed), kind)
            self._shelf.put(_key(kind, name, digest), json.dumps(card, separators=(",", ":")).encode())
            self.opened += 1
        return card

    def kept(self, kind: Kind, name: str, digest: str) -> Card | None:
        """What is kept of a file that had this digest."""
        return _known(self._shelf.get(_key(kind, name, digest)))

    def record(self, kind: Kind, id: str, cls: type[R]) -> R:
        """The record of a file."""
        try:
            return unpack(cls, self.card(kind, id)[kind][0])
        except (TypeError, ValueError, KeyError, IndexError) as error:
            raise OddError(id) from error

    def entries(self, article: str) -> Sequence[PackedEntry]:
        """The entries of an article."""
        card = self.card("articles", article)
        try:
            return [PackedEntry(id, article, of or id, stamp, told) for id, of, stamp, told in card["entries"]]
        except (TypeError, ValueError, KeyError) as error:
            raise OddError(article) from error

    def settle(self, before: Mapping[str, str] | None) -> None:
        """Drop the cards of files as they were `before`; None: all but those of now."""
        if before is None:
            self._shelf.keep_only({_key(kind_of(name), name, told) for name, told in self.files.items()})
            return
        gone = [(name, told) for name, told in before.items() if self.files.get(name) != told]
        self._shelf.flush([_key(kind_of(name), name, told) for name, told in gone])

    def flush(self) -> None:
        """Write new cards."""
        self._shelf.flush()

    def close(self) -> None:
        """Write new cards; further ones are read from files."""
        self._shelf.close(None)


def is_record(name: str) -> bool:
    """Whether a file below the folders of records tells of one, by its path; others are not read."""
    return name.endswith(SUFFIXES) and name.count("/") == 2


def kind_of(name: str) -> Kind:
    """The kind of record of which a file tells, by its path."""
    return cast(Kind, name.split("/", 2)[1])


def _key(kind: Kind, name: str, digest: str) -> bytes:
    return blake2b(f"{signature()}{kind}\0{name}\0{digest}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _known(data: bytes | None) -> Card | None:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return None


# --------------------------------------------------------------------------------------------- one file


def _stored(tracker: Path, name: str, digest: str, parsed: Parsed | None) -> Stored:
    """A file as it is parsed."""
    if parsed and (known := parsed.get(name)):
        return known
    problems: list[Problem] = []
    try:
        stored = store.stored_of(read_file(tracker / name), name, problems)
    except OSError as error:
        raise OddError(name) from error
    if problems or stored.digest != digest:
        raise OddError(name)
    if parsed and parsed.whole:
        parsed.put(stored)
    return stored


def _card_of(stored: Stored, kind: Kind) -> Card:
    """What a file comes to, as plain values."""
    id_ = Path(stored.name).stem
    files: dict[Kind, Mapping[str, Stored]] = {of: {id_: stored} if of == kind else {} for of in KINDS}
    content = Content(settings=Settings(), articles=files["articles"], actors=files["actors"], events=files["events"])
    corpus, decoding = store.corpus_of(content)
    twice = len({entry.id for entry in corpus.entries}) < len(corpus.entries)
    if decoding or twice or checks.check_overlays(content) or checks.without_source(corpus):
        raise OddError(stored.name)
    return {
        "articles": [pack(of) for of in corpus.articles],
        "entries": [[of.id, of.happening, digest_of(of), pack(of)] for of in corpus.entries],
        "actors": [pack(of) for of in corpus.actors],
        "events": [pack(of) for of in corpus.events],
        "edits": [pack(of) for of in corpus.edits],
        "touched": sorted(corpus.touched),
        "former": [[of.kind, of.id, of.name, of.to] for of in former_names(content)],
        "ids": sorted(ids_of(stored)) if kind == "articles" else [],
        "named": sorted(checks.named_in(content)),
        "placed": [[of, str(node.value)] for of, node in checks.placed_by_people(content).items()],
        "fixed": bool("part_of" in stored.touched() and kind == "events"),
    }
