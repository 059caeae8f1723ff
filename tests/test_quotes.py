from __future__ import annotations

import pytest

from dateline import quotes
from dateline.model import Entry
from dateline.text import fold
from trackers import make_tracker

TEXT = fold("First they met. Then she said: “They  met again.” At last they met.")


def entry(quote, word="met", **fields):
    return Entry(id="e-1", article="a", quote=quote, word=word, event_class="x", label="x", **fields)


@pytest.mark.parametrize(
    ("quote", "fields", "at"),
    [
        ("they met.", {}, TEXT.index("they met.")),
        ("they met.", {"prefix": "At last "}, TEXT.rindex("they met.")),
        ("they met.", {"suffix": " Then she"}, TEXT.index("they met.")),
        ("they met.", {"prefix": "nowhere "}, TEXT.index("they met.")),
        ('"They met again."', {}, TEXT.index('"They')),
        ("they parted.", {}, None),
        ("they met.", {"word": "parted"}, None),
        ("", {"word": ""}, None),
    ],
)
def test_a_quotation_is_found_by_its_words_then_by_what_stands_around(quote, fields, at):
    assert quotes.find_quotation(entry(quote, **fields), TEXT) == at


def test_a_lock_is_read_as_it_was_written(tmp_path):
    lock = quotes.lock_of([entry("they met."), entry("they parted.")], {"a": ("0" * 32, TEXT)})
    assert lock == {("0" * 32, quotes.digest_of(entry("they  met.")))}
    text = quotes.format_lock(lock)
    assert quotes.parse_lock(text) == lock
    assert quotes.parse_lock(text.replace("\n", "\r\n")) == lock
    make_tracker(tmp_path, f"-- {quotes.LOCK} --\n{text}")
    assert quotes.load_lock(tmp_path) == (lock, ())
    assert quotes.load_lock(tmp_path / "elsewhere") == (None, ())


def test_marks_of_a_merge_in_a_lock_are_told(tmp_path):
    make_tracker(tmp_path, f"-- {quotes.LOCK} --\n<<<<<<< HEAD\n=======\n>>>>>>> other\n")
    _, problems = quotes.load_lock(tmp_path)
    assert [(problem.slug, str(problem.where)) for problem in problems] == [("conflict-marker", f"{quotes.LOCK}:1")]
