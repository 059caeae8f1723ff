"""What an -ing form tells whose doer is not sure, as what befell its object: ", killing nine" as "Nine were killed"."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from ..rules import read_table
from .cutting import cut, without_loose_end
from .inflect import participles
from .lexicon import EventWord
from .phrasing import capitalised, phrase
from .tokens import Line, grammar

PLURALS = frozenset({"people", "children", "men", "women", "police", "others", "crew"})


def end_of_deed(line: Line, word: EventWord, cues: Collection[int] = ()) -> int:
    """Where the words of an -ing form end: at a comma, at a saying, or at another such form."""
    _, end = line.clause_bounds(word.first)
    return next((at for at in range(word.last + 1, end) if at in cues or _parts(line, at)), end)


def _parts(line: Line, at: int) -> bool:
    low, after = line.low(at), line.low(at + 1)
    after = line.low(at + 2) if after.endswith("ly") else after
    return low == "," or (low == "and" and after.endswith("ing") and line.mention[at + 1] is None and len(after) > 5)


def befallen(line: Line, text: str, word: EventWord) -> str:
    """The passive of an -ing form with its object, in the text's words; "" where it has none."""
    first = word.last + 1
    last = end_of_deed(line, word)
    last = without_loose_end(line, cut(line, first, last, first + 1), first + 1)
    end = _end_of_object(line, first, last)
    if end <= first:
        return ""
    verb, _, particle = word.lemma.partition(" ")
    be = "were" if _is_plural(line, first, end) else "was"
    words = (phrase(line.tokens[first:end], text), be, participles(verb)[0], particle)
    return capitalised(" ".join(part for part in (*words, phrase(line.tokens[end:last], text)) if part))


def _end_of_object(line: Line, first: int, last: int) -> int:
    """Where the object's phrase ends: "at least nine people | in Lima", "the mission | four months early"."""
    end = first
    while end < last and (
        _counts(line, end)
        or line.low(end) in grammar("determiner")
        or (end > first and line.timex[end] is not None and line.timex[end] is line.timex[end - 1])
    ):
        end += 1
    while end < last and line.tokens[end].is_word:
        low = line.low(end)
        if low in ("that", "which", "who") and end > first:
            return last
        if line.timex[end] is not None or (low in grammar("preposition", "clause") and low not in ("of", "and")):
            break
        if low in grammar("adverb") or (low.endswith("ly") and line.mention[end] is None):
            break
        if _is_number(line, end) and end > first and line.low(end - 1) not in ("and", "of"):
            break
        end += 1
    return end


def _counts(line: Line, at: int) -> bool:
    """Whether a word only says how many: "at least nine", "more than 300"."""
    return _is_number(line, at) or line.low(at) in grammar("amount") | {"least", "than", "up", "to", "some", "over"} - {
        "people"
    }


def _is_number(line: Line, at: int) -> bool:
    return line.tokens[at].text[0].isdigit() or line.low(at) in _numbers()


@cache
def _numbers() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("en/dates/cardinal.tsv"))


def _is_plural(line: Line, first: int, end: int) -> bool:
    """Whether the object is of several: by its number, else by its noun."""
    words = [line.low(at) for at in range(first, end)]
    ends = {"of", "that", "which", "who"}
    stop = next((at for at, low in enumerate(words) if low in ends), len(words))
    if any(_counts(line, first + at) and words[at] != "one" for at in range(stop)) or "and" in words[:stop]:
        return True
    noun = words[stop - 1] if stop else ""
    return noun in PLURALS or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
