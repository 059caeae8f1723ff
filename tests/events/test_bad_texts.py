"""What is no plain news text: transcripts, live blogs, tables, lists, block letters, endless sentences, suppositions."""

from __future__ import annotations

import cProfile

import pytest

from dateline import build
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.model import Article, Document, Entry
from dateline.text import split_paragraphs
from dateline.when import parse


def told(text: str) -> tuple[Entry, ...]:
    article = Article(id="a", seed="a", digest="a", title="", published=parse("2021-04-29"), style="news")
    document = Document(article=article, text=text, paragraphs=split_paragraphs(text))
    return build.read([document], find_mentions([document], load_recogniser("rules", "")))[0].entries


def labels(text: str) -> list[str]:
    return [entry.label for entry in told(text)]


@pytest.mark.parametrize(
    ("opening", "closing"), [('"', '"'), ("“", "”"), ("‘", "’"), ("«", "»"), ("„", "“"), ("``", "''")]
)
def test_every_kind_of_quotation_mark_is_speech(opening: str, closing: str) -> None:
    assert labels(f"{opening}We won,{closing} Jane Roe said.") == ["Jane Roe said: “We won”"]


def test_speech_that_is_never_closed_ends_with_its_paragraph() -> None:
    entries = told("Jane Roe said: “The army attacked Kabul on Sunday.\n\nTom Brandt resigned on Tuesday.")
    assert [(entry.label, entry.voice) for entry in entries if entry.word == "resigned"] == [
        ("Tom Brandt resigned on Tuesday", None)
    ]


def test_questions_of_a_transcript_tell_nothing() -> None:
    assert labels("Q: Did Norway sign the deal on Monday?\n\nA: Norway signed the deal on Friday.") == [
        "Norway signed the deal on Friday"
    ]


def test_a_live_blog_is_told_without_its_clock() -> None:
    text = "10:45 GMT Police arrested Tom Brandt in Oslo.\n\n11:02\n\nJane Roe resigned.\n\n11:30 - Norway signed the deal."
    assert labels(text) == ["Police arrested Tom Brandt in Oslo", "Jane Roe resigned", "Norway signed the deal"]


@pytest.mark.parametrize("row", ["Team | Won | Lost", "Norway | won | 1 | lost", "Name\tVisited\tMet"])
def test_a_row_of_a_table_tells_nothing(row: str) -> None:
    assert labels(row) == []


def test_items_of_a_list_are_told_without_their_marks() -> None:
    text = "- Jane Roe resigned on Monday.\n\n* Norway signed the deal.\n\n2) Talks began in Doha.\n\n• Tom Brandt was arrested."
    assert labels(text) == [
        "Jane Roe resigned on Monday",
        "Norway signed the deal",
        "Talks began in Doha",
        "Tom Brandt was arrested",
    ]


def test_block_letters_are_read() -> None:
    assert labels("POLICE ARRESTED TOM BRANDT IN OSLO.") == ["POLICE ARRESTED TOM BRANDT IN OSLO"]


@pytest.mark.parametrize(
    "text",
    [
        "A deal. The end. Kabul, Monday. Jane Roe!",
        "Die Bundeskanzlerin Angela Merkel traf am Montag den Präsidenten in Berlin. Das Abkommen wurde unterzeichnet.",
        "Le président Emmanuel Macron a visité Berlin lundi. La police a arrêté deux hommes.",
        "زار الرئيس كابول يوم الاثنين.",
        "总统周一访问了喀布尔。警方逮捕了两名男子。",
        "If Norway signs the deal on Friday, Sweden will leave.",
        "Unless Jane Roe resigns on Monday, the party will leave.",
        "Visit Oslo in May. Sign the petition. Call Jane Roe on Monday.",
        "Did Jane Roe resign on Monday? Who killed Tom Brandt?",
        "A summit is a meeting of heads of state. A strike occurs when workers stop work.",
        "An election is held every four years.",
        "Perhaps Tom Brandt resigned. In my view, Jane Roe won.",
        "Pakistan feels that Russia is an important player.",
    ],
)
def test_what_tells_no_happening_makes_no_entry(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("unit", "end"),
    [
        ("the quick brown ", "fox."),
        ("Jane Roe, ", "resigned."),
        ("attacked and ", ""),
        ("“", " Roe said"),
        ("Norway signed the deal and Sweden left and ", "Jane Roe resigned."),
    ],
)
def test_a_sentence_twice_as_long_costs_about_twice_as_much(unit: str, end: str) -> None:
    told(unit + end)  # lists are read once
    assert calls_for(unit * 300 + end) < 3 * calls_for(unit * 150 + end)


def calls_for(text: str) -> int:
    """How many calls reading a text takes: the same on every machine."""
    profile = cProfile.Profile()
    assert len(profile.runcall(told, text)) <= 10
    return sum(called.callcount for called in profile.getstats())


def test_a_sentence_that_is_repeated_is_told_once() -> None:
    assert labels("Jane Roe resigned on Monday. " * 400) == ["Jane Roe resigned on Monday"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The Foreign Office, however, did not confirm that Jane Roe had left.",
            "did not confirm that Jane Roe had left",
        ),
        ("In 1986, Jane Roe bought Pixar.", "Jane Roe bought Pixar"),
        ("Ubisoft, Microsoft, and Jane Roe visited Oslo.", "Ubisoft, Microsoft, and Jane Roe visited Oslo"),
        (
            "The team, which consists of girls, had been denied visas by Norway.",
            "The team had been denied visas by Norway",
        ),
        ("Norway praised the deal signed in Doha last year.", "The deal was signed in Doha last year"),
        ("The phone would be released in May by Acme Corp.", "The phone to be released in May by Acme Corp"),
        ("“I visited Norway on Monday,” said Jane Roe.", "Jane Roe: “I visited Norway on Monday”"),
    ],
)
def test_labels_read_as_an_editor_would_write_them(text: str, label: str) -> None:
    assert any(found.endswith(label) for found in labels(text)), labels(text)


def test_a_participle_that_tells_which_thing_is_meant_is_no_entry() -> None:
    assert [entry.word for entry in told("Jane Roe praised the volume produced by Acme Corp.")] == ["praised"]


def test_a_long_label_ends_where_a_phrase_is_whole() -> None:
    text = (
        "Jane Roe unveiled the new device of the company by walking onto the stage and taking the phone out of her pocket "
        "in front of a crowd of journalists in Oslo."
    )
    assert labels(text)[0] == "Jane Roe unveiled the new device of the company"
