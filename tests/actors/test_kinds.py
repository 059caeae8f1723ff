from __future__ import annotations

import pytest
from articles import document

from dateline.actors.coreference import resolve
from dateline.actors.cues import is_first, is_surname, is_town
from dateline.model import Mention, MentionKind


def kinds(text: str, *said: tuple[str, MentionKind]) -> dict[str, str]:
    """Name → kind in a text where a recogniser says that these words are names of these kinds."""
    made = document(text)
    found = [
        Mention(start=at, end=at + len(word), text=word, kind=kind)
        for word, kind in said
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    mentions, _ = resolve(made, sorted(found, key=lambda mention: mention.start))
    return {mention.text: mention.kind for mention in mentions}


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        # what is said beside the name
        ("Quux is a small village in the hills.", "PER", "LOC"),
        ("They live in the town of Quux.", "PER", "LOC"),
        ("Ten miles north of Quux, it rained.", "PER", "LOC"),
        ("She was born in Quux.", "PER", "LOC"),
        ("The Quux-based maker closed.", "ORG", "LOC"),
        ("Quux shares fell on Monday.", "PER", "ORG"),
        ("Quux is a manufacturer of toys.", "LOC", "ORG"),
        ("He is the founder of Quux.", "PER", "ORG"),
        ("They met his brother Quux.", "LOC", "PER"),
        ("Quux, 45, won the race.", "ORG", "PER"),
        ("Quux was born there.", "LOC", "PER"),
        ("Quux is a Canadian novelist.", "LOC", "PER"),
        ("The novel was written by Quux.", "ORG", "PER"),
        ("\u201cWe came,\u201d Quux said.", "ORG", "PER"),
        # little said: the recogniser's word stands
        ("They praised Quux.", "PER", "PER"),
        ("They praised Quux.", "ORG", "ORG"),
        ("They praised Quux.", "LOC", "LOC"),
    ],
)
def test_words_beside_a_name_tell_its_kind(text: str, said: MentionKind, kind: str) -> None:
    assert kinds(text, ("Quux", said)) == {"Quux": kind}


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("J. K. Quux", "ORG", "PER"),
        ("Quux Min-ho", "ORG", "PER"),
        ("Jane Quux", "ORG", "PER"),
        ("FC Quux", "PER", "ORG"),
        ("QXZ Quux", "PER", "ORG"),
        ("Quux Japan", "PER", "ORG"),
        ("North Quux", "ORG", "LOC"),
        ("Quux Reservoir", "PER", "LOC"),
        ("Quux Tigers", "PER", "ORG"),
        ("Marc Hill", "PER", "PER"),  # a hill, and a surname behind a first name
        ("Quux Hill", "PER", "LOC"),
        ("CEO Jane Quux", "PER", "PER"),
    ],
)
def test_a_name_tells_its_kind_by_how_it_is_made(name: str, said: MentionKind, kind: str) -> None:
    assert kinds(f"They praised {name}.", (name, said)) == {name.removeprefix("CEO "): kind}


def test_nobodys_name_has_an_article() -> None:
    assert kinds("They praised the Quux Bars.", ("Quux Bars", "PER")) == {"Quux Bars": "ORG"}
    assert kinds("They saw the Jane Quux film.", ("Jane Quux", "PER")) == {"Jane Quux": "PER"}


def test_a_list_is_of_one_kind() -> None:
    said: list[tuple[str, MentionKind]] = [("Peru", "LOC"), ("Quux", "ORG"), ("Chile", "LOC")]
    assert kinds("They saw Peru, Quux and Chile.", *said)["Quux"] == "LOC"
    assert kinds("In Peru, Quux met them.", *said)["Quux"] == "ORG"


def test_who_bears_the_name_of_a_town_is_no_place() -> None:
    text = "Jane London came to London. London said no. She left London. Then London was arrested."
    made = document(text)
    said = [Mention(start=0, end=11, text="Jane London", kind="PER")]
    said += [Mention(start=at, end=at + 6, text="London", kind="LOC") for at in (20, 28, 53, 66)]
    mentions, _ = resolve(made, said)
    assert [mention.kind for mention in mentions] == ["PER", "LOC", "PER", "LOC", "PER"]


def test_one_name_has_one_kind_however_often_the_recogniser_errs() -> None:
    text = "Quux is a village. " + "They praised Quux. " * 9
    assert kinds(text, ("Quux", "PER")) == {"Quux": "LOC"}


def test_a_name_goes_on_with_the_head_of_what_bears_it() -> None:
    said: tuple[str, MentionKind] = ("Jane Quux", "PER")
    assert kinds("Students of Jane Quux University left.", said) == {"Jane Quux University": "ORG"}
    assert kinds("They landed at Jane Quux Airport.", said) == {"Jane Quux Airport": "LOC"}


def test_lists_of_names_do_not_overlap() -> None:
    assert is_town("Poznan")
    assert is_town("Pozna\u0144")
    assert is_surname("Klein")
    assert is_first("Rosalind")
    assert is_first("Jean-Paul")
    assert not is_town("Harrison")
    assert not is_town("Reading")
    assert not is_surname("Apple")
