"""When something was that only another clause of its sentence dates: what came of it, or was before it.

A time clause orders two happenings and dates one of them (J. Pustejovsky and others, TimeML, 2003: BEFORE, AFTER); the
other has that date for its bound.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Timex
from ..when import When
from .lexicon import EventWord
from .lines import Told
from .tokens import Line, grammar


def date_of_cause(line: Line, word: EventWord) -> Timex | None:
    """The one date of the clause that an -ing form tells the outcome of: "when it burst on Monday, killing ten"."""
    start, _ = line.clause_bounds(word.first)
    outcome = word.form == "ing" and line.low(start).endswith("ing") and line.low(start - 1) == ","
    return sole_date(line, line.clause_bounds(start - 1)) if outcome else None


def date_not_before(told: Told, at: int, published: When) -> Timex | None:
    """The date of what the verb at `at` was before: "was fined in May after inspectors found faults", "warned twice
    before it burst on Monday". A date that lies ahead bounds nothing."""
    line = told.line
    start, end = line.clause_bounds(at)
    if line.low(start) == "after":
        other = line.clause_bounds(start - 1) if start else line.clause_bounds(min(end, len(line.tokens) - 1))
        found = sole_date(line, other)
    else:
        found = next((date for clause in _clauses_before(told, start, end) if (date := sole_date(line, clause))), None)
    ahead = found is not None and published.known and found.when.last_day > published.last_day
    return None if ahead else found


def _clauses_before(told: Told, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of "before" and a past verb that hang on the clause from `start` to `end`.

    Behind what somebody says will or may be, such a clause tells what became of it, and hangs on the saying: "warned
    that it could fail before it burst".
    """
    line = told.line
    if line.low(0) == "before" and start == line.clause_bounds(0)[1]:
        yield from _told_as_past(told, line.clause_bounds(0))
    if end >= len(line.tokens):
        return
    following = line.clause_bounds(end)
    first, last = following
    if line.low(first) == "that" and any(line.low(k) in grammar("may", "would") for k in range(first, last)):
        following = line.clause_bounds(last) if last < len(line.tokens) else (0, 0)
    if line.low(following[0]) == "before" and following[0]:
        yield from _told_as_past(told, following)


def _told_as_past(told: Told, clause: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The clause, where a verb of it is a past: "before dawn and announced" goes on with what it hangs on."""
    line, start = told.line, clause[0]
    past = {word.first for word in told.words if word.form == "past"}
    past |= {k for k in range(*clause) if line.low(k) in grammar("past_be")}
    end = next((k for k in range(*clause) if line.low(k) in ("and", "but") and k + 1 in past), clause[1])
    if any(start < k < end for k in past):
        yield start, end


def sole_date(line: Line, clause: tuple[int, int]) -> Timex | None:
    """The only date that a clause tells."""
    dates = {
        timex.start: timex
        for timex in line.timex[slice(*clause)]
        if timex is not None and timex.type in ("DATE", "TIME") and timex.when.known
    }
    return next(iter(dates.values())) if len(dates) == 1 else None
