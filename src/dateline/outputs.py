"""From records to the bytes of files that are no pages: JSON, CSV, Atom, sitemap, robots.txt.

Each is a pure function of the site's address, title and language and of one record. Text is anybody's: what a format
cannot carry is taken out, and all else is escaped, so that no words end up as markup, formula or control character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from html import escape
from operator import attrgetter
from typing import Any
from urllib.parse import quote

from .beside import Robots, Sitemap
from .feeds import Feed, Item, feed_path
from .plan import File, Site, Text
from .records import (
    SCHEMA,
    ActorData,
    ArticleData,
    Data,
    EventData,
    Happening,
    Source,
    TrackerData,
    YearData,
)  # fmt: skip
from .tables import STEERING, SURROGATES
from .views import Link, Row
from .views import Report as Account
from .web import anchor, folder_of, way

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
"""What XML 1.0 does not allow, and what it discourages."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


MOST = 4_000_000
"""So many characters of what was spelt are held; beyond, what came first goes."""
SHOWN_REPORTS = 5
"""So many reports of a happening are quoted in a feed."""


class Writer:
    """Writes the files of one site; what many of them hold is spelt once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._spelt: dict[int, tuple[object, str]] = {}
        self._length = 0

    def bytes_of(self, file: File) -> bytes:
        """A file's bytes, from its record alone."""
        match file.content:
            case Feed():
                text = self._feed(file.content)
            case Text():
                text = file.content.text
            case Sitemap():
                text = sitemap(file.content, self.site.address)
            case Robots():
                text = f"User-agent: *\nAllow: /\nSitemap: {self.site.address}{file.content.sitemap}\n"
            case ActorData() | EventData() | YearData() | ArticleData() | TrackerData():
                text = self.json(file.content)
            case other:
                raise TypeError(type(other).__name__)
        return text.encode()

    def _once(self, record: object, text: str | None = None) -> str | None:
        """What was spelt of a record before, or is now."""
        if text is not None:
            self._spelt[id(record)] = (record, text)
            self._length += len(text)
            while self._length > MOST:
                self._length -= len(self._spelt.pop(next(iter(self._spelt)))[1])
        return self._spelt.get(id(record), (None, None))[1]

    # --------------------------------------------------------------------------------------- JSON

    def json(self, data: Data) -> str:
        """A JSON object, with a line for each field and for each item of the long lists."""
        head: list[tuple[str, object]] = [("schema", SCHEMA), ("type", _TYPES[type(data)])]
        lines = []
        for name, value in (*head, *_told(data).items()):
            if isinstance(value, tuple) and value and is_dataclass(value[0]):
                items = ",\n".join(self._spell(item) for item in value)
                lines.append(f'"{name}": [\n{items}\n]')
            else:
                lines.append(f'"{name}": {spell(value)}')
        return "{\n" + ",\n".join(lines) + "\n}\n"

    def _spell(self, record: object) -> str:
        if type(record) not in _SHARED:
            return spell(record)
        return self._once(record) or self._once(record, spell(record)) or ""

    # --------------------------------------------------------------------------------------- Atom

    def _feed(self, feed: Feed) -> str:
        """An Atom feed (RFC 4287). Its links are absolute where the site has an address, else relative to the feed."""
        path = feed_path(feed.page)
        here = _Place(self.site.address, path)
        language = self.site.language
        lang = f' xml:lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom"{lang}>',
            f"<id>{xml(self.site.tag + feed.id)}</id>",
            f"<title>{xml(plain(feed.title))}</title>",
            f"<subtitle>{xml(plain(feed.subtitle))}</subtitle>",
            f"<updated>{_instant(max(item.updated for item in feed.items))}</updated>",
            f"<author><name>{xml(plain(self.site.title)) or '-'}</name></author>",
            "<generator>dateline</generator>",
            f'<link rel="alternate" type="text/html" href="{xml(here.to(Link(text="", path=feed.page)))}"/>',
        ]
        if self.site.address:
            lines.append(
                f'<link rel="self" type="application/atom+xml" href="{xml(self.site.address + quote(path))}"/>'
            )
        lines += [self._entry(item, here) for item in feed.items]
        return "\n".join(lines) + "\n</feed>\n"

    def _entry(self, item: Item, here: _Place) -> str:
        fixed = bool(self.site.address)  # relative links depend on the feed that they stand in
        if fixed and (known := self._once(item)):
            return known
        via = dict.fromkeys(url for url in item.originals[:SHOWN_REPORTS] if url)
        lines = [
            "<entry>",
            f"<id>{xml(self.site.tag + item.id)}</id>",
            f"<title>{xml(plain(item.title)) or '-'}</title>",
            f"<published>{_instant(item.published)}</published>",
            f"<updated>{_instant(item.updated)}</updated>",
            f'<link rel="alternate" type="text/html" href="{xml(here.to(item.link))}"/>',
            *(f'<link rel="via" href="{xml(url)}"/>' for url in via),
            f'<content type="html">{xml(_content(item, here))}</content>',
            "</entry>",
        ]
        text = "\n".join(lines)
        return self._once(item, text) or text if fixed else text


_SHARED = (Happening, Source)
"""What stands in many files."""
_TYPES: dict[type, str] = {
    ActorData: "actor",
    EventData: "event",
    YearData: "year",
    ArticleData: "article",
    TrackerData: "tracker",
}


class _Place:
    """Where a feed stands, and how it leads to pages."""

    def __init__(self, address: str, path: str) -> None:
        self.address, self.folder = address, folder_of(path)

    def to(self, link: Link) -> str:
        """The address of a page or row: absolute, or relative to the feed where the site has no address."""
        path = "" if link.path == "index.html" and self.address else link.path
        return (self.address + quote(path) if self.address else way(self.folder, path)) + anchor(link.fragment)


def xml(text: str) -> str:
    """Text as it may stand in an element or an attribute of XML 1.0; what cannot stand there is left out."""
    return escape(text if text.isprintable() else _NO_XML.sub("", text).replace("\r", " "))


def plain(text: str) -> str:
    """Text for a title: one line, without what turns the direction of writing."""
    return " ".join(steady(text).split())


def steady(text: str) -> str:
    """Text without what turns the direction of writing, none of which is printable."""
    return text if text.isprintable() else STEERING.sub("", text)


def _instant(day: str) -> str:
    """A day as Atom wants it: its first moment, in universal time, for want of any hour."""
    return f"{day}T00:00:00Z"


def _content(item: Item, here: _Place) -> str:
    """An item as HTML: when it happened and was reported, what is new, and the words of each article."""
    parts = [f"<p>{_text(words)}</p>" for words in item.news]
    if row := item.row:
        parts += [f"<p>{_text(words)}</p>" for words in _about(row)]
        told = list(zip(row.reports, item.originals, strict=True))
        parts += [_quoted(report, original, here) for report, original in told[:SHOWN_REPORTS]]
        if len(told) > SHOWN_REPORTS:
            parts.append(f"<p>And {len(told) - SHOWN_REPORTS} more on the timeline.</p>")
    parts.append(f"<p>{_link(here.to(item.link), 'On the timeline' if item.row else 'The page')}</p>")
    return "\n".join(parts)


def _text(words: str) -> str:
    return escape(steady(words))


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{_text(words)}</a>'


def _about(row: Row) -> Iterator[str]:
    """When it happened and when that was reported, and how sure that is."""
    dates = " or ".join([row.happened.words, *(other.words for other in row.other_dates)])
    doubt = " (the day of the report stands in)" if row.stand_in else ""
    words = f", “{row.when_words}”" if row.when_words and not row.happened.edtf else ""
    yield f"{row.when_label}: {dates}{doubt}{words}. Reported: {row.reported.words}."
    if row.place:
        yield f"Place: {row.place}."
    if row.differs:
        yield f"Reports differ: {'; '.join(row.differs)}."
    if len(row.reports) > 1:
        yield f"{row.tally[:1].upper()}{row.tally[1:]}."


def _quoted(report: Account, original: str, here: _Place) -> str:
    """The words of an article, and where they stand: at its publisher's, or on its page here."""
    quote_ = "".join(_text(piece.text) for piece in report.quote.pieces)
    before, after = "… " if report.quote.cut_before else "", " …" if report.quote.cut_after else ""
    said = f"<blockquote>{before}{quote_}{after}</blockquote>\n" if quote_ else ""
    source = report.source
    title = _link(original or here.to(source.article), source.article.text)
    return f"{said}<p>{title}, {_text(source.publisher)}, {_text(source.published.words)}</p>"


# --------------------------------------------------------------------------------------------- JSON


def spell(value: object) -> str:
    """A value on one line of JSON, in which nobody can mistake any words for HTML."""
    text = _ENCODER.encode(value)
    return (text if text.isprintable() else SURROGATES.sub("\ufffd", text)).replace("<", "\\u003c")


@cache
def _fields_of(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[object, ...]]]:
    """The names of a record's fields as they are written, and what gives their values: all records have several."""
    names = [field.name for field in fields(kind)]
    return tuple(name.rstrip("_") for name in names), attrgetter(*names)


def _told(record: object) -> dict[str, object]:
    """The fields of a record that say something: no empty text or list, nothing that is not so."""
    names, values = _fields_of(type(record))  # type: ignore[arg-type]
    told = zip(names, values(record), strict=True)
    return {name: value for name, value in told if value or (value == 0 and value is not False)}


_ENCODER = json.JSONEncoder(default=_told, ensure_ascii=False, separators=(",", ":"))


# --------------------------------------------------------------------------------------------- for robots


def sitemap(content: Sitemap, address: str) -> str:
    """The addresses of all pages (sitemaps.org); no days, since none is known but of the reports."""
    outer, inner = ("sitemapindex", "sitemap") if content.index else ("urlset", "url")
    lines = (f"<{inner}><loc>{xml(address + quote(path))}</loc></{inner}>" for path in content.paths)
    body = "\n".join(lines)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}\n</{outer}>\n'
    )
