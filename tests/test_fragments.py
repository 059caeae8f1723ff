"""What is made once for all pages stands on each of them as if it had been made there."""

from __future__ import annotations

import pytest

from dateline import fragments
from dateline.plan import Page, Site
from dateline.render import make_environment
from dateline.views import Link, MissingView

PATHS = ("index.html", "actors/a.html", "actors/b.html", "events/a.html", "actors/a/2021.html")
SITE = Site(title="T", language="en", pages=(), report="mail@example.org")


class Record:
    """A record that knows how often somebody asked for its label."""

    def __init__(self, *links: Link, label: str = "<b> & c") -> None:
        self.links = links
        self._label = label
        self.asked = 0

    @property
    def label(self) -> str:
        self.asked += 1
        return self._label


LINKS = (
    Link(text="A & co", path="actors/a.html"),
    Link(text="row", path="actors/a.html", fragment="e 1"),
    Link(text="words", path=""),
    Link(text="here", path="", fragment="x"),
    Link(text="ü", path="events/ü ?.html"),
)


def pages_of(tmp_path, macros: str, shown: str, record: Record) -> list[str]:
    """What a page template makes of a record on each of the pages."""
    (tmp_path / "macros.html").write_text(macros, "utf-8")
    (tmp_path / "other.html").write_text("{{ page.path }}", "utf-8")
    page = '{% set title = page.path %}{% import "macros.html" as show with context %}' + shown
    (tmp_path / "page.html").write_text(page, "utf-8")
    template = make_environment([tmp_path]).get_template("page.html")
    view = MissingView(home="")
    made = []
    for path in PATHS:
        of = Page(path=path, template="page.html", title=path, description="", section="", view=view)
        made.append(template.render(site=SITE, page=of, view=view, record=record))
    return made


ROW = "{% macro row(r) %}<li>{{ r.label }}{% for to in r.links %} {{ to|link }} {{ to|href }}{% endfor %}</li>\n{% endmacro %}"


def both(tmp_path, macros: str, record: Record) -> tuple[list[str], list[str], int]:
    """The pages with the macro called, those with what it made once, and how often it was run for these."""
    called = pages_of(tmp_path, macros, "{{ show.row(record) }}", record)
    record.asked = 0
    return called, pages_of(tmp_path, macros, "{{ record|once(show.row) }}", record), record.asked


def test_links_lead_right_from_each_page_though_the_row_is_made_once(tmp_path):
    called, once, made = both(tmp_path, ROW, Record(*LINKS))
    assert once == called
    assert made == 1
    assert called[1] == (
        "<li>&lt;b&gt; &amp; c <bdi>A &amp; co</bdi> a.html"
        ' <a href="#e%201"><bdi>row</bdi></a> #e%201'
        " <bdi>words</bdi> a.html"
        ' <a href="#x"><bdi>here</bdi></a> #x'
        ' <a href="../events/%C3%BC%20%3F.html"><bdi>ü</bdi></a> ../events/%C3%BC%20%3F.html</li>\n'
    )


@pytest.mark.parametrize(
    "macros",
    [
        "{% macro row(r) %}{{ r.label }}{{ page.path }}{% endmacro %}",
        "{% macro row(r) %}{{ r.label }}{% for i in [1] %}{{ page.title }}{% endfor %}{% endmacro %}",
        "{% macro row(r) %}{{ r.label }}{{ title }}{% endmacro %}",
        "{% set here = page.path %}{% macro row(r) %}{{ r.label }}{{ here }}{% endmacro %}",
        "{% macro in() %}{{ page.path }}{% endmacro %}{% macro row(r) %}{{ r.label }}{{ in() }}{% endmacro %}",
        "{% macro row(r) %}{{ r.label }}{% include 'other.html' %}{% endmacro %}",
        "{% macro row(r) %}{{ r.label }}{% import 'other.html' as o with context %}{{ o }}{% endmacro %}",
        "{% macro c() %}{{ caller() }}{% endmacro %}{% macro row(r) %}{{ r.label }}{% call c() %}{{ page.path }}{% endcall %}{% endmacro %}",
        "{% macro row(r) %}{{ r.label }}{% set page = page %}{{ page.path }}{% endmacro %}",
        "{% if page.path == 'index.html' %}{% macro in() %}1{% endmacro %}{% else %}{% macro in() %}2{% endmacro %}{% endif %}"
        "{% macro row(r) %}{{ r.label }}{{ in() }}{% endmacro %}",
    ],
)
def test_what_looks_at_the_page_is_made_for_each(tmp_path, macros):
    called, once, made = both(tmp_path, macros, Record())
    assert once == called
    assert len(set(called)) > 1
    assert made > 1


@pytest.mark.parametrize(
    "macros",
    [
        "{% macro row(r) %}{{ r.label }}{{ site.title }}{{ site.report|report_to('x') }}{% endmacro %}",
        "{% macro in(to) %}{{ to|link }}{% endmacro %}{% macro row(r) %}{{ r.label }}{% for to in r.links %}{{ in(to) }}{% endfor %}{% endmacro %}",
        "{% macro in(r) %}{{ r.links[0]|link }}{% endmacro %}{% macro row(r) %}{{ r.label }}{{ r|once(in) }}{{ r|once(in) }}{% endmacro %}",
        "{% macro row(r) %}{{ r.label }}{% for i in range(2) %}{{ loop.index }}{% endfor %}{% endmacro %}",
        "{% macro row(r, more='x') %}{{ r.label }}{{ more }}{% endmacro %}",
    ],
)
def test_what_looks_at_records_and_the_site_is_made_once(tmp_path, macros):
    called, once, made = both(tmp_path, macros, Record(*LINKS))
    assert once == called
    assert made == 1


@pytest.mark.parametrize("label", ["\0", "\0000\0", "\0001\0", "\0000\0\0001\0", "x\0000\0y"])
def test_words_that_look_like_a_gap_change_nothing(tmp_path, label):
    called, once, _ = both(tmp_path, ROW, Record(*LINKS[:1], label=label))
    assert once == called


def test_two_records_and_two_macros_are_kept_apart(tmp_path):
    macros = ROW + "{% macro other(r) %}o{{ r.text }}{% endmacro %}"
    shown = "{% for r in record.links %}{{ r|once(show.other) }}{{ r|once(show.link) }}{% endfor %}"
    macros += "{% macro link(r) %}{{ r|link }}{% endmacro %}"
    made = pages_of(tmp_path, macros, shown, Record(*LINKS[:3:2]))
    assert made[1] == "oA &amp; co<bdi>A &amp; co</bdi>owords<bdi>words</bdi>"
    assert made[2] == 'oA &amp; co<a href="a.html"><bdi>A &amp; co</bdi></a>owords<bdi>words</bdi>'


def test_what_is_too_much_goes_and_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(fragments, "_MOST", 10)
    called, once, made = both(tmp_path, ROW, Record(*LINKS))
    assert once == called
    assert made == len(PATHS)
