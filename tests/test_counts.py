"""How many of what: numbers in words and figures, hedges, and all the numbers that count nothing."""

from __future__ import annotations

from math import inf

import pytest

from dateline.counts import find_counts
from dateline.rules import read_table

STATES = read_table("en/counts/states.tsv")


@pytest.mark.parametrize("row", STATES, ids=lambda row: f"states.tsv:{row.line}")
def test_a_state_reads_its_example(row):
    assert "; ".join(map(str, find_counts(row["example"]))) == row["counts"]


COUNTS = [
    # sentence, word of the happening → counts
    ("Two hundred and ten died.", "", "210 killed"),
    ("Twenty-five people died.", "", "25 killed"),
    ("Between 10 and 15 people were injured.", "", "10 to 15 injured"),
    ("The death toll rose to 12 on Friday.", "", "12 killed"),
    ("The quake left a toll of 1,200.", "", "1200 killed"),
    ("10 killed, 30 wounded", "", "10 killed; 30 injured"),
    ("It killed 10 and wounded 30 others.", "killed", "10 killed; 30 injured"),
    ("It killed 10 civilians, including three children.", "killed", "10 civilians killed"),
    ("Hundreds of people were displaced.", "", ""),  # "of people" names no number
    ("Dozens were killed.", "", "dozens killed"),
    ("The US will withdraw 2,500 troops by May.", "withdraw", "2500 troops"),
    ("Four ministers resigned.", "resigned", "4 ministers"),
    ("One person was killed.", "", "1 killed"),
    # what counts nothing, or something else
    ("Khan, 47, was killed.", "", ""),
    ("A 47-year-old man was killed.", "", ""),
    ("In 2021 people were killed.", "", ""),
    ("On May 10 people were killed.", "", ""),
    ("The 2007 event was held in a hall where people were detained.", "", ""),
    ("More than 2000 people were killed.", "", "more than 2000 killed"),
    ("Four in 10 adults were injured.", "", ""),
    ("Two died within a day, with 42 having been wounded.", "", "2 killed; 42 injured"),
    ("10 percent of people died.", "", ""),
    ("The 10th man died.", "", ""),
    ("They held 3 days of talks.", "held", ""),
    ("One of the men was killed.", "", ""),
    ("No one was killed.", "", ""),
    ("Five of the 12 injured passengers died.", "", ""),
    ("They paid $5 million.", "paid", ""),
    ("The blast killed 12 people a day after another attack killed 40.", "blast", "12 killed"),
    ("An earlier attack killed 40 people.", "blast", "40 killed"),  # the word of the happening is not there
    ("Ten people were killed in Lima and four people were killed in Oslo.", "", ""),  # twice in the same terms
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), COUNTS)
def test_counts_of_a_sentence(text, word, expected):
    assert "; ".join(map(str, find_counts(text, word))) == expected


BOUNDS = [
    ("10 people died", 10, 10),
    ("at least 10 people died", 10, inf),
    ("more than two dozen people died", 24, inf),
    ("up to 10 people died", 0, 10),
    ("no more than 10 people died", 0, 10),
    ("about 100 people died", 90, 110),
    ("10-15 people died", 10, 15),
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS)
def test_a_hedge_opens_or_loosens_a_number(text, low, high):
    (count,) = find_counts(text)
    assert (count.low, count.high) == (pytest.approx(low), pytest.approx(high))


AGREE = [
    ("at least 10 people died", "12 people died", True),
    ("about 100 people died", "98 people died", True),
    ("dozens died", "31 people died", True),
    ("10 people died", "12 people died", False),
    ("10 people died", "at least 12 people died", False),
    ("up to 10 people died", "12 people died", False),
]


@pytest.mark.parametrize(("one", "other", "agree"), AGREE)
def test_what_is_merely_coarser_agrees(one, other, agree):
    (a,), (b,) = find_counts(one), find_counts(other)
    assert a.of == b.of
    assert a.agrees(b) is b.agrees(a) is agree


def test_a_long_sentence_costs_little():
    for text in ("10 " * 20_000, "killed 10 " * 10_000, "at least " * 10_000 + "10 died", "9" * 100_000 + " died"):
        assert len(find_counts(text, "died")) <= 1
