"""Whose a date is, which event a change is about, and which sense a word has: what was guessed once."""

from __future__ import annotations

import pytest

from dateline import build
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.model import Article, Document, Entry, Reading
from dateline.text import split_paragraphs
from dateline.when import format, parse


def read(text: str, published: str = "2024-10-08", place: str = "") -> Reading:
    article = Article(id="a", seed="a", published=parse(published), place=place)
    document = Document(article=article, text=text, paragraphs=split_paragraphs(text))
    return next(iter(build.read([document], find_mentions([document], load_recogniser("rules", "")))))


def of(text: str) -> dict[str, Entry]:
    return {entry.word: entry for entry in read(text).entries}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Jane Roe accused Tom Brandt of cutting wages in August.", "accused"),
        ("Jane Roe was charged with stealing cars in August.", "charged"),
        ("Jane Roe blamed Tom Brandt for losing the match in August.", "blamed"),
        ("Jane Roe was convicted of bribing officials in August.", "convicted"),
        ("Jane Roe was acquitted of bribing officials in August.", "acquitted"),
        ("Jane Roe apologised for insulting Tom Brandt in August.", "apologised"),
        ("Jane Roe praised Tom Brandt for saving the town in August.", "praised"),
        ("Jane Roe was fined for dumping waste in August.", "fined"),
        ("Jane Roe denied meeting Tom Brandt in August.", "denied"),
        ("Jane Roe criticised Tom Brandt for selling the mine in August.", "criticised"),
        ("Jane Roe was cleared of cheating at a tournament in Oslo in August.", "cleared"),
        ("Jane Roe blamed Tom Brandt for the failure of mediation in August.", "blamed"),
    ],
)
def test_the_date_of_the_deed_is_not_that_of_the_charge(text: str, word: str) -> None:
    assert of(text)[word].when_words == ""


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("Jane Roe was convicted in August of bribing officials.", "convicted", "August"),
        ("In August Jane Roe accused Tom Brandt of cutting wages.", "accused", "August"),
        ("Jane Roe was acquitted of bribery in August.", "acquitted", "August"),
        ("Jane Roe was convicted of smuggling in August.", "convicted", "August"),
        ("Jane Roe criticised Tom Brandt for failing to act in a report last month.", "criticised", "last month"),
        ("Jane Roe blamed Tom Brandt for the failure on Monday.", "blamed", "Monday"),
        ("Jane Roe cut her forecast for 2025 in August.", "cut", "August"),
        ("Jane Roe, who moved to Oslo in May, sued Tom Brandt in August.", "sued", "August"),
    ],
)
def test_a_date_of_its_own_is_kept(text: str, word: str, words: str) -> None:
    assert of(text)[word].when_words == words


def test_what_is_set_for_a_day_was_not_announced_on_it() -> None:
    found = of("Jane Roe announced a march for 20 October. A meeting, arranged for Thursday, was cancelled.")
    assert found["announced"].when_words == found["cancelled"].when_words == ""


def test_a_date_does_not_pass_to_another_doer() -> None:
    found = of("Jane Roe promised to build the road by the end of 2025, but Tom Brandt resigned in March.")
    assert format(found["resigned"].when) == "2024-03"
    assert all(format(entry.when) != "2024-03" for word, entry in found.items() if word != "resigned")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The inquiry into the crash, promised for last year, was postponed to March.",
            "The inquiry into the crash was postponed to March",
        ),
        (
            "The sale of tickets for the tournament, due to begin on Monday, was cancelled.",
            "The sale of tickets for the tournament was cancelled",
        ),
        (
            "The debate about the strike, which began on Monday, was adjourned.",
            "The debate about the strike was adjourned",
        ),
        (
            "A meeting of the parents with the council, arranged for Thursday, was cancelled.",
            "A meeting of the parents with the council was cancelled",
        ),
    ],
)
def test_a_change_is_about_the_head_of_its_subject(text: str, label: str) -> None:
    entry = next(entry for entry in read(text).entries if entry.event_class in ("postponement", "cancellation"))
    assert entry.label == label


@pytest.mark.parametrize(
    ("text", "event_class"),
    [
        ("The rail strike of 2018 ended after 19 days.", "protest"),
        ("About 7,000 drivers went on strike on 5 September.", "protest"),
        ("A strike by nurses began in May.", "protest"),
        ("The missile strike of 2018 killed ten.", "attack"),
        ("A strike on the depot in May killed two workers.", "attack"),
        ("Jets carried out a strike in May.", "attack"),
    ],
)
def test_a_strike_is_of_workers_or_of_weapons(text: str, event_class: str) -> None:
    assert event_class in {entry.event_class for entry in read(text).entries}
    assert {"protest": "attack", "attack": "protest"}[event_class] not in {
        entry.event_class for entry in read(text).entries
    }


def test_a_noun_keeps_its_sense_in_a_text() -> None:
    told = "The strike of 3 September was the longest in the town."
    assert of(told)["strike"].event_class == "attack"
    found = [entry for entry in read(f"Workers went on strike on Monday. {told}").entries if entry.word == "strike"]
    assert {entry.event_class for entry in found} == {"protest"}


@pytest.mark.parametrize(
    ("text", "event_class"),
    [
        ("The bus hit a wall on Monday and killed two.", "accident"),
        ("A missile hit a bus on Monday and killed two.", "attack"),
    ],
)
def test_what_hits_tells_a_crash_from_an_attack(text: str, event_class: str) -> None:
    assert of(text)["hit"].event_class == event_class


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sank in the waters off Tromvik on Monday. Jane Roe visited Tromvik on Tuesday.",
        "The Tromvik lagoon was closed on Monday. Jane Roe praised Tom Brandt.",
        "Tromvik lies 40 kilometres from the border. Jane Roe left on Monday.",
    ],
)
def test_a_town_is_no_actor(text: str) -> None:
    assert "Tromvik" not in {figure.name for figure in read(text).figures}


def test_the_place_that_a_report_is_from_is_no_actor() -> None:
    text = "The ship Wisla reached Tromvik on Wednesday. Jane Roe praised Tromvik."
    assert "Tromvik" in {figure.name for figure in read(text).figures}
    assert "Tromvik" not in {figure.name for figure in read(text, place="Tromvik").figures}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        (
            "“We filled the posts,” the firm's director, Jane Roe, said in a statement.",
            "Jane Roe",
            "Jane Roe said: “We filled the posts”",
        ),
        (
            "Councillors agreed to delay the vote, the council's leader, Jane Roe, said.",
            "Jane Roe",
            "Jane Roe said: Councillors agreed to delay the vote",
        ),
        (
            "The train had left at noon, the railway company BDK said.",
            "BDK",
            "The railway company BDK said: The train had left at noon",
        ),
    ],
)
def test_a_speaker_with_an_apposition_is_one(text: str, name: str, label: str) -> None:
    entry = of(text)["said"]
    assert entry.label == label
    assert [(part.name, part.role) for part in entry.participants if part.role == "agent"] == [(name, "agent")]


@pytest.mark.parametrize(
    "text", ["Jane Roe promised an inquiry by May 2025.", "Jane Roe threatened a strike in November 2024."]
)
def test_what_is_promised_has_not_occurred(text: str) -> None:
    assert all(entry.course != "occurred" for entry in read(text).entries if entry.word in ("inquiry", "strike"))


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe ruled out her resignation. Tom Brandt slept.",
        "Jane Roe demanded Tom Brandt’s resignation.",
        "Jane Roe called for Tom Brandt’s resignation.",
    ],
)
def test_what_is_ruled_out_or_demanded_has_not_occurred(text: str) -> None:
    assert "resignation" not in of(text)
    assert "resignation" in of("Jane Roe welcomed Tom Brandt’s resignation in August.")


def test_what_began_in_a_clause_of_time_is_told_once() -> None:
    found = read("Jane Roe fled to Oslo before the trial began in May.").entries
    assert [entry.label for entry in found if entry.word in ("trial", "began")] == ["The trial began in May"]


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("Acme, whose owner fled to Oslo in May, was fined.", "fled", "Acme’s owner fled to Oslo in May"),
        (
            "The firm Acme sold its mine on Monday, the council's leader, Jane Roe, said.",
            "sold",
            "The firm Acme sold its mine on Monday",
        ),
        (
            "The inquiry, led by the former judge Jane Roe, is to begin next week.",
            "inquiry",
            "The inquiry is to begin next week",
        ),
        (
            "Jane Roe left as talks between the unions and the operator Acme broke down on Monday.",
            "broke down",
            "Talks between the unions and the operator Acme broke down on Monday",
        ),
    ],
)
def test_a_label_keeps_its_own_clause(text: str, word: str, label: str) -> None:
    assert of(text)[word].label == label


def test_a_term_in_prison_is_news_too() -> None:
    assert format(of("Jane Roe was sentenced to four years in prison.")["sentenced"].when) == "2024-10-08"


@pytest.mark.parametrize(
    ("text", "event_class"),
    [
        ("The trial was suspended on Monday.", "closure"),
        ("The club suspended Jane Roe on Monday.", "departure"),
        ("Jane Roe suspended the licence on Monday.", "closure"),
    ],
)
def test_who_is_suspended_is_gone_and_what_is_suspended_stands_still(text: str, event_class: str) -> None:
    assert of(text)["suspended"].event_class == event_class


def test_the_worst_since_then_was_not_then() -> None:
    assert all(
        entry.when.start is None or entry.when.first_day.year != 1996
        for entry in read("It was the worst accident since 1996, Jane Roe said on Monday.").entries
    )


def test_what_follows_a_but_keeps_its_date() -> None:
    found = of("Acme promised to improve the plant by the end of 2023 but closed its office last spring.")
    assert found["closed"].when_words == "last spring"
    assert "promised" not in found or found["promised"].when_words != "last spring"


def test_a_limit_to_come_is_not_the_day_of_a_promise() -> None:
    found = of("Acme apologised for the error in March and promised refunds by December.")
    assert all("December" not in entry.when_words for entry in found.values() if entry.course == "occurred")


def test_a_date_that_modifies_a_thing_is_not_that_of_the_deed() -> None:
    found = of(
        "Jane Roe ordered an inquiry into the loss of a 15th-century bell. Tom Brandt attended a Monday meeting."
    )
    assert not [entry for entry in found.values() if "century" in entry.when_words]
    assert [entry.when_words for entry in found.values() if "Brandt" in entry.label] == ["Monday"]
