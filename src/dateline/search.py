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
from urllib.parse import quote

from .gathered import row_link
from .plan import Content, File
from .rows import cite, latest_first
from .subjects import ACTOR_KINDS, EVENT_KINDS
from .timelines import Stack

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
class Script(Content):
    """A classic script, as it is written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What may be found: what it is called, what it is, where it stands; and the words by which it is found."""

    label: str
    note: str
    address: str
    words: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched: small letters without marks."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M")).lower()
    return [word[:LONGEST] for word in _WORD.findall(bare)]


def search_files(stack: Stack) -> list[File]:
    """The index of a tracker: a head, words in order, documents by rank."""
    documents = list(documents_of(stack))
    numbers: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for word in dict.fromkeys(found for text in document.words for found in words_of(text)):
            numbers.setdefault(word, []).append(number)
    shards = list(_shards(numbers))
    head = {"first": [shard[0][0] for shard in shards], "documents": len(documents), "each": DOCUMENTS}
    return [
        _file("head", head),
        *(_file(f"w{number}", dict(shard)) for number, shard in enumerate(shards)),
        *(_file(f"d{number}", block) for number, block in enumerate(_blocks(documents))),
    ]


def _file(name: str, data: object) -> File:
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return File(path=f"{FOLDER}/{name}.js", content=Script(text=f'datelineFound("{name}",{told});\n'))


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


# --------------------------------------------------------------------------------------------- documents


def documents_of(stack: Stack) -> Iterator[Document]:
    """All that may be found, by rank."""
    yield from _actors(stack)
    yield from _events(stack)
    yield from _articles(stack)
    yield from _happenings(stack)


def _document(label: str, note: str, path: str, fragment: str, words: Sequence[str]) -> Document:
    part = f"#{quote(fragment, safe='', errors='replace')}" if fragment else ""
    return Document(label=_clean(label), note=_clean(note), address=quote(path) + part, words=(label, *words))


def _clean(text: str) -> str:
    return " ".join(_ODD.sub(" ", text).split())


def _actors(stack: Stack) -> Iterator[Document]:
    library = stack.library
    shown = [actor for actor in library.corpus.actors if ("actors", actor.id) in library.addresses]
    for actor in sorted(shown, key=lambda of: (-len(stack.of(("actors", of.id))), of.id)):
        aliases = [alias.name for alias in actor.aliases]
        yield _document(actor.name, ACTOR_KINDS[actor.kind], library.addresses["actors", actor.id], "", aliases)


def _events(stack: Stack) -> Iterator[Document]:
    library = stack.library
    for event in sorted(library.corpus.events, key=lambda of: (-len(stack.of(("events", of.id))), of.id)):
        aliases = [alias.name for alias in event.aliases]
        yield _document(event.label, EVENT_KINDS[event.kind], library.addresses["events", event.id], "", aliases)


def _articles(stack: Stack) -> Iterator[Document]:
    library = stack.library
    for article in sorted(library.corpus.articles, key=lambda of: (latest_first(of.published), of.id)):
        source = cite(library, article)
        note = f"{source.publisher}, {source.published.words}"
        yield _document(source.article.text, note, source.article.path, "", [source.publisher])


def _happenings(stack: Stack) -> Iterator[Document]:
    for id in sorted(stack.rows, key=lambda id: (-stack.weights[id].value, id)):
        row, to = stack.rows[id], row_link(stack, id)
        said = f"{row.speech.who.text} {row.speech.verb}: " if row.speech else ""
        status = f" ({row.status})" if row.status else ""
        quotes = {"".join(piece.text for piece in report.quote.pieces): None for report in row.reports}
        yield _document(f"{said}{row.label}{status}", row.happened.words, to.path, to.fragment, [*quotes, row.place])
