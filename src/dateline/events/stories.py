"""Which articles report the same event: its story, whatever their headlines and outlets.

Two articles are one story's where their wording (TF-IDF), the names in them and the days that they tell agree, and
where they were published in one stretch of time: the further apart, the more alike they must be. What belongs together
is found by average link, so that two stories are not joined through one article that has something of both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import heapify, heappop, heappush

from ..model import Entry, Reading
from ..text import digest
from ..when import When, is_day, overlaps, sort_key
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


@dataclass(frozen=True)
class Report:
    """An article prepared for comparison."""

    id: str
    published: When
    words: Vector
    plain: Vector
    """The words that are no names."""
    lead: Vector
    names: Vector
    days: Mapping[date, float]
    main: Entry | None
    body: str
    """A digest of the text without its title, the same for copies."""

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Oldest first; undated articles last."""
        return (not self.published.known, sort_key(self.published), self.id)

    @cached_property
    def keys(self) -> Mapping[str, float]:
        """The terms by which like articles are found."""
        ranked = sorted(self.words, key=lambda one: (-self.words[one], one))[:KEY_TERMS]
        return {one: self.words[one] for one in ranked}


def find_stories(readings: Sequence[Reading]) -> Mapping[str, Membership]:
    """Article id → the story it belongs to, for every article; the same for any order of `readings`."""
    everything = sorted((report_of(reading) for reading in readings), key=lambda report: report.order)
    originals: dict[str, Report] = {}
    for report in everything:
        originals.setdefault(report.body or report.id, report)
    reports = list(originals.values())
    found = _found_among(reports)
    for report in everything:
        original = originals[report.body or report.id]
        if report.id not in found:
            found[report.id] = Membership(found[original.id].story, (f"the same text as {original.id}",))
    return {id_: found[id_] for id_ in sorted(found)}


def _found_among(reports: Sequence[Report]) -> dict[str, Membership]:
    """The stories of articles in order, none of them a copy of another."""
    scores = {(a, b): likeness(reports[a], reports[b]) for a, b in find_pairs(reports)}
    groups = _join(len(reports), scores)
    story = {number: group[0] for group in groups for number in group}
    best: dict[int, tuple[int, int]] = {}
    for pair, value in scores.items():
        if story[pair[0]] == story[pair[1]]:
            for number in pair:
                if number not in best or value > scores[best[number]]:
                    best[number] = pair
    return {
        report.id: Membership(
            reports[story[number]].id,
            tuple(reasons(*(reports[one] for one in best[number]))) if number in best else (),
        )
        for number, report in enumerate(reports)
    }


# ------------------------------------------------------------------------------------------------- reports


def report_of(reading: Reading) -> Report:
    """What of an article is compared: weighted words, names, days, and its main event."""
    document = reading.document
    article = document.article
    title = article.title if article.title_basis != "generated" else ""
    body = "\n".join(document.text[part.start : part.end] for part in document.paragraphs)
    if title and body.startswith(title):
        body = body[len(title) :].lstrip()
    lead = Counter(terms(body[:LEAD_LENGTH]))
    words: dict[str, float] = dict(Counter(terms(body)))
    for one, count in lead.items():
        words[one] = words.get(one, 0) + (LEAD_WEIGHT - 1) * count
    for one in terms(title):
        words[one] = words.get(one, 0) + TITLE_WEIGHT
        lead[one] += 1
    names = Counter(one for mention in reading.mentions for one in terms(mention.text))
    return Report(
        id=article.id,
        published=article.published,
        words=vector(words),
        lead=vector(lead),
        plain=vector({one: count for one, count in words.items() if one not in names}),
        names=vector(names),
        days=_days(reading),
        main=max(reading.entries, key=lambda entry: (entry.salience, entry.id), default=None),
        body=digest(" ".join(body.split())) if body.strip() else "",
    )


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


def _join(number: int, scores: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Groups by average link over the pairs that were compared, the most alike first; members in order."""
    members: dict[int, list[int]] = {i: [i] for i in range(number)}
    links: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in range(number)}
    for (a, b), value in scores.items():
        links[a][b] = links[b][a] = (value, 1)
    heap = [(-value, a, b, 1, 1) for (a, b), value in scores.items() if value >= THRESHOLD]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            continue  # one of them has grown since
        members[a] += members.pop(b)
        links[a].pop(b)
        for other, (total, pairs) in links.pop(b).items():
            if other != a:
                del links[other][b]
                known = links[a].get(other, (0.0, 0))
                links[a][other] = links[other][a] = (known[0] + total, known[1] + pairs)
        for other, (total, pairs) in links[a].items():
            sizes = (len(members[a]), len(members[other]))
            mean = total / max(pairs, min(sizes[0] * sizes[1], WITNESSES))
            if mean >= THRESHOLD:
                first, second = sorted((a, other))
                heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))
    return [sorted(group) for group in members.values()]
