"""A short phrase for a happening, in the words of the text."""

from __future__ import annotations

import re
from functools import cache

from ..model import Anaphor
from .befallen import befallen, end_of_deed
from .borrowed import after_dateline, after_opening, doer_before, words_before
from .candidates import is_reduced
from .clauses import gap_at, group_words, has_subject, host_of
from .contents import QUOTES
from .cutting import LONGEST_LABEL, SHORT_CLAUSE, cut, marked_cut, resumed, stop, without_loose_end
from .inflect import gerunds, participles, past_forms, plurals
from .lexicon import EventWord
from .lifted import end_of_said, group_begin, in_focus, is_resumed, lone_subject, owned
from .lines import Told
from .phrasing import AGE, PHRASE_WORDS, capitalised, content_words, noun_start, phrase, tidied
from .roles import Cast, said_of_himself
from .tokens import Line, grammar, is_possessive
from .topics import with_topic, with_topic_inside
from .voice import Attribution, group_start

WOULD = re.compile(r" (?:would|’d) (?:also |then |now |soon )?")
FIRST_PERSON = ("i", "we", "my", "our")


def label_of(told: Told, text: str, word: EventWord, verb: EventWord | None, agent: str, *, side: bool = False) -> str:
    """The clause around the happening's word, or the noun phrase where no verb carries it.

    What was done by the way ("by unveiling it", "came to reveal it") is told as a deed: "Roe unveiled it".
    """
    if side and word.form == "ing" and not agent:
        agent = doer_before(told, text, word)
    said = any(said.cue == word.first for said in told.attributions)
    hangs = side and word.form == "ing" and not said and host_of(told.line, word.first) is not None
    if hangs and (not agent or agent.lower() in grammar("pronoun", "personal")):
        label = befallen(told.line, text, word)
    elif side and agent and not any(said.cue == word.first for said in told.attributions):
        label = _side_label(told, text, word, agent)
    elif word.is_noun and verb is None:
        label = _noun_label(told.line, text, word, agent)
    elif verb is None and is_reduced(told.line, word) and not any(said.cue == word.first for said in told.attributions):
        label = _reduced_label(told.line, text, word)
    else:
        label = _clause_label(told, text, verb or word, word, agent)
    if word.lemma == "born" and word.lemma not in label.split():
        label = f"{label} was born"
    if side and word.form == "ing" and agent:
        label = label.replace(f"{agent} {gerunds(word.lemma)[0]} ", f"{agent} {past_forms(word.lemma)[0]} ", 1)
    return _in_whose_words(told, word, tidied(label))


def _in_whose_words(told: Told, word: EventWord, label: str) -> str:
    """A label that speaks of "I" or "we" as a quotation of who says so: "Roe: “We won”"."""
    said = told.attribution(word.first)
    if label.partition(" ")[0].lower() not in FIRST_PERSON or said is None or not said.voice.words:
        return label
    return f"{capitalised(said.voice.words)}: “{label}”"


def _reduced_label(line: Line, text: str, word: EventWord) -> str:
    """What befell the noun that a participle stands by: "the deal signed in Doha" as "The deal was signed in Doha"."""
    start = first = word.first - 1
    while first > 0 and start - first < PHRASE_WORDS:
        low, covered = line.low(first), line.mention[first] is not None or line.timex[first] is not None
        if low in grammar("determiner") - {"all", "both"}:
            break
        if not covered and (
            low in grammar("preposition") - {"of"} | grammar("clause") or not line.tokens[first].is_word
        ):
            first += 1
            break
        first -= 1
    _, end = line.clause_bounds(word.first)
    end = next((k for k in range(word.last + 1, end) if k in line.verbs or line.low(k) in grammar("be")), end)
    end = without_loose_end(line, cut(line, first, end, word.last + 1), word.last + 1)
    subject = phrase(line.tokens[first : word.first], text)
    be = "were" if subject.endswith("s") and not subject.endswith("ss") else "was"
    return capitalised(f"{subject} {be} {phrase(line.tokens[word.first : end], text)}") if subject else ""


def tells_nothing(label: str, word: EventWord, cast: Cast) -> bool:
    """Whether a label leaves open what it is about: "This was decided", "Roe stated"."""
    words = label.lower().split()
    if not words or words[0] in (*FIRST_PERSON, "which") or _is_torn(label, word):
        return True
    if POINTS_BACK.match(label):
        return True
    if word.is_noun and not any(part.isdigit() for part in words):
        named = {part for form in (word.lemma, *plurals(word.lemma)) for part in form.split()}
        if all(part.lower() in named for part in content_words(label)):
            return True
    if not word.is_noun and words[-1] != past_forms(word.lemma)[0] and _only_confirms(words):
        return True
    asks = word.lemma in ("ask", "wonder", "inquire")
    if (word.event_class == "statement" or asks) and not word.is_noun and len(words) > 1:
        return words[-1] == past_forms(word.lemma)[0] and len(words) <= SHORT_CLAUSE
    if words[0] in grammar("finite_aux", "be"):
        # A verb whose subject was not found.
        return True
    acting = any(part.role in ("agent", "affected", "counterpart") for part in cast.parts.values())
    empty = grammar("finite_aux", "be", "adverb", "open_subject")
    return words[0] in grammar("open_subject") and not acting and sum(w not in empty for w in words) <= 1


POINTS_BACK = re.compile(
    r"(?:this|that) (?:was|is|has been|had been) (?:something )?(?:\w+ly |also )*"
    r"(?:agreed|decided|announced|said|done)\b(?! by\b)",
    re.IGNORECASE,
)
"""Beginnings of a label that only says again what the sentence before told: "This was decided at the meeting"."""
TORN = re.compile(
    r"(?:in|on|at|by|for|with) (?:a|the) \w+ (?:that|which)\b|(?:having|being)\b"
    r"|\w+ing (?:the|a|an|its|his|her|their)\b",
    re.IGNORECASE,
)
"""Beginnings of a label that has lost its subject: "In a way that …", "Continuing their …"."""


def _is_torn(label: str, word: EventWord) -> bool:
    """Whether a label begins in the middle of a clause, or with its own participle."""
    words = label.lower().split()
    while len(words) > 1 and (words[0] in ("soon", "more") or words[0] in grammar("adverb") or words[0].endswith("ly")):
        words = words[1:]
    helping = len(words) < len(label.split()) and words[0] in grammar("finite_aux", "have")
    own = word.form in ("past", "participle") and words[0] in {*participles(word.lemma), *past_forms(word.lemma)}
    return own or helping or (not word.is_noun and word.form != "ing" and TORN.match(label) is not None)


def _only_confirms(words: list[str]) -> bool:
    """Whether a verb of reporting is followed by nothing but a time: "sources confirmed here on Sunday"."""
    at = next((k for k, word in enumerate(words) if k and word in grammar("reporting")), len(words))
    if at == len(words) or words[at] not in ("confirmed", "confirms"):
        return False
    idle = grammar("name_filler", "preposition") | {"here", "there", "today", "yesterday"}
    return all(word in idle for word in words[at + 1 :])


def _side_label(told: Told, text: str, word: EventWord, agent: str) -> str:
    line = told.line
    _, end = line.clause_bounds(word.first)
    cues = {said.cue for said in told.attributions}
    comma = end_of_deed(line, word, cues)
    end = stop(cut(line, word.first, comma, word.last + 1), word.first)
    verb, _, particle = word.lemma.partition(" ")
    rest = phrase(line.tokens[word.last + 1 : end], text)
    rest = rest if end == comma else marked_cut(rest, line, end)
    label = " ".join(part for part in (agent, past_forms(verb)[0], particle, rest) if part)
    return capitalised(label)


def with_speaker(label: str, attribution: Attribution | None) -> str:
    """A label that leaves what is claimed to the one who claims it."""
    if attribution is None or not attribution.voice.words or label.startswith(f"{attribution.voice.words}: "):
        return label
    first, _, rest = attribution.voice.words.partition(" ")
    speaker = f"{first.lower()} {rest}" if first in ("The", "A", "An") and rest else attribution.voice.words
    denied = attribution.voice.stance == "denies"
    return f"{label}, which {speaker} denies" if denied else f"{label}, according to {speaker}"


def _clause_label(told: Told, text: str, verb: EventWord, word: EventWord, agent: str) -> str:
    line = told.line
    start, end = line.clause_bounds(verb.first)
    again = resumed(line, line.verbs, start, end)
    if verb.first >= again:
        return _resumed_label(told, text, word, verb, start, again)
    end = max(end_of_said(told, verb.first, again), word.last + 1)
    if line.low(end) in grammar("relative_pronoun"):
        end = gap_at(line, verb.last + 1, end)
    saying = next((a for a in told.attributions if a.cue == verb.first), None)
    is_told = verb.lemma == "tell" and set(group_words(line, verb.first)) & grammar("be")
    if saying is not None and saying.voice.words and saying.start < saying.end and not is_told:
        return _saying_label(told, text, verb, saying)
    any_such = end < len(line.tokens) and line.low(end) == "that" and _is_any(line, verb.first, end)
    near = line.low(end) in ("that", "whether", "if") and end - verb.first <= SHORT_CLAUSE
    if end < len(line.tokens) and (near or any_such):
        _, end = line.clause_bounds(end)
    if any_such and end < len(line.tokens) and line.low(end) in ("before", "after", "until"):
        # "any meeting that comes before they leave": without it, it would be any at all.
        _, end = line.clause_bounds(end)
    if line.low(end - 1) in grammar("length") and line.low(end) in ("after", "before"):
        _, end = line.clause_bounds(end)
    main = _after_relative(line, start, verb.first)
    if main != start and (not agent or line.low(start + 1) == ","):
        agent = words_before(told, text, start)
    start = main
    while start < verb.first and (line.low(start) in _passing() or not line.tokens[start].is_word):
        start += 1
    if line.low(start).endswith("ing") and line.low(start + 1) in grammar("determiner") and start + 1 < word.first:
        start += word.is_noun  # "ending | a strike that began"
    start = _after_setting(line, start, verb.first)
    start = after_opening(line, after_dateline(line, start), verb.first)
    alone = lone_subject(line, text, start, verb.first) or in_focus(line, text, start, verb.first)
    start = _after_time(line, _nearest_start(line, start, verb.first), verb.first)
    end = max(verb.last + 1, stop(cut(line, start, end, verb.last + 1), start))
    end = without_loose_end(line, end, max(verb.last, word.last) + 1)
    words = _without_comma(line, text, start, verb.first, end)
    words = words if end == again else marked_cut(words, line, end)
    clause, _ = line.clause_bounds(verb.first)
    if line.low(clause) == "whose" and clause and (owner := words_before(told, text, clause)):
        return capitalised(f"{owned(owner)} {words}")
    if alone:
        return capitalised(f"{alone} {phrase(line.tokens[group_begin(line, verb.first) : end], text)}")
    himself = said_of_himself(told, verb.first)
    if himself is not None and words.partition(" ")[0].lower() in ("it", "he", "she", "they"):
        return capitalised(f"{himself.voice.words} {words.partition(' ')[2]}")
    opening = line.mention[start] if start < verb.first else None
    if isinstance(opening, Anaphor) and opening.form == "pronoun" and opening.meaning:
        return capitalised(f"{opening.meaning} {words.partition(' ')[2]}")
    words = with_topic_inside(line, text, verb.first, words)
    words = _as_planned(line, verb, with_topic(told.topic, line, verb, start, words))
    if not has_subject(line, start, verb.first):
        first, _, rest = words.partition(" ")
        spoken = first.lower() in grammar("personal")
        before = "" if spoken or (agent and not is_resumed(line, start)) else words_before(told, text, start)
        subject = AGE.sub("", before or agent)
        words = rest if first.lower() in grammar("pronoun") and subject else words
        words = f"{subject} {words}" if subject else words
    return capitalised(words)


@cache
def _passing() -> frozenset[str]:
    """Words that a label leaves out before its subject."""
    return grammar("clause") - {"both"} | grammar("saying_so")


def _is_any(line: Line, start: int, end: int) -> bool:
    """Whether the last noun phrase before `end` is of any such thing: "any peace conference"."""
    return any(line.low(k) in ("any", "no", "every", "all") for k in range(max(start, end - SHORT_CLAUSE), end))


def _resumed_label(told: Told, text: str, word: EventWord, verb: EventWord, start: int, again: int) -> str:
    """What the main clause tells that goes on at `again`, behind a clause in its subject that opens at `start`."""
    line = told.line
    _, end = line.clause_bounds(verb.first)
    first, _ = line.clause_bounds(start - 1)
    first = after_opening(line, after_dateline(line, first + (line.low(first) == "that")), start)
    verbs = line.verbs
    short = start - first <= SHORT_CLAUSE and not any(at in verbs for at in range(first, start))
    subject = phrase(line.tokens[first:start], text) if short else words_before(told, text, start)
    last = max(verb.last, word.last) + 1
    end = without_loose_end(line, max(last, stop(cut(line, again, end, last), again)), last)
    return capitalised(f"{AGE.sub('', subject)} {phrase(line.tokens[again:end], text)}".strip())


def _as_planned(line: Line, verb: EventWord, words: str) -> str:
    """The words with "to" for the "would" of what was planned: "would be released" as "to be released"."""
    group = group_words(line, verb.first)
    if not set(group) & grammar("would") or set(group) & (grammar("have", "negative")):
        return words
    if words.partition(" ")[0].lower() in grammar("pronoun"):
        return words
    return WOULD.sub(" to ", words, count=1)


def _after_setting(line: Line, start: int, at: int) -> int:
    """The start after "during" and its noun where the name of the doer stands right before the verb."""
    last = group_start(line, at) - 1
    if line.low(start - 1) not in ("during", "following", "amid") or last <= start or line.mention[last] is None:
        return start
    while last > start and line.mention[last - 1] is line.mention[last]:
        last -= 1
    return last


def _after_time(line: Line, start: int, at: int) -> int:
    """The start after a date that opens the clause, for which a label has a field of its own: "In 1986 Roe left"."""
    first = start + (line.low(start) in grammar("preposition"))
    timex = line.timex[first] if first < at else None
    if timex is None or (start and line.low(start - 1) in grammar("determiner")):
        return start
    end = next((k for k in range(first, at) if line.timex[k] is not timex), at)
    end += line.low(end) == ","
    helping = grammar("finite_aux", "be", "have", "adverb", "preposition")
    bare = all(line.low(k) in helping for k in range(end, at) if line.tokens[k].is_word)
    return start if bare or is_possessive(line.tokens[end]) or line.low(end) in helping else end


def _without_comma(line: Line, text: str, start: int, at: int, end: int) -> str:
    """The words from `start` to `end` without a comma that parts the subject from its verb at `at`."""
    group = group_start(line, at)
    while group < at and not line.tokens[group].is_word:
        group += 1
    commas = [k for k in range(start, group) if line.tokens[k].text == ","]
    if commas != [group - 1]:
        return phrase(line.tokens[start:end], text)
    return f"{phrase(line.tokens[start : group - 1], text)} {phrase(line.tokens[group:end], text)}"


def _after_relative(line: Line, start: int, at: int) -> int:
    """The start after "who heads the government," where the verb is that of the main clause."""
    if line.low(start) not in ("who", "which"):
        return start
    commas = [k for k in range(start, at) if line.tokens[k].text == ","]
    if line.low(start + 1) == "," and len(commas) > 1:
        return group_begin(line, at)  # "who, under pressure, chose"
    only_adverbs = commas and all(
        line.low(k) in grammar("finite_aux", "be", "have", "adverb") or line.low(k).endswith("ly")
        for k in range(commas[-1] + 1, at)
    )
    return commas[-1] + 1 if only_adverbs else start


def _saying_label(told: Told, text: str, verb: EventWord, saying: Attribution) -> str:
    """Who says what: "Mr Khan said Pakistan fully supports …"; what was said may stand before."""
    line = told.line
    start, end = saying.start, saying.end
    start = max(start, verb.last + 1) if start > verb.first else after_dateline(line, start)
    verbs = line.verbs
    first = next((at for at in range(start, end) if at in verbs), start)
    end = max(min(first + 2, end), stop(cut(line, start, end, min(first + 2, end)), start))
    end = end if end == saying.end else without_loose_end(line, end, first + 1)
    group = group_start(line, verb.first)
    group = max(group, saying.said_by[1]) if saying.said_by[1] <= verb.first else group
    group = max(group, end) if end <= verb.first else group  # "…four hours later, | said Roe"
    while group < verb.first and not line.tokens[group].is_word:
        group += 1
    cue = line.words(group, verb.last + 1, text)
    said = phrase(line.tokens[start:end], text)
    if told.quotation is not None and start == 0 and said.partition(" ")[0].lower() in grammar("open_subject"):
        opening = told.quotation
        said = phrase(opening.tokens[: stop(cut(opening, 0, len(opening.tokens), 3), 0)], text)
    told_to = phrase(line.tokens[verb.last + 1 : start], text) if start > verb.last + 1 else ""
    told_to = told_to.removesuffix("that").strip()
    link = "" if saying.start > verb.first and line.low(saying.start - 1) != "that" else "that "
    link = link if saying.start > verb.first else ""
    if saying.start > verb.first and _opens_quotation(line, verb.last + 1, start):
        link, said, cue = "", f"“{said}”", cue if told_to else f"{cue}:"
        told_to = f"{told_to}:" if told_to else ""
    if saying.start <= verb.first:
        told_to, said = _told_to(line, text, verb), f"“{said}”" if line.quoted[max(start, end - 2)] else said
        told_to, cue = (f"{told_to}:", cue) if told_to else ("", f"{cue}:")
    label = " ".join(part for part in (saying.voice.words, cue, told_to, link + said) if part)
    return capitalised(label)


def _told_to(line: Line, text: str, verb: EventWord) -> str:
    """Whom somebody told what stands before: ", Roe told journalists outside the court"."""
    end = verb.last + 1
    if verb.lemma != "tell":
        return ""
    while end < len(line.tokens) and line.tokens[end].is_word and line.low(end) not in grammar("preposition"):
        timex = line.timex[end]
        if timex is not None and timex.type != "SET":
            break
        end += 1
    return phrase(line.tokens[verb.last + 1 : end], text)


def _opens_quotation(line: Line, first: int, start: int) -> bool:
    """Whether what is said from `start` on is all in quotation marks: right after the verb, or after a colon."""
    marks = [k for k in range(first, min(start + 1, len(line.tokens))) if line.tokens[k].text in QUOTES]
    return bool(marks) and (marks[0] == first or line.tokens[marks[0] - 1].text in (":", ","))


def _nearest_start(line: Line, start: int, at: int) -> int:
    """A later start where much stands before the verb: after the last comma that leaves a subject."""
    if at - start <= LONGEST_LABEL // 2:
        return start
    commas = [
        k
        for k in range(start, at - 1)
        if line.tokens[k].text == "," and (line.mention[k - 1] is None or line.mention[k + 1] is None)
    ]
    return commas[-1] + 1 if commas and at - commas[-1] > 2 else start


def _noun_label(line: Line, text: str, word: EventWord, agent: str) -> str:
    start = noun_start(line, word)
    end = word.last + 1
    while end < len(line.tokens) and end - start < PHRASE_WORDS:
        token = line.tokens[end]
        if not (token.is_word or is_possessive(token)) or token.low in grammar("finite_aux", "relative", "pronoun"):
            break
        if token.low.endswith("ed") and line.mention[end] is None and end > word.last + 1:
            break
        end += 1
    while end < len(line.tokens) and line.timex[end - 1] is not None and line.timex[end] is line.timex[end - 1]:
        end += 1
    while end > word.last + 1 and line.low(end - 1) in grammar("preposition", "determiner") | {"and"}:
        end -= 1
    pair = next((k for k in range(word.last + 1, end - 1) if line.low(k) == "and"), end)
    end = pair if line.low(pair + 1) in grammar("possessive") else end
    words = phrase(line.tokens[start:end], text)
    first, _, rest = words.partition(" ")
    antecedent = _owner_in_pair(line, text, start) if not agent else ""
    if antecedent:
        return capitalised(f"{antecedent}’s {rest.partition(' and ')[0]}")
    if first.lower() in grammar("possessive") and agent:
        return f"{agent}’s {rest}"
    if first.lower() in ("the", "a", "an", "this", "that") and rest:
        words = rest
    if agent and first.lower() in ("a", "an") and word.event_class in ("visit", "travel"):
        words = f"{agent}’s {rest}"
    return capitalised(words)


def _owner_in_pair(line: Line, text: str, start: int) -> str:
    """Whose the second of two events is: "the arrest of a rebel and his release"."""
    if line.low(start) not in ("his", "her", "their") or line.low(start - 1) != "and":
        return ""
    of = next((k for k in range(start - 2, max(0, start - PHRASE_WORDS), -1) if line.low(k) == "of"), start)
    return phrase(line.tokens[of + 1 : start - 1], text)
