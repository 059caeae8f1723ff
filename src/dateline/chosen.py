"""What a person preferred of a happening where its reports differ: how a row shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .differences import Difference
from .model import Preferred
from .views import Link, Part

DISPUTED_DOER = "by, as some reports say,"
"""What stands before one of several doers of whom each report names another."""


def preferred_words(chosen: Preferred) -> tuple[str, ...]:
    """What a person preferred, in words; a number stands nowhere else in a row, so it is told."""
    given = (
        ("the date", chosen.when is not None),
        ("the wording", chosen.label),
        ("the place", chosen.place),
        ("the doer", chosen.doer),
        (f"the number ({chosen.number})", chosen.number),
    )
    return tuple(words for words, is_given in given if is_given)


def with_doers(parts: Sequence[Part], disputed: Iterable[Difference], preferred: str, by: str) -> tuple[Part, ...]:
    """Who took part: where reports name other doers, none of them is said to have done it but the `preferred` one.

    `by` is the role of a doer. One who is preferred and whom no report names as doer is put first.
    """
    told = {value.words for difference in disputed if difference.field == "doer" for value in difference.values}
    wanted = preferred.casefold()
    if preferred:
        told |= {part.who.text for part in parts if part.role == by}
    found = tuple(
        replace(part, role=DISPUTED_DOER)
        if part.role == by and part.who.text in told and part.who.text.casefold() != wanted
        else part
        for part in parts
    )
    if not preferred or any(part.role == by and part.who.text.casefold() == wanted for part in found):
        return found
    named = next((part.who for part in found if part.who.text.casefold() == wanted), Link(text=preferred))
    others = tuple(part for part in found if part.who != named)
    return (Part(who=named, role=by), *others)
