"""Which articles report one event. The labelled news stand in `stories/`."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from dateline import build
from dateline.actors.recognise import find_mentions, load_recogniser
from dateline.events import stories
from dateline.events.neighbours import NEIGHBOURS, find_pairs
from dateline.events.reports import report_of
from dateline.events.stories import StoryRulings, find_stories, likeness
from dateline.model import Article, Document, Mention, Paragraph, Reading
from dateline.text import digest, split_paragraphs
from dateline.when import UNKNOWN, parse

STORIES = Path(__file__).parent / "stories"


def load(name: str) -> tuple[list[Reading], dict[str, str]]:
    """The readings of a file of labelled news, and the event of each article."""
    documents, events = [], {}
    for number, part in enumerate(re.split(r"^== ", (STORIES / name).read_text("utf-8"), flags=re.M)[1:]):
        head, _, body = part.partition("\n")
        event, source, day = (cell.strip() for cell in head.split("|"))
        title, _, text = body.strip().partition("\n\n")
        id_ = f"{number:02}"
        article = Article(id=id_, seed=id_, title=title, title_basis="text", source=source, published=parse(day))
        documents.append(
            Document(article=replace(article, digest=digest(text)), text=text, paragraphs=split_paragraphs(text))
        )
        events[id_] = event
    readings = build.read(documents, find_mentions(documents, load_recogniser("rules", "")))
    return list(readings), events


def b_cubed(found: dict[str, str], events: dict[str, str]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998)."""
    both = Counter((found[id_], events[id_]) for id_ in events)
    mine, theirs = Counter(found.values()), Counter(events.values())
    precision = sum(n * n / mine[one] for (one, _), n in both.items()) / len(events)
    recall = sum(n * n / theirs[event] for (_, event), n in both.items()) / len(events)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("name", "floor"), [("one.txt", 0.95), ("two.txt", 0.9)])
def test_articles_find_their_story(name, floor):
    readings, events = load(name)
    assert len(readings) >= 20
    found = {id_: member.story for id_, member in find_stories(readings).items()}
    assert b_cubed(found, events) >= floor
    assert b_cubed({id_: id_ for id_ in events}, events) < 0.7  # what doing nothing gets


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return load("one.txt")[0]


def test_the_order_of_articles_does_not_matter(readings):
    first = find_stories(readings)
    for seed in range(3):
        random.Random(seed).shuffle(shuffled := list(readings))
        assert find_stories(shuffled) == first


def test_a_story_bears_the_id_of_its_oldest_article_and_says_why(readings):
    found = find_stories(readings)
    assert {found[id_].story for id_ in ("00", "01", "02")} == {"00"}
    assert any(reason.startswith("wording") and "camaná" in reason for reason in found["02"].reasons)
    assert "published 1 day apart" in found["02"].reasons
    assert found["21"].story == "21"
    assert found["21"].reasons == ()


def test_a_new_article_changes_nothing_elsewhere(readings):
    before, after = find_stories(readings[:20]), find_stories(readings)
    assert {id_: after[id_].story for id_ in before} == {id_: member.story for id_, member in before.items()}


def made(text: str, day: str = "2021-05-03", id_: str = "a", names: Sequence[str] = (), title: str = "") -> Reading:
    mentions = [
        Mention(start=m.start(), end=m.end(), text=name, kind="LOC", name=name)
        for name in names
        for m in re.finditer(name, text)
    ]
    article = Article(id=id_, seed=id_, title=title, published=parse(day) if day else UNKNOWN)
    paragraphs = (Paragraph(start=0, end=len(text)),) if text else ()
    return Reading(document=Document(article=article, text=text, paragraphs=paragraphs), mentions=tuple(mentions))


QUAKE = (
    "A strong earthquake destroyed markets and mosques in the district of Pidie on the island of Sumatra. Dozens were "
    "feared buried when excavators arrived. Doctors operated in the open because the hospital has deep cracks."
)


def test_the_further_apart_the_less_one_event():
    first = report_of(made(QUAKE))
    values = [
        likeness(first, report_of(made(QUAKE, day))) for day in ("2021-05-04", "2021-05-15", "2021-08-01", "2024")
    ]
    assert values == sorted(values, reverse=True)
    assert values[0] > 2 * values[-1]


def test_articles_without_a_day_without_words_without_names():
    texts = [QUAKE, QUAKE.replace("strong", "heavy"), "", "", "The council voted to close a library on Mondays."]
    found = find_stories([made(text, "", str(number)) for number, text in enumerate(texts)])
    assert [found[str(number)].story for number in range(5)] == ["0", "0", "2", "3", "4"]
    assert find_stories([]) == {}


def test_a_thousand_reports_are_one_story_at_a_cost_that_grows_with_them():
    said = [QUAKE + f" Witness {n} ran." for n in range(500)] + [QUAKE] * 500
    reports = [made(text, "2021-05-03", f"{n:04}", ("Pidie", "Sumatra"), f"Report {n}") for n, text in enumerate(said)]
    assert len(list(find_pairs([report_of(report) for report in reports]))) <= 40 * 1000
    found = find_stories(reports)
    assert {member.story for member in found.values()} == {"0000"}
    assert found["0999"].reasons == ("the same text as 0500",)


# ------------------------------------------------------------------------------------------------- again


@pytest.fixture
def compared(monkeypatch) -> list[frozenset[str]]:
    """The pairs of articles that were compared."""
    pairs = []
    real = stories.likeness

    def counted(a, b):
        pairs.append(frozenset((a.id, b.id)))
        return real(a, b)

    monkeypatch.setattr(stories, "likeness", counted)
    return pairs


def test_what_was_compared_is_not_compared_again(readings, compared):
    results = {}
    first = find_stories(readings, results=results)
    assert compared
    compared.clear()
    assert find_stories(readings[::-1], results=dict(results)) == first
    assert compared == []
    new = made(QUAKE, "2021-05-03", "new", ("Pidie", "Sumatra"))
    found = find_stories([*readings, new], results=dict(results))
    assert all("new" in pair for pair in compared)
    assert len(compared) <= NEIGHBOURS
    assert found == find_stories([*readings, new])


def test_articles_are_one_story_or_not_as_a_person_says(readings):
    before = find_stories(readings)
    same = {id_ for id_, member in before.items() if member.story == "00"}
    assert {"00", "01"} <= same
    apart = StoryRulings(apart={"00": frozenset({"01"}), "01": frozenset({"00"})})
    found = find_stories(readings, apart)
    assert found["00"].story != found["01"].story
    other = next(id_ for id_, member in before.items() if member.story not in ("00", "21") and member.story == id_)
    joined = find_stories(readings, StoryRulings(together=[("00", other)]))
    assert joined[other].story == joined["00"].story == "00"
    assert "by decision" in joined[other].reasons


def test_a_text_of_two_stories_does_not_make_them_one():
    council = "The council of Riverside voted to close two libraries. Readers protested before the town hall all night."
    texts = [QUAKE, QUAKE.replace("strong", "heavy"), council, council.replace("two", "three")]
    apart = {str(n): made(text, "2021-05-03", str(n)) for n, text in enumerate(texts)}
    assert [find_stories(list(apart.values()))[str(n)].story for n in range(4)] == ["0", "0", "2", "2"]
    both = made(f"{QUAKE}\n{council}", "2021-05-03", "both")
    found = find_stories([*apart.values(), both])
    assert found["0"].story == found["1"].story != found["2"].story == found["3"].story


def test_fifty_articles_without_a_day_in_any_order():
    texts = [
        QUAKE + f" Witness {n} ran." if n % 2 else f"Meeting {n} was long and quiet, clerks of ward {n} said."
        for n in range(50)
    ]
    undated = [made(text, "", f"{n:02}") for n, text in enumerate(texts)]
    found = find_stories(undated)
    assert {found[f"{n:02}"].story for n in range(1, 50, 2)} == {"01"}
    random.Random(5).shuffle(undated)
    assert find_stories(undated) == found
