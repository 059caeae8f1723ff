"""Whole small trackers through changes of texts, readings and files: nothing that people rely on is lost."""

from __future__ import annotations

import shutil

import pytest

from dateline import build, loading, memo, store
from dateline.cli import cli
from trackers import RULES, files_of, make_tracker

ONE = """Ministers meet in Doha

DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday.

Roe visited Madrid last month.

Both sides will meet again in Oslo next week, a spokesman said.
"""
STORY = f"{RULES}-- seeds/2021-04-29-one.txt --\n{ONE}"
FILE = "content/articles/ministers-meet-in-doha.yaml"


@pytest.fixture
def tracker(tmp_path):
    folder = make_tracker(tmp_path / "tracker", STORY)
    build.build(folder)
    return folder


def change(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def ids(tracker):
    content, problems = store.load_content(tracker)
    assert problems == ()
    return {entry.word: entry.id for entry in store.corpus_of(content)[0].entries}


def orphans(tracker):
    content, _ = store.load_content(tracker)
    return [item["word"] for stored in content.articles.values() for item in stored.machine.plain().get("orphans", [])]


def test_a_seed_renamed_and_corrected_is_the_same_article(tracker):
    before = ids(tracker)
    seed = tracker / "seeds/2021-04-29-one.txt"
    change(seed, ("last month", "in March"))
    seed.rename(tracker / "seeds/moved.txt")
    build.build(tracker)
    assert [path.name for path in (tracker / "content/articles").iterdir()] == ["ministers-meet-in-doha.yaml"]
    assert ids(tracker) == before


def test_what_the_text_loses_is_an_orphan_and_comes_back_under_its_id(tracker):
    before = ids(tracker)
    seed = tracker / "seeds/2021-04-29-one.txt"
    change(seed, ("Roe visited Madrid last month.", "Nothing else was said there."))
    build.build(tracker)
    assert orphans(tracker) == ["visited"]
    assert "visited" not in ids(tracker)
    assert [problem.slug for problem in loading.check(tracker)] == ["orphan", "quote-share"]
    seed.write_text(ONE, encoding="utf-8")
    build.build(tracker)
    assert (orphans(tracker), ids(tracker)) == ([], before)


def test_a_new_extractor_loses_no_entry_that_a_person_touched(tracker, monkeypatch):
    before = ids(tracker)
    path = tracker / FILE
    path.write_text(f"entries:\n- id: {before['visited']}\n  label: Her trip\n" + path.read_text(encoding="utf-8"))
    find = build.find_entries
    monkeypatch.setattr(memo, "signature", lambda: "another extractor")
    monkeypatch.setattr(build, "find_entries", lambda r: tuple(e for e in find(r) if e.word not in ("visited", "met")))
    build.build(tracker)
    assert ids(tracker)["visited"] == before["visited"]
    assert orphans(tracker) == ["met"]
    assert "Her trip" in (tracker / "site/articles/ministers-meet-in-doha.html").read_text(encoding="utf-8")
    once = files_of(tracker)
    build.build(tracker)
    assert files_of(tracker) == once


def test_without_its_texts_a_tracker_is_held_to_its_lock(tracker):
    build.build(tracker)
    pages = files_of(tracker / "site")
    shutil.rmtree(tracker / "seeds")
    build.build(tracker)
    assert files_of(tracker / "site") == pages
    change(tracker / FILE, ("Roe visited Madrid last month.", "Roe visited Paris last month."))
    assert [(problem.slug, problem.severity) for problem in loading.check(tracker)][:1] == [("edited-below", "warning")]
    assert ("quotation", "error") in [(problem.slug, problem.severity) for problem in loading.check(tracker)]


@pytest.mark.parametrize(
    ("name", "fields"),
    [("ministers-meet-in-doha", "source: The Example\n"), ("mine", "seed: 2021-04-29-one.txt\n")],
)
def test_a_file_written_before_its_seed_is_taken_for_it(tmp_path, name, fields):
    upper = f"# mine\npublished: 2020-01-02\n{fields}"
    make_tracker(tmp_path, f"{STORY}-- content/articles/{name}.yaml --\n{upper}")
    build.build(tmp_path)
    (path,) = (tmp_path / "content/articles").iterdir()
    assert path.name == f"{name}.yaml"
    assert path.read_text(encoding="utf-8").startswith(upper + "--- # machine")
    content, _ = store.load_content(tmp_path)
    assert content.articles[name].in_force().plain()["published"] == "2020-01-02"


def test_a_merge_below_the_line_is_settled_by_extract(tracker):
    whole = files_of(tracker)
    text = whole[FILE].decode()
    head, _, lower = text.partition("schema: 1\n")
    mark = f"{head}<<<<<<< HEAD\nschema: 1\n{lower}=======\nschema: 1\n{lower}>>>>>>> other\n"
    (tracker / FILE).write_text(mark, encoding="utf-8")
    assert [(problem.slug, problem.where.line) for problem in loading.check(tracker)] == [("conflict-marker", 2)]
    build.extract(tracker)
    assert files_of(tracker) == whole


def test_a_preview_tells_what_would_change_and_writes_nothing(tracker, capsys):
    before = ids(tracker)
    path = tracker / FILE
    upper = f"entries:\n- id: {before['visited']}\n  when: 2021-02\n"
    path.write_text(upper + path.read_text(encoding="utf-8"), encoding="utf-8")
    build.build(tracker)
    whole = files_of(tracker)
    cli(["-C", str(tracker), "extract", "--diff"], standalone_mode=False)
    assert capsys.readouterr().out == "0 files would change; 0 fields of yours would stay\n"
    change(tracker / "seeds/2021-04-29-one.txt", ("last month", "in January 2021"))
    cli(["-C", str(tracker), "extract", "--diff"], standalone_mode=False)
    out = capsys.readouterr().out
    assert f"--- {FILE}\n+++ {FILE}\n" in out
    assert "+  when: 2021-01\n" in out
    yours = f"{FILE}: entries/{before['visited']}/when: yours is 2021-02; the machine now says 2021-01\n"
    assert yours in out
    assert out.endswith("1 file would change; 1 field of yours would stay\n")
    assert "\x1b[" not in out
    assert {n: d for n, d in files_of(tracker).items() if "seeds/" not in n} == {
        n: d for n, d in whole.items() if "seeds/" not in n
    }
