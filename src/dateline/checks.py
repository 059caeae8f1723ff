"""Whether `content/` holds together: ids that lead somewhere, quotations that stand in their texts."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from .events.circles import untangled
from .model import Article, Corpus, Document, Entry
from .parts import Stored, entry_ids
from .problems import Problem, Severity, Where, did_you_mean
from .quotes import LOCK, Lock, digest_of, find_quotation, load_lock
from .reconcile import orphans_of
from .store import Content, Kind
from .text import fold, slug, split_sentences
from .yamlio import Node


def check_ids(content: Content) -> tuple[Problem, ...]:
    """Every id that leads nowhere, and every entry id that stands twice."""
    problems: list[Problem] = []
    first: dict[str, Node] = {}
    nodes = [(stored, stored.in_force()) for stored in content.articles.values()]
    for _, node in nodes:
        for entry in _items(node, "entries"):
            if id_ := _field(entry, "id"):
                known_as = first.setdefault(str(id_.value), id_)
                if known_as is not id_:
                    message = f'the entry id "{id_.value}" stands also in {known_as.where}'
                    problems.append(Problem(slug="duplicate-id", message=message, where=id_.where))
    entries = first.keys() | {orphan.id for stored in content.articles.values() for orphan in orphans_of(stored)}
    known: dict[str, Collection[str]] = {
        "actor": content.actors.keys(),
        "event": content.events.keys(),
        "entry": entries,
    }
    renamed = _renamed_by_hand(content)
    for _, node in nodes:
        for entry in _items(node, "entries"):
            problems += _dangling(_references(entry), known, renamed)
    for stored in content.events.values():
        larger = _field(stored.in_force(), "part_of")
        problems += _dangling([("event", larger)] if larger else [], known, renamed)
    return (*problems, *_circles(content))


def _circles(content: Content) -> Iterator[Problem]:
    """An error for each circle of events that people made parts of each other; the machine's own give way to these."""
    given = placed_by_people(content)
    for id_ in circles_in({id_: str(node.value) for id_, node in given.items()}):
        message = f'"{id_}" would be part of itself, through "{given[id_].value}"'
        where = given[id_].where
        yield Problem(slug="part-of-circle", message=message, where=where, hint="delete one of these lines")


def placed_by_people(content: Content) -> dict[str, Node]:
    """Event → what a person says that it is part of."""
    found = {id_: _field(stored.in_force(), "part_of") for id_, stored in content.events.items() if _places(stored)}
    return {id_: node for id_, node in found.items() if node is not None and node.value}


def circles_in(larger: Mapping[str, str]) -> list[str]:
    """The events that are part of themselves; `larger`: event → what it is part of."""
    return sorted(larger.keys() - untangled(larger, larger).keys())


def named_in(content: Content) -> set[tuple[str, str]]:
    """Kind and id of all that entries and events refer to."""
    entries = [entry for stored in content.articles.values() for entry in _items(stored.in_force(), "entries")]
    found = {(kind, str(id_.value)) for entry in entries for kind, id_ in _references(entry)}
    larger = (_field(stored.in_force(), "part_of") for stored in content.events.values())
    return found | {("event", str(node.value)) for node in larger if node is not None}


def _places(stored: Stored) -> bool:
    return "part_of" in stored.touched()


def ids_kept(
    content: Content,
    fresh: Mapping[Kind, Collection[str]],
    entries: Collection[str] = frozenset(),
    also: Collection[str] = frozenset(),
) -> frozenset[str]:
    """Ids that keep their files though no seed supports them: people, or articles whose seed is gone, name them.

    So do the `entries` that stay below the line though their text was read without finding them. `fresh` is what the
    machine has told anew, `also` what stays anyway.
    """
    read_anew, events = fresh["articles"], fresh["events"]
    named: set[str] = set()
    for id_, stored in content.articles.items():
        if stored.plain and id_ in read_anew and not entries:
            continue
        parts = (stored.person, stored.edits) if id_ in read_anew else (stored.in_force(),)
        items = [entry for part in parts for entry in _items(part, "entries")]
        items += [entry for entry in _items(stored.machine, "entries") if _text(entry, "id") in entries]
        named |= {str(node.value) for entry in items for _, node in _references(entry)}
    named |= set(also)
    stay = [id_ for id_, stored in content.events.items() if stored.touched() or id_ in named]
    while stay:  # a file that stays keeps what it is part of
        id_ = stay.pop()
        own = content.events.get(id_)
        whole = _text(own.in_force(), "part_of") if own and (id_ not in events or _places(own)) else ""
        if whole and whole not in named:
            named.add(whole)
            stay.append(whole)
    return frozenset(named)


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


def _renamed_by_hand(content: Content) -> dict[tuple[str, str], str]:
    """(kind, the id that its name would give) → the file of a record that goes by another id."""
    found = {}
    named: tuple[tuple[str, Mapping[str, Stored], str], ...] = (
        ("actor", content.actors, "name"),
        ("event", content.events, "label"),
    )
    for kind, files, name in named:
        for id_, stored in files.items():
            if (minted := slug(_text(stored.machine, name))) != id_:
                found[kind, minted] = stored.name
    return found


def _dangling(
    references: list[tuple[str, Node]], known: Mapping[str, Collection[str]], renamed: Mapping[tuple[str, str], str]
) -> Iterator[Problem]:
    for kind, node in references:
        ids = known[kind]
        if node.value and node.value not in ids:
            hint = did_you_mean(str(node.value), sorted(ids)) if len(ids) < 5000 else ""
            if file := renamed.get((kind, str(node.value))):
                hint = f"the name of a file is the id: is {file} it, under another name?"
            message = f'there is no {kind} "{node.value}"'
            yield Problem(slug="dangling-id", message=message, where=node.where, hint=hint)


def _field(node: Node, name: str) -> Node | None:
    return node.value.get(name) if isinstance(node.value, dict) else None


def _items(node: Node, name: str) -> list[Node]:
    found = _field(node, name)
    return found.value if found is not None and isinstance(found.value, list) else []


def _text(node: Node, name: str) -> str:
    found = _field(node, name)
    return found.value if found is not None and isinstance(found.value, str) else ""


# --------------------------------------------------------------------------------------------- what has lost its ground


def check_orphans(content: Content) -> tuple[Problem, ...]:
    """A warning for each entry that its text, or the reading of it, no longer holds."""
    problems = []
    for stored in content.articles.values():
        for item in _items(stored.machine, "orphans"):
            message = f"entry {_text(item, 'id')} is no longer found: “{_shortened(_text(item, 'quote'))}”"
            hint = "it comes back under this id when it is found again; delete the line if it should not"
            problems.append(Problem(slug="orphan", message=message, where=item.where, hint=hint, severity="warning"))
    return tuple(problems)


def check_overlays(content: Content) -> tuple[Problem, ...]:
    """An error for each entry above the line that changes one which the machine's part does not hold."""
    problems = []
    for stored in content.articles.values():
        below = set(entry_ids(stored.machine))
        if not stored.machine.value:
            continue
        for item in _items(stored.person, "entries"):
            id_ = _text(item, "id")
            if id_ and id_ not in below and not _text(item, "quote") and not _is_remark(item):
                message = f'there is no entry "{id_}" below the line that this could change'
                hint = _nearest_entry(id_, item, stored)
                problems.append(Problem(slug="unknown-entry", message=message, where=item.where, hint=hint))
    return tuple(problems)


def _nearest_entry(id_: str, item: Node, stored: Stored) -> str:
    """The entry that may be meant: an orphan of this id, one of a similar id, or the one of the most similar words."""
    for orphan in orphans_of(stored):
        if orphan.id == id_:
            return f"it is an orphan; its words were: “{_shortened(orphan.quote)}”"
    labels = {_text(entry, "id"): _text(entry, "label") for entry in _items(stored.machine, "entries")}
    near = difflib.get_close_matches(id_, labels, n=1, cutoff=0.6)
    if not near and (label := _text(item, "label")):
        similar = difflib.get_close_matches(label, labels.values(), n=1, cutoff=0.4)
        near = [key for key, value in labels.items() if value in similar][:1]
    return f"nearest: {near[0]} “{_shortened(labels[near[0]])}”" if near else "give it a quotation to make it your own"


def check_sources(content: Content, corpus: Corpus) -> tuple[Problem, ...]:
    """A warning for each entry written by hand, in an article without a text, that says not what it rests on."""
    problems = []
    for entry in without_source(corpus):
        message = f"entry {entry.id} names no source"
        hint = "give it or its article a `source:`, or say `note: editor's note …`"
        where = _place_of(entry.id, content.articles[entry.article])
        problems.append(Problem(slug="no-source", message=message, where=where, hint=hint, severity="warning"))
    return tuple(problems)


def without_source(corpus: Corpus) -> list[Entry]:
    """Entries written by hand, in an article without a text, that say not what they rest on."""
    articles = {article.id: article for article in corpus.articles}
    bare = {id_ for id_, article in articles.items() if not (article.seed or article.source or article.url)}
    found = (entry for entry in corpus.entries if entry.article in bare) if bare else ()
    return [entry for entry in found if not entry.source and not is_remark(entry.note)]


def is_remark(note: str) -> bool:
    """Whether an entry's note says that the words are the editor's own."""
    return fold(note).casefold().startswith("editor's note")


def _is_remark(item: Node) -> bool:
    return is_remark(_text(item, "note"))


def check_twins(content: Content, corpus: Corpus, apart: Callable[[str, str], bool]) -> tuple[Problem, ...]:
    """A warning for each pair of actors that may be one, where no decision says that they are `apart`."""
    from .actors.suggest import maybe_same  # large, and needed for nothing else

    names = {actor.id: actor.name for actor in corpus.actors}
    problems = []
    for pair in maybe_same(corpus.actors):
        if apart(pair.one, pair.other):
            continue
        message = f'"{names[pair.one]}" ({pair.one}) and "{names[pair.other]}" ({pair.other}) may be one: {pair.reason}'
        hint = f"`dateline same {pair.one} {pair.other}`, or `dateline different {pair.one} {pair.other}`"
        where = Where(content.actors[pair.one].name if pair.one in content.actors else "content/actors")
        problems.append(Problem(slug="maybe-same", message=message, where=where, hint=hint, severity="warning"))
    return tuple(problems)


# --------------------------------------------------------------------------------------------- quotations


def check_ground(
    tracker: Path, documents: Iterable[Document], content: Content, corpus: Corpus
) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """Entries that stand on nothing, and every problem of what entries stand on: quotations, sources, each other."""
    lock, locking = load_lock(tracker)
    unsupported, problems = check_quotations(documents, content, corpus, lock)
    more = (*check_overlays(content), *check_sources(content, corpus))
    told = {problem.where for problem in more}
    return unsupported, (*locking, *(p for p in problems if p.where not in told), *more)


def check_quotations(
    documents: Iterable[Document], content: Content, corpus: Corpus, lock: Lock | None = None
) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """The entries whose words do not stand in their article's text, and a problem for each.

    An error for an entry that a person touched, a warning for the machine's own. Where a text is absent, `lock` says
    what stood in it; without a lock the article is taken as it is.
    """
    unsupported: set[str] = set()
    problems: list[Problem] = []
    for entry, found in find_unsupported(documents, corpus, lock):
        unsupported.add(entry.id)
        problems.append(_unsupported(entry, content.articles[entry.article], found, entry.id in corpus.touched))
    return frozenset(unsupported), tuple(problems)


def find_unsupported(
    documents: Iterable[Document], corpus: Corpus, lock: Lock | None
) -> Iterator[tuple[Entry, Document | None]]:
    """Each entry whose words do not stand in its article's text, with the text where it is there."""
    documents = tuple(documents)
    by_digest = {document.article.digest: document for document in documents}
    by_seed = {document.article.seed: document for document in documents}
    texts = {a.id: found for a in corpus.articles if (found := _text_of(a, by_digest, by_seed)) is not None}
    digests = {article.id: article.digest for article in corpus.articles}
    folded: dict[str, str] = {}
    for entry in corpus.entries:
        if document := texts.get(entry.article):
            if entry.article not in folded:
                folded[entry.article] = fold(document.text)
            supported = is_supported(entry, folded[entry.article])
        else:
            digest = digests[entry.article]
            supported = lock is None or not digest or (digest, digest_of(entry)) in lock
        if not supported and not (not entry.quote and is_remark(entry.note)):
            yield entry, document


def _text_of(article: Article, by_digest: Mapping[str, Document], by_seed: Mapping[str, Document]) -> Document | None:
    if not article.seed:
        return None
    return by_digest.get(article.digest) or by_seed.get(article.seed)


def is_supported(entry: Entry, folded_text: str) -> bool:
    """Whether a text (folded) holds an entry's quotation, and the quotation its happening word."""
    return find_quotation(entry, folded_text) is not None


def _unsupported(entry: Entry, stored: Stored, document: Document | None, touched: bool) -> Problem:
    severity: Severity = "error" if touched else "warning"
    if not entry.quote:
        message = f"entry {entry.id} has no quotation"
    elif document is None:
        words = _shortened(entry.quote)
        message = f'the text is absent, and {LOCK} does not know the words of entry {entry.id}: "{words}"'
    else:
        message = f'the words of entry {entry.id} do not stand in its text: "{_shortened(entry.quote)}"'
    nearest = _nearest(entry.quote, document) if document else ""
    hint = "`dateline extract` reads the text anew"
    if touched:
        hint = f"give it a `quote:` of the text above the line, or `dateline drop {entry.id}`"
    if nearest:
        hint = f"nearest: “{nearest}”"
    if document is None:
        hint = "put the text back into seeds/, or restore the words"
    return Problem(slug="quotation", message=message, where=_place_of(entry.id, stored), hint=hint, severity=severity)


def _shortened(words: str) -> str:
    return words if len(words) <= 60 else words[:60].rpartition(" ")[0] + " …"


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
