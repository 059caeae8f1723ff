"""How alike two texts are in their wording: TF-IDF vectors and their cosine.

The weights come from a fixed table of document frequencies, not from the corpus at hand: an article that is added
changes no weight, and so no score, of those that were there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log, sqrt

from ..rules import read_table
from .keys import country_of

Vector = Mapping[str, float]
"""Term → weight, of length 1, sorted by term; empty for a text that tells nothing."""

TABLE = "en/document_frequencies.tsv"
DOCUMENTS = 1_000_000
"""The number of documents that the table counts in."""
TELLS_NOTHING = 1.2
"""A term of a lower weight stands in every third text: it is left out."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiou]|(?<=[^aeiou])y")
_NO_SHORTENING = ("ll", "ss", "zz")


# --------------------------------------------------------------------------------------------------- terms


def terms(text: str) -> list[str]:
    """The terms of a text in order: stems in lower case, countries under one name, numbers of two digits and more."""
    found = []
    for word in _WORD.findall(text):
        if word[0].isdigit():
            if len(digits := word.replace(",", "")) > 1:
                found.append(digits)
        elif len(word) > 1:
            found.append(term(word))
    return found


@lru_cache(maxsize=65536)
def term(word: str) -> str:
    """The term that a word counts as: "Norwegian" as "norway", "killings" as "kill"."""
    if word[0].isupper() and (country := country_of(word)):
        return country
    return stem(word.lower())


def stem(word: str) -> str:
    """A word in lower case without its inflection.

    Step 1 of M. F. Porter, "An algorithm for suffix stripping", 1980: plurals, "-ed", "-ing", "-y".
    """
    if len(word) < 4:
        return word
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("eed"):
        word = word[:-1] if _VOWEL.search(word[:-3]) else word
    elif word.endswith("ed") and _VOWEL.search(word[:-2]):
        word = _mended(word[:-2])
    elif word.endswith("ing") and _VOWEL.search(word[:-3]):
        word = _mended(word[:-3])
    if word.endswith("y") and _VOWEL.search(word[:-1]) and len(word) > 3:
        word = word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 4 else word


def _mended(word: str) -> str:
    """A stem whose ending had doubled its last letter ("stopp")."""
    if len(word) > 3 and word[-1] == word[-2] and not word.endswith(_NO_SHORTENING):
        return word[:-1]
    return word


# ------------------------------------------------------------------------------------------------- weights


@cache
def _frequencies() -> dict[str, int]:
    return {row["term"]: int(row["documents"]) for row in read_table(TABLE)}


@cache
def rarest() -> float:
    """The weight of a term that the table does not hold."""
    return log(DOCUMENTS / min(_frequencies().values()))


@lru_cache(maxsize=65536)
def weight(one: str) -> float:
    """The inverse document frequency of a term; 0 for one that tells nothing."""
    if one[0].isdigit():
        return _weight_of_number(one)
    documents = _frequencies().get(one)
    found = log(DOCUMENTS / documents) if documents else rarest()
    return found if found >= TELLS_NOTHING else 0.0


def _weight_of_number(number: str) -> float:
    """Years and round numbers stand in many texts, others are nearly names."""
    if len(number) == 2 or number.endswith("00") or (len(number) == 4 and number[:2] in ("19", "20")):
        return rarest() / 3
    return rarest() / 2


# ------------------------------------------------------------------------------------------------- vectors


def vector(counts: Mapping[str, float]) -> Vector:
    """The TF-IDF vector of terms, counted; repetition adds less and less (1 + log of the count)."""
    raw = {one: (1 + log(max(1.0, count))) * weight(one) for one, count in counts.items()}
    length = sqrt(sum(value * value for value in sorted(raw.values())))
    return {one: raw[one] / length for one in sorted(raw) if raw[one] > 0} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """0 for nothing in common, 1 for the same wording; the same whichever comes first, since vectors are sorted."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return min(1.0, sum(value * large[one] for one, value in small.items() if one in large))


def shared_terms(a: Vector, b: Vector, number: int = 3) -> tuple[str, ...]:
    """The terms that make most of the likeness, weightiest first: what a reason names."""
    return tuple(sorted(a.keys() & b.keys(), key=lambda one: (-a[one] * b[one], one))[:number])
