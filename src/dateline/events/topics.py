"""What an "it" or "they" takes up at the start of a sentence, where only one thing told right before can be meant.

The subject of the sentence before is the likeliest (B. Grosz, A. Joshi and S. Weinstein, "Centering", 1995); it is
taken only where nothing else in it agrees in number.
"""

from __future__ import annotations

from ..actors.discourse import person_nouns, plural_nouns
from ..actors.titles import bare
from .lexicon import EventWord
from .phrasing import PHRASE_WORDS, phrase
from .tokens import Line, grammar, is_possessive

IT, THEY = "it", "they"
SHORTEST_PLURAL = 4
"""Letters that a plural in -s has at least."""


def topic_of(line: Line, text: str, before: str) -> tuple[str, str]:
    """The pronoun that can take up the subject of a sentence in the next, and the subject's words; empty where unsure.

    `before`: the words for its own opening pronoun.
    """
    first = next((at for at, token in enumerate(line.tokens) if token.is_word), 0)
    verb = min((at for at in line.verbs if at > first), default=first)
    end = next((at for at in range(first, verb) if not line.tokens[at].is_word), verb)
    if any(line.quoted) or not first < end <= first + PHRASE_WORDS:
        return "", ""
    head = next((at for at in range(first, end) if line.low(at) in grammar("preposition")), end) - 1
    opener = line.low(first)
    number = opener if before else _number(line, first, head)
    barred = grammar("subordinator", "preposition", "sentence_adverb", "pronoun", "speech_opener", "condition")
    if not number or (opener in barred and not before) or _is_somebody(line, head):
        return "", ""
    rivals = _others(line, number, verb, end) or any(mention is not None for mention in line.mention[first:end])
    words = before or phrase(line.tokens[first:end], text)
    return ("", "") if rivals else (number, words)


def with_topic_inside(line: Line, text: str, at: int, words: str) -> str:
    """A label of the verb at `at` with what its opening "it" or "they" means inside its sentence."""
    pronoun, _, rest = words.partition(" ")
    meant = _topic_inside(line, text, at) if pronoun.lower() in (IT, THEY) else ""
    return f"{meant} {rest}" if meant else words


def _topic_inside(line: Line, text: str, at: int) -> str:
    """The subject of the clause before the one of the verb at `at`, which its "it" or "they" takes up where nothing
    else can be meant: "warned that the dam could fail before it burst"; "" where unsure."""
    start, _ = line.clause_bounds(at)
    opener = next((k for k in range(start, at) if line.low(k) in (IT, THEY)), at)
    if not start or opener == at or line.low(start) not in grammar("time_clause") | {"that", "because", "as"}:
        return ""
    first, _ = line.clause_bounds(start - 1)
    while first < start and (line.low(first) in grammar("clause") or not line.tokens[first].is_word):
        first += 1
    verb = min((k for k in line.verbs if first < k < start), default=first)
    told = line.low(start) == "that" and not (line.low(start - 1) in grammar("telling") or _is_told(line, verb, start))
    if told or any(line.quoted[first:at]) or not first < verb <= first + PHRASE_WORDS:
        return ""
    head = next((k for k in range(first, verb) if line.low(k) in grammar("preposition")), verb) - 1
    pronoun, marks = line.low(opener), any(not line.tokens[k].is_word for k in range(first, verb))
    number = _number(line, first, head)
    single = pronoun == IT and (line.mention[head] is not None or bare(line.low(head)) in person_nouns())
    if number != pronoun or marks or single or _others(line, number, verb, verb, start):
        return ""
    return phrase(line.tokens[first:verb], text)


def _is_told(line: Line, verb: int, end: int) -> bool:
    """Whether the subject of the verb group at `verb` is told what follows: "were told on Monday that"."""
    return line.low(verb) in grammar("be") and any(line.low(k) in grammar("telling") for k in range(verb + 1, end))


def with_topic(topic: tuple[str, str], line: Line, verb: EventWord, start: int, words: str) -> str:
    """A label with what its opening "it" or "they" means, which stands for nothing before a "that" or "to"."""
    pronoun, _, rest = words.partition(" ")
    if topic[0] != pronoun.lower() or any(token.is_word for token in line.tokens[:start]):
        return words
    beyond, end = min(verb.last + 2, len(line.tokens) - 1), line.clause_bounds(verb.first)[1]
    led = line.mention[beyond] is not None or line.low(beyond) in grammar("determiner")
    filled = {line.low(verb.last + 1), line.low(end)} & {"that", "who", "which", "whether"}
    empty = filled or (line.low(verb.last + 1) == "to" and not led) or line.quoted[start]
    return words if empty else f"{topic[1]} {rest}"


def _number(line: Line, first: int, head: int) -> str:
    """ "it" for a phrase with an article that ends in a singular, "they" for a plural, "" for what may be both."""
    if _is_plural(line, head):
        return THEY
    single = line.low(first) in grammar("definite") | {"a", "an"} and head > first
    return IT if single and line.low(head)[-1:].isalpha() and not line.low(head).endswith("s") else ""


def _is_plural(line: Line, at: int) -> bool:
    low = line.low(at)
    plain = line.mention[at] is None and line.timex[at] is None and at not in line.verbs
    return plain and len(low) >= SHORTEST_PLURAL and low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _is_somebody(line: Line, head: int) -> bool:
    """Whether a phrase is of people, who are told of by name elsewhere."""
    noun = bare(line.low(head))
    return line.mention[head] is not None or noun in plural_nouns() or noun in person_nouns()


def _others(line: Line, number: str, verb: int, end: int, stop: int | None = None) -> bool:
    """Whether behind the subject something else stands that the pronoun may mean, but for where and when it was."""
    inside = True
    for at in range(end, len(line.tokens) if stop is None else stop):
        low = line.low(at)
        if low in grammar("preposition"):
            inside = low not in grammar("place_preposition", "event_preposition") | {"on", "by", "from", "to", "until"}
        elif not line.tokens[at].is_word or at in line.verbs:
            inside = True
        if at <= verb or line.timex[at] is not None or is_possessive(line.tokens[at]):
            continue
        named = line.mention[at] is not None or low in grammar("open_subject", "subject_pronoun")
        single = low in grammar("definite") or low in ("a", "an", "another")
        if inside and (named or (number == IT and single) or (number == THEY and _is_plural(line, at))):
            return True
    return False
