"""Roles beside a name: before it, after it, and whose they are."""

from __future__ import annotations

import pytest
from articles import read

from dateline.actors.offices import offices, ranks
from dateline.actors.titles import titles_beside


def roles(text: str, name: str) -> tuple[str, ...]:
    """The roles of a figure of a text."""
    return next(figure.roles for figure in read(text).figures if figure.name == name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Prime Minister Jane Roe of Peru spoke.", ("Prime Minister of Peru",)),
        ("Peruvian Prime Minister Jane Roe of Norway spoke.", ("Peruvian Prime Minister",)),
        ("General Jane Roe, the army chief of Peru, spoke.", ("General", "army chief of Peru")),
        ("Jane Roe (简罗), Peru's ambassador to Norway, spoke.", ("Peru's ambassador to Norway",)),
        ("General Jane Roe spoke. Gen. Roe left.", ("General",)),
        ("A spokesman for Mr Roe spoke. Jane Roe left.", ()),
        ("An aide to Prime Minister Jane Roe spoke.", ("Prime Minister",)),
    ],
)
def test_roles(text: str, told: tuple[str, ...]) -> None:
    assert roles(text, "Jane Roe") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The US Special Representative for Afghan Reconciliation Jane Roe", "US Special Representative for Afghan Reconciliation"),
        ("The US ambassador to Peru Jane Roe", "US ambassador to Peru"),
        ("Secretary of State Jane Roe", "Secretary of State"),
        ("a spokesman for President Jane Roe", "President"),
        ("an adviser of the late Senator Jane Roe", "late Senator"),
    ],
)  # fmt: skip
def test_whose_the_words_before_a_name_are(text: str, told: str) -> None:
    start = text.index("Jane")
    assert titles_beside(text, start, len(text), 0) == told


def test_short_titles_are_the_offices_in_full() -> None:
    assert offices("Gov.") == offices("Governor") == {"governor"}
    assert offices("General; army chief") == {"army chief"}
    assert ranks("Gen.") == ranks("General") == {"general"}
    assert ranks("general manager") == frozenset()


def test_a_rank_tells_two_of_one_surname_apart() -> None:
    text = "General Asif Khan met Prime Minister Bilal Khan. Prime Minister Khan spoke. Gen. Khan left."
    assert [mention.name for mention in read(text).mentions] == ["Asif Khan", "Bilal Khan", "Bilal Khan", "Asif Khan"]
