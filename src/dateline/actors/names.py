"""Names of persons and bodies: brought to one form, taken apart, keyed so that spellings of one name agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..rules import read_table
from .world import words

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SYLLABLE = 5
"""No half of a Korean given name is longer."""
LONG = 200
"""Longer than any name: what goes on after it is noise."""

_EXTRA = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_QUOTES = str.maketrans("", "", "'’‘`ʼ.\"“”")
_NICKNAME = re.compile(r"\s*(?:[\"“][^\"”]{1,30}[\"”]|\([^)]{1,30}\))\s*")
_OF_FAITH = re.compile(r"(?i)(?<![^\W_])([^\W\d_]{3,})[ -](?:[aeiou][ld]|e)[ -](din|deen|dine)(?![^\W_])")
"""Names made with "of the faith" ("Siraj-ud-Din"), which others write as one word."""
_PREFIX = re.compile(r"(?<![^\W_])(?:(?P<abu>[Aa]bu)[ -](?=[Bb]ak)|Ó )(?=[^\W\d_])")
"""Words that others write with the next as one: "Abu Bakr", "Ó Néill"."""
_SERVANT = re.compile(r"(?i)abd[eua](?:l|r(?=r)|s(?=s)|n(?=n)|d(?=d))((?!lah)[a-z]{4,})")
"""Names made with "servant of" ("Abdelaziz", "Abdurrashid"), which others write as two words."""
_VOWELS_TOLD = re.compile(r"kh|gh|q|zad|dd[iy]n|[iy]$")
"""Spellings of languages that news transliterates with "o" or "u" for one vowel; elsewhere these are two."""
_SOUNDS = (
    (r"^abd[aeiou]([lnrs])", r"abdu\1"),
    (r"aei", "ai"), (r"(?<=[^aeiou])yo(?=v)|(?<=[cs]h)o(?=v)", "e"), (r"(?<=\w\w)[aou](?=llah?$)", "u"),
    (r"nka$", "nko"), (r"(?<=\w\w)[aeou]d+(?:ee|i)ne?$", "uddin"),
    (r"(?<=[^aeiouq])([aou])e(?=[^aeiouy])", r"\1"), (r"(?<=[^aeiou])y(?=e)", ""),
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
    eastern: bool = False
    """Whether the family name stood first."""


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """A name without case, accents, punctuation, a leading "the" and legal forms: what equal names share."""
    plain = unicodedata.normalize("NFKD", name[:LONG].casefold().replace("&", " and ").translate(_EXTRA))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_QUOTES)
    parts = re.findall(r"[^\W_]+", plain)
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in words("world/legal_forms"):
        parts = parts[:-2] if len(parts) > 2 and parts[-2] == "and" else parts[:-1]
    return " ".join(parts)


@lru_cache(maxsize=65536)
def sound(word: str, two_vowels: bool = False) -> str:
    """A spelling that transliterations share: "Omer", "Umar" → "umar"; "Daudzai", "Dawoodzai" → "dudsi".

    With `two_vowels`, a plain "o" and a plain "u" stay two letters ("Moller", "Muller").
    """
    plain = normalise(word).replace(" ", "")
    for pattern, spelling in _SOUNDS:
        plain = re.sub(pattern.removesuffix("|o") if two_vowels else pattern, spelling, plain)
    return plain


@cache
def _variants() -> dict[str, str]:
    """Given name → the first name of its set."""
    table: dict[str, str] = {}
    for row in read_table("world/given_name_variants.tsv"):
        forms = row["forms"].split("|")
        for form in forms:
            table.setdefault(_key(form), _key(forms[0]))
    return table


@cache
def _by_sound() -> dict[str, str]:
    """The sound of a long form → the first name of its set, where it is the sound of one set only."""
    sets: dict[str, set[str]] = {}
    for form, first in _variants().items():
        if len(form) > 4:
            sets.setdefault(_spelling(form), set()).add(first)
    return {heard: min(firsts) for heard, firsts in sets.items() if len(firsts) == 1}


def _key(word: str) -> str:
    return normalise(word).replace(" ", "")


@lru_cache(maxsize=65536)
def given_key(word: str) -> str:
    """What variants of one given name share; a single letter for an initial."""
    plain = _key(word)
    if len(plain) <= 1:
        return plain
    return _variants().get(plain) or _by_sound().get(_spelling(plain)) or _spelling(plain)


@lru_cache(maxsize=65536)
def surname_key(word: str) -> str:
    """What spellings of one surname share."""
    plain = _key(word)
    return _variants().get(plain) or _spelling(plain, two_vowels=not _VOWELS_TOLD.search(plain))


def _spelling(plain: str, two_vowels: bool = False) -> str:
    """The sound of a long word; a short one as it is spelled, since few letters are soon alike."""
    single = re.sub(r"(.)\1+|(?<=[^aeiouq][ou])e(?=[^aeiouy])", r"\1", plain) if len(plain) > 3 else plain
    return sound(plain, two_vowels) if len(single) > 4 else single


@lru_cache(maxsize=65536)
def is_title(word: str) -> bool:
    """Whether a word is an honorific, a rank or the head of a role ("Mr", "Gen.", "President")."""
    low = word.casefold()
    if {low, low.rstrip(".")} & words("en/names/titles", "office"):
        return True
    large = word[:1].isupper() or word[:1] == "("
    return large and (low in words("en/names/titles", "honorific") or low in words("en/names/titles", "rank"))


@lru_cache(maxsize=65536)
def is_modifier(word: str) -> bool:
    """Whether a word may stand before the head of a role ("foreign", "Deputy")."""
    return word.casefold() in words("en/names/titles", "modifier")


@lru_cache(maxsize=65536)
def parse_person(name: str) -> PersonName:
    """A person's name in its parts. A lone word is a surname; titles and nicknames in quotation marks are set apart."""
    parts = _in_one(_in_order(_NICKNAME.sub(" ", name[:LONG]))).replace(",", " ").split()
    cut = _leading_titles(parts)
    titles, parts = parts[:cut], parts[cut:]
    suffix = parts.pop() if len(parts) > 1 and _is_suffix(parts[-1]) else ""
    if not parts:
        return PersonName(titles=tuple(titles), suffix=suffix)
    if _family_first(parts):
        return PersonName(titles=tuple(titles), given=tuple(parts[1:]), surname=parts[0], suffix=suffix, eastern=True)
    if len(parts) == 2 and "-" in parts[0] and _families().get(_key(parts[1])):
        return PersonName(titles=tuple(titles), given=(parts[0],), surname=parts[1], suffix=suffix, eastern=True)
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


def _in_one(name: str) -> str:
    """A name whose parts that belong together are one word."""
    return _PREFIX.sub(lambda prefix: prefix["abu"] or "Ó", _OF_FAITH.sub(r"\1uddin", name))


def _in_order(name: str) -> str:
    """A name that is turned round for a list ("Roe, Jane") the right way round."""
    first, comma, rest = name.partition(",")
    turned = comma and first.strip() and "," not in rest and rest.strip() and not _is_suffix(rest.split()[0])
    return f"{rest.strip()} {first.strip()}" if turned else name


def _is_suffix(word: str) -> bool:
    return word.casefold().strip(".") in SUFFIXES


def _is_particle(parts: Sequence[str]) -> bool:
    """Whether the last word is a particle; "Ben" and "Al" that open a name are given names."""
    last = parts[-1].casefold()
    opens = len(parts) == 1 and parts[0][0].isupper() and last in words("en/names/given_names")
    return last in words("world/particles") and not opens


@lru_cache(maxsize=65536)
def is_given_name(word: str) -> bool:
    """Whether a word is listed as a given name, with its accents or without them."""
    return word.casefold() in words("en/names/given_names") or normalise(word) in _plain_given()


@cache
def _plain_given() -> frozenset[str]:
    return frozenset(map(normalise, words("en/names/given_names")))


def _leading_titles(parts: Sequence[str]) -> int:
    """How many words at the front are titles and their modifiers ("Deputy Prime Minister"); never all of them."""
    cut = 0
    for at, word in enumerate(parts[:-1]):
        if is_title(word) and not _opens_name(parts[at:]):
            cut = at + 1
        elif not is_modifier(word):
            break
    return cut


def _opens_name(parts: Sequence[str]) -> bool:
    """Whether a word that can be a title is a given name with the surname after it ("Marine Le Pen")."""
    if not is_given_name(parts[0]):
        return False
    rest = [word for word in parts[1:] if word.casefold() not in words("world/particles")]
    return len(rest) < 2


@cache
def _families() -> dict[str, bool]:
    return {_key(row["name"]): row["sure"] == "yes" for row in read_table("world/family_first.tsv")}


def _family_first(parts: list[str]) -> bool:
    """Whether the first word is the family name: "Xi Jinping", "Kim Jong-un", "Ban Ki-moon"."""
    families = _families()
    sure = families.get(_key(parts[0]))
    if sure is None or not 2 <= len(parts) <= 3 or _key(parts[-1]) in families:
        return False
    if sure or "-" in parts[1]:
        return True
    return len(parts) == 3 and parts[1].isalpha() and (len(parts[1]) > 2 or len(parts[2]) <= _SYLLABLE)


def given_tokens(name: PersonName) -> tuple[str, ...]:
    """The given names one by one: "Jean-Luc" and "Abdurrashid" are two, "J.K." and "MK" two initials.

    Where the family name stands first the given name is one, however it is cut: "Jong-un", "Jong Un", "Jongun".
    """
    if name.eastern:
        return ("".join(normalise(word).replace(" ", "") for word in name.given),) if name.given else ()
    found: list[str] = []
    for word in name.given:
        letters = word.replace(".", "")
        if letters.isalpha() and len(letters) < 4 and (word.count(".") > 1 or _is_cluster(letters, name)):
            found.extend(letters)
            continue
        for part in filter(None, re.split("[-‐‑]", word)):
            servant = _SERVANT.fullmatch(part)
            found.extend(("Abdul", servant[1]) if servant and _key(part) not in _variants() else (part,))
    return tuple(found)


def _is_cluster(letters: str, name: PersonName) -> bool:
    """Whether capitals are initials written together ("MK Stalin"), in a name that is not all in capitals."""
    return len(letters) > 1 and letters.isupper() and not name.surname.isupper()


def given_keys(name: PersonName) -> tuple[str, ...]:
    """The keys of the given names, in order."""
    return tuple(key for word in given_tokens(name) for key in (given_key(word),) if key)


def given_letters(name: PersonName) -> tuple[str, ...]:
    """The first letters of the given names as they are spelled ("j" of "Jack", whose key is another name's)."""
    return tuple(normalise(word)[0] for word in given_tokens(name) if given_key(word))


def is_weak(key: str) -> bool:
    """Whether a given name alone tells nobody apart."""
    return key in words("world/weak_given_names")


def initials(name: str) -> str:
    """The first letters of a name's large words: "UN" of "the United Nations"; "" for fewer than two."""
    letters = [word[0] for word in re.findall(r"[^\W_]+", name[:LONG]) if word[0].isupper()]
    return "".join(letters) if len(letters) > 1 else ""


def person_initials(name: str) -> str:
    """The first letters of a person's name of three to five words ("mbs" of "Mohammed bin Salman"), else ""."""
    letters = "".join(word[0] for word in normalise(name).split())
    return letters if 2 < len(letters) < 6 else ""
