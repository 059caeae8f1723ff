"""Names as local papers, sports desks and wires write them: kinds told by what stands beside, names made whole."""

from __future__ import annotations

import pytest
from articles import document, figures_of, read

from dateline.actors.coreference import resolve
from dateline.model import Mention


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The ferry was run by an operator, Zefa Quim, on Monday.", {"Zefa Quim": "organisation"}),
        ("Velmar Foods said it would close a plant.", {"Velmar Foods": "organisation"}),
        ("Her brother, Zefal, was hurt.", {"Zefal": "person"}),
        ("It was Kwazi Osu-Brandt who left.", {"Kwazi Osu-Brandt": "person"}),
        ("It belonged to Velmar.", {"Velmar": "organisation"}),
        ("Mayor Jordi Casals i Pou started the race.", {"Jordi Casals i Pou": "person"}),
        ("The captain Dean Ormley scored.", {"Dean Ormley": "person"}),
        ("Officials met the Data Privacy and Pricing Agency.", {"Data Privacy and Pricing Agency": "organisation"}),
        ("They walked down the Avenida Quim Velha on Monday.", {}),
        ("The MV Zefira sank. The Zefira was old.", {}),
        ("The count was led by Jane Roe (Lab, Zefley and Quimdon).", {"Jane Roe": "person"}),
        ("1. Jane Roe (KEN) 2:04; 2. Ann Doe (ETH) 2:05.", {"Jane Roe": "person", "Ann Doe": "person"}),
        ("Her lawyer, Jane Roe KC, spoke.", {"Jane Roe": "person"}),
        ("Malaria killed nine.", {}),
        ("Bandits attacked the road.", {}),
        ("It was told to Cllr Jane Roe on Monday.", {"Jane Roe": "person"}),
        ("Park Min-ho of the Oslo office will lead it.", {"Park Min-ho": "person"}),
        ("Sixty-one miners were freed on Monday. Ninety were hurt.", {}),
        ("Twenty-nine Tovell Bank managers left.", {"Tovell Bank": "organisation"}),
        ("Bus drivers in the north voted. Tram passengers waited.", {}),
        ("“It burned,” said firefighter Mar Tovell, 51, on Monday.", {"Mar Tovell": "person"}),
        ("“We lost,” said captain June Tovell.", {"June Tovell": "person"}),
        ("In June Johnson resigned.", {"Johnson": "person"}),
        ("Air Velmar cancelled 20 flights.", {"Air Velmar": "organisation"}),
        ("Air quality fell on Monday.", {}),
        ("Velmaraw Lines was fined.", {"Velmaraw Lines": "organisation"}),
        ("Jane Lines was fined.", {"Jane Lines": "person"}),
        ("Grupo Zefal opened a mine.", {"Grupo Zefal": "organisation"}),
        ("The yacht Zefira sank. The Zefira was old.", {}),
        ("The ferry operator Velmar closed.", {"Velmar": "organisation"}),
        ("They moved into the 9,000-seat Brook Park.", {}),
    ],
)
def test_figures(text: str, figures: dict[str, str]) -> None:
    assert figures_of(text) == figures


def test_team_that_is_named_like_a_town_acts() -> None:
    told = figures_of("At home Swindon beat Crewe 2-1 on Saturday. Swindon captain Jane Roe scored.")
    assert told == {"Swindon": "organisation", "Crewe": "organisation", "Jane Roe": "person"}
    assert figures_of("Jane Roe lives in Swindon.") == {"Jane Roe": "person"}


def test_short_name_that_a_body_is_known_by_is_the_body() -> None:
    found = read("The Data Rescue Agency, known as Badara, spoke. Badara will act.").figures
    assert [figure.name for figure in found] == ["Data Rescue Agency"]


@pytest.mark.parametrize(
    ("text", "spans", "name"),
    [
        ("Almaz Tadesse Worku dropped out.", ("Almaz Tadesse", "Worku"), "Almaz Tadesse Worku"),
        ("Then Hungarian Zoltán Szőke fell.", ("Hungarian Zoltán Szőke",), "Zoltán Szőke"),
        ("Then Ollie Van den Broek came.", ("Ollie Van den",), "Ollie Van den Broek"),
    ],
)
def test_person_whom_a_recogniser_cut_is_whole(text: str, spans: tuple[str, ...], name: str) -> None:
    starts = [(text.index(span), span) for span in spans]
    seen = [Mention(start=at, end=at + len(span), text=span, kind="PER") for at, span in starts]
    _, figures = resolve(document(text), seen)
    assert [figure.name for figure in figures] == [name]
