"""Every word of an article that tells something done, said, begun or suffered: wider than what becomes an entry.

Corpora of events mark such words one by one (TimeML's EVENT, an event trigger): also what is denied, planned, felt or
only said in passing. An entry is what a reader of a timeline wants; a trigger is what an annotator underlines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ..model import Reading, Span
from ..rules import read_table
from ..when import UNKNOWN, When
from .candidates import Candidate
from .clauses import group_words, standing
from .dating import NewsDay
from .entries import date_candidate, is_background
from .inflect import plurals, verb_forms
from .lexicon import (
    DEED_LETTERS,
    EventWord,
    Form,
    Forms,
    add_form,
    is_name_like,
    noun_fits,
    object_follows,
    word_before,
)
from .lines import Told, read_lines
from .tokens import Line, grammar, is_possessive

LIST_REACH = 12
"""How many words back the "to" or "will" may stand that a verb behind "and" or a comma shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Span):
    """A word, or words, by which a text tells that something was done, said or suffered."""

    text: str
    lemma: str = ""
    event_class: str = ""
    """The class of news that the lexicon gives it; "" for a plain word ("walked")."""
    is_noun: bool = False
    when: When = UNKNOWN


def find_triggers(reading: Reading) -> tuple[Trigger, ...]:
    """The triggers of an article in order, none over another, without the repetitions of a sentence."""
    told = read_lines(reading.document, reading.sentences, reading.mentions, reading.timexes, reading.anaphors)
    published = reading.document.article.published
    news = NewsDay(told, published)
    found: list[Trigger] = []
    background = False
    for one in told:
        if one.repeated:
            continue
        background = is_background(one, published, before=background)
        news.read(one)
        found += _in_sentence(one, news, reading, background=background)
    return tuple(found)


def _in_sentence(told: Told, news: NewsDay, reading: Reading, *, background: bool) -> Iterator[Trigger]:
    """The triggers of a sentence; what has no date of its own lies in the time that the sentence tells of.

    After the narrative containers of J. Pustejovsky and A. Stubbs, "Increasing informativeness in temporal
    annotation", 2011.
    """
    line, published = told.line, reading.document.article.published
    read = [Candidate(word, None, standing(line, word)) for word in event_words(told)]
    dates = [date_candidate(told, one, news, published, recalls=background) for one in read]
    days = {dated.when for dated, one in zip(dates, read, strict=True) if dated.when.known and _occurred(one)}
    for one, dated in zip(read, dates, strict=True):
        when = dated.when
        if not dated.words and not background and _holds_now(line, one):
            when = published
        elif not when.known and _occurred(one) and not _tells_time(line, one.word):
            if days:
                when = next(iter(days)) if len(days) == 1 else when
            elif not background:
                when = news.date(one.standing).when
        yield _trigger(line, one.word, when, reading.document.text)


def _occurred(one: Candidate) -> bool:
    """Whether it is told as done, not before the time that is told."""
    return one.standing.course == "occurred" and not one.standing.perfect_past


def _holds_now(line: Line, one: Candidate) -> bool:
    """Whether it is told in the present tense, so that it is so on the day of the report: "sells", "is sold"."""
    if one.word.is_noun or not _occurred(one):
        return False
    told_now = one.standing.present or one.word.form == "s"
    return told_now or group_words(line, one.word.first)[:1] in (["is"], ["are"])


def _tells_time(line: Line, word: EventWord) -> bool:
    """Whether it only says before or after what something else was: "since its launch"."""
    near = {line.low(at) for at in range(max(0, word.first - 3), word.first)}
    return bool(near & {"since", "after", "before", "until", "previous", "former"})


def _trigger(line: Line, word: EventWord, when: When, text: str) -> Trigger:
    start, end = line.tokens[word.first].start, line.tokens[word.last].end
    return Trigger(
        start=start,
        end=end,
        text=text[start:end],
        lemma=word.lemma,
        event_class=word.event_class,
        is_noun=word.is_noun,
        when=when,
    )


def event_words(told: Told) -> Iterator[EventWord]:
    """The event words of a sentence, those of the lexicon and plain ones, in order."""
    line = told.line
    known = {word.first: word for word in told.words}
    at = 0
    while at < len(line.tokens):
        word = known.get(at) or _plain_word(line, at)
        if word:
            yield word
        at = word.last + 1 if word else at + 1


def _plain_word(line: Line, at: int) -> EventWord | None:
    """The plain verb or noun that stands at a token, longest first, verbs before nouns."""
    token = line.tokens[at]
    if line.timex[at] is not None or line.mention[at] is not None or not token.is_word:
        return None
    if is_name_like(token) and at and line.tokens[at - 1].is_word:
        return None
    for form in (*_plain_verbs().get(token.low, ()), *_plain_nouns().get(token.low, ())):
        if all(line.low(at + k) == word for k, word in enumerate(form.words)):
            fits = _noun_fits if form.is_noun else _verb_fits
            if fits(line, at, form):
                return EventWord(at, at + len(form.words) - 1, form.lemma, "", form.form)
    return EventWord(at, at, token.low, "", "past") if _is_unlisted(line, at) else None


def _is_unlisted(line: Line, at: int) -> bool:
    """Whether it is a verb that no list holds: in -ed behind its auxiliary or subject, or right after a "will"."""
    low = line.low(at)
    if line.low(at - 1) in grammar("will", "would", "may"):
        closed = ("be", "have", "do", "adverb", "negative", "pronoun", "determiner", "preposition")
        return low.isalpha() and not low.endswith("ly") and not any(low in grammar(group) for group in closed)
    if not low.endswith("ed") or len(low) <= DEED_LETTERS or "-" in low or low in grammar("stative_past"):
        return False
    before = word_before(line, at)
    carrier = grammar("have", "be", "pronoun")
    return before >= 0 and (line.low(before) in carrier or line.mention[before] is not None)


@cache
def _plain_verbs() -> Forms:
    index: Forms = {}
    for row in read_table("en/events/plain_verbs.tsv"):
        for lemma in (part.strip() for part in row["verbs"].split(",")):
            for words, form in verb_forms(lemma):
                add_form(index, Form(tuple(words.split()), lemma, "", form))
    return index


@cache
def _plain_nouns() -> Forms:
    index: Forms = {}
    for row in read_table("en/events/plain_nouns.tsv"):
        for noun in (part.strip() for part in row["nouns"].split(",")):
            for words, form in ((noun, "noun"), *((words, "plural") for words in plurals(noun))):
                add_form(index, Form(tuple(words.split()), noun, "", form, row["guard"]))
    return index


# ---------------------------------------------------------------------------------------- a noun or a verb


def _noun_fits(line: Line, at: int, form: Form) -> bool:
    """Whether a form can be a noun where it stands; only one that may be a verb needs a determiner."""
    return noun_fits(line, at, form if form.words[0] in _plain_verbs() else replace(form, guard="any"))


def _verb_fits(line: Line, at: int, form: Form) -> bool:
    """Whether a form can be a verb where it stands."""
    before = word_before(line, at)
    low = line.low(before) if before >= 0 else ""
    if low in grammar("determiner") - {"that", "this", "both", "all"}:
        return False
    if before == at - 1 and before >= 0 and is_possessive(line.tokens[before]) and not _is_short_verb(line, before):
        return False
    noun_too = form.words[0] in _plain_nouns()
    if form.lemma == "do" and line.low(at + 1) in grammar("negative", "pronoun"):
        return False
    if form.form == "base":
        return _base_fits(line, at, before, noun_too=noun_too)
    if form.form == "s":
        return _s_fits(line, before, at + len(form.words), noun_too=noun_too)
    if form.form == "ing":
        return not noun_too or low in grammar("be") or object_follows(line, at + len(form.words))
    return at > 0 or line.low(1) in grammar("preposition")


def _is_short_verb(line: Line, at: int) -> bool:
    """Whether "’s" stands for "is" or "has": "she’s walking"."""
    return line.low(at - 1) in grammar("pronoun") | {"there"}


def _base_fits(line: Line, at: int, before: int, *, noun_too: bool) -> bool:
    low = line.low(before) if before >= 0 else ""
    helping = grammar("would", "will", "may", "do") | {"to", "let", "help"}
    if low in helping | {"who", "they", "we", "i", "you"}:
        return True
    if low in ("and", "or", ","):
        back = range(at - 2, max(-1, at - LIST_REACH), -1)
        return not noun_too and any(line.low(k) in helping for k in back)
    return not noun_too and before >= 0 and _is_plural(line, before)


def _is_plural(line: Line, at: int) -> bool:
    low = line.low(at)
    if line.mention[at] is not None:
        return True
    closed = grammar("finite_aux", "determiner", "be", "preposition")
    return low.endswith("s") and not low.endswith("ss") and low not in closed and not is_possessive(line.tokens[at])


def _s_fits(line: Line, before: int, end: int, *, noun_too: bool) -> bool:
    if before < 0:
        return False
    low = line.low(before)
    barred = ("preposition", "be", "have", "do", "may", "will", "would", "amount")
    if low == "to" or low[:1].isdigit() or any(low in grammar(group) for group in barred):
        return False
    if low in grammar("pronoun") or line.mention[before] is not None:
        return True
    return object_follows(line, end) or (not noun_too and low[:1].isalpha() and not low.endswith("s"))
