from __future__ import annotations

import subprocess

import pytest

from dateline import __version__
from trackers import RULES, files_of, make_tracker

STORY = (
    RULES
    + """-- seeds/one.txt --
---
title: Ministers meet in Doha
source: The Example
published: 2021-04-29
---
DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday. France and Spain signed the Doha accord.

Roe visited Madrid last week.
"""
)


def test_version(run):
    assert run("--version") == (0, f"dateline, version {__version__}\n", "")


def test_help_names_every_verb(run):
    code, out, _ = run("--help")
    assert code == 0
    for verb in ("new", "build", "extract", "render", "check", "explain"):
        assert f"\n  {verb} " in out


def test_build_tells_what_it_did_and_a_second_one_changes_nothing(run, tmp_path):
    make_tracker(tmp_path, STORY)
    code, out, err = run("-C", tmp_path, "build")
    assert (code, err) == (0, "")
    assert "known: 1 article" in out
    assert (tmp_path / "site" / "index.html").exists()
    before = files_of(tmp_path)
    code, out, err = run("-C", tmp_path, "build")
    assert (code, err) == (0, "")
    assert "content: 0 files changed" in out
    assert "site: 0 files written" in out
    assert files_of(tmp_path) == before


def test_extract_writes_content_and_render_the_site(run, tmp_path):
    make_tracker(tmp_path, STORY)
    assert run("-C", tmp_path, "extract")[0] == 0
    assert (tmp_path / "content/articles/ministers-meet-in-doha.yaml").exists()
    assert not (tmp_path / "site").exists()
    assert run("-C", tmp_path, "render")[0] == 0
    assert (tmp_path / "site/articles/ministers-meet-in-doha.html").exists()


def test_check_finds_nothing_to_mend(run, tmp_path):
    make_tracker(tmp_path, STORY.replace("recogniser:", "quote_share: 1\nrecogniser:"))
    run("-C", tmp_path, "build")
    assert run("-C", tmp_path, "check") == (0, "nothing found to mend\n", "")


def test_new_makes_a_tracker_that_builds(run, tmp_path):
    folder = tmp_path / "my story"
    code, out, _ = run("new", folder)
    assert code == 0
    assert f'2. dateline -C "{folder.as_posix()}" build'.replace('"', "") in out.replace('"', "").replace("'", "")
    assert "title: My story" in (folder / "content/site.yaml").read_text(encoding="utf-8")
    assert run("-C", folder, "build")[0] == 0
    code, _, err = run("new", folder)
    assert code == 2
    assert "already holds a tracker" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("bild",), 2, "No such command 'bild'"),
        (("build", "--fast"), 2, "No such option"),
        (("build",), 2, "no tracker in"),
        (("explain",), 2, "Missing argument"),
    ],
)
def test_wrong_usage(run, tmp_path, monkeypatch, arguments, code, words):
    monkeypatch.chdir(tmp_path)
    found, _, err = run(*arguments)
    assert found == code
    assert words in err


@pytest.mark.parametrize(
    ("files", "line"),
    [
        (
            "-- content/actors/jane-roe.yaml --\nname: Jane\nalaises: [J]\n",
            'content/actors/jane-roe.yaml:2:1: error[unknown-field]: no field "alaises" in an actor',
        ),
        (
            "-- content/actors/jane-roe.yaml --\nname: [\n",
            "content/actors/jane-roe.yaml:2:1: error[yaml]: not readable",
        ),
        (
            "-- content/articles/a.yaml --\nentries:\n- {id: e-1, label: x, actors: [nobody], source: y}\n",
            'content/articles/a.yaml:2:32: error[dangling-id]: there is no actor "nobody"',
        ),
        (
            "-- content/articles/a.yaml --\nentries:\n- {id: e-1, label: x, source: y}\n"
            "-- content/articles/b.yaml --\nentries:\n- {id: e-1, label: y, source: z}\n",
            'content/articles/b.yaml:2:8: error[duplicate-id]: the entry id "e-1" stands also in content/articles/a.yaml:2:8',
        ),
        (
            "-- content/actors/a.yaml --\nname: x\n-- content/actors/a.yml --\nname: y\n",
            'content/actors/a.yml: error[duplicate-id]: two files with the id "a": this one and content/actors/a.yaml',
        ),
        (
            "-- content/events/a.yaml --\n<<<<<<< HEAD\nlabel: x\n=======\nlabel: y\n>>>>>>> other\n",
            "content/events/a.yaml:1: error[conflict-marker]: holds the marks of an unsettled git merge",
        ),
    ],
)
@pytest.mark.parametrize("verb", ["build", "render", "extract", "check"])
def test_broken_content_is_one_message_and_nothing_is_lost(run, tmp_path, files, line, verb):
    make_tracker(tmp_path, RULES + files)
    before = files_of(tmp_path)
    code, _, err = run("-C", tmp_path, verb)
    assert code == 1
    assert err.count("error[") == 1
    assert line in err
    assert "1 error, 0 warnings" in err
    assert "Traceback" not in err
    assert files_of(tmp_path) == before


def test_a_bad_seed_is_a_warning_and_strict_makes_it_count(run, tmp_path):
    make_tracker(tmp_path, STORY + "-- seeds/two.txt --\n \n")
    code, _, err = run("-C", tmp_path, "build")
    assert code == 0
    assert "seeds/two.txt: warning[empty-seed]: holds no text; left out" in err
    assert "0 errors, 1 warning" in err
    assert run("-C", tmp_path, "build", "--strict")[0] == 1


def test_an_unknown_recogniser_is_told_with_what_to_do(run, tmp_path):
    make_tracker(tmp_path, STORY.replace("recogniser: rules", "recogniser: rulez"))
    code, _, err = run("-C", tmp_path, "build")
    assert code == 2
    assert "rulez" in err
    assert "Traceback" not in err


def test_explain_tells_of_an_actor_an_article_and_an_entry(run, tmp_path):
    make_tracker(tmp_path, STORY)
    run("-C", tmp_path, "build")
    code, out, _ = run("-C", tmp_path, "explain", "Jane Roe")
    assert code == 0
    assert out.startswith("Jane Roe (person), content/actors/jane-roe.yaml")
    code, out, _ = run("-C", tmp_path, "explain", "content/articles/ministers-meet-in-doha.yaml")
    assert code == 0
    assert "published: 29 April 2021 (front matter)" in out
    entry = next(word.rstrip(":") for word in out.split() if word.startswith("e-"))
    code, out, _ = run("-C", tmp_path, "explain", entry)
    assert code == 0
    assert "words: “" in out
    assert "weight in the article: 0." in out
    assert " class " in out
    code, _, err = run("-C", tmp_path, "explain", "jane-row")
    assert code == 2
    assert 'did you mean "jane-roe"?' in err


def test_a_fault_of_our_own_is_one_line_and_a_report(run, tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.explain.explain", lambda *_: 1 / 0)
    make_tracker(tmp_path, STORY)
    code, _, err = run("-C", tmp_path, "explain", "x")
    assert code == 3
    assert "a fault of its own" in err
    assert "Traceback" not in err


def test_a_tracker_that_cannot_be_written_is_told(run, tmp_path):
    make_tracker(tmp_path, STORY)
    (tmp_path / "site").write_text("a file where the folder should be", encoding="utf-8")
    code, _, err = run("-C", tmp_path, "build")
    assert code == 2
    assert "site" in err
    assert "Traceback" not in err
    assert (tmp_path / "site").read_text(encoding="utf-8").startswith("a file")


def test_an_article_whose_text_is_gone_is_told_and_can_be_taken_out(run, tmp_path):
    make_tracker(tmp_path, STORY)
    run("-C", tmp_path, "build")
    (tmp_path / "seeds/one.txt").unlink()
    code, out, err = run("-C", tmp_path, "build")
    assert (code, err) == (0, "")
    assert "known: 1 article," in out
    assert (
        "without text: 1 article, kept as known; to take one out, delete its file: content/articles/ministers-meet-in-doha.yaml\n"
        in out
    )
    (tmp_path / "content/articles/ministers-meet-in-doha.yaml").unlink()
    code, out, err = run("-C", tmp_path, "build")
    assert (code, err) == (0, "")
    assert "known: 0 articles, 0 entries, 0 actors, 0 events" in out
    assert "without text" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["different", "france", "spain"], "at least 2 pages of the site change"),
        (["drop", "--name", "Jane Roe"], "at least"),
        (["drop", "france"], "pages of the site change"),
    ],
)
def test_pages_that_a_new_reading_may_change_are_not_promised(run, tmp_path, arguments, words):
    make_tracker(tmp_path, STORY)
    run("-C", tmp_path, "build")
    code, out, _ = run("-C", tmp_path, *arguments, "--dry-run")
    assert code == 0
    assert words in out
    assert ("at least" in out) == ("at least" in words)


def test_git_keeps_line_ends_and_merges_the_lock(run, tmp_path):
    run("new", tmp_path / "t")
    git = ["git", "-c", "init.defaultBranch=main", "-C", str(tmp_path / "t")]
    subprocess.run([*git, "init", "--quiet"], check=True)
    asked = ["check-attr", "eol", "merge", "--", "content/site.yaml", "content/actors/a.yaml", "content/quotes.lock"]
    told = subprocess.run([*git, *asked], check=True, capture_output=True, text=True).stdout.splitlines()
    assert told == [
        "content/site.yaml: eol: lf",
        "content/site.yaml: merge: unspecified",
        "content/actors/a.yaml: eol: lf",
        "content/actors/a.yaml: merge: unspecified",
        "content/quotes.lock: eol: lf",
        "content/quotes.lock: merge: union",
    ]
    ignored = ["check-ignore", "site/index.html", "content/.lock", "content/.journal", "content/actors/.a.yaml.new"]
    assert (
        subprocess.run([*git, *ignored], check=True, capture_output=True, text=True).stdout.splitlines() == ignored[1:]
    )
