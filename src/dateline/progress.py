"""How far a run has come, for somebody who waits at a terminal: told once it takes longer than two seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 2.0
"""Seconds after which it is told."""
PAUSE = 0.2
"""Seconds between two tellings."""

Tell = Callable[[str, int, int], None]
"""Takes what is being done ("reading articles"), how many of them are done, and of how many."""


def silent(what: str, done: int, of: int) -> None:
    """Tells nobody."""


class Progress:
    """A line that is written over and over, with the rate and the time left of what is being done."""

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._clock = clock
        self._began = clock()
        self._next = self._began + PATIENCE
        self._what = ""
        self._since = self._began
        self._width = 0

    def __call__(self, what: str, done: int, of: int) -> None:
        """Tell it where it is time to."""
        now = self._clock()
        if what != self._what:
            self._what, self._since = what, now
        if now < self._next:
            return
        self._next = now + PAUSE
        line = f"{what}: {done:,} of {of:,}"
        if done and now > self._since:
            rate = done / (now - self._since)
            line += f", {rate:,.0f} a second" if rate >= 1 else f", {1 / rate:,.0f} seconds each"
            line += f", {_span((of - done) / rate)} left"
        self._over(line)

    def close(self) -> None:
        """Leave an empty line."""
        if self._width:
            self._over("")
            self._write("\r")

    def _over(self, line: str) -> None:
        self._write("\r" + line.ljust(self._width))
        self._width = len(line)


def _span(seconds: float) -> str:
    """A stretch of time in words: "about 40 s", "about 3 min"."""
    if seconds < 1:
        return "under 1 s"
    return f"about {seconds:.0f} s" if seconds < 100 else f"about {seconds / 60:.0f} min"
