"""What an article makes much of, and the reasons that add up to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import read

from dateline.events.salience import doubts, reasons, salience
from dateline.model import Entry

TEXT = """Ada Moreno signed a deal with Tom Brandt on Monday.
Moreno had visited Oslo in 2018.
Brandt said Acme would sell its mine."""


def entry(word: str, text: str = TEXT) -> Entry:
    return next(entry for entry in read(text).entries if entry.word == word)


def test_the_news_weighs_more_than_its_background() -> None:
    reading = read(TEXT)
    assert max(reading.entries, key=lambda e: e.salience).word == "deal"
    assert entry("deal").salience > entry("visited").salience


def test_the_reasons_add_up_to_the_weight() -> None:
    found, article = entry("deal"), read(TEXT).document.article
    told = list(reasons(found, article))
    assert [reason for _, reason in told] == [
        "class agreement",
        "a day shortly before the report, or still to come",
        "2 who act are named",
    ]
    assert salience(found, article, 0) == pytest.approx(sum(points for points, _ in told) + 0.25)


def test_what_the_headline_tells_weighs_more() -> None:
    found, article = entry("visited"), read(TEXT).document.article
    headed = replace(article, title="Moreno visited Oslo", title_basis="text")
    assert (0.15, "100% of the headline’s words") in list(reasons(found, headed))
    assert salience(found, headed, 1) == pytest.approx(salience(found, article, 1) + 0.15)
    generated = replace(headed, title_basis="generated")
    assert salience(found, generated, 1) == salience(found, article, 1)


def test_what_did_not_happen_and_what_is_claimed_weigh_less() -> None:
    denied = entry("deal", "Ada Moreno denied that Acme had signed a deal with Brandt on Monday.")
    assert [reason for _, reason in doubts(denied)] == ["Ada Moreno denies it"]
    refused = entry("deal", "Ada Moreno did not sign a deal with Brandt on Monday.")
    assert [reason for _, reason in doubts(refused)] == ["did not happen"]


def test_an_entry_that_a_person_writes_has_a_weight_too() -> None:
    plain = Entry(quote="x", word="x", event_class="hobby", label="x")
    assert 0 < salience(plain, read(TEXT).document.article, 10) < 0.25
