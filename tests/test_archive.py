"""Lists of articles by month and by publisher: each article on one of them, none too long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpora import CORPUS, article
from dateline.folders import template_dirs
from dateline.model import Corpus, Settings
from dateline.pages import plan
from dateline.registers import LISTED, TOGETHER
from dateline.render import render
from test_docs import ROOT


def many(number, days=("2021-03-05", "2021-04", "2020-12-31", ""), **fields):
    """A corpus of so many articles without entries, spread over these days."""
    articles = [article(f"a{n:04}", days[n % len(days)], title=f"Title {n}", **fields) for n in range(number)]
    return Corpus(settings=Settings(), articles=tuple(articles))


def pages_of(corpus):
    return {page.path: page for page in plan(corpus)[0].pages}


def listed(page):
    return [item.link.path for group in page.view.groups for item in group.items]


def test_few_articles_stand_together_by_year():
    pages = pages_of(CORPUS)
    assert sorted(listed(pages["articles/index.html"])) == sorted(
        p for p in pages if p.startswith("articles/") and "index" not in p
    )
    assert not [path for path in pages if path.startswith("archive/")]


def test_many_articles_stand_by_month_the_latest_first():
    pages = pages_of(many(TOGETHER + 4))
    index = pages["articles/index.html"]
    assert [group.title for group in index.view.groups] == ["2021", "2020", "Date not known"]
    months = ["archive/2021-04.html", "archive/2021-03.html", "archive/2020-12.html", "archive/undated.html"]
    assert listed(index) == months
    assert [item.count for group in index.view.groups for item in group.items] == [(TOGETHER + 4) // 4] * 4
    assert pages["archive/2021-03.html"].view.heading == "Articles of March 2021"
    assert pages["archive/undated.html"].view.heading == "Articles without a date"
    found = [path for month in months for path in listed(pages[month])]
    assert len(found) == len(set(found)) == TOGETHER + 4


def test_from_month_to_month_and_back():
    pages = pages_of(many(TOGETHER + 4))
    ways = [(way.text, way.path) for way in pages["archive/2021-03.html"].view.ways]
    assert ways == [
        ("All articles", "articles/index.html"),
        ("Earlier: December 2020", "archive/2020-12.html"),
        ("Later: April 2021", "archive/2021-04.html"),
    ]
    assert [way.text for way in pages["archive/2021-04.html"].view.ways] == ["All articles", "Earlier: March 2021"]
    pages = pages_of(many(LISTED + 1, days=("2021-03-05",), source="Dawn"))
    assert [way.text for way in pages["publishers/dawn/2.html"].view.ways] == ["All publishers", "Later: part 1"]


def test_a_full_month_has_several_pages():
    pages = pages_of(many(LISTED + 1, days=("2021-03-05",), source="Dawn"))
    assert len(listed(pages["archive/2021-03.html"])) == LISTED
    assert pages["archive/2021-03/2.html"].view.heading == "Articles of March 2021, part 2"
    assert len(listed(pages["publishers/dawn.html"])) == LISTED
    assert pages["publishers/dawn/2.html"].view.heading == "Dawn, part 2 of 2"


@pytest.mark.parametrize("names", [["Dawn", "DAWN"], ["index", "con"], ["…", "!!"], ["a" * 500, "a" * 501]])
def test_publishers_of_one_address_are_told_apart(names):
    articles = tuple(replace(article(f"a{n}", "2021"), source=name) for n, name in enumerate(names))
    pages = pages_of(Corpus(settings=Settings(), articles=articles))
    own = [path for path in pages if path.startswith("publishers/") and path != "publishers/index.html"]
    assert len({path.casefold() for path in own}) == len(names)
    assert sorted(listed(pages["publishers/index.html"])) == sorted(own)
    for n, name in enumerate(names):
        house = pages[f"articles/a{n}.html"].view.house
        assert house.text == name
        assert listed(pages[house.path]) == [f"articles/a{n}.html"]


def test_who_names_no_publisher_stands_with_none():
    pages = pages_of(many(1))
    assert pages["articles/title-0.html"].view.house is None
    assert "1 article without a named one" in pages["publishers/index.html"].view.intro
    assert pages["articles/index.html"].view.ways == ()


def test_no_list_of_articles_grows_too_large():
    """The issue's bound is 300 kB of HTML a page, whatever the number of articles."""
    corpus = many(2 * LISTED, days=("2021-03-05", "2021-03-06"), source="A publisher with a name of some length")
    site, _ = plan(corpus)
    pages = tuple(page for page in site.pages if page.section == "articles" and page.template != "article.html")
    files, problems = render(replace(site, pages=pages, files=()), template_dirs(ROOT))
    assert problems == ()
    assert max(len(data) for path, data in files.items() if path.endswith(".html")) < 300_000


def test_the_publisher_goes_without_saying_on_its_own_list_alone():
    pages = pages_of(many(TOGETHER + 4, days=("2021-03-05",), source="Dawn"))

    def notes(path):
        return {item.note for group in pages[path].view.groups for item in group.items}

    assert notes("publishers/dawn.html") == {"5 March 2021"}
    assert notes("archive/2021-03.html") == {"Dawn, 5 March 2021"}
