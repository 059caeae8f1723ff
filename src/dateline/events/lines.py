"""A document's sentences as lines, each with its event words and with who says what it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from ..model import Anaphor, Document, Mention, Sentence, Syntax, Timex
from .clauses import mark_clauses
from .lexicon import EventWord, find_words
from .possessors import with_owners
from .tokens import Cover, Line, is_possessive, read_line
from .voice import Attribution, Speaker, find_attributions

OWNER_REACH = 3
"""How many words before what is owned "his" may stand."""


@dataclass(slots=True)
class Told:
    """One sentence read: its line, event words, attributions, and the people it inherits from those before."""

    line: Line
    words: tuple[EventWord, ...]
    attributions: list[Attribution] = field(default_factory=list)
    person: Mention | None = None
    """Whom "he" or "she" at its start means."""
    opens: bool = False
    """It is the first sentence of its paragraph."""
    heading: bool = False
    repeated: bool = False
    """The same sentence stood in the document before."""
    owners: Mapping[int, Mention] = field(default_factory=dict)
    """Whom each "his" and "her" means, by where it begins in the text."""
    quotation: Line | None = None
    """The sentence that opens the quotation which this one closes and gives its speaker, where it has several."""

    @property
    def asks(self) -> bool:
        """Whether it is a question of the article's own, which tells nothing."""
        marks = [token.text for token in self.line.tokens if not token.is_word]
        return marks[-1:] == ["?"] and not self.attributions

    def attribution(self, at: int) -> Attribution | None:
        """The innermost attribution that covers token `at`."""
        covering = [a for a in self.attributions if a.covers(at)]
        return min(covering, key=lambda a: a.end - a.start) if covering else None

    def owner(self, at: int) -> Mention | None:
        """Whom the "his" or "her" close before token `at` means, where that is sure."""
        near = self.line.tokens[max(0, at - OWNER_REACH) : at]
        return next((self.owners[token.start] for token in reversed(near) if token.start in self.owners), None)


def read_lines(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    anaphors: Sequence[Anaphor] = (),
    syntax: Syntax | None = None,
) -> list[Told]:
    """Every sentence of the document, in order; words that surely mean a figure are read as its mentions."""
    told: list[Told] = []
    owners = {anaphor.start: anaphor for anaphor in anaphors if anaphor.form == "possessor"}
    reader = Reader(document, Cover(_with_anaphors(mentions, anaphors)), Cover(timexes), owners, syntax)
    for group in _by_paragraph(sentences):
        told += reader.read_paragraph(group, told[-1] if told else None)
    return told


def _with_anaphors(mentions: Sequence[Mention], anaphors: Sequence[Anaphor]) -> list[Mention]:
    """The mentions and the phrases that stand for them; a phrase covers the country's adjective in it."""
    phrases = [anaphor for anaphor in anaphors if anaphor.form != "possessor"]
    covered = {at for phrase in phrases for at in range(phrase.start, phrase.end)}
    return sorted([*(m for m in mentions if m.start not in covered), *phrases], key=lambda m: m.start)


def _by_paragraph(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and group[-1].paragraph != sentence.paragraph:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


@dataclass(slots=True)
class Reader:
    """Reads a document's paragraphs one after the other; a sentence that stood before is not read again."""

    document: Document
    mentions: Cover
    timexes: Cover
    owners: Mapping[int, Mention] = field(default_factory=dict)
    """Whom each "his" and "her" means, by where it begins."""
    syntax: Syntax | None = None
    count: int = 0
    seen: set[str] = field(default_factory=set)

    def read_paragraph(self, sentences: Sequence[Sentence], before: Told | None) -> list[Told]:
        """The sentences of one paragraph; `before` is the last sentence of the one before."""
        found: list[Told] = []
        awaited = ""
        for sentence in sentences:
            told = self._read(sentence, found[-1] if found else before, awaited)
            awaited = told.line.awaited
            told.opens = not found
            if not told.repeated:
                told.attributions = self._attributions(told, found)
            found.append(told)
        _carry_quotations(found)
        return found

    def _read(self, sentence: Sentence, previous: Told | None, awaited: str) -> Told:
        heading = self.document.paragraphs[sentence.paragraph].kind == "heading"
        words = " ".join(self.document.text[sentence.start : sentence.end].lower().split())
        repeated = words in self.seen
        if not heading:
            self.seen.add(words)
        line = read_line(
            self.document.text,
            self.count,
            sentence,
            cast("list[Mention]", self.mentions.within(sentence.start, sentence.end)),
            cast("list[Timex]", self.timexes.within(sentence.start, sentence.end)),
            awaited=awaited,
            syntax=self.syntax,
        )
        self.count += 1
        found = () if repeated or _is_table_row(line, self.document.text) else find_words(line)
        mark_clauses(line, found)
        person = _person_before(previous)
        return Told(line, found, person=person, heading=heading, repeated=repeated, owners=self.owners)

    def _attributions(self, told: Told, before: Sequence[Told]) -> list[Attribution]:
        person = Speaker(told.person.text, told.person) if told.person else None
        last = _last_speaker(before[-1:]) or person or _last_speaker(before)
        return with_owners(find_attributions(told.line, self.document.text, told.words, last))


CELLS = 3
"""So many cells make a row of a table."""


def _is_table_row(line: Line, text: str) -> bool:
    """Whether a sentence is a row of a table: cells split by bars or tabs."""
    words = text[line.sentence.start : line.sentence.end]
    return max(words.count("|"), words.count("\t")) >= CELLS - 1


def _person_before(previous: Told | None) -> Mention | None:
    """The person that the last sentence is about: the first who stands outside a possessive."""
    if previous is None:
        return None
    line = previous.line
    for at, mention in enumerate(line.mention):
        if mention is None or mention.kind != "PER":
            continue
        after = next((k for k in range(at, len(line.tokens)) if line.mention[k] is not mention), len(line.tokens))
        if after < len(line.tokens) and is_possessive(line.tokens[after]):
            continue
        return mention
    return previous.person


def _last_speaker(told: Sequence[Told]) -> Speaker | None:
    for one in reversed(told):
        for attribution in reversed(one.attributions):
            return Speaker(attribution.voice.words, attribution.mention)
    return None


def _carry_quotations(told: Sequence[Told]) -> None:
    """Give a sentence that is all quotation the speaker who is named next to it in the paragraph."""
    for at, one in enumerate(told):
        if one.attributions or not _all_quoted(one.line):
            continue
        near = next((t for t in (*told[at + 1 :], *reversed(told[:at])) if t.attributions), None)
        if near is not None:
            source = near.attributions[0]
            near.quotation = near.quotation or one.line
            one.attributions = [
                Attribution(source.voice, -1, 0, len(one.line.tokens), source.mention, opinion=source.opinion)
            ]


def _all_quoted(line: Line) -> bool:
    words = [at for at, token in enumerate(line.tokens) if token.is_word]
    return bool(words) and all(line.quoted[at] for at in words)
