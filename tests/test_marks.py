"""Edits that people mark with `correction:`: read, kept from all that looks for edits, told to readers."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dateline import build, folders, loading, publish
from dateline.adopt import adopt, adopt_file
from dateline.cards import read_cards
from dateline.edits import Edit
from dateline.parts import machine_text, without_marks
from dateline.problems import ContentError
from dateline.split import parse_parts
from dateline.when import UNKNOWN, parse
from dateline.yamlio import parse_yaml
from trackers import RULES, files_of, make_tracker

FRESH = {
    "schema": 1,
    "title": "Talks",
    "source": "The Example",
    "published": "2021-05-03",
    "entries": [
        {"id": "e-1", "label": "They met", "word": "met", "quote": "They met.", "when": "2021-05-03", "source": "notes", "actors": [{"actor": "ann", "role": "agent"}, {"actor": "mole", "role": "affected"}], "events": ["deal"]},
        {"id": "e-2", "label": "She left", "word": "left", "quote": "She left.", "source": "notes"},
    ],
}  # fmt: skip
ANN = {"schema": 1, "name": "Ann Roe", "kind": "person", "aliases": [{"name": "Roe"}, {"name": "Kabul"}]}
MOLE = {"schema": 1, "name": "Secret Mole", "kind": "person"}
DEAL = {"schema": 1, "label": "The deal", "kind": "instrument", "class": "agreement"}


def tracker_of(folder: Path, article: str = "", decisions: str = "", ann: str = "", deal: str = "") -> Path:
    """A tracker whose files say below the line what stands here, above it what is given."""
    files = {
        "articles/one.yaml": article + machine_text(None, FRESH),
        "actors/ann.yaml": ann + machine_text(None, ANN),
        "actors/mole.yaml": machine_text(None, MOLE),
        "events/deal.yaml": deal + machine_text(None, DEAL),
        "decisions.yaml": decisions,
    }
    text = RULES + "address: https://example.org/\n"
    return make_tracker(folder, text + "".join(f"-- content/{name} --\n{body}" for name, body in files.items()))


def told(tracker: Path) -> list[tuple[str, str, str, str, str]]:
    """What the page of corrections says of each: day, words, was, now, why."""
    publish.render_site(tracker)
    return notices_in(tracker / "site" / "corrections.html")


def notices_in(path: Path) -> list[tuple[str, str, str, str, str]]:
    page = path.read_text("utf-8")
    items = re.findall(r'<li id="correction-\w+">(.*?)</li>', page, re.DOTALL)
    return [
        (
            plain(re.search(r'class="when">(.*?)</span>', item)),
            plain(re.search(r'<span dir="auto">(.*?)</span>', item)),
            plain(re.search(r"<dt>was</dt><dd[^>]*>(.*?)</dd>", item)),
            plain(re.search(r"<dt>now</dt><dd[^>]*>(.*?)</dd>", item)),
            plain(re.search(r"Why: (.*?)</span>", item)),
        )
        for item in items
    ]


def plain(found: re.Match[str] | None) -> str:
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


# --------------------------------------------------------------------------------------------- reading


def test_a_mark_is_of_the_fields_beside_it(tmp_path):
    above = """published: 2021-05-04
place: Oslo
correction: {on: 2021-06-01, why: misprinted}
entries:
- {id: e-1, when: 2021-05-04~, actors: {drop: [mole]}, correction: misread}
- {id: e-2, label: She went}
"""
    edits = loading.load(tracker_of(tmp_path, above)).corpus.edits
    assert edits == (
        Edit(kind="articles", of="one", field="published", was=("2021-05-03",), now=("2021-05-04",), on=parse("2021-06-01"), why="misprinted"),
        Edit(kind="articles", of="one", field="place", was=(), now=("Oslo",), on=parse("2021-06-01"), why="misprinted"),
        Edit(kind="articles", of="one", entry="e-1", field="when", was=("2021-05-03",), now=("2021-05-04~",), on=UNKNOWN, why="misread"),
        Edit(kind="articles", of="one", entry="e-1", field="actors", was=("agent ann", "affected mole"), now=("agent ann",), on=UNKNOWN, why="misread"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("above", "slug", "place", "hint"),
    [
        ("title: A\ncorection: {on: 2021}\n", "unknown-field", "2:1", 'did you mean "correction"?'),
        ("title: A\ncorrection: {onn: 2021}\n", "unknown-field", "2:14", 'did you mean "on"?'),
        ("entries:\n- {id: e-1, when: 2021, corrections: x}\n", "unknown-field", "2:25", 'did you mean "correction"?'),
        ("title: A\ncorrection: {on: 1 June}\n", "bad-date", "2:18", ""),
        ("title: A\ncorrection: {on: 2021/..}\n", "bad-date", "2:18", ""),
        ("title: A\ncorrection: [x]\n", "wrong-type", "2:13", ""),
        ("title: A\ncorrection: {why: [x]}\n", "wrong-type", "2:19", ""),
    ],
)
def test_a_mark_that_cannot_be_read_is_an_error(tmp_path, above, slug, place, hint):
    (problem,) = loading.load(tracker_of(tmp_path, above)).problems
    assert (problem.slug, problem.severity, problem.hint) == (slug, "error", hint)
    assert str(problem.where) == f"content/articles/one.yaml:{place}"
    with pytest.raises(ContentError):
        publish.render_site(tmp_path)


def test_a_mark_below_the_line_is_an_error(tmp_path):
    tracker = tracker_of(tmp_path)
    path = tracker / "content/articles/one.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Talks", "title: Peace\ncorrection: x"), "utf-8")
    found = {problem.slug: problem for problem in loading.check(tracker)}
    assert "above the machine's line" in found["unknown-field"].hint


@pytest.mark.parametrize(
    ("above", "place"),
    [
        ("correction: {on: 2021}\n", "1:13"),
        ("title: A\nentries:\n- {id: e-1, correction: x}\n", "3:25"),
        ("correction: x\nentries:\n- {id: e-1, when: 2021}\n", "1:13"),
    ],
)
def test_a_mark_of_nothing_is_a_warning(tmp_path, above, place):
    (problem,) = loading.load(tracker_of(tmp_path, above)).problems
    assert (problem.slug, problem.severity) == ("idle-correction", "warning")
    assert str(problem.where) == f"content/articles/one.yaml:{place}"
    assert told(tmp_path) == []


# --------------------------------------------------------------------------------------------- no edit itself

MARKED = """# mine
title: Peace
correction: {on: 2021-06-01}
entries:
- {id: e-1, correction: x}
- {id: e-2, label: She went, correction: {why: y}}
"""


def test_a_mark_is_no_edit():
    marked = parse_parts(MARKED + machine_text(None, FRESH), "content/articles/one.yaml", [])
    plain_part = "title: Peace\nentries:\n- {id: e-2, label: She went}\n"
    without = parse_parts(plain_part + machine_text(None, FRESH), "content/articles/one.yaml", [])
    assert marked.touched() == {"title", "entries/e-2"}
    assert marked.edited_below() == frozenset()
    assert marked.in_force().plain() == without.in_force().plain()
    assert machine_text(marked, FRESH) == MARKED + machine_text(None, FRESH)


@pytest.mark.parametrize(
    ("above", "left"),
    [
        ("entries:\n- {id: e-1, correction: x}\n", {}),  # no empty list, which would take the machine's entries away
        ("entries: {drop: [e-1], add: [{id: e-9, label: x, correction: y}]}\n", {"entries": {"drop": ["e-1"], "add": [{"id": "e-9", "label": "x"}]}}),
        ("entries: {drop: [e-1]}\ncorrection: x\n", {"entries": {"drop": ["e-1"]}}),
        ("entries: nonsense\ncorrection: x\n", {"entries": "nonsense"}),
        ("entries: [text, {correction: x}]\n", {"entries": ["text", {}]}),
    ],
)  # fmt: skip
def test_what_is_left_without_marks(above, left):
    assert without_marks(parse_yaml(above, "x")[0]).plain() == left


def test_a_part_without_marks_is_the_same():
    above = parse_yaml("title: x\nentries:\n- {id: e-1, when: 2021}\n", "x")[0]
    assert without_marks(above) is above


def test_an_edit_below_moves_up_beside_a_mark():
    text = machine_text(None, FRESH).replace("label: They met", "label: They sat")
    adopted = adopt_file(parse_parts(MARKED + text, "content/articles/one.yaml", []), "one")
    assert adopted.problems == ()
    upper = MARKED.replace("correction: x}", "correction: x, label: They sat}")
    assert adopted.text.startswith(upper + "--- # machine")
    assert adopted.moved == ("entries/e-1/label",)


def test_building_leaves_marks_and_their_files_alone(run, tmp_path):
    seed = "-- seeds/one.txt --\nTalks open\n\nOslo, 3 May 2021 - Ada Moreno met Tom Brandt in Oslo on Monday.\n"
    tracker = make_tracker(tmp_path / "t", f"{RULES}quote_share: 1\n{seed}")
    build.build(tracker)
    path = tracker / "content/articles/talks-open.yaml"
    machine = path.read_text("utf-8")
    id_ = re.search(r"id: (e-\w+)", machine)[1]
    upper = f"entries:\n- {{id: {id_}, when: 2021-05-02, correction: {{on: 2021-06-01}}}}\n"
    path.write_text(upper + machine, "utf-8")
    before = files_of(tracker / "content")
    code, out, _ = run("-C", tracker, "extract", "--diff")
    assert (code, "correction" in out) == (0, False)
    for _ in range(2):
        build.build(tracker)
        assert files_of(tracker / "content") == before
    assert [problem.slug for problem in loading.check(tracker)] == []
    assert adopt(tracker) == ((), ())
    ((day, words, was, now, _),) = told(tracker)
    assert (day, was, now) == ("1 June 2021", "3 May 2021", "2 May 2021")
    assert words.startswith("The date of “")


def test_kept_files_come_to_the_same(tmp_path):
    tracker = tracker_of(tmp_path, "title: Peace\ncorrection: {on: 2021-06-01, why: x}\n")
    known = loading.load(tracker).filed.edits
    assert known
    for opened in (4, 0):
        cards = read_cards(tracker, folders.load_prints(tracker).look_again())
        assert (cards.opened, cards.corpus.edits) == (opened, known)


# --------------------------------------------------------------------------------------------- what readers see


def test_readers_see_what_was_corrected(tmp_path):
    above = """published: 2021-05-04
source: ""
correction: {on: 2021-06-01, why: misprinted}
entries:
- {id: e-1, when: 2021-05-04~, actors: {drop: [mole]}, correction: {on: 2021-06-02}}
- {id: e-2, course: planned, place: Oslo, correction: {why: misread}}
"""
    ann = "aliases: {drop: [Kabul]}\ncorrection: {on: 2021-06-03}\n"
    tracker = tracker_of(tmp_path, above, ann=ann, deal="part_of: ''\nlabel: Doha deal\ncorrection: {on: 2021-06-04}\n")
    found = told(tracker)
    assert found[0] == ("4 June 2021", "The name of “Doha deal”", "The deal", "Doha deal", "")
    assert found[1] == ("3 June 2021", "The other names of “Ann Roe”", "Roe, Kabul", "Roe", "")
    assert sorted(found[2:4]) == [
        ("2 June 2021", "The date of “They met”", "3 May 2021", "about 4 May 2021", ""),
        (
            "2 June 2021",
            "Who has part in “They met”",
            "Ann Roe (agent), Secret Mole (concerned)",
            "Ann Roe (agent)",
            "",
        ),
    ]
    assert sorted(found[4:6]) == [
        ("1 June 2021", "The date of “Talks”", "3 May 2021", "4 May 2021", "misprinted"),
        ("1 June 2021", "The publisher of “Talks”", "The Example", "nothing", "misprinted"),
    ]
    assert sorted(found[6:]) == [
        ("Undated", "The place of “She left”", "nothing", "Oslo", "misread"),
        ("Undated", "Whether “She left” happened", "happened", "planned", "misread"),
    ]
    site = tracker / "site"
    ids = {name: [of[1] for of in notices_in(site / name)] for name in ("actors/ann-roe.html", "events/doha-deal.html")}
    assert set(ids["actors/ann-roe.html"]) == {found[1][1], found[2][1], found[3][1]}
    assert set(ids["events/doha-deal.html"]) == {found[0][1], found[2][1], found[3][1]}
    assert len(notices_in(site / "articles/talks.html")) == 6
    page = (site / "articles/talks.html").read_text("utf-8")
    assert page.count("See <a") == 4  # those of entries lead to their rows, none to the page itself
    assert page.count(">See ") == 4


def test_feeds_tell_what_has_a_day(tmp_path):
    above = """published: 2021-05-04
correction: {on: 2021-06-01, why: misprinted}
entries:
- {id: e-1, when: 2021-05-02, correction: {on: 2021-06-02}}
- {id: e-2, place: Oslo, correction: x}
"""
    told(tracker_of(tmp_path, above, ann="name: Ann B. Roe\ncorrection: {on: 2021-06-03}\n"))
    atom = "{http://www.w3.org/2005/Atom}"

    def items(name):
        entries = ElementTree.fromstring((tmp_path / "site" / name).read_bytes()).findall(f"{atom}entry")
        return {one.findtext(f"{atom}title"): (one.findtext(f"{atom}updated")[:10], "".join(one.find(f"{atom}content").itertext())) for one in entries}  # fmt: skip

    site = items("feed.xml")
    assert {title: day for title, (day, _) in site.items()} == {
        "They met": "2021-06-02",
        "She left": "2021-05-04",
        "Correction: The date of “Talks”": "2021-06-01",
        "Correction: The name of “Ann B. Roe”": "2021-06-03",
    }
    assert "Correction, 2 June 2021: The date of “They met”: was 3 May 2021, now 2 May 2021" in site["They met"][1]
    line = "Correction, 1 June 2021: The date of “Talks”: was 3 May 2021, now 4 May 2021 (misprinted)"
    assert line in site["Correction: The date of “Talks”"][1]
    assert "Correction: The name of “Ann B. Roe”" in items("actors/ann-b-roe.xml")


def test_what_the_machine_says_itself_is_told_no_more(tmp_path):
    above = "published: 2021-05-03\nsource: ' The Example'\ncorrection: {on: 2021-06-01}\n"
    assert told(tracker_of(tmp_path, above)) == []
    assert loading.load(tmp_path).problems == ()


def test_what_is_dropped_is_not_named(tmp_path):
    above = """title: The Secret Mole speaks
correction: {on: 2021-06-01}
entries:
- {id: e-1, actors: {drop: [mole]}, label: They sat, correction: {on: 2021-06-02}}
- {id: e-2, label: She went, correction: {on: 2021-06-03}}
"""
    assert "Secret Mole" in (
        told(tracker_of(tmp_path, above)) and (tmp_path / "site/corrections.html").read_text("utf-8")
    )
    drops = "- {drop: mole}\n- {drop: e-2}\n- {drop: deal}\n"
    make_tracker(
        tmp_path,
        f"-- content/decisions.yaml --\n{drops}-- content/events/deal.yaml --\nlabel: Hush deal\nkind: instrument\ncorrection: {{on: 2021-06-04}}\n",
    )
    found = told(tmp_path)
    assert [of[1:4] for of in found] == [
        ("The wording of “They sat”", "They met", "They sat"),
        ("The title of “The Secret Mole speaks”", "Talks", "what is not published any more"),
    ]  # who took part is as before, now that one of them is nobody
    machine = FRESH | {"entries": [{**FRESH["entries"][0], "label": "Secret Mole met Ann"}]}
    (tmp_path / "content/articles/one.yaml").write_text(
        "entries:\n- {id: e-1, label: They sat, correction: x}\n" + machine_text(None, machine), "utf-8"
    )
    make_tracker(tmp_path, "-- content/decisions.yaml --\n- {drop: mole}\n- {drop: deal}\n")
    assert told(tmp_path) == [
        ("Undated", "The wording of “They sat”", "what is not published any more", "They sat", "x")
    ]


def test_a_name_that_is_nobodys_is_not_repeated(tmp_path):
    above = "title: Peace\ncorrection: x\n"
    tracker = tracker_of(tmp_path, above, "- {drop: {name: Talks}}\n")
    assert told(tracker) == [("Undated", "The title of “Peace”", "what is not published any more", "Peace", "x")]


def test_what_is_one_by_decision_is_told_on_the_page_that_stays(tmp_path):
    decisions = "- {same: [mole, ann]}\n"
    told(tracker_of(tmp_path, decisions=decisions, ann="wikidata: Q1\ncorrection: {on: 2021-06-01}\n"))
    (notice,) = notices_in(tmp_path / "site/actors/secret-mole.html")
    assert notice[1:4] == ("The Wikidata item of “Secret Mole”", "nothing", "Q1")


def test_what_is_a_persons_own_is_told_as_new(tmp_path):
    above = "entries:\n- {id: e-own, label: They ate, quote: They ate., source: a letter, when: 2021-05-04, correction: {on: 2021-06-01}}\n"
    tracker = tracker_of(tmp_path, above)
    make_tracker(tracker, "-- content/actors/bob.yaml --\nname: Bob Roe\nkind: person\ncorrection: overlooked\n")
    assert told(tracker) == [
        ("1 June 2021", "“They ate” is new", "nothing", "They ate", ""),
        ("Undated", "“Bob Roe” is new", "nothing", "Bob Roe", "overlooked"),
    ]


@pytest.mark.parametrize(
    ("edit", "words", "was", "now"),
    [
        ("negated: true", "Whether “They met” happened", "yes", "no"),
        ("course: cancelled", "Whether “They met” happened", "happened", "cancelled"),
        ("label: They sat", "The wording of “They sat”", "They met", "They sat"),
        ("label: true", "The wording of “true”", "They met", "true"),
        ("voice: {actor: ann, stance: denies}", "Who says “They met”", "nothing", "Ann Roe (denies)"),
        ("voice: a guard", "Who says “They met”", "nothing", "a guard (states)"),
        ("events: []", "The events of “They met”", "The deal", "nothing"),
        ("happening: e-2", "The happening of “They met”", "nothing", "“She left”"),
        ("actors: [{actor: ann, role: mentioned}]", "Who has part in “They met”", "Ann Roe (agent), Secret Mole (concerned)", "Ann Roe (named)"),
        ("when: [2021-05-03..2021-05-05]", "The date of “They met”", "3 May 2021", "some day from 3 to 5 May 2021"),
        ("when: ''", "The date of “They met”", "3 May 2021", "nothing"),
    ],
)  # fmt: skip
def test_each_field_has_its_words(tmp_path, edit, words, was, now):
    edit = edit.replace("[2021-05-03..2021-05-05]", "'[2021-05-03..2021-05-05]'")
    tracker = tracker_of(tmp_path, f"entries:\n- {{id: e-1, {edit}, correction: x}}\n")
    assert told(tracker) == [("Undated", words, was, now, "x")]


@pytest.mark.parametrize("edit", ["salience: 0.1", "suffix: '.'", "when_words: Monday"])
def test_fields_that_no_reader_sees_are_not_told(tmp_path, edit):
    tracker = tracker_of(tmp_path, f"note: mine\ncorrection: x\nentries:\n- {{id: e-1, {edit}, correction: x}}\n")
    assert told(tracker) == []


def test_no_more_of_a_quotation_is_told_than_the_site_quotes(tmp_path):
    long = " ".join(f"w{number}" for number in range(60))
    above = f"entries:\n- {{id: e-1, quote: {long}, word: w1, correction: x}}\n"
    ((_, words, was, now, _),) = told(tracker_of(tmp_path, above))
    assert (words, was) == ("The quotation for “They met”", "They met.")
    assert now.split() == [*long.split()[:40], "…"]


def test_hostile_texts_are_fenced(tmp_path):
    evil = "x\\u202E</dd><script>alert(1)</script>\\u2066&"
    above = f'title: "{evil}"\ncorrection: "{evil}"\n'
    told(tracker_of(tmp_path, above))
    for name in ("corrections.html", "index.html"):
        page = (tmp_path / "site" / name).read_text("utf-8")
        assert "<script>alert" not in page
        assert "\u2066" not in page
        assert re.search(r'<dd dir="auto">x\u202e&lt;/dd&gt;', page)


def test_order_is_by_day_then_by_id(tmp_path):
    above = "title: A\nplace: B\nbyline: C\nurl: https://example.org/x\ncorrection: {on: 2021-06-01}\n"
    told(tracker_of(tmp_path, above, ann="name: D\ncorrection: {on: 2021-06}\n"))
    page = (tmp_path / "site/corrections.html").read_text("utf-8")
    ids = re.findall(r'<li id="correction-(\w+)">', page)
    assert len(ids) == 5
    days = [of[0] for of in notices_in(tmp_path / "site/corrections.html")]
    first = days.index("June 2021")
    assert ids[:first] + ids[first + 1 :] == sorted(ids[:first] + ids[first + 1 :])
