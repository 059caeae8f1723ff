"""Names of persons and bodies: brought to one form, taken apart, compared with reasons that can be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..rules import read_table
from .world import words

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
LONG = 200
"""Longer than any name: what goes on after it is noise."""

_EXTRA = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_QUOTES = str.maketrans("", "", "'’‘`ʼ.\"“”")
_NICKNAME = re.compile(r"\s*(?:[\"“][^\"”]{1,30}[\"”]|\([^)]{1,30}\))\s*")
_SOUNDS = (
    (r"ph", "f"), (r"kh", "k"), (r"gh", "g"), (r"dh", "d"), (r"th", "t"), (r"ck|q|x", "k"), (r"c(?=[aouklrt])", "k"),
    (r"dj", "j"), (r"tch", "ch"), (r"w", "v"), (r"z", "s"), (r"aw|au|av(?![aeiouy])|ou|oo|u|o", "u"),
    (r"ey|ei|ai|ay|ee|ie|iy|ii|yi|y|i|j(?=$)", "i"), (r"e", "a"), (r"h(?=$)|(?<=a)h(?=[^aiu])", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name in parts, as written; `surname` holds no particles ("Gaulle" of "de Gaulle")."""

    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    surname: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How surely two names are one person's (0 to 1), and why, in words for a reader."""

    score: float
    reason: str


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """A name without case, accents, punctuation, a leading "the" and legal forms: what equal names share."""
    plain = unicodedata.normalize("NFKD", name[:LONG].casefold().replace("&", " and ").translate(_EXTRA))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_QUOTES)
    parts = re.findall(r"[^\W_]+", plain)
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in words("world/legal_forms"):
        parts = parts[:-1]
    return " ".join(parts)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A spelling that transliterations share: "Omer", "Umar" → "umar"; "Daudzai", "Dawoodzai" → "dudsai"."""
    plain = normalise(word).replace(" ", "")
    for pattern, spelling in _SOUNDS:
        plain = re.sub(pattern, spelling, plain)
    return plain


@cache
def _variants() -> dict[str, str]:
    """Given name → the first name of its set."""
    table: dict[str, str] = {}
    for row in read_table("world/given_name_variants.tsv"):
        forms = row["forms"].split("|")
        for form in forms:
            table.setdefault(normalise(form), normalise(forms[0]))
    return table


@lru_cache(maxsize=65536)
def given_key(word: str) -> str:
    """What variants of one given name share; a single letter for an initial."""
    plain = normalise(word).replace(" ", "")
    if len(plain) <= 1:
        return plain
    known = _variants().get(plain)
    return known or (sound(plain) if len(plain) > 4 else plain)


@lru_cache(maxsize=65536)
def surname_key(word: str) -> str:
    """What spellings of one surname share."""
    plain = normalise(word).replace(" ", "")
    return _variants().get(plain) or (sound(plain) if len(plain) > 4 else plain)


def is_title(word: str) -> bool:
    """Whether a word is an honorific, a rank or the head of a role ("Mr", "Gen.", "President")."""
    low = word.casefold()
    if low.rstrip(".") in words("en/names/titles", "office"):
        return True
    large = word[:1].isupper() or word[:1] == "("
    return large and (low in words("en/names/titles", "honorific") or low in words("en/names/titles", "rank"))


def is_modifier(word: str) -> bool:
    """Whether a word may stand before the head of a role ("foreign", "Deputy")."""
    return word.casefold() in words("en/names/titles", "modifier")


@lru_cache(maxsize=65536)
def parse_person(name: str) -> PersonName:
    """A person's name in its parts. A lone word is a surname; titles and nicknames in quotation marks are set apart."""
    parts = _NICKNAME.sub(" ", name[:LONG]).replace(",", " ").split()
    cut = _leading_titles(parts)
    titles, parts = parts[:cut], parts[cut:]
    suffix = parts.pop() if len(parts) > 1 and parts[-1].casefold().strip(".") in SUFFIXES else ""
    if not parts:
        return PersonName(titles=tuple(titles), suffix=suffix)
    if _family_first(parts):
        return PersonName(titles=tuple(titles), given=tuple(parts[1:]), surname=parts[0], suffix=suffix)
    surname = parts.pop()
    particles: list[str] = []
    while parts and _is_particle(parts):
        particles.insert(0, parts.pop())
    if match := re.match(r"(?i)(al|el|ul|ur|as|ash|ad|an|ar)-(?=\w)", surname):
        particles.append(match[1])
        surname = surname[match.end() :]
    return PersonName(
        titles=tuple(titles), given=tuple(parts), particles=tuple(particles), surname=surname, suffix=suffix
    )


def _is_particle(parts: Sequence[str]) -> bool:
    """Whether the last word is a particle; "Ben" and "Al" that open a name are given names."""
    last = parts[-1].casefold()
    opens = len(parts) == 1 and parts[0][0].isupper() and last in words("en/names/given_names")
    return last in words("world/particles") and not opens


def _leading_titles(parts: Sequence[str]) -> int:
    """How many words at the front are titles and their modifiers ("Deputy Prime Minister"); never all of them."""
    cut = 0
    for at, word in enumerate(parts[:-1]):
        if is_title(word):
            cut = at + 1
        elif not is_modifier(word):
            break
    return cut


@cache
def _families() -> dict[str, bool]:
    return {row["name"].casefold(): row["sure"] == "yes" for row in read_table("world/family_first.tsv")}


def _family_first(parts: list[str]) -> bool:
    """Whether the first word is the family name: "Xi Jinping", "Kim Jong-un", "Ban Ki-moon"."""
    families = _families()
    sure = families.get(parts[0].casefold())
    if sure is None or not 2 <= len(parts) <= 3 or parts[-1].casefold() in families:
        return False
    return sure or "-" in parts[1] or (len(parts) == 3 and len(parts[1]) > 2)


def given_keys(name: PersonName) -> tuple[str, ...]:
    """The keys of the given names, in order."""
    return tuple(key for word in name.given for key in (given_key(word),) if key)


def given_letters(name: PersonName) -> tuple[str, ...]:
    """The first letters of the given names as they are spelled ("j" of "Jack", whose key is another name's)."""
    return tuple(normalise(word)[0] for word in name.given if given_key(word))


def is_weak(key: str) -> bool:
    """Whether a given name alone tells nobody apart."""
    return key in words("world/weak_given_names")


def same_person(a: str, b: str) -> Likeness | None:
    """How surely two names are one person's, with the reason; None where they cannot be.

    0.9 and more: the names say so. About 0.75: so unless somebody else in the corpus fits as well. 0.4: a lone
    surname, which says nothing by itself.
    """
    if normalise(a) and normalise(a) == normalise(b):
        return Likeness(score=1.0, reason="the same name")
    one, two = parse_person(a), parse_person(b)
    if not one.surname or surname_key(one.surname) != surname_key(two.surname):
        return _shortened(a, b)
    if one.suffix and two.suffix and normalise(one.suffix) != normalise(two.suffix):
        return None
    if not one.given or not two.given:
        return Likeness(score=0.4, reason=f"the surname {one.surname} alone")
    return _compare_given(one, two)


def _compare_given(one: PersonName, two: PersonName) -> Likeness | None:
    short, long = sorted((one, two), key=lambda name: (len(given_keys(name)), sum(map(len, given_keys(name)))))
    keys = given_keys(short)
    if keys == given_keys(long):
        return Likeness(score=0.95, reason=f"spellings of one name: {_full(one)}, {_full(two)}")
    if not keys or not fits(short, long):
        return None
    if all(len(key) == 1 for key in keys):
        return Likeness(score=0.75, reason=f"initials: {_full(one)}, {_full(two)}")
    return Likeness(score=0.9, reason=f"one name in a shorter form: {_full(one)}, {_full(two)}")


def fits(short: PersonName, long: PersonName) -> bool:
    """Whether given names are others left out or shortened to initials: "Omar" fits "Muhammad Omar".

    Two or more stand in the same places from the first on; a lone one is the first, or the first that tells anything.
    """
    few = list(zip(given_keys(short), given_letters(short), strict=True))
    many = list(zip(given_keys(long), given_letters(long), strict=True))
    if len(few) > 1:
        return all(_agree(a, b) for a, b in zip(few, many, strict=False))
    if is_weak(few[0][0]):
        return len(many) == 1 and _agree(few[0], many[0])
    telling = next((at for at, (key, _) in enumerate(many) if not is_weak(key)), 0)
    return any(_agree(few[0], given) for given in many[: telling + 1])


def _agree(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Whether two given names, each its key and its letter, are one, or one of them the other's initial."""
    return a[0] == b[0] or (1 in (len(a[0]), len(b[0])) and a[1] == b[1])


def _shortened(a: str, b: str) -> Likeness | None:
    """Two surnames of which one is left out: "Enrique Peña" of "Enrique Peña Nieto"."""
    short, long = sorted((normalise(a).split(), normalise(b).split()), key=len)
    if 2 <= len(short) < len(long) and long[: len(short)] == short:
        return Likeness(score=0.75, reason="the second surname left out")
    return None


def _full(name: PersonName) -> str:
    return " ".join((*name.given, *name.particles, name.surname, *filter(None, (name.suffix,))))


def initials(name: str) -> str:
    """The first letters of a name's large words: "UN" of "the United Nations"; "" for fewer than two."""
    letters = [word[0] for word in re.findall(r"[^\W_]+", name[:LONG]) if word[0].isupper()]
    return "".join(letters) if len(letters) > 1 else ""
