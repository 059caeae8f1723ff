"""Digests of records: equal ones have one, however they came to be, in every run."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from .files import digest_of

_PLAIN = frozenset(("str", "int", "float", "bool", "Course", "tuple[str, ...]"))
"""Types of fields, as they are written, whose values hold no records."""

_ATOMS = frozenset((str, int, float, bool, type(None)))
"""Classes of plain values."""

Values = Callable[[Any], tuple[Any, ...]]


@cache
def _values(cls: type) -> tuple[Values, Values | None] | None:
    """What gives the fields of a record of a class, the plain ones and any others; None for a plain value."""
    if not is_dataclass(cls):
        return None
    plain = [field.name for field in fields(cls) if field.type in _PLAIN]
    others = [field.name for field in fields(cls) if field.name not in plain]
    return _getter(plain), _getter(others) if others else None


def _getter(names: list[str]) -> Values:
    return attrgetter(*names) if len(names) > 1 else lambda of: tuple([getattr(of, name) for name in names])


class Digests:
    """Digests of records; those of some classes are reckoned once and stand for them in larger ones."""

    def __init__(self, shared: frozenset[type] = frozenset()) -> None:
        """`shared`: classes of large records that stand in many others."""
        self._shared = shared
        self._known: dict[int, tuple[Any, str]] = {}
        """By identity; the record is held, so that no other takes its place."""

    def of(self, value: Any) -> str:
        """The digest of a record, or of a tuple of them."""
        told = self._told(value)
        return told if value.__class__ in self._shared else digest_of_plain(told)

    def _told(self, value: Any) -> Any:
        """A record as tuples of plain values; what stands in many as its digest."""
        cls = value.__class__
        if cls is tuple or cls is list:
            return tuple([item if item.__class__ in _ATOMS else self._told(item) for item in value])
        if cls is dict:
            return tuple([(self._told(key), self._told(item)) for key, item in value.items()])
        if cls is frozenset:
            return tuple(sorted(value))
        of = _values(cls)
        if of is None:
            return value if isinstance(value, (str, int, float, bool)) or value is None else repr(value)
        shared = cls in self._shared
        if shared and (known := self._known.get(id(value))) is not None:
            return known[1]
        plain, others = of
        told: Any = plain(value)
        if others:
            told += tuple([item if item.__class__ in _ATOMS else self._told(item) for item in others(value)])
        if shared:
            told = digest_of_plain(told)
            self._known[id(value)] = (value, told)
        return told


def digest_of_plain(told: Any) -> str:
    """The digest of plain values.

    The first form of `marshal` is used, which alone does not tell whether two equal values are one object.
    """
    try:
        data = marshal.dumps(told, 0)
    except ValueError:
        data = repr(told).encode("utf-8", "surrogatepass")
    return digest_of(data)


_SIMPLE = Digests()


def digest_of_value(value: Any) -> str:
    """The digest of a record by itself."""
    return _SIMPLE.of(value)
