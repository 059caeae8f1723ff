"""Whom a sentence credits with what it tells: every frame by its examples, and what must name nobody."""

from __future__ import annotations

import pytest

from dateline.origins import agencies, body_of, is_anonymous, origins_in, plain
from dateline.rules import read_table

FRAMES = read_table("en/origins/frames.tsv")
BODIES = read_table("en/origins/bodies.tsv")


@pytest.mark.parametrize("row", FRAMES, ids=lambda row: f"frames.tsv:{row.line}")
def test_a_frame_reads_its_example(row):
    expected = [plain(row["origin"])] if row["origin"] else []
    assert [plain(name) for name in origins_in(row["example"])] == expected


def test_every_frame_has_an_example_that_names_somebody():
    named = {row["frame"] for row in FRAMES if row["origin"]}
    assert named == {row["frame"] for row in FRAMES}


@pytest.mark.parametrize("row", BODIES, ids=lambda row: f"bodies.tsv:{row.line}")
def test_a_body_without_a_name_is_itself_and_an_anonymous_source_is_nobody(row):
    assert origins_in(row["example"]) == ((row["meaning"],) if row["meaning"] else ())
    assert {body_of(words) for words in row["words"].split(", ")} == {row["meaning"]}


@pytest.mark.parametrize(
    ("text", "outlets", "expected"),
    [
        ("The minister told Al Araby TV that he would go.", ("al araby tv",), ["al araby tv"]),
        ("The minister told Parliament that he would go.", ("al araby tv",), []),
        ("On Thursday Reuters reported that he had gone.", (), ["reuters"]),
        ("The Taliban report to nobody.", (), []),
        ("He said the statement was wrong.", (), []),
        ("A joint statement was issued.", (), []),
        ("“Both sides agreed,” a statement of the Foreign Office said.", (), ["foreign office"]),
        ("", (), []),
    ],
)
def test_names_in_a_sentence(text, outlets, expected):
    assert [plain(name) for name in origins_in(text, outlets)] == expected


def test_an_agency_is_one_under_all_its_names():
    assert plain("AP") == plain("The Associated Press") == plain("Associated Press")
    assert plain("Agence France-Presse") == plain("AFP")
    assert plain("AFP") != plain("AP")
    assert all(name == name.lower() for name in agencies())


@pytest.mark.parametrize(
    ("words", "anonymous"),
    [
        ("a senior Pakistani official", True),
        ("sources", True),
        ("diplomatic sources", True),
        ("Pakistani officials", False),  # capitals: left to the actor that it was read as
        ("the army chief", False),
        ("Mohammad Naeem", False),
        ("he", False),
    ],
)
def test_anonymous_speakers(words, anonymous):
    assert is_anonymous(words) is anonymous


def test_a_long_hostile_sentence_costs_little():
    for text in ("A-" * 50_000, "Aa " * 50_000, "according to " * 20_000, "( " * 50_000, "’s " * 50_000):
        assert len(origins_in(text)) < 5_000
