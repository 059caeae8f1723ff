"""Where a sentence looks: back or ahead, as its verbs nearest to an expression tell."""

from __future__ import annotations

import re
from functools import cache

from ..rules import read_table
from .sense import Direction

_WORD = re.compile(r"[a-z_]+(?:'[a-z]+)?")
_NAME = re.compile(r"\b[A-Z]\w*")


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
    before = _nearest(_words(sentence[:start])[::-1])
    after = _nearest(_words(sentence[end:]))
    if before and after:
        return before[1] if before[0] <= after[0] + 3 else after[1]
    return (before or after or (0, ""))[1]


def _words(text: str) -> list[str]:
    """The words, phrases joined; a name counts as a word that says nothing, a comma as three."""
    plain = _NAME.sub("x", text).lower()
    joined = _phrases().sub(lambda match: match.group().replace(" ", "_"), plain)
    return _WORD.findall(joined.replace(",", " x x x ").replace(";", " x x x x x x "))


def _nearest(words: list[str]) -> tuple[int, Direction] | None:
    for distance, word in enumerate(words[:40]):
        tense = _tense(word)
        if tense in ("past", "future"):
            return _with_company(words, distance, tense)
    return None


def _tense(word: str) -> Direction:
    cues = _cues()
    if word in cues:
        return cues[word]
    return "past" if len(word) > 4 and word.endswith("ed") and not word.endswith("eed") else ""


def _with_company(words: list[str], at: int, tense: Direction) -> tuple[int, Direction]:
    """A participle beside "will be" looks ahead: "the report will be published in May"."""
    near = set(words[max(0, at - 3) : at + 4])
    ahead = near & {"will", "shall", "to", "must", "would", "may", "should"} or any("_to" in w for w in near)
    if tense == "past" and "be" in near and ahead:
        return (at, "future")
    return (at, tense)
