"""What an expression means before it is reckoned: a tree of operators, how fine it is, and its TIMEX3 type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..model import Style, TimexType
from ..rules import read_table
from ..when import UNKNOWN, When, is_day
from .algebra import Chain, Operator

Grain = Literal[
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century", "fiscal",
    "stretch", "",
]  # fmt: skip
Direction = Literal["past", "future", "present", ""]
AnchorKind = Literal["none", "published", "told", "style"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One reading of an expression.

    `value` is the whole TIMEX3 value where no reckoning is needed; else it is made from what `tree` gives. `unreckoned`
    stands where the anchor is unknown or too coarse. `clock` is put behind a day ("T22:30", "TNI").
    """

    type: TimexType = "DATE"
    grain: Grain = ""
    tree: Operator | None = None
    anchor: AnchorKind = "none"
    """none: the words say all; published; told: the time last told; style: as the article's style has it."""
    value: str = ""
    unreckoned: str = ""
    clock: str = ""
    aside: bool = False
    """Only compared with what is told: nothing later hangs on it."""
    note: str = ""
    """Why its time is doubtful, for a reader."""


@cache
def neighbours(kind: str) -> frozenset[str]:
    """The words of a kind that decide, standing beside an expression, what it is."""
    return frozenset(row["phrase"] for row in read_table("en/dates/neighbour.tsv") if row["kind"] == kind)


_WORD = re.compile(r"[a-z]+")
_TITLE = 60
"""How long a title between quotation marks may be, on each side of an expression."""
_NEAR = 150
"""How far from an expression, in characters, the words that tell a business report from a match are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an operator may look at besides its slots."""

    text: str
    """The text with plain blanks, quotes and hyphens."""
    start: int
    end: int
    style: Style
    published: When
    told: When
    told_day: When
    """The last single day told."""
    told_event: When
    """The day of the last few before publication that was told shortly before: a time of day may belong to it."""
    told_here: When
    """The last date told in the same sentence."""
    told_hour: int
    """The hour that was told with it; -1 for none."""
    direction: Callable[[], Direction]
    """Where the nearest verb group looks."""

    def beside(self, words: frozenset[str]) -> bool:
        """Whether one of some words stands near, before or behind it."""
        text = self.text[max(0, self.start - _NEAR) : self.end + _NEAR].lower()
        return not words.isdisjoint(_WORD.findall(text))

    @property
    def after_title(self) -> bool:
        """Whether the title of a person stands before it: "Ms. March"."""
        before = self.text[max(0, self.start - 12) : self.start].rstrip(" ")
        return before.split(" ")[-1].rstrip(".").lower() in neighbours("personal-title")

    @property
    def in_title(self) -> bool:
        """Whether it stands in a title between quotation marks: "Seven Days in May"."""
        opened = self.text.rfind('"', max(0, self.start - _TITLE), self.start)
        closed = self.text.find('"', self.end, self.end + _TITLE)
        if opened < 0 or closed < 0:
            return False
        words = self.text[opened + 1 : closed].split(" ")
        if len(words) == 1 and words[0] == self.words and self.words[0].isupper():
            return True  # a song called "September"
        if self.words[0].isdigit() and closed == self.end:
            return False  # "Steve Jobs 1955-2011"
        if len(words) < 2 or not words[-1][-1:].isalnum() or not words[0]:
            return False
        return all(word[:1].isupper() or word[:1].isdigit() for word in words if len(word) > 3)

    @property
    def is_address(self) -> bool:
        """Whether it names a street: "1600 May Street"."""
        after = self.word_after
        return after[:1].isupper() and after.lower() in neighbours("street")

    @property
    def words(self) -> str:
        """The expression itself."""
        return self.text[self.start : self.end]

    @property
    def after_name(self) -> bool:
        """Whether the word before it has a capital."""
        return self.text[max(0, self.start - 30) : self.start].rstrip(" ").split(" ")[-1][:1].isupper()

    @property
    def word_before(self) -> str:
        """The word before it in small letters, or the sign that stands there."""
        head = self.text[max(0, self.start - 30) : self.start].rstrip(" ")
        if head.endswith(("No.", "no.", "Nos.", "nos.")):
            return "no."
        at = len(head)
        while at and (head[at - 1].isalpha() or head[at - 1] == "'"):
            at -= 1
        return head[at:].lower() or head[-1:]

    @property
    def word_after(self) -> str:
        """The word after it as it is written, or the sign that stands there."""
        tail = self.text[self.end : self.end + 30].lstrip(" ")
        at = 0
        while at < len(tail) and tail[at].isalpha():
            at += 1
        return tail[:at] or tail[:1]


_PATTERNS: dict[str, str] = {
    "day": "XXXX-XX-XX", "weekend": "XXXX-WXX-WE", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "season": "XXXX-SX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX",
    "fiscal": "FYXXXX", "stretch": "XXXX", "": "XXXX-XX-XX",
}  # fmt: skip
_LENGTHS = {"weekend": (2, 2), "week": (7, 7), "quarter": (90, 92), "season": (90, 92), "half": (181, 184)}
_SEASONS = {12: "WI", 3: "SP", 6: "SU", 9: "FA"}


def timex_value(sense: Sense, when: When) -> str:
    """The TIMEX3 value of a sense whose tree gave that time."""
    if sense.value:
        return sense.value
    plain = _grain_value(sense.grain, when) if _fits(sense.grain, when) else ""
    return (plain or sense.unreckoned or _PATTERNS[sense.grain]) + sense.clock


def _fits(grain: Grain, when: When) -> bool:
    if grain in _LENGTHS:
        low, high = _LENGTHS[grain]
        return when.shape == "within" and low <= (when.last_day - when.first_day).days + 1 <= high
    if grain == "fiscal":
        return when.shape == "unit" and when.precision == "year"
    if grain == "stretch":
        return when.shape == "within"
    return when.shape == "unit" and when.precision == grain


def _grain_value(grain: Grain, when: When) -> str:
    first = when.first_day
    week = first.isocalendar()
    match grain:
        case "day":
            return first.isoformat()
        case "weekend":
            return f"{week.year:04}-W{week.week:02}-WE"
        case "week":
            return f"{week.year:04}-W{week.week:02}"
        case "month":
            return first.isoformat()[:7]
        case "quarter":
            return f"{first.year:04}-Q{first.month // 3 + 1}"
        case "season":
            return f"{first.year:04}-{_SEASONS[first.month]}"
        case "half":
            return f"{first.year:04}-H{first.month // 6 + 1}"
        case "year":
            return f"{first.year:04}"
        case "fiscal":
            return f"FY{first.year:04}"
        case "stretch":
            return f"{first.isoformat()}/{when.last_day.isoformat()}"
        case "decade":
            return f"{when.last_day.year // 10:03}"
        case _:
            return f"{when.last_day.year // 100:02}"


def anchor_of(sense: Sense, context: Context) -> tuple[When, Literal["stated", "relative", "narrative"]]:
    """The time that a sense is reckoned from, and what to call that."""
    if sense.anchor == "none":
        return UNKNOWN, "stated"
    narrative = sense.anchor == "told" or (sense.anchor == "style" and context.style == "narrative")
    lost = (
        context.style == "news"
        and not isinstance(sense.tree, Chain)
        and sense.grain == "day"
        and not is_day(context.told)
    )
    if sense.anchor == "told" and lost and context.told_day.known:
        return context.told_day, "narrative"
    if narrative and context.told.known:
        return context.told, "narrative"
    if narrative and context.style == "narrative":
        return UNKNOWN, "narrative"
    return context.published, "relative"
