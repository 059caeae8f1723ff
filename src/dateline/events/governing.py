"""Where names stand in a sentence, and which preposition governs them."""

from __future__ import annotations

from ..model import Mention
from .tokens import Line, grammar, is_possessive


def spans_of(line: Line, start: int, end: int) -> list[tuple[int, int, Mention]]:
    """Mentions among tokens `start..end` as (first token, end token, mention)."""
    found: list[tuple[int, int, Mention]] = []
    for at in range(max(0, start), min(end, len(line.tokens))):
        mention = line.mention[at]
        if mention is None:
            continue
        if found and found[-1][2] is mention:
            found[-1] = (found[-1][0], at + 1, mention)
        else:
            found.append((at, at + 1, mention))
    return found


def end_of(line: Line, at: int) -> int:
    """The token behind the mention at `at`."""
    mention = line.mention[at]
    return next((k for k in range(at, len(line.tokens)) if line.mention[k] is not mention), len(line.tokens))


def first_of(line: Line, at: int) -> int:
    """The first token of the mention at `at`."""
    while at > 0 and line.mention[at - 1] is line.mention[at]:
        at -= 1
    return at


def is_owner_at(line: Line, at: int) -> bool:
    """Whether the mark of a possessive stands at `at`."""
    return at < len(line.tokens) and is_possessive(line.tokens[at])


def preposition_before(line: Line, at: int) -> str:
    """The preposition that governs the name at token `at`, passing over its determiner, titles and adjectives."""
    if line.low(at) in grammar("subject_pronoun"):
        return ""
    for here in range(at - 1, max(-1, at - 7), -1):
        token = line.tokens[here]
        if token.low == "but" or (token.low in grammar("subordinator") and _opens_clause(line, here)):
            return ""
        if token.low in grammar("preposition"):
            return "" if _leads_to_date(line, here, at) else token.low
        if token.low in (",", "and", "&") and here and (other := line.mention[here - 1]) is not None:
            # "In Oslo, Roe studied" and "in Oslo, the Danes had left" are no lists.
            if token.low == "," and (governor := _appositive_of(line, here, at)):
                return preposition_before(line, governor)
            subject = here + 1 < at and line.low(end_of(line, at)) in grammar("finite_aux")
            place = token.low == "," and other.kind == "LOC" and (_kind(line, at) == "PER" or subject)
            return "" if place else preposition_before(line, first_of(line, here - 1))
        if not token.is_word or token.low in grammar("finite_aux") or token.low.endswith("ed"):
            return ""
    return ""


def _appositive_of(line: Line, comma: int, at: int) -> int:
    """The "of" after the noun that a name in two commas tells more of: "the head of Acme, Jane Roe, left"; else 0."""
    person, body = line.mention[at], line.mention[comma - 1]
    end = end_of(line, at)
    if person is None or person.kind != "PER" or body is None or body.kind == "PER" or line.low(end) != ",":
        return 0
    if end + 1 < len(line.tokens) and (line.mention[end + 1] or line.low(end + 1) in ("and", "or")):
        return 0
    of = first_of(line, comma - 1) - 1
    of -= line.low(of) in grammar("determiner")
    owned = of > 0 and line.low(of) in ("of", "at", "for") and line.tokens[of - 1].is_word and of - 1 not in line.verbs
    return of if owned and line.mention[of - 1] is None else 0


def _leads_to_date(line: Line, preposition: int, at: int) -> bool:
    """Whether a preposition governs the date before the name at `at`: "In June Roe left"."""
    before = line.timex[at - 1]
    return before is not None and line.timex[preposition + 1] is before and line.low(preposition) in ("in", "on", "by")


def _kind(line: Line, at: int) -> str:
    mention = line.mention[at] if at < len(line.tokens) else None
    return mention.kind if mention else ""


def _opens_clause(line: Line, at: int) -> bool:
    """Whether a clause with a verb of its own begins at `at` ("since Biden confirmed …")."""
    start, end = line.clause_bounds(at)
    return start == at and any(
        line.low(k) in grammar("finite_aux") or (line.low(k).endswith("ed") and line.mention[k] is None) or
        line.low(k) in ("said", "says", "told", "took") for k in range(start + 1, end)
    )  # fmt: skip
