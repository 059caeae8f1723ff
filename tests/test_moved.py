"""A run tells by files what may be otherwise, and reads only texts on which that hangs."""

from __future__ import annotations

import re

import pytest

from dateline import last, publish, seeds
from dateline.moved import Moved
from test_increments import STORY, outcome
from trackers import make_tracker


@pytest.fixture
def tracker(tmp_path):
    """A tracker that was built, and rendered once since: nothing is new to a run."""
    folder = make_tracker(tmp_path / "t", STORY)
    outcome(folder, "build")
    outcome(folder, "render")
    return folder


@pytest.fixture
def told(monkeypatch):
    """What each run took for otherwise, and which seeds it read."""
    found, read = [], []
    asked, opened = publish.moved_since, seeds.read_seed
    monkeypatch.setattr(publish, "moved_since", lambda *given: found.append(asked(*given)) or found[-1])
    monkeypatch.setattr(seeds, "read_seed", lambda path, name, kept=None: read.append(name) or opened(path, name, kept))
    return found, read


def above(path, lines):
    """Write what a person says above the machine's part of a file."""
    machine = path.read_text("utf-8").partition("--- # machine")[2]
    path.write_text(f"{lines}--- # machine{machine}", "utf-8")
    return path.stem


def entry_in(path):
    """The id of the first entry of an article."""
    return re.search(r"id: (e-[a-z0-9-]+)", path.read_text("utf-8")).group(1)


def test_one_changed_article_moves_itself_and_what_it_tells(tracker, told):
    moved, read = told
    first = min((tracker / "content" / "articles").glob("*.yaml"))
    id = above(first, "byline: Somebody\n")
    outcome(tracker, "render")
    assert (moved[-1].articles, moved[-1].actors, moved[-1].events) == ({id}, frozenset(), frozenset())
    assert (moved[-1].touched, moved[-1].decided) == (frozenset(), frozenset())
    assert entry_in(first) in moved[-1].happenings
    assert len(read) == 1  # the text of that article alone
    above(first, f"entries:\n- {{id: {entry_in(first)}, label: came}}\n")
    outcome(tracker, "render")
    assert (moved[-1].articles, moved[-1].touched) == ({id}, {entry_in(first)})


def test_an_actor_or_event_moves_itself(tracker, told):
    moved, _ = told
    actor = above(min((tracker / "content" / "actors").glob("*.yaml")), "note: known\n")
    outcome(tracker, "render")
    assert (moved[-1].articles, moved[-1].actors, moved[-1].happenings) == (frozenset(), {actor}, set())


def test_where_people_decided_anything_may_be_otherwise(tracker, told):
    moved, _ = told
    decisions = tracker / "content" / "decisions.yaml"
    decisions.write_text(f"- drop: {min((tracker / 'content' / 'actors').glob('*.yaml')).stem}\n", "utf-8")
    outcome(tracker, "render")
    decisions.unlink()
    outcome(tracker, "render")  # what the last run saw was no file's alone
    assert moved[-2:] == [Moved(), Moved()]


def test_a_seed_that_changed_is_read_with_all_others(tracker, told):
    _, read = told
    seed = tracker / "seeds" / "two.txt"
    seed.write_text(seed.read_text("utf-8").replace("ended", "began"), "utf-8")
    summary = last.run(tracker, "render", last.full(tracker, "render"))
    assert "quotation" in {problem.slug for problem in summary.problems}
    assert {*read} == {"one.txt", "two.txt", "three.txt"}
