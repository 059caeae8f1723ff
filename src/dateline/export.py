"""What a site tells to machines, alone: the same records in the same bytes as stand beside its pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .beside import ENTRIES, everything
from .loading import published
from .outputs import Writer
from .pages import plan
from .plan import File
from .problems import ContentError, Problem, UsageError
from .seeds import read_seeds
from .timelines import stack_rows

FORMATS: Mapping[str, str] = {"csv": ENTRIES, "json": "", "atom": "feed.xml"}
"""Each format and the file of the site that it is; JSON is the whole tracker, which the site holds in parts."""


def export(tracker: Path, format: str) -> tuple[bytes, tuple[Problem, ...]]:
    """A tracker as `csv`, `json` or `atom`, and the warnings on what it stands on.

    ContentError where its files hold errors; UsageError for a feed of which no item has a day.
    """
    corpus, problems = published(tracker, read_seeds(tracker / "seeds"))
    site, planning = plan(corpus)
    if any(problem.severity == "error" for problem in planning):
        raise ContentError(planning)
    if path := FORMATS[format]:
        file = next((file for file in site.files if file.path == path), None)
    else:
        file = File(path="tracker.json", content=everything(stack_rows(corpus)))
    if file is None:
        raise UsageError("there is nothing to tell in a feed", "no article has a date: write published: above its line")
    return Writer(site).bytes_of(file), (*problems, *planning)
