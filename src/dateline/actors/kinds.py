"""What each name of an article names: a person, a body or a place, decided once for all its mentions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from ..model import Mention, MentionKind
from .cues import is_branded, is_first, is_surname, weigh, weigh_name
from .names import normalise, parse_person
from .titles import title_length
from .world import body_names, companies, country_names, head_word_kind, heads, places, seats, words

_MOST = 3
"""What the recogniser says of a name counts as much as that many mentions at most."""
_FIRM = 2
"""So far ahead of the others, a kind can tell that of a name which is named together with it."""
Votes = Mapping[MentionKind, float]
_SURE: Votes = {"PER": 0, "ORG": 0, "LOC": 9}
_DATELINE = 6
"""How much the head of a report tells of the name of the place that it is from."""
_DEFINED = 4
"""So far ahead of a person's, a place is more than hinted at."""
_LINK = re.compile(r"(?:,? (and|or)(?: also)?|,) (?:the )?")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|from|near|of|for|outside|around|through|into|via|across|towards?|between|and|the|left|leav(?:e|ing)"
    r"|reach(?:ed)?|visit(?:ed|ing)?|[a-z]+ern),? $"
)
_RANKED: tuple[MentionKind, ...] = ("PER", "ORG", "LOC")


def vote(text: str, mentions: Sequence[Mention], place: str = "") -> list[Mention]:
    """The mentions with one kind for each name.

    The tables' where they know it, else that of its head word, else the one for which the recogniser, the words
    beside it and the lists of towns and persons' names tell most. A town's name that a person of the article
    bears, too ("Jane London"), is taken for the person's where it does not stand like a place's. `place`: where the
    report is from, which is a place.
    """
    votes = _count(text, mentions, place)
    sure_kinds = {m.text: _sure_kind(m.text) for m in mentions}
    kinds = {normalise(m.text): sure_kinds[m.text] or _most(votes[normalise(m.text)]) for m in mentions}
    persons = {m.text for m in mentions if kinds[normalise(m.text)] == "PER"}
    parts = {part for name in persons for part in _surnames(name) if not _is_defined(name, votes.get(part))}
    sure = {normalise(name) for name, kind in sure_kinds.items() if kind}
    kinds |= dict.fromkeys(parts & kinds.keys() - sure, "PER")
    kinds |= _as_joined(text, mentions, kinds, {key: votes[key] for key in kinds.keys() - sure - parts})
    voted = [_as(m, _of_person(text, m, parts) or kinds[normalise(m.text)]) for m in mentions]
    ends = {word for m in voted if m.kind == "LOC" for word in _ends(m.text)}
    return [replace(m, kind="LOC") if heads().get(m.text) == "place" and m.text in ends else m for m in voted]


def _as(mention: Mention, kind: MentionKind) -> Mention:
    return mention if mention.kind == kind else replace(mention, kind=kind)


def _count(text: str, mentions: Sequence[Mention], place: str) -> dict[str, Votes]:
    """For each name, normalised, how much is told for each kind."""
    seen: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    told: dict[str, Counter[MentionKind]] = {}
    dateline = normalise(place) if place else None
    for mention in mentions:
        key = normalise(mention.text)
        seen[key][mention.kind] += 1
        if key not in told:
            told[key] = weigh_name(mention.text)
            told[key]["LOC"] += _DATELINE * (key == dateline)
        weights = told[key]
        for kind, weight in weigh(text, mention).items():
            weights[kind] += weight
    share = {key: min(1.0, _MOST / found.total()) for key, found in seen.items()}
    return {key: {k: found[k] * share[key] + told[key][k] for k in _RANKED} for key, found in seen.items()}


def _is_defined(name: str, votes: Votes | None) -> bool:
    """Whether the last word of a name that begins like nobody's is said to be a place ("Quux Park", "town of Park")."""
    return votes is not None and votes["LOC"] >= votes["PER"] + _DEFINED and not is_first(name.split()[0])


def _most(votes: Votes) -> MentionKind:
    return max(_RANKED, key=votes.__getitem__)


def _as_joined(
    text: str, mentions: Sequence[Mention], kinds: Mapping[str, MentionKind], open_: Mapping[str, Votes]
) -> Iterator[tuple[str, MentionKind]]:
    """The kinds of names of which little is told and that stand in a list with others of which more is."""
    beside: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    for chain in _lists(text, mentions):
        for one, two in pairwise(chain):
            for key, other in ((one, two), (two, one)):
                if key in open_ and _lead(open_[key]) <= _FIRM < _lead(open_.get(other, _SURE)):
                    beside[key][kinds[other]] += min(_FIRM, len(chain) - 1)
    for key, found in beside.items():
        yield key, _most({kind: open_[key][kind] + min(_FIRM, found[kind]) for kind in _RANKED})


def _lists(text: str, mentions: Sequence[Mention]) -> Iterator[list[str]]:
    """The names, normalised, that "and" or commas join; no two that only a comma does."""
    chain, joined = [normalise(mention.text) for mention in mentions[:1]], False
    for one, two in pairwise(mentions):
        link = _LINK.fullmatch(text, one.end, two.start)
        if not link:
            if joined or len(chain) > 2:
                yield chain
            chain, joined = [], False
        joined = joined or bool(link and link[1])
        chain.append(normalise(two.text))
    if joined or len(chain) > 2:
        yield chain


def _lead(votes: Votes) -> float:
    first, second, _ = sorted(votes.values(), reverse=True)
    return first - second


def _of_person(text: str, mention: Mention, parts: set[str]) -> MentionKind | None:
    """PER where a town's name is the surname of somebody in the article and does not stand like a place's."""
    if normalise(mention.text) not in parts or mention.text not in places():
        return None
    before = text[max(0, mention.start - 20) : mention.start]
    return None if _PLACE_BEFORE.search(before) or weigh(text, mention)["LOC"] else "PER"


def _ends(name: str) -> tuple[str, ...]:
    """The first word and the last of a name of several: "the Hotel" is the Hotel Admiral."""
    parts = name.split()
    return (parts[0], parts[-1]) if len(parts) > 1 else ()


def _surnames(name: str) -> set[str]:
    """The surname of a name of two words and more, titles left off."""
    bare = name[title_length(name) :]
    parsed = parse_person(bare)
    short = parsed.surname.isupper() and not bare.isupper()  # an abbreviation
    return {normalise(parsed.surname)} if parsed.given and not short else set()


def _sure_kind(name: str) -> MentionKind | None:
    """The kind that lists and head words give a name, None where they say nothing."""
    if name in body_names() or name in companies() or is_branded(name):
        return "ORG"
    if name.casefold() in words("en/names/never", "site"):
        return "ORG"
    if name in country_names() or name in places() or name in seats():
        return "LOC"
    kind = head_kind(name)
    if kind == "place" and is_surname(name.split()[-1]) and _may_be_person(name):
        return None  # Victoria Park is a place, or a woman
    return None if kind in ("", "event") else "LOC" if kind == "place" else "ORG"


def _may_be_person(name: str) -> bool:
    """Whether titles open a name with at most two words after them, or a first name does."""
    cut = title_length(name)
    return is_first(name[cut:].split()[0]) if cut < len(name) and len(name[cut:].split()) < 3 else False


@lru_cache(maxsize=16384)
def head_kind(name: str) -> str:
    """The kind that the head of a name tells: its last word, or its first before "of" and "for"; "" for none."""
    parts = name.split()
    if len(parts) < 2:
        return ""
    link = next((at for at, part in enumerate(parts) if part in ("of", "for") and at), 0)
    return head_word_kind(parts[link - 1] if link else parts[-1])
