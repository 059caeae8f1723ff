"""The larger events as lines of a story."""

from __future__ import annotations

from dataclasses import replace

from corpora import article, entry, story_corpus
from dateline.model import Corpus, Event, Settings
from dateline.storylines import find_lines, storylines_of
from dateline.timelines import stack_rows
from dateline.views import Storyline


def event(id: str, part_of: str = "") -> Event:
    return Event(id=id, label=id.title(), kind="process", event_class="talks", part_of=part_of)


def lines(*events: Event) -> dict[str, tuple[str, str]]:
    return find_lines({of.id: of for of in events})


def lines_of(corpus: Corpus) -> list[Storyline]:
    return list(storylines_of(stack_rows(corpus)))


def test_an_event_stands_under_the_largest_that_it_is_part_of():
    found = lines(event("whole"), event("part", "whole"), event("piece", "part"), event("other", "nobody-knows"))
    assert found == {
        "whole": ("whole", "whole"),
        "part": ("whole", "part"),
        "piece": ("whole", "part"),
        "other": ("other", "other"),
    }


def test_events_that_are_part_of_each_other_are_part_of_nothing():
    found = lines(event("a", "b"), event("b", "a"), event("c", "a"), event("self", "self"))
    assert found == {"a": ("a", "a"), "b": ("b", "b"), "c": ("a", "c"), "self": ("self", "self")}


def test_a_chain_of_ten_thousand_events_is_one_line():
    chain = [event(str(n), str(n + 1)) for n in range(10_000)] + [event("10000")]
    assert set(lines(*chain).values()) == {("10000", "9999"), ("10000", "10000")}


def test_a_storyline_holds_what_belongs_to_its_parts():
    dispute, law = lines_of(story_corpus(50))
    assert (dispute.event.text, dispute.event.path, dispute.kind) == (
        "Port dispute",
        "events/port-dispute.html",
        "process",
    )
    assert [(part.event.text, part.count) for part in dispute.parts] == [("Dock strike", 15), ("Wage deal", 10)]
    assert dispute.count == 15 + 10 + 7
    assert (dispute.reports, dispute.independent) == (20, 18)  # two of twenty papers copied
    assert dispute.span.words == f"{dispute.first.words} to {dispute.last.words}"
    assert law.parts == ()


def test_turning_points_lead_to_the_page_where_they_stand():
    corpus = story_corpus(50)
    stack = stack_rows(corpus)
    for line in storylines_of(stack):
        points = line.turning_points
        assert 2 <= len(points) <= 4
        order = [stack.places[of.row.id] for of in points]
        assert order == sorted(order)
        for of in points:
            kind, id = stack.subjects[of.link.path]
            assert kind == "events"
            assert of.row.id in stack.of((kind, id))


def told(event: str, n: int, label: str, day: str, event_class: str, of: str = "a"):
    return entry(f"{event}-{n:03}", of, f"{label}.", "x", label, day, event_class=event_class, events=(event,))


def test_events_are_chosen_by_weight_and_not_by_how_often_they_are_told():
    words = ("gate", "tower", "bridge", "harbour", "school", "station", "market")
    loud = [told("loud", n, "The mayor says it again", f"2020-01-{n % 28 + 1:02}", "statement") for n in range(200)]
    grave = [
        told(f"grave{k}", n, f"Bombs hit the {word} {k}", f"2020-0{n + 1}-11", "attack")
        for k in range(6)
        for n, word in enumerate(words)
    ]
    corpus = Corpus(
        settings=Settings(),
        articles=(article("a", "2021-01-01"),),
        entries=tuple(loud + grave),
        events=(event("loud"), *(event(f"grave{k}") for k in range(6))),
    )
    assert [line.event.text for line in lines_of(corpus)] == [f"Grave{k}" for k in range(6)]


def test_a_row_of_several_events_is_a_turning_point_once():
    corpus = story_corpus(50)
    both = [replace(of, events=("dispute", "law")) if of.events == ("dispute",) else of for of in corpus.entries]
    points = [of.row.id for line in lines_of(replace(corpus, entries=tuple(both))) for of in line.turning_points]
    assert len(set(points)) == len(points)


def test_plans_do_not_stretch_a_storyline():
    entries = [told("v", n, f"Word{n} falls", f"2020-0{n + 1}-01", "attack") for n in range(3)]
    plan = replace(told("v", 9, "Peace is to come", "../2030-01-01", "agreement"), course="planned")
    corpus = Corpus(
        settings=Settings(), articles=(article("a", "2020-06-01"),), entries=(*entries, plan), events=(event("v"),)
    )
    (line,) = lines_of(corpus)
    assert (line.span.words, line.span.edtf) == ("1 January to 1 March 2020", "2020-01-01/2020-03-01")
    assert (line.first.edtf, line.last.edtf, line.count) == ("2020-01-01", "2020-03-01", 4)


def test_small_events_make_no_line():
    entries = [told("v", n, f"Word{n} falls", "", "attack") for n in range(2)]
    corpus = Corpus(
        settings=Settings(), articles=(article("a"),), entries=tuple(entries), events=(event("v"), event("w"))
    )
    assert lines_of(corpus) == []


def test_a_row_of_a_part_is_not_looked_for_on_the_page_of_a_stranger():
    corpus = story_corpus(50)
    twice = [replace(of, events=("law", "deal")) if of.events == ("deal",) else of for of in corpus.entries]
    dispute = next(
        line for line in lines_of(replace(corpus, entries=tuple(twice))) if line.event.text == "Port dispute"
    )
    deal = next(part for part in dispute.parts if part.event.text == "Wage deal")
    pages = {of.link.path for of in (*dispute.turning_points, *deal.turning_points)}
    assert "events/wage-deal.html" in pages
    assert "events/harbour-law.html" not in pages
