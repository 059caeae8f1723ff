"""Kept readings: quick where nothing changed, and never seen in what comes out."""

from __future__ import annotations

import random
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import build, memo, seeds
from dateline.actors.recognise import load_recogniser, recognise_in
from dateline.memo import Memo
from trackers import RULES, files_of, make_tracker

STORIES = {
    "one.txt": "Talks open\n\nOslo, 3 May 2021 - President Ada Moreno met Tom Brandt in Oslo on Monday. He left on Tuesday.",
    "two.txt": "Strike ends\n\nThe Harbour Union ended its strike on 7 May 2021, Lena Oduya said.",
    "three.txt": "A look back\n\nIn 2019 President Ada Moreno visited Lima. The talks failed.",
}
MEMO = Path(memo.FOLDER) / memo.FILE


@pytest.fixture
def tracker(tmp_path):
    folder = make_tracker(tmp_path / "t", RULES)
    (folder / "seeds").mkdir()
    for name, text in STORIES.items():
        (folder / "seeds" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def read(monkeypatch):
    """The ids of the articles that were read, in order; once more for an estimated date."""
    done = []
    real = build.read_one

    def counted(document, found):
        done.append(document.article.seed)
        return real(document, found)

    monkeypatch.setattr(build, "read_one", counted)
    return done


def test_what_did_not_change_is_not_read_again(tracker, read):
    build.build(tracker)
    assert set(read) == set(STORIES)
    first = files_of(tracker)
    read.clear()
    build.build(tracker)
    assert read == []
    assert files_of(tracker) == first


def test_only_the_article_that_changed_is_read(tracker, read):
    build.build(tracker)
    read.clear()
    (tracker / "seeds" / "two.txt").write_text(STORIES["two.txt"].replace("7 May", "8 May"), encoding="utf-8")
    build.build(tracker)
    assert set(read) == {"two.txt"}


def test_another_program_reads_all_again(tracker, read, monkeypatch):
    build.build(tracker)
    read.clear()
    monkeypatch.setattr(memo, "signature", lambda: "of another version")
    build.build(tracker)
    assert set(read) == set(STORIES)


def test_a_name_that_a_person_wrote_is_looked_for_everywhere(tracker, read):
    build.build(tracker)
    read.clear()
    path = tracker / "content" / "actors" / "harbour-union.yaml"
    path.write_text("aliases:\n- {name: HU}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    build.build(tracker)
    assert set(read) == set(STORIES)


def test_the_model_is_not_loaded_for_what_is_known(tracker, monkeypatch):
    build.build(tracker)

    def never(*_):
        raise AssertionError("asked")

    monkeypatch.setattr("dateline.reading.recognise_in", never)
    build.build(tracker)


def test_what_is_used_no_more_goes(tracker):
    build.build(tracker)
    (tracker / "seeds" / "two.txt").unlink()
    build.build(tracker)
    with sqlite3.connect(tracker / MEMO) as database:
        # one article of the two that are left has no date, and was read for an estimate too
        assert database.execute("SELECT count(*) FROM kept").fetchone()[0] <= 3
    assert (tracker / memo.FOLDER / ".gitignore").read_text(encoding="utf-8").endswith("*\n")


def damaged(kind: str, path: Path) -> None:
    body = path.read_bytes()
    if kind == "cut":
        path.write_bytes(body[: len(body) // 2])
    elif kind == "noise":
        path.write_bytes(random.Random(1).randbytes(len(body)))
    elif kind == "bits":
        flipped = bytearray(body)
        for at in random.Random(2).sample(range(100, len(body)), 200):
            flipped[at] ^= 255
        path.write_bytes(bytes(flipped))
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "other table":
        path.unlink()
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE kept (x TEXT)")
    elif kind == "lies":
        with sqlite3.connect(path) as database:
            database.execute("UPDATE kept SET value = (SELECT max(value) FROM kept)")
    elif kind == "folder":
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize("kind", ["cut", "noise", "bits", "empty", "other table", "lies", "folder"])
def test_damage_changes_nothing(tracker, kind):
    build.build(tracker)
    first = files_of(tracker)
    damaged(kind, tracker / MEMO)
    build.build(tracker)
    assert files_of(tracker) == first
    build.build(tracker)
    assert files_of(tracker) == first


def without_grounds(entry):
    """An entry without what only `explain` asks for."""
    return replace(entry, grounds=(), participants=tuple(replace(part, ground="") for part in entry.participants))


def test_every_value_comes_back_as_it_was():
    recogniser = load_recogniser("rules")
    documents = seeds.read_seeds(Path(__file__).parents[1] / "seeds").documents
    found = tuple(recognise_in(documents, recogniser))
    for reading, mentions in zip(build.read(documents, found), found, strict=True):
        assert reading.entries
        for name in memo.KEPT:
            told = getattr(reading, name)
            told = tuple(map(without_grounds, told)) if name == "entries" else told
            assert memo._decode(memo._encode(getattr(reading, name))) == told
        assert memo._decode(memo._encode(mentions)) == mentions


def test_without_a_tracker_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Memo(None).close()
    assert list(tmp_path.iterdir()) == []


def test_what_joining_compared_is_kept(tracker, monkeypatch):
    """A build after a change equals one from nothing, and compares only what the change touched."""
    from dateline.events import join, stories

    calls = []
    for module, name in ((join, "score_pair"), (stories, "likeness")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda a, b, real=real: calls.append((a, b)) or real(a, b))
    text = STORIES["one.txt"]
    for number in range(4):
        body = text.replace("Talks open", f"Talks open {number}").replace(
            "He left", f"Witness {number} said so. He left"
        )
        (tracker / "seeds" / f"copy{number}.txt").write_text(body, encoding="utf-8")
    build.build(tracker)
    assert calls
    first = files_of(tracker)
    calls.clear()
    build.build(tracker)
    assert calls == []
    assert files_of(tracker) == first
    shutil.rmtree(tracker / memo.FOLDER)
    build.build(tracker)
    assert calls
    assert files_of(tracker) == first


def test_why_articles_report_one_event_is_explained(tracker):
    from click.testing import CliRunner

    from dateline.cli import cli

    other = STORIES["one.txt"].replace("Talks open", "They talk").replace("He left", "Brandt left")
    (tracker / "seeds" / "four.txt").write_text(other, encoding="utf-8")
    build.build(tracker)
    ran = CliRunner().invoke(cli, ["-C", str(tracker), "explain", "they-talk"])
    assert ran.exit_code == 0, ran.output
    told = next(line for line in ran.output.splitlines() if "reports the same event as" in line)
    assert "talks-open (“Talks open”)" in told
    assert told.endswith(", because")
    assert "    wording " in ran.output
    ran = CliRunner().invoke(cli, ["-C", str(tracker), "explain", "strike-ends"])
    assert "reports an event that no other article reports" in ran.output
