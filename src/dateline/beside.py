"""The files beside the pages, from the same plan: data and feeds of each page, tables, and what search engines read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .feeds import Feed, Newsroom, feed_path
from .gathered import (
    Gathered,
    actor_data,
    actor_ref,
    article_data,
    data_path,
    event_data,
    event_ref,
    tracker_data,
    year_data,
)
from .library import Kind
from .linked import linked_data
from .plan import Content, Download, File, Page, Text, Unit
from .records import TrackerData
from .tables import head, lines_of
from .timelines import Stack, year_path
from .traces import Made
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


class Beside:
    """What stands beside the pages of a stack, for machines."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.gathered, self.newsroom = Gathered(stack), Newsroom(stack)
        self.lines = Made("lines", stack.library.reads, stack.briefs.keys_, self._lines)
        """Happening → its lines in the table of all entries."""
        self.spans: dict[str, tuple[int, int]] = {}
        """Happening → from where to where these stand in that table, as it was made."""

    def table(self) -> Unit:
        """Every entry, in one file, in order of time; those of one happening together."""
        self.lines.at_hand()
        parts = {id: self.lines[id] for id in self.stack.in_order(self.stack.briefs)}
        at = len(head())
        self.spans.clear()
        for id, part in parts.items():
            self.spans[id] = (at, at + len(part))
            at += len(part)
        return (File(path=ENTRIES, content=Text(text=head() + "".join(parts.values()))),)

    def _lines(self, id: str) -> str:
        happening = self.gathered.happenings([id])[0]
        return lines_of(happening, {source.id: source for source in self.gathered.sources([id])})

    def with_files(self, page: Page) -> Unit:
        """A page with the way to what tells the same to machines, and these files."""
        settings = self.stack.library.settings
        own = [*self._feed(page, settings.title), *self._data(page)]
        downloads = [download for _, download in own]
        if isinstance(page.view, HomeView):
            downloads.append(_download("Every entry (CSV)", ENTRIES, CSV))
        address = site_address(settings)
        linked = next((text for file, _ in own if (text := linked_data(file.content, settings.title, address))), "")
        return replace(page, downloads=tuple(downloads), linked=linked), *(file for file, _ in own)

    def moved_feeds(self, pages: Iterable[Page]) -> Iterable[File]:
        """The feeds of renamed and merged records at their old addresses, too: a reader of feeds follows no page."""
        for page in pages:
            target = page.view.target.path if isinstance(page.view, RedirectView) else ""
            if subject := self.stack.subjects.get(target):
                feed = self._feed_of(*subject)
                if feed:
                    yield File(path=feed_path(page.path), content=feed)

    def _feed_of(self, kind: Kind, id: str) -> Feed | None:
        """The feed of an actor or event; none of an article."""
        library, title = self.stack.library, self.stack.library.settings.title
        if kind == "articles":
            return None
        name = library.actors[id].name if kind == "actors" else library.events[id].label
        return self.newsroom.of(kind, id, f"{name} · {title}")

    def _feed(self, page: Page, title: str) -> Iterable[tuple[File, Download]]:
        """The feed of a page, where anything of it has a day."""
        match page.view:
            case HomeView():
                feed = self.newsroom.site(title)
            case ActorView():
                feed = self._feed_of("actors", page.view.id)
            case EventView():
                feed = self._feed_of("events", page.view.id)
            case _:
                return
        if feed:
            path = feed_path(page.path)
            yield File(path=path, content=feed), _download("Feed (Atom)", path, ATOM)

    def _data(self, page: Page) -> Iterable[tuple[File, Download]]:
        """The JSON copy of a page."""
        gathered, library, view = self.gathered, self.stack.library, page.view
        content: Content
        match view:
            case ActorView():
                content = actor_data(gathered, library.full_actors[view.id], page.path)
            case EventView():
                content = event_data(gathered, library.full_events[view.id], page.path)
            case YearView():
                content = self._part(page.path, view)
            case ArticleView():
                ids = (item.report.id for passage in view.passages for item in passage.drawn)
                content = article_data(gathered, library.whole[view.id], page.path, ids)
            case _:
                return
        path = data_path(page.path)
        yield File(path=path, content=content), _download("Data (JSON)", path, JSON)

    def _part(self, path: str, view: YearView) -> Content:
        stack = self.stack
        kind, id = subject = stack.subjects[view.subject.path]
        of = actor_ref(stack, id) if kind == "actors" else event_ref(stack, id)
        line, part = next(
            (line, part)
            for line in ((*subject, False), (*subject, True))
            for part in stack.names_of_parts(line)
            if year_path(view.subject.path, part, line[2]) == path
        )
        return year_data(self.gathered, of, path, view.title, stack.pieces[(*line, part)][0], line[2])


def everything(stack: Stack) -> TrackerData:
    """All that is published, in one record."""
    return tracker_data(Gathered(stack), site_address(stack.library.settings))


def _download(words: str, path: str, type: str) -> Download:
    return Download(link=Link(text=words, path=path), type=type)


def for_robots(address: str, sections: Mapping[str, str]) -> Iterable[File]:
    """The sitemap, and robots.txt where the site is the whole host: nobody looks for it elsewhere.

    `sections`: the part of the site to which each path belongs, "" for what is no page to be shown.
    """
    paths = sorted("" if path == "index.html" else path for path, section in sections.items() if section)
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
