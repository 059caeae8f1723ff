"""The pages of actors, events and articles, and the words in which their views speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from . import when
from .accounts import denials_of
from .charts import activity_of
from .fulltext import blocks_of
from .library import Subject
from .model import Actor, ActorKind, Alias, Article, Course, Entry, Event, EventKind, RoleHeld
from .notices import namesakes_of, notices_of, notices_of_article
from .paging import part_title
from .plan import Page
from .rows import UNDATED, cite, contrast_of, events_of, moment, parts_of, published, quote_of
from .timelines import (
    Line,
    Stack,
    group_years,
    statements_of,
    timeline_of,
    year_links,
    year_path,
    year_timeline,
    year_title,
)
from .views import (
    ActorView,
    ArticleView,
    Contrast,
    Count,
    Drawn,
    Era,
    EventView,
    Link,
    NameUsed,
    Neighbour,
    Part,
    Passage,
    Quote,
    RoleUsed,
    Step,
    YearView,
)
from .web import web_address
from .when import sort_key

MAIN = 12
"""So many actors and events stand on the home page and beside a timeline."""

SOURCES = 100
"""So many articles are listed as those by which an event became known, the first ones."""

ACTOR_KINDS: Mapping[ActorKind, str] = {
    "person": "person",
    "organisation": "organisation",
    "country": "country or government",
    "group": "group",
    "media": "news organisation",
}
EVENT_KINDS: Mapping[EventKind, str] = {
    "occasion": "occasion",
    "instrument": "deal, law or other text",
    "process": "process",
}
STEPS: Mapping[tuple[Course, bool], str] = {
    ("planned", True): "planned for",
    ("planned", False): "planned",
    ("postponed", True): "postponed to",
    ("postponed", False): "postponed",
    ("cancelled", True): "called off, set for",
    ("cancelled", False): "called off",
    ("occurred", True): "held on",
    ("occurred", False): "held",
    ("hypothetical", True): "possible on",
    ("hypothetical", False): "possible",
}
"""What became of an event's date; with a day that follows, or without."""
WHEN_LABELS = {"": "Happened", "planned": "Planned for", "postponed": "Last set for", "called off": "Last set for"}
"""What the date of an event is, by its state."""
_SPAN = "from the first to the last thing that is told of it"
PUBLISHED_NOTES = {
    "person": "date given by a person",
    "front matter": "date noted in the file",
    "metadata": "date from the page’s metadata",
    "address": "date from the address",
    "text": "date from the text",
    "estimate": "an estimate: the article does not carry its date",
    "": "",
}


def count_words(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 article", "3 articles"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def in_words(names: Sequence[str]) -> str:
    """Names in a line: "Pakistan, Russia and the Taliban"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _summary(stack: Stack, ids: Sequence[str]) -> str:
    """How much a timeline holds: "14 happenings from 3 articles, 2018 to 2021"."""
    years = [year for year in group_years(stack, ids) if year.isdigit()]
    span = "" if not years else f", {year_title(years[0])}"
    span += f" to {year_title(years[-1])}" if len(years) > 1 else ""
    articles = len({article for id in ids for article in stack.briefs[id].articles})
    return f"{count_words(len(ids), 'happening')} from {count_words(articles, 'article')}{span}"


def _names(aliases: Iterable[Alias]) -> tuple[NameUsed, ...]:
    ranked = sorted(aliases, key=lambda alias: (-alias.articles, alias.name))
    return tuple(NameUsed(name=alias.name, articles=alias.articles, reason=alias.reason) for alias in ranked)


# --------------------------------------------------------------------------------------------- counting


def actor_count(stack: Stack, id: str, number: int, note: str = "") -> Count:
    """An actor as an item of a list."""
    return Count(link=stack.library.link("actors", id, stack.library.actors[id].name), count=number, note=note)


def event_count(stack: Stack, id: str, number: int, note: str = "") -> Count:
    """An event as an item of a list."""
    return Count(link=stack.library.link("events", id, stack.library.events[id].label), count=number, note=note)


def most(numbers: Mapping[str, int], limit: int) -> list[tuple[str, int]]:
    """The ids with the largest numbers, largest first."""
    return sorted(((id, n) for id, n in numbers.items() if n), key=lambda item: (-item[1], item[0]))[:limit]


def _together(stack: Stack, ids: Iterable[str], without: str = "") -> tuple[Count, ...]:
    """Who takes part in the same happenings, most often first."""
    shared = Counter(actor for id in ids for actor in stack.briefs[id].acting if actor != without)
    return tuple(actor_count(stack, id, n) for id, n in most(shared, MAIN))


def _people(stack: Stack, ids: Iterable[str], told: frozenset[str]) -> tuple[Count, ...]:
    """Who takes part, each with the role that most of the articles `told` here give."""
    shared = Counter(actor for id in ids for actor in stack.briefs[id].acting)
    return tuple(actor_count(stack, id, n, _office(stack, id, told)) for id, n in most(shared, MAIN))


def _office(stack: Stack, id: str, told: frozenset[str]) -> str:
    held = stack.library.offices[id]
    role = max(held, key=lambda role: len(told.intersection(role.articles)), default=None)
    return role.words if role and told.intersection(role.articles) else ""


def _events_among(stack: Stack, ids: Iterable[str]) -> tuple[Count, ...]:
    shared = Counter(event for id in ids for event in stack.briefs[id].events)
    return tuple(event_count(stack, id, n) for id, n in most(shared, MAIN))


# ---------------------------------------------------------------------------------------- actors and events


def actor_page(stack: Stack, actor: Actor) -> Page:
    """An actor's page."""
    subject: Subject = ("actors", actor.id)
    acting, named = stack.of(subject), stack.of(subject, named=True)
    summary = _summary(stack, acting or named)
    timeline, said = timeline_of(stack, subject), len(statements_of(stack, subject, acting))
    view = ActorView(
        id=actor.id,
        name=actor.name,
        kind=ACTOR_KINDS[actor.kind],
        summary=summary if acting else f"only named, in {summary}",
        names=_names(actor.aliases),
        roles=tuple(_role(stack, role) for role in actor.roles),
        note=actor.note,
        wikidata=actor.wikidata,
        timeline=timeline,
        mentioned=timeline_of(stack, subject, named=True),
        seen_with=_together(stack, acting, without=actor.id),
        events=_events_among(stack, acting),
        by_person=actor.id in stack.library.touched,
        activity=activity_of(stack, acting, year_links(stack, subject)),
        deeds=len(acting) - said,
        statements=said,
        namesakes=namesakes_of(stack, subject),
        corrections=notices_of(stack, subject),
    )
    return Page(
        path=stack.library.addresses[subject],
        template="actor.html",
        title=actor.name,
        description=f"What articles report of {actor.name}: {view.summary}.",
        section="actors",
        view=view,
    )


def _role(stack: Stack, role: RoleHeld) -> RoleUsed:
    known = [stack.library.articles[id_] for id_ in role.articles if id_ in stack.library.articles]
    told = when.describe_all(article.published for article in known)
    return RoleUsed(words=role.words, told=told, sources=_article_links(stack, role.articles))


def _article_links(stack: Stack, ids: Iterable[str]) -> tuple[Link, ...]:
    known = [stack.library.articles[id] for id in ids if id in stack.library.articles]
    return tuple(cite(stack.library, article).article for article in known)


def event_page(stack: Stack, event: Event) -> Page:
    """An event's page."""
    subject: Subject = ("events", event.id)
    library, ids = stack.library, stack.of(subject)
    larger, timeline = library.events.get(event.part_of), timeline_of(stack, subject)
    sources, (before, after), era = stack.articles_of(ids), _neighbours(stack, event), era_view(stack, event.id)
    date = moment(event.when) if event.when.known or era.state else era.date
    view = EventView(
        id=event.id,
        label=event.label,
        kind=EVENT_KINDS[event.kind],
        summary=_summary(stack, ids),
        when_label=WHEN_LABELS[era.state],
        happened=date,
        first_reported=published(*stack.first_reported(ids)),
        place=event.place,
        names=_names(event.aliases),
        note=event.note,
        reason=event.reason,
        happened_reason=event.when_reason if event.when.known else _SPAN if date.edtf else "",
        part_of=library.link("events", larger.id, larger.label) if larger else None,
        part_reason=event.part_reason if larger else "",
        parts=tuple(library.link("events", id, library.events[id].label) for id in stack.smaller.get(event.id, ())),
        course=tuple(_steps(stack, event)),
        people=_people(stack, ids, frozenset(article.id for article in sources)),
        timeline=timeline,
        sources=tuple(cite(library, article) for article in sources[:SOURCES]),
        sources_more=max(0, len(sources) - SOURCES),
        contrasts=tuple(_contrasts(stack, event)),
        by_person=event.id in library.touched,
        activity=activity_of(stack, ids, year_links(stack, subject)),
        namesakes=namesakes_of(stack, subject),
        corrections=notices_of(stack, subject),
        before=before,
        after=after,
        denials=denials_of(stack, event),
    )
    return Page(
        path=library.addresses[subject],
        template="event.html",
        title=event.label,
        description=f"What articles report of {event.label}: {view.summary}.",
        section="events",
        view=view,
    )


def era_view(stack: Stack, id: str) -> Era:
    """Where an event stands in time, in words."""
    edtf, own, state = stack.eras[id]
    known = when.parse(edtf)
    return Era(date=moment(known), of="" if own or not known.known else "happenings: ", state=state)


def _neighbours(stack: Stack, event: Event) -> Iterable[tuple[Neighbour, ...]]:
    """The events right before an event, then those right after it."""
    library = stack.library
    larger = library.events.get(event.part_of)
    for side in stack.neighbours.get(event.id, ((), ())):
        found = []
        for id, shared in side:
            names = in_words([library.actors[actor].name for actor in shared])
            found.append(
                Neighbour(
                    event=library.link("events", id, library.events[id].label),
                    era=era_view(stack, id),
                    reason=f"also with {names}" if shared else f"also part of {larger.label}" if larger else "",
                )
            )
        yield tuple(found)


def _steps(stack: Stack, event: Event) -> Iterable[Step]:
    """The course of an event's date, in order of report."""
    known = [one for one in event.history if one.article in stack.library.articles]
    for one in sorted(known, key=lambda one: sort_key(stack.library.articles[one.article].published)):
        open_ended = one.when.shape in (
            "from",
            "by",
        )  # "from 14 May on", "by 11 September" bring their preposition along
        yield Step(
            verb=STEPS[one.course, one.when.known and not open_ended] + ("," if open_ended else ""),
            day=moment(one.when) if one.when.known else None,
            words=one.words,
            by=one.by,
            source=cite(stack.library, stack.library.articles[one.article]),
        )


def _contrasts(stack: Stack, event: Event) -> Iterable[Contrast]:
    """Where reports differ on an event, then on each of its happenings, in order of time."""
    library = stack.library
    if stack.contested[event.id]:
        yield from contrasts_on(stack, event)
    for id in stack.of(("events", event.id)):
        if stack.briefs[id].differences:
            row = stack.at_row(Link(text=stack.rows[id].label, path=library.addresses["events", event.id]), id)
            for difference in library.disputed[id]:
                yield contrast_of(library, difference, row)


def contrasts_on(stack: Stack, event: Event, to: Link | None = None) -> Iterable[Contrast]:
    """Where reports differ on an event itself, such as its deadline; `to` leads to its page."""
    for difference in stack.differing[event.id]:
        yield contrast_of(stack.library, difference, to)


def part_page(stack: Stack, line: Line, part: str) -> Page:
    """The page of one part of a long timeline."""
    kind, id, named = line
    library, subject = stack.library, (kind, id)
    name = library.actors[id].name if kind == "actors" else library.events[id].label
    path = library.addresses[subject]
    ids, others, gaps = stack.pieces[(*line, part)]
    said = 0 if named else len(statements_of(stack, subject, ids))
    earlier, later = (Link(text=part_title(one), path=year_path(path, one, named)) if one else None for one in others)
    view = YearView(
        subject=Link(text=name, path=path),
        title=f"only named, {part_title(part)}" if named else part_title(part),
        timeline=year_timeline(stack, subject, part, ids, gaps, named),
        earlier=earlier,
        later=later,
        deeds=len(ids) - said if kind == "actors" and not named else 0,
        statements=said,
        who="" if kind == "events" else "they" if library.actors[id].kind == "person" else "it",
    )
    return Page(
        path=year_path(path, part, named),
        template="year.html",
        title=f"{name}: {view.title}",
        description=f"What articles report of {name}: {_summary(stack, ids)}.",
        section=kind,
        view=view,
    )


# --------------------------------------------------------------------------------------------- articles


def article_page(stack: Stack, article: Article) -> Page:
    """An article's page."""
    library = stack.library
    passages = _passages(stack, article)
    view = ArticleView(
        id=article.id,
        title=article.title or article.id,
        title_note="title made from the first words" if article.title_basis == "generated" else "",
        publisher=cite(library, article).publisher,
        byline=article.byline,
        place=article.place,
        published=moment(article.published, UNDATED),
        published_note=PUBLISHED_NOTES[article.published_basis] if article.published.known else "",
        published_reasons=article.published_reasons if article.published_basis == "estimate" else (),
        url=web_address(article.url),
        passages=passages,
        drawn=sum(len(passage.drawn) for passage in passages),
        by_person=article.id in library.touched,
        house=Link(text=article.source, path=stack.houses[article.source]) if article.source else None,
        corrections=notices_of_article(stack, article.id),
        text=blocks_of(library, article),
    )
    return Page(
        path=library.addresses["articles", article.id],
        template="article.html",
        title=view.title,
        description=f"What this site takes from “{view.title}” ({view.publisher}, {view.published.words}).",
        section="articles",
        view=view,
    )


def _passages(stack: Stack, article: Article) -> tuple[Passage, ...]:
    """What was drawn from an article, in order of its text where places are known."""
    entries = sorted(stack.library.told.get(article.id, ()), key=lambda of: of.quote_at.start if of.quote_at else 0)
    by_quote: dict[str, list[Entry]] = {}
    for entry in entries:
        by_quote.setdefault(entry.quote, []).append(entry)
    return tuple(
        Passage(quote=_quote(stack, group), drawn=tuple([_drawn(stack, entry) for entry in group]))
        for group in by_quote.values()
    )


def _quote(stack: Stack, group: Sequence[Entry]) -> Quote:
    """The quotation that entries share; that of one alone is made already."""
    if len(group) == 1:
        return stack.report(group[0]).quote
    return quote_of(group, stack.library.settings.quote_words)


def _drawn(stack: Stack, entry: Entry) -> Drawn:
    library = stack.library
    happening = entry.happening or entry.id
    report = stack.report(entry)
    parts = parts_of(library, [entry], report.speech)
    return Drawn(
        report=replace(report, origin="") if report.origin else report,
        parts=tuple([Part(who=stack.at_row(part.who, happening), role=part.role) for part in parts]),
        events=tuple([stack.at_row(link, happening) for link in events_of(library, [entry])]),
        timelines=tuple(_rows_elsewhere(stack, happening)),
        others=len(stack.briefs[happening].articles) - 1,
        one_origin=len(stack.briefs[happening].origins) == 1,
    )


def _rows_elsewhere(stack: Stack, happening: str) -> Iterable[Link]:
    """The row of a happening on the timelines of its events and of those who act in it."""
    for event in stack.briefs[happening].events:
        yield stack.at_row(stack.library.link("events", event, stack.library.events[event].label), happening)
    for actor in stack.briefs[happening].acting:
        yield stack.at_row(stack.library.link("actors", actor, stack.library.actors[actor].name), happening)
