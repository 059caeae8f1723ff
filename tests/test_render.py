"""Pages as bytes: safe HTML, relative links, and a folder that changes only where it must."""

from __future__ import annotations

import errno
import itertools
import os
import posixpath
import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args, get_type_hints
from urllib.parse import unquote, urlsplit

import pytest
from jinja2 import Template

from corpora import CORPUS, article, entry, large_corpus, story_corpus, who
from dateline import build, views
from dateline.folders import template_dirs
from dateline.model import Actor, Alias, Corpus, Event, Redirect, Settings, Voice
from dateline.pages import plan
from dateline.problems import UsageError
from dateline.render import MANIFEST, render, safe_markdown, write
from dateline.web import direction
from trackers import RULES, make_tracker

ROOT = Path(__file__).parents[1]
SHIPPED = template_dirs(ROOT)

EVIL = '<script>window.pwned = 1</script>"\'><img src=x onerror="window.pwned = 1"> {{ 7 * 7 }} \u202edesrever \x00\x0b\ud800 ]]>'
LONG = "wordwithoutanyend" * 600
HOSTILE = Corpus(
    settings=Settings(
        title=f"Title {EVIL}", description=f"{EVIL} [x](javascript:alert(1)) ![i](http://evil.example/i.png)", language='en" x="'
    ),
    articles=(
        article("a", "2021", title=f"A {EVIL}", source=EVIL, byline=EVIL, place=LONG, url="javascript:alert(1)"),
        article("b", "2020", title=LONG, source=LONG, url="https://example.org/\"><script>window.pwned = 1</script>"),
    ),
    entries=(
        entry("e-1", "a", f"met {EVIL}", "met", EVIL, "2021", when_words=EVIL, when_reckoned=EVIL, participants=who(("c", "agent")), events=("v",), voice=Voice(words=EVIL)),
        entry("e-2", "b", LONG, LONG, LONG, when_words=LONG, participants=who(("c", "agent")), place=LONG, happening="e-1", negated=True),
        entry('"><script>window.pwned = 1</script>', "b", LONG, "x", "L", participants=who(("c", "agent"))),
    ),
    actors=(Actor(id="c", name=f"C {EVIL}", kind="person", aliases=(Alias(name=LONG, articles=1, reason=EVIL),), note=EVIL, wikidata=EVIL),),
    events=(Event(id="v", label=f"V {LONG}", kind="process", event_class="talks", note=EVIL, place=EVIL),),
)  # fmt: skip


def files_of(corpus: Corpus, dirs: tuple[Path, ...] = SHIPPED) -> dict[str, bytes]:
    site, planning = plan(corpus)
    files, rendering = render(site, dirs)
    assert (*planning, *rendering) == ()
    return files


class Reader(HTMLParser):
    """What a browser would find in a page: elements with their attributes, ids, links."""

    VOID = frozenset(["meta", "link", "br", "hr", "img", "input", "col"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    @property
    def links(self) -> list[str]:
        return [attrs["href"] or "" for _, attrs in self.elements if "href" in attrs]


def read_pages(files: dict[str, bytes]) -> dict[str, Reader]:
    return {path: Reader(data.decode()) for path, data in files.items() if path.endswith(".html")}


CORPORA = {
    "small": CORPUS,
    "large": large_corpus(230),
    "story": story_corpus(50),
    "hostile": HOSTILE,
    "empty": Corpus(settings=Settings()),
}


@pytest.fixture(scope="module", params=CORPORA)
def site(request):
    return files_of(CORPORA[request.param])


# --------------------------------------------------------------------------------------------- every page


def test_no_words_turn_the_title_of_a_tab():
    heads = [
        data.decode().partition("</head>")[0] for path, data in files_of(HOSTILE).items() if path.endswith(".html")
    ]
    assert sum("desrever" in head for head in heads) > 3
    shown = [re.sub(r"<script.*", "", head, flags=re.DOTALL) for head in heads]
    assert not any("\u202e" in head for head in shown)


def test_every_link_leads_to_a_page_and_to_a_place_on_it(site):
    pages = read_pages(site)
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "http", "data"), link
                continue
            assert not link.startswith("/")
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            assert target in site, f"{path} → {link}"
            assert not parts.fragment or unquote(parts.fragment) in pages[target].ids, f"{path} → {link}"


def test_every_page_is_sound_for_readers_and_machines(site):
    for path, page in read_pages(site).items():
        tags = [tag for tag, _ in page.elements]
        assert not {"img", "iframe", "object", "form", "base"} & set(tags), path
        scripts = [attrs for tag, attrs in page.elements if tag == "script"]
        assert all(of.get("type") == "application/ld+json" or ("src" in of and "defer" in of) for of in scripts), path
        assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on") or name == "style"]
        assert len(page.ids) == len(set(page.ids)), path
        assert tags.count("h1") == tags.count("main") == tags[: tags.index("body")].count("title") == 1, path
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)
        policies = [attrs["content"] or "" for tag, attrs in page.elements if "http-equiv" in attrs]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'; style-src 's"), path
        assert "unsafe" not in policies[0]


def test_only_article_pages_lead_out_of_the_site(site):
    for path, page in read_pages(site).items():
        out = [link for link in page.links if urlsplit(link).scheme in ("http", "https")]
        assert out == [] or path.startswith("articles/"), (path, out)


def test_text_stays_text():
    for path, data in files_of(HOSTILE).items():
        text = data.decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text), path
        assert "{{" not in text or "{{ 7 * 7 }}" in text
        assert "<script>window" not in text or path.endswith(".csv")


def test_the_page_for_lost_addresses_stands_alone():
    page = read_pages(files_of(CORPUS))["404.html"]
    assert page.links == ["data:,"]
    with_address = replace(CORPUS, settings=replace(CORPUS.settings, address="https://example.org/a/"))
    assert "https://example.org/a/" in read_pages(files_of(with_address))["404.html"].links


def test_a_row_shows_what_it_must():
    text = files_of(CORPUS)["actors/united-states.html"].decode()
    row = text[text.index('id="e-dubai"') : text.index('id="e-agree"')]
    for part in (
        "<dt>Happened</dt>",
        '<time datetime="2018-12">December 2018</time>',
        "<dt>Reported</dt>",
        '<time datetime="2019-01-17">17 January 2019</time>',
        'href="taliban.html"',
        "Pakistan Today",
        "facilitating direct <mark>talks</mark> between",
        "“last month”",
        "last month: December 2018, reckoned from the article’s date, 17 January 2019",
        'href="#e-dubai"',
    ):
        assert part in row
    claim = text[text.index('id="e-leave"') :]
    assert "the veteran military analyst</bdi> claimed:" in claim
    assert "date not known" in claim


def test_a_long_timeline_is_told_in_short_above_its_rows():
    text = files_of(story_corpus(50))["actors/harbour-union.html"].decode()
    head, _, rest = text.partition('<h2 id="timeline">')
    short = head[head.index('<h2 id="short">In short</h2>') :]
    linked = re.findall(r'<a href="#(e-\d+)"><bdi>([^<]+)</bdi></a>', short)
    assert len(linked) == 4
    for id, label in linked:
        row = rest[re.search(f'<li class="row key(?: said)?" id="{id}">', rest).start() :]
        assert f'<p class="label"><bdi>{label}</bdi>' in row[: row.index("</li>")]
    assert len(re.findall('class="row key(?: said)?"', rest)) == 4
    assert "4 of 50 rows" in short


def test_a_silence_is_text_in_the_list_and_no_row():
    text = files_of(story_corpus(5))["actors/harbour-union.html"].decode()
    assert '<li class="gap">No dated reports for 7 months</li>' in text
    assert text.index('id="e-0001"') < text.index('class="gap"') < text.index('id="e-0002"')
    assert text.count('<li class="row') == 5


def test_home_draws_the_story_then_tells_what_is_new_then_how_it_came_to_that():
    text = files_of(story_corpus(50))["index.html"].decode()
    headings = ["overview", "latest", "storylines"]
    assert [id for id in re.findall(r'<h2 id="([a-z]+)">', text) if id in headings] == headings
    lines = text[text.index('<h2 id="storylines">') : text.index('<h2 id="actors">')]
    assert re.findall(r'<h3><a href="events/([a-z-]+).html">', lines) == ["port-dispute", "harbour-law"]
    assert 'href="events/dock-strike.html#e-0000"' in lines  # a row of a part stands on the page of the part
    assert "32 happenings" in lines
    assert "20 reports, 18 independent" in lines


def test_part_pages_tell_deeds_and_words_apart_on_an_actors_timeline_alone():
    files = files_of(story_corpus(500))
    part = next(files[path] for path in sorted(files) if re.match("actors/harbour-union/2019.*html", path)).decode()
    did, said = (int(re.search(rf"what it {verb} \((\d+)\)", part)[1]) for verb in ("did", "said"))
    assert said == len(re.findall('<li class="row(?: unsure)?(?: key)? said"', part)) > 0
    assert did + said == part.count('<li class="row')
    assert 'class="sorts"' not in files["events/dock-strike.html"].decode()


def test_a_row_on_home_leads_to_where_it_stays():
    text = files_of(story_corpus(50))["index.html"].decode()
    latest = text[text.index('<h2 id="latest">') : text.index('<h2 id="storylines">')]
    assert latest.count('<li class="row brief') == 10
    assert 'href="#' not in latest  # what is new today stands elsewhere tomorrow
    assert (
        '<a href="events/dock-strike.html#e-0049"><bdi>Clashes near tower 49 leave windows broken</bdi></a>' in latest
    )


def test_pages_are_the_same_bytes_each_time():
    assert files_of(CORPUS) == files_of(CORPUS)


# --------------------------------------------------------------------------------------------- templates


@pytest.fixture
def own(tmp_path):
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates"


def test_a_tracker_overrides_single_files(own, tmp_path):
    (own / "about.html").write_text("ours: {{ view.scope }}")
    (own / "assets").mkdir()
    (own / "assets" / "style.css").write_text("b {}")
    files = files_of(CORPUS, template_dirs(tmp_path))
    assert files["about.html"].decode().startswith("ours: From 5 articles")
    assert files["assets/style.css"] == b"b {}"
    assert b"Latest reports" in files["index.html"]


def test_a_tracker_overrides_one_block(own, tmp_path):
    (own / "actor.html").write_text('{% extends "shipped/actor.html" %}{% block beside %}BESIDE{% endblock %}')
    page = files_of(CORPUS, template_dirs(tmp_path))["actors/pakistan.html"].decode()
    assert "BESIDE" in page
    assert "Seen with" not in page
    assert "Timeline" in page


def test_a_tracker_inside_a_checkout_has_no_second_place():
    assert len(template_dirs(ROOT)) == 1
    assert (template_dirs(ROOT)[0] / "base.html").is_file()


def test_macros_that_pages_share_are_made_once(monkeypatch):
    made = []
    make = Template.make_module
    monkeypatch.setattr(Template, "make_module", lambda of, *args: made.append(of.name) or make(of, *args))
    files_of(CORPUS)
    assert sorted(made) == ["charts.html", "macros.html"]


def test_macros_that_pages_share_lead_right_from_each_page_and_see_the_site(own, tmp_path):
    (own / "own.html").write_text("{% macro way(to) %}{{ site.title }} {{ page.path }} {{ to|href }}{% endmacro %}")
    shown = '{% import "own.html" as own %}{{ own.way("events/index.html") }}'
    for name in ("about.html", "actor.html", "event.html"):
        (own / name).write_text(shown)
    files = files_of(CORPUS, template_dirs(tmp_path))
    title = CORPUS.settings.title
    assert files["about.html"].decode() == f"{title} about.html events/index.html"
    assert files["actors/pakistan.html"].decode() == f"{title} actors/pakistan.html ../events/index.html"
    assert files["events/istanbul-conference.html"].decode() == f"{title} events/istanbul-conference.html index.html"


def test_a_macro_that_pages_share_and_that_looks_at_their_path_is_made_for_each(own, tmp_path):
    macros = "{% macro at(to) %}{{ page.path }}{% endmacro %}{% macro row(to) %}{{ to|once(at) }}{% endmacro %}"
    (own / "own.html").write_text(macros)
    for name in ("about.html", "search.html"):
        (own / name).write_text('{% import "own.html" as own %}{{ own.row(site) }}')
    files = files_of(CORPUS, template_dirs(tmp_path))
    assert [files[name].decode() for name in ("about.html", "search.html")] == ["about.html", "search.html"]


def test_macros_that_pages_share_see_no_view(own, tmp_path):
    (own / "macros.html").write_text("{% macro way(to) %}{{ view.scope }}{% endmacro %}")
    (own / "about.html").write_text('{% import "macros.html" as own %}{{ own.way("") }}')
    _, problems = render(plan(CORPUS)[0], template_dirs(tmp_path))
    assert "view" in next(of.message for of in problems if str(of.where) == "templates/macros.html:1")
    (own / "about.html").write_text('{% import "macros.html" as own with context %}{{ own.way("") }}')
    assert files_of_about(tmp_path).startswith("From 5 articles")


def files_of_about(tracker: Path) -> str:
    return render(plan(CORPUS)[0], template_dirs(tracker))[0]["about.html"].decode()


BROKEN = [
    ("one\n{% if %}", "template-error", "templates/about.html:2", "Expected an expression"),
    ("one\ntwo\n{{ view.nothing }}", "template-error", "templates/about.html:3", "nothing"),
    ("{{ 1 / 0 }}", "template-error", "templates/about.html:1", "ZeroDivisionError"),
    ("\n{{ ''.__class__.__mro__ }}", "template-error", "templates/about.html:2", "unsafe"),
    ("{{ 1|random }}", "template-error", "templates/about.html:1", "random"),
    ('\n{% include "gone.html" %}', "template-missing", "templates/gone.html", "gone.html"),
    ('{% extends "about.html" %}', "template-error", "templates/about.html:1", "recursion"),
]


@pytest.mark.parametrize(("source", "slug", "where", "words"), BROKEN)
def test_a_broken_template_is_a_problem_with_its_place(own, tmp_path, source, slug, where, words):
    (own / "about.html").write_text(source)
    files, problems = render(plan(CORPUS)[0], template_dirs(tmp_path))
    assert [(problem.slug, str(problem.where)) for problem in problems] == [(slug, where)]
    assert words in problems[0].message
    assert "about.html" not in files
    assert "index.html" in files


def test_one_fault_in_many_pages_is_told_once(own, tmp_path):
    (own / "base.html").write_text("{{ oops }}")
    _, problems = render(plan(CORPUS)[0], template_dirs(tmp_path))
    assert [str(problem.where) for problem in problems] == ["templates/base.html:1"]


def test_the_contract_of_templates_names_every_field():
    contract = (ROOT / "docs" / "templates.md").read_text("utf-8")
    for name, record in vars(views).items():
        if is_dataclass(record):
            assert f"`{name}`" in contract, name
            section = contract.partition(f"`{name}`")[2].partition("\n\n")[0]
            for field in fields(record):
                assert f"`{field.name}`" in section, f"{name}.{field.name}"


def test_views_hold_only_words_numbers_and_views():
    allowed = {str, int, bool, type(None), tuple, Ellipsis, *(r for r in vars(views).values() if is_dataclass(r))}

    def parts(hint: object) -> set[object]:
        inside = get_args(hint)
        return set().union(*map(parts, inside)) if inside else {hint}

    for record in [r for r in vars(views).values() if is_dataclass(r)]:
        for hint in get_type_hints(record).values():
            assert parts(hint) <= allowed, (record, hint)


# --------------------------------------------------------------------------------------------- Markdown

MARKDOWN = [
    ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
    ("[a](about.html)", '<p><a href="about.html">a</a></p>'),
    ("[a](https://example.org/?a=1&b=2)", '<p><a href="https://example.org/?a=1&amp;b=2">a</a></p>'),
    ("[a](javascript:alert(1))", "<p><a>a</a></p>"),
    ("[a](JaVaScRiPt&#58;alert(1))", "<p><a>a</a></p>"),
    ("[a](java&#115;cript:alert(1))", "<p><a>a</a></p>"),
    ("[a](data:text/html,x)", "<p><a>a</a></p>"),
    ("[a](//example.org)", "<p><a>a</a></p>"),
    ("[a](/\\example.org)", "<p><a>a</a></p>"),
    ("![alt](http://example.org/a.png)", "<p>alt</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ('<b onclick="x">a</b>', "<p>&lt;b onclick=&quot;x&quot;&gt;a&lt;/b&gt;</p>"),
    ("# a\n\n### b", "<h2>a</h2>\n<h2>b</h2>"),
    ("a & b &lt; c", "<p>a &amp; b &lt; c</p>"),
    ('[a](x "t\\" onclick=y")', '<p><a href="x">a</a></p>'),
]


@pytest.mark.parametrize(("source", "expected"), MARKDOWN)
def test_markdown_becomes_harmless_html(source, expected):
    assert str(safe_markdown(source)) == expected


# --------------------------------------------------------------------------------------------- writing

FILES = {"index.html": b"home", "actors/a.html": b"a", "actors/a/2021.html": b"2021"}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def counts(out: Path, files: dict[str, bytes]) -> tuple[int, int, int]:
    done = write(out, files)
    return done.written, done.same, done.removed


def test_only_what_changed_is_written(tmp_path):
    out = tmp_path / "deep" / "site"
    assert counts(out, FILES) == (3, 0, 0)
    times = {path: os.stat(out / path).st_mtime_ns for path in FILES}
    assert counts(out, FILES) == (0, 3, 0)
    assert counts(out, {**FILES, "index.html": b"new"}) == (1, 2, 0)
    assert (out / "index.html").read_bytes() == b"new"
    assert os.stat(out / "actors/a.html").st_mtime_ns == times["actors/a.html"]


def test_what_went_from_the_plan_goes_and_foreign_files_stay(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "actors" / "notes.txt").write_text("mine")
    assert counts(tmp_path, {"index.html": b"home"}) == (0, 1, 2)
    assert set(tree(tmp_path)) == {"index.html", "CNAME", "actors/notes.txt", MANIFEST}
    assert not (tmp_path / "actors" / "a").exists()


def test_a_foreign_file_in_the_way_is_not_overwritten(tmp_path):
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(UsageError, match=r"index\.html"):
        write(tmp_path, FILES)
    assert tree(tmp_path) == {"index.html": b"mine"}
    (tmp_path / "index.html").write_bytes(FILES["index.html"])  # the same bytes are nobody's loss
    assert counts(tmp_path, FILES) == (2, 1, 0)


@pytest.mark.parametrize("line", ["../precious.txt", "/etc/passwd", "a/../../precious.txt", "C:/x", "..\\x", ""])
def test_a_list_of_files_cannot_reach_outside(tmp_path, line):
    out = tmp_path / "site"
    write(out, FILES)
    precious = tmp_path / "precious.txt"
    precious.write_text("keep")
    (out / MANIFEST).write_text(f"{line}\nindex.html\n")
    write(out, {**FILES, "b.html": b"b"})
    assert precious.read_text() == "keep"
    assert (out / MANIFEST).read_text().split() == sorted([*FILES, "b.html"])


def test_what_a_killed_build_left_is_cleared_away(tmp_path):
    (tmp_path / ".dateline-new-x").mkdir()
    (tmp_path / ".dateline-new-x" / "0").write_text("half")
    write(tmp_path, FILES)
    assert set(tree(tmp_path)) == {*FILES, MANIFEST}


def test_a_full_disk_leaves_the_site_as_it_was(tmp_path, monkeypatch):
    write(tmp_path, {"a": b"1", "b": b"1"})
    before = tree(tmp_path)

    def write_bytes(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(UsageError, match="cannot write a: No space left") as caught:
        write(tmp_path, {"a": b"1", "b": b"2"})
    assert caught.value.hint == "make room, then try again"
    assert tree(tmp_path) == before


def test_a_folder_that_takes_nothing_is_named_itself(tmp_path, monkeypatch):
    def mkdtemp(prefix: str, dir: Path) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", str(dir / f"{prefix}x"))

    monkeypatch.setattr("tempfile.mkdtemp", mkdtemp)
    with pytest.raises(UsageError, match="cannot write site: Permission denied") as caught:
        write(tmp_path / "site", {"a": b"1"})
    assert caught.value.hint == "look at its permissions"


def test_a_folder_in_the_place_of_a_page_is_named(tmp_path):
    write(tmp_path, {"a.html": b"1"})
    (tmp_path / "a.html").unlink()
    (tmp_path / "a.html").mkdir()
    with pytest.raises(UsageError, match=r"cannot write a\.html") as caught:
        write(tmp_path, {"a.html": b"2"})
    assert "move it away" in caught.value.hint


def test_a_folder_that_cannot_hold_a_file_is_named(tmp_path):
    (tmp_path / "actors").write_text("a file where a folder must be")
    with pytest.raises(UsageError, match="actors"):
        write(tmp_path, FILES)


# --------------------------------------------------------------------------------------------- direction


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("UR", "rtl"), ("az-Arab", "rtl"), ("ks-Deva", "ltr"), ("en", "ltr"), ("de-1996", "ltr"), ("", "ltr"), ('ar"><x', "ltr")],
)  # fmt: skip
def test_a_language_has_a_direction(language, expected):
    assert direction(language) == expected


def test_every_page_of_such_a_language_runs_from_right_to_left():
    corpus = replace(
        CORPUS,
        settings=replace(CORPUS.settings, language="ar"),
        redirects=(Redirect(kind="actors", id="old", name="Old", to="taliban"),),
    )
    pages = {path: data for path, data in files_of(corpus).items() if path.endswith(".html")}
    assert {"404.html", "actors/old.html", "index.html"} <= set(pages)
    assert all(b'<html lang="ar" dir="rtl">' in data for data in pages.values())


def test_no_text_can_end_the_isolate_around_a_name():
    actor = replace(CORPUS.actors[0], name="A\u2069\u202eB\u2066C")
    files = files_of(replace(CORPUS, actors=(actor, *CORPUS.actors[1:])))
    pages = "".join(data.decode() for path, data in files.items() if path.endswith(".html"))
    assert "<bdi>A\u202eBC</bdi>" in pages
    assert not re.search("[\u2066-\u2069]", pages)


# --------------------------------------------------------------------------------------------- in a browser


LOOK = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  if (window.pwned) found.push("text was executed");
  for (const e of document.querySelectorAll("a, summary")) {
    const box = e.getBoundingClientRect();
    if (box.height && box.height < 23.9 && getComputedStyle(e).display != "inline" && !e.matches(".skip"))
      found.push(`small target: ${e.textContent.slice(0, 40)} ${box.height}`);
  }
  return found;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("corpus", ["small", "hostile", "story"])
def test_pages_open_from_disk_as_they_should(browser, tmp_path, corpus, width):
    files = files_of(CORPORA[corpus])
    write(tmp_path, files)
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="light")
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in sorted(path for path in files if path.endswith(".html")):
        page.goto((tmp_path / path).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        assert page.evaluate(LOOK) == [], path
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 249, 244)", path
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("data:", tmp_path.as_uri()))] == []


@pytest.mark.browser
def test_every_sentence_is_printed(browser, tmp_path):
    write(tmp_path, files_of(CORPUS))
    page = browser.new_page()
    page.goto((tmp_path / "actors/united-states.html").as_uri())
    page.emulate_media(media="print")
    heights = page.evaluate("[...document.querySelectorAll('blockquote')].map(e => e.getBoundingClientRect().height)")
    page.close()
    assert len(heights) == 6
    assert min(heights) > 10


HAND_KEPT = """-- content/articles/notes.yaml --
title: What the archive holds
published: 2021-05-01
entries:
- id: e-archive
  label: Jane Roe visits Madrid
  quote: J. Roe called on Monday
  when: 2021-04-26
  source: https://archive.example/7
  note: seen by A. N. on paper
- id: e-remark
  label: The file of May is lost
  note: editor's note, after a call to the archive
  source: telephone call, 2 May 2021
"""


def test_what_a_person_s_own_entry_rests_on_is_shown(tmp_path):
    tracker = make_tracker(tmp_path, RULES + HAND_KEPT)
    assert build.build(tracker).problems == ()
    page = (tracker / "site/articles/what-the-archive-holds.html").read_text(encoding="utf-8")
    assert (
        '<a href="https://archive.example/7" rel="noopener noreferrer external">https://archive.example/7</a>' in page
    )
    assert '<dd dir="auto">seen by A. N. on paper</dd>' in page
    assert '<dd dir="auto">telephone call, 2 May 2021</dd>' in page
    assert page.count("<blockquote") == 1  # an entry without a quotation shows no empty one
    assert page.count("<summary>What it rests on</summary>") == 1
