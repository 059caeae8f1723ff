"""Which days of a corpus matter, and why. Texts are made up; places and people do not exist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from dateline import build
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.highlights import Highlight, find_highlights
from dateline.model import Article, Document
from dateline.text import digest, split_paragraphs
from dateline.when import parse

BLAST = date(2010, 4, 20)
"""A Tuesday."""


def highlights(*articles: tuple[str, str]) -> tuple[Highlight, ...]:
    """The days that articles tell of: (day of publication, text)."""
    documents = [
        Document(
            article=Article(id=f"{number:03}", seed=f"{number}", digest=digest(text), published=parse(day)),
            text=text,
            paragraphs=split_paragraphs(text),
        )
        for number, (day, text) in enumerate(articles)
    ]
    return find_highlights(build.read(documents, find_mentions(documents, load_recogniser("rules", ""))))


def days(found: Sequence[Highlight]) -> list[str]:
    return [one.day.isoformat() for one in found]


def test_the_day_of_the_news_stands_before_the_day_of_the_paper() -> None:
    found = highlights(
        ("2010-04-21", "An explosion killed 11 people at a refinery in Darsali on Tuesday."),
        ("2010-04-21", "Governor Idris Maro visited Darsali, where an explosion killed 11 people yesterday."),
    )
    assert days(found)[0] == "2010-04-20"
    assert found[0].reasons == ("told of in 2 articles", "the news of 2")


def test_what_later_articles_come_back_to_stands_before_what_filled_one_day() -> None:
    first = ("2010-04-21", "An explosion killed 11 people at a refinery in Darsali on Tuesday.")
    recalling = [
        (f"2010-0{month}-1{n}", f"Judge number {n} heard Ada Moreno. The refinery exploded on April 20.")
        for n, month in enumerate((5, 6, 7, 8))
    ]
    burst = [
        ("2010-05-03", f"Minister Tom Brandt opened a museum on Monday. Visitor {n} bought a ticket.") for n in range(4)
    ]
    found = highlights(first, *recalling, *burst)
    assert days(found)[:2] == ["2010-04-20", "2010-05-03"]
    assert "recalled in 4" in found[0].reasons


def test_copies_of_one_text_count_once() -> None:
    story = "An explosion killed 11 people at a refinery in Darsali on Tuesday."
    once, often = highlights(("2010-04-21", story)), highlights(*[("2010-04-21", story)] * 5)
    assert [(one.day, one.score) for one in once] == [(one.day, one.score) for one in often]


def test_what_is_only_planned_weighs_less_than_what_came() -> None:
    found = highlights(
        ("2010-04-21", "Ada Moreno met Tom Brandt on Tuesday."),
        ("2010-04-21", "Ada Moreno will meet Tom Brandt on May 4."),
    )
    scores = {one.day: one.score for one in found}
    assert scores[date(2010, 5, 4)] < scores[BLAST]


def test_where_the_topic_comes_from_weighs_less_than_the_topic() -> None:
    found = highlights(
        *[("2010-04-21", f"Ada Moreno met {name} Brandt on Tuesday.") for name in ("Tom", "Ina", "Leo")],
        *[("2010-04-22", f"The war began on September 11, 2001, said {name} Silva.") for name in ("Tom", "Ina", "Leo")],
    )
    assert days(found).index("2010-04-20") < days(found).index("2001-09-11")


def test_months_and_years_are_no_days() -> None:
    found = highlights(("2010-04-21", "In March 2009 Ada Moreno met Tom Brandt. They had met in 2007."))
    assert days(found) == ["2010-04-21"]


def test_articles_without_a_date_tell_of_the_days_that_they_name() -> None:
    assert days(highlights(("", "Ada Moreno met Tom Brandt on April 20, 2010. They argued."))) == ["2010-04-20"]
    assert highlights(("", "Ada Moreno met Tom Brandt. They argued.")) == ()
    assert highlights() == ()


@pytest.mark.parametrize("text", ["", "0001-01-01", "Ada Moreno met Tom Brandt on January 1, 0001."])
def test_the_ends_of_time_break_nothing(text: str) -> None:
    for day in ("0001-01-01", "9999-12-31", "20XX", "2010"):
        highlights((day, text))


def test_the_order_of_articles_changes_nothing() -> None:
    articles = [
        ("2010-04-21", "An explosion killed 11 people at a refinery in Darsali on Tuesday."),
        ("2010-04-23", "Soldiers attacked a village near Kemora on Thursday. The refinery exploded on April 20."),
        ("2010-05-01", "Minister Tom Brandt resigned yesterday."),
    ]
    there = [(one.day, one.score, one.reasons) for one in highlights(*articles)]
    assert there == [(one.day, one.score, one.reasons) for one in highlights(*reversed(articles))]
