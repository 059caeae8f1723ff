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
ITEMS = newswire.load_items()
ITEM_FLOORS = {"value": 94, "strict": 96, "relaxed": 98}
DAY_FLOORS = {"day recall": 94, "day precision": 89, "stretches": 96}
FLOORS = {"dev": {"value": 98, "strict": 98, "relaxed": 98}, "held-out": {"value": 89, "strict": 91, "relaxed": 95}}


def test_the_documents_are_those_of_the_source():
    stored = (HOME / "newswire.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in stored] == RECORDS
    assert len(RECORDS) >= 150


def test_annotations_are_sound():
    for record in RECORDS + ITEMS:
        date.fromisoformat(record["published"])
        assert "|" not in record["text"]
        assert "[" not in record["text"]
        for timex in record["timex"]:
            assert record["text"][timex["start"] : timex["end"]] == timex["text"]


@pytest.mark.parametrize("half", ["dev", "held-out"])
def test_reading_stays_as_good_as_measured(half):
    figures, _ = newswire.score([record for record in RECORDS if record["half"] == half])
    assert {name: figure for name, figure in figures.items() if figure < FLOORS[half][name]} == {}


def test_news_items_are_read_as_well_as_measured():
    assert sum(len(item["sentences"]) for item in ITEMS) >= 220
    figures, _ = newswire.score(ITEMS)
    days, _ = newswire.score_days(ITEMS)
    found = figures | days
    assert {name: found[name] for name, floor in (ITEM_FLOORS | DAY_FLOORS).items() if found[name] < floor} == {}


def test_a_sentence_of_an_item_ends_where_the_next_begins():
    for item in ITEMS:
        texts = [item["text"][start:end] for start, end in item["sentences"]]
        assert " ".join(texts) == item["text"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2013-W11", "[2013-03-11..2013-03-17]"),
        ("2013-W11-WE", "[2013-03-16..2013-03-17]"),
        ("2012-Q4", "2012-10/2012-12"),
        ("199", "199X"),
        ("2013-03-18TNI", "2013-03-18"),
    ],
)
def test_a_value_shows_the_days_it_means(value, wanted):
    assert newswire.meaning({"text": "", "type": "DATE", "value": value}) == newswire.parse(wanted)


@pytest.mark.parametrize(("value", "kind"), [("P3D", "DURATION"), ("XXXX-WXX-2", "SET"), ("PRESENT_REF", "DATE")])
def test_a_value_without_days_means_none(value, kind):
    assert newswire.meaning({"text": "", "type": kind, "value": value}) is None


@pytest.mark.parametrize(
    ("told", "clock", "value"),
    [
        ("The quake struck on Saturday.", "It was felt at 8:50 a.m. and lasted a minute.", "2005-10-08T08:50"),
        ("They met on Saturday.", "Talks will resume at 8:50 a.m. in Rome.", "2005-10-10T08:50"),
        ("They met on September 2.", "It was felt at 8:50 a.m. and lasted a minute.", "2005-10-10T08:50"),
    ],
)
def test_a_time_of_day_belongs_to_the_day_of_the_news_told_before(told, clock, value):
    spans = [(0, len(told)), (len(told) + 1, len(told) + 1 + len(clock))]
    record = {"id": "x", "text": f"{told} {clock}", "published": "2005-10-10", "sentences": spans}
    assert [timex.value for timex in newswire.read(record) if timex.type == "TIME"] == [value]
