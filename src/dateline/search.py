"""What readers search: names, labels, titles and quotations, in small files that a page asks for one by one.

It is an index by words. Each file is a classic script that hands over its data, because from disk a page can load
scripts only. What is found most readily stands first: actors and events by the rows they have, then articles, then rows
by weight; so a document's number is its rank.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from sys import intern
from urllib.parse import quote

from .gathered import row_link
from .plan import File, Text
from .rows import cite, latest_first
from .subjects import ACTOR_KINDS, EVENT_KINDS
from .timelines import Stack
from .traces import Made
from .views import Link
from .web import anchor

FOLDER = "search"
DOCUMENTS = 100
"""So many documents stand in a file."""
SHARD = 40_000
"""So many characters of words stand in a file; a word with more stands alone."""
LONGEST = 32
"""A word counts by so many of its first letters."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+")
"""A run of letters and digits; a sign of a script without spaces stands alone. `search.js` has the same."""
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What may be found: what it is called, what it is, where it stands; and the words by which it is found."""

    label: str
    note: str
    address: str
    words: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched: small letters without marks."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    marked = plain if plain.isascii() else "".join(sign for sign in plain if unicodedata.category(sign)[0] != "M")
    bare = marked.lower()
    return [intern(word[:LONGEST]) for word in _WORD.findall(bare)]


class Index:
    """What may be found in a tracker."""

    def __init__(self, stack: Stack) -> None:
        """Of a stack that is laid out."""
        self.stack = stack
        library = stack.library
        keys = [*library.addresses.held, *(("happenings", id) for id in stack.briefs.keys_)]
        self.documents = Made("documents", library.reads, keys, self._document)
        """Kind and id → what is found."""

    def files(self) -> list[File]:
        """The index as files."""
        self.documents.at_hand()
        documents = [self.documents[key] for key in self._ranked()]
        numbers: dict[str, list[int]] = {}
        for number, document in enumerate(documents):
            for word in document.words:
                numbers.setdefault(word, []).append(number)
        shards = list(_shards(numbers))
        head = {"first": [shard[0][0] for shard in shards], "documents": len(documents), "each": DOCUMENTS}
        return [
            _file("head", head),
            *(_file(f"w{number}", dict(shard)) for number, shard in enumerate(shards)),
            *(_file(f"d{number}", block) for number, block in enumerate(_blocks(documents))),
        ]

    def _ranked(self) -> Iterator[tuple[str, str]]:
        """Actors and events by the rows they have, articles from the latest on, happenings by weight."""
        stack, library = self.stack, self.stack.library
        records = [key for key in library.addresses if key[0] != "articles"]
        yield from sorted(records, key=lambda key: (key[0], -len(stack.of(key)), key[1]))
        articles = library.articles.values()
        yield from (("articles", of.id) for of in sorted(articles, key=lambda of: (latest_first(of.published), of.id)))
        happenings = stack.briefs.values()
        yield from (("happenings", of.id) for of in sorted(happenings, key=lambda of: (-of.weight.value, of.id)))

    def _document(self, key: tuple[str, str]) -> Document:
        kind, id = key
        library = self.stack.library
        if kind == "actors":
            actor = library.full_actors[id]
            names = [alias.name for alias in actor.aliases]
            return document_of(actor.name, ACTOR_KINDS[actor.kind], library.link("actors", id, ""), names)
        if kind == "events":
            event = library.full_events[id]
            names = [alias.name for alias in event.aliases]
            return document_of(event.label, EVENT_KINDS[event.kind], library.link("events", id, ""), names)
        if kind == "articles":
            source = cite(library, library.articles[id])
            note = f"{source.publisher}, {source.published.words}"
            return document_of(source.article.text, note, source.article, [source.publisher])
        row = self.stack.rows[id]
        said = f"{row.speech.who.text} {row.speech.verb}: " if row.speech else ""
        status = f" ({row.status})" if row.status else ""
        quotes = {"".join(piece.text for piece in report.quote.pieces): None for report in row.reports}
        words = [*quotes, row.place]
        return document_of(f"{said}{row.label}{status}", row.happened.words, row_link(self.stack, id), words)


def document_of(label: str, note: str, to: Link, texts: Sequence[str]) -> Document:
    """What is found under its label and by the words of some texts."""
    words = dict.fromkeys(word for text in (label, *texts) for word in words_of(text))
    return Document(
        label=_clean(label), note=_clean(note), address=quote(to.path) + anchor(to.fragment), words=tuple(words)
    )


def pack(document: Document) -> list[str]:
    """A document as plain values, for JSON."""
    return [document.label, document.note, document.address, " ".join(document.words)]


def unpack(_: object, told: Sequence[str]) -> Document:
    """A document from its plain values."""
    label, note, address, words = told
    return Document(label=label, note=note, address=address, words=tuple(map(intern, words.split())))


def _clean(text: str) -> str:
    return " ".join(_ODD.sub(" ", text).split())


def _file(name: str, data: object) -> File:
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return File(path=f"{FOLDER}/{name}.js", content=Text(text=f'datelineFound("{name}",{told});\n'))


def _shards(numbers: dict[str, list[int]]) -> Iterator[list[tuple[str, list[int]]]]:
    """The words in the order of a browser, in runs of some length; each with its documents, as steps from one on."""
    shard: list[tuple[str, list[int]]] = []
    size = 0
    for word in sorted(numbers, key=lambda word: word.encode("utf-16-be", "surrogatepass")):
        of = numbers[word]
        steps = [of[0], *(after - before for before, after in pairwise(of))]
        length = len(word) + sum(len(str(step)) + 1 for step in steps) + 6
        if shard and size + length > SHARD:
            yield shard
            shard, size = [], 0
        shard.append((word, steps))
        size += length
    if shard:
        yield shard


def _blocks(documents: Iterable[Document]) -> Iterator[list[tuple[str, str, str]]]:
    told = iter((one.label, one.note, one.address) for one in documents)
    while block := list(islice(told, DOCUMENTS)):
        yield block
