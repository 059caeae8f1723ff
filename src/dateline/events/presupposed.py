"""What a denial leaves standing: words inside of it that it takes for granted.

Who denies "that he had met Roe before the attack" denies the meeting alone. What a clause of time tells, what a
definite noun phrase names and what one is said to know is presupposed; a presupposition lives on under negation.

After L. Karttunen, "Presuppositions of compound sentences", 1973, and P. and C. Kiparsky, "Fact", 1970. A reason told
in a clause ("because he was paid") is left with the denial: it may be the very thing denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .cutting import resumed
from .lexicon import EventWord, is_grave, light_verbs, occurrence_verbs
from .tokens import Line, grammar, is_possessive

PHRASE_REACH = 6
"""Tokens before a noun in which the beginning of its phrase stands."""
VERB_REACH = 3
"""Tokens before a phrase in which the verb stands that it is the object of."""


def presupposed(line: Line, words: Sequence[EventWord], cue: int, start: int, end: int) -> frozenset[int]:
    """The tokens of what is denied, from `start` to `end`, that it takes for granted; its verb is at `cue`."""
    found: set[int] = set()
    number = -1
    for at in range(start, end):
        if line.clause[at] != number:
            number = line.clause[at]
            first, last = line.clause_bounds(at)
            first = first if first > cue else max(first, start)
            last = resumed(line, line.verbs, first, min(last, end))
            if _takes_for_granted(line, first, last):
                found.update(range(max(first, start), last))
    nouns = (word for word in words if word.is_noun and start <= word.first < end)
    for noun in nouns:
        if noun.first not in found and _is_named_as_known(line, noun, start):
            found.update(range(noun.first, noun.last + 1))
    return frozenset(found)


def _takes_for_granted(line: Line, first: int, end: int) -> bool:
    """Whether a clause is one of time, tells what somebody knows, or tells more of what stands before it."""
    opener = first + (line.low(first) in ("and", "or", ","))
    low = line.low(opener)
    if low in grammar("time_clause"):
        return any(at in line.verbs or line.low(at).endswith("ing") for at in range(opener + 1, end))
    if low == "that" and first:
        return _governor_is(line, first, "factive")
    return low in grammar("relative_pronoun") and (line.low(first - 1) == "," or _is_definite_before(line, first))


def _governor_is(line: Line, at: int, group: str) -> bool:
    return any(line.low(k) in grammar(group) for k in range(max(0, at - VERB_REACH), at))


def _is_definite_before(line: Line, at: int) -> bool:
    """Whether the noun phrase that ends at `at` is definite: "the people | who", "his son | who"."""
    return any(line.low(k) in grammar("definite") for k in _phrase_before(line, at))


def _phrase_before(line: Line, at: int) -> Iterator[int]:
    """The tokens before `at` that may belong to its noun phrase, the nearest first, its determiner last."""
    for here in range(at - 1, max(-1, at - 1 - PHRASE_REACH), -1):
        low = line.low(here)
        covered = line.mention[here] is not None or line.timex[here] is not None or is_possessive(line.tokens[here])
        closed = low in grammar("preposition", "clause", "finite_aux") or not line.tokens[here].is_word
        if not covered and (closed or here in line.verbs):
            return
        yield here
        if not covered and low in grammar("determiner"):
            return


def _is_named_as_known(line: Line, noun: EventWord, start: int) -> bool:
    """Whether a noun phrase names a happening that the denial is not about: "no part in the attack of May"."""
    phrase = list(_phrase_before(line, noun.first))
    first = min(phrase, default=noun.first)
    definite = any(line.low(at) in grammar("definite") or is_possessive(line.tokens[at]) for at in phrase)
    if not definite or first <= start:
        return False
    before = line.low(first - 1)
    if before in grammar("preposition", "event_preposition"):
        return not (before in ("of", "about") and _governor_is(line, first - 1, "claim_noun"))
    carried = any(line.low(at) in light_verbs() for at in range(max(start, first - VERB_REACH), first))
    return is_grave(noun.event_class) and not (carried or _took_place(line, noun))


def _took_place(line: Line, noun: EventWord) -> bool:
    """Whether a verb of its clause says that it occurred: "that the meeting of 3 May had taken place"."""
    _, end = line.clause_bounds(noun.first)
    return any(line.low(at) in occurrence_verbs() for at in range(noun.last + 1, end))
