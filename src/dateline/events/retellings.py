"""Words of a story's articles that tell again what is told already, or what others of them tell in the same word.

Inside one story the same word mostly tells the same thing: "one sense per discourse" (W. Gale, K. Church and D.
Yarowsky 1992), and the baseline of head lemmas inside a topic that is hard to beat where events are to be matched
across articles (A. Cybulska and P. Vossen 2014, ECB+). So a word that became no entry is one with the happening of its
sense in the story, unless their dates contradict; of several happenings it is that of its own article, then the one
whose people stand about it, then the one that most report. What no entry tells is put together word by word. Words of
saying and words that stand in every text ("take", "go") tell too many things and are left alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from ..model import Reading, Span
from ..when import When, overlaps
from .echoes import NOT_TOLD, Echo
from .lexicon import is_grave, mere_verbs, plain_noun_class
from .synonyms import sense_of
from .triggers import Trigger, find_triggers
from .wording import term, weight

TELLING = 3.5
"""The least weight of a word (inverse document frequency) that tells one thing in a story."""
NEAR = timedelta(days=3)
"""Dates of one thing that is told in passing may differ so much."""
MOST = 20
"""Happenings of one sense that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling(Span):
    """A word of an article that tells what `happening` is: a happening's id, or one made of the first such word."""

    article: str
    happening: str
    reason: str


@dataclass(slots=True)
class _Known:
    """A happening of the story: in how many words it is told, by which articles, when, and of whom."""

    id: str
    told: int = 0
    articles: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    whens: set[When] = field(default_factory=set)

    def may_be(self, when: When) -> bool:
        """Whether a date does not contradict all that are told."""
        return not when.known or not self.whens or any(_near(when, other) for other in self.whens)


@dataclass(frozen=True, slots=True)
class _Word:
    """A trigger that is of no entry, with whom its sentence names."""

    article: str
    trigger: Trigger
    sense: str
    people: frozenset[str]


def find_retellings(told: Sequence[tuple[Reading, Sequence[Echo]]]) -> Mapping[str, tuple[Retelling, ...]]:
    """Article → the words in it that tell again what its story tells; `told` are the articles of one story, in order.

    Each comes with its echoes: words that entries and echoes have are left out.
    """
    by_sense: dict[str, dict[str, _Known]] = defaultdict(dict)
    by_class: dict[str, dict[str, _Known]] = defaultdict(dict)
    loose: list[_Word] = []
    nouns: dict[tuple[str, int], str] = {}
    for reading, echoes in told:
        loose += _read(reading, echoes, by_sense, by_class, nouns)
    found = [*_of_happenings(loose, by_sense, by_class)]
    placed = {(one.article, one.start) for one in found}
    found += _of_one_word([word for word in loose if (word.article, word.trigger.start) not in placed])
    nouns |= {(one.article, one.end): one.happening for one in found}
    placed = {(one.article, one.start) for one in found}
    found += _behind_nouns([word for word in loose if (word.article, word.trigger.start) not in placed], nouns)
    under: dict[str, list[Retelling]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.article, one.start)):
        under[one.article].append(one)
    return {article: tuple(of) for article, of in under.items()}


def _read(
    reading: Reading,
    echoes: Sequence[Echo],
    by_sense: dict[str, dict[str, _Known]],
    by_class: dict[str, dict[str, _Known]],
    nouns: dict[tuple[str, int], str],
) -> Iterator[_Word]:
    """Notes what an article's entries and echoes tell, by sense and by class; the words that are left."""
    article = reading.document.article.id
    triggers = find_triggers(reading)
    lemmas = {trigger.start: trigger.lemma for trigger in triggers}
    taken: set[int] = set()
    anchors = [(entry, entry.word_at) for entry in reading.entries if entry.word_at]
    for entry, at in [*anchors, *((echo.entry, echo) for echo in echoes)]:
        taken.update(range(at.start, at.end))
        happening = entry.happening or entry.id
        nouns[article, at.end] = happening
        if entry.event_class in NOT_TOLD:
            continue
        word = lemmas.get(at.start) or reading.document.text[at.start : at.end]
        for under, key in ((by_sense, sense_of(word)), (by_class, entry.event_class)):
            known = under[key].setdefault(happening, _Known(happening))
            known.told += 1
            known.articles.add(article)
            known.people |= {part.name for part in entry.participants if part.name}
            if entry.when.known and entry.when_basis != "reported":
                known.whens.add(entry.when)
    people = _people(reading)
    for trigger in triggers:
        if taken.isdisjoint(range(trigger.start, trigger.end)):
            yield _Word(article, trigger, sense_of(trigger.lemma), people(trigger))


def _people(reading: Reading) -> Callable[[Span], frozenset[str]]:
    """A function that tells whom the sentence of a place names."""
    names: dict[int, set[str]] = defaultdict(set)
    starts = [sentence.start for sentence in reading.sentences]
    for mention in reading.mentions:
        names[bisect_right(starts, mention.start)].add(mention.name)
    return lambda span: frozenset(names.get(bisect_right(starts, span.start), ()))


def _of_happenings(
    words: Iterable[_Word],
    by_sense: Mapping[str, Mapping[str, _Known]],
    by_class: Mapping[str, Mapping[str, _Known]],
) -> Iterator[Retelling]:
    """Words whose sense, or as nouns whose grave class, an entry of the story tells."""
    for word in words:
        if not _tells_one_thing(word):
            continue
        trigger = word.trigger
        for known, reason in ((by_sense.get(word.sense), "the same word"), (_classed(trigger, by_class), "its class")):
            chosen = _choose(word, known or {})
            if chosen:
                why = f"{reason} in an article on the same event"
                yield Retelling(
                    start=trigger.start, end=trigger.end, article=word.article, happening=chosen.id, reason=why
                )
                break


def _classed(trigger: Trigger, by_class: Mapping[str, Mapping[str, _Known]]) -> Mapping[str, _Known] | None:
    event_class = plain_noun_class(trigger.text.lower()) if trigger.is_noun else ""
    return by_class.get(event_class) if event_class and is_grave(event_class) else None


def _choose(word: _Word, known: Mapping[str, _Known]) -> _Known | None:
    """The happening that a word tells: of its own article first, then with most of its people, then the most told."""
    most = sorted(known.values(), key=lambda one: (-one.told, one.id))[:MOST]
    fit = [one for one in most if one.may_be(word.trigger.when)]
    return max(
        fit, key=lambda one: (word.article in one.articles, len(one.people & word.people), one.told), default=None
    )


def _tells_one_thing(word: _Word) -> bool:
    """Whether it is no word of saying and none that stands in every text."""
    if word.trigger.event_class in NOT_TOLD or word.sense == "":
        return False
    return word.sense.startswith("~") or weight(term(word.trigger.lemma.split()[0])) >= TELLING


def _of_one_word(words: Sequence[_Word]) -> Iterator[Retelling]:
    """Words of one sense that no entry tells, put together where their dates do not contradict."""
    under: dict[str, list[_Word]] = defaultdict(list)
    for word in words:
        if _tells_one_thing(word):
            under[word.sense].append(word)
    for sense in sorted(under):
        groups: list[tuple[_Known, list[_Word]]] = []
        for word in under[sense]:
            home = next((of for known, of in groups[:MOST] if known.may_be(word.trigger.when)), None)
            if home is None:
                home = []
                whens = {word.trigger.when} if word.trigger.when.known else set()
                groups.append((_Known(f"{word.article}:{word.trigger.start}", whens=whens), home))
            home.append(word)
        for known, of in groups:
            if len(of) > 1:
                yield from (
                    Retelling(
                        start=word.trigger.start,
                        end=word.trigger.end,
                        article=word.article,
                        happening=known.id,
                        reason="the same word in articles on one event",
                    )
                    for word in of
                )


def _behind_nouns(words: Iterable[_Word], nouns: Mapping[tuple[str, int], str]) -> Iterator[Retelling]:
    """Verbs right behind such a noun that say no more than that it occurred."""
    for word in words:
        at = word.trigger
        happening = nouns.get((word.article, at.start - 1))
        if happening and at.text.lower() in mere_verbs():
            reason = "says no more than that it occurred"
            yield Retelling(start=at.start, end=at.end, article=word.article, happening=happening, reason=reason)


def _near(a: When, b: When) -> bool:
    if overlaps(a, b):
        return True
    return a.first_day - b.last_day <= NEAR and b.first_day - a.last_day <= NEAR
