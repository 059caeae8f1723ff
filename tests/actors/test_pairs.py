"""The labelled table of names: the half that rules were written with, and the one that they never saw."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles import reading

from dateline.actors.join import join_actors

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "half\t"))
]


def wrong(half: str) -> list[str]:
    """The pairs of a half that are joined and should not be, or the other way round."""
    found = []
    for kind, _, verdict, one, two in (row[1:] for row in ROWS if row[0] == half):
        joined = join_actors([reading("a", one, kind=kind), reading("b", two, kind=kind)])
        if (len(joined.actors) == 1) != (verdict == "same"):
            found.append(f"{verdict}: {one} | {two}")
    return found


def test_the_table_is_large_and_all_parts_hold_both_verdicts() -> None:
    assert len(ROWS) >= 200
    assert {(row[0], row[3]) for row in ROWS} == {
        (h, v) for h in ("dev", "held", "later") for v in ("same", "different")
    }


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.95), ("held", 0.92), ("later", 0.0)])
def test_pairs(half: str, floor: float) -> None:
    count = sum(row[0] == half for row in ROWS)
    missed = wrong(half)
    assert 1 - len(missed) / count >= floor, missed if half == "dev" else len(missed)
