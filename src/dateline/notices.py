"""What people settled, as pages tell it: corrections, and who is not to be taken for whom."""

from __future__ import annotations

from collections.abc import Iterable

from .gathered import row_link
from .library import Subject
from .model import Correction
from .rows import cite, moment
from .timelines import Stack
from .views import Link, Namesake, Notice
from .when import sort_key

LATEST = 5
"""So many corrections stand on the home page."""


def notices_of(stack: Stack, subject: Subject | None = None) -> tuple[Notice, ...]:
    """The corrections of the tracker, or those of an actor or event and its rows; the newest first."""
    found: Iterable[Correction] = stack.library.corrections.values()
    if subject:
        rows = {*stack.of(subject), *stack.of(subject, named=True)}
        found = (
            of
            for of in found
            if any(key == subject or (key[0] == "happenings" and key[1] in rows) for key in of.records)
        )
    return _newest_first(stack, found)


def notices_of_article(stack: Stack, id: str) -> tuple[Notice, ...]:
    """The corrections of an article and of its entries; the newest first. None leads to the page itself."""
    return _newest_first(stack, stack.library.amended.get(id, ()), ("articles", id))


def _newest_first(stack: Stack, found: Iterable[Correction], here: Subject | None = None) -> tuple[Notice, ...]:
    """Corrections by day, then by id; at last those of which nobody told the day."""
    ordered = sorted(found, key=lambda of: of.id)
    ordered.sort(key=lambda of: (of.on.known, sort_key(of.on)), reverse=True)
    return tuple(_notice(stack, of, here) for of in ordered)


def _notice(stack: Stack, of: Correction, here: Subject | None) -> Notice:
    links = (_record(stack, kind, id) for kind, id in of.records if (kind, id) != here)
    return Notice(
        id=of.id,
        on=moment(of.on, "Undated"),
        words=of.words,
        was=of.was,
        now=of.now,
        why=of.why,
        records=tuple(link for link in links if link),
    )


def _record(stack: Stack, kind: str, id: str) -> Link | None:
    """Where a record stands now; None for one without a page."""
    library = stack.library
    if kind == "happenings" and id in stack.rows:
        to = row_link(stack, id)
        return Link(text=stack.rows[id].label, path=to.path, fragment=to.fragment)
    if kind == "actors" and ("actors", id) in library.addresses:
        return library.link("actors", id, library.actors[id].name)
    if kind == "events" and id in library.events:
        return library.link("events", id, library.events[id].label)
    if kind == "articles" and id in library.articles:
        return cite(library, library.articles[id]).article
    return None


def namesakes_of(stack: Stack, subject: Subject) -> tuple[Namesake, ...]:
    """Those of whom a person settled that they are not the one whose page it is."""
    kind, id = subject
    found: dict[str, Namesake] = {}
    for of in stack.library.apart.values():
        if of.kind == kind and id in of.ids:
            other = next((one for one in of.ids if one != id), id)
            link = _record(stack, kind, other)
            if link and other != id:
                found.setdefault(other, Namesake(who=link, why=of.why))
    return tuple(found[other] for other in sorted(found))


def checked_words(stack: Stack) -> str:
    """How much of the tracker a person checked: "none of 31 entries checked by a person"."""
    counts = stack.counts.values()
    total, checked = sum(told.entries for told in counts), sum(told.touched for told in counts)
    if not total:
        return ""
    if not checked:
        return "no entry is checked by a person yet"
    share = 100 * checked // total
    part = f"{share} %" if share else "less than 1 %"
    return f"{part} of the entries checked by a person"
