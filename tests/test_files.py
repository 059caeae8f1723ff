from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline import files
from dateline.files import Change, commit, digest_of, only_writer, write_if_changed
from dateline.problems import UsageError
from trackers import files_of

HOLD = """
import sys
from pathlib import Path
from dateline.files import only_writer
with only_writer(Path(sys.argv[1]), "build"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that writes below `tmp_path` until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def change(path: Path, data: bytes | None, seen: bytes | None, **more) -> Change:
    return Change(path=path, data=data, seen=digest_of(seen), **more)


# --------------------------------------------------------------------------------------------- one writer


def test_a_second_writer_waits_and_then_says_who_writes(tmp_path, holder):
    with pytest.raises(UsageError, match=rf"build \(process {holder.pid} on \S+\)"), only_writer(tmp_path, "x", 0.1):
        pass
    holder.stdin.close()
    with only_writer(tmp_path, "extract"):
        assert f"extract (process {os.getpid()} on " in (tmp_path / files.LOCK).read_text()
    assert files_of(tmp_path) == {}


def test_the_system_lets_go_for_a_killed_writer_and_the_next_one_sweeps(tmp_path, holder):
    holder.kill()
    holder.wait()
    for name in (".a.yaml.77.new", "actors/.b.yaml.123.new", ".hidden", "new.1.new"):
        write_if_changed(tmp_path / name, b"x")
    with only_writer(tmp_path, "build", 0.1):
        pass
    assert set(files_of(tmp_path)) == {".hidden", "new.1.new"}


def test_a_writer_that_fails_lets_go(tmp_path):
    with pytest.raises(ZeroDivisionError), only_writer(tmp_path, "build"):
        raise ZeroDivisionError
    assert files_of(tmp_path) == {}


def test_a_removed_lock_is_not_held(tmp_path, monkeypatch):
    """Who waited on a file that its holder has removed meanwhile takes the new one."""
    stands = iter([False, True])
    monkeypatch.setattr(files, "_stands_at", lambda *_: next(stands))
    with only_writer(tmp_path, "build"):
        assert (tmp_path / files.LOCK).exists()
    assert next(stands, "none left") == "none left"


# --------------------------------------------------------------------------------------------- changes


def test_changes_are_made_and_counted(tmp_path):
    write_if_changed(tmp_path / "old", b"1")
    write_if_changed(tmp_path / "same", b"1")
    write_if_changed(tmp_path / "gone", b"1")
    assert (
        commit(
            tmp_path,
            [
                change(tmp_path / "old", b"2", b"1"),
                change(tmp_path / "same", b"1", b"1"),
                change(tmp_path / "gone", None, b"1"),
                change(tmp_path / "deep/er/new", b"3", None),
            ],
        )
        == 3
    )
    assert files_of(tmp_path) == {"old": b"2", "same": b"1", "deep/er/new": b"3"}


@pytest.mark.parametrize("saved", [b"mine", None])
@pytest.mark.parametrize("data", [b"2", None])
def test_what_somebody_saved_meanwhile_stays_by_default(tmp_path, saved, data):
    path = tmp_path / "a"
    if saved:
        path.write_bytes(saved)
    assert commit(tmp_path, [change(path, data, b"1")]) == 0
    assert files_of(tmp_path) == ({"a": saved} if saved else {})


def test_a_change_is_made_anew_from_what_was_saved_meanwhile(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"first, ")
    saves = [b"second, "]

    def again(found):
        if saves:
            path.write_bytes(saves.pop())  # somebody saves once more
        return found + b"and ours"

    assert commit(tmp_path, [change(path, b"and ours", None, again=again)]) == 1
    assert files_of(tmp_path) == {"a": b"second, and ours"}


def test_a_file_that_never_rests_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_PAUSE", 0)
    path = tmp_path / "a"
    count = iter(range(10**6))

    def again(found):
        path.write_bytes(b"%d" % next(count))
        return b"ours"

    path.write_bytes(b"x")
    with pytest.raises(UsageError, match="cannot write a: something keeps changing it"):
        commit(tmp_path, [change(path, b"y", b"z", again=again)])


@pytest.mark.parametrize("count", [3, files._FEW + 1])
def test_what_was_begun_is_finished_by_the_next_writer(tmp_path, monkeypatch, count):
    names = [f"f{number:03}" for number in range(count)]
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    calls = []

    def stop(*arguments):
        calls.append(arguments)
        if len(calls) == 3:  # the journal, one file, and no more
            raise KeyboardInterrupt
        return replace(*arguments)

    replace = os.replace
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            commit(tmp_path, [change(tmp_path / name, b"new" if name != "f002" else None, b"old") for name in names])
    (tmp_path / "f001").write_bytes(b"saved since")
    expected = dict.fromkeys(names, b"new") | {"f001": b"saved since"}
    del expected["f002"]
    files.settle_for_reader(tmp_path, "check")
    assert files_of(tmp_path) == expected


def test_what_never_got_a_journal_never_was(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            commit(tmp_path, [change(tmp_path / "a", b"new", b"old"), change(tmp_path / "b", b"new", None)])
    with only_writer(tmp_path, "build"):
        pass
    assert files_of(tmp_path) == {"a": b"old"}


def test_a_file_is_replaced_only_as_it_was_seen(tmp_path):
    path = tmp_path / "a"
    files.replace_seen(path, b"1", "")
    files.replace_seen(path, b"2", digest_of(b"1"))
    for data in (b"3", None):
        with pytest.raises(UsageError, match="a was saved by somebody else meanwhile"):
            files.replace_seen(path, data, digest_of(b"1"))
    assert files_of(tmp_path) == {"a": b"2"}
    files.replace_seen(path, None, digest_of(b"2"))
    assert files_of(tmp_path) == {}


def test_an_unchanged_file_is_not_touched(tmp_path):
    path = tmp_path / "a" / "b.yaml"
    assert write_if_changed(path, b"1")
    before = path.stat()
    assert not write_if_changed(path, b"1")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert write_if_changed(path, b"2")
    assert files_of(tmp_path) == {"a/b.yaml": b"2"}


@pytest.fixture
def full_disk(monkeypatch):
    """A disk that takes the beginning of a second file and no more; the system names no file then."""
    write, written = Path.write_bytes, []

    def write_bytes(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == 1:
            return write(path, data)
        write(path, data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


def test_a_full_disk_changes_nothing_and_leaves_nothing(tmp_path, full_disk):
    old = tmp_path / "b"
    old.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="No space left") as caught:
        commit(tmp_path, [change(tmp_path / "a", b"new", None), change(old, b"new", b"old")])
    assert caught.value.filename == str(old)
    assert files.hint_of(caught.value) == "make room, then try again"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b": b"old"}
