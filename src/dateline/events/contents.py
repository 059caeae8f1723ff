"""Where what is said stands: before its verb or after it, in quotation marks, behind “that”, or as an object."""

from __future__ import annotations

from functools import cache

from ..model import Stance
from .speech import speech_verbs
from .tokens import Line, grammar

QUOTES = frozenset("“”")
SPEAKER_WORDS = 14


def needs_marks(line: Line, at: int) -> bool:
    """Whether only quoted words can stand before a form of a verb of saying: "declined to comment", "is continuing"."""
    return line.low(at - 1) == "to" or (line.low(at).endswith("ing") and line.low(at - 1) in grammar("be"))


def opens_speech(line: Line, at: int) -> bool:
    """Whether a colon, a quotation mark or "that" at `at` opens what is said."""
    at += line.low(at) == "," and at + 1 < len(line.tokens) and line.tokens[at + 1].text in QUOTES
    return at < len(line.tokens) and (line.tokens[at].text in QUOTES | {":"} or line.low(at) == "that")


@cache
def _that_barred() -> frozenset[str]:
    """Words that cannot stand between a verb of saying and its "that"."""
    return grammar("finite_aux", "relative") | {"and", "but"} | speech_verbs()


def that_follows(line: Line, at: int) -> bool:
    """Whether only a phrase stands between a verb of saying and its "that": "said in the House that"."""
    for here in range(at + 1, min(len(line.tokens), at + SPEAKER_WORDS)):
        low = line.low(here)
        if low == "that":
            return True
        if not line.tokens[here].is_word or low in _that_barred():
            return False
    return False


def said_before(line: Line, at: int) -> int | None:
    """Where what was said ends, if it stands before: "…,” X said" or "…, said X"; None otherwise."""
    apposed = _before_apposition(line, at)
    if apposed is not None:
        return apposed
    for here in range(at - 1, max(-1, at - 1 - SPEAKER_WORDS), -1):
        mark = line.tokens[here].text
        if mark in QUOTES and here > 1:
            return here
        if mark == "," and here > 1:
            quote = line.tokens[here - 1].text in QUOTES
            after = _after_date(line, at + 1)
            ends = after >= len(line.tokens) - 1 or line.tokens[after].text in {".", ",", "!", "?", *QUOTES}
            ends = ends or _is_told_whom(line, here, at)
            if quote or ends or (here == at - 1 and line.low(at) in ("said", "says") and not _is_told_on(line, at)):
                return here
        if line.low(here) != "and" and line.low(here) in grammar("clause"):
            return None
    return None


def _before_apposition(line: Line, at: int) -> int | None:
    """Where what was said ends before a speaker with an apposition: "…, the firm’s director, Jane Roe, said"."""
    person = line.mention[at - 2] if at > 2 and line.low(at - 1) == "," else None
    if person is None or person.kind != "PER":
        return None
    first = next((k + 1 for k in range(at - 3, -1, -1) if line.mention[k] is not person), 0)
    if line.low(first - 1) != ",":
        return None
    for here in range(first - 2, max(0, at - 1 - SPEAKER_WORDS), -1):
        if line.tokens[here].text in QUOTES | {","}:
            noun = line.tokens[here + 1].is_word and line.low(here + 1) not in grammar("preposition", "clause")
            return here if here > 1 and noun and here + 1 < first - 1 else None
        if here in line.verbs or line.low(here) in grammar("clause"):
            return None
    return None


def _is_told_whom(line: Line, comma: int, at: int) -> bool:
    """Whether after "…, Roe told" only those stand who were told: "reporters in Bogota on Thursday"."""
    first = next(here for here in range(comma + 1) if line.low(here) == ",")
    opening = first == comma and line.low(0) in grammar("preposition", "subordinator", "ordinal")
    if line.low(at) not in ("told", "tells") or opening or comma < 3 or comma == at - 1:
        return False
    return not any(line.low(here) in _hearers_barred() for here in range(at + 1, len(line.tokens)))


@cache
def _hearers_barred() -> frozenset[str]:
    """Words that cannot stand among those who are told."""
    return grammar("finite_aux", "relative", "pronoun") | {"to", "about", "of", ":", *QUOTES}


def _is_told_on(line: Line, at: int) -> bool:
    """Whether a clause follows a verb of saying, not only its speaker: ", the minister, says talks will resume"."""
    for here in range(at + 1, len(line.tokens)):
        if not line.tokens[here].is_word or line.low(here) in grammar("relative"):
            return False
        if line.low(here) in grammar("finite_aux") and not line.tokens[here].is_capital:
            return True
    return False


def _after_date(line: Line, at: int) -> int:
    """The first token after a date that may follow a verb of saying: "announced on Tuesday"."""
    here = at + (line.low(at) in ("on", "in"))
    if here >= len(line.tokens) or line.timex[here] is None:
        return at
    while here < len(line.tokens) and line.timex[here] is not None:
        here += 1
    return here


def _says_clause(line: Line, at: int) -> bool:
    """Whether a clause without "that" begins at `at`: "announced Monday it has settled", "noted what began"."""
    if line.low(at) in ("what", "how", "why") or (line.low(at) in ("he", "she", "it", "they") and at > 1):
        return True
    mention = line.mention[at] if at < len(line.tokens) else None
    while mention is not None and at < len(line.tokens) and line.mention[at] is mention:
        at += 1
    return mention is not None and line.low(at) in grammar("finite_aux")


def content_after(line: Line, at: int, stance: Stance, *, named: bool) -> int | None:
    """Where what is said begins after the verb, None where nothing said follows.

    `named`: its speaker stands before it, although not in its clause.
    """
    start, _ = line.clause_bounds(at)
    unnamed = not named and all(mention is None for mention in line.mention[start:at])
    bare = line.low(at - 1) == "," and not line.low(at).endswith("ing") and unnamed
    if bare and not opens_speech(line, at + 1):
        return None
    end = min(len(line.tokens), at + SPEAKER_WORDS)
    if stance == "states" and _says_clause(line, _after_date(line, at + 1)):
        return _after_date(line, at + 1)
    for here in range(at + 1, end):
        token = line.tokens[here]
        if token.low == "that" or token.text == ":" or token.text in QUOTES:
            return here + 1
        if token.text == "," and here + 1 < end and line.tokens[here + 1].text in QUOTES:
            return here + 2
        if token.low in grammar("content_barred") or token.text in ",.;":
            break
    follows = line.low(at + 1)
    if line.low(at) == "added" and not _is_told_on(line, at):
        # "added a feature"
        return None
    if line.low(at) in grammar("plain_saying"):
        if follows == "to" and line.low(at + 2) in grammar("have"):
            return at + 2
        return at + 1 if follows[:1].isalnum() and follows not in ("in", "to", "on") else None
    return at + 1 if stance in ("denies", "claims", "demands") and line.tokens[at + 1 : at + 2] else None
