"""Which happenings stand on whose timeline, in which order, under which headings and at which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from .gaps import Stretch, days_between, find_gaps, length_in_words
from .independence import Independence
from .keyrows import LEAST, Trait, Weight, choose, only_said, role_of, size_in_short, trait_of, weigh
from .model import Corpus, Role
from .paging import UNDATED, cost_of, part_title, parts_of_timeline
from .rows import Kind, Library, Subject, date_of, days_of, open_library, row_of, time_order
from .text import digest, slug
from .views import Gap, KeyRow, Link, Period, Report, Row, Timeline, YearLink
from .when import MONTHS, When, sort_key

MONTH_ROWS = 15
"""With more rows, the years of a timeline are parted into months."""

_PLAIN, _NAMED = "at-", "named-"
"""What stands before the year in the names of headings and pages."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
RESERVED = {"", "index", *_DEVICES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands beside the rows of a timeline: silences behind some, which ones tell it in short, which are words."""

    gaps: Mapping[str, str]
    key: frozenset[str]
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The library with every row made once, and the rows of each actor and event in order of time."""

    library: Library
    rows: Mapping[str, Row]
    reports: Mapping[str, Report]
    """Entry → what its row shows of it."""
    whens: Mapping[str, When]
    """Happening → the date by which its row is placed."""
    days: Mapping[str, date | None]
    """Happening → the day of that date under which it stands; None for an unknown one."""
    stretches: Mapping[str, Stretch | None]
    """Happening → all days on which it may have been."""
    places: Mapping[str, int]
    """Happening → its place among all in order of time."""
    independence: Mapping[str, Independence]
    """Happening → the origins of its reports."""
    weights: Mapping[str, Weight]
    """Happening → how much its row weighs, whoever takes part."""
    traits: Mapping[str, Trait]
    """Happening → what tells it from others."""
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
    costs: Mapping[str, int]
    """Happening → about how many bytes its row takes on a page."""
    by_role: dict[tuple[str, Role | None], float] = field(default_factory=dict)
    """Happening and somebody's part in it → how much its row weighs on that one's timeline, as far as it was asked."""
    _parts: dict[tuple[Subject, bool], dict[str, list[str]]] = field(default_factory=dict)
    _part_of: dict[tuple[Subject, bool], dict[str, str]] = field(default_factory=dict)

    def of(self, subject: Subject, named: bool = False) -> Sequence[str]:
        """The happenings of a timeline, in order of time; `named`: those that only name an actor."""
        kind, id = subject
        return (self.belonging if kind == "events" else self.named if named else self.acting).get(id, ())

    def parts(self, subject: Subject, named: bool = False) -> Mapping[str, Sequence[str]]:
        """The parts of a timeline that stand on pages of their own, by name; none for one that fits on one page."""
        key = (subject, named)
        if key not in self._parts:
            ids = self.of(subject, named)
            self._parts[key] = parts_of_timeline(
                ids, self.costs, lambda id: year_of(self.days[id]), lambda id: (self.days[id] or date.min).month
            )
            self._part_of[key] = {id: name for name, of in self._parts[key].items() for id in of}
        return self._parts[key]

    def weight(self, subject: Subject, happening: str) -> float:
        """How much a row weighs on a timeline: on an actor's, by its part in it, too."""
        kind, id = subject
        if kind != "actors":
            return self.weights[happening].value
        role = role_of(id, self.library.happenings[happening])
        value = self.by_role.get((happening, role))
        if value is None:
            value = self.by_role[happening, role] = self.weights[happening].of_role(role).value
        return value

    def at_row(self, link: Link, happening: str) -> Link:
        """A link to an actor or event, now to the row of a happening on its timeline."""
        subject = self.subjects.get(link.path)
        if subject is None:
            return link
        kind, id = subject
        named = kind == "actors" and id not in self.actors_in[happening]
        path = link.path
        if self.parts(subject, named):
            path = year_path(path, self._part_of[subject, named][happening], named)
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
    origins = {id: library.origins.of(library.happenings[id]) for id in ordered}
    rows = {id: row_of(library, id, origins[id]) for id in ordered}
    whens = {id: date_of(library, id) for id in ordered}
    days = {id: heading_day(when) for id, when in whens.items()}
    return Stack(
        library=library,
        rows=rows,
        reports={report.id: report for row in rows.values() for report in row.reports},
        whens=whens,
        days=days,
        stretches={id: days_of(library, id) for id in ordered},
        places={id: place for place, id in enumerate(ordered)},
        independence=origins,
        weights={id: weigh(library.happenings[id], library.articles, origins[id]) for id in ordered},
        traits={id: _trait(library, rows[id], days[id], actors_in[id]) for id in ordered},
        acting=acting,
        named=named,
        belonging=belonging,
        actors_in=actors_in,
        events_in=events_in,
        subjects={path: subject for subject, path in library.addresses.items()},
        costs={id: cost_of(row) for id, row in rows.items()},
    )


def _trait(library: Library, row: Row, day: date | None, who: Sequence[str]) -> Trait:
    return trait_of(library.happenings[row.id], row.label, day.toordinal() if day else None, who)


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


def year_of(day: date | None) -> str:
    """The year under which a day stands; `undated` for none."""
    return f"{day.year:04}" if day else UNDATED


def year_title(year: str) -> str:
    """A year as a heading."""
    return "Date not known" if year == UNDATED else year.lstrip("0")


def year_path(path: str, year: str, named: bool = False) -> str:
    """The page of one year of a timeline."""
    return f"{path.removesuffix('.html')}/{_NAMED if named else ''}{year}.html"


def heading_day(when: When) -> date | None:
    """The day by which a date is placed, None for an unknown one; when.py places "by 3 May" at its last unit."""
    return date.fromordinal(sort_key(when)[1]) if when.known else None


def group_years(stack: Stack, ids: Iterable[str]) -> dict[str, list[str]]:
    """Happenings by year, in the order given."""
    years: dict[str, list[str]] = {}
    for id in ids:
        years.setdefault(year_of(stack.days[id]), []).append(id)
    return years


def timeline_of(stack: Stack, subject: Subject, named: bool = False) -> Timeline:
    """The timeline of an actor or event: all its rows, or the way to its years; and in short, where it is long."""
    ids = stack.of(subject, named)
    parts = stack.parts(subject, named)
    years = parts or group_years(stack, ids)
    short = in_short(stack, subject, ids, named)
    if split := bool(parts):
        path = stack.library.addresses[subject]
        links = [Link(text=part_title(part), path=year_path(path, part, named)) for part in parts]
        periods: tuple[Period, ...] = ()
    else:
        prefix = _NAMED if named else _PLAIN
        links = [Link(text=year_title(year), fragment=prefix + year) for year in years]
        key = frozenset(of.row.id for of in short)
        marks = Marks(gaps=gaps_of(stack, subject, named), key=key, said=statements_of(stack, subject, ids))
        by_month = len(ids) > MONTH_ROWS
        periods = tuple(_year_period(stack, prefix, year, of, by_month, marks) for year, of in years.items())
    ways = (YearLink(link=link, count=len(of)) for link, of in zip(links, years.values(), strict=True))
    return Timeline(total=len(ids), periods=periods, years=tuple(ways), split=split, short=short)


def year_links(stack: Stack, subject: Subject) -> tuple[YearLink, ...]:
    """The years of a timeline: the way to their headings, or to the first page of each."""
    years = group_years(stack, stack.of(subject))
    first: dict[str, str] = {}
    for part in stack.parts(subject):
        first.setdefault(part.partition("-")[0], part)
    path = stack.library.addresses[subject]
    return tuple(
        YearLink(
            link=Link(text=year_title(year), path=year_path(path, first[year]))
            if first
            else Link(text=year_title(year), fragment=_PLAIN + year),
            count=len(ids),
        )
        for year, ids in years.items()
    )


def year_timeline(
    stack: Stack, subject: Subject, year: str, ids: Sequence[str], gaps: Mapping[str, str], named: bool = False
) -> Timeline:
    """One part of a timeline that has these gaps, by month; the undated are one list."""
    short = in_short(stack, subject, ids, named)
    key = frozenset(of.row.id for of in short)
    marks = Marks(gaps=gaps, key=key, said=statements_of(stack, subject, ids))
    whole = _year_period(stack, _PLAIN, year.partition("-")[0], ids, len(ids) > MONTH_ROWS, marks)
    head = (replace(whole, title="", periods=()),) if whole.rows else ()
    return Timeline(total=len(ids), periods=(*head, *whole.periods), short=short)


def _year_period(stack: Stack, prefix: str, year: str, ids: Sequence[str], by_month: bool, marks: Marks) -> Period:
    """A year with its rows in the order given: those of the year itself, then the months."""
    coarse = [at for at, id in enumerate(ids) if not by_month or not _has_month(stack.whens[id])]
    head = coarse[-1] + 1 if coarse else 0
    months: dict[int, list[str]] = {}
    for id in ids[head:]:
        if day := stack.days[id]:
            months.setdefault(day.month, []).append(id)
    whole = _period(stack, prefix + year, year_title(year), ids[:head], marks)
    parts = (
        _period(stack, f"{prefix}{year}-{month:02}", f"{MONTHS[month - 1]} {year_title(year)}", of, marks)
        for month, of in months.items()
    )
    return replace(whole, periods=tuple(parts))


def _has_month(when: When) -> bool:
    return (when.precision or when.end_precision) in ("month", "day")


def _period(stack: Stack, id: str, title: str, ids: Sequence[str], marks: Marks) -> Period:
    return Period(
        id=id,
        title=title,
        rows=tuple(stack.rows[id] for id in ids),
        gaps=tuple(Gap(after=id, words=marks.gaps[id]) for id in ids if id in marks.gaps),
        key=tuple(id for id in ids if id in marks.key),
        said=tuple(id for id in ids if id in marks.said),
    )


# ------------------------------------------------------------------------------------ said, in short, gaps


def statements_of(stack: Stack, subject: Subject, ids: Iterable[str]) -> frozenset[str]:
    """The rows of an actor's timeline that tell what it said; none on that of an event."""
    kind, actor = subject
    if kind != "actors":
        return frozenset()
    return frozenset(id for id in ids if only_said(actor, stack.library.happenings[id]))


def in_short(stack: Stack, subject: Subject, ids: Sequence[str], named: bool = False) -> tuple[KeyRow, ...]:
    """The few rows that tell a long timeline in short; nothing for the rows that only name somebody."""
    size = 0 if named else size_in_short(len(ids))
    return tuple(key_row(stack, subject, id) for id in choose_rows(stack, subject, ids, size)) if size else ()


def choose_rows(stack: Stack, subject: Subject, ids: Sequence[str], most: int, least: int = LEAST) -> list[str]:
    """The weightiest of these rows, over different matters and times, in order of time."""
    weights = {id: stack.weight(subject, id) for id in ids}
    chosen = choose([stack.traits[id] for id in ids], weights, most, least, _common(stack, subject))
    return [trait.id for trait in chosen]


def key_row(stack: Stack, subject: Subject, id: str) -> KeyRow:
    """A row with the way to it on the timeline of an actor or event."""
    row = stack.rows[id]
    return KeyRow(row=row, link=stack.at_row(Link(text=row.label, path=stack.library.addresses[subject]), id))


def _common(stack: Stack, subject: Subject) -> tuple[str, ...]:
    """The record itself and, of an event, the larger ones around it."""
    found = dict.fromkeys([subject[1]])
    event = stack.library.events.get(subject[1]) if subject[0] == "events" else None
    while event and event.part_of not in found:
        found[event.part_of] = None
        event = stack.library.events.get(event.part_of)
    return tuple(id for id in found if id)


def gaps_of(stack: Stack, subject: Subject, named: bool = False) -> Mapping[str, str]:
    """The long silences of a timeline: happening → the words behind its row.

    Rows that only name an actor break a silence of its timeline, too, and it is as long as between any two. Where some
    rows have no date, the words say that only dated reports are missing.
    """
    shown = frozenset(stack.of(subject, named))
    rows = sorted({*shown, *stack.of(subject, not named)}, key=stack.places.__getitem__)
    silences = find_gaps([stack.stretches[id] for id in rows])
    dated = "dated " if any(stack.stretches[id] is None for id in rows) else ""
    longest: dict[str, Stretch] = {}
    before, silent = "", None
    for at, id in enumerate(rows):
        if id in shown and stack.stretches[id]:
            if before and silent:
                longest[before] = silent
            before, silent = id, None
        silent = max((one for one in (silent, silences.get(at)) if one), key=days_between, default=None)
    return {id: f"No {dated}reports for {length_in_words(silence)}" for id, silence in longest.items()}
