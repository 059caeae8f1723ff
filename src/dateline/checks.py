"""Whether `content/` holds together: ids that lead somewhere, quotations that stand in their texts."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator

from .model import Corpus, Document, Entry
from .problems import Problem, Severity, Where, did_you_mean
from .store import Content, Stored
from .text import fold, split_sentences
from .yamlio import Node


def check_ids(content: Content) -> tuple[Problem, ...]:
    """Every id that leads nowhere, and every entry id that stands twice."""
    problems: list[Problem] = []
    first: dict[str, Where] = {}
    nodes = [(stored, stored.in_force()) for stored in content.articles.values()]
    for _, node in nodes:
        for entry in _items(node, "entries"):
            if id_ := _field(entry, "id"):
                place = first.setdefault(str(id_.value), id_.where)
                if place is not id_.where:
                    message = f'the entry id "{id_.value}" stands also in {place}'
                    problems.append(Problem(slug="duplicate-id", message=message, where=id_.where))
    known: dict[str, Collection[str]] = {"actor": content.actors.keys(), "event": content.events.keys(), "entry": first}
    for _, node in nodes:
        for entry in _items(node, "entries"):
            problems += _dangling(_references(entry), known)
    for stored in content.events.values():
        larger = _field(stored.in_force(), "part_of")
        problems += _dangling([("event", larger)] if larger else [], known)
    return tuple(problems)


def ids_kept(content: Content, read_anew: Collection[str]) -> frozenset[str]:
    """Ids that keep their files though no seed supports them: people, or articles whose seed is gone, name them."""
    nodes = [stored.person if id_ in read_anew else stored.in_force() for id_, stored in content.articles.items()]
    named = {str(node.value) for part in nodes for entry in _items(part, "entries") for _, node in _references(entry)}
    larger = (_field(stored.in_force(), "part_of") for stored in content.events.values())
    return frozenset(named | {str(node.value) for node in larger if node is not None})


def _references(entry: Node) -> list[tuple[str, Node]]:
    """The ids that an entry names, each with the kind of thing it should lead to."""
    found: list[tuple[str, Node | None]] = []
    for part in _items(entry, "actors"):
        found.append(("actor", part if isinstance(part.value, str) else _field(part, "actor")))
    voice = _field(entry, "voice")
    found.append(("actor", _field(voice, "actor") if voice else None))
    found += [("event", event) for event in _items(entry, "events")]
    found.append(("entry", _field(entry, "happening")))
    return [(kind, node) for kind, node in found if node is not None and isinstance(node.value, str)]


def _dangling(references: list[tuple[str, Node]], known: dict[str, Collection[str]]) -> Iterator[Problem]:
    for kind, node in references:
        ids = known[kind]
        if node.value and node.value not in ids:
            hint = did_you_mean(str(node.value), sorted(ids)) if len(ids) < 5000 else ""
            message = f'there is no {kind} "{node.value}"'
            yield Problem(slug="dangling-id", message=message, where=node.where, hint=hint)


def _field(node: Node, name: str) -> Node | None:
    return node.value.get(name) if isinstance(node.value, dict) else None


def _items(node: Node, name: str) -> list[Node]:
    found = _field(node, name)
    return found.value if found is not None and isinstance(found.value, list) else []


# --------------------------------------------------------------------------------------------- quotations


def check_quotations(
    documents: Iterable[Document], content: Content, corpus: Corpus
) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """The entries whose words do not stand in their article's text, and a problem for each.

    An error for an entry that a person touched, a warning for the machine's own. Articles whose text is absent are
    taken as they are.
    """
    by_seed = {document.article.seed: document for document in documents}
    texts = {article.id: by_seed[article.seed] for article in corpus.articles if article.seed in by_seed}
    folded = {id_: fold(document.text) for id_, document in texts.items()}
    unsupported: set[str] = set()
    problems: list[Problem] = []
    for entry in corpus.entries:
        if entry.article in texts and not is_supported(entry, folded[entry.article]):
            unsupported.add(entry.id)
            stored = content.articles[entry.article]
            problems.append(_unsupported(entry, stored, texts[entry.article], entry.id in corpus.touched))
    return frozenset(unsupported), tuple(problems)


def is_supported(entry: Entry, folded_text: str) -> bool:
    """Whether a text (folded) holds an entry's quotation, and the quotation its happening word."""
    quote = fold(entry.quote)
    return bool(quote) and quote in folded_text and fold(entry.word) in quote


def _unsupported(entry: Entry, stored: Stored, document: Document, touched: bool) -> Problem:
    severity: Severity = "error" if touched else "warning"
    if not entry.quote:
        message = f"entry {entry.id} has no quotation"
    else:
        words = entry.quote if len(entry.quote) <= 60 else entry.quote[:60].rpartition(" ")[0] + " …"
        message = f'the words of entry {entry.id} do not stand in its text: "{words}"'
    nearest = _nearest(entry.quote, document)
    hint = f"nearest: “{nearest}”" if nearest else "`dateline extract` reads the text anew"
    return Problem(slug="quotation", message=message, where=_place_of(entry.id, stored), hint=hint, severity=severity)


def _nearest(quote: str, document: Document) -> str:
    sentences = [document.text[s.start : s.end] for s in split_sentences(document)[:500]]
    close = difflib.get_close_matches(quote[:500], sentences, n=1, cutoff=0.6)
    return close[0] if close else ""


def _place_of(entry: str, stored: Stored) -> Where:
    """Where an entry stands in its file, a person's part first."""
    for part in (stored.person, stored.machine):
        for item in _items(part, "entries"):
            id_ = _field(item, "id")
            if id_ is not None and id_.value == entry:
                return id_.where
    return Where(stored.name)
