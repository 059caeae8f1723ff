from __future__ import annotations

import random
import time

import pytest
from articles import reading

from dateline.actors.join import join_actors
from dateline.model import Actor, Alias, Figure


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


def test_one_surname_for_thousands_does_not_cost_its_square() -> None:
    def seconds(count: int) -> float:
        readings = [
            reading(f"a{at}", *(f"{chr(65 + n % 26)}a{n:x}do Khan" for n in range(at * 50, at * 50 + 50)), "Khan")
            for at in range(count // 50)
        ]
        started = time.process_time()
        join_actors(readings)
        return time.process_time() - started

    seconds(500)
    small, large = seconds(2000), seconds(16000)
    assert large < 30 * max(small, 0.02)  # eight times the figures: linear is 8, quadratic 64
