"""What feeds tell: new happenings, new sources for old ones, and corrections, each on the day it came.

An item is a happening under the id that it keeps for ever. Its day of publication is that of the first report; it is
updated by the last report or correction. No clock has a part in this: what nobody dated stands in no feed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from .briefs import iso_day
from .gathered import row_link
from .library import Kind
from .model import Article, Correction
from .plan import Content
from .rows import cite
from .timelines import Stack
from .traces import ALL, Passed
from .views import Link, Row
from .web import safe_url, web_address
from .when import describe

ITEMS = 50
"""So many items, the ones updated last, stand in a feed."""

Rank = tuple[str, str, float, str]
"""By what items are placed: the day of the last change, of publication, the weight, the id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something new: a happening (`row`), or a correction of a record."""

    id: str
    """What follows in the `tag:` behind its first words."""
    link: Link
    title: str
    published: str
    updated: str
    news: tuple[str, ...] = ()
    """What came after the first report, newest first."""
    row: Row | None = None
    weight: float = 1.0
    """How much the articles make of it: among the items of a day, the weightier ones stand first."""
    originals: tuple[str, ...] = ()
    """Where the article of each report stands, "" where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(Content):
    """A feed; `id` is what follows in its `tag:`, `page` the page that tells the same."""

    id: str
    title: str
    subtitle: str
    page: str
    items: tuple[Item, ...]


@dataclass(slots=True)
class Corrected:
    """Corrections by the happenings that they are of; those of records as items."""

    of_happening: dict[str, list[Correction]] = field(default_factory=dict)
    of_record: dict[tuple[str, str], list[Item]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


class Newsroom:
    """Every item made once, however many feeds tell it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._items = Passed[str, Item](stack.library.reads, self._make)
        self._ranks = Passed[str, Rank | None](stack.library.reads, self._rank)
        self._corrected = Passed[str, Corrected](stack.library.reads, self._take_all)

    def site(self, title: str) -> Feed | None:
        """The feed of the whole tracker; None where nothing has a day."""
        return self._feed("site", title, "index.html", self.stack.briefs, self._corrected[ALL].items)

    def of(self, kind: Kind, id: str, name: str) -> Feed | None:
        """The feed of an actor or event: what it takes part in, or, where that is nothing, what only names it."""
        ids = self.stack.of((kind, id)) or self.stack.of((kind, id), named=True)
        path = self.stack.library.addresses[kind, id]
        corrections = self._corrected[ALL].of_record.get((kind, id), ())
        return self._feed(f"{kind}/{id}", name, path, ids, corrections)

    def _feed(self, id: str, title: str, page: str, ids: Iterable[str], corrections: Iterable[Item]) -> Feed | None:
        ids = list(ids)
        told: list[tuple[Rank, str | Item]] = [(rank, id) for id in ids if (rank := self._ranks[id])]
        undated = len(ids) - len(told)
        told += [((item.updated, item.published, item.weight, item.id), item) for item in corrections]
        told.sort(key=lambda one: one[0][3])
        told.sort(key=lambda one: one[0][:3], reverse=True)
        items = tuple(self._items[one] if isinstance(one, str) else one for _, one in told[:ITEMS])
        note = f"{undated} {'happening' if undated == 1 else 'happenings'} without a day of report not among them"
        subtitle = "What articles report, by the day of report" + (f"; {note}" if undated else "")
        return Feed(id=f"feed/{id}", title=title, subtitle=subtitle, page=page, items=items) if items else None

    # ----------------------------------------------------------------------------------------- items

    def _rank(self, id: str) -> Rank | None:
        """By what a happening is placed among items; None where none of its reports has a day."""
        brief = self.stack.briefs[id]
        first, last = brief.days
        later = (iso_day(correction.on) for correction in self._corrected[ALL].of_happening.get(id, ()))
        return (max(last, *later, ""), first, brief.salience, quote(id, safe="", errors="replace")) if first else None

    def _make(self, id: str) -> Item:
        """A happening, one of whose reports has a day, as an item."""
        rank = self._ranks[id]
        assert rank is not None
        updated, first, weight, name = rank
        library, row = self.stack.library, self.stack.rows[id]
        entries = {entry.id: entry for entry in library.happenings[id]}
        articles = [library.articles[entries[report.id].article] for report in row.reports]
        later = {article.id: article for article in articles if iso_day(article.published) > first}
        news = [(iso_day(of.published), self._new_source(of)) for of in later.values()]
        corrections = self._corrected[ALL].of_happening.get(id, ())
        news += [(iso_day(of.on), correction_words(of)) for of in corrections]
        news.sort(key=lambda told: told[0], reverse=True)
        return Item(
            id=name,
            link=row_link(self.stack, id),
            title=title_of(row),
            published=first,
            updated=updated,
            news=tuple(words for _, words in news),
            row=row,
            weight=weight,
            originals=tuple(safe_url(web_address(article.url)) for article in articles),
        )

    def _new_source(self, article: Article) -> str:
        source = cite(self.stack.library, article)
        return f"New source, {source.published.words}: {source.publisher}, “{source.article.text}”"

    def _take_all(self, _: str) -> Corrected:
        found = Corrected()
        for correction in self.stack.library.corrections.values():
            if correction.on.known:
                self._take(correction, found)
        return found

    def _take(self, correction: Correction, found: Corrected) -> None:
        """Give a correction to the happenings that it is of, or make it an item of the records that it is of."""
        happenings = [id for kind, id in correction.records if kind == "happenings" and id in self.stack.briefs]
        for id in happenings:
            found.of_happening.setdefault(id, []).append(correction)
        if happenings:
            return
        records: list[tuple[Kind, str]] = [(kind, id) for kind, id in correction.records if kind != "happenings"]
        records = [key for key in records if key in self.stack.library.addresses]
        day = iso_day(correction.on)
        item = Item(
            id=f"correction/{correction.id}",
            link=Link(text="", path=self.stack.library.addresses[records[0]] if records else "index.html"),
            title=f"Correction: {correction.words}",
            published=day,
            updated=day,
            news=(correction_words(correction),),
        )
        found.items.append(item)
        for key in records:
            found.of_record.setdefault(key, []).append(item)


def correction_words(correction: Correction) -> str:
    """A correction in a line: when, what, why."""
    change = f": was {correction.was}, now {correction.now}" if correction.was or correction.now else ""
    why = f" ({correction.why})" if correction.why else ""
    return f"Correction, {describe(correction.on)}: {correction.words}{change}{why}"


def title_of(row: Row) -> str:
    """A row in plain words that leave no doubt whose words they are, and how far the thing has come."""
    said = f"{row.speech.who.text} {row.speech.verb}: " if row.speech else ""
    return f"{said}{row.label}" + (f" ({row.status})" if row.status else "")


def feed_path(page: str) -> str:
    """Where the feed of a page stands."""
    return "feed.xml" if page == "index.html" else page.removesuffix(".html") + ".xml"
