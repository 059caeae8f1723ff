from __future__ import annotations

from dataclasses import replace

import pytest

from dateline import checks, loading, quotes, seeds, store
from dateline.model import Entry
from dateline.parts import machine_text
from dateline.text import fold
from trackers import make_tracker

TEXT = "They said “we will go” on\u00a0Monday in Doha, and nobody objected.\n\nThe hall was empty by noon, witnesses told us."


@pytest.mark.parametrize(
    ("quote", "word", "expected"),
    [
        ('They said "we will go" on Monday', "said", True),
        ("They said “we will go” on Monday", "go", True),
        ("They said “we will stay” on Monday", "said", False),
        ("They said “we will go” on Monday", "stay", False),
        ("", "", False),
    ],
)
def test_a_quotation_is_found_again_by_its_words(quote, word, expected):
    entry = Entry(id="e-1", quote=quote, word=word, event_class="x", label="x")
    assert checks.is_supported(entry, fold(TEXT)) is expected
    assert checks.is_supported(replace(entry, word="x" * 9), fold(TEXT)) is False


def article(upper, quote):
    entry = {"id": "e-1", "label": "x", "word": "objected", "quote": quote}
    machine = machine_text(None, {"schema": 1, "seed": "a.txt", "entries": [entry]})
    return f"-- content/articles/a.yaml --\n{upper}{machine}"


def found_in(folder):
    content, loading = store.load_content(folder)
    corpus, decoding = store.corpus_of(content)
    assert (loading, decoding) == ((), ())
    return checks.check_quotations(seeds.read_seeds(folder / "seeds").documents, content, corpus)


@pytest.mark.parametrize(
    ("upper", "quote", "expected"),
    [
        ("", "nobody objected", []),
        ("", "somebody objected", [("warning", "content/articles/a.yaml:5:8")]),
        ("entries:\n- {id: e-1, label: mine}\n", "nobody objected", []),
        ("entries:\n- {id: e-1, label: mine}\n", "somebody objected", [("error", "content/articles/a.yaml:2:8")]),
    ],
)
def test_a_quotation_that_does_not_stand_in_the_text_is_told(tmp_path, upper, quote, expected):
    make_tracker(tmp_path, f"-- seeds/a.txt --\n{TEXT}\n{article(upper, quote)}")
    unsupported, problems = found_in(tmp_path)
    assert [(problem.severity, str(problem.where)) for problem in problems] == expected
    assert unsupported == (frozenset({"e-1"}) if expected else frozenset())


def test_the_nearest_sentence_is_offered(tmp_path):
    upper = "entries:\n- id: e-1\n  quote: The hall was full by noon, witnesses told us.\n  word: told\n"
    make_tracker(tmp_path, f"-- seeds/a.txt --\n{TEXT}\n{article(upper, 'nobody objected')}")
    _, problems = found_in(tmp_path)
    assert problems[0].hint == "nearest: “The hall was empty by noon, witnesses told us.”"


def test_an_article_without_its_text_is_taken_as_it_is(tmp_path):
    make_tracker(tmp_path, article("", "somebody objected"))
    assert found_in(tmp_path) == (frozenset(), ())


@pytest.mark.parametrize(
    ("files", "message", "place"),
    [
        (
            "-- content/articles/a.yaml --\nentries:\n- id: e-1\n  actors: [x]\n",
            'no actor "x"',
            "content/articles/a.yaml:3:12",
        ),
        (
            "-- content/articles/a.yaml --\nentries:\n- id: e-1\n  events: [x]\n",
            'no event "x"',
            "content/articles/a.yaml:3:12",
        ),
        (
            "-- content/articles/a.yaml --\nentries:\n- id: e-1\n  voice: {words: w, actor: x}\n",
            'no actor "x"',
            "content/articles/a.yaml:3:28",
        ),
        (
            "-- content/articles/a.yaml --\nentries:\n- id: e-1\n  happening: e-2\n",
            'no entry "e-2"',
            "content/articles/a.yaml:3:14",
        ),
        ("-- content/events/a.yaml --\npart_of: b\n", 'no event "b"', "content/events/a.yaml:1:10"),
    ],
)
def test_ids_that_lead_nowhere_are_told_with_their_place(tmp_path, files, message, place):
    content, _ = store.load_content(make_tracker(tmp_path, files))
    problems = checks.check_ids(content)
    assert [(problem.slug, str(problem.where)) for problem in problems] == [("dangling-id", place)]
    assert message in problems[0].message


# --------------------------------------------------------------------------------------------- what has lost its ground


LOCKED = Entry(id="e-1", article="a", quote="nobody objected", word="objected", event_class="", label="")


@pytest.mark.parametrize(
    ("upper", "quote", "severities"),
    [
        ("", "nobody objected", []),
        ("", "somebody objected", ["warning"]),
        ("entries:\n- {id: e-1, quote: Somebody objected}\n", "nobody objected", ["error"]),
    ],
)
def test_a_lock_stands_in_for_an_absent_text(tmp_path, upper, quote, severities):
    machine = article(upper, quote).replace("seed: a.txt\n", f"seed: a.txt\ndigest: {'0' * 32}\n")
    content, _ = store.load_content(make_tracker(tmp_path, machine))
    corpus, _ = store.corpus_of(content)
    lock = frozenset({("0" * 32, quotes.digest_of(LOCKED))})
    unsupported, problems = checks.check_quotations((), content, corpus, lock)
    assert [problem.severity for problem in problems] == severities
    assert len(unsupported) == len(severities)
    assert checks.check_quotations((), content, corpus) == (frozenset(), ())


@pytest.mark.parametrize(
    ("entry", "fields", "told"),
    [
        ("{id: e-1, label: x}", "", True),
        ("{id: e-1, label: x, source: The Example}", "", False),
        ("{id: e-1, label: x, note: Editor’s note on this}", "", False),
        ("{id: e-1, label: x}", "source: The Example\n", False),
        ("{id: e-1, label: x}", "url: https://example.org/\n", False),
    ],
)
def test_an_entry_by_hand_names_its_source(tmp_path, entry, fields, told):
    content, _ = store.load_content(
        make_tracker(tmp_path, f"-- content/articles/a.yaml --\n{fields}entries:\n- {entry}\n")
    )
    corpus, problems = store.corpus_of(content)
    assert problems == ()
    found = [(problem.slug, problem.severity) for problem in checks.check_sources(content, corpus)]
    assert found == ([("no-source", "warning")] if told else [])


@pytest.mark.parametrize(
    ("upper", "hint"),
    [
        ("entries:\n- {id: e-2, when: 2021}\n", "nearest: e-1 “x”"),
        ("entries:\n- {id: e-lost, when: 2021}\n", "it is an orphan; its words were: “They fell.”"),
        ("entries:\n- {id: quite-other, when: 2021}\n", "give it a quotation"),
        ("entries:\n- {id: e-2, quote: nobody objected}\n", None),
        ("entries:\n- {id: e-1, when: 2021}\n", None),
    ],
)
def test_a_change_of_an_entry_that_is_not_there_is_told(tmp_path, upper, hint):
    entries = [{"id": "e-1", "label": "x", "word": "objected", "quote": "nobody objected"}]
    orphans = [{"id": "e-lost", "word": "fell", "quote": "They fell."}]
    machine = machine_text(None, {"schema": 1, "entries": entries, "orphans": orphans})
    content, _ = store.load_content(make_tracker(tmp_path, f"-- content/articles/a.yaml --\n{upper}{machine}"))
    problems = checks.check_overlays(content)
    assert [(problem.slug, problem.where.line) for problem in problems] == ([("unknown-entry", 2)] if hint else [])
    assert all(hint in problem.hint for problem in problems)
    assert [problem.slug for problem in checks.check_orphans(content)] == ["orphan"]


@pytest.mark.parametrize(
    ("decisions", "found"),
    [("", [("maybe-same", "warning", "content/actors/jane-roe.yaml")]), ("- different: [jane-roe, jane-roe-2]\n", [])],
)
def test_actors_that_may_be_one_are_listed_until_somebody_decides(tmp_path, decisions, found):
    actors = "".join(
        f"-- content/actors/{name}.yaml --\nname: Jane Roe\nkind: person\n" for name in ("jane-roe", "jane-roe-2")
    )
    make_tracker(tmp_path, f"{actors}-- content/decisions.yaml --\n{decisions}")
    told = [(p.slug, p.severity, p.where.path) for p in loading.check(tmp_path) if p.slug == "maybe-same"]
    assert told == found
