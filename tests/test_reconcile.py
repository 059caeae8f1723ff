from __future__ import annotations

import time

import pytest

from dateline import reconcile
from dateline.model import Entry
from dateline.parts import machine_text
from dateline.seeds import read_text
from dateline.split import parse_parts


def entry(word, quote, id_="", **fields):
    return Entry(id=id_, article="a", quote=quote, word=word, event_class="talks", label=quote, **fields)


def known(*entries):
    return [entry(word, quote, f"e-{number}") for number, (word, quote) in enumerate(entries)]


@pytest.mark.parametrize(
    ("fresh", "old", "matches"),
    [
        # The best pair of each alone would leave one without a partner: together they find both.
        (
            [("met", "a b c d e f"), ("met", "a b c d x y")],
            [("met", "a b c d e x"), ("met", "b e f g h")],
            {0: 1, 1: 0},
        ),
        ([("met", "They met."), ("left", "They met.")], [("left", "They met."), ("met", "They met.")], {0: 1, 1: 0}),
        ([("talks", "The talks in Doha ended.")], [("talk", "The talk in Doha ended.")], {0: 0}),
        ([("talks", "The talks in Doha ended.")], [("visit", "The talks in Doha ended.")], {}),
        ([("met", "“They met”, she said.")], [("met", '"They  met", she said.')], {0: 0}),
    ],
)
def test_entries_are_matched_for_the_best_sum(fresh, old, matches):
    assert reconcile.match_entries([entry(*pair) for pair in fresh], known(*old)) == matches


def test_what_stands_around_decides_between_the_same_words():
    old = [entry("met", "They met.", f"e-{n}", prefix=p) for n, p in enumerate(("On Monday. ", "On Friday. "))]
    fresh = [entry("met", "They met.", prefix="On Friday. "), entry("met", "They met.", prefix="On Monday. ")]
    assert [found.id for found in reconcile.keep_ids(fresh, old, set())] == ["e-1", "e-0"]


def test_thousands_of_entries_in_one_article_are_matched_in_a_moment():
    old = known(*(("met", f"Envoy number{n} met minister name{n * 7} in the city of Doha") for n in range(3000)))
    fresh = [entry("met", f"Envoy number{n} met minister name{n * 7} in Doha") for n in reversed(range(3000))]
    start = time.perf_counter()
    matches = reconcile.match_entries(fresh, old)
    assert time.perf_counter() - start < 10
    assert sum(matches.get(i) == 2999 - i for i in range(3000)) == 3000


# --------------------------------------------------------------------------------------------- orphans

TEXT = "Talks\n\nThe envoys met in Doha on Monday.\n\nNobody left the hall before midnight, witnesses said.\n"


def stored(upper="", entries=(), orphans=(), change=("", "")):
    fields = {"schema": 1, "seed": "a.txt", "entries": list(entries), "orphans": list(orphans)}
    text = upper + machine_text(None, {name: value for name, value in fields.items() if value}).replace(*change)
    problems = []
    found = parse_parts(text, "content/articles/a.yaml", problems)
    assert problems == []
    return found


def document():
    found, _ = read_text(TEXT, "a.txt")
    return found


MET = {"id": "e-met", "word": "met", "quote": "The envoys met in Doha on Monday.", "label": "x"}
LEFT = {"id": "e-left", "word": "left", "quote": "Nobody left the hall before midnight, witnesses said.", "label": "y"}


@pytest.mark.parametrize(
    ("upper", "entries", "orphans", "expected"),
    [
        ("", [MET, LEFT], [], (["e-met"], [], ["e-left"])),
        ("entries:\n- {id: e-left, label: z}\n", [MET, LEFT], [], (["e-met"], ["e-left"], [])),
        ("", [LEFT], [{"id": "e-met", "word": "met", "quote": MET["quote"]}], (["e-met"], [], ["e-left"])),
        ("", [MET], [{"id": "e-old", "word": "fell", "quote": "It fell."}], (["e-met"], [], ["e-old"])),
    ],
)
def test_what_is_no_longer_found_is_kept_or_becomes_an_orphan(upper, entries, orphans, expected):
    fresh = [entry("met", MET["quote"])]
    found = reconcile.reconcile(fresh, stored(upper, entries, orphans), (), document(), {"e-met", "e-left"})
    assert tuple([e.id for e in part] for part in (found.entries, found.kept, found.orphans)) == expected


def test_a_deleted_entry_is_known_again_though_the_extractor_changed():
    below = stored(entries=[MET, LEFT], change=("- {id: e-left", "#"))
    assert below.gone == {"e-left"}
    fresh = [entry("left the hall", LEFT["quote"])]
    found = reconcile.reconcile(fresh, below, (), document(), {"e-met"})
    assert [e.id for e in found.entries] == ["e-left"]


# --------------------------------------------------------------------------------------------- texts


def sketched(*sentences):
    found, _ = read_text("A title of this text\n\n" + "\n\n".join(sentences), "a.txt")
    return reconcile.sketch(found)


SENTENCES = [f"Sentence number {n} tells of something that happened on day {n * 31}." for n in range(40)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (SENTENCES, SENTENCES, True),
        (SENTENCES, [*SENTENCES[:36], "Another end was written for this text."], True),
        (SENTENCES[:2], [SENTENCES[0], "The second one was mended by the desk."], True),
        (SENTENCES[:20], SENTENCES[20:], False),
        (SENTENCES[:16], SENTENCES[12:28], False),
        ([], SENTENCES, False),
    ],
)
def test_texts_are_alike_by_their_sentences(one, other, alike):
    first, second = sketched(*one), sketched(*other)
    assert len(first) <= 64
    assert (reconcile.likeness(first, second) >= 0.5) is alike
    assert reconcile.match_texts({"new": first}, {"old": second}) == ({"new": "old"} if alike else {})
