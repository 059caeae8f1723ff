"""The five articles give these actors, each once, and nobody else.

Persons, bodies and countries were listed beforehand; how a body is spelled is the tables' choice.
"""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dateline.actors.coreference import resolve
from dateline.actors.join import join_actors
from dateline.actors.recognise import find_mentions, find_model, load_recogniser
from dateline.model import Actor, Reading
from dateline.seeds import read_seeds

SEEDS = Path(__file__).parents[2] / "seeds"
PERSONS = {
    "Mohammad Sadiq", "Mohammad Omer Daudzai", "Ashraf Ghani", "Joe Biden", "Mohammad Naeem", "Zamir Kabulov",
    "Zalmay Khalilzad", "Tehmina Janjua", "Lisa Curtis", "Austin Scott Miller", "Qamar Javed Bajwa", "Amjad Shoaib",
    "Imran Khan", "Cameron Munter",
}  # fmt: skip
BODIES = {
    "Taliban", "United Nations", "NATO", "Resolute Support Mission", "Afghan High Peace Council",
    "East-West Institute", "Foreign Office", "National Security Council", "US Department of Defense",
    "US Department of State",
}  # fmt: skip
COUNTRIES = {
    "Pakistan", "Afghanistan", "United States", "Turkey", "Qatar", "Iran", "India", "China", "Russia", "Saudi Arabia",
    "United Arab Emirates",
}  # fmt: skip
MEDIA = {"The Daily Times"}

RECOGNISERS = [
    "rules",
    pytest.param(
        "spacy",
        marks=[
            pytest.mark.nlp,
            pytest.mark.skipif(
                importlib.util.find_spec("spacy") is None or not find_model(), reason="needs the extra nlp"
            ),
        ],
    ),
]


def read_with(recogniser: str, known: tuple[Actor, ...]) -> tuple[Actor, ...]:
    documents = [
        replace(document, article=replace(document.article, id=document.article.seed))
        for document in read_seeds(SEEDS).documents
    ]
    found = find_mentions(documents, load_recogniser(recogniser), known)
    readings = []
    for document, mentions in zip(documents, found, strict=True):
        named, figures = resolve(document, mentions)
        readings.append(Reading(document=document, mentions=named, figures=figures))
    return join_actors(readings, known).actors


@cache
def actors(recogniser: str) -> tuple[Actor, ...]:
    return read_with(recogniser, ())


@pytest.mark.parametrize("recogniser", RECOGNISERS)
def test_exactly_these_actors(recogniser: str) -> None:
    by_kind: dict[str, set[str]] = {}
    for actor in actors(recogniser):
        kind = {"organisation": "body", "group": "body"}.get(actor.kind, actor.kind)
        by_kind.setdefault(kind, set()).add(actor.name)
    assert by_kind == {"person": PERSONS, "body": BODIES, "country": COUNTRIES, "media": MEDIA}


@pytest.mark.parametrize("recogniser", RECOGNISERS)
@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("Mohammad Sadiq", {"Muhammad Sadiq"}),
        ("Mohammad Omer Daudzai", {"Umer Daudzai", "Daudzai"}),
        ("Ashraf Ghani", {"Ghani"}),
        ("Qamar Javed Bajwa", {"Bajwa"}),
        ("Zalmay Khalilzad", {"Khalilzad"}),
        ("Imran Khan", {"Khan"}),
        ("United States", {"US", "American", "Washington", "White House"}),
        ("United Nations", {"UN"}),
        ("Pakistan", {"Islamabad", "Pakistani"}),
        ("United Arab Emirates", {"UAE"}),
        ("Afghanistan", {"Afghan", "Kabul"}),
        ("Russia", {"Moscow", "Russians"}),
        ("Taliban", {"Afghan Taliban"}),
    ],
)
def test_every_alias_on_one_page_and_with_a_reason(recogniser: str, name: str, aliases: set[str]) -> None:
    (actor,) = [actor for actor in actors(recogniser) if actor.name == name]
    assert {alias.name for alias in actor.aliases} == aliases
    assert all(alias.reason and alias.articles for alias in actor.aliases)


@pytest.mark.parametrize("recogniser", RECOGNISERS)
def test_roles(recogniser: str) -> None:
    roles = {actor.name: {role.words for role in actor.roles} for actor in actors(recogniser)}
    assert "US Special Representative for Afghanistan" in roles["Zalmay Khalilzad"]
    assert "Chief of the Army Staff (COAS) General" in roles["Qamar Javed Bajwa"]
    assert "Prime Minister" in roles["Imran Khan"]
    assert "Foreign Secretary" in roles["Tehmina Janjua"]


@pytest.mark.parametrize("recogniser", RECOGNISERS)
def test_a_second_run_that_knows_the_first_changes_nothing(recogniser: str) -> None:
    assert read_with(recogniser, actors(recogniser)) == actors(recogniser)


def test_numbers_of_articles() -> None:
    named = {actor.name: actor for actor in actors("rules")}
    counts = {alias.name: alias.articles for alias in named["United States"].aliases}
    assert counts == {"US": 5, "American": 2, "Washington": 1, "White House": 1}
    assert [(alias.name, alias.articles) for alias in named["Mohammad Sadiq"].aliases] == [("Muhammad Sadiq", 1)]
