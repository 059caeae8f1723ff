"""Which articles are worth comparing: those that share terms that tell much, and lie near each other in time."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from .reports import Report, parse_keys

COMMON_KEYS = 2
NEIGHBOURS = 40
"""Articles before it, by day of publication, that share a term with an article and are looked at for that term; and
articles that it is compared with in the end."""

Postings = Mapping[str, tuple[list[int], list[float]]]
"""Key term → the numbers of the reports that have it, in order, and its weight in each."""


@dataclass(frozen=True, slots=True)
class Change:
    """A report that came or went."""

    position: int
    """The number from which on reports are later than it."""
    key_line: str


def find_pairs(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Numbers of the reports that are worth comparing; `reports` stand in order."""
    postings = file_terms(reports)
    for number, report in enumerate(reports):
        for other in find_near(number, report, postings):
            yield other, number


def file_terms(reports: Sequence[Report], wanted: Set[str] | None = None) -> Postings:
    """Reports by their key terms; by the `wanted` ones only, where they are given."""
    found: dict[str, tuple[list[int], list[float]]] = {}
    for number, report in enumerate(reports):
        cells = report.key_line.split("\t")
        for at in range(0, len(cells) - 1, 2):
            if wanted is None or cells[at] in wanted:
                if cells[at] not in found:
                    found[cells[at]] = [], []
                numbers, weights = found[cells[at]]
                numbers.append(number)
                weights.append(float(cells[at + 1]))
    return found


def terms_of(lines: Iterable[str]) -> set[str]:
    """The key terms of several reports, by their lines."""
    return {one for line in lines for one, _ in parse_keys(line)}


def find_near(number: int, report: Report, postings: Postings) -> list[int]:
    """The older reports that one is compared with, those first that share most with it.

    It is looked at with at most `NEIGHBOURS` of them for a term, and compared with at most so many: the cost grows with
    the number of articles, not with that of pairs.
    """
    shared: dict[int, float] = defaultdict(float)
    common: dict[int, int] = defaultdict(int)
    for one, value in parse_keys(report.key_line):
        numbers, weights = postings[one]
        end = bisect_left(numbers, number)
        last = slice(max(0, end - NEIGHBOURS), end)
        for other, weight in zip(numbers[last], weights[last], strict=True):
            shared[other] += value * weight
            common[other] += 1
    near = (other for other, terms in common.items() if terms >= COMMON_KEYS)
    return sorted(near, key=lambda other: (-shared[other], other))[:NEIGHBOURS]


def find_touched(postings: Postings, changes: Iterable[Change], came: Set[int]) -> set[int]:
    """The reports that may find others near them than before: those that came, and some of the next after each change.

    A report looks at the last `NEIGHBOURS` with a term: it never sees what lies behind so many that were there before
    and are there now. It notices what came or went in one term if that moves who stands at the edge, else in several.
    """
    positions: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        for one, _ in parse_keys(change.key_line):
            positions[one].append(change.position)
    noticed: Counter[int] = Counter()
    for one, changed in positions.items():
        numbers = postings[one][0] if one in postings else []
        edge, seen, upcoming = NEIGHBOURS - len(changed), 0, sorted(changed, reverse=True)
        for at in range(bisect_left(numbers, upcoming[-1]), len(numbers)):
            while upcoming and upcoming[-1] <= numbers[at]:
                upcoming.pop()
                seen = NEIGHBOURS
            if numbers[at] in came:
                continue
            if seen > 0:
                noticed[numbers[at]] += 1 if at < edge else COMMON_KEYS
                seen -= 1
            elif not upcoming:
                break
    return {*came, *(number for number, times in noticed.items() if times >= COMMON_KEYS)}
