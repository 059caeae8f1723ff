"""JSON-LD for pages, in the words of schema.org: whom or what a page is about, and the articles that it rests on.

A page of this site is a `WebPage`; the articles are what it `isBasedOn`, each with its own publisher, so that nothing
here takes their place. Dates are as fine as they are known (`2018-12`); doubtful ones are left out, since schema.org
has no word for doubt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from .plan import Content
from .records import ActorData, ArticleData, Date, EventData, Name, Source

BASED_ON = 50
"""So many articles, the first by day, are named in a page."""

_ACTORS: Mapping[str, str] = {
    "person": "Person",
    "organisation": "Organization",
    "country": "Country",
    "group": "Organization",
    "media": "NewsMediaOrganization",
}
_WORKS = frozenset(["instrument"])
"""Kinds of events that are works to schema.org: a deal, a law. What leads to them and follows are events."""
_PRECISE = re.compile(r"\d{4}(-\d\d){0,2}")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")

Thing = dict[str, object]


def linked_data(content: Content, site: str, address: str) -> str:
    """What the page of these records tells in JSON-LD; "" for records of other kinds.

    `site` is the title of the tracker; without an `address`, what would need one is left out.
    """
    match content:
        case ActorData():
            about, page, sources = _actor(content), content.page, content.articles
        case EventData():
            about, page, sources = _event(content, address), content.page, content.articles
        case ArticleData():
            about, page, sources = {}, content.page, (_cited(content),)
        case _:
            return ""
    thing: Thing = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": address + page if address else "",
        "isPartOf": _said({"@type": "WebSite", "name": site, "url": address}),
        "mainEntity": _said(about),
        "isBasedOn": [_article(source) for source in sources[:BASED_ON]],
    }
    return json.dumps(_said(thing), ensure_ascii=False, separators=(",", ":"))


def _said(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value}


def _actor(data: ActorData) -> Thing:
    sure = _WIKIDATA.fullmatch(data.wikidata)
    return {
        "@type": _ACTORS[data.kind],
        "name": data.name,
        "alternateName": _others(data.aliases),
        "sameAs": f"https://www.wikidata.org/entity/{data.wikidata}" if sure else "",
    }


def _event(data: EventData, address: str) -> Thing:
    first, last = _days(data.when)
    about: Thing = {"name": data.label, "alternateName": _others(data.aliases)}
    if data.kind in _WORKS:
        return {"@type": "CreativeWork", **about, "dateCreated": first if first == last else ""}
    larger = data.part_of
    return {
        "@type": "Event",
        **about,
        "startDate": first,
        "endDate": last,
        "location": {"@type": "Place", "name": data.place} if data.place else {},
        "superEvent": _said({"@type": "Event", "name": larger.name, "url": address and address + larger.page})
        if larger
        else {},
    }


def _others(names: Iterable[Name]) -> list[str]:
    """Other names; words such as "the deal" name nothing outside their article."""
    return [name.name for name in names if name.name != name.name.lower()]


def _days(date: Date) -> tuple[str, str]:
    """The first and the last day, month or year of a date without doubt; "" for what is not known so."""
    if date.estimated:
        return "", ""
    first, slash, last = date.edtf.partition("/")
    ends = (first, last if slash else first)
    if not all(_PRECISE.fullmatch(end) or (slash and end == "..") for end in ends):
        return "", ""
    return ends[0].strip("."), ends[1].strip(".")


def _cited(data: ArticleData) -> Source:
    """The article of a page as other pages cite it."""
    return Source(
        id=data.id,
        title=data.title,
        title_basis=data.title_basis,
        publisher=data.publisher,
        published=data.published,
        published_basis=data.published_basis,
        url=data.url,
        page=data.page,
    )


def _article(source: Source) -> Thing:
    """An article by its own headline, day, publisher and address, as far as these are known."""
    generated = source.title_basis == "generated"
    day, last = _days(source.published)
    return _said(
        {
            "@type": "NewsArticle",
            "name" if generated else "headline": source.title,
            "datePublished": day if day == last else "",
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else {},
            "url": source.url,
        }
    )
