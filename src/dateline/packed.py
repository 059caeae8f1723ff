"""Records as plain values for JSON, and back, quickly: a list of the values of the fields, in their order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast, overload

from . import when
from .digests import digest_of_plain
from .model import Actor, Alias, Appointment, Article, Entry, Event, Participant, RoleHeld, Span, Voice
from .traces import Late

R = TypeVar("R", bound=Hashable)
Code = tuple[Callable[[Any], Any], Callable[[Any], Any]]
"""To a plain value, and back."""


def pack(record: Any) -> list[Any]:
    """A record's fields as plain values."""
    cls: type = type(record)
    values, coded = _packing(cls)
    told = list(values(record))
    for at, to in coded:
        told[at] = to(told[at])
    return told


def digest_of(record: Any) -> str:
    """The digest of a record as it is packed."""
    return digest_of_plain(pack(record))


def unpack(cls: type[R], told: Sequence[Any]) -> R:
    """A record from its plain values. ValueError, TypeError where they are not its."""
    names, coded = _form(cls)
    if len(told) != len(names):
        raise ValueError(cls.__name__)
    values = dict(zip(names, told, strict=True))
    for name, (_, back) in coded:
        values[name] = back(values[name])
    return cls(**values)


@cache
def _packing(cls: type) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """What gives the values of a record's fields, of which all have several; the places of those that are coded."""
    names, coded = _form(cls)
    return attrgetter(*names), tuple((names.index(name), to) for name, (to, _) in coded)


@cache
def _form(cls: type) -> tuple[tuple[str, ...], tuple[tuple[str, Code], ...]]:
    """The names of a record's fields, and how those are coded that are no plain values."""
    found = {field.name: str(field.type) for field in fields(cls)}
    return tuple(found), tuple((name, _CODES[type]) for name, type in found.items() if type in _CODES)


def _many(cls: type) -> Code:
    return (lambda of: [pack(one) for one in of], lambda told: tuple([unpack(cls, one) for one in told]))


def _maybe(cls: type) -> Code:
    return (lambda one: one and pack(one), lambda told: None if told is None else unpack(cls, told))


_CODES: dict[str, Code] = {
    "When": (when.format, when.parse),
    "tuple[str, ...]": (list, tuple),
    "tuple[tuple[str, int], ...]": (lambda of: [list(one) for one in of], lambda told: tuple(map(tuple, told))),
    "tuple[tuple[str, str], ...]": (lambda of: [list(one) for one in of], lambda told: tuple(map(tuple, told))),
    "tuple[Participant, ...]": _many(Participant),
    "tuple[Alias, ...]": _many(Alias),
    "tuple[RoleHeld, ...]": _many(RoleHeld),
    "tuple[Appointment, ...]": _many(Appointment),
    "Voice | None": _maybe(Voice),
    "Span | None": _maybe(Span),
}
"""The types of fields, as they are written, whose values are no plain ones."""
PACKED = (Article, Entry, Actor, Event)
"""What is packed whole; a test packs all of them."""


class PackedEntry(NamedTuple):
    """An entry that nobody looked at yet."""

    id: str
    article: str
    happening: str
    digest: str
    told: Sequence[Any]


class Records(Sequence[R]):
    """Records in order of id, each opened when somebody looks at it."""

    def __init__(self, ids: Sequence[str], open: Callable[[str], R]) -> None:
        self.by_id: Mapping[str, R] = Late(dict(zip(ids, ids, strict=True)), open)
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...
    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        return [self.by_id[id] for id in self._ids[at]] if isinstance(at, slice) else self.by_id[self._ids[at]]

    def __iter__(self) -> Iterator[R]:
        return (self.by_id[id] for id in self._ids)


class PackedArticles(Records[Article]):
    """Articles of which is known, unopened, what text each has."""

    def __init__(self, texts: Mapping[str, tuple[str, str]], open: Callable[[str], Article]) -> None:
        """`texts`: each article, in order of id, with its seed and the digest of its words."""
        super().__init__(list(texts), open)
        self.texts = texts


def texts_in(articles: Sequence[Article]) -> Mapping[str, tuple[str, str]]:
    """Each article's seed and the digest of its words, "" for what it has not."""
    return articles.texts if isinstance(articles, PackedArticles) else {of.id: (of.seed, of.digest) for of in articles}


def by_id(records: Sequence[R]) -> Mapping[str, R]:
    """Records that have an id, by that, in their order."""
    return records.by_id if isinstance(records, Records) else {cast(Any, of).id: of for of in records}


class PackedEntries(Sequence[Entry]):
    """Entries of articles, those of one opened when somebody looks at one of them, and each unpacked by itself."""

    def __init__(
        self,
        told: Mapping[str, range],
        happenings: Mapping[str, Sequence[int]],
        open: Callable[[str], Sequence[PackedEntry]],
    ) -> None:
        """`open` gives the entries of an article."""
        self.told = told
        """Article → the places of its entries."""
        self.happenings = happenings
        """Happening → the places of the entries that report it, in order of id."""
        self._opened: Mapping[str, Sequence[PackedEntry]] = Late(dict(zip(told, told, strict=True)), open)
        self._names = list(told)
        self._starts = [of.start for of in told.values()]
        self._known: dict[int, Entry] = {}

    def __len__(self) -> int:
        return self.told[self._names[-1]].stop if self._names else 0

    def packed_at(self, at: int) -> PackedEntry:
        """An entry as it is kept."""
        article = bisect_right(self._starts, at) - 1
        return self._opened[self._names[article]][at - self._starts[article]]

    @property
    def packed(self) -> Iterator[PackedEntry]:
        """All entries as they are kept."""
        return (entry for name in self._names for entry in self._opened[name])

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        known = self._known.get(at)
        if known is None:
            if not 0 <= at < len(self):
                raise IndexError(at)
            known = self._known[at] = unpack(Entry, self.packed_at(at).told)
        return known

    def __iter__(self) -> Iterator[Entry]:
        return (self[at] for at in range(len(self)))


def told_of(cls: type, told: Sequence[Any], name: str) -> Any:
    """One plain value of a packed record."""
    return told[_form(cls)[0].index(name)]


def quotes_in(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The article of each entry, and its quotation."""
    if isinstance(entries, PackedEntries):
        at = _form(Entry)[0].index("quote")
        return ((entry.article, entry.told[at]) for entry in entries.packed)
    return ((entry.article, entry.quote) for entry in entries)


def ids_in(entries: Sequence[Entry]) -> Iterator[str]:
    """The id of each entry."""
    return (entry.id for entry in (entries.packed if isinstance(entries, PackedEntries) else entries))


def articles_in(entries: Sequence[Entry]) -> Iterator[str]:
    """The article of each entry."""
    if isinstance(entries, PackedEntries):
        return (article for article, places in entries.told.items() for _ in places)
    return (entry.article for entry in entries)


def actors_in(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The article of each entry, with each actor that it names."""
    if isinstance(entries, PackedEntries):
        names = _form(Entry)[0]
        parts, voice = names.index("participants"), names.index("voice")
        part_actor, voice_actor = _form(Participant)[0].index("actor"), _form(Voice)[0].index("actor")
        for packed in entries.packed:
            yield from ((packed.article, part[part_actor]) for part in packed.told[parts])
            if packed.told[voice]:
                yield packed.article, packed.told[voice][voice_actor]
        return
    for entry in entries:
        yield from ((entry.article, part.actor) for part in (*entry.participants, entry.voice) if part)


def events_in(entries: Sequence[Entry]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Article → each of its entries, by id, with the events that it belongs to; found when somebody looks."""
    if isinstance(entries, PackedEntries):
        at = _form(Entry)[0].index("events")
        return Late(entries.told, lambda of: {one.id: one.told[at] for one in map(entries.packed_at, of)})
    found: dict[str, dict[str, Sequence[str]]] = {}
    for entry in entries:
        found.setdefault(entry.article, {})[entry.id] = entry.events
    return found
