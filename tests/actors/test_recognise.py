from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Iterable, Iterator

import pytest
from articles import document, read

from dateline.actors import recognise
from dateline.actors.coreference import resolve
from dateline.actors.recognise import Recogniser, find_mentions, find_model, load_recogniser, merge, recase
from dateline.actors.rules import RulesRecogniser
from dateline.model import Actor, Alias, Mention
from dateline.problems import UsageError

with_model = pytest.mark.skipif(
    importlib.util.find_spec("spacy") is None or not find_model(), reason="needs the extra nlp"
)


class Silent:
    label = "silent 0"

    def recognise(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        for _ in texts:
            yield ()


class Saying:
    """Finds exactly the given words."""

    label = "saying 0"

    def __init__(self, *words: str) -> None:
        self.words = words

    def recognise(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        for text in texts:
            yield tuple(
                Mention(start=text.index(word), end=text.index(word) + len(word), text=word, kind="ORG")
                for word in self.words
                if word in text
            )


def found(text: str, recogniser: Recogniser, known: tuple[Actor, ...] = ()) -> list[tuple[str, str]]:
    (mentions,) = find_mentions([document(text)], recogniser, known)
    return [(mention.text, mention.kind) for mention in mentions]


def test_the_rules_load_by_name() -> None:
    assert load_recogniser("rules").label == RulesRecogniser.label


def test_an_unknown_recogniser_is_refused_with_a_hint() -> None:
    with pytest.raises(UsageError) as caught:
        load_recogniser("spaci")
    assert "spacy" in caught.value.hint


def test_a_missing_model_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("spacy")
    monkeypatch.setattr(recognise.metadata, "version", _nothing_installed)
    with pytest.raises(UsageError) as caught:
        load_recogniser("spacy")
    assert caught.value.hint == "pip install 'dateline[nlp]'"
    assert find_model() == ""


def _nothing_installed(name: str) -> str:
    raise recognise.metadata.PackageNotFoundError(name)


def test_a_model_that_is_not_installed_is_named() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(UsageError, match="en_core_web_lg") as caught:
        load_recogniser("spacy", "en_core_web_lg")
    assert "en_core_web_lg" in caught.value.hint


def test_missing_spacy_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    with pytest.raises(UsageError) as caught:
        load_recogniser("spacy", "en_core_web_sm")
    assert caught.value.hint == "pip install 'dateline[nlp]'"


def test_tables_are_found_without_any_recogniser() -> None:
    assert found("US-Taliban talks in Doha.", Silent()) == [("US", "LOC"), ("Taliban", "ORG"), ("Doha", "LOC")]


def test_stored_names_are_found_first_but_not_lone_surnames() -> None:
    actor = Actor(id="x", name="Xyz Quux", kind="person", aliases=(Alias(name="Quux"), Alias(name="X. Quux")))
    assert found("there xyz met Xyz Quux; X. Quux and Quux.", Silent(), (actor,)) == [
        ("Xyz Quux", "PER"),
        ("X. Quux", "PER"),
    ]


def test_demonyms_and_capitals_of_a_stored_country_are_not_its_name() -> None:
    actor = Actor(id="pk", name="Pakistan", kind="country", aliases=(Alias(name="Pakistani"), Alias(name="Islamabad")))
    assert found("A Pakistani man in Islamabad.", Silent(), (actor,)) == [("Islamabad", "LOC")]


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("Bank of China", "The Bank of China lent.", [("Bank of China", "ORG")]),
        ("Pakistan, Iran", "With Pakistan, Iran met.", [("Pakistan", "LOC"), ("Iran", "LOC")]),
        ("the US", "And the US left.", [("US", "LOC")]),
        ("Conference as Pakistan", "A Conference as Pakistan said.", [("Pakistan", "LOC")]),
    ],
)
def test_a_longer_name_wins_over_a_known_part(said: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, Saying(said)) == expected


def test_many_documents_stay_apart() -> None:
    documents = [document("Iran agreed.\n\nQatar did not.", "a"), document("", "b"), document("Peru left.", "c")]
    texts = [[mention.text for mention in mentions] for mentions in find_mentions(documents, RulesRecogniser())]
    assert texts == [["Iran", "Qatar"], [], ["Peru"]]


def test_block_letters_are_fed_small() -> None:
    assert recase("PAKISTAN WILL MEET JANE MARK AT THE BANK. IT IS NOW") == (
        "Pakistan will meet Jane Mark at the bank. It is now"
    )
    assert recase("Pakistan will attend") == "Pakistan will attend"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Jane Roe met officials.", ["Jane Roe"]),
        ("Passengers waited. Officials of Acme Corp. came.", ["Acme Corp."]),
        ("The film “Good Day” was shown.", []),
        ("In Springfield, Klein said no.", ["Springfield", "Klein"]),
        ("The University of Utopia opened.", ["University of Utopia"]),
        ("Old Men Read Many Books Today", []),
        ("The US-backed plan failed.", ["US"]),
        ("On Monday, May 3, it rained.", []),
    ],
)
def test_rules(text: str, expected: list[str]) -> None:
    assert [mention.text for mention in read(text).mentions] == expected


@pytest.mark.nlp
@with_model
def test_spacy_finds_names_and_says_what_it_is() -> None:
    recogniser = load_recogniser("spacy")
    assert recogniser.label.startswith("spacy en_core_web")
    assert recogniser.label[-1].isdigit()
    first, empty, second = recogniser.recognise(["Angela Merkel spoke in Berlin.", "", "Microsoft Corp. grew."])
    assert ("Angela Merkel", "PER") in [(mention.text, mention.kind) for mention in first]
    assert empty == ()
    assert second[0].kind == "ORG"


BAD = {
    "block letters": (
        "PAKISTAN AND IRAN AGREED ON TUESDAY. FOREIGN MINISTER JANE ROE MET ASHRAF GHANI IN KABUL, THE UN SAID.",
        {"PAKISTAN", "IRAN", "JANE ROE", "ASHRAF GHANI", "KABUL", "UN"},
    ),
    "headline": ("Foreign Minister Jane Roe Meets Ashraf Ghani in Kabul to Talk About Peace",
                 {"Jane Roe", "Ashraf Ghani", "Kabul"}),
    "headline without an end": ("Taliban Say They Will Attend Talks With Pakistan Next Week", {"Taliban", "Pakistan"}),
    "short headline": ("Jane Roe Wins Election", {"Jane Roe"}),
    "like YAML": ("null, ~, No and 1.0 stood there. - Jane Roe said so.", {"Jane Roe"}),
    "like paths": ("They opened ../../x, con and a/b for Jane Roe.", {"Jane Roe"}),
    "like HTML": ("<b>Jane Roe</b> met <script>alert('Joe Doe')</script> & Co.", {"Jane Roe", "Joe Doe"}),
    "control characters": ("\x07Jane Roe\x1b met Joe Doe\x00.", {"Jane Roe", "Joe Doe"}),
    "a hyphen that does not break": ("Yesterday Jean\u2011Paul Doe left.", {"Jean\u2011Paul Doe"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), BAD.values(), ids=BAD.keys())
def test_bad_input(text: str, names: set[str]) -> None:
    assert {mention.text for mention in read(text).mentions} == names


@pytest.mark.nlp
@with_model
@pytest.mark.parametrize("case", ["block letters", "headline", "headline without an end", "like HTML"])
def test_bad_input_with_a_model(case: str) -> None:
    text, names = BAD[case]
    assert {mention.text for mention in read(text, recogniser=load_recogniser("spacy")).mentions} == names


def test_five_hundred_names_in_a_list_are_all_found() -> None:
    names = [f"Jane R{chr(97 + n % 20)}{chr(97 + n // 20)}berg" for n in range(500)]
    made = read(f"They were {', '.join(names[:-1])} and {names[-1]}.")
    assert [mention.text for mention in made.mentions] == names
    assert {mention.kind for mention in made.mentions} == {"PER"}


GROWING: dict[str, str] = {
    "names without commas": "Jane Roeberg ",
    "titles without an end": "Mr Roe ",
    "a name of many words": "Abcdefghi ",
    "a name of many letters": "Abcdefghij",
    "a body of many parts": "Council of the ",
    "initials": "A.",
    "hyphens": "A-",
    "particles": "van der ",
    "countries": "Iran, ",
    "quotations": '"Jane Roe" ',
    "headlines": "Jane Roe Wins Big Prize\n\n",
}


@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING.keys())
def test_cost_grows_with_the_text(piece: str) -> None:
    def seconds(count: int) -> float:
        made = document("Jane " + piece * count)
        started = time.process_time()
        (found,) = find_mentions([made], RulesRecogniser())
        resolve(made, found)
        return time.process_time() - started

    seconds(50)
    small, large = seconds(500), seconds(4000)
    assert large < 25 * max(small, 0.02)  # eight times the text: linear is 8, quadratic 64


def test_spans_are_merged_in_order_however_many() -> None:
    known = [Mention(start=at, end=at + 3, text="Roe", kind="ORG") for at in range(0, 90_000, 9)]
    seen = [Mention(start=at + 4, end=at + 7, text="Doe", kind="PER") for at in range(0, 90_000, 9)]
    started = time.process_time()
    merged = merge("Roe Doe. " * 10_000, known, seen)
    assert [mention.start for mention in merged] == sorted(m.start for m in (*known, *seen))
    assert time.process_time() - started < 2


@pytest.mark.nlp
@with_model
def test_spacy_bears_a_paragraph_of_any_length() -> None:
    text = "Angela Merkel spoke in Berlin. " * 1500
    (mentions,) = load_recogniser("spacy").recognise([text])
    assert len(mentions) > 2000
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


class Cutter:
    """A recogniser that cuts double surnames and knows nobody by a surname alone."""

    label = "cutter 1"

    def recognise(self, texts):
        for text in texts:
            found = [(m.start(), m.end()) for m in re.finditer(r"Catarina Moura|Silva", text)]
            yield tuple(Mention(start=s, end=e, text=text[s:e], kind="ORG") for s, e in found)


def test_a_double_surname_that_was_cut_is_whole_and_a_mr_is_a_person() -> None:
    text = "The leader, Catarina Moura e Silva, spoke in Oslo. Mr Aaltonen did not attend the hearing."
    made = document(text)
    mentions, figures = resolve(made, next(find_mentions([made], Cutter())))
    assert {m.text for m in mentions if m.kind == "PER"} == {"Catarina Moura e Silva", "Aaltonen"}
    assert {figure.name for figure in figures} == {"Catarina Moura e Silva", "Aaltonen"}
