"""The smallest parts of what templates are given: words that may lead somewhere, dates, and lines of these."""

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
