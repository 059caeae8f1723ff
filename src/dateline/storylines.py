"""The larger events as lines of a story: when each began and ended, how much is told of it, and its turning points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .eras import span_of
from .library import Subject
from .model import Event
from .rows import moment
from .subjects import EVENT_KINDS
from .timelines import Stack, choose_rows, key_row
from .views import Storyline
from .when import When

LINES = 6
"""So many storylines stand on the home page."""
PARTS = 4
"""So many of its parts stand under a larger event."""
LEAST_ROWS = 3
"""An event with fewer rows, its parts' among them, makes no line of its own."""
TURNS, TURNS_OF_PART, LEAST_TURNS = 4, 2, 2
"""So many turning points are shown, and so few where no more tell different things."""
WEIGHED = 6
"""So many rows, none like another, make the weight of an event: more of the same adds nothing."""

Lines = Mapping[str, tuple[str, str]]
"""Event → the largest event that it is part of, and the direct part of that which holds it: itself, where it is one."""


def storylines_of(stack: Stack) -> tuple[Storyline, ...]:
    """The weightiest events that are part of no other, in the order in which they began, with their parts.

    An event weighs as much as its six weightiest rows that tell different things, those of its parts among them: the
    same thing told again, however often, adds nothing. A row of several is a turning point of the weightiest.
    """
    lines = find_lines(stack.library.events)
    of_root: dict[str, set[str]] = {}
    of_branch: dict[str, dict[str, set[str]]] = {}
    for id, (root, branch) in lines.items():
        ids = stack.of(("events", id))
        of_root.setdefault(root, set()).update(ids)
        if branch != root:
            of_branch.setdefault(root, {}).setdefault(branch, set()).update(ids)
    large = {root: rows for root, ids in of_root.items() if len(rows := _ordered(stack, ids)) >= LEAST_ROWS}
    found: dict[str, Storyline] = {}
    told: set[str] = set()
    for root in _weightiest(stack, large, LINES):
        turns = _turns(stack, root, [id for id in large[root] if id not in told], TURNS)
        told.update(turns)
        parts = {id: _ordered(stack, ids) for id, ids in of_branch.get(root, {}).items() if ids}
        under = _by_start(stack, parts, _weightiest(stack, parts, PARTS))
        shown = (_line(stack, lines, id, parts[id], _turns(stack, id, parts[id], TURNS_OF_PART)) for id in under)
        found[root] = _line(stack, lines, root, large[root], turns, tuple(shown))
    return tuple(found[root] for root in _by_start(stack, large, found))


def _turns(stack: Stack, id: str, rows: Sequence[str], most: int) -> list[str]:
    """The turning points of an event among these rows."""
    return choose_rows(stack, ("events", id), rows, most, least=LEAST_TURNS)


def find_lines(events: Mapping[str, Event]) -> Lines:
    """Each event → the largest event that it is part of, and the direct part of that which holds it.

    An event that is part of none, or of itself by whatever way round, is the largest of its own line.
    """
    found: dict[str, tuple[str, str]] = {}
    for id in events:
        path: dict[str, None] = {}
        while id in events and id not in found and id not in path:
            path[id] = None
            id = events[id].part_of
        above = list(path)
        if id in path:
            loop = above.index(id)
            found.update((one, (one, one)) for one in above[loop:])
            above = above[:loop]
        for one in reversed(above):
            larger = events[one].part_of
            root, branch = found.get(larger, (one, one))
            found[one] = (root, one if larger == root else branch)
    return found


def _ordered(stack: Stack, ids: Iterable[str]) -> list[str]:
    return stack.in_order(ids)


def _weightiest(stack: Stack, rows: Mapping[str, Sequence[str]], most: int) -> list[str]:
    """The events among these that weigh most, the weightiest first."""

    def weight(id: str) -> float:
        chosen = choose_rows(stack, ("events", id), rows[id], WEIGHED, least=0)
        return round(sum(stack.briefs[row].weight.value for row in chosen), 4)

    return sorted(rows, key=lambda id: (-weight(id), id))[:most]


def _by_start(stack: Stack, rows: Mapping[str, Sequence[str]], ids: Iterable[str]) -> list[str]:
    """Events, given by weight, in the order in which they began; those that began together by weight."""
    return sorted(ids, key=lambda id: stack.briefs[rows[id][0]].order)


def _line(
    stack: Stack,
    lines: Lines,
    id: str,
    rows: Sequence[str],
    turns: Iterable[str],
    parts: tuple[Storyline, ...] = (),
) -> Storyline:
    library, event = stack.library, stack.library.events[id]
    span, first, last = _span(stack, rows)
    told = [stack.briefs[row] for row in rows]
    return Storyline(
        event=library.link("events", id, event.label),
        kind=EVENT_KINDS[event.kind],
        span=moment(span),
        first=moment(first),
        last=moment(last),
        count=len(rows),
        reports=len({article for found in told for article in found.articles}),
        independent=len({oldest for found in told for oldest in found.origins}),
        turning_points=tuple(key_row(stack, _page_of(stack, lines, id, row), row) for row in turns),
        parts=parts,
    )


def _page_of(stack: Stack, lines: Lines, event: str, row: str) -> Subject:
    """The event on whose timeline a row of a storyline stands: its own, or else that of the part."""
    ids = stack.briefs[row].events
    return ("events", event if event in ids else next(id for id in ids if event in lines[id]))


def _span(stack: Stack, rows: Sequence[str]) -> tuple[When, When, When]:
    """From the first to the last thing that happened, and the two; of plans where nothing else is told."""
    happened = [row for row in rows if stack.briefs[row].course == "occurred"]
    return span_of(stack.briefs[row].when for row in happened or rows)
