"""The recogniser `spacy`: an English spaCy model, of which only what finds names and heads is loaded."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.util import find_spec
from typing import Any

from ..model import Found, Mention, MentionKind, Syntax
from ..problems import UsageError
from .headings import is_heading, with_small_words
from .recognise import INSTALL, OFFICIAL, find_model, join_syntax, model_version

KINDS: dict[str, MentionKind] = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
UNUSED = ("tagger", "senter", "attribute_ruler", "lemmatizer")
BATCH = 64
LONGEST = 20_000
"""Characters fed at once: the model needs memory in proportion, and no paragraph of news is longer."""


class SpacyRecogniser:
    """Names as an English spaCy model sees them; spaCy is imported with the first text."""

    def __init__(self, model: str = "") -> None:
        self._model = model or find_model()
        if not self._model:
            raise UsageError("no English spaCy model is installed", INSTALL)
        if find_spec("spacy") is None:
            raise ImportError("spacy", name="spacy")
        if find_spec(self._model) is None:
            raise UsageError(f"the spaCy model {self._model!r} is not installed", _install(self._model))
        self.label = f"spacy {self._model} {model_version(self._model)}"

    @cached_property
    def _nlp(self) -> Any:
        """The model's pipeline. Its own warnings about versions stay inside: the label says what was used."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import spacy

            return spacy.load(self._model, exclude=UNUSED)

    def recognise(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        """For each text its mentions, in batches through the model."""
        return (found.mentions for found in self.parse(texts))

    def parse(self, texts: Iterable[str]) -> Iterator[Found]:
        """For each text its mentions and its syntax, in batches through the model."""
        shown = (with_small_words(text) if is_heading(text) else text for text in texts)
        pieces = ((piece, (start, last)) for text in shown for start, piece, last in _pieces(text))
        mentions: list[Mention] = []
        parses: list[tuple[int, Syntax]] = []
        for doc, (shift, last) in self._nlp.pipe(pieces, as_tuples=True, batch_size=BATCH):
            mentions.extend(_mentions(doc, shift))
            parses.append((shift, _syntax(doc)))
            if last:
                yield Found(mentions=tuple(mentions), syntax=join_syntax(parses))
                mentions, parses = [], []


def _pieces(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text in pieces that the model can bear, cut at spaces: start, piece, whether it is the last."""
    start = 0
    while len(text) - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST) + 1 or start + LONGEST
        yield start, text[start:cut], False
        start = cut
    yield start, text[start:], True


def _mentions(doc: Any, shift: int) -> Iterator[Mention]:
    for span in doc.ents:
        kind = KINDS.get(span.label_)
        if kind and span.text.strip():
            yield Mention(start=span.start_char + shift, end=span.end_char + shift, text=span.text, kind=kind)


def _syntax(doc: Any) -> Syntax:
    """The parse of the words of a text; a word that hangs on a blank is a root."""
    if not doc.has_annotation("DEP"):
        return Syntax()
    starts, lengths, steps, labels, blanks = doc.to_array(["IDX", "LENGTH", "HEAD", "DEP", "IS_SPACE"]).T
    words = [at for at, blank in enumerate(blanks.tolist()) if not blank]
    number = {at: place for place, at in enumerate(words)}
    steps = steps.astype("int64").tolist()  # from each token to its head
    names = {label: doc.vocab.strings[label] for label in set(labels.tolist())}
    return Syntax(
        starts=tuple(starts[words].tolist()),
        ends=tuple((starts + lengths)[words].tolist()),
        heads=tuple(number.get(at + steps[at], place) for place, at in enumerate(words)),
        labels=tuple(names[label] for label in labels[words].tolist()),
    )


def _install(model: str) -> str:
    return f"python -m spacy download {model}" if model in OFFICIAL else INSTALL
