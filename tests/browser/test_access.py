"""Keys alone, small screens, forced colours, still pictures, paper, right to left, no scripts: nothing is lost."""

from __future__ import annotations

import re
import zlib
from urllib.parse import unquote, urldefrag, urljoin, urlparse

import pytest

import shown
from shown import KINDS

pytestmark = pytest.mark.browser

MADE = {name: path for name, path in KINDS.items() if name not in ("missing", "redirect")}


@pytest.fixture
def page(request, browser):
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})})
    yield context.new_page()
    context.close()


def open_at(page, site, path):
    page.goto((site / path).as_uri())
    return page


# --------------------------------------------------------------------------------------------- keys

FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
  const target = e.querySelector('.target');
  return { at: [...document.querySelectorAll(STOPS)].indexOf(e),
    ring: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) ||
      (target !== null && getComputedStyle(target).stroke !== 'none'),
    inside: b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth }; }"""
STOPS = "'a[href], summary, button, select, input, [tabindex=\"0\"]'"
SHOWN = f"""() => [...document.querySelectorAll({STOPS})].filter((e) => e.checkVisibility({{ contentVisibilityAuto: true,
  visibilityProperty: true }}) && !(e.type === 'radio' && !e.checked)).length"""


@pytest.mark.parametrize("kind", MADE)
def test_tab_goes_through_all_in_order_and_shows_where_it_is(page, gallery, kind):
    open_at(page, gallery, MADE[kind])
    told = FOCUSED.replace("STOPS", STOPS)
    if kind == "search":  # the cursor stands in its box
        page.focus(".skip")
    seen = []
    for _ in range(min(page.evaluate(SHOWN) - (kind == "search"), 25)):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(told))
    order = [one["at"] for one in seen]
    assert -1 not in order
    assert order == sorted(order)
    assert len(set(order)) == len(order)
    assert [one for one in seen if not (one["ring"] and one["inside"])] == []


def test_the_first_key_skips_to_the_content(page, gallery):
    open_at(page, gallery, KINDS["actor"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_keys_open_what_is_folded_and_choose_rows(page, gallery):
    open_at(page, gallery, KINDS["actor"])
    page.focus(".row summary >> nth=0")
    page.keyboard.press("Enter")
    assert page.locator(".row details[open] blockquote >> nth=0").is_visible()
    page.keyboard.press("Space")
    assert page.locator(".row details[open]").count() == 0
    rows = page.locator("#timeline ~ .period .row:visible")
    everything = rows.count()
    page.focus(".filter select >> nth=1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")  # the first of them is in every row
    page.keyboard.press("Tab")
    some = rows.count()
    assert 0 < some < everything
    page.focus(".filter button")
    page.keyboard.press("Enter")
    assert rows.count() == everything
    page.focus("#sort-all")
    page.keyboard.press("ArrowDown")
    assert 0 < rows.count() < everything


def test_help_gives_the_focus_back(page, gallery):
    open_at(page, gallery, KINDS["actor"])
    page.keyboard.press("j")
    here = page.evaluate("document.activeElement.getAttribute('href')")
    assert here.startswith("#e-")
    page.keyboard.press("?")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == here


# --------------------------------------------------------------------------------------------- small and large

SMALL = """() => [...document.querySelectorAll('a[href], summary, button, select, input')].filter((e) => {
  if (!e.checkVisibility() || e.closest('.skip')) return false;
  const label = e.closest('label'), target = e.querySelector(':scope .target');
  const boxes = [...(target || label || e).getClientRects()];
  return boxes.every((box) => box.height < 23.9 || box.width < 23.9);
}).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("page", [{"viewport": {"width": 320, "height": 640}}], indirect=True)
@pytest.mark.parametrize("kind", KINDS)
def test_at_320_nothing_is_cut_off_and_every_target_is_large_enough(page, gallery, kind):
    if kind == "redirect":
        page.route("**/harbour-union.html", lambda route: route.fulfill(status=204))
    open_at(page, gallery, KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL) == []


CUT = """() => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && !e.closest('.scrolls, svg, .skip, .unseen')
  && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("page", [{"forced_colors": "active"}], indirect=True)
@pytest.mark.parametrize("kind", ["home", "actor", "event with contrasts", "article"])
def test_forced_colours_leave_nothing_invisible(page, gallery, kind):
    open_at(page, gallery, KINDS[kind])
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate(FLAT) == []


FLAT = """() => { const ground = getComputedStyle(document.body).backgroundColor;
  const text = [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && !e.closest('svg') &&
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && getComputedStyle(e).color === ground);
  const drawn = [...document.querySelectorAll('.bar, .tick, .line, .scale text')].filter((e) =>
    getComputedStyle(e).fill === ground);
  const bordered = [...document.querySelectorAll('.status, mark')].filter((e) => parseFloat(getComputedStyle(e).borderTopWidth) < 1);
  return [...text, ...drawn, ...bordered].map((e) => e.outerHTML.slice(0, 100)); }"""


@pytest.mark.parametrize("page", [{"reduced_motion": "reduce"}, {"reduced_motion": "no-preference"}], indirect=True)
def test_nothing_moves(page, gallery):
    open_at(page, gallery, KINDS["actor"])
    page.click("summary >> nth=0")
    page.keyboard.press("j")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


# --------------------------------------------------------------------------------------------- paper


@pytest.mark.parametrize("kind", ["actor", "event with contrasts", "part", "article"])
def test_paper_holds_every_word_of_every_row(page, gallery, kind):
    open_at(page, gallery, KINDS[kind])
    page.emulate_media(media="print")
    hidden = page.evaluate("""() => [...document.querySelectorAll('.row, .row .label, .row blockquote, .row figcaption, .row .reckoning dd, .passage blockquote')]
      .filter((e) => { const b = e.getBoundingClientRect(); return !e.checkVisibility() || (b.height === 0 && b.width === 0); })
      .map((e) => e.outerHTML.slice(0, 100))""")
    assert hidden == []
    assert page.locator("nav:visible, .filter:visible, summary:visible").count() == 0


def test_a_long_timeline_is_printed_to_its_last_row(page, gallery):
    """Counts the letters that are drawn in the file: all of the page, and fewer by the quotations without these."""
    open_at(page, gallery, "actors/ada-marlow.html")
    rows = page.locator("#timeline ~ .period .row").count()
    assert rows == 50
    page.emulate_media(media="print")
    letters = "(all) => all.map((one) => one.innerText.replace(/\\s/g, '')).join('').length"
    words, quoted = (page.eval_on_selector_all(of, letters) for of in ("main", ".row blockquote"))
    assert quoted > 50 * 60
    drawn = glyphs_of(page.pdf())
    assert drawn >= words
    page.evaluate("document.querySelectorAll('.row blockquote').forEach((one) => one.remove())")
    assert drawn - glyphs_of(page.pdf()) >= quoted


def glyphs_of(pdf: bytes) -> int:
    """How many letters are drawn in a PDF of Chromium: four hexadecimal digits each, between angle brackets."""
    count = 0
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf" in text:
            count += sum(len(found) // 4 for found in re.findall(rb"<([0-9A-Fa-f]+)>", text))
    return count


# --------------------------------------------------------------------------------------------- right to left


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 900}}, {}], indirect=True)
def test_a_page_from_right_to_left_is_a_mirror(page, arabic):
    for path in ("index.html", "actors/un-envoy.html", "events/talks.html", "articles/a1.html", "search.html"):
        open_at(page, arabic, path)
        assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == [
            "ar",
            "rtl",
        ]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("scrollX") == 0
        edges = page.evaluate("""() => [...document.querySelectorAll('h1, h2, h3, dt, .kicker, .summary, .colophon p')].filter((e) =>
          e.checkVisibility() && !e.closest('.unseen')).map((e) => { const r = document.createRange(); r.selectNodeContents(e);
          return [Math.round(e.getBoundingClientRect().right - r.getBoundingClientRect().right), e.textContent]; })""")
        assert [edge for edge in edges if edge[0] > 2] == []
    open_at(page, arabic, "events/talks.html")
    dates, what = (page.locator(f".row {part} >> nth=0").bounding_box() for part in (".dates", ".what"))
    assert dates["x"] > what["x"] or page.viewport_size["width"] == 390
    assert page.evaluate(ORDER) == []


ORDER = """() => { const left = (node, at) => { const r = document.createRange(); r.setStart(node, at); r.setEnd(node, at + 1); return r.getBoundingClientRect().left; };
  return [...document.querySelectorAll('time, [data-edtf]')].filter((e) => e.checkVisibility() && e.getClientRects().length === 1).filter((e) =>
    left(e.firstChild, 0) > left(e.firstChild, e.firstChild.data.length - 1)).map((e) => e.textContent); }"""
"""Dates, whose English words begin with a number, whose first letter does not stand first."""


def test_names_of_another_script_keep_their_order(page, arabic):
    open_at(page, arabic, "events/talks.html")
    label = page.locator(".row bdi", has_text="A truce (UN Resolution 2254) is signed").first
    assert label.evaluate("(e) => getComputedStyle(e).direction") == "ltr"
    assert page.locator("h1 bdi").evaluate("(e) => getComputedStyle(e).direction") == "rtl"


def test_direction_follows_the_language_alone(page, gallery):
    open_at(page, gallery, "index.html")
    assert page.evaluate("document.documentElement.hasAttribute('dir')") is False


# --------------------------------------------------------------------------------------------- no scripts


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_links_lead_to_every_entry(page, gallery):
    """From the first page, by links of pages alone, every entry is reached, and its quotation stands there."""
    start = (gallery / "index.html").as_uri()
    todo, seen, found = [start], set(), set()
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen.add(url)
        text = (gallery / unquote(urlparse(url).path)[len(str(gallery)) + 1 :]).read_text("utf-8")
        found |= set(re.findall(r'class="row[^"]*" id="(e-[^"]+|[bc]-[^"]+)"', text))
        links = (urldefrag(urljoin(url, link)).url for link in re.findall(r'<a [^>]*?href="([^"#]+)', text))
        todo += [link for link in links if link.startswith("file:") and link.endswith(".html")]
    assert found >= {entry.id for entry in shown.gallery().entries}
    for kind in ("part", "article"):
        open_at(page, gallery, KINDS[kind])
        page.click("summary >> nth=0")
        assert page.locator("blockquote:visible").count() == 1
