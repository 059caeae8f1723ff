"""Which class an event word of several senses has: by words beside it, or by what it means elsewhere in its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..rules import read_table
from .tokens import Line, grammar, is_possessive

UPON_REACH = 7
"""How many words behind a verb its object may have, or before a passive one its subject."""
Word = tuple[str, int, int]
"""The lemma of a noun, its first token and its last."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """A class with the words that speak for it: in the sentence, right before the event word, right behind it, in what
    the verb acts upon."""

    event_class: str
    near: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]
    acted_upon: frozenset[str]


def sense_beside(line: Line, lemma: str, first: int, last: int) -> str:
    """The class that words of its sentence speak for (`senses.tsv`); "" where none does."""
    senses = _senses().get(lemma, ())
    upon = acted_upon(line, first, last) if any(sense.acted_upon for sense in senses) else frozenset()
    for sense in senses:
        behind = last + 1 < len(line.tokens) and line.low(last + 1) in sense.behind and not _opens_date(line, last + 1)
        beside = behind or line.low(first - 1) in sense.before or not upon.isdisjoint(sense.acted_upon)
        if beside or any(token.low in sense.near for token in line.tokens):
            return sense.event_class
    return ""


def acted_upon(line: Line, first: int, last: int) -> frozenset[str]:
    """The words of a verb's object up to a preposition, clause or mark; before a participle, those of its subject."""
    ends = grammar("preposition", "clause")
    found = set()
    for at in range(last + 1, min(last + 1 + UPON_REACH, len(line.tokens))):
        if line.low(at) in ends or not (line.tokens[at].is_word or is_possessive(line.tokens[at])):
            break
        found.add(line.low(at))
    passive = line.low(first - 1) in grammar("be")
    for at in range(first - 1, max(-1, first - 1 - UPON_REACH) if passive else max(-1, first - 2), -1):
        if not line.tokens[at].is_word:
            break
        found.add(line.low(at))
    return frozenset(found)


def _opens_date(line: Line, at: int) -> bool:
    """Whether a date follows the word at `at`: "a strike on Monday"."""
    return at + 1 < len(line.tokens) and line.timex[at + 1] is not None


def text_senses(lines: Iterable[tuple[Line, Iterable[Word]]]) -> Mapping[str, str]:
    """Lemma → the one class that the sentences of a text speak for, of the nouns that keep to one sense in a text."""
    told: dict[str, set[str]] = defaultdict(set)
    for line, words in lines:
        for lemma, first, last in words:
            if lemma in _kept() and (sense := sense_beside(line, lemma, first, last)):
                told[lemma].add(sense)
    return {lemma: min(found) for lemma, found in told.items() if len(found) == 1}


@cache
def _senses() -> Mapping[str, tuple[_Sense, ...]]:
    found: dict[str, list[_Sense]] = defaultdict(list)
    for row in read_table("en/events/senses.tsv"):
        cues = [cue.strip() for cue in row["beside"].split(",")]
        near = frozenset(cue for cue in cues if "~" not in cue)
        before = frozenset(cue.removesuffix(" ~") for cue in cues if cue.endswith(" ~"))
        upon = frozenset(cue.removeprefix("~ .. ") for cue in cues if cue.startswith("~ .. "))
        behind = frozenset(cue.removeprefix("~ ") for cue in cues if cue.startswith("~ ") and ".." not in cue)
        found[row["lemma"]].append(_Sense(row["class"], near, before, behind, upon))
    return {lemma: tuple(senses) for lemma, senses in found.items()}


@cache
def _kept() -> frozenset[str]:
    """Lemmas that have one sense in a text."""
    return frozenset(row["lemma"] for row in read_table("en/events/senses.tsv") if row["text"])
