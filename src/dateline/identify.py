"""Which article a text is: known by its seed, its words or its name; new ones get an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from . import reconcile, schema, seeds, store, when
from .model import Article, Document
from .parts import Stored
from .store import Content
from .text import slug
from .yamlio import Decoder, node_of


def identify(documents: Sequence[Document], content: Content, articles: Iterable[Article]) -> tuple[Document, ...]:
    """Documents under the ids that their seeds already have, with what people said of them; new ones get an id.

    `articles` are those of `content`, as they are in force. Sorted by publication, then by the text's digest: the order
    in which everything further is minted.
    """
    known = _known_texts(documents, content, {article.id: article for article in articles})
    found = [_titled_by_people(d, known[d.article.seed], content) for d in documents if d.article.seed in known]
    taken, claimed = set(content.articles), set(known.values())
    fresh = (document for document in documents if document.article.seed not in known)
    for document in sorted(fresh, key=_minting_order):
        awaited = slug(document.article.title)
        if awaited in content.articles and awaited not in claimed and _awaits_text(content.articles[awaited]):
            claimed.add(awaited)
            found.append(_titled_by_people(document, awaited, content))
            continue
        minted = seeds.mint_article_id(document.article, taken)
        taken.add(minted)
        found.append(replace(document, article=replace(document.article, id=minted)))
    return tuple(sorted(found, key=_minting_order))


def _known_texts(documents: Sequence[Document], content: Content, filed: Mapping[str, Article]) -> dict[str, str]:
    """Ids of articles by seed: of those that a person gave the seed, else with the same text, a like one, its name."""
    articles = [filed[id_] for id_ in content.articles]
    known: dict[str, str] = {}
    claimed: set[str] = set()

    def claim(pairs: Iterable[tuple[str, str]]) -> None:
        for seed, id_ in pairs:
            if seed not in known and id_ not in claimed:
                known[seed] = id_
                claimed.add(id_)

    given = {a.seed: a.id for a in reversed(articles) if a.seed and "seed" in content.articles[a.id].touched()}
    same: dict[str, list[Article]] = {}
    for article in articles:
        if article.digest:
            same.setdefault(article.digest, []).append(article)
    named = {a.seed: a.id for a in reversed(articles) if a.seed}
    claim((d.article.seed, given[d.article.seed]) for d in documents if d.article.seed in given)
    alike = [(d.article.seed, a) for d in documents for a in same.get(d.article.digest, ())]
    claim((seed, a.id) for seed, a in alike if a.seed == seed)
    claim((seed, a.id) for seed, a in alike)
    left = {d.article.seed: d for d in documents if d.article.seed not in known}
    sketches = {id_: reconcile.sketch_of(content.articles[id_]) for id_ in content.articles if id_ not in claimed}
    claim(reconcile.match_texts({seed: reconcile.sketch(d) for seed, d in left.items()}, sketches).items())
    claim((seed, named[seed]) for seed in left if seed in named)
    return known


def _awaits_text(stored: Stored) -> bool:
    """Whether an article's file is altogether a person's, and tells of no seed."""
    return not stored.machine.value and "seed" not in stored.touched()


def _minting_order(document: Document) -> tuple[object, ...]:
    return (when.sort_key(document.article.published), document.article.digest, document.article.seed)


def _titled_by_people(document: Document, id_: str, content: Content) -> Document:
    """A document whose article has the fields that a person gave it."""
    stored = content.articles[id_]
    if not stored.touched():  # most files, of which nobody need ask where the machine's part begins
        return replace(document, article=replace(document.article, id=id_))
    machine = node_of(schema.encode_article(document.article, (), ""), stored.machine.where)
    return replace(document, article=store.article_in_force(stored.over(machine), stored, id_, Decoder()))
