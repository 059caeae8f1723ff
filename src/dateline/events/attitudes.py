"""Whose view a sentence tells without a verb of saying: what somebody is sure of, and why somebody wants or refuses.

"The miners refuse to meet since Acme broke the deal" leaves open whether Acme broke it: the reason is that of the
miners. What a belief is about belongs to its holder, as what is said does (R. Saurí and J. Pustejovsky, "FactBank",
2009). What somebody is glad or furious of is a fact (P. and C. Kiparsky, "Fact", 1970), so such words are no cue here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Voice
from .clauses import GROUP_REACH, group_words
from .contents import QUOTES
from .tokens import Line, grammar
from .voice import Attribution, subject_of

CLAUSE_REACH = 6
"""Tokens behind an adjective in which the verb of its clause stands, where no "that" opens it."""


def with_attitudes(line: Line, text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of a sentence, and beside them what it tells as somebody's view or reason."""
    said = [part for one in found for part in _apart_from_reason(line, one)]
    return [*said, *(view for at in range(len(line.tokens)) if (view := _view_at(line, text, at)) is not None)]


def _apart_from_reason(line: Line, said: Attribution) -> Iterator[Attribution]:
    """A denial or demand and why it is made: "rejected the offer | because Acme had cut pay" does not deny the cut.

    Behind a denied clause the reason may be the very thing denied, and is left with it.
    """
    known = said.cue >= 0 and said.voice.stance in ("denies", "demands")
    reason = _reason(line, said.cue, said.end) if known else None
    plain = reason is not None and said.start == said.cue + 1 and not line.low(said.start).endswith("ing")
    if reason is None or not plain or any(at in line.verbs for at in range(said.start, reason)):
        yield said
        return
    yield replace(said, end=reason)
    voice = replace(said.voice, stance="claims")
    yield replace(said, voice=voice, start=reason + 1, cue=-1, attitude=said.cue, granted=frozenset())


def _view_at(line: Line, text: str, at: int) -> Attribution | None:
    """What a word for an attitude at `at` is about, or the reason given for it, as claimed by its holder."""
    low = line.low(at)
    start = None
    if low in grammar("attitude_adjective") and any(word in grammar("be") for word in group_words(line, at)):
        start = _clause_behind(line, at)
        if (
            start is not None
            and line.low(start) in grammar("subject_pronoun")
            and line.low(start + 1) in grammar("will", "would")
        ):
            start = None  # what somebody is set on is a plan of theirs, and no claim
    elif low not in grammar("attitude_verb") or not _is_finite(line, at):
        return None
    end = _end_of_view(line, at)
    if start is None:
        reason = _reason(line, at, end)
        start = reason + 1 if reason is not None else None
    if start is None or line.quoted[at] or line.mention[at] is not None:
        return None
    holder = subject_of(line, text, at)
    if not holder.words or holder.words.lower() in grammar("open_subject"):
        return None
    name = (holder.mention.name or holder.mention.text) if holder.mention else ""
    voice = Voice(words=holder.words, stance="claims", name=name)
    return Attribution(voice, -1, start, end, holder.mention, holder.at, attitude=at)


def _is_finite(line: Line, at: int) -> bool:
    """Whether a verb says what its subject does: "refuses", not "to refuse", "was refused", "a refused offer"."""
    group = group_words(line, at)
    helped = any(word == "to" or word in grammar("be") for word in group)
    return not helped and line.low(at - len(group) - 1) not in grammar("determiner")


def _clause_behind(line: Line, at: int) -> int | None:
    """Where the clause begins that an adjective is about: "sure that he fled", "adamant they will not join"."""
    if line.low(at + 1) == "that":
        return at + 2
    opens = line.low(at + 1) in grammar("subject_pronoun", "determiner") | {"it"}
    opens = opens or (at + 1 < len(line.tokens) and line.mention[at + 1] is not None)
    verb = any(here in line.verbs for here in range(at + 2, min(at + 2 + CLAUSE_REACH, len(line.tokens))))
    return at + 1 if opens and verb else None


def _end_of_view(line: Line, at: int) -> int:
    """Where a view ends: before what the sentence says besides, or a quotation."""
    for here in range(at + 1, len(line.tokens)):
        if line.tokens[here].text in QUOTES | {";"}:
            return here
        opener = line.low(here + 1)
        if line.low(here) == "," and (opener in ("and", "but") or opener in grammar("beside")):
            return here
    return len(line.tokens)


def _reason(line: Line, at: int, end: int) -> int | None:
    """The word that opens a reason in a clause of its own behind `at`; "since" behind a perfect tells a time."""
    for here in range(at + 1, end):
        if line.low(here) not in ("because", "since", "as") or line.clause[here] == line.clause[here - 1]:
            continue
        verbs = [k for k in range(here + 1, end) if k in line.verbs and line.clause[k] == line.clause[here]]
        if not verbs or line.low(here + 1) == "of":
            return None
        lasts = any(line.low(k) in grammar("have") for k in range(max(0, at - GROUP_REACH), here))
        timely = line.low(here) == "as" and line.low(verbs[0]) not in grammar("have")
        return None if timely or (line.low(here) == "since" and lasts) else here
    return None
