from __future__ import annotations

import pytest

from dateline import reconcile, store
from dateline.model import Entry
from dateline.parts import MACHINE_LINE, machine_text, overlay
from dateline.store import load_content, save_content
from dateline.yamlio import parse_yaml
from trackers import files_of, make_tracker


def node(text):
    found, problems = parse_yaml(text, "f.yaml")
    assert problems == ()
    return found


@pytest.mark.parametrize(
    ("machine", "person", "expected"),
    [
        ("a: 1\nb: 2", "b: 3", {"a": "1", "b": "3"}),
        ("a: 1", "b: 3", {"a": "1", "b": "3"}),
        ("a: 1", "", {"a": "1"}),
        ("", "a: 1", {"a": "1"}),
        ("a: 1", 'a: ""', {"a": ""}),
        ("a: [x, y]", "a: [z]", {"a": ["z"]}),
        ("a: [x, y]", "a: {add: [z]}", {"a": ["x", "y", "z"]}),
        ("a: [x, y]", "a: {drop: [x]}", {"a": ["y"]}),
        ("a: [x, y]", "a: {drop: x, add: z}", {"a": ["y", "z"]}),
        ("", "a: {add: [z]}", {"a": ["z"]}),
        ("a: [{name: x, n: 1}, {name: y}]", "a: {drop: [x]}", {"a": [{"name": "y"}]}),
        ("e: [{id: i, a: 1, b: 2}]", "e: [{id: i, b: 3}]", {"e": [{"id": "i", "a": "1", "b": "3"}]}),
        ("e: [{id: i, a: 1}]", "e: [{id: j, a: 3}]", {"e": [{"id": "i", "a": "1"}, {"id": "j", "a": "3"}]}),
        ("v: {words: w, stance: claims}", "v: {stance: states}", {"v": {"words": "w", "stance": "states"}}),
    ],
)
def test_overlay(machine, person, expected):
    assert overlay(node(machine), node(person)).plain() == expected


def stored(text):
    problems = []
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.yaml"
        path.write_bytes(text.encode())
        found = store._load_file(path, "content/actors/x.yaml", problems)
    assert problems == []
    return found


FRESH = {"schema": 1, "name": "Jane", "entries": [{"id": "e-1", "quote": "a"}, {"id": "e-2", "quote": "b"}]}


def test_nothing_above_the_line_changes_by_a_byte():
    upper = "# Mine.\r\nname:   'Jane Roe'  # so\r\n\n"
    first = machine_text(stored(upper + machine_text(None, FRESH)), {"schema": "1", "name": "Janet"})
    assert first.startswith(upper + MACHINE_LINE)


def test_writing_what_is_there_changes_nothing():
    text = machine_text(None, FRESH)
    assert machine_text(stored(text), FRESH) == text
    assert stored(text).edited_below() == frozenset()
    assert stored(text).touched() == frozenset()


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [
        ("name: Jane\n", "name: Janet\n", {"name"}),
        ("- {id: e-1, quote: a}\n", "- {id: e-1, quote: A}\n", {"entries/e-1"}),
        ("- {id: e-1, quote: a}\n", "", {"entries/e-1"}),
        ("name: Jane\n", "name: Jane\nnote: mine\n", {"note"}),
    ],
)
def test_an_edit_below_the_line_is_noticed_and_kept(before, after, edited):
    text = machine_text(None, FRESH).replace(before, after)
    assert stored(text).edited_below() == edited
    again = machine_text(stored(text), {**FRESH, "kind": "person"})
    assert stored(again).edited_below() == edited
    assert after.split("\n")[-2 if after else -1] in again
    assert "kind: person" in again


def test_a_file_without_the_line_is_a_person_s():
    found = stored("name: Jane\nkind: person\n")
    assert found.touched() == {"name", "kind"}
    assert found.in_force().plain() == {"name": "Jane", "kind": "person"}


@pytest.mark.parametrize(
    ("files", "slug", "place"),
    [
        ("-- content/actors/a.yaml --\nname: [\n", "yaml", "content/actors/a.yaml:2:1"),
        ("-- content/actors/a.yaml --\nname: a\nname: b\n", "duplicate-field", "content/actors/a.yaml:2:1"),
        (
            "-- content/actors/a.yaml --\n--- # machine\nname: a\nname: b\n",
            "duplicate-field",
            "content/actors/a.yaml:3:1",
        ),
        (
            "-- content/actors/a.yaml --\nn: 1\n-- content/actors/a.yml --\nn: 1\n",
            "duplicate-id",
            "content/actors/a.yml",
        ),
        ("-- content/events/a.yaml --\nlabel: x\n<<<<<<< HEAD\n", "conflict-marker", "content/events/a.yaml:2"),
        ("-- content/articles/a.yaml --\n--- # machine\nschema: 9\n", "schema", "content/articles/a.yaml:2:9"),
        ("-- content/site.yaml --\ntitel: x\n", "unknown-field", "content/site.yaml:1:1"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(tmp_path, files, slug, place):
    _, problems = load_content(make_tracker(tmp_path, files))
    assert [(problem.slug, str(problem.where)) for problem in problems] == [(slug, place)]


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    make_tracker(tmp_path, "-- content/actors/a.yaml --\nname: a\n")
    (tmp_path / "content/actors/a.yaml").write_bytes(b"note: x\nname: Zo\xeb\n")
    _, problems = load_content(tmp_path)
    assert [(problem.slug, str(problem.where)) for problem in problems] == [("encoding", "content/actors/a.yaml:2")]


def test_files_that_nothing_supports_go_unless_a_person_had_a_hand_in_them(tmp_path):
    machine = machine_text(None, {"schema": "1", "name": "x"})
    make_tracker(
        tmp_path,
        f"-- content/actors/gone.yaml --\n{machine}-- content/actors/kept.yaml --\n{machine}"
        f"-- content/actors/mine.yaml --\nnote: mine\n{machine}"
        f"-- content/actors/remarked.yaml --\n# see p. 3\n{machine}"
        f"-- content/actors/edited.yaml --\n{machine.replace('name: x', 'name: y')}"
        f"-- content/articles/old.yaml --\n{machine_text(None, {'schema': '1', 'title': 'x'})}",
    )
    content, _ = load_content(tmp_path)
    save_content(tmp_path, content, {"articles": {}, "actors": {}, "events": {}}, frozenset({"kept"}))
    assert sorted(files_of(tmp_path)) == [
        "content/actors/edited.yaml",
        "content/actors/kept.yaml",
        "content/actors/mine.yaml",
        "content/actors/remarked.yaml",
        "content/articles/old.yaml",
    ]


def entry(word, quote, id_=""):
    return Entry(id=id_, article="a", quote=quote, word=word, event_class="talks", label=quote)


@pytest.mark.parametrize(
    ("fresh", "known", "ids"),
    [
        ([("met", "They met in Doha.")], [("met", "They met in Doha.", "e-x")], ["e-x"]),
        ([("met", "They met again in Doha.")], [("met", "They met in Doha.", "e-x")], ["e-x"]),
        ([("meeting", "Their meeting in Doha ended.")], [("met", "They met in Doha.", "e-x")], [None]),
        ([("met", "She left the hall.")], [("met", "They met in Doha.", "e-x")], [None]),
        (
            [("met", "They met in Doha on Monday."), ("met", "They met in Doha.")],
            [("met", "They met in Doha.", "e-x"), ("met", "They met in Doha on Monday.", "e-y")],
            ["e-y", "e-x"],
        ),
        ([("met", "They met."), ("met", "They met.")], [("met", "They met.", "e-x")], ["e-x", None]),
    ],
)
def test_entries_keep_their_ids(fresh, known, ids):
    taken = {"e-x", "e-y"}
    found = reconcile.keep_ids([entry(*pair) for pair in fresh], [entry(w, q, i) for w, q, i in known], taken)
    assert [e.id if e.id in ("e-x", "e-y") else None for e in found] == ids
    assert len({e.id for e in found}) == len(found)
    assert all(e.happening == e.id for e in found)
    assert {e.id for e in found} <= taken


def test_new_ids_depend_on_the_entry_alone():
    one = reconcile.keep_ids([entry("met", "They met.")], [], set())[0].id
    assert one == reconcile.keep_ids([entry("met", "They met.")], [], {"e-other"})[0].id
    assert one != reconcile.keep_ids([entry("met", "They met.")], [], {one})[0].id


def test_a_person_s_fields_change_an_entry_and_leave_the_rest():
    machine = machine_text(None, {"schema": "1", "entries": [{"id": "e-1", "quote": "They met.", "label": "They met"}]})
    text = "entries:\n- id: e-1\n  when: 2021-04-29\n" + machine
    changed = store.changed_entries([entry("met", "They met.", "e-1")], stored(text))[0]
    assert changed.when.known
    assert changed.label == "They met."
    assert changed.word == "met"
