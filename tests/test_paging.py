"""Long timelines on pages that stay small."""

from __future__ import annotations

import pytest

from corpora import large_corpus
from dateline.folders import template_dirs
from dateline.pages import plan
from dateline.paging import PAGE_BYTES, part_title, parts_of_timeline
from dateline.render import render
from dateline.timelines import stack_rows
from test_render import ROOT


def parts(count: int, cost: int, year="2019", month=3):
    ids = [f"e{n}" for n in range(count)]
    return parts_of_timeline(ids, dict.fromkeys(ids, cost), lambda id: year, lambda id: month)


def test_what_fits_on_a_page_is_not_parted():
    assert parts(200, PAGE_BYTES // 200) == {}
    assert parts(0, 1) == {}


def test_a_month_that_is_too_long_is_parted_into_pieces():
    found = parts(250, PAGE_BYTES // 100)
    assert {name: len(ids) for name, ids in found.items()} == {"2019-03": 100, "2019-03-2": 100, "2019-03-3": 50}
    assert list(parts(201, 1)) == ["2019-03", "2019-03-2"]  # as many rows as fit, however short


def test_rows_without_a_date_are_parted_too():
    assert list(parts(250, PAGE_BYTES // 100, year="undated")) == ["undated", "undated-2", "undated-3"]


def test_a_row_that_is_too_large_by_itself_stands_alone():
    assert [len(ids) for ids in parts(3, 2 * PAGE_BYTES).values()] == [1, 1, 1]


TITLES = [
    ("2019", "2019"),
    ("0987-02", "February 987"),
    ("2019-12-3", "December 2019, part 3"),
    ("undated", "Date not known"),
    ("undated-2", "Date not known, part 2"),
]


@pytest.mark.parametrize(("name", "title"), TITLES)
def test_a_part_is_named_in_words(name, title):
    assert part_title(name) == title


def test_every_row_stands_once_on_pages_that_are_small():
    corpus = large_corpus(900)
    stack = stack_rows(corpus)
    subject = ("actors", "council")
    paged = [id for ids in stack.parts(subject).values() for id in ids]
    assert paged == list(stack.of(subject))
    files, problems = render(plan(corpus)[0], template_dirs(ROOT))
    assert problems == ()
    assert max(len(data) for path, data in files.items() if path.endswith(".html")) <= 300_000
    assert min(len(files[f"actors/the-council/{name}.html"]) for name in stack.parts(subject)) > 5_000
    for name, ids in stack.parts(subject).items():
        text = files[f"actors/the-council/{name}.html"].decode()
        assert all(f'id="{id}"' in text for id in ids)
