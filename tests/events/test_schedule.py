"""For which days an event was set and how these were moved: each example of the list is a test."""

from __future__ import annotations

import re

import pytest

from dateline import build
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.events.join import join_events
from dateline.events.schedule import find_told
from dateline.model import Article, Document, Event, Reading
from dateline.rules import read_table
from dateline.text import split_paragraphs
from dateline.when import format, parse

ROWS = [row for row in read_table("en/events/schedule.tsv") if row["example"]]


def read(text: str, published: str = "2021-04-23", id_: str = "a") -> Reading:
    article = Article(id=id_, seed=id_, digest=id_, published=parse(published))
    document = Document(article=article, text=text, paragraphs=split_paragraphs(text))
    (reading,) = build.read([document], find_mentions([document], load_recogniser("rules", "")))
    entries = build.reconcile.keep_ids((build.replace(entry, article=id_) for entry in reading.entries), (), set())
    return build.replace(reading, entries=entries)


def told(text: str) -> list[tuple[str, str, str]]:
    return [(one.course, format(one.when), one.words) for one in find_told(read(text))]


def event(*readings: Reading) -> Event:
    (found,) = join_events(readings, [entry for reading in readings for entry in reading.entries]).events
    return found


def history(found: Event) -> list[tuple[str, str, str]]:
    return [(one.course, format(one.when), one.words) for one in found.history]


@pytest.mark.parametrize("row", ROWS, ids=[f"schedule.tsv:{row.line}" for row in ROWS])
def test_examples(row):
    kept = re.search(r"\[(.*?)\]", row["example"])
    assert kept
    words = "" if kept.group(1) == "-" else kept.group(1)
    found = told(row["example"].translate(str.maketrans("", "", "[]")))
    assert words in [shown for _, _, shown in found]
    sort = {"former": "planned", "undated": "postponed", "often": "postponed", "part": "postponed"}.get(
        row["sort"], row["sort"]
    )
    assert sort in [course for course, _, shown in found if shown == words]


def test_a_date_that_was_moved_twice():
    text = "The Oslo summit, originally due on April 16, was postponed to April 24 and then put off until June."
    assert told(text) == [
        ("planned", "2021-04-16", "April 16"),
        ("postponed", "2021-04-24", "April 24"),
        ("postponed", "2021-06", "June"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Oslo summit was not postponed.",
        "The Oslo summit ended on May 3.",
        "The Oslo summit failed due to rain on May 3.",
        "The flight was scheduled for May 3.",
        "",
    ],
)
def test_what_sets_no_date(text):
    assert told(text) == []


def test_the_day_of_moving_is_not_the_new_day():
    assert told("The Oslo summit was postponed on Monday.") == [("postponed", "", "")]


def test_it_means_the_event_named_last():
    assert told("Norway hosts the Oslo summit. It was moved from May 3 to May 10.") == [
        ("planned", "2021-05-03", "May 3"),
        ("postponed", "2021-05-10", "May 10"),
    ]


FIRST = read("Norway will host the Oslo summit. The Oslo summit is scheduled for May 3.", "2021-04-20", "a")
MOVED = read("Norway hosts the Oslo summit. The Oslo summit was postponed to May 10, Norway said.", "2021-04-28", "b")
CALLED_OFF = read("Norway called off the Oslo summit on Friday.", "2021-05-07", "c")
HELD = read("Norway hosted the Oslo summit on May 10. Norway praised the Oslo summit.", "2021-05-11", "d")


def test_the_history_stands_in_order_of_report_whatever_the_order_of_articles():
    found = event(MOVED, FIRST)
    assert history(found) == [("planned", "2021-05-03", "May 3"), ("postponed", "2021-05-10", "May 10")]
    assert [one.article for one in found.history] == ["a", "b"]
    assert event(FIRST, MOVED) == found


def test_the_own_date_is_the_one_that_holds_by_the_last_report():
    assert format(event(FIRST).when) == "2021-05-03"
    assert format(event(FIRST, MOVED).when) == "2021-05-10"
    assert event(FIRST, MOVED).when_reason == "postponed to “May 10” by the last report that tells a day"
    assert format(event(FIRST, MOVED, CALLED_OFF).when) == ""


def test_contradicting_plans_stand_side_by_side():
    other = read("Norway will host the Oslo summit. The Oslo summit is scheduled for May 5.", "2021-04-21", "e")
    assert [when for _, when, _ in history(event(FIRST, other))] == ["2021-05-03", "2021-05-05"]


def test_what_took_place_is_not_dated_by_plans():
    assert format(event(FIRST, MOVED, HELD).when) == "2021-05-10"


def test_a_mere_postponement_takes_the_planned_day_away_but_not_a_new_one():
    vague = read("Norway hosts the Oslo summit. The Oslo summit was postponed.", "2021-05-01", "f")
    assert format(event(FIRST, vague).when) == ""
    assert format(event(FIRST, MOVED, vague).when) == "2021-05-10"


def test_hundreds_of_cues_in_a_sentence():
    text = "The Oslo summit was " + "postponed to May 10 and " * 200 + "held."
    assert told(text)[0] == ("postponed", "2021-05-10", "May 10")


@pytest.mark.parametrize(
    "text",
    [
        "The sale of tickets for the Oslo summit was cancelled.",
        "The debate about the Oslo summit was postponed to May 3.",
        "Jane Roe postponed the vote on the Doha deal to May 10.",
    ],
)
def test_what_is_put_off_is_the_head_not_the_event_that_it_is_about(text: str) -> None:
    assert not told(text)
    assert told("The Oslo summit was postponed to May 3.") == [("postponed", "2021-05-03", "May 3")]
    assert told("The opening of the Oslo summit was cancelled.") == [("cancelled", "", "")]
