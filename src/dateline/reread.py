"""An article read once more, for `explain`: its files hold what was found, not what in its words made it so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import seeds
from .actors.recognise import load_recogniser, recognise_in
from .build import read_one
from .events.triggers import find_triggers
from .identify import identify
from .loading import Known
from .model import Article, Document, Entry, Reading
from .problems import UsageError


def reread(tracker: Path, known: Known, entry: Entry) -> Entry | None:
    """The entry as its article gives it now, with its grounds; None where text or recogniser are not there.

    Equal is what stands on the same word of the same quotation.
    """
    reading = _read_again(tracker, known, entry.article)
    if reading is None:
        return None
    wanted = (entry.word, entry.event_class, _bare(entry.quote))
    return next((one for one in reading.entries if (one.word, one.event_class, _bare(one.quote)) == wanted), None)


def passed_over(tracker: Path, known: Known, article: Article) -> tuple[str, ...]:
    """The words of the article that tell something done, said or suffered and are no entry's, each once, in order."""
    reading = _read_again(tracker, known, article.id)
    if reading is None:
        return ()
    told = {at for entry in reading.entries if entry.word_at for at in range(entry.word_at.start, entry.word_at.end)}
    found = (one for one in find_triggers(reading) if one.start not in told)
    words = {_bare(one.text).lower(): _bare(one.text) for one in found}
    return tuple(words.values())


def _read_again(tracker: Path, known: Known, article_id: str) -> Reading | None:
    settings = known.content.settings
    documents = identify(seeds.read_seeds(tracker / "seeds").documents, known.content, known.filed.articles)
    document = next((one for one in documents if one.article.id == article_id), None)
    if document is None:
        return None
    try:
        recogniser = load_recogniser(settings.recogniser, settings.model)
    except UsageError:
        return None
    named = tuple(actor for actor in known.filed.actors if actor.id in known.filed.touched)
    document = _as_dated(document, known)
    (found,) = recognise_in([document], recogniser, named)
    return read_one(document, found)


def _as_dated(document: Document, known: Known) -> Document:
    """The document with the day that was estimated for it, from which its dates were reckoned."""
    article = next((one for one in known.corpus.articles if one.id == document.article.id), document.article)
    if document.article.published.known or article.published_basis != "estimate":
        return document
    dated = replace(document.article, published=article.published, published_basis="estimate")
    return replace(document, article=dated)


def _bare(quote: str) -> str:
    return " ".join(quote.split())
