"""Who speaks on, to whom one speaks, whom a pronoun at the start of a label means."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.model import Entry

NOT = ("Moreno said", "Moreno added")
"""Labels of the sayings themselves."""


def labelled(text: str, word: str) -> Entry:
    found = [entry for entry in read(text).entries if word in entry.label and not entry.label.startswith(NOT)]
    assert len(found) == 1, [entry.label for entry in read(text).entries]
    return found[0]


def parts(entry: Entry, role: str) -> set[str]:
    return {part.name for part in entry.participants if part.role == role}


@pytest.mark.parametrize(
    "text",
    [
        "“Brandt objected to the talks but Acme never did,” Moreno said and added that Borealis had sold its mine.",
        "Moreno said Acme had grown and added that Borealis had sold its mine.",
        "Moreno told Brandt that all was well, adding that Borealis had sold its mine.",
    ],
)
def test_who_said_one_thing_says_the_next(text: str) -> None:
    sale = labelled(text, "sold its mine")
    assert sale.voice is not None
    assert sale.voice.words == "Ada Moreno" or sale.voice.words == "Moreno"
    assert "agent" not in {part.role for part in sale.participants if part.name == "Ada Moreno"}


@pytest.mark.parametrize(
    ("text", "word", "role", "names"),
    [
        ("Moreno told Brandt that peace was near.", "told", "affected", {"Tom Brandt"}),
        ("Moreno told Acme that peace was near.", "told", "affected", set()),  # as papers are told
        ("Peru and Norway accused Acme of fraud.", "accused", "affected", {"Acme"}),
        ("The Peru government accused Acme of fraud.", "accused", "agent", {"Peru"}),
        ("Moreno talked to the former Norway ambassador to Peru Tom Brandt.", "talked", "counterpart", {"Tom Brandt"}),
        ("Moreno talked to minister Tom Brandt and adviser Lena Oduya.", "talked", "counterpart", {"Tom Brandt", "Lena Oduya"}),
        ("Moreno has visited Lima and Norway.", "visited", "affected", set()),
        ("The promise was given by a group led by Tom Brandt during a visit to Oslo this week.", "visit", "agent", {"Tom Brandt"}),
    ],
)  # fmt: skip
def test_who_is_spoken_to_who_leads_and_who_goes(text: str, word: str, role: str, names: set[str]) -> None:
    assert parts(labelled(text, word), role) == names


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Brandt said it was the Peru government who, perhaps under the US pressure, chose not to sign the deal.",
            "The Peru government chose not to sign the deal",
        ),
        (
            "One group arrived in Oslo on Monday and another, led by Tom Brandt, is expected to travel to Lima in May.",
            "Another group to travel to Lima in May",
        ),
        ("Peru and Norway said they would withdraw their troops in May.", "Peru and Norway would withdraw their troops in May"),
        ("Acme was angry at the arrest of Tom Brandt and his later release.", "Tom Brandt’s later release"),
        ("According to reports, Moreno visited Oslo on Monday.", "Moreno visited Oslo on Monday"),
        (
            "Moreno has refused to attend any meeting that comes before Acme sells its mine.",
            "Moreno has refused to attend any meeting that comes before Acme sells its mine",
        ),
    ],
)  # fmt: skip
def test_labels_name_whom_the_text_names(text: str, label: str) -> None:
    assert label in [entry.label for entry in read(text).entries]


def test_what_only_points_back_is_no_entry() -> None:
    read_ = read("Moreno and Brandt agreed on a ceasefire. This was decided during the meetings with Acme in Oslo.")
    assert not [entry.label for entry in read_.entries if entry.label.startswith("This")]
    assert [
        entry.label for entry in read("Moreno left. This was announced by Acme.").entries if "announced" in entry.label
    ]


def test_a_repeated_perfect_has_not_the_day_of_the_report() -> None:
    assert not labelled("The Istanbul conference has been postponed twice.", "postponed").when.known
    assert labelled("The Istanbul conference was postponed.", "postponed").when.known


def test_talks_held_somewhere_are_told() -> None:
    talks = labelled("“In recent talks held in Oslo, Acme had invited Borealis,” Moreno said.", "talks held")
    assert (talks.place, talks.voice.words if talks.voice else "") == ("Oslo", "Moreno")
    assert not [e.label for e in read("Any talks held in Oslo would fail.").entries]


def test_a_present_that_is_waited_for_has_not_happened() -> None:
    labels = [entry.label for entry in read("Moreno will stay until the US withdraws its troops.").entries]
    assert not [label for label in labels if label.startswith("The US")]
