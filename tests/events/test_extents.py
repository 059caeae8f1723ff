"""Who says what, up to where it goes, and which day it has, in sentences as news agencies build them."""

from __future__ import annotations

import pytest

from dateline import build, when
from dateline.actors.recognise import load_recogniser, recognise_in
from dateline.model import Article, Document, Entry
from dateline.text import split_paragraphs


def entries(text: str) -> list[Entry]:
    """The entries of a report of Thursday, 9 February 2023."""
    article = Article(id="one", seed="one", title="A report", published=when.parse("2023-02-09"), style="news")
    document = Document(article=article, text=text, paragraphs=split_paragraphs(text))
    readings = build.read([document], recognise_in([document], load_recogniser("rules", "")))
    return [entry for reading in readings for entry in reading.entries]


def only(text: str, word: str) -> Entry:
    found = [entry for entry in entries(text) if entry.word == word]
    assert len(found) == 1, [entry.word for entry in entries(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("Jane Roe denied any part in Tuesday's blast, which killed 40 people on Tuesday.", "killed", ""),
        ("Jane Roe appealed for calm and called off a rally on Monday.", "called off", ""),
        ("Jane Roe dismissed the appeal and fired John Noor.", "fired", ""),
        ("Three suspects have been arrested in Lima, Jane Roe added.", "arrested", "Jane Roe"),
        ("Jane Roe said two people suspected of arson had been arrested near Lima.", "arrested", "Jane Roe"),
        ("Acme, which attacked Peru in a report, declined to comment.", "attacked", ""),
        ("John Noor was arrested at dawn in Lima, spokesperson Jane Roe told reporters.", "arrested", "Jane Roe"),
        ("A Peruvian diplomat, who lives in Lima, said John Noor was arrested.", "arrested", "A Peruvian diplomat"),
        ("The rebels claimed to have killed 15 officers in Lima.", "killed", "The rebels"),
        ("In October 2021 the Senate ordered an audit, but John Noor has not resigned.", "resigned", ""),
    ],
)
def test_what_is_said_ends_where_its_object_ends(text: str, word: str, speaker: str) -> None:
    voice = only(text, word).voice
    assert (voice.words if voice else "") == speaker


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("Jane Roe denied responsibility for Tuesday's blast.", "denied", "2023-02-07?"),
        ("John Noor survived Tuesday's blast, which killed 40 people in Lima.", "killed", "2023-02-07"),
        ("At least 270 people have been killed since Monday, when a bomb went off.", "killed", "2023-02-06/.."),
        ("Jane Roe visited Lima on New Year's Eve.", "visited", "2022-12-31"),
        ("Jane Roe was jailed in 2014 and Acme closed the mine three years later.", "closed", "2017~"),
        ("Jane Roe on Monday agreed to a truce.", "agreed", "2023-02-06"),
        ("The elections, which were due in May, will now be held in April 2024 in Peru.", "elections", "2024-04"),
    ],
)
def test_a_day_belongs_to_its_own_verb(text: str, word: str, day: str) -> None:
    assert when.format(only(text, word).when) == day


def test_nobody_negates() -> None:
    assert only("Nobody was killed in Lima on Monday.", "killed").negated
    assert not only("Somebody was killed in Lima on Monday.", "killed").negated


def test_a_main_verb_behind_a_relative_clause_has_its_own_subject() -> None:
    text = "A bishop who was abducted two weeks ago between Lima and Cusco was released on Monday."
    assert only(text, "released").label == "A bishop was released on Monday"
    assert "released" not in only(text, "abducted").label


def test_more_of_a_number_are_no_generic_ones() -> None:
    assert only("Two more people have died in Peru.", "died").when == when.parse("2023-02-09")
