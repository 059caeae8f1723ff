"""Where nothing changed, a run is told again and nothing is read; whatever did change is noticed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dateline import folders, last, presses
from dateline.outcome import Work
from dateline.problems import ContentError
from trackers import RULES, files_of, make_tracker

STORY = """\
-- seeds/one.txt --
Talks open

Oslo, 3 May 2021 - President Ada Moreno met Tom Brandt in Oslo on Monday. He left on Tuesday.
-- seeds/two.txt --
Strike ends

The Harbour Union ended its strike on 7 May 2021, Lena Oduya said.
-- seeds/three.pdf --
not a text that is read: a warning
"""


class Runs:
    """Builds of a tracker, each told whether it was a full one."""

    def __init__(self, tracker: Path) -> None:
        self.tracker = tracker
        self.full = False

    def build(self, verb="build"):
        """The summary of a run, without what it cost."""
        self.full = False

        def make(prints):
            self.full = True
            return last.full(self.tracker, verb)(prints)

        return last.run(self.tracker, verb, make)


@pytest.fixture
def runs(tmp_path):
    """A tracker that nothing is to be done for any more."""
    found = Runs(make_tracker(tmp_path / "t", RULES + STORY))
    found.build()
    found.build()
    return found


def test_nothing_changed_reads_nothing_and_tells_the_same(runs, monkeypatch):
    fresh = last.full(runs.tracker, "build")(None).summary
    before = files_of(runs.tracker)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("read"))
    again = runs.build()
    monkeypatch.undo()
    assert not runs.full
    assert again.problems == fresh.problems != ()
    assert (again.known, again.site, again.content_written) == (fresh.known, fresh.site, 0)
    assert again.site.written == again.site.removed == 0 < again.site.same
    assert again.work == Work()
    assert files_of(runs.tracker) == before


def test_a_run_that_wrote_content_is_not_the_last_word(tmp_path):
    found = Runs(make_tracker(tmp_path / "t", RULES + STORY))
    assert found.build().content_written
    found.build()
    assert found.full
    found.build()
    assert not found.full


def test_each_verb_has_its_own(runs):
    assert runs.build("render").content_written is None
    assert runs.full
    runs.build()
    assert not runs.full
    runs.build("render")
    assert not runs.full


CHANGES = {
    "a seed changed": lambda t: (t / "seeds" / "two.txt").write_text("Strike\n\nThe strike ended on 8 May 2021.", "utf-8"),
    "a seed added": lambda t: (t / "seeds" / "new.txt").write_text("More\n\nAda Moreno left Oslo on 9 May 2021.", "utf-8"),
    "a seed removed": lambda t: (t / "seeds" / "two.txt").unlink(),
    "a seed renamed": lambda t: (t / "seeds" / "two.txt").rename(t / "seeds" / "deux.txt"),
    "settings": lambda t: (t / "content" / "site.yaml").write_text("title: Other\nrecogniser: rules\n", "utf-8"),
    "a person's field": lambda t: _above(next((t / "content" / "actors").glob("*.yaml")), "note: seen\n"),
    "a decision": lambda t: (t / "content" / "decisions.yaml").write_text("- drop: {name: Lena Oduya}\n", "utf-8"),
    "a content file gone": lambda t: next((t / "content" / "actors").glob("*.yaml")).unlink(),
    "a template": lambda t: make_tracker(t, "-- templates/404.html --\n<!doctype html><title>x</title>"),
    "an asset": lambda t: make_tracker(t, "-- templates/assets/more.css --\np {}"),
    "a page changed": lambda t: (t / "site" / "index.html").write_text("x", "utf-8"),
    "a page changed, as long": lambda t: (t / "site" / "index.html").write_bytes(b"x" * (t / "site" / "index.html").stat().st_size),
    "a page removed": lambda t: (t / "site" / "index.html").unlink(),
    "the list of files removed": lambda t: (t / "site" / ".dateline-files").unlink(),
    "the site removed": lambda t: shutil.rmtree(t / "site"),
}  # fmt: skip


def _above(path: Path, line: str) -> None:
    path.write_text(line + path.read_text("utf-8"), "utf-8")


def _tried(act):
    try:
        return act()
    except Exception as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_noticed_and_ends_as_without_a_record(runs, tmp_path, change):
    CHANGES[change](runs.tracker)
    fresh = tmp_path / "fresh"
    shutil.copytree(runs.tracker, fresh, ignore=shutil.ignore_patterns(folders.FOLDER))
    told = _tried(runs.build)
    assert runs.full
    assert told == _tried(lambda: last.full(fresh, "build")(None).summary) or told.problems is not None
    assert files_of(runs.tracker) == files_of(fresh)


def test_the_same_bytes_saved_again_are_no_change(runs):
    for path in [*(runs.tracker / "seeds").iterdir(), runs.tracker / "site" / "index.html"]:
        path.write_bytes(path.read_bytes())
    runs.build()
    assert not runs.full


def test_a_second_save_within_one_tick_of_the_clock_is_seen(runs):
    """The times are put back to what was noted: only the digest can tell, and it is asked as the note is as young."""
    seed = runs.tracker / "seeds" / "two.txt"
    prints = folders.load_prints(runs.tracker)
    told = prints.files["seeds/two.txt"]
    seed.write_text(seed.read_text("utf-8").replace("7 May", "8 May"), "utf-8")
    assert seed.stat().st_size == told[0]
    now = seed.stat()
    prints.files["seeds/two.txt"] = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
    prints.marked = now.st_mtime_ns  # as if the first save and the note had come within one tick
    prints.save()
    runs.build()
    assert runs.full


def test_an_old_time_on_other_bytes_is_seen(runs):
    seed = runs.tracker / "seeds" / "two.txt"
    before = seed.stat()
    seed.write_text(seed.read_text("utf-8").replace("7 May", "8 May"), "utf-8")
    os.utime(seed, ns=(before.st_atime_ns, before.st_mtime_ns))
    runs.build()
    assert runs.full


def test_errors_are_never_kept(runs):
    site = runs.tracker / "content" / "site.yaml"
    before = site.read_bytes()
    site.write_text("titel: x\n", "utf-8")
    for _ in range(2):
        with pytest.raises(ContentError):
            runs.build()
        assert runs.full
    site.write_bytes(before)
    runs.build()
    assert not runs.full


def test_another_program_runs_in_full(runs, monkeypatch):
    monkeypatch.setattr(last, "signature", lambda: "of another version")
    runs.build()
    assert runs.full


def test_other_installed_packages_run_in_full(runs, monkeypatch):
    monkeypatch.setattr(last, "surroundings", lambda: "other")
    runs.build()
    assert runs.full


@pytest.mark.parametrize("name", [folders.PRINTS, "build.json"])
@pytest.mark.parametrize("damage", ["gone", "cut", "noise", "empty", "folder", "other form", "null"])
def test_a_damaged_record_changes_nothing(runs, name, damage):
    path, before = runs.tracker / folders.FOLDER / name, files_of(runs.tracker)
    body = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(body[: len(body) // 2])
    elif damage == "noise":
        path.write_bytes(bytes(255 - byte for byte in body))
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "folder":
        path.mkdir()
    elif damage in ("other form", "null"):
        folders.save_kept(runs.tracker, name, [999, 0, {}] if damage == "other form" else [])
    fresh = runs.build()
    assert fresh.site.written == 0
    assert files_of(runs.tracker) == before


def test_a_linked_folder_is_read_each_time(runs, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (runs.tracker / "seeds" / "more").symlink_to(tmp_path / "elsewhere")
    for _ in range(2):
        runs.build()
        assert runs.full


def test_somebody_saving_while_it_runs_is_not_overlooked(tmp_path):
    tracker = make_tracker(tmp_path / "t", RULES + STORY)
    runs = Runs(tracker)
    runs.build()

    def make(prints):
        made = last.full(tracker, "build")(prints)
        (tracker / "seeds" / "two.txt").write_text("Late\n\nThe strike ended on 9 May 2021.", "utf-8")
        return made

    last.run(tracker, "build", make)
    runs.build()
    assert runs.full


def test_a_page_spoilt_while_it_runs_is_put_right(tmp_path):
    tracker = make_tracker(tmp_path / "t", RULES + STORY)
    runs = Runs(tracker)
    runs.build()

    def make(prints):
        made = last.full(tracker, "build")(prints)
        (tracker / "site" / "index.html").write_text("spoilt", "utf-8")
        return made

    last.run(tracker, "build", make)
    runs.build()
    assert "spoilt" not in (tracker / "site" / "index.html").read_text("utf-8")


def test_one_article_more_costs_what_it_changes(runs):
    """Counts, which no machine changes: one text is read, its pages and the lists that name them are made."""
    seed = runs.tracker / "seeds" / "four.txt"
    seed.write_text("Flood\n\nLima, 2 June 2021 - The river Rimac flooded Lima on Tuesday, Rosa Quispe said.", "utf-8")
    before = {path for path in files_of(runs.tracker) if path.startswith("content/")}
    done = runs.build()
    made = {path for path in files_of(runs.tracker) if path.startswith("content/")} - before
    assert (done.work.read, done.work.kept) == (1, 2)
    assert done.content_written == len(made) + 1  # and quotes.lock; no other file that was there
    assert done.work.parsed == len(made)
    assert done.work.rendered < done.work.pages
    assert done.work.rendered < done.site.written < done.site.written + done.site.same  # with data and feeds
    assert done.site.removed == 0
    settled = runs.build()
    assert runs.full  # the last one had written
    assert (settled.work.read, settled.work.parsed, settled.work.rendered) == (0, 0, 0)


def test_a_persons_field_costs_one_file_and_the_pages_that_show_it(runs):
    path = runs.tracker / "content" / "actors" / "lena-oduya.yaml"
    _above(path, "note: seen\n")
    done = runs.build("render")
    assert done.work.parsed == 1
    assert done.work.rendered == 1
    assert done.site.written == 2  # and its data


@pytest.fixture
def rendered(runs):
    """A tracker of which a render has nothing to say any more."""
    runs.build("render")
    return runs


def _reads(monkeypatch):
    """The paths of the files that are read from now on to be known by their bytes."""
    found, digest = [], folders.Prints.digest
    monkeypatch.setattr(folders.Prints, "digest", lambda prints, name: found.append(name) or digest(prints, name))
    return found


def test_what_a_run_wrote_is_read_once_and_nothing_else(rendered, monkeypatch):
    path = min((rendered.tracker / "content" / "actors").glob("*.yaml"))
    _above(path, "note: seen\n")
    read = _reads(monkeypatch)
    done = rendered.build("render")
    assert rendered.full
    wrote = [name for name in read if name.startswith("site/") and name != "site/.dateline-files"]
    assert len(wrote) == len({*wrote}) == done.site.written > 0
    assert {name for name in read if not name.startswith("site/")} == {f"content/actors/{path.name}"}
    read.clear()
    rendered.build("render")
    assert (rendered.full, read) == (False, [])


BEHIND = {
    "content/actors": "# mine\n",
    "content": "# mine\n",
    "site": "behind\n",
    "templates": "<!doctype html>behind\n",
    "seeds": "behind\n",
}


@pytest.mark.parametrize("part", BEHIND)
def test_what_somebody_saves_behind_the_look_of_a_render_is_found(runs, tmp_path, part):
    make_tracker(runs.tracker, "-- templates/404.html --\n<!doctype html><title>x</title>")
    runs.build("render")
    path = min(p for p in (runs.tracker / part).iterdir() if p.is_file() and p.suffix in (".yaml", ".html", ".txt"))
    _above(max((runs.tracker / "content" / "actors").glob("*.yaml")), "note: seen\n")

    def make(prints):
        made = last.full(runs.tracker, "render")(prints)
        _above(path, BEHIND[part])
        return made

    last.run(runs.tracker, "render", make)
    fresh = tmp_path / "fresh"
    shutil.copytree(runs.tracker, fresh, ignore=shutil.ignore_patterns(folders.FOLDER))
    told = runs.build("render")
    assert runs.full
    assert told.problems == last.full(fresh, "render")(None).summary.problems
    assert files_of(runs.tracker) == files_of(fresh)


# ------------------------------------------------------------------------------------------ two processes look


def _page(tracker: Path) -> Path:
    return min((tracker / "site/articles").glob("*.html"))


@pytest.fixture
def copied(monkeypatch):
    """The processes that were copied from this one, which two look at files from, however few there are."""
    if not presses._is_alone():
        pytest.skip("another test left a thread behind")
    found = []

    def fork(fork=os.fork):
        found.append(fork())
        return found[-1]

    monkeypatch.setattr(presses.os, "fork", fork)
    monkeypatch.setattr(folders, "presses", lambda jobs, number: jobs)
    return found


@pytest.mark.parametrize(
    "change",
    [
        lambda tracker: None,
        lambda tracker: _page(tracker).write_text("spoilt"),
        lambda tracker: _page(tracker).unlink(),
        lambda tracker: _page(tracker).with_name("more.html").write_text("more"),
        lambda tracker: shutil.rmtree(tracker / "site/articles"),
        lambda tracker: shutil.rmtree(tracker / "site"),
        lambda tracker: (tracker / "site/index.html").unlink(),
        lambda tracker: (tracker / "seeds/one.txt").write_text("Another text"),
        lambda tracker: (_page(tracker).unlink(), (tracker / "seeds/two.txt").unlink()),
    ],
    ids=["nothing", "spoilt", "gone", "more", "no folder", "no site", "no home", "seed", "both sides"],
)
def test_two_processes_see_what_one_sees(runs, copied, change):
    kept = folders.load_prints(runs.tracker)
    change(runs.tracker)
    alone, together = kept.look_again(1), kept.look_again(2)
    assert len(copied) == 1
    assert (together.files, together.digests, together.total()) == (alone.files, alone.digests, alone.total())
    assert together.digests.keys() == together.files.keys()


def test_two_processes_do_not_follow_a_link_either(runs, copied, tmp_path):
    kept = folders.load_prints(runs.tracker)
    (runs.tracker / "site/articles").rename(tmp_path / "elsewhere")
    (runs.tracker / "site/articles").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(folders.UnsureError):
        kept.look_again(2)


def test_a_look_of_few_files_is_no_work_for_two(runs, monkeypatch):
    monkeypatch.setattr(presses.os, "fork", lambda: pytest.fail("copied"))
    folders.load_prints(runs.tracker).look_again(None)
