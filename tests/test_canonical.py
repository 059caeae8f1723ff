"""The writer's own spelling read without a YAML parser: what it means there, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline import schema, yamlio
from dateline.canonical import nodes_of, read_canonical
from dateline.parts import MACHINE_LINE, find_edits, is_sealed, machine_text
from dateline.problems import Where
from dateline.split import lower_part, parse_parts
from dateline.store import load_content
from dateline.yamlio import Later, Node, format_yaml, node_of, parse_yaml
from test_fuzz import ACTORS, ARTICLES, ENTRIES, EVENTS, FUZZ, HOSTILE, fuzz
from trackers import make_tracker

ROOT = Path(__file__).parents[1]
ODD = ["", " ", "a: b", "a #b", "#", "- x", "-", "? x", "x:", ":x", "a:b", "a,b", "a, b", "[x]", "{x", "}", "x?", "'", '"', '"x"', "\\", "\\u0041",
       "\n", "a\n b", "\t", "\r", "\x00", "\x85", "\xa0", "x\xa0", "\u2028", "\ufeff", "😀", "é", "null", "1.0", "...", "... x", "---", "--- x", "%", "@",
       "&a", "*a", "!t", "|", ">", "~", "=", "<<", "../x", ". x", "..", "_", "x" * 130, "x " * 60 + "x", "2021-03?", "[2021..2022]"]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(blacklist_categories=("Cs",)), max_size=12), st.just("Oslo")
)
NAMES = st.one_of(st.sampled_from(["id", "title", "entries/e-1", "words"]), TEXTS)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=12
)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)
SPIKES = [
    *ODD,
    *HOSTILE,
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n  ",
    "\n- ",
    "- ",
    ": ",
    ":",
    ", ",
    ",",
    "{",
    "[",
    "]",
    "}",
    "#",
    " #",
    '\\"',
    "\\ud800",
    "\\/",
    "\\x41",
]


def parsed(text: str) -> tuple[Node, tuple[object, ...]]:
    return parse_yaml(text, "f.yaml", 3)


def ordered(value: object) -> object:
    """A value that equals another only if the fields stand in the same order, too."""
    if isinstance(value, dict):
        return [(key, ordered(item)) for key, item in value.items()]
    return [ordered(item) for item in value] if isinstance(value, list) else value


def places(node: Node) -> list[object]:
    """Where everything in a node stands, in order."""
    inside = node.value.values() if isinstance(node.value, dict) else node.value
    inner = [] if isinstance(node.value, str) else [places(item) for item in inside]
    return [node.number, node.where, *node.keys.items(), *inner]


def check(text: str) -> None:
    agree(text)


def agree(text: str) -> bool:
    """Whether the text is read; if so, a parser finds the same in it at the same places, and nothing wrong."""
    fields = read_canonical(text)
    if fields is None:
        return False
    node, problems = parsed(text)
    assert problems == ()
    assert ordered(fields) == ordered(node.plain())
    assert places(nodes_of(fields, Later(Where("f.yaml"), lambda: node))) == places(node)
    return True


@pytest.fixture(params=["the parser", "Python's parser"])
def parser(request, monkeypatch):
    """libyaml where it is there, and the one that takes its place elsewhere."""
    if request.param != "the parser":
        monkeypatch.setattr(yamlio, "_Loader", yaml.SafeLoader)


@pytest.mark.usefixtures("parser")
def test_what_the_writer_spells_is_read_as_a_parser_reads_it(long_run):
    fuzz(lambda record: check(format_yaml(record)), long_run, 300, RECORDS)


@pytest.mark.usefixtures("parser")
def test_what_is_spelt_otherwise_is_read_alike_or_not_at_all(long_run):
    @st.composite
    def spelt(draw):
        text = format_yaml(draw(RECORDS))
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.integers(0, len(text)))
            text = text[:at] + draw(st.sampled_from(SPIKES)) + text[at + draw(st.integers(0, 3)) :]
        return text

    fuzz(lambda text: check(text), long_run, 500, spelt())


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x'\n", "a: |\n  x\n", "a: >\n  x\n", "a: b\n  c\n", "a: !t x\n", "a: &a x\n", "a: *a\n", "a: b # c\n", "# c\na: b\n", "a: b \n", "a:  b\n",
        "a: b", "a: b\r\n", "a: b\n\nc: d\n", "a:\n", "a: b: c\n", "a: b\na: c\n", "a: {b: c, b: d}\n", "a: {b : c}\n", "a: {b: c,}\n", "a: {b}\n",
        "a: [b, , c]\n", "a: [b: c]\n", "a: [b] c\n", "a: {b: c:}\n", 'a: "b" c\n', 'a: "\\ud83d\\ude00"\n', 'a: "\\x41"\n', "a: b\n--- # machine\nc: d\n",
        "a:\n   b: c\n", "a:\n  - b\n", "- a\n", "a: {b: [c, {d: e}]\n", "a: x\ty\n", "a: x\x85y\n", "a: x\u2028\n", "a: " + "[" * 9 + "x" + "]" * 9 + "\n",
        "<<: x\n", '"a": b\n', "a: - b\n", "%YAML 1.1\n", "...\n", "",
    ],
)  # fmt: skip
def test_other_spellings_are_left_to_the_parser(text):
    assert read_canonical(text) is None


def test_the_machines_own_files_are_read_so():
    """Were they not, nothing would be wrong, and all would be slow."""
    files = [path.read_text("utf-8") for path in (ROOT / "content").glob("*/*.yaml")]
    parts = [part.partition("\n")[2] for part in map(lower_part, files) if part]
    assert len(parts) > 10
    assert [part[:300] for part in parts if not agree(part)] == []


# --------------------------------------------------------------------------------------------- the seal

FRESH = {
    "schema": 1,
    "title": "They met: A",
    "entries": [{"id": "e-1", "label": "They met", "actors": [{"actor": "a", "role": "agent"}]}, {"id": "e-2"}],
    "orphans": [{"id": "e-9", "word": "w"}],
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ('"They met: A"', "B"),
        ("label: They met", "label: They sat"),
        ("role: agent", "role: affected"),
        ("label: They met", "label: They met, oddity: x"),
        ("- {id: e-2}\n", ""),
        ("- {id: e-2}\n", "- {id: e-3}\n"),
        ("seal:", "note: x\nseal:"),
        ("word: w", "word: v"),
        ("schema: 1\n", "schema: 1\nnote: x\n"),
        ("entries/e-2: ", "entries/e-3: "),
    ],
)
def test_what_is_sealed_is_what_no_search_finds_edited(before, after):
    text = machine_text(None, FRESH).removeprefix(MACHINE_LINE)
    assert before in text
    fields = read_canonical(text.replace(before, after, 1))
    assert fields is not None
    seal = fields.pop("seal")
    edits, gone = find_edits(node_of(fields, Where("f.yaml")), seal)
    assert is_sealed(fields, seal) == (not edits.value and not gone)


@FUZZ
@given(st.dictionaries(st.sampled_from(["title", "entries", "note", "schema", "orphans"]), VALUES), st.data())
def test_no_values_are_sealed_that_were_not(fields, data):
    seal = machine_seal(fields)
    other = data.draw(
        st.just(fields) | st.fixed_dictionaries({**{name: st.just(fields[name]) for name in fields}, "title": VALUES})
    )
    if is_sealed(other, seal):
        edits, gone = find_edits(node_of(other, Where("f.yaml")), seal)
        assert (edits.plain(), gone) == ({}, frozenset())


def machine_seal(fields: dict[str, object]) -> dict[str, str]:
    return parse_yaml(machine_text(None, fields).removeprefix(MACHINE_LINE), "f.yaml")[0].plain()["seal"]


# --------------------------------------------------------------------------------------------- places


def test_a_problem_finds_its_place_in_a_file_read_without_a_parser(tmp_path):
    text = machine_text(None, {"schema": 1, "title": "A", "published": "2021-02-30", "oddity": "x"})
    tracker = make_tracker(tmp_path, f"-- content/articles/a.yaml --\n# mine\n{text}")
    content, problems = load_content(tracker)
    machine = content.articles["a"].machine
    assert problems == ()
    assert (machine.value["published"].where, machine.keys["oddity"]) == (
        Where("content/articles/a.yaml", 5, 12),
        Where("content/articles/a.yaml", 6, 1),
    )


def test_of_a_file_that_changed_meanwhile_only_the_name_is_told(tmp_path):
    path = tmp_path / "a.yaml"
    text = machine_text(None, {"schema": 1, "title": "A"})
    path.write_text(text.replace("title: A", "title: B"), "utf-8")
    found = parse_parts(text, "a.yaml", [], path=path)
    path.unlink()
    assert found.machine.value["title"].where == Where("a.yaml")


def test_records_are_read_so(long_run):
    """Records as the program makes them, hostile words and all."""

    def read(fields) -> None:
        problems: list[object] = []
        found = parse_parts(machine_text(None, fields), "f.yaml", problems)
        assert (problems, found.edits.value, found.gone) == ([], {}, frozenset())
        assert places(found.machine) == places(parse_yaml_below(machine_text(None, fields)))

    def parse_yaml_below(text: str) -> Node:
        node, _ = parse_yaml(text.removeprefix(MACHINE_LINE), "f.yaml", 2)
        node.value.pop("seal")
        return node

    fuzz(lambda record, entries: read(encoded(record, entries)), long_run, 60, ARTICLES, st.lists(ENTRIES, max_size=2))
    fuzz(lambda record: read(yamlio.as_texts(schema.encode_actor(record))), long_run, 60, ACTORS)
    fuzz(lambda record: read(yamlio.as_texts(schema.encode_event(record))), long_run, 60, EVENTS)


def encoded(record, entries):
    return schema.encode_article(record, list({entry.id: entry for entry in entries}.values()), "x")
