"""Where a report says that its words come from: "a Foreign Office statement", "Reuters reported", "state media said".

An anonymous source ("a senior official") is nobody's: two of them are never one origin. Frames and words are lists in
`data/en/origins/`, each frame with examples; `data/world/agencies.tsv` holds the names of news agencies.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from .events.tokens import grammar
from .rules import read_table

_NAME = r"(?:[Tt]he\s)?[A-Z][\w&.’'-]*(?:\s(?:of\s(?:the\s)?|for\s|de\s|al-)?[A-Z][\w&’'-]*){0,6}"
"""Words with capitals; longer ones name nobody."""
_OWNER = re.compile(r".*['’]s\s(?=[A-Z])|.*['’]\s(?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_ARTICLE = re.compile(r"\s*the\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SLOT = re.compile(r"\{\w+\}")
_LONGEST = 4000
"""Characters of a sentence that are looked at."""
_ANONYMOUS = frozenset(("a", "an", "another", "some", "one", "two", "three", "several", "many", "other", "sources"))


def origins_in(text: str, outlets: Collection[str] = ()) -> tuple[str, ...]:
    """The names and bodies that a sentence credits with what it tells, as written, in the order of the frames.

    `outlets`: names of news organisations beside the agencies, as `plain` gives them.
    """
    text = text[:_LONGEST]
    found: list[str] = []
    low = text.lower()
    for frame, cues in _frames():
        for match in frame.finditer(text) if any(cue in low for cue in cues) else ():
            who, outlet = match.groupdict().get("who"), match.groupdict().get("outlet")
            name = _without_frill(who or outlet or "")
            if name and (who or plain(name) in agencies() or plain(name) in outlets):
                found.append(name)
    found += [meaning for meaning, pattern in _said_by() if pattern.search(text)]
    return tuple(dict.fromkeys(found))


def body_of(words: str) -> str:
    """What a speaker without a name is called as an origin: "state television" is state media; "" for an anonymous."""
    return bodies().get(" ".join(words.lower().split()), "")


def is_anonymous(words: str) -> bool:
    """Whether words tell no one speaker: "a senior official", "sources", "officials"."""
    first = next(iter(words.lower().split()), "")
    lower = words[:1].islower()
    return first in _ANONYMOUS or (lower and words.split()[-1].endswith("s") and first != "the")


def plain(name: str) -> str:
    """A name by which an origin is known again: agencies under one name, no article, lower case."""
    article = _ARTICLE.match(name)
    short = " ".join(_WORD.findall(name[article.end() :] if article else name)).lower()
    return agencies().get(short, short)


@cache
def agencies() -> Mapping[str, str]:
    """Every name of a news agency, lower case → the one under which it is known."""
    found: dict[str, str] = {}
    for row in read_table("world/agencies.tsv"):
        for name in (row["name"], *row["aliases"].split(",")):
            short = " ".join(_WORD.findall(name)).lower()
            if short:
                found[short.removeprefix("the ")] = row["name"].lower()
    return found


def agency_names() -> tuple[str, ...]:
    """The names under which news agencies are known."""
    return tuple(row["name"] for row in read_table("world/agencies.tsv"))


@cache
def bodies() -> Mapping[str, str]:
    """Sources without a name → what they are; "" for those that are nobody."""
    rows = read_table("en/origins/bodies.tsv")
    return {words.strip().lower(): row["meaning"] for row in rows for words in row["words"].split(",")}


@cache
def _said_by() -> tuple[tuple[str, re.Pattern[str]], ...]:
    meant: dict[str, list[str]] = {}
    for words, meaning in bodies().items():
        if meaning:
            meant.setdefault(meaning, []).append(re.escape(words))
    says = r"(?:said|says|reported|announced|confirmed)"
    found = []
    for meaning, spellings in meant.items():
        who = f"(?:{'|'.join(spellings)})"
        pattern = rf"\b(?:{who} {says}|{says} {who}|according to {who})\b"
        found.append((meaning, re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


@cache
def _frames() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Each frame, and words of which a text must hold one."""
    slots = {
        "{who}": f"(?P<who>{_NAME})",
        "{outlet}": f"(?P<outlet>{_NAME})",
        "{document}": _any_of("document"),
        "{tells}": _any_of("tells"),
    }
    found = []
    for frame in dict.fromkeys(row["frame"] for row in read_table("en/origins/frames.tsv")):
        listed = next((name for name in ("document", "tells") if f"{{{name}}}" in frame), "")
        cues = _list(listed) if listed else tuple(re.findall(r"[a-z]{4,}", _SLOT.sub("", frame))) or ("(",)
        for slot, pattern in slots.items():
            frame = frame.replace(slot, pattern)
        start = r"(?<!\w)" if frame[:1] != "\\" else ""
        end = r"(?!\w)" if frame[-1:] != ")" or frame.endswith(f"{_NAME})") else ""
        found.append((re.compile(start + _first_letter(frame) + end), cues))
    return tuple(found)


def _first_letter(frame: str) -> str:
    """A frame that begins with a word may begin a sentence."""
    return f"[{frame[0].upper()}{frame[0]}]{frame[1:]}" if frame[:1].isalpha() else frame


def _any_of(name: str) -> str:
    return f"(?:{'|'.join(_list(name))})"


def _list(name: str) -> tuple[str, ...]:
    """The words of a list, the longest first."""
    return tuple(sorted((row["word"] for row in read_table(f"en/origins/{name}.tsv")), key=len, reverse=True))


@cache
def _before_names() -> frozenset[str]:
    """Words with a capital that may stand right before a name: "On Thursday Reuters reported"."""
    lists = (*read_table("en/dates/month.tsv"), *read_table("en/dates/weekday.tsv"))
    return frozenset(row["word"].lower() for row in lists) | grammar("preposition")


def _without_frill(name: str) -> str:
    """A name without whose it is ("Pakistan’s The Daily Times"), without a day before it, without a possessive mark."""
    name = _POSSESSIVE.sub("", _OWNER.sub("", name))
    words = name.split()
    while words and words[0].lower() in _before_names():
        words = words[1:]
    name = " ".join(words).strip(" .")
    return "" if name.lower() in _EMPTY else name


_EMPTY = frozenset(("the", "it", "he", "she", "they", "i", "we", "this", "that", "a", "an", ""))
