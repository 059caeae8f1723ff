"""The files beside the pages, from the same plan: data and feeds of each page, tables, and what search engines read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .feeds import Newsroom, feed_path
from .gathered import (
    Gathered,
    actor_data,
    actor_ref,
    article_data,
    data_path,
    entry_table,
    event_data,
    event_ref,
    tracker_data,
    year_data,
)
from .linked import linked_data
from .plan import Content, Download, File, Page
from .records import TrackerData
from .search import search_files
from .timelines import Stack
from .views import ActorView, ArticleView, EventView, HomeView, Link, RedirectView, YearView
from .web import site_address

ENTRIES = "entries.csv"
ATOM, JSON, CSV = "application/atom+xml", "application/json", "text/csv"
SITEMAP_PAGES = 50_000
"""So many addresses a sitemap holds; with more, it leads to others (sitemaps.org)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap(Content):
    """Addresses of pages, or, where `index`, of sitemaps; relative to the root of the site."""

    paths: tuple[str, ...]
    index: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots(Content):
    """What robots may read, and where the sitemap stands."""

    sitemap: str


def with_files(stack: Stack, pages: Sequence[Page]) -> tuple[list[Page], tuple[File, ...]]:
    """The pages with the way to what tells the same to machines, and these files."""
    settings = stack.library.corpus.settings
    gathered, newsroom, address = Gathered(stack), Newsroom(stack), site_address(settings)
    files = [File(path=ENTRIES, content=entry_table(gathered))]
    found = []
    for page in pages:
        own = [*_feed(newsroom, page, settings.title), *_data(gathered, page)]
        files += (file for file, _ in own)
        downloads = [download for _, download in own]
        if isinstance(page.view, HomeView):
            downloads.append(_download("Every entry (CSV)", ENTRIES, CSV))
        linked = next((text for file, _ in own if (text := linked_data(file.content, settings.title, address))), "")
        found.append(replace(page, downloads=tuple(downloads), linked=linked))
    files += search_files(stack)
    files += _moved_feeds(pages, {file.path: file for file in files})
    if address:
        files += _for_robots(address, pages)
    return found, tuple(sorted(files, key=lambda file: file.path))


def everything(stack: Stack) -> TrackerData:
    """All that is published, in one record."""
    return tracker_data(Gathered(stack), site_address(stack.library.corpus.settings))


def _download(words: str, path: str, type: str) -> Download:
    return Download(link=Link(text=words, path=path), type=type)


def _data(gathered: Gathered, page: Page) -> Iterable[tuple[File, Download]]:
    """The JSON copy of a page."""
    stack, view = gathered.stack, page.view
    content: Content
    match view:
        case ActorView():
            content = actor_data(gathered, stack.library.actors[view.id], page.path)
        case EventView():
            content = event_data(gathered, stack.library.events[view.id], page.path)
        case YearView():
            content = _year(gathered, page.path, view)
        case ArticleView():
            ids = (item.report.id for passage in view.passages for item in passage.drawn)
            content = article_data(gathered, stack.library.articles[view.id], page.path, ids)
        case _:
            return
    path = data_path(page.path)
    yield File(path=path, content=content), _download("Data (JSON)", path, JSON)


def _year(gathered: Gathered, path: str, view: YearView) -> Content:
    kind, id = subject = gathered.stack.subjects[view.subject.path]
    of = actor_ref(gathered.stack, id) if kind == "actors" else event_ref(gathered.stack, id)
    acting, named = (gathered.year(subject, path, named) for named in (False, True))
    return year_data(gathered, of, path, view.title, acting or named, named=not acting)


def _feed(newsroom: Newsroom, page: Page, title: str) -> Iterable[tuple[File, Download]]:
    """The feed of a page, where anything of it has a day."""
    match page.view:
        case HomeView():
            feed = newsroom.site(title)
        case ActorView():
            feed = newsroom.of("actors", page.view.id, f"{page.title} · {title}")
        case EventView():
            feed = newsroom.of("events", page.view.id, f"{page.title} · {title}")
        case _:
            return
    if feed:
        path = feed_path(page.path)
        yield File(path=path, content=feed), _download("Feed (Atom)", path, ATOM)


def _moved_feeds(pages: Iterable[Page], files: Mapping[str, File]) -> Iterable[File]:
    """The feeds of renamed and merged records at their old addresses, too: a reader of feeds follows no page."""
    for page in pages:
        if isinstance(page.view, RedirectView) and (feed := files.get(feed_path(page.view.target.path))):
            yield File(path=feed_path(page.path), content=feed.content)


def _for_robots(address: str, pages: Iterable[Page]) -> Iterable[File]:
    """The sitemap, and robots.txt where the site is the whole host: nobody looks for it elsewhere."""
    shown = (page.path for page in pages if page.section and not isinstance(page.view, RedirectView))
    paths = sorted("" if path == "index.html" else path for path in shown)
    parts = [tuple(paths[at : at + SITEMAP_PAGES]) for at in range(0, len(paths), SITEMAP_PAGES)]
    if len(parts) == 1:
        yield File(path="sitemap.xml", content=Sitemap(paths=parts[0]))
    else:
        names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
        yield File(path="sitemap.xml", content=Sitemap(paths=names, index=True))
        for name, part in zip(names, parts, strict=True):
            yield File(path=name, content=Sitemap(paths=part))
    if address.count("/") == 3:
        yield File(path="robots.txt", content=Robots(sitemap="sitemap.xml"))
