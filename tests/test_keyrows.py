"""How much a row weighs, for which reasons, and which rows tell a timeline in short."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from corpora import article, entry, who
from dateline import keyrows, weighing, when
from dateline.independence import Independence
from dateline.keyrows import Trait, Weight, choose, one_thing, role_of, size_in_short
from dateline.model import Entry, Voice
from dateline.weighing import weigh

ARTICLES = {
    "a": article("a", "2021-03-02", title="Ministers sign the port treaty", title_basis="text"),
    "b": article("b", "2021-03-02", title="Weather", title_basis="text"),
}
PLAIN = entry(
    "e-1",
    "b",
    "They met.",
    "met",
    "They met",
    "2021",
    event_class="statement",
    participants=who(("x", "agent"), ("y", "affected"), ("z", "mentioned")),
)


def one(reports: int = 1) -> Independence:
    """One origin, however many reports."""
    return Independence(origins=(tuple(f"a{n}" for n in range(reports)),), reasons={})


def many(origins: int) -> Independence:
    return Independence(origins=tuple((f"a{n}",) for n in range(origins)), reasons={})


def value(told: Entry, found: Independence | None = None) -> float:
    return weigh((told,), ARTICLES, found or one()).value


HEAVIER = [
    # what makes a row weigh more than the plain one
    {"event_class": "attack"},
    {"when": when.parse("2021-03")},
    {"when": when.parse("2021-03-01")},
    {"article": "a", "label": "Ministers sign the treaty"},
    {"salience": 0.45},  # 0.4 × 0.4 for its class, 0.06 for a date, 0.1 for two who act: the rest is its place
]


@pytest.mark.parametrize("fields", HEAVIER, ids=lambda fields: next(iter(fields)))
def test_each_reason_adds_weight(fields):
    assert value(replace(PLAIN, **fields)) > value(PLAIN)


LIGHTER = [
    {"negated": True},
    {"course": "hypothetical"},
    {"course": "planned"},
    {"voice": Voice(words="he", stance="claims")},
    {"when": when.parse("2021~")},
    {"when": when.UNKNOWN},
]


@pytest.mark.parametrize("fields", LIGHTER, ids=lambda fields: next(iter(fields)))
def test_each_doubt_takes_weight(fields):
    assert value(replace(PLAIN, **fields)) < value(PLAIN)


def test_a_day_of_report_that_stands_in_is_less_than_a_day_told():
    told = replace(PLAIN, when=when.parse("2021-03-02"))
    assert value(told) > value(replace(told, when_basis="reported"))


def test_copies_add_nothing_and_each_further_origin_less():
    assert value(PLAIN, one(1000)) == value(PLAIN, one(1))
    steps = [value(PLAIN, many(n + 1)) - value(PLAIN, many(n)) for n in (1, 2, 3)]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] > 0


def test_an_agent_weighs_most_and_who_is_only_mentioned_least():
    weight = weigh((PLAIN,), ARTICLES, one())
    values = [weight.of_role(role).value for role in ("agent", "affected", "counterpart", "speaker", "mentioned")]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 5


def test_the_strongest_part_counts_and_who_speaks_takes_part():
    spoken = replace(PLAIN, voice=Voice(words="z", actor="z"))
    assert [role_of(id, (spoken,)) for id in "xyz"] == ["agent", "affected", "speaker"]
    assert role_of("stranger", (spoken,)) is None


def test_the_reasons_are_told_in_words_with_their_shares():
    told = replace(PLAIN, article="a", label="Ministers sign the treaty", when=when.parse("2021-03-01"), salience=0.0)
    assert weigh((told,), ARTICLES, many(2)) == Weight(
        reasons=(
            (0.5, "2 reports"),
            (0.4, "class statement"),
            (0.0, "its place in a text is not known"),
            (0.75, "has 75% of a headline’s words"),  # ministers, sign, treaty; not port
            (1.0, "dated to the day"),
        )
    )


def test_the_place_in_the_text_is_what_the_other_reasons_leave():
    first = replace(PLAIN, participants=(), salience=0.4 * 0.4 + 0.06 + 0.25)
    third = replace(first, salience=0.4 * 0.4 + 0.06 + 0.125)
    assert weighing.place_points(first, ARTICLES["b"]) == 0.25
    assert weigh((first,), ARTICLES, one()).reasons[2] == (1.0, "stands in paragraph 1")
    assert weigh((third,), ARTICLES, one()).reasons[2] == (pytest.approx(0.48), "stands in paragraph 3")


# --------------------------------------------------------------------------------------------- in short


def trait(id: str, day: int | None, words: str, matters: str = "", who: str = "", event_class: str = "attack") -> Trait:
    def parts(text: str) -> frozenset[str]:
        return frozenset(text.split())

    return Trait(id=id, day=day, words=parts(words), event_class=event_class, who=parts(who), matters=parts(matters))


def ids(rows: tuple[Trait, ...]) -> list[str]:
    return [row.id for row in rows]


def test_the_number_of_rows_in_short_follows_the_length():
    assert [size_in_short(n) for n in (0, 12, 13, 25, 26, 51, 52, 103, 104, 5000)] == [0, 0, 3, 3, 4, 4, 5, 5, 6, 6]


def test_the_weightiest_stand_in_the_order_of_time():
    rows = [trait(str(n), 100 * n, f"word{n}") for n in range(6)]
    weights = {"0": 0.1, "1": 0.9, "2": 0.2, "3": 0.8, "4": 0.3, "5": 1.0}
    assert ids(choose(rows, weights, 3)) == ["1", "3", "5"]


def test_neighbours_in_time_give_way_to_what_lies_apart():
    rows = [
        trait("a", 0, "one"),
        trait("b", 1, "two"),
        trait("c", 2, "three"),
        trait("d", 500, "four"),
        trait("e", 1000, "five"),
    ]
    weights = {"a": 1.0, "b": 0.9, "c": 0.8, "d": 0.2, "e": 0.1}
    assert ids(choose(rows, weights, 3)) == ["a", "d", "e"]


def test_one_matter_gives_one_row_where_others_are_to_be_had():
    rows = [
        trait("a", 0, "one", "talks"),
        trait("b", 300, "two", "talks"),
        trait("c", 600, "three"),
        trait("d", 900, "four", "deal"),
    ]
    weights = {"a": 1.0, "b": 0.9, "c": 0.1, "d": 0.2}
    assert ids(choose(rows, weights, 3)) == ["a", "c", "d"]
    assert ids(choose(rows, weights, 3, common=["talks"])) == ["a", "b", "d"]  # on the page of the talks


def test_the_same_thing_is_not_told_twice():
    rows = [
        trait("a", 0, "ministers sign treaty"),
        trait("b", 500, "ministers sign treaty"),
        trait("c", 700, "x"),
        trait("d", 1000, "y"),
    ]
    weights = {"a": 1.0, "b": 0.9, "c": 0.2, "d": 0.1}
    assert ids(choose(rows, weights, 3)) == ["a", "c", "d"]


def test_a_series_of_like_things_has_its_short_form_spread_over_time():
    rows = [trait(f"{n:02}", n, "council meets") for n in range(30)]
    chosen = choose(rows, dict.fromkeys((row.id for row in rows), 0.5), 4)
    days = [row.day for row in chosen]
    assert len(days) == 3
    assert all(b - a >= 29 / 8 for a, b in pairwise(days))


def test_what_has_no_date_stands_back_behind_what_has_one():
    rows = [trait("a", 0, "one"), trait("b", 10, "two"), trait("c", 20, "three"), trait("z", None, "four")]
    assert ids(choose(rows, {"a": 0.1, "b": 0.1, "c": 0.1, "z": 1.0}, 3)) == ["a", "b", "c"]
    undated = [trait(str(n), None, f"word{n}") for n in range(20)]
    assert len(choose(undated, dict.fromkeys((row.id for row in undated), 0.5), 3)) == 3


SAME = [
    # two rows, whether they tell one thing
    (trait("a", 0, "p q r"), trait("b", 900, "p q s"), True),  # half of all words
    (trait("a", 0, "p q r"), trait("b", 0, "p s t"), False),
    (trait("a", 0, "p", who="x y"), trait("b", 7, "q", who="x y z"), True),
    (trait("a", 0, "p", who="x y"), trait("b", 8, "q", who="x y z"), False),  # more than a week apart
    (trait("a", 0, "p", who="x"), trait("b", 0, "q", who="x", event_class="price"), False),
    (trait("a", 0, "p", who="x"), trait("b", 0, "q", who="y"), False),
    (trait("a", 0, "p"), trait("b", 0, "q"), False),  # nobody is known to take part in either
    (trait("a", None, "p", who="x"), trait("b", 0, "q", who="x"), False),
]


@pytest.mark.parametrize(("a", "b", "same"), SAME)
def test_one_thing_is_known_by_words_or_by_doers_kind_and_time(a, b, same):
    assert one_thing(a, b) is same
    assert one_thing(b, a) is same


def test_who_is_on_every_row_makes_none_the_same():
    assert not one_thing(trait("a", 0, "p", who="x"), trait("b", 0, "q", who="x"), common=["x"])


def test_many_like_rows_cost_no_more_than_their_number(monkeypatch):
    compared = 0

    def counted(a: Trait, b: Trait, common: object = ()) -> bool:
        nonlocal compared
        compared += 1
        return one_thing(a, b)

    monkeypatch.setattr(keyrows, "one_thing", counted)
    rows = [trait(f"{n:05}", n, "same words here") for n in range(5000)]
    choose(rows, dict.fromkeys((row.id for row in rows), 0.5), 6)
    assert compared <= 4 * 6 * len(rows)
