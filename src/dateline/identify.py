"""Which article a text is: known by its seed, its words or its name; new ones get an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from . import reconcile, schema, seeds, store, when
from .model import Article, Document
from .packed import texts_in
from .parts import Stored
from .store import Content
from .text import slug
from .yamlio import Decoder, node_of


def identify(documents: Sequence[Document], content: Content, articles: Sequence[Article]) -> tuple[Document, ...]:
    """Documents under the ids that their seeds already have, with what people said of them; new ones get an id.

    `articles` are those of `content`, as they are in force. Sorted by publication, then by the text's digest: the order
    in which everything further is minted.
    """
    known = _known_texts(documents, content, texts_in(articles))
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


def _known_texts(
    documents: Sequence[Document], content: Content, texts: Mapping[str, tuple[str, str]]
) -> dict[str, str]:
    """Ids of articles by seed: of those that a person gave the seed, else with the same text, a like one, its name.

    `texts`: each article's seed and the digest of its words.
    """
    seeds_of = {id_: texts[id_][0] for id_ in content.articles}
    known: dict[str, str] = {}
    claimed: set[str] = set()

    def claim(pairs: Iterable[tuple[str, str]]) -> None:
        for seed, id_ in pairs:
            if seed not in known and id_ not in claimed:
                known[seed] = id_
                claimed.add(id_)

    told = [(seed, id_) for id_, seed in reversed(seeds_of.items()) if seed]
    named = dict(told)
    given = {seed: id_ for seed, id_ in told if "seed" in content.articles[id_].touched()}
    same: dict[str, list[str]] = {}
    for id_ in content.articles:
        if digest := texts[id_][1]:
            same.setdefault(digest, []).append(id_)
    claim((d.article.seed, given[d.article.seed]) for d in documents if d.article.seed in given)
    alike = [(d.article.seed, id_) for d in documents for id_ in same.get(d.article.digest, ())]
    claim((seed, id_) for seed, id_ in alike if seeds_of[id_] == seed)
    claim(alike)
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
