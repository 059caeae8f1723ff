"""What is read is noted, and what was made is made anew only where something that it read is otherwise."""

from __future__ import annotations

import os
import shutil
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import folders
from dateline.book import FILE, SUM
from dateline.traces import ALL, Made, Passed, Reads, Table
from dateline.trail import Trail


def read(reads, make):
    """What is read while something is made."""
    return {reads.facts[number] for number in reads.of(make)[1]}


def test_whoever_reads_is_told_apart_from_what_it_read():
    reads = Reads()
    table = Table("t", reads, {"a": 1, "b": 2})
    made = Made("m", reads, "ab", lambda key: table[key] + 1)
    assert read(reads, lambda: made["a"] + made["a"]) == {("m", "a")}
    assert {key: [reads.facts[n] for n in of] for key, of in made.read.items()} == {"a": [("t", "a")]}


def test_what_is_handed_on_brings_what_it_read():
    reads = Reads()
    table = Table("t", reads, {"a": 1})
    passed = Passed(reads, lambda key: table[key])
    assert read(reads, lambda: passed["a"]) == {("t", "a")}
    assert read(reads, lambda: passed["a"]) == {("t", "a")}


def test_keys_and_values_are_told_apart():
    reads = Reads()
    table = Table("t", reads, {"a": 1})
    assert read(reads, lambda: "b" in table) == {("t?", "b")}
    assert read(reads, lambda: list(table)) == {("t?", ALL)}
    assert read(reads, lambda: len(table)) == {("t?", ALL)}
    assert read(reads, lambda: table.get("b")) == {("t", "b")}
    assert read(reads, lambda: sum(table.values())) == {("t", ALL), ("t?", ALL)}
    with pytest.raises(KeyError):
        table["b"]
    assert ("t", "b") in reads.facts


class Sums:
    """Numbers by letter, their halves, and sums of halves over groups of letters."""

    def __init__(self, tracker, numbers, groups):
        self.trail = Trail(tracker, "frame")
        reads = self.trail.reads
        self.numbers = Table("numbers", reads, numbers)
        self.calls = []
        self.halves = Made("halves", reads, numbers, self.half)
        self.sums = Made("sums", reads, groups, lambda name: sum(self.halves.get(key, 0) for key in groups[name]))
        self.all = Made("all", reads, ["all"], lambda _: sum(self.halves.values()))
        self.trail.judge(self.numbers)
        self.trail.settle(self.halves, pack=int, unpack=lambda _, told: told)
        self.anew = [*self.trail.anew(self.sums), *self.trail.anew(self.all)]
        for table in (self.sums, self.all):
            self.trail.settle(table, pack=int, unpack=lambda _, told: told)
        self.made = dict(self.halves.made)
        self.trail.stamp()
        self.seen = dict(self.halves.items()), dict(self.sums.items()), self.all["all"]
        self.trail.save()

    def half(self, key):
        self.calls.append(key)
        return self.numbers[key] // 2


GROUPS = {"one": "ab", "two": "bc", "none": "xy"}


def test_only_what_hangs_on_a_change_is_made(tmp_path):
    first = Sums(tmp_path, {"a": 2, "b": 4, "c": 6}, GROUPS)
    assert (first.calls, set(first.anew)) == (["a", "b", "c"], {*GROUPS, "all"})
    same = Sums(tmp_path, {"a": 2, "b": 4, "c": 6}, GROUPS)
    assert (same.calls, same.anew) == ([], [])
    cut_off = Sums(tmp_path, {"a": 3, "b": 4, "c": 6}, GROUPS)  # its half is the same
    assert (cut_off.calls, cut_off.anew) == (["a"], [])
    changed = Sums(tmp_path, {"a": 8, "b": 4, "c": 6}, GROUPS)
    assert (changed.calls, changed.anew) == (["a"], ["one", "all"])
    new = Sums(tmp_path, {"a": 8, "b": 4, "c": 6, "x": 2}, GROUPS)
    assert (new.calls, new.anew) == (["x"], ["none", "all"])
    gone = Sums(tmp_path, {"b": 4, "c": 6, "x": 2}, GROUPS)
    assert (gone.calls, gone.anew) == ([], ["one", "all"])
    assert gone.seen == ({"b": 2, "c": 3, "x": 1}, {"one": 2, "two": 5, "none": 1}, 6)


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcdexy"), st.integers(0, 9)), min_size=1, max_size=12))
def test_every_history_tells_what_a_fresh_start_tells(tmp_path_factory, history):
    kept = tmp_path_factory.mktemp("kept")
    for numbers in history:
        assert Sums(kept, numbers, GROUPS).seen == Sums(None, numbers, GROUPS).seen


def damage(folder, query, *values):
    with sqlite3.connect(folder / folders.FOLDER / FILE) as database:
        database.execute(query, values)
    database.close()


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE facts",
        "DELETE FROM facts WHERE number = 1",
        "DELETE FROM things WHERE name = 'halves'",
        "UPDATE things SET value = replace(value, '1', '2')",
        "UPDATE things SET read = substr(read, 1, 4)",
    ],
)
def test_what_is_damaged_is_forgotten(tmp_path, query):
    Sums(tmp_path, {"a": 2, "b": 4}, GROUPS)
    damage(tmp_path, query)
    again = Sums(tmp_path, {"a": 6, "b": 4}, GROUPS)
    assert again.calls == ["a", "b"]
    assert again.seen == ({"a": 3, "b": 2}, {"one": 5, "two": 2, "none": 0}, 5)


def test_a_damage_of_the_same_size_and_time_is_noticed(tmp_path):
    """The time of the file's record tells: it can be set by nobody, and is later than when the file was written."""
    Sums(tmp_path, {"a": 2, "b": 4}, GROUPS)
    path = tmp_path / folders.FOLDER / FILE
    before = path.stat()
    with path.open("rb+") as file:
        file.seek(before.st_size - 40)
        file.write(b"?" * 40)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert Sums(tmp_path, {"a": 6, "b": 4}, GROUPS).calls == ["a", "b"]


def test_a_copy_is_as_good_as_the_file_and_a_damaged_copy_is_not(tmp_path):
    (tmp_path / "t").mkdir()
    history = [{"a": 2, "b": 4}, {"a": 8, "b": 4}, {"a": 8}, {"a": 8, "b": 6, "x": 2}, {"a": 8, "b": 2}]
    for numbers in history:
        Sums(tmp_path / "t", numbers, GROUPS)
    shutil.copytree(tmp_path / "t", tmp_path / "copy")
    again = Sums(tmp_path / "copy", history[-1], GROUPS)
    assert (again.calls, again.anew) == ([], [])
    shutil.copytree(tmp_path / "t", tmp_path / "other")
    damage(tmp_path / "other", "UPDATE facts SET stamp = 'x' WHERE number = (SELECT max(number) FROM facts)")
    assert Sums(tmp_path / "other", history[-1], GROUPS).calls == ["a", "b"]


@pytest.mark.parametrize("name", [FILE, SUM])
@pytest.mark.parametrize("data", [None, b"", b"?" * 5000])
def test_a_file_that_is_lost_or_none_of_ours_is_forgotten(tmp_path, name, data):
    Sums(tmp_path, {"a": 2, "b": 4}, GROUPS)
    path = tmp_path / folders.FOLDER / name
    path.unlink() if data is None else path.write_bytes(data)
    assert [Sums(tmp_path, {"a": 6, "b": 4}, GROUPS).calls for _ in range(2)] == [["a", "b"], []]


def test_facts_that_nobody_reads_any_more_go(tmp_path):
    for number in range(60):
        Sums(tmp_path, {f"k{number}": 2}, {"one": [f"k{number}"]})
    with sqlite3.connect(tmp_path / folders.FOLDER / FILE) as database:
        assert database.execute("SELECT count(*) FROM facts").fetchone()[0] < 20
    database.close()


def test_only_what_is_asked_for_is_recalled(tmp_path):
    Sums(tmp_path, {"a": 2, "b": 4}, GROUPS)
    again = Sums(tmp_path, {"a": 2, "b": 4}, GROUPS)
    assert again.made == {}
