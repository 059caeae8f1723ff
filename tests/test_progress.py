"""Who waits is told how far it is; nobody else is."""

from __future__ import annotations

import subprocess
import sys

from dateline.progress import Progress
from trackers import RULES, make_tracker


def told(*steps: tuple[float, str, int, int]) -> list[str]:
    """What is written when the clock stands at each step's time; it starts at 0."""
    times = iter([0.0, *(step[0] for step in steps)])
    lines: list[str] = []
    progress = Progress(lines.append, lambda: next(times))
    for _, what, done, of in steps:
        progress(what, done, of)
    progress.close()
    return lines


def test_what_is_quick_is_not_told():
    assert told((0.0, "making pages", 0, 9), (1.9, "making pages", 8, 9)) == []


def test_rate_and_time_left():
    lines = told((0.0, "making pages", 0, 1000), (2.0, "making pages", 200, 1000), (2.1, "making pages", 210, 1000))
    assert lines[0] == "\rmaking pages: 200 of 1,000, 100 a second, about 8 s left"
    assert lines[1:] == ["\r" + " " * (len(lines[0]) - 1), "\r"]  # one line in 0.2 s, wiped at the end


def test_what_is_slow_and_long():
    lines = told((0.0, "reading articles", 0, 1000), (10.0, "reading articles", 2, 1000))
    assert lines[0] == "\rreading articles: 2 of 1,000, 5 seconds each, about 83 min left"


def test_each_kind_of_work_has_its_own_rate():
    lines = told((0.0, "reading", 0, 5), (10.0, "making", 0, 50), (11.0, "making", 25, 50))
    assert lines[1] == "\rmaking: 25 of 50, 25 a second, about 1 s left"


def imports_of(*arguments: str) -> set[str]:
    code = "import sys; from dateline import cli; sys.argv = ['dateline', *sys.argv[1:]]\ntry: cli.main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_help_and_a_run_with_nothing_to_do_import_next_to_nothing(tmp_path):
    """Start-up in something that no machine changes: which modules are there at the end."""
    tracker = make_tracker(
        tmp_path, RULES + "-- seeds/one.txt --\nTalks\n\nOslo, 3 May 2021 - Ada Moreno met Tom Brandt.\n"
    )
    heavy = {"yaml", "jinja2", "markdown", "sqlite3", "importlib.metadata", "dateline.build", "dateline.model"}
    assert imports_of("--help") & heavy == set()
    build = ("-C", str(tracker), "build")
    for _ in range(2):
        assert heavy - {"markdown"} <= imports_of(*build)  # few pages have Markdown
    assert imports_of(*build) & heavy == set()
