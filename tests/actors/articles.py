"""Small documents for tests of actors."""

from __future__ import annotations

from dateline.actors.coreference import resolve
from dateline.actors.recognise import Recogniser, find_mentions
from dateline.actors.rules import RulesRecogniser
from dateline.model import Actor, Article, Document, Figure, Mention, Reading
from dateline.text import split_paragraphs
from dateline.when import parse


def document(text: str, name: str = "a", published: str = "", byline: str = "") -> Document:
    article = Article(id=name, seed=f"{name}.txt", digest=name, published=parse(published), byline=byline)
    return Document(article=article, text=text, paragraphs=split_paragraphs(text))


def read(text: str, name: str = "a", recogniser: Recogniser | None = None, known: tuple[Actor, ...] = ()) -> Reading:
    made = document(text, name)
    (found,) = find_mentions([made], recogniser or RulesRecogniser(), known)
    mentions, figures = resolve(made, found)
    return Reading(document=made, mentions=mentions, figures=figures)


def figures_of(text: str) -> dict[str, str]:
    """Name → kind of every figure of a text."""
    return {figure.name: figure.kind for figure in read(text).figures}


def named(text: str, form: str) -> Mention:
    """The first mention with these words."""
    return next(mention for mention in read(text).mentions if mention.text == form)


def reading(name: str, *figures: str | Figure, published: str = "", kind: str = "person") -> Reading:
    """A reading of nothing but figures."""
    made = tuple(
        figure if isinstance(figure, Figure) else Figure(name=figure, kind=kind, forms=(figure,))  # type: ignore[arg-type]
        for figure in figures
    )
    return Reading(document=document("", name, published), figures=made)
