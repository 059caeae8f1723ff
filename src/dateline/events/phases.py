"""Numbered parts of a named event: "the third round of the Oslo talks", "the final session of the conference"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .drafts import Draft
from .lines import Told
from .tokens import Line, grammar

BEFORE_NAME = 4
"""Words that may stand between "of" and the first word that tells the name apart: "of the long-stalled"."""


def phase_drafts(told: Told, drafts: Sequence[Draft], text: str) -> Iterator[Draft]:
    """For each naming of a sentence that a numbered part stands before, a naming of that part."""
    line = told.line
    by_start = {draft.start: draft for draft in drafts if draft.name and draft.key}
    for at, token in enumerate(line.tokens):
        draft = by_start.get(token.start)
        of = _of_before(line, at) if draft is not None else None
        if draft is None or of is None or line.low(of - 1) not in grammar("part_noun"):
            continue
        order = line.low(of - 2)
        if order not in grammar("part_order"):
            continue
        start = line.tokens[of - 2].start
        phase = f"{order} {line.low(of - 1)}"
        yield replace(
            draft,
            start=start,
            text=text[start : draft.end],
            name=f"{phase} of {'the ' if line.low(of + 1) == 'the' else ''}{draft.name}",
            phase=phase,
            key=draft.key | set(phase.split()),
            definite=True,
            sort="proper",
            bare=False,
        )


def _of_before(line: Line, at: int) -> int | None:
    """Where the "of" stands that a name beginning at token `at` follows, over an article and adjectives."""
    for here in range(at - 1, max(0, at - 2 - BEFORE_NAME), -1):
        if line.low(here) == "of":
            return here if here >= 2 else None
        if not line.tokens[here].is_word or line.low(here) in grammar("preposition"):
            return None
    return None
