"""Which event is part of which: a round of its talks, a withdrawal of the deal that provides for it.

The texts' own words say so (`larger.tsv`); only where none do, talks that bear the very name of a process beside them
are taken for a part of it. Nothing becomes part of itself, through however many others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from ..model import Event, Naming, Reading, Sentence, Tie
from ..rules import read_table
from ..when import overlaps
from .circles import leads_to
from .keys import country_of, key_words
from .lexicon import kind_of

REACH = 160
"""Characters between the name of a part and the words that name the larger event."""
PROCESS = "process"
"""The class of what consists of talks and meetings: a peace process."""
TALKS = frozenset(["talks"])
RANKS = {"round": 0, "part": 1, "terms": 2, "aim": 3, "name": 4}
"""What says it most plainly comes first."""
_BETWEEN = r"\s+(?:(?:the|its|their|his|her|this|that|a|an)\s+)?(?:[\w’'-]+\s+){0,3}\Z"
_DENIED = re.compile(r"\b(?:not|never|no longer|nor|without)\b|n[’']t\b", re.IGNORECASE)

Key = tuple[str, str]
"""An article and the name of an event in it."""


def find_larger(
    readings: Sequence[Reading], ids: Mapping[Key, str], events: Mapping[str, Event]
) -> dict[str, tuple[str, str]]:
    """Event → the larger event that it is part of, and why; `ids` tells the event of each name in each article."""
    told: dict[tuple[str, str], list[tuple[str, Tie]]] = defaultdict(list)
    for reading in readings:
        article = reading.document.article.id
        for tie in reading.ties:
            part, larger = ids.get((article, tie.part)), ids.get((article, tie.larger))
            if part and larger and part != larger and _days_allow(events[part], events[larger]):
                told[part, larger].append((article, tie))

    def rank(pair: tuple[str, str]) -> tuple[int, int, str, str]:
        ties = told[pair]
        return (min(RANKS[tie.sort] for _, tie in ties), -len({article for article, _ in ties}), *pair)

    found: dict[str, str] = {}
    for part, larger in sorted(told, key=rank):
        if part not in found and not leads_to(found, larger, part):
            found[part] = larger
    return {part: (larger, _reason(told[part, larger])) for part, larger in sorted(found.items())}


def _reason(told: Sequence[tuple[str, Tie]]) -> str:
    """The plainest words of all, and in how many articles something says so."""
    _, tie = min(enumerate(tie for _, tie in told), key=lambda item: (RANKS[item[1].sort], item[0]))
    articles = len({article for article, _ in told})
    return tie.words + (f", so in {articles} articles" if articles > 1 else "")


def _days_allow(part: Event, larger: Event) -> bool:
    """Whether the days of two occasions overlap, where both are known."""
    if part.kind != "occasion" or larger.kind != "occasion" or not part.when.known or not larger.when.known:
        return True
    return overlaps(part.when, larger.when)


# ------------------------------------------------------------------------------------------- one article


def find_ties(reading: Reading) -> Iterator[Tie]:
    """What one article says of parts and wholes, by the names that it uses."""
    text = reading.document.text
    for sentence, namings in _by_sentence(reading):
        for one, other in pairwise(namings):
            if one.name == other.name:
                continue
            if other.end <= one.end:  # "the third round of the Oslo talks" holds "Oslo talks"
                yield Tie(one.name, other.name, "round", f"“{_plain(text[one.start : one.end])}”")
            elif one.end <= other.start:
                yield from _between(text, sentence, one, other)
    yield from _of_one_name(reading)


def _by_sentence(reading: Reading) -> Iterator[tuple[Sentence, list[Naming]]]:
    namings = sorted(reading.namings, key=lambda naming: (naming.start, -naming.end))
    at = 0
    for sentence in reading.sentences:
        while at < len(namings) and namings[at].start < sentence.start:
            at += 1
        first = at
        while at < len(namings) and namings[at].start < sentence.end:
            at += 1
        if at - first > 1:
            yield sentence, namings[first:at]


def _between(text: str, sentence: Sentence, one: Naming, other: Naming) -> Iterator[Tie]:
    """What the words between two names say; or, where they open the sentence, those before the first."""
    between = text[one.end : other.start]
    if len(between) <= REACH and (found := _words_at_end(between, other)):
        sort, words = found
        if sort != "terms" or kind_of(one.event_class) != "instrument":
            yield Tie(one.name, other.name, sort, f"“{_plain(words + text[other.start : other.end])}”")
    opening = f" {text[sentence.start : one.start]}"
    if len(opening) <= REACH // 2 and between.lstrip().startswith(",") and (found := _words_at_end(opening, one)):
        sort, words = found
        if sort in ("part", "terms") and not opening[: len(opening) - len(words)].strip():
            yield Tie(other.name, one.name, sort, f"“{_plain(words + text[one.start : one.end])}”")


def _words_at_end(text: str, larger: Naming) -> tuple[str, str] | None:
    """The sort of the words with which a text ends right before the name of a larger event, and these words."""
    kind = kind_of(larger.event_class)
    for sort, pattern in _patterns():
        if (sort == "terms" and kind != "instrument") or (sort == "aim" and larger.event_class != PROCESS):
            continue
        match = pattern.search(text)
        if match and not _DENIED.search(" ".join(text[: match.start()].split()[-4:])):
            return sort, text[match.start() :].lstrip(" ,")
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read_table("en/events/larger.tsv"):
        rows[row["sort"]] += [words.strip() for words in row["words"].split(",")]
    return tuple(
        (sort, re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))}){_BETWEEN}", re.I))
        for sort, words in rows.items()
    )


def _of_one_name(reading: Reading) -> Iterator[Tie]:
    """Talks and a process that are named alike: "the intra-Afghan dialogue" and "the Afghan peace process"."""
    processes: dict[frozenset[str], str] = {}
    for naming in reading.namings:
        if naming.event_class == PROCESS and (key := _name_key(naming)):
            processes.setdefault(key, naming.name)
    seen = set()
    for naming in reading.namings:
        if naming.event_class not in TALKS or naming.name in seen:
            continue
        seen.add(naming.name)
        larger = processes.get(_name_key(naming), "")
        if larger:
            yield Tie(naming.name, larger, "name", f"“{naming.name}” and “{larger}” are named in one article")


def _name_key(naming: Naming) -> frozenset[str]:
    """The words of a name, what is between or within a country counted as its own."""
    head = naming.name.rsplit(" ", 1)[-1]
    words = key_words(naming.name, head)
    return frozenset(country_of(word.rsplit("-", 1)[-1].capitalize()) or word for word in words)


def _plain(words: str) -> str:
    return " ".join(words.split())
