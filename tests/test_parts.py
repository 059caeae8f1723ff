from __future__ import annotations

import pytest

from dateline import schema
from dateline.parts import MACHINE_LINE, machine_text
from dateline.split import migrate, parse_parts
from dateline.yamlio import Node

FRESH = {
    "schema": 1,
    "title": "Talks",
    "source": "The Example",
    "entries": [
        {
            "id": "e-1",
            "label": "They met",
            "word": "met",
            "quote": "They met.",
            "when": "2021-05",
            "voice": {"words": "x"},
        },
        {"id": "e-2", "label": "She left", "word": "left", "quote": "She left."},
    ],
}


def stored(text, settle=False):
    problems = []
    found = parse_parts(text, "content/articles/a.yaml", problems, settle)
    assert problems == []
    return found


def edited(*changes):
    text = machine_text(None, FRESH)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return stored(text)


def test_what_the_machine_wrote_is_no_edit():
    found = stored(machine_text(None, FRESH))
    assert found.edits.plain() == {}
    assert found.gone == frozenset()


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("title: Talks", "title: Peace talks", {"title": "Peace talks"}),
        ("title: Talks\n", "", {"title": ""}),
        ("title: Talks\n", "title: Talks\nnote: x\n", {"note": "x"}),
        ("label: They met", "label: They sat", {"entries": [{"id": "e-1", "label": "They sat"}]}),
        (", when: 2021-05", "", {"entries": [{"id": "e-1", "when": ""}]}),
        (", when: 2021-05", ", when: 2021-05, mine: x", {"entries": [{"id": "e-1", "mine": "x"}]}),
        ("when: 2021-05", "when: 2021-05, place: Doha", {"entries": [{"id": "e-1", "place": "Doha"}]}),
        (
            "voice: {words: x}",
            "voice: {words: y}",
            {"entries": [{"id": "e-1", "voice": {"words": "y", "stance": "", "actor": ""}}]},
        ),
    ],
)
def test_an_edit_below_is_told_field_by_field(before, after, edits):
    assert edited((before, after)).edits.plain() == edits


def test_a_changed_field_stays_while_the_machine_writes_the_others_anew():
    found = edited(("label: They met", "label: They sat"), ("source: The Example\n", ""))
    again = stored(machine_text(found, {**FRESH, "source": "B", "entries": [{**FRESH["entries"][0], "when": "2022"}]}))
    entry = again.in_force().plain()["entries"][0]
    assert (entry["label"], entry["when"]) == ("They sat", "2022")
    assert "source" not in again.in_force().plain()
    assert again.edited_below() == {"source", "entries/e-1"}


def test_a_deleted_entry_stays_deleted_and_is_remembered():
    line = "- {id: e-2, label: She left, word: left, quote: She left.}\n"
    found = edited((line, ""))
    assert found.gone == {"e-2"}
    again = stored(machine_text(found, FRESH))
    assert [entry["id"] for entry in again.in_force().plain()["entries"]] == ["e-1"]
    assert again.machine.plain()["orphans"] == [{"id": "e-2", "word": "left", "quote": "She left."}]
    assert again.gone == {"e-2"}
    assert machine_text(again, FRESH) == machine_text(found, FRESH)


def test_a_byte_order_mark_stays_above():
    text = "\ufefftitle: Mine\n" + machine_text(None, FRESH)
    assert machine_text(stored(text), FRESH) == text


# --------------------------------------------------------------------------------------------- older schemas


def older(fields, names=("id", "words", "label")):
    """Version 0, made up: `headline` was the title, and `words` the quotation of an entry."""

    def apply(machine: Node) -> Node:
        renamed = {"headline": "title", "words": "quote"}
        top = {renamed.get(name, name): node for name, node in machine.value.items()}
        top["schema"] = Node(schema.SCHEMA, machine.where)
        if "entries" in top:
            items = [
                Node({renamed.get(key, key): value for key, value in item.value.items()}, item.where)
                for item in top["entries"].value
            ]
            top["entries"] = Node(items, machine.where)
        return Node(top, machine.where, dict.fromkeys(top, machine.where))

    return {"0": schema.Migration(apply=apply, entry_fields=names)}


@pytest.mark.parametrize(
    ("changes", "edits"),
    [
        ((), {}),
        ((("headline: Talks", "headline: Peace"),), {"title": "Peace"}),
        ((("headline: Talks\n", ""),), {"title": ""}),
        ((("label: x", "label: y"),), {"entries": [{"id": "e-1", "label": "y"}]}),
        ((("words: They met.", "words: They sat."),), {"entries": [{"id": "e-1", "quote": "They sat."}]}),
    ],
)
def test_an_older_form_is_brought_up_and_edits_in_it_stay_edits(monkeypatch, changes, edits):
    names = ("id", "words", "label")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "ENTRY_FIELDS", names)
        entry = {"id": "e-1", "words": "They met.", "label": "x"}
        text = machine_text(None, {"schema": "0", "headline": "Talks", "entries": [entry]})
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    monkeypatch.setattr(schema, "MIGRATIONS", older(None))
    monkeypatch.setattr("dateline.split.migrate", lambda m, s, p: migrate(m, s, p, older(None)))
    found = stored(text)
    assert found.edits.plain() == edits
    assert found.machine.plain()["schema"] == "1"


def test_a_form_without_a_way_up_is_refused():
    problems = []
    parse_parts(MACHINE_LINE + "schema: 7\n", "content/articles/a.yaml", problems)
    assert [(problem.slug, str(problem.where)) for problem in problems] == [("schema", "content/articles/a.yaml:2:9")]


# --------------------------------------------------------------------------------------------- merges


def merged(ours, theirs, upper=""):
    """A file whose whole machine part is in conflict."""
    ours, theirs = (text.removeprefix(MACHINE_LINE) for text in (ours, theirs))
    return f"{upper}{MACHINE_LINE}<<<<<<< HEAD\n{ours}||||||| base\nschema: 1\n=======\n{theirs}>>>>>>> other\n"


def test_two_sides_of_a_merge_are_put_together():
    first = {**FRESH, "entries": FRESH["entries"][:1]}
    second = {**FRESH, "title": "Other", "entries": FRESH["entries"][1:], "orphans": [{"id": "e-9", "word": "w"}]}
    found = stored(merged(machine_text(None, first), machine_text(None, second)), settle=True)
    assert found.settled
    assert found.edited_below() == frozenset()
    plain = found.machine.plain()
    assert plain["title"] == "Talks"
    assert [entry["id"] for entry in plain["entries"]] == ["e-1", "e-2"]
    assert plain["orphans"] == [{"id": "e-9", "word": "w"}]


def test_an_edit_on_one_side_of_a_merge_stays():
    theirs = machine_text(None, FRESH).replace("label: They met", "label: They sat")
    found = stored(merged(machine_text(None, FRESH), theirs), settle=True)
    assert found.edits.plain() == {"entries": [{"id": "e-1", "label": "They sat"}]}


@pytest.mark.parametrize(
    ("text", "settle", "line", "hint"),
    [
        (merged(MACHINE_LINE, MACHINE_LINE), False, 2, "dateline extract"),
        ("<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> o\n" + MACHINE_LINE, True, 1, "git"),
        (
            merged(*(machine_text(None, FRESH).replace("title: Talks", f"title: {t}") for t in ("A", "B"))),
            True,
            2,
            "git",
        ),
    ],
)
def test_what_only_a_person_can_settle_is_told(text, settle, line, hint):
    problems = []
    parse_parts(text, "content/articles/a.yaml", problems, settle)
    assert [problem.slug for problem in problems] == ["conflict-marker"]
    assert problems[0].where.line == line
    assert hint in problems[0].hint
