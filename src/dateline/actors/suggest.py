"""Actors that may be one: pairs that reading keeps apart because nothing makes sure, for a person to settle."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..model import Actor
from .bodies import body_key
from .genders import fits, gender_of_name
from .likeness import Signature, shortenings, signature, surname_keys
from .names import normalise, parse_person, sound
from .world import table_name

_FEW = 3
"""A name that so many could bear says nothing more."""
_MEANT = 0.65
_ALIKE = "surnames spelled alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two actors, by their ids in order, that may be one, and why."""

    one: str
    other: str
    reason: str


def maybe_same(actors: Sequence[Actor]) -> tuple[Suggestion, ...]:
    """The pairs of actors that may be one, each once, sorted; work grows with the names, not with their pairs."""
    found: dict[tuple[str, str], str] = {}
    by_id = {actor.id: actor for actor in actors}
    people = [actor for actor in actors if actor.kind == "person"]
    bodies = [actor for actor in actors if actor.kind not in ("person", "country")]
    for one, other, reason in (*_people(people), *_alike(people), *_lone(people), *_bodies(bodies)):
        pair = (min(one, other), max(one, other))
        a, b = (by_id[id_] for id_ in pair)
        if one != other and (a.kind != "person" or fits(gender_of_name(a.name), gender_of_name(b.name))):
            found.setdefault(pair, reason)
    return tuple(Suggestion(one=one, other=other, reason=found[one, other]) for one, other in sorted(found))


def _pairs(groups: Iterable[Collection[str]]) -> Iterator[tuple[str, str]]:
    """Every pair inside the groups that are small enough to tell anything."""
    for members in groups:
        if len(members) <= _FEW:
            yield from combinations(members, 2)


def _people(people: Sequence[Actor]) -> Iterator[tuple[str, str, str]]:
    """The same full name twice, or a name that can be short for another's."""
    bearers: dict[Signature, dict[str, None]] = defaultdict(dict)
    longer: dict[Signature, dict[str, str]] = defaultdict(dict)
    for actor in people:
        sign = signature(actor.name)
        if sign[1]:
            bearers[sign][actor.id] = None
            for short, (score, reason) in shortenings(actor.name).items():
                if score >= _MEANT:
                    longer[short].setdefault(actor.id, reason)
    for one, other in _pairs(bearers.values()):
        yield one, other, "the same name"
    for sign, ids in bearers.items():
        if sign in longer and len(ids) + len(longer[sign]) <= _FEW:
            for one in ids:
                for other, reason in longer[sign].items():
                    yield one, other, reason


def _alike(people: Sequence[Actor]) -> Iterator[tuple[str, str, str]]:
    """The same given names before surnames that differ in vowels or doubled letters only."""
    groups: dict[object, dict[str, None]] = defaultdict(dict)
    for actor in people:
        surname, given, suffix = signature(actor.name)
        skeleton = re.sub(r"(?<=.)[aeiouy]", "", sound(surname))
        if any(len(key) > 1 for key in given) and len(skeleton) > 2:
            groups[skeleton, given, suffix][actor.id] = None
    for one, other in _pairs(groups.values()):
        yield one, other, _ALIKE


def _lone(people: Sequence[Actor]) -> Iterator[tuple[str, str, str]]:
    """A surname alone that only one or two of the others bear."""
    bearers: dict[str, dict[str, None]] = defaultdict(dict)
    for actor in people:
        for key in surname_keys(actor.name):
            bearers[key][actor.id] = None
    for actor in people:
        sign = signature(actor.name)
        if not sign[1] and sign[0] and len(bearers.get(sign[0], ())) < _FEW:
            for other in bearers.get(sign[0], ()):
                yield actor.id, other, f"the surname {parse_person(actor.name).surname} alone"


def _bodies(bodies: Sequence[Actor]) -> Iterator[tuple[str, str, str]]:
    """The same name twice, or the same words in another order ("University of Roe", "Roe University")."""
    groups: dict[object, dict[str, None]] = defaultdict(dict)
    for actor in bodies:
        words = frozenset(normalise(actor.name).split()) - {"of", "the", "for", "and"}
        if not table_name(actor.name):
            groups[words if len(words) > 1 else body_key(actor.name)][actor.id] = None
    for one, other in _pairs(groups.values()):
        yield one, other, "the same words in their names"
