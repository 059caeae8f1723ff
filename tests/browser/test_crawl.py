"""From disk, at the root of a host and below a path of one: no link is broken, nothing is asked of anybody else."""

from __future__ import annotations

from urllib.parse import unquote, urljoin

import pytest

from crawl import crawl, read
from shown import ADDRESS, KINDS

pytestmark = pytest.mark.browser
PLACES = ("disk", "/", "/a/b/")


@pytest.mark.parametrize("place", PLACES)
def test_every_link_leads_to_a_file_and_to_a_place_in_it(served, gallery, place):
    root = served[place]
    found = crawl(root)
    pages = {path.relative_to(gallery).as_posix() for path in gallery.rglob("*.html")}
    rest = pages - {unquote(url[len(root) :]) for url in found} - {"404.html"}
    assert KINDS["redirect"] in rest
    assert read(root + KINDS["redirect"]).links[0] == "harbour-union.html"
    for moved in rest:  # nobody leads to pages that have moved, and they lead to one that stands
        assert urljoin(root + moved, read(root + moved).links[0]) in found
    assert read(root + "404.html").links == ["data:,", ADDRESS]


@pytest.mark.parametrize("place", PLACES)
def test_no_page_asks_anybody_else_or_complains(served, browser, place):
    page = browser.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in KINDS.values():
        page.goto(served[place] + path, wait_until="load")
        if path == KINDS["redirect"]:
            page.wait_for_url(served[place] + "actors/harbour-union.html")
    page.goto(served[place] + KINDS["search"])
    page.fill("#query", "harb")
    page.wait_for_selector(".found li")
    page.close()
    assert said == []
    assert len(asked) > 3 * len(KINDS)
    assert [url for url in asked if not url.startswith((served[place], "data:"))] == []


def test_the_policy_stops_what_would_slip_in(served, browser):
    page = browser.new_page()
    stopped = []
    page.on("console", lambda message: stopped.append(message.text))
    page.goto(served["/"] + KINDS["actor"])
    page.evaluate("""() => new Promise((done) => {
      const script = document.createElement('script'), image = new Image(), style = document.createElement('style');
      script.textContent = 'window.pwned = 1';
      style.textContent = 'body { display: none }';
      document.head.append(script, style);
      image.onerror = done;
      image.src = 'http://tracker.example/image.png';
    })""")
    assert page.evaluate("[window.pwned === undefined, getComputedStyle(document.body).display]") == [True, "block"]
    assert len(stopped) == 3
    assert all("Content Security Policy" in words for words in stopped)
    page.close()


def test_the_site_stands_at_no_other_place(served):
    """The server of the tests gives nothing outside its prefix, so that a link that leaves it is noticed."""
    root = served["/a/b/"]
    assert read(root + KINDS["home"]) is not None
    assert read(root.removesuffix("a/b/") + KINDS["home"]) is None
