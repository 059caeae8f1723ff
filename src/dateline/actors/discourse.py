"""An article as a row of words and of people told of, as far as whom a "he" means hangs on it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ..model import Document, Mention, Sentence
from ..rules import read_table
from .descriptions import listed, office_heads
from .genders import gender_of_titles
from .metonyms import state_verbs
from .titles import bare

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.&][^\W\d_]+)*\.?|\d[\d.,:]*|\S")
_POSSESSIVE = re.compile(r"['’]s?$")
MOST_WORDS = 200
"""Words of a sentence that are looked at; whom a longer one means is not said."""


class Word(NamedTuple):
    """A word or a mark with its place in the text."""

    start: int
    end: int
    text: str
    low: str
    quoted: bool


@dataclass(slots=True)
class Person:
    """One place where somebody is told of: by name or phrase (`name`), or unnamed ("a man", an open "he")."""

    start: int
    end: int
    name: str = ""
    gender: str = ""
    quoted: bool = False
    owner: bool = False
    """Only somebody's something is told of: "Khan's party"."""
    oblique: bool = False
    """Governed by a preposition."""
    inner: bool = False
    """Told of only in an aside on somebody else: "Roe, who met Poe, resigned"."""


@dataclass(slots=True)
class Passage:
    """A sentence with its words, the mentions in it, and the people told of so far."""

    sentence: Sentence
    words: list[Word]
    mentions: list[Mention]
    people: list[Person] = field(default_factory=list)
    heading: bool = False
    too_long: bool = False
    cover: list[Mention | None] = field(init=False)
    """The mention that covers each word."""

    def __post_init__(self) -> None:
        self.cover = [None] * len(self.words)
        starts = [word.start for word in self.words]
        for mention in reversed(self.mentions):
            at = max(0, bisect_right(starts, mention.start) - 1)
            while at < len(starts) and starts[at] < mention.end:
                if mention.start < self.words[at].end:
                    self.cover[at] = mention
                at += 1

    def low(self, at: int) -> str:
        """The small word at `at`, "" outside the sentence."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def mention_at(self, at: int) -> Mention | None:
        """The mention that covers the word at `at`."""
        return self.cover[at] if 0 <= at < len(self.cover) else None

    def starts(self) -> int:
        """The first word that is no mark."""
        return next((at for at, word in enumerate(self.words) if word.text[0].isalnum()), len(self.words))


def read_passages(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Passage]:
    """The sentences of a document, in order."""
    starts = [mention.start for mention in mentions]
    quoted = {number: _quotations(document.text[part.start : part.end], part.start)
              for number, part in enumerate(document.paragraphs)}  # fmt: skip
    return [
        _passage(document, sentence, mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)],
                 quoted[sentence.paragraph])
        for sentence in sentences
    ]  # fmt: skip


def _passage(
    document: Document, sentence: Sentence, mentions: Sequence[Mention], quotations: Sequence[tuple[int, int]]
) -> Passage:
    found: list[Word] = []
    opens = [start for start, _ in quotations]
    for match in _TOKEN.finditer(document.text, sentence.start, sentence.end):
        if len(found) > MOST_WORDS:
            break
        place = bisect_right(opens, match.start()) - 1 if opens else -1
        quoted = place >= 0 and match.start() < quotations[place][1]
        text = match[0] if match.end() < sentence.end else match[0].rstrip(".") or match[0]
        found.append(Word(match.start(), match.start() + len(text), text, text.casefold(), quoted))
    heading = document.paragraphs[sentence.paragraph].kind == "heading"
    return Passage(sentence, found, list(mentions), heading=heading, too_long=len(found) > MOST_WORDS)


def _quotations(text: str, shift: int) -> list[tuple[int, int]]:
    """The stretches between double quotation marks; one that stays open goes to the end."""
    found, opened = [], -1
    for match in re.finditer(r"[“”\"«»]", text):
        mark = match[0]
        if opened < 0 and mark in '“"«':
            opened = match.start()
        elif opened >= 0 and mark in '”"»':
            found.append((opened + shift, match.end() + shift))
            opened = -1
    return [*found, (opened + shift, len(text) + shift)] if opened >= 0 else found


# ------------------------------------------------------------------------------------------------ people


@cache
def person_nouns() -> dict[str, str]:
    """Nouns for one person, with the gender that they tell."""
    known = {row["word"]: row["gender"] for row in read_table("en/anaphora/persons.tsv")}
    return {office: gender_of_titles(office) for office in office_heads() - plural_nouns()} | known


@cache
def plural_nouns() -> frozenset[str]:
    """Plural nouns for people who are not named ("officials")."""
    return frozenset(row["plural"] for row in read_table("en/anaphora/persons.tsv"))


def unnamed(passage: Passage, taken: set[int]) -> Iterator[Person]:
    """People told of by a noun alone ("a police officer", "his son"); `taken`: where titles of names stand."""
    for at, word in enumerate(passage.words):
        gender = person_nouns().get(bare(word.low))
        if gender is None or word.start in taken or passage.mention_at(at) is not None:
            continue
        if not _is_one(passage, at):
            continue
        owner = bool(_POSSESSIVE.search(word.low))
        yield Person(word.start, word.end, "", gender, word.quoted, owner, is_oblique(passage, at))


def _is_one(passage: Passage, at: int) -> bool:
    """Whether the noun at `at` is one person there: not before a name, nor before a noun that it only modifies."""
    following = passage.mention_at(at + 1)
    if following is not None and following.kind == "PER":
        return False
    if passage.low(at) in ("another", "source", "speaker"):
        return passage.low(at - 1) in listed("determiner")
    low = passage.low(at + 1)
    plain = low.isalpha() and not is_verb(low) and passage.low(at) == bare(passage.low(at))
    return not plain or low in listed("goes_on") | listed("defines") | listed("oblique") or low.endswith("ly")


LONGEST_LIST = 20
"""Names of a list that are passed over to find what governs it."""


def is_oblique(passage: Passage, at: int, left: int = LONGEST_LIST) -> bool:
    """Whether a preposition governs the noun or name that ends at `at`, passing over what stands before it."""
    for here in range(at - 1, max(-1, at - 8), -1):
        word = passage.words[here]
        if word.low in listed("joins_or_governs") and is_verb(verb_after(passage, _end_of(passage, at))):
            return False
        if word.low in listed("oblique"):
            return True
        if word.low in listed("defines") | listed("opens_clause"):
            return False
        if word.low in ("and", ",") and (other := passage.mention_at(here - 1)) is not None:
            first = here - 1
            while first > 0 and passage.mention_at(first - 1) is other:
                first -= 1
            return left > 0 and is_oblique(passage, first, left - 1)
        if not word.text[0].isalpha() or is_verb(word.low):
            return False
    return False


def _end_of(passage: Passage, at: int) -> int:
    """The first word after the mention, with its titles, that begins at `at`."""
    while at < len(passage.words) and passage.mention_at(at) is None and not is_verb(passage.low(at)):
        at += 1
    mention = passage.mention_at(at)
    while mention is not None and passage.mention_at(at) is mention:
        at += 1
    return at


def asides(passage: Passage) -> list[tuple[int, int]]:
    """Where relative clauses stand that two commas enclose, as places in the text."""
    found, opened = [], -1
    for at, word in enumerate(passage.words):
        if word.low != ",":
            continue
        if opened >= 0:
            found.append((opened, word.start))
            opened = -1
        elif passage.low(at + 1) in ("who", "whose", "whom", "which"):
            opened = word.start
    return found


@cache
def _irregular() -> frozenset[str]:
    """Past forms of irregular verbs."""
    rows = read_table("en/events/irregular.tsv")
    return frozenset(form for row in rows for form in row["past"].split("/") if form)


def is_verb(low: str) -> bool:
    """Whether a small word looks like a verb with a subject: a past form, or one of what bodies and people do."""
    return (
        (low.endswith("ed") and len(low) > 4)
        or low in _irregular()
        or low in listed("helping")
        or (low in state_verbs() and not low.endswith("ing"))
        or low in listed("speaks")
    )


def verb_after(passage: Passage, at: int) -> str:
    """The first word from `at` on that is no small adverb."""
    while passage.low(at) in listed("small_adverb") or passage.low(at).endswith("ly"):
        at += 1
    return passage.low(at)
