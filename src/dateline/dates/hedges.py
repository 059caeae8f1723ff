"""Words before an expression that take a part of it, hedge it or open one of its sides."""

from __future__ import annotations

import re
from functools import cache

from ..rules import read_table
from ..when import When
from . import algebra as a

_BREAK = frozenset(".,;:)!?-\"'")


@cache
def _hedges() -> tuple[re.Pattern[str], dict[str, str]]:
    """What matches a hedge at the end of a text, and the part that each takes."""
    parts = {row["phrase"]: row["part"] for row in read_table("en/dates/hedge.tsv")}
    return _at_end(parts), parts


@cache
def _bounds() -> tuple[re.Pattern[str], dict[str, str]]:
    """What matches a bounding word at the end of a text, and the side that each opens."""
    sides = {row["phrase"]: row["bound"] for row in read_table("en/dates/bound.tsv")}
    return _at_end(sides), sides


def _at_end(phrases: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    words = "|".join(re.escape(phrase) for phrase in longest_first)
    return re.compile(rf"(?<!\w)({words})(?:(?<=-)| (?:the )?)$", re.IGNORECASE)


_GOES_ON = re.compile(r"['’]s|-\w")
_DOER = re.compile(r"['’]s (?!(?:deadline|close|end|start|cut-?off|due date)\b)")
"""What makes a doer of what a "by" stands before: "hit by Monday's quake", but "by Monday's deadline"."""
_COUNTED = re.compile(r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) $")
"""A length before "after": it counts from the time itself."""
_ARTICLE = frozenset({"decade", "century"})


def hedged(text: str, start: int, when: When, floor: int, grain: str = "") -> tuple[int, When]:
    """Where an expression begins with its hedge ("early", "the end of", "about"), and what is left of its time.

    A decade or century keeps the article before it: "the late 1970s", but "a late May vote".
    """
    pattern, parts = _hedges()
    from_ = max(floor, start - 30)
    found = pattern.search(text[from_:start])
    if not found:
        return start, when
    part = parts[found.group(1).lower()]
    if part == "about" and "the " in (found.group()[-4:].lower(), text[start : start + 4].lower()):
        return start, when  # "over the past three days" hedges nothing
    at = from_ + found.start()
    if grain in _ARTICLE and part in ("early", "mid", "late") and text[max(floor, at - 4) : at].lower() == "the ":
        at -= 4
    return at, _taken(part, when)


def _taken(part: str, when: When) -> When:
    fixed = a.Fixed(when)
    match part:
        case "about":
            return a.Marked(fixed, approximate=True).apply(when)
        case "early" | "mid" | "late":
            return a.Part(part, fixed).apply(when)
    return when


def bounded(text: str, start: int, end: int, when: When, *, within_day: bool = False) -> When:
    """The time with a side opened by the word before: "by 3 May", "since 2019"; the word stays outside.

    `within_day`: a time of day, after which the day goes on.
    """
    pattern, sides = _bounds()
    from_ = max(0, start - 30)
    found = pattern.search(text[from_:start])
    if not found or not when.known:
        return when
    side = sides[found.group(1).lower()]
    if side in ("before", "after"):
        at = from_ + found.start()
        if within_day or text[end : end + 1] not in _BREAK or _GOES_ON.match(text, end):
            return when  # "after 5 p.m. on Monday", "after Monday's close"
        if _COUNTED.search(text[max(0, at - 12) : at]):
            return when  # "two days after Christmas"
    if side == "by" and _DOER.match(text, end):
        return when
    fixed = a.Fixed(when)
    match side:
        case "by":
            return a.Before(fixed).apply(when)
        case "since":
            return a.After(fixed).apply(when)
        case "before":
            return a.Before(fixed, strictly=True).apply(when)
    return a.After(fixed, strictly=True).apply(when)
