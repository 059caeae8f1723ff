"""Which articles report the same event: its story, whatever their headlines and outlets.

Two articles are one story's where their wording (TF-IDF), the names in them and the days that they tell agree, and
where they were published in one stretch of time: the further apart, the more alike they must be. What belongs together
is found by average link, so that two stories are not joined through one article that has something of both.

What the last run found stands wherever nothing changed: an article is compared with older ones near it, and only those
that come after a changed one look for them again (`neighbours`); stories are put together again as far as that reaches
(`linkage`). The result is the same as from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from ..model import Reading
from ..when import overlaps
from .lexicon import related
from .linkage import Linkage, Merge
from .neighbours import Change, file_terms, find_near, find_touched, terms_of
from .reports import Report, report_of
from .standing import Results, keep, recall
from .wording import Vector, cosine, shared_terms

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
UNIT = 10_000
"""Likeness is summed up as a whole number of such parts: the same in any order."""
KEPT = b"stories"


@dataclass(frozen=True, slots=True)
class Membership:
    """The story that an article belongs to, and why; an article without like ones is a story of its own."""

    story: str
    """Id of the story's oldest article."""
    reasons: tuple[str, ...] = ()
    """How it is like that article of the story which it is most like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRulings:
    """Articles whose main events a person told to be one, or not to be."""

    together: Sequence[tuple[str, str]] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What the last run found; plain lists, as they are kept. Articles are numbered in order, without copies."""

    bodies: dict[str, str] = field(default_factory=dict)
    """The digest of the body of each article, copies too, by its mark."""
    marks: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    near: list[list[int]] = field(default_factory=list)
    """The articles that each was compared with, each followed by the likeness of the two, in units."""
    log: list[Merge] = field(default_factory=list)
    story: list[int] = field(default_factory=list)
    """The first article of the story of each."""
    best: list[list[int]] = field(default_factory=list)
    """The two, one of them itself, that are most alike in its story; none where it is alone."""
    why: list[list[str]] = field(default_factory=list)
    together: list[list[str]] = field(default_factory=list)
    apart: dict[str, list[str]] = field(default_factory=dict)


def find_stories(
    readings: Sequence[Reading], rulings: StoryRulings | None = None, results: Results | None = None
) -> Mapping[str, Membership]:
    """Article id → the story it belongs to, for every article; the same for any order of `readings`.

    `results`: what was found before; what is found now is put to it.
    """
    known: Results = {} if results is None else results
    past = Past(*(recall(known, KEPT) or ()))
    everything = sorted((report_of(reading, known) for reading in readings), key=lambda report: report.order)
    originals: dict[str, Report] = {}
    for report in everything:
        if held := past.bodies.get(report.mark):
            report.body = held
        originals.setdefault(report.body or report.id, report)
    original = {report.id: originals[report.body or report.id].id for report in everything}
    reports, ruled = list(originals.values()), _of_originals(rulings or StoryRulings(), original)
    bodies = {report.mark: report.body for report in everything}
    now = _found_among(reports, ruled, past)
    if now is not past or bodies != past.bodies:
        now = replace(now, bodies=bodies)
        keep(known, KEPT, [getattr(now, part.name) for part in fields(now)])
    decided = {id_ for a, b in ruled.together if a != b for id_ in (a, b)}
    found = {}
    for number, report in enumerate(reports):
        why = (*now.why[number], "by decision") if report.id in decided else tuple(now.why[number])
        found[report.id] = Membership(reports[now.story[number]].id, why)
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


def _found_among(reports: Sequence[Report], rulings: StoryRulings, past: Past) -> Past:
    """What is found of articles in order, none of them a copy of another."""
    told = [[a, b] for a, b in rulings.together], {one: sorted(others) for one, others in rulings.apart.items()}
    if [report.mark for report in reports] == past.marks and told == (past.together, past.apart):
        return past
    place = {report.id: number for number, report in enumerate(reports)}
    now = _renumbered(reports, past)
    near, changed = _compared(reports, past, now)
    linkage = Linkage(
        near,
        THRESHOLD * UNIT,
        {place[one]: {place[other] for other in others} for one, others in rulings.apart.items()},
    )
    linkage.unite((place[a], place[b]) for a, b in rulings.together)
    ruled = _ruled_anew(told, past)
    linkage.run(
        ((mean, now[a], now[b]) for mean, a, b in past.log),
        changed.union(number for number, report in enumerate(reports) if report.id in ruled),
    )
    story, best = _stories(linkage, near, past, now)
    held = dict(zip(now, zip(past.best, past.why, strict=True), strict=True))
    why = []
    for number, pair in enumerate(best):
        earlier, words = held.get(number, ([], []))
        same = bool(pair) and [now[other] for other in earlier] == pair
        why.append(words if same else list(reasons(reports[pair[0]], reports[pair[1]])) if pair else [])
    return Past(
        marks=[report.mark for report in reports],
        keys=[report.key_line for report in reports],
        near=[[number for pair in of.items() for number in pair] for of in near],
        log=linkage.log,
        story=story,
        best=best,
        why=why,
        together=told[0],
        apart=told[1],
    )


def _renumbered(reports: Sequence[Report], past: Past) -> list[int]:
    """The number that each article of the last run has now, -1 where it is gone; and the key terms found for it."""
    number = {report.mark: number for number, report in enumerate(reports)}
    now = [number.get(mark, -1) for mark in past.marks]
    for at, line in zip(now, past.keys, strict=True):
        if at >= 0:
            reports[at].key_line = line
    return now


def _ruled_anew(told: tuple[list[list[str]], dict[str, list[str]]], past: Past) -> set[str]:
    """The articles of whom a person says what was not said in the last run, and those that were told to be one."""
    together, apart = told
    found = {id_ for pair in (*together, *past.together) for id_ in pair}
    return found | {one for one in apart.keys() | past.apart.keys() if apart.get(one) != past.apart.get(one)}


def _compared(reports: Sequence[Report], past: Past, now: Sequence[int]) -> tuple[list[dict[int, int]], set[int]]:
    """Each article with those that it is compared with, and their likeness; and the articles for which that changed."""
    near: list[dict[int, int]] = [{} for _ in reports]
    came = set(range(len(reports)))
    changes, position = [], 0
    for at, of, line in zip(now, past.near, past.keys, strict=True):
        if at < 0:
            changes.append(Change(position, line))
        else:
            near[at] = dict(zip((now[other] for other in of[::2]), of[1::2], strict=True))
            came.remove(at)
            position = at + 1
    changes += [Change(number + 1, reports[number].key_line) for number in sorted(came)]
    changed = set(came)
    touched = sorted(find_touched(file_terms(reports, terms_of(change.key_line for change in changes)), changes, came))
    postings = file_terms(reports, terms_of(reports[number].key_line for number in touched))
    for number in touched:
        before, found = near[number], find_near(number, reports[number], postings)
        if [*before] != found:
            changed.add(number)
            near[number] = {
                other: before[other] if other in before else round(likeness(reports[other], reports[number]) * UNIT)
                for other in found
            }
    return near, changed


def _stories(
    linkage: Linkage, near: Sequence[Mapping[int, int]], past: Past, now: Sequence[int]
) -> tuple[list[int], list[list[int]]]:
    """The first article of the story of each, and the pair in it by which it is most alike."""
    story = [0] * len(near)
    best: list[list[int]] = [[] for _ in near]
    for at, pair in zip(now, past.best, strict=True):
        if at >= 0:
            best[at] = [now[other] for other in pair]
    for first, members in linkage.members.items():
        of = sorted(members)
        for number in of:
            story[number] = of[0]
        if first in linkage.awake:
            for number, pair in _most_alike(of, near).items():
                best[number] = pair
    return story, best


def _most_alike(members: Sequence[int], near: Sequence[Mapping[int, int]]) -> dict[int, list[int]]:
    """For each article of a story the pair by which it is most alike, the first of several; none for one alone."""
    inside = set(members)
    best: dict[int, tuple[int, list[int]]] = {}
    for number in members:
        for other, value in near[number].items():
            if other in inside:
                for one in (other, number):
                    if one not in best or value > best[one][0]:
                        best[one] = value, [other, number]
    return {number: best[number][1] if number in best else [] for number in members}


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
