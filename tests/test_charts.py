"""Drawings of timelines: where dates stand on an axis, and what is told each month."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from corpora import CORPUS, entry, story_corpus, who
from dateline import when
from dateline.axes import axis_of, breaks_of, labels_of
from dateline.charts import mark_of
from dateline.keyrows import only_said
from dateline.model import Voice
from dateline.pages import plan
from dateline.views import ActorView, HomeView, KeyRow, Link, Row


def days(*written: str) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def test_a_day_stands_in_its_month_by_its_share():
    axis = axis_of(days("2021-01-01", "2021-04-30"))
    assert axis.per_year == 12
    assert [round(column.left) for column in axis.columns] == [0, 25, 50, 75]
    assert axis.at(date(2021, 1, 1)) == 0
    assert axis.at(date(2021, 2, 15)) == pytest.approx(25 + 25 * 14 / 28)
    assert axis.at(date(2021, 4, 30), end=True) == 100


def test_half_a_year_without_anything_is_left_out_and_told():
    axis = axis_of(days("2019-01-01", "2019-07-01", "2021-02-01"))
    # five empty months stand; the eighteen from August 2019 to January 2021 are one column
    assert len(axis.columns) == 7 + 1 + 1
    assert [column.skipped for column in axis.columns if column.skipped] == [18]
    assert [(gap.x, gap.width) for gap in breaks_of(axis)] == [("77.78%", "11.11%")]


def test_a_long_story_is_drawn_by_years():
    axis = axis_of([date(year, month, 1) for year in range(2000, 2020) for month in (1, 4, 7, 10)])
    assert axis.per_year == 1
    assert len(axis.columns) == 20


def test_days_outside_of_the_axis_lie_at_its_sides():
    axis = axis_of(days("2020-05-01", "2020-06-30"))
    assert (axis.at(date(1990, 1, 1)), axis.at(date(2050, 1, 1))) == (0, 100)


def test_labels_never_stand_on_each_other():
    for last in range(1, 40):
        axis = axis_of([date(2000 + year, 1, 1) for year in range(last)])
        places = [(float(label.x[:-1]), label) for label in labels_of(axis)]
        ends = [at - 13 if label.at_end else at for at, label in places]
        assert all(after - before >= 12.9 for before, after in itertools.pairwise(ends)), (last, places)
        assert places[0][1].text == "Jan 2000" if axis.per_year == 12 and last == 1 else "2000"


def test_nothing_makes_no_axis():
    assert axis_of([]) is None


MARKS = [
    # date → tick, open at its start, open at its end
    ("2021-03-10", (True, False, False)),
    ("2021-03-10~", (False, True, True)),
    ("2021-03", (False, False, False)),
    ("2021-03-02/2021-03-20", (False, False, False)),
    ("[2021-03-02..2021-03-20]", (False, False, False)),
    ("../2021-03-10", (False, True, False)),
    ("2021-03-10/..", (False, False, True)),
    ("2021-03-10?", (False, True, True)),
]


@pytest.mark.parametrize(("edtf", "shape"), MARKS)
def test_a_mark_shows_the_doubt_of_its_date(edtf, shape):
    axis = axis_of(days("2021-01-01", "2021-06-30"))
    row = next(row for row in _rows(story_corpus(5)))
    mark = mark_of(axis, when.parse(edtf), KeyRow(row=row, link=Link(text="x")))
    assert (mark.tick, mark.open_start, mark.open_end) == shape
    assert (mark.width == "") is mark.tick
    assert 0 <= float(mark.x[:-1]) <= 100


def _rows(corpus) -> list[Row]:
    site, _ = plan(corpus)
    return [
        of.row for page in site.pages if isinstance(page.view, HomeView) for day in page.view.latest for of in day.rows
    ]


def view(corpus, path: str):
    return next(page.view for page in plan(corpus)[0].pages if page.path == path)


def test_the_storylines_are_lanes_with_their_dated_turning_points():
    home = view(story_corpus(50), "index.html")
    assert isinstance(home, HomeView)
    assert [lane.event.text for lane in home.chart.lanes] == ["Port dispute", "Harbour law"]
    for lane, line in zip(home.chart.lanes, home.storylines, strict=True):
        dated = [of.link for of in line.turning_points if of.row.happened.edtf]
        assert [mark.link for mark in lane.marks] == dated


def test_the_strip_and_its_table_count_the_same_rows():
    union = view(story_corpus(50), "actors/harbour-union.html")
    assert isinstance(union, ActorView)
    strip = union.activity
    by_month = sum(month.count for year in strip.years for month in year.months)
    assert sum(bar.count for bar in strip.bars) == by_month
    assert by_month + sum(year.loose for year in strip.years) + strip.undated == union.timeline.total == 50
    assert max(bar.count for bar in strip.bars) == strip.highest
    assert all(sum(m.count for m in year.months) + year.loose == year.total for year in strip.years)


def test_a_short_timeline_has_no_strip():
    assert view(story_corpus(5), "actors/harbour-union.html").activity is None


SAID = [
    # (class, roles of the actor, whose voice) → only said
    ("visit", ("agent",), "", False),
    ("visit", (), "x", True),
    ("statement", ("agent",), "", True),
    ("criticism", ("affected",), "", False),
    ("visit", ("agent",), "x", False),
    ("statement", ("speaker",), "", True),
    ("visit", ("mentioned",), "", False),
]


@pytest.mark.parametrize(("kind", "roles", "voice", "expected"), SAID)
def test_words_are_told_from_deeds(kind, roles, voice, expected):
    one = entry(
        "e-1", "a", "q", "w", "l", event_class=kind, participants=who(*(("x", role) for role in roles)),
        voice=Voice(words="X", actor=voice) if voice else None,
    )  # fmt: skip
    assert only_said("x", [one]) is expected


def test_deeds_and_statements_are_all_rows():
    for page in plan(CORPUS)[0].pages:
        if isinstance(page.view, ActorView):
            assert page.view.deeds + page.view.statements == page.view.timeline.total
