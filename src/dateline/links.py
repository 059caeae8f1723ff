"""The smallest parts of what templates are given: words that may lead somewhere, and dates in words."""

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
