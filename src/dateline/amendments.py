"""Edits marked as corrections, in words for readers: what was corrected, what stood there, what stands there now.

What is no longer published is not named: neither the record that an edit is of, nor in what stood there before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from . import when
from .edits import Edit
from .ledger import Key, Ledger
from .model import Corpus, Correction, Entry
from .packed import PackedEntries

Shown = Literal["actors", "events", "articles", "happenings"]

NOTHING = "nothing"
_WITHHELD = "what is not published any more"
_RECORD: Mapping[str, str] = {
    "name": "The name of {}",
    "label": "The name of {}",
    "title": "The title of {}",
    "kind": "The kind of {}",
    "class": "The kind of {}",
    "aliases": "The other names of {}",
    "roles": "The roles of {}",
    "wikidata": "The Wikidata item of {}",
    "note": "The note on {}",
    "when": "The date of {}",
    "when_reason": "The reason for the date of {}",
    "place": "The place of {}",
    "part_of": "What {} is part of",
    "part_reason": "The reason for what {} is part of",
    "history": "The days set for {}",
    "reason": "The reason for {}",
    "source": "The publisher of {}",
    "byline": "The author of {}",
    "url": "The address of {}",
    "published": "The date of {}",
}
_ENTRY: Mapping[str, str] = {
    "label": "The wording of {}",
    "class": "The kind of {}",
    "quote": "The quotation for {}",
    "when": "The date of {}",
    "course": "Whether {} happened",
    "negated": "Whether {} happened",
    "voice": "Who says {}",
    "actors": "Who has part in {}",
    "place": "The place of {}",
    "events": "The events of {}",
    "happening": "The happening of {}",
    "note": "The note on {}",
    "source": "The source of {}",
}
"""What readers are told of; other fields serve the machine and stand on no page."""
_UNSHOWN = {("articles", "note")}
_UNSAID: Mapping[str, str] = {"course": "happened", "negated": "yes"}
"""What no value means where that is not nothing."""
_ROLES: Mapping[str, str] = {"affected": "concerned", "mentioned": "named"}
_COURSES: Mapping[str, str] = {"occurred": "happened"}


def amendments_of(filed: Corpus, settled: Corpus, ledger: Ledger) -> tuple[Correction, ...]:
    """A correction for each field of a marked edit that readers see, in the order of the files.

    `filed` are the records as files tell them, `settled` those in force.
    """
    if not filed.edits:
        return ()
    words = _Words(filed, settled, ledger)
    found = (words.correction(edit) for edit in filed.edits)
    return tuple({of.id: of for of in found if of is not None}.values())


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an edit is of: what it is called, and the records on whose pages it is told."""

    name: str
    records: tuple[tuple[Shown, str], ...]


class _Words:
    """The words of a tracker's corrections."""

    def __init__(self, filed: Corpus, settled: Corpus, ledger: Ledger) -> None:
        self.ledger = ledger
        self.limit = settled.settings.quote_words
        self.names: dict[Key, str] = {("actors", actor.id): actor.name for actor in settled.actors}
        self.names |= {("events", event.id): event.label for event in settled.events}
        self.titles = {article.id: article.title or article.id for article in settled.articles}
        wanted = {edit.entry for edit in filed.edits if edit.entry}
        wanted |= {id_ for edit in filed.edits if edit.field == "happening" for id_ in (*edit.was, *edit.now)}
        self.entries = {entry.id: entry for entry in _chosen(settled.entries, wanted)}
        self.gone = _names_gone(filed, ledger)

    def correction(self, edit: Edit) -> Correction | None:
        """What readers are told of an edit; None for nothing."""
        subject = self._subject(edit)
        form = (_ENTRY if edit.entry else _RECORD).get(edit.field, "")
        if subject is None or (edit.field and (not form or (edit.kind, edit.field) in _UNSHOWN)):
            return None
        if edit.field:
            was, now = (self._said(edit.field, values) for values in (edit.was, edit.now))
        else:
            form, was, now = "{} is new", NOTHING, self._short(subject.name)
        if was == now:
            return None
        core = "\0".join((edit.kind, edit.of, edit.entry, edit.field, *edit.now))
        return Correction(
            id=hashlib.blake2b(core.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
            on=edit.on,
            words=form.format(f"“{self._short(subject.name)}”"),
            was=self._without_gone(was),
            now=self._without_gone(now),
            why=edit.why,
            records=subject.records,
        )

    def _subject(self, edit: Edit) -> _Subject | None:
        """What an edit is of; None for what is not published."""
        if edit.entry:
            entry = self.entries.get(edit.entry)
            if entry is None or edit.of not in self.titles:
                return None
            return _Subject(entry.label, (("happenings", entry.happening or entry.id), ("articles", edit.of)))
        if edit.kind == "articles":
            return _Subject(self.titles[edit.of], (("articles", edit.of),)) if edit.of in self.titles else None
        root = self.ledger.root((edit.kind, edit.of))
        return _Subject(self.names[root], ((edit.kind, root[1]),)) if root in self.names else None

    def _said(self, field: str, values: Sequence[str]) -> str:
        """A field's value in words."""
        told = ", ".join(filter(None, self._items(field, values)))
        return self._short(told) or _UNSAID.get(field, NOTHING)

    def _items(self, field: str, values: Sequence[str]) -> Iterable[str]:
        match field:
            case "when" | "published":
                return map(_day, values)
            case "history":
                days = (value.partition(" ") for value in values)
                return (f"{course} {_day(day)}".strip() for course, _, day in days)
            case "events":
                return (self._name(("events", id_)) for id_ in values)
            case "part_of":
                return (self._name(("events", id_)) or _WITHHELD for id_ in values)
            case "happening":
                return (f"“{self.entries[id_].label}”" if id_ in self.entries else _WITHHELD for id_ in values)
            case "actors":
                parts = (value.partition(" ") for value in values)
                named = ((self._name(("actors", id_)), _ROLES.get(role, role)) for role, _, id_ in parts)
                return (f"{name} ({role})" for name, role in named if name)
            case "voice" if values:
                stance, actor, words = values
                return [f"{self._name(('actors', actor)) or words} ({stance})"]
            case "course":
                return (_COURSES.get(value, value) for value in values)
            case "negated":
                return ("no" if value == "true" else "yes" for value in values)
        return values

    def _without_gone(self, text: str) -> str:
        """A text, but not one that names what was taken off the site."""
        words = _folded(text) if self.gone else []
        named = (" ".join(words[at : at + many]) in of for many, of in self.gone.items() for at in range(len(words)))
        return _WITHHELD if any(named) else text

    def _name(self, key: Key) -> str:
        """What a record is called now; "" for one that is not published."""
        return self.names.get(self.ledger.root(key), "")

    def _short(self, text: str) -> str:
        """A text of at most as many words as the site quotes."""
        words = text.split()
        return " ".join(words[: self.limit]) + (" …" if len(words) > self.limit else "")


def _chosen(entries: Sequence[Entry], wanted: set[str]) -> list[Entry]:
    """The entries of these ids; no other is unpacked."""
    if isinstance(entries, PackedEntries):
        return [entries[at] for at, entry in enumerate(entries.packed) if entry.id in wanted]
    return [entry for entry in entries if entry.id in wanted]


def _names_gone(filed: Corpus, ledger: Ledger) -> Mapping[int, frozenset[str]]:
    """The names of what was taken off the site, folded, by their number of words."""
    names = {decision.name for decision in ledger.dropped_names.values()}
    for decision in ledger.dropped.values():
        names.update(decision.evidence.names if decision.evidence else ())
    for actor in filed.actors:
        if ("actors", actor.id) in ledger.dropped:
            names.update((actor.name, *(alias.name for alias in actor.aliases)))
    for event in filed.events:
        if ("events", event.id) in ledger.dropped:
            names.update((event.label, *(alias.name for alias in event.aliases)))
    found: dict[int, set[str]] = {}
    for words in map(_folded, names):
        found.setdefault(len(words), set()).add(" ".join(words))
    return {number: frozenset(of) for number, of in found.items() if number}


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return when.describe(when.parse(text))
    except ValueError:
        return text
