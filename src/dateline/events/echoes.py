"""Words that name again what an entry tells: "the attack" after "attacked", "Monday's quake" the day after.

They make no entry of their own, since a reader would see one thing twice. A noun is an echo where it is of an entry's
class and definite ("the quake"; headlines leave the article out), and where only one happening of the article is of
that class: a text that tells of two attacks is not asked which one it means. An article without such an entry may name
what others tell that report the same event; its opening also does so with "a" ("after an earthquake shook the region").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Entry, Reading, Sentence, Span
from .lexicon import is_grave, mere_verbs, plain_noun_class
from .synonyms import sense_of
from .tokens import grammar
from .wording import term

_WORD = re.compile(r"[^\W\d_]+")
INDEFINITE = frozenset(["a", "an"])
REACH = 3
"""How many words before a noun its article may stand: "the deadly night attack"."""
NOT_TOLD = frozenset(["statement", "act"])
"""Classes whose words tell of many things in one text."""
LEAST_LETTERS = 4
OPENING = 3
"""Sentences, the headline among them, in which an article says what it is about."""


@dataclass(frozen=True, slots=True)
class Echo(Span):
    """A word at `start` to `end` of the text that names what `entry` tells."""

    entry: Entry


def find_echoes(reading: Reading, story: Sequence[Entry] = ()) -> tuple[Echo, ...]:
    """The echoes in a text, in order; `story`: what articles tell that report the same event.

    Entries of one happening count as one.
    """
    own = [entry for entry in reading.entries if entry.word_at and entry.event_class not in NOT_TOLD]
    stems, classes = _only([(one, entry) for entry in own for one in _stems(entry)]), _only(_by_class(own))
    told = {entry.event_class for entry in own}
    elsewhere = _only([pair for pair in _by_class(openings(story)) if pair[0] not in told])
    taken = sorted((one.start, one.end) for one in _taken(reading))
    found = []
    for number, sentence in enumerate(reading.sentences):
        words = list(_WORD.finditer(reading.document.text, sentence.start, sentence.end))
        for at, word in enumerate(words):
            if len(word[0]) < LEAST_LETTERS or _covered(word.start(), taken):
                continue
            before = [one[0].lower() for one in words[max(0, at - REACH) : at]]
            event_class = plain_noun_class(word[0].lower())
            if not event_class or not grammar("other_one").isdisjoint(before[-2:]):
                continue
            entry = None
            if number == 0 or _is_definite(before):
                entry = stems.get(term(word[0].lower())) or classes.get(event_class)
            if entry is None and number < OPENING:
                entry = elsewhere.get(event_class)
            if entry is not None and entry.event_class == event_class and not _tells(sentence, entry, reading):
                found.append(Echo(start=word.start(), end=word.end(), entry=entry))
    nouns = {span.end: span.entry for span in found}
    nouns |= {e.word_at.end: e for e in own if e.word_at and plain_noun_class(e.word.lower()) == e.event_class}
    found += _verbs_behind(reading, nouns, taken)
    return tuple(sorted(found, key=lambda echo: echo.start))


def openings(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of all that a story tells, what an article on it may open with: for each grave class two happenings at most.

    All that `find_echoes` looks at in a story, so that this can be done once for its many articles.
    """
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        kept = found[entry.event_class]
        if len(kept) < 2 and is_grave(entry.event_class) and entry.event_class not in NOT_TOLD:
            kept.setdefault(entry.happening or entry.id, entry)
    return tuple(entry for kept in found.values() for entry in kept.values())


def _verbs_behind(reading: Reading, nouns: Mapping[int, Entry], taken: Sequence[tuple[int, int]]) -> Iterator[Echo]:
    """The verbs right behind nouns (by where these end) that say no more than that it occurred: "the quake struck"."""
    for end, entry in nouns.items():
        verb = _WORD.match(reading.document.text, end + 1)
        if verb is None or reading.document.text[end : end + 1] != " " or _covered(verb.start(), taken):
            continue
        if verb[0] in mere_verbs() or sense_of(verb[0]) == sense_of(entry.word):
            yield Echo(start=verb.start(), end=verb.end(), entry=entry)


def _tells(sentence: Sentence, entry: Entry, reading: Reading) -> bool:
    """Whether the entry stands in the sentence itself, in which another word is another thing."""
    own = entry.article == reading.document.article.id
    return own and entry.quote_at is not None and entry.quote_at.start == sentence.start


def _is_definite(before: Sequence[str]) -> bool:
    """Whether the words before a noun make it definite; "s" is what is left of "Monday's"."""
    return INDEFINITE.isdisjoint(before) and ("s" in before or not grammar("definite").isdisjoint(before))


def _by_class(entries: Sequence[Entry]) -> list[tuple[str, Entry]]:
    return [(entry.event_class, entry) for entry in entries]


def _stems(entry: Entry) -> Iterator[str]:
    return (term(word.lower()) for word in _WORD.findall(entry.word) if len(word) >= LEAST_LETTERS)


def _only(pairs: Sequence[tuple[str, Entry]]) -> Mapping[str, Entry]:
    """Key → the first entry under it, where all of them are one happening."""
    under: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        under[key].append(entry)
    return {key: found[0] for key, found in under.items() if len({one.happening or id(one) for one in found}) == 1}


def _taken(reading: Reading) -> Iterator[Span]:
    """Where words stand that name something else: entries, dates, names."""
    yield from (entry.word_at for entry in reading.entries if entry.word_at)
    yield from reading.timexes
    yield from reading.mentions


def _covered(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place in the text lies in one of the spans, which are in order."""
    first = bisect_right(spans, (at, 1 << 62))
    return any(start <= at < end for start, end in spans[max(0, first - 2) : first])
