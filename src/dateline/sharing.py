"""How many processes share work; known without loading what starts them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from concurrent.futures import Executor

Jobs: TypeAlias = "int | Executor | None"
"""How many processes work at most, 1 for none but this; an executor of the caller's; None: as many as are worth it."""

BATCH = 16
"""Things that are given at once."""
SHARE = 100
"""So many things make another process worth its start, where nobody says how many: articles that one reads in the
seconds that loading the program and a model takes."""
MOST = 61 if sys.platform == "win32" else 1000
"""No more processes can be waited for."""


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(jobs: int | None, number: int) -> int:
    """How many work on so many things: no more than have a batch each, or by default than are worth their start."""
    wanted = min(cores(), number // SHARE) if jobs is None else min(jobs, -(-number // BATCH))
    return max(1, min(wanted, MOST))


@contextmanager
def interrupts_later() -> Iterator[None]:
    """Ctrl-C is heard after this, where the system can put it off."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
