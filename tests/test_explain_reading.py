"""What `explain` says of words that name nobody themselves, and what a split does with them."""

from __future__ import annotations

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
