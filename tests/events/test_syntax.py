"""Roles and dates from a dependency parse that is given by hand, so that no model is needed and no model's error tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from dateline import build, when
from dateline.actors.recognise import ParsingRecogniser, Recogniser, recognise_in
from dateline.events.syntax import LONGEST, ROOT, lay
from dateline.model import Article, Document, Entry, Found, Mention, Syntax
from dateline.text import split_paragraphs

PEOPLE = ("Noor", "Brandt", "Moreno", "Roe")


def mentions(text: str) -> tuple[Mention, ...]:
    found = [
        Mention(start=at, end=at + len(name), text=name, kind="PER")
        for name in PEOPLE
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    return tuple(sorted(found, key=lambda mention: mention.start))


class Parsing:
    """A recogniser that knows one parse: rows of a word, the number of its head from 1 (0: root), its label."""

    label = "by hand"

    def __init__(self, parse: str) -> None:
        self.rows = [row.split() for row in parse.strip().splitlines()]

    def recognise(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        return (mentions(text) for text in texts)

    def parse(self, texts: Iterable[str]) -> Iterator[Found]:
        return (Found(mentions=mentions(text), syntax=self.syntax(text)) for text in texts)

    def syntax(self, text: str) -> Syntax:
        starts, at = [], 0
        for word, _, _ in self.rows:
            at = text.index(word, at)
            starts.append(at)
            at += len(word)
        return Syntax(
            starts=tuple(starts),
            ends=tuple(start + len(word) for start, (word, _, _) in zip(starts, self.rows, strict=True)),
            heads=tuple(int(head) - 1 if head != "0" else at for at, (_, head, _) in enumerate(self.rows)),
            labels=tuple(label for _, _, label in self.rows),
        )


class Plain:
    label = "without a parser"
    recognise = Parsing.recognise


def read(text: str, recogniser: Recogniser) -> dict[str, Entry]:
    document = Document(
        article=Article(id="a", seed="a", published=when.parse("2021-05-10")),
        text=text,
        paragraphs=split_paragraphs(text),
    )
    (reading,) = build.read([document], recognise_in([document], recogniser))
    assert reading.syntax is None
    return {entry.word: entry for entry in reading.entries}


def roles(entry: Entry) -> dict[str, str]:
    return {part.words: part.role for part in entry.participants if part.role != "mentioned"}


ASIDE = "Noor, whose brother Brandt is a judge, was arrested and later sued Moreno."
ASIDE_PARSE = """
Noor 11 nsubjpass
, 1 punct
whose 4 poss
brother 6 nsubj
Brandt 4 appos
is 1 relcl
a 8 det
judge 6 attr
, 1 punct
was 11 auxpass
arrested 0 ROOT
and 11 cc
later 14 advmod
sued 11 conj
Moreno 14 dobj
. 11 punct
"""
HUSBAND = "The husband of Moreno sued Brandt."
HUSBAND_PARSE = "The 2 det\nhusband 5 nsubj\nof 2 prep\nMoreno 3 pobj\nsued 0 ROOT\nBrandt 5 dobj\n. 5 punct"
CONTROL = "Noor, angered by the ruling of a court in the city, plans to visit Brandt."
CONTROL_PARSE = """
Noor 13 nsubj
, 1 punct
angered 1 acl
by 3 agent
the 6 det
ruling 4 pobj
of 6 prep
a 9 det
court 7 pobj
in 9 prep
the 12 det
city 10 pobj
plans 0 ROOT
to 15 aux
visit 13 xcomp
Brandt 15 dobj
. 13 punct
"""


def test_a_verb_shares_the_subject_of_the_one_it_is_coordinated_with() -> None:
    entries = read(ASIDE, Parsing(ASIDE_PARSE))
    assert roles(entries["arrested"]) == {"Noor": "affected"}
    assert roles(entries["sued"]) == {"Noor": "agent", "Moreno": "affected"}


def test_a_subject_without_a_name_leaves_the_names_near_it_out() -> None:
    entries = read(HUSBAND, Parsing(HUSBAND_PARSE))
    assert roles(entries["sued"]) == {"Brandt": "affected"}


def test_who_plans_to_visit_visits() -> None:
    assert roles(read(CONTROL, Parsing(CONTROL_PARSE))["visit"])["Noor"] == "agent"


def test_a_date_hangs_on_its_verb_whatever_stands_between() -> None:
    text = "Noor left in 1973 and did not come back until 1985."
    parse = """
Noor 2 nsubj
left 0 ROOT
in 2 prep
1973 3 pobj
and 2 cc
did 8 aux
not 8 neg
come 2 conj
back 8 advmod
until 8 prep
1985 10 pobj
. 2 punct
"""
    entries = read(text, Parsing(parse))
    assert (when.format(entries["left"].when), when.format(entries["come back"].when)) == ("1973", "1985")


def test_grounds_tell_parse_or_order() -> None:
    by_parse, by_order = (read(HUSBAND, one)["sued"].participants for one in (Parsing(HUSBAND_PARSE), Plain()))
    assert {p.words: p.ground for p in by_parse}["Brandt"] == "the object of “sued” in the sentence’s parse"
    assert {p.words: p.ground for p in by_order}["Brandt"] == "stands after “sued”"


def test_a_recogniser_need_not_parse() -> None:
    assert isinstance(Parsing(HUSBAND_PARSE), ParsingRecogniser)
    assert not isinstance(Plain(), ParsingRecogniser)
    assert roles(read(HUSBAND, Plain())["sued"])["Brandt"] == "affected"


def test_a_word_of_several_parsed_ones_hangs_where_they_hang_together() -> None:
    """ "Noor-led" is one token here and three to the parser."""
    syntax = Syntax(
        starts=(0, 4, 5, 9), ends=(4, 5, 8, 13), heads=(2, 2, 3, 3), labels=("npadvmod", "punct", "amod", "ROOT")
    )
    tree = lay([(0, 8), (9, 13)], syntax)
    assert tree is not None
    assert (tree.heads, tree.labels, tree.below) == ([1, ROOT], ["amod", "ROOT"], [[], [0]])


@pytest.mark.parametrize("words", [LONGEST + 1, 0])
def test_no_tree_of_what_cannot_be_believed(words: int) -> None:
    spans = [(2 * at, 2 * at + 1) for at in range(words)]
    syntax = Syntax(
        starts=tuple(s for s, _ in spans), ends=tuple(e for _, e in spans), heads=(0,) * words, labels=("dep",) * words
    )
    assert lay(spans, syntax) is None


def test_words_that_hang_on_each_other_do_no_harm() -> None:
    round_about = HUSBAND_PARSE.replace("sued 0 ROOT", "sued 2 conj")
    assert "sued" in read(HUSBAND, Parsing(round_about))
