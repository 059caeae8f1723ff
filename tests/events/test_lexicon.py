"""The event word lists: each example of the lists is a test, named by file and line."""

from __future__ import annotations

import re

import pytest

from dateline.events.clauses import mark_clauses, standing
from dateline.events.inflect import gerunds, participles, past_forms, plurals, s_form
from dateline.events.lexicon import event_classes, find_words, kind_of, related
from dateline.events.tokens import Line, read_line
from dateline.model import Sentence
from dateline.rules import read_table


def line_of(text: str) -> Line:
    return read_line(text, 0, Sentence(start=0, end=len(text), paragraph=0), (), ())


def found(text: str) -> list[tuple[str, str, bool]]:
    line = line_of(text)
    return [
        (w.event_class, text[line.tokens[w.first].start : line.tokens[w.last].end], w.is_noun) for w in find_words(line)
    ]


def examples(column: str) -> list[object]:
    return [
        pytest.param(row["class"], row[column], table == "nouns", id=f"{table}.tsv:{row.line}")
        for table in ("verbs", "nouns")
        for row in read_table(f"en/events/{table}.tsv")
        if row[column]
    ]


@pytest.mark.parametrize(("event_class", "example", "noun"), examples("example"))
def test_example_is_found(event_class: str, example: str, noun: bool) -> None:
    marked = re.search(r"\[(.*?)\]", example)
    assert marked
    assert (event_class, marked.group(1), noun) in found(example.replace("[", "").replace("]", ""))


@pytest.mark.parametrize(("event_class", "counter", "noun"), examples("counter"))
def test_counter_example_is_not_found(event_class: str, counter: str, noun: bool) -> None:
    assert not [hit for hit in found(counter) if hit[0] == event_class and hit[2] == noun]


@pytest.mark.parametrize(
    ("event_class", "example"),
    [
        pytest.param(row["class"], row["example"], id=f"senses.tsv:{row.line}")
        for row in read_table("en/events/senses.tsv")
    ],
)
def test_a_word_beside_gives_another_sense(event_class: str, example: str) -> None:
    marked = re.search(r"\[(.*?)\]", example)
    assert marked
    hits = {words: hit for hit, words, _ in found(example.replace("[", "").replace("]", ""))}
    assert hits[marked.group(1)] == event_class


@pytest.mark.parametrize(
    ("course", "example"),
    [
        pytest.param(row["course"], row["example"], id=f"course.tsv:{row.line}")
        for row in read_table("en/events/course.tsv")
    ],
)
def test_what_governs_an_infinitive_gives_its_course(course: str, example: str) -> None:
    marked = re.search(r"\[(.*?)\]", example)
    assert marked
    text = example.replace("[", "").replace("]", "")
    line = line_of(text)
    words = find_words(line)
    mark_clauses(line, words)
    word = next(w for w in words if line.tokens[w.first].text == marked.group(1))
    how = standing(line, word)
    # What is refused did not occur; the refusal is told by its own word.
    assert (how.course, how.negated) == (("hypothetical", True) if course == "refused" else (course, False))


def test_every_class_of_the_lists_is_declared_and_every_near_class_exists() -> None:
    classes = event_classes()
    for table in ("verbs", "nouns"):
        for row in read_table(f"en/events/{table}.tsv"):
            assert row["class"] in classes, f"{table}.tsv:{row.line}"
    for event_class in classes.values():
        assert event_class.near <= set(classes), event_class.name


@pytest.mark.parametrize(
    ("verb", "past", "participle", "gerund", "third"),
    [
        ("announce", "announced", "announced", "announcing", "announces"),
        ("deny", "denied", "denied", "denying", "denies"),
        ("ban", "banned", "banned", "banning", "bans"),
        ("withdraw", "withdrew", "withdrawn", "withdrawing", "withdraws"),
        ("free", "freed", "freed", "freeing", "frees"),
        ("die", "died", "died", "dying", "dies"),
        ("launch", "launched", "launched", "launching", "launches"),
        ("join", "joined", "joined", "joining", "joins"),
        ("visit", "visited", "visited", "visiting", "visits"),
        ("play", "played", "played", "playing", "plays"),
        ("swap", "swapped", "swapped", "swapping", "swaps"),
    ],
)
def test_verbs_are_inflected(verb: str, past: str, participle: str, gerund: str, third: str) -> None:
    assert past_forms(verb) == [past]
    assert participles(verb) == [participle]
    assert gerunds(verb) == [gerund]
    assert s_form(verb) == third


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("clash", "clashes"),
        ("treaty", "treaties"),
        ("talks", "talks"),
        ("peace plan", "peace plans"),
        ("crisis", "crises"),
    ],
)
def test_nouns_are_inflected(noun: str, plural: str) -> None:
    assert plurals(noun) == [plural]


@pytest.mark.parametrize(
    ("words", "event_class"),
    [
        (["The unit withdrew.", "The unit pulled out.", "The withdrawal ended.", "The drawdown ended."], "withdrawal"),
        (["The summit ended.", "The moot ended.", "The conference ended."], "conference"),
        (["The deal failed.", "The accord failed.", "The agreement failed."], "agreement"),
    ],
)
def test_words_of_one_matter_are_one_class(words: list[str], event_class: str) -> None:
    assert [found(text)[0][0] for text in words] == [event_class] * len(words)


def test_kinds() -> None:
    assert [kind_of(c) for c in ("conference", "agreement", "withdrawal", "unheard-of")] == [
        "occasion",
        "instrument",
        "process",
        "occasion",
    ]
    assert related("talks", "meeting")
    assert related("meeting", "talks")
    assert not related("visit", "lawsuit")


@pytest.mark.parametrize(
    ("text", "word", "event_class"),
    [
        ("The company sent troops of its own after a letter.", "sent", "deployment"),
        ("A letter of thanks was sent by the army.", "sent", "act"),
        ("The army sent soldiers.", "sent", "deployment"),
        ("The plant closed after the deal.", "closed", "closure"),
        ("Voters voted for a new parliament.", "voted", "election"),
        ("The senate voted to reopen the inquiry.", "voted", "decision"),
        ("The rebels’ takeover of the city took a day.", "takeover", "deployment"),
        ("Talks on the takeover of its rival failed.", "takeover", "merger"),
        ("The hospital received two parcels.", "received", "aid"),
        ("The state granted the clinic $5 million.", "granted", "aid"),
        ("The state granted her asylum.", "granted", "decision"),
        ("The firm cut prices to save jobs.", "cut", "change"),
        ("The court dismissed the appeal.", "dismissed", "verdict"),
        ("The patrol came under fire at dusk.", "came under fire", "attack"),
    ],
)
def test_what_a_verb_acts_upon_tells_its_sense(text: str, word: str, event_class: str) -> None:
    assert {words: hit for hit, words, _ in found(text)}[word] == event_class


@pytest.mark.parametrize("text", ["Inspectors found expired medicines.", "The navy bought used frigates."])
def test_a_participle_of_the_object_is_no_happening(text: str) -> None:
    assert len(found(text)) == 1


def test_a_verb_behind_a_passive_is_no_participle_of_an_object() -> None:
    assert "shot dead" in [words for _, words, _ in found("She was found shot dead.")]
