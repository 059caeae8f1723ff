"""What stands beside a name: things that nobody is, their numbers, and money."""

from __future__ import annotations

import pytest
from articles import document, read

from dateline.actors.cues import add_things, model_number
from dateline.model import Mention


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("They sold the iVelmo 4 in May.", "iVelmo", "4"),
        ("They sold the iVelmo 3GS.", "iVelmo", "3GS"),
        ("It flew a Velmar 737.", "Velmar", "737"),
        ("Their iVelmo 4.5 came.", "iVelmo", ""),
        ("Of the iVelmo 4 million were sold.", "iVelmo", ""),
        ("Sales of the iVelmo 2007 were low.", "iVelmo", ""),
        ("Velmar 3 Utopia 1", "Velmar", ""),
        ("Velmar beat Utopia.", "Velmar", ""),
    ],
)
def test_the_number_of_a_model(text: str, form: str, number: str) -> None:
    start = text.index(form)
    assert model_number(text, Mention(start=start, end=start + len(form), text=form, kind="ORG")) == number


def test_two_models_are_two_things() -> None:
    found = read("The iVelmo sold well. The iVelmo 4 did not. Buyers returned the iVelmo 4.")
    assert [mention.name for mention in found.mentions] == ["iVelmo", "iVelmo 4", "iVelmo 4"]
    assert found.figures == ()


def test_a_name_spelled_like_a_product_s_acts_where_it_speaks() -> None:
    assert read("People bought an iVelmo.").figures == ()
    (figure,) = read("Sales on iVelmo fell. On Monday iVelmo said it would close.").figures
    assert (figure.name, figure.kind) == ("iVelmo", "organisation")


def test_an_address_is_no_thing() -> None:
    text = "See www.iVelmo.example or write to iVelmo@example.org about the iVelmo."
    (found,) = add_things(document(text), ())
    assert (found.start, found.text) == (text.rindex("iVelmo"), "iVelmo")


@pytest.mark.parametrize("text", ["It costs US$299 today.", "It costs 9.99 US dollars today."])
def test_money_is_no_country(text: str) -> None:
    assert read(text).mentions == ()
