from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from articles import reading

from dateline.actors.join import join_actors
from dateline.model import Actor, Alias, Figure

TRICKY = [
    "Tom Harker", "Thomas Harker", "Thomas Harker Jr.", "Harker", "Harker Jr.", "J. Harker", "T.B. Harker", "MBZ",
    "Mohammed bin Zuren", "Mohamed bin Zuren Al Velm", "Omer Daudzai", "Muhammad Umar Dawoodzai", "Abiy Ahmed",
    "Abiy Ahmed Ali", "George Bush", "George W. Bush", "Khan", "Imran Khan", "محمد صادق", "习近平", "Muller", "Moller",
]  # fmt: skip


def names(*readings: object) -> set[str]:
    return {actor.name for actor in join_actors(readings).actors}  # type: ignore[arg-type]


def country(name: str, *forms: str) -> Figure:
    return Figure(name=name, kind="country", forms=(name, *forms))


def test_spellings_of_one_name_are_one_actor_with_reasons() -> None:
    joined = join_actors(
        [reading("a", "Mohammad Sadiq"), reading("b", "Muhammad Sadiq"), reading("c", "Mohammad Sadiq")]
    )
    (actor,) = joined.actors
    assert (actor.id, actor.name) == ("mohammad-sadiq", "Mohammad Sadiq")
    assert [(alias.name, alias.articles) for alias in actor.aliases] == [("Muhammad Sadiq", 1)]
    assert "spellings" in actor.aliases[0].reason
    assert joined.ids[("b", "Muhammad Sadiq")] == "mohammad-sadiq"


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([["Zalmay Khalilzad"], ["Khalilzad"]], {"Zalmay Khalilzad"}),
        ([["Imran Khan"], ["Sadiq Khan"], ["Khan"]], {"Imran Khan", "Sadiq Khan", "Khan"}),
        ([["Mohammad Omer Daudzai"], ["Umer Daudzai"], ["Daudzai"]], {"Mohammad Omer Daudzai"}),
        ([["Joe Biden"], ["Hunter Biden"]], {"Joe Biden", "Hunter Biden"}),
        ([["John A. Smith"], ["John B. Smith"], ["John Smith"]], {"John A. Smith", "John B. Smith", "John Smith"}),
        ([["J. Roe"], ["Jane Roe"]], {"Jane Roe"}),
        ([["J. Roe"], ["Jane Roe"], ["Jack Roe"]], {"Jane Roe", "Jack Roe", "J. Roe"}),
        ([["Neymar"], ["Neymar"]], {"Neymar"}),
        ([["Mohammad Naeem"], ["Mohammad Sadiq"]], {"Mohammad Naeem", "Mohammad Sadiq"}),
    ],
)
def test_persons(articles: list[list[str]], expected: set[str]) -> None:
    assert names(*(reading(f"a{at}", *people) for at, people in enumerate(articles))) == expected


def test_a_surname_that_two_bear_joins_neither_and_no_other_article() -> None:
    joined = join_actors(
        [reading("a", "Imran Khan"), reading("b", "Sadiq Khan"), reading("c", "Khan"), reading("d", "Khan")]
    )
    assert len(joined.actors) == 4
    assert joined.ids[("c", "Khan")] != joined.ids[("d", "Khan")]


def test_countries_and_bodies_by_their_tables() -> None:
    joined = join_actors(
        [
            reading("a", country("United States", "US", "Washington")),
            reading("b", country("United States", "America")),
            reading("c", Figure(name="United Nations", kind="organisation", forms=("UN",))),
        ]
    )
    states, nations = sorted(joined.actors, key=lambda actor: actor.kind)
    assert (states.id, states.wikidata) == ("united-states", "Q30")
    assert {alias.name for alias in states.aliases} == {"US", "America", "Washington"}
    assert all(alias.reason for alias in states.aliases)
    assert nations.id == "united-nations"


def test_an_abbreviation_across_articles() -> None:
    trust = Figure(name="Utopian Relief Trust", kind="organisation", forms=("Utopian Relief Trust", "URT"))
    joined = join_actors([reading("a", trust), reading("b", "URT", kind="organisation")])
    assert [actor.name for actor in joined.actors] == ["Utopian Relief Trust"]


def test_an_actor_keeps_the_id_it_had_and_nothing_else() -> None:
    stored = Actor(
        id="the-general", name="Gen. X", kind="group", note="old", aliases=(Alias(name="Qamar Javed Bajwa"),)
    )
    joined = join_actors([reading("a", "Qamar Javed Bajwa")], [stored])
    (actor,) = joined.actors
    assert (actor.id, actor.name, actor.kind, actor.note) == ("the-general", "Qamar Javed Bajwa", "person", "")


def test_an_id_goes_to_the_cluster_that_is_most_like_its_actor() -> None:
    stored = [Actor(id="khan", name="Imran Khan", kind="person", aliases=(Alias(name="Khan"),))]
    joined = join_actors([reading("a", "Sadiq Khan"), reading("b", "Imran Khan"), reading("c", "Khan")], stored)
    assert joined.ids["b", "Imran Khan"] == "khan"
    assert joined.ids["a", "Sadiq Khan"] == "sadiq-khan"
    assert joined.ids["c", "Khan"] not in ("khan", "sadiq-khan")


def test_two_that_a_person_keeps_apart_never_become_one() -> None:
    stored = [
        Actor(id="one", name="Mohammad Sadiq", kind="person"),
        Actor(id="two", name="Muhammad Sadiq", kind="person"),
    ]
    readings = [reading("a", "Mohammad Sadiq"), reading("b", "Muhammad Sadiq")]
    joined = join_actors(readings, stored, frozenset({"one", "two"}))
    assert joined.ids == {("a", "Mohammad Sadiq"): "one", ("b", "Muhammad Sadiq"): "two"}
    assert len(set(join_actors(readings, stored).ids.values())) == 1


def test_joining_again_with_what_was_stored_changes_nothing() -> None:
    readings = [reading("a", "Mohammad Sadiq"), reading("b", "Muhammad Sadiq"), reading("c", "Imran Khan", "Roe")]
    first = join_actors(readings)
    again = join_actors(readings, first.actors)
    assert again == first


def test_the_order_of_articles_does_not_matter() -> None:
    readings = [
        reading("a", "Mohammad Sadiq", "Khan", published="2021-04-03"),
        reading("b", "Muhammad Sadiq", "Imran Khan", published="2021-04-01"),
        reading("c", "Zamir Kabulov", "ZAMIR KABULOV"),
        reading("d", "محمد", "محمد صادق"),
    ]
    expected = join_actors(readings)
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        assert join_actors(readings) == expected


def test_a_new_article_leaves_minted_ids() -> None:
    before = [reading("b", "Ali Khan"), reading("c", "Imran Khan")]
    first = join_actors(before)
    second = join_actors([reading("a", "Alí Khán", "Sadiq Khan"), *before], first.actors)
    for key, actor in first.ids.items():
        assert second.ids[key] == actor


def test_ids_of_odd_names_are_safe_and_differ() -> None:
    odd = ["null", "../../x", "con", "<script>", "محمد صادق", "习近平", "- y", "1.0", "a/b", "Index", "???", "!!!"]
    joined = join_actors([reading(f"a{at}", name) for at, name in enumerate(odd)])
    ids = [actor.id for actor in joined.actors]
    assert len(set(ids)) == len(odd)
    for made in ids:
        assert made.replace("-", "").isalnum()
        assert made.isascii()
        assert made not in {"con", "index", ""}


def test_equal_slugs_get_numbers() -> None:
    roe = Figure(name="Jané Roe Trust", kind="organisation", forms=("Jané Roe Trust",))
    joined = join_actors(
        [reading("a", "Jane Roe Trust"), reading("b", roe)], [Actor(id="jane-roe-trust", name="X", kind="group")]
    )
    assert all(actor.id.startswith("jane-roe-trust-") for actor in joined.actors)


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of Python a call runs."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("suffix", ["", " Jr."])
def test_one_surname_for_thousands_does_not_cost_its_square(suffix: str) -> None:
    def work(count: int) -> int:
        names = [f"{chr(65 + n % 26)}a{n:x}do Khan{suffix if n % 2 else ''}" for n in range(count)]
        readings = [
            reading(f"a{at}", *names[at * 50 : at * 50 + 50], "Khan", published="2021-01-01")
            for at in range(count // 50)
        ]
        return lines_run(lambda: join_actors(readings))

    small, large = work(300), work(2400)
    assert large < 10 * small  # eight times the figures: linear is 8, quadratic 64


def test_the_fuller_spelling_is_shown() -> None:
    (actor,) = join_actors([reading("a", "Lars Oberg"), reading("b", "Lars Øberg")]).actors
    assert actor.name == "Lars Øberg"


def test_no_order_of_articles_changes_who_is_who() -> None:
    readings = [
        reading(
            f"a{at}",
            *(random.Random(at).sample(TRICKY, 4)),
            *(
                Figure(name=name, kind="country", forms=(name,))
                for name in random.Random(at).sample(["India", "Nepal"], 1)
            ),
            Figure(name="Supreme Court", kind="organisation", forms=("Supreme Court",)),
            published=f"20{10 + at % 12}-01-01",
        )
        for at in range(40)
    ]
    expected = join_actors(readings)
    for seed in range(20):
        random.Random(seed).shuffle(readings)
        assert join_actors(readings) == expected


def test_articles_added_one_by_one_reshuffle_no_id() -> None:
    readings = [
        reading(f"a{at}", *random.Random(at).sample(TRICKY, 4), published=f"20{10 + at % 12}-01-01") for at in range(30)
    ]
    stored: tuple[Actor, ...] = ()
    before: dict[str, set[tuple[str, str]]] = {}
    for count in range(1, len(readings) + 1):
        stood = {id_: frozenset(article for article, _ in keys) for id_, keys in before.items()}
        joined = join_actors(readings[:count], stored, stood=stood)
        members: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for key, id_ in joined.ids.items():
            members[id_].add(key)
        for id_, then in before.items():
            assert id_ not in members or members[id_] & then
            assert then not in members.values() or members[id_] == then
        stored, before = joined.actors, members
        stood = {id_: frozenset(article for article, _ in keys) for id_, keys in before.items()}
        assert join_actors(readings[:count], stored, stood=stood) == joined


def test_roles_stand_in_the_order_in_which_articles_tell_them() -> None:
    def held(role: str) -> Figure:
        return Figure(name="Jane Roe", kind="person", forms=("Jane Roe",), roles=(role,))

    (actor,) = join_actors(
        [
            reading("later", held("Prime Minister"), published="2022-01-01"),
            reading("last", held("Deputy Mayor"), published="2023-01-01"),
            reading("zero", held("Deputy Mayor"), published="2020-01-01"),
        ]
    ).actors
    assert [(role.words, role.articles) for role in actor.roles] == [
        ("Deputy Mayor", ("zero", "last")),
        ("Prime Minister", ("later",)),
    ]


def test_one_role_in_two_spellings_is_told_once() -> None:
    def novak(*roles: str) -> Figure:
        return Figure(name="Peter Novak", kind="person", forms=("Peter Novak",), roles=roles)

    first, second = reading("a", novak("Army chief Gen.")), reading("b", novak("army chief General", "Mayor"))
    (actor,) = join_actors([first, second]).actors
    assert [(role.words, role.articles) for role in actor.roles] == [
        ("army chief General", ("a", "b")),
        ("Mayor", ("b",)),
    ]
