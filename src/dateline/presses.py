"""Work shared with copies of this process: all that they need is there already, and only what they made comes back.

A copy (`fork`) begins where this process stands. It takes parts from one queue with the others until none is left. One
that fails, or that the system ends, is never missed: its parts are made here, and what was wrong is met and told here.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from .sharing import Jobs, interrupts_later, processes

MOST_PARTS = 255
"""More parts have no number of one byte."""

R = TypeVar("R")


def presses(jobs: Jobs, number: int) -> int:
    """How many processes make so many units, this one among them; an executor of the caller's makes none."""
    wanted = processes(jobs, number) if jobs is None or isinstance(jobs, int) else 1
    return wanted if wanted > 1 and _is_alone() else 1


def _is_alone() -> bool:
    """Whether this process has one thread, of Python or not: with more, a copy may wait for ever. Linux tells."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


class Presses(Generic[R]):
    """This process and its copies. Leaving the context ends those that are at work."""

    def __init__(self, number: int, parts: int, make: Callable[[int], R], begin: Callable[[], object]) -> None:
        """Have the parts from 1 on made by so many processes.

        `make` gives what is to be told of a part, for `pickle`; each copy begins with `begin`.
        """
        assert parts <= MOST_PARTS
        self._others, self._parts, self._make, self._begin = number - 1, parts, make, begin
        self._copies: dict[int, int] = {}
        """Process → where its results are read."""
        self._queue = -1

    def __enter__(self) -> Self:
        self._queue, filled = os.pipe()
        os.write(filled, bytes(range(1, self._parts + 1)))
        os.close(filled)  # so the queue ends where it is empty
        with suppress(OSError):  # who cannot have more processes works with fewer
            for _ in range(self._others):
                self._copy()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._queue)
        for process, results in self._copies.items():
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(results)

    def results(self) -> list[R]:
        """What all parts come to, in their order; this process makes some of them, too."""
        found = self._made()
        for results in self._copies.values():
            found |= _received(results)
        return [found[part] if part in found else self._make(part) for part in range(1, self._parts + 1)]

    def _made(self, parent: int | None = None) -> dict[int, R]:
        """Make parts as long as there are any, and for as long as the `parent` lives."""
        found: dict[int, R] = {}
        while (parent is None or os.getppid() == parent) and (part := os.read(self._queue, 1)):
            found[part[0]] = self._make(part[0])
        return found

    def _copy(self) -> None:
        results, told = os.pipe()
        parent = os.getpid()
        with interrupts_later():
            process = os.fork()
            if not process:
                self._work(parent, told)
            self._copies[process] = results
        os.close(told)

    def _work(self, parent: int, told: int) -> None:
        """The life of a copy. Whatever goes wrong in it ends it without a word."""
        status = 1
        try:
            import pickle  # not at hand: most runs copy nothing

            if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            gc.freeze()  # what is shared is not searched, which would copy it
            self._begin()
            found = self._made(parent)
            with os.fdopen(told, "wb") as file:
                pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            os._exit(status)


def _received(results: int) -> dict[int, Any]:
    """What a copy made; nothing where it did not come to its end."""
    import pickle

    with os.fdopen(results, "rb", closefd=False) as file:
        try:
            found: dict[int, Any] = pickle.load(file)
        except (EOFError, pickle.UnpicklingError):
            return {}
    return found
