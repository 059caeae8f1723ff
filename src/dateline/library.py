"""What is known, by id, for whoever makes pages; what is asked of it is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Literal, Protocol

from .differences import Difference, find_differences
from .digests import digest_of_value
from .independence import Independence, Origins
from .keyrows import lead_key
from .links import Link
from .model import Actor, Article, Corpus, Correction, Entry, Event
from .packed import PackedEntries, by_id, digest_of
from .traces import Found, Late, Passed, Reads, Table
from .when import When

Kind = Literal["actors", "events", "articles"]
Subject = tuple[Kind, str]
"""The kind and id of a record that may have a page."""


Words = tuple[tuple[bool, str], ...]
"""The paragraphs of a text: whether each is a heading, and its characters."""


class Texts(Protocol):
    """Where the texts of articles are found, each as it was when its entries were drawn from it."""

    def has(self, article: Article) -> bool:
        """Whether there is one."""

    def words(self, article: Article) -> Words:
        """The text; nothing where there is none."""


class Library:
    """What is known, by id, its entries gathered into happenings; what is asked of it is noted.

    Entries of articles that are not there are left out.
    """

    def __init__(
        self,
        corpus: Corpus,
        find: Callable[[Origins], Mapping[str, str]] = attrgetter("copies"),
        reads: Reads | None = None,
        texts: Texts | None = None,
    ) -> None:
        """`find` gives, where it is needed, which articles are copies; `reads` notes what is read.

        From `texts` come whole ones, where they are there and may be shown.
        """
        self.reads = reads or Reads()
        self.settings = corpus.settings
        articles, actors, events = by_id(corpus.articles), by_id(corpus.actors), by_id(corpus.events)
        self._entries = entries = corpus.entries
        happenings, told, self.lost = _places(entries, articles)
        """`lost`: articles that entries name and that are not there."""
        self.whole = Table("whole", self.reads, articles)
        """The articles with all that is known of them; few ask for that."""
        at_hand = (lambda of: of.digest if texts.has(of) else "") if texts else (lambda _: "")
        self.texts = Table("texts", self.reads, Late(articles, at_hand))
        """Article → the digest of its text, "" where that is not there."""
        self._texts = texts
        self.articles = Table("articles", self.reads, Late(articles, _as_cited))
        """The articles as far as others show or weigh them."""
        self.full_actors = Table("full actors", self.reads, actors)
        self.full_events = Table("full events", self.reads, events)
        """The actors and events with all that is known of them; few ask for that."""
        self.offices = Table("offices", self.reads, Late(actors, attrgetter("roles")))
        """Actor → the roles that articles give."""
        self.actors = Table("actors", self.reads, Late(actors, _as_named))
        self.events = Table("events", self.reads, Late(events, _as_labelled))
        """The actors and events as others name them."""
        self.told = Table("told", self.reads, Late(told, lambda of: tuple(entries[at] for at in of)))
        """Article → its entries, in the order of the corpus."""
        by_lead = Late(happenings, lambda of: tuple(sorted((entries[at] for at in of), key=lead_key)))
        self.happenings = Table("happenings", self.reads, by_lead)
        """Happening → the entries that report it, the leading one first."""
        self.touched = Table("touched", self.reads, dict.fromkeys(sorted(corpus.touched), True))
        """The records that a person changed or wrote."""
        self.preferred = Table("preferred", self.reads, {chosen.happening: chosen for chosen in corpus.preferred})
        """Happening → what a person prefers of it."""
        self.corrections = Table("corrections", self.reads, {of.id: of for of in corpus.corrections})
        self.amended = Table("amended", self.reads, _amended(corpus.corrections))
        """Article → the corrections of what its file tells."""
        self.apart = Table("apart", self.reads, dict(enumerate(corpus.apart)))
        self.redirects = Table("redirects", self.reads, dict(enumerate(corpus.redirects)))
        compared = partial(_compared, happenings, told)
        self.origins = Origins(corpus, lambda origins: find(origins) if compared() else origins.copies)
        """Tells how many of the reports of a happening are independent."""
        self.credited = Table("credited", self.reads, Found(lambda: self.origins.known))
        self.copied = Table("copied", self.reads, Found(lambda: self.origins.copies if compared() else {}))
        self.independence = Passed(self.reads, self._independence)
        """Happening → the origins of its reports."""
        self.disputed = Passed(self.reads, self._disputed)
        """Happening → where its reports differ; none for those that agree."""
        self.addresses: Table[Subject, str] = Table("addresses", self.reads, {})
        """The page of every record that has one."""

    def words(self, article: Article) -> Words:
        """The text of an article; nothing where it is not there."""
        return self._texts.words(article) if self._texts and self.texts[article.id] else ()

    def stamp(self, entries: Mapping[str, Sequence[Entry]], id: str) -> str:
        """What entries of a table of this library are known by."""
        given = entries.given[id] if isinstance(entries, Late) else ()
        return digest_of_value(tuple(map(self._digest, given)))

    def _digest(self, at: int) -> str:
        entries = self._entries
        return entries.packed_at(at).digest if isinstance(entries, PackedEntries) else digest_of(entries[at])

    def link(self, kind: Kind, id: str, text: str) -> Link:
        """A link to a record, or only its name where it has no page."""
        return Link(text=text, path=self.addresses.get((kind, id), ""))

    def published_of(self, entries: Iterable[Entry]) -> dict[str, When]:
        """The days of the articles of entries."""
        return {id: self.articles[id].published for id in dict.fromkeys(entry.article for entry in entries)}

    def _independence(self, id: str) -> Independence:
        entries = self.happenings[id]
        if len(articles := dict.fromkeys(entry.article for entry in entries)) > 1:
            self.credited.values()
            for article in articles:
                self.whole.get(article), self.copied.get(article)
        return self.origins.of(entries)

    def _disputed(self, id: str) -> tuple[Difference, ...]:
        entries = self.happenings[id]
        if len(entries) < 2:
            return ()
        return find_differences(entries, self.published_of(entries), self.actors)


def _places(
    entries: Sequence[Entry], articles: Mapping[str, Article]
) -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]], set[str]]:
    """The places of entries by happening and by article, and the articles that are not there."""
    if isinstance(entries, PackedEntries):
        return entries.happenings, entries.told, set()
    happenings: dict[str, list[int]] = {}
    told: dict[str, list[int]] = {}
    lost: set[str] = set()
    for at, entry in enumerate(entries):
        if entry.article in articles:
            happenings.setdefault(entry.happening or entry.id, []).append(at)
            told.setdefault(entry.article, []).append(at)
        else:
            lost.add(entry.article)
    return dict(sorted(happenings.items())), told, lost


def _compared(happenings: Mapping[str, Sequence[int]], told: Mapping[str, Sequence[int]]) -> bool:
    """Whether several articles report one happening, so that it matters which are copies."""
    article = {at: id for id, of in told.items() for at in of}
    return any(len(of) > 1 and len({article[at] for at in of}) > 1 for of in happenings.values())


def _amended(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    found: dict[str, list[Correction]] = {}
    for of in corrections:
        for kind, id in of.records:
            if kind == "articles":
                found.setdefault(id, []).append(of)
    return found


def _as_named(actor: Actor) -> Actor:
    """An actor without what only its own page tells: an article that names it once more is no news for others."""
    return replace(actor, aliases=(), roles=(), note="") if actor.aliases or actor.roles or actor.note else actor


def _as_labelled(event: Event) -> Event:
    """An event without what only its own page tells."""
    return replace(event, aliases=(), history=(), when_reason="", part_reason="", reason="", note="")


def _as_cited(article: Article) -> Article:
    """An article without what only its own page tells: a byline that changes is nobody else's news."""
    return replace(article, seed="", digest="", byline="", place="", sketch="", published_reasons=())
