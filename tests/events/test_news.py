"""What an article is mainly about, and on which day that was."""

from __future__ import annotations

from hand_made import read

from dateline.events.news import main_day, main_entry
from dateline.when import UNKNOWN, format, parse

PUBLISHED = parse("2021-04-29")


def day_of(text: str) -> str:
    return format(main_day(read(text).entries, PUBLISHED))


def test_the_background_is_not_the_news_however_it_is_dated() -> None:
    reading = read("Ada Moreno promised help. Acme signed a deal with Borealis on February 29, 2020.")
    weightiest = max(reading.entries, key=lambda entry: entry.salience)
    assert weightiest.word == "deal"
    main = main_entry(reading.entries, PUBLISHED)
    assert main is not None
    assert main.word == "promised"


def test_the_day_is_the_one_that_the_main_event_has() -> None:
    assert day_of("Ada Moreno signed a deal with Tom Brandt on Monday.") == "2021-04-26"


def test_news_without_a_day_has_that_of_its_report() -> None:
    assert day_of("Ada Moreno will sign a deal with Tom Brandt in May.") == "2021-04-29"
    assert day_of("") == "2021-04-29"


def test_news_of_a_week_has_the_day_that_a_like_entry_gives_it() -> None:
    text = "Ada Moreno visited Oslo this week.\nTom Brandt visited Oslo on Monday."
    assert day_of(text) == "2021-04-26"


def test_nothing_is_reckoned_from_an_unknown_day_of_publication() -> None:
    reading = read("Acme signed a deal with Borealis on February 29, 2020.", published="")
    assert format(main_day(reading.entries, UNKNOWN)) == "2020-02-29"
    assert main_day((), UNKNOWN) == UNKNOWN
