"""Lists of articles: by year on one page while they are few, else by month on pages of their own; and by publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .library import Library
from .model import Article
from .paging import UNDATED, part_title
from .plan import Page
from .registers import TOGETHER, in_order
from .rows import cite
from .subjects import count_words
from .timelines import Stack
from .views import Count, Group, IndexView, Link


def article_index(stack: Stack, intro: str) -> Page:
    """All articles, or the way to their months where they are many; and the way to their publishers."""
    library = stack.library
    ways = (Link(text="All publishers", path="publishers/index.html"),) if len(stack.houses) else ()
    if len(library.articles) <= TOGETHER:
        groups = by_year(library, in_order(library.articles.values()))
        return _page("articles/index.html", "articles.html", "Articles", intro, groups, ways)
    years: dict[str, list[Count]] = {}
    for path, ids in stack.months.items():
        name, title = _month(path)
        year = name[:4] if name[:4].isdigit() else title
        years.setdefault(year, []).append(Count(link=Link(text=_heading(name, title, ""), path=path), count=len(ids)))
    groups = tuple(Group(title=year, items=tuple(of)) for year, of in years.items())
    return _page("articles/index.html", "lists.html", "Articles", intro, groups, ways)


def month_page(stack: Stack, path: str) -> Page:
    """The articles of a month, from the latest on."""
    library, ids = stack.library, stack.months[path]
    name, title = _month(path)
    heading = _heading(name, title)
    listed = by_year(library, [library.articles[id] for id in ids])
    groups = tuple(Group(title="", items=group.items) for group in listed)
    ways = _ways(
        Link(text="All articles", path="articles/index.html"), list(stack.months), path, lambda p: _month(p)[1]
    )
    return _page(path, "articles.html", heading, count_words(len(ids), "article") + ".", groups, ways)


def _month(path: str) -> tuple[str, str]:
    """The name of a month in its path, and in words."""
    name = path.removeprefix("archive/").removesuffix(".html").replace("/", "-")
    return name, part_title(name)


def _heading(name: str, title: str, of: str = "Articles of ") -> str:
    return "Articles without a date" if name.startswith(UNDATED) else of + title


def _ways(whole: Link, pages: Sequence[str], path: str, words: Callable[[str], str]) -> tuple[Link, ...]:
    """From a page of a list in parts, the latest first: back to the whole, and to the pages beside it."""
    at = pages.index(path)
    ways = [whole]
    if at + 1 < len(pages):
        ways.append(Link(text=f"Earlier: {words(pages[at + 1])}", path=pages[at + 1]))
    if at:
        ways.append(Link(text=f"Later: {words(pages[at - 1])}", path=pages[at - 1]))
    return tuple(ways)


def publisher_index(stack: Stack) -> Page:
    """All publishers, each with the number of its articles."""
    items = (
        Count(link=Link(text=name, path=next(iter(pages))), count=sum(map(len, pages.values())))
        for name, pages in stack.publishers.items()
    )
    ordered = sorted(items, key=lambda of: (of.link.text.casefold(), of.link.path))
    nameless = sum(not article.source for article in stack.library.articles.values())
    intro = f"{count_words(len(ordered), 'publisher')} of the articles"
    intro += f"; {count_words(nameless, 'article')} without a named one." if nameless else "."
    groups = (Group(title="", items=tuple(ordered)),) if ordered else ()
    return _page("publishers/index.html", "lists.html", "Publishers", intro, groups)


def publisher_page(stack: Stack, name: str, path: str) -> Page:
    """The articles of a publisher, from the latest on, by year."""
    library, pages = stack.library, stack.publishers[name]
    parts, total = list(pages), sum(map(len, pages.values()))
    part = f", part {parts.index(path) + 1} of {len(parts)}" if len(parts) > 1 else ""
    whole = Link(text="All publishers", path="publishers/index.html")
    ways = _ways(whole, parts, path, lambda of: f"part {parts.index(of) + 1}")
    groups = by_year(library, [library.articles[id] for id in pages[path]], name)
    return _page(
        path, "articles.html", name + part, f"{count_words(total, 'article')} by this publisher.", groups, ways
    )


def by_year(library: Library, articles: Iterable[Article], publisher: str = "") -> tuple[Group, ...]:
    """Articles under their years, as items of a list; the `publisher` whose list it is goes without saying."""
    groups: dict[str, list[Count]] = {}
    for article in articles:
        source = cite(library, article)
        year = f"{article.published.first_day.year}" if article.published.known else "Undated"
        told = source.published.words
        note = told if source.publisher == publisher else f"{source.publisher}, {told}"
        groups.setdefault(year, []).append(
            Count(link=source.article, count=len(library.told.get(article.id, ())), note=note)
        )
    return tuple(Group(title=year, items=tuple(of)) for year, of in groups.items())


def _page(
    path: str, template: str, heading: str, intro: str, groups: tuple[Group, ...], ways: tuple[Link, ...] = ()
) -> Page:
    view = IndexView(heading=heading, intro=intro, groups=groups, ways=ways)
    return Page(path=path, template=template, title=heading, description=intro, section="articles", view=view)
