"""Records with other values, quickly: the entries of a whole tracker get their ids, actors and happenings in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

_R = TypeVar("_R")


def altered(record: _R, **values: Any) -> _R:
    """As `dataclasses.replace`, in half the time: for the entries of a whole tracker. The records check nothing."""
    cls: Any = type(record)
    names, get, put = _slots_of(cls)
    held = list(get(record))
    for name, value in values.items():
        held[names[name]] = value
    made: _R = object.__new__(cls)
    for slot, value in zip(put, held, strict=True):
        slot(made, value)
    return made


@cache
def _slots_of(cls: type) -> tuple[Mapping[str, int], Callable[[Any], tuple[Any, ...]], Sequence[Callable[..., None]]]:
    """The places of a record's fields, what gets them all, and what puts each."""
    names = [field.name for field in fields(cls)]
    places = {name: place for place, name in enumerate(names)}
    return places, attrgetter(*names), [getattr(cls, name).__set__ for name in names]
