"""Which words are verbs of saying, and with what stance: "said", not "three suspects" or "suspected of"."""

from __future__ import annotations

from functools import cache
from typing import cast

from ..model import Stance
from ..rules import read_table
from .lexicon import follows_verb, forms_with
from .tokens import Line, grammar


@cache
def speech_nouns(form: str) -> frozenset[str]:
    """The nouns of `speech.tsv` of one form: `noun`, what tells something; `opinion`, who comments for a living."""
    return frozenset(
        word.strip()
        for row in read_table("en/events/speech.tsv")
        if row["form"] == form
        for word in row["words"].split(",")
    )


def find_stance(line: Line, at: int) -> Stance | None:
    """The stance of the verb of saying at token `at`; None where the word there says nothing."""
    told = _stances().get(line.low(at))
    if told is None or line.mention[at] is not None or line.timex[at] is not None:
        return None
    rest, stance = told
    if rest and line.low(at + 1) != rest.split()[0]:
        return None
    noun = (line.low(at).endswith("s") and (follows_verb(line, at) or _is_plural(line, at))) or _is_bare_noun(line, at)
    return None if noun or _is_participle(line, at) else stance


def is_said_of(line: Line, at: int, stance: Stance) -> bool:
    """Whether a passive makes its subject the one of whom or to whom it is said: "had been accused of", "was asked"."""
    if stance == "states" or line.low(at).endswith("ing"):
        return False
    before = at - 1
    while before > 0 and (line.low(before) in grammar("adverb") or line.low(before).endswith("ly")):
        before -= 1
    return line.low(before) in grammar("be") and line.mention[before] is None


@cache
def speech_verbs() -> frozenset[str]:
    """The first words of all forms of all verbs of saying."""
    return frozenset(_stances())


@cache
def _stances() -> dict[str, tuple[str, Stance]]:
    """First word of every form of a verb of saying, with the rest of its words and its stance."""
    found: dict[str, tuple[str, Stance]] = {}
    for row in read_table("en/events/speech.tsv"):
        if row["form"] == "verb":
            for words in forms_with([w.strip() for w in row["words"].split(",")]):
                first, _, rest = words.partition(" ")
                found.setdefault(first, (rest, cast(Stance, row["stance"])))
    return found


@cache
def _noun_like() -> frozenset[str]:
    """Base forms of verbs of saying that are no past form, and so nouns where no subject of theirs stands before."""
    forms = (forms_with([w.strip() for w in row["words"].split(",")]) for row in read_table("en/events/speech.tsv")
             if row["form"] == "verb")  # fmt: skip
    return frozenset(word for found in forms for word, form in found.items() if form == "base")


def _is_bare_noun(line: Line, at: int) -> bool:
    """Whether a base form can only be a noun where it stands: "a long running dispute"."""
    before = line.low(at - 1)
    if line.low(at) not in _noun_like() or not before.isalpha() or line.mention[at - 1] is not None:
        return False
    helping = before in ("to", "and") or before in grammar("will", "would", "may", "do", "pronoun", "adverb")
    return not helping and not before.endswith(("s", "ly", "people", "men"))


def _is_plural(line: Line, at: int) -> bool:
    """Whether a form in -s is a plural: "three suspects", "suspects have been arrested"."""
    counted = line.low(at - 1) in grammar("amount") and at > 0
    return counted or (line.low(at + 1) in grammar("finite_aux") and line.low(at - 1) != ",")


def _is_participle(line: Line, at: int) -> bool:
    """Whether a past form belongs to the noun before it: "two people suspected of planting explosives"."""
    return line.low(at).endswith("ed") and line.low(at + 1) == "of"
