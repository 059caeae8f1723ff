"""Named events across articles."""

from __future__ import annotations

from hand_made import read

from dateline.events.matters import JoinedEvents, join_events
from dateline.model import Event, Reading
from dateline.when import format, parse


def join(*readings: Reading, stored: tuple[Event, ...] = ()) -> JoinedEvents:
    return join_events(readings, [entry for r in readings for entry in r.entries], stored)


FIRST = read(
    "Moreno attended the Istanbul Conference. The conference was postponed. The moot was postponed.", article="a"
)
SECOND = read("Brandt attended the Istanbul summit on Monday.", article="b", published="2021-05-02")


def test_one_event_with_all_its_names() -> None:
    joined = join(FIRST, SECOND)
    (event,) = joined.events
    assert (event.id, event.label, event.kind) == ("istanbul-conference", "Istanbul Conference", "occasion")
    names = {alias.name for alias in event.aliases}
    assert {"the conference", "the moot", "Istanbul summit"} <= names
    assert all(alias.reason and alias.articles for alias in event.aliases)
    assert {entry[0] for entry in joined.ids} == {"a", "b"}
    assert set(joined.ids.values()) == {("istanbul-conference",)}


def test_far_apart_meetings_of_one_name_are_two() -> None:
    later = read("Brandt attended the Istanbul Conference.", article="c", published="2023-05-02")
    joined = join(FIRST, later)
    assert sorted(event.label for event in joined.events) == [
        "Istanbul Conference (2021)",
        "Istanbul Conference (2023)",
    ]


def test_own_dates_that_differ_keep_agreements_apart() -> None:
    one = read("Moreno signed the February 29, 2020 deal.", article="a")
    other = read("Brandt signed the deal reached in Doha in 2018.", article="b")
    assert len(join(one, other).events) == 2


def test_demonyms_and_countries_are_one_word() -> None:
    one = read("The US will withdraw its troops in May.", article="a")
    other = read("Noor praised the withdrawal of American troops in May.", article="b")
    assert [event.label for event in join(one, other).events] == ["US troop withdrawal"]


def test_an_event_without_entry_is_none() -> None:
    assert join(read("# The Istanbul Conference\nNothing is new.")).events == ()


def test_stored_events_keep_their_id_and_label() -> None:
    stored = Event(id="summit-1", label="Istanbul Conference", kind="occasion", event_class="conference")
    joined = join(FIRST, SECOND, stored=(stored,))
    assert [(event.id, event.label) for event in joined.events] == [("summit-1", "Istanbul Conference")]


def test_a_stored_event_of_another_time_is_another() -> None:
    stored = Event(id="deal", label="Doha deal", kind="instrument", event_class="agreement", when=parse("2005-01-01"))
    reading = read("Moreno signed the Doha deal in 2018.")
    (event,) = join(reading, stored=(stored,)).events
    assert (event.id, format(event.when)) == ("doha-deal", "2018")


def test_order_of_articles_changes_nothing() -> None:
    assert join(FIRST, SECOND) == join(SECOND, FIRST)


def test_nothing_gives_nothing() -> None:
    assert join() == JoinedEvents(events=(), ids={})
