"""What people settled, on the pages of readers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpora import CORPUS
from dateline.folders import template_dirs
from dateline.model import Apart, Correction
from dateline.pages import plan
from dateline.problems import ContentError
from dateline.render import render, report_to
from dateline.schema import parse_report
from dateline.when import parse
from test_render import ROOT
from trackers import RULES, make_tracker

NOTICES = replace(
    CORPUS,
    corrections=(
        Correction(id="c1", on=parse("2026-02-01"), words="First.", records=(("actors", "taliban"),)),
        Correction(id="c2", on=parse("2026-03"), words="Second.", why="A slip.", records=(("happenings", "e-dubai"),)),
        Correction(id="c3", on=parse("2026-01-05"), words="Gone."),
    ),
    apart=(Apart(kind="actors", ids=("pakistan", "taliban"), why="Two things."),),
)


def views(corpus):
    return {page.path: page.view for page in plan(corpus)[0].pages}


def test_home_tells_the_latest_corrections_first():
    home = views(NOTICES)["index.html"]
    assert [(of.on.words, of.words) for of in home.corrections] == [
        ("March 2026", "Second."),
        ("1 February 2026", "First."),
        ("5 January 2026", "Gone."),
    ]
    assert home.corrections[0].records[0].fragment == "e-dubai"
    assert home.corrections[2].records == ()
    untouched = replace(NOTICES, touched=frozenset())
    assert views(untouched)["index.html"].method == "no entry is checked by a person yet"


def test_the_share_that_a_person_checked_is_told():
    some = replace(CORPUS, touched=frozenset([CORPUS.entries[0].id]))
    share = 100 // len(CORPUS.entries)
    assert views(some)["index.html"].method == f"{share} % of the entries checked by a person"


def test_a_page_tells_what_was_corrected_on_it_and_who_it_is_not():
    taliban, pakistan = views(NOTICES)["actors/taliban.html"], views(NOTICES)["actors/pakistan.html"]
    assert [of.words for of in taliban.corrections] == ["Second.", "First."]  # it takes part in the happening
    assert [(of.who.text, of.why) for of in pakistan.namesakes] == [("Taliban", "Two things.")]
    assert [of.who.text for of in taliban.namesakes] == ["Pakistan"]
    assert views(NOTICES)["events/doha-deal.html"].namesakes == ()


DECIDED = RULES + """-- content/actors/ann.yaml --
name: Ann Roe
kind: person
-- content/actors/anne.yaml --
name: Anne Roe
kind: person
-- content/actors/bob.yaml --
name: Bob Roe
kind: person
-- content/articles/one.yaml --
title: One
published: 2021-05-01
entries:
- {id: e-1, label: They met, word: met, quote: "", source: notes, actors: [{actor: ann, role: agent}, {actor: anne, role: agent}, {actor: bob, role: agent}]}
-- content/decisions.yaml --
- {different: [ann, anne], why: Two judges.}
"""  # fmt: skip


def test_decisions_reach_the_page(tmp_path):
    from dateline import publish

    publish.render_site(make_tracker(tmp_path, DECIDED))
    page = (tmp_path / "site/actors/ann-roe.html").read_text("utf-8")
    aside = page[page.index('id="namesakes"') :]
    assert 'href="anne-roe.html"' in aside
    assert "Two judges." in aside
    assert "Not to be confused" not in (tmp_path / "site/actors/bob-roe.html").read_text("utf-8")


def test_an_error_is_reported_with_the_id_of_its_row():
    assert report_to("desk@example.org", "e-1 ä") == "mailto:desk@example.org?subject=Error%20in%20e-1%20%C3%A4"
    assert report_to("https://example.org/r?row={id}", "e&1") == "https://example.org/r?row=e%261"
    corpus = replace(CORPUS, settings=replace(CORPUS.settings, report="desk@example.org"))
    files, _ = render(plan(corpus)[0], template_dirs(ROOT))
    assert b"mailto:desk@example.org?subject=Error%20in%20e-dubai" in files["actors/taliban.html"]
    plain, _ = render(plan(CORPUS)[0], template_dirs(ROOT))
    assert b"Report an error" not in plain["actors/taliban.html"]


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "nobody", "a@b c", "https://x/<script>", "mailto:a@b.c?cc=x"])
def test_what_is_no_address_takes_no_reports(bad, tmp_path):
    with pytest.raises(ValueError, match="neither an e-mail"):
        parse_report(bad)
    from dateline import publish

    tracker = make_tracker(tmp_path, RULES + f'report: "{bad}"\n')
    with pytest.raises(ContentError):
        publish.render_site(tracker)


def test_all_corrections_and_differences_have_a_page():
    corrections, differences = (views(NOTICES)[f"{name}.html"] for name in ("corrections", "differences"))
    assert [of.words for of in corrections.corrections] == ["Second.", "First.", "Gone."]
    assert differences.total == len(differences.contrasts)
    assert all(of.row.path and of.row.fragment for of in differences.contrasts)
