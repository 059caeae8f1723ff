"""Whom role phrases and pronouns mean: on passages annotated by hand, half of them held back, and on the lists' examples.

python tests/actors/test_anaphora.py [held]     the scores, and what is wrong in the open half (or the held one)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from articles import document

from dateline.actors.anaphora import find_anaphors
from dateline.actors.coreference import resolve
from dateline.actors.recognise import find_mentions
from dateline.actors.rules import RulesRecogniser
from dateline.model import Anaphor, Mention
from dateline.rules import read_table
from dateline.text import split_sentences

FILE = Path(__file__).with_name("anaphora.txt")
MARK = re.compile(r"\[(?P<words>[^][=]+?) = (?P<name>[^][]+)\]")
Marks = dict[tuple[int, int], str]


def unmark(passage: str) -> tuple[str, Marks]:
    """The plain text of a passage and whom its marked phrases mean, by their place."""
    passage = passage.replace(" ¶ ", "\n\n")
    text, marks, at = "", {}, 0
    for match in MARK.finditer(passage):
        text += passage[at : match.start()]
        marks[len(text), len(text) + len(match["words"])] = match["name"]
        text += match["words"]
        at = match.end()
    return text + passage[at:], marks


def read(text: str) -> tuple[tuple[Mention, ...], tuple[Anaphor, ...]]:
    """The mentions and anaphors of a text."""
    made = document(text)
    (found,) = find_mentions([made], RulesRecogniser())
    mentions, figures = resolve(made, found)
    return mentions, find_anaphors(made, split_sentences(made), mentions, figures)


def meant(text: str) -> Marks:
    """Whom a text's phrases mean, by their place."""
    return {(anaphor.start, anaphor.end): anaphor.name for anaphor in read(text)[1]}


@cache
def passages() -> tuple[str, ...]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def judged(passage: str) -> tuple[Marks, Marks]:
    """What is marked, and what is found; owners count only where they are marked."""
    text, marks = unmark(passage)
    found = {place: name for place, name in meant(text).items()
             if place in marks or text[slice(*place)].lower() not in ("his", "her")}  # fmt: skip
    return marks, found


def measure(held: bool) -> tuple[float, float]:
    """Precision and recall over every second passage."""
    pairs = [judged(passage) for passage in passages()[held::2]]
    right = sum(marks.get(place) == name for marks, found in pairs for place, name in found.items())
    return right / sum(len(found) for _, found in pairs), right / sum(len(marks) for marks, _ in pairs)


def examples() -> Iterator[tuple[str, str]]:
    for name in ("roles", "bodies"):
        for row in read_table(f"en/anaphora/{name}.tsv"):
            yield f"{name}:{row['word']}", row["example"]
            yield f"{name}:{row['word']}:counter", row["counter"]


@pytest.mark.parametrize("passage", [pytest.param(text, id=name) for name, text in examples()])
def test_examples_of_the_lists(passage: str) -> None:
    text, marks = unmark(passage)
    assert meant(text) == marks


def main(held: bool) -> None:
    """Print scores, and what is wrong."""
    for passage in passages()[held::2]:
        marks, found = judged(passage)
        if marks != found:
            text, _ = unmark(passage)
            lost = [f"{text[slice(*p)]} = {n}" for p, n in marks.items() if found.get(p) != n]
            wrong = [f"{text[slice(*p)]} = {n}" for p, n in found.items() if marks.get(p) != n]
            print("WRONG" if wrong else "lost", wrong, lost, "·", text.replace("\n\n", " ¶ "))
    print("held" if held else "open", "precision {:.3f} recall {:.3f}".format(*measure(held)))


if __name__ == "__main__":
    main("held" in sys.argv[1:])
