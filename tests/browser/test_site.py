"""The committed site in a real Chromium, from disk: `make test-browser`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from crawl import crawl

pytestmark = pytest.mark.browser

SITE = Path(__file__).parents[2] / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
KINDS = sorted({(page.count("/"), page.split("/")[0], page.endswith("index.html")): page for page in PAGES}.values())
"""One page of each kind."""

WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def open_page(browser):
    """Open a page of the site; returns it with what it asked for and complained of."""

    def call(name: str, width: int = 1280, scheme: str = "light", javascript: bool = False):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=javascript
        )
        page = context.new_page()
        seen: dict[str, list[str]] = {"requests": [], "console": []}
        page.on("request", lambda request: seen["requests"].append(request.url))
        page.on("console", lambda message: seen["console"].append(message.text))
        page.goto((SITE / name).as_uri())
        return page, seen

    return call


def test_there_is_a_page_of_every_kind():
    assert {"index.html", "about.html", "404.html"} <= set(PAGES)
    assert {page.split("/")[0] for page in PAGES if "/" in page} == {
        "actors",
        "articles",
        "chronology",
        "events",
        "publishers",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_nothing_comes_from_elsewhere_and_nothing_complains(open_page, name, scheme):
    page, seen = open_page(name, scheme=scheme)
    assert seen["console"] == []
    assert [url for url in seen["requests"] if not url.startswith(("file:", "data:"))] == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", KINDS)
def test_no_page_scrolls_sideways(open_page, name, width):
    page, _ = open_page(name, width=width, javascript=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("name", [page for page in KINDS if page != "404.html"])
def test_the_stylesheet_is_applied_in_both_schemes(open_page, name):
    colours = []
    for scheme in ("light", "dark"):
        page, _ = open_page(name, scheme=scheme, javascript=True)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    assert colours[0] != colours[1]


@pytest.mark.parametrize("name", KINDS)
def test_text_stands_out_from_its_ground(open_page, name):
    """WCAG AA: 4.5 to 1 for every text that is shown."""
    for scheme in ("light", "dark"):
        page, _ = open_page(name, scheme=scheme, javascript=True)
        assert page.evaluate(CONTRAST) == []
        page.context.close()


CONTRAST = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => [r, g, b].map((v) => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; })
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c; }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255]; };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(walk.currentNode.data.trim().slice(0, 40));
  }
  return bad;
}"""


def test_every_link_leads_somewhere():
    """A crawler from the home page reaches every page, and every link inside the site has its target."""
    root = SITE.as_uri() + "/"
    reached = {unquote(url[len(root) :]) for url in crawl(root)}
    moved = {page for page in PAGES if 'http-equiv="refresh"' in (SITE / page).read_text("utf-8")}
    assert set(PAGES) - reached == {"404.html"} | moved


@pytest.mark.parametrize("name", [page for page in KINDS if page.startswith(("actors/", "events/", "articles/"))])
def test_printing_shows_the_quotations_place(open_page, name):
    page, _ = open_page(name)
    assert len(page.pdf()) > 5_000
    page.context.close()


@pytest.mark.parametrize("name", KINDS)
def test_keys_reach_every_link(open_page, name):
    page, _ = open_page(name, javascript=True)
    focusable = page.locator("a[href], summary").count()
    reached = set()
    for _ in range(focusable + 2):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('a[href], summary')].indexOf(document.activeElement)"))
    assert len(reached - {-1}) >= min(focusable, 1)
    page.context.close()
