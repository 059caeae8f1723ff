"""Who must not become one: other genders, other offices, names that several bear; and what is suggested instead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from articles import read, reading

from dateline.actors.apart import Bearer, part
from dateline.actors.genders import gender_of_name, gender_of_titles
from dateline.actors.join import join_actors
from dateline.actors.offices import offices, state_served
from dateline.actors.suggest import maybe_same
from dateline.model import Actor, Figure, Reading


def behind(text: str) -> list[str]:
    """The names behind all persons' mentions of a text, in order."""
    return [mention.name for mention in read(text).mentions if mention.kind == "PER"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna Brandt opened it. Mr Brandt left.", ["Anna Brandt", "Brandt"]),
        ("Anna Brandt opened it. Ms Brandt left.", ["Anna Brandt", "Anna Brandt"]),
        ("Anna Brandt opened it. Brandt left.", ["Anna Brandt", "Anna Brandt"]),
        ("Chidi Brandt opened it. Mr Brandt left.", ["Chidi Brandt", "Chidi Brandt"]),
        ("Anna Brandt met Peter Brandt. Mr Brandt left.", ["Anna Brandt", "Peter Brandt", "Peter Brandt"]),
        ("Anna Brandt met Peter Brandt. Brandt left.", ["Anna Brandt", "Peter Brandt", "Brandt"]),
        ("Anna Brandt left.\n\nPeter Brandt came. Brandt sang.", ["Anna Brandt", "Peter Brandt", "Peter Brandt"]),
        ("Tom Reyes met Maria Reyes. Judge Reyes ruled.", ["Tom Reyes", "Maria Reyes", "Reyes"]),
        ("Tom Reyes met Judge Maria Reyes. Judge Reyes ruled.", ["Tom Reyes", "Maria Reyes", "Maria Reyes"]),
        ("Tom Okonjo-Lind came. Mr Okonjo Lind sang.", ["Tom Okonjo-Lind", "Tom Okonjo-Lind"]),
    ],
)
def test_a_surname_goes_only_to_whom_it_can_name(text: str, names: list[str]) -> None:
    assert behind(text) == names


def person(name: str, *roles: str) -> Figure:
    return Figure(name=name, kind="person", forms=(name,), roles=roles)


def as_read(name: str, text: str) -> Reading:
    return read(text, name)


def test_a_man_s_surname_joins_no_woman_of_another_article() -> None:
    joined = join_actors([as_read("a", "Anna Brandt spoke."), as_read("b", "Mr Brandt spoke.")])
    assert len(joined.actors) == 2
    joined = join_actors([as_read("a", "Anna Brandt spoke."), as_read("b", "Ms Brandt spoke.")])
    assert len(joined.actors) == 1


def test_a_common_surname_alone_joins_nobody_without_a_sign() -> None:
    assert len(join_actors([reading("a", "Imran Khan"), reading("b", "Khan")]).actors) == 2
    joined = join_actors(
        [reading("a", person("Imran Khan", "Prime Minister")), reading("b", person("Khan", "Prime Minister"))]
    )
    assert len(joined.actors) == 1
    shared = ("Zamir Kabulov", "Lisa Curtis")
    assert len(join_actors([reading("a", "Imran Khan", *shared), reading("b", "Khan", *shared)]).actors) == 3


def test_offices_of_two_states_are_two_persons_and_a_suggestion() -> None:
    readings = [
        reading("a", person("Jane Roe", "Prime Minister of Peru"), published="2021-01-01"),
        reading("b", person("Jane Roe", "Norwegian Foreign Minister"), published="2021-02-01"),
        reading("c", person("Jane Roe", "Peruvian Prime Minister"), published="2021-03-01"),
    ]
    joined = join_actors(readings)
    assert len(joined.actors) == 2
    assert joined.ids["a", "Jane Roe"] == joined.ids["c", "Jane Roe"] != joined.ids["b", "Jane Roe"]
    assert [pair.reason for pair in maybe_same(joined.actors)] == ["the same name"]
    earlier = reading("d", person("Jane Roe", "Norwegian Foreign Minister"), published="2020-01-01")
    again = join_actors([earlier, *readings], joined.actors)
    assert {key: again.ids[key] for key in joined.ids} == joined.ids


class Asked(dict):
    """Where actors stood; notes who was asked for."""

    def get(self, key, default=None):
        asked.append(key)
        return super().get(key, default)


asked: list[str] = []


def test_where_an_actor_stood_is_asked_only_where_there_is_a_choice() -> None:
    asked.clear()
    readings = [reading("a", "Tom Zuren"), reading("b", person("Jane Roe", "Prime Minister of Peru"))]
    first = join_actors(readings)
    assert join_actors(readings, first.actors, stood=Asked()).ids == first.ids
    assert asked == []
    readings.append(reading("c", person("Jane Roe", "Norwegian Foreign Minister")))
    former, other = join_actors(readings).actors[:2]
    stood = Asked({former.id: frozenset({"c"}), other.id: frozenset({"b"})})
    bare = [replace(actor, roles=()) for actor in (former, other)]
    again = join_actors(readings, bare, stood=stood)
    assert sorted(asked) == sorted([former.id, other.id])
    assert (again.ids["c", "Jane Roe"], again.ids["b", "Jane Roe"]) == (former.id, other.id)


def test_an_office_without_a_state_or_with_two_parts_nobody() -> None:
    readings = [
        reading("a", person("Jane Roe", "Prime Minister of Peru")),
        reading("b", person("Jane Roe", "US special envoy to Norway")),
        reading("c", person("Jane Roe", "Foreign Minister")),
        reading("d", person("Jane Roe", "former Norwegian minister")),
    ]
    assert len(join_actors(readings).actors) == 1


@pytest.mark.parametrize(
    ("role", "state"),
    [
        ("Prime Minister of Peru", "Peru"),
        ("US Senator", "United States"),
        ("Pakistan's army chief", "Pakistan"),
        ("former US ambassador", ""),
        ("US ambassador to Pakistan", ""),
        ("Indian cricketer", ""),
        ("president", ""),
        ("", ""),
    ],
)
def test_the_state_that_a_role_serves(role: str, state: str) -> None:
    assert state_served(role) == state


def test_parts_of_a_role() -> None:
    assert offices("Pakistan's Prime Minister and Defence Minister") == {"prime minister", "defence minister"}
    assert offices("Mr") == frozenset()


def test_lives_that_are_too_far_apart() -> None:
    assert part([Bearer(year=1901), Bearer(year=1930), Bearer(), Bearer(year=2021)]) == [0, 0, 0, 1]
    assert part([]) == []


@pytest.mark.parametrize(
    ("titles", "gender"), [("Mr", "m"), ("Baroness", "f"), ("Prime Minister", ""), ("wife of King", ""), ("", "")]
)
def test_gender_of_titles(titles: str, gender: str) -> None:
    assert gender_of_titles(titles) == gender


@pytest.mark.parametrize(
    ("name", "gender"), [("Anna Roe", "f"), ("Peter Roe", "m"), ("Kim Roe", ""), ("Xi Jinping", ""), ("Zxy Roe", "")]
)
def test_gender_of_names(name: str, gender: str) -> None:
    assert gender_of_name(name) == gender


def pairs(*names: str, kind: str = "person") -> list[tuple[str, str]]:
    actors = [Actor(id=name.casefold().replace(" ", "-"), name=name, kind=kind) for name in names]  # type: ignore[arg-type]
    return [(pair.one, pair.other) for pair in maybe_same(actors)]


def test_what_may_be_one_is_suggested() -> None:
    assert pairs("J. Roe", "Jane Roe", "Jack Roe") == [("j.-roe", "jack-roe"), ("j.-roe", "jane-roe")]
    assert pairs("Lars Hansen", "Lars Hanson", "Lars Holm") == [("lars-hansen", "lars-hanson")]
    assert pairs("Khan", "Imran Khan") == [("imran-khan", "khan")]
    assert pairs("University of Roe", "Roe University", kind="organisation") == [
        ("roe-university", "university-of-roe")
    ]
    assert pairs("Anna Roe", "Peter Roe", "Norway") == []


def test_what_very_many_could_be_is_not_suggested() -> None:
    assert pairs("Khan", "Imran Khan", "Sadiq Khan", "Genghis Khan", "Shahrukh Khan") == []


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("The village of Zuren burned.", "Zuren", "LOC"),
        ("Zuren Dol is a small village in Peru.", "Zuren Dol", "LOC"),
        ("They met in Zuren Dol, Ohio.", "Zuren Dol", "LOC"),
        ("The airline Zuren Dol was sold.", "Zuren Dol", "ORG"),
        ("The event was opened by company CEO Jane Roe.", "Jane Roe", "PER"),
        ("Von Beust, who led it, left.", "Von Beust", "PER"),
        ("Jan van der Hagen spoke.", "Jan van der Hagen", "PER"),
        ("She met Abdullah al-Rashid there.", "Abdullah al-Rashid", "PER"),
        ("The Social Democrats lost.", "Social Democrats", "ORG"),
    ],
)
def test_kinds_that_the_words_around_tell(text: str, form: str, kind: str) -> None:
    (mention,) = (mention for mention in read(text).mentions if mention.text == form)
    assert mention.kind == kind


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Velmar United won. Then United lost.", {"Velmar United"}),
        ("He slept at the Hotel Admiral. The Hotel is new.", set()),
        ("Velmar Motors fell. Velmar Motors said that Velmar was sound.", {"Velmar Motors"}),
        ("The iVelmo came. Officials praised the iVelmo.", set()),
        ("The Social Democrats lost.", {"Social Democrats"}),
        ("The Democrats lost.", {"Democratic Party"}),
    ],
)
def test_parts_of_names_and_things_are_no_actors(text: str, figures: set[str]) -> None:
    assert {figure.name for figure in read(text).figures} == figures


def company(name: str) -> Figure:
    return Figure(name=name, kind="organisation", forms=(name,))


def test_a_company_goes_by_the_name_without_its_trade_where_only_one_does() -> None:
    one = [reading("a", company("Velmar Motors")), reading("b", company("Velmar"))]
    assert len(join_actors(one).actors) == 1
    assert len(join_actors([*one, reading("c", company("Velmar Airlines"))]).actors) == 3
    assert len(join_actors([reading("a", company("General Motors")), reading("b", company("General"))]).actors) == 2


def test_a_father_and_his_son_stay_apart_and_are_suggested() -> None:
    joined = join_actors([reading("a", "Tom Zuren"), reading("b", "Tom Zuren Jr."), reading("c", "Zuren")])
    assert len(joined.actors) == 2
    assert joined.ids["c", "Zuren"] == joined.ids["a", "Tom Zuren"] != joined.ids["b", "Tom Zuren Jr."]
    assert pairs("Tom Zuren", "Tom Zuren Jr.") == [("tom-zuren", "tom-zuren-jr.")]


def test_a_son_s_suffix_is_left_out_where_the_office_says_so_and_no_article_names_both() -> None:
    son, bare = person("Tom Zuren Jr.", "Governor"), person("Tom Zuren", "Governor")
    assert len(join_actors([reading("a", son), reading("b", bare)]).actors) == 1
    assert len(join_actors([reading("a", son), reading("b", bare), reading("c", son, bare)]).actors) == 2
    assert len(join_actors([reading("a", son), reading("b", person("Tom Zuren", "Judge"))]).actors) == 2


def test_a_formal_name_with_a_suffix_is_that_of_its_everyday_form() -> None:
    assert len(join_actors([reading("a", "Thomas P. Zuren Jr."), reading("b", "Tom Zuren")]).actors) == 1
    both = reading("c", "Thomas P. Zuren Jr.", "Tom Zuren")
    assert len(join_actors([both]).actors) == 2


def test_a_son_named_beside_his_father_is_not_he() -> None:
    text = "Tom Zuren spoke. Tom Zuren Jr. listened. Zuren left."
    assert behind(text) == ["Tom Zuren", "Tom Zuren Jr.", "Tom Zuren"]


def test_a_name_of_several_well_known_persons_is_nobody_s_shorter_name() -> None:
    assert len(join_actors([reading("a", "George Bush"), reading("b", "George W. Bush")]).actors) == 2
    assert pairs("George Bush", "George W. Bush") == [("george-bush", "george-w.-bush")]
    assert len(join_actors([reading("a", "George Zuren"), reading("b", "George W. Zuren")]).actors) == 1


def test_initials_of_a_first_name_only_where_one_person_fits() -> None:
    assert len(join_actors([reading("a", "J.K. Zuren"), reading("b", "Joanne Zuren")]).actors) == 1
    assert (
        len(join_actors([reading("a", "J.K. Zuren"), reading("b", "Joanne Zuren"), reading("c", "Jack Zuren")]).actors)
        == 3
    )
    assert len(join_actors([reading("a", "J.K. Khan"), reading("b", "Javed Khan")]).actors) == 2


def test_initials_alone() -> None:
    long = reading("a", "Mohammed bin Zuren")
    assert len(join_actors([long, reading("b", "MBZ")]).actors) == 1
    assert len(join_actors([long, reading("b", "MBZ"), reading("c", "Mia Berta Zoll")]).actors) == 3


def nation(name: str, *forms: str) -> Figure:
    return Figure(name=name, kind="country", forms=(name, *forms))


def test_courts_of_two_states_are_two() -> None:
    court = company("Supreme Court")
    joined = join_actors(
        [
            reading("a", court, nation("India", "Indian")),
            reading("b", court, nation("Nepal")),
            reading("c", company("Supreme Court of India")),
            reading("d", court),
        ]
    ).ids
    assert joined["a", "Supreme Court"] == joined["c", "Supreme Court of India"] == joined["d", "Supreme Court"]
    assert joined["b", "Supreme Court"] != joined["a", "Supreme Court"]


def test_an_organ_that_a_person_settled_keeps_its_bare_name() -> None:
    court = company("Supreme Court")
    stored = [Actor(id="the-court", name="Supreme Court", kind="organisation")]
    readings = [reading("a", court, nation("India", "Indian")), reading("b", court, nation("Nepal"))]
    joined = join_actors(readings, stored, frozenset({"the-court"}))
    assert joined.ids["a", "Supreme Court"] == joined.ids["b", "Supreme Court"] == "the-court"


def test_what_a_person_keeps_apart_no_initials_join() -> None:
    stored = [Actor(id="one", name="Mohammed bin Zuren", kind="person"), Actor(id="two", name="MBZ", kind="person")]
    readings = [reading("a", "Mohammed bin Zuren"), reading("b", "MBZ")]
    assert join_actors(readings, stored, frozenset({"one", "two"})).ids["b", "MBZ"] == "two"
    assert len(join_actors(readings).actors) == 1


def test_an_organ_whose_state_nobody_tells_is_one() -> None:
    senate = company("Senate")
    joined = join_actors(
        [reading("a", senate, nation("Iraq")), reading("b", senate, nation("Iran")), reading("c", senate)]
    )
    assert sum(actor.name == "Senate" for actor in joined.actors) == 1


def test_the_united_nations_organ_is_no_state_s() -> None:
    council = company("Security Council")
    joined = join_actors(
        [reading("a", council, nation("Syria", "Syrian")), reading("b", council, nation("Mali", "Malian"))]
    )
    assert joined.ids["a", "Security Council"] == joined.ids["b", "Security Council"]
