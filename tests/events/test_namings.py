"""Named events of one article, and all that means them."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.when import format


def names(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for naming in read(text).namings:
        found.setdefault(naming.name, []).append(naming.text)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Noor praised the Istanbul Conference. The conference was long. The moot ended.",
            {"Istanbul Conference": ["Istanbul Conference", "conference", "moot"]},
        ),
        (
            "Noor praised the Istanbul Conference. The conference in Turkey was long.",
            {"Istanbul Conference": ["Istanbul Conference", "conference"]},
        ),
        ("Noor recalled the US-Taliban deal. The deal was signed.", {"US-Taliban deal": ["US-Taliban deal", "deal"]}),
        ("Noor saw the talks held in Oslo.", {"Oslo talks": ["talks"]}),
        ("Oslo hosted a similar meeting in 2018.", {"Oslo meeting": ["meeting"]}),
        ("Brandt’s visit to Oslo was short.", {"Brandt’s visit to Oslo": ["visit"]}),
        ("The US will withdraw its troops.", {"US troop withdrawal": ["withdraw"]}),
        ("Noor feared the withdrawal of US troops.", {"US troop withdrawal": ["withdrawal"]}),
        ("Noor attended the Oslo Film Festival.", {"Oslo Film Festival": ["Oslo Film Festival"]}),
        (
            "Noor saw the Oslo summit and the Lima summit.",
            {"Oslo summit": ["Oslo summit"], "Lima summit": ["Lima summit"]},
        ),
    ],
)
def test_names_and_what_refers_back(text: str, expected: dict[str, list[str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The process was slow.",
        "The meeting was long.",
        "They need to review the harsh treatment.",
        "A crucial conference is a crucial conference.",
        "Any Oslo summit would fail.",
        "The militant group’s attacks in Peru went on.",
    ],
)
def test_what_nothing_tells_apart_is_no_event(text: str) -> None:
    assert names(text) == {}


def test_a_date_in_the_name_is_the_events_own() -> None:
    naming = read("Noor signed the February 29, 2020 deal.").namings[0]
    assert (naming.name, format(naming.when)) == ("February 29, 2020 deal", "2020-02-29")


def test_one_agreement_named_by_place_and_by_day() -> None:
    text = "The US recalled the February 29, 2020 deal. The US praised the Doha accord. The deal holds."
    assert names(text) == {"Doha accord": ["February 29, 2020 deal", "Doha accord", "deal"]}


def test_two_events_of_one_name_are_told_apart_by_year() -> None:
    text = "Moreno attends a meeting in May in Oslo. Oslo hosted a similar meeting in 2018."
    assert sorted(names(text)) == ["Oslo meeting (2018)", "Oslo meeting (2021)"]
