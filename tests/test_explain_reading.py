"""What `explain` says of words that name nobody themselves, and what a split does with them."""

from __future__ import annotations

from dataclasses import replace

from dateline.decisions import parse_decisions
from dateline.explain import explain
from dateline.ledger import resolve
from dateline.model import Actor, Article, Corpus, Entry, Participant, Settings, Voice
from dateline.settle import apply

BAJWA = Participant(
    name="",
    role="agent",
    words="the army chief",
    actor="a",
    meaning="Bajwa",
    reason="the only army chief named before",
)
CORPUS = Corpus(
    settings=Settings(),
    articles=(Article(id="one", seed=""),),
    actors=(Actor(id="a", name="Bajwa", kind="person"), Actor(id="b", name="B", kind="person")),
    entries=(
        Entry(
            id="e-1",
            article="one",
            quote="The army chief left.",
            word="left",
            event_class="departure",
            label="The army chief left",
            participants=(BAJWA,),
            voice=Voice(words="the army chief", actor="a"),
        ),
    ),
)


def test_explain_tells_why_words_mean_somebody() -> None:
    line = "agent: a (“the army chief”, read as Bajwa: the only army chief named before)"
    assert line in explain(CORPUS, "e-1")


def test_a_split_of_a_name_takes_what_is_read_as_it_along() -> None:
    decisions, _ = parse_decisions("- split: {from: a, mentions: [Bajwa], into: b}\n")
    ledger, _ = resolve(decisions, CORPUS)
    (entry,) = apply(CORPUS, ledger).entries
    assert entry.voice is not None
    assert (entry.participants[0].actor, entry.voice.actor) == ("b", "b")


def test_explain_tells_the_origins_of_reports_and_where_they_differ() -> None:
    one = Entry(
        id="e-1", article="one", quote="It killed 10, Reuters said.", word="", event_class="attack", label="10 dead"
    )
    two = replace(one, id="e-2", article="two", quote="It killed 12, according to AFP.", happening="e-1")
    three = replace(one, id="e-3", article="three", quote="Twelve died, AFP reported.", happening="e-1")
    articles = tuple(Article(id=id_, seed="", title=id_.title()) for id_ in ("one", "two", "three"))
    told = explain(Corpus(settings=Settings(), articles=articles, entries=(one, two, three)), "e-1")
    assert "  reported: 3 reports, 2 origins\n    two: goes back to AFP, as does “Three”\n" in told
    assert "  reports differ (number): 10 or 12 killed\n    10: e-1 in one\n    12: e-2 in two, e-3 in three\n" in told


def test_explain_tells_what_a_row_weighs_and_why() -> None:
    told = explain(CORPUS, "e-1")
    assert "  weight as a row: 0.18, the mean of\n    0.00 1 report\n    0.90 class departure\n" in told
    assert "    0.00 no date\n    on the timeline of a 0.32, as agent\n" in told


def test_explain_tells_what_in_the_words_makes_each_part_so() -> None:
    (stored,) = CORPUS.entries
    again = replace(
        stored,
        place="Lima",
        participants=(replace(BAJWA, ground="stands before “left”"),),
        grounds=(("voice", "“said”"), ("place", "after “in”")),
    )
    told = explain(CORPUS, "e-1", reread=lambda _: again)
    assert "only army chief named before): stands before “left”\n" in told
    assert "  voice: the army chief states: “said”\n" in told
    assert "after “in”" not in told, "the place that is stored is another"


def test_explain_lists_what_became_no_entry_but_not_without_end() -> None:
    few = explain(CORPUS, "one", find_passed=lambda _: ("held", "fail"))
    assert few.endswith("  told in passing, no entry: “held”, “fail”\n")
    many = explain(CORPUS, "one", find_passed=lambda _: tuple(f"w{at}" for at in range(100)))
    assert many.endswith("“w59” and 40 more\n")
    assert "in passing" not in explain(CORPUS, "one")
