"""Whether a title or a given name tells a woman or a man; what tells neither stays open."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..model import Mention
from ..rules import read_table
from .names import PersonName, given_tokens, normalise, parse_person


@cache
def _of_given() -> dict[str, str]:
    return {normalise(row["name"]): row["gender"] for row in read_table("en/names/given_names.tsv") if row["gender"]}


@cache
def _of_titles() -> dict[str, str]:
    return {row["word"].casefold(): row["gender"] for row in read_table("en/names/gendered_words.tsv")}


def gender_of_given(word: str) -> str:
    """ "f" or "m" for a given name that nearly only women, or men, bear; else ""."""
    return _of_given().get(normalise(word), "")


@lru_cache(maxsize=65536)
def gender_of_name(name: str) -> str:
    """The gender that the first given name of a full name tells, "" for none."""
    parsed = parse_person(name)
    return _of_person(parsed) or gender_of_titles(" ".join(parsed.titles))


def _of_person(parsed: PersonName) -> str:
    if parsed.eastern:
        return ""
    told = [gender_of_given(token) for token in given_tokens(parsed)[:1]]
    return told[0] if told else ""


def gender_of_titles(titles: str) -> str:
    """The gender that the words of titles agree on ("Mr", "Baroness", "Congresswoman"), "" for none."""
    found = {_of_titles()[word] for word in re.findall(r"[a-z]+", titles.casefold()) if word in _of_titles()}
    return found.pop() if len(found) == 1 else ""


def fits(one: str, two: str) -> bool:
    """Whether two genders, each perhaps unknown, can be one person's."""
    return not one or not two or one == two


def gender_of(person: Mention) -> str:
    """What titles or the given name of somebody named tell of a gender."""
    return gender_of_titles(person.titles) or gender_of_name(person.name or person.text)
