"""Proof by many histories: a run after any edits leaves the bytes, and tells the problems, of a run from nothing."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import build, folders, last, loading
from dateline.problems import DatelineError
from trackers import RULES, files_of, make_tracker

STORY = """\
-- content/site.yaml --
title: Test
recogniser: rules
-- seeds/one.txt --
Talks open

Oslo, 3 May 2021 - President Ada Moreno met Tom Brandt in Oslo on Monday. He left on Tuesday.
-- seeds/two.txt --
Strike ends

The Harbour Union ended its strike on 7 May 2021, Lena Oduya said.
-- seeds/three.txt --
A look back

In 2019 President Ada Moreno visited Lima. The talks failed.
"""
OVERRIDES = (
    ("404.html", "<!doctype html><title>{number}</title>"),
    (
        "actor.html",
        '{{% extends "shipped/actor.html" %}}{{% block beside %}}<p>{number} {{{{ view.name }}}}</p>{{% endblock %}}',
    ),
    ("articles.html", "<!doctype html>{{{{ site.pages|length }}}} pages, {number}"),
    ("assets/more.css", "p {{ margin: {number}px }}"),
    ("404.html", "<!doctype html>{{{{ nobody.knows }}}} {number}"),
)
KINDS = (
    "change", "add", "remove", "rename", "move", "strange seed", "touch", "settings", "wrong settings", "alias", "note",
    "own title", "edit below", "broken content", "correction", "corrected entry", "own article", "content removed",
    "content renamed", "drop", "same", "rename record", "undo", "template", "no template", "page spoilt", "page removed", "foreign page", "no site",
    "kept lost", "kept damaged", "kept older", "several by hand", "id twice", "circle", "nothing",
)  # fmt: skip
EDITS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 7)), min_size=1, max_size=6)


def edit(tracker: Path, kind: str, number: int) -> None:
    """Do to a tracker what a person may do; what cannot be done is left."""
    for act in (_edit_seeds, _edit_content, _edit_decisions, _edit_rest):
        act(tracker, kind, number)


def one_of(folder: Path, pattern: str, number: int) -> Path | None:
    found = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return found[number % len(found)] if found else None


def _edit_seeds(tracker: Path, kind: str, number: int) -> None:
    seeds = tracker / "seeds"
    path = one_of(seeds, "*.txt", number)
    if kind == "add":
        text = f"News {number}\n\nPresident Ada Moreno signed a deal with Tom Brandt on {number + 1} April 2021."
        (seeds / f"new{number}.txt").write_text(text, "utf-8")
    elif kind == "strange seed":
        (seeds / f"x{number}.pdf").write_bytes(b"\0\1")
    elif path is None:
        return
    elif kind == "change":
        path.write_text(path.read_text("utf-8") + f" Tom Brandt visited Lima on {number + 1} June 2021.", "utf-8")
    elif kind == "remove" and len(list(seeds.rglob("*.txt"))) > 1:
        path.unlink()
    elif kind == "rename":
        path.rename(path.with_name(f"moved{number}-{path.name}"[:40]))
    elif kind == "move":
        (seeds / "below").mkdir(exist_ok=True)
        path.rename(seeds / "below" / path.name)
    elif kind == "touch":
        os.utime(path, ns=(number, number))


def _edit_content(tracker: Path, kind: str, number: int) -> None:
    content = tracker / "content"
    if kind == "settings":
        (content / "site.yaml").write_text(f"title: T{number}\nrecogniser: rules\nquote_words: {5 + number}\n", "utf-8")
    elif kind == "wrong settings":
        (content / "site.yaml").write_text("titel: x\nrecogniser: rules\n", "utf-8")
    elif kind == "own article":
        (content / "articles").mkdir(parents=True, exist_ok=True)
        text = f"title: Mine {number}\nentries:\n- {{id: e-own{number}, label: spoke, source: a letter, when: 2021-05-0{number + 1}}}\n"
        (content / "articles" / f"mine-{number}.yaml").write_text(text, "utf-8")
    folder, lines = {
        "alias": ("actors", f"aliases:\n- {{name: The Chief {number}}}\n"),
        "note": ("actors", f"note: seen {number}\n"),
        "correction": (
            ("articles", f"place: Bergen\ntitle: Marked {number}\ncorrection: {{on: 2021-06-0{number + 1}}}\n")
            if number % 2
            else ("actors", f"name: Marked {number}\ncorrection: seen {number}\n")
        ),
        "own title": ("articles", f"title: As I say {number}\n"),
        "broken content": ("events" if number % 2 else "actors", "alaises: []\n"),
    }.get(kind, ("", ""))
    path = one_of(content / folder, "*.yaml", number) if folder else one_of(content / "actors", "*.yaml", number)
    if path is None:
        return
    text = path.read_text("utf-8")
    if folder and text.startswith("---"):
        path.write_text(lines + text, "utf-8")
    elif kind == "corrected entry" and (article := one_of(content / "articles", "*.yaml", number)):
        _correct_entry(article, number)
    elif kind == "edit below":
        path.write_text(text.replace("name: ", f"name: X{number} ", 1), "utf-8")
    elif kind == "several by hand":
        for each in sorted(content.glob("*/*.yaml"))[number % 2 :: 2]:
            each.write_text(f"# seen {number}\n" + each.read_text("utf-8"), "utf-8")
    elif kind == "id twice":
        shutil.copy(path, path.with_suffix(".yml" if number % 2 else f".{number}.yaml"))
    elif kind == "circle":
        for one, other in (("one", "other"), ("other", "one")):
            (content / "events").mkdir(exist_ok=True)
            text = f"label: Round {one}\nkind: process\npart_of: round-{other}\n"
            (content / "events" / f"round-{one}.yaml").write_text(text, "utf-8")
    elif kind == "content removed":
        path.unlink()
    elif kind == "content renamed":
        path.rename(path.with_name(f"other-{number}.yaml"))


def _correct_entry(path: Path, number: int) -> None:
    """Edit the first entry of an article and say that it is a correction; or say so of no edit."""
    text = path.read_text("utf-8")
    found = re.search(r"^- id: (e-\w+)", text, re.MULTILINE)
    if found and text.startswith("---"):
        edit = "" if number % 3 == 2 else f"when: 2021-04-0{number + 1}, "
        path.write_text(f"entries:\n- {{id: {found[1]}, {edit}correction: seen {number}}}\n{text}", "utf-8")


def _edit_decisions(tracker: Path, kind: str, number: int) -> None:
    path = tracker / "content" / "decisions.yaml"
    lines = path.read_text("utf-8").splitlines(True) if path.exists() else []
    actors = sorted(path.stem for path in (tracker / "content" / "actors").glob("*.yaml"))
    if kind == "undo" and lines:
        del lines[number % len(lines)]
    elif actors and kind in ("drop", "same", "rename record"):
        one, other = actors[number % len(actors)], actors[(number + 1) % len(actors)]
        line = {
            "drop": f"drop: {one}",
            "same": f"same: [{one}, {other}]",
            "rename record": f"rename: {{{one}: New {number}}}",
        }
        lines.append(f"- {line[kind]}\n")
    else:
        return
    path.write_text("".join(dict.fromkeys(lines)), "utf-8")


def _edit_rest(tracker: Path, kind: str, number: int) -> None:
    templates, site, kept = tracker / "templates", tracker / "site", tracker / folders.FOLDER
    if kind == "template":
        name, text = OVERRIDES[number % len(OVERRIDES)]
        make_tracker(tracker, f"-- templates/{name} --\n" + text.format(number=number))
    elif kind == "no template":
        shutil.rmtree(templates, ignore_errors=True)
    elif kind in ("page spoilt", "page removed") and (page := one_of(site, "*.html", number)):
        size = page.stat().st_size
        page.unlink()
        if kind == "page spoilt":
            page.write_bytes(b"x" * size)
    elif kind == "foreign page" and site.is_dir():
        (site / f"foreign{number}.txt").write_text("mine", "utf-8")
    elif kind == "no site":
        shutil.rmtree(site, ignore_errors=True)
    elif kind in ("kept lost", "kept damaged", "kept older") and (path := one_of(kept, "*.*", number)):
        if kind == "kept older":
            folders.save_kept(tracker, path.name, [0, "", {}])
            return
        path.unlink() if kind == "kept lost" else path.write_bytes(path.read_bytes()[: number * 50] + b"?")


def outcome(tracker: Path, verb: str) -> object:
    """What a run tells, but for what it cost and what it found to write; or its error."""
    try:
        done = last.run(tracker, verb, last.full(tracker, verb))
    except DatelineError as error:
        return type(error).__name__, str(error)
    return done.known, done.undated, done.estimated, done.absent, set(done.problems)


def check(edits: list[tuple[str, int]], folder: Path, verb: str) -> None:
    tracker = make_tracker(folder / "t", STORY)
    outcome(tracker, "build")
    for number, (kind, which) in enumerate(edits):
        edit(tracker, kind, which)
        fresh = folder / f"fresh{number}"
        shutil.copytree(tracker, fresh, ignore=shutil.ignore_patterns(folders.FOLDER))
        assert outcome(tracker, verb) == outcome(fresh, verb)
        assert files_of(tracker) == files_of(fresh)


@pytest.mark.parametrize("verb", ["build", "render"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_a_run_equals_one_from_nothing(verb, edits, tmp_path_factory):
    check(edits, tmp_path_factory.mktemp("t"), verb)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_many_more_histories(long_run, edits, tmp_path_factory):
    if long_run:
        check(edits, tmp_path_factory.mktemp("t"), "build")


@pytest.mark.parametrize("kind", KINDS)
def test_each_edit_alone_then_nothing(kind, tmp_path):
    check([(kind, 1), ("nothing", 0), ("nothing", 0)], tmp_path, "build")


def test_copies_of_several_publishers_are_reports_of_one_origin(tmp_path):
    tracker = make_tracker(tmp_path / "t", RULES)
    (tracker / "seeds").mkdir(exist_ok=True)
    text = "Flood\n\nLIMA, 2 June 2021 - Rosa Quispe visited Lima on Tuesday and met Tom Brandt.\n"
    for number in range(12):
        (tracker / "seeds" / f"{number:02}.txt").write_text(f"---\nsource: Outlet {number}\n---\n{text}", "utf-8")
    build.build(tracker)
    first = files_of(tracker)
    sources = {str(article.source) for article in loading.load(tracker).corpus.articles}
    assert sources == {f"Outlet {number}" for number in range(12)}
    pages = [path.read_text("utf-8") for path in (tracker / "site" / "actors").glob("rosa-quispe.html")]
    assert all("12 reports, 1 origin" in page for page in pages)
    assert pages
    (tracker / "seeds" / "03.txt").rename(tracker / "seeds" / "99.txt")
    build.build(tracker)
    (tracker / "seeds" / "99.txt").rename(tracker / "seeds" / "03.txt")
    build.build(tracker)
    assert files_of(tracker) == first
