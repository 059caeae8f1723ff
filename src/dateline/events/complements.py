"""Dates in a clause that are not its verb's: of what somebody is accused of, of what is set for a day to come."""

from __future__ import annotations

from ..when import is_day
from .clauses import standing
from .lexicon import EventWord
from .tokens import Line, grammar, is_possessive

ANSWERED_FOR = frozenset([
    "accusation", "denial", "praise", "criticism", "verdict", "trial", "arrest", "acceptance", "departure", "sanction",
    "lawsuit", "warning", "refusal",
])  # fmt: skip
"""Classes that tell how somebody answers for a deed, which may follow as an -ing form with a time of its own."""
COURTS = frozenset(["verdict", "trial", "arrest", "departure"])
"""Of these, those that as a rule tell their own day behind a bare -ing form: "was convicted of smuggling in May"."""
BLAMING = frozenset(["accusation", "praise", "criticism", "acceptance"])
"""Those that tell their own day as a day: a month behind "for the failure of the talks" is that of the failure."""
SHORTEST = 5
"""Letters that an -ing form of a verb has at least."""


def tells_other_date(line: Line, word: EventWord, anchor: int, at: int) -> bool:
    """Whether the date at token `at`, in the clause of the verb at `anchor`, tells when something else is or was."""
    return (
        (word.event_class in ANSWERED_FOR and _is_of_deed(line, word, anchor, at))
        or is_set_for(line, word, anchor, at)
        or _is_in_relative(line, anchor, at)
    )


def _is_of_deed(line: Line, word: EventWord, anchor: int, at: int) -> bool:
    """Whether an -ing form that tells the deed stands between: "accused Roe of cutting wages in May"."""
    first = _first_of(line, at)
    if _is_of_setting(line, first):
        return False
    for deed in range(anchor + 1, at):
        low = line.low(deed)
        if not low.endswith("ing") or len(low) < SHORTEST or line.mention[deed] is not None:
            continue
        led = line.low(deed - 1) in ("of", "for", "from", "with", "over") or deed == anchor + 1
        bare = word.event_class in COURTS and first <= deed + 1 + (line.low(deed + 1) in grammar("preposition"))
        if led and not bare:
            return True
    timex = line.timex[at]
    told_for = any(line.low(k) in ("for", "of") for k in range(anchor + 1, first))
    return word.event_class in BLAMING and told_for and timex is not None and not is_day(timex.when)


def _is_of_setting(line: Line, first: int) -> bool:
    """Whether a date tells where that was said: "for failing to act in a report last November"."""
    noun = first - 1 - (line.low(first - 1) in ("on", "in"))
    return line.low(noun - 1) in grammar("determiner") and line.low(noun - 2) in ("in", "at", "during")


def is_set_for(line: Line, word: EventWord, anchor: int, at: int) -> bool:
    """Whether "for" leads to the date, of what was announced, promised or put off: "called a strike for 3 May"."""
    first = _first_of(line, at)
    if line.low(first - 1) != "for" or line.low(anchor) in grammar("slated") or _owns(line, at):
        return False
    if any(line.low(k) in grammar("slated") for k in range(anchor, first - 1)):
        return True
    return standing(line, EventWord(anchor, anchor, word.lemma, word.event_class, word.form)).course == "occurred"


def _is_in_relative(line: Line, anchor: int, at: int) -> bool:
    """Whether a date stands in a "who" clause whose comma comes before the verb: "Roe, who left in May, sued"."""
    start, _ = line.clause_bounds(anchor)
    opens = line.low(start) in grammar("relative_pronoun") and at < anchor
    commas = [k for k in range(start + 1, anchor) if line.low(k) == ","] if opens else []
    verbs = [k for k in line.verbs if start < k < commas[-1]] if commas else []
    return bool(verbs) and at < commas[-1]


def _owns(line: Line, at: int) -> bool:
    """Whether the date at `at` only tells which thing is meant: "responsibility for Tuesday’s blast"."""
    behind = next((k for k in range(at, len(line.tokens)) if line.timex[k] is not line.timex[at]), at)
    return is_possessive(line.tokens[behind])


def _first_of(line: Line, at: int) -> int:
    while at > 0 and line.timex[at - 1] is line.timex[at]:
        at -= 1
    return at
