"""Titles and roles beside a person's name: taken off the name, and kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .compounds import is_field
from .names import is_modifier, is_title
from .offices import in_full
from .world import capitals, country_names, demonyms, words

_TOKEN = re.compile(r"\([^()\s]{1,8}\)|[^\s,;:()\"“”]+|\S")
_WORDS_BACK = 16
_LINKS = frozenset({"for", "of", "to", "on", "in", "at", "and", "the", "d'", "&"})
_POSSESSIVE = re.compile(r"['’]s?$")
_OFFICE_OF = re.compile(r"([^\W\d_]+) (?:of|for) (?:the )?(?:[A-Z]\w+(?: [A-Z]\w+)?,? and (?:the )?)?$")
_ALSO_GIVEN = frozenset({"Dean", "Duke", "Earl", "King"})
"""Titles that are given names where another title stands before them."""
_PASSED_ON = frozenset({"for", "of", "to"})
_OF_STATE = re.compile(r" of (?:the )?([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})")
_AFTER = re.compile(
    r"(?: \([^()]{1,30}\))?,\s+(?:(?:the|a|an|its|his|her|their)\s+)?([^,.;:()\"“”–—]{3,150})(?=[,.;]|$)"
)
_CLAUSE = re.compile(
    r"\s(?:who|which|that|was|were|is|are|has|have|had|said|says|told|will|would|whose|where|when)\s.*$"
)


def bare(token: str) -> str:
    """A word without the mark of a possessive."""
    return _POSSESSIVE.sub("", token) if "'" in token or "’" in token else token


@lru_cache(maxsize=65536)
def _is_country(token: str) -> bool:
    return any(bare(token) in table for table in (country_names(), demonyms(), capitals()))


def _is_role_word(token: str) -> bool:
    return is_title(token) or is_modifier(token) or (is_title(token.rstrip(".")) and token[0].isupper())


@lru_cache(maxsize=16384)
def title_length(name: str) -> int:
    """How many characters at the front of a name are titles: 19 in "US Foreign Minister Jane Roe".

    Only words up to the last title count, with what it is of ("Secretary of State"); at least one word of the name is
    left over, unless all are titles.
    """
    tokens = list(_TOKEN.finditer(name))
    end, of = 0, False
    for at, token in enumerate(tokens):
        word = token[0]
        of = bool(end) and (of or word in ("of", "for"))
        if is_title(word) and (word[0].isupper() or word[0] == "(" or at):
            if at + 2 == len(tokens) and (word == "Dean" or (end and word in _ALSO_GIVEN)):
                break  # "Gov. Earl Roe"; a dean is called "Dean Jane Roe" or "Professor Roe"
            end, of = token.end(), False
        elif of and is_field(word) and word[0].isupper():
            end = token.end()
        elif not (_is_role_word(word) or _is_country(word) or word in _LINKS or (end and word[0] == "(")):
            break
    return _skip_space(name, end)


def field_length(text: str, start: int, end: int) -> int:
    """How many characters at the front of a name tell what an office before it is of ("Secretary of | State Roe")."""
    if text[start - 1 : start] != " " or not is_field(text[start:end].split(" ")[0]):
        return 0
    before = _OFFICE_OF.search(text, max(0, start - 60), start)
    if not before or not is_title(before[1]):
        return 0
    parts = text[start:end].split(" ")
    cut = next((at for at, part in enumerate(parts) if not (is_field(part) or part in _LINKS)), 0)
    return sum(len(part) + 1 for part in parts[:cut])


def is_also_given(text: str, start: int) -> bool:
    """Whether a title that opens the name at `start` is a given name, since another stands before it ("Gov. Earl")."""
    before = re.search(r"(\S+) $", text[max(0, start - 30) : start])
    first = re.match(r"\w+", text[start : start + 12])
    return bool(before and first and first[0] in _ALSO_GIVEN and is_title(before[1]))


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t,":
        at += 1
    return at


def titles_before(text: str, start: int, floor: int) -> str:
    """The role words that end where a name starts, reaching back to `floor` at most; "" for none."""
    low = max(floor, start - 160)
    tokens = list(_TOKEN.finditer(text, low, start))[-_WORDS_BACK:]
    first = len(tokens)
    while first and _may_belong(tokens[first - 1][0]):
        first -= 1
    tokens = tokens[first:]
    while tokens and not _starts_role(tokens[0][0]):
        tokens = tokens[1:]
    tokens = _own(tokens)
    if not any(is_title(token[0]) for token in tokens):
        return ""
    return text[tokens[0].start() : start].strip()


def _own(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words without those of somebody else's role: "President" of "a spokesman for President" before a name."""
    links = [at for at, token in enumerate(tokens) if token[0] in _PASSED_ON]
    last = tokens[links[-1] + 1 :] if links else []
    last = last[1:] if last and last[0][0] == "the" else last
    return last if last and all(_is_role_word(token[0]) for token in last) and is_title(last[-1][0]) else tokens


def titles_beside(text: str, start: int, end: int, floor: int) -> str:
    """All role words beside the name at [start, end), before it and in apposition after it, "; " between them.

    A country that follows goes with the words before ("Prime Minister Jane Roe of Peru").
    """
    before = titles_before(text, start, floor)
    state = _OF_STATE.match(text, end)
    if before and state and not any(_is_country(token) for token in before.split()):
        parts = state[1].split()
        names = (" ".join(parts[:length]).rstrip(".") for length in range(len(parts), 0, -1))
        country = next((name for name in names if name in country_names()), "")
        before += f" of {country}" if country else ""
    return "; ".join(filter(None, (before, titles_after(text, end))))


def _may_belong(token: str) -> bool:
    if token in _LINKS or _is_role_word(token):
        return True
    if token[0] == "(" and len(token) > 2:
        return True
    return (token[0].isupper() and token[-1].isalnum()) or _is_country(token)


def _starts_role(token: str) -> bool:
    if _is_country(token) or _is_role_word(token):
        return True
    return token[0].isupper() and token.casefold() not in words("en/names/common_words")


def titles_after(text: str, end: int) -> str:
    """The role words in apposition after a name ("Jane Roe, the foreign minister of Utopia, said"); "" for none."""
    match = _AFTER.match(text, end, min(len(text), end + 170))
    if not match:
        return ""
    phrase = _CLAUSE.sub("", match[1]).strip()
    tokens = phrase.split()
    for at, token in enumerate(tokens[:6]):
        if is_title(token) or is_title(bare(token)):
            return phrase
        if not (_is_role_word(token) or _is_country(token) or token[0].isupper() or (at == 0 and token[0].isalpha())):
            return ""
    return ""


@lru_cache(maxsize=16384)
def is_only_titles(name: str) -> bool:
    """Whether a span names a role and nobody in it ("Special Representative", "Foreign Secretary")."""
    tokens = name.split()
    return any(is_title(token) for token in tokens) and all(
        _is_role_word(token) or _is_country(token) or token in _LINKS for token in tokens
    )


def as_roles(titles: Sequence[str]) -> tuple[str, ...]:
    """Titles worth telling, each once: more than a polite "Mr"."""
    polite = words("en/names/titles", "honorific")
    single = [title for told in titles for title in told.split("; ")]
    kept = [title for title in single if any(part.casefold() not in polite for part in title.split())]
    told = {title.casefold() for title in kept}
    return tuple(title for title in dict.fromkeys(kept) if in_full().get(title.casefold().rstrip(".")) not in told)
