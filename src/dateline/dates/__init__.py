"""Temporal expressions of an article: where they stand, their TIMEX3 value and their meaning as a `When`.

The rules (`data/en/dates`) find candidates, leftmost and longest first; an operator reads each into a tree; the tree
is applied to an anchor: the publication date, or in a narrative the date last told. Nothing reads the clock, and
nothing is guessed: without an anchor an expression keeps its words and an unknown time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import accumulate
from operator import itemgetter

from .. import when as w
from ..model import Document, Paragraph, Sentence, Span, Timex
from ..rules import Found, Pack, load_pack
from ..when import UNKNOWN, When, is_day
from . import algebra as a
from .away import hang
from .hedges import bounded, hedged
from .operators import OPERATORS, arguments
from .sense import Context, Sense, anchor_of, timex_value
from .tense import find_direction
from .unseen import UNSEEN, find_without

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"'}
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys(
        "\n\t\r\f\v\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "
    )
)
_ENDED = ("ended ", "ending ")
"""Behind these a date only says which quarter or year was told before it."""
_ESTIMATED = "an estimate of the article's date"
_FRESH = 3
"""So many days before publication, a day told is that of the news."""
_NEAR = 400
"""How far from an expression, in characters, another one is told here."""


@cache
def pack() -> Pack:
    """The English rules, loaded once."""
    return load_pack("en/dates", {name: arguments(function) for name, function in OPERATORS.items()})


def find_timexes(document: Document, sentences: Sequence[Sentence], masked: Sequence[Span] = ()) -> tuple[Timex, ...]:
    """Every temporal expression of the paragraphs, sorted and disjoint; none touches a `masked` span.

    A narrative (`article.style`) hangs relative and incomplete dates on the last date told, anything else on
    `article.published`. Where that is unknown, so is the time of the expression.
    """
    if UNSEEN.search(document.text):
        return find_without(document, sentences, masked, find_timexes)
    reader = _Reader(document, sentences, masked)
    found = (timex for paragraph in document.paragraphs for timex in reader.read(paragraph))
    return tuple(hang(reader.text, found))


class _Reader:
    """Reads one document from front to back, remembering the last date told."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], masked: Sequence[Span]) -> None:
        self.document = document
        self.text = document.text.translate(_PLAIN)
        self.sentences = sentences
        self.masked = sorted((span.start, span.end) for span in masked)
        self.masked_to = list(accumulate((end for _, end in self.masked), max))
        """How far the masked spans up to each reach."""
        self.told = UNKNOWN
        self.told_day = UNKNOWN
        """The last single day told: "the same day" hangs on that, though a year was told since."""
        self.event, self.event_at = UNKNOWN, -1
        """The last day told that lies shortly before publication, and where it was told."""
        self.told_at = -1
        self.told_hour = -1
        """The hour of the time last told, where its words tell one."""
        self.bounds = (0, 0)
        self.sentence = ""
        """The sentence looked at last: its text is cut out once."""

    def read(self, paragraph: Paragraph) -> Iterator[Timex]:
        """The expressions of one paragraph."""
        text = self.text[paragraph.start : paragraph.end]
        position = 0
        for found in pack().find(text):
            if found.start < position or self._is_masked(found, paragraph.start):
                continue
            timexes = self._read_found(text, found, paragraph.start, position)
            if timexes is not None:
                position = found.end
                yield from timexes

    def _is_masked(self, found: Found, offset: int) -> bool:
        """Whether a match lies in a name; a feast is no name, nor what of it looks like one ("New Year's Eve")."""
        start, end = offset + found.start, offset + found.end
        index = bisect_left(self.masked, (end, 0)) - 1
        if index < 0 or start >= self.masked_to[index]:
            return False
        first, last = self.masked[index]
        return found.rule.operator != "holiday" or not (start <= first and last <= end)

    def _read_found(self, text: str, found: Found, offset: int, position: int) -> list[Timex] | None:
        """What a match says: None where it says nothing, nothing where it is a name."""
        context = self._context(text, found, offset)
        if context.in_title:
            return []
        function = OPERATORS[found.rule.operator]
        result = function(context, **found.slots, **found.rule.constants)
        if result is None:
            return None
        if isinstance(result, Sense):
            return [self._timex(text, result, context, (found.start, found.end), offset, position, found.rule.id)]
        timexes, start = [], found.start
        ends = sorted(((found.spans[slot], sense) for slot, sense in result), key=itemgetter(0))
        for number, (span, sense) in enumerate(ends, 1):
            end = span[1] if number < len(ends) else found.end
            timexes.append(self._timex(text, sense, context, (start, end), offset, position, found.rule.id))
            position = end
            start = ends[number][0][0] if number < len(ends) else end
        return timexes

    def _context(self, text: str, found: Found, offset: int) -> Context:
        start, sentence = self._sentence(offset + found.start, (offset, offset + len(text)))
        looks = partial(find_direction, sentence, offset + found.start - start, offset + found.end - start)
        here = max(start, offset + found.start - _NEAR)
        article = self.document.article
        return Context(
            text=text, start=found.start, end=found.end, style=article.style,
            published=article.published, told=self.told, told_day=self.told_day, direction=looks,
            told_event=self.event if offset + found.start - self.event_at <= _NEAR else UNKNOWN,
            told_here=self.told if here <= self.told_at and is_day(self.told) else UNKNOWN,
            told_hour=self.told_hour if here <= self.told_at and is_day(self.told) else -1,
        )  # fmt: skip

    def _sentence(self, at: int, paragraph: tuple[int, int]) -> tuple[int, str]:
        """The sentence that holds a place; the paragraph where none does."""
        bounds = paragraph
        index = bisect_right(self.sentences, at, key=lambda sentence: sentence.start) - 1
        if index >= 0 and at < self.sentences[index].end:
            bounds = self.sentences[index].start, self.sentences[index].end
        if bounds != self.bounds:
            self.bounds, self.sentence = bounds, self.text[bounds[0] : bounds[1]]
        return bounds[0], self.sentence

    def _timex(
        self, text: str, sense: Sense, context: Context, span: tuple[int, int], offset: int, position: int, rule: str
    ) -> Timex:
        anchor, basis = anchor_of(sense, context)
        named, meant = _reckon(sense, anchor)
        value = timex_value(sense, named)
        start, end = span
        if text[start - 1 : start] == "[" and "]" in text[start:end]:
            start -= 1  # "[Ten] years ago", as editors write
        if sense.type in ("DATE", "TIME"):
            if not text[max(0, start - 7) : start].endswith(_ENDED):
                self._tell(named, sense, offset + start)
            start, about = hedged(text, start, meant, position, sense.grain)
            meant = meant if sense.clock[1:2].isdigit() else about  # "about 3 p.m." is that day
            meant = bounded(text, start, end, meant, within_day=sense.clock.startswith("T"))
        elif sense.type == "DURATION":
            start, _ = hedged(text, start, UNKNOWN, position)
        return Timex(
            start=offset + start, end=offset + end, text=self.document.text[offset + start : offset + end],
            type=sense.type, value=value, when=meant, basis=basis, rule=rule,
            reckoned=f"{w.describe(meant)}: {sense.note}" if sense.note else self._reckoned(meant, anchor, basis),
        )  # fmt: skip

    def _reckoned(self, when: When, anchor: When, basis: str) -> str:
        """The reckoning in words: "December 2018, reckoned from the article's date, 17 January 2019"."""
        if basis == "stated" or not when.known:
            return ""
        source = _ESTIMATED if self.document.article.published_basis == "estimate" else "the article's date"
        source = "the date last told" if basis == "narrative" else source
        if when == anchor:
            return f"{w.describe(when)}, {source} itself"
        return f"{w.describe(when)}, reckoned from {source}, {w.describe(anchor)}"

    def _tell(self, when: When, sense: Sense, at: int) -> None:
        """Remember a date that later ones may hang on."""
        if not sense.aside and when.shape in ("unit", "within") and sense.grain not in ("decade", "century", "fiscal"):
            self.told, self.told_at = when, at
            self.told_hour = int(sense.clock[1:3]) if sense.clock[1:3].isdigit() else -1
            self.told_day = when if is_day(when) else self.told_day
            published = self.document.article.published
            if is_day(when) and is_day(published) and 0 < (published.first_day - when.first_day).days <= _FRESH:
                self.event, self.event_at = when, at


def _reckon(sense: Sense, anchor: When) -> tuple[When, When]:
    """The time that the words name, and the time that they mean."""
    tree = sense.tree
    if tree is None:
        return UNKNOWN, UNKNOWN
    if isinstance(tree, a.Both):
        return tree.named.apply(anchor), tree.meant.apply(anchor)
    when = tree.apply(anchor)
    return when, when
