"""Who and what recent reports tell of most, reckoned from the newest report that a tracker holds: no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .model import Article
from .rows import moment
from .subjects import MAIN, actor_count, event_count
from .timelines import Stack
from .views import Count
from .when import day

DAYS = 90
"""So many days, the last of them that of the newest report, make the stretch in which reports are recent."""
ENOUGH = 10
"""Where fewer reports are recent, all of them count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The actors and events that most reports tell of, with the number of these, and which reports were counted."""

    words: str
    """"Reports since 30 January 2021", "Reports, of 5 in all"; "" for a single one."""
    actors: tuple[Count, ...]
    events: tuple[Count, ...]


def leading(stack: Stack) -> Leading:
    """Who takes part in what most recent reports tell, and which events it belongs to; copies count as reports, too."""
    since, counted = recent(stack.library.articles.values())
    actors, events = Counter[str](), Counter[str]()
    rows_of_actor, rows_of_event = Counter[str](), Counter[str]()
    told: dict[str, tuple[set[str], set[str]]] = {id: (set(), set()) for id in counted}
    for brief in stack.briefs.values():
        reports = [told[id] for id in brief.articles if id in told]
        for acting, matters in reports:
            acting.update(brief.acting)
            matters.update(brief.events)
        if reports:
            rows_of_actor.update(brief.acting)
            rows_of_event.update(brief.events)
    for acting, matters in told.values():
        actors.update(acting)
        events.update(matters)
    words = f"Reports since {moment(day(since)).words}" if since else f"Reports, of {len(counted)} in all"
    return Leading(
        words=words if len(counted) > 1 else "",
        actors=tuple(actor_count(stack, id, n) for id, n in _first(actors, rows_of_actor)),
        events=tuple(event_count(stack, id, n) for id, n in _first(events, rows_of_event)),
    )


def recent(articles: Iterable[Article]) -> tuple[date | None, frozenset[str]]:
    """The day since which reports are recent, and their ids; None, and all ids, where these would be too few.

    A report whose day is not known to the day counts by the first day that it may be of.
    """
    days = {of.id: of.published.first_day if of.published.known else date.min for of in articles}
    newest = max(days.values(), default=date.min)
    since = newest - timedelta(days=min(DAYS - 1, (newest - date.min).days))
    found = frozenset(id for id, on in days.items() if on >= since)
    return (since, found) if ENOUGH <= len(found) < len(days) else (None, frozenset(days))


def _first(reports: Mapping[str, int], rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """The ids of which most reports tell, those first that more happenings are told of where these are as many."""
    return sorted(reports.items(), key=lambda item: (-item[1], -rows[item[0]], item[0]))[:MAIN]
