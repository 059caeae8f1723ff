from __future__ import annotations

import pytest

from dateline.problems import ContentError, Problem, Where, did_you_mean, format_problem


@pytest.mark.parametrize(
    ("where", "expected"),
    [(Where("a.yaml"), "a.yaml"), (Where("a.yaml", 7), "a.yaml:7"), (Where("a.yaml", 7, 3), "a.yaml:7:3")],
)
def test_where(where, expected):
    assert str(where) == expected


def test_format_is_one_line_and_a_hint():
    problem = Problem(
        slug="unknown-field",
        message='no field "alaises" in an actor',
        where=Where("content/actors/jane-roe.yaml", 7, 3),
        hint='did you mean "aliases"?',
    )
    assert format_problem(problem) == (
        'content/actors/jane-roe.yaml:7:3: error[unknown-field]: no field "alaises" in an actor\n'
        '    hint: did you mean "aliases"?'
    )


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("alaises", ("aliases", "name"), 'did you mean "aliases"?'),
        ("qqq", ("aliases", "name"), "known: aliases, name"),
        ("qqq", tuple(f"x{i}" for i in range(30)), ""),
    ],
)
def test_did_you_mean(word, known, expected):
    assert did_you_mean(word, known) == expected


def test_problems_of_an_error_are_sorted_by_place():
    late, early = (Problem(slug="s", message="m", where=Where("b", line)) for line in (9, 2))
    assert ContentError([late, early]).problems == [early, late]
