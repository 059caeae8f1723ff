"""Whole texts, where their rights allow that: on the page of the article alone, with names and dates that lead on."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpora import article, entry, who
from dateline import fulltext
from dateline.build import build
from dateline.folders import template_dirs
from dateline.model import Actor, Alias, Corpus, Event, Settings
from dateline.pages import plan
from dateline.render import render
from dateline.views import ArticleView

SENTENCE = "Ada Marlow met the Harbour Union on Monday for the Dock talks."
TEXT = (
    (True, "Talks in the port"),
    (False, SENTENCE),
    (False, "Marlow was tired. The Harbour Unions of old, and the Harbour Union of today, differ."),
)
MET = entry("e-met", "a", SENTENCE, "met", "Ada Marlow meets the Harbour Union", "2021-03-08", when_words="on Monday", participants=who(("mayor", "agent"), ("union", "counterpart")), events=("talks",))  # fmt: skip
CORPUS = Corpus(
    settings=Settings(title="The port"),
    articles=(article("a", "2021-03-09", title="Talks", digest="d", rights="full"),),
    entries=(MET,),
    actors=(
        Actor(id="mayor", name="Ada Marlow", kind="person", aliases=(Alias(name="Marlow"), Alias(name="the mayor"))),
        Actor(id="union", name="Harbour Union", kind="organisation"),
    ),
    events=(Event(id="talks", label="Dock talks", kind="occasion", event_class="talks"),),
)


class Given:
    """A text for every article."""

    def __init__(self, words):
        self.given = words

    def has(self, article):
        return True

    def words(self, article):
        return self.given


def view_of(corpus=CORPUS, words=TEXT) -> ArticleView:
    site, problems = plan(corpus, Given(words))
    assert problems == ()
    return next(page.view for page in site.pages if isinstance(page.view, ArticleView))


def marked(block) -> list[tuple[str, str]]:
    return [(run.text, f"{run.link.path}#{run.link.fragment}".rstrip("#")) for run in block.runs if run.link]


def test_names_lead_to_their_pages_and_dates_to_what_was_drawn():
    heading, first, second = view_of().text
    assert [heading.heading, first.heading, second.heading] == [True, False, False]
    assert marked(first) == [
        ("Ada Marlow", "actors/ada-marlow.html"),
        ("Harbour Union", "actors/harbour-union.html"),
        ("on Monday", "articles/talks.html#e-met"),
        ("Dock talks", "events/dock-talks.html"),
    ]
    assert [run.when.datetime for run in first.runs if run.when] == ["2021-03-08"]
    assert marked(second) == []  # all were marked just before


def test_no_word_of_the_text_is_lost_or_told_twice():
    for block, (_, text) in zip(view_of().text, TEXT, strict=True):
        assert "".join(run.text for run in block.runs) == text


def test_a_name_leads_on_again_when_it_is_out_of_view():
    far = (*TEXT[:2], (False, "x " * 800), (False, "The mayor, Marlow, met the Harbour Unions."))
    assert marked(view_of(words=far).text[-1]) == [("Marlow", "actors/ada-marlow.html")]


def test_without_rights_a_text_stays_away():
    closed = replace(CORPUS, articles=(replace(CORPUS.articles[0], rights=""),))
    assert view_of(closed).text == ()
    assert view_of(words=()).text == ()


def test_without_rights_nobody_is_asked_on_whom_the_page_would_hang(monkeypatch):
    monkeypatch.setattr(fulltext, "_names_of", lambda *_: pytest.fail("asked"))
    view_of(replace(CORPUS, articles=(replace(CORPUS.articles[0], rights=""),)))


def test_hostile_words_stand_as_they_are():
    hostile = ((False, '<script>x</script> Ada Marlow "&amp;" ' + SENTENCE),)
    site, _ = plan(CORPUS, Given(hostile))
    page = render(site, template_dirs(Path(__file__).parents[1]))[0]["articles/talks.html"]
    assert b"<script>x" not in page
    assert b"&lt;script&gt;x&lt;/script&gt; <a href=" in page


SEED = """---
title: Talks in the port
source: Port Gazette
published: 2021-03-09
rights: full
---
The mayor of Velna, Ada Marlow, met the Harbour Union on Monday to talk about wages.

Nobody else was there. The quay was empty that day, and so was the customs house.
"""


def page_of(tracker) -> str:
    build(tracker)
    return (tracker / "site/articles/talks-in-the-port.html").read_text("utf-8")


def test_a_build_shows_the_text_while_it_is_there_and_its_rights_stand(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("title: The port\nrecogniser: rules\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    seed = tmp_path / "seeds/a.md"
    seed.write_text(SEED, "utf-8")
    assert re.search(r"<p>Nobody else was there\. The quay was empty that day, and so was the customs house\.</p>", page_of(tmp_path))  # fmt: skip
    record = next((tmp_path / "content/articles").iterdir())
    assert "\nrights: full\n" in record.read_text("utf-8")

    record.write_text("rights: ''\n" + record.read_text("utf-8"), "utf-8")
    assert "Nobody else was there" not in page_of(tmp_path)

    seed.write_text(SEED.replace("rights: full\n", ""), "utf-8")
    record.write_text("rights: full\n" + record.read_text("utf-8").removeprefix("rights: ''\n"), "utf-8")
    assert "Nobody else was there" in page_of(tmp_path)
    seed.unlink()
    assert "Nobody else was there" not in page_of(tmp_path)
