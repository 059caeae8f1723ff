"""A document's sentences as lines, each with its event words and with who says what it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import cast

from ..model import Anaphor, Document, Mention, Sentence, Syntax, Timex
from .attitudes import with_attitudes
from .clauses import mark_clauses
from .lexicon import EventWord, find_words
from .possessors import with_owners
from .senses import text_senses
from .syntax import lay
from .tokens import Cover, Line, is_possessive, lay_mentions, read_line
from .topics import topic_of
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
    topic: tuple[str, str] = ("", "")
    """The "it" or "they" that its opening may be, and what that means (`topics.topic_of` of the sentence before)."""
    opens: bool = False
    """It is the first sentence of its paragraph."""
    heading: bool = False
    repeated: bool = False
    """The same sentence stood in the document before."""
    owners: Mapping[int, Mention] = field(default_factory=dict)
    """Whom each "his" and "her" means, by where it begins in the text."""
    senses: Mapping[str, str] = field(default_factory=dict)
    """The classes that nouns have in its text where nothing in their sentence tells."""
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
    cover = Cover(_with_anaphors(mentions, anaphors))
    told = plain_lines(document, sentences, mentions, timexes, anaphors)
    for one in told:
        sentence = one.line.sentence
        _lay_phrases(one, cast("list[Mention]", cover.within(sentence.start, sentence.end)), document.text)
        _lay_syntax(one, syntax)
    before: Told | None = None
    for _, group in groupby(told, lambda one: one.line.sentence.paragraph):
        paragraph = list(group)
        _attribute(paragraph, before, document.text)
        before = paragraph[-1]
    return told


def plain_lines(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    anaphors: Sequence[Anaphor] = (),
) -> list[Told]:
    """Every sentence as the mentions alone tell it, without who says what; of the anaphors, possessors count."""
    owners = {anaphor.start: anaphor for anaphor in anaphors if anaphor.form == "possessor"}
    laid = _lay_lines(document, tuple(sentences), tuple(mentions), tuple(timexes))
    return [replace(one, owners=owners) for one in laid]


def _with_anaphors(mentions: Sequence[Mention], anaphors: Sequence[Anaphor]) -> list[Mention]:
    """The mentions and the phrases that stand for them; a phrase covers the country's adjective in it."""
    phrases = [anaphor for anaphor in anaphors if anaphor.form != "possessor"]
    covered = {at for phrase in phrases for at in range(phrase.start, phrase.end)}
    return sorted([*(m for m in mentions if m.start not in covered), *phrases], key=lambda m: m.start)


@lru_cache(maxsize=1)
def _lay_lines(
    document: Document, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...], timexes: tuple[Timex, ...]
) -> tuple[Told, ...]:
    """The last article is kept, since each is read twice: for its namings, and with phrases laid over for its entries.

    A sentence that stood before has no words.
    """
    text, names, dates = document.text, Cover(mentions), Cover(timexes)
    found: list[Told] = []
    seen: set[str] = set()
    for index, sentence in enumerate(sentences):
        opens = not found or found[-1].line.sentence.paragraph != sentence.paragraph
        line = read_line(
            text,
            index,
            sentence,
            cast("list[Mention]", names.within(sentence.start, sentence.end)),
            cast("list[Timex]", dates.within(sentence.start, sentence.end)),
            awaited="" if opens else found[-1].line.awaited,
        )
        heading = document.paragraphs[sentence.paragraph].kind == "heading"
        plain = " ".join(text[sentence.start : sentence.end].lower().split())
        told = Told(line, (), opens=opens, heading=heading, repeated=plain in seen)
        if not heading:
            seen.add(plain)
        _read_words(told, text)
        found.append(told)
    _keep_senses(found, text)
    return tuple(found)


def _keep_senses(told: Sequence[Told], text: str) -> None:
    """Read anew the sentences with a noun that has its sense from elsewhere in the text."""
    nouns = [(one, [(word.lemma, word.first, word.last) for word in one.words if word.is_noun]) for one in told]
    senses = text_senses((one.line, words) for one, words in nouns)
    for one, words in nouns if senses else ():
        one.senses = senses
        if any(lemma in senses for lemma, _, _ in words):
            _read_words(one, text)


def _read_words(told: Told, text: str) -> None:
    """Find the event words of a new sentence, and mark its clauses."""
    told.words = () if told.repeated or _is_table_row(told.line, text) else find_words(told.line, told.senses)
    mark_clauses(told.line, told.words)


def _lay_phrases(told: Told, mentions: list[Mention], text: str) -> None:
    """Read a sentence anew where other mentions lie over it than those that it was read with."""
    if mentions != told.line.mentions:
        told.line = lay_mentions(told.line, mentions)
        _read_words(told, text)


def _lay_syntax(told: Told, syntax: Syntax | None) -> None:
    """Give a sentence its parse, where it has words that may ask for it."""
    if syntax and syntax.starts and told.words:
        tree = lay([(token.start, token.end) for token in told.line.tokens], syntax)
        told.line = replace(told.line, tree=tree)


def _attribute(paragraph: Sequence[Told], previous: Told | None, text: str) -> None:
    """Give the sentences of a paragraph who says what they tell; `previous` is the last one of the paragraph before."""
    just: Speaker | None = None  # of the sentence right before
    last: Speaker | None = None
    for told in paragraph:
        told.person = _person_before(previous)
        if not told.repeated:
            person = Speaker(told.person.text, told.person) if told.person else None
            found = find_attributions(told.line, text, told.words, just or person or last)
            told.attributions = with_owners(found)
        just = _last_speaker(told)
        last, previous = just or last, told
    for one, then in pairwise(paragraph):
        pronoun, meant = one.topic
        then.topic = topic_of(one.line, text, meant if one.line.low(0) == pronoun else "")
    _carry_quotations(paragraph)
    for told in paragraph:
        if not told.repeated:
            told.attributions = with_attitudes(told.line, text, told.attributions)


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


def _last_speaker(told: Told) -> Speaker | None:
    said = told.attributions[-1] if told.attributions else None
    return Speaker(said.voice.words, said.mention) if said else None


def _carry_quotations(told: Sequence[Told]) -> None:
    """Give a sentence that is all quotation the speaker who is named next to it in the paragraph."""
    after: list[Told | None] = []
    for one in reversed(told):
        after.append(one if one.attributions else after[-1] if after else None)
    before: Told | None = None
    for one, near in zip(told, (*reversed(after[:-1]), None), strict=True):
        near = near or before
        if near is not None and not one.attributions and _all_quoted(one.line):
            source = near.attributions[0]
            near.quotation = near.quotation or one.line
            one.attributions = [
                Attribution(source.voice, -1, 0, len(one.line.tokens), source.mention, opinion=source.opinion)
            ]
        before = one if one.attributions else before


def _all_quoted(line: Line) -> bool:
    words = [at for at, token in enumerate(line.tokens) if token.is_word]
    return bool(words) and all(line.quoted[at] for at in words)
