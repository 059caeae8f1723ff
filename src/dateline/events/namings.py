"""Events named in one article: "the Istanbul Conference", and "the moot", "the conference" that mean it.

A naming is an event noun with something that tells it apart: a name, a capitalised word, a date, a place after it. A
definite noun without such a thing means the last naming of its class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Mention, Naming, Reading, Timex
from ..when import UNKNOWN
from .dating import phrase_timex
from .drafts import VISITOR_CLASSES, Draft, distinct_names, group_drafts
from .keys import is_country, key_words, singular
from .lexicon import EventWord, light_verbs
from .lines import Told, plain_lines
from .phases import phase_drafts
from .tokens import Line, Token, grammar, is_possessive

MODIFIERS = 8
PLACE_REACH = 12
SEPARATE = frozenset(
    ["withdrawal", "price", "business", "violence", "trial", "lawsuit", "investigation", "construction"]
)
"""Processes that come again: two of one name far apart are two."""
PERSON_CLASSES = frozenset(["departure", "death", "trial", "arrest", "health", "appointment"])
"""Classes whose events a person's name tells apart ("Jackson’s death")."""


def find_namings(reading: Reading) -> tuple[Naming, ...]:
    """The namings of events in a document, in order; those of one event share their `name`, its fullest form."""
    lines = plain_lines(reading.document, reading.sentences, reading.mentions, reading.timexes, reading.anaphors)
    drafts = [draft for told in lines if not told.repeated for draft in _line_drafts(told, reading.document.text)]
    groups = group_drafts(drafts)
    names = distinct_names([[drafts[i] for i in group] for group in groups])
    found = [
        Naming(start=d.start, end=d.end, text=d.text, name=name, event_class=d.event_class, when=d.when)
        for group, name in zip(groups, names, strict=True)
        for d in (drafts[i] for i in group)
    ]
    return tuple(sorted(found, key=lambda naming: (naming.start, naming.end)))


# -------------------------------------------------------------------------------------------- one sentence


def _line_drafts(told: Told, text: str) -> Iterator[Draft]:
    line = told.line
    actors = frozenset(mention.name or mention.text for mention in line.mentions)
    readers = ((_noun_draft if word.is_noun and word.names else _withdrawal_draft, word) for word in told.words)
    drafts = [draft for reader, word in readers if (draft := reader(told, word, text)) is not None]
    phases = list(phase_drafts(told, drafts, text))
    # "The second round of the Oslo talks": its "round" is no "the round" that refers back.
    own = [d for d in drafts if d.name or not any(phase.start <= d.start < phase.end for phase in phases)]
    for draft in (*own, *phases):
        yield replace(draft, actors=actors, line=line.index)


def _noun_draft(told: Told, word: EventWord, text: str) -> Draft | None:
    line = told.line
    start, first = _modifiers(told, word)
    before = line.low(start - 1)
    definite = before in grammar("definite") or start < word.first
    if before in grammar("generic") or _is_named_after(line, word):
        return None
    timex = phrase_timex(line, word, told.words)
    when = timex.when if timex is not None else UNKNOWN
    head = line.words(word.first, word.last + 1, text)
    name, sort = _name(told, word, first, text, timex)
    if word.event_class in VISITOR_CLASSES:
        name = _visit_name(told, word, text)
    if not name and (before not in grammar("definite") - {"that"} or before in ("his", "her")):
        # "his visit" of whom it is not sure is not that of another
        return None
    end = word.last + 1
    from_, to = line.tokens[first].start, line.tokens[end - 1].end
    key = key_words(name, head) if name else frozenset()
    if name and not key and not when.known:
        return None
    bare = line.low(word.first - 1) == "the"
    another = before in ("a", "an", "another") and bool(
        grammar("another") & {line.low(at) for at in range(start - 1, word.first)}
    )
    return Draft(
        from_, to, text[from_:to], name, head, word.event_class, when, key, definite, sort, bare, another=another
    )


def _is_named_after(line: Line, word: EventWord) -> bool:
    """Whether the noun only tells what a name's head is for: a "Court of Appeal" is a court."""
    mention = line.mention[word.first]
    return mention is not None and line.mention[word.first - 1] is mention and line.low(word.first - 1) in ("of", "for")


def _modifiers(told: Told, word: EventWord) -> tuple[int, int]:
    """Where the noun phrase starts (without determiner), and the first distinguishing modifier, or the noun."""
    line = told.line
    verbs = {other.first for other in told.words if not other.is_noun}
    start = first = word.first
    while start > 0 and word.first - start < MODIFIERS:
        at = start - 1
        covered = line.mention[at] is not None or line.timex[at] is not None
        if not covered and (at in verbs or not _may_modify(line, at)):
            break
        start = at
        if is_distinguishing(line, at, word):
            first = at
    while start < first and is_possessive(line.tokens[start]):
        start += 1
    return min(start, first), first


def _may_modify(line: Line, at: int) -> bool:
    token = line.tokens[at]
    if is_possessive(token):
        return at > 0 and line.mention[at - 1] is not None
    if not token.is_word:
        return False
    if token.low in grammar("determiner", "preposition", "clause", "pronoun", "finite_aux", "negative", "joining"):
        return False
    if token.low in light_verbs() and not token.is_capital:
        return False
    return not token.low.endswith(("ly", "ing")) and (not token.low.endswith("ed") or "-" in token.low)


def is_distinguishing(line: Line, at: int, word: EventWord) -> bool:
    """Whether a word before an event noun tells this event from others."""
    token, mention = line.tokens[at], line.mention[at]
    if is_possessive(token):
        return False
    if line.timex[at] is not None:
        timex = line.timex[at]
        return timex is not None and timex.type == "DATE" and timex.when.known and timex.basis == "stated"
    if any(token.low.endswith(ending) for ending in grammar("participial_ending")):
        return False
    if mention is not None:
        owned = _is_owner(line, at)
        return not owned or mention.kind == "LOC" or (mention.kind == "PER" and word.event_class in PERSON_CLASSES)
    inner_capital = "-" in token.text and any(c.isupper() for c in token.text)
    opens = at == 0 or not line.tokens[at - 1].is_word
    return inner_capital or (token.is_capital and not opens)


def _is_owner(line: Line, at: int) -> bool:
    """Whether the mention that covers token `at` is followed by a possessive mark."""
    mention = line.mention[at]
    while at < len(line.tokens) and line.mention[at] is mention:
        at += 1
    return at < len(line.tokens) and is_possessive(line.tokens[at])


def _name(told: Told, word: EventWord, first: int, text: str, timex: Timex | None) -> tuple[str, str]:
    """The name that the phrase gives, and what it is made of; "" where nothing tells it apart."""
    line = told.line
    head = line.words(word.first, word.last + 1, text)
    if first < word.first:
        kept = [token for at, token in enumerate(line.tokens[first : word.first], first) if _stays(line, at, token)]
        only_date = all(line.timex[at] is not None for at in range(first, word.first) if line.tokens[at].is_word)
        place = _place_after(line, word) if only_date else None
        if place is not None:
            return f"{place.text} {head}", "place"
        owner = line.mention[word.first - 2] if is_possessive(line.tokens[word.first - 1]) else None
        if owner is not None and owner.kind == "PER":
            return f"{_of(owner.text)} {head}", "proper"
        name = " ".join([*_joined(kept, text), head])
        return name, "date" if only_date else "proper"
    of = _of_owner(line, word, text)
    if of:
        return f"{of} {head}", "proper"
    place = _place_after(line, word) or _host_before(line, word)
    if place is not None and (not is_country(place.text) or line.low(first - 1) == "the" or _is_the(line, word)):
        return f"{place.text} {head}", "place"
    if timex is not None and timex.basis == "stated" and word.event_class == "agreement":
        return f"{timex.text} {head}", "date"
    return "", "noun"


def _is_the(line: Line, word: EventWord) -> bool:
    """Whether "the" stands before the noun, at most three words back."""
    for at in range(word.first - 1, max(-1, word.first - 5), -1):
        if line.low(at) == "the" or is_possessive(line.tokens[at]):
            return line.low(at) == "the"
    return False


def _stays(line: Line, at: int, token: Token) -> bool:
    return not is_possessive(token) and token.low not in grammar("empty_modifier")


def _joined(tokens: Sequence[Token], text: str) -> list[str]:
    """Words as they stand, those that touch ("29,") kept together."""
    parts: list[str] = []
    end = -1
    for token in tokens:
        if token.start == end and parts:
            parts[-1] += text[token.start : token.end]
        else:
            parts.append(text[token.start : token.end])
        end = token.end
    return parts


def _of_owner(line: Line, word: EventWord, text: str) -> str:
    """The forces that "withdrawal of American troops" names, to stand before the noun; "" for other classes."""
    if word.event_class != "withdrawal" or line.low(word.last + 1) != "of":
        return ""
    end = word.last + 2
    while end < len(line.tokens) and end < word.last + 7:
        if line.low(end) in grammar("forces"):
            proper = [k for k in range(word.last + 2, end) if line.tokens[k].is_capital]
            return f"{line.words(proper[0], end, text)} {singular(line.low(end))}" if proper else ""
        end += 1
    return ""


def _place_after(line: Line, word: EventWord) -> Mention | None:
    """The place that follows the noun: "conference in Istanbul", "talks held in Moscow", "talks with X in Doha"."""
    bridges = grammar("participle_of_noun")
    for at in range(word.last + 1, min(len(line.tokens) - 1, word.last + PLACE_REACH)):
        token = line.tokens[at]
        after = line.mention[at + 1]
        if token.low in ("in", "at") and after is not None and after.kind == "LOC":
            return after
        if line.timex[at] is not None or line.mention[at] is not None:
            continue
        if token.text == "," or not token.is_word or (token.low in grammar("clause", "finite_aux")
                                                      and token.low not in bridges and token.low != "and"):  # fmt: skip
            return _place_of_holding(line, word, at)
    return None


def _place_of_holding(line: Line, word: EventWord, at: int) -> Mention | None:
    """The place in "the round was to take place in Jeddah", "the match will be held in Rome"."""
    for here in range(at, min(len(line.tokens) - 2, at + 7)):
        pair = f"{line.low(here)} {line.low(here + 1)}"
        if pair in grammar("holding") and line.low(here + 2) in ("in", "at"):
            mention = line.mention[here + 3] if here + 3 < len(line.tokens) else None
            return mention if mention is not None and mention.kind == "LOC" else None
    return None


def _host_before(line: Line, word: EventWord) -> Mention | None:
    """The place that hosts: "Moscow hosted a similar meeting"."""
    for at in range(word.first - 1, max(0, word.first - 6), -1):
        if line.low(at) in grammar("hosting"):
            mention = line.mention[at - 1]
            return mention if mention is not None and mention.kind == "LOC" else None
        if line.low(at) in grammar("preposition"):
            return None
    return None


def _visit_name(told: Told, word: EventWord, text: str) -> str:
    """ "Khalilzad visit to Islamabad": a visit has a visitor and a place, or it is no event of its own."""
    line = told.line
    if word.event_class != "visit" or line.low(word.last + 1) not in ("to", "in"):
        return ""
    place = line.mention[word.last + 2] if word.last + 2 < len(line.tokens) else None
    visitor = _visitor(told, word)
    if place is None or place.kind != "LOC" or visitor is None:
        return ""
    head = line.words(word.first, word.last + 1, text)
    return f"{_of(visitor)} {head} to {place.text}"


def _of(name: str) -> str:
    """The possessive of a name."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _visitor(told: Told, word: EventWord) -> str | None:
    line = told.line
    for at in range(word.first - 1, max(-1, word.first - 4), -1):
        mention = line.mention[at]
        if mention is not None and is_possessive(line.tokens[at + 1]):
            return _short_person(mention) if mention.kind == "PER" else mention.text
        if line.low(at) in ("his", "her"):
            person = told.owner(at + 1)
            return _short_person(person) if person else None
    return None


def _short_person(mention: Mention) -> str:
    """The family name of a person as the text gives it."""
    return (mention.name or mention.text).split()[-1]


def _withdrawal_draft(told: Told, word: EventWord, text: str) -> Draft | None:
    """A withdrawal told by a verb: "US troops would pull out", "the US withdraws its forces"."""
    line = told.line
    if word.event_class != "withdrawal" or word.is_noun or word.lemma in ("drop out", "walk out", "back out"):
        return None
    start, end = line.clause_bounds(word.first)
    force = next((k for k in range(start, end) if line.low(k) in grammar("forces")), None)
    if force is None:
        return None
    owner = next((line.mention[k] for k in range(force - 1, max(start, force - 4) - 1, -1) if line.mention[k]), None)
    noun = singular(line.low(force))
    if owner is None and line.tokens[force - 1].is_capital and force - 1 >= start:
        owner_words = line.tokens[force - 1].text
    elif owner is None and line.low(force - 1) in grammar("possessive"):
        # "X … may not withdraw its troops": X is the first name of the sentence before the verb.
        owner = _subject_before(line, word.first)
        owner_words = owner.text if owner else ""
    else:
        owner_words = owner.text if owner else ""
    if not owner_words:
        return None
    name = f"{owner_words} {noun} withdrawal"
    from_, to = line.tokens[word.first].start, line.tokens[word.last].end
    key = key_words(name, "withdrawal")
    return Draft(from_, to, text[from_:to], name, "withdrawal", "withdrawal", UNKNOWN, key, True, "verb")


def _subject_before(line: Line, at: int) -> Mention | None:
    """The first name, not a person's, of the nearest clause before `at` that has one."""
    start, _ = line.clause_bounds(at)
    while True:
        found = next((m for m in line.mention[start:at] if m is not None and m.kind != "PER"), None)
        if found is not None or start == 0:
            return found
        start, _ = line.clause_bounds(start - 1)
