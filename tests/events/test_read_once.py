"""The words of a sentence are read once, though its lines are laid out for namings and again for entries."""

import pytest

from dateline import build
from dateline.events import tokens
from dateline.events.tokens import grammar
from dateline.model import Article, Document
from dateline.text import split_paragraphs


def test_each_sentence_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Envoys met in Lima, twice and at length. The read-once talks began at dawn. They ended late.\n"
    read: list[tuple[int, int | None]] = []
    plain = tokens.tokenize

    def counted(words: str, start: int = 0, end: int | None = None) -> list[tokens.Token]:
        read.append((start, end))
        return plain(words, start, end)

    monkeypatch.setattr(tokens, "tokenize", counted)
    document = Document(article=Article(id="a", seed=""), text=text, paragraphs=split_paragraphs(text))
    reading = build.read_one(document, ())
    assert read == [(sentence.start, sentence.end) for sentence in reading.sentences]
    assert len(read) == 3


def test_closed_classes_are_put_together() -> None:
    assert grammar("will", "would") == grammar("will") | grammar("would")
    with pytest.raises(KeyError):
        grammar("will", "no such class")
