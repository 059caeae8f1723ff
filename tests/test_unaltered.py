"""What is known of an article is not worked out again while its text and its file stay as they are."""

from __future__ import annotations

import shutil

import pytest

from dateline import build, memo, parts, quotes, reconcile, unaltered
from trackers import RULES, files_of, make_tracker

STORIES = {
    "one.txt": "Talks open\n\nOslo, 3 May 2021 - President Ada Moreno met Tom Brandt in Oslo on Monday.",
    "two.txt": "Strike ends\n\nThe Harbour Union ended its strike on 7 May 2021, Lena Oduya said.",
    "three.txt": "A look back\n\nOn 9 May 2021 President Ada Moreno visited Lima. The talks failed.",
}
MORE = "Visit\n\nPresident Ada Moreno visited Quito on 11 May 2021, Lena Oduya said."


@pytest.fixture
def tracker(tmp_path):
    folder = make_tracker(tmp_path / "t", RULES)
    (folder / "seeds").mkdir()
    for name, text in STORIES.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")
    build.build(folder)
    build.build(folder)
    return folder


@pytest.fixture
def worked_out(monkeypatch):
    """What was done for which article or file, in order."""
    done = []
    real, spell, lock = reconcile.reconcile, parts.machine_text, quotes.lock_of

    def matched(fresh, stored, *rest):
        done.append(("matched", stored.name))
        return real(fresh, stored, *rest)

    def spelt(stored, fields):
        done.append(("spelt", stored.name if stored else "new"))
        return spell(stored, fields)

    def looked_up(entries, texts):
        done.append(("looked up", *texts))
        return lock(entries, texts)

    monkeypatch.setattr(reconcile, "reconcile", matched)
    monkeypatch.setattr(unaltered, "machine_text", spelt)
    monkeypatch.setattr("dateline.store.machine_text", spelt)
    monkeypatch.setattr(quotes, "lock_of", looked_up)
    return done


def test_nothing_is_worked_out_twice(tracker, worked_out):
    before = files_of(tracker)
    build.build(tracker)
    assert worked_out == []
    assert files_of(tracker) == before


def test_one_article_more_concerns_what_it_names(tracker, worked_out):
    (tracker / "seeds" / "more.txt").write_text(MORE, encoding="utf-8")
    build.build(tracker)
    # Ada Moreno and Lena Oduya stand in one article more, and she has a first role: their files alone are spelt anew.
    files = {name for what, name in worked_out if what == "spelt" and name != "new"}
    assert files <= {"content/actors/ada-moreno.yaml", "content/actors/lena-oduya.yaml"}
    assert [what for what, _ in worked_out if what == "matched"] == []
    assert [name for what, name in worked_out if what == "looked up"] == ["visit"]
    incremental = files_of(tracker)
    shutil.rmtree(tracker / memo.FOLDER)
    build.build(tracker)
    assert files_of(tracker) == incremental


def test_an_edit_is_heeded(tracker, worked_out):
    path = tracker / "content" / "articles" / "strike-ends.yaml"
    path.write_text("byline: Somebody\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    build.build(tracker)
    assert {name for what, name in worked_out if what == "matched"} == {"content/articles/strike-ends.yaml"}
    assert path.read_text(encoding="utf-8").startswith("byline: Somebody\n")


def test_a_lost_entry_is_looked_for_each_time(tracker, worked_out):
    """An article with orphans is never taken as known: an orphan may be found again."""
    seed = tracker / "seeds" / "two.txt"
    seed.write_text("Strike ends\n\nLena Oduya said nothing of 7 May 2021.", encoding="utf-8")
    build.build(tracker)
    build.build(tracker)
    worked_out.clear()
    build.build(tracker)
    path = tracker / "content" / "articles" / "strike-ends.yaml"
    assert "orphans:" in path.read_text(encoding="utf-8")
    assert ("matched", "content/articles/strike-ends.yaml") in worked_out
    seed.write_text(STORIES["two.txt"], encoding="utf-8")
    build.build(tracker)
    assert "orphans:" not in path.read_text(encoding="utf-8")
