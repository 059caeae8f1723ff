"""Where a sentence looks: back or ahead, as its verbs nearest to an expression tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from ..rules import read_table
from .sense import Direction

_WORD = re.compile(r"[a-z_]+(?:'[a-z]+)?|[,;]")
_STOPS = {",": 3, ";": 6}
_FAR = 40
"""How many words from an expression its verb group may stand."""
_NAME = re.compile(r"\b[A-Z]\w*")
_PROGRESSIVE = re.compile(r"\b(?:is|are|am) (?:not |now |also )?([a-z]+ing)\b")
"""What somebody is doing looks ahead beside a date: "is visiting Paris on Friday"."""
_RESOLVED = re.compile(r"(?:agreed|decided|pledged|vowed|promised|offered|threatened|refused)_to\Z")
"""What somebody has resolved lies ahead, but a day before it is that of the resolve: "on Monday agreed to pay"."""
_OFFERED = frozenset(["threatened", "promised", "pledged", "vowed", "proposed"])
"""Verbs whose object is to come: "threatened strikes in April"."""
_OFFER_REACH = 5
"""Words that such an object may have."""
_ARTICLES = frozenset(["a", "an", "the", "its", "his", "her", "their", "our", "my", "your"])
_PARTING = frozenset(["in", "at", "on", "to", "during", "and", "but", "that"])
_UNTIL = re.compile(r"\b(?:did|was|were|had)(?: not|n't) (?:[a-z]+ ){1,4}(?:until|till)\b")
"""The past with a limit: "did not return until Monday"."""


@cache
def _cues() -> dict[str, Direction]:
    rows = read_table("en/dates/tense.tsv")
    return {row["cue"].replace(" ", "_"): row["tense"] for row in rows}  # type: ignore[misc]


@cache
def _phrases() -> re.Pattern[str]:
    """Cues of several words, which are read as one."""
    phrases = sorted((cue for cue in _cues() if "_" in cue), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b".replace("_", " "))


def find_direction(sentence: str, start: int, end: int) -> Direction:
    """Where the verb group nearest to `sentence[start:end]` looks; "" where no word tells.

    A word before counts as nearer than one after: "will meet on Monday, officials said". A comma keeps verbs apart as
    three words would.
    """
    read = _words(sentence)
    first, behind = bisect_left(read.places, start), bisect_left(read.places, end)
    verb, coming = bisect_left(read.verbs, first) - 1, bisect_left(read.verbs, behind)
    before = after = None
    if verb >= 0 and first - 1 - read.verbs[verb] < _FAR:
        before = (first - 1 - read.verbs[verb], read.tense(read.verbs[verb], 0, first))
    if coming < len(read.verbs) and read.verbs[coming] - behind < _FAR:
        after = (read.verbs[coming] - behind, read.tense(read.verbs[coming], behind, len(read.words)))
        if _RESOLVED.match(read.words[read.verbs[coming]]):
            after = (after[0], "past")
    if before and _is_offered(read, read.verbs[verb], first):
        return "future"
    if before and read.words[behind : behind + 1] in (["and"], ["but"]):
        return before[1]  # "will close in May and has moved": what a conjunction adds has a time of its own
    if before and after:
        return before[1] if before[0] <= after[0] + 3 else after[1]
    return (before or after or (0, ""))[1]


def _is_offered(read: _Words, verb: int, first: int) -> bool:
    """Whether "in" leads from what is offered to the word at `first`: not from whom or what one knows already.

    Behind "on" the day is as likely that of the offer: "threatened a strike on Friday".
    """
    between = read.words[verb + 1 : first - 1]
    known = any(word in _ARTICLES - {"a", "an"} or word in _PARTING or word == "x" for word in between)
    offers = read.words[verb] in _OFFERED and read.words[max(0, verb - 1)] != "had"
    return offers and 0 < len(between) <= _OFFER_REACH and not known and read.words[first - 1] in ("in", "by", "for")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence, where each stands, and which of them look back or ahead."""

    words: list[str]
    places: list[int]
    verbs: list[int]

    def tense(self, verb: int, first: int, end: int) -> Direction:
        """Where a verb looks; a participle beside "will be" ahead: "the report will be published in May"."""
        tense = _tense(self.words[verb])
        near = set(self.words[max(first, verb - 3) : min(end, verb + 4)])
        ahead = near & {"will", "shall", "to", "must", "would", "may", "should"} or any("_to" in w for w in near)
        return "future" if tense == "past" and "be" in near and ahead else tense


@lru_cache(maxsize=8)
def _words(text: str) -> _Words:
    """The words, phrases joined; a name counts as a word that says nothing, a comma as three."""
    plain = _NAME.sub(lambda match: "x".ljust(len(match.group())), text).lower()
    plain = _replaced(_UNTIL, "did", _replaced(_PROGRESSIVE, "is going", plain))
    joined = _phrases().sub(lambda match: match.group().replace(" ", "_"), plain)
    found = [(match.start(), match.group()) for match in _WORD.finditer(joined)]
    counted = [(at, word) for at, sign in found for word in ["x"] * _STOPS.get(sign, 0) or [sign]]
    words = [word for _, word in counted]
    told = (number for number, word in enumerate(words) if _tense(word) in ("past", "future"))
    verbs = [number for number in told if not number or not _is_no_verb(words[number - 1], words[number])]
    return _Words(words, [at for at, _ in counted], verbs)


def _is_no_verb(before: str, word: str) -> bool:
    """Whether a word is beside the point ("as agreed"), or a noun behind its article: "its forecast", "the votes"."""
    return before == "as" or (before in _ARTICLES and (word == "forecast" or (word in _cues() and word.endswith("s"))))


def _replaced(pattern: re.Pattern[str], words: str, text: str) -> str:
    """The text with other words for a match, and everything in its place."""
    return pattern.sub(lambda match: words.ljust(len(match.group()))[: len(match.group())], text)


def _tense(word: str) -> Direction:
    cues = _cues()
    if word in cues:
        return cues[word]
    return "past" if len(word) > 4 and word.endswith("ed") and not word.endswith("eed") else ""
