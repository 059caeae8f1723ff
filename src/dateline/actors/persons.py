"""The names of a corpus' persons by signature, and which shorter name can only be one longer name's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .names import given_keys, given_letters, is_weak, normalise, parse_person, surname_key

Signature = tuple[str, tuple[str, ...], str]
"""Surname, given names and suffix, as keyed by `names`."""


class PersonIndex:
    """Clusters of persons' names: `add` all names, `settle` once, then ask `key`.

    A signature is a cluster. Stored actors bind several signatures to one, and two stored actors never become one.
    """

    def __init__(self) -> None:
        self._parent: dict[Signature, Signature] = {}
        self._owner: dict[Signature, str] = {}
        self._exact: dict[str, str] = {}
        self._lone: dict[str, str] = {}
        self._by_surname: dict[str, set[Signature]] = defaultdict(set)
        self._shorter: dict[Signature, set[Signature]] = defaultdict(set)

    def add(self, name: str) -> None:
        """Takes a name of the corpus."""
        sign = signature(name)
        if sign[1]:
            self._take(sign, name)

    def _take(self, sign: Signature, name: str) -> None:
        self._parent.setdefault(sign, sign)
        for short in _shortenings(sign, given_letters(parse_person(name))):
            self._shorter[short].add(sign)

    def add_stored(self, key: str, names: Iterable[str]) -> None:
        """Takes the names of a stored actor, all of which are its own."""
        first: Signature | None = None
        for name in names:
            self._exact.setdefault(normalise(name), key)
            sign = signature(name)
            if not sign[1] or self._owner.get(self._root(sign), key) != key:
                continue
            self._take(sign, name)
            self._owner[self._root(sign)] = key
            first = first or sign
            self._unite(sign, first)

    def settle(self) -> None:
        """Joins each short name to the one longer name that it can be short for, the longest names first."""
        for sign in self._parent:
            self._by_surname[sign[0]].add(sign)
        for sign in sorted(self._parent, key=lambda s: (-len(s[1]), -sum(map(len, s[1])), s)):
            roots = {self._root(longer) for longer in self._shorter.get(sign, ()) if longer != sign}
            if len(roots) == 1:
                self._unite(sign, roots.pop())

    def key(self, name: str, article: str) -> str:
        """The cluster of a name. A lone surname that several persons bear stays with its article."""
        plain = normalise(name)
        sign = signature(name)
        if plain in self._exact and (sign[1] or len(self._bearers(sign[0])) <= 1):
            return self._exact[plain]
        if sign[1]:
            return self._named(self._root(sign))
        bearers = self._bearers(sign[0])
        if len(bearers) == 1:
            return self._named(next(iter(bearers)))
        return f"lone {plain or name}" + (f" in {article}" if bearers else "")

    def _bearers(self, surname: str) -> set[Signature]:
        """The persons with a surname: all of them where there are few, two where there are more."""
        found: set[Signature] = set()
        for sign in self._by_surname.get(surname, ()):
            found.add(self._root(sign))
            if len(found) > 1:
                break
        return found

    def _named(self, root: Signature) -> str:
        surname, given, suffix = root
        return self._owner.get(root) or f"person {surname}, {' '.join(given)} {suffix}"

    def _root(self, sign: Signature) -> Signature:
        while (parent := self._parent.get(sign, sign)) != sign:
            self._parent[sign] = self._parent.get(parent, parent)
            sign = parent
        return sign

    def _unite(self, sign: Signature, other: Signature) -> None:
        one, two = self._root(sign), self._root(other)
        owners = {self._owner[root] for root in (one, two) if root in self._owner}
        if one == two or len(owners) > 1:
            return
        keep, drop = (one, two) if (-len(one[1]), one) < (-len(two[1]), two) else (two, one)
        self._parent[drop] = keep
        if owners:
            self._owner[keep] = owners.pop()


def signature(name: str) -> Signature:
    """What spellings of one full name share; no given names where a name is a lone word."""
    parsed = parse_person(name)
    surname = surname_key(parsed.surname) or normalise(name) or name
    return (surname, given_keys(parsed), normalise(parsed.suffix))


def _shortenings(sign: Signature, letters: tuple[str, ...]) -> Iterator[Signature]:
    """The signatures that a name can be shortened to: see `names.fits`, which says the same of two names."""
    surname, given, suffix = sign
    shorter: set[tuple[str, ...]] = set()
    telling = next((at for at, key in enumerate(given) if not is_weak(key)), 0)
    for key, letter in zip(given[: telling + 1], letters, strict=False):
        if not is_weak(key) or len(given) == 1:
            shorter |= {(key,), (letter,)}
    for length in range(2, len(given) + 1):
        shorter |= {given[:length], letters[:length], (given[0], *letters[1:length])}
    for short in shorter:
        yield (surname, short, suffix)
        if suffix:
            yield (surname, short, "")
    if suffix:
        yield (surname, given, "")
