"""How heavy pages are, and that nothing moves while they load."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlparse

import pytest

from shown import KINDS

HOME, ACTOR, ROWS = 100 * 1024, 150 * 1024, 50
"""Bytes of HTML, style and scripts, as they stand on disk."""


def weight(site, path: str) -> int:
    text = (site / path).read_text("utf-8")
    loaded = re.findall(r'<script [^>]*src="([^"]+)"|<link rel="stylesheet" href="([^"]+)"', text)
    files = {path, *(urlparse(urljoin(f"https://x/{path}", one or other)).path[1:] for one, other in loaded)}
    assert len(files) >= 3
    return sum((site / file).stat().st_size for file in files)


def test_pages_are_light(gallery):
    assert weight(gallery, KINDS["home"]) <= HOME
    assert (gallery / "actors/ada-marlow.html").read_text("utf-8").count('<li class="row') == ROWS
    assert weight(gallery, "actors/ada-marlow.html") <= ACTOR


SHIFTS = """() => new Promise((done) => { let sum = 0;
  new PerformanceObserver((list) => { list.getEntries().forEach((one) => { sum += one.value; }); })
    .observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 50))); })"""


SLIGHT = 0.01
"""A tenth of what counts as good: a row of links that ends at the margin grows where it is painted half read."""


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(served, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for kind in ("home", "actor", "actor in parts", "event", "event with contrasts", "article", "articles", "search"):
        page.goto(served["/"] + KINDS[kind])
        assert page.evaluate(SHIFTS) <= SLIGHT, kind
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.evaluate(SHIFTS) <= SLIGHT, kind
    context.close()
