from __future__ import annotations

import pytest

from dateline import build
from dateline.adopt import adopt, adopt_file
from dateline.parts import MACHINE_LINE, machine_text
from dateline.problems import UsageError
from dateline.split import parse_parts
from trackers import RULES, files_of, make_tracker

FRESH = {
    "schema": 1,
    "title": "Talks",
    "source": "The Example",
    "entries": [
        {"id": "e-1", "label": "They met", "word": "met", "quote": "They met.", "when": "2021-05"},
        {"id": "e-2", "label": "She left", "word": "left", "quote": "She left."},
    ],
}
SECOND = "- {id: e-2, label: She left, word: left, quote: She left.}\n"


def stored(text):
    problems = []
    found = parse_parts(text, "content/articles/a.yaml", problems)
    assert problems == []
    return found


def adopted(upper, *changes):
    text = machine_text(None, FRESH)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    before = stored(upper + text)
    return before, adopt_file(before, "a", ["They met.", "She left."])


@pytest.mark.parametrize(
    ("upper", "change", "expected"),
    [
        ("", ("title: Talks", "title: Peace"), "title: Peace\n"),
        ("# mine\nplace: Doha  # so\n", ("title: Talks", "title: Peace"), "# mine\nplace: Doha  # so\ntitle: Peace\n"),
        ("place: Doha\n", ("source: The Example\n", ""), 'place: Doha\nsource: ""\n'),
        ("place: Doha\r\n", ("title: Talks", "title: Peace"), "place: Doha\r\ntitle: Peace\r\n"),
        ("  place: Doha\n", ("title: Talks", "title: Peace"), "  place: Doha\n  title: Peace\n"),
        ("{place: Doha}\n", ("title: Talks", "title: Peace"), "{place: Doha, title: Peace}\n"),
        ("note: |\n  a\n  b\n\n", ("title: Talks", "title: Peace"), "note: |\n  a\n  b\n\ntitle: Peace\n"),
        ("\ufeffplace: Doha\n", ("title: Talks", "title: Peace"), "\ufeffplace: Doha\ntitle: Peace\n"),
        ("", ("label: They met", "label: They sat"), "entries:\n- {id: e-1, label: They sat}\n"),
        ("", (", when: 2021-05", ""), 'entries:\n- {id: e-1, when: ""}\n'),
        (
            "entries:\n- id: e-2  # hers\n  label: x  # why\n\n# the end\nplace: Doha\n",
            ("label: They met", "label: They sat"),
            "entries:\n- id: e-2  # hers\n  label: x  # why\n- id: e-1\n  label: They sat\n\n# the end\nplace: Doha\n",
        ),
        (
            "entries:\n  - id: e-1\n    label: x\n  - id: e-2\n    label: y\n",
            ("when: 2021-05", "when: 2022-05"),
            "entries:\n  - id: e-1\n    label: x\n    when: 2022-05\n  - id: e-2\n    label: y\n",
        ),
        (
            "entries:\n- {id: e-1, label: x}  # so\n",
            ("when: 2021-05", "when: 2022-05"),
            "entries:\n- {id: e-1, label: x, when: 2022-05}  # so\n",
        ),
        (
            "entries: [{id: e-2, label: x}]\n",
            ("when: 2021-05", "when: 2022-05"),
            "entries: [{id: e-2, label: x}, {id: e-1, when: 2022-05}]\n",
        ),
        ("entries: []\n", ("when: 2021-05", "when: 2022-05"), "entries: [{id: e-1, when: 2022-05}]\n"),
    ],
)
def test_an_edit_goes_up_and_all_else_stays(upper, change, expected):
    before, found = adopted(upper, change)
    assert found.problems == ()
    after = stored(found.text)
    assert after.upper == expected
    assert after.edited_below() == frozenset()
    assert after.touched() == before.touched()
    mine, theirs = before.in_force().plain(), after.in_force().plain()
    assert {k: v for k, v in theirs.items() if v and k != "entries"} == {
        k: v for k, v in mine.items() if k != "entries"
    }


def test_an_added_entry_goes_up_as_a_whole():
    own = "- {id: e-own, label: Mine, quote: She left., word: left}\n"
    _, found = adopted("", (SECOND, SECOND + own))
    after = stored(found.text)
    assert after.upper == "entries:\n- {id: e-own, label: Mine, quote: She left., word: left}\n"
    assert [entry["id"] for entry in after.machine.plain()["entries"]] == ["e-1", "e-2"]


def test_a_deleted_entry_becomes_a_drop_with_its_words():
    _, found = adopted("", (SECOND, ""))
    (drop,) = found.drops
    assert (drop.verb, drop.of) == ("drop", ("e-2",))
    assert (drop.evidence.article, drop.evidence.word, drop.evidence.quote) == ("a", "left", "She left.")
    after = stored(found.text)
    assert after.gone == frozenset()
    assert after.machine.plain()["orphans"] == [{"id": "e-2", "word": "left", "quote": "She left."}]


@pytest.mark.parametrize(
    ("upper", "change", "line"),
    [
        ("# x\ntitle: Mine\n", ("title: Talks", "title: Peace"), 2),
        ("entries:\n- {id: e-1, label: mine}\n", ("label: They met", "label: They sat"), 2),
        ("entries:\n- {id: e-2, label: mine}\n", (SECOND, ""), 4),
    ],
)
def test_what_is_edited_on_both_sides_is_told_and_stays(upper, change, line):
    before, found = adopted(upper, change)
    assert [(problem.slug, problem.where.line) for problem in found.problems] == [("edited-twice", line)]
    after = stored(found.text)
    assert after.upper == upper
    assert after.edits.plain() == before.edits.plain()
    assert after.gone == before.gone


def test_a_part_that_nothing_can_be_put_into_is_left():
    before, found = adopted("place: Doha\n...\n", ("title: Talks", "title: Peace"))
    assert [problem.slug for problem in found.problems] == ["not-adopted"]
    assert stored(found.text).upper == before.upper
    assert stored(found.text).edited_below() == {"title"}


STORY = (
    RULES
    + """-- seeds/2021-04-29-one.txt --
Ministers meet in Doha

DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday.

Roe visited Madrid last month.
"""
)


def pages_of(tracker):
    return files_of(tracker / "site")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("articles/ministers-meet-in-doha", "title: Ministers meet in Doha", "title: A meeting"),
        ("articles/ministers-meet-in-doha", "published: 2021-04-29\n", ""),
        ("articles/ministers-meet-in-doha", "  when: 2021-04-28\n", "  when: 2021-04-27\n"),
        ("actors/jane-roe", "kind: person", "kind: group"),
    ],
)
def test_after_adopting_a_build_changes_no_page(tmp_path, file, before, after):
    tracker = make_tracker(tmp_path, STORY)
    build.build(tracker)
    path = tracker / f"content/{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    build.build(tracker)
    pages = pages_of(tracker)
    moved, problems = adopt(tracker)
    assert (len(moved), problems) == (1, ())
    build.build(tracker)
    assert pages_of(tracker) == pages
    assert adopt(tracker) == ((), ())
    if after:
        assert after.strip() in path.read_text(encoding="utf-8").partition(MACHINE_LINE)[0]


def test_a_deleted_entry_stays_away_after_adopting(tmp_path):
    tracker = make_tracker(tmp_path, STORY)
    build.build(tracker)
    path = tracker / "content/articles/ministers-meet-in-doha.yaml"
    text = path.read_text(encoding="utf-8")
    items = text[text.index("entries:\n") : text.index("seal:\n")].split("\n- ")
    gone = next(item for item in items[1:] if "word: visited" in item)
    path.write_text(text.replace("\n- " + gone.rstrip("\n"), "", 1), encoding="utf-8")
    build.build(tracker)
    pages = pages_of(tracker)
    assert not any(
        b"visited Madrid" in data
        for name, data in pages.items()
        if name.startswith("actors/") and name.endswith(".html")
    )
    adopt(tracker, ["content/articles/ministers-meet-in-doha.yaml"])
    assert "drop: e-" in (tracker / "content/decisions.yaml").read_text(encoding="utf-8")
    build.build(tracker)
    assert pages_of(tracker) == pages


def test_a_name_that_is_no_file_is_refused(tmp_path):
    tracker = make_tracker(tmp_path, STORY)
    with pytest.raises(UsageError):
        adopt(tracker, ["content/actors/nobody.yaml"])
