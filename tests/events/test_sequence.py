"""Dates that another clause of the sentence, or another day of the paragraph, gives a happening."""

from __future__ import annotations

import pytest
from test_whose_date import of, read

from dateline.when import format


@pytest.mark.parametrize(
    ("text", "word", "when"),
    [
        # before what came after it, which alone is dated; published 2024-10-08, a Tuesday
        ("Jane Roe was jailed in 2021 after police arrested Tom Brandt in Oslo.", "arrested", "../2021"),
        ("After police arrested Tom Brandt, Jane Roe resigned on Monday.", "arrested", "../2024-10-07"),
        ("Jane Roe warned the mayor three times before the bridge collapsed on 2 October.", "warned", "../2024-10-02"),
        ("Jane Roe warned that the bridge might fall before it collapsed on 2 October.", "warned", "../2024-10-02"),
        # what is to come bounds nothing, nor does what is only said to have been before
        ("Jane Roe warned the mayor before the bridge closes on 2 November.", "warned", "2024-10-08"),
        ("Jane Roe said on Monday that Tom Brandt had left before it collapsed on 2 October.", "said", "2024-10-07"),
        # what goes on behind a part of the day is no clause of its own
        ("Jane Roe attacked Tom Brandt before dawn on 2 October and announced a revolt.", "attacked", "2024-10-02"),
        # what came of it was on its day
        ("Nobody was inside when the bridge collapsed on 2 October, killing Jane Roe.", "killing", "2024-10-02"),
        # each part of a list has its own date
        ("The first plane was sent by Norway in April 2022, and the second on 3 August.", "sent", "2022-04"),
        ("The firm sold its mine in 2019, its mill in May 2020 and the rest on 2 October.", "sold", "2019"),
        # the date of another noun is not that of the verb's subject
        ("Jane Roe plans to close the deal by March 2025.", "close", "../2025-03"),
    ],
)
def test_a_clause_has_the_date_that_its_sentence_gives_it(text: str, word: str, when: str) -> None:
    assert format(of(text)[word].when) == when


def test_what_a_limit_was_reckoned_from_is_told() -> None:
    found = of("Jane Roe warned the mayor three times before the bridge collapsed on 2 October.")["warned"]
    assert (found.when_words, found.when_reckoned) == ("2 October", "by 2 October 2024, the time of what came after it")


def test_behind_a_day_before_that_of_the_news_a_stretch_is_told_and_no_single_day() -> None:
    text = (
        "A bus crashed near Oslo early on Monday, killing Jane Roe.\n\n"
        "It left Bergen on Sunday evening, said Tom Brandt. Ann Poe was rescued by farmers."
    )
    found = {entry.word: entry for entry in read(text, "2024-10-07").entries}
    assert format(found["rescued"].when) == "[2024-10-06..2024-10-07]"
    assert format(found["said"].when) == "2024-10-07"


@pytest.mark.parametrize("end", ["after that.", "after that and has not resumed them."])
def test_what_was_after_that_has_no_day_of_the_news(end: str) -> None:
    text = f"Rebels attacked Oslo on Monday. Norway suspended patrols {end}"
    assert format(of(text)["suspended"].when) == ""


def test_a_verb_behind_and_does_not_carry_the_noun_before_it() -> None:
    found = of("The probe landed in Oslo on 2 October after a flight of six weeks and began drilling four days later.")
    assert "flight" not in found
