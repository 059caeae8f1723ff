"""Words that name nobody take their part in entries where it is sure whom they mean, and none where it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import read

from dateline.actors.anaphora import find_anaphors
from dateline.events.entries import find_entries
from dateline.model import Entry, Participant


def entry(text: str, word: str) -> Entry:
    return next(one for one in read(text).entries if one.word == word)


def part(text: str, word: str, name: str) -> Participant | None:
    return next((p for p in entry(text, word).participants if p.name == name), None)


@pytest.mark.parametrize(
    ("text", "word", "name", "role", "words"),
    [
        ("Ada Moreno came. She visited Oslo on Monday.", "visited", "Ada Moreno", "agent", "She"),
        ("Acme slept. The company attacked Kabul on Monday.", "attacked", "Acme", "agent", "The company"),
        ("Tom Brandt slept. He was arrested on Monday.", "arrested", "Tom Brandt", "affected", "He"),
        ("Ada Moreno slept. In May she visited Oslo.", "visited", "Ada Moreno", "agent", "she"),
        ("Tom Brandt slept. His visit to Oslo took place on Monday.", "visit", "Tom Brandt", "agent", "His"),
        ("Moreno said: “I visited Oslo in May.”", "visited", "Ada Moreno", "agent", "Moreno"),
    ],
)
def test_who_is_meant_takes_the_part(text: str, word: str, name: str, role: str, words: str) -> None:
    found = part(text, word, name)
    assert found is not None
    assert (found.role, found.words) == (role, words)


def test_a_part_tells_why_it_is_read_so() -> None:
    found = part("Tom Brandt slept. Brandt ate. He visited Oslo on Monday.", "visited", "Tom Brandt")
    assert found is not None
    assert (found.meaning, found.reason) == ("Brandt", "the only man told of in the sentence before")


def test_a_name_needs_no_reason() -> None:
    found = part("Tom Brandt visited Oslo on Monday.", "visited", "Tom Brandt")
    assert found is not None
    assert (found.meaning, found.reason) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "Tom Brandt met John Noor. He visited Oslo on Monday.",
        "A man met Brandt. He visited Oslo on Monday.",
        "Taliban met Acme. It visited Oslo on Monday.",
    ],
)
def test_nobody_acts_where_two_can_be_meant(text: str) -> None:
    assert [p for p in entry(text, "visited").participants if p.role == "agent"] == []


def test_labels_name_who_is_meant() -> None:
    assert entry("Tom Brandt slept. He visited Oslo on Monday.", "visited").label == "Tom Brandt visited Oslo on Monday"
    owned = entry("Tom Brandt slept. Acme closed after his visit to Oslo in May.", "visit").label
    assert owned.startswith("Tom Brandt’s visit to Oslo")


def test_who_speaks_is_who_is_meant() -> None:
    voice = entry("Tom Brandt slept. Acme bought the mine on Monday, he said.", "bought").voice
    assert voice is not None
    assert (voice.name, voice.words) == ("Tom Brandt", "Tom Brandt")


def test_a_claim_keeps_a_speaker_who_is_not_known() -> None:
    voice = entry("The mine is old. Acme bought the mine on Monday, he said.", "bought").voice
    assert voice is not None
    assert (voice.name, voice.words) == ("", "he")


def test_a_body_is_no_he() -> None:
    voice = entry("Acme said that it slept. Borealis bought the mine on Monday, he said.", "bought").voice
    assert voice is not None
    assert voice.name == ""


def test_he_comments_for_a_living_like_the_analyst_he_is() -> None:
    text = "Defence analyst Tom Brandt spoke in Oslo. He added that Peru is in panic."
    reading = read(text)
    analyst = replace(reading.mentions[0], titles="Defence analyst")
    reading = replace(reading, mentions=(analyst, *reading.mentions[1:]))
    anaphors = find_anaphors(reading.document, reading.sentences, reading.mentions, reading.figures)
    assert [(a.text, a.titles) for a in anaphors] == [("He", "Defence analyst")]
    assert [one.word for one in find_entries(replace(reading, anaphors=anaphors))] == ["spoke"]


def test_his_visit_is_an_event_of_his() -> None:
    names = [naming.name for naming in read("Tom Brandt slept. His visit to Oslo took place on Monday.").namings]
    assert names == ["Brandt’s visit to Oslo"]
    two = read("Ada Moreno’s visit to Lima was calm. Brandt met Noor. His visit to Peru took place in May.")
    assert [naming.name for naming in two.namings] == ["Moreno’s visit to Lima"]
