"""From what is known to the plan of a site: every page with the view it shows; nothing is rendered here."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from .archive import article_index, month_page, publisher_index, publisher_page
from .beside import Beside, for_robots
from .charts import chart_of
from .chronology import INDEX, WAY, chronology_index, chronology_page
from .gathered import row_link
from .library import Kind, Library, Texts
from .model import Corpus, Settings
from .notices import LATEST, checked_words, notices_of
from .plan import File, Page, Site, Unit
from .problems import Problem, Where
from .recent import leading
from .redirects import redirect_pages
from .rows import UNDATED, latest_first, moment
from .rules import read_table
from .search import Index
from .standing import corrections_page, differences_page, search_page
from .storylines import storylines_of
from .subjects import (
    ACTOR_KINDS,
    actor_count,
    actor_page,
    article_page,
    count_words,
    event_count,
    event_page,
    part_page,
)
from .timelines import Stack, stack_rows
from .traces import Made, Table
from .views import AboutView, Count, Day, Group, HomeView, IndexView, KeyRow, Link, MissingView, RedirectView, Score
from .web import site_address, tag_of
from .when import parse

LETTER_ITEMS = 30
"""With more items, an index is parted by initial letters."""
LATEST_ROWS = 10
LATEST_OF_ARTICLE = 4
"""No article fills the home page alone."""

DATE_BASES = {
    "stated": "stated in the article",
    "relative": "reckoned from the article’s date",
    "narrative": "taken from the date told last",
    "reported": "the day of the report stands in",
    "person": "set by a person",
    "": "date not known",
}


def plan(corpus: Corpus, texts: Texts | None = None) -> tuple[Site, tuple[Problem, ...]]:
    """Every page of the site, in order of path, and what stands in the way of writing them.

    `texts` are those that may stand there whole.
    """
    draft = Draft(stack_rows(corpus, texts))
    pages, files = draft.everything()
    site = replace(draft.site, pages=pages, files=files)
    return site, (*dangling(draft.stack.library), *find_collisions(draft.paths.held))


class Draft:
    """A site as it is planned: units, each a page with the files beside it, made when they are asked for."""

    def __init__(self, stack: Stack) -> None:
        """Plan the site of a stack that is laid out."""
        self.stack = stack
        settings = stack.library.settings
        self.site = Site(
            title=settings.title,
            language=settings.language,
            pages=(),
            base=urlsplit(site_address(settings)).path or "/",
            address=site_address(settings),
            tag=tag_of(settings),
            report=settings.report,
        )
        reads = stack.library.reads
        self.beside, self.index = Beside(stack), Index(stack)
        self._makers: dict[str, Callable[[], Unit]] = {}
        self.common: tuple[str, ...] = ()
        """The units that are of no one record: most of them go through everything."""
        self._plan_units()
        self.units = Made("units", reads, self._makers, lambda name: self._makers[name]())
        """A name that never changes its meaning → a page and what stands beside it."""
        self.paths: Table[str, str] = Table("paths", reads, {})
        """All paths of these → the part of the site to which a page belongs, "" for a file."""
        self.late = Made("late", reads, ("moved", "robots"), self._late)
        """What tells of all the others: redirects, and what robots read."""

    def everything(self) -> tuple[tuple[Page, ...], tuple[File, ...]]:
        """All pages and files, made now, each in order of path."""
        made = [self.units.peek(name) for name in self.units.keys_]
        self.paths.held = {one.path: section_of(one) for unit in made for one in unit}
        made += [self.late.peek(name) for name in self.late.keys_]
        self.paths.held = {one.path: section_of(one) for unit in made for one in unit}
        found = sorted((one for unit in made for one in unit), key=lambda one: one.path)
        pages = tuple(one for one in found if isinstance(one, Page))
        return pages, tuple(one for one in found if isinstance(one, File))

    def _plan_units(self) -> None:
        stack, library, makers = self.stack, self.stack.library, self._makers
        singles: tuple[Callable[[Stack], Page], ...] = (
            _home, _about, search_page, corrections_page, differences_page, _missing, _actor_index, _event_index,
            _article_index, publisher_index, chronology_index,
        )  # fmt: skip
        for single in singles:
            makers[single.__name__.strip("_")] = partial(self._page, partial(single, stack))
        makers["entries"] = self.beside.table
        makers["search files"] = lambda: tuple(self.index.files())
        self.common = tuple(makers)
        for kind, id in library.addresses.held:
            makers[f"{kind}/{id}"] = partial(self._record, kind, id)
        for path in stack.months.held:
            makers[path] = partial(self._page, partial(month_page, stack, path))
        for path in stack.chronology.held:
            if path != INDEX:
                makers[path] = partial(self._page, partial(chronology_page, stack, path))
        for name, pages in stack.publishers.held.items():
            for path in pages:
                makers[path] = partial(self._page, partial(publisher_page, stack, name, path))
        for line, parts in stack.parted_now():
            kind, id, named = line
            for name in parts:
                key = f"{kind}/{id}/{'named-' if named else ''}{name}"
                makers[key] = partial(self._page, partial(part_page, stack, line, name))

    def _page(self, make: Callable[[], Page]) -> Unit:
        return self.beside.with_files(make())

    def _record(self, kind: Kind, id: str) -> Unit:
        library = self.stack.library
        if kind == "actors":
            return self.beside.with_files(actor_page(self.stack, library.full_actors[id]))
        if kind == "events":
            return self.beside.with_files(event_page(self.stack, library.full_events[id]))
        return self.beside.with_files(article_page(self.stack, library.whole[id]))

    def _late(self, name: str) -> Unit:
        if name == "robots":
            return tuple(for_robots(self.site.address, self.paths)) if self.site.address else ()
        pages = redirect_pages(self.stack, self.paths)
        return (*pages, *self.beside.moved_feeds(pages))


def section_of(one: Page | File) -> str:
    """The part of the site to which a page belongs; "" for a file and for a page that has moved."""
    return one.section if isinstance(one, Page) and not isinstance(one.view, RedirectView) else ""


def dangling(library: Library) -> list[Problem]:
    """An error for each article that entries name and that is not there."""
    where = Where("content/articles")
    return [
        Problem(
            slug="dangling-id",
            message=f'there are entries of an article "{id}", but no such article',
            where=where,
        )
        for id in sorted(library.lost)
    ]


def find_collisions(paths: Iterable[str]) -> list[Problem]:
    """Paths that some file system would take for one file."""
    paths = tuple(paths)
    if len({path.lower() for path in paths if path.isascii()}) == len(paths):
        return []
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(unicodedata.normalize("NFC", path).casefold(), []).append(path)
    return [
        Problem(
            slug="page-collision",
            message="two pages would be one file: " + ", ".join(paths),
            where=Where(f"content/{paths[0].partition('/')[0]}"),
            hint="give one of the records another name",
        )
        for paths in groups.values()
        if len(paths) > 1
    ]


def scope(library: Library) -> str:
    """What the site is made from, in a line: "From 5 articles by 4 publishers.\""""
    articles = library.articles.values()
    publishers = {article.source for article in articles if article.source}
    nameless = sum(not article.source for article in articles)
    words = f"From {count_words(len(articles), 'article')}"
    if publishers:
        words += f" by {count_words(len(publishers), 'publisher')}"
    if nameless:
        unnamed = ("article does not name its source", "articles do not name their source")
        words += f"; {count_words(nameless, *unnamed)}"
    return words + "."


def _alphabetical(text: str) -> tuple[str, str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold(), text


# --------------------------------------------------------------------------------------------- indexes


def _index(kind: Kind, heading: str, intro: str, groups: Iterable[Group], ways: tuple[Link, ...] = ()) -> Page:
    return Page(
        path=f"{kind}/index.html",
        template=f"{kind}.html",
        title=heading,
        description=intro,
        section=kind,
        view=IndexView(heading=heading, intro=intro, groups=tuple(groups), ways=ways),
    )


def _by_letter(items: Iterable[Count]) -> tuple[Group, ...]:
    items = sorted(items, key=lambda item: (*_alphabetical(item.link.text), item.link.path))
    if len(items) <= LETTER_ITEMS:
        return (Group(title="", items=tuple(items)),) if items else ()
    letters: dict[str, list[Count]] = {}
    for item in items:
        initial = _alphabetical(item.link.text)[0][:1].upper()
        letters.setdefault(initial if initial.isalpha() else "0–9 and signs", []).append(item)
    return tuple(
        Group(title=letter, items=tuple(of), id=f"at-{letter}" if letter.isalpha() else "at-signs")
        for letter, of in letters.items()
    )


def _actor_index(stack: Stack) -> Page:
    library = stack.library
    items = [
        actor_count(stack, actor.id, len(stack.of(("actors", actor.id))), ACTOR_KINDS[actor.kind])
        for actor in library.actors.values()
        if ("actors", actor.id) in library.addresses
    ]
    many = "people, organisations, countries and groups"
    intro = f"{count_words(len(items), 'person, organisation, country or group', many)} named in the articles."
    return _index("actors", "Actors", intro, _by_letter(items))


def _event_index(stack: Stack) -> Page:
    items = [
        event_count(
            stack,
            event.id,
            len(stack.of(("events", event.id))),
            moment(event.when).words if event.when.known else "",
        )
        for event in stack.library.events.values()
    ]
    intro = f"{count_words(len(items), 'matter')} to which what is reported belongs: meetings, deals, processes."
    return _index("events", "Events", intro, _by_letter(items), (WAY,))


def _article_index(stack: Stack) -> Page:
    return article_index(stack, scope(stack.library).removeprefix("From "))


# ------------------------------------------------------------------------------------------- home, about, 404


def _home(stack: Stack) -> Page:
    library, settings = stack.library, stack.library.settings
    lines, notices, main = storylines_of(stack), notices_of(stack), leading(stack)
    view = HomeView(
        description=settings.description,
        scope=scope(library),
        storylines=lines,
        latest=_latest(stack),
        actors=main.actors,
        events=main.events,
        ranked_by=main.words,
        actors_total=sum(kind == "actors" for kind, _ in library.addresses),
        events_total=len(library.events),
        chart=chart_of(stack, lines),
        corrections=notices[:LATEST],
        corrections_total=len(notices),
        method=checked_words(stack),
    )
    return Page(
        path="index.html",
        template="home.html",
        title=settings.title,
        description=view.scope,
        section="home",
        view=view,
    )


def _latest(stack: Stack) -> tuple[Day, ...]:
    """What was reported last, under the days of the reports: what articles make most of, not all from one."""

    def rank(id: str) -> tuple[object, ...]:
        brief = stack.briefs[id]
        return latest_first(brief.reported), -brief.salience, id

    taken: Counter[str] = Counter()
    days: dict[str, list[str]] = {}
    for id in sorted(stack.briefs, key=rank):
        article = stack.briefs[id].articles[0]
        taken[article] += 1
        if taken[article] <= LATEST_OF_ARTICLE and sum(map(len, days.values())) < LATEST_ROWS:
            days.setdefault(stack.rows[id].reported.words, []).append(id)
    return tuple(
        Day(
            title="Reported without a date" if words == UNDATED else f"Reported {words}",
            rows=tuple(
                KeyRow(row=stack.rows[id], link=replace(row_link(stack, id), text=stack.rows[id].label))
                for id in stack.in_order(ids)
            ),
        )
        for words, ids in days.items()
    )


def _about(stack: Stack) -> Page:
    library, settings = stack.library, stack.library.settings
    counts = stack.counts.values()
    dated = Counter[str]()
    for told in counts:
        dated.update(dict(told.dated))
    numbers = {
        "articles/index.html": ("articles", len(library.articles)),
        "actors/index.html": ("actors", sum(kind == "actors" for kind, _ in library.addresses)),
        "events/index.html": ("events", len(library.events)),
        "": ("entries, one for each thing that one article tells", sum(told.entries for told in counts)),
    }
    measured = [
        of
        for of in read_table("world/measured.tsv")
        if (of["recogniser"], of["model"]) == (settings.recogniser, settings.model)
    ]
    view = AboutView(
        scope=scope(library),
        reader=_reader(settings),
        counts=tuple(Count(link=Link(text=words, path=path), count=n) for path, (words, n) in numbers.items()),
        dates=tuple(
            Count(link=Link(text=words), count=dated[basis]) for basis, words in DATE_BASES.items() if dated[basis]
        ),
        articles_undated=sum(not article.published.known for article in library.articles.values()),
        by_person=sum(told.touched for told in counts),
        quote_words=settings.quote_words,
        measured=tuple(Score(task=of["task"], corpus=of["corpus"], percent=of["percent"]) for of in measured),
        measured_on=moment(parse(measured[0]["on"])) if measured else None,
        whole=sum(article.rights == "full" for article in library.articles.values()),
    )
    return Page(
        path="about.html",
        template="about.html",
        title="How this site is made",
        description="How the articles were read, what the dates mean, and what this site does not claim.",
        section="about",
        view=view,
    )


def _reader(settings: Settings) -> str:
    if settings.recogniser == "rules":
        return "the rules that come with dateline"
    name = "spaCy" if settings.recogniser == "spacy" else settings.recogniser
    if settings.model:
        return f"the model {settings.model}, run by {name}"
    return f"the recogniser {name}"


def _missing(stack: Stack) -> Page:
    return Page(
        path="404.html",
        template="404.html",
        title="Page not found",
        description="This address leads nowhere.",
        section="",
        view=MissingView(home=site_address(stack.library.settings)),
    )
