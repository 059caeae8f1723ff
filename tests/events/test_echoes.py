"""Nouns that name again what an entry tells, and definite nouns among entries that are told twice."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hand_made import read

from dateline.events.echoes import find_echoes
from dateline.events.join import join_happenings
from dateline.events.synonyms import sense_of
from dateline.model import Reading
from dateline.rules import Row, read_table


def echoes(text: str, story: str = "") -> list[tuple[str, str]]:
    """Echo and the word of the entry that it names; `story`: an article on the same event."""
    reading = read(text)
    others = read(story, article="b").entries if story else ()
    return [(reading.document.text[e.start : e.end], e.entry.word) for e in find_echoes(reading, others)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Moreno attacked Tom Brandt on Monday.\nOslo heard of the attack.", [("attack", "attacked")]),
        ("Ada Moreno attacked Tom Brandt on Monday.\nOslo heard of another attack.", []),
        ("Ada Moreno attacked Tom Brandt on Monday.\nOslo heard of an attack.", []),
        ("Ada Moreno attacked Tom Brandt on Monday.\nOslo heard of the visit.", []),
        ("Acme attacked Tom Brandt on Monday.\nBorealis attacked Lena Oduya in 2018.\nOslo heard of the attack.", []),
    ],
)
def test_a_definite_noun_names_the_only_entry_of_its_class(text: str, expected: list[tuple[str, str]]) -> None:
    assert echoes(text) == expected


def test_an_opening_may_name_what_other_articles_on_the_event_tell() -> None:
    other = "An earthquake shook Lima on Monday."
    assert echoes("Tom Brandt praised Peru after an earthquake.", other) == [("earthquake", "shook")]
    assert echoes("Tom Brandt praised Peru after an earthquake.") == []


def test_a_verb_that_only_says_that_it_occurred_names_it_too() -> None:
    assert echoes("An earthquake struck Lima on Monday.") == [("struck", "earthquake")]
    assert echoes("An earthquake destroyed Lima on Monday.") == []


def joined(text: str) -> list[set[str]]:
    """The words of the happenings of a text that have more than one entry."""
    reading: Reading = read(text)
    published = {reading.document.article.id: reading.document.article.published}
    happening = join_happenings([replace(e, happening="") for e in reading.entries], published, stories={"a": "a"})
    groups = {key: {e.word for e in reading.entries if happening[e.id] == key} for key in happening.values()}
    return [words for words in groups.values() if len(words) > 1]


def test_the_verb_and_the_definite_noun_are_one_happening() -> None:
    assert joined("Ada Moreno attacked Tom Brandt on Monday.\nThe attack began on Monday.") == [{"attacked", "attack"}]


@pytest.mark.parametrize(
    ("words", "others"),
    [(("quake", "tremor", "shook"), "landslide"), (("killed", "died", "death"), "hurt"), (("beat", "win"), "lost")],
)
def test_words_of_one_kind_are_known(words: tuple[str, ...], others: str) -> None:
    assert len({sense_of(word) for word in words}) == 1
    assert sense_of(others) != sense_of(words[0])


@pytest.mark.parametrize("row", read_table("en/events/synonyms.tsv"), ids=lambda row: f"synonyms.tsv:{row.line}")
def test_the_words_of_a_row_are_one_kind_and_no_other(row: Row) -> None:
    kinds = {sense_of(word.strip()) for word in row["words"].split(",")}
    assert kinds == {f"~{row['kind']}"}
    marked = [sense_of(phrase) for phrase in re.findall(r"\[([^]]+)\]", row["example"])]
    assert marked
    assert set(marked) == {f"~{row['kind']}"}


def test_two_of_a_kind_stay_apart() -> None:
    assert joined("Rovers beat Acme on Monday.\nRovers beat Borealis in 2018.") == []
    assert joined("Ada Moreno attacked Tom Brandt on Monday.\nThe attack began in 2018.") == []
