"""What a role says of its holder: the office, and the state that it serves."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..rules import read_table
from .names import is_modifier, is_title
from .world import country_names, demonyms, words

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_SECOND = re.compile(r"\b(?:former|ex|then|late|acting|future|designate|elect|nominee|and|candidate|to|for)\b", re.I)
"""Words beside which a role says little of whom its holder serves."""


@cache
def in_full() -> dict[str, str]:
    """Titles that news shortens, in small letters and without a stop → the same in full."""
    return {row["short"].casefold(): row["long"].casefold() for row in read_table("en/names/short_titles.tsv")}


@lru_cache(maxsize=65536)
def offices(role: str) -> frozenset[str]:
    """The offices in a role, with the words that go with them: {"prime minister"} of "Pakistan's Prime Minister"."""
    found: set[str] = set()
    current: list[str] = []
    for token in [token for part in role.split(";") for token in (*(match[0] for match in _WORD.finditer(part)), "")]:
        low = token.casefold()
        if token and (is_title(token) or is_modifier(token)) and low not in words("en/names/titles", "honorific"):
            current.append(in_full().get(low.rstrip("."), low.rstrip(".")))
            continue
        if any(is_title(word) for word in current):
            found.add(" ".join(current))
        current = []
    return frozenset(found)


def ranks(role: str) -> frozenset[str]:
    """The ranks in a role, in full: {"general"} of "Gen."."""
    tokens = (match[0].casefold().rstrip(".") for match in _WORD.finditer(role) if match[0][0].isupper())
    listed = words("en/names/titles", "rank")
    return frozenset(in_full().get(token, token) for token in tokens if token in listed)


@lru_cache(maxsize=65536)
def state_served(role: str) -> str:
    """The one country whose office a role is ("Foreign minister of Peru", "US Senator"), "" where it is not plain."""
    if _SECOND.search(role):
        return ""
    plain = re.sub(r"['’]s?\b", "", role)
    named = {country for country in _countries(plain) if country}
    if len(named) != 1:
        return ""
    low = re.sub(r"\W+", " ", plain).casefold()
    if any(re.search(rf"\b{re.escape(office)}\b", low) for office in words("en/names/state_offices")):
        return named.pop()
    return ""


def _countries(role: str) -> list[str]:
    parts = role.split()
    found = []
    at = 0
    while at < len(parts):
        for length in (4, 3, 2, 1):
            form = " ".join(parts[at : at + length]).strip(",.;:()") if length > 1 else parts[at].strip(",;:()")
            country = country_names().get(form) or demonyms().get(form)
            if country:
                found.append(country)
                at += length - 1
                break
        at += 1
    return found
