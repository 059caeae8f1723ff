"""Entries of several articles that report one occurrence, put together: the rows of timelines.

Each pair that may be one is scored, and the score says its reasons. Joining two different things misleads more than
leaving one thing twice, so a pair needs more than one reason, and a group never holds two entries that conflict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from ..model import Entry
from ..when import UNKNOWN, When, is_day, overlaps, sort_key
from .keys import is_country, stems
from .lexicon import event_classes, noun_class, related
from .matters import JoinedEvents, join_events
from .synonyms import sense_of
from .wording import Vector, cosine, term, terms, vector

__all__ = ["JoinedEvents", "Score", "join_events", "join_happenings", "score_pair"]

THRESHOLD = 0.6
WIDEST_BLOCK = 40
"""Entries that one block compares with each other; a larger one is parted by words, then only neighbours compared."""
WITNESSES = 8
"""Oldest entries of a group that another group must not conflict with."""
ALIKE_INSIDE = 0.3
"""How far the labels of one article must share what else they say: announcing two things on one day is two."""
POINTER = 2
"""How many words behind "the" a noun stands at the latest that points back to what was told."""
ONE_STORY = 0.35
"""What it counts for that two articles report one event."""
ALIKE_IN_STORY = 0.2
"""How far two labels of one story must share what else they say, where the words for the happening differ."""
REPORT_WINDOW = timedelta(days=7)
"""How far apart two reports of undated entries may be published to be about one occurrence."""


@dataclass(frozen=True, slots=True)
class Score:
    """How likely two entries report one occurrence, and why; 0 where something speaks against it."""

    value: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry prepared for comparison."""

    entry: Entry
    published: When
    actors: frozenset[str]
    doers: frozenset[str]
    words: frozenset[str]
    rest: Vector
    """The label without the names of those who act and without the word for the happening."""
    word: str
    """The kind of occurrence that the word for the happening tells, else its stem."""
    story: str
    quoted: frozenset[str]

    @property
    def order(self) -> tuple[object, ...]:
        """Oldest first: by publication, then article, then place in it."""
        at = self.entry.word_at.start if self.entry.word_at else 0
        return (sort_key(self.published), self.entry.article, at, self.entry.id)


def join_happenings(
    entries: Sequence[Entry],
    published: Mapping[str, When],
    apart: Mapping[str, frozenset[str]] = MappingProxyType({}),
    stories: Mapping[str, str] = MappingProxyType({}),
) -> Mapping[str, str]:
    """Entry id → happening id, the id of its oldest entry; the same for any order of `entries`.

    `apart`: each entry with those that a person told apart from it; no group holds two of them.
    `stories`: each article with its story, where that is known.
    """
    items = sorted((_item(entry, published, stories) for entry in entries), key=lambda item: item.order)
    groups: dict[str, list[Item]] = {item.entry.id: [item] for item in items}
    owner = {item.entry.id: item.entry.id for item in items}
    pairs = {(a.entry.id, b.entry.id): (score_pair(a, b), a, b) for a, b in _pairs(items)}
    ranked = sorted(pairs.values(), key=lambda found: (-found[0].value, found[1].order, found[2].order))
    for score, a, b in ranked:
        first, second = owner[a.entry.id], owner[b.entry.id]
        if score.value < THRESHOLD or first == second or not _may_merge(groups[first], groups[second]):
            continue
        if apart and _told_apart(groups[first], groups[second], apart):
            continue
        for item in groups[second]:
            owner[item.entry.id] = first
        groups[first] += groups.pop(second)
    oldest = {key: min(group, key=lambda item: item.order).entry.id for key, group in groups.items()}
    return {entry.id: oldest[owner[entry.id]] for entry in entries}


def why_joined(one: Entry, other: Entry, published: Mapping[str, When]) -> tuple[str, ...]:
    """What speaks for two entries being one occurrence; nothing where only a person or a third entry joins them."""
    score = score_pair(_item(one, published, {}), _item(other, published, {}))
    return score.reasons if score.value else ()


def _item(entry: Entry, published: Mapping[str, When], stories: Mapping[str, str]) -> Item:
    acting = [p for p in entry.participants if p.role != "mentioned"]
    named = {one for part in acting for one in terms(f"{part.words} {part.meaning} {part.name}")}
    stem = term(entry.word.lower()) if entry.word else ""
    rest = Counter(one for one in terms(entry.label) if one not in named and one != stem)
    return Item(
        entry=entry,
        published=published.get(entry.article, UNKNOWN),
        actors=frozenset(p.actor or p.name for p in entry.participants),
        doers=frozenset(p.actor or p.name for p in acting),
        words=stems(entry.label),
        rest=vector(rest),
        word=sense_of(entry.word),
        story=stories.get(entry.article, ""),
        quoted=stems(entry.quote) if entry.event_class == "statement" else frozenset(),
    )


# ------------------------------------------------------------------------------------------------- blocks


def _pairs(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Pairs worth a look: of one class (or one told as the other), with a common actor or event, in one stretch."""
    blocks: dict[tuple[str, str, int], list[Item]] = defaultdict(list)
    for item in items:
        for key in _block_keys(item):
            blocks[key].append(item)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for block in _narrow(blocks[key]):
            for i, a in enumerate(block):
                for b in block[i + 1 : i + WIDEST_BLOCK]:
                    pair = (a.entry.id, b.entry.id)
                    if pair not in seen:
                        seen.add(pair)
                        yield a, b


def _narrow(block: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The block, or where it is wide, one for each word of the labels that not all share, and for each label."""
    if len(block) <= WIDEST_BLOCK:
        yield block
        return
    words: dict[str, list[Item]] = defaultdict(list)
    for item in block:
        for word in item.words:
            words[word].append(item)
    for word in sorted(words):
        if 1 < len(words[word]) <= len(block) // 2 or len(words) == 1:
            yield words[word]
    labels: dict[str, list[Item]] = defaultdict(list)
    for item in block:
        labels[item.entry.label].append(item)
    yield from (labels[label] for label in sorted(labels) if len(labels[label]) > 1)


def _block_keys(item: Item) -> Iterator[tuple[str, str, int]]:
    """Class, actor or event, and stretch of 30 days: the one it lies in, and the next, so that neighbours meet."""
    known = event_classes().get(item.entry.event_class)
    names = sorted(item.actors | set(item.entry.about) | ({f"story {item.story}"} if item.story else set()))
    for event_class in {item.entry.event_class, *(known.near if known else ())}:
        pair = "~".join(sorted({event_class, item.entry.event_class}))
        for name in names:
            for number in _stretches(item):
                yield pair, name, number


def _stretches(item: Item) -> Iterable[int]:
    when = item.entry.when if _is_own(item.entry) else item.published
    if not when.known or when.start is None:
        return (-1,)
    last = when.last_day if when.end else when.start
    first_number, last_number = when.start.toordinal() // 30, last.toordinal() // 30
    return range(first_number, min(last_number, first_number + 2) + 2)


def _is_own(entry: Entry) -> bool:
    """Whether the entry has a date of its own."""
    return entry.when.known and entry.when_basis != "reported"


# ------------------------------------------------------------------------------------------------- scores


def score_pair(a: Item, b: Item) -> Score:
    """How likely the two report one occurrence. Class, time, course and doers can each rule it out."""
    one, other = a.entry, b.entry
    if not related(one.event_class, other.event_class) or one.negated != other.negated:
        return Score(0, ("other class or polarity",))
    if _same_article(one, other):
        return _score_inside(a, b)
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
        and noun_class(one.word.lower()) == other.event_class
    )


def _same_time(one: Entry, other: Entry) -> bool:
    return one.when.known and (one.when.start, one.when.end) == (other.when.start, other.when.end)


def _time_score(a: Item, b: Item) -> float:
    """1 for one day, less for coarser overlap or nearness of the reports; 0 where the times differ."""
    one, other = a.entry, b.entry
    if _is_own(one) and _is_own(other):
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
    enough = in_story or (bool(shared) and (alike >= 0.2 or len(shared) >= 2))
    return Score(round(max(0.0, value if enough or alike >= 0.6 else min(value, 0.5)), 3), tuple(reasons))


def _told_alike_in_story(a: Item, b: Item) -> bool:
    """Whether two articles on one event tell it with one word, or with much else in common."""
    if not a.story or a.story != b.story or a.entry.event_class != b.entry.event_class:
        return False
    return bool(a.word and a.word == b.word) or cosine(a.rest, b.rest) >= ALIKE_IN_STORY


def _score_sayings(a: Item, b: Item) -> Score:
    """Two sayings are one where the same speaker says nearly the same words."""
    alike = _alike(a.quoted or stems(a.entry.quote), b.quoted or stems(b.entry.quote))
    shared = a.doers & b.doers
    value = 0.2 + 0.6 * alike if shared and alike >= 0.6 else 0.0
    return Score(round(value, 3), (f"words alike ({alike:.2f})", "shared: " + ", ".join(sorted(shared))))


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared words by the smaller side, damped where that side is short."""
    if not a or not b:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))


def _may_merge(one: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether no entry of the one conflicts with one of the other: by time, or by standing in one article."""
    return all(score_pair(a, b).value > 0 for a in one[:WITNESSES] for b in other[:WITNESSES])


def _told_apart(one: Sequence[Item], other: Sequence[Item], apart: Mapping[str, frozenset[str]]) -> bool:
    """Whether a person told an entry of the one apart from one of the other."""
    ids = {item.entry.id for item in other}
    return any(not ids.isdisjoint(apart.get(item.entry.id, ())) for item in one)
