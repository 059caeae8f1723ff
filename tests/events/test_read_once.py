"""The words of a sentence are read once, though its lines are laid out for namings and again for entries."""

from collections.abc import Mapping

import pytest

from dateline import build
from dateline.events import lines, tokens
from dateline.events.lexicon import EventWord
from dateline.events.lines import read_lines
from dateline.events.tokens import Line, grammar
from dateline.model import Anaphor, Article, Document, Mention
from dateline.text import split_paragraphs, split_sentences


def test_each_sentence_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Envoys met in Lima, twice and at length. The read-once talks began at dawn. They ended late.\n"
    read: list[tuple[int, int | None]] = []
    plain = tokens.tokenize

    def counted(words: str, start: int = 0, end: int | None = None) -> list[tokens.Token]:
        read.append((start, end))
        return plain(words, start, end)

    monkeypatch.setattr(tokens, "tokenize", counted)
    reading = build.read_one(made(text), ())
    assert read == [(sentence.start, sentence.end) for sentence in reading.sentences]
    assert len(read) == 3


def made(text: str) -> Document:
    return Document(article=Article(id="a", seed=""), text=text, paragraphs=split_paragraphs(text))


def test_event_words_are_looked_for_again_only_where_a_phrase_is_read_as_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "Jane Roe visited Oslo on Friday. Talks began at dawn. She left the town at noon.\n"
    looked: list[int] = []
    plain = lines.find_words

    def counted(line: Line, senses: Mapping[str, str]) -> tuple[EventWord, ...]:
        looked.append(line.index)
        return plain(line, senses)

    monkeypatch.setattr(lines, "find_words", counted)
    document = made(text)
    name = Mention(start=0, end=8, text="Jane Roe", kind="PER")
    reading = build.read_one(document, (name,))
    assert [anaphor.text for anaphor in reading.anaphors] == ["She"]
    assert looked == [0, 1, 2, 2]


def test_lines_of_one_reading_are_not_changed_by_another() -> None:
    document = made("Jane Roe visited Oslo. She left at noon, he said.\n")
    name = Mention(start=0, end=8, text="Jane Roe", kind="PER", name="Jane Roe")
    she = Anaphor(start=23, end=26, text="She", kind="PER", name="Jane Roe", form="pronoun", meaning="Roe", reason="")
    sentences = split_sentences(document)
    before = repr(read_lines(document, sentences, (name,), ()))
    laid = read_lines(document, sentences, (name,), (), (she,))
    assert laid[1].line.mention[0] is she
    assert repr(read_lines(document, sentences, (name,), ())) == before


def test_quotations_without_a_speaker_have_the_next_one_or_else_the_last() -> None:
    text = "“The mill fell. It burned. The town watched,” Jane Roe said. “The mill stood. It will rise.”\n"
    document = made(text)
    name = Mention(start=text.index("Jane"), end=text.index("Jane") + 8, text="Jane Roe", kind="PER")
    found = read_lines(document, split_sentences(document), (name,), ())
    assert [one.attributions[0].mention for one in found] == [name] * 5
    assert [one.attributions[0].cue < 0 for one in found] == [True, True, False, True, True]
    assert found[2].quotation is found[0].line


def test_closed_classes_are_put_together() -> None:
    assert grammar("will", "would") == grammar("will") | grammar("would")
    with pytest.raises(KeyError):
        grammar("will", "no such class")
