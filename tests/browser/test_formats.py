"""What a site is made of, read by strict parsers of others; no browser is needed."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import feedparser
import html5lib
import jsonschema
import pytest

import shown
from dateline.pages import plan
from shown import KINDS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "data.schema.json").read_text("utf-8"))
TEMPLATES = Path(__file__).parents[2] / "templates"
SITES = ("gallery", "arabic", "hostile")


@pytest.fixture(params=SITES)
def site(request):
    return request.getfixturevalue(request.param)


def test_the_gallery_has_a_page_of_every_template():
    template_of = {page.path: page.template for page in plan(shown.gallery())[0].pages}
    parts = {"base.html", "macros.html", "charts.html"}
    assert {template_of[path] for path in KINDS.values()} == {path.name for path in TEMPLATES.glob("*.html")} - parts


def strictly(text: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def test_html_has_no_parse_error(request):
    gallery = request.getfixturevalue("gallery")
    pages = [gallery / path for path in KINDS.values()]
    pages += [path for name in ("arabic", "hostile") for path in sorted(request.getfixturevalue(name).rglob("*.html"))]
    for path in pages:
        tree = strictly(path.read_text("utf-8"))
        assert len(tree.findall(".//h1")) == 1, path
    with pytest.raises(html5lib.html5parser.ParseError):
        strictly("<!doctype html><title>x</title><p><div></p>")


def test_feeds_are_well_formed(site):
    feeds = sorted(path for path in site.rglob("*.xml") if path.name != "sitemap.xml")
    assert feeds
    for path in feeds:
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == "atom10"
        assert read.feed.title
        assert read.entries
        assert all(one.id.startswith("tag:") and one.title and one.updated_parsed for one in read.entries)
        links = [link.href for one in read.entries for link in one.links]
        assert not [link for link in links if link.lower().startswith(("javascript:", "data:"))]


def test_data_is_as_the_schema_says(site):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    check = jsonschema.Draft202012Validator(SCHEMA)
    files = sorted(site.rglob("*.json"))
    assert files
    for path in files:
        assert [error.message for error in check.iter_errors(json.loads(path.read_bytes()))] == [], path
    assert list(check.iter_errors({"schema": 1, "type": "actor"}))
