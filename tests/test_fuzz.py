"""Hostile files in `content/`: never a crash, never a hang, and every problem says where it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import build, schema, when
from dateline.checks import check_ids
from dateline.decisions import parse_decisions
from dateline.ledger import resolve
from dateline.model import (
    ACTOR_KINDS,
    Actor,
    Alias,
    Article,
    Corpus,
    Entry,
    Event,
    Participant,
    RoleHeld,
    Settings,
    Voice,
)  # fmt: skip
from dateline.parts import machine_text
from dateline.split import parse_parts
from dateline.store import corpus_of, load_content
from dateline.yamlio import Decoder, format_yaml
from trackers import RULES, make_tracker

ROOT = Path(__file__).parents[1]
NAMES = ["content/articles/a.yaml", "content/actors/a.yaml", "content/events/a.yaml", "content/site.yaml"]
UPPER = b"# Mine.\nnote: mine\nentries:\n- id: e-own\n  label: 'They met'\n  actors: [{actor: a, role: agent}]\n"
LOWER = b"""--- # machine: rewritten by dateline
schema: 1
title: Ministers meet in Doha
published: 2021-04-29
entries:
- {id: e-4k7q2m, label: "They met: so", word: met, quote: "They met", when: 2021-04-28, voice: {words: she}}
- id: e-b
  label: long
  events: [a]
seal: {title: 3f9c, entries/e-4k7q2m: 77d2}
"""
DEMO = [path.read_bytes()[:4000] for path in sorted((ROOT / "content").rglob("*.yaml"))[::5]]
HOSTILE = [
    "&a ", "*a", "&a [*a, *a]", "<<: *a\n", "!!python/object/apply:os.system [x]", "!!binary |\n  eA==", "!t ", "%YAML 9.9\n---\n",
    "%TAG ! x\n", "\t", "\r", "\r\n", "\x00", "\x1b", "\x85", "\u2028", "\ufeff", "---\n", "--- # machine\n", "...\n", "? ", "? [a]\n: b\n",
    "[" * 40, "{" * 40, "- " * 40, "]", "}", "'", '"', '"\\ud800"', '"\\x00"', '"\\U00110000"', "|\n", ">-\n", "|9\n x", "a: " * 30, ": ",
    " #", "@", "`", "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n", "{add: [x], drop: y}", "add: {drop: {add: x}}", "=", "~", "x" * 5000, "entries:\n",
    "id: e-b\n", "schema: 9\n", "seal: x\n", "seal: [a]\n", "seal: {a: [b]}\n", "orphans: [{}]\n", "when: 9999-99-99\n", "when: " + "[" + "2021," * 300 + "]\n",
]  # fmt: skip
FUZZ = settings(deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def mutations(draw) -> bytes:
    """A valid file, cut, doubled and spiked at a few places."""
    data = draw(st.sampled_from([UPPER + LOWER, LOWER, UPPER, UPPER.replace(b"\n", b"\r\n") + LOWER, *DEMO]))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 30)))
        spike = draw(st.sampled_from(HOSTILE).map(str.encode) | st.binary(max_size=4) | st.just(data[at:end] * 2))
        data = data[:at] + spike + data[end:]
    return data


FILES = st.one_of(mutations(), mutations(), st.binary(max_size=300), st.text(max_size=200).map(str.encode))
NOT_TEXT = st.characters(blacklist_categories=("Cs",))


def fuzz(test, long_run: bool, few: int, *strategies) -> None:
    """Run a test on `few` examples; with `--long` on fifty times as many."""
    given(*strategies)(settings(FUZZ, max_examples=few * (50 if long_run else 1))(test))()


def problems_of(tracker: Path):
    """All that is found in a tracker's files; each problem says where, and its line is there."""
    content, loading = load_content(tracker)
    corpus, decoding = corpus_of(content)
    problems = (*loading, *decoding, *check_ids(content))
    lines = {path: (tracker / path).read_bytes().count(b"\n") + 1 for path in {p.where.path for p in problems}}
    for problem in problems:
        where = problem.where
        assert problem.slug
        assert problem.message
        assert where.path in NAMES
        assert 0 < where.line <= lines[where.path], str(where)
        assert where.column or problem.slug in ("conflict-marker", "encoding", "edited-below"), str(where)
    return content, corpus, problems


# --------------------------------------------------------------------------------------------- no crash, no hang


def test_no_file_crashes_the_loader(tmp_path, long_run):
    def load(name: str, data: bytes) -> None:
        for other in NAMES:
            (tracker / other).unlink(missing_ok=True)
        (tracker / name).write_bytes(data)
        problems_of(tracker)

    tracker = make_tracker(tmp_path, "".join(f"-- {name} --\n" for name in NAMES))
    fuzz(load, long_run, 600, st.sampled_from(NAMES), FILES)


def test_no_list_of_decisions_crashes(long_run):
    lines = [b"- same: [a, b]\n", b"- drop: {name: x}\n", b"- rename: {a: b}\n", b"- prefer: {a: {when: 2021}}\n"]
    spikes = st.sampled_from(lines) | st.sampled_from(HOSTILE).map(str.encode) | st.binary(max_size=4)

    def decide(parts: list[bytes]) -> None:
        text = b"".join(parts).decode("utf-8", "replace")
        decisions, problems = parse_decisions(text)
        for problem in (*problems, *resolve(decisions, Corpus(settings=Settings()))[1]):
            assert problem.where.path == "content/decisions.yaml"
            assert 0 < problem.where.line <= text.count("\n") + 1
            assert problem.where.column

    fuzz(decide, long_run, 200, st.lists(spikes, max_size=8))


def test_what_loads_can_be_written_and_keeps_the_upper_bytes(long_run):
    fresh = {"schema": 1, "title": "New", "entries": [{"id": "e-b", "quote": "x"}]}

    def write(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        problems = []
        stored = parse_parts(text, "f.yaml", problems)
        decoder = Decoder()
        schema.decode_entries(stored.in_force(), "f", decoder)
        if problems or decoder.problems:
            return
        again = machine_text(stored, fresh)
        assert again.startswith(stored.upper)
        second = parse_parts(again, "f.yaml", problems)
        assert problems == []
        assert machine_text(second, fresh) == again

    fuzz(write, long_run, 300, FILES)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "x" * 1_000_000,
        "x" * 1_000_000 + ": a",
        "a: |\n" + "  x\n" * 100_000,
        "a: '" + "\n" * 200_000,
        "a: " + "[" * 200_000,
        "a: " + "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(f"k{number}: v\n" for number in range(30_000)),
        "name: x\n" * 30_000,
        "aliases: [" + "x, " * 50_000 + "]",
        "aliases: [" + "{nam: x}, " * 10_000 + "]",
        "entries:\n" + "- {id: e, actors: [b]}\n" * 10_000,
        "a: &a [x]\nb: [" + "*a, " * 20_000 + "]",
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
        "when: [" + "2021," * 100_000 + "]",
        "when: " + "2021-01-01/" * 20_000,
        "when: '[" + "2021," * 100_000 + "2021]'",
        "when: " + "9" * 100_000,
        "#" * 1_000_000,
        "\r" * 300_000 + "a: [",
        "a: x\u2028\n" * 20_000,
        "<" * 500_000,
        "--- # machine" * 50_000,
        "--- # machine\n" * 50_000,
    ],
    ids=lambda text: f"{text[:12]!r}*{len(text)}",
)
@pytest.mark.parametrize("name", NAMES[:3:2])
def test_no_file_hangs_the_loader(tmp_path, name, text):
    tracker = make_tracker(tmp_path, f"-- {name} --\n{text}")
    began = time.process_time()
    problems_of(tracker)
    assert time.process_time() - began < 10


# --------------------------------------------------------------------------------------------- round trips

HOSTILE_NAMES = ["No", "null", "~", "1.0", "- x", "2021-01-01", "a: b", "#x", "../../etc/passwd", "/", "C:\\x", "<script>alert(1)</script>",
                 "&amp;", "{{ x }}", "{% x %}", "'", '"', "\\", "%2e%2e", "--- # machine", "<<<<<<< ours", "a\nb", "\u2028", "\ufeffx",
                 "é", "\u202eabc", "𝒳", " x ", "con", "-", "?", "*a", "&a", "!t", "[a]", "{a}", "|", ">"]  # fmt: skip
WORDS = st.sampled_from(HOSTILE_NAMES) | st.text(NOT_TEXT, min_size=1, max_size=30)
IDS = st.sampled_from([name for name in HOSTILE_NAMES if "\n" not in name]) | st.from_regex(
    r"[a-z0-9-]{1,8}", fullmatch=True
)
DATES = st.sampled_from(["", "2024", "2024-03~", "[2024-03-04..2024-03-10]", "../2024", "2024-03-08?"]).map(when.parse)
PARTS = st.builds(Participant, name=st.just(""), role=st.sampled_from(["agent", "affected"]), words=WORDS, actor=IDS)
ALIASES = st.lists(st.builds(Alias, name=WORDS, articles=st.integers(0, 9), reason=WORDS), max_size=3).map(tuple)
ENTRIES = st.builds(
    Entry, id=IDS, article=st.just("one"), quote=WORDS, prefix=WORDS, suffix=WORDS, word=WORDS, event_class=WORDS, label=WORDS, when=DATES,
    when_words=WORDS, voice=st.none() | st.builds(Voice, words=WORDS, stance=st.just("claims"), actor=IDS), place=WORDS,
    participants=st.lists(PARTS, max_size=2).map(tuple), events=st.lists(IDS, max_size=2).map(tuple), happening=IDS,
)  # fmt: skip
ARTICLES = st.builds(
    Article,
    id=st.just("one"),
    seed=WORDS,
    digest=WORDS,
    title=WORDS,
    source=WORDS,
    byline=WORDS,
    place=WORDS,
    url=WORDS,
    published=DATES,
)
ACTORS = st.builds(
    Actor, id=IDS, name=WORDS, kind=st.sampled_from(ACTOR_KINDS), aliases=ALIASES, wikidata=WORDS,
    roles=st.lists(st.builds(RoleHeld, words=WORDS, articles=st.lists(IDS, max_size=2).map(tuple)), max_size=2).map(tuple),
)  # fmt: skip
EVENTS = st.builds(
    Event,
    id=IDS,
    label=WORDS,
    kind=st.just("process"),
    event_class=WORDS,
    aliases=ALIASES,
    when=DATES,
    place=WORDS,
    part_of=IDS,
)


def read_back(fields):
    """Fields through a file in its two parts, as they are read again."""
    problems = []
    stored = parse_parts(machine_text(None, fields), "f.yaml", problems)
    assert problems == []
    assert stored.edited_below() == frozenset()
    return stored.in_force()


def test_records_survive_a_file(long_run):
    def article(record, entries) -> None:
        entries = list({entry.id: entry for entry in entries}.values())
        node, decoder = read_back(schema.encode_article(record, entries, "x")), Decoder()
        assert schema.decode_article(node, "one", decoder) == record
        assert schema.decode_entries(node, "one", decoder) == tuple(entries)
        assert decoder.problems == []

    def actor(record) -> None:
        decoder = Decoder()
        assert schema.decode_actor(read_back(schema.encode_actor(record)), record.id, decoder) == record
        assert decoder.problems == []

    def event(record) -> None:
        decoder = Decoder()
        assert schema.decode_event(read_back(schema.encode_event(record)), record.id, decoder) == record
        assert decoder.problems == []

    fuzz(article, long_run, 60, ARTICLES, st.lists(ENTRIES, max_size=2))
    fuzz(actor, long_run, 60, ACTORS)
    fuzz(event, long_run, 60, EVENTS)


FILE_NAMES = [name for name in HOSTILE_NAMES if "/" not in name and "\n" not in name and "\\" not in name]


@pytest.mark.parametrize("kind", ["actors", "events"])
def test_names_of_files_and_records_survive_a_build(tmp_path, kind):
    """A hand-kept tracker whose ids and names look like YAML, paths and HTML."""
    tracker = make_tracker(
        tmp_path, RULES + "-- content/articles/one.yaml --\ntitle: One\nsource: X\npublished: 2021-04-29\n"
    )
    (tracker / f"content/{kind}").mkdir()
    field = "name" if kind == "actors" else "label"
    for number, name in enumerate(FILE_NAMES):
        text = format_yaml({field: f"{name} {number}", "note": name})
        (tracker / f"content/{kind}/{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    ids = ", ".join(f'"{part}"' for part in (name.replace('"', '\\"') for name in FILE_NAMES))
    listed = f"actors: [{ids}]" if kind == "actors" else f"events: [{ids}]"
    entry = f"entries:\n- id: e-one\n  label: They met\n  when: 2021-04-28\n  {listed}\n"
    path = tracker / "content/articles/one.yaml"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8", newline="\n")
    outcome = build.build(tracker)
    assert outcome.problems == ()
    assert {record.id for record in getattr(outcome.corpus, kind)} == set(FILE_NAMES)
    for page in (tracker / "site").rglob("*.html"):
        assert page.resolve().is_relative_to((tracker / "site").resolve())
        assert "<script>alert" not in page.read_text(encoding="utf-8")
