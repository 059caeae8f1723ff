"""Where a sentence looks beside a date: back, or ahead to what is offered, threatened or planned."""

from __future__ import annotations

import pytest

from dateline.dates.tense import find_direction


def looks(marked: str) -> str:
    start, end = marked.index("["), marked.index("]") - 1
    return find_direction(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("It plans to close its base in Lima in [October] and has moved the rest.", "future"),
        ("It opened its base in Lima in [October] and will close it soon.", "past"),
        ("The union threatened strikes in [April].", "future"),
        ("The firm pledged new jobs by [October].", "future"),
        ("The union had threatened strikes in [April].", "past"),
        ("The minister threatened the union in [April].", "past"),
        ("Acme threatened Borealis in [April].", "past"),
        ("The minister promised reform in a speech in [May].", "past"),
        ("The union threatened a strike on [Friday].", "past"),
        ("The union threatened to strike on [Friday].", "future"),
        ("The union on [Friday] threatened to strike.", "past"),
    ],
)
def test_a_date_looks_where_its_verb_looks(text: str, direction: str) -> None:
    assert looks(text) == direction
