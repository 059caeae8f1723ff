"""What holds one name together where it seems to end: "People's Bank", "Boundaries and Electoral Commission"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from .names import is_title
from .world import head_word_kind, heads, words, world_forms

_MARKS = frozenset({"'s", "’s", "s'", "s’"})
_CODE = re.compile(r"(?=\w*[A-Za-z])(?=\S*\d)(?:\w*-\w*|[A-Z]*\d{3,}\w*|\w*\d[a-z]\w*|[A-Z]\w+\d\w*)")
_PARTY = re.compile(r"[DRI]-[A-Z][a-z]*")
_OF_FIELD = re.compile(r"(?:Department|Ministry|Directorate|Secretariat|Bureau) (?:of|for) (?:the )?([A-Z]\w+)[\w ,]*")
_MOST_WORDS = 4


def is_possessive(word: str) -> bool:
    """Whether a word bears the mark of a possessive ("Roe's", "Workers'")."""
    return word[-2:] in _MARKS and len(word) > 2


def bare(word: str) -> str:
    """A word without the mark of a possessive."""
    if not is_possessive(word):
        return word
    return word[:-2] if word[-1] == "s" else word[:-1]


@lru_cache(maxsize=65536)
def is_field(word: str) -> bool:
    """Whether bodies and offices are named for a word ("Energy", "Affairs")."""
    return word.casefold() in words("en/names/fields")


def is_organ(name: str) -> bool:
    """Whether a name is that of a state's organ: a listed one, or a department's, told by its field."""
    if " " in name and name.casefold() in words("en/names/state_organs"):
        return True
    told = _OF_FIELD.fullmatch(name) if name[:1] in "DMSB" else None
    return bool(told and is_field(told[1]))


def owns_body(before: Sequence[str], owner: str, following: str) -> bool:
    """Whether a possessive stands inside a name: "People's Bank", "Attorney General's Office", "St John's College"."""
    base = bare(owner)
    if not following[:1].isupper():
        return False
    if base.casefold() in words("en/names/owners"):
        return True
    if following not in heads() or heads()[following] == "event":
        return False
    return is_title(base) or base == "General" or before[-1:] in (["St"], ["St."])


def ends_company(word: str) -> bool:
    """Whether a word is a legal form with its full stop ("Ltd.")."""
    return word.endswith(".") and word.casefold().rstrip(".") in words("world/legal_forms")


def goes_on(before: Sequence[str], link: str, after: Sequence[str]) -> bool:
    """Whether "and" between two fields, or "&", goes on with a name whose head is still to come.

    `after` are the words that follow: "Boundaries and" goes on before "Electoral Commission".
    """
    if link == "&":
        return True
    if link != "and" or not is_field(before[-1]) or not after or not is_field(after[0]):
        return False
    large = list(takewhile(lambda word: word[:1].isupper(), after[:_MOST_WORDS]))
    if any(" ".join(large[:at]).casefold() in words("en/names/state_organs") for at in range(2, len(large) + 1)):
        return False
    return any(head_word_kind(word) in ("organisation", "group") for word in large[1:])


def begins_other(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a second body follows "and", behind one that names its place ("Bank of Utopia and People's Bank")."""
    if not after or after[0] == "the":
        return True
    if {"Ministry", "Department"} & set(before) and is_field(before[-1]) and not is_field(after[0]):
        return after[0][:1].isupper()  # "Department of Energy and Quux"
    told = before[-1] in world_forms() and before[-2:-1] in (["of"], ["for"])
    return told and any(word in heads() for word in after[:_MOST_WORDS])


@lru_cache(maxsize=65536)
def is_code(word: str) -> bool:
    """Whether a word is the number of a thing rather than a name: "F-16", "C919", "K2-18b"; not "G20" or "M23"."""
    return bool(_CODE.fullmatch(word))


def is_party_label(word: str) -> bool:
    """Whether a word is what an American lawmaker's party and state are told by ("R-Ohio")."""
    return bool(_PARTY.fullmatch(word))
