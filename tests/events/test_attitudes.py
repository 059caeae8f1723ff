"""Whose view or reason a sentence tells where no verb says it."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.model import Entry


def of(text: str) -> dict[str, Entry]:
    return {entry.word: entry for entry in read(text).entries}


def voice_of(text: str, word: str) -> tuple[str, str] | None:
    voice = of(text)[word].voice
    return (voice.words, voice.stance) if voice else None


@pytest.mark.parametrize(
    ("text", "word", "holder"),
    [
        ("The miners are adamant they will not meet Acme since Borealis violated the deal.", "violated", "The miners"),
        ("Ada Moreno is sure that Acme closed the mine in May.", "closed", "Ada Moreno"),
        ("Ada Moreno was afraid Acme had closed the mine in May.", "closed", "Ada Moreno"),
        ("The union refused to meet Acme because it had closed the mine in May.", "closed", "The union"),
        ("Ada Moreno opposed the plan as Acme had closed the mine in May.", "closed", "Ada Moreno"),
        ("Ada Moreno rejected the offer because Acme had closed the mine in May.", "closed", "Ada Moreno"),
        ("Ada Moreno left Lima and refused to return because Acme had closed the mine.", "closed", "Ada Moreno"),
        ("Ada Moreno demanded an audit because Acme had closed the mine in May.", "closed", "Ada Moreno"),
        ("Ada Moreno, who leads the union, was sure that Acme closed the mine.", "closed", "Ada Moreno"),
        ("Ada Moreno complained that Acme had closed the mine in May.", "closed", "Ada Moreno"),
    ],
)
def test_a_view_and_its_reason_belong_to_its_holder(text: str, word: str, holder: str) -> None:
    assert voice_of(text, word) == (holder, "claims")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # a time, not a reason
        ("Ada Moreno has refused to speak since Acme closed the mine in May.", "closed"),
        ("Ada Moreno refused to speak as Acme closed the mine on Monday.", "closed"),
        # what somebody is furious of is a fact
        ("Ada Moreno was furious that Acme had closed the mine in May.", "closed"),
        # what the sentence says besides
        ("Ada Moreno was sure that Acme would pay, but Borealis closed the mine in May.", "closed"),
        ("Ada Moreno opposed the plan, which Borealis approved in May.", "approved"),
        # whose view a passive tells is open
        ("Ada Moreno was criticised because Acme had closed the mine in May.", "closed"),
        # a plan of its holder's, no claim
        ("The miners are adamant they will meet Acme on Friday.", "meet"),
        # a deed, no attitude
        ("Ada Moreno flew to Lima because Acme had closed the mine in May.", "closed"),
    ],
)
def test_what_nobody_holds_is_told_by_the_article(text: str, word: str) -> None:
    assert voice_of(text, word) is None


def test_a_reason_for_a_rejection_is_not_denied() -> None:
    found = of("Ada Moreno rejected the offer because Acme had closed the mine in May.")
    assert found["closed"].label == "Acme had closed the mine in May, according to Ada Moreno"


def test_a_denied_reason_stays_denied() -> None:
    text = "Ada Moreno denied that Acme had sold the mine because Tom Brandt had been arrested in May."
    assert voice_of(text, "arrested") == ("Ada Moreno", "denies")


def test_a_label_tells_once_whose_view_it_is() -> None:
    found = of("The Reds are adamant they will not join the talks in Lima in May.")
    assert found["join"].label == "The Reds are adamant they will not join the talks in Lima in May"


def test_the_ground_names_the_word_that_tells_the_view() -> None:
    entry = of("Ada Moreno is sure that Acme closed the mine in May.")["closed"]
    assert dict(entry.grounds)["voice"] == "“sure” tells whose view it is"


def test_a_label_that_names_the_speaker_names_him_once() -> None:
    found = of("Ada Moreno believes Acme closed the mine in May.")
    assert "according to" not in found["closed"].label or "believes" not in found["closed"].label
