"""Things told alike, each found among those before it: the first of its kind leads, and what is like it follows.

Things are gone through in an order. Under each of its marks a thing finds the leads that were filed there before it,
the first few only; it follows the one that it is like, else it leads and is filed itself. After a change only those
are asked again under whose marks other leads stand now. What is found is what would be found from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDEST = 16
"""What leads from so many things to others tells none from another."""


@dataclass(slots=True, eq=False)
class Thing:
    """Something that may be told like another; two of one id are two things where they hold other marks."""

    id: str
    marks: Sequence[Hashable]
    same: str = ""
    """Things of one such word are alike whatever else they hold."""
    order: Any = None
    """Its place among things, as something to sort by."""
    lead: Thing | None = None
    """What it follows, as it was found last; itself where it leads."""
    gone: bool = False
    """Whether it is no more."""
    rank: int = 0
    """Its place among things, as a number."""


Choose = Callable[[Thing, Mapping[Thing, int]], Thing | None]
"""Which of some leads a thing follows; they come with the number of marks that they share with it."""


def follow(before: Sequence[Thing], came: Iterable[Thing], choose: Choose) -> list[Thing]:
    """All things that are there now, in order, each with its lead.

    `before`: those of the last run in their order, with the leads that they had then, some of them gone; `came`: those
    that were not there then. Whether one follows another may hang on these two alone.
    """
    filed, first = _Files(WIDEST, bool(before)), _Files(1, bool(before))
    found: list[Thing] = []
    for thing in _merged(before, came):
        was, same = thing.lead, (thing.same,) if thing.same else ()
        if thing.gone:
            now = None
        else:
            thing.rank = len(found)
            found.append(thing)
            now = was
            if was is None or filed.differ(thing.marks) or first.differ(same):
                now = next(iter(first.under(same)), None) or choose(thing, filed.under(thing.marks)) or thing
            thing.lead = now
        filed.put(thing.marks, thing if now is thing else None, thing if was is thing else None)
        first.put(same, now, was)
    return found


def _merged(before: Sequence[Thing], came: Iterable[Thing]) -> Iterator[Thing]:
    """Things in order; where those stand that are gone matters only beside those that were there with them."""
    new = sorted(came, key=lambda thing: thing.order, reverse=True)
    for thing in before:
        while new and not thing.gone and new[-1].order < thing.order:
            yield new.pop()
        yield thing
    yield from reversed(new)


class _Files:
    """Leads by mark, and, where those of the last run were others up to here, these as well."""

    def __init__(self, widest: int, compared: bool) -> None:
        self._widest = widest
        self._compared = compared
        self._now: dict[Hashable, list[Thing]] = {}
        self._was: dict[Hashable, list[Thing]] = {}

    def differ(self, marks: Sequence[Hashable]) -> bool:
        """Whether other leads stand under any of these marks than stood there in the last run."""
        return bool(self._was) and not self._was.keys().isdisjoint(marks)

    def under(self, marks: Iterable[Hashable]) -> Mapping[Thing, int]:
        """The leads under some marks, and under how many each stands."""
        return Counter(lead for mark in marks for lead in self._now.get(mark, ()))

    def put(self, marks: Iterable[Hashable], now: Thing | None, was: Thing | None) -> None:
        """File what leads now, and what led in the last run; None for nothing."""
        if now is None and was is None:
            return
        for mark in marks:
            held = self._now.setdefault(mark, [])
            if self._compared and (now is not was or mark in self._was):
                self._put_before(mark, held, now, was)
            elif now and len(held) < self._widest:
                held.append(now)

    def _put_before(self, mark: Hashable, held: list[Thing], now: Thing | None, was: Thing | None) -> None:
        earlier = self._was.setdefault(mark, held.copy())
        for leads, one in ((held, now), (earlier, was)):
            if one and len(leads) < self._widest:
                leads.append(one)
        if held == earlier:
            del self._was[mark]
