"""Events in order of time: by year on one page while they are few, else with a page for each year."""

from __future__ import annotations

from collections.abc import Sequence

from .briefs import heading_day
from .paging import UNDATED, part_title
from .plan import Page
from .subjects import count_words, era_view, event_count
from .timelines import Stack, year_of, year_title
from .views import Count, Era, Group, IndexView, Link
from .when import parse

INDEX = "chronology/index.html"
WAY = Link(text="Events by year", path=INDEX)
"""The way from the list by name."""
_BACK = Link(text="Events from A to Z", path="events/index.html")
HEADINGS = 30
"""With more events on a page, a list of its years leads to them."""


def chronology_index(stack: Stack) -> Page:
    """All events by year, or the way to their years where they are many."""
    pages = stack.chronology
    total = len(stack.library.events)
    intro = (
        f"{count_words(total, 'event')} by the year in which each began. "
        "Where an event has no date of its own, that of its happenings stands in."
    )
    if INDEX in pages:
        return _page(INDEX, "events.html", "Events by year", intro, _by_year(stack, pages[INDEX]))
    items = tuple(Count(link=Link(text=_title(path), path=path), count=len(ids)) for path, ids in pages.items())
    return _page(INDEX, "lists.html", "Events by year", intro, (Group(title="", items=items),))


def chronology_page(stack: Stack, path: str) -> Page:
    """The events of one year."""
    ids, paths = stack.chronology[path], list(stack.chronology)
    at = paths.index(path)
    near = [(words, paths[to]) for words, to in (("Earlier", at - 1), ("Later", at + 1)) if 0 <= to < len(paths)]
    ways = (*(Link(text=f"{words}: {_title(to)}", path=to) for words, to in near), Link(text="All years", path=INDEX))
    groups = tuple(Group(title="", items=group.items) for group in _by_year(stack, ids))
    heading = "Events without a date" if path.startswith("chronology/undated") else f"Events of {_title(path)}"
    return _page(path, "events.html", heading, count_words(len(ids), "event") + ".", groups, ways)


def _title(path: str) -> str:
    name = path.removeprefix("chronology/").removesuffix(".html")
    return part_title(name.replace("/", "-" if name.startswith(UNDATED) else "--"))


def _by_year(stack: Stack, ids: Sequence[str]) -> tuple[Group, ...]:
    """Events under the years in which they begin, those without a date last."""
    years: dict[str, list[Count]] = {}
    for id in ids:
        day = heading_day(parse(stack.eras[id][0]))
        item = event_count(stack, id, len(stack.of(("events", id))), era_words(era_view(stack, id)))
        years.setdefault(year_of(day), []).append(item)
    long = len(ids) > HEADINGS
    return tuple(
        Group(title=year_title(year), items=tuple(of), id=f"at-{year}" if long else "") for year, of in years.items()
    )


def era_words(era: Era) -> str:
    """Where an event stands in time, in a line: "happenings: 17 January 2019", "8 March 2021, planned"; "" unknown."""
    if not era.date.edtf:
        return era.state
    return f"{era.of}{era.date.words}" + (f", {era.state}" if era.state else "")


def _page(
    path: str, template: str, heading: str, intro: str, groups: tuple[Group, ...], ways: tuple[Link, ...] = (_BACK,)
) -> Page:
    view = IndexView(heading=heading, intro=intro, groups=groups, ways=ways, counted="event")
    return Page(path=path, template=template, title=heading, description=intro, section="events", view=view)
