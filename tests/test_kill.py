"""Writers that are killed at any moment: whole files, and a next build as if nothing had happened.

Each one runs in a forked process and dies by its own hand right before its n-th touch of a file, or by its parent's
after some time.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from dateline import build, cli, files
from dateline.checks import check_ids
from dateline.store import corpus_of, load_content
from trackers import RULES, files_of, make_tracker

if "fork" not in multiprocessing.get_all_start_methods():
    pytest.skip("needs fork", allow_module_level=True)

STORY = (
    RULES
    + """-- seeds/2021-04-29-one.txt --
Ministers meet in Doha

DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday. "We will sign," she said.

Roe visited Madrid last month. France and Spain signed the Doha accord.
-- seeds/two.txt --
Talks are put off

The second round was postponed to next month, President John Doe said on Friday.
"""
)
LATER = """-- seeds/2021-05-03-three.txt --
Roe resigns

MADRID: Foreign Minister Jane Roe resigned on Monday. Prime Minister Mary Major accepted the resignation.
"""
UPPER = "# Mine.\r\npublished: 2021-05-01\n"
ENTRY = "{entry}"
ARGUMENTS = {
    "build": [],
    "extract": [],
    "render": [],
    "adopt": [],
    "same": ["jane-roe", "john-doe"],
    "different": ["jane-roe", "john-doe"],
    "split": ["jane-roe", "--name", "Roe", "--into", "Ann Roe"],
    "drop": [ENTRY],
    "rename": ["jane-roe", "Janet Roe"],
    "prefer": [ENTRY, "when", "2021-04-28"],
    "undo": [],
}
"""How each verb that writes is called."""
VERBS = sorted(set(cli.cli.commands) - cli.READERS)
TOUCHES = frozenset(["open", "os.rename", "os.remove", "os.truncate", "os.mkdir", "os.rmdir", "shutil.rmtree"])


TOUCHED = multiprocessing.get_context("fork").RawValue("i", 0)
"""How often the last verb that was started has touched a file of its tracker."""


def run(tracker: Path, verb: str, arguments: list[str], die_at: int = 0) -> None:
    """In a forked process: a verb, killed right before its `die_at`-th touch of a file of the tracker."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)

    def die(event: str, about: tuple[object, ...]) -> None:
        if event not in TOUCHES or not str(about[0]).startswith(str(tracker)):
            return
        reads = event == "open" and not int(about[2] or 0) & (os.O_WRONLY | os.O_RDWR)
        if not reads:
            TOUCHED.value += 1
            if TOUCHED.value == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
        try:
            code = cli.cli(["-C", str(tracker), verb, *arguments], standalone_mode=False)
        except SystemExit as stop:
            code = stop.code
    os._exit(int(code or 0))


def start(tracker: Path, verb: str, arguments: list[str] = (), die_at: int = 0):
    TOUCHED.value = 0
    process = multiprocessing.get_context("fork").Process(target=run, args=(tracker, verb, list(arguments), die_at))
    process.start()
    return process


def finish(process) -> int:
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


class Case:
    """A tracker before a verb, and all that it may look like after it."""

    def __init__(self, folder: Path, verb: str, grown: bool) -> None:
        self.verb, self.before = verb, folder / f"{verb}-{grown}"
        self.arguments = ARGUMENTS[verb]
        if grown:
            self.grow(folder / "built")
        else:
            make_tracker(self.before, STORY)
        done = folder / f"{verb}-{grown}-done"
        shutil.copytree(self.before, done)
        began = time.perf_counter()
        assert finish(start(done, verb, self.arguments)) == 0, f"{verb} {self.arguments} failed undisturbed"
        self.seconds, self.touches = time.perf_counter() - began, TOUCHED.value
        self.states = [files_of(self.before), files_of(done)]
        assert finish(start(done, "build")) == 0
        self.ends = [files_of(done)]
        if verb not in ("build", "extract", "render"):
            undone = folder / f"undone-{verb if verb in ('adopt', 'undo') else ''}"
            if not undone.exists():
                shutil.copytree(self.before, undone)
                assert finish(start(undone, "build")) == 0
            self.ends.append(files_of(undone))

    def grow(self, built: Path) -> None:
        """Build, and then let a person correct things and the seeds change."""
        if not built.exists():
            build.build(make_tracker(built, STORY))
        shutil.copytree(built, self.before)
        content, _ = load_content(self.before)
        corpus, _ = corpus_of(content)
        first = next(entry.id for entry in corpus.entries if entry.word == "met")
        self.arguments = [first if part == ENTRY else part for part in self.arguments]
        if self.verb == "undo":
            assert finish(start(self.before, "drop", [first])) == 0
        path = self.before / "content/articles/talks-are-put-off.yaml"
        path.write_bytes(UPPER.encode() + path.read_bytes().replace(b"title: Talks", b"title: All talks"))
        if self.verb not in ("adopt", "render"):
            (self.before / "seeds/2021-04-29-one.txt").write_bytes(b"Ministers meet in Doha\n\nJane Roe left Doha.\n")
            make_tracker(self.before, LATER)

    def kill(self, tracker: Path, chance: random.Random, die_at: int) -> bool:
        """Run the verb on a copy and kill it; False where it ended before."""
        shutil.copytree(self.before, tracker)
        process = start(tracker, self.verb, self.arguments, die_at)
        if not die_at:
            time.sleep(chance.uniform(0, self.seconds))
            process.kill()
        return finish(process) == -signal.SIGKILL

    def judge(self, tracker: Path) -> None:
        """Whole files now; and after the next build, what an undisturbed run leaves."""
        for name, data in files_of(tracker).items():
            hidden = name.rpartition("/")[2].startswith(".") or "/.dateline-new-" in name
            assert hidden or any(data == state.get(name) for state in self.states), f"{name} is neither old nor new"
        content, problems = load_content(tracker)
        assert problems == ()
        assert corpus_of(content)[1] == ()
        files.settle_for_reader(tracker / "content", "check")
        assert check_ids(load_content(tracker)[0]) == ()
        assert finish(start(tracker, "build")) == 0
        assert files_of(tracker) in self.ends


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """Each verb that writes, on a tracker that grew; `build` and `extract` also on a new one."""
    folder = tmp_path_factory.mktemp("cases")
    found = [Case(folder, verb, True) for verb in VERBS if verb in ARGUMENTS]
    return found + [Case(folder, verb, False) for verb in ("build", "extract")]


def test_each_verb_that_writes_is_killed():
    assert set(VERBS) <= ARGUMENTS.keys(), "say in ARGUMENTS how the new verb is called"


def test_writers_may_be_killed_at_any_moment(cases, tmp_path, long_run):
    kills, chance = (500 if long_run else 30), random.Random(2021)
    done = 0
    for number in count():
        case = cases[number % len(cases)]
        tracker = tmp_path / str(number)
        die_at = chance.randint(1, case.touches) if number % 4 else 0
        done += case.kill(tracker, chance, die_at)
        case.judge(tracker)
        shutil.rmtree(tracker)
        if done == kills:
            break


# --------------------------------------------------------------------------------------------- at once


def edit(path: Path, atomic: bool) -> None:
    """A person saves a line above the machine's, as one editor or another does it."""
    data = b"note: mine\n" + path.read_bytes()
    if atomic:
        beside = path.with_suffix(".tmp")
        beside.write_bytes(data)
        beside.replace(path)
    else:
        path.write_bytes(data)


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    return Case(tmp_path_factory.mktemp("grown"), "build", True)


def test_two_builds_and_an_edit_at_once_lose_nothing(grown, tmp_path, long_run):
    chance = random.Random(7)
    for number in range(100 if long_run else 3):
        tracker = tmp_path / str(number)
        shutil.copytree(grown.before, tracker)
        builds = [start(tracker, "build"), start(tracker, "build")]
        time.sleep(chance.uniform(0, 1.5 * grown.seconds))
        edit(tracker / "content/articles/ministers-meet-in-doha.yaml", atomic=number % 2 == 0)
        assert [finish(process) for process in builds] == [0, 0]
        assert (tracker / "content/articles/ministers-meet-in-doha.yaml").read_bytes().startswith(b"note: mine\n")
        assert finish(start(tracker, "build")) == 0
        quiet = tmp_path / "quiet"
        shutil.copytree(grown.before, quiet)
        edit(quiet / "content/articles/ministers-meet-in-doha.yaml", atomic=True)
        assert finish(start(quiet, "build")) == 0
        assert files_of(tracker) == files_of(quiet)
        shutil.rmtree(quiet)
        shutil.rmtree(tracker)


def test_an_edit_right_before_the_rename_survives(grown, tmp_path, monkeypatch):
    """The worst moment: all is read and written beside, and the journal stands."""
    tracker = tmp_path / "tracker"
    shutil.copytree(grown.before, tracker)
    path = tracker / "content/articles/ministers-meet-in-doha.yaml"
    settle, machine = files._settle, path.read_bytes()

    def save_first(change, beside):
        if change.path == path:
            edit(path, atomic=True)
        return settle(change, beside)

    monkeypatch.setattr(files, "_settle", save_first)
    build.build(tracker)
    assert path.read_bytes().startswith(b"note: mine\n--- # machine")
    assert machine not in path.read_bytes()
    content, problems = load_content(tracker)
    assert problems == ()
    assert content.articles["ministers-meet-in-doha"].edited_below() == frozenset()


def test_a_second_builder_waits(grown, tmp_path):
    tracker = tmp_path / "tracker"
    shutil.copytree(grown.before, tracker)
    with files.only_writer(tracker / "content", "build"):
        process = start(tracker, "build")
        time.sleep(0.2)
        assert process.exitcode is None
        assert files_of(tracker / "site") == {
            name.removeprefix("site/"): data for name, data in grown.states[0].items() if name.startswith("site/")
        }
    assert finish(process) == 0
    assert files_of(tracker) in grown.ends
