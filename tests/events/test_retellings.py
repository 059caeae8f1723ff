"""Words of a story's articles that tell again what is told: by sense, by class, word by word."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hand_made import read

from dateline.events.echoes import find_echoes
from dateline.events.retellings import find_retellings
from dateline.model import Reading


def story(*texts: str) -> list[Reading]:
    """Readings of articles on one event; each entry is a happening of its own."""
    readings = [read(text, article=chr(ord("a") + number)) for number, text in enumerate(texts)]
    return [
        replace(reading, entries=tuple(replace(e, happening=f"{e.article}:{e.word}") for e in reading.entries))
        for reading in readings
    ]


def retold(*texts: str) -> list[tuple[str, str, str]]:
    """Article, word, and the happening that it tells again."""
    readings = story(*texts)
    texts_of = {reading.document.article.id: reading.document.text for reading in readings}
    found = find_retellings([(reading, find_echoes(reading)) for reading in readings])
    return [(a, texts_of[a][one.start : one.end], one.happening) for a, of in found.items() for one in of]


FIRST = "An earthquake shook Lima on Monday."


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # another article names it in the same word, or in another of the same sense
        ((FIRST, "Tom Brandt praised Peru.\nPeople fled from an earthquake."), ("b", "earthquake", "a:shook")),
        ((FIRST, "Tom Brandt praised Peru.\nPeople fled from a tremor."), ("b", "tremor", "a:shook")),
        # a word that no entry tells is one in both
        (("Windows were smashed in Lima.", "In Lima, windows were smashed."), ("b", "smashed", "a:13")),
    ],
)
def test_a_word_of_one_sense_is_one_happening_in_a_story(
    texts: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    assert expected in retold(*texts)


def test_words_of_saying_and_words_of_all_texts_are_left_alone() -> None:
    texts = (
        "Tom Brandt said that people came. He took a train.",
        "Lena Oduya said that people came. She took a train.",
    )
    assert not {word for _, word, _ in retold(*texts)} & {"said", "came", "took"}


@pytest.mark.parametrize(("day", "one"), [("yesterday", True), ("in 2018", False)])
def test_days_that_contradict_keep_words_apart(day: str, one: bool) -> None:
    found = retold("Windows were smashed in Lima on Monday.", f"Windows were smashed in Lima {day}.")
    assert [word for _, word, _ in found] == (["smashed", "smashed"] if one else [])


def test_the_happening_of_its_own_article_comes_first() -> None:
    attack = "Ada Moreno attacked Tom Brandt on Monday."
    other = "Borealis attacked Lena Oduya on Monday.\nMany feared an attack."
    assert ("b", "attack", "b:attacked") in retold(attack, other)


def test_each_has_a_reason_and_none_lies_over_an_entry() -> None:
    readings = story(FIRST, "Tom Brandt praised Peru.\nPeople fled from an earthquake.")
    found = find_retellings([(reading, ()) for reading in readings])
    entries = {(e.article, e.word_at.start) for reading in readings for e in reading.entries if e.word_at}
    assert all(one.reason for of in found.values() for one in of)
    assert not {(one.article, one.start) for of in found.values() for one in of} & entries


def test_many_words_cost_what_they_are() -> None:
    text = " ".join("Windows were smashed in 2018. Windows were smashed on Monday." for _ in range(270))
    told = [(reading, ()) for reading in story(text, text)]
    begun = time.process_time()
    find_retellings(told)
    assert time.process_time() - begun < 30
