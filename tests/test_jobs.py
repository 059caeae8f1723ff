"""Work shared by processes: the same bytes as alone, in order, within bounds, and whole whatever becomes of it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace

import pytest

from dateline import build, jobs, memo, sharing
from dateline.actors.recognise import load_recogniser
from dateline.jobs import Workers, in_order
from dateline.problems import UsageError
from dateline.reading import Setup, read_batch
from dateline.sharing import processes
from trackers import RULES, files_of, make_tracker

STORIES = (
    RULES
    + """-- seeds/one.txt --
Talks open

Oslo, 3 May 2021 - President Ada Moreno met Tom Brandt in Oslo on Monday. He left on Tuesday.
-- seeds/two.txt --
Strike ends

LIMA, 7 May 2021 - The Harbour Union ended its strike on Thursday, Lena Oduya said.
-- seeds/three.txt --
A vote

France voted in May 2021. Spain will hold elections in February 2022.
-- seeds/four.txt --
Ministers resign

Oslo, 9 May 2021 - Two ministers resigned on Friday. President Ada Moreno accepted.
-- seeds/five.txt --
Bridge opens

Oslo, 10 May 2021 - Tom Brandt opened a bridge in Lima.
"""
)
"""One article of them has no date: it is read twice, at last from an estimate."""


# ------------------------------------------------------------------------------------ what others work on


def doubled(batch):
    return [2 * number for number in batch]


def late_first(batch):
    """The sooner a batch was given, the later it is done."""
    time.sleep(0.05 * max(0, 4 - batch[0]))
    return list(batch)


def threads_of(batch):
    return [os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]] * len(batch)


def die(batch):
    os.kill(os.getpid(), signal.SIGKILL)


def die_reading(document, found):
    os._exit(9)


def fail(batch):
    raise LookupError("of its own")


class AtOnce(Executor):
    """Does everything when it is given, and counts."""

    def __init__(self):
        self.given = 0

    def submit(self, fn, /, *args):
        self.given += 1
        done = Future()
        done.set_result(fn(*args))
        return done


class Never(Executor):
    """Begins nothing."""

    def __init__(self):
        self.futures = []

    def submit(self, fn, /, *args):
        self.futures.append(Future())
        return self.futures[-1]


@pytest.fixture
def single(monkeypatch):
    """Batches of one, so that few things are shared too."""
    monkeypatch.setattr(sharing, "BATCH", 1)


@pytest.fixture
def no_process(monkeypatch):
    def never(number):
        raise AssertionError("a process was started")

    monkeypatch.setattr(jobs, "_Processes", never)


# --------------------------------------------------------------------------------------------- in order


def test_results_stand_in_the_order_of_what_was_given(single):
    with ThreadPoolExecutor(4) as executor:
        assert list(in_order(executor, late_first, range(12), 8)) == list(range(12))


def test_nothing_is_given_for_nothing():
    assert list(in_order(Never(), doubled, [], 3)) == []


def test_what_is_under_way_is_bounded(monkeypatch):
    monkeypatch.setattr(sharing, "BATCH", 3)
    executor, taken = AtOnce(), []
    source = iter(range(1000))
    for result in in_order(executor, doubled, source, 5):
        taken.append(result)
        assert executor.given - len(taken) // 3 <= 5
    assert taken == [2 * number for number in range(1000)]
    assert executor.given == 334  # every batch but the last is full


def test_the_source_is_drawn_on_no_further_than_batches_are_under_way(monkeypatch):
    monkeypatch.setattr(sharing, "BATCH", 3)
    source = iter(range(1000))
    results = in_order(AtOnce(), doubled, source, 5)
    next(results)
    assert next(source) == 15
    results.close()


def test_who_stops_early_takes_back_what_is_not_begun(single):
    executor = Never()
    results = in_order(executor, doubled, range(100), 6)
    threading.Timer(0.1, lambda: executor.futures[0].set_result([0])).start()
    assert next(results) == 0
    results.close()
    assert len(executor.futures) == 6
    assert all(future.cancelled() for future in executor.futures[1:])


def test_what_goes_wrong_in_the_work_is_told_as_it_is(single):
    with ThreadPoolExecutor(2) as executor, pytest.raises(LookupError, match="of its own"):
        list(in_order(executor, fail, range(3), 2))


# --------------------------------------------------------------------------------------------- how many


@pytest.mark.parametrize(
    ("asked", "things", "cores", "expected"),
    [
        (None, 0, 8, 1),
        (None, 199, 8, 1),
        (None, 200, 8, 2),
        (None, 350, 8, 3),
        (None, 100_000, 8, 8),
        (None, 100_000, 1, 1),
        (1, 100_000, 8, 1),
        (4, 0, 8, 1),
        (4, 16, 8, 1),
        (4, 17, 8, 2),
        (4, 1000, 2, 4),
    ],
)
def test_how_many_processes_work(monkeypatch, asked, things, cores, expected):
    monkeypatch.setattr(sharing, "cores", lambda: cores)
    assert processes(asked, things) == expected


@pytest.mark.usefixtures("single", "no_process")
def test_one_job_and_a_few_changes_start_no_process(tmp_path):
    for number in (1, None):
        build.build(make_tracker(tmp_path / str(number), STORIES), jobs=number)
    assert files_of(tmp_path / "1") == files_of(tmp_path / "None")


def test_where_no_process_can_be_started(monkeypatch):
    def refused(number):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(jobs, "_Processes", refused)
    monkeypatch.setattr(sharing, "cores", lambda: 4)
    assert Workers(None).work(doubled, range(1000)) is None
    with pytest.raises(UsageError, match="no process can be started"):
        Workers(2).work(doubled, range(1000))


# --------------------------------------------------------------------------------------------- processes


def test_a_process_counts_on_one_thread(single, monkeypatch):
    for name in jobs.THREADS:
        monkeypatch.delenv(name, raising=False)
    with Workers(2) as workers:
        assert set(workers.work(threads_of, [0, 1])) == {"1"}
        assert list(workers.work(doubled, range(9))) == list(range(0, 18, 2))  # the same processes once more
    assert not any(name in os.environ for name in jobs.THREADS)


def test_a_process_that_dies_is_told_in_words(single):
    with Workers(2) as workers, pytest.raises(UsageError, match="for want of memory") as told:
        list(workers.work(die, range(4)))
    assert "--jobs 1" in told.value.hint


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The tracker as it is when one process has built it."""
    folder = tmp_path_factory.mktemp("alone") / "tracker"
    build.build(make_tracker(folder, STORIES))
    return folder


def kept(tracker):
    with sqlite3.connect(tracker / memo.FOLDER / memo.FILE) as database:
        return sorted(database.execute("SELECT * FROM kept"))


@pytest.mark.parametrize("number", [2, 4])
def test_any_number_of_processes_gives_the_same_bytes(single, alone, tmp_path, number):
    outcome = build.build(make_tracker(tmp_path, STORIES), jobs=number)
    assert outcome.work.read == 6  # one of five twice
    assert files_of(tmp_path) == files_of(alone)
    assert kept(tmp_path) == kept(alone)


def test_an_executor_of_the_caller_reads_and_stays_open(single, alone, tmp_path, no_process):
    with ThreadPoolExecutor(2) as executor:
        build.build(make_tracker(tmp_path, STORIES), jobs=executor)
        assert executor.submit(doubled, [1]).result() == [2]
    assert files_of(tmp_path) == files_of(alone)
    assert kept(tmp_path) == kept(alone)


def test_progress_is_told_in_steps_of_one(single, tmp_path):
    told = []
    with ThreadPoolExecutor(2) as executor:
        build.extract(make_tracker(tmp_path, STORIES), tell=lambda *step: told.append(step), jobs=executor)
    assert told == [*(("reading articles", done, 5) for done in range(5)), ("reading articles again", 0, 1)]


def test_another_recogniser_does_not_read_in_its_stead():
    setup = Setup(read_one=build.read_one, recogniser="rules", model="", label=load_recogniser("rules").label, named=())
    assert read_batch(setup, []) == []
    for other in (replace(setup, label="rules of tomorrow"), replace(setup, program="9.9")):
        with pytest.raises(UsageError, match="a worker has dateline"):
            read_batch(other, [])


# --------------------------------------------------------------------------------------------- the command


def test_a_dead_process_leaves_the_tracker_as_it_was(run, single, tmp_path, monkeypatch):
    tracker = make_tracker(tmp_path, STORIES)
    before = files_of(tracker)
    monkeypatch.setattr(build, "read_one", die_reading)
    code, out, err = run("-C", tracker, "build", "--jobs", "2")
    assert (code, out) == (2, "")
    assert err.startswith("dateline: a process that shared the work ended before it was done")
    assert "Traceback" not in err
    after = files_of(tracker)
    after.pop("content/.lock", None)
    assert after == before


@pytest.mark.parametrize("given", ["0", "-3", "many"])
def test_what_is_no_number_of_processes(run, alone, given):
    assert run("-C", alone, "build", "--jobs", given)[0] == 2


def test_extract_and_its_preview_take_jobs(run, single, alone, tmp_path):
    tracker = make_tracker(tmp_path / "t", STORIES)
    assert "5 files" not in run("-C", tracker, "extract", "--diff", "-j", "2")[1]
    assert run("-C", tracker, "extract", "--jobs", "2")[0] == 0
    content = {name: data for name, data in files_of(alone).items() if name.startswith("content/")}
    assert {name: data for name, data in files_of(tracker).items() if name.startswith("content/")} == content


def test_ctrl_c_in_one_process_counts_as_stopped(run, tmp_path, monkeypatch):
    def interrupted(document, found):
        raise KeyboardInterrupt

    tracker = make_tracker(tmp_path, STORIES)
    monkeypatch.setattr(build, "read_one", interrupted)
    assert run("-C", tracker, "build", "--jobs", "1") == (130, "", "\ndateline: stopped\n")
    assert not (tracker / "site").exists()


SLOW = """
import os, signal, sys, time
from pathlib import Path
from dateline import build, cli, sharing

read_one = build.read_one

def slow(document, found):
    Path(os.environ["PIDS"], str(os.getpid())).touch()
    for _ in range(3000):
        time.sleep(0.1)
    return read_one(document, found)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    build.read_one, sharing.BATCH = slow, 1
    cli.main()
"""
MANY = RULES + "".join(f"-- seeds/{n}.txt --\nTalks {n}\n\nOslo, 3 May 2021 - Ada met Tom.\n" for n in range(40))


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
@pytest.mark.parametrize(("to_all", "by"), [(True, signal.SIGINT), (False, signal.SIGINT), (False, signal.SIGKILL)])
def test_a_build_that_is_stopped_leaves_all_whole_and_nobody_behind(tmp_path, to_all, by):
    tracker, pids = make_tracker(tmp_path / "t", MANY), tmp_path / "pids"
    build.build(make_tracker(tmp_path / "built", STORIES))
    for name in ("content", "site"):
        shutil.copytree(tmp_path / "built" / name, tracker / name, dirs_exist_ok=True)
    before = files_of(tracker)
    pids.mkdir()
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    started = subprocess.Popen(
        [sys.executable, str(tmp_path / "slow.py"), "-C", str(tracker), "build", "--jobs", "2"],
        env={**os.environ, "PIDS": str(pids)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    try:
        while len(list(pids.iterdir())) < 2:
            assert started.poll() is None
            time.sleep(0.05)
        (os.killpg if to_all else os.kill)(started.pid, by)
        told, _ = started.communicate(timeout=100)  # ends when the last process lets go of its output
    finally:
        if started.returncode is None:
            os.killpg(started.pid, signal.SIGKILL)
    if by == signal.SIGINT:
        assert started.returncode == 130
        assert told == "\ndateline: stopped\n"
    assert "Traceback" not in told
    after = files_of(tracker)
    assert after.keys() - before.keys() <= {"content/.lock"}
    assert {name: after[name] for name in before} == before
    assert str(started.pid) not in {path.name for path in pids.iterdir()}  # the others did the work
    assert len(list(pids.iterdir())) == 2
