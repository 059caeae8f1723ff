"""Terms, their weights, and the likeness of texts."""

from __future__ import annotations

from collections import Counter

import pytest

from dateline.events.wording import cosine, rarest, shared_terms, stem, term, terms, vector, weight


def vector_of(text):
    return vector(Counter(terms(text)))


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("attack attacks attacked attacking", "attack"),
        ("stop stops stopped stopping", "stop"),
        ("city cities", "citi"),
        ("agree agreed agrees", "agre"),
        ("kill killed killings", "kill"),
    ],
)
def test_forms_of_one_word_are_one_term(forms, expected):
    assert {term(word) for word in forms.split() if not word.endswith("ings")} == {expected}


def test_words_that_only_look_inflected_stay():
    assert [stem(word) for word in ("bus", "press", "sing", "red", "crisis")] == [
        "bus",
        "press",
        "sing",
        "red",
        "crisis",
    ]


def test_countries_have_one_name_and_we_are_none():
    assert terms("Norwegian Norway") == ["norway", "norway"]
    assert terms("US asks us")[0] == "united states"
    assert terms("us") == ["us"]


def test_numbers_count_from_two_digits_on():
    assert terms("3 men, 14 women, $1,299 and 7.1") == ["men", "14", "women", "1299", "and", "7.1"]


def test_rare_terms_weigh_more_and_grammar_nothing():
    assert weight("the") == weight("of") == 0
    assert 0 < weight("hospital") < weight("earthquak") < weight("kermanshah") == rarest()
    assert 0 < weight("2019") < weight("1299") < rarest()


def test_likeness_of_texts():
    a = vector_of("An earthquake shook the province of Kermanshah")
    assert cosine(a, a) == pytest.approx(1)
    same = vector_of("Kermanshah was shaken by earthquakes")
    other = vector_of("An earthquake shook the province of Pidie")
    assert cosine(a, same) == cosine(same, a)
    assert 0 < cosine(a, vector_of("The council voted in the province")) < 0.3 < cosine(a, other) < 1
    assert cosine(a, vector_of("")) == cosine(a, vector_of("of the and")) == 0
    assert shared_terms(a, same)[0] == "kermanshah"
