"""From the rows of timelines to the records that machines are given, each made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote as quote_anew

from . import when
from .model import Actor, Alias, Article, Entry, Event, Voice
from .paging import part_title
from .records import (
    ActorData,
    ArticleData,
    Date,
    Denial,
    EventData,
    Happening,
    Name,
    Neighbour,
    Part,
    Ref,
    Report,
    RoleHeld,
    Said,
    Selector,
    Source,
    TrackerData,
    Year,
    YearData,
)
from .rows import ROLE_WORDS, dated, find_word, label_of, window
from .timelines import Stack, year_path
from .traces import Passed
from .views import Link, Moment
from .web import anchor, safe_url, web_address
from .when import When

CONTEXT = 32
"""So many characters stand beside a quotation, by which it is found again in its text."""
_RANK = {role: rank for rank, role in enumerate(ROLE_WORDS)}


@lru_cache(maxsize=16384)
def quote(path: str) -> str:
    """A path as it stands in an address; many records name the same few pages."""
    return quote_anew(path)


def page_of(link: Link) -> str:
    """A page, or a row on it, as an address relative to the root of the site; "" where there is none."""
    return quote(link.path) + anchor(link.fragment) if link.path else ""


@lru_cache(maxsize=16384)
def date_record(of: When, estimated: bool = False) -> Date:
    """A date for machines and people."""
    return Date(edtf=when.format(of), words=when.describe(of), estimated=estimated and of.known)


def _date(of: Moment) -> Date:
    return Date(edtf=of.edtf, words=of.words)


def row_link(stack: Stack, happening: str) -> Link:
    """The one address of a happening: its row on the timeline of its first event, else actor, else on its article."""
    for event in stack.briefs[happening].events:
        return stack.at_row(stack.library.link("events", event, ""), happening)
    for actor in stack.briefs[happening].acting:
        return stack.at_row(stack.library.link("actors", actor, ""), happening)
    lead = stack.library.happenings[happening][0]
    return Link(text="", path=stack.library.addresses["articles", lead.article], fragment=lead.id)


def happening_record(stack: Stack, id: str) -> Happening:
    """A happening with all that is told of it."""
    library, row = stack.library, stack.rows[id]
    entries = library.happenings[id]
    lead, known = entries[0], {entry.id: entry for entry in entries}
    reasons = {report.id: report.origin for report in row.reports}
    brief = stack.briefs[id]
    return Happening(
        id=id,
        page=page_of(row_link(stack, id)),
        label=row.label,
        when=_date(row.happened),
        when_basis=dated(library, id).when_basis,
        other_dates=tuple(map(_date, row.other_dates)),
        course=lead.course,
        negated=lead.negated,
        voice=_voice(lead.voice),
        actors=_parts(stack, entries),
        place=row.place,
        events=tuple(event_ref(stack, event) for event in stack.briefs[id].events),
        reported=date_record(brief.reported, brief.estimated),
        reports=len(brief.articles),
        origins=row.origins,
        differs=row.differs,
        preferred=row.preferred,
        told=tuple(report_record(stack, known[of.id], reasons[of.id]) for of in row.reports),
    )


def report_record(stack: Stack, entry: Entry, origin: str = "") -> Report:
    """An entry; `origin` tells why it is no origin of its own."""
    library = stack.library
    return Report(
        id=entry.id,
        happening=entry.happening or entry.id,
        article=entry.article,
        label=label_of(entry),
        class_=entry.event_class,
        word=entry.word,
        when=date_record(entry.when),
        when_words=entry.when_words,
        when_basis=entry.when_basis,
        reckoned=entry.when_reckoned,
        course=entry.course,
        negated=entry.negated,
        voice=_voice(entry.voice),
        actors=_parts(stack, [entry]),
        place=entry.place,
        events=tuple(id for id in entry.events if id in library.events),
        quotation=selector_of(entry, library.settings.quote_words),
        origin=origin,
        by_person=entry.id in library.touched,
        rests_on=entry.source,
        note=entry.note,
    )


def selector_of(entry: Entry, limit: int) -> Selector | None:
    """The words of an entry that pages show, with what stands around them; None for an entry without a quotation."""
    text = entry.quote
    mark = find_word(entry)
    start, end = window(text, mark[0] if mark else 0, max(1, limit))
    if start == end:
        return None
    return Selector(
        exact=text[start:end],
        prefix=(entry.prefix + text[:start])[-CONTEXT:],
        suffix=(text[end:] + entry.suffix)[:CONTEXT],
    )


def _voice(voice: Voice | None) -> Said | None:
    return Said(words=voice.words or voice.name, actor=voice.actor, stance=voice.stance) if voice else None


def _parts(stack: Stack, entries: Iterable[Entry]) -> tuple[Part, ...]:
    """Who took part, each once with the strongest of the roles."""
    found: dict[str, tuple[int, Part]] = {}
    for entry in entries:
        for one in entry.participants:
            actor = stack.library.actors.get(one.actor)
            id, name = (one.actor, actor.name) if actor else ("", one.name or one.words)
            rank, before = _RANK[one.role], found.get(id or name)
            if before is None or rank < before[0]:
                found[id or name] = (rank, Part(id=id, name=name, role=one.role))
    return tuple(part for _, part in sorted(found.values(), key=lambda ranked: ranked[0]))


def source_record(stack: Stack, article: Article) -> Source:
    """An article as it is cited."""
    return Source(
        id=article.id,
        title=article.title,
        title_basis=article.title_basis,
        publisher=article.source,
        published=date_record(article.published, article.published_basis == "estimate"),
        published_basis=article.published_basis,
        url=safe_url(web_address(article.url)),
        page=page_of(Link(text="", path=stack.library.addresses["articles", article.id])),
    )


# --------------------------------------------------------------------------------------------- whole files


class Gathered:
    """Every happening and every source made once, however many pages tell of it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        reads = stack.library.reads
        self._happenings = Passed[str, Happening](reads, lambda id: happening_record(stack, id))
        self._sources = Passed[str, Source](reads, lambda id: source_record(stack, stack.library.articles[id]))

    def happenings(self, ids: Iterable[str]) -> tuple[Happening, ...]:
        """These happenings as records."""
        return tuple(self._happenings[id] for id in ids)

    def sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """The articles that report these happenings, by day."""
        return tuple(self._sources[article.id] for article in self.stack.articles_of(ids))

    def reports(self, ids: Iterable[str]) -> tuple[Report, ...]:
        """What these happenings are told by, one after the other."""
        return tuple(report for happening in self.happenings(ids) for report in happening.told)

    def source(self, article: Article) -> Source:
        """An article as a record."""
        return self._sources[article.id]


def actor_data(gathered: Gathered, actor: Actor, page: str, whole: bool = True) -> ActorData:
    """An actor with its timeline, or without where it is not asked for `whole`."""
    stack = gathered.stack
    acting, named = (list(stack.of(("actors", actor.id), named)) for named in (False, True))
    roles = (RoleHeld(words=role.words, articles=_known(stack, role.articles)) for role in actor.roles)
    years, named_years = _years(stack, page), _years(stack, page, named=True)
    acting, named = ([] if years or not whole else acting), ([] if named_years or not whole else named)
    return ActorData(
        id=actor.id,
        name=actor.name,
        kind=actor.kind,
        page=quote(page),
        aliases=_names(actor.aliases),
        roles=tuple(roles),
        wikidata=actor.wikidata,
        note=actor.note,
        by_person=actor.id in stack.library.touched,
        years=years if whole else (),
        named_years=named_years if whole else (),
        happenings=gathered.happenings(acting),
        named=gathered.happenings(named),
        articles=gathered.sources([*acting, *named]),
    )


def event_data(gathered: Gathered, event: Event, page: str, whole: bool = True) -> EventData:
    """An event with its timeline, or without where it is not asked for `whole`."""
    stack = gathered.stack
    library, ids = stack.library, list(stack.of(("events", event.id)))
    years = _years(stack, page)
    shown = [] if years or not whole else ids
    before, after = ([_neighbour(stack, *of) for of in side] for side in stack.neighbours.get(event.id, ((), ())))
    return EventData(
        id=event.id,
        label=event.label,
        kind=event.kind,
        class_=event.event_class,
        page=quote(page),
        when=date_record(event.when),
        first_reported=date_record(stack.first_reported(ids)[0]),
        place=event.place,
        aliases=_names(event.aliases),
        note=event.note,
        part_of=event_ref(stack, event.part_of) if event.part_of in library.events else None,
        parts=tuple(event_ref(stack, part) for part in stack.smaller.get(event.id, ())),
        by_person=event.id in library.touched,
        before=tuple(before),
        after=tuple(after),
        denials=tuple(Denial(told=of.told, denied=of.denied) for of in stack.denied[event.id]),
        years=years if whole else (),
        happenings=gathered.happenings(shown),
        articles=gathered.sources(shown),
    )


def _neighbour(stack: Stack, id: str, shared: tuple[str, ...]) -> Neighbour:
    edtf, own, state = stack.eras[id]
    ref = event_ref(stack, id)
    return Neighbour(
        id=id,
        name=ref.name,
        page=ref.page,
        when=date_record(when.parse(edtf)),
        span=not own,
        state=state,
        shared=shared,
    )


def year_data(gathered: Gathered, of: Ref, page: str, title: str, ids: Sequence[str], named: bool) -> YearData:
    """One year of a long timeline."""
    happenings, articles = gathered.happenings(ids), gathered.sources(ids)
    return YearData(of=of, title=title, page=quote(page), named=named, happenings=happenings, articles=articles)


def article_data(gathered: Gathered, article: Article, page: str, ids: Iterable[str]) -> ArticleData:
    """An article with its entries, in the order of their `ids`."""
    stack = gathered.stack
    told = (entry.happening or entry.id for entry in stack.library.told.get(article.id, ()))
    reports = {report.id: report for report in gathered.reports(dict.fromkeys(told))}
    source = gathered.source(article)
    return ArticleData(
        id=article.id,
        title=article.title,
        title_basis=article.title_basis,
        publisher=article.source,
        byline=article.byline,
        place=article.place,
        published=source.published,
        published_basis=article.published_basis,
        published_reasons=article.published_reasons,
        url=source.url,
        page=quote(page),
        by_person=article.id in stack.library.touched,
        reports=tuple(reports[id] for id in ids),
    )


def tracker_data(gathered: Gathered, address: str) -> TrackerData:
    """Everything, each thing once."""
    stack = gathered.stack
    library, addresses = stack.library, stack.library.addresses
    return TrackerData(
        title=library.settings.title,
        address=address,
        actors=tuple(
            actor_data(gathered, actor, addresses["actors", actor.id], whole=False)
            for actor in library.full_actors.values()
            if ("actors", actor.id) in addresses
        ),
        events=tuple(
            event_data(gathered, event, addresses["events", event.id], whole=False)
            for event in library.full_events.values()
        ),
        articles=tuple(map(gathered.source, library.articles.values())),
        happenings=gathered.happenings(stack.in_order(stack.briefs)),
    )


def actor_ref(stack: Stack, id: str) -> Ref:
    """An actor by id, name and page."""
    return Ref(id=id, name=stack.library.actors[id].name, page=quote(stack.library.addresses["actors", id]))


def event_ref(stack: Stack, id: str) -> Ref:
    """An event by id, label and page."""
    return Ref(id=id, name=stack.library.events[id].label, page=quote(stack.library.addresses["events", id]))


def _known(stack: Stack, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id in stack.library.articles)


def _names(aliases: Iterable[Alias]) -> tuple[Name, ...]:
    ranked = sorted(aliases, key=lambda alias: (-alias.articles, alias.name))
    return tuple(Name(name=alias.name, articles=alias.articles, reason=alias.reason) for alias in ranked)


def _years(stack: Stack, page: str, named: bool = False) -> tuple[Year, ...]:
    """The files of a timeline that is parted into years; none for one that is not."""
    years = stack.parts(stack.subjects[page], named)
    return tuple(
        Year(title=part_title(year), data=quote(data_path(year_path(page, year, named))), happenings=len(of))
        for year, of in years.items()
    )


def data_path(page: str) -> str:
    """Where the JSON copy of a page stands."""
    return page.removesuffix(".html") + ".json"
