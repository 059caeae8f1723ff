"""Words of a sentence with what lies over them: names, dates, clauses, quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple, TypeVar

from ..model import Mention, Sentence, Span, Timex
from ..rules import read_table
from .syntax import Tree

_TOKEN = re.compile(
    r"``|''|\d[\d.,:/]*\d|\d|[^\W\d_]++(?:\.[^\W\d_]++)++\.?|[^\W_]+(?:[-’'.][^\W_]+)*|[^\w\s]",
)
_MARKS = {"``": "“", "''": "”"}
"""Quotation marks of typewriters and TeX, as what they stand for."""
_OWNS = ("'s", "’s")
QUOTATION = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‘": "’"}
"""Marks that open speech, with those that may close it."""
LONGEST = 400
_S = TypeVar("_S", bound=Span)
"""Words of a sentence that are looked at; what comes after is read as the next one."""


class Token(NamedTuple):
    """A word or a mark, with its place in the document's text."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        """Whether this is a word or number, not a mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@cache
def grammar(*groups: str) -> frozenset[str]:
    """The words of the closed classes of these names in `grammar.tsv`, together."""
    return frozenset().union(*(_classes()[group] for group in groups))


@cache
def _classes() -> dict[str, frozenset[str]]:
    rows = read_table("en/events/grammar.tsv")
    return {row["group"]: frozenset(word.strip() for word in row["words"].split(",")) for row in reversed(rows)}


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words and marks of `text[start:end]`; a possessive "’s" stands alone, a hyphenated compound is one."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word, (at, behind) = match[0], match.span()
        word = _MARKS.get(word, word)
        if word.endswith(_OWNS) and len(word) > 2:
            owner, tail = word[:-2], word[-2:]
            found.append(Token(at, at + len(owner), owner, owner.lower()))
            found.append(Token(at + len(owner), behind, tail, tail))
        else:
            found.append(Token(at, behind, word, word.lower()))
    return found


def is_possessive(token: Token) -> bool:
    """Whether the token is the mark of a possessive."""
    return token.low in ("’s", "'s", "’", "'")


@dataclass(slots=True)
class Line:
    """A sentence as a row of tokens. `mention[i]` and `timex[i]` are what covers token i, or None.

    `clause[i]` numbers the clauses; `quoted[i]` tells whether token i stands between quotation marks.
    """

    index: int
    sentence: Sentence
    tokens: list[Token]
    mention: list[Mention | None]
    timex: list[Timex | None]
    mentions: list[Mention]
    timexes: list[Timex]
    quoted: list[bool] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    verbs: set[int] = field(default_factory=set)
    """Tokens that carry a predicate, once its clauses are numbered."""
    awaited: str = ""
    """Marks one of which is to close the speech that is open at the end; "" for none."""
    tree: Tree | None = None
    """Its parse, where there is one that can be believed."""

    def low(self, i: int) -> str:
        """The lower-case word at i, "" outside the sentence."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def words(self, start: int, end: int, text: str) -> str:
        """The text from token `start` up to token `end` (exclusive)."""
        return text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def clause_bounds(self, i: int) -> tuple[int, int]:
        """First token and end of the clause that holds token i."""
        number = self.clause[i]
        return bisect_left(self.clause, number), bisect_right(self.clause, number)


class Cover:
    """Looks up which of many disjoint spans lie in a stretch, without going through all of them."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, span.end))
        self._starts = [span.start for span in self._spans]

    def within(self, start: int, end: int) -> list[Span]:
        """The spans that begin in `start..end`."""
        return self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _overlay(tokens: Sequence[Token], spans: Sequence[_S]) -> list[_S | None]:
    row: list[_S | None] = [None] * len(tokens)
    starts = [token.start for token in tokens]
    for span in spans:
        at = max(0, bisect_left(starts, span.start) - 1)
        while at < len(tokens) and tokens[at].start < span.end:
            if tokens[at].end > span.start:
                row[at] = span
            at += 1
    return row


def read_line(
    text: str,
    index: int,
    sentence: Sentence,
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    *,
    awaited: str = "",
) -> Line:
    """The sentence as a `Line`, still without clauses; `awaited`: marks one of which closes speech begun before it."""
    read = tokenize(text, sentence.start, sentence.end)[:LONGEST]
    tokens, quoted, awaited = _mark_quotations(read, awaited)
    return Line(
        index=index,
        sentence=sentence,
        tokens=tokens,
        mention=_overlay(tokens, mentions),
        timex=_overlay(tokens, timexes),
        mentions=list(mentions),
        timexes=list(timexes),
        quoted=quoted,
        awaited=awaited,
    )


def lay_mentions(line: Line, mentions: Sequence[Mention]) -> Line:
    """The line with other mentions over its tokens, still without clauses and parse."""
    laid = _overlay(line.tokens, mentions)
    return replace(line, mention=laid, mentions=list(mentions), clause=[], verbs=set(), tree=None)


def _mark_quotations(tokens: Sequence[Token], awaited: str) -> tuple[list[Token], list[bool], str]:
    """The tokens with every mark of speech as “ or ”, which of them such marks enclose, and the marks still awaited.

    Single marks that only set off some words do not count.
    """
    read, quoted = [], []
    for at, token in enumerate(tokens):
        mark = ""
        if awaited and token.text in awaited and (token.text != "’" or _ends_speech(tokens, at)):
            awaited, mark = "", "”"
        elif not awaited and token.text in QUOTATION and (token.text != "‘" or _is_closed(tokens, at)):
            awaited, mark = QUOTATION[token.text], "“"
        read.append(token._replace(text=mark, low=mark) if mark else token)
        quoted.append(bool(awaited) and token.is_word)
    return read, quoted, awaited


def _is_closed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a single opening mark opens speech: the closing one follows a mark of its own, "‘We won,’"."""
    return any(tokens[k].text == "’" and _ends_speech(tokens, k) for k in range(at + 1, len(tokens)))


def _ends_speech(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].text in (",", ".", "!", "?", "…")
