"""Texts that are markup, steer the direction of writing or never end: they run nothing, break nothing, leak nowhere."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or said.append(request.url))
    yield page
    assert said == []
    page.close()


@pytest.fixture(scope="module")
def kinds(hostile):
    """One page of each kind, and a part of a timeline."""
    pages = [path for path in sorted(hostile.rglob("*.html")) if 'http-equiv="refresh"' not in path.read_text("utf-8")]
    return list({(path.relative_to(hostile).parts[:-1], path.name in ("index.html",), path.name if path.parent == hostile else path.name[:1]): path for path in pages}.values())  # fmt: skip


def test_nothing_runs_and_no_link_can(page, kinds):
    assert len(kinds) >= 16
    for path in kinds:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for select in page.query_selector_all(".filter select"):
            select.select_option(index=1)
        assert page.evaluate("window.pwned") is None, path
        links = page.eval_on_selector_all("[href], [src]", "all => all.map((one) => one.href || one.src)")
        odd = [link for link in links if isinstance(link, str) and not link.startswith(("file:", "https://", "data:,"))]
        assert odd == [], path
        assert page.evaluate("document.querySelectorAll('img, iframe, object, form, [onerror], [onclick], script:not([src]):not([type])').length") == 0  # fmt: skip
        for block in page.eval_on_selector_all("script[type='application/ld+json']", "all => all.map((one) => one.textContent)"):  # fmt: skip
            json.loads(block)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_breaks_the_layout(page, kinds, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in kinds:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(CUT) == [], path


CUT = """() => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && !e.closest('.scrolls, svg, .skip, .unseen')
  && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)).map((e) => e.outerHTML.slice(0, 120))"""


def test_what_steers_the_direction_stays_in_its_element(page, kinds):
    for path in kinds:
        page.goto(path.as_uri())
        assert page.evaluate(LEAKS) == [], path


LEAKS = """() => { const bad = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const fences = (e) => /isolate|plaintext/.test(getComputedStyle(e).unicodeBidi) ||
    !/^(inline|contents)$/.test(getComputedStyle(e).display);
  while (walk.nextNode()) {
    const node = walk.currentNode, words = node.data;
    if (node.parentElement.closest('script, style, .description')) continue;
    if (/[\\u2066-\\u2069]/.test(words)) bad.push('isolate: ' + words.slice(0, 60));
    if (!/[\\u202a-\\u202e]/.test(words)) continue;
    let fence = node.parentElement;
    while (!fences(fence)) fence = fence.parentElement;
    const rest = document.createRange();
    rest.setStartAfter(node);
    rest.setEndAfter(fence);
    if (/\\S/.test(rest.toString())) bad.push(fence.outerHTML.slice(0, 160));
  }
  return bad; }"""
"""Text that turns the direction of writing, with more text behind it before the next fence. A description is one text of one author."""


def test_words_behind_a_name_stand_where_they_should(page, kinds):
    """A name that ends the isolate around it and overrides the direction does not turn what follows."""
    page.goto(next(path for path in kinds if path.parent.name == "actors" and path.name == "index.html").as_uri())
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("""() => { const p = document.createElement('p'); p.id = 'line'; const name = document.createElement('bdi');
      name.textContent = document.querySelector('.index bdi').textContent.slice(0, 200).replace(/\\s/g, '').slice(-20);
      p.append('One ', name, ' two three'); document.querySelector('main').prepend(p); }""")
    assert page.evaluate("""() => { const node = document.querySelector('#line').lastChild, at = (n) => {
      const r = document.createRange(); r.setStart(node, n); r.setEnd(node, n + 1); return r.getBoundingClientRect().left; };
      return at(1) < at(5); }""")


def test_search_shows_hostile_words_as_they_are(page, hostile):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto((hostile / "search.html").as_uri() + "#q=script")
    page.wait_for_selector(".found li")
    assert page.evaluate("window.pwned") is None
    assert page.locator(".found script, .found img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(LEAKS) == []
