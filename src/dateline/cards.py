"""What files of `content/` come to, kept by their bytes: a run that finds few of them changed decodes few.

Only trackers without a problem are read so; where there is one, or anything that cannot be told from here, the files
are read as ever, and every problem gets its words and its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from . import checks, store
from .digests import digest_of_value
from .edits import Edit
from .files import read_file
from .folders import FOLDER, Prints, signature
from .model import Actor, Article, Corpus, Event, Redirect, Settings
from .packed import PackedEntries, PackedEntry, pack, unpack
from .parsed import Parsed
from .parts import Stored
from .problems import Problem, name_fault
from .reconcile import ids_of
from .settle import former_names
from .shelf import Shelf
from .store import KINDS, Content, Kind

FILE = "cards.sqlite3"
_SUFFIXES = (".yaml", ".yml")


class OddError(Exception):
    """Files must be read in full: one has a problem, or changed meanwhile."""


@dataclass(slots=True)
class Cards:
    """All files of a tracker, as records."""

    corpus: Corpus
    entry_ids: frozenset[str]
    """Every id of an entry that a file has given, whatever became of it."""
    opened: int
    """How many files had to be read."""
    files: Mapping[str, str]
    """All of them, with their digests."""


@dataclass(slots=True)
class _Sorted:
    """What the files come to, kind by kind."""

    articles: list[Article] = field(default_factory=list)
    entries: list[PackedEntry] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    redirects: list[Redirect] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)
    """Kind and id of what entries and events refer to."""
    placed: dict[str, str] = field(default_factory=dict)
    """Event → what a person says that it is part of."""
    fixed: set[str] = field(default_factory=set)
    """Events of which a person said it, be it that they are part of nothing."""


def read_cards(tracker: Path, prints: Prints, parsed: Parsed | None = None) -> Cards:
    """The files of a tracker as `prints` found them, some `parsed`. OddError where they must be read in full."""
    shelf = Shelf(tracker / FOLDER / FILE)
    used: set[bytes] = set()
    found, opened = _Sorted(), 0
    files: dict[str, str] = {}
    try:
        for kind, name, digest in _files(prints):
            files[name] = digest
            key = _key(kind, name, digest)
            card = _known(shelf.get(key))
            if card is None:
                card = _card_of(_stored(tracker, name, digest, parsed), kind)
                shelf.put(key, json.dumps(card, separators=(",", ":")).encode())
                opened += 1
            used.add(key)
            _take(found, kind, Path(name).stem, card)
        settings = _settings(tracker)
    finally:
        shelf.close(used)
    corpus = Corpus(
        settings=settings,
        articles=tuple(sorted(found.articles, key=lambda of: of.id)),
        entries=PackedEntries(found.entries),
        actors=tuple(sorted(found.actors, key=lambda of: of.id)),
        events=tuple(sorted(store.without_circles(found.events, found.fixed), key=lambda of: of.id)),
        touched=frozenset(found.touched),
        redirects=tuple(found.redirects),
        edits=tuple(found.edits),
    )
    _check(found, corpus)
    return Cards(corpus=corpus, entry_ids=frozenset(found.ids), opened=opened, files=files)


def _files(prints: Prints) -> Iterator[tuple[Kind, str, str]]:
    """Kind, path and digest of each file, in the order in which they are loaded."""
    for kind in KINDS:
        folder = f"content/{kind}/"
        names = prints.of(folder)
        stems: set[str] = set()
        for name in sorted(names):
            if name.rstrip("/").endswith(_SUFFIXES) and "/" not in name.rstrip("/"):
                stem = Path(name).stem
                if not names[name] or stem in stems or name_fault(name):  # a folder, a link to nothing; two of one id
                    raise OddError(name)
                stems.add(stem)
                yield kind, folder + name, names[name]


def _key(kind: Kind, name: str, digest: str) -> bytes:
    return blake2b(f"{signature()}{kind}\0{name}\0{digest}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _known(data: bytes | None) -> dict[str, Any] | None:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return None


def _settings(tracker: Path) -> Settings:
    problems: list[Problem] = []
    settings = store.load_settings(tracker, problems)
    if problems:
        raise OddError("site.yaml")
    return settings


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
    if parsed:
        parsed.put(stored)
    return stored


def _card_of(stored: Stored, kind: Kind) -> dict[str, Any]:
    """What a file comes to, as plain values."""
    id_ = Path(stored.name).stem
    files: dict[Kind, Mapping[str, Stored]] = {of: {id_: stored} if of == kind else {} for of in KINDS}
    content = Content(settings=Settings(), articles=files["articles"], actors=files["actors"], events=files["events"])
    corpus, decoding = store.corpus_of(content)
    if decoding or checks.check_overlays(content):
        raise OddError(stored.name)
    return {
        "articles": [pack(of) for of in corpus.articles],
        "entries": [[of.id, of.happening, digest_of_value(of), pack(of)] for of in corpus.entries],
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


def _take(found: _Sorted, kind: Kind, id_: str, card: Mapping[str, Any]) -> None:
    """Add what a file comes to. OddError where it is not what this program wrote."""
    try:
        found.articles += [unpack(Article, told) for told in card["articles"]]
        found.entries += [
            PackedEntry(entry, id_, happening or entry, stamp, told)
            for entry, happening, stamp, told in card["entries"]
        ]
        found.actors += [unpack(Actor, told) for told in card["actors"]]
        found.events += [unpack(Event, told) for told in card["events"]]
        found.edits += [unpack(Edit, told) for told in card["edits"]]
        found.touched.update(card["touched"])
        found.redirects += [Redirect(kind=of, id=id, name=name, to=to) for of, id, name, to in card["former"]]
        found.named.update((of, id) for of, id in card["named"])
        found.placed.update((id, whole) for id, whole in card["placed"])
        found.fixed |= {id_} if card["fixed"] else set()
        if not found.ids.isdisjoint(card["ids"]):
            raise OddError(id_)  # an entry's id stands twice
        found.ids.update(card["ids"])
    except (TypeError, ValueError, KeyError) as error:
        raise OddError(id_) from error


def _check(found: _Sorted, corpus: Corpus) -> None:
    """OddError for ids that lead nowhere, for circles, and for entries that name no source."""
    known = {
        "actor": {actor.id for actor in corpus.actors},
        "event": {event.id for event in corpus.events},
        "entry": found.ids,
    }
    if any(id not in known[kind] for kind, id in found.named if id):
        raise OddError("an id leads nowhere")
    if checks.circles_in(found.placed):
        raise OddError("an event is part of itself")
    if checks.without_source(corpus):
        raise OddError("an entry names no source")
