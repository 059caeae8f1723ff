"""Every rule of axe-core, best practices and AAA among them, on every page kind: no finding."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from shown import KINDS

pytestmark = pytest.mark.browser

AXE = AXE_FILE_PATH.read_text("utf-8")
RUN = """([only, without]) => {
  const rows = [...document.querySelectorAll('.row')];
  document.querySelectorAll('details').forEach((one) => { one.open = rows.indexOf(one.closest('.row')) < 5; });
  const rules = axe.getRules().map((rule) => rule.ruleId).filter((id) => only.length ? only.includes(id) : !without.includes(id));
  return axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'rule', values: rules } }).then((found) => found.violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) =>
    `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)));
}"""
WITHOUT = [
    "color-contrast",  # asks for less than color-contrast-enhanced, which is run
    "p-as-heading",  # an experiment of axe's; a heading for each row's label would bury those of years and months
]
COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
"""What may differ from the light scheme to the dark one."""


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(scope="module", params=[390, 1280])
def page(request, scheme, browser):
    context = browser.new_context(viewport={"width": request.param, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page, served, scheme, kind):
    if kind == "redirect":
        page.route("**/harbour-union.html", lambda route: route.fulfill(status=204))  # so that it stays
    page.goto(served["/"] + KINDS[kind])
    page.evaluate(AXE)
    assert page.evaluate(RUN, [COLOURS if scheme == "dark" else [], WITHOUT]) == []


def test_axe_finds_nothing_in_what_scripts_make(page, served, scheme):
    page.goto(served["/"] + KINDS["search"])
    page.fill("#query", "harb")
    page.wait_for_selector(".found li")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.evaluate(AXE)
    assert page.evaluate(RUN, [COLOURS if scheme == "dark" else [], WITHOUT]) == []
    page.keyboard.press("Escape")
    assert page.evaluate(RUN, [COLOURS if scheme == "dark" else [], WITHOUT]) == []


def test_axe_finds_nothing_from_right_to_left(page, arabic, scheme):
    page.goto((arabic / "events/talks.html").as_uri())
    page.evaluate(AXE)
    assert page.evaluate(RUN, [COLOURS if scheme == "dark" else [], WITHOUT]) == []


@pytest.mark.parametrize("path", ["articles/index.html", "archive/2021-03.html", "publishers/dawn.html"])
def test_axe_finds_nothing_in_lists_by_month(page, archive, scheme, path):
    page.goto((archive / path).as_uri())
    page.evaluate(AXE)
    assert page.evaluate(RUN, [COLOURS if scheme == "dark" else [], WITHOUT]) == []
