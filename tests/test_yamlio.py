from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.problems import Where
from dateline.yamlio import Decoder, format_scalar, format_yaml, node_of, parse_yaml


def plain(text: str):
    node, problems = parse_yaml(text, "f.yaml")
    assert problems == ()
    return node.plain()


@pytest.mark.parametrize("value", ["NO", "null", "~", "1.0", "007", "2021-01-01", "yes", "12:30", "0x1F", "1e3"])
def test_every_scalar_is_a_string(value):
    assert plain(f"country: {value}\n") == {"country": value}


@pytest.mark.parametrize(
    ("text", "slug", "place", "message"),
    [
        ("a: 1\na: 2\n", "duplicate-field", "f.yaml:2:1", '"a" stands here twice'),
        ("a: [1\n", "yaml", "f.yaml:2:1", "not readable as YAML"),
        ("- a\n- b\n", "yaml", "f.yaml:1:1", "should hold fields"),
        ("a: 1\nb: *x\n", "yaml", "f.yaml:2:4", "aliases"),
        ("a: &x 1\n", "yaml", "f.yaml:1:4", "anchors"),
        ("a: !x 1\n", "yaml", "f.yaml:1:4", "tags"),
        ("a: ! 1\n", "yaml", "f.yaml:1:4", "tags"),
        ("a: !!python/object/apply:os.system [x]\n", "yaml", "f.yaml:1:4", "tags"),
        ("a: b\u2028 c\nb: [\n", "yaml", "f.yaml:3", "not readable"),
        ("a: b\rc: d\ne: 1\ne: 2\n", "duplicate-field", "f.yaml:3:1", "twice"),
        ("\ufeffa: b\u2028 c\nb: 1\nb: 2\n", "duplicate-field", "f.yaml:3:1", "twice"),
        ("a: 1\n&a ", "yaml", "f.yaml:2:", "not readable"),
        ("%YAML 1.1\n---\n #", "yaml", "f.yaml:3:", "should hold fields"),
        ("a: b\nc: \ud800\n", "yaml", "f.yaml:2:4", "U+D800"),
        ("? [a, b]\n: c\n", "yaml", "f.yaml:1:3", "must be a word"),
        ("a: " + "[" * 30 + "]" * 30 + "\n", "yaml", "f.yaml:1:24", "too deeply"),
        ("a: " + "[" * 100_000, "yaml", "f.yaml:1", ""),
        ("a: b\x00c", "yaml", "f.yaml:1:5", "not readable"),
        ("a: 1\n--- \nb: 2\n", "yaml", "f.yaml:2:1", "not readable"),
        ("a: 'open\n", "yaml", "f.yaml:2:1", "not readable"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, slug, place, message):
    _, problems = parse_yaml(text, "f.yaml")
    assert problems
    assert (problems[0].slug, str(problems[0].where)[: len(place)]) == (slug, place)
    assert message in problems[0].message


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028"])
def test_keys_and_values_know_their_places(ends):
    text = ends.join(["# odd? \u00e9", "a: !t x", "b:", "- {id: 1, k: [y]}", "- z", ""])
    found, problems = parse_yaml(text, "f.yaml", first_line=5)

    def place(line, column):  # a break that editors do not know ends no line
        last = text.rfind("\n", 0, starts[line] + column) + 1
        return Where("f.yaml", 5 + text.count("\n", 0, starts[line] + column), starts[line] + column - last + 1)

    starts = [sum(len(part + ends) for part in text.split(ends)[:number]) for number in range(5)]
    first, last = found.value["b"].value
    assert found.keys == {"a": place(1, 0), "b": place(2, 0)}
    assert first.keys == {"id": place(3, 3), "k": place(3, 10)}
    assert [first.where, first.value["id"].where, first.value["k"].where] == [place(3, 2), place(3, 7), place(3, 13)]
    assert [found.value["a"].where, first.value["k"].value[0].where] == [place(1, 3), place(3, 14)]
    assert last.where == place(4, 2)
    assert last.keys == {}
    assert [problem.where for problem in problems] == [place(1, 3)]


def test_lines_are_counted_from_where_the_text_begins():
    _, problems = parse_yaml("a: 1\na: 2\n", "f.yaml", first_line=10)
    assert problems[0].where == Where("f.yaml", 11, 1)
    assert problems[0].hint == "the first one is in line 10"


@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=80))
def test_a_scalar_survives(text):
    assert plain(format_yaml({"name": text, "list": [text], "in": [{"deep": text}]})) == {
        "name": text,
        "list": [text],
        "in": [{"deep": text}],
    }


@pytest.mark.parametrize(
    "name",
    ["No", "null", "1.0", "- x", "a: b", "a #b", "#b", "../../x", "<script>", "[a", "{", "'q'", '"q"', "*a", "&a", "!t",
     "%d", "@a", "`", "?", "? x", ":", " lead", "trail ", "two\nlines", "tab\there", "", "|", ">", "=", "--- # machine",
     "a, b", "x]", "é", "\u2028", "\ufeff", "\x85", "2021-04-19..", "[2021-04-19..2021-04-25]"],
)  # fmt: skip
def test_names_that_look_like_something_else_survive_here_and_elsewhere(name):
    text = format_yaml({"name": name, "list": [name], "map": {"k": name}})
    assert plain(text) == {"name": name, "list": [name], "map": {"k": name}}
    assert yaml.safe_load(text)["name"] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe", "Jane Roe"),
        ("No", '"No"'),
        ("“We will,” he said: so", '"“We will,” he said: so"'),
        ("2021-04-29", "2021-04-29"),
    ],
)
def test_one_spelling(text, expected):
    assert format_scalar(text) == expected


def test_layout():
    fields = {
        "title": "A",
        "aliases": ["B", "C"],
        "entries": [{"id": "e-1", "quote": "x" * 120, "actors": [{"actor": "a", "role": "agent"}]}],
        "seal": {"title": "0a"},
        "none": [],
    }
    assert format_yaml(fields) == (
        "title: A\naliases: [B, C]\nentries:\n- id: e-1\n  quote: " + "x" * 120 + "\n  actors:\n"
        "  - {actor: a, role: agent}\nseal: {title: 0a}\nnone: []\n"
    )


@pytest.mark.parametrize("length", [*range(80, 120), 200])
def test_a_record_stands_on_one_line_where_it_fits(length):
    item = {"id": "e-1", "quote": "x" * (length - len("- {id: e-1, quote: }"))}
    written = format_yaml({"entries": [item]})
    assert (written.count("\n") == 2) == (length <= 110)
    assert parse_yaml(written, "f.yaml")[0].plain() == {"entries": [item]}


# --------------------------------------------------------------------------------------------- decoding


@pytest.fixture
def decoder():
    return Decoder()


def node(value):
    return node_of(value, Where("f.yaml", 1, 1))


def test_unknown_fields_are_told_with_the_nearest(decoder):
    parsed, _ = parse_yaml("name: A\nalaises: [B]\n", "f.yaml")
    assert list(decoder.fields(parsed, ("name", "aliases"), "an actor")) == ["name"]
    problem = decoder.problems[0]
    assert (problem.slug, str(problem.where), problem.hint) == (
        "unknown-field",
        "f.yaml:2:1",
        'did you mean "aliases"?',
    )


@pytest.mark.parametrize(
    ("read", "slug"),
    [
        (lambda d: d.text(node(["a"])), "wrong-type"),
        (lambda d: d.choice(node("x"), ("a", "b"), "a"), "unknown-value"),
        (lambda d: d.choice(node(["x"]), ("a", "b"), "a"), "unknown-value"),
        (lambda d: d.flag(node("maybe")), "unknown-value"),
        (lambda d: d.number(node("-1"), 5, 0, 10), "wrong-type"),
        (lambda d: d.number(node("nan"), 5, 0, 10), "wrong-type"),
        (lambda d: d.number(node("9" * 5000), 5, 0, 10), "wrong-type"),
        (lambda d: d.parsed(node("x"), int, 0, "bad-date"), "bad-date"),
        (lambda d: d.items(node("a"), d.text), "wrong-type"),
        (lambda d: d.fields(node("a"), (), "a thing"), "wrong-type"),
    ],
)
def test_what_does_not_fit_is_a_problem(decoder, read, slug):
    read(decoder)
    assert [problem.slug for problem in decoder.problems] == [slug]


def test_what_fits_is_read(decoder):
    assert decoder.text(None, "x") == "x"
    assert decoder.choice(node("b"), ("a", "b"), "a") == "b"
    assert decoder.number(node("0.5"), 0, 0, 1) == 0.5
    assert decoder.flag(node("true"))
    assert decoder.items(node(["a", "", "b"]), lambda item: decoder.text(item) or None) == ("a", "b")
    assert decoder.problems == []
