"""What timelines and lists must know of a happening without showing it: its place in time, its weight, who takes part.

A brief holds no words of pages and no addresses, so that it changes only where the happening itself does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import when
from .gaps import Stretch
from .keyrows import Reason, Trait, Weight, only_said, role_of
from .library import Library
from .model import Course, Entry, Role
from .rows import date_of, days_of, first_published, label_of
from .when import When, sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A happening in short."""

    id: str
    articles: tuple[str, ...]
    """The articles that report it, that of the leading entry first."""
    entries: int
    when: When
    """The date by which its row is placed."""
    stretch: Stretch | None
    """All days on which it may have been; None for an unknown date."""
    course: Course
    weight: Weight
    """How much its row weighs, whoever takes part."""
    trait: Trait
    """What tells it from others."""
    origins: tuple[str, ...]
    """The oldest article of each origin of its reports."""
    acting: tuple[str, ...]
    """The actors that take part."""
    roles: tuple[Role | None, ...]
    """The strongest part of each of these."""
    said: tuple[str, ...]
    """Those of them of whom nothing but words is told."""
    named: tuple[str, ...]
    """The actors whom its reports only name."""
    events: tuple[str, ...]
    reported: When
    """The day of the first report."""
    estimated: bool
    """Whether that day is only estimated."""
    days: tuple[str, str]
    """The days of the first and the last report, as ISO 8601; "" where no report has one."""
    salience: float
    differences: int
    """In how many things its reports differ."""

    @property
    def day(self) -> date | None:
        """The day of its date under which it stands, None for an unknown one."""
        return None if self.trait.day is None else date.fromordinal(self.trait.day)

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands in time: earliest start, then coarser first, then id; unknown dates last."""
        return (*sort_key(self.when)[:3], self.id)

    def role(self, actor: str) -> Role | None:
        """The strongest part that an actor has in it."""
        if actor in self.acting:
            return self.roles[self.acting.index(actor)]
        return "mentioned" if actor in self.named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was drawn from one article, in numbers."""

    entries: int
    touched: int
    """How many of them a person changed or wrote."""
    dated: tuple[tuple[str, int], ...]
    """Where dates come from, "" for those that are not known, and how many do."""


def counts_of(library: Library, article: str) -> Counts:
    """What was drawn from an article, in numbers."""
    entries = library.told[article]
    dated = Counter[str](entry.when_basis if entry.when.known else "" for entry in entries)
    touched = sum(entry.id in library.touched for entry in entries)
    return Counts(entries=len(entries), touched=touched, dated=tuple(sorted(dated.items())))


def heading_day(of: When) -> date | None:
    """The day by which a date is placed, None for an unknown one; when.py places "by 3 May" at its last unit."""
    return date.fromordinal(sort_key(of)[1]) if of.known else None


def iso_day(of: When) -> str:
    """The day by which a date is placed on timelines, too; "" for an unknown one."""
    day = heading_day(of)
    return day.isoformat() if day else ""


def brief_of(library: Library, id: str) -> Brief:
    """A happening in short."""
    from .weighing import trait_of, weigh  # reads the lists of words, which a run needs only for what changed

    entries = library.happenings[id]
    lead, placed = entries[0], date_of(library, id)
    articles = {of: library.articles[of] for of in dict.fromkeys(entry.article for entry in entries)}
    origins = library.independence[id]
    acting = _acting(library, entries)
    chosen = library.preferred.get(id)
    day, first = heading_day(placed), first_published(library, entries)
    reports = sorted(iso for of in articles.values() if (iso := iso_day(of.published)))
    return Brief(
        id=id,
        articles=tuple(articles),
        entries=len(entries),
        when=placed,
        stretch=days_of(library, id),
        course=lead.course,
        weight=weigh(entries, articles, origins),
        trait=trait_of(entries, (chosen and chosen.label) or label_of(lead), day.toordinal() if day else None, acting),
        origins=tuple(origin[0] for origin in origins.origins),
        acting=acting,
        roles=tuple(role_of(actor, entries) for actor in acting),
        said=tuple(actor for actor in acting if only_said(actor, entries)),
        named=_named(library, entries, acting),
        events=_events(library, entries),
        reported=first,
        estimated={of.published_basis for of in articles.values() if of.published == first} == {"estimate"},
        days=(reports[0], reports[-1]) if reports else ("", ""),
        salience=max(entry.salience for entry in entries),
        differences=len(library.disputed[id]),
    )


def _acting(library: Library, entries: Sequence[Entry]) -> tuple[str, ...]:
    ids = [part.actor for entry in entries for part in entry.participants if part.role != "mentioned"]
    ids += [entry.voice.actor for entry in entries if entry.voice]
    return tuple(id for id in dict.fromkeys(ids) if id in library.actors)


def _named(library: Library, entries: Iterable[Entry], acting: Sequence[str]) -> tuple[str, ...]:
    ids = dict.fromkeys(part.actor for entry in entries for part in entry.participants)
    return tuple(id for id in ids if id in library.actors and id not in acting)


def _events(library: Library, entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(id for id in dict.fromkeys(id for entry in entries for id in entry.events) if id in library.events)


# --------------------------------------------------------------------------------------------- plain values


def pack(brief: Brief) -> list[Any]:
    """A brief as plain values, for JSON; its id is not among them."""
    trait, stretch = brief.trait, brief.stretch
    return [
        brief.articles,
        brief.entries,
        when.format(brief.when),
        [day.toordinal() for day in stretch] if stretch else None,
        brief.course,
        brief.weight.reasons,
        brief.weight.doubts,
        [trait.day, sorted(trait.words), trait.event_class, sorted(trait.matters)],
        brief.origins,
        brief.acting,
        brief.roles,
        brief.said,
        brief.named,
        brief.events,
        when.format(brief.reported),
        brief.estimated,
        brief.days,
        brief.salience,
        brief.differences,
    ]


def unpack(id: str, told: Sequence[Any]) -> Brief:
    """A brief from its plain values."""
    articles, entries, placed, stretch, course, reasons, doubts, trait, origins, *rest = told
    acting, roles, said, named, events, reported, estimated, days, salience, differences = rest
    day, words, event_class, matters = trait
    return Brief(
        id=id,
        articles=tuple(articles),
        entries=entries,
        when=when.parse(placed),
        stretch=(date.fromordinal(stretch[0]), date.fromordinal(stretch[1])) if stretch else None,
        course=course,
        weight=Weight(reasons=_reasons(reasons), doubts=_reasons(doubts)),
        trait=Trait(
            id=id,
            day=day,
            words=frozenset(words),
            event_class=event_class,
            who=frozenset(acting),
            matters=frozenset(matters),
        ),
        origins=tuple(origins),
        acting=tuple(acting),
        roles=tuple(roles),
        said=tuple(said),
        named=tuple(named),
        events=tuple(events),
        reported=when.parse(reported),
        estimated=estimated,
        days=(days[0], days[1]),
        salience=salience,
        differences=differences,
    )


def _reasons(told: Iterable[Sequence[Any]]) -> tuple[Reason, ...]:
    return tuple((share, words) for share, words in told)
