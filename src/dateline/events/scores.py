"""How likely two entries report one occurrence, with reasons; it depends on these two alone.

Joining two different things misleads more than leaving one thing twice, so a pair needs more than one reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import Any

from ..model import Entry
from ..when import UNKNOWN, When, is_day, overlaps, sort_key
from .keys import is_country, stems
from .lexicon import plain_noun_class, related
from .synonyms import sense_of
from .wording import Vector, cosine, term, terms, vector, weight

THRESHOLD = 0.6
"""The score from which two entries are one happening."""
ALIKE, ALIKE_ALONE = 0.2, 0.6
"""How far the labels of two entries must share their words where one of those who act is the same; where none is."""
ALIKE_INSIDE = 0.3
"""How far the labels of one article must share what else they say: announcing two things on one day is two."""
POINTER = 2
"""How many words behind "the" a noun stands at the latest that points back to what was told."""
ONE_STORY = 0.35
"""What it counts for that two articles report one event."""
ALIKE_IN_STORY = 0.2
"""How far two labels of one story must share what else they say, where the words for the happening differ."""
LEAST_REST, LEAST_REST_APART = 0.15, 0.4
"""How far two labels with one doer in common must share what else they say: one frequent word shared by chance is not
enough, and where each names somebody whom the other leaves out, it takes more."""
GIST_TERMS, GIST_WEIGHT = 4, 16.0
"""So many terms beside doers and deed, of so much weight together, tell one occurrence though its days differ."""
DISPUTED = 1
"""By how many days two reports of one occurrence may differ: a night, a time zone, a day of the week misread."""
REPORT_WINDOW = timedelta(days=7)
"""How far apart two reports of undated entries may be published to be about one occurrence."""

STRETCH = 30
"""Days of a block of entries."""


@dataclass(frozen=True, slots=True)
class Score:
    """How likely two entries report one occurrence, and why; 0 where something speaks against it."""

    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Item:
    """An entry prepared for comparison; what is dear to find is found when it is asked for."""

    entry: Entry
    published: When
    story: str = ""

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """Oldest first: by publication, then article, then place in it."""
        at = self.entry.word_at.start if self.entry.word_at else 0
        return (sort_key(self.published), self.entry.article, at, self.entry.id)

    @cached_property
    def digest(self) -> bytes:
        """What stands for all that is compared."""
        entry = self.entry
        people = [
            (part.actor or part.name, part.role, part.words, part.meaning, part.name) for part in entry.participants
        ]
        of = (entry.id, entry.article, entry.label, entry.word, entry.quote, entry.event_class, entry.course)
        dated = (str(entry.when), entry.when_basis, str(self.published), entry.negated, entry.place, entry.about)
        places = [(span.start, span.end) for span in (entry.quote_at, entry.word_at) if span]
        told = repr((of, dated, people, places, self.story))
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).digest()

    @cached_property
    def actors(self) -> frozenset[str]:
        """All who are named."""
        return frozenset(part.actor or part.name for part in self.entry.participants)

    @cached_property
    def doers(self) -> frozenset[str]:
        """Those of them who act."""
        return frozenset(part.actor or part.name for part in self.entry.participants if part.role != "mentioned")

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the label."""
        return stems(self.entry.label)

    @cached_property
    def quoted(self) -> frozenset[str]:
        """The words of the quotation."""
        return stems(self.entry.quote)

    @cached_property
    def word(self) -> str:
        """The kind of occurrence that the word for the happening tells, else its stem."""
        return sense_of(self.entry.word)

    @cached_property
    def rest(self) -> Vector:
        """The label without the names of those who act and without the word for the happening."""
        acting = [part for part in self.entry.participants if part.role != "mentioned"]
        named = {one for part in acting for one in terms(f"{part.words} {part.meaning} {part.name}")}
        stem = term(self.entry.word.lower()) if self.entry.word else ""
        return vector(Counter(one for one in terms(self.entry.label) if one not in named and one != stem))

    @cached_property
    def dated(self) -> tuple[int, int] | None:
        """The first and the last day, by number, on which it may have been, if it has a date or a reported day."""
        return _days(_widened(self.entry)) if self.entry.when.known else None

    @cached_property
    def reported(self) -> tuple[int, int] | None:
        """The first and the last day, by number, on which its article may have been published."""
        return _days(self.published) if self.published.known else None

    @cached_property
    def gist(self) -> str:
        """All that it tells but the day, where that is enough to know it by; else ""."""
        entry = self.entry
        plain = entry.event_class != "statement" and entry.course == "occurred" and not entry.negated
        if not plain or not self.doers or not is_own(entry) or not is_day(entry.when) or len(self.rest) < GIST_TERMS:
            return ""
        if sum(map(weight, self.rest)) < GIST_WEIGHT:
            return ""
        told = (entry.event_class, self.word, sorted(self.doers), entry.place, list(self.rest))
        return "gist " + blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    @cached_property
    def names(self) -> frozenset[str]:
        """Actors, events, story and gist by which it is filed."""
        more = (f"story {self.story}",) if self.story else ()
        return self.actors.union(self.entry.about, more, (self.gist,) if self.gist else ())

    @cached_property
    def stretches(self) -> range:
        """The stretches of days in which it may be met: the one it lies in, and the next, so that neighbours meet."""
        entry = self.entry
        limit = entry.when.start is None and entry.course == "occurred"  # "by 3 May" what happened is met as undated
        when = entry.when if is_own(entry) and not limit else self.published
        if not when.known or when.start is None:
            return range(-1, 0)
        first, last = _days(when)
        first, last = first // STRETCH, (last if when.end else first) // STRETCH
        return range(first, min(last, first + 2) + 2)

    @cached_property
    def weeks(self) -> range:
        """The week of its report and the next, by number from 1: reports at most a week apart have one in common."""
        if self.reported is None:
            return range(1, 2)
        first, last = (day // REPORT_WINDOW.days + 1 for day in self.reported)
        return range(first, min(last, first + 8) + 2)


def _days(when: When) -> tuple[int, int]:
    return when.first_day.toordinal(), when.last_day.toordinal()


def make_item(entry: Entry, published: Mapping[str, When], stories: Mapping[str, str]) -> Item:
    """An entry with the day and the story of its article."""
    return Item(entry, published.get(entry.article, UNKNOWN), stories.get(entry.article, ""))


def is_own(entry: Entry) -> bool:
    """Whether the entry has a date of its own."""
    return entry.when.known and entry.when_basis != "reported"


def times_can_agree(a: Item, b: Item) -> bool:
    """Whether the times of two entries leave them a score at all: cheap to tell, and all others are not compared."""
    if a.dated and b.dated:
        return (a.dated[0] <= b.dated[1] and b.dated[0] <= a.dated[1]) or days_disputed(a, b)
    if not a.reported or not b.reported:
        return True
    window = REPORT_WINDOW.days
    return a.reported[0] - b.reported[1] <= window and b.reported[0] - a.reported[1] <= window


def days_disputed(a: Item, b: Item) -> bool:
    """Whether two articles tell all but the day alike, on days in succession that both lay behind them.

    What comes again every day is told by each article of its own day: the later day is then ahead of one of them.
    """
    if not a.gist or a.gist != b.gist or _same_article(a.entry, b.entry) or not (a.dated and b.dated):
        return False
    if not a.reported or not b.reported or not 0 < abs(a.dated[0] - b.dated[0]) <= DISPUTED:
        return False
    window = REPORT_WINDOW.days
    near = a.reported[0] - b.reported[1] <= window and b.reported[0] - a.reported[1] <= window
    return near and max(a.dated[0], b.dated[0]) < min(a.reported[0], b.reported[0])


def score_pair(a: Item, b: Item) -> Score:
    """How likely the two report one occurrence. Class, time, course and doers can each rule it out."""
    one, other = a.entry, b.entry
    if not related(one.event_class, other.event_class) or one.negated != other.negated:
        return Score(0, ("other class or polarity",))
    if _same_article(one, other):
        return _score_inside(a, b)
    if days_disputed(a, b):
        return Score(THRESHOLD, ("told alike but for the day", "shared: " + ", ".join(sorted(a.doers & b.doers))))
    time = _time_score(a, b)
    if time <= 0:
        return Score(0, ("other time",))
    if (
        one.place
        and other.place
        and one.place != other.place
        and not (is_country(one.place) or is_country(other.place))
    ):
        return Score(0, ("other place",))
    if (one.course in ("planned", "hypothetical")) != (other.course in ("planned", "hypothetical")) and not (
        set(one.about) & set(other.about)
    ):
        return Score(0, ("planned and occurred",))
    if one.event_class == "statement" or other.event_class == "statement":
        return _score_sayings(a, b)
    return _sum(a, b, time)


def _places_differ(one: str, other: str) -> bool:
    """Whether two places are named and cannot be one; a town may lie in a country that is named instead."""
    return bool(one and other) and one != other and not is_country(one) and not is_country(other)


def _same_article(one: Entry, other: Entry) -> bool:
    return bool(one.article) and one.article == other.article


def _score_inside(a: Item, b: Item) -> Score:
    """Inside one article only what agrees in class, time and who acts is told twice, as by headline and text."""
    one, other = a.entry, b.entry
    alike = cosine(a.rest, b.rest)
    may = (
        one.event_class == other.event_class != "statement"
        and one.course == other.course
        and one.quote_at != other.quote_at
        and not _places_differ(one.place, other.place)
    )
    if not may or not _told_twice(a, b, alike):
        return Score(0, ("one article",))
    same = _same_time(one, other)
    told = "same class, date and actors" if same else "same class and actors, dates that agree"
    return Score(0.9 if same else 0.8, (f"{told} in one article", f"words alike ({alike:.2f})"))


def _told_twice(a: Item, b: Item, alike: float) -> bool:
    """Whether times, those who act and wording of two entries of one article let them be one."""
    one, other = a.entry, b.entry
    word = bool(a.word) and a.word == b.word
    shared = a.doers & b.doers
    nested = a.doers <= b.doers or b.doers <= a.doers
    if _points_back(a, b) or _points_back(b, a):
        return not one.when.known or not other.when.known or overlaps(one.when, other.when)
    if not one.when.known or not other.when.known:  # a date left out is no other date, but says little
        return word and bool(shared) and nested and alike >= ALIKE_INSIDE
    if not overlaps(one.when, other.when):
        return False
    if len(shared) > 1:
        return nested and (word or alike > 0 or _same_time(one, other))
    if shared:
        return nested and alike >= (ALIKE_INSIDE if _same_time(one, other) else ALIKE_INSIDE + 0.1)
    enough = ALIKE_INSIDE / 2 if word else ALIKE_INSIDE
    return not (a.doers or b.doers) and _same_time(one, other) and alike >= enough


def _points_back(later: Item, earlier: Item) -> bool:
    """Whether an entry without doers of its own is the definite noun for one that is told before: "the quake hit"."""
    one, other = later.entry, earlier.entry
    words = one.label.lower().split()[: POINTER + 1]
    return (
        not later.doers
        and one.word_at is not None
        and other.word_at is not None
        and other.word_at.start < one.word_at.start
        and words[:1] == ["the"]
        and one.word.lower() in words
        and plain_noun_class(one.word.lower()) == other.event_class
    )


def _same_time(one: Entry, other: Entry) -> bool:
    return one.when.known and (one.when.start, one.when.end) == (other.when.start, other.when.end)


def _time_score(a: Item, b: Item) -> float:
    """1 for one day, less for coarser overlap or nearness of the reports; 0 where the times differ."""
    one, other = a.entry, b.entry
    if is_own(one) and is_own(other):
        if not overlaps(one.when, other.when):
            return 0.0
        same = (one.when.start, one.when.end) == (other.when.start, other.when.end)
        return 1.0 if is_day(one.when) and same else 0.7
    if one.when.known and other.when.known:
        return 0.8 if overlaps(_widened(one), _widened(other)) else 0.0
    if not a.published.known or not b.published.known:
        return 0.3
    gap = _gap(a.published, b.published)
    return 0.5 if gap <= REPORT_WINDOW else 0.0


def _widened(entry: Entry) -> When:
    """A reported day may be some days after the occurrence: two before it count as well."""
    when = entry.when
    if entry.when_basis != "reported" or when.start is None:
        return when
    early = when.start - timedelta(days=2) if when.start > date(1, 1, 3) else when.start
    return When(early, when.end, when.precision, "lasted", end_precision=when.end_precision)


def _gap(a: When, b: When) -> timedelta:
    if overlaps(a, b):
        return timedelta(0)
    return max(a.first_day - b.last_day, b.first_day - a.last_day)


def _sum(a: Item, b: Item, time: float) -> Score:
    one, other = a.entry, b.entry
    shared = a.doers & b.doers
    reasons, value = [f"times agree ({time:.1f})"], 0.2 * time
    if one.event_class == other.event_class:
        value, reasons = value + 0.15, [*reasons, f"both {one.event_class}"]
    if shared:
        part = len(shared) / min(len(a.doers), len(b.doers))
        value, reasons = value + 0.3 * part, [*reasons, "shared: " + ", ".join(sorted(shared))]
    elif a.doers and b.doers:
        value, reasons = value - 0.15, [*reasons, "other doers"]
    alike = _alike(a.words, b.words)
    value, reasons = value + 0.5 * alike, [*reasons, f"words alike ({alike:.2f})"]
    in_story = _told_alike_in_story(a, b)
    if in_story:
        value, reasons = value + ONE_STORY, [*reasons, "articles on one event"]
    about = set(one.about) & set(other.about)
    if about:
        value, reasons = value + 0.1, [*reasons, "about " + ", ".join(sorted(about))]
    if one.place and other.place:
        same = one.place == other.place
        value, reasons = value + (0.1 if same else -0.2), [*reasons, "same place" if same else "other place"]
    likely = (bool(shared) and alike >= ALIKE) or alike >= ALIKE_ALONE
    enough = in_story or len(shared) >= 2 or (likely and not _tell_different(a, b))
    return Score(round(max(0.0, value if enough else min(value, 0.5)), 3), tuple(reasons))


def _tell_different(a: Item, b: Item) -> bool:
    """Whether both say more than who and what, or whom else, and hardly anything of it is the same."""
    if a.doers - b.doers and b.doers - a.doers:
        return cosine(a.rest, b.rest) < LEAST_REST_APART
    return bool(a.rest and b.rest) and cosine(a.rest, b.rest) < LEAST_REST


def _told_alike_in_story(a: Item, b: Item) -> bool:
    """Whether two articles on one event tell it with one word, or with much else in common."""
    if not a.story or a.story != b.story or a.entry.event_class != b.entry.event_class:
        return False
    return bool(a.word and a.word == b.word) or cosine(a.rest, b.rest) >= ALIKE_IN_STORY


def _score_sayings(a: Item, b: Item) -> Score:
    """Two sayings are one where the same speaker says nearly the same words."""
    alike = _alike(a.quoted, b.quoted)
    shared = a.doers & b.doers
    value = 0.2 + 0.6 * alike if shared and alike >= 0.6 else 0.0
    return Score(round(value, 3), (f"words alike ({alike:.2f})", "shared: " + ", ".join(sorted(shared))))


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words by the smaller side, damped where that side is short."""
    if not a or not b:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))
