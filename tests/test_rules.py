"""Lists and rule packs: every example of every rule runs, and what is wrong is refused with its place."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from dateline import rules
from dateline.dates import find_timexes, pack
from dateline.dates.operators import OPERATORS
from dateline.model import Article, Document, Paragraph, Timex
from dateline.rules import load_pack, read_table
from dateline.when import parse

EXAMPLES = [(rule, example) for rule in pack().rules for example in rule.examples]
COUNTER = [(rule, example) for rule in pack().rules for example in rule.counter]


def read(text: str, published: str) -> tuple[Timex, ...]:
    article = Article(id="x", seed="", published=parse(published))
    return find_timexes(Document(article=article, text=text, paragraphs=(Paragraph(start=0, end=len(text)),)), ())


def place(rule: rules.Rule, example: rules.Example) -> str:
    return f"{rule.where.partition(':')[0]}:{example.line}"


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[place(*case) for case in EXAMPLES])
def test_example(rule: rules.Rule, example: rules.Example) -> None:
    found = [(timex.rule, timex.value) for timex in read(example.text, example.published)]
    assert (rule.id, example.value) in found


@pytest.mark.parametrize(("rule", "example"), COUNTER, ids=[place(*case) for case in COUNTER])
def test_counter_example(rule: rules.Rule, example: rules.Example) -> None:
    assert rule.id not in [timex.rule for timex in read(example.text, "2021-04-21")]


def test_a_table_knows_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "DATA", tmp_path)
    (tmp_path / "list.tsv").write_text("# head\nword\tvalue\none\t1\n\ntwo\n")
    assert [(row["word"], row["value"], row.line) for row in read_table("list.tsv")] == [
        ("one", "1", 3),
        ("two", "", 5),
    ]
    (tmp_path / "list.tsv").write_text("word\tvalue\none\t1\t2\n")
    with pytest.raises(ValueError, match=r"list\.tsv:2: 3 cells for 2 columns"):
        read_table("list.tsv")


GOOD = """\
- id: one
  pattern: '{number} sheep'
  call: herd(number)
  examples: ['one sheep | | 1']
"""
WRONG = [
    (GOOD.replace("  examples: ['one sheep | | 1']\n", ""), "has no example"),
    (GOOD.replace("one sheep | | 1", "one sheep"), "rules.yaml:4: an example is"),
    (GOOD.replace("{number}", "{nombre}"), 'no class of words "nombre"'),
    (GOOD.replace("herd(number)", "flock(number)"), "calls no operator"),
    (GOOD.replace("herd(number)", "herd(number, colour=red)"), 'takes no "colour"'),
    (GOOD.replace("herd(number)", "herd()"), 'the slot "number" is not used'),
    (GOOD.replace("herd(number)", "herd()").replace("{number}", "one"), 'needs "number"'),
    (GOOD.replace("{number} sheep", "(?:{number}+ )+sheep"), "a quantifier inside a repeated group"),
    (GOOD.replace("{number} sheep", "(?:a|b*)*{number}"), "a quantifier inside a repeated group"),
    (GOOD.replace("{number} sheep", "{number} +sheep"), "a quantifier without a limit"),
    (GOOD.replace("{number} sheep", "{number} sheep(?: and more){2,}"), "a quantifier without a limit"),
    (GOOD.replace("{number} sheep", "({number} sheep"), "not a pattern"),
    (GOOD.replace("  call", "  cal"), 'no field "cal"'),
    (GOOD.replace("  call: herd(number)\n", ""), 'needs the field "call"'),
    (GOOD + GOOD, "already used at rules.yaml:1"),
    ("just: this", "a list of rules is expected"),
    ("- [", "not YAML"),
]


def folder(home: Path, text: str) -> None:
    (home / "pack").mkdir()
    (home / "pack" / "number.tsv").write_text("word\tvalue\none\t1\na few\t3\n")
    (home / "pack" / "rules.yaml").write_text(text)


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_wrong_is_refused(text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "DATA", tmp_path)
    folder(tmp_path, text)
    with pytest.raises(ValueError, match=r"rules\.yaml:\d+: ") as caught:
        load_pack("pack", {"herd": (("number",), ("number",))})
    assert message in str(caught.value)


def test_a_pack_finds_leftmost_and_longest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "DATA", tmp_path)
    folder(tmp_path, GOOD + GOOD.replace("one\n", "two\n", 1).replace(" sheep'", " sheep and a dog'", 1))
    found = load_pack("pack", {"herd": (("number",), ("number",))}).find("A few sheep and a dog; none, one sheepish.")
    assert [(f.rule.id, dict(f.slots), f.end) for f in found] == [
        ("two", {"number": "3"}, 21),
        ("one", {"number": "3"}, 11),
    ]


TOKENS = re.compile(r"[A-Za-z]+|[0-9]+")


def found_by_brute_force(text: str) -> list[tuple[str, int, int]]:
    """Every rule tried at every word, without looking at what it needs or begins with."""
    matches = [
        (at, -match.end(), number, rule.id)
        for number, rule in enumerate(pack().rules)
        for at in (token.start() for token in TOKENS.finditer(text))
        if (match := rule.regex.match(text, at))
    ]
    return [(rule, start, -end) for start, end, _, rule in sorted(matches)]


TEXTS = [example.text for _, example in EXAMPLES + COUNTER]


@pytest.mark.parametrize("part", range(8))
def test_the_quick_search_finds_what_trying_all_rules_does(part: int) -> None:
    for text in TEXTS[part::8]:
        for spelling in (text, text.upper()):
            quick = [(found.rule.id, found.start, found.end) for found in pack().find(spelling)]
            assert quick == found_by_brute_force(spelling), spelling


def test_of_every_rule_it_is_known_how_a_match_begins() -> None:
    assert [rule.id for rule in pack().rules if rule.starts is None] == []


HOSTILE = ("9", "1 ", "12:", "2020-", "1/1/", "12.12.", "the ", "a few ", "the third of ", "May 3 or ", "'80s ", "mid-")


@pytest.mark.parametrize("unit", HOSTILE)
def test_no_match_is_longer_than_rules_look(unit: str) -> None:
    line = unit * (1_000 // len(unit))
    for rule in pack().rules:
        assert not any(m.end() - m.start() > rules.LONGEST_MATCH for m in rule.regex.finditer(line))


@pytest.mark.parametrize("unit", HOSTILE)
def test_every_rule_takes_ten_times_as_long_on_ten_times_the_line(unit: str, long_run: bool) -> None:
    if not long_run:
        pytest.skip("--long")
    for rule in pack().rules:
        short, long = (seconds(rule.regex, unit * (size // len(unit))) for size in (10_000, 100_000))
        assert long < 40 * max(short, 0.002), rule.id


def seconds(pattern: re.Pattern[str], line: str) -> float:
    """The quickest of three runs over a line."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        for token in TOKENS.finditer(line):
            pattern.match(line, token.start())
        taken.append(time.process_time() - began)
    return min(taken)


def test_the_manual_names_every_operator() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "date-rules.md").read_text(encoding="utf-8")
    assert [name for name in OPERATORS if f"`{name}`" not in manual] == []
