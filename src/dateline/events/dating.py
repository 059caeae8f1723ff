"""The date of a happening: from its noun phrase, then its clause, then its sentence, then the day of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ..model import Timex
from ..when import UNKNOWN, When, describe, is_day, mark, until, within
from .arguments import dates_of
from .clauses import Standing, group_words, has_subject
from .complements import is_set_for, tells_other_date
from .lexicon import EventWord
from .lines import Told
from .sequence import date_not_before, date_of_cause
from .tokens import Line, grammar, is_possessive

Attached = Literal["phrase", "clause", "parse", "sentence", "report", ""]
Basis = Literal["stated", "relative", "narrative", "reported", "person", ""]
PHRASE_REACH = 14
LEFT_REACH = 5
RECENT_DAYS = 6
YEAR_DIGITS = 4
SAME_TIME = frozenset(["when"])
"""Openers of clauses that tell of the same time as the rest of their sentence."""
LEAD_SENTENCES = 6
"""Sentences at the start in which a day counts as that of the news, also for what stands before it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When something happened, the words that say so, and how they were read."""

    when: When = UNKNOWN
    words: str = ""
    basis: Basis = ""
    reckoned: str = ""
    attached: Attached = ""
    """Where the words stand that date it."""


def dated_by(timex: Timex, attached: Attached) -> Dated:
    """The date that a temporal expression gives."""
    return Dated(timex.when, timex.text, timex.basis, timex.reckoned, attached)


def names_time(timex: Timex | None) -> bool:
    """Whether an expression tells when, not how long or how often."""
    return timex is not None and (timex.type in ("DATE", "TIME") or is_day(timex.when))


def phrase_timex(line: Line, word: EventWord, words: Sequence[EventWord]) -> Timex | None:
    """The date inside the noun phrase of an event noun: "the 2018 meeting", "talks in Abu Dhabi last month"."""
    return _left_of_noun(line, word) or _right_of_noun(line, word, words)


def _left_of_noun(line: Line, word: EventWord) -> Timex | None:
    for at in range(word.first - 1, max(-1, word.first - 1 - LEFT_REACH), -1):
        timex = line.timex[at]
        if timex is not None and names_time(timex):
            return timex
        if not line.tokens[at].is_word and line.low(at) not in ("’s", "'s"):
            return None
        if line.low(at) in grammar("preposition", "determiner", "be"):
            return None
    return None


def _right_of_noun(line: Line, word: EventWord, words: Sequence[EventWord]) -> Timex | None:
    first = word.last + 1
    opens = grammar("preposition", "participle_of_noun")
    if first >= len(line.tokens) or (line.low(first) not in opens and line.timex[first] is None):
        return None
    if line.low(first) in ("began", "ended") and noun_governor(line, word) in grammar("preposition") - _timing():
        return None  # "talks about its return began": the talks did
    own_verbs = {at for at in range(word.last + 1, word.last + 4) if line.low(at) in grammar("participle_of_noun")}
    verbs = {other.first for other in words if other.first > word.last} - own_verbs
    for at in range(word.last + 1, min(word.last + 1 + PHRASE_REACH, len(line.tokens))):
        timex = line.timex[at]
        if timex is not None and names_time(timex) and not is_edition(line, at):
            if _is_modifier(line, at, timex):
                return None
            if at == first and timex.basis == "narrative" and _is_object(line, word):
                return None
            if line.low(at - 1) == "since":
                return None  # the worst crash since then was not then
            if line.low(at - 1) == "by" and any(k in line.verbs for k in range(line.clause_bounds(at)[0], word.first)):
                return None  # "to complete the sale by March": not the sale itself
            on_day = line.low(at - 1) == "on" or is_day(timex.when)
            return None if on_day and not _is_subject(line, word) and not own_verbs else timex
        if at in verbs or line.low(at) in grammar("finite_aux"):
            return None
        if not line.tokens[at].is_word and not is_possessive(line.tokens[at]):
            return None
    return None


def _is_modifier(line: Line, at: int, timex: Timex) -> bool:
    """Whether a date at `at` says of which time a thing is, not when it is told of: "ordered a 15th-century bell".

    A day does both: "attended a Monday meeting".
    """
    while at and line.timex[at - 1] is timex:
        at -= 1
    end = next((k for k in range(at, len(line.tokens)) if line.timex[k] is not line.timex[at]), at)
    closed = grammar("preposition", "clause", "finite_aux", "adverb")
    modifies = line.low(at - 1) in ("a", "an") and line.low(end).isalpha() and line.low(end) not in closed
    return modifies and not is_day(timex.when)


@cache
def _timing() -> frozenset[str]:
    """Prepositions that may open a clause of time, so that the noun behind them is its subject."""
    return grammar("event_preposition", "time_clause")


def _is_object(line: Line, word: EventWord) -> bool:
    """Whether the noun is what its verb acts upon, so that "three years later" behind it tells when that was."""
    return not _is_subject(line, word) and not noun_governor(line, word)


def _is_subject(line: Line, word: EventWord) -> bool:
    """Whether the noun stands before every verb of its clause (so that what follows is its own)."""
    start, _ = line.clause_bounds(word.first)
    before = [line.low(at) for at in range(start, word.first)]
    return not any(low.endswith("ed") or low in grammar("finite_aux") for low in before)


def find_date(told: Told, word: EventWord, verb: EventWord | None, taken: set[int]) -> Dated:
    """The date that the sentence gives a happening; `taken` are the starts of dates that nouns keep to themselves."""
    line = told.line
    if word.is_noun:
        own = phrase_timex(line, word, told.words)
        if own is not None:
            return dated_by(own, "phrase")
        if verb is None and _only_times(line, word):
            return Dated()
    elif (noun := _own_noun(told, word)) is not None:
        return dated_by(noun, "phrase")
    anchor = verb.first if verb else word.first
    last = _end_of_saying(told, anchor)
    in_clause = [
        (k, timex)
        for k, timex in _in_clause(line, anchor, taken)
        if k < last and not _nearer_verb(told, anchor, k) and not tells_other_date(line, word, anchor, k)
    ]
    hanging = [(k, timex) for k, timex in _of_parse(line, anchor, taken) if not tells_other_date(line, word, anchor, k)]
    in_clause = [(k, timex) for k, timex in in_clause if not _is_of_other_part(line, anchor, k)]
    if len({timex.start for _, timex in in_clause}) > 1:
        in_clause = [(k, timex) for k, timex in in_clause if any(timex is own for _, own in hanging)] or in_clause
    if not in_clause and len(hanging) == 1:
        return dated_by(hanging[0][1], "parse")
    if in_clause:
        return dated_by(min(in_clause, key=lambda found: _order(line, found[0], found[1], anchor))[1], "clause")
    found = _of_circumstance(told, anchor)
    found = found if found.words else _in_sentence(told, word, anchor, taken)
    return found if found.words else _of_cause(told, word)


def by_sequence(told: Told, word: EventWord, at: int, published: When) -> Dated:
    """The date that another clause gives the verb at `at`: that of its cause, or a limit by which it was."""
    came = date_of_cause(told.line, word)
    if came is not None:
        return dated_by(came, "sentence")
    later = date_not_before(told, at, published)
    if later is None:
        return Dated()
    reckoned = f"{describe(until(later.when))}, the time of what came after it"
    return Dated(until(later.when), later.text, later.basis, reckoned, "sentence")


def _of_parse(line: Line, anchor: int, taken: set[int]) -> list[tuple[int, Timex]]:
    """The dates that hang on the verb in the sentence's parse, whatever clauses lie between."""
    found = dates_of(line, line.tree, anchor) if line.tree else []
    return [
        (k, timex) for k, timex in found if names_time(timex) and timex.start not in taken and not is_edition(line, k)
    ]


def _of_circumstance(told: Told, at: int) -> Dated:
    """The date right before the "when" of a clause, or of the noun before its "in which"."""
    line = told.line
    start, _ = line.clause_bounds(at)
    before = start - 1 - (line.low(start - 1) == ",")
    if line.low(start) == "when" and before >= 0 and names_time(timex := line.timex[before]) and timex is not None:
        return dated_by(timex, "sentence")
    if line.low(start) == "which" and line.low(start - 1) == "," and start + 1 == at - len(group_words(line, at)):
        own = _of_owner(line, start - 2)
        return dated_by(own, "sentence") if own is not None else Dated()
    if line.low(start) == "which" and line.low(start - 1) in ("in", "during"):
        noun = next((word for word in reversed(told.words) if word.last < start - 1), None)
        own = phrase_timex(line, noun, told.words) if noun and noun.is_noun else None
        if own is not None:
            return dated_by(own, "sentence")
    return Dated()


def _of_owner(line: Line, at: int) -> Timex | None:
    """The date that owns the noun phrase which ends at `at`: "Tuesday's blast, which spilled oil"."""
    for here in range(at - 1, max(0, at - 4), -1):
        if is_possessive(line.tokens[here]):
            timex = line.timex[here - 1]
            return timex if names_time(timex) else None
        if not line.tokens[here].is_word:
            return None
    return None


def _of_cause(told: Told, word: EventWord) -> Dated:
    """The date of what did it, or of what was done: "was hit by floods in April", "declared an emergency in 2022"."""
    line = told.line
    _, end = line.clause_bounds(word.first)
    for noun in told.words:
        if (
            noun.is_noun
            and not word.is_noun
            and word.last < noun.first < end
            and noun_governor(line, noun) in ("by", "")
        ):
            near = line.timex[min(noun.last + 2, len(line.tokens) - 1)] is not None
            own = _right_of_noun(line, noun, told.words) if near else None
            return dated_by(own, "clause") if own is not None else Dated()
    return Dated()


def noun_governor(line: Line, noun: EventWord) -> str:
    """The preposition before a noun phrase, "" without one."""
    for at in range(noun.first - 1, max(-1, noun.first - LEFT_REACH), -1):
        if line.low(at) in grammar("preposition"):
            return line.low(at)
        if not line.tokens[at].is_word:
            return ""
    return ""


def _end_of_saying(told: Told, at: int) -> int:
    """Where a saying's own words end: in "“The switch”, he said, would come next year" it has no date."""
    line = told.line
    said = next((a for a in told.attributions if a.cue == at and a.end <= at), None)
    comma = next((k for k in range(at + 1, len(line.tokens)) if line.low(k) == ","), len(line.tokens))
    return comma if said is not None else len(line.tokens)


def _only_times(line: Line, word: EventWord) -> bool:
    """Whether a noun says before or after what something else was: "five years after its launch"."""
    for at in range(word.first - 1, max(-1, word.first - 5), -1):
        if line.low(at) in grammar("preposition"):
            return line.low(at) in ("after", "before", "since", "following", "until")
        if not line.tokens[at].is_word and not is_possessive(line.tokens[at]):
            return False
    return False


def _time_of_another(told: Told, noun: EventWord) -> Timex | None:
    """The date of a noun that only says before or after what something else was."""
    return phrase_timex(told.line, noun, told.words) if _only_times(told.line, noun) else None


def _order(line: Line, at: int, timex: Timex, anchor: int) -> tuple[bool, bool, bool, int]:
    """Times that are known before a mere "now", days before what is coarser, free dates before those that only modify
    a noun, then the nearest."""
    after = next((k for k in range(at, len(line.tokens)) if line.timex[k] is not timex), len(line.tokens))
    modifies = after < len(line.tokens) and (is_possessive(line.tokens[after]) or line.tokens[after].is_capital)
    return not timex.when.known, modifies, not is_day(timex.when), abs(at - anchor)


def _own_noun(told: Told, word: EventWord) -> Timex | None:
    """The date of the noun that a participle stands by: "the 2020 agreement signed in Doha"."""
    noun = next((w for w in told.words if w.is_noun and w.last == word.first - 1), None)
    return _left_of_noun(told.line, noun) if noun and word.form in ("past", "participle") else None


def _nearer_verb(told: Told, at: int, timex_at: int) -> bool:
    """Whether another event verb stands between a verb and a date that follows it, and so takes the date."""
    return any(at < other.first < timex_at for other in told.words if not other.is_noun and other.form != "ing")


def _is_of_other_part(line: Line, at: int, timex_at: int) -> bool:
    """Whether an "and" behind a verb and its date leads to the date of another one, whose verb is not said again:
    "the first was sent in May, and the second on 3 August"."""
    joins = (k for k in range(at + 1, timex_at) if line.low(k) in ("and", "but", "or") and line.timex[k + 1] is None)
    return any(names_time(own) and own.when.known for k in joins for own in line.timex[at + 1 : k] if own is not None)


def _in_clause(line: Line, at: int, taken: set[int]) -> list[tuple[int, Timex]]:
    start, end = line.clause_bounds(at)
    return [
        (k, timex)
        for k in range(start, end)
        if (timex := line.timex[k]) is not None
        and names_time(timex)
        and timex.start not in taken
        and not _is_former_plan(line, k, at)
        and not is_edition(line, k)
        and not _is_of_object(line, k, at)
        and not _is_modifier(line, k, timex)
    ]


def _is_of_object(line: Line, at: int, verb: int) -> bool:
    """Whether a date tells which thing behind a verb is meant: "denied responsibility for Tuesday's blast"."""
    end = at
    while end < len(line.tokens) and line.timex[end] is line.timex[at]:
        end += 1
    if at < verb or end >= len(line.tokens) or not is_possessive(line.tokens[end]):
        return False
    while line.timex[at - 1] is line.timex[at]:
        at -= 1
    return line.low(at - 1) in grammar("preposition") - {"in", "at", "during", "on"}


def is_edition(line: Line, at: int) -> bool:
    """Whether a bare year only tells which one of a series is meant: "the Paris Air Show 2011"."""
    timex, before = line.timex[at], line.tokens[at - 1] if at else None
    year = timex is not None and len(timex.text) == YEAR_DIGITS and timex.text.isdigit()
    return year and before is not None and before.is_capital and at > 1 and line.timex[at - 1] is None


def _is_former_plan(line: Line, at: int, word: int) -> bool:
    """Whether a date only says when something was to be before: "first set for 10 October, has been moved"."""
    start = at
    while start > 0 and line.timex[start - 1] is line.timex[at]:
        start -= 1
    plan = next((k for k in range(start - 1, max(0, start - 4), -1) if line.low(k) in grammar("slated")), None)
    return plan is not None and plan != word and line.low(plan - 1) in grammar("former_plan")


def _in_sentence(told: Told, word: EventWord, at: int, taken: set[int]) -> Dated:
    """The one date of the rest of the sentence, where it is on the same side of a "said"."""
    line = told.line
    side = told.attribution(at)
    own_clause = line.clause[at]
    now = _tells_now(line, at)
    others = {
        timex.start: timex
        for k, timex in enumerate(line.timex)
        if timex is not None
        and names_time(timex)
        and timex.start not in taken
        and line.clause[k] != own_clause
        and told.attribution(k) is side
        and not now
        and not _in_side_clause(line, k, at)
        and not _is_former_plan(line, k, at)
        and not _is_of_next_subject(line, k, at)
        and not is_set_for(line, word, at, k)
    }
    return dated_by(next(iter(others.values())), "sentence") if len(others) == 1 else Dated()


def _is_of_next_subject(line: Line, at: int, word: int) -> bool:
    """Whether a date belongs to what follows: "vowed to build it, but left in March", "and Roe left in March".

    So it does behind an "and" where the clause before has a date, if only one of something else.
    """
    start, end = line.clause_bounds(at)
    verb = next((k for k in range(start, end) if k in line.verbs), start)
    first, last = line.clause_bounds(word)
    dated = any(names_time(timex) for timex in line.timex[first:last])
    apart = line.low(start) == "but" or dated or has_subject(line, start, verb)
    return start > word and line.low(start) in ("and", "but") and apart


def _tells_now(line: Line, at: int) -> bool:
    """Whether a verb is in the present: "in May four fled, and two are still missing" has no day for the two."""
    aux = [low for low in group_words(line, at) if low in grammar("finite_aux")]
    return bool(aux) and aux[-1] in grammar("present_aux") and line.low(line.clause_bounds(at)[0]) in ("and", "but")


def _in_side_clause(line: Line, at: int, word: int) -> bool:
    """Whether token `at` stands in a clause of its own time ("after …", "since …", "who …") that `word` is not in."""
    start, _ = line.clause_bounds(at)
    own_start, _ = line.clause_bounds(word)
    return start != own_start and (line.low(start) in _side_openers() or line.low(own_start) in _side_openers())


@cache
def _side_openers() -> frozenset[str]:
    """Words that open a clause of its own time."""
    return (grammar("subordinator") | {"that"}) - SAME_TIME


class NewsDay:
    """The day of its own news: the last told in the paragraph, else the lead's, else the day of publication."""

    def __init__(self, told: Sequence[Told], published: When) -> None:
        self.published = published
        self.lead = next((t for one in told[:LEAD_SENTENCES] for t in self._recent(one)), None)
        self.last, self.paragraph = self.lead, -1

    def read(self, told: Told) -> None:
        """Go on to the next sentence, which may tell a new day."""
        if told.line.sentence.paragraph != self.paragraph:
            self.last, self.paragraph = self.lead, told.line.sentence.paragraph
        for timex in self._recent(told):
            self.last = timex

    def _recent(self, told: Told) -> list[Timex]:
        """Days that the sentence tells, of the week before publication; a line of nothing but a date tells none."""
        line = told.line
        bare = all(timex is not None or not token.is_word for token, timex in zip(line.tokens, line.timex, strict=True))
        if told.heading or bare or not self.published.known:
            return []
        found = [
            timex
            for timex in line.timexes
            if timex.type in ("DATE", "TIME") and is_day(timex.when)
            and 0 <= (self.published.last_day - timex.when.first_day).days <= RECENT_DAYS
        ]  # fmt: skip
        # "fell on Thursday, police said on Friday": what was said has its day, the saying another.
        said = {timex.start for k, timex in enumerate(line.timex) if timex is not None and told.attribution(k)}
        # "denied it before the crash of 2 October": that only tells before what it was.
        past = {own.start for noun in told.words if noun.is_noun and (own := _time_of_another(told, noun)) is not None}
        past |= {timex.start for k, timex in enumerate(line.timex) if timex is not None and line.low(k - 1) == "for"}
        free = [timex for timex in found if timex.start not in past] or found
        return [timex for timex in free if timex.start in said] or free

    def date(self, standing: Standing, *, said: bool = False) -> Dated:
        """The date of something that the article tells as its own news, without a date of its own.

        Where the paragraph went back behind the day of the news, what follows was on one of the days from there on;
        what is said of the news (`said`) is not said before it.
        """
        if not self.published.known or standing.course not in ("occurred", "postponed", "cancelled"):
            return Dated()
        if self.last is not None and self.lead is not None and self.last.when.first_day < self.lead.when.first_day:
            if not said:
                span = within(self.last.when, self.lead.when)
                return Dated(
                    span, "", "narrative", f"between the days told, “{self.last.text}” and “{self.lead.text}”", "report"
                )
            return self._on(self.lead)
        return self._on(self.last)

    def _on(self, told: Timex | None) -> Dated:
        if told is not None and told.when != self.published:
            when = mark(told.when, doubtful=True)
            return Dated(when, "", "narrative", f"the day last told, “{told.text}”", "report")
        return Dated(self.published, "", "reported", "the day of the report", "report")
