"""What all runs ask of every file of `content/`, kept whole and brought up to date by the files that changed.

Which records there are, where their entries stand, which happenings these report, who is referred to. Where a change
is more than of one file by itself, all cards are gone through again. Never needed for correctness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from . import checks, store
from .deck import SUFFIXES, Card, Deck, OddError, is_record, kind_of
from .digests import digest_of_plain
from .folders import load_plain, save_plain, signature
from .model import Actor, Article, Entry, Event
from .moved import Since
from .packed import told_of, unpack
from .problems import name_fault
from .store import KINDS, Kind

FILE = "census.marshal"
_FORM = 2


class Census(NamedTuple):
    """What the files of a tracker without a problem tell together, in plain values."""

    state: str
    """What all files come to."""
    files: dict[str, str]
    """All files that tell of a record, with their digests."""
    actors: list[str]
    events: list[str]
    """Ids, in order."""
    told: dict[str, tuple[int, int]]
    """Article → the place of its first entry, and the one behind its last."""
    happenings: dict[str, list[int]]
    """Happening → the places of the entries that report it, in order of id."""
    touched: list[str]
    named: list[tuple[str, str]]
    """Kind and id of what entries and events refer to; some of it may be referred to no more."""
    former: list[Any]
    edits: list[Any]
    texts: dict[str, tuple[str, str]]
    """Each article, in order of id, with its seed and the digest of its text; "" for what it has not."""
    given: dict[str, str]
    """Article → every id that its file gave to an entry, each in a line."""
    undated: list[str]
    estimated: list[str]
    freed: list[str]
    """Events that are taken out of what they are said to be part of: it would be part of itself."""


def load_census(tracker: Path) -> Census | None:
    """The census of the last run; None where there is none of this program."""
    kept = load_plain(tracker, FILE)
    try:
        return Census(*kept[2:]) if kept[:2] == [_FORM, signature()] else None
    except (TypeError, ValueError):
        return None


def save_census(tracker: Path, census: Census) -> None:
    """Keep it for the next run."""
    save_plain(tracker, FILE, [_FORM, signature(), *census])


def _state(files: Mapping[str, str]) -> str:
    return digest_of_plain(tuple(sorted(files.items())))


# --------------------------------------------------------------------------------------------- some changed


def brought_up(before: Census, deck: Deck) -> Census | None:
    """The census once some files changed, each by itself; None where all must be gone through."""
    files = deck.files
    if before.files.keys() != files.keys():
        return None
    changed = [name for name, told in files.items() if before.files[name] != told]
    if not changed:
        return before
    known = {("actor", id) for id in before.actors} | {("event", id) for id in before.events}
    touched, named = set(before.touched), set(before.named)
    texts, undated, estimated = dict(before.texts), set(before.undated), set(before.estimated)
    for name in filter(is_record, changed):
        kind = kind_of(name)
        old, new = deck.kept(kind, name, before.files[name]), deck.of_file(kind, name) if files[name] else None
        if old is None or new is None or not _fits(old, new, known):
            return None
        touched |= set(new["touched"])
        named |= {(of, to) for of, to in new["named"]}
        for told in new["articles"]:
            _note_article(told, texts, undated, estimated)
    return before._replace(
        state=_state(files),
        files=dict(files),
        touched=sorted(touched),
        named=sorted(named),
        texts=texts,
        undated=sorted(undated),
        estimated=sorted(estimated),
    )


def _fits(old: Card, new: Card, known: set[tuple[str, str]]) -> bool:
    """Whether a file can take another's place with no one else to be asked."""
    alone = ("ids", "former", "placed", "fixed", "edits")
    if any(old[part] != new[part] for part in alone) or not set(old["touched"]) <= set(new["touched"]):
        return False
    if [told[:2] for told in old["entries"]] != [told[:2] for told in new["entries"]]:
        return False
    if any(_ids(old, kind) != _ids(new, kind) for kind in KINDS):
        return False
    larger = [[told_of(Event, told, "part_of") for told in card["events"]] for card in (old, new)]
    return larger[0] == larger[1] and {(of, id) for of, id in new["named"] if [of, id] not in old["named"]} <= known


def _ids(card: Card, kind: Kind) -> list[str]:
    """The records of a kind that a file gives."""
    return [told_of(_ID_OF[kind], told, "id") for told in card[kind]]


def _note_article(
    told: Sequence[Any], texts: dict[str, tuple[str, str]], undated: set[str], estimated: set[str]
) -> None:
    """Note what an article as it is packed tells of its text and its day."""
    id = told_of(Article, told, "id")
    texts[id] = told_of(Article, told, "seed"), told_of(Article, told, "digest")
    for found, is_one in (
        (undated, not told_of(Article, told, "published")),
        (estimated, told_of(Article, told, "published_basis") == "estimate"),
    ):
        (found.add if is_one else found.discard)(id)


# --------------------------------------------------------------------------------------------- all anew


def gather(deck: Deck) -> Census:
    """The census by all files. OddError where they must be read in full."""
    work = _Work()
    for kind, name in _in_order(deck.files):
        work.take(PurePosixPath(name).stem, deck.once(kind, name))
    work.check()
    return work.census(deck.files)


def _in_order(files: Mapping[str, str]) -> Iterator[tuple[Kind, str]]:
    """Kind and path of each file, in the order in which they are loaded."""
    for kind in KINDS:
        folder = f"content/{kind}/"
        stems: set[str] = set()
        for name in sorted(path.removeprefix(folder) for path in files if path.startswith(folder)):
            if name.rstrip("/").endswith(SUFFIXES) and "/" not in name.rstrip("/"):
                stem = PurePosixPath(name).stem
                if not files[folder + name] or stem in stems or name_fault(name):
                    raise OddError(name)  # a folder, a link to nothing; two of one id
                stems.add(stem)
                yield kind, folder + name


class _Work:
    """A census in the making."""

    def __init__(self) -> None:
        self.ids: dict[Kind, list[str]] = {kind: [] for kind in KINDS}
        self.told: dict[str, tuple[int, int]] = {}
        self.happenings: dict[str, list[int]] = {}
        self.entries: set[str] = set()
        self.touched: set[str] = set()
        self.named: set[tuple[str, str]] = set()
        self.former: list[Any] = []
        self.edits: list[Any] = []
        self.texts: dict[str, tuple[str, str]] = {}
        self.given: dict[str, str] = {}
        self.undated: set[str] = set()
        self.estimated: set[str] = set()
        self.events: list[Event] = []
        self.placed: dict[str, str] = {}
        """Event → what a person says that it is part of."""
        self.fixed: set[str] = set()
        """Events of which a person said it, be it that they are part of nothing."""
        self.place = 0

    def take(self, id: str, card: Card) -> None:
        """Add what a file comes to. OddError where it is not what this program wrote."""
        try:
            for kind in KINDS:
                self.ids[kind] += _ids(card, kind)
            for told in card["articles"]:
                _note_article(told, self.texts, self.undated, self.estimated)
            for entry, happening, *_ in card["entries"]:
                self.happenings.setdefault(happening or entry, []).append(self.place)
                self.place += 1
            if card["articles"]:
                self.told[id] = (self.place - len(card["entries"]), self.place)
            elif card["entries"]:
                raise OddError(id)
            self.events += [unpack(Event, told) for told in card["events"]]
            self.touched.update(card["touched"])
            self.named.update((of, to) for of, to in card["named"])
            self.former += card["former"]
            self.edits += card["edits"]
            self.placed.update((event, whole) for event, whole in card["placed"])
            self.fixed |= {id} if card["fixed"] else set()
            if not self.entries.isdisjoint(card["ids"]):
                raise OddError(id)  # an entry's id stands twice
            self.entries.update(card["ids"])
            self.given.update({id: "\n".join(card["ids"])} if card["ids"] else {})
        except (TypeError, ValueError, KeyError) as error:
            raise OddError(id) from error

    def check(self) -> None:
        """OddError for ids that lead nowhere, and for circles."""
        known = {"actor": {*self.ids["actors"]}, "event": {*self.ids["events"]}, "entry": self.entries}
        if any(id not in known[kind] for kind, id in self.named if id):
            raise OddError("an id leads nowhere")
        if checks.circles_in(self.placed):
            raise OddError("an event is part of itself")

    def census(self, files: Mapping[str, str]) -> Census:
        """It, as it is kept."""
        settled = store.without_circles(self.events, self.fixed)
        return Census(
            state=_state(files),
            files=dict(files),
            actors=sorted(self.ids["actors"]),
            events=sorted(self.ids["events"]),
            told=self.told,
            happenings=dict(sorted(self.happenings.items())),
            touched=sorted(self.touched),
            named=sorted(self.named),
            former=self.former,
            edits=self.edits,
            texts=dict(sorted(self.texts.items())),
            given=self.given,
            undated=sorted(self.undated),
            estimated=sorted(self.estimated),
            freed=[one.id for one, told in zip(self.events, settled, strict=True) if one.part_of != told.part_of],
        )


# --------------------------------------------------------------------------------------------- since the last


def since_then(before: Census | None, now: Census, deck: Deck) -> Since:
    """What files tell otherwise than they did when the last census was taken."""
    if before is None:
        return Since(now=now.state)
    changed = {name for name, _ in before.files.items() ^ now.files.items()}
    happenings: set[str] = set()
    same_words = same_rest = True
    for name in filter(is_record, changed):
        kind = kind_of(name)
        old = deck.kept(kind, name, before.files[name]) if name in before.files else _NOTHING
        new = deck.of_file(kind, name) if name in now.files else _NOTHING
        if old is None:
            return Since(now=now.state)
        happenings.update(happening or id for card in (old, new) for id, happening, *_ in card["entries"])
        same_words = same_words and _words(old) == _words(new)
        same_rest = same_rest and (old["former"], old["edits"]) == (new["former"], new["edits"])
    records = {
        kind: frozenset(PurePosixPath(of).stem for of in changed if is_record(of) and kind_of(of) == kind)
        for kind in KINDS
    }
    return Since(
        before=before.state,
        now=now.state,
        articles=records["articles"],
        actors=records["actors"],
        events=records["events"],
        happenings=frozenset(happenings),
        touched=frozenset(before.touched) ^ frozenset(now.touched),
        reworded=not same_words,
        redirected=not same_rest or bool(now.edits),
    )


def _words(card: Card) -> list[Any]:
    """By what copies of an article's text are known."""
    articles = [[told_of(Article, told, name) for name in ("id", "published", "sketch")] for told in card["articles"]]
    return [articles, [told_of(Entry, told, "quote") for _, _, _, told in card["entries"]]]


_ID_OF: Mapping[Kind, type] = {"articles": Article, "actors": Actor, "events": Event}
_NOTHING: Card = {"articles": [], "entries": [], "former": [], "edits": []}
