"""Whether two names are one person's: signatures, what a name can be shortened to, and the reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from .genders import gender_of_given
from .names import (
    PersonName,
    given_key,
    given_keys,
    given_letters,
    given_tokens,
    is_given_name,
    is_weak,
    normalise,
    parse_person,
    surname_key,
)
from .world import words

Signature = tuple[str, tuple[str, ...], str]
"""Surname, given names and suffix, as keyed by `names`."""
REGNAL = frozenset({"ii", "iii", "iv"})
"""Suffixes that are never left out; "Jr." often is."""
SURE = 0.75
"""From this score on, a shorter name is taken for the one longer name that the corpus offers."""
_SHARED, _SUFFIX = 0.7, 0.65
_SON_OF = frozenset({"bin", "ibn", "ben", "bint"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How surely two names are one person's (0 to 1), and why, in words for a reader."""

    score: float
    reason: str


@lru_cache(maxsize=65536)
def signature(name: str) -> Signature:
    """What spellings of one full name share; no given names where a name is a lone word."""
    return _signature(parse_person(name)) if parse_person(name).surname else (normalise(name) or name, (), "")


def _signature(name: PersonName) -> Signature:
    surname = surname_key(name.surname) or normalise(name.surname) or name.surname
    return (surname, given_keys(name), normalise(name.suffix))


def same_person(a: str, b: str) -> Likeness | None:
    """How surely two names are one person's, with the reason; None where they cannot be.

    0.9 and more: the names say so. About 0.75: so unless somebody else in the corpus fits as well. 0.65 and 0.7: only
    with another sign. 0.4: a lone surname, which says nothing by itself.
    """
    if normalise(a) and normalise(a) == normalise(b):
        return Likeness(score=1.0, reason="the same name")
    one, two = signature(a), signature(b)
    if one[1] and one == two:
        return Likeness(score=0.95, reason=f"spellings of one name: {_full(a)}, {_full(b)}")
    if not one[1] or not two[1]:
        lone, other = (a, b) if not one[1] else (b, a)
        shared = signature(lone)[0] in surname_keys(other) or signature(lone)[0] == signature(other)[0]
        return Likeness(score=0.4, reason=f"the surname {parse_person(lone).surname} alone") if shared else None
    found = [
        Likeness(score=score, reason=f"{why}: {_full(a)}, {_full(b)}")
        for short, long in ((one, b), (two, a))
        for sign, (score, why) in shortenings(long).items()
        if sign == short
        or (sign == by_initials(short) and len(signature(long)[1]) == 1 and len(signature(long)[1][0]) > 1)
    ]
    return max(found, key=lambda likeness: (likeness.score, likeness.reason), default=None)


def _full(name: str) -> str:
    parsed = parse_person(name)
    return " ".join((*parsed.given, *parsed.particles, parsed.surname, *filter(None, (parsed.suffix,))))


@lru_cache(maxsize=65536)
def surname_keys(name: str) -> tuple[str, ...]:
    """What a lone surname of this person can be: "Lind", and "Okonjo Lind" or "Okonjo-Lind" in one."""
    parsed = parse_person(name)
    if not parsed.given:
        return ()
    double = surname_key(parsed.given[-1] + parsed.surname) if may_be_surname(parsed) else ""
    glued = surname_key("".join((*parsed.particles, parsed.surname)))
    return tuple(dict.fromkeys(key for key in (surname_key(parsed.surname), glued, double) if key))


def may_be_surname(name: PersonName) -> bool:
    """Whether the last of several given names may be a first surname: a full word that is nobody's given name."""
    if len(name.given) < 2 or name.eastern:
        return False
    last = name.given[-1]
    return len(given_key(last)) > 2 and not is_given_name(last) and "-" not in last


# ------------------------------------------------------------------------------------------- shorter names


@lru_cache(maxsize=65536)
def shortenings(name: str) -> dict[Signature, tuple[float, str]]:
    """The signatures that a name can be shortened to or written as, each with its score and reason."""
    parsed = parse_person(name)
    surname, given, suffix = _signature(parsed)
    if not given:
        return {}
    found: dict[Signature, tuple[float, str]] = {}
    for sign, told in (*_fewer(parsed, surname), *_other_surnames(parsed, given)):
        found.setdefault((sign[0], sign[1], suffix), told)
        if suffix and suffix not in REGNAL:
            left_out = f"the suffix {parsed.suffix} left out"
            alone = sign == (surname, given)
            found.setdefault((*sign, ""), (_SUFFIX if alone else SURE, left_out))
    found.pop((surname, given, suffix), None)
    for shared in _namesakes() & found.keys():
        found[shared] = (_SHARED, "a name that several well-known persons bear")
    return found


def short_forms(name: str) -> tuple[Signature, ...]:
    """The signatures that one article shortens a name to: all but those without a "Jr." that it writes elsewhere."""
    return tuple(sign for sign, (score, _) in shortenings(name).items() if score > _SUFFIX)


def bearing(lone: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that a surname alone means as far as suffixes tell: "Roe" the ones without, where any is."""
    wanted = normalise(parse_person(lone).suffix)
    names = tuple(names)
    exact = frozenset(name for name in names if normalise(parse_person(name).suffix) == wanted)
    return exact if exact or wanted else frozenset(names)


@cache
def _namesakes() -> frozenset[Signature]:
    return frozenset(signature(name) for name in words("world/namesakes"))


def is_common(surname: str) -> bool:
    """Whether a surname, as `names.surname_key` spells it, is too common to tell anybody by itself."""
    return surname in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(surname_key(word) for word in words("world/common_surnames"))


@cache
def _father_names() -> frozenset[str]:
    return frozenset(given_key(word) for word in words("world/father_names"))


def _fewer(parsed: PersonName, surname: str) -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[float, str]]]:
    """Given names left out or made initials: "Omar" of "Muhammad Omar", "J. F." of "John Fitzgerald".

    Two or more stand in the same places from the first on, or close the given names; a lone one is the first, the
    first that tells anything, or, with less weight, a later one.
    """
    given, letters = given_keys(parsed), given_letters(parsed)
    shorter, initial, later = (
        (0.9, "one name in a shorter form"),
        (0.75, "initials"),
        (0.75, "known by a later given name"),
    )
    telling = next((at for at, key in enumerate(given) if not is_weak(key)), 0)
    yield (surname, given), shorter
    for length in range(2, len(given) + 1):
        yield (surname, given[:length]), shorter
        yield (surname, (given[0], *letters[1:length])), shorter
        yield (surname, letters[:length]), initial
    for key, letter in zip(given[: telling + 1], letters, strict=False):
        if not is_weak(key) or len(given) == 1:
            yield (surname, (key,)), shorter if len(key) > 1 else initial
            yield (surname, (letter,)), initial
    if len(given) > 2 and len(given[-1]) > 1:
        yield (surname, (given[0], given[-1])), shorter
    for at in range(1, len(given)):
        if not is_weak(given[at]) and len(given[at]) > 1 and not _is_of_parent(parsed, at):
            yield (surname, (given[at],)), later
            yield (surname, given[at:]), later


def _is_of_parent(name: PersonName, at: int) -> bool:
    """Whether a later given name is the father's or the mother's: "Maryam Nawaz Sharif" is no Nawaz Sharif."""
    tokens = given_tokens(name)
    first, later = gender_of_given(tokens[0]), gender_of_given(tokens[at]) if at < len(tokens) else ""
    return bool(first and later and first != later)


def _other_surnames(
    parsed: PersonName, given: tuple[str, ...]
) -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[float, str]]]:
    """Another surname than the last word: one of two left out, two in one, particles written together."""
    joined = (0.9, "a surname written as one word or two")
    if glued := surname_key("".join((*parsed.particles, parsed.surname))) if parsed.particles else "":
        yield (glued, given), joined
    first, hyphen, last = parsed.surname.partition("-")
    if hyphen and not parsed.eastern and last and "-" not in last:
        yield (surname_key(last), (*given, given_key(first))), joined
        yield (surname_key(last), (given_key(first),)), (0.75, "the double surname alone")
    yield from _fathers(parsed)
    if len(parsed.particles) == 1 and is_given_name(parsed.particles[0]):
        yield (surname_key(parsed.surname), (given_key(parsed.particles[0]),)), (0.9, "the surname with its particle")
    if may_be_surname(parsed):
        double = surname_key(parsed.given[-1] + parsed.surname)
        yield (double, given[:-1]), joined
        for fewer in dict.fromkeys((given[:-1], given[:1])):
            yield (surname_key(parsed.given[-1]), fewer), (0.75, "the second surname left out")
    yield from _turned(parsed)


def _turned(parsed: PersonName) -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[float, str]]]:
    """The family name first: "Roe Jane", and "Roe Jane Ann" where both others are known as given names."""
    first = (0.75, "the family name first")
    others = (*parsed.given[1:], parsed.surname)
    turned = parsed.given[0]
    three = len(others) == 2 and not parsed.particles and not parsed.eastern and len(turned) > 2
    if three and all(map(is_given_name, others)) and not is_given_name(turned):
        yield (surname_key(turned), tuple(map(given_key, others))), first
    plain = len(parsed.given) == 1 and not parsed.particles and not is_common(surname_key(parsed.surname))
    if plain and is_given_name(parsed.surname) and not is_given_name(turned) and len(turned) > 2:
        yield (surname_key(turned), (given_key(parsed.surname),)), first


def _fathers(parsed: PersonName) -> Iterator[tuple[tuple[str, tuple[str, ...]], tuple[float, str]]]:
    """A chain of fathers' names cut short: "Abiy Ahmed" of "Abiy Ahmed Ali", "Tamim bin Hamad" of "… Al Thani"."""
    words_ = [word.casefold() for word in parsed.given]
    for at in range(1, len(words_) - 1):
        if words_[at] in _SON_OF:
            yield (
                (surname_key(parsed.given[at + 1]), tuple(map(given_key, parsed.given[:at]))),
                (0.9, "the family name left out"),
            )
            return
    keys = tuple(map(given_key, (*parsed.given, parsed.surname)))
    if len(keys) == 3 and not parsed.particles and {*keys[1:]} <= _father_names() and keys[0] not in _father_names():
        yield (surname_key(parsed.given[1]), keys[:1]), (0.75, "the grandfather's name left out")


def by_initials(sign: Signature) -> Signature | None:
    """The shorter name of which two or more initials are a longer one: ("roe", ("j",), "") for "J.K. Roe"."""
    surname, given, suffix = sign
    if len(given) < 2 or any(len(key) > 1 for key in given) or is_common(surname):
        return None
    return (surname, given[:1], suffix)
