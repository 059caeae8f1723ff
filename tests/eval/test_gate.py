from __future__ import annotations

import json

import pytest

import gate


@pytest.fixture(scope="module")
def kept() -> dict:
    return json.loads(gate.FLOORS.read_text(encoding="utf-8"))


def test_floors_belong_to_this_data(kept):
    assert kept["data"] == gate.data_digest()


@pytest.mark.parametrize("recogniser", gate.RECOGNISERS)
def test_no_score_falls_below_its_floor(recogniser, kept):
    assert gate.falls(gate.measure(recogniser), kept["floors"][recogniser]) == []


@pytest.mark.parametrize(
    ("scores", "floors", "expected"),
    [
        ({"a": 70.0}, {"a": 70.0}, []),
        ({"a": 69.6}, {"a": 70.0}, []),
        ({"a": 69.4}, {"a": 70.0}, ["a: 69.4 is below its floor 70.0"]),
        ({}, {"a": 70.0}, ["a: 0.0 is below its floor 70.0"]),
        ({"b": 70.0}, {}, ["b: no floor for this score"]),
    ],
)
def test_a_fall_is_told(scores, floors, expected):
    assert gate.falls(scores, floors) == expected


def test_a_floor_is_lowered_only_when_that_is_allowed():
    assert gate.updated({"a": 60.0, "b": 5.0}, {"a": 70.0, "b": 4.0}, False) == {"a": 70.0, "b": 5.0}
    assert gate.updated({"a": 60.0}, {"a": 70.0}, True) == {"a": 60.0}
