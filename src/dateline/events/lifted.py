"""Subjects that a sentence lifts out of their clause, or leaves half told."""

from __future__ import annotations

from .lines import Told
from .phrasing import PHRASE_WORDS, phrase
from .tokens import Line, grammar
from .voice import group_start


def group_begin(line: Line, at: int) -> int:
    """Where the verb group begins, past the comma of an aside."""
    at = group_start(line, at)
    return at + (not line.tokens[at].is_word)


def lone_subject(line: Line, text: str, start: int, at: int) -> str:
    """What an "another" with an aside behind it is one of: "One delegation arrived and another, led by Roe, is due"."""
    if line.low(start) not in grammar("lone_subject") or line.low(start + 1) != "," or start + 1 >= at:
        return ""
    first = next((k for k in range(start) if line.low(k) in ("one", "a", "an")), None)
    noun = line.low(first + 1) if first is not None and line.mention[first + 1] is None else ""
    return f"{line.low(start)} {noun}" if noun.isalpha() and line.low(start) == "another" else line.low(start)


def in_focus(line: Line, text: str, start: int, at: int) -> str:
    """Whom a cleft sentence lifts out: "It was the army that, under pressure, decided"."""
    if line.low(start) != "it" or line.low(start + 1) not in grammar("be"):
        return ""
    joint = next((k for k in range(start + 2, at) if line.low(k) in ("that", "who")), None)
    if joint is None or (joint + 1 != group_start(line, at) and line.low(joint + 1) != ","):
        return ""
    opens = line.low(start + 2) in grammar("determiner") or line.mention[start + 2] is not None
    return phrase(line.tokens[start + 2 : joint], text) if opens else ""


def whole_subject(line: Line, first: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that stands from `first` to `end`, whole, but for an aside: "the inquiry into the crash".

    What is put off is the inquiry, its head, not the crash that a preposition ties to it.
    """
    if line.low(end) == ",":
        end = next((k for k in range(first, end) if line.low(k) == ","), end)
    verbal = any(k in line.verbs for k in range(first, end))
    bound = line.low(first - 1) in grammar("preposition") or line.low(first) in grammar("preposition")
    return None if verbal or bound or not first < end <= first + PHRASE_WORDS else (first, end)


def end_of_said(told: Told, at: int, end: int) -> int:
    """The end, or where what is said ends before it: "It will close | , the firm’s director, Jane Roe, said"."""
    said = told.attribution(at)
    return min(end, said.end) if said is not None and at < said.end <= said.cue else end


def is_resumed(line: Line, start: int) -> bool:
    """Whether a clause goes on behind an aside: "The inquiry, led by Jane Roe, | is to begin"."""
    return line.low(start - 1) == "," and line.low(start) in grammar("finite_aux")


def owned(words: str) -> str:
    """Whose a thing is, the last of nouns that "of" ties: of "parents of seven pupils" "seven pupils’"."""
    owner = words.rpartition(" of ")[2]
    return f"{owner}’" if owner.endswith("s") else f"{owner}’s"
