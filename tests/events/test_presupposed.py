"""A denial denies what its clause asserts, not what it takes for granted (`events/presupposed.py`)."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.model import Entry


def of(text: str) -> dict[str, Entry]:
    return {entry.word: entry for entry in read(text).entries}


def stance(entry: Entry) -> str:
    return entry.voice.stance if entry.voice else ""


@pytest.mark.parametrize(
    ("text", "denied", "granted"),
    [
        ("Acme denied that it had cut pay before the collision of February 29, 2020.", "cut", "collision"),
        ("Moreno denied on Monday that Acme had fired workers after the strike in Lima in 2018.", "fired", "strike"),
        ("Moreno denied that Brandt had left the firm since the trial began in May.", "left", "trial"),
        ("Brandt rejected claims that Acme had bribed an official when it built the dam in May.", "bribed", "built"),
        (
            "Moreno dismissed reports that Brandt had resigned following the attack of February 29, 2020.",
            "resigned",
            "attack",
        ),
        (
            "Brandt refuted reports that Acme had bribed an official during the trial of February 29, 2020.",
            "bribed",
            "trial",
        ),
        ("Brandt denied that Acme had hired Noor because of the strike of February 29, 2020.", "hired", "strike"),
        ("Moreno disputed that Acme had fired Brandt, who was arrested in May.", "fired", "arrested"),
        ("Moreno denied that the men who were arrested in May had bribed an official.", "bribed", "arrested"),
        ("Brandt denied having sold the mine after Noor was arrested in May.", "sold", "arrested"),
    ],
)
def test_only_the_main_predicate_is_denied(text: str, denied: str, granted: str) -> None:
    entries = of(text)
    assert stance(entries[denied]) == "denies"
    assert stance(entries[granted]) == ""
    assert "denies" not in entries[granted].label
    assert not entries[granted].negated


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Moreno denied responsibility for the attack in 2018.", "attack"),
        ("Moreno denied a part in the murder of Noor in 2018.", "murder"),
        ("Moreno denied ordering the murder of Noor in 2018.", "murder"),
        ("Brandt denied the allegations before the court met in Oslo in May.", "met"),
        ("Brandt denied knowing that Noor had been arrested in May.", "arrested"),
    ],
)
def test_a_known_event_is_no_part_of_a_denial(text: str, word: str) -> None:
    assert stance(of(text)[word]) == ""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Moreno denied the attack in 2018.", "attack"),
        ("Moreno denied that the meeting of February 29, 2020 had taken place.", "meeting"),
        ("Brandt rejected reports of the attack in 2018.", "attack"),
        ("Brandt denied that Acme had sold the mine because Noor had been arrested in May.", "arrested"),
        ("Brandt denied that he had carried out the attack of February 29, 2020.", "attack"),
        ("Brandt denied that Acme had met Noor and bribed an official in May.", "bribed"),
    ],
)
def test_what_the_denial_is_about_stays_denied(text: str, word: str) -> None:
    assert stance(of(text)[word]) == "denies"


def test_another_speaker_still_stands_for_what_is_granted() -> None:
    entry = of("Oduya said that Moreno had denied that Acme cut pay before the collision of February 29, 2020.")[
        "collision"
    ]
    assert entry.voice is not None
    assert (entry.voice.words, entry.voice.stance) == ("Oduya", "states")


def test_who_denies_that_he_warned_is_not_told_to_have_warned() -> None:
    entry = of("Brandt slept. Brandt rejected suggestions that he had warned Acme in May.")["warned"]
    assert stance(entry) == "denies"


@pytest.mark.parametrize(
    "text",
    [
        "Moreno found no proof that Brandt had opened the papers in May.",
        "Moreno said there was no evidence that Brandt had opened the papers in May.",
        "Moreno did not say that Brandt had opened the papers in May.",
    ],
)
def test_what_nobody_found_is_not_told(text: str) -> None:
    assert "opened" not in of(text)
    assert "opened" in of("Moreno found proof that Brandt had opened the papers in May.")


def test_what_somebody_says_besides_is_not_denied() -> None:
    entries = of("Moreno dismissed the report, saying that Acme had sold the mine in May.")
    assert stance(entries["sold"]) == "states"
    assert stance(entries["saying"]) == ""
    entries = of("Moreno dismissed the existence of a “plot,” saying that Acme had sold the mine in May.")
    assert stance(entries["sold"]) == "states"
    assert stance(entries["saying"]) == ""
