"""The rules read made-up newswire about as well as measured; the annotations are sound."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).parent


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("newswire", HOME / "newswire.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


newswire = _script()
RECORDS = newswire.load()
FLOORS = {"dev": {"value": 98, "strict": 98, "relaxed": 98}, "held-out": {"value": 89, "strict": 91, "relaxed": 95}}


def test_the_documents_are_those_of_the_source():
    stored = (HOME / "newswire.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in stored] == RECORDS
    assert len(RECORDS) >= 150


def test_annotations_are_sound():
    for record in RECORDS:
        date.fromisoformat(record["published"])
        assert "|" not in record["text"]
        assert "[" not in record["text"]
        for timex in record["timex"]:
            assert record["text"][timex["start"] : timex["end"]] == timex["text"]


@pytest.mark.parametrize("half", ["dev", "held-out"])
def test_reading_stays_as_good_as_measured(half):
    figures, _ = newswire.score([record for record in RECORDS if record["half"] == half])
    assert {name: figure for name, figure in figures.items() if figure < FLOORS[half][name]} == {}
