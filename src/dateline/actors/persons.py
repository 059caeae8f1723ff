"""The names of a corpus' persons by signature, and which shorter name can only be one longer name's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .genders import fits, gender_of_name
from .likeness import SURE, Signature, by_initials, is_common, shortenings, signature, surname_keys
from .names import normalise, person_initials

_SHARED = 2
"""So many others beside a common surname, in both articles, say that one person is meant."""
_LOOKED_AT = 50
"""No more articles of a person are compared with another article."""

Company = Mapping[str, frozenset[str]]
"""Article → who and what else stands there, as far as it tells persons of one surname apart."""


class PersonIndex:
    """Clusters of persons' names: `add` all names, `settle` once, then ask `key`.

    A signature is a cluster. Stored actors bind several signatures to one, and two stored actors never become one.
    A woman's name and a man's never become one either, as far as titles and given names tell.
    """

    def __init__(self, company: Company | None = None) -> None:
        self._parent: dict[Signature, Signature] = {}
        self._owner: dict[Signature, str] = {}
        self._exact: dict[str, str] = {}
        self._gender: dict[Signature, str] = {}
        self._articles: dict[Signature, list[str]] = defaultdict(list)
        self._roles: dict[Signature, set[str]] = defaultdict(set)
        self._company: Company = company or {}
        self._lone: dict[str, set[str]] = defaultdict(set)
        self._by_surname: dict[str, dict[Signature, None]] = defaultdict(dict)
        self._shorter: dict[Signature, set[Signature]] = defaultdict(set)
        self._letters: dict[str, set[Signature]] = defaultdict(set)
        self._doubtful: dict[Signature, set[Signature]] = defaultdict(set)
        self._found: dict[tuple[str, str, str], tuple[Signature, ...]] = {}

    def add(self, name: str, article: str = "", gender: str = "", roles: Iterable[str] = ()) -> None:
        """Takes a name of the corpus, with the gender and the roles that its article tells."""
        sign = signature(name)
        if not sign[1]:
            if gender:
                self._lone[sign[0]].add(gender)
            return
        self._take(sign, name)
        self._articles[sign].append(article)
        self._roles[sign].update(roles)
        if not self._gender.get(sign):
            self._gender[sign] = gender

    def _take(self, sign: Signature, name: str) -> None:
        self._parent.setdefault(sign, sign)
        if told := gender_of_name(name):
            self._gender[sign] = told
        for key in (sign[0], *surname_keys(name)):
            self._by_surname[key][sign] = None
        if letters := person_initials(name):
            self._letters[letters].add(sign)
        for short, (score, _) in shortenings(name).items():
            (self._shorter if score >= SURE else self._doubtful)[short].add(sign)

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
        for sign in sorted(self._parent, key=lambda s: (-len(s[1]), -sum(map(len, s[1])), s)):
            roots = self._longer(sign)
            if len(roots) == 1 and (sign[2] == min(roots)[2] or not self._meet(sign, min(roots))):
                self._unite(sign, roots.pop())
        for sign in sorted(self._doubtful.keys() & self._parent.keys()):
            longer = {self._root(longer) for longer in self._doubtful[sign]} - {self._root(sign)}
            if len(longer) == 1 and self._hold_one_office(self._root(sign), min(longer)):
                self._unite(sign, longer.pop())

    def _longer(self, sign: Signature) -> set[Signature]:
        """Whom a name can be short for."""
        longer = self._shorter.get(sign, set())
        if not longer and (initial := by_initials(sign)):
            longer = {one for one in self._shorter.get(initial, ()) if len(one[1]) == 1}
        roots = {self._root(one) for one in longer if one != sign}
        return {root for root in roots if fits(self._gender.get(sign, ""), self._gender.get(root, ""))}

    def _hold_one_office(self, one: Signature, two: Signature) -> bool:
        """Whether two persons of like names hold one office and no article names both."""
        return bool(self._roles[one] & self._roles[two]) and not self._meet(one, two)

    def _meet(self, one: Signature, two: Signature) -> bool:
        """Whether an article names both."""
        return not set(self._articles[self._root(one)]).isdisjoint(self._articles[self._root(two)])

    def key(self, name: str, article: str, gender: str = "", roles: Iterable[str] = ()) -> str:
        """The cluster of a name. A lone surname that several persons can bear stays with its article."""
        plain = normalise(name)
        sign = signature(name)
        if plain in self._exact and (sign[1] or len(self._bearers(sign[0], "", sign[2])) <= 1):
            return self._exact[plain]
        if sign[1]:
            return self._named(self._root(sign))
        bearers = self._bearers(sign[0], gender, sign[2])
        if not bearers and name.isupper():
            bearers = tuple({self._root(one): None for one in sorted(self._letters.get(plain, ()))})
        common = is_common(sign[0])
        if len(bearers) == 1 and (not common or self._is_company(bearers[0], article, frozenset(roles))):
            return self._named(bearers[0])
        unclear = bool(common or self._bearers(sign[0], "", sign[2]) or len(self._lone[sign[0]]) > 1)
        return f"lone {plain or name}" + (f" in {article}" if unclear else "")

    def _bearers(self, surname: str, gender: str, suffix: str) -> tuple[Signature, ...]:
        """The persons that a surname and a gender can name: all of them where there are few, two if there are more.

        A surname without "Jr." means those without it, where there are any.
        """
        asked = (surname, gender, suffix)
        if asked not in self._found:
            signs = self._by_surname.get(surname, {})
            self._found[asked] = self._fitting((sign for sign in signs if sign[2] == suffix), gender)
            if not suffix and not self._found[asked]:
                self._found[asked] = self._fitting(signs, gender)
        return self._found[asked]

    def _fitting(self, signs: Iterable[Signature], gender: str) -> tuple[Signature, ...]:
        found: dict[Signature, None] = {}
        for sign in signs:
            root = self._root(sign)
            if fits(gender, self._gender.get(root, "")):
                found[root] = None
            if len(found) > 1:
                break
        return tuple(found)

    def _is_company(self, root: Signature, article: str, roles: frozenset[str]) -> bool:
        """Whether a person and an article have a role or several others in common."""
        if roles & self._roles[root]:
            return True
        here = self._company.get(article, frozenset())
        return any(len(here & self._company.get(there, frozenset())) >= _SHARED for there in self._places(root))

    def _places(self, root: Signature) -> list[str]:
        return self._articles[root][:_LOOKED_AT]

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
        self._gender[keep] = self._gender.get(keep) or self._gender.get(drop, "")
        self._articles[keep] += self._articles.pop(drop, [])
        self._roles[keep] |= self._roles.pop(drop, set())
        if owners:
            self._owner[keep] = owners.pop()
