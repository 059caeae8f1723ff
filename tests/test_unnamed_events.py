"""Decisions on an event that no article names, through whole builds."""

from __future__ import annotations

import pytest

from dateline import build, loading
from trackers import RULES, files_of, make_tracker

SEEDS = """-- seeds/one.txt --
Explosion shakes Oslo

OSLO: An explosion killed two people near the port of Oslo on 3 May 2021. The explosion broke hundreds of windows.
-- seeds/two.txt --
Two dead at the port

OSLO: Two people were killed on 3 May 2021 when an explosion tore through a flat near the port of Oslo, police said.
"""
ID = "explosion-in-oslo-3-may-2021"


def labels(folder):
    return {event.id: event.label for event in loading.load(folder).corpus.events}


def test_it_is_made_once_and_for_all(tmp_path):
    folder = make_tracker(tmp_path, RULES + SEEDS)
    build.build(folder)
    assert labels(folder) == {ID: "Explosion in Oslo, 3 May 2021"}
    first = files_of(folder)
    build.build(folder)
    assert files_of(folder) == first


@pytest.mark.parametrize(
    ("line", "left"),
    [(f"- rename: {{{ID}: Oslo blast}}\n", {ID: "Oslo blast"}), (f"- drop: {ID}\n", {})],
)
def test_what_a_person_decides_of_it_holds(tmp_path, line, left):
    folder = make_tracker(tmp_path, RULES + SEEDS)
    build.build(folder)
    (folder / "content/decisions.yaml").write_text(line, "utf-8")
    for _ in range(2):
        build.build(folder)
        assert labels(folder) == left
