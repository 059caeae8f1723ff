"""What in the text makes each part of an entry so, in words for `explain`."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Entry
from .candidates import Candidate
from .clauses import governors, group_words
from .dating import Dated
from .lines import Told
from .roles import Cast
from .tokens import Line, grammar
from .voice import Attribution

NOUN_REACH = 4


def grounds_of(
    told: Told, text: str, candidate: Candidate, entry: Entry, cast: Cast, dated: Dated, said: Attribution | None
) -> tuple[tuple[str, str], ...]:
    """The fields of an entry whose ground can be told, each with its ground; those of its participants they carry."""
    found = {
        "when": _date(told.line, candidate, dated),
        "course": _course(told.line, text, candidate) if entry.course != "occurred" or entry.negated else "",
        "voice": _voice(told.line, entry, said),
        "place": cast.place_ground if entry.place else "",
    }
    return tuple((field, ground) for field, ground in found.items() if ground)


def _date(line: Line, candidate: Candidate, dated: Dated) -> str:
    noun, verb = (line.tokens[word.first].text for word in (candidate.word, candidate.verb or candidate.word))
    return {
        "phrase": f"“{dated.words}” stands with the noun: “{noun}”" if candidate.word.is_noun else
                  f"“{dated.words}” stands with the noun before “{noun}”",
        "clause": f"“{dated.words}” stands in the clause of “{verb}”",
        "parse": f"“{dated.words}” hangs on “{verb}” in the sentence’s parse",
        "sentence": f"“{dated.words}” stands elsewhere in the sentence",
        "report": "the sentence has no date of its own",
        "": "",
    }[dated.attached]  # fmt: skip


def _course(line: Line, text: str, candidate: Candidate) -> str:
    """The words from the first auxiliary, negation or governor up to the verb, or from a modifier up to the noun."""
    verb = candidate.verb or (None if candidate.word.is_noun else candidate.word)
    if verb is None:
        marks = grammar("planned_modifier", "hypothetical_modifier") | {"no", "without"}
        word = candidate.word
        start = next((at for at in _before(word.first) if line.low(at) in marks), word.first)
        end = word.last + 3 if line.low(word.last + 1) in grammar("slated") else word.last + 1
        return f"“{line.words(start, min(end, len(line.tokens)), text)}”"
    group = group_words(line, verb.first)
    start = verb.first - len(group)
    if "to" in group:
        start = next((at for at in _before(start) if line.low(at) in governors()), max(0, start - 1))
    words = f"“{line.words(start, verb.last + 1, text)}”"
    opener = line.low(line.clause_bounds(verb.first)[0])
    return f"{words} after “{opener}”" if opener in grammar("condition") else words


def _before(at: int) -> Iterator[int]:
    return iter(range(at - 1, max(-1, at - 1 - NOUN_REACH), -1))


def _voice(line: Line, entry: Entry, said: Attribution | None) -> str:
    if entry.voice is None:
        return ""
    if said is None:
        return "it stands between quotation marks, and nobody is told to say it"
    if said.attitude >= 0:
        return f"“{line.tokens[said.attitude].text}” tells whose view it is"
    if said.cue < 0:
        return "it stands between quotation marks; the speaker is told in a sentence beside it"
    return f"“{line.tokens[said.cue].text}”"
