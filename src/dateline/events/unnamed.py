"""Events that no article gives a name: an explosion, an arrest that several articles tell of, or one at length.

An article's grave occurrences of related classes that neither place nor day keeps apart are one case of it. Cases of
several articles are one event where one of their happenings is the same, or where both articles report one story and
place and day agree. The label is put together from the texts' own words: noun, place, day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from ..actors.world import demonyms
from ..model import Entry, Reading
from ..when import UNKNOWN, When, describe, is_day, overlaps, sort_key, unit
from .keys import is_country
from .lexicon import event_classes, is_grave, noun_class, related

WINDOW = timedelta(days=14)
"""How far apart reports of one such event may be published."""
SENTENCES = 3
"""An article that alone tells of it must do so in so many sentences, and as its main matter."""
GROUPS = 40
"""Groups of one story, newest first, that a case is compared with."""
OF_PERSONS = frozenset(["death", "arrest", "departure", "verdict"])
"""Classes whose events the person whom they befell tells apart."""
CONSEQUENCE = "death"
NOT_MADE = frozenset(["postponement", "cancellation"])
"""Classes that tell what becomes of another event."""
NOUN_PHRASE = 4
"""Words behind an article among which its noun is looked for."""
_DETERMINED = re.compile(
    r"\b(?:a|an|the|this|that|another|its|his|her|their|’s|'s)(?=\s+((?:[\w’-]+\s+){0,3}[\w’-]+))", re.IGNORECASE
)


@dataclass(slots=True)
class Case:
    """What one article tells of one grave occurrence."""

    article: str
    digest: str
    published: When
    story: str
    entries: list[Entry] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)
    """The places that its sentences name."""
    is_main: bool = False
    """Whether the article makes most of it."""

    @property
    def when(self) -> When:
        """The finest of its own dates, the weightiest entry's first."""
        own = [entry for entry in self.entries if has_own_date(entry)]
        best = max(own, key=lambda e: (is_day(e.when), -_days(e.when), e.salience, e.id), default=None)
        return best.when if best else UNKNOWN

    @property
    def place(self) -> str:
        """Where, by the weightiest entry that says so; a town before its country."""
        placed = [entry for entry in self.entries if entry.place]
        best = max(placed, key=lambda e: (not is_country(e.place), e.salience, e.id), default=None)
        return best.place if best else ""

    @property
    def places(self) -> set[str]:
        """All places that may be meant."""
        return {self.place} if self.place else set(self.named)


@dataclass(slots=True)
class Unnamed:
    """The cases that are one event."""

    cases: list[Case]

    @property
    def entries(self) -> list[Entry]:
        """All entries that tell of it."""
        return [entry for case in self.cases for entry in case.entries]

    @property
    def when(self) -> When:
        """Its day: the finest that a case has, of equal ones the one that most have, then the first told."""
        own = [case.when for case in self.cases if case.when.known]
        if not own:
            return UNKNOWN
        return max(own, key=lambda when: (is_day(when), sum(overlaps(when, o) for o in own), -own.index(when)))

    @property
    def place(self) -> str:
        """The place that most cases give; a town before its country, then the first told."""
        places = [case.place for case in self.cases if case.place]
        return max(places, key=lambda p: (not is_country(p), places.count(p), -places.index(p)), default=self.named)

    @property
    def named(self) -> str:
        """The place that the sentences of several cases name, or those of one several times; "" for none."""
        cases = Counter(place for case in self.cases for place in case.named)
        uses = sum((case.named for case in self.cases), Counter[str]())
        told = [place for place in uses if max(cases[place], uses[place]) > 1]
        return max(told, key=lambda p: (cases[p], uses[p], not is_country(p), p), default="")

    @property
    def event_class(self) -> str:
        """The class that most entries have; what caused deaths before the deaths."""
        counts = Counter(entry.event_class for entry in self.entries)
        return max(counts, key=lambda name: (name != CONSEQUENCE, counts[name], name))


def find_unnamed(
    readings: Sequence[Reading],
    taken: Mapping[str, Collection[str]],
    happenings: Mapping[str, str],
    stories: Mapping[str, str],
    apart: Collection[frozenset[str]] = (),
) -> list[Unnamed]:
    """The unnamed events that several articles tell of, or one at length, in order of their first report.

    `taken` are the classes of the named events that each article holds: of these nothing is made beside them. `apart`
    are pairs of entries that never belong to one event.
    """
    groups: list[Unnamed] = []
    index: dict[str, list[int]] = defaultdict(list)
    for case in _cases(readings, taken, stories):
        keys = sorted({f"happening {happenings[e.id]}" for e in case.entries if e.id in happenings})
        keys += [f"story {case.story}"] if case.story else []
        near = sorted({number for key in keys for number in index[key][-GROUPS:]})
        shared = {number for key in keys[: len(keys) - bool(case.story)] for number in index[key]}
        number = next((n for n in near if _fits(groups[n], case, told_alike=n in shared, apart=apart)), len(groups))
        if number == len(groups):
            groups.append(Unnamed([]))
        groups[number].cases.append(case)
        for key in keys:
            if number not in index[key][-GROUPS:]:
                index[key].append(number)
    return [group for group in groups if _is_weighty(group) and label_of(group)]


def _cases(readings: Sequence[Reading], taken: Mapping[str, Collection[str]], stories: Mapping[str, str]) -> list[Case]:
    size = Counter(stories.values())
    found = []
    for reading in sorted(readings, key=lambda r: (sort_key(r.document.article.published), r.document.article.id)):
        article = reading.document.article
        story = stories.get(article.id, "")
        story = story if size[story] > 1 else ""
        main = max(reading.entries, key=lambda e: (e.salience, e.id), default=None)
        cases: list[Case] = []
        for entry in reading.entries:
            if not may_be_unnamed(entry) or any(related(entry.event_class, one) for one in taken.get(article.id, ())):
                continue
            case = next((case for case in cases if _goes_on(case, entry)), None)
            if case is None:
                case = Case(article.id, article.digest or article.id, article.published, story)
                cases.append(case)
            if all(entry.quote != other.quote for other in case.entries):
                case.named.update(_places_in(entry, reading))
            case.entries.append(entry)
            case.is_main = case.is_main or entry is main
        found += cases
    return found


def _places_in(entry: Entry, reading: Reading) -> Iterator[str]:
    """The places named in an entry's sentence; "Greek" names none."""
    if entry.quote_at is not None:
        for mention in reading.mentions[bisect_left(reading.mentions, entry.quote_at.start, key=lambda m: m.start) :]:
            if mention.start >= entry.quote_at.end:
                break
            if mention.kind == "LOC" and mention.text.lower() not in _demonyms():
                yield mention.text


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(form.lower() for form in demonyms())


def may_be_unnamed(entry: Entry) -> bool:
    """Whether an entry tells a grave occurrence as a fact."""
    known = event_classes().get(entry.event_class)
    plain = entry.course == "occurred" and not entry.negated and entry.event_class not in NOT_MADE
    return plain and known is not None and known.kind == "occasion" and is_grave(entry.event_class)


def _goes_on(case: Case, entry: Entry) -> bool:
    """Whether an entry tells on of a case of its article."""
    if not any(related(entry.event_class, other.event_class) for other in case.entries):
        return False
    return all(_places_agree(entry.place, o.place) and _dates_agree(entry, o) for o in case.entries[:GROUPS])


def _places_agree(one: str, other: str) -> bool:
    return not one or not other or one == other or is_country(one) != is_country(other)


def has_own_date(entry: Entry) -> bool:
    """Whether an entry's date is told, and not the day of the report."""
    return entry.when.known and entry.when_basis != "reported"


def _dates_agree(one: Entry, other: Entry) -> bool:
    if has_own_date(one) and has_own_date(other):
        return overlaps(one.when, other.when)
    return True


def _fits(group: Unnamed, case: Case, *, told_alike: bool, apart: Collection[frozenset[str]]) -> bool:
    """Whether a case is the group's event: nothing keeps them apart, and a happening or story ties them."""
    if group.cases[-1].article == case.article:  # cases come article by article
        return False
    if any(not _may_be_one(other, case, apart) for other in group.cases[:GROUPS]):
        return False
    same_place = bool(case.places & {place for other in group.cases[:GROUPS] for place in other.places})
    return told_alike or same_place or (case.is_main and any(other.is_main for other in group.cases))


def _may_be_one(one: Case, other: Case, apart: Collection[frozenset[str]]) -> bool:
    if not any(related(a.event_class, b.event_class) for a in one.entries for b in other.entries):
        return False
    if one.when.known and other.when.known and not overlaps(one.when, other.when):
        return False
    if not _places_agree(one.place, other.place):
        return False
    if apart and any(frozenset((a.id, b.id)) in apart for a in one.entries for b in other.entries):
        return False
    if not one.published.known or not other.published.known:
        return True
    first, second = sorted((one.published, other.published), key=sort_key)
    return second.first_day - first.last_day <= WINDOW


def _is_weighty(group: Unnamed) -> bool:
    """Whether several texts tell of it, not counting copies; or one in several sentences as its main matter."""
    if len({case.digest for case in group.cases}) > 1:
        return True
    case = group.cases[0]
    return case.is_main and len({entry.quote for entry in case.entries}) >= SENTENCES


def _days(when: When) -> int:
    return (when.last_day - when.first_day).days


# ------------------------------------------------------------------------------------------------- label


def label_of(group: Unnamed) -> str:
    """A neutral phrase: "Explosion in Oslo, 3 May 2021"; "" where the texts hold no noun for it, or no place."""
    noun = _noun(group)
    where = f"in {group.place}" if group.place else _whom(group)
    if not noun or not where:
        return ""
    when = group.when if group.when.known else _month_of(group)
    return f"{noun[:1].upper()}{noun[1:]} {where}" + (f", {describe(when)}" if when.known else "")


def _month_of(group: Unnamed) -> When:
    """The month of the first report, where the reports do not tell the day."""
    published = group.cases[0].published
    months = {(d.year, d.month) for d in (published.first_day, published.last_day)} if published.known else set()
    return unit("month", published.first_day) if len(months) == 1 else UNKNOWN


def _whom(group: Unnamed) -> str:
    """The one person whom it befell, as a phrase."""
    if group.event_class not in OF_PERSONS:
        return ""
    names = {
        part.name
        for entry in group.entries
        if entry.event_class == group.event_class
        for part in entry.participants
        if part.role == "affected" and part.name
    }
    return f"of {names.pop()}" if len(names) == 1 else ""


def _noun(group: Unnamed) -> str:
    """The noun that the most articles use for it, of what caused deaths before "death"."""
    articles: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for case in group.cases:
        words = Counter(word for quote in dict.fromkeys(e.quote for e in case.entries) for word in _nouns_in(quote))
        words += Counter(e.word.lower() for e in case.entries if noun_class(e.word.lower()))
        fitting = {word: n for word, n in words.items() if related(noun_class(word), group.event_class)}
        articles.update(fitting.keys())
        uses.update(fitting)
    own = {word: noun_class(word) == group.event_class for word in articles}
    return max(articles, key=lambda word: (own[word], articles[word], uses[word], word), default="")


def _nouns_in(text: str) -> Iterator[str]:
    """The event nouns of a text that stand behind an article or the like, with adjectives between."""
    for match in _DETERMINED.finditer(text):
        words = match.group(1).lower().split()
        yield from (noun for noun in words[:NOUN_PHRASE] if noun_class(noun))
