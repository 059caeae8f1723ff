from __future__ import annotations

import pytest

from dateline.actors.likeness import same_person
from dateline.actors.names import given_key, initials, normalise, parse_person

SAME = [
    ("Mohammad Sadiq", "Muhammad Sadiq"),
    ("Mohammad Sadiq", "Ambassador Muhammad Sadiq"),
    ("Umer Daudzai", "Mohammad Omer Daudzai"),
    ("Sergey Lavrov", "Sergei Lavrov"),
    ("Aleksandr Lukashenko", "Alexander Lukashenko"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Joe Biden", "Joseph R. Biden Jr."),
    ("Bill Clinton", "William Clinton"),
    ("José Mujica", "Jose Mujica"),
    ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
    ("Charles de Gaulle", "General Charles de Gaulle"),
    ("Kim Jong-un", "Kim Jong Un"),
    ("Hosni Mubarak", "Muhammad Hosni Mubarak"),
    ("Hassan Nasrallah", "Hasan Nasrallah"),
    ("Qamar Javed Bajwa", "Gen. Qamar Javed Bajwa"),
    ("Qamar Bajwa", "Qamar Javed Bajwa"),
    ("Enrique Peña Nieto", "Enrique Pena Nieto"),
    ("Sean O'Neill", "Sean O’Neill"),
    ("Yasser Arafat", "Yasir Arafat"),
    ("Tehmina Janjua", "Tahmina Janjua"),
    ("Ban Ki-moon", "Ban Ki-Moon"),
    ("Osama bin Laden", "Usama bin Laden"),
]
DIFFERENT = [
    ("Joe Biden", "Hunter Biden"),
    ("Mohammad Sadiq", "Mohammad Naeem"),
    ("Mohammad Khan", "Imran Khan"),
    ("Qamar Javed Bajwa", "Asim Saleem Bajwa"),
    ("George W. Bush", "George H. W. Bush"),
    ("Xi Jinping", "Xi Zhongxun"),
    ("Hillary Clinton", "Bill Clinton"),
    ("Sadiq Khan", "Imran Khan"),
    ("Nawaz Sharif", "Shehbaz Sharif"),
    ("Kim Jong-un", "Kim Yo-jong"),
    ("John Smith", "Jane Smith"),
    ("Ivan Petrov", "Igor Petrov"),
    ("Abdul Ghani", "Ashraf Ghani"),
    ("Mohammad Khan", "Mohammad Imran Khan"),
    ("Martin Luther King Jr.", "Martin Luther King Sr."),
    ("Maria Lopez", "Jennifer Lopez"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_person_under_two_names(one: str, two: str) -> None:
    likeness = same_person(one, two)
    assert likeness is not None
    assert likeness.score >= 0.75
    assert likeness.reason
    assert same_person(two, one) is not None


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_two_persons(one: str, two: str) -> None:
    assert same_person(one, two) is None
    assert same_person(two, one) is None


def test_a_lone_surname_is_no_evidence() -> None:
    likeness = same_person("Mr Khan", "Imran Khan")
    assert likeness is not None
    assert likeness.score < 0.5


@pytest.mark.parametrize(
    ("name", "given", "particles", "surname", "suffix"),
    [
        ("Gen. Bajwa", (), (), "Bajwa", ""),
        ("Prime Minister Imran Khan", ("Imran",), (), "Khan", ""),
        ("Ludwig van der Roe", ("Ludwig",), ("van", "der"), "Roe", ""),
        ("Bashar al-Assad", ("Bashar",), ("al",), "Assad", ""),
        ("Joseph R. Biden Jr.", ("Joseph", "R."), (), "Biden", "Jr."),
        ("Xi Jinping", ("Jinping",), (), "Xi", ""),
        ("Ban Ki-moon", ("Ki-moon",), (), "Ban", ""),
        ("Ben Chan", ("Ben",), (), "Chan", ""),
        ("bin Laden", (), ("bin",), "Laden", ""),
        ("Kim Clijsters", ("Kim",), (), "Clijsters", ""),
        ("Lt General (r) Amjad Shoaib", ("Amjad",), (), "Shoaib", ""),
    ],
)
def test_parts_of_a_name(
    name: str, given: tuple[str, ...], particles: tuple[str, ...], surname: str, suffix: str
) -> None:
    parsed = parse_person(name)
    assert (parsed.given, parsed.particles, parsed.surname, parsed.suffix) == (given, particles, surname, suffix)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The Daily Times", "daily times"),
        ("Roe & Sons Ltd.", "roe and sons"),
        ("U.N.", "un"),
        ("ÅNGSTRÖM", "angstrom"),
        ("O’Neill", "oneill"),
        ("", ""),
        ("Inc", "inc"),
    ],
)
def test_normal_form(name: str, plain: str) -> None:
    assert normalise(name) == plain


@pytest.mark.parametrize(("one", "two"), [("Muhammad", "Mohammed"), ("Omer", "Umar"), ("Sergey", "Sergei")])
def test_spellings_of_a_given_name(one: str, two: str) -> None:
    assert given_key(one) == given_key(two)


def test_initials() -> None:
    assert initials("United Nations") == "UN"
    assert initials("Taliban") == ""


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 10_000, "null", "../../x", "<script>", "محمد", "-", "Mr", "\x00", "Jr"]
)
def test_odd_names_are_no_accident(name: str) -> None:
    parse_person(name)
    normalise(name)
    same_person(name, "Jane Roe")
