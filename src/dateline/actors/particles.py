"""Persons' names made whole where a recogniser cut them at a particle: "Jan van der Roe", "Abdullah al-Rashid"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ..model import Mention
from .names import is_given_name
from .world import head_word_kind, table_name, words

_NOT_WRITTEN_SMALL = frozenset({"ben", "mac", "st", "y", "e", "do", "des", "ul", "ur"})
"""Particles that are other words, too, when they are written small before a capital."""
_NAME = r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_LINKED = re.compile(rf" (?:e|y|i) {_NAME}")
"""What goes on a double surname: "Moura e Silva", "Ortega y Gasset", "Puig i Mas"; no English word is so short."""
_CUT, _NEXT = re.compile(r" ([^\W\d_]+)$"), re.compile(rf" {_NAME}")
_BACK = 60
_SURE = re.compile(r"(?:von|van (?:de[nr]?|het)|de la|della|dos|bin|bint|ibn) $")
"""Particles that stand before nothing but a person's name where they are written small."""


@cache
def _small() -> str:
    return "|".join(sorted(words("world/particles") - _NOT_WRITTEN_SMALL))


@cache
def _after() -> re.Pattern[str]:
    """What goes on a name that was cut: " van der Roe", " al-Rashid"."""
    return re.compile(rf"(?: (?:{_small()}))+ {_NAME}| (?:al|el|ul|ur|as|ash|ad|an|ar|at|az)-{_NAME}")


@cache
def _ends() -> tuple[str, ...]:
    """What `_before` can end with: to search for it takes long."""
    listed = words("world/particles") - _NOT_WRITTEN_SMALL
    return (*sorted(f"{form} " for word in listed for form in (word, word.capitalize())), "al-", "el-", "Al-", "El-")


@cache
def _before() -> re.Pattern[str]:
    """What stands before a surname that was cut off: "Jan van der ", "Von der ", "al-"."""
    first = "|".join(sorted(word.capitalize() for word in words("world/particles") - _NOT_WRITTEN_SMALL))
    small = rf"(?:(?:(?:{_small()}|(?<![^\W_] )(?:{first})) )+(?:al-|el-)?|(?:al|el|Al|El)-)"
    return re.compile(rf"(?<![^\W_])(?P<given>(?:{_NAME} ){{0,2}}){small}$")


def with_particles(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with cut names of persons made whole, in order and disjoint."""
    kept: list[Mention] = []
    for mention in sorted((_whole(text, m) for m in mentions), key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _whole(text: str, mention: Mention) -> Mention:
    if table_name(mention.text) or "\n" in mention.text:
        return mention
    start, end, kind = mention.start, mention.end, mention.kind
    known = is_given_name(mention.text.split()[-1])
    if kind == "PER" and (torn := _CUT.search(mention.text)) and (rest := _NEXT.match(text, end)):
        end = rest.end() if torn[1].casefold() in words("world/particles") - _NOT_WRITTEN_SMALL else end
    if (kind == "PER" or known) and (after := _after().match(text, end)):
        end, kind = after.end(), "PER"
    elif linked := _LINKED.match(text, end):
        end, kind = linked.end(), kind if head_word_kind(mention.text) else "PER"
    line = text[max(0, start - _BACK) : start].rpartition("\n")[2]
    if line.endswith(_ends()) and (before := _before().search(line)):
        given = list(_given(before["given"].split()))
        if given or kind == "PER" or _SURE.search(before[0]):
            cut = len(before[0]) - len(before["given"]) + len("".join(f"{word} " for word in given))
            start, kind = start - cut, "PER"
    if (start, end) == (mention.start, mention.end):
        return mention
    return replace(mention, start=start, end=end, text=text[start:end], kind=kind)


def _given(before: Sequence[str]) -> Iterator[str]:
    """The given names that stand right before a particle, from the first one that is known as such."""
    known = [is_given_name(word) for word in before]
    if any(known):
        yield from before[known.index(True) :]
