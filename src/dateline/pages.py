"""From what is known to the plan of a site: every page with the view it shows; nothing is rendered here."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from .beside import with_files
from .charts import chart_of
from .model import Corpus
from .notices import LATEST, checked_words, notices_of
from .plan import Page, Site
from .problems import Problem, Where
from .redirects import redirect_pages
from .rows import UNDATED, Kind, cite, first_published, latest_first, moment
from .standing import standing_pages
from .storylines import storylines_of
from .subjects import (
    ACTOR_KINDS,
    MAIN,
    actor_count,
    actor_pages,
    article_page,
    count_words,
    event_count,
    event_pages,
    most,
)
from .timelines import Stack, stack_rows
from .views import AboutView, Count, Group, HomeView, IndexView, Link, MissingView, Period
from .web import site_address, tag_of

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


def plan(corpus: Corpus) -> tuple[Site, tuple[Problem, ...]]:
    """Every page of the site, in order of path, and what stands in the way of writing them."""
    stack = stack_rows(corpus)
    pages = [_home(stack), _about(stack), *standing_pages(stack), _missing(corpus)]
    pages += [_actor_index(stack), _event_index(stack), _article_index(stack)]
    for actor in corpus.actors:
        if ("actors", actor.id) in stack.library.addresses:
            pages += actor_pages(stack, actor)
    for event in corpus.events:
        pages += event_pages(stack, event)
    pages += [article_page(stack, article) for article in corpus.articles]
    pages += redirect_pages(stack, pages)
    pages, files = with_files(stack, pages)
    site = Site(
        title=corpus.settings.title,
        language=corpus.settings.language,
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        base=urlsplit(site_address(corpus.settings)).path or "/",
        address=site_address(corpus.settings),
        tag=tag_of(corpus.settings),
        report=corpus.settings.report,
        files=files,
    )
    return site, (*_dangling(corpus), *find_collisions(site))


def _dangling(corpus: Corpus) -> list[Problem]:
    known = {article.id for article in corpus.articles}
    lost = sorted({entry.article for entry in corpus.entries} - known)
    where = Where("content/articles")
    return [
        Problem(
            slug="dangling-id",
            message=f'there are entries of an article "{id}", but no such article',
            where=where,
        )
        for id in lost
    ]


def find_collisions(site: Site) -> list[Problem]:
    """Pages that some file system would take for one file."""
    groups: dict[str, list[str]] = {}
    for path in (*(page.path for page in site.pages), *(file.path for file in site.files)):
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


def scope(corpus: Corpus) -> str:
    """What the site is made from, in a line: "From 5 articles by 4 publishers.\""""
    publishers = {article.source for article in corpus.articles if article.source}
    nameless = sum(not article.source for article in corpus.articles)
    words = f"From {count_words(len(corpus.articles), 'article')}"
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


def _index(kind: Kind, heading: str, intro: str, groups: Iterable[Group]) -> Page:
    return Page(
        path=f"{kind}/index.html",
        template=f"{kind}.html",
        title=heading,
        description=intro,
        section=kind,
        view=IndexView(heading=heading, intro=intro, groups=tuple(groups)),
    )


def _by_letter(items: Iterable[Count]) -> tuple[Group, ...]:
    items = sorted(items, key=lambda item: (*_alphabetical(item.link.text), item.link.path))
    if len(items) <= LETTER_ITEMS:
        return (Group(title="", items=tuple(items)),) if items else ()
    letters: dict[str, list[Count]] = {}
    for item in items:
        initial = _alphabetical(item.link.text)[0][:1].upper()
        letters.setdefault(initial if initial.isalpha() else "0–9 and signs", []).append(item)
    return tuple(Group(title=letter, items=tuple(of)) for letter, of in letters.items())


def _actor_index(stack: Stack) -> Page:
    library = stack.library
    items = [
        actor_count(stack, actor.id, len(stack.of(("actors", actor.id))), ACTOR_KINDS[actor.kind])
        for actor in library.corpus.actors
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
        for event in stack.library.corpus.events
    ]
    intro = f"{count_words(len(items), 'matter')} to which what is reported belongs: meetings, deals, processes."
    return _index("events", "Events", intro, _by_letter(items))


def _article_index(stack: Stack) -> Page:
    library = stack.library
    groups: dict[str, list[Count]] = {}
    for article in sorted(library.corpus.articles, key=lambda of: (latest_first(of.published), of.id)):
        source = cite(library, article)
        year = f"{article.published.first_day.year}" if article.published.known else "Undated"
        note = f"{source.publisher}, {source.published.words}"
        groups.setdefault(year, []).append(
            Count(link=source.article, count=len(library.told.get(article.id, ())), note=note)
        )
    intro = scope(library.corpus)
    return _index("articles", "Articles", intro, (Group(title=year, items=tuple(of)) for year, of in groups.items()))


# ------------------------------------------------------------------------------------------- home, about, 404


def _home(stack: Stack) -> Page:
    corpus = stack.library.corpus
    acting = {id: len(rows) for id, rows in stack.acting.items()}
    belonging = {id: len(rows) for id, rows in stack.belonging.items()}
    lines, notices = storylines_of(stack), notices_of(stack)
    view = HomeView(
        description=corpus.settings.description,
        scope=scope(corpus),
        storylines=lines,
        latest=_latest(stack),
        actors=tuple(actor_count(stack, id, n) for id, n in most(acting, MAIN)),
        events=tuple(event_count(stack, id, n) for id, n in most(belonging, MAIN)),
        actors_total=sum(kind == "actors" for kind, _ in stack.library.addresses),
        events_total=len(corpus.events),
        chart=chart_of(stack, lines),
        corrections=notices[:LATEST],
        corrections_total=len(notices),
        method=checked_words(stack),
    )
    return Page(
        path="index.html",
        template="home.html",
        title=corpus.settings.title,
        description=view.scope,
        section="home",
        view=view,
    )


def _latest(stack: Stack) -> tuple[Period, ...]:
    """What was reported last, under the days of the reports: what articles make most of, not all from one."""
    library = stack.library

    def rank(id: str) -> tuple[object, ...]:
        entries = library.happenings[id]
        return latest_first(first_published(library, entries)), -max(entry.salience for entry in entries), id

    taken: Counter[str] = Counter()
    days: dict[str, list[str]] = {}
    for id in sorted(library.happenings, key=rank):
        article = library.happenings[id][0].article
        taken[article] += 1
        if taken[article] <= LATEST_OF_ARTICLE and sum(map(len, days.values())) < LATEST_ROWS:
            days.setdefault(stack.rows[id].reported.words, []).append(id)
    order = {id: at for at, id in enumerate(stack.rows)}
    return tuple(
        Period(
            id=f"day-{at}",
            title="Reported without a date" if words == UNDATED else f"Reported {words}",
            rows=tuple(stack.rows[id] for id in sorted(ids, key=order.__getitem__)),
        )
        for at, (words, ids) in enumerate(days.items(), 1)
    )


def _about(stack: Stack) -> Page:
    corpus = stack.library.corpus
    dated = Counter[str](entry.when_basis if entry.when.known else "" for entry in corpus.entries)
    numbers = {
        "articles/index.html": ("articles", len(corpus.articles)),
        "actors/index.html": ("actors", sum(kind == "actors" for kind, _ in stack.library.addresses)),
        "events/index.html": ("events", len(corpus.events)),
        "": ("entries, one for each thing that one article tells", len(corpus.entries)),
    }
    view = AboutView(
        scope=scope(corpus),
        reader=_reader(corpus),
        counts=tuple(Count(link=Link(text=words, path=path), count=n) for path, (words, n) in numbers.items()),
        dates=tuple(
            Count(link=Link(text=words), count=dated[basis]) for basis, words in DATE_BASES.items() if dated[basis]
        ),
        articles_undated=sum(not article.published.known for article in corpus.articles),
        by_person=sum(entry.id in corpus.touched for entry in corpus.entries),
        quote_words=corpus.settings.quote_words,
    )
    return Page(
        path="about.html",
        template="about.html",
        title="How this site is made",
        description="How the articles were read, what the dates mean, and what this site does not claim.",
        section="about",
        view=view,
    )


def _reader(corpus: Corpus) -> str:
    settings = corpus.settings
    if settings.recogniser == "rules":
        return "the rules that come with dateline"
    name = "spaCy" if settings.recogniser == "spacy" else settings.recogniser
    if settings.model:
        return f"the model {settings.model}, run by {name}"
    return f"the recogniser {name}"


def _missing(corpus: Corpus) -> Page:
    return Page(
        path="404.html",
        template="404.html",
        title="Page not found",
        description="This address leads nowhere.",
        section="",
        view=MissingView(home=site_address(corpus.settings)),
    )
