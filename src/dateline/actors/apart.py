"""One name in many articles that cannot be one person's: offices of two states, or lives that are too far apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .offices import state_served

LIFE = 80
"""Years between two articles that no person's public life spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """One article's bearer of a name: his roles there, the countries that the article names, and its year."""

    roles: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    year: int | None = None


def part(bearers: Sequence[Bearer]) -> list[int]:
    """For each bearer of one name, in order of time, the number of the person that he is; 0 for the first.

    Where offices of two states are told, each state's holder is a person; who is told without an office goes to the
    one whose state his article names, else to the first.
    """
    states = [_state(bearer) for bearer in bearers]
    known = list(dict.fromkeys(state for state in states if state))
    numbers = [0] * len(bearers)
    if len(known) > 1:
        for at, (bearer, state) in enumerate(zip(bearers, states, strict=True)):
            near = [number for number, name in enumerate(known) if name in bearer.countries]
            numbers[at] = known.index(state) if state else near[0] if len(near) == 1 else 0
    return _by_life(bearers, numbers)


def _state(bearer: Bearer) -> str:
    """The state that a bearer serves, "" where the article says none, or says several."""
    told = Counter(state for role in bearer.roles if (state := state_served(role)))
    return next(iter(told)) if len(told) == 1 else ""


def _by_life(bearers: Sequence[Bearer], numbers: Sequence[int]) -> list[int]:
    """The numbers with those cut in two whose articles lie too far apart; articles without a year stay."""
    first: dict[int, int] = {}
    renamed: dict[tuple[int, int], int] = defaultdict(lambda: len(renamed))
    out = []
    for bearer, number in zip(bearers, numbers, strict=True):
        age = 0
        if bearer.year is not None:
            age = (bearer.year - first.setdefault(number, bearer.year)) // LIFE
        out.append(renamed[number, age])
    return out
