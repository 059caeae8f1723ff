"""Names that are known beforehand, found in a text by looking them up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..model import Actor, ActorKind, Mention, MentionKind
from .world import body_names, capitals, country_names, demonyms, heads, peoples, vague_words, world_forms

_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"\b([A-Z][\w-]+) $")
_MENTION_KIND: dict[ActorKind, MentionKind] = {
    "person": "PER", "country": "LOC", "organisation": "ORG", "group": "ORG", "media": "ORG",
}  # fmt: skip


class NameFinder:
    """Finds whole names, the longest first; time grows with the text, not with the number of names."""

    def __init__(self, forms: Mapping[str, MentionKind], besides: NameFinder | None = None) -> None:
        """Of these forms, and those of another finder where they name something else."""
        self._kinds: dict[str, MentionKind] = {**besides._kinds, **forms} if besides else dict(forms)
        self._lengths: dict[str, list[int]] = dict(besides._lengths) if besides else {}
        lengths: dict[str, set[int]] = {}
        for form in forms:
            if first := _WORD.match(form):
                lengths.setdefault(first[0], set(self._lengths.get(first[0], ()))).add(len(form))
        self._lengths |= {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, text: str) -> Iterator[Mention]:
        """Mentions in order, disjoint; their offsets are in `text`."""
        free = 0
        for word in _WORD.finditer(text):
            if word[0] not in self._lengths or (start := word.start()) < free:
                continue
            form = self._longest(text, start, word[0])
            if form:
                free = start + len(form)
                start -= _missing(text, start, form) if self._kinds[form] == "ORG" else 0
                form = text[start:free]
                yield Mention(start=start, end=free, text=form, kind=self._kinds.get(form, "ORG"))

    def _longest(self, text: str, start: int, first: str) -> str:
        for length in self._lengths[first]:
            end = start + length
            form = text[start:end]
            if form in self._kinds and not text[end : end + 1].isalnum() and _ends_well(text, form, end):
                return form
        return ""


def _missing(text: str, start: int, form: str) -> int:
    """The length of what a lone word, a second name of a listed body, lacks of a longer name ("Social Democrats").

    A word of a role, of a chamber ("Senate Democrats") or of a sentence's beginning before it makes no longer name.
    """
    if " " in form or not form[1:].islower() or body_names().get(form, form) == form:
        return 0
    before = _CAPITAL.search(text[max(0, start - 30) : start])
    if not before or before[1].casefold() in vague_words() or before[1] in heads() or before[1] in body_names():
        return 0
    return len(before[0])


def _ends_well(text: str, form: str, end: int) -> bool:
    """False inside a web address ("Dawn.com")."""
    after = text[end : end + 2]
    return form[-1] == "." or not (len(after) == 2 and after[0] == "." and after[1].islower())


@cache
def world_finder() -> NameFinder:
    """The finder of the countries, bodies and places of the tables."""
    return NameFinder(world_forms())


def actor_forms(actors: Sequence[Actor]) -> dict[str, MentionKind]:
    """The names and aliases of stored actors that name nobody else by themselves."""
    forms: dict[str, MentionKind] = {}
    for actor in sorted(actors, key=lambda a: a.id):
        for form in (actor.name, *(alias.name for alias in actor.aliases)):
            if _tells(form, actor):
                forms.setdefault(form, _MENTION_KIND[actor.kind])
    return forms


def _tells(form: str, actor: Actor) -> bool:
    """Whether a form names the actor wherever it stands.

    A lone surname or given name does not (the article decides whose it is), nor do demonym and capital of a country,
    nor words that are nobody's name.
    """
    if len(form) < 2 or form.casefold() in vague_words():
        return False
    if actor.kind == "person":
        return " " in form.strip() or (form == actor.name and form not in country_names())
    return not (actor.kind == "country" and (form in capitals() or form in demonyms() or form in peoples()))
