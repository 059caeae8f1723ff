"""Which articles stand on which list: of a month, of a publisher; and which events, of a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from .addresses import stems_of
from .briefs import heading_day
from .model import Article
from .paging import UNDATED
from .rows import latest_first
from .when import When, sort_key

TOGETHER = 300
"""With more articles, they stand on pages of their own by month; with more events, by year."""
LISTED = 400
"""So many articles stand on one page of a month or of a publisher, and so many events on one of a year."""


def in_order(articles: Iterable[Article]) -> list[Article]:
    """Articles from the latest on, those without a day last."""
    return sorted(articles, key=lambda of: (latest_first(of.published), of.id))


def months_of(articles: Iterable[Article]) -> dict[str, list[str]]:
    """The pages of the archive, the latest month first, each with its articles: `archive/2021-03.html`."""
    months: dict[str, list[str]] = {}
    for article in in_order(articles):
        day = article.published.first_day if article.published.known else None
        months.setdefault(f"{day.year:04}-{day.month:02}" if day else UNDATED, []).append(article.id)
    return _paged({f"archive/{month}": ids for month, ids in months.items()})


def publishers_of(articles: Iterable[Article]) -> dict[str, dict[str, list[str]]]:
    """Publisher → its pages, each with its articles: `publishers/dawn.html`, `publishers/dawn-2.html`."""
    found: dict[str, list[str]] = {}
    for article in in_order(articles):
        if article.source:
            found.setdefault(article.source, []).append(article.id)
    stems = stems_of(sorted(found))
    return {name: _paged({f"publishers/{stems[name]}": found[name]}) for name in sorted(found)}


def years_of(events: Mapping[str, When]) -> dict[str, list[str]]:
    """The pages of events in order of time, one for all or one for each year: `chronology/2021.html`.

    An event stands in the year in which its date begins, those without a date on the last page.
    """
    ordered = sorted(events, key=lambda id: (sort_key(events[id]), id))
    if len(ordered) <= TOGETHER:
        return {"chronology/index.html": ordered}
    years: dict[str, list[str]] = {}
    for id in ordered:
        day = heading_day(events[id])
        years.setdefault(f"{day.year:04}" if day else UNDATED, []).append(id)
    return _paged({f"chronology/{year}": ids for year, ids in years.items()})


def _paged(lists: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Runs of articles by the path of their page; the first one stands under the name itself."""
    pages: dict[str, list[str]] = {}
    for name, ids in lists.items():
        rest = iter(ids)
        number = 1
        while run := list(islice(rest, LISTED)):
            pages[f"{name}.html" if number == 1 else f"{name}/{number}.html"] = run
            number += 1
    return pages
