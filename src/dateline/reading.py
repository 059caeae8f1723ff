"""Articles read by this process or by others, to the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from . import __version__
from .actors.recognise import Recogniser, load_recogniser, recognise_in
from .jobs import Workers
from .memo import pack, unpack
from .model import Actor, Document, Found, Reading
from .problems import UsageError

Task = tuple[Document, Found | None]
"""A document, and what a recogniser found in it where that is known."""
ReadOne = Callable[[Document, Found], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How articles are read, in values that another process can be given: all of them are named or plain."""

    read_one: ReadOne
    """What makes a reading of a document and of what was found in it; to be imported by name."""
    recogniser: str
    model: str
    label: str
    """What the recogniser says of itself: no other version reads in its stead."""
    named: tuple[Actor, ...]
    """The actors whose names it is given."""
    program: str = __version__


def read_all(
    setup: Setup, recogniser: Recogniser, workers: Workers, tasks: Sequence[Task]
) -> Iterator[tuple[Found, Reading, bytes]]:
    """What was found in each document, its reading, and what `memo.pack` makes of both, in order.

    `recogniser` is the one of the setup, for the case that this process reads. Others are sent documents and send back
    what is packed: that is kept as it is, and quicker to open than records that Python itself packs.
    """
    packed = workers.work(partial(read_batch, setup), tasks)
    if packed is None:
        for found, reading in _read_each(setup, recogniser, tasks):
            yield found, reading, pack(found, reading)
    else:
        for (document, _), data in zip(tasks, packed, strict=True):
            yield *unpack(document, data), data


def read_batch(setup: Setup, tasks: Sequence[Task]) -> list[bytes]:
    """In another process: the readings of some documents, packed. Raises UsageError where it would read otherwise."""
    recogniser = _load_once(setup.recogniser, setup.model)
    here, there = f"{__version__} with {recogniser.label}", f"{setup.program} with {setup.label}"
    if here != there:
        raise UsageError(f"a worker has dateline {here}, not {there}", "install the same in both places")
    return [pack(found, reading) for found, reading in _read_each(setup, recogniser, tasks)]


_load_once = lru_cache(maxsize=1)(load_recogniser)
"""In another process a model is loaded once, with the first batch."""


def _read_each(setup: Setup, recogniser: Recogniser, tasks: Sequence[Task]) -> Iterator[tuple[Found, Reading]]:
    new = [document for document, known in tasks if known is None]
    fresh = iter(recognise_in(new, recogniser, setup.named) if new else ())
    for document, known in tasks:
        found = next(fresh) if known is None else known
        yield found, setup.read_one(document, found)
