"""Where a word for a place or a nation stands for a state: "Islamabad believes", "Afghan officials"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..rules import read_table
from .names import is_modifier
from .world import capitals, demonyms, peoples, words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|to|at|from|near|outside|around|through|across|into|via|visit|visited|visiting|reach|reached|left|toward"
    r"|towards|of|for|leave|leaving|entered|enter)\s+(?:the\s+|central\s+|downtown\s+)?$",
    re.IGNORECASE,
)
_NAME = r"(?:the )?[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3}"
_AND_ALSO = re.compile(rf"(?:, {_NAME}){{0,3}},? and {_NAME}(?= [a-z])")
_OBJECT_OF = re.compile(
    r"\b(?:protests?|criticism|condemnation|praise|pressure|support|anger|rebukes?|sanctions|warnings?|threats?|outrage)"
    rf" (?:from|by) (?:{_NAME}, ){{0,3}}(?:{_NAME},? and )?$"
)
"""What a government is said to utter, and no town."""
_PAIR = re.compile(r"\bbetween\s+(?:\w+\s+and\s+)?$")


@cache
def state_verbs() -> frozenset[str]:
    """All forms of the verbs in `state_verbs.tsv`."""
    forms: set[str] = set()
    for row in read_table("en/names/state_verbs.tsv"):
        verb = row["verb"]
        stem = verb.removesuffix("e")
        ies = verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"
        ied = verb[:-1] + "ied" if ies.endswith("ies") and verb.endswith("y") else stem + "ed"
        forms |= {verb, ies, verb + "es", ied, stem + "ing", verb + "ing"}
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing", *filter(None, row["forms"].split("|"))}
    return frozenset(forms)


def acts_as_state(text: str, start: int, end: int) -> bool:
    """Whether the town at `text[start:end]` stands for its government there."""
    after = text[end : end + 80]
    before = text[max(0, start - 40) : start]
    if _before_noun(after):
        return True
    if _pair(before, after):
        return True
    if _OBJECT_OF.search(before):
        return True
    if _PLACE_BEFORE.search(before):
        return False
    if re.match(r"['’]s?\s", after):
        act = re.match(r"['’]s?\s+(?:[a-z-]+\s+)?([a-z]+)", after)
        return bool(act and act[1] in words("en/names/state_acts") | words("en/names/state_nouns"))
    return _is_subject(after)


def _before_noun(after: str) -> bool:
    """ "administration", "military leadership" come next."""
    found = re.match(r" ([a-z]+)(?: ([a-z]+))?", after)
    if not found:
        return False
    nouns = words("en/names/state_nouns")
    return found[1] in nouns or (is_modifier(found[1]) and found[2] in nouns)


def _pair(before: str, after: str) -> bool:
    """ "between Islamabad and Washington": relations, not a road."""
    if not _PAIR.search(before):
        return False
    last = re.match(r"\s+and\s+([A-Z]\w+(?: [A-Z]\w+)?)", after)
    return bool(re.search(r"and\s+$", before)) or bool(last and last[1] in capitals())


def _is_subject(after: str) -> bool:
    """Whether the words after a name are a verb of states, others named with it and helping words passed over."""
    if also := _AND_ALSO.match(after):
        after = after[also.end() :]
    for at, word in enumerate(re.findall(r"\S+", after)[:5]):
        plain = word.strip(",")
        if plain in state_verbs():
            return True
        if plain not in words("en/names/helping_words") and not (plain.endswith("ly") and at < 4):
            return False
        if word.endswith(","):
            return False
    return False


def find_state_adjectives(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Demonyms before nouns of state, peoples that act as states do ("the Russians invited"): start, end, country."""
    nations = _nations()
    for word in _WORD.finditer(text, start, end):
        if word[0] not in nations:
            continue
        country = demonyms().get(word[0])
        if country and _before_state_noun(text[word.end() : min(end, word.end() + 70)]):
            yield word.start(), word.end(), country
        people = peoples().get(word[0])
        definite = people and re.search(r"\b[Tt]he $", text[max(start, word.start() - 5) : word.start()])
        if people and definite and _is_subject(text[word.end() : min(end, word.end() + 70)]):
            yield word.start(), word.end(), people


@cache
def _nations() -> frozenset[str]:
    return frozenset({*demonyms(), *peoples()})


def _before_state_noun(after: str) -> bool:
    """ "government", "military and intelligence", "and Taliban delegations" come next; a person's noun does not."""
    for at, match in enumerate(_WORD.finditer(after)):
        word = match[0]
        if word in words("en/names/state_nouns"):
            return True
        if at > 3 or "." in after[: match.start()] or not (is_modifier(word) or word == "and" or word[0].isupper()):
            return False
    return False
