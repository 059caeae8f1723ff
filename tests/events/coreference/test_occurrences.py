"""The figures of `score_coreference.py` may not fall behind those that were reached."""

from __future__ import annotations

import pytest
from score_coreference import figures


@pytest.mark.parametrize(("name", "floor"), [("one", 57.5), ("two", 58.0)])
def test_the_same_occurrence_is_found_across_articles(name: str, floor: float) -> None:
    assert figures(name, "rules")["occurrences as found, CoNLL F1"] >= floor
