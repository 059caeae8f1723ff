"""The subject that a clause without one borrows from the words before it, and where a subject begins."""

from __future__ import annotations

from .clauses import hangs_on_other, has_subject, host_of, sharing_clause
from .contents import QUOTES
from .cutting import SHORT_CLAUSE
from .lexicon import EventWord
from .lifted import whole_subject
from .lines import Told
from .phrasing import PHRASE_WORDS, noun_start, phrase
from .roles import said_of_himself
from .tokens import Line, grammar

LONGEST_CHAIN = 4
"""Clauses joined by "and" that are passed over to find the subject that they share."""
DATELINE = 8
"""Tokens in which the place of a report and its dash stand."""
DASHES = frozenset(["—", "–", "--", "-"])


def words_before(told: Told, text: str, start: int) -> str:
    """What a clause without subject is about: the noun before its "which", or the subject that its "and" shares."""
    line = told.line
    opener = start - 1 if start and line.low(start - 1) in ("and", "but", "or") else start
    closing = next((said for said in told.attributions if said.end == opener), None)
    if closing is not None and opener < len(line.tokens):
        return closing.voice.words
    if line.low(opener) in ("and", "but", "or") and opener:
        return _shared_subject(told, text, opener)
    begin, _ = line.clause_bounds(start - 1) if start else (0, 0)
    apart = begin < start - 1 and line.low(start) in grammar("finite_aux")
    if line.low(begin) == "who" and apart and line.low(begin - 1) != ",":
        return phrase(line.tokens[after_dateline(line, 0) : begin], text)  # "A bishop who was abducted | was freed"
    end = start
    while end > 0 and (not line.tokens[end - 1].is_word or line.low(end - 1) in grammar("relative")):
        end -= 1
    if end == 0:
        return ""
    first, _ = line.clause_bounds(end - 1)
    while first < end and (line.low(first) in grammar("clause") or not line.tokens[first].is_word):
        first += 1
    if first < end - 1 and line.low(first).endswith("ing") and line.low(first + 1) in grammar("determiner"):
        first += 1  # "ending a strike that | began in May"
    comma = next((k for k, token in enumerate(line.tokens[:start]) if token.text == ","), 0)
    opening = all(not w.is_noun or w.last < comma for w in told.words if w.first < comma)
    if line.low(start - 1) == "," and 0 < comma <= SHORT_CLAUSE and opening:
        return phrase(line.tokens[:comma], text)
    first += line.low(first) == "of"
    whole = whole_subject(line, after_opening(line, after_dateline(line, first), end), end)
    if whole is not None:
        return phrase(line.tokens[whole[0] : whole[1]], text)
    events = [w for w in told.words if w.is_noun and first <= w.first < end]
    last = line.mention[end - 1]
    if events and (last is None or last.kind != "PER"):
        begin = noun_start(line, events[-1])
        return phrase(line.tokens[begin : events[-1].last + 1], text)
    nouns = [k for k in range(first, end) if line.low(k) in grammar("determiner") or line.mention[k] is not None]
    first = nouns[-1] if nouns else end - 1
    while first > 0 and line.mention[first] is not None and line.mention[first - 1] is line.mention[first]:
        first -= 1
    first -= first > 0 and line.low(first - 1) == "the"
    return phrase(line.tokens[first:end], text)


def _shared_subject(told: Told, text: str, opener: int, left: int = LONGEST_CHAIN, host: int | None = None) -> str:
    """The subject that the clause before the "and" or "but" at `opener` has, or that it shares in its turn.

    `host`: where the clause begins whose subject it is, where that is known.
    """
    line = told.line
    begin = first = sharing_clause(line, opener) if host is None else host
    verbs = line.verbs
    verb = next((at for at in range(begin, opener) if at in verbs), opener)
    while first < verb and (line.low(first) in grammar("clause") or not line.tokens[first].is_word):
        first += 1
    opens = line.low(begin) in ("and", "but", "or") or line.tokens[begin].text in QUOTES
    if not has_subject(line, first, verb) and begin and opens:
        return _shared_subject(told, text, begin, left - 1) if left else ""
    first = after_opening(line, after_dateline(line, first), verb)
    if verb - first == 1 and line.low(first) in grammar("subject_pronoun") | {"it"}:
        himself = said_of_himself(told, verb)
        return himself.voice.words if himself is not None else line.words(first, verb, text)
    while verb > first and line.low(verb - 1) in grammar("adverb"):
        verb -= 1
    if verb >= opener or verb - first > PHRASE_WORDS or not has_subject(line, first, verb):
        return ""
    passed = any(opener < word.first <= opener + 2 and word.form in ("past", "participle") for word in told.words)
    passive = passed and line.low(verb) in grammar("be")
    return phrase(line.tokens[first : verb + passive], text)


def doer_before(told: Told, text: str, word: EventWord) -> str:
    """The subject of the clause that an -ing form closes: "A bus fell into a ravine, killing nine"; "" where unsure."""
    line = told.line
    opener, _ = line.clause_bounds(word.first)
    if hangs_on_other(line, word.first):
        return ""
    host = host_of(line, word.first)
    while opener and host is not None and line.clause_bounds(opener - 1)[0] != host:
        opener, _ = line.clause_bounds(opener - 1)
    return _shared_subject(told, text, opener, host=host) if opener else ""


def after_dateline(line: Line, start: int) -> int:
    """The start after the place of a report: "GENEVA — Talks collapsed"."""
    if start:
        return start
    dash = next((k for k in range(1, min(DATELINE, len(line.tokens))) if line.tokens[k].text in DASHES), None)
    return dash + 1 if dash and line.tokens[0].text.isupper() else start


def after_opening(line: Line, start: int, at: int) -> int:
    """The start without "However," and without an opening phrase that a comma closes ("After months of review,")."""
    if line.low(start) == "according" and (comma := _comma_in(line, start, at)) is not None:
        start = comma + 1  # who says it is told beside the label
    while start < at and (line.low(start) == "," or line.low(start) in grammar("sentence_adverb")):
        start += 1
    opens = line.low(start) in grammar("preposition") or line.low(start - 1) in grammar("preposition")
    comma = _comma_in(line, start, at)
    if opens and comma is not None and at - comma > 1:
        return comma + 1
    return start


def _comma_in(line: Line, start: int, end: int) -> int | None:
    return next((k for k in range(start, end) if line.tokens[k].text == ","), None)
