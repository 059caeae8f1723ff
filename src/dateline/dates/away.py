"""Lengths that hang on a date behind them: "two days after the attack of 3 June" is 5 June."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from .. import when as w
from ..model import Timex
from . import algebra as a

_LINK = re.compile(r" (after|following|before)(?: [^.,;:()!?]{0,80})? ?$")
"""What may stand between the length and its date: no sign that breaks the sentence."""
_PERIOD = re.compile(r"P(\d{1,4})([DWMY])")
_UNITS: dict[str, tuple[Any, a.Cycle]] = {
    "D": ("day", a.DAY), "W": ("week", a.DAY), "M": ("month", a.MONTH), "Y": ("year", a.MONTH),
}  # fmt: skip


def hang(text: str, timexes: Iterable[Timex]) -> Iterator[Timex]:
    """The expressions with the time of each length that counts from the date told next.

    Its type and TIMEX3 value stay those of a length.
    """
    waiting: Timex | None = None
    for timex in timexes:
        if waiting:
            yield _hung(text, waiting, timex)
        waiting = timex if timex.type == "DURATION" else None
        if not waiting:
            yield timex
    if waiting:
        yield waiting


def _hung(text: str, length: Timex, on: Timex) -> Timex:
    link = _LINK.match(text[length.end : on.start]) if on.start - length.end < 100 else None
    period = _PERIOD.fullmatch(length.value)
    if not link or not period or on.type not in ("DATE", "TIME") or not w.is_day(on.when):
        return length
    unit, cycle = _UNITS[period[2]]
    steps = int(period[1]) * (-1 if link[1] == "before" else 1)
    when = a.Shift(steps, unit, cycle, approximate=cycle is not a.DAY).apply(on.when)
    if not when.known:
        return length
    reckoned = f"{w.describe(when)}, reckoned from {w.describe(on.when)}, which the sentence names"
    return replace(length, when=when, basis=on.basis, reckoned=reckoned)
