from __future__ import annotations

from collections import Counter

import pytest

from dateline.actors import world
from dateline.rules import DATA, read_table

LISTS = sorted(
    path.relative_to(DATA).as_posix() for folder in ("world", "en/names") for path in (DATA / folder).glob("*.tsv")
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_where_it_comes_from_and_holds_nothing_twice(name: str) -> None:
    head = [line for line in (DATA / name).read_text("utf-8").split("\n") if line.startswith("#")]
    assert any("Provenance:" in line and "Licence:" in line for line in head)
    rows = [tuple(row.cells.values()) for row in read_table(name)]
    assert rows
    assert [row for row, count in Counter(rows).items() if count > 1] == []


def test_the_states_of_the_world_are_there_once() -> None:
    states = [country for country in world.countries() if country.status == "state"]
    assert 193 <= len(states) <= 200
    for column in ("iso2", "iso3", "wikidata"):
        values = [row[column] for row in read_table("world/countries.tsv") if row[column]]
        assert len(values) == len(set(values)), column
    assert all(len(code) in (2, 3) and code.isupper() for country in states for code in country.codes)


def test_no_name_stands_for_two_countries_or_bodies() -> None:
    forms = Counter(form for c in world.countries() for form in {c.name, *c.aliases})
    forms += Counter(form for b in world.bodies() for form in {b.name, *b.aliases})
    assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("US", "United States"), ("America", "United States"), ("UAE", "United Arab Emirates"), ("UK", "United Kingdom"),
        ("Burma", "Myanmar"), ("UN", "United Nations"), ("Nato", "NATO"), ("White House", "United States"),
        ("PAKISTAN", "Pakistan"), ("us", ""), ("Utopia", ""),
    ],
)  # fmt: skip
def test_names_of_the_tables(form: str, name: str) -> None:
    assert world.table_name(form) == name
