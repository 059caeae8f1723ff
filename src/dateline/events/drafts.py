"""Which namings of one article mean one event: those that share words, complete each other, or refer back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..when import UNKNOWN, When, format, overlaps
from .keys import is_country
from .lexicon import kind_of

NEAR_GROUPS = 12
"""Last groups of a class, or drafts of a group, that a new naming is compared with."""
MANY_GROUPS = 200
"""Names in one article from which on it is a list, whose names are not put together by what they lack."""
VISITOR_CLASSES = frozenset(["visit", "travel"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A naming before those of one article are put together. `key` is empty for a mere "the conference"."""

    start: int
    end: int
    text: str
    name: str
    head: str
    event_class: str
    when: When
    key: frozenset[str]
    definite: bool = False
    sort: str = "noun"
    """what the name is made of: place, proper, date, verb"""
    bare: bool = False
    """Nothing but "the" stands before the noun."""
    line: int = 0
    """The number of its sentence."""
    actors: frozenset[str] = frozenset()
    """Names in the sentence, for telling whether two names may mean one thing."""
    phase: str = ""
    """Which part of an event it names: "third round"."""
    another: bool = False
    """Whether the phrase says that it is not the one named before: "a similar meeting"."""


def group_drafts(drafts: Sequence[Draft]) -> list[list[int]]:
    """Indexes of the drafts that name one event, in order of first naming; loose "the conference"s are joined on."""
    groups: list[list[int]] = []
    index: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if not draft.name:
            continue
        group = _group_for(drafts, index, draft)
        if group is None:
            group = []
            groups.append(group)
        group.append(i)
        for word in ("", *draft.key):
            near = index[draft.event_class, word]
            if not any(known is group for known in near[-NEAR_GROUPS:]):
                near.append(group)
    groups = _merge_complements(drafts, groups)
    _attach_definites(drafts, groups)
    return groups


def _just_named(drafts: Sequence[Draft], groups: Sequence[list[int]], draft: Draft) -> list[int] | None:
    """The group that "the talks that began in Doha" goes on about: the last of its class, just named, by no place."""
    near = [
        group
        for group in groups
        if draft.line - drafts[group[-1]].line <= 1
        and all(drafts[i].sort == "proper" and not is_country(_modifier(drafts[i])) for i in group if drafts[i].name)
    ]
    return near[0] if len(near) == 1 else None


def _modifier(draft: Draft) -> str:
    """The name without the noun that heads it."""
    return draft.name.removesuffix(draft.head).strip()


def _group_for(
    drafts: Sequence[Draft], index: Mapping[tuple[str, str], list[list[int]]], draft: Draft
) -> list[int] | None:
    """The group that a draft belongs to: one that shares a word, or that it goes on about without one."""
    if draft.another:
        return None
    words = sorted(draft.key) or [""]
    for word in words:
        for group in index.get((draft.event_class, word), [])[-NEAR_GROUPS:]:
            if _one_event([drafts[k] for k in group[:NEAR_GROUPS]], draft):
                return group
    of_class = index.get((draft.event_class, ""), [])
    if draft.sort != "place" or not of_class:
        return None
    if draft.definite and is_country(_modifier(draft)) and len(of_class) == 1:
        # "the conference in Turkey" after "the Istanbul Conference": the country says where that is.
        return of_class[0]
    return _just_named(drafts, of_class[-NEAR_GROUPS:], draft) if draft.bare else None


def _one_event(group: Sequence[Draft], draft: Draft) -> bool:
    """Whether a draft names what the group names: same class, one set of words inside the other, dates that agree."""
    if group[0].event_class != draft.event_class or group[0].phase != draft.phase:
        return False
    whens = [d.when for d in group if d.when.known]
    if draft.when.known and whens and not any(overlaps(draft.when, when) for when in whens):
        return False
    keys = [d.key for d in group if d.key]
    if not draft.key or not keys:
        return bool(draft.when.known and whens)
    if draft.event_class in VISITOR_CLASSES:
        return any(draft.key == key for key in keys)
    if any(draft.key == key for key in keys):
        return True
    return draft.definite and any(draft.key < key or key < draft.key for key in keys)


def _merge_complements(drafts: Sequence[Draft], groups: list[list[int]]) -> list[list[int]]:
    """Put together groups of one agreement that name it by different things: its place, its parties, its day.

    Only for instruments, only definite, and only where the article names no second one by the same sort of thing.
    """
    merged: list[list[int]] = []
    if len(groups) > MANY_GROUPS:
        return groups
    for group in groups:
        first = drafts[group[0]]
        partner = next((other for other in merged if _complement(drafts, other, group)), None)
        if partner is not None and kind_of(first.event_class) == "instrument":
            partner += group
        else:
            merged.append(list(group))
    return merged


def _complement(drafts: Sequence[Draft], one: Sequence[int], other: Sequence[int]) -> bool:
    a, b = [drafts[i] for i in one], [drafts[i] for i in other]
    if a[0].event_class != b[0].event_class or not all(d.definite for d in (*a, *b)):
        return False
    if _name_sort(a) & _name_sort(b):
        return False
    whens_a, whens_b = [d.when for d in a if d.when.known], [d.when for d in b if d.when.known]
    if whens_a and whens_b and not any(overlaps(x, y) for x in whens_a for y in whens_b):
        return False
    shared = frozenset.union(*(d.actors for d in a)) & frozenset.union(*(d.actors for d in b))
    return bool(shared)


def _name_sort(group: Sequence[Draft]) -> set[str]:
    """What the names of a group are made of: day, parties (hyphenated or countries), or a place or title."""
    sorts = set()
    for draft in group:
        modifier = _modifier(draft)
        if draft.sort == "date":
            sorts.add("date")
        elif "-" in modifier or all(is_country(word) for word in modifier.split()):
            sorts.add("parties")
        else:
            sorts.add("title")
    return sorts


def _attach_definites(drafts: Sequence[Draft], groups: list[list[int]]) -> None:
    """Give each "the conference" to the group of its class that was named last before it."""
    owner = {i: group for group in groups for i in group}
    last: dict[str, list[int]] = {}
    for i, draft in enumerate(drafts):
        if i in owner:
            last[draft.event_class] = owner[i]
        elif draft.event_class in last and not draft.name:
            last[draft.event_class].append(i)
    for group in groups:
        group.sort()


def distinct_names(groups: Sequence[Sequence[Draft]]) -> list[str]:
    """The name of each group; where two would share one, the date is added."""
    names = [_fullest(group) for group in groups]
    counts = Counter(name.lower() for name in names)
    result: list[str] = []
    taken: set[str] = set()
    for group, name in zip(groups, names, strict=True):
        when = next((d.when for d in group if d.when.known), UNKNOWN)
        if counts[name.lower()] > 1 and when.known:
            name = f"{name} ({format(when)[:4]})" if format(when)[:4].isdigit() else name
        while name in taken:
            name += " (other)"
        taken.add(name)
        result.append(name)
    return result


def _fullest(group: Sequence[Draft]) -> str:
    """The form that names the event best: a name before a date, then the most frequent, then the first."""
    named = [d for d in group if d.name]
    best = [d for d in named if d.sort not in ("date",)] or named
    counts = Counter(d.name.lower() for d in best)
    chosen = max(best, key=lambda d: (counts[d.name.lower()], d.sort != "verb", -best.index(d)))
    same = [d.name for d in best if d.name.lower() == chosen.name.lower()]
    return max(same, key=lambda name: (sum(c.isupper() for c in name), -same.index(name)))
