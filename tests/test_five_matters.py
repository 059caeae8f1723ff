"""What the five articles must show of events, built from the seeds alone with the day of each as a person gives it."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from dateline import build
from dateline.actors.recognise import find_model
from dateline.independence import Origins
from dateline.model import Corpus, Entry, Event
from dateline.when import format
from trackers import files_of, make_tracker

SEEDS = Path(__file__).parents[1] / "seeds"
DAYS = {
    "000": "[2021-04-19..2021-04-25]",
    "001": "2021-04-29",
    "002": "2021-03-07",
    "003": "2019-01-17",
    "004": "2019-01-17",
}
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
pytestmark = pytest.mark.parametrize("recogniser", RECOGNISERS)


@cache
def tracker(recogniser: str) -> tuple[Path, Corpus]:
    """A tracker of the five articles, and what it holds once built."""
    model = f"model: {find_model()}\n" if recogniser == "spacy" else ""
    files = f"-- content/site.yaml --\ntitle: Five\nrecogniser: {recogniser}\n{model}"
    for seed in sorted(SEEDS.iterdir()):
        files += f'-- content/articles/{seed.name[:3]}.yaml --\nseed: {seed.name}\npublished: "{DAYS[seed.name[:3]]}"\n'
    folder = make_tracker(Path(mkdtemp()), files)
    (folder / "seeds").mkdir()
    for seed in SEEDS.iterdir():
        (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
    corpus = build.build(folder).corpus
    assert corpus
    return folder, corpus


def named(recogniser: str, *names: str) -> Event:
    """The one event that bears one of these names, or the first of them and a year."""
    wanted = {name.casefold() for name in names}
    found = [
        event
        for event in tracker(recogniser)[1].events
        if wanted & {event.label.casefold(), *(alias.name.casefold() for alias in event.aliases)}
    ]
    assert len(found) == 1, [event.label for event in found]
    return found[0]


def told(recogniser: str, event: Event) -> list[Entry]:
    return [entry for entry in tracker(recogniser)[1].entries if event.id in entry.events]


def articles(recogniser: str, event: Event) -> set[str]:
    return {entry.article for entry in told(recogniser, event)}


@pytest.mark.parametrize(
    ("names", "holders"),
    [
        (("Istanbul Conference",), {"000", "001"}),
        (("Doha deal", "Doha agreement"), {"000", "001", "002"}),
        (("US troop withdrawal",), {"000", "001", "002"}),
        (("Khalilzad’s visit to Islamabad",), {"003", "004"}),
        (("Abu Dhabi talks",), {"003", "004"}),
        (("Moscow meeting (2021)",), {"002"}),
        (("Moscow meeting (2018)",), {"002"}),
        (("intra-Afghan talks", "intra-Afghan dialogue"), {"000", "002", "003", "004"}),
        (("Jeddah round",), {"004"}),
    ],
)
def test_one_event_each_with_these_articles(recogniser, names, holders):
    assert articles(recogniser, named(recogniser, *names)) == holders


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Istanbul Conference", {"Istanbul Summit", "the conference", "the moot"}),
        ("Doha deal", {"Doha accord", "Doha agreement", "US-Taliban deal", "February 29, 2020 deal", "the deal"}),
    ],
)
def test_all_their_names(recogniser, label, names):
    assert names <= {alias.name for alias in named(recogniser, label).aliases}


def test_the_agreement_has_its_day_and_says_why(recogniser):
    deal = named(recogniser, "Doha deal")
    assert format(deal.when) == "2020-02-29"
    assert deal.when_reason


def test_what_2019_says_of_a_withdrawal_is_not_put_into_2021(recogniser):
    withdrawal = named(recogniser, "US troop withdrawal")
    dates = [entry.when for entry in told(recogniser, withdrawal) if entry.when.known]
    assert dates
    assert {when.last_day.year for when in dates} == {2021}
    assert not {one.article for one in withdrawal.history} & {"003", "004"}


def test_the_two_meetings_in_moscow_share_nothing(recogniser):
    late, early = named(recogniser, "Moscow meeting (2021)"), named(recogniser, "Moscow meeting (2018)")
    assert (format(early.when), format(late.when)) == ("2018", "[2021-03-08..2021-03-31]")
    assert not {entry.id for entry in told(recogniser, late)} & {entry.id for entry in told(recogniser, early)}


def test_the_round_in_jeddah_was_called_off(recogniser):
    courses = {entry.course for entry in told(recogniser, named(recogniser, "Jeddah round"))}
    assert "cancelled" in courses


def test_the_conference_was_put_off_more_than_once(recogniser):
    conference = named(recogniser, "Istanbul Conference")
    steps = [(one.article, one.course, one.words) for one in conference.history]
    assert steps == [
        ("000", "postponed", "twice"),
        ("000", "postponed", "after the holy month of Ramazan"),
        ("001", "postponed", "to a later date"),
    ]
    assert format(conference.when) == "2021-05-14/.."
    folder, _ = tracker(recogniser)
    page = (folder / "site" / "events" / "istanbul-conference.html").read_text("utf-8")
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "How its date was set and moved" in words
    assert "postponed, from 14 May 2021" in words


@pytest.mark.parametrize(
    ("part", "larger"),
    [
        ("intra-Afghan talks", "Afghan peace process"),
        ("Istanbul Conference", "Afghan peace process"),
        ("Moscow meeting (2021)", "Afghan peace process"),
        ("US troop withdrawal", "Doha deal"),
    ],
)
def test_what_is_part_of_what(recogniser, part, larger):
    found = named(recogniser, part)
    assert found.part_of == named(recogniser, larger).id
    assert found.part_reason


def rows(recogniser: str, *words: str) -> list[list[Entry]]:
    """The happenings in whose labels all the words stand, with all their entries."""
    corpus = tracker(recogniser)[1]
    ids = {entry.happening or entry.id for entry in corpus.entries if all(word in entry.label for word in words)}
    return [[entry for entry in corpus.entries if (entry.happening or entry.id) == id_] for id_ in sorted(ids)]


@pytest.mark.parametrize(
    ("words", "holders"),
    [
        (("pull out", "September 11"), {"000", "001"}),  # what Biden announced
        (("Khalilzad", "Janjua"), {"003", "004"}),
        (("Khalilzad", "Bajwa"), {"003", "004"}),
        (("Both sides agreed",), {"003", "004"}),
    ],
)
def test_rows_with_two_reports(recogniser, words, holders):
    assert holders in [{entry.article for entry in row} for row in rows(recogniser, *words)]


def test_what_both_sides_agreed_has_one_origin(recogniser):
    (row,) = rows(recogniser, "Both sides agreed")
    assert Origins(tracker(recogniser)[1]).of(row).tally(len(row)) == "2 reports, 1 origin"


def test_nothing_is_made_of_what_nobody_names_here(recogniser):
    assert [event.label for event in tracker(recogniser)[1].events if event.reason] == []


def test_a_second_build_changes_nothing(recogniser):
    folder, _ = tracker(recogniser)
    first = files_of(folder)
    build.build(folder)
    assert files_of(folder) == first
