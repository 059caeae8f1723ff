"""A whole text, for the page of an article whose rights allow that; names and dates in it lead on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .library import Library, Words
from .links import Block, Link, Run
from .model import Article, Document, Entry
from .rows import moment
from .when import When

IN_VIEW = 1500
"""A name that led on is plain words for so many characters."""
_TOKEN = re.compile(r"\w+")


class _Found(NamedTuple):
    start: int
    end: int
    link: Link
    when: When | None = None


def words_of(document: Document) -> Words:
    """The paragraphs of a text, without white space around them."""
    return tuple((of.kind == "heading", document.text[of.start : of.end].strip()) for of in document.paragraphs)


def blocks_of(library: Library, article: Article) -> tuple[Block, ...]:
    """The paragraphs of an article's text, with what leads on from them; none where it may not be shown whole."""
    if article.rights != "full":
        return ()  # and nothing is asked, on which its page would hang
    entries = library.told.get(article.id, ())
    names, page = _Names(_names_of(library, entries)), library.addresses["articles", article.id]
    blocks = []
    for heading, text in library.words(article):
        dates = list(_dates_in(text, entries, page))
        blocks.append(Block(heading=heading, runs=tuple(_runs(text, [*dates, *names.find(text)]))))
        names.passed += len(text)
    return tuple(blocks)


def _runs(text: str, found: Iterable[_Found]) -> Iterator[Run]:
    """A paragraph in order; of stretches that overlap, the first one stands, and the longer of two at one place."""
    at = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start < at:
            continue
        if one.start > at:
            yield Run(text=text[at : one.start])
        at = one.end
        yield Run(text=text[one.start : at], link=one.link, when=moment(one.when) if one.when else None)
    if at < len(text):
        yield Run(text=text[at:])


def _dates_in(text: str, entries: Iterable[Entry], page: str) -> Iterator[_Found]:
    """The words of dates, each as a way to what was drawn with it."""
    for entry in entries:
        quoted = text.find(entry.quote) if entry.quote and entry.when_words else -1
        at = text.find(entry.when_words, quoted, quoted + len(entry.quote)) if quoted >= 0 else -1
        if at >= 0:
            link = Link(text=entry.when_words, path=page, fragment=entry.id)
            yield _Found(at, at + len(entry.when_words), link, entry.when)


def _names_of(library: Library, entries: Iterable[Entry]) -> dict[str, Link]:
    """The names of all whom entries tell of, and of the events that they belong to; words in small letters are none."""
    told = [part.actor for entry in entries for part in entry.participants]
    told += [entry.voice.actor for entry in entries if entry.voice]
    found: dict[str, Link] = {}
    for id in dict.fromkeys(told):
        if actor := library.full_actors.get(id):
            _add(found, library.link("actors", id, actor.name), [alias.name for alias in actor.aliases])
    for id in dict.fromkeys(id for entry in entries for id in entry.events):
        if event := library.full_events.get(id):
            _add(found, library.link("events", id, event.label), [alias.name for alias in event.aliases])
    return found


def _add(found: dict[str, Link], link: Link, others: Iterable[str]) -> None:
    for name in (link.text, *others):
        if link.path and name and not name.islower():
            found.setdefault(name, link)


class _Names:
    """Names to be found in a text, by their first words; one pass over the text finds them all."""

    def __init__(self, names: dict[str, Link]) -> None:
        self.passed = 0
        """So many characters of the text lie before the paragraph."""
        self._links = names
        self._shown: dict[str, int] = {}
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            if first := _TOKEN.match(name):
                self._by_word.setdefault(first.group(), []).append(name)

    def find(self, text: str) -> Iterator[_Found]:
        """The names in a paragraph that did not lead on shortly before."""
        end = 0
        for token in _TOKEN.finditer(text):
            start = token.start()
            if start < end:
                continue
            for name in self._by_word.get(token.group(), ()):
                after = start + len(name)
                if text.startswith(name, start) and not _TOKEN.match(text, after):
                    end = after
                    if self._is_due(link := self._links[name], self.passed + start):
                        yield _Found(start, end, link)
                    break

    def _is_due(self, link: Link, at: int) -> bool:
        last = self._shown.get(link.path)
        if last is not None and at - last < IN_VIEW:
            return False
        self._shown[link.path] = at
        return True
