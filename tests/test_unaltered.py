"""What is known of an article is not worked out again while its text and its file stay as they are."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from dateline import build, deck, folders, last, memo, model, parsed, parts, quotes, reconcile, seeds, store, unaltered
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


def test_a_text_is_read_again_only_where_its_bytes_or_its_name_changed(tracker, monkeypatch):
    read = []
    real = seeds.read_text
    monkeypatch.setattr(seeds, "read_text", lambda raw, name, html=False: read.append(name) or real(raw, name, html))
    last.run(tracker, "build", last.full(tracker, "build"))
    read.clear()
    (tracker / "seeds" / "one.txt").rename(tracker / "seeds" / "2021-05-04 one.txt")
    (tracker / "seeds" / "two.txt").write_text(STORIES["two.txt"] + " It was cold.", encoding="utf-8")
    last.run(tracker, "build", last.full(tracker, "build"))
    assert sorted(read) == ["2021-05-04 one.txt", "two.txt"]
    first = files_of(tracker)
    shutil.rmtree(tracker / memo.FOLDER)
    last.run(tracker, "build", last.full(tracker, "build"))
    assert files_of(tracker) == first


def test_what_is_kept_of_a_text_is_all_of_it(tmp_path):
    """Every document of the demo and one with a date that is only estimated come back as they were."""
    (tmp_path / "seeds").mkdir()
    for path in (Path(__file__).parents[1] / "seeds").iterdir():
        shutil.copy(path, tmp_path / "seeds")
    (tmp_path / "seeds" / "front.md").write_text(
        "---\ntitle: Talks\ndate: 2021-05\nstyle: narrative\n---\n\n# Then\n\nThey met in Oslo.\n", encoding="utf-8"
    )
    prints = folders.load_prints(tmp_path).look_again()
    first = seeds.read_seeds(tmp_path / "seeds", parsed.Parsed(prints))
    kept = parsed.Parsed(prints)
    seeds.read_seeds(tmp_path / "seeds", kept)
    kept.close()
    again = parsed.Parsed(prints)
    assert [again.document(d.article.seed) for d in first.documents] == [*first.documents]
    assert len(first.documents) == 6


def test_a_render_between_two_builds_forgets_nothing(tracker, monkeypatch):
    last.run(tracker, "build", last.full(tracker, "build"))
    last.run(tracker, "build", last.full(tracker, "build"))
    path = tracker / "content" / "articles" / "strike-ends.yaml"
    path.write_text("byline: Somebody\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    last.run(tracker, "render", last.full(tracker, "render"))
    (tracker / "seeds" / "more.txt").write_text(MORE, encoding="utf-8")
    read = []
    real = seeds.read_text
    monkeypatch.setattr(seeds, "read_text", lambda raw, name, html=False: read.append(name) or real(raw, name, html))
    split = []
    parse = store.parse_parts
    monkeypatch.setattr(store, "parse_parts", lambda text, name, *rest: split.append(name) or parse(text, name, *rest))
    last.run(tracker, "build", last.full(tracker, "build"))
    assert read == ["more.txt"]
    written = {"content/articles/visit.yaml", "content/actors/ada-moreno.yaml", "content/actors/lena-oduya.yaml"}
    assert set(split) <= {"content/articles/strike-ends.yaml", *written}


def run(folder):
    """A build that may take what the last one kept."""
    last.run(folder, "build", last.full(folder, "build"))


def test_files_and_entries_that_nothing_touches_are_not_opened(tracker, monkeypatch):
    """With one article more, only what names the same people at the same time is looked into."""
    far = "Harvest\n\nLima, 2 March 1999 - Farmers sold their wheat in Peru on Tuesday, Pedro Alva said."
    (tracker / "seeds" / "far.txt").write_text(far, encoding="utf-8")
    for _ in range(3):
        run(tracker)
    (tracker / "seeds" / "more.txt").write_text(MORE, encoding="utf-8")
    opened, looked = [], []
    unopened, entries = parts.Stored.unopened, model.Reading.with_entries_later

    def later(name, digest, source):
        return unopened(name, digest, lambda: opened.append(name) or source())

    def entries_later(reading, make, key):
        return entries(reading, lambda: looked.append(reading.document.article.id) or make(), key)

    monkeypatch.setattr(parts.Stored, "unopened", later)
    monkeypatch.setattr(model.Reading, "with_entries_later", entries_later)
    run(tracker)
    assert opened == []
    assert "a-look-back" in looked  # President Moreno visits on another day of that month
    assert "harvest" not in looked


def test_where_cards_tell_no_more_of_a_file_all_are_opened(tracker, monkeypatch):
    """A file may be another one between the look at it and the look into it."""
    (tracker / "seeds" / "more.txt").write_text(MORE, encoding="utf-8")
    (tracker / "seeds" / "one.txt").write_text(f"{STORIES['one.txt']} They signed a treaty.", encoding="utf-8")
    other = tracker.parent / "other"
    shutil.copytree(tracker, other, ignore=shutil.ignore_patterns(memo.FOLDER))
    run(other)
    asked = []

    def entries(self, article):
        asked.append(article)
        raise deck.OddError(article)

    monkeypatch.setattr(deck.Deck, "entries", entries)
    run(tracker)
    assert len(asked) > 1
    assert files_of(tracker) == files_of(other)


@pytest.mark.parametrize("name", [parsed.FILE, memo.FILE])
def test_what_is_kept_is_never_needed(tracker, name):
    """Files that are to be opened later, and readings, are found otherwise where what is kept of them is spoilt."""
    for _ in range(2):
        run(tracker)
    (tracker / "seeds" / "more.txt").write_text(MORE, encoding="utf-8")
    other = tracker.parent / "other"
    shutil.copytree(tracker, other, ignore=shutil.ignore_patterns(memo.FOLDER))
    run(other)
    path = tracker / memo.FOLDER / name
    with sqlite3.connect(path) as database:
        database.execute("UPDATE kept SET value = x'00' WHERE length(value) < 3000 AND rowid % 2")
    database.close()
    run(tracker)
    assert files_of(tracker) == files_of(other)


def test_actors_that_are_others_now_are_heeded_in_articles_that_stand(tracker):
    """A person gives the mentions of one article to another actor: no text and no file of an article changed."""
    for _ in range(3):
        run(tracker)
    told = "- split: {from: ada-moreno, mentions: [{name: Ada Moreno, article: a-look-back}], into: other-moreno}\n"
    (tracker / "content" / "decisions.yaml").write_text(told, encoding="utf-8")
    other = tracker.parent / "other"
    shutil.copytree(tracker, other, ignore=shutil.ignore_patterns(memo.FOLDER))
    run(tracker)
    run(other)
    assert "other-moreno" in (tracker / "content" / "articles" / "a-look-back.yaml").read_text(encoding="utf-8")
    assert files_of(tracker) == files_of(other)


def test_a_key_stands_for_the_file_as_well(tracker, monkeypatch):
    """What a person wrote into the file of an article is in force, so that nothing kept of its entries may stand."""
    for _ in range(3):
        run(tracker)
    keys = []
    real = build.join
    monkeypatch.setattr(
        build, "join", lambda said, *of: keys.append({r.document.article.id: r.key for r in said}) or real(said, *of)
    )
    for upper in ("note: One\n", "note: Two\n", "note: Two\n# seen\n"):
        path = tracker / "content" / "articles" / "strike-ends.yaml"
        _, line, below = path.read_text(encoding="utf-8").partition("---")
        path.write_text(upper + line + below, encoding="utf-8")
        run(tracker)
    assert len({told["strike-ends"] for told in keys}) == 3
    assert len({told["talks-open"] for told in keys}) == 1
    assert keys[0]["talks-open"]
