"""Search, filter and keys in a real Chromium, from disk and under the policy that pages carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora import story_corpus
from dateline.folders import template_dirs
from dateline.pages import plan
from dateline.render import render, write

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
ROWS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    write(folder, render(plan(story_corpus(ROWS))[0], template_dirs(ROOT))[0])
    return folder


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


def go(page, site, path, fragment=""):
    page.goto("about:blank")
    page.goto((site / path).as_uri() + fragment)


def found(page) -> list[str]:
    page.wait_for_function("document.querySelector('[role=status]').textContent !== ''")
    return page.eval_on_selector_all(".found a", "links => links.map(link => link.textContent)")


def test_search_finds_names_labels_and_quotations(page, site):
    go(page, site, "search.html")
    page.fill("#query", "harb")
    page.wait_for_selector(".found li")
    assert found(page)[:2] == ["Harbour Union", "Harbour law"]
    page.fill("#query", "MARLOW ada")
    page.wait_for_function("document.querySelectorAll('.found li').length === 1")
    assert found(page) == ["Ada Marlow"]
    assert page.url.endswith("search.html#q=MARLOW%20ada")
    page.fill("#query", "quay reporter")  # words of a quotation alone
    page.wait_for_function("document.querySelectorAll('.found li').length > 1")
    with page.expect_navigation():
        page.click(".found a >> nth=0")
    assert page.evaluate("document.querySelector(':target') !== null")


def test_a_search_can_be_linked_to_and_may_find_nothing(page, site):
    go(page, site, "search.html", "#q=zzz")
    assert found(page) == []
    assert "Nothing found" in page.inner_text("[role=status]")
    go(page, site, "search.html", "#q=%E0%A4%A")  # no text at all
    assert page.input_value("#query") == ""


def shown(page) -> int:
    return page.eval_on_selector_all("#timeline ~ .period .row", "rows => rows.filter(r => r.checkVisibility()).length")


def test_a_timeline_shows_what_is_chosen_and_says_so_in_its_address(page, site):
    go(page, site, "actors/harbour-union.html")
    assert shown(page) == ROWS
    page.select_option(".filter select >> nth=1", "Wage deal")
    some = shown(page)
    assert 0 < some < ROWS
    assert page.url.endswith("#?event=Wage%20deal")
    assert f"{some} of {ROWS} rows" in page.inner_text(".filter")
    link = page.url
    page.click(".filter button")
    assert shown(page) == ROWS
    go(page, site, "actors/harbour-union.html", link[link.index("#") :])
    assert shown(page) == some
    go(page, site, "actors/harbour-union.html", "#?event=No%20such&actor=%3Cscript%3E")
    assert shown(page) == ROWS


def test_what_is_chosen_goes_along_through_the_pages_of_a_long_timeline(page, tmp_path):
    write(tmp_path, render(plan(story_corpus(900))[0], template_dirs(ROOT))[0])
    years = sorted(path.name for path in (tmp_path / "actors" / "harbour-union").glob("*.html"))
    assert len(years) > 1
    go(page, tmp_path, f"actors/harbour-union/{years[0]}")
    everything = page.locator(".row").count()
    page.select_option(".filter select >> nth=1", "Wage deal")
    some = page.locator(".row:visible").count()
    assert 0 < some < everything
    with page.expect_navigation():
        page.click("a[rel=next] >> nth=0")
    assert page.url.endswith(f"{years[1]}#?event=Wage%20deal")
    assert 0 < page.locator(".row:visible").count() < page.locator(".row").count()
    with page.expect_navigation():
        page.click(".steps a:not([rel]) >> nth=0")
    assert page.url.endswith("harbour-union.html#?event=Wage%20deal")
    assert page.get_attribute(".years.pages a >> nth=0", "href").endswith("#?event=Wage%20deal")
    go(page, tmp_path, f"actors/harbour-union/{years[0]}", "#?event=Told%20elsewhere")  # nothing of it on this page
    assert page.locator(".row:visible").count() == 0
    assert f"0 of {everything} rows" in page.inner_text(".filter")
    page.click(".filter button")
    assert page.locator(".row:visible").count() == everything
    assert page.get_attribute("a[rel=next] >> nth=0", "href").endswith(years[1])


def test_deeds_and_words_stand_apart(page, site):
    go(page, site, "actors/harbour-union.html")
    counts = []
    for sort in ("did", "said"):
        page.check(f"#sort-{sort}")
        counts.append(shown(page))
        assert page.url.endswith(f"#?sort={sort}")
    assert sum(counts) == ROWS
    assert all(counts)


def test_keys_step_through_what_is_new_on_home(page, site):
    go(page, site, "index.html")
    labels = page.eval_on_selector_all(".brief .label a", "all => all.map(a => a.textContent)")
    seen = []
    for _ in labels[:3]:
        page.keyboard.press("j")
        seen.append(page.evaluate("document.activeElement.textContent"))
    assert seen == labels[:3]


def test_keys_step_through_rows_and_can_be_turned_off(page, site):
    go(page, site, "actors/harbour-union.html")
    page.keyboard.press("j")
    page.keyboard.press("j")
    first, second = page.eval_on_selector_all(".row", "rows => rows.slice(0, 2).map(row => row.id)")
    here = "document.activeElement.closest('.row').id"
    assert page.evaluate(here) == second
    page.keyboard.press("k")
    assert page.evaluate(here) == first
    page.keyboard.press("?")
    assert "next row" in page.inner_text("dialog")
    page.uncheck("dialog input")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("!document.activeElement.closest('.row') || document.activeElement.closest('.row').id") in (
        True,
        first,
    )
    page.keyboard.press("?")
    page.check("dialog input")
    page.click("dialog button")
    with page.expect_navigation():
        page.keyboard.press("/")
    assert "search.html" in page.url


def test_without_scripts_every_row_stands(browser, site):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / "actors/harbour-union.html").as_uri())
    assert page.locator("#timeline ~ .period .row").count() == ROWS
    page.check("#sort-said")  # style alone
    assert page.locator("#timeline ~ .period .row:visible").count() < ROWS
    page.goto((site / "search.html").as_uri())
    assert page.locator(".ways a:visible").count() == 5
    page.context.close()
