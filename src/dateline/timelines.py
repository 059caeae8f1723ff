"""Which happenings stand on whose timeline, in which order, under which headings and at which address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from .addresses import assign_addresses
from .briefs import Brief, brief_of, counts_of
from .denials import Pair, find_denials
from .differences import Difference, event_differences
from .eras import Neighbours, era_of, find_neighbours, main_actors
from .gaps import Stretch, days_between, find_gaps, length_in_words
from .keyrows import LEAST, choose, size_in_short
from .library import Kind, Library, Subject, Texts
from .model import Article, Corpus, Entry
from .paging import UNDATED, cost_of, part_title, parts_of_timeline
from .registers import TOGETHER, months_of, publishers_of, years_of
from .rows import row_of
from .traces import Made, Passed, Reads, Table
from .views import Gap, KeyRow, Link, Period, Report, Timeline, YearLink
from .when import MONTHS, UNKNOWN, When, sort_key

MONTH_ROWS = 15
"""With more rows, the years of a timeline are parted into months."""

_PLAIN, _NAMED = "at-", "named-"
"""What stands before the year in the names of headings and pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands beside the rows of a timeline: silences behind some, which ones tell it in short, which are words."""

    gaps: Mapping[str, str]
    key: frozenset[str]
    said: frozenset[str] = frozenset()


Line = tuple[Kind, str, bool]
"""The kind and id of a record, and whether its timeline is that of what only names it."""
Place = tuple[Kind, str, bool, str]
"""A timeline, and a happening on it."""
Part = tuple[Kind, str, bool, str]
"""A timeline, and the name of one of its parts."""
Piece = tuple[Sequence[str], Sequence[str], Mapping[str, str]]
"""What a page of a part needs of its timeline: the happenings of the part, the names of the parts before and behind it
("" for none), and its long silences."""


class Places:
    """In which part of a timeline a happening stands."""

    def __init__(self, reads: Reads, parted: Made[Line, Mapping[str, Sequence[str]]]) -> None:
        self.table: Table[Place, str] = Table("places", reads, {})
        self.parted = parted
        self.found: dict[Line, Mapping[str, str]] = {}

    def __getitem__(self, key: Place) -> str:
        self.table.note(key)
        return self.peek(key)

    def peek(self, key: Place) -> str:
        """The name of the part, without a note; "" for a timeline that has none, or does not hold the happening."""
        line = key[:3]
        if line not in self.parted.keys_:
            return ""
        if line not in self.found:
            self.found[line] = {id: name for name, of in self.parted.peek(line).items() for id in of}
        return self.found[line].get(key[3], "")


class Laid(NamedTuple):
    """How a site is laid out, in plain values."""

    lists: Mapping[Line, Sequence[str]]
    """Timeline → its happenings, in order of time."""
    addresses: Mapping[Subject, str]
    smaller: Mapping[str, Sequence[str]]
    """Event → the events that are part of it."""
    months: Mapping[str, Sequence[str]]
    publishers: Mapping[str, Mapping[str, Sequence[str]]]
    eras: Mapping[str, tuple[str, bool, str]]
    """Where events stand in time."""
    neighbours: Mapping[str, Neighbours]
    chronology: Mapping[str, Sequence[str]]
    """The pages of events by year."""


class Stack:
    """The library with the rows of each actor and event in order of time; everything is made when it is asked for."""

    def __init__(self, corpus: Corpus, library: Library | None = None) -> None:
        self.library = library = library or Library(corpus)
        reads = library.reads
        self.briefs = Made("briefs", reads, library.happenings.held, lambda id: brief_of(library, id))
        """Happening → what must be known of it wherever it is not shown; in order of id."""
        self.rows = Made("rows", reads, library.happenings.held, lambda id: row_of(library, id))
        self.costs = Made("costs", reads, library.happenings.held, lambda id: cost_of(self.rows[id]))
        """Happening → about how many bytes its row takes on a page."""
        self.counts = Made("counts", reads, library.told.held, lambda id: counts_of(library, id))
        """Article → what was drawn from it, in numbers."""
        self.lists: Table[Line, Sequence[str]] = Table("lists", reads, {})
        """Timeline → its happenings, in order of time."""
        self.parted = Made("parted", reads, (), self._parted)
        """Timeline → its parts that stand on pages of their own, by name; none for one that fits on one page."""
        self.gaps = Made("gaps", reads, (), self._gaps)
        """Timeline → its long silences: happening → the words behind its row."""
        self.pieces: Made[Part, Piece] = Made("pieces", reads, (), self._piece)
        """Part of a timeline → what its page needs to know of the timeline."""
        self.places = Places(reads, self.parted)
        """Timeline and happening → the part in which it stands; "" where there are no parts."""
        self.months: Table[str, Sequence[str]] = Table("months", reads, {})
        """Page of the archive → the articles on it; none where all stand on one page."""
        self.publishers: Table[str, Mapping[str, Sequence[str]]] = Table("publishers", reads, {})
        """Publisher → its pages, each with the articles on it."""
        self.houses: Table[str, str] = Table("houses", reads, {})
        """Publisher → its first page."""
        self.smaller: Table[str, Sequence[str]] = Table("smaller", reads, {})
        """Event → the events that are part of it."""
        self.eras: Table[str, tuple[str, bool, str]] = Table("eras", reads, {})
        """Event → where it stands in time, in EDTF; whether that is its own date; how far it has come."""
        self.neighbours: Table[str, Neighbours] = Table("neighbours", reads, {})
        """Event → the events right before and right after it."""
        self.chronology: Table[str, Sequence[str]] = Table("chronology", reads, {})
        """Page of the events by year → the events on it, in order of time."""
        self.differing = Passed(reads, self._differing)
        """Event → where reports differ on it itself, such as its deadline."""
        self.denied = Passed(reads, self._denied)
        """Event → what is told of it and denied."""
        self.contested = Made("contested", reads, library.events.held, lambda id: len(self.differing[id]))
        """Event → in how many things reports differ on it itself."""
        self.subjects: Mapping[str, Subject] = {}
        """Path → the record whose page it is."""

    def lay_out(self) -> Laid:
        """Find out which happenings stand on whose timeline, and at which address, and take it so."""
        library = self.library
        lists = library.reads.of(lambda: _lists(self.briefs))[0]
        acting = {id for kind, id, _ in lists if kind == "actors"}
        articles, events = library.articles.held.values(), library.events.held.values()
        records: list[tuple[Kind, str, str]] = []
        records += [("actors", actor.id, actor.name) for actor in library.actors.held.values() if actor.id in acting]
        records += [("events", event.id, event.label) for event in events]
        records += [("articles", article.id, article.title) for article in articles]
        smaller: dict[str, list[str]] = {}
        for event in events:
            smaller.setdefault(event.part_of, []).append(event.id)
        eras, neighbours, chronology = self._placed(lists)
        laid = Laid(
            lists=lists,
            addresses=assign_addresses(records),
            smaller=smaller,
            months=months_of(articles) if len(articles) > TOGETHER else {},
            publishers=publishers_of(articles),
            eras=eras,
            neighbours=neighbours,
            chronology=chronology,
        )
        self.take(laid)
        return laid

    def take(self, laid: Laid) -> None:
        """Take it as it was found out."""
        self.lists.held, self.smaller.held = laid.lists, laid.smaller
        self.parted.keys_ = self.gaps.keys_ = dict.fromkeys(laid.lists)
        self.library.addresses.held = laid.addresses
        self.subjects = {path: subject for subject, path in laid.addresses.items()}
        self.months.held, self.publishers.held = laid.months, laid.publishers
        self.houses.held = {name: next(iter(pages)) for name, pages in laid.publishers.items()}
        self.eras.held, self.neighbours.held, self.chronology.held = laid.eras, laid.neighbours, laid.chronology

    def _placed(
        self, lists: Mapping[Line, Sequence[str]]
    ) -> tuple[Mapping[str, tuple[str, bool, str]], Mapping[str, Neighbours], Mapping[str, Sequence[str]]]:
        events = self.library.full_events.held
        briefs = {id: [self.briefs.peek(of) for of in lists.get(("events", id, False), ())] for id in events}
        eras = {id: era_of(event, briefs[id]) for id, event in events.items()}
        mains = {id: main_actors(of) for id, of in briefs.items()}
        chronology = years_of({id: era.when for id, era in eras.items()})
        return {id: era.plain for id, era in eras.items()}, find_neighbours(events, eras, mains), chronology

    def of(self, subject: Subject, named: bool = False) -> Sequence[str]:
        """The happenings of a timeline, in order of time; `named`: those that only name an actor."""
        ids: Sequence[str] = self.lists.get((*subject, named), ())
        return ids

    def parts(self, subject: Subject, named: bool = False) -> Mapping[str, Sequence[str]]:
        """The parts of a timeline that stand on pages of their own, by name; none for one that fits on one page."""
        parts: Mapping[str, Sequence[str]] = self.parted.get((*subject, named), {})
        return parts

    def names_of_parts(self, line: Line) -> Iterable[str]:
        """The parts of a timeline without a note of it, for who has a part of it already."""
        return self.parted.peek(line) if line in self.parted.keys_ else ()

    def parted_now(self) -> Iterable[tuple[Line, Mapping[str, Sequence[str]]]]:
        """All timelines that have parts."""
        self.parted.at_hand()
        return ((line, parts) for line in self.lists.held if (parts := self.parted.peek(line)))

    def cut(self) -> None:
        """Find out which parts there are."""
        self.pieces.keys_ = {(*line, part): None for line, parts in self.parted_now() for part in parts}

    def _piece(self, of: Part) -> Piece:
        line, part = of[:3], of[3]
        parts, gaps = self.parted[line], self.gaps[line]
        names = ["", *parts, ""]
        at = names.index(part, 1)
        return parts[part], (names[at - 1], names[at + 1]), {id: gaps[id] for id in parts[part] if id in gaps}

    def _parted(self, timeline: Line) -> Mapping[str, Sequence[str]]:
        ids = self.lists[timeline]
        days = {id: self.briefs[id].day for id in ids}
        costs = {id: self.costs[id] for id in ids}
        return parts_of_timeline(ids, costs, lambda id: year_of(days[id]), lambda id: (days[id] or date.min).month)

    def _gaps(self, timeline: Line) -> Mapping[str, str]:
        kind, id, named = timeline
        return gaps_of(self, (kind, id), named)

    def _differing(self, id: str) -> tuple[Difference, ...]:
        library, event = self.library, self.library.full_events[id]
        entries = [entry for of in self.of(("events", id)) for entry in library.happenings[of] if id in entry.events]
        return event_differences(event, entries, library.published_of(entries))

    def _denied(self, id: str) -> tuple[Pair, ...]:
        library, event = self.library, self.library.full_events[id]
        entries = [entry for of in self.of(("events", id)) for entry in library.happenings[of]]
        return find_denials(entries, library.actors, " ".join([event.label, *(alias.name for alias in event.aliases)]))

    def articles_of(self, ids: Iterable[str]) -> list[Article]:
        """The articles that report these happenings, by day of publication."""
        articles = {article: None for id in ids for article in self.briefs[id].articles}
        return sorted((self.library.articles[id] for id in articles), key=lambda of: (sort_key(of.published), of.id))

    def first_reported(self, ids: Iterable[str]) -> tuple[When, bool]:
        """The day of the first report of several happenings, and whether it is only estimated."""
        known = [brief for id in ids if (brief := self.briefs[id]).reported.known]
        first = min((brief.reported for brief in known), key=sort_key, default=UNKNOWN)
        return first, all(brief.estimated for brief in known if brief.reported == first)

    def report(self, entry: Entry) -> Report:
        """What the row of its happening shows of an entry."""
        return next(of for of in self.rows[entry.happening or entry.id].reports if of.id == entry.id)

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Happenings in order of time."""
        return sorted(ids, key=lambda id: self.briefs[id].order)

    def weight(self, subject: Subject, happening: str) -> float:
        """How much a row weighs on a timeline: on an actor's, by its part in it, too."""
        kind, id = subject
        brief = self.briefs[happening]
        return brief.weight.of_role(brief.role(id)).value if kind == "actors" else brief.weight.value

    def at_row(self, link: Link, happening: str) -> Link:
        """A link to an actor or event, now to the row of a happening on its timeline."""
        subject = self.subjects.get(link.path)
        if subject is None:
            return link
        kind, id = subject
        named = kind == "actors" and id not in self.briefs[happening].acting
        part = self.places[*subject, named, happening]
        path = year_path(link.path, part, named) if part else link.path
        return Link(text=link.text, path=path, fragment=happening)


def stack_rows(corpus: Corpus, texts: Texts | None = None) -> Stack:
    """The corpus as rows, gathered by actor and event; `texts` are those that may stand there whole."""
    stack = Stack(corpus, Library(corpus, texts=texts))
    stack.lay_out()
    stack.cut()
    return stack


def _lists(briefs: Mapping[str, Brief]) -> dict[Line, list[str]]:
    """All timelines, each in order of time."""
    found: dict[Line, list[str]] = {}
    for brief in sorted(briefs.values(), key=lambda of: of.order):
        lines: list[Line] = [("actors", id, False) for id in brief.acting]
        lines += [("actors", id, True) for id in brief.named]
        lines += [("events", id, False) for id in brief.events]
        for line in lines:
            found.setdefault(line, []).append(brief.id)
    return found


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


def group_years(stack: Stack, ids: Iterable[str]) -> dict[str, list[str]]:
    """Happenings by year, in the order given."""
    years: dict[str, list[str]] = {}
    for id in ids:
        years.setdefault(year_of(stack.briefs[id].day), []).append(id)
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
        marks = Marks(gaps=stack.gaps.get((*subject, named), {}), key=key, said=statements_of(stack, subject, ids))
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
    coarse = [at for at, id in enumerate(ids) if not by_month or not _has_month(stack.briefs[id].when)]
    head = coarse[-1] + 1 if coarse else 0
    months: dict[int, list[str]] = {}
    for id in ids[head:]:
        if day := stack.briefs[id].day:
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
    return frozenset(id for id in ids if actor in stack.briefs[id].said)


def in_short(stack: Stack, subject: Subject, ids: Sequence[str], named: bool = False) -> tuple[KeyRow, ...]:
    """The few rows that tell a long timeline in short; nothing for the rows that only name somebody."""
    size = 0 if named else size_in_short(len(ids))
    return tuple(key_row(stack, subject, id) for id in choose_rows(stack, subject, ids, size)) if size else ()


def choose_rows(stack: Stack, subject: Subject, ids: Sequence[str], most: int, least: int = LEAST) -> list[str]:
    """The weightiest of these rows, over different matters and times, in order of time."""
    weights = {id: stack.weight(subject, id) for id in ids}
    chosen = choose([stack.briefs[id].trait for id in ids], weights, most, least, _common(stack, subject))
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
    rows = stack.in_order({*shown, *stack.of(subject, not named)})
    silences = find_gaps([stack.briefs[id].stretch for id in rows])
    dated = "dated " if any(stack.briefs[id].stretch is None for id in rows) else ""
    longest: dict[str, Stretch] = {}
    before, silent = "", None
    for at, id in enumerate(rows):
        if id in shown and stack.briefs[id].stretch:
            if before and silent:
                longest[before] = silent
            before, silent = id, None
        silent = max((one for one in (silent, silences.get(at)) if one), key=days_between, default=None)
    return {id: f"No {dated}reports for {length_in_words(silence)}" for id, silence in longest.items()}
