"""Which articles report the same event: its story, whatever their headlines and outlets.

Two articles are one story's where their wording (TF-IDF), the names in them and the days that they tell agree, and
where they were published in one stretch of time: the further apart, the more alike they must be. What belongs together
is found by average link, so that two stories are not joined through one article that has something of both.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from heapq import heapify, heappop, heappush

from ..model import Reading
from ..text import digest
from ..when import is_day, overlaps, sort_key
from .lexicon import related
from .wording import Vector, cosine, shared_terms, terms, vector

THRESHOLD = 0.22
"""The mean likeness from which two groups of articles are one story."""
WORDING, PLAIN, NAMES, LEAD = 0.3, 0.4, 0.2, 0.1
"""What the wording of the whole, its words without names, its names, and headline and first sentences count for.
Names alone would make one of all that is told of a man or a firm in one week."""
SAME_DAYS, SAME_CLASS = 0.06, 0.02
"""What is added, at most, where both tell of the same days; where their main events are of one class."""
OTHER_DAYS, OTHER_PLACE = 0.03, 0.03
"""What is taken off where both tell of days and share none; where their main events lie in different places."""
NEARNESS = ((3, 1.0), (7, 0.9), (14, 0.8), (30, 0.65), (90, 0.45))
"""Days between two reports, at most → what the likeness is multiplied by."""
FAR, UNDATED = 0.3, 0.6
"""The same for reports still further apart, and where one has no date."""
USUAL_TERMS, LENGTH_POWER, LENGTH_BOUNDS = 65, 0.18, (0.85, 1.3)
"""Two halves of one article have the more wording in common the longer they are: in news of 60 to 300 words the cosine
grows about with this power of their length. The likeness is divided by it, measured on a text of so many terms."""
LEAD_LENGTH = 400
TITLE_WEIGHT, LEAD_WEIGHT = 3, 2
KEY_TERMS = 25
"""Terms of an article by which others are looked for."""
COMMON_KEYS = 2
NEIGHBOURS = 40
"""Articles before it, by day of publication, that share a term with an article and are looked at for that term; and
articles that it is compared with in the end."""
WITNESSES = 64
"""Of two large groups so many pairs must have been compared; with fewer, what is missing counts as unlike."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The story that an article belongs to, and why; an article without like ones is a story of its own."""

    story: str
    """Id of the story's oldest article."""
    reasons: tuple[str, ...] = ()
    """How it is like that article of the story which it is most like."""


class Report:
    """An article prepared for comparison; what is dear to find is found when it is asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.id = reading.document.article.id
        self.published = reading.document.article.published
        self.days = _days(reading)
        self.main = max(reading.entries, key=lambda entry: (entry.salience, entry.id), default=None)

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Oldest first; undated articles last."""
        return (not self.published.known, sort_key(self.published), self.id)

    @cached_property
    def body(self) -> str:
        """A digest of the text without its title, the same for copies."""
        words = self._text.split()
        return digest(" ".join(words)) if words else ""

    @cached_property
    def digest(self) -> bytes:
        """What stands for all that is compared."""
        main = (self.main.event_class, self.main.place) if self.main else ()
        days = sorted((day.isoformat(), count) for day, count in self.days.items())
        names = [mention.text for mention in self._reading.mentions]
        told = repr((self._text, self._title, str(self.published), days, names, main))
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).digest()

    @cached_property
    def keys(self) -> Mapping[str, float]:
        """The terms by which like articles are found."""
        ranked = sorted(self.words, key=lambda one: (-self.words[one], one))[:KEY_TERMS]
        return {one: self.words[one] for one in ranked}

    @property
    def words(self) -> Vector:
        """The wording of the whole."""
        return self._vectors[0]

    @property
    def plain(self) -> Vector:
        """The words that are no names."""
        return self._vectors[1]

    @property
    def lead(self) -> Vector:
        """Headline and first sentences."""
        return self._vectors[2]

    @property
    def names(self) -> Vector:
        """The words of names."""
        return self._vectors[3]

    @property
    def _title(self) -> str:
        article = self._reading.document.article
        return article.title if article.title_basis != "generated" else ""

    @cached_property
    def _text(self) -> str:
        """The text without its title."""
        document = self._reading.document
        body = "\n".join(document.text[part.start : part.end] for part in document.paragraphs)
        return body.removeprefix(self._title).lstrip() if self._title else body

    @cached_property
    def _vectors(self) -> tuple[Vector, Vector, Vector, Vector]:
        lead = Counter(terms(self._text[:LEAD_LENGTH]))
        words: dict[str, float] = dict(Counter(terms(self._text)))
        for one, count in lead.items():
            words[one] = words.get(one, 0) + (LEAD_WEIGHT - 1) * count
        for one in terms(self._title):
            words[one] = words.get(one, 0) + TITLE_WEIGHT
            lead[one] += 1
        names = Counter(one for mention in self._reading.mentions for one in terms(mention.text))
        plain = {one: count for one, count in words.items() if one not in names}
        return vector(words), vector(plain), vector(lead), vector(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRulings:
    """Articles whose main events a person told to be one, or not to be."""

    together: Sequence[tuple[str, str]] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


Results = MutableMapping[bytes, str]
"""What was found for an article or for a pair, by its digest, as JSON: kept from one run to the next, never needed."""


def find_stories(
    readings: Sequence[Reading], rulings: StoryRulings | None = None, results: Results | None = None
) -> Mapping[str, Membership]:
    """Article id → the story it belongs to, for every article; the same for any order of `readings`.

    `results`: what was found before; what is found now is put to it.
    """
    everything = sorted((report_of(reading) for reading in readings), key=lambda report: report.order)
    originals: dict[str, Report] = {}
    for report in everything:
        originals.setdefault(report.body or report.id, report)
    original = {report.id: originals[report.body or report.id].id for report in everything}
    ruled = _of_originals(rulings or StoryRulings(), original)
    found = _found_among(list(originals.values()), ruled, {} if results is None else results)
    for report in everything:
        if report.id not in found:
            lead = original[report.id]
            found[report.id] = Membership(found[lead].story, (f"the same text as {lead}",))
    return {id_: found[id_] for id_ in sorted(found)}


def _of_originals(rulings: StoryRulings, original: Mapping[str, str]) -> StoryRulings:
    """Rulings on copies as those on what they are copies of; one text is one story whatever was said."""
    apart: dict[str, set[str]] = defaultdict(set)
    for one, others in rulings.apart.items():
        if one in original:
            apart[original[one]] |= {original[other] for other in others if other in original} - {original[one]}
    there = [(original[a], original[b]) for a, b in rulings.together if a in original and b in original]
    return StoryRulings(together=there, apart={one: frozenset(others) for one, others in apart.items()})


def _found_among(reports: Sequence[Report], rulings: StoryRulings, results: Results) -> dict[str, Membership]:
    """The stories of articles in order, none of them a copy of another."""
    _recall_keys(reports, results)
    scores = {(a, b): _scored(reports[a], reports[b], results) for a, b in find_pairs(reports)}
    place = {report.id: number for number, report in enumerate(reports)}
    groups = _join(
        len(reports),
        scores,
        [(place[a], place[b]) for a, b in rulings.together if a != b],
        {place[one]: {place[other] for other in others} for one, others in rulings.apart.items()},
    )
    story = {number: group[0] for group in groups for number in group}
    best: dict[int, tuple[int, int]] = {}
    for pair, value in scores.items():
        if story[pair[0]] == story[pair[1]]:
            for number in pair:
                if number not in best or value > scores[best[number]]:
                    best[number] = pair
    ruled = {place[id_] for pair in rulings.together for id_ in pair if pair[0] != pair[1]}
    found = {}
    for number, report in enumerate(reports):
        why = _told(reports[best[number][0]], reports[best[number][1]], results) if number in best else ()
        why = (*why, "by decision") if number in ruled else why
        found[report.id] = Membership(reports[story[number]].id, why)
    return found


def _recall_keys(reports: Sequence[Report], results: Results) -> None:
    """Give reports the key terms that were found for them before."""
    for report in reports:
        at = b"keys" + report.digest
        if held := results.get(at):
            report.keys = dict(json.loads(held))
        results[at] = held or json.dumps(list(report.keys.items()))


def _scored(a: Report, b: Report, results: Results) -> float:
    """The likeness of two, as it was found before or now."""
    at = b"like" + a.digest + b.digest
    held = results.get(at) or repr(likeness(a, b))
    results[at] = held
    return float(held)


def _told(a: Report, b: Report, results: Results) -> tuple[str, ...]:
    """The reasons of two, as they were found before or now."""
    at = b"why" + a.digest + b.digest
    held = results.get(at) or json.dumps(list(reasons(a, b)))
    results[at] = held
    return tuple(json.loads(held))


# ------------------------------------------------------------------------------------------------- reports


def report_of(reading: Reading) -> Report:
    """What of an article is compared: weighted words, names, days, and its main event."""
    return Report(reading)


def _days(reading: Reading) -> Mapping[date, float]:
    """The days that a text names, with how often; the day of publication is no news."""
    found: Counter[date] = Counter()
    for timex in reading.timexes:
        if timex.when.start and is_day(timex.when):
            found[timex.when.start] += 1
    return found


# -------------------------------------------------------------------------------------------------- blocks


def find_pairs(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Numbers of the reports that are worth comparing, by their common key terms; `reports` stand in order.

    Each is looked at with at most `NEIGHBOURS` older ones for a term, and compared with at most so many: the cost
    grows with the number of articles, not with that of pairs.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        shared: dict[int, float] = defaultdict(float)
        common: Counter[int] = Counter()
        for one, value in report.keys.items():
            for other in postings[one][-NEIGHBOURS:]:
                shared[other] += value * reports[other].keys[one]
                common[other] += 1
            postings[one].append(number)
        near = sorted((other for other in shared if common[other] >= COMMON_KEYS), key=lambda o: (-shared[o], o))
        for other in near[:NEIGHBOURS]:
            yield other, number


# ------------------------------------------------------------------------------------------------- scores


def likeness(a: Report, b: Report) -> float:
    """How likely two articles report one event, from 0 to about 1. It depends on these two alone."""
    value = sum(share * cosine(one, other) for _, share, one, other in _parts(a, b))
    value += sum(points for points, _ in _signs(a, b))
    return round(max(0.0, value) * _nearness(a, b)[0] / _ripeness(a, b), 4)


def reasons(a: Report, b: Report) -> Iterator[str]:
    """What the likeness of two articles is made of, in words."""
    for name, _, one, other in _parts(a, b):
        shared = ", ".join(shared_terms(one, other))
        yield f"{name} {cosine(one, other):.2f}" + (f" ({shared})" if shared else "")
    for points, reason in _signs(a, b):
        yield f"{reason} {points:+.2f}"
    yield _nearness(a, b)[1]


def _parts(a: Report, b: Report) -> tuple[tuple[str, float, Vector, Vector], ...]:
    return (
        ("wording", WORDING, a.words, b.words),
        ("words but names", PLAIN, a.plain, b.plain),
        ("names", NAMES, a.names, b.names),
        ("lead", LEAD, a.lead, b.lead),
    )


def _ripeness(a: Report, b: Report) -> float:
    """How much wording the shorter of two texts gives them to have in common."""
    low, high = LENGTH_BOUNDS
    return float(min(high, max(low, (min(len(a.words), len(b.words)) / USUAL_TERMS) ** LENGTH_POWER)))


def _signs(a: Report, b: Report) -> Iterator[tuple[float, str]]:
    if a.days and b.days:
        alike = _same_days(a.days, b.days)
        yield (SAME_DAYS * alike, "the same days") if alike else (-OTHER_DAYS, "other days")
    if not a.main or not b.main:
        return
    if related(a.main.event_class, b.main.event_class):
        yield SAME_CLASS, f"main events {a.main.event_class}, {b.main.event_class}"
    if a.main.place and b.main.place and a.main.place != b.main.place:
        yield -OTHER_PLACE, f"in {a.main.place}, in {b.main.place}"


def _same_days(a: Mapping[date, float], b: Mapping[date, float]) -> float:
    """The share of the days told that both tell."""
    common = sum(min(a[day], b[day]) for day in a.keys() & b.keys())
    return common / min(sum(a.values()), sum(b.values()))


def _nearness(a: Report, b: Report) -> tuple[float, str]:
    """A factor for how near in time two articles lie: by publication, else by the days that they tell of."""
    if a.published.known and b.published.known:
        one, other = a.published, b.published
        gap = (
            0
            if overlaps(one, other)
            else max((one.first_day - other.last_day).days, (other.first_day - one.last_day).days)
        )
        told = "published"
    elif a.days and b.days:
        gap, told = min(abs((one - other).days) for one in a.days for other in b.days), "days told"
    else:
        return UNDATED, "published on an unknown day"
    words = f"{told} on one day" if gap == 0 else f"{told} {gap} day{'s' if gap > 1 else ''} apart"
    return next((factor for days, factor in NEARNESS if gap <= days), FAR), words


# -------------------------------------------------------------------------------------------------- groups


def _join(
    number: int,
    scores: Mapping[tuple[int, int], float],
    together: Sequence[tuple[int, int]],
    apart: Mapping[int, Set[int]],
) -> list[list[int]]:
    """Groups by average link over the pairs that were compared, the most alike first; members in order.

    `together` are one whatever their likeness; those of `apart` never.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(number)}
    links: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(number)}
    for (a, b), value in scores.items():
        links[a][b] = links[b][a] = (value, 1)
    home = list(range(number))
    for one, other in together:
        a, b = sorted((home[one], home[other]))
        if a != b:
            _unite(a, b, members, links)
            for at in members[a]:
                home[at] = a
    heap = list(_likely(members, links, members))
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            continue  # one of them has grown since
        if apart and any(not apart.get(one, frozenset()).isdisjoint(members[b]) for one in members[a]):
            continue
        _unite(a, b, members, links)
        for found in _likely(members, links, (a,)):
            heappush(heap, found)
    return [sorted(group) for group in members.values()]


def _unite(a: int, b: int, members: dict[int, list[int]], links: dict[int, dict[int, tuple[float, int]]]) -> None:
    """Put the group of `b` to that of `a`, with its links."""
    members[a] += members.pop(b)
    links[a].pop(b, None)
    for other, (total, pairs) in links.pop(b).items():
        if other != a:
            del links[other][b]
            known = links[a].get(other, (0.0, 0))
            links[a][other] = links[other][a] = (known[0] + total, known[1] + pairs)


def _likely(
    members: Mapping[int, Sequence[int]], links: Mapping[int, Mapping[int, tuple[float, int]]], of: Iterable[int]
) -> Iterator[tuple[float, int, int, int, int]]:
    """The groups that are one story with one of these: less their mean likeness, both, and their sizes."""
    for one in of:
        for other, (total, pairs) in links[one].items():
            size = len(members[one]) * len(members[other])
            mean = total / max(pairs, min(size, WITNESSES))
            if mean >= THRESHOLD:
                first, second = sorted((one, other))
                yield -mean, first, second, len(members[first]), len(members[second])
