"""Which words of a sentence tell a happening: no wish, no habit, no opinion, no noun that only stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..actors.discourse import plural_nouns
from ..actors.titles import bare
from .clauses import Standing, after_aside, group_words, standing
from .complements import ANSWERED_FOR, tells_other_date
from .dating import names_time, phrase_timex
from .governing import spans_of
from .lexicon import GRAVE, EventWord, event_classes, light_verbs, object_follows, occurrence_verbs
from .lines import Told
from .tokens import Line, grammar, is_possessive
from .unreal import is_left_open, is_unrealised, outcome_of
from .voice import Attribution

SAID = ("announcement", "statement")
"""Classes of what people say."""
CARRIER_REACH = 7
"""How many words before a noun the verb that carries it may stand ("held a long round of talks")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event word that tells a happening: with the verb that carries it, where it is a noun."""

    word: EventWord
    verb: EventWord | None
    standing: Standing


def find_candidates(told: Told) -> Iterator[Candidate]:
    """The event words of a sentence that tell something that happened, will happen or did not."""
    swallowed: set[int] = set()
    chosen: list[Candidate] = []
    if _is_supposed(told.line):
        return
    for word in told.words:
        if word.is_noun:
            candidate = _noun_candidate(told, word)
            if candidate is not None:
                chosen.append(candidate)
                if candidate.verb is not None:
                    swallowed.add(candidate.verb.first)
    chosen += [c for word in told.words if not word.is_noun and (c := _verb_candidate(told, word)) is not None]
    for candidate in sorted(chosen, key=lambda c: c.word.first):
        if candidate.word.first not in swallowed and not _doubles(candidate, chosen, told.line):
            yield candidate


def _is_supposed(line: Line) -> bool:
    """Whether the sentence only supposes or doubts what it tells: "If …, …", "Perhaps …", "In my view, …"."""
    opens = [token.low for token in line.tokens if token.is_word][:3]
    doubts = opens[:1] and opens[0] in grammar("doubting")
    view = opens[:2] in (["in", "my"], ["in", "our"]) and opens[2:] and opens[2] in ("view", "opinion", "judgment")
    return bool(doubts or view or (opens[:1] in (["if"], ["unless"]) and not any(line.quoted)))


def _is_repeated(line: Line, word: EventWord) -> bool:
    """Whether the clause tells of what is done again and again: "is held every four years"."""
    start, end = line.clause_bounds(word.first)
    sets = any(timex is not None and timex.type == "SET" for timex in line.timex[start:end])
    return sets and any(line.low(at) in ("is", "are") for at in range(start, end))


def _doubles(candidate: Candidate, chosen: Sequence[Candidate], line: Line) -> bool:
    """Whether a noun only repeats a verb of its class in the same clause ("signed an agreement")."""
    if not candidate.word.is_noun or candidate.verb is not None:
        return False
    if any(not c.word.is_noun and _is_object_of(line, candidate.word, c.word) for c in chosen):
        return True
    return any(
        other.word.event_class == candidate.word.event_class
        and not other.word.is_noun
        and line.clause[other.word.first] == line.clause[candidate.word.first]
        for other in chosen
    )


def _is_object_of(line: Line, noun: EventWord, verb: EventWord) -> bool:
    """Whether a verb tells its object, with what follows, too: "close the deal by May"."""
    at, after = verb.last + 1, noun.last + 1
    pointed = line.low(at) in grammar("definite", "possessive") | {"a", "an"} and at + 1 == noun.first
    behind = line.low(after) in ("by", "on", "until", ",", ".") or (after < len(line.tokens) and line.timex[after])
    return bool(pointed and behind) and verb.event_class not in ANSWERED_FOR


def _verb_candidate(told: Told, word: EventWord) -> Candidate | None:
    how = standing(told.line, word)
    saying = next((a for a in told.attributions if a.cue == word.first), None)
    if saying is None and word.lemma in grammar("said_or_done"):
        word = replace(word, event_class="change")
    if word.event_class == "statement" or (saying is not None and word.event_class in SPEECH_ONLY):
        return Candidate(word, None, how) if _is_saying(told, word, saying, how) else None
    if word.form == "ing" and not how.finite:
        return Candidate(word, None, how) if _is_timed_gerund(told.line, word) else None
    if not how.finite and how.course == "hypothetical":
        return None
    if _is_bare_as(told.line, word) or _hides_name(told.line, word) or is_left_open(told.line, word):
        return None
    if _only_sets_date(told.line, word):
        return None
    if is_reduced(told.line, word) and not _is_grave_class(word) and not _is_dated_near(told.line, word):
        return None
    claims = saying is not None and saying.mention is not None and word.event_class in ("accusation", "denial")
    if how.present and not _in_lead(told) and not claims:
        return None
    if how.vague and not _has_date(told.line, word):
        return None
    if _is_generic(told.line, word) or _is_only_opinion(told, word):
        return None
    return Candidate(word, None, how)


SPEECH_ONLY = frozenset(["publication"])
"""Classes whose verbs of saying ("reported that") are sayings, and else are not."""


def _is_saying(told: Told, word: EventWord, saying: Attribution | None, how: Standing) -> bool:
    """Whether a verb of saying is worth an entry: somebody named says it, and not as a comment for a living."""
    if how.course != "occurred":
        return False
    if saying is not None:
        return saying.mention is not None and not saying.opinion
    if how.present and not _in_lead(told):
        return False
    start, _ = told.line.clause_bounds(word.first)
    start = 0 if told.line.low(start) in ("and", "but") else start
    line = told.line
    named = any(mention.kind == "PER" for _, _, mention in spans_of(line, start, word.first))
    pronoun = told.person is not None and line.low(word.first - 1) in grammar("personal")
    return how.finite and not line.quoted[word.first] and (named or pronoun)


def _hides_name(line: Line, word: EventWord) -> bool:
    """Whether it only says why a speaker has no name: "who declined to be named"."""
    after = [line.low(k) for k in range(word.last + 1, word.last + 4)]
    return after in (["to", "be", "named"], ["to", "be", "identified"], ["to", "be", "quoted"])


def _is_bare_as(line: Line, word: EventWord) -> bool:
    """Whether it only refers: "as agreed in the deal"."""
    return word.form in ("past", "participle") and line.low(word.first - 1) in ("as", "than")


def is_reduced(line: Line, word: EventWord) -> bool:
    """Whether a participle only tells which thing is meant: "the deal signed in Doha", "a volume produced by Acme".

    It has no auxiliary, and what follows is no object but "by" or, with a verb that wants one, another preposition.
    """
    if word.form not in ("past", "participle") or word.first == 0 or group_words(line, word.first):
        return False
    at, after, beyond = word.first - 1, line.low(word.last + 1), line.low(word.last + 2)
    counts = beyond[:1].isdigit() or beyond.endswith("ing") or beyond in grammar("amount")
    if counts and after in grammar("preposition"):
        # "rose by 5 percent", "began by thanking her", "rescued over 700 people"
        return False
    behind_comma = line.low(at) == "," and (after == "by" or word.lemma == "locate")
    barred = ("clause", "pronoun", "be", "have", "adverb")
    if not behind_comma and (not line.tokens[at].is_word or any(line.low(at) in grammar(group) for group in barred)):
        return False
    if word.event_class in SAID and _ends_in_tag(line, at):
        return False
    dated = word.last + 1 < len(line.tokens) and line.timex[word.last + 1] is not None and line.mention[at] is None
    governed = dated or (after != "like" and after in grammar("preposition"))
    return line.low(at) != "all" and (after == "by" or (word.lemma in grammar("transitive") and governed))


def _ends_in_tag(line: Line, at: int) -> bool:
    """Whether people who are not named, at `at`, say what stands before them: "it is new, the scientists announced"."""
    first = at
    while first > 0 and line.tokens[first - 1].is_word and line.low(first) not in grammar("determiner"):
        first -= 1
    return bare(line.low(at)) in plural_nouns() and first > 1 and line.low(first - 1) == ","


def _only_sets_date(line: Line, word: EventWord) -> bool:
    """Whether a participle tells for when a thing is set: "the inquiry, promised for May, was put off"."""
    at = word.last + 2
    dated = at < len(line.tokens) and names_time(line.timex[at]) and line.low(at - 1) == "for"
    behind = line.low(word.first - 1) == "," or is_reduced(line, word)
    return dated and word.form in ("past", "participle") and behind and not group_words(line, word.first)


def _is_grave_class(word: EventWord) -> bool:
    known = event_classes().get(word.event_class)
    return known is not None and known.weight >= GRAVE


def _is_dated_near(line: Line, word: EventWord) -> bool:
    """Whether a date stands behind it in its clause: "signed in Doha last year"."""
    _, end = line.clause_bounds(word.first)
    return any(
        names_time(line.timex[at]) and not tells_other_date(line, word, word.first, at)
        for at in range(word.last + 1, end)
    )


def _is_timed_gerund(line: Line, word: EventWord) -> bool:
    """Whether an -ing form tells of an occurrence beside another: "after launching the phone"."""
    if line.quoted[word.first]:
        return False
    if word.event_class == "talks" and line.low(word.first - 1) == ",":
        # "Mr Khan, talking to Ms Munter, said": a talk between two people who are named.
        _, end = line.clause_bounds(word.first)
        people = [m for _, _, m in spans_of(line, word.last + 1, end) if m.kind == "PER"]
        return bool(people) and any(m.kind == "PER" for _, _, m in spans_of(line, 0, word.first))
    return line.low(word.first - 1) in grammar("gerund_preposition") or _is_outcome(line, word)


OUTCOMES = frozenset(["death", "health", "disaster", "accident", "rescue", "closure"])
"""Classes whose -ing forms after a comma tell what came of the deed before: ", killing nine people"."""


def _is_outcome(line: Line, word: EventWord) -> bool:
    before = word.first - 1
    joined = line.low(before) == "and" and any(line.low(k).endswith("ing") for k in range(max(0, before - 8), before))
    behind = line.low(before) == "," or joined
    return behind and word.event_class in OUTCOMES and object_follows(line, word.last + 1)


def _in_lead(told: Told) -> bool:
    return told.line.index == 0


def _has_date(line: Line, word: EventWord) -> bool:
    start, end = line.clause_bounds(word.first)
    return any(names_time(timex) for timex in line.timex[start:end])


def _is_generic(line: Line, word: EventWord) -> bool:
    """Whether the clause speaks of any such thing, not of one."""
    start, _ = line.clause_bounds(word.first)
    return any(
        line.low(k) in grammar("generic") and not (line.low(k) == "more" and line.low(k - 1) in grammar("amount"))
        for k in range(max(start, word.first - 4), word.first)
    )


def _is_only_opinion(told: Told, word: EventWord) -> bool:
    """Whether a commentator says it without a date, or somebody speaks of himself."""
    attribution = told.attribution(word.first)
    if attribution is None:
        return False
    if attribution.opinion:
        start, end = told.line.clause_bounds(word.first)
        return word.form not in ("past", "participle") or not spans_of(told.line, start, end)
    return told.line.quoted[word.first] and any(
        told.line.low(k) in grammar("self") for k in range(max(0, word.first - 3), word.first)
    ) and not _has_date(told.line, word)  # fmt: skip


def _noun_candidate(told: Told, word: EventWord) -> Candidate | None:
    """A noun that tells a happening: carried by a verb, dated, owned by somebody, or the time of something else."""
    line = told.line
    if _is_generic(line, word) or any(other.is_noun and other.first == word.last + 1 for other in told.words):
        return None
    verb = _carrier(told, word) or _copula(told, word)
    if verb is not None:
        how = Standing(course="planned") if verb.lemma == "slate" else standing(line, verb)
        if how.vague or (not how.finite and how.course == "hypothetical"):
            return None
        if verb.form == "ing" and not how.finite and phrase_timex(line, word, told.words) is None:
            return None
        if how.course == "planned" and _fell_through(line, verb):
            how = replace(how, course="cancelled")
        shown = not how.present and not _is_only_opinion(told, word)
        shown = shown and not _is_repeated(line, verb)
        return Candidate(word, verb, how) if shown else None
    how = _noun_standing(told, word)
    if verb is None and _is_of_event(told, word):
        return None
    if how.vague or _governed_by_wish(line, word) or _modifies_noun(line, word) or _is_put_off(told, word):
        return None
    if phrase_timex(line, word, told.words) is not None or _is_told_noun(line, word):
        return Candidate(word, None, how)
    return None


def _carrier(told: Told, word: EventWord) -> EventWord | None:
    """The light verb whose object the noun is ("held talks"), or the verb by which it occurs ("talks began")."""
    line = told.line
    for at in range(word.first - 1, max(-1, word.first - 1 - CARRIER_REACH), -1):
        low = line.low(at)
        if low.endswith("ing") and (line.low(at - 1) == "annual" or line.low(at - 1) in grammar("determiner")):
            continue
        if low in light_verbs() and line.mention[at] is None and line.timex[at] is None:
            return _as_verb(told, at)
        blocked = low in grammar("preposition") or (low in grammar("clause") and low != "that")
        if blocked or is_possessive(line.tokens[at]) or (not line.tokens[at].is_word and low != ","):
            break
    end = min(len(line.tokens), word.last + 1 + 3 * CARRIER_REACH)
    number, first = line.clause[word.first], after_aside(line, word.last + 1)
    if first > word.last + 1 and first < len(line.tokens):
        end, number = min(len(line.tokens), first + CARRIER_REACH), line.clause[first]
    for at in range(first, end):
        if line.clause[at] != number:
            break
        if line.timex[at] is not None or line.mention[at] is not None:
            continue
        low = line.low(at)
        if low in grammar("slated") and line.low(at - 1) in grammar("be") and line.low(at + 1) == "for":
            return EventWord(at, at, "slate", "", "participle") if _is_subject_noun(line, word) else None
        if line.low(at - 1) in ("and", "but", "or"):
            return None  # "landed after a flight and began": not the flight
        if low in occurrence_verbs() or (low in grammar("passive_light") and line.low(at - 1) in grammar("be")):
            in_way = any(word.last < w.first < at and not w.is_noun for w in told.words)
            harms = any(other.first == at and other.event_class in HARMS for other in told.words)
            return _as_verb(told, at) if _is_subject_noun(line, word, in_time=not harms) and not in_way else None
    return None


def _copula(told: Told, word: EventWord) -> EventWord | None:
    """The verb that says when it is to be or who is in it: "slated for a release", "would be on medical leave"."""
    line = told.line
    for at in range(word.first - 1, max(0, word.first - 6), -1):
        if line.low(at) == "for" and line.low(at - 1) in grammar("slated"):
            named = line.timex[min(word.last + 2, len(line.tokens) - 1)] is not None
            return EventWord(at - 1, at - 1, "slate", "", "participle") if named else None
        if line.low(at) == "on" and word.event_class == "health" and line.low(at - 1) in grammar("be"):
            return EventWord(at - 1, at - 1, "be", "", "past" if line.low(at - 1) in ("was", "were") else "base")
        if line.low(at) in grammar("preposition", "clause") or not line.tokens[at].is_word:
            return None
    return None


HARMS = frozenset(["death", "health"])
"""Classes of verbs that tell more of a happening than that it began or ended, and in a clause of time an entry too."""


def _is_subject_noun(line: Line, word: EventWord, *, in_time: bool = False) -> bool:
    """Whether no preposition governs the noun, so that it can be the subject of its clause.

    `in_time`: a clause of time counts, too: "before the trial began".
    """
    for at in range(word.first - 1, max(-1, word.first - 6), -1):
        low = line.low(at)
        if low in grammar("determiner"):
            return line.low(at - 1) not in grammar("preposition") or (in_time and _opens_clause(line, at - 1))
        if low in grammar("preposition"):
            return in_time and _opens_clause(line, at)
    return True


def _opens_clause(line: Line, at: int) -> bool:
    """Whether a preposition opens a clause with a verb: "before the trial began"."""
    start, end = line.clause_bounds(at)
    return start == at and line.low(at) in grammar("time_clause") and any(k in line.verbs for k in range(at + 1, end))


def _as_verb(told: Told, at: int) -> EventWord:
    """The event word at a token, or a bare verb that is none."""
    known = next((word for word in told.words if word.first == at), None)
    low = told.line.low(at)
    form = "ing" if low.endswith("ing") else "base" if low in grammar("light", "occur") else "past"
    form = "s" if low in ("occurs", "happens", "follows") else form
    return known or EventWord(at, at, low, "", form)


def _noun_standing(told: Told, word: EventWord) -> Standing:
    """The course of a noun that no verb carries: "the planned summit", "a summit set for May", "no deal"."""
    line = told.line
    before = {told.line.low(k) for k in range(max(0, word.first - 4), word.first)}
    if before & grammar("planned_modifier"):
        return Standing(course="planned")
    if before & grammar("hypothetical_modifier"):
        return Standing(course="hypothetical", vague=True)
    if line.low(word.last + 1) in grammar("slated") and line.low(word.last + 2) in ("for", "on"):
        return Standing(course="planned")
    outcome = outcome_of(line, word)
    if outcome in ("planned", "hypothetical"):
        return Standing(course="planned") if outcome == "planned" else Standing(course="hypothetical", vague=True)
    return Standing(negated=bool(before & {"no", "without"}))


def _governed_by_wish(line: Line, word: EventWord) -> bool:
    """Whether a wish, an attempt or a chance governs the noun: "to arrange a meeting", "chances of talks"."""
    barred = grammar("generic", "arranging")
    return any(line.low(k) in barred for k in range(max(0, word.first - 5), word.first))


LASTING = frozenset(
    ["initiative", "process", "agreement", "law", "business", "aid", "price", "sanction", "violence", "war"]
)
"""Classes whose nouns name something that stands; that somebody has it is no happening."""


def _is_of_event(told: Told, word: EventWord) -> bool:
    """Whether it only says of what another event noun speaks: "a suspension of the contract"."""
    at = word.first - 1
    at -= told.line.low(at) in grammar("determiner")
    moved = ("postponement", "cancellation", "launch", "closure")
    return told.line.low(at) == "of" and any(w.last == at - 1 and w.event_class in moved for w in told.words)


def _fell_through(line: Line, verb: EventWord) -> bool:
    """Whether what "was supposed to" be is followed by a "but"."""
    was = any(line.low(k) in grammar("past_be") for k in range(max(0, verb.first - 4), verb.first))
    return was and any(line.low(k) == "but" for k in range(verb.last + 1, len(line.tokens)))


def _modifies_noun(line: Line, word: EventWord) -> bool:
    """Whether another plain noun follows, so that the word only modifies it: "the withdrawal deadline"."""
    at = word.last + 1
    follows = line.low(at)
    if at >= len(line.tokens) or not follows.isalpha() or line.mention[at] is not None or line.timex[at] is not None:
        return False
    closed = ("preposition", "clause", "finite_aux", "adverb", "be", "have", "determiner", "negative", "pronoun")
    if any(follows in grammar(group) for group in closed) or follows in grammar("participle_of_noun"):
        return False
    return not follows.endswith(("ed", "ly", "ing")) and follows not in occurrence_verbs() | {"to", "told", "said"}


def _is_put_off(told: Told, word: EventWord) -> bool:
    """Whether a verb of its clause says that it was put off, called off or refused, which is the entry then."""
    behind = min(after_aside(told.line, word.last + 1), len(told.line.tokens) - 1)
    numbers = {told.line.clause[word.first], told.line.clause[behind]}
    return any(
        other.event_class in ("postponement", "cancellation") and not other.is_noun
        and told.line.clause[other.first] in numbers
        for other in told.words
    )  # fmt: skip


def _is_told_noun(line: Line, word: EventWord) -> bool:
    """Whether a noun that no verb carries still tells a happening: by its owner, its use, or whom it befell."""
    ways = (_is_owned_event, _times_another, _befell_somebody, _is_held)
    return not is_unrealised(line, word) and any(way(line, word) for way in ways)


def _is_held(line: Line, word: EventWord) -> bool:
    """Whether a participle tells where an occasion was: "in recent talks held in Moscow"."""
    known = event_classes().get(word.event_class)
    at = word.last + 1
    if (
        known is None
        or not (known.kind == "occasion" or known.name == "talks")
        or line.low(at) not in grammar("holding_participle")
    ):
        return False
    place = line.mention[at + 2] if at + 2 < len(line.tokens) else None
    return line.low(at + 1) in grammar("place_preposition") and place is not None and place.kind == "LOC"


def _befell_somebody(line: Line, word: EventWord) -> bool:
    """Whether it is a grave thing that befell somebody named: "the arrest of a senior Taliban figure"."""
    known = event_classes().get(word.event_class)
    if known is None or known.weight < GRAVE or known.kind != "occasion" or line.low(word.first - 1) != "the":
        return False
    after = range(word.last + 2, min(word.last + 7, len(line.tokens)))
    return line.low(word.last + 1) == "of" and any(line.mention[k] is not None for k in after)


def _is_owned_event(line: Line, word: EventWord) -> bool:
    """Whether somebody's event is told: owned, an event rather than a state, and no subject of a "will" or "is"."""
    if word.event_class in LASTING or not _is_owned(line, word):
        return False
    number = line.clause[word.first]
    for at in range(word.last + 1, len(line.tokens)):
        if line.clause[at] != number or line.low(at) in grammar("have", "past_be"):
            return True
        if line.low(at) in grammar("will", "would", "may"):
            return False
    return True


def _is_owned(line: Line, word: EventWord) -> bool:
    """Whether somebody's name or "his" stands before: "Khalilzad’s visit", "his resignation"."""
    for at in range(word.first - 1, max(-1, word.first - 4), -1):
        if is_possessive(line.tokens[at]):
            return line.mention[at - 1] is not None if at else False
        if line.low(at) in ("his", "her"):
            return True
        if line.low(at) in grammar("preposition", "determiner") or not line.tokens[at].is_word:
            return False
    return False


def _times_another(line: Line, word: EventWord) -> bool:
    """Whether the noun says when something else was ("after the attack", "the sale follows his death")."""
    for at in range(word.first - 1, max(-1, word.first - 5), -1):
        if line.low(at) in grammar("event_preposition") or line.low(at) in ("follows", "followed"):
            return any(line.low(k) in grammar("definite") for k in range(at, word.first)) or any(
                line.mention[k] is not None for k in range(at, word.first)
            )
        if line.low(at) in grammar("preposition") or not line.tokens[at].is_word:
            return False
    return False
