"""The smallest parts of what templates are given: words that may lead somewhere, dates, quotations, lines of these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to a page, or only words where `path` is ""."""

    text: str
    path: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date in words. `datetime` is what `<time>` may carry: dates without doubt, at their precision."""

    words: str
    edtf: str = ""
    datetime: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a quotation; `marked` where it is the word that names the happening."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a whole text; a name or a date in it is a `link`, and `when` is what a date was reckoned to be."""

    text: str
    link: Link | None = None
    when: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a heading of a whole text."""

    runs: tuple[Run, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The exact words of an article, cut to what may be shown; `cut_*`: words were left out on that side."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Who says what an entry tells, and how: "said", "claimed", "denied", "demanded"."""

    who: Link
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody's part in a happening; `role` is a word that stands before the name: "by", "with", …"""

    who: Link
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article as it is cited: its page, its publisher ("source not named"), its day."""

    article: Link
    publisher: str
    published: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """Where an event stands in time: its own date, or that of its happenings, which `of` tells."""

    date: Moment
    of: str = ""
    """"happenings: " where it is the span of these, "" for a date of the event itself."""
    state: str = ""
    """"planned", "postponed", "called off"; "" for what is told as having happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An event right before or right after another, and why it is set beside that one."""

    event: Link
    era: Era
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one of those says who tell a thing, or deny it: whose word it is, in which words, and where they stand."""

    how: str
    """"claimed by", "denied by", "reported by", …, before who says so."""
    by: tuple[Link, ...]
    row: Link
    """Its label, as the way to the happening on the timeline."""
    status: str
    quote: Quote
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What is told of a thing, and what denies it: the first accounts of either, and how many others there are."""

    told: tuple[Account, ...]
    denied: tuple[Account, ...]
    told_more: int = 0
    denied_more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A correction: the day, what was decided, why, and the records that it is of.

    Of a field that was edited, `words` name it: what it said before, and what it says now.
    """

    id: str
    on: Moment
    words: str
    why: str
    records: tuple[Link, ...]
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """Somebody who is not to be taken for the one whose page it is, and why."""

    who: Link
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUsed:
    """Another name, in how many articles it stands, and why it was taken for the same."""

    name: str
    articles: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleUsed:
    """A role that articles give somebody, with the articles that do and the days of these in words."""

    words: str
    told: str
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A share of what was found rightly, as F1 or accuracy in percent: of what, in which texts."""

    task: str
    corpus: str
    percent: str
