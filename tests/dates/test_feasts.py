"""Feasts: the table is what arithmetic gives, known feasts stand in it, and a doubtful day is never told as a fact."""

from __future__ import annotations

from datetime import date

import pytest
from feast_table import TABLE, table

from dateline import when as w
from dateline.dates import algebra as a
from dateline.dates import find_timexes
from dateline.dates.feasts import Feast, days_of, feast_of
from dateline.model import Article, Document, Paragraph, Style, Timex
from dateline.rules import read_table
from dateline.when import parse


def read(text: str, published: str = "2021-04-21", style: Style = "news") -> tuple[Timex, ...]:
    article = Article(id="x", seed="", published=parse(published), style=style)
    return find_timexes(Document(article=article, text=text, paragraphs=(Paragraph(start=0, end=len(text)),)), ())


def test_the_table_is_what_published_arithmetic_gives() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


KEPT = [
    # feast, the days on which it was kept or began
    ("easter", "1916-04-23 1961-04-02 1998-04-12 2021-04-04 2024-03-31 2038-04-25"),
    ("orthodox-easter", "2021-05-02 2022-04-24 2024-05-05"),
    ("good-friday", "1998-04-10 2021-04-02"),
    ("thanksgiving", "1989-11-23 2001-11-22 2012-11-22 2018-11-22"),
    ("black-friday", "2019-11-29 2021-11-26"),
    ("labor-day", "1998-09-07 2020-09-07 2021-09-06"),
    ("memorial-day", "1999-05-31 2021-05-31 2022-05-30"),
    ("martin-luther-king-day", "2020-01-20 2021-01-18"),
    ("mothers-day", "1998-05-10 2021-05-09"),
    ("election-day", "2000-11-07 2016-11-08 2020-11-03"),
    ("passover", "2019-04-20 2021-03-28 2024-04-23"),
    ("rosh-hashanah", "2020-09-19 2021-09-07 2023-09-16"),
    ("yom-kippur", "1973-10-06 2021-09-16"),
    ("hanukkah", "2021-11-29 2022-12-19 2024-12-26"),
    ("purim", "2021-02-26 2024-03-24"),
    ("lunar-new-year", "1968-01-30 1985-02-20 2008-02-07 2020-01-25 2021-02-12 2033-01-31 2034-02-19"),
    ("nowruz", "2008-03-20 2019-03-21 2020-03-20 2021-03-21"),
    ("diwali", "2016-10-30 2019-10-27 2020-11-14 2021-11-04 2023-11-12"),
]


@pytest.mark.parametrize(("feast", "days"), KEPT, ids=[feast for feast, _ in KEPT])
def test_known_feasts(feast: str, days: str) -> None:
    for day in days.split():
        on = date.fromisoformat(day)
        assert abs(days_of(feast_of(feast).rule, on.year)[0] - on).days <= (feast in ("lunar-new-year", "nowruz"))


@pytest.mark.parametrize(
    ("feast", "saudi", "pakistan"),
    [
        ("eid-al-fitr", "2011-08-30", "2011-08-31"),
        ("eid-al-fitr", "2014-07-28", "2014-07-29"),
        ("eid-al-fitr", "2016-07-06", "2016-07-06"),
        ("eid-al-fitr", "2020-05-24", "2020-05-24"),
        ("eid-al-fitr", "2023-04-21", "2023-04-22"),
        ("eid-al-fitr", "2025-03-30", "2025-03-31"),
        ("eid-al-adha", "2019-08-11", "2019-08-12"),
        ("eid-al-adha", "2021-07-20", "2021-07-21"),
        ("eid-al-adha", "2023-06-28", "2023-06-29"),
        ("ramadan", "2019-05-06", "2019-05-07"),
        ("ramadan", "2021-04-13", "2021-04-14"),
        ("ramadan", "2024-03-11", "2024-03-12"),
    ],
)
def test_both_countries_lie_within_the_doubt(feast: str, saudi: str, pakistan: str) -> None:
    kept = feast_of(feast)
    meant = Feast(kept.rule, kept.days, kept.spread, meant=True).part(2 * int(saudi[:4]))
    assert w.contains(meant, parse(saudi))
    assert w.contains(meant, parse(pakistan))
    assert not w.is_day(meant)


@pytest.mark.parametrize(
    ("text", "value", "when"),
    [
        ("Violence fell during Ramadan.", "2021-04-13/2021-05-12", "[2021-04-12..2021-05-13]"),
        ("the Muslim fasting month of Ramazan began", "2021-04-13/2021-05-12", "[2021-04-12..2021-05-13]"),
        ("They will meet on Eid-ul-Fitr.", "2021-05-13", "[2021-05-12?,2021-05-13?,2021-05-14?]"),
        ("They will meet on Eid al-Adha.", "2021-07-20", "[2021-07-19?,2021-07-20?,2021-07-21?]"),
        ("A truce is expected before Eid.", "2021-05-13", "../2021-05-11"),
        ("They left after Easter.", "2021-04-04", "2021-04-05/.."),
        ("It opens on Easter Monday 2022.", "2022-04-18", "2022-04-18"),
        ("They met over the Easter weekend.", "2021-04-02/2021-04-05", "[2021-04-02..2021-04-05]"),
        ("On Holy Week 2019 they left.", "2019-04-14/2019-04-20", "[2019-04-14..2019-04-20]"),
        ("It fell on Yom Kippur 1973.", "1973-10-06", "[1973-10-05?,1973-10-06?]"),
        ("They met at Nauroz.", "2021-03-21", "2021-03-21~"),
        ("on Thanksgiving 2020", "2020-11-26", "2020-11-26"),
        ("on Independence Day 2020", "2020-07-04", "2020-07-04?"),
        ("Eid al-Fitr 2000", "2000", "[2000-01-07?,2000-01-08?,2000-01-09?,2000-12-27?,2000-12-28?,2000-12-29?]"),
        ("Ramadan 1850", "1850", ""),
        ("Easter 2099", "2099-04-12", "2099-04-12"),
    ],
)
def test_what_feasts_mean(text: str, value: str, when: str) -> None:
    assert [(timex.value, w.format(timex.when)) for timex in read(text)] == [(value, when)]


@pytest.mark.parametrize("row", read_table("en/dates/holiday.tsv"), ids=lambda row: str(row.line))
def test_every_spelling_is_read(row) -> None:
    feast_of(row["value"])
    (timex,) = read(f"They met on {row['word']}, officials said.")
    assert timex.text.endswith(row["word"])
    assert timex.type == "DATE"


@pytest.mark.parametrize(
    "text",
    ["Easter Island", "Mr. Easter said", "Tariq Ramadan wrote", "Ramadan Shallah said", "the Good Friday Agreement",
     "the Easter Rising", "Eid Mubarak", "the Tet Offensive", "the Yom Kippur War", "Easter eggs", "they lent money"],
)  # fmt: skip
def test_false_friends(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("published", "when"),
    [
        ("", ""),
        ("2021-04", "[2020-04-12..2021-04-04]"),
        ("[2020-04-21..2021-04-21]", "[2020-04-12..2021-04-04]"),
        ("../2021-04-21", "../2021-04-04"),
        ("0001-01-01", ""),
        ("9999-12-31", ""),
    ],
)
def test_an_anchor_that_is_no_day(published: str, when: str) -> None:
    (timex,) = read("They met on Easter Sunday.", published)
    assert w.format(timex.when) == when


def test_in_a_narrative_a_feast_is_that_of_the_year_told() -> None:
    found = read("In 1916 they planned it. On Easter Monday it began.", "2009-12-19", "narrative")
    assert [timex.value for timex in found] == ["1916", "1916-04-24"]


def test_every_feast_comes_round() -> None:
    names = {row["feast"] for row in read_table("en/dates/feast.tsv")} | {"12-25"}
    for name in names:
        for year in (1950, 1998, 2021, 2049):
            anchor = w.day(date(year, 6, 30))
            last, coming = a.Last(feast_of(name)).apply(anchor), a.Next(feast_of(name)).apply(anchor)
            assert last.last_day < anchor.first_day < coming.first_day, name
            here = a.Next(feast_of(name), inclusive=True).apply(anchor) != coming
            assert (coming.first_day - last.first_day).days <= 400 * (1 + here)
