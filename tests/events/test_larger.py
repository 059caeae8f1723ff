"""Which event is part of which: each example of the list is a test, named by file and line."""

from __future__ import annotations

import re

import pytest
from hand_made import read

from dateline.events.circles import untangled
from dateline.events.larger import find_ties
from dateline.events.matters import join_events
from dateline.model import Event, Reading
from dateline.rules import read_table

ROWS = read_table("en/events/larger.tsv")
MARKS = str.maketrans("", "", "[]{}")


def events(*readings: Reading) -> dict[str, Event]:
    joined = join_events(readings, [entry for reading in readings for entry in reading.entries])
    return {event.label: event for event in joined.events}


@pytest.mark.parametrize("row", ROWS, ids=[f"larger.tsv:{row.line}" for row in ROWS])
def test_examples(row):
    part, larger = re.search(r"\[(.*?)\]", row["example"]), re.search(r"\{(.*?)\}", row["example"])
    assert part
    assert larger
    ties = [(tie.part, tie.larger, tie.sort) for tie in find_ties(read(row["example"].translate(MARKS)))]
    assert ties == [(part.group(1), larger.group(1), row["sort"])]
    if row["counter"]:
        assert list(find_ties(read(row["counter"]))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Moreno attended the Lima talks. Brandt praised the Oslo process.",
        "The Lima talks are no longer part of the Oslo process.",
        "The Doha deal was signed under the Oslo agreement.",  # one deal is no part of another
        "The Oslo summit was held under the Lima talks.",  # nothing is laid down in talks
        "",
    ],
)
def test_what_says_nothing_of_parts(text):
    assert list(find_ties(read(text))) == []


def test_what_opens_the_sentence_may_be_the_larger_event():
    ties = list(find_ties(read("Under the Doha deal, the US troop withdrawal began in May.")))
    assert [(tie.part, tie.larger, tie.words) for tie in ties] == [
        ("US troop withdrawal", "Doha deal", "“Under the Doha deal”")
    ]


def test_a_numbered_round_is_an_event_and_part_of_the_talks():
    text = "The third round of the Lima talks opened on Monday. Brandt recalled the second round of the Lima talks."
    found = events(read(text))
    assert sorted(found) == ["Lima talks", "second round of the Lima talks", "third round of the Lima talks"]
    for label in ("second round of the Lima talks", "third round of the Lima talks"):
        assert found[label].part_of == "lima-talks"
        assert found[label].part_reason.startswith(f"“{label.split(' of')[0]} of the Lima talks”")
    assert found["Lima talks"].part_of == ""


def test_rounds_of_one_number_meet_across_articles_and_others_do_not():
    one = read("Moreno attended the third round of the Lima talks.", article="a")
    other = read("Brandt left the third round of the Lima talks.", article="b", published="2021-05-02")
    later = read("Noor led the fourth round of the Lima talks.", article="c", published="2021-06-02")
    joined = join_events([one, other, later], [e for r in (one, other, later) for e in r.entries])
    told = {event.id: {entry[0] for entry, ids in joined.ids.items() if event.id in ids} for event in joined.events}
    assert told == {
        "lima-talks": {"a", "b", "c"},
        "third-round-of-the-lima-talks": {"a", "b"},
        "fourth-round-of-the-lima-talks": {"c"},
    }


def test_the_plainest_words_win_and_say_how_many_articles_have_them():
    one = read("Moreno attended the Lima talks, part of the Oslo process.", article="a")
    other = read("Brandt left the Lima talks as part of the Oslo process.", article="b", published="2021-05-02")
    aims = read("Noor led the Lima talks to restart the Doha process.", article="c", published="2021-05-03")
    found = events(one, other, aims)["Lima talks"]
    assert (found.part_of, found.part_reason) == ("oslo-process", "“part of the Oslo process”, so in 2 articles")


def test_a_name_that_no_entry_is_about_still_says_what_it_is_part_of():
    one = read("Moreno praised the Oslo process.", article="a")
    other = read("Brandt attended the Lima talks. The aim of the Lima talks is reviving the Oslo process.", article="b")
    assert events(one, other)["Lima talks"].part_of == "oslo-process"


def test_talks_of_one_name_with_a_process_are_part_of_it():
    text = "Moreno joined the intra-Peruvian talks. Brandt attended the Peruvian peace process."
    found = {tie.part: (tie.larger, tie.sort) for tie in find_ties(read(text))}
    assert found == {"intra-Peruvian talks": ("Peruvian peace process", "name")}


def test_nothing_becomes_part_of_itself():
    one = read("Brandt attended the Lima talks. The Lima talks are part of the Oslo process.", article="a")
    other = read("Brandt praised the Oslo process. The Oslo process is part of the Lima talks.", article="b")
    found = events(one, other)
    assert sorted(event.part_of for event in found.values()) == ["", "oslo-process"]


def test_circles_are_cut_where_no_person_said_so():
    assert untangled({"a": "b", "b": "c", "c": "a"}, {"c"}) == {"c": "a", "a": "b"}
    assert untangled({"a": "a"}) == {}
    assert untangled({"a": "b", "b": "a"}, {"a", "b"}) == {"a": "b"}
    chain = {f"{n:04}": f"{n + 1:04}" for n in range(3000)}
    assert untangled(chain) == chain
