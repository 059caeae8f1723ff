"""Characters that nobody sees: dates are read without them, and found in the text as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from ..model import Document, Paragraph, Sentence, Span, Timex

UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]")
"""Soft hyphens, joiners, blanks without width, marks of direction, variation selectors, byte order marks."""

Finder = Callable[[Document, Sequence[Sentence], Sequence[Span]], tuple[Timex, ...]]
_Stretch = TypeVar("_Stretch", Paragraph, Sentence, Span)


def find_without(
    document: Document, sentences: Sequence[Sentence], masked: Sequence[Span], find: Finder
) -> tuple[Timex, ...]:
    """What `find` finds in the text without unseen characters, with its places in the text that has them."""
    places = [at for at, sign in enumerate(document.text) if not UNSEEN.match(sign)]

    def inner(span: _Stretch) -> _Stretch:
        return replace(span, start=bisect_left(places, span.start), end=bisect_left(places, span.end))

    plain = replace(
        document, text=UNSEEN.sub("", document.text), paragraphs=tuple(inner(part) for part in document.paragraphs)
    )
    timexes = find(plain, [inner(sentence) for sentence in sentences], [inner(span) for span in masked])
    return tuple(_outer(timex, document.text, places) for timex in timexes)


def _outer(timex: Timex, text: str, places: Sequence[int]) -> Timex:
    start, end = places[timex.start], places[timex.end - 1] + 1
    return replace(timex, start=start, end=end, text=text[start:end])
