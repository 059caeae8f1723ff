"""Where reports of one thing differ: the values stand side by side, each with who says so; none is promoted.

Two values differ only where both cannot be right: days that do not overlap, numbers of the same counted thing, places
and doers that exclude one another. What is merely coarser ("March", "at least 10", "about 100") differs from nothing.
Precision goes before recall, since a difference that is none misleads as much as one that is kept quiet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeVar

from . import when
from .model import Actor, Entry, Event
from .origins import plain
from .rules import read_table
from .when import When, sort_key

if TYPE_CHECKING:
    from .counts import Count

Field = Literal["day", "planned", "number", "place", "doer"]

DOUBTFUL_BASES = ("reported", "narrative", "")
"""Dates that an article does not give the thing itself contradict nobody."""
ONE_DOER = frozenset(("attack", "violence", "crime", "death", "disaster", "accident"))
"""Classes of happenings that have one doer, and reports that name another blame another."""
TERMED = frozenset(("withdrawal", "deployment", "construction", "closure"))
"""Classes of processes that come to an end on a day that is set; talks and wars have many days."""
MOST = 100
"""So many values of one thing are compared with each other."""
_SLACK = {"day": 3, "month": 31, "year": 366}
"""By how many days "about" may miss a date of such precision."""
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One of the things that are told, in words, and the entries that tell it."""

    words: str
    entries: tuple[Entry, ...]
    when: When = when.UNKNOWN
    """The date, where it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Values that cannot all be right: days in order of time, all others in order of publication, the newest last."""

    field: Field
    values: tuple[Value, ...]
    of: str = ""
    """What is counted: "killed", "troops"."""

    @property
    def short(self) -> str:
        """The values in a line: "10 or 12 killed"."""
        words = [value.words for value in self.values]
        line = ", ".join(words[:-1]) + " or " + words[-1]
        return f"{line} {self.of}".strip()


def find_differences(
    entries: Sequence[Entry], published: Mapping[str, When], actors: Mapping[str, Actor]
) -> tuple[Difference, ...]:
    """Where the entries of one happening differ in its day, in numbers, in its place and in who did it."""
    ordered = sorted(entries, key=lambda entry: (sort_key(published.get(entry.article, when.UNKNOWN)), entry.id))
    found = [_days(ordered, "day"), *_numbers(ordered), _places(ordered), _doers(ordered, actors)]
    return tuple(difference for difference in found if difference)


def event_differences(event: Event, entries: Sequence[Entry], published: Mapping[str, When]) -> tuple[Difference, ...]:
    """Where entries of one event differ in the day that is set for it, or in the day on which it was concluded."""
    ordered = sorted(entries, key=lambda entry: (sort_key(published.get(entry.article, when.UNKNOWN)), entry.id))
    found = []
    if event.kind != "process" or event.event_class in TERMED:
        planned = [replace(entry, when=_due(entry.when)) for entry in ordered if _sets_day(entry, event)]
        found.append(_days(planned, "planned", _told_as(ordered)))
    if event.kind == "instrument":
        names = {name.split()[-1].lower() for name in (event.label, *(alias.name for alias in event.aliases))}
        found.append(_days([entry for entry in ordered if _concludes(entry, event, names)], "day"))
    return tuple(difference for difference in found if difference)


# --------------------------------------------------------------------------------------------- values


def _gather(
    field: Field,
    told: Iterable[tuple[Hashable, str, Entry, _V]],
    differ: Callable[[_V, _V], bool],
    of: str = "",
) -> Difference | None:
    """The values by their keys, where two that differ come from two articles or two voices."""
    groups: dict[Hashable, list[tuple[str, Entry, _V]]] = defaultdict(list)
    for key, words, entry, value in told:
        groups[key].append((words, entry, value))
    first = {key: of[0][2] for key, of in groups.items()}
    tellers = {key: {_teller(entry) for _, entry, _ in of} for key, of in groups.items()}
    keys = list(groups)[:MOST]
    clash = [
        key
        for key in keys
        if any(differ(first[key], first[other]) and len(tellers[key] | tellers[other]) > 1 for other in keys)
    ]
    if len(clash) < 2:
        return None
    values = (Value(words=groups[key][0][0], entries=tuple(entry for _, entry, _ in groups[key])) for key in clash)
    return Difference(field=field, values=tuple(values), of=of)


def _teller(entry: Entry) -> tuple[str, str]:
    return entry.article, (entry.voice.actor or entry.voice.words) if entry.voice else ""


# --------------------------------------------------------------------------------------------- days


def dates_differ(a: When, b: When) -> bool:
    """Whether two dates cannot both be right; what the text hedges has some slack, what is open or inferred has all."""
    if not a.known or not b.known or a.doubtful or b.doubtful:
        return False
    (first, last), (start, end) = _reach(a), _reach(b)
    if first > end or start > last:
        return True
    inside = (first <= start and end <= last) or (start <= first and last <= end)
    return a.shape == b.shape == "lasted" and not inside


def _reach(one: When) -> tuple[int, int]:
    slack = _SLACK.get(one.end_precision or one.precision, 3660) if one.approximate else 0
    return one.first_day.toordinal() - slack, one.last_day.toordinal() + slack


def _days(entries: Sequence[Entry], field: Field, told_as: Mapping[str, When] | None = None) -> Difference | None:
    """The dates that differ, in order of time."""
    own = [entry for entry in entries if entry.when.known and entry.when_basis not in DOUBTFUL_BASES]
    own.sort(key=lambda entry: sort_key(entry.when))
    shown = told_as or {}
    found = _gather(
        field,
        ((when.format(entry.when), when.describe(shown.get(entry.id, entry.when)), entry, entry.when) for entry in own),
        dates_differ,
    )
    if found is None:
        return None
    return replace(found, values=tuple(replace(value, when=value.entries[0].when) for value in found.values))


def _due(one: When) -> When:
    """The day by which a thing is due, as that day: "by 11 September" says 11 September."""
    if one.shape != "by" or one.end is None:
        return one
    precision = one.end_precision if one.end_precision in ("day", "month", "year") else "day"
    return when.mark(when.unit(precision, one.end - timedelta(days=1)), approximate=one.approximate)


def _told_as(entries: Iterable[Entry]) -> dict[str, When]:
    """Entry → its date as it is told, for entries whose date was read as the day that is set."""
    return {entry.id: entry.when for entry in entries}


def _sets_day(entry: Entry, event: Event) -> bool:
    """Whether an entry tells for which day its event is planned, or its deadline."""
    if not entry.when.known or entry.when.shape == "from":
        return False
    if _near_words(entry, _day_words("deadline")):
        return True
    planned = entry.course in ("planned", "hypothetical", "postponed")
    return planned and entry.event_class == event.event_class and not _near_words(entry, _day_words("beginning"))


@cache
def _day_words(sort: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("en/deadlines.tsv") if row["sort"] == sort)


def _near_words(entry: Entry, words: Sequence[str]) -> bool:
    """Whether one of the words stands close to the words of the date."""
    text = " ".join(entry.quote.lower().split())
    at = text.find(entry.when_words.lower()) if entry.when_words else -1
    if at < 0:
        return False
    before = text[:at].split()[-4:]
    after = text[at + len(entry.when_words) :].split()[:6]
    near = f" {' '.join(word.strip(',.;:()“”') for word in (*before, *after))} "
    return any(f" {word} " in near for word in words)


def _concludes(entry: Entry, event: Event, names: Iterable[str]) -> bool:
    """Whether an entry names the deal itself with its date: "the February 29, 2020 deal"."""
    plainly = entry.course == "occurred" and not entry.negated and entry.event_class == event.event_class
    return plainly and entry.word.lower() in names


# --------------------------------------------------------------------------------------------- numbers


def _numbers(entries: Sequence[Entry]) -> list[Difference | None]:
    """The counts of one thing that differ, in order of publication: a higher toll that is told later stands last."""
    from .counts import find_counts  # reads dates, too, which few runs need

    told: dict[str, list[tuple[Entry, Count]]] = defaultdict(list)
    for entry in entries:
        if not entry.negated:
            for count in find_counts(entry.quote, entry.word):
                told[count.of].append((entry, count))
    return [
        _gather(
            "number",
            (((count.low, count.high), count.words, entry, count) for entry, count in told[of]),
            lambda a, b: not a.agrees(b),
            of=of,
        )
        for of in told
    ]


# --------------------------------------------------------------------------------------------- places, doers


def _places(entries: Sequence[Entry]) -> Difference | None:
    """Places that are no countries and have no word in common; a town lies in the country that another names."""
    from .events.keys import is_country  # reads lists of names, too, which few runs need

    named = [entry for entry in entries if entry.place and not is_country(entry.place)]

    def differ(a: frozenset[str], b: frozenset[str]) -> bool:
        return not a & b

    return _gather(
        "place",
        ((plain(entry.place), entry.place, entry, frozenset(plain(entry.place).split())) for entry in named),
        differ,
    )


def _doers(entries: Sequence[Entry], actors: Mapping[str, Actor]) -> Difference | None:
    """Who did it, where each report names one doer, of one kind, and does not name the other's at all."""
    told = []
    for entry in entries:
        agents = {part.actor for part in entry.participants if part.role == "agent" and part.actor in actors}
        if entry.event_class in ONE_DOER and len(agents) == 1 and not entry.negated:
            doer = actors[agents.pop()]
            named = frozenset(part.actor for part in entry.participants)
            told.append((doer.id, doer.name, entry, (doer, named)))

    def differ(a: tuple[Actor, frozenset[str]], b: tuple[Actor, frozenset[str]]) -> bool:
        (one, with_one), (other, with_other) = a, b
        return one.kind == other.kind and one.id not in with_other and other.id not in with_one

    return _gather("doer", told, differ)
