"""Pages that stand are not made again, and every other one is."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from corpora import CORPUS
from dateline import folders
from dateline.folders import template_dirs
from dateline.kept import FILE, KeptPages
from dateline.pages import plan
from dateline.render import render, write
from trackers import files_of, make_tracker

SITE = plan(CORPUS)[0]


def run(tracker, site=SITE):
    """One run: the pages that were made, by path."""
    kept = KeptPages(folders.Prints(tracker).look_again(), site)
    files, problems = render(site, template_dirs(tracker), kept)
    assert problems == ()
    write(tracker / "site", files, standing=kept.standing)
    kept.save()
    assert files_of(tracker / "site") == files_of_fresh(tracker, site)
    return {path for path in files if path.endswith(".html")}


def files_of_fresh(tracker, site):
    fresh = tracker.parent / "fresh"
    write(fresh, render(site, template_dirs(tracker))[0])
    return files_of(fresh)


@pytest.fixture
def tracker(tmp_path):
    return make_tracker(tmp_path / "t", "-- seeds/none.txt --\n")


def test_a_second_run_makes_no_page(tracker):
    assert run(tracker) == {page.path for page in SITE.pages}
    assert run(tracker) == set()


def test_equal_views_that_came_to_be_otherwise_stand(tracker):
    run(tracker)
    same = pickle.loads(pickle.dumps(SITE))  # nothing in it is the same object, and texts that were one are several
    assert same == SITE
    assert run(tracker, same) == set()


@pytest.mark.parametrize("words", ["1", "", "\ud800", "\0"])
def test_what_no_template_shows_counts_too(tracker, words):
    """A page is made again for any change of its view: what a template makes of it nobody knows."""
    run(tracker)
    about = next(page for page in SITE.pages if page.path == "about.html")
    other = replace(about, view=replace(about.view, quote_words=about.view.quote_words + 1, reader=words))
    pages = tuple(other if page is about else page for page in SITE.pages)
    assert run(tracker, replace(SITE, pages=pages)) == {"about.html"}


def test_only_the_pages_of_a_changed_record_are_made(tracker):
    run(tracker)
    actor = CORPUS.actors[0]
    other = replace(CORPUS, actors=(replace(actor, note="Seen."), *CORPUS.actors[1:]))
    made = run(tracker, plan(other)[0])
    assert len(made) == 1
    assert "Seen." in (tracker / "site" / made.pop()).read_text("utf-8")


def test_what_concerns_every_page_makes_all_anew(tracker):
    run(tracker)
    assert len(run(tracker, replace(SITE, title="Other"))) == len(SITE.pages)
    make_tracker(tracker, "-- templates/redirect.html --\nmoved\n")
    assert len(run(tracker, replace(SITE, title="Other"))) == len(SITE.pages)


def test_a_page_that_was_spoilt_or_removed_is_made_again(tracker):
    run(tracker)
    (tracker / "site" / "index.html").write_text("x", "utf-8")
    (tracker / "site" / "about.html").unlink()
    assert run(tracker) == {"index.html", "about.html"}


@pytest.mark.parametrize("words", ["{{ site.pages|length }}", "{{ site }}", "{% set all = 'pages' %}{{ site[all]|length }}", "{{ site|attr('pages')|length }}"])  # fmt: skip
def test_a_page_that_asks_for_all_pages_is_always_made(tracker, words):
    make_tracker(tracker, f"-- templates/404.html --\n<!doctype html>{words}\n")
    run(tracker)
    assert run(tracker) == {"404.html"}
    run(tracker, replace(SITE, pages=tuple(page for page in SITE.pages if not page.path.startswith("events/"))))


def test_so_is_every_page_that_shows_macros_whose_template_asks(tracker):
    shown = "<!doctype html>{% import 'own.html' as own %}{{ own.pages() }}"
    macros = "{% set all = site.pages|length %}{% macro pages() %}{{ all }}{% endmacro %}"
    make_tracker(
        tracker,
        f"-- templates/own.html --\n{macros}\n-- templates/404.html --\n{shown}\n-- templates/about.html --\n{shown}\n",
    )
    run(tracker)
    assert run(tracker) == {"404.html", "about.html"}
    run(tracker, replace(SITE, pages=tuple(page for page in SITE.pages if not page.path.startswith("events/"))))


@pytest.mark.parametrize("body", [b"", b"no", b"null"])
def test_a_damaged_record_makes_all_anew(tracker, body):
    run(tracker)
    (tracker / folders.FOLDER / FILE).write_bytes(body)
    assert len(run(tracker)) == len(SITE.pages)
    folders.save_kept(tracker, FILE, [])
    assert len(run(tracker)) == len(SITE.pages)
