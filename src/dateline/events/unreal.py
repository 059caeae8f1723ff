"""What words before a happening leave open: that nobody knows of it, that it is wished, promised or ruled out."""

from __future__ import annotations

from .clauses import governors
from .lexicon import EventWord
from .tokens import Line, grammar, is_possessive

NO_REACH = 4
"""Words before "evidence that" or "say that" in which their "no" or "not" stands."""
REACH = 7
"""Words before a noun in which the verb stands that it is the object of."""


def is_left_open(line: Line, word: EventWord) -> bool:
    """Whether the clause tells what nobody knows or says: "no evidence that he fled", "did not say that he fled"."""
    start, _ = line.clause_bounds(word.first)
    if not start or line.low(start) != "that":
        return False
    governor = line.low(start - 1)
    near = {line.low(at) for at in range(max(0, start - 1 - NO_REACH), start - 1)}
    if governor in grammar("proof_noun"):
        return bool(near & grammar("negative", "lacking"))
    return governor in grammar("told_base") and bool(near & grammar("negative"))


def is_unrealised(line: Line, word: EventWord) -> bool:
    """Whether a verb right before leaves open that it occurs, or says that it will not: "ruled out her resignation"."""
    for at in range(word.first - 1, max(-1, word.first - REACH), -1):
        low = line.low(at)
        if low in grammar("unrealised") or f"{line.low(at - 1)} {low}" in grammar("unrealised"):
            return True
        owns = low in grammar("possessive") or is_possessive(line.tokens[at]) or line.mention[at] is not None
        if not owns and (low in grammar("preposition", "clause") or not line.tokens[at].is_word or at in line.verbs):
            return False
    return False


def outcome_of(line: Line, word: EventWord) -> str:
    """What becomes of something that a verb is about which looks ahead: "promised an inquiry", "called for a vote".

    Only of one that is not known yet: "announced the death of the king".
    """
    for at in range(word.first - 1, max(-1, word.first - REACH), -1):
        low = line.low(at)
        if low in grammar("definite") or is_possessive(line.tokens[at]):
            return ""
        if low in grammar("looking_ahead"):
            return governors().get(low, "")
        if low == "for" and line.low(at - 1) in ("call", "calls", "called", "calling"):
            return "hypothetical"
        if low in grammar("preposition", "clause") or not line.tokens[at].is_word:
            return ""
    return ""
