"""What unseen news showed to be general: dates of when-clauses, outcomes, asides, speakers of themselves, labels."""

from __future__ import annotations

import pytest
from hand_made import read

from dateline.events.inflect import past_forms
from dateline.model import Entry
from dateline.when import format


def entry(text: str, word: str) -> Entry:
    return next(one for one in read(text).entries if one.word == word)


def words(text: str) -> list[str]:
    return [one.word for one in read(text).entries]


@pytest.mark.parametrize(
    ("text", "word", "when"),
    [
        ("Nine people were killed on Monday when rebels stormed a base.", "stormed", "2021-04-26"),
        ("Nine people died when rebels stormed a base on Monday.", "died", "2021-04-26"),
        ("It was the worst season since 2018, when Ada Moreno resigned.", "resigned", "2018"),
        ("Ada Moreno threatened a strike in May.", "threatened", "2021-04-29"),
        ("Ada Moreno declared a state of emergency in 2018.", "declared", "2018"),
    ],
)
def test_a_date_is_found_around_the_clause_and_never_lies_ahead(text: str, word: str, when: str) -> None:
    assert format(entry(text, word).when) == when


def test_what_came_of_a_deed_is_told_of_its_doer() -> None:
    found = entry("A bus crashed near Lima on Monday, killing nine people.", "killing")
    assert (found.label, found.course, format(found.when)) == ("A bus killed nine people", "occurred", "2021-04-26")


@pytest.mark.parametrize(
    ("text", "word", "agents"),
    [
        ("Ada Moreno, who declared an emergency in 2018, will visit Oslo.", "visit", ["Ada Moreno"]),
        ("Acme, founded in 2018, reported a loss.", "reported a loss", ["Acme"]),
        ("Acme said it would cut jobs.", "cut jobs", ["Acme"]),
        ("Thieves stole a painting by Tom Brandt on Monday.", "stole", []),
        ("Tom Brandt had been accused of fraud.", "accused", []),
        ("The chief cook of Acme, Ada Moreno, resigned on Monday.", "resigned", ["Ada Moreno"]),
        ("Talks with the head of Acme, Ada Moreno, resumed on Monday.", "Talks", []),
        ("The chiefs of Acme, Ada Moreno, and Tom Brandt resigned on Monday.", "resigned", []),
        ("The mine closed, and on Monday Ada Moreno resigned.", "resigned", ["Ada Moreno"]),
    ],
)
def test_who_acts_is_read_behind_asides_and_not_from_a_by_or_a_passive(text: str, word: str, agents: list[str]) -> None:
    assert [part.name for part in entry(text, word).participants if part.role == "agent"] == agents


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        (
            "Experts warned Lima twice that a tower could fall before it gave way in May, killing at least nine people.",
            "killing",
            "At least nine people were killed",
        ),
        (
            "Acme, owned by Borealis and Norway, closed on Monday when its mine was flooded, destroying a store in Lima.",
            "destroying",
            "A store was destroyed in Lima",
        ),
        (
            "Ada Moreno watched as a bridge fell on Monday, injuring a guard.",
            "injuring",
            "A guard was injured",
        ),
        (
            "Ada Moreno said that a bridge had collapsed in Lima, killing two men and injuring three.",
            "killing",
            "A bridge killed two men",
        ),
        (
            "Acme went home after Borealis raised its offer, ending a strike that began on 23 May.",
            "ending",
            "A strike that began on 23 May was ended",
        ),
        (
            "Acme went home after Borealis raised its offer, ending a strike that began in May.",
            "strike",
            "A strike that began in May",
        ),
        ("Ada Moreno opened fire in Lima on Monday, killing nine.", "killing", "Ada Moreno killed nine"),
    ],
)
def test_what_came_of_a_clause_has_no_doer_but_its_own(text: str, word: str, label: str) -> None:
    found = entry(text, word)
    assert found.label == label
    agents = [part.name for part in found.participants if part.role == "agent"]
    assert agents == (["Ada Moreno"] if label.startswith("Ada") else [])


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        (
            "Experts warned Lima that the old wall could fall before it burst in May.",
            "burst",
            "The old wall burst in May",
        ),
        ("Acme bought the mine before it burst in May.", "burst", "It burst in May"),
        (
            "The owner left two hours later, said Ada Moreno, a guard in Lima.",
            "said",
            "Ada Moreno said: The owner left two hours later",
        ),
        (
            "Ada Moreno received four years and Tom Brandt, who confessed in May, a fine.",
            "received",
            "Ada Moreno received four years …",
        ),
        (
            "The mayor, Ada Moreno, who was elected in May, urged both sides to sign a deal.",
            "urged",
            "Ada Moreno urged both sides to sign a deal",
        ),
        (
            "Brandt liked the offer, but its owner, the pension fund Acme, said it would close the mine.",
            "close",
            "Acme would close the mine",
        ),
        (
            "Ada Moreno said Lima had “betrayed its people” by accepting bribes from Acme in May.",
            "accepting",
            "Lima accepted bribes from Acme in May",
        ),
        (
            "The takeover follows the collapse of talks between Acme and Borealis in May.",
            "collapse",
            "Collapse of talks between Acme and Borealis",
        ),
    ],
)
def test_label_names_whom_its_clause_is_about(text: str, word: str, label: str) -> None:
    assert entry(text, word).label == label


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The firms hoped to close the deal by May 2018.", []),
        ("Ada Moreno offered her resignation on Monday.", ["offered"]),
        ("Ada Moreno praised the talks held in Oslo last month.", ["praised", "talks"]),
        ("The takeover follows the collapse of talks between Acme and Borealis in May.", ["collapse"]),
    ],
)
def test_object_of_a_deed_is_no_entry_beside_it(text: str, told: list[str]) -> None:
    assert words(text) == told


def test_whoever_is_told_something_does_not_say_it() -> None:
    voice = entry("Nine miners were told on Monday that Acme would close the mine.", "close").voice
    assert voice is not None
    assert voice.words == "a speaker who is not named"
    voice = entry("Tom Brandt was told by Ada Moreno that Acme would close the mine.", "close").voice
    assert voice is not None
    assert voice.words == "Ada Moreno"


def test_verb_left_out_has_a_doer_of_its_own() -> None:
    found = entry("Ada Moreno received four years and Tom Brandt, who confessed in May, a fine.", "received")
    assert [(part.name, part.role) for part in found.participants if part.role != "mentioned"] == [
        ("Ada Moreno", "agent")
    ]


def test_perfect_infinitive_is_told_as_done_and_a_shared_modal_as_planned() -> None:
    assert entry("Tom Brandt is believed to have fled Lima on Monday.", "fled").course == "occurred"
    assert entry("Rovers will tour Norway, and play Borealis in May.", "play").course == "planned"


@pytest.mark.parametrize(
    ("text", "word", "voice"),
    [
        ("Two soldiers attacked Acme on Monday and said that Tom Brandt had fled.", "fled", "Two soldiers"),
        ("Police arrested Tom Brandt, saying that Acme had been robbed.", "robbed", "Police"),
        ("Tom Brandt left Lima, saying that Acme had been robbed.", "robbed", "Tom Brandt"),
    ],
)
def test_who_goes_on_to_say_is_who_acts_named_or_not(text: str, word: str, voice: str) -> None:
    assert entry(text, word).voice.words == voice


def test_noun_that_is_scheduled_is_planned() -> None:
    assert entry("The vote was scheduled for 2018.", "vote").course == "planned"


def test_nameless_speaker_and_bare_subjunctive_are_no_happenings() -> None:
    assert "declined" not in words("Acme resumed talks, said a man who declined to be named.")
    assert "closed" not in words("Ada Moreno demanded that the plant be closed.")


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("GENEVA — Ada Moreno resigned on Monday.", "resigned", "Ada Moreno resigned on Monday"),
        ("Ada Moreno, 49, resigned.", "resigned", "Ada Moreno, 49, resigned"),
        ("“We are free,” Ada Moreno told reporters in Oslo.", "told", "Ada Moreno told reporters: “We are free”"),
        ("Acme said it had sold its mine on Monday.", "sold", "Acme had sold its mine on Monday"),
        # people who say what stands before them were not announced; a deal was
        ("Acme has closed its mine, the engineers announced in Oslo.", "announced", "The engineers announced in Oslo"),
        (
            "Acme praised it, the deal announced on Monday in Oslo.",
            "announced",
            "The deal was announced on Monday in Oslo",
        ),
    ],
)
def test_label_has_its_subject_and_no_loose_end(text: str, word: str, label: str) -> None:
    assert entry(text, word).label == label


@pytest.mark.parametrize(
    ("verb", "past"),
    [("scrap", "scrapped"), ("open", "opened"), ("kidnap", "kidnapped"), ("acquit", "acquitted"), ("order", "ordered")],
)
def test_last_letter_is_doubled_only_under_stress(verb: str, past: str) -> None:
    assert past_forms(verb)[0] == past
