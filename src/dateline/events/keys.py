"""What tells one event's name from another's: its words without the noun that heads it, countries by one name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..actors.world import country_names, demonyms
from .inflect import s_form
from .tokens import grammar

_WORD = re.compile(r"[^\W_]+(?:[’'.&][^\W_]+)*")
_PREFIXED = re.compile(r"\b[a-z]+-[A-Z]\w+")
"""A name with a prefix makes a word of its own: what is "intra-Afghan" is not merely Afghan."""
_YEAR = re.compile(r"\d{1,4}\Z")


@cache
def _countries() -> dict[str, str]:
    """Names and adjectives of countries, lower case → the country."""
    forms = {**country_names(), **demonyms()}
    return {form.lower(): country.lower() for form, country in forms.items() if len(form) > 2 or form == "US"} | {
        "us": "united states",
        "uk": "united kingdom",
        "uae": "united arab emirates",
    }


@lru_cache(maxsize=65536)
def key_words(name: str, head: str) -> frozenset[str]:
    """The words of an event's name that tell it apart, lower case: no head, no grammar words, no numbers.

    Countries stand under one name, whether noun or adjective: "US", "American" and "U.S." are "united states".
    """
    rest = name.rsplit(head, 1)[0] if head and name.endswith(head) else name
    rest = re.sub(r"['’]s\b", "", rest)
    found = {word.lower() for word in _PREFIXED.findall(rest)}
    rest = _PREFIXED.sub(" ", rest)
    for form, country in _countries_in(rest):
        rest = rest.replace(form, " ")
        found.add(country)
    for word in _WORD.findall(rest.lower()):
        if word in grammar("name_filler") or word in grammar("preposition") or word in grammar("determiner"):
            continue
        if not _YEAR.match(word):
            found.add(_countries().get(word, word))
    return frozenset(found)


def run_on(name: str, head: str) -> str:
    """The words of a name before its head, run together and in the singular, so that "World Wide" is "Worldwide".

    "" for fewer than two words: one alone is compared as it is.
    """
    rest = name.rsplit(head, 1)[0] if head and name.endswith(head) else name
    words = [word for word in _WORD.findall(re.sub(r"['’]s\b", "", rest)) if not _YEAR.match(word)]
    closed = grammar("name_filler", "preposition", "determiner")
    kept = [singular(word.lower()) for word in words if word.lower() not in closed]
    return "".join(kept) if len(kept) > 1 else ""


def _countries_in(text: str) -> list[tuple[str, str]]:
    """Names of countries of several words, or with stops ("U.S."), that stand in a text."""
    lower = text.lower()
    return [
        (match, country)
        for form, country in _spaced_countries()
        if form in lower and (match := _same_case(text, lower, form))
    ]


def _same_case(text: str, lower: str, form: str) -> str:
    at = lower.find(form)
    return text[at : at + len(form)]


@cache
def _spaced_countries() -> tuple[tuple[str, str], ...]:
    return tuple((form, country) for form, country in _countries().items() if " " in form or "." in form)


def is_country(name: str) -> bool:
    """Whether a name means a state."""
    return name.lower() in _countries()


def country_of(word: str) -> str:
    """The country that one capitalised word names, as noun or adjective, in lower case; "" where it names none."""
    if word.lower() in ("us", "uk", "uae") and not word.isupper():
        return ""
    return _countries().get(word.lower(), "")


def singular(word: str) -> str:
    """The form a noun takes before another: "troops" in "troop withdrawal"."""
    if word.lower().endswith("s") and s_form(word[:-1]) == word and not word.lower().endswith("ss"):
        return word[:-1]
    return word


STEM = 6
_PLAIN_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, cut to six letters so that "agree" and "agreed" meet."""
    return frozenset(w[:STEM] for w in _PLAIN_WORD.findall(text.lower()) if len(w) > 2 and w not in _empty())


@cache
def _empty() -> frozenset[str]:
    """Words that carry no meaning of their own."""
    return grammar("preposition", "determiner", "finite_aux")
