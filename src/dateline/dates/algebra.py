"""The algebra of relative time: operators that are built from words first and applied to an anchor later.

An anchor is a `When` (mostly the day of publication). Each operator works on one day; for an anchor that covers several
it works on the first and the last, so that an interval gives an interval, an open side stays open and the unknown
stays unknown. The idea of cycles and operators over them follows timenorm's SCATE (Bethard and Parker 2016).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, Protocol

from .. import when as w
from ..when import UNKNOWN, When

Unit = Literal["day", "week", "month", "quarter", "season", "half", "year", "decade", "century"]
_MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN: dict[str, int] = {"day": 1, "week": 7}
_FEW = 4
"""So many candidates are listed one by one."""
_TRIES = 12  # 29 February needs eight years to come round over 1900


class Recurring(Protocol):
    """What comes round, numbered: a `Cycle`, or a feast."""

    def number(self, on: date) -> int:
        """The running number of the part or its parent that holds a day."""
        ...

    def part(self, number: int) -> When:
        """The part with that number; unknown where there is none."""
        ...


class Operator(Protocol):
    """Something that reckons one time from another."""

    def apply(self, anchor: When) -> When:
        """The time it means, seen from `anchor`; unknown where that is unknown."""
        ...


# --- cycles -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cycle:
    """What comes round: every month, every Thursday, every 11 September, every winter.

    `unit` is the parent that is counted; the fields say which part of it: nothing for the whole, `weekday` (0 Monday)
    with `length` days for a week, `month` with `length` months for a year, `month` and `day` for a date, `day` alone
    for a day of the month.
    """

    unit: Unit
    weekday: int = -1
    month: int = 0
    day: int = 0
    length: int = 1

    def number(self, on: date) -> int:
        """The running number of the parent that holds a day."""
        if self.unit in _DAYS_IN:
            return (on.toordinal() - 1) // _DAYS_IN[self.unit]
        if self.unit == "season":
            return (on.year * 12 + on.month) // 3
        return (on.year * 12 + on.month - 1) // _MONTHS_IN[self.unit]

    def part(self, number: int) -> When:
        """The part of the parent with that number; unknown where it has none, as 29 February."""
        try:
            return self._part(number)
        except (ValueError, OverflowError):
            return UNKNOWN

    def _part(self, number: int) -> When:
        if self.unit in _DAYS_IN:
            return self._days(date.fromordinal(number * _DAYS_IN[self.unit] + 1))
        if self.unit == "season":
            return _months(number * 3 - 1, 3)
        if self.month:
            return self._in_year(number)
        if self.day:
            return w.day(date(number // 12, number % 12 + 1, self.day))
        return _months(number * _MONTHS_IN[self.unit], _MONTHS_IN[self.unit])

    def _days(self, first: date) -> When:
        if self.unit == "day":
            return w.day(first)
        if self.weekday < 0:
            return w.within(w.day(first), w.day(first + timedelta(6)))
        start = first + timedelta(self.weekday)
        return w.within(w.day(start), w.day(start + timedelta(self.length - 1)))

    def _in_year(self, year: int) -> When:
        if self.day:
            return w.day(date(year, self.month, self.day))
        return _months(year * 12 + self.month - 1, self.length)


def _months(first: int, count: int) -> When:
    """So many months from the one with that running number."""
    start, last = date(first // 12, first % 12 + 1, 1), first + count - 1
    if count in (12, 120, 1200):
        return w.unit({12: "year", 120: "decade", 1200: "century"}[count], start)  # type: ignore[arg-type]
    return w.within(w.unit("month", start), w.unit("month", date(last // 12, last % 12 + 1, 1)))


DAY, WEEK, MONTH, YEAR = Cycle("day"), Cycle("week"), Cycle("month"), Cycle("year")
WEEKEND = Cycle("week", weekday=5, length=2)


# --- operators ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fixed:
    """A time that the words name in full, whatever the anchor."""

    when: When

    def apply(self, anchor: When) -> When:
        """The named time."""
        return self.when


@dataclass(frozen=True, slots=True)
class Anchor:
    """The anchor itself."""

    def apply(self, anchor: When) -> When:
        """The anchor."""
        return anchor


@dataclass(frozen=True, slots=True)
class This:
    """The part of the anchor's own parent: this month; Thursday of this week; September of this year."""

    cycle: Recurring

    def apply(self, anchor: When) -> When:
        """The part that lies in the parent of the anchor."""
        return _spread(anchor, lambda on: self.cycle.part(self.cycle.number(on)))


@dataclass(frozen=True, slots=True)
class Last:
    """The nth before the anchor, not holding it; `inclusive`: the anchor's own counts, where it has begun."""

    cycle: Recurring
    n: int = 1
    inclusive: bool = False

    def apply(self, anchor: When) -> When:
        """The nth that ended before (inclusive: began by) the anchor."""
        return _spread(anchor, self._seek)

    def _seek(self, on: date) -> When:
        found, number = 0, self.cycle.number(on) + 1
        for k in range(number, number - self.n - _TRIES, -1):
            part = self.cycle.part(k)
            if part.known and (part.last_day < on or (self.inclusive and part.first_day <= on)):
                found += 1
                if found == self.n:
                    return part
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Next:
    """The nth after the anchor, not holding it; `inclusive`: the anchor's own counts, where it has not ended.

    `grace`: one that ended so many days ago still counts: "is to run from 23 January", written on the 28th.
    """

    cycle: Recurring
    n: int = 1
    inclusive: bool = False
    grace: int = 0

    def apply(self, anchor: When) -> When:
        """The nth that begins after (inclusive: ends on or after) the anchor."""
        return _spread(anchor, self._seek)

    def _seek(self, on: date) -> When:
        if self.grace:
            on = _move(on, -self.grace, "day") or on
        found, number = 0, self.cycle.number(on) - 1
        for k in range(number, number + self.n + _TRIES):
            part = self.cycle.part(k)
            if part.known and (part.first_day > on or (self.inclusive and part.last_day >= on)):
                found += 1
                if found == self.n:
                    return part
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Nearest:
    """The one that lies nearest to the anchor; the earlier of two as near."""

    cycle: Recurring

    def apply(self, anchor: When) -> When:
        """The nearest of the last and the next."""
        return _spread(anchor, self._seek)

    def _seek(self, on: date) -> When:
        at = w.day(on)
        past, coming = Last(self.cycle, inclusive=True).apply(at), Next(self.cycle, inclusive=True).apply(at)
        if not past.known or not coming.known:
            return past if past.known else coming
        return past if on - past.last_day <= coming.first_day - on else coming


@dataclass(frozen=True, slots=True)
class LastUnlessNear:
    """The last one, but the next where that is near and the last nearly a whole round ago.

    "The deadline was extended to 10 November", written on 30 October, does not mean last year's.
    """

    cycle: Cycle
    near: int = 45

    def apply(self, anchor: When) -> When:
        """The last, or the next that lies at most `near` days ahead."""
        return _spread(anchor, self._seek)

    def _seek(self, on: date) -> When:
        at = w.day(on)
        past, coming = Last(self.cycle, inclusive=True).apply(at), Next(self.cycle, inclusive=True).apply(at)
        if past.known and coming.known and (coming.first_day - on).days <= self.near:
            return past if past.last_day == on else coming
        return past


@dataclass(frozen=True, slots=True)
class Shift:
    """The anchor moved by n units; `to` is the cycle whose part is meant ("a year ago": about that month)."""

    n: int
    unit: Unit
    to: Recurring = DAY
    approximate: bool = False

    def apply(self, anchor: When) -> When:
        """The moved time."""
        return w.mark(_spread(anchor, self._move), approximate=self.approximate)

    def _move(self, on: date) -> When:
        moved = _move(on, self.n, self.unit)
        return self.to.part(self.to.number(moved)) if moved else UNKNOWN


def _move(on: date, n: int, unit: str) -> date | None:
    try:
        if unit in _DAYS_IN:
            return on + timedelta(n * _DAYS_IN[unit])
        index = on.year * 12 + on.month - 1 + n * _MONTHS_IN[unit]
        return _clipped(index // 12, index % 12 + 1, on.day)
    except (ValueError, OverflowError, KeyError):
        return None


def _clipped(year: int, month: int, day: int) -> date:
    """That date, or the last of the month where the month is shorter."""
    for at in range(day, 27, -1):
        try:
            return date(year, month, at)
        except ValueError:
            continue
    return date(year, month, min(day, 28))


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth of a cycle inside a time: the third week of May; -1 is the last."""

    n: int
    cycle: Recurring
    inside: Operator

    def apply(self, anchor: When) -> When:
        """The nth part that begins inside; unknown where there are fewer."""
        frame = self.inside.apply(anchor)
        if frame.shape in ("unknown", "by", "from"):
            return UNKNOWN
        if self.n > 0:
            before = _neighbour(frame.first_day, -1)
            found = Next(self.cycle, self.n).apply(before)
        else:
            found = Last(self.cycle, -self.n).apply(_neighbour(frame.last_day, 1))
        return found if w.overlaps(found, frame) else UNKNOWN


def _neighbour(on: date, step: int) -> When:
    try:
        return w.day(on + timedelta(step))
    except OverflowError:
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Chain:
    """One operator seen from the result of another: September of last year."""

    first: Operator
    then: Operator

    def apply(self, anchor: When) -> When:
        """`then` applied to what `first` gives."""
        return self.then.apply(self.first.apply(anchor))


@dataclass(frozen=True, slots=True)
class Between:
    """From one time to another: `lasted`, or some one day of it."""

    first: Operator
    last: Operator
    lasting: bool = True

    def apply(self, anchor: When) -> When:
        """The stretch from the first's start to the last's end."""
        join = w.lasted if self.lasting else w.within
        return join(self.first.apply(anchor), self.last.apply(anchor))


@dataclass(frozen=True, slots=True)
class Before:
    """By the end of a time; `strictly`: before it begins."""

    of: Operator
    strictly: bool = False

    def apply(self, anchor: When) -> When:
        """An open stretch up to it."""
        at = self.of.apply(anchor)
        if self.strictly and at.known:
            at = _neighbour(at.first_day, -1)
        return w.until(at)


@dataclass(frozen=True, slots=True)
class After:
    """From a time on; `strictly`: after it has ended."""

    of: Operator
    strictly: bool = False

    def apply(self, anchor: When) -> When:
        """An open stretch from it."""
        at = self.of.apply(anchor)
        if self.strictly and at.known:
            at = _neighbour(at.last_day, 1)
        return w.since(at)


@dataclass(frozen=True, slots=True)
class Intersect:
    """What two times share: earlier this month is this month and before today."""

    a: Operator
    b: Operator

    def apply(self, anchor: When) -> When:
        """Some day that lies in both; the first of them where they share nothing."""
        a, b = self.a.apply(anchor), self.b.apply(anchor)
        if not w.overlaps(a, b):
            return a
        start, last = max(a.first_day, b.first_day), min(a.last_day, b.last_day)
        return w.within(w.day(start), w.day(last)) if (start, last) != (a.first_day, a.last_day) else a


@dataclass(frozen=True, slots=True)
class Part:
    """The early, middle or late third of a time."""

    which: Literal["early", "mid", "late"]
    of: Operator

    def apply(self, anchor: When) -> When:
        """Some day in that third, in whole months where the time has twelve or more."""
        frame = self.of.apply(anchor)
        if frame.shape != "unit" or frame.precision not in ("month", "year", "decade"):
            return frame
        at = {"early": 0, "mid": 1, "late": 2}[self.which]
        if frame.precision == "month":
            first = frame.first_day.replace(day=1 + 10 * at)
            last = frame.last_day if at == 2 else frame.first_day.replace(day=10 + 10 * at)
            return w.within(w.day(first), w.day(last))
        if frame.precision == "year":
            year = frame.first_day.year
            return _months(year * 12 + 4 * at, 4)
        first_year = frame.last_day.year - 9 + (0, 3, 6)[at]
        span = (max(first_year, 1), first_year + 3)
        return w.within(*(w.unit("year", date(year, 1, 1)) for year in span))


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several times: 11 or 12 May."""

    options: tuple[Operator, ...]

    def apply(self, anchor: When) -> When:
        """The set of them."""
        return w.one_of(*(option.apply(anchor) for option in self.options))


@dataclass(frozen=True, slots=True)
class Both:
    """What the words name (`named`: it gives the TIMEX3 value) and what they mean (`meant`: it gives the time)."""

    named: Operator
    meant: Operator

    def apply(self, anchor: When) -> When:
        """What is meant."""
        return self.meant.apply(anchor)


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """The date that falls on a given weekday: as `of` says, else the nearest year's that does."""

    of: Operator
    cycle: Recurring
    weekday: int

    def apply(self, anchor: When) -> When:
        """The date; as `of` says where no near year fits either."""
        first = self.of.apply(anchor)
        if first.shape == "within":
            return self._within(first)
        tries = [first, Nearest(self.cycle).apply(anchor)]
        tries += [step(self.cycle, n).apply(anchor) for n in (1, 2) for step in (Last, Next)]
        fitting = (t for t in tries if w.is_day(t) and t.first_day.weekday() == self.weekday)
        return next(fitting, first)

    def _within(self, stretch: When) -> When:
        """The few dates of a stretch of years that fall on the weekday; the stretch where they are many or none."""
        first, last = (self.cycle.number(day) for day in (stretch.first_day, stretch.last_day))
        parts = map(self.cycle.part, range(first, min(last, first + 7 * _FEW) + 1))
        fitting = [p for p in parts if w.contains(stretch, p) and p.first_day.weekday() == self.weekday]
        return w.one_of(*fitting) if 0 < len(fitting) <= _FEW and all(map(w.is_day, fitting)) else stretch


@dataclass(frozen=True, slots=True)
class Marked:
    """A time that the text hedges, or that we only infer."""

    of: Operator
    approximate: bool = False
    doubtful: bool = False

    def apply(self, anchor: When) -> When:
        """The time with its mark."""
        return w.mark(self.of.apply(anchor), approximate=self.approximate, doubtful=self.doubtful)


# --- anchors that are not one day ---------------------------------------------------------------------------


class _Seek(Protocol):
    def __call__(self, on: date, /) -> When: ...


def _spread(anchor: When, seek: _Seek) -> When:
    """What `seek` finds from a day, for an anchor of any shape."""
    if not anchor.known:
        return UNKNOWN
    if anchor.shape == "one-of":
        found = w.one_of(*(_spread(replace(c), seek) for c in anchor.choices))
    elif anchor.shape == "by":
        found = w.until(seek(anchor.last_day))
    elif anchor.shape == "from":
        found = w.since(seek(anchor.first_day))
    else:
        first = seek(anchor.first_day)
        last = first if w.is_day(anchor) else seek(anchor.last_day)
        found = first if first == last else _candidates(anchor, seek, w.within(first, last))
    return w.mark(found, approximate=anchor.approximate, doubtful=anchor.doubtful)


def _candidates(anchor: When, seek: _Seek, stretch: When) -> When:
    """The few days within a stretch that come into question: "Thursday", told in some article of one week."""
    length = (anchor.last_day - anchor.first_day).days + 1
    if length > _FEW * 7:
        return stretch
    seen = {seek(anchor.first_day + timedelta(day)) for day in range(length)}
    few = len(seen) <= min(_FEW, length // 2) and all(map(w.is_day, seen))
    return w.one_of(*seen) if few else stretch
