"""An article read once more, for `explain`: its files hold what was found, not what in its words made it so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import seeds
from .actors.recognise import load_recogniser, recognise_in
from .build import Known, read_one
from .identify import identify
from .model import Document, Entry
from .problems import UsageError


def reread(tracker: Path, known: Known, entry: Entry) -> Entry | None:
    """The entry as its article gives it now, with its grounds; None where text or recogniser are not there.

    Equal is what stands on the same word of the same quotation.
    """
    settings = known.content.settings
    documents = identify(seeds.read_seeds(tracker / "seeds").documents, known.content)
    document = next((one for one in documents if one.article.id == entry.article), None)
    if document is None:
        return None
    try:
        recogniser = load_recogniser(settings.recogniser, settings.model)
    except UsageError:
        return None
    named = tuple(actor for actor in known.filed.actors if actor.id in known.filed.touched)
    document = _as_dated(document, known)
    (found,) = recognise_in([document], recogniser, named)
    wanted = (entry.word, entry.event_class, _bare(entry.quote))
    entries = read_one(document, found).entries
    return next((one for one in entries if (one.word, one.event_class, _bare(one.quote)) == wanted), None)


def _as_dated(document: Document, known: Known) -> Document:
    """The document with the day that was estimated for it, from which its dates were reckoned."""
    article = next((one for one in known.corpus.articles if one.id == document.article.id), document.article)
    if document.article.published.known or article.published_basis != "estimate":
        return document
    dated = replace(document.article, published=article.published, published_basis="estimate")
    return replace(document, article=dated)


def _bare(quote: str) -> str:
    return " ".join(quote.split())
