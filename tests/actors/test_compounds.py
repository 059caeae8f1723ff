"""What belongs to one name of a body, and what is two."""

from __future__ import annotations

import pytest
from articles import figures_of, read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Utopian People's Bank and the All Workers' Alliance met.", {"Utopian People's Bank", "All Workers' Alliance"}),
        ("The Attorney General's Office spoke.", {"Attorney General's Office"}),
        ("She told Peru's Boundaries Commission.", {"Peru", "Boundaries Commission"}),
        ("An Independent Electoral and Boundaries Commission sat.", {"Independent Electoral and Boundaries Commission"}),
        ("The State Bank of Peru and the People's Bank of Chile met.", {"State Bank of Peru", "People's Bank of Chile"}),
        ("The Bank of Peru and Bank of Chile met.", {"Bank of Peru", "Bank of Chile"}),
        ("The Department of Energy and Acme met.", {"Department of Energy", "Acme"}),
        ("A Ministry of Agriculture, Forestry and Fisheries met.", {"Ministry of Agriculture, Forestry and Fisheries"}),
        ("He sued Morrison, Stone & Hale on Monday.", {"Morrison, Stone & Hale"}),
        ("Shares of Acme Ltd. President Jane Roe sold.", {"Acme Ltd.", "Jane Roe"}),
        ("The Peru National Front of Jane Roe won.", {"Peru National Front", "Jane Roe"}),
        ("The Reserve Bank of Peru Governor Jane Roe spoke.", {"Reserve Bank of Peru", "Jane Roe"}),
        ("They sued Zyx Electronics and General Dynamics.", {"Zyx Electronics", "General Dynamics"}),
        ("A Utopia Labour Congress met.", {"Utopia Labour Congress"}),
        ("They flew F-16 jets and a C919, not the M23.", {"M23"}),
        ("Moody's cut the rating.", {"Moody's"}),
    ],
)  # fmt: skip
def test_bodies(text: str, names: set[str]) -> None:
    assert set(figures_of(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Departments of Energy and Trade met.", {"Department of Energy", "Department of Trade"}),
        (
            "It told the Departments of Defence, State and National Security Council.",
            {"US Department of Defense", "US Department of State", "National Security Council"},
        ),
        ("Peru's Defence and Interior ministries met.", {"Peru", "Defence Ministry of Peru", "Interior Ministry of Peru"}),
        ("The Foreign and Trade Ministries of Peru met.", {"Foreign Ministry of Peru", "Trade Ministry of Peru"}),
        ("The departments of physics and history met.", set()),
    ],
)  # fmt: skip
def test_bodies_that_share_a_head_are_several(text: str, names: set[str]) -> None:
    assert set(figures_of(text)) - {"Peru"} == names - {"Peru"}


def test_a_shared_name_is_kept_in_full() -> None:
    (energy, trade) = read("The Departments of Energy and Trade met. The Department of Trade left.").figures
    assert energy.forms == ("Department of Energy",)
    assert trade.forms == ("Department of Trade",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Secretary of State Jane Roe spoke. Roe left.", {"Jane Roe"}),
        ("Minister of Foreign Affairs Jane Roe met Minister of Health and Sports Ann Doe.", {"Jane Roe", "Ann Doe"}),
        ("Judge Helen Park ruled.", {"Helen Park"}),
        ("Gov. Earl Roe spoke.", {"Earl Roe"}),
        ("Colonel Hassan Sheikh Nur spoke.", {"Hassan Sheikh Nur"}),
        ("Theresa May spoke. Mr Roe met May.", {"Theresa May", "Roe"}),
        ("Steve Jobs spoke. They praised Jobs's work.", {"Steve Jobs"}),
        ("Andrés Restrepo Mejía spoke. Then Restrepo left.", {"Andrés Restrepo Mejía"}),
        ("Nguyen Van Thanh spoke. Then Thanh left.", {"Nguyen Van Thanh"}),
        ("In Brussels, van der Roe spoke.", {"van der Roe"}),
        ("Hurricane Maria came. Maria did harm.", set()),
        ("Peru and the African Union praised it; so protests by Berlin and Paris ended.", {"Peru", "African Union", "Germany", "France"}),
    ],
)  # fmt: skip
def test_persons_and_countries(text: str, names: set[str]) -> None:
    assert set(figures_of(text)) == names
