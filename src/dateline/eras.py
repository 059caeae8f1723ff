"""Where events stand in time, and which ones come right before and right after another.

An event stands at its own date or, where it has none, at the span of what happened on its timeline. One is before
another only where that is sure: its last possible day lies before the first possible day of the other. Neighbours are
those between which and the event none of the others surely lies.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .briefs import Brief
from .gaps import Stretch, stretch_of
from .model import Course, Event
from .when import UNKNOWN, When, format, lasted, sort_key

SHOWN = 3
"""So many neighbours are shown on either side, the nearest ones."""
MAIN_ACTORS = 3
"""So many at most are the main actors of an event: those who take part in most of its happenings."""
LOOKED_AT = 50
"""Among events with the same actors, so many of the nearest are looked at; others are too far off to be neighbours."""
LEVELS = 8
"""So many levels of larger events are looked at, to tell whether one event is part of another."""

STATES: Mapping[Course, str] = {"planned": "planned", "postponed": "postponed", "cancelled": "called off"}
"""What became of an event that no report tells as held, by the last step in the course of its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """Where an event stands in time."""

    when: When
    own: bool
    """Whether it is the event's own date, not the span of its happenings."""
    state: str
    """"planned", "postponed", "called off"; "" for what is told as having happened."""
    stretch: Stretch | None
    """The first and the last day that it may cover; None for an unknown date, and for one that is doubtful."""

    @property
    def plain(self) -> tuple[str, bool, str]:
        """The same as plain values, but for the stretch."""
        return format(self.when), self.own, self.state


def era_of(event: Event, briefs: Sequence[Brief]) -> Era:
    """Where an event stands in time, by itself or by the happenings on its timeline."""
    if event.when.known:
        held = any(of.course == "occurred" and of.trait.event_class == event.event_class for of in briefs)
        state = STATES.get(event.history[-1].course, "") if event.history and not held else ""
        return Era(when=event.when, own=True, state=state, stretch=_sure(event.when))
    happened = [of for of in briefs if of.course == "occurred" and of.when.known]
    span, *_ = span_of(of.when for of in happened or briefs)
    days = [of.stretch for of in happened or briefs if of.stretch]
    stretch = (min(first for first, _ in days), max(last for _, last in days)) if days and span.known else None
    return Era(when=span, own=False, state="" if happened or not days else "planned", stretch=stretch)


def _sure(when: When) -> Stretch | None:
    return None if when.doubtful else stretch_of(when)


def span_of(whens: Iterable[When]) -> tuple[When, When, When]:
    """From the first to the last of several dates, and these two."""
    known = [when for when in whens if when.known]
    first = min((when for when in known if when.start), key=sort_key, default=UNKNOWN)
    last = max((when for when in known if when.end), key=lambda when: (when.last_day, sort_key(when)), default=UNKNOWN)
    if not first.known or not last.known:
        return first if first.known else last, first, last
    return lasted(first, last), first, last


def main_actors(briefs: Iterable[Brief]) -> tuple[str, ...]:
    """Who takes part in most of these happenings, most often first: at most three, and nobody before his equals."""
    numbers = Counter(actor for of in briefs for actor in of.acting)
    ranked = sorted(numbers, key=lambda id: (-numbers[id], id))
    beyond = numbers[ranked[MAIN_ACTORS]] if len(ranked) > MAIN_ACTORS else 0
    return tuple(id for id in ranked[:MAIN_ACTORS] if numbers[id] > beyond)


# --------------------------------------------------------------------------------------------- neighbours

Shared = tuple[str, tuple[str, ...]]
"""An event, and the main actors that it shares with another: none where both are part of one larger event."""
Neighbours = tuple[tuple[Shared, ...], tuple[Shared, ...]]
"""Those right before an event and those right after it, the nearest first."""

_Side = list[tuple[int, int, str]]
"""Events by the end that is towards the one whose neighbours are looked for, then the other end, then the id."""


def find_neighbours(
    events: Mapping[str, Event], eras: Mapping[str, Era], mains: Mapping[str, Sequence[str]]
) -> dict[str, Neighbours]:
    """Event → its neighbours in time: parts of the same larger event; where none fits, events with its main actors.

    Two main actors must be the same, or the only one. What an event is part of, and what is part of it, is neither
    before nor after it. `eras` are those of all events, `mains` their main actors.
    """
    family: dict[str, list[str]] = {}
    together: dict[tuple[str, ...], list[str]] = {}
    for id, event in events.items():
        if eras[id].stretch:
            family.setdefault(event.part_of, []).append(id)
            for key in {*_keys(mains[id]), *((actor,) for actor in mains[id])}:
                together.setdefault(key, []).append(id)
    relatives = {larger: _sides(eras, ids) for larger, ids in family.items() if larger}
    companies = {key: _sides(eras, ids) for key, ids in together.items() if len(ids) > 1}
    above = {id: _above(events, id) for id in events}
    found = {}
    for id, event in events.items():
        stretch, more = eras[id].stretch, [companies[key] for key in _keys(mains[id]) if key in companies]
        if stretch is None:
            continue

        def fits(other: str, id: str = id) -> bool:
            return other != id and other not in above[id] and id not in above[other]

        first, last = (day.toordinal() for day in stretch)
        kin = [relatives[event.part_of]] if event.part_of in relatives else []
        both = []
        for at, day in enumerate((first, -last)):
            near = _nearest([sides[at] for sides in kin], day, fits)
            far = [] if near else _nearest([sides[at] for sides in more], day, fits)
            shared = [(other, tuple(of for of in mains[id] if of in mains[other])) for other in far]
            both.append((*((other, ()) for other in near), *shared))
        if any(both):
            found[id] = both[0], both[1]
    return found


def _keys(actors: Sequence[str]) -> list[tuple[str, ...]]:
    """What must be the same of two events: two main actors, or the only one."""
    return list(combinations(sorted(actors), 2)) if len(actors) > 1 else [tuple(actors)] if actors else []


def _above(events: Mapping[str, Event], id: str) -> frozenset[str]:
    """The events that an event is part of."""
    found: dict[str, None] = {}
    while (event := events.get(id)) and event.part_of in events and event.part_of not in found and len(found) < LEVELS:
        id = event.part_of
        found[id] = None
    return frozenset(found)


def _sides(eras: Mapping[str, Era], ids: Iterable[str]) -> tuple[_Side, _Side]:
    """Events by their last days, and by their first ones counted backwards: the same search finds both neighbours."""
    spans = [(id, [day.toordinal() for day in stretch]) for id in ids if (stretch := eras[id].stretch)]
    before = sorted((last, first, id) for id, (first, last) in spans)
    return before, sorted((-first, -last, id) for last, first, id in before)


def _nearest(sides: Iterable[_Side], day: int, fits: Callable[[str], bool]) -> list[str]:
    """The events that end before a day, and between which and it no other of these surely lies; the last ones first."""
    found = {place for side in sides for place in _last_before(side, day, fits)}
    return [id for *_, id in _last_before(sorted(found), day, fits)]


def _last_before(side: _Side, day: int, fits: Callable[[str], bool]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    at = bisect_left(side, (day,))
    begun = 0
    for place in reversed(side[max(0, at - LOOKED_AT) : at]):
        if found and (place[0] < begun or len(found) == SHOWN):
            break
        if fits(place[2]):
            begun = max(begun, place[1]) if found else place[1]
            found.append(place)
    return found
