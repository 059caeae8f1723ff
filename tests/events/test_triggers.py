"""Words that tell something done, said or suffered: against passages that were marked by hand."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from dateline import build
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.events.triggers import Trigger, find_triggers
from dateline.model import Article, Document
from dateline.rules import read_table
from dateline.text import split_paragraphs
from dateline.when import format as edtf
from dateline.when import parse

PASSAGES = Path(__file__).parent / "words.txt"
Marked = tuple[str, list[tuple[int, int]]]


def triggers(text: str, published: str = "2019-05-08") -> tuple[Trigger, ...]:
    article = Article(id="a", seed="a", digest="a", title="", published=parse(published), style="news")
    document = Document(article=article, text=text, paragraphs=split_paragraphs(text))
    return find_triggers(build.read([document], find_mentions([document], load_recogniser("rules", "")))[0])


def words(text: str) -> list[str]:
    return [trigger.text for trigger in triggers(text)]


def marked(line: str) -> Marked:
    text, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", line):
        if part.startswith("["):
            spans.append((len(text), len(text) + len(part) - 2))
        text += part.strip("[]") if part.startswith("[") else part
    return text, spans


def passages(wanted: str) -> list[Marked]:
    rows = [line.split(" | ", 2) for line in PASSAGES.read_text(encoding="utf-8").split("\n") if " | " in line]
    return [marked(text) for part, _, text in rows if part == wanted]


@pytest.mark.parametrize(("part", "floor"), [("dev", 0.90), ("held", 0.88)])
def test_marked_words_are_found(part: str, floor: float) -> None:
    right = found = gold = 0
    for text, spans in passages(part):
        told = triggers(text)
        gold, found = gold + len(spans), found + len(told)
        right += sum(any(t.start < end and t.end > start for t in told) for start, end in spans)
    assert gold > 70
    assert 2 * right / (gold + found) >= floor


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(row["example"], id=f"{table}.tsv:{row.line}")
        for table in ("plain_verbs", "plain_nouns")
        for row in read_table(f"en/events/{table}.tsv")
    ],
)
def test_example_is_found(example: str) -> None:
    wanted = re.search(r"\[(.*?)\]", example)
    assert wanted
    assert wanted.group(1) in words(example.replace("[", "").replace("]", ""))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They had told him to walk to the shop.", ["told", "walk"]),
        ("She began singing and stopped crying.", ["began", "singing", "stopped", "crying"]),
        ("He might fumble it.", ["fumble"]),
        ("It has six shells and three posts.", []),
        ("The film was about a man.", []),
        ("He did not come.", ["come"]),
    ],
)
def test_verbs_are_told_from_nouns_and_auxiliaries(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


def test_no_trigger_lies_over_another_and_each_stands_in_the_text() -> None:
    text = "Ann Roe took over as chief on Monday, and police said she would step down. It has happened before."
    told = triggers(text)
    assert all(text[t.start : t.end] == t.text for t in told)
    assert all(one.end <= other.start for one, other in pairwise(told))


def test_a_repeated_sentence_is_read_once() -> None:
    assert words("Rebels shelled the town. " * 50) == ["shelled"]


def test_what_has_no_date_of_its_own_lies_in_the_time_of_its_sentence() -> None:
    told = triggers("On 3 May 2019 Ann Roe visited Oslo, where she praised the mayor.")
    assert {t.text: edtf(t.when) for t in told} == {"visited": "2019-05-03", "praised": "2019-05-03"}


def test_what_is_told_in_the_present_is_so_on_the_day_of_the_report() -> None:
    told = triggers("Ann Roe won the cup on Monday. The club sells shirts.")
    assert {t.text: edtf(t.when) for t in told if t.text == "sells"} == {"sells": "2019-05-08"}


def test_publication_day_is_not_the_day_of_what_lies_before() -> None:
    told = triggers("Since its launch the shop has sold books.")
    assert [edtf(t.when) for t in told if t.text == "launch"] == [""]
