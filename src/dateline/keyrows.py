"""Which few rows tell a long timeline in short, by what they weigh; how much that is, `weighing.py` finds out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from .model import COURSES, ROLES, Entry, Role

LONG = 12
"""A timeline with more rows is told in short, too."""
LEAST, MOST = 3, 6
"""So few and so many rows tell a timeline in short."""
ALIKE = 0.5
"""The share of two labels' words, of all of them, that makes both tell the same thing; and of their doers."""
NEAR_DAYS = 7
"""What the same people do of one kind within so many days is one thing."""

Reason = tuple[float, str]
"""A share from 0 to 1, and what it is given for; of a doubt, the factor."""


def lead_key(entry: Entry) -> tuple[object, ...]:
    """Which account speaks for a happening: the furthest come, in the article's own voice, made most of."""
    return (COURSES.index(entry.course), entry.voice is not None, -entry.salience, entry.id)


# --------------------------------------------------------------------------------------------- weight

WORD_CLASSES = frozenset(
    ["statement", "announcement", "demand", "praise", "criticism", "warning", "accusation", "denial"]
)
"""Classes of happenings that are nothing but words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much a row weighs, from 0 to 1: the mean of the shares of its reasons, less its doubts."""

    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...] = ()

    @property
    def value(self) -> float:
        """The weight itself."""
        mean = sum([share for share, _ in self.reasons]) / len(self.reasons)
        return round(mean * prod([factor for factor, _ in self.doubts]), 4)

    def of_role(self, role: Role | None) -> Weight:
        """The weight on the timeline of somebody who has this part in the happening."""
        return Weight(reasons=(*self.reasons, _role(role)), doubts=self.doubts)


def _role(role: Role | None) -> Reason:
    """From 1 for an agent in even steps to 0 for who is only mentioned, in the order of `model.ROLES`."""
    if role is None:
        return 0.0, "no part"
    return 1 - ROLES.index(role) / (len(ROLES) - 1), role


def role_of(actor: str, entries: Iterable[Entry]) -> Role | None:
    """The strongest part that an actor has in a happening; None for none."""
    held = {part.role for entry in entries for part in entry.participants if part.actor == actor}
    if any(entry.voice and entry.voice.actor == actor for entry in entries):
        held.add("speaker")
    return next((role for role in ROLES if role in held), None)


def only_said(actor: str, entries: Iterable[Entry]) -> bool:
    """Whether a happening tells of an actor nothing but words: it is told on its word, or is a statement of its own.

    Who has a part in anything else that is told has done something, or something was done to it.
    """
    said = False
    for entry in entries:
        roles = {part.role for part in entry.participants if part.actor == actor}
        stated = "agent" in roles and entry.event_class in WORD_CLASSES
        if roles & {"agent", "counterpart", "affected"} and not stated:
            return False
        said = said or stated or "speaker" in roles or (entry.voice is not None and entry.voice.actor == actor)
    return said


# --------------------------------------------------------------------------------------------- in short


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What tells one row from another when a few are chosen."""

    id: str
    day: int | None
    """The day by which it is placed, counted from year 1; None for an unknown date."""
    words: frozenset[str]
    """The stems of its label."""
    event_class: str
    who: frozenset[str]
    """Who takes part."""
    matters: frozenset[str]
    """The events that it belongs to."""


def size_in_short(rows: int) -> int:
    """How many of so many rows tell a timeline in short: 0 up to 12 rows, then 3, one more whenever they double."""
    return 0 if rows <= LONG else min(MOST, LEAST - 1 + (rows // (LONG + 1)).bit_length())


def choose(
    rows: Sequence[Trait], weights: Mapping[str, float], most: int, least: int = LEAST, common: Collection[str] = ()
) -> tuple[Trait, ...]:
    """The weightiest rows, spread over time and over matters, in the order of `rows`, which is that of time.

    Each is the weightiest that tells another thing, belongs to other matters, and lies half an even share of the whole
    span away from each chosen before. Where no row does all of that, a shared matter is let pass; for the first `least`
    also nearness, and last likeness at a distance, so that a series of like things has its short form. `common` are the
    ids that all rows share: of the actor or event itself, and of the larger events around it.
    """
    dated = [row for row in rows if row.day is not None]
    rows = dated if len(dated) >= max(1, least) else rows
    order = sorted(rows, key=lambda row: -weights[row.id])
    days = [row.day for row in dated if row.day is not None]
    far = (max(days) - min(days)) / (2 * most) if days and most else 0.0
    shared = frozenset(common)
    tests: tuple[tuple[int, Callable[[Trait, Trait], bool]], ...] = (
        (most, lambda a, b: _apart(a, b, far) and not _one_matter(a, b, shared) and not one_thing(a, b, shared)),
        (most, lambda a, b: _apart(a, b, far) and not one_thing(a, b, shared)),
        (least, lambda a, b: not one_thing(a, b, shared)),
        (least, lambda a, b: a.day != b.day and _apart(a, b, far)),
    )
    chosen: dict[str, Trait] = {}
    for limit, differ in tests:
        for row in order:
            if len(chosen) >= limit or len(chosen) >= most:
                break
            if row.id not in chosen and all(differ(row, other) for other in chosen.values()):
                chosen[row.id] = row
    return tuple(row for row in rows if row.id in chosen)


def one_thing(a: Trait, b: Trait, common: Collection[str] = ()) -> bool:
    """Whether two rows tell a reader the same thing: in like words, or of one kind, by the same people, in a week."""
    if _share(a.words & b.words, a.words | b.words) >= ALIKE:
        return True
    if a.day is None or b.day is None or abs(a.day - b.day) > NEAR_DAYS:
        return False
    from .events.lexicon import related  # large, and few rows come so far

    if not related(a.event_class, b.event_class):
        return False
    mine, theirs = a.who.difference(common), b.who.difference(common)
    return _share(mine & theirs, min(mine, theirs, key=len)) >= ALIKE


def _apart(a: Trait, b: Trait, days: float) -> bool:
    return a.day is None or b.day is None or abs(a.day - b.day) >= days


def _one_matter(a: Trait, b: Trait, common: frozenset[str]) -> bool:
    return not (a.matters & b.matters) <= common


def _share(part: Collection[str], whole: Collection[str]) -> float:
    return len(part) / len(whole) if whole else 0.0
