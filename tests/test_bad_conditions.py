"""Full disks, odd files, links in circles, names that are no text: nothing is lost, and a line says what happened."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dateline import build, files, folders, last, render, seeds, shelf, store
from dateline.files import Change, commit, digest_of, only_writer
from dateline.problems import Problem, UsageError, Where, first_few, format_problem
from dateline.seeds import MAX_BYTES, read_seeds, read_text
from trackers import RULES, files_of, make_tracker

BODY = "Jane Roe went to Oslo on 3 May 2021, she said to the press.\n"
STORY = (
    RULES
    + """-- seeds/2021-04-29-one.txt --
Ministers meet in Doha

DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday. "We will sign," she said.
-- seeds/two.txt --
Talks are put off

The second round was postponed to next month, President John Doe said on Friday.
"""
)
LATER = """-- seeds/2021-05-03-three.txt --
Roe resigns

MADRID: Foreign Minister Jane Roe resigned on Monday. Prime Minister Mary Major accepted the resignation.
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and names of bytes are of POSIX systems")
as_linux = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")


@pytest.fixture
def in_time():
    """Fails what waits for a pipe that nobody writes into."""

    def stop(*_: object) -> None:
        raise AssertionError("waited")  # no OSError, which would be told as a file that cannot be read

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def told(problems) -> list[tuple[str, str]]:
    return sorted((problem.where.path, problem.slug) for problem in problems)


def names(found) -> list[str]:
    return [document.article.seed for document in found.documents]


@pytest.fixture
def folder(tmp_path):
    """An empty `seeds/` of a tracker."""
    found = tmp_path / "tracker" / "seeds"
    found.mkdir(parents=True)
    return found


# --------------------------------------------------------------------------------------------- seeds


@posix
@pytest.mark.usefixtures("in_time")
def test_what_is_no_file_is_told_and_never_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(folder / "socket.txt"))
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "a.txt").write_text(BODY)
    (folder / "device.txt").symlink_to("/dev/zero")
    found = read_seeds(folder)
    assert names(found) == ["folder.txt/a.txt"]
    assert told(found.problems) == [
        ("seeds", "linked-seed"),
        ("seeds/device.txt", "special-seed"),
        ("seeds/pipe.txt", "special-seed"),
        ("seeds/socket.txt", "special-seed"),
    ]


@posix
@pytest.mark.usefixtures("in_time")
def test_a_file_that_becomes_a_pipe_once_it_was_found_is_not_waited_for(folder):
    os.mkfifo(folder / "a.txt")
    document, problems = seeds.read_seed(folder / "a.txt", "a.txt")
    assert document is None
    assert told(problems) == [("seeds/a.txt", "unreadable-seed")]


@posix
def test_links_are_followed_and_end(folder, tmp_path):
    shared = tmp_path / "shared"
    (shared / "deep").mkdir(parents=True)
    (shared / "deep" / "b.txt").write_text("In Lima, Ann Roe met the press on 4 May 2021.\n")
    (shared / "deep" / "up").symlink_to(shared)
    (folder / "a.txt").write_text(BODY)
    (folder / "again").symlink_to(".")
    (folder / "common").symlink_to(shared)
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "sub").mkdir()
    (folder / "sub" / "top").symlink_to("..")
    found = read_seeds(folder)
    assert names(found) == ["a.txt", "common/deep/b.txt"]
    assert told(found.problems) == [
        ("seeds", "linked-seed"),
        ("seeds/again", "duplicate-seed"),
        ("seeds/common/deep/up", "duplicate-seed"),
        ("seeds/gone.txt", "broken-link"),
        ("seeds/self.txt", "broken-link"),
        ("seeds/sub/top", "duplicate-seed"),
    ]


@posix
def test_only_links_that_lead_out_of_the_tracker_are_named(folder, tmp_path):
    (tmp_path / "tracker" / "archive").mkdir()
    (tmp_path / "tracker" / "archive" / "a.txt").write_text(BODY)
    (folder / "inside").symlink_to("../archive")
    assert read_seeds(folder).problems == ()
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"In Lima, Ann Roe met {number} ministers on 4 May 2021.\n")
        (folder / f"{number}.txt").symlink_to(tmp_path / f"{number}.txt")
    found = read_seeds(folder)
    assert names(found) == [*(f"{number}.txt" for number in range(5)), "inside/a.txt"]
    assert [problem.message for problem in found.problems] == [
        "read through links that lead out of the tracker: 0.txt, 1.txt, 2.txt and 2 more"
    ]


@posix
def test_links_that_double_at_each_step_are_each_read_once(folder):
    """Two links from each of 30 folders to the next: a thousand million ways, 31 folders."""
    for number in range(31):
        here = folder / f"d{number:02}"
        here.mkdir()
        (here / "a.txt").write_text(f"In Lima, Ann Roe met {number} ministers on 4 May 2021.\n")
        if number < 30:
            (here / "x").symlink_to(f"../d{number + 1:02}")
            (here / "y").symlink_to(f"../d{number + 1:02}")
    found = read_seeds(folder)
    assert names(found) == [f"d{number:02}/a.txt" for number in range(31)]
    assert len(found.problems) == 60


@posix
def test_a_seeds_folder_that_is_not_there_or_none_is_told(folder):
    folder.rmdir()
    assert read_seeds(folder) == seeds.Seeds((), ())
    folder.symlink_to("/not/mounted")
    assert told(read_seeds(folder).problems) == [("seeds", "broken-link")]
    folder.unlink()
    folder.write_text("a file")
    assert told(read_seeds(folder).problems) == [("seeds", "special-seed")]


def test_what_may_not_be_read_is_left_out_alone(folder, monkeypatch):
    """As for somebody without the right; whoever runs the tests may have all rights."""
    for name in ("a.txt", "closed/b.txt", "locked.txt", "vanished.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(BODY + name)
    scandir, open_ = os.scandir, os.open

    def refuse(path: object) -> None:
        if str(path).endswith(("closed", "locked.txt")):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        if str(path).endswith("vanished.txt"):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) or scandir(path))
    monkeypatch.setattr(os, "open", lambda path, *more, **named: refuse(path) or open_(path, *more, **named))
    found = read_seeds(folder)
    assert names(found) == ["a.txt"]
    assert told(found.problems) == [
        ("seeds/closed", "unreadable-seed"),
        ("seeds/locked.txt", "unreadable-seed"),
        ("seeds/vanished.txt", "unreadable-seed"),
    ]
    assert "Permission denied" in found.problems[0].message


def test_a_seed_is_never_read_beyond_what_an_article_may_have(folder, monkeypatch):
    """Its size says little: it may grow, and files of /proc have none."""
    path = folder / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    asked = []
    monkeypatch.setattr(seeds, "read_file", lambda path, most: asked.append(most) or files.read_file(path, most))
    document, problems = seeds.read_seed(path, "a.txt")
    assert document is None
    assert asked == [MAX_BYTES + 1]
    assert [(p.slug, p.message) for p in problems] == [
        ("large-seed", "200 MB is too long for an article (at most 4 MB); left out")
    ]
    path.write_bytes(b"a" * MAX_BYTES)
    assert seeds.read_seed(path, "a.txt")[1] == ()


@pytest.mark.parametrize(
    ("page", "slug"),
    [
        ("<body>" + "<div>" * 20_000 + "<p>Jane Roe went to Oslo.</p>" + "</div>" * 20_000, "unread-html"),
        ("Jane Roe went to Oslo on Monday.", "unread-html"),
        ("<html><head><title>News</title></head><body></body></html>", "empty-seed"),
        ("<!DOCTYPE html><style>p {}</style><script>words()</script><br>", "empty-seed"),
        ("", "empty-seed"),
    ],
)
def test_a_page_with_words_is_not_called_empty(page, slug):
    pytest.importorskip("trafilatura")
    document, problems = read_text(page, "a.html", html=True)
    assert document is None
    assert [problem.slug for problem in problems] == [slug]


@posix
def test_deeply_nested_folders_end_in_a_line(folder):
    here = os.open(folder, os.O_RDONLY)
    for _ in range(2500):  # more than a path may have letters
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    assert [problem.slug for problem in read_seeds(folder).problems] == ["unreadable-seed"]
    with pytest.raises(folders.UnsureError):
        folders.look(folder.parent)
    subprocess.run(["rm", "-rf", folder / "d"], check=True)


# --------------------------------------------------------------------------------------------- names


def test_a_name_cannot_steer_a_terminal_or_forge_a_line():
    where = Where("seeds/a\nb\x1b[2J\u202e\udcff.txt")
    said = format_problem(Problem(slug="s", message="x\ry", where=where, hint="p\x9bq"))
    assert said == "seeds/a\\nb\\x1b[2J\\u202e\\udcff.txt: error[s]: x\\ry\n    hint: p\\x9bq"


@as_linux
@pytest.mark.parametrize("name", [b"a\xff", b"a\nb", b"a\x1b[31m"])
@pytest.mark.parametrize("place", [b"content/actors/%s.yaml", b"templates/assets/%s.css"])
def test_a_name_that_can_be_no_id_or_address_is_an_error(run, tmp_path, name, place):
    """With the actor's file the build wrote its id into articles that could not be read any more."""
    tracker = make_tracker(tmp_path / "t", STORY)
    path = os.fsencode(tracker) + b"/" + place % name
    os.makedirs(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(b"name: Jane Roe\n")
    before = files_of(tracker)
    code, _, err = run("-C", tracker, "build")
    assert (code, "error[file-name]: the file's name" in err, "fault of its own" in err) == (1, True, False)
    assert "\x1b" not in err
    after = files_of(tracker)
    assert {name: data for name, data in after.items() if name.startswith(("site/", "seeds/"))} == {
        name: data for name, data in before.items() if name.startswith("seeds/")
    }
    assert store.load_content(tracker)[0].articles.keys() <= {"ministers-meet-in-doha", "talks-are-put-off"}


@as_linux
def test_a_tracker_in_a_folder_whose_name_is_no_text_is_built(tmp_path):
    tracker = make_tracker(Path(os.fsdecode(os.fsencode(tmp_path) + b"/t\xff")), STORY)
    done = subprocess.run([sys.executable, "-m", "dateline", "-C", tracker, "build"], capture_output=True, check=False)
    assert (done.returncode, b"\\udcff/site/index.html" in done.stdout) == (0, True), done.stderr


def test_the_first_names_of_many():
    assert first_few(["a"]) == "a"
    assert first_few(["a", "b", "c"]) == "a, b, c"
    assert first_few(["a", "b", "c", "d"]) == "a, b, c and 1 more"


def test_articles_without_a_date_or_a_text_are_named(run, tmp_path):
    tracker = make_tracker(tmp_path / "t", STORY)
    for number in range(4):
        seed = (
            f"Roe goes home, part {number}\n\nAnn Roe went home on some day of the year, the {number} of them said.\n"
        )
        (tracker / "seeds" / f"{number}.txt").write_text(seed)
    for _ in range(3):  # the last one is told from what was kept
        _, out, _ = run("-C", tracker, "build")
        assert (
            "undated: 5 articles; write published: above the line of content/articles/roe-goes-home-part-0.yaml, "
            in out
        )
        assert " and 2 more\n" in out
    (tracker / "seeds" / "two.txt").unlink()
    for _ in range(3):
        _, out, _ = run("-C", tracker, "build")
        assert "to take one out, delete its file: content/articles/talks-are-put-off.yaml\n" in out


# --------------------------------------------------------------------------------------------- content, templates


@posix
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nowhere"])
@pytest.mark.parametrize("name", ["content/site.yaml", "content/decisions.yaml", "content/actors/x.yaml"])
def test_what_should_be_a_file_of_content_and_is_none_is_an_error(run, tmp_path, name, kind):
    """Not as if it were not there: decisions and settings would be forgotten without a word."""
    tracker = make_tracker(tmp_path / "t", STORY)
    path = tracker / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    {"pipe": os.mkfifo, "folder": os.mkdir, "link to nowhere": lambda path: path.symlink_to("nowhere")}[kind](path)
    code, _, err = run("-C", tracker, "build")
    assert (code, f"{name}: error[unreadable]: cannot be read" in err) == (1, True)
    assert not (tracker / "site").exists()


def test_a_content_file_that_may_not_be_read_stops_the_build_and_stays(run, tmp_path, monkeypatch):
    tracker = make_tracker(tmp_path / "t", STORY)
    assert run("-C", tracker, "build")[0] == 0
    before = files_of(tracker)
    path = tracker / "content" / "actors" / "jane-roe.yaml"
    (tracker / "seeds" / "two.txt").write_text(BODY)
    path.write_bytes(path.read_bytes() + b"\n")
    read = files.read_file

    def refuse(at, most=None):
        if at == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(at))
        return read(at, most)

    monkeypatch.setattr(files, "read_file", refuse)
    code, _, err = run("-C", tracker, "build")
    assert (code, "content/actors/jane-roe.yaml: error[unreadable]: cannot be read (Perm" in err) == (1, True)
    assert files_of(tracker / "site") == {k.removeprefix("site/"): v for k, v in before.items() if k[:5] == "site/"}


def test_an_empty_template_is_told_each_time(tmp_path):
    tracker = make_tracker(tmp_path / "t", STORY + "-- templates/base.html --\n\n")
    for _ in range(3):
        found = last.run(tracker, "build", last.full(tracker, "build"))
        said = [problem for problem in found.problems if problem.slug == "empty-page"]
        assert len(said) == 1
        assert "made by about.html, actor.html, actors.html and " in said[0].message
        assert found.site is not None
        (tracker / "site" / "entries.csv").unlink()  # so that the next run is a full one that may keep pages


# --------------------------------------------------------------------------------------------- what is ours to write


@posix
@pytest.mark.parametrize("odd", ["link", "pipe", "folder"])
def test_a_lock_is_never_written_where_a_link_leads(run, tmp_path, odd):
    tracker = make_tracker(tmp_path / "t", STORY)
    precious, lock = tmp_path / "precious", tracker / "content" / files.LOCK
    precious.write_text("precious")
    {"link": lambda: lock.symlink_to(precious), "pipe": lambda: os.mkfifo(lock), "folder": lock.mkdir}[odd]()
    code, _, err = run("-C", tracker, "build")
    assert (code, "content/.lock: " in err, "move it away" in err) == (1, True, True)
    assert precious.read_text() == "precious"


@posix
@pytest.mark.usefixtures("in_time")
@pytest.mark.parametrize("name", ["mark", "files.marshal", "memo.sqlite3", "parsed.sqlite3", "build.json"])
@pytest.mark.parametrize("odd", ["link", "pipe"])
def test_what_is_kept_is_never_written_where_a_link_leads(tmp_path, name, odd):
    tracker = make_tracker(tmp_path / "t", STORY)
    precious, path = tmp_path / "precious", tracker / folders.FOLDER / name
    precious.write_text("precious")
    path.parent.mkdir()
    path.symlink_to(precious) if odd == "link" else os.mkfifo(path)
    assert last.run(tracker, "build", last.full(tracker, "build")).site is not None
    assert precious.read_text() == "precious"


@pytest.mark.parametrize(
    "line", ["garbage", "{}", "[]", '["a", "b"]', '["../x", "", ""]', '["/x", "", ""]', '["a", "../x", ""]', "\xff"]
)
def test_a_damaged_journal_is_told_and_harms_nothing(tmp_path, line):
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "x").write_bytes(b"")
    (content / files.JOURNAL).write_bytes(f'["a", "", "{digest_of(b"a")}"]\n{line}\n'.encode("latin-1"))
    (content / "a").write_bytes(b"a")
    with pytest.raises(UsageError, match=r"content/\.journal, .* is damaged"), only_writer(content, "build"):
        pass
    assert (content / "a").read_bytes() == b"a"
    assert (tmp_path / "x").exists()


@posix
def test_a_linked_folder_inside_the_site_is_not_written_through(tmp_path):
    out, other = tmp_path / "site", tmp_path / "other"
    render.write(out, {"index.html": b"1", "a/x.html": b"1", "b/y.html": b"1"})
    other.mkdir()
    (other / "x.html").write_bytes(b"precious")
    (out / "a" / "x.html").unlink()
    (out / "a").rmdir()
    (out / "a").symlink_to(other)
    for made in ({"index.html": b"2", "a/x.html": b"2"}, {"index.html": b"2"}):
        with pytest.raises(UsageError, match="site/a is a link that leads out of site/"):
            render.write(out, made)
    assert (other / "x.html").read_bytes() == b"precious"
    assert (out / "index.html").read_bytes() == b"1"


@posix
def test_a_site_as_a_whole_may_be_a_link(tmp_path):
    tracker = make_tracker(tmp_path / "t", STORY)
    (tmp_path / "web").mkdir()
    (tracker / "site").symlink_to(tmp_path / "web")
    assert build.build(tracker).site.written > 10
    make_tracker(tracker, LATER)
    assert build.build(tracker).site.written > 5
    assert (tmp_path / "web" / "index.html").is_file()
    assert (tracker / "site").is_symlink()


# --------------------------------------------------------------------------------------------- full disks


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_journal_that_finds_no_room_leaves_nothing_beside(tmp_path, monkeypatch):
    """What was written beside would keep the disk full."""
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(files, "write_if_changed", full)
    with pytest.raises(OSError, match="No space"):
        commit(tmp_path, [Change(path=tmp_path / "a", data=b"new", seen=digest_of(b"old"))])
    assert files_of(tmp_path) == {"a": b"old"}


def test_a_folder_that_finds_no_room_is_asked_for_before_any_file_moves(tmp_path, monkeypatch):
    render.write(tmp_path, {"index.html": b"1"})
    mkdir = Path.mkdir
    refuse = lambda path, *more, **named: full() if path.name == "a" else mkdir(path, *more, **named)  # noqa: E731
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(UsageError, match="No space left"):
        render.write(tmp_path, {"index.html": b"2", "a/x.html": b"2"})
    assert (tmp_path / "index.html").read_bytes() == b"1"


@pytest.mark.parametrize("step", range(0, 60, 4))
def test_a_disk_that_is_full_after_some_files_leaves_old_or_new(grown, tmp_path, run, monkeypatch, step):
    tracker, before, after = grown(tmp_path)
    room = iter(range(step))
    write, mkdir = Path.write_bytes, Path.mkdir

    def write_bytes(path: Path, data: bytes) -> int:
        return write(path, data) if next(room, None) is not None else full()

    def make(path: Path, *more, **named) -> None:
        if not path.exists() and next(room, None) is None:
            full()
        mkdir(path, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_bytes)
        patch.setattr(Path, "mkdir", make)
        code, _, err = run("-C", tracker, "build")
    assert (code in (1, 2), "No space left" in err, "make room" in err) == (True, True, True) or code == 0
    for part in ("content", "site"):
        now = files_of(tracker / part)
        now.pop(render.MANIFEST, None)  # may list more than stands there: what it lists is ours
        assert now in (before[part], after[part]), part
    assert run("-C", tracker, "build")[0] == 0
    assert files_of(tracker / "site").items() >= after["site"].items()


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """Makes copies of a built tracker with a seed more, and tells what it holds before and after the next build."""
    import shutil

    base = tmp_path_factory.mktemp("grown")
    old = make_tracker(base / "old", STORY)
    build.build(old)
    make_tracker(old, LATER)
    new = base / "new"
    shutil.copytree(old, new)
    build.build(new)

    def state(tracker):
        parts = {part: files_of(tracker / part) for part in ("content", "site")}
        parts["site"].pop(render.MANIFEST)
        return parts

    def copy(to):
        shutil.copytree(old, to / "t")
        return to / "t", state(old), state(new)

    return copy


def test_nothing_is_lost_but_time_where_what_is_kept_finds_no_room(tmp_path, monkeypatch):
    tracker = make_tracker(tmp_path / "t", STORY)

    def no_room(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(folders, "write_beside", full)
    monkeypatch.setattr(shelf.Shelf, "_change", no_room)
    for _ in range(2):
        found = last.run(tracker, "build", last.full(tracker, "build"))
        assert found.site is not None
        assert not found.problems
    assert found.work.read > 0
    assert {path.name for path in (tracker / folders.FOLDER).iterdir()} == {".gitignore", "mark"}


def test_a_fault_is_told_also_where_its_report_finds_no_room(run, tmp_path, monkeypatch):
    import tempfile

    monkeypatch.setattr(build, "build", lambda *_: 1 / 0)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    code, _, err = run("-C", make_tracker(tmp_path / "t", STORY), "build")
    assert code == 3
    assert err == (
        "dateline: a fault of its own, not of your files (ZeroDivisionError: division by zero)\n"
        "    hint: please report it; its traceback cannot be kept (No space left on device)\n"
    )


@pytest.fixture
def small_disk(tmp_path):
    """Mounts a file system of so many files at a folder."""
    mounted = []

    def mount(folder: Path, options: str) -> None:
        folder.mkdir(exist_ok=True)
        call = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if sys.platform != "linux" or os.geteuid() or subprocess.run(call, capture_output=True, check=False).returncode:
            pytest.skip("mounting a file system needs Linux and root")
        mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("inodes", [45, 55, 62, 63, 64, 66, 70, 200])
def test_a_site_on_a_real_small_disk_is_old_or_new(grown, small_disk, tmp_path, run, inodes):
    import shutil

    tracker, before, after = grown(tmp_path)
    disk = tmp_path / "disk"
    small_disk(disk, f"size=4m,nr_inodes={inodes}")
    shutil.copytree(tracker / "site", disk / "site")
    shutil.rmtree(tracker / "site")
    (tracker / "site").symlink_to(disk / "site")
    code, _, err = run("-C", tracker, "build")
    now = files_of(tracker / "site")
    now.pop(render.MANIFEST)
    if code:
        assert "No space left on device" in err
        assert "make room" in err
    assert now == (before if code else after)["site"]


def test_a_tracker_on_a_real_small_disk_is_whole(small_disk, tmp_path, run):
    disk = tmp_path / "disk"
    small_disk(disk, "size=120k")
    tracker = make_tracker(disk / "t", STORY)
    code, _, err = run("-C", tracker, "build")
    assert (code, "No space left on device" in err) == (2, True)
    assert not (tracker / "site").exists()
    assert store.load_content(tracker)[1] == ()
    assert not [name for name in files_of(tracker) if name.endswith(".new")]
