"""The words of a label: phrases taken from the text, without loose ends, stray marks and asides."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import EventWord
from .tokens import Line, Token, grammar, is_possessive

PHRASE_WORDS = 12
TRIM = frozenset(',;:–—“”"«»().')
CONTENT = re.compile(r"[^\W\d_]{2,}")


def noun_start(line: Line, word: EventWord) -> int:
    """The first token of the noun phrase that an event noun heads: its determiner or owner."""
    start, owned = word.first, False
    while start > 0 and word.first - start < PHRASE_WORDS:
        before = line.tokens[start - 1]
        owned = owned or is_possessive(before)
        if before.low in grammar("determiner"):
            return start - 1
        if line.mention[start - 1] is None and line.timex[start - 1] is None and not is_possessive(before):
            closed = grammar("preposition", "clause", "finite_aux")
            plain = before.is_word and before.low not in closed
            if owned and line.mention[start] is not None:
                break
            if not plain or before.low.endswith("ing") or before.low in grammar("pronoun"):
                break
        start -= 1
    return start


def capitalised(words: str) -> str:
    """With a capital at the start, but for names that have theirs inside: "iPhone"."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def phrase(tokens: list[Token], text: str) -> str:
    """The text that the tokens span, without marks at its ends and without quotation marks that do not pair."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].text in TRIM:
        first += 1
    while last > first and tokens[last - 1].text in TRIM:
        last -= 1
    if first == last:
        return ""
    words = " ".join(text[tokens[first].start : tokens[last - 1].end].split())
    return _without_odd_marks(words)


def _without_odd_marks(words: str) -> str:
    for opening, closing in ("()", "[]"):
        if words.count(opening) > words.count(closing):
            words = words[: words.rindex(opening)]
    if words.count("``") != words.count("''"):
        words = words.replace("``", "").replace("''", "")
    if words.count("“") != words.count("”") or words.count('"') % 2:
        words = words.replace("“", "").replace("”", "").replace('"', "")
    return words.strip()


@cache
def _aside() -> re.Pattern[str]:
    """An adverb of the sentence between commas, or behind one that the subject left: "Roe, however, denied"."""
    words = "|".join(sorted(map(re.escape, grammar("aside"))))
    return re.compile(rf",?\s+(?:{words}),\s*|,\s+(?:{words})\s+", re.IGNORECASE)


LOOSE_TAIL = re.compile(
    r"(?:,? (?:which|who|that) (?:is|are|was|were|has|have|had|took place)"
    r"|,? (?:by|for|while|after|before|when|in) \w+ing"
    r"|, (?:officials|sources|police|authorities|witnesses|reports)"
    r"|, (?:saying|adding|noting)\b.*"
    r"|,? going by the name|,? (?:and|but|or|as|such as|even|only))(?P<more>(?: …)?)\Z"
)
"""Ends of a label that wait for more words: "which was", "by saying", ", officials"."""


BULLET = re.compile(r"\A(?:[-*•–—]|\d{1,3}[.)]|\([a-z\d]{1,2}\))\s+")
"""The mark of a list's item."""


TORN_BRACKET = re.compile(r" [(\[][^()\[\] ]{1,12}(?= (?![^(]*\)))")
"""An abbreviation whose bracket is not closed: "the Roe Unit (RU said"."""
AGE = re.compile(r", (?:aged )?\d{1,3}\Z")
"""The age behind a name that is the subject: "Jane Roe, 78"."""


def tidied(label: str) -> str:
    """A label without asides ("however"), an "and" at its start, and an end that waits for more."""
    words = BULLET.sub("", label)
    words = _aside().sub(" ", words) if "," in words else words
    if words.count("(") > words.count(")"):
        words = TORN_BRACKET.sub("", words, count=1)
    first, _, rest = words.partition(" ")
    if first.lower() in ("and", "but", "or") and rest:
        words = rest
    shorter = LOOSE_TAIL.sub("", words)
    if len(shorter.split()) >= SHORTEST:
        words = shorter
    return capitalised(words.strip(" ,;:–—"))


SHORTEST = 3
"""Words that a label keeps, whatever stands at its end."""


def content_words(label: str) -> list[str]:
    """The words of a label that say something: no figures, determiners, pronouns, auxiliaries or prepositions."""
    empty = grammar("determiner", "pronoun", "preposition", "finite_aux", "be", "have", "adverb")
    return [word for word in CONTENT.findall(label) if word.lower() not in empty]
