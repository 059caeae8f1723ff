"""Which happenings stand on whose timeline, in which order, under which headings and at which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .model import Corpus
from .rows import Kind, Library, Subject, date_of, open_library, row_of, time_order
from .text import digest, slug
from .views import Link, Period, Row, Timeline, YearLink
from .when import MONTHS, When, sort_key

PAGE_ROWS = 200
"""A timeline with more rows stands on pages of its own, one a year."""
MONTH_ROWS = 15
"""With more rows, the years of a timeline are parted into months."""

_UNDATED = "undated"
_PLAIN, _NAMED = "at-", "named-"
"""What stands before the year in the names of headings and pages."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
RESERVED = {"", "index", *_DEVICES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The library with every row made once, and the rows of each actor and event in order of time."""

    library: Library
    rows: Mapping[str, Row]
    whens: Mapping[str, When]
    """Happening → the date by which its row is placed."""
    acting: Mapping[str, Sequence[str]]
    """Actor → happenings in which it takes part."""
    named: Mapping[str, Sequence[str]]
    """Actor → happenings whose reports only name it."""
    belonging: Mapping[str, Sequence[str]]
    """Event → its happenings."""
    actors_in: Mapping[str, Sequence[str]]
    """Happening → the actors that take part."""
    events_in: Mapping[str, Sequence[str]]
    """Happening → its events."""
    subjects: Mapping[str, Subject]
    """Path → the record whose page it is."""

    def of(self, subject: Subject, named: bool = False) -> Sequence[str]:
        """The happenings of a timeline, in order of time; `named`: those that only name an actor."""
        kind, id = subject
        return (self.belonging if kind == "events" else self.named if named else self.acting).get(id, ())

    def at_row(self, link: Link, happening: str) -> Link:
        """A link to an actor or event, now to the row of a happening on its timeline."""
        subject = self.subjects.get(link.path)
        if subject is None:
            return link
        kind, id = subject
        named = kind == "actors" and id not in self.actors_in[happening]
        path = link.path
        if len(self.of(subject, named)) > PAGE_ROWS:
            path = year_path(path, year_of(self.whens[happening]), named)
        return Link(text=link.text, path=path, fragment=happening)


def stack_rows(corpus: Corpus) -> Stack:
    """The corpus as rows, gathered by actor and event."""
    library = open_library(corpus)
    ordered = sorted(library.happenings, key=lambda id: time_order(library, id))
    actors_in = {id: _acting(library, id) for id in ordered}
    named_in = {id: _named(library, id, actors_in[id]) for id in ordered}
    events_in = {id: _events(library, id) for id in ordered}
    acting, named, belonging = _turn(actors_in), _turn(named_in), _turn(events_in)
    records: list[tuple[Kind, str, str]] = []
    records += [("actors", actor.id, actor.name) for actor in corpus.actors if actor.id in {*acting, *named}]
    records += [("events", event.id, event.label) for event in corpus.events]
    records += [("articles", article.id, article.title) for article in corpus.articles]
    library.addresses.update(assign_addresses(records))
    return Stack(
        library=library,
        rows={id: row_of(library, id) for id in ordered},
        whens={id: date_of(library, id) for id in ordered},
        acting=acting,
        named=named,
        belonging=belonging,
        actors_in=actors_in,
        events_in=events_in,
        subjects={path: subject for subject, path in library.addresses.items()},
    )


def _acting(library: Library, happening: str) -> tuple[str, ...]:
    entries = library.happenings[happening]
    ids = [part.actor for entry in entries for part in entry.participants if part.role != "mentioned"]
    ids += [entry.voice.actor for entry in entries if entry.voice]
    return tuple(id for id in dict.fromkeys(ids) if id in library.actors)


def _named(library: Library, happening: str, acting: Sequence[str]) -> tuple[str, ...]:
    parts = (part for entry in library.happenings[happening] for part in entry.participants)
    return tuple(id for id in dict.fromkeys(part.actor for part in parts) if id in library.actors and id not in acting)


def _events(library: Library, happening: str) -> tuple[str, ...]:
    ids = dict.fromkeys(id for entry in library.happenings[happening] for id in entry.events)
    return tuple(id for id in ids if id in library.events)


def _turn(ids_in: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Happening → ids, turned into id → happenings, in the same order."""
    turned: dict[str, list[str]] = {}
    for happening, ids in ids_in.items():
        for id in ids:
            turned.setdefault(id, []).append(happening)
    return turned


# --------------------------------------------------------------------------------------------- addresses


def assign_addresses(records: Iterable[tuple[Kind, str, str]]) -> dict[Subject, str]:
    """The path of each (kind, id, name): its name's slug, or its id's where names collide or are empty.

    Whoever stands under an id keeps it; what collides with that falls back in its turn.
    """
    found: dict[Subject, str] = {}
    records = list(records)
    for kind in ("actors", "events", "articles"):
        choices = {id: _choices(id, name) for of, id, name in records if of == kind}
        found.update({(kind, id): f"{kind}/{stem}.html" for id, stem in _settle(choices).items()})
    return found


def _choices(id: str, name: str) -> tuple[str, str, str]:
    stem = slug(id, 120)
    return slug(name), stem, f"{stem}-{digest(id)[:8]}".lstrip("-")


def _settle(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    level = dict.fromkeys(choices, 0)
    while True:
        stems: dict[str, list[str]] = {}
        for id, at in level.items():
            stems.setdefault(choices[id][at], []).append(id)
        losers = [id for stem, ids in stems.items() for id in _losers(stem, ids, level)]
        if not losers:
            return {id: choices[id][at] for id, at in level.items()}
        for id in losers:
            level[id] += 1


def _losers(stem: str, ids: Sequence[str], level: Mapping[str, int]) -> list[str]:
    """Those who must give way: everybody for a reserved stem, else those nearest to their names."""
    if stem not in RESERVED and len(ids) == 1:
        return []
    lowest = min(level[id] for id in ids)
    return [id for id in ids if level[id] == lowest and lowest < 2]


# --------------------------------------------------------------------------------------------- periods


def year_of(when: When) -> str:
    """The year under which a date stands; `undated` for an unknown one."""
    return f"{_heading_day(when).year:04}" if when.known else _UNDATED


def year_title(year: str) -> str:
    """A year as a heading."""
    return "Date not known" if year == _UNDATED else year.lstrip("0")


def year_path(path: str, year: str, named: bool = False) -> str:
    """The page of one year of a timeline."""
    return f"{path.removesuffix('.html')}/{_NAMED if named else ''}{year}.html"


def _heading_day(when: When) -> date:
    """The day by which a date is placed; when.py places "by 3 May" at its last unit."""
    return date.fromordinal(sort_key(when)[1])


def group_years(stack: Stack, ids: Iterable[str]) -> dict[str, list[str]]:
    """Happenings by year, in the order given."""
    years: dict[str, list[str]] = {}
    for id in ids:
        years.setdefault(year_of(stack.whens[id]), []).append(id)
    return years


def timeline_of(stack: Stack, subject: Subject, named: bool = False) -> Timeline:
    """The timeline of an actor or event: all its rows, or the way to its years."""
    ids = stack.of(subject, named)
    years = group_years(stack, ids)
    if split := len(ids) > PAGE_ROWS:
        path = stack.library.addresses[subject]
        links = [Link(text=year_title(year), path=year_path(path, year, named)) for year in years]
        periods: tuple[Period, ...] = ()
    else:
        prefix = _NAMED if named else _PLAIN
        links = [Link(text=year_title(year), fragment=prefix + year) for year in years]
        by_month = len(ids) > MONTH_ROWS
        periods = tuple(_year_period(stack, prefix, year, of, by_month) for year, of in years.items())
    ways = (YearLink(link=link, count=len(of)) for link, of in zip(links, years.values(), strict=True))
    return Timeline(total=len(ids), periods=periods, years=tuple(ways), split=split)


def year_timeline(stack: Stack, year: str, ids: Sequence[str]) -> Timeline:
    """One year of a timeline, by month; the undated are one list."""
    whole = _year_period(stack, _PLAIN, year, ids, by_month=len(ids) > MONTH_ROWS)
    head = (Period(id=whole.id, title="", rows=whole.rows),) if whole.rows else ()
    return Timeline(total=len(ids), periods=(*head, *whole.periods))


def _year_period(stack: Stack, prefix: str, year: str, ids: Sequence[str], by_month: bool) -> Period:
    whole: list[Row] = []
    months: dict[int, list[Row]] = {}
    for id in ids:
        when = stack.whens[id]
        fine = (when.precision or when.end_precision) in ("month", "day")
        target = months.setdefault(_heading_day(when).month, []) if by_month and fine else whole
        target.append(stack.rows[id])
    parts = tuple(
        Period(
            id=f"{prefix}{year}-{month:02}",
            title=f"{MONTHS[month - 1]} {year_title(year)}",
            rows=tuple(rows),
        )
        for month, rows in sorted(months.items())
    )
    return Period(id=prefix + year, title=year_title(year), rows=tuple(whole), periods=parts)
