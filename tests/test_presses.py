"""Pages made by several processes: the same bytes, the same words and the same next run as by one."""

from __future__ import annotations

import errno
import marshal
import os
import shutil
import signal
import sqlite3
import threading
import time
from array import array
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from dateline import build, kept, last, presses, sharing, staged
from dateline.folders import FOLDER
from dateline.presses import Presses
from dateline.problems import ContentError, UsageError
from dateline.staged import STAGING
from dateline.traces import Reads, Table
from trackers import RULES, files_of, make_tracker

if not Path("/proc/self/task").is_dir():
    pytest.skip("needs what Linux tells of a process", allow_module_level=True)

STORY = (
    RULES
    + """-- seeds/2021-04-29-one.txt --
Ministers meet in Doha

DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday. "We will sign," she said.

Roe visited Madrid last month. France and Spain signed the Doha accord.
-- seeds/2021-05-03-two.txt --
Talks are put off

The second round was postponed to next month, President John Doe said on Friday.
-- seeds/2021-05-05-three.txt --
Roe resigns

MADRID: Foreign Minister Jane Roe resigned on Monday. Prime Minister Mary Major accepted the resignation.
-- content/decisions.yaml --
- rename: {jane-roe: Janet Roe}
"""
)


@pytest.fixture(autouse=True)
def few_are_shared(monkeypatch):
    if not presses._is_alone():
        pytest.skip("another test left a thread behind, so this process is not copied")
    monkeypatch.setattr(sharing, "BATCH", 1)


@pytest.fixture
def tracker(tmp_path):
    """A tracker with `content/`, and nothing made of it."""
    folder = make_tracker(tmp_path / "tracker", STORY)
    build.extract(folder)
    return folder


@pytest.fixture
def copies(monkeypatch):
    """The processes that were copied from this one."""
    found = []

    def fork(fork=os.fork):
        process = fork()
        found.append(process)
        return process

    monkeypatch.setattr(presses.os, "fork", fork)
    return found


def render(tracker, jobs):
    return last.run(tracker, "render", last.full(tracker, "render", jobs=jobs))


def nobody_is_left():
    """Whether no process is left that this one started, but one that Python keeps for other tests."""
    left = Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()
    return {*map(int, left)} <= {resource_tracker._resource_tracker._pid}


def traces(tracker):
    """What was kept of each thing, and the facts that it was made from with their stamps."""
    database = sqlite3.connect(tracker / FOLDER / "traces.sqlite3")
    facts = {number: told for *told, number in database.execute("SELECT name, key, stamp, number FROM facts")}
    things = {}
    for name, key, stamp, read, value in database.execute("SELECT name, key, stamp, read, value FROM things"):
        things[name, key] = stamp, sorted(facts[number] for number in array("I", read)), marshal.loads(value)
    notes = {name: marshal.loads(value) for name, value in database.execute("SELECT name, value FROM notes")}
    database.close()
    return things, notes


# --------------------------------------------------------------------------------------------- the same site


@pytest.mark.parametrize("number", [2, 3])
def test_a_site_and_what_is_kept_of_it_are_those_of_one_process(tracker, tmp_path, copies, number):
    other = shutil.copytree(tracker, tmp_path / "other")
    alone, together = render(tracker, 1), render(other, number)
    assert len(copies) == number - 1
    assert together == alone
    assert files_of(other) == files_of(tracker)
    assert traces(other) == traces(tracker)
    pages = [(one / FOLDER / kept.FILE).read_bytes() for one in (tracker, other)]
    assert pages[0] == pages[1]
    assert nobody_is_left()


def test_the_next_run_makes_what_it_would_have_made(tracker, tmp_path, copies):
    other = shutil.copytree(tracker, tmp_path / "other")
    render(tracker, 1), render(other, 3)
    del copies[:]
    for of in (tracker, other):
        article = of / "content" / "articles" / "three.yaml"
        article = article if article.exists() else sorted((of / "content" / "articles").glob("*.yaml"))[-1]
        article.write_text("byline: Ann Byline\n" + article.read_text("utf-8"), "utf-8")
    first, second = render(tracker, 1), render(other, 1)
    assert first == second
    assert 0 < second.work.rendered < second.work.pages
    assert files_of(other) == files_of(tracker)
    again = render(other, 3)
    assert (again.work.rendered, again.site.written) == (0, 0)
    assert copies == []


def test_pages_that_are_made_anew_are_shared_in_a_later_run_too(tracker, tmp_path, copies):
    render(tracker, 1)
    make_tracker(tracker, '-- templates/base.html --\n{% extends "shipped/base.html" %}{# mine #}\n')
    other = shutil.copytree(tracker, tmp_path / "other")
    alone, together = render(tracker, 1), render(other, 2)
    assert len(copies) == 1
    assert together == alone
    assert together.work.rendered == together.work.pages
    assert files_of(other) == files_of(tracker)
    assert traces(other) == traces(tracker)


def test_a_template_may_ask_for_all_pages(tracker, tmp_path, copies):
    make_tracker(tracker, "-- templates/article.html --\n<!doctype html>{{ site.pages|length }} pages\n")
    other = shutil.copytree(tracker, tmp_path / "other")
    assert render(other, 2) == render(tracker, 1)
    assert files_of(other) == files_of(tracker)
    assert len(copies) == 1


@pytest.mark.parametrize("template", ["article.html", "actor.html", "macros.html"])
def test_faults_of_templates_are_told_as_by_one_process(tracker, copies, template):
    make_tracker(tracker, f"-- templates/{template} --\n{{{{ nobody.knows }}}}\n")
    told = []
    for number in (1, 2, 3):
        with pytest.raises(ContentError) as found:
            render(tracker, number)
        told.append(found.value.problems)
        assert not (tracker / "site").exists()
    assert told[0] == told[1] == told[2]
    assert told[0][0].slug == "template-error"
    assert len(copies) == 3
    assert nobody_is_left()


def test_empty_pages_are_told_as_by_one_process(tracker, copies):
    make_tracker(tracker, "-- templates/article.html --\n\n")
    alone = render(tracker, 1).problems
    shutil.rmtree(tracker / "site")
    shutil.rmtree(tracker / FOLDER)
    assert render(tracker, 3).problems == alone
    assert [problem.slug for problem in alone] == ["empty-page"]


def test_only_the_first_process_tells_how_far_it_is(tracker, copies, capfd):
    told = []

    def tell(what, done, of):
        told.append((what, of))
        print(os.getpid(), flush=True)

    last.run(tracker, "render", last.full(tracker, "render", tell, jobs=2))
    assert len(copies) == 1
    assert told
    assert set(capfd.readouterr().out.split()) == {str(os.getpid())}


# --------------------------------------------------------------------------------------- who is asked to help


def test_one_process_does_what_is_not_worth_another(tracker, copies, monkeypatch):
    monkeypatch.setattr(sharing, "cores", lambda: 4)
    render(tracker, None)
    assert copies == []


def test_every_core_helps_where_hundreds_of_pages_are_new(monkeypatch):
    monkeypatch.setattr(sharing, "cores", lambda: 4)
    assert [presses.presses(None, number) for number in (0, 199, 200, 300, 5000)] == [1, 1, 2, 3, 4]
    assert presses.presses(1, 5000) == 1


def test_a_process_with_threads_is_not_copied(tracker, copies):
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        render(tracker, 2)
    finally:
        stop.set()
        thread.join()
    assert copies == []


def test_who_may_not_have_more_processes_works_alone(tracker, monkeypatch):
    def refuse():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(presses.os, "fork", refuse)
    assert render(tracker, 3).work.rendered > 0


# ------------------------------------------------------------------------------------------ what may go wrong


def squares(number, make, parts=9):
    with Presses(number, parts, make, int) as together:
        found = together.results()
    assert nobody_is_left()
    return found


@pytest.mark.parametrize("number", [1, 2, 4])
def test_results_stand_in_the_order_of_the_parts(number):
    assert squares(number, lambda part: part * part) == [part * part for part in range(1, 10)]


def die(part):
    os.kill(os.getpid(), signal.SIGKILL)


def fail(part):
    raise LookupError("of its own")


@pytest.mark.parametrize("end", [die, fail])
def test_what_a_lost_copy_had_taken_is_made_here(end, capfd):
    here = os.getpid()

    def make(part):
        if os.getpid() != here:
            end(part)
        time.sleep(0.01)
        return part * part

    assert squares(3, make) == [part * part for part in range(1, 10)]
    assert capfd.readouterr() == ("", "")


def test_a_fault_is_raised_here():
    with pytest.raises(LookupError, match="of its own"):
        squares(2, fail)
    assert nobody_is_left()


def test_an_interrupt_ends_all_at_once():
    here = os.getpid()

    def make(part):
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(60)

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        squares(3, make)
    assert nobody_is_left()
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("ignored", [False, True])
def test_a_copy_heeds_ctrl_c_as_its_parent_does(ignored):
    here = os.getpid()

    def make(part):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.02)
        return os.getpid()

    before = signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.default_int_handler)
    try:
        made = squares(2, make)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (set(made) == {here}) is not ignored


def test_copies_end_with_the_process_that_made_them(tmp_path):
    note = tmp_path / "note"

    def make(part):
        with note.open("a") as file:
            file.write(f"{os.getpid()}\n")
        time.sleep(0.2)

    process = os.fork()
    if not process:
        squares(3, make, 255)
        os._exit(0)
    while not note.exists() or len(set(note.read_text().split())) < 3:
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    others = {int(told) for told in note.read_text().split()} - {process}
    for _ in range(500):
        if not any(is_at_work(other) for other in others):
            return
        time.sleep(0.02)
    raise AssertionError("a copy outlived its parent")


def is_at_work(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_an_interrupted_render_leaves_the_last_site(tracker, copies, monkeypatch):
    render(tracker, 1)
    before = files_of(tracker / "site")
    shutil.rmtree(tracker / FOLDER)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(presses.os, "read", stop)
    with pytest.raises(KeyboardInterrupt):
        render(tracker, 3)
    assert len(copies) == 2
    assert files_of(tracker / "site") == before
    assert nobody_is_left()


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_full_disk_is_told_where_this_process_finds_it_full(tracker, monkeypatch, everywhere):
    render(tracker, 1)
    before = files_of(tracker / "site")
    shutil.rmtree(tracker / FOLDER)
    make_tracker(tracker, '-- templates/base.html --\n{% extends "shipped/base.html" %}{# mine #}\n')
    here, write = os.getpid(), staged.Path.write_bytes

    def full(path, data):
        if path.parent.name.startswith(STAGING) and (everywhere or os.getpid() != here):
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(staged.Path, "write_bytes", full)
    (tracker / "content" / "site.yaml").write_text("title: Other\nrecogniser: rules\n", "utf-8")
    if everywhere:
        with pytest.raises(UsageError, match="No space left on device"):
            render(tracker, 3)
        assert files_of(tracker / "site") == before
    else:
        render(tracker, 3)
        assert b"Other" in (tracker / "site" / "index.html").read_bytes()
        assert list((tracker / "site").glob(STAGING + "*")) == []
    assert nobody_is_left()


# --------------------------------------------------------------------------------------------- facts


def test_facts_of_another_process_get_the_numbers_that_they_have_here():
    here, there = Reads(), Reads()
    for reads in (here, there):
        Table("known", reads, {}).note("both")
    since = len(there.facts)
    Table("own", here, {}).note("here")
    other = Table("own", there, {})
    other.note("there")
    other.note("here")
    assert there.told([0, 1, 2], since) == {1: ("own", "there"), 2: ("own", "here")}
    numbers = here.here(array("I", [0, 1, 2]), there.told([0, 1, 2], since))
    assert [here.facts[number] for number in numbers] == [("known", "both"), ("own", "there"), ("own", "here")]
