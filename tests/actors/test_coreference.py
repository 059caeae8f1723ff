from __future__ import annotations

from typing import Literal

import pytest
from articles import document, figures_of, named, read

from dateline.actors.coreference import resolve
from dateline.model import Mention


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Officials of Pakistan, Iran and India met.", {"Pakistan", "Iran", "India"}),
        ("The US-Taliban deal was signed.", {"United States", "Taliban"}),
        ("They hailed the Pakistan-US talks.", {"Pakistan", "United States"}),
        ("The Afghan government agreed.", {"Afghanistan"}),
        ("Senior Pakistani officials met Afghan and Taliban delegations.", {"Pakistan", "Afghanistan", "Taliban"}),
        ("All American troops will leave.", {"United States"}),
        ("An Afghan man was hurt on Monday.", set()),
        ("Islamabad believes that peace is near.", {"Pakistan"}),
        ("While Islamabad would use all its efforts, nothing happened.", {"Pakistan"}),
        ("The delegation flew to Islamabad and stayed in Kabul.", set()),
        ("Kabul has been witnessing a surge in violence.", set()),
        ("They backed Moscow's initiative.", {"Russia"}),
        ("Talks with the Kabul administration failed.", {"Afghanistan"}),
        ("He wants good relations between Islamabad and Washington.", {"Pakistan", "United States"}),
        ("The Kremlin denied it.", {"Russia"}),
        ("The party was held in Jeddah in Ramazan, before Christmas.", set()),
        ("Follow us on Twitter, Instagram and Facebook.", set()),
        ("Fighters of al-Qaeda and the Houthis were named.", {"Al-Qaeda", "Houthis"}),
    ],
)
def test_states_and_their_words(text: str, figures: set[str]) -> None:
    assert set(figures_of(text)) == figures


@pytest.mark.parametrize(
    ("text", "form", "name", "titles"),
    [
        ("Gen. Bajwa spoke. Later General Qamar Javed Bajwa left.", "Bajwa", "Qamar Javed Bajwa", "Gen."),
        ("Prime Minister Imran Khan spoke. Mr Khan left.", "Khan", "Imran Khan", "Mr"),
        ("The Ashraf Ghani administration refused.", "Ashraf Ghani", "Ashraf Ghani", ""),
        ("In Kabul, President Ghani's envoy met the press.", "Ghani", "Ghani", "President"),
        ("US Special Envoy for Peru Jane Roe arrived.", "Jane Roe", "Jane Roe", "US Special Envoy for Peru"),
        ("Jane Roe, the foreign minister of Peru, agreed.", "Jane Roe", "Jane Roe", "foreign minister of Peru"),
        ("Foreign Secretary Tehmina Janjua came.", "Tehmina Janjua", "Tehmina Janjua", "Foreign Secretary"),
    ],
)
def test_persons(text: str, form: str, name: str, titles: str) -> None:
    mention = named(text, form)
    assert (mention.kind, mention.name, mention.titles) == ("PER", name, titles)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Talks with the UN went on, the United Nations said.", "United Nations", "organisation"),
        ("The East-West Institute met in Rome.", "East-West Institute", "organisation"),
        ("The militant group Red Dawn Front struck.", "Red Dawn Front", "group"),
        ("Pakistan's The Daily Times reported on Thursday.", "The Daily Times", "media"),
        ("A delegation of Afghan High Peace Council was sent.", "Afghan High Peace Council", "organisation"),
        ("The Russian Foreign Ministry protested.", "Foreign Ministry of Russia", "organisation"),
        ("The Taliban refused.", "Taliban", "group"),
        (
            "Commander Resolute Support Mission General Austin Scott Miller came.",
            "Resolute Support Mission",
            "organisation",
        ),
    ],
)
def test_bodies(text: str, name: str, kind: str) -> None:
    assert figures_of(text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "He spoke to The Express Tribune about it.",
        "They told TOLOnews that it was over.",
        "The Istanbul Conference was postponed.",
        "The Special Representative arrived with the Foreign Secretary.",
        "It happened in the South on Wednesday, September 11.",
        "The Army and the COAS stayed silent.",
        "By Mian Abrar\nIt rained.",
    ],
)
def test_nobody(text: str) -> None:
    assert figures_of(text) == {}


@pytest.mark.parametrize(
    ("said", "kind", "left"),
    [
        ("the State Department Spokesperson", "ORG", "State Department"),
        ("Jane Roe's", "PER", "Jane Roe"),
        ("Jane Roe Image", "PER", "Jane Roe"),
        ("“Jane Roe”", "PER", "Jane Roe"),
        ("President Jane Roe", "PER", "Jane Roe"),
        ("the U.S.", "LOC", "U.S."),
        ("Acme Corp.", "ORG", "Acme Corp."),
        ("Jane Roe.", "PER", "Jane Roe"),
    ],
)
def test_spans_are_cut_to_the_name(said: str, kind: Literal["PER", "ORG", "LOC"], left: str) -> None:
    text = f"Then {said} left."
    mentions, _ = resolve(document(text), [Mention(start=5, end=5 + len(said), text=said, kind=kind)])
    assert [mention.text for mention in mentions] == [left]


def test_an_abbreviation_said_in_brackets() -> None:
    text = "The Utopian Relief Trust (URT) opened. Later the URT closed."
    assert named(text, "URT").name == "Utopian Relief Trust"


def test_a_surname_missed_by_the_recogniser_is_found_again() -> None:
    text = "Zalmay Khalilzad arrived. Later Khalilzad left."
    made = document(text)
    mentions, figures = resolve(made, [Mention(start=0, end=16, text="Zalmay Khalilzad", kind="PER")])
    assert [mention.text for mention in mentions] == ["Zalmay Khalilzad", "Khalilzad"]
    assert [figure.forms for figure in figures] == [("Zalmay Khalilzad", "Khalilzad")]


def test_mentions_are_disjoint_sorted_and_quote_the_text() -> None:
    made = read("The US and Afghan government met President Joe Biden's envoy. Biden left Kabul.")
    ends = [0, *(mention.end for mention in made.mentions)]
    for end, mention in zip(ends, made.mentions, strict=False):
        assert end <= mention.start
        assert made.document.text[mention.start : mention.end] == mention.text
    assert {figure.name for figure in made.figures} <= {mention.name for mention in made.mentions}
    assert len({figure.name for figure in made.figures}) == len(made.figures)


HOSTILE = {
    "block letters": "PAKISTAN HAS ASSURED AFGHANISTAN THAT PRIME MINISTER IMRAN KHAN WILL COME",
    "a list": ", ".join(f"Jane Roe{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(500)),
    "one long name": "A" + "b" * 10_000,
    "many long names": " ".join(["Abcdef"] * 3000),
    "looks like YAML": "President null met Mr No and 1.0 - x.",
    "looks like a path": "Mr ../../x met con and a/b.",
    "looks like HTML": "Jane <script>alert(1)</script> Roe & <b>Bob</b>",
    "Arabic": "قال محمد صادق إن باكستان تدعم السلام",
    "signs": "\u2014 \u201c \u2019s ( ) [ ] '' ....",
    "open quotation": "“Pakistan",
    "nothing": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts(text: str) -> None:
    made = read(text)
    for mention in made.mentions:
        assert made.document.text[mention.start : mention.end] == mention.text
        assert len(mention.text) <= 200
    for figure in made.figures:
        assert figure.name
        assert not set(figure.name) & set("<>\n")


def test_block_letters_are_read() -> None:
    assert set(figures_of(HOSTILE["block letters"])) == {"Pakistan", "Afghanistan", "Imran Khan"}
