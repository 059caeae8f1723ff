"""What an "it" or "they" that opens a sentence takes up in a label."""

from __future__ import annotations

import pytest
from test_whose_date import read


def labels(text: str) -> list[str]:
    return [entry.label for entry in read(text).entries]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The bridge collapsed in May. It was closed in June.", "The bridge was closed in June"),
        (
            "The lion, which is old, was found by farmers near Lima in 1960. It arrived in Oslo in 1999.",
            "The lion arrived in Oslo in 1999",
        ),
        (
            "Talks about its return began in 2015 but were broken off in 2017. They were resumed in May.",
            "Talks about its return were resumed in May",
        ),
        ("The mine closed in May. It was sold to Acme in June. It reopened in July.", "The mine reopened in July"),
    ],
)
def test_the_only_thing_told_before(text: str, label: str) -> None:
    assert labels(text)[-1] == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        # two things
        ("The dam burst in May and the river flooded the town. It was closed in June.", "It was closed in June"),
        ("Acme sold the mine in May. It was closed in June.", "It was closed in June"),
        # people, whom "they" and "it" may mean or not
        ("The workers were arrested in May. They were freed in June.", "They were freed in June"),
        ("The minister resigned in May. It was closed in June.", "It was closed in June"),
        # another number
        ("The bridges collapsed in May. It was closed in June.", "It was closed in June"),
        # another paragraph
        ("The bridge collapsed in May.\n\nIt was closed in June.", "It was closed in June"),
    ],
)
def test_where_two_may_be_meant_the_words_stay(text: str, label: str) -> None:
    assert labels(text)[-1] == label


def test_an_it_that_stands_for_nothing_stays() -> None:
    found = labels("The bridge collapsed in May. It was agreed in June that Acme would build a new one in July.")
    assert not [label for label in found if label.startswith("The bridge was agreed")]


def test_what_began_is_the_head_of_its_subject() -> None:
    found = {entry.word: entry.when_words for entry in read("Talks about its return began in 2015.").entries}
    assert found == {"Talks": "2015"}
