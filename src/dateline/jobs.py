"""Much work done by several processes, its results in the order of what was given.

Any `concurrent.futures.Executor` serves: processes of this machine (`Workers`), or one that the caller has, such as
that of a Dask cluster (`Client.get_executor()`). What is given to it must be importable by name where it works.
"""

from __future__ import annotations

import _thread
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from . import sharing
from .problems import UsageError
from .sharing import Jobs, interrupts_later, processes

AHEAD = 4
"""Batches for each process that may be under way or done and not yet taken."""
AHEAD_ELSEWHERE = 256
"""The same for an executor of the caller's, of which nobody knows how wide it is."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What numerical libraries are told by how many threads they may use."""

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


def in_order(
    executor: Executor, work: Callable[[Sequence[T]], Sequence[R]], things: Iterable[T], ahead: int
) -> Iterator[R]:
    """What `work` makes of batches of things, one result for each thing, in their order.

    No more than `ahead` batches are under way or wait to be taken, so that memory does not grow with their number.
    Whoever stops early takes back what is not begun. Raises what `work` raises, and UsageError where a worker died.
    """
    rest = iter(things)
    under_way: deque[Future[Sequence[R]]] = deque()
    try:
        while True:
            while len(under_way) < ahead and (batch := tuple(islice(rest, sharing.BATCH))):
                under_way.append(executor.submit(work, batch))
            if not under_way:
                return
            yield from under_way.popleft().result()
    except BrokenExecutor as error:
        under_way.clear()  # all of it has failed: to cancel it now would disturb the executor
        raise UsageError(
            "a process that shared the work ended before it was done, perhaps for want of memory",
            "let fewer work at once: --jobs 1, or a number below that of the cores",
        ) from error
    finally:
        for future in under_way:
            future.cancel()


class Workers:
    """Who works: this process alone, others that are started once they are worth it, or the caller's executor.

    Leaving the context ends the processes that were started; where it is left by an exception (Ctrl-C), at once.
    """

    def __init__(self, jobs: Jobs = None) -> None:
        self._jobs = jobs
        self._processes: _Processes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._processes is not None:
            self._processes.end()

    def work(self, work: Callable[[Sequence[T]], Sequence[R]], things: Sequence[T]) -> Iterator[R] | None:
        """As `in_order`; None where this process had better work alone."""
        if isinstance(self._jobs, Executor):
            return in_order(self._jobs, work, things, AHEAD_ELSEWHERE)
        if self._processes is None and (number := processes(self._jobs, len(things))) > 1:
            try:
                self._processes = _Processes(number)
            except (OSError, NotImplementedError) as error:  # there are systems without what locks are made of
                if self._jobs is not None:
                    raise UsageError(f"no process can be started here ({error})", "use --jobs 1") from error
        return in_order(self._processes, work, things, AHEAD * self._processes.number) if self._processes else None


# --------------------------------------------------------------------------------------------- processes


class _Processes(ProcessPoolExecutor):
    """Processes that start from nothing (`spawn`), on every system alike, and are deaf to Ctrl-C: `end` ends them."""

    def __init__(self, number: int) -> None:
        context = get_context("spawn")
        theirs, self._ours = context.Pipe(duplex=False)
        self._theirs = theirs
        self.number = number
        super().__init__(number, mp_context=context, initializer=_begin, initargs=(theirs,))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As any executor's."""
        with interrupts_later():  # a process is started here and inherits what is blocked
            return super().submit(_work, partial(fn, *args, **kwargs))

    def end(self) -> None:
        """Have what is under way given up, and wait until the processes are gone."""
        self._ours.close()
        self.shutdown(wait=True, cancel_futures=True)
        self._theirs.close()


# --------------------------------------------------------------------------------------------- in them

_stopped = threading.Event()
"""Set in a process whose work nobody waits for any more."""
_working = threading.Event()
"""Set while it works, and not while it takes work or hands over results: only then may it be interrupted."""


class StoppedError(BaseException):
    """Nobody waits for this work any more; as KeyboardInterrupt, it is no Exception that somebody deals with."""


def _begin(leash: connection.Connection) -> None:
    """The start of a process: one thread, deaf to Ctrl-C, and never longer alive than the one that started it."""
    signal.signal(signal.SIGINT, _interrupted)
    for name in THREADS:
        os.environ.setdefault(name, "1")
    threading.Thread(target=_follow, args=(leash,), daemon=True).start()


def _follow(leash: connection.Connection) -> None:
    """Have the work given up once the other side has closed the leash, or has died; then die with it."""
    connection.wait([leash])
    _stopped.set()
    _thread.interrupt_main()
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _interrupted(number: int, frame: object) -> None:
    if _stopped.is_set() and _working.is_set():
        raise StoppedError


def _work(work: Callable[[], T]) -> T:
    _working.set()
    try:
        if _stopped.is_set():
            raise StoppedError
        return work()
    finally:
        _working.clear()
