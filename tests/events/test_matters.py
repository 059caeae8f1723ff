"""Named events across articles."""

from __future__ import annotations

from datetime import timedelta

from hand_made import read
from hypothesis import given
from hypothesis import strategies as st

from dateline.events.groups import Times
from dateline.events.matters import JoinedEvents, join_events
from dateline.model import Event, Reading
from dateline.when import UNKNOWN, format, parse


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


# --------------------------------------------------------------------------------------------- what stays apart


def labels(*readings: Reading) -> list[str]:
    return sorted(event.label for event in join(*readings).events)


def test_a_year_s_meeting_is_another_than_the_last_one_s() -> None:
    said = "Brandt attended the Oslo Film Festival."
    yearly = [read(said, article=f"a{year}", published=f"{year}-05-02") for year in (2019, 2020, 2021)]
    assert labels(*yearly) == [f"Oslo Film Festival ({year})" for year in (2019, 2020, 2021)]


def test_two_of_one_name_in_one_year_are_told_apart_by_month() -> None:
    spring = read("Brandt attended the Oslo summit.", article="a", published="2021-02-02")
    autumn = read("Brandt attended the Oslo summit.", article="b", published="2021-09-02")
    assert labels(spring, autumn) == ["Oslo summit (February 2021)", "Oslo summit (September 2021)"]


def test_a_stretch_over_two_years_gives_no_year() -> None:
    early = read("Brandt attended the Oslo summit.", article="a", published="2018-02-02")
    late = read("Brandt attended the Oslo summit.", article="b", published="[2020-09-01..2021-05-01]")
    assert labels(early, late) == ["Oslo summit", "Oslo summit (2018)"]


def test_what_an_article_recalls_is_not_what_another_announces() -> None:
    recalls = read("Brandt recalled the Oslo summit in 2018. The summit was long.", article="a")
    announces = read("Moreno attends the Oslo summit on Monday.", article="b")
    assert labels(recalls, announces) == ["Oslo summit (2018)", "Oslo summit (2021)"]


def test_an_article_dated_before_what_it_tells_as_past() -> None:
    early = read("Brandt recalled the Oslo summit in 2018.", article="a", published="2015-01-01")
    same = read("Moreno recalled the Oslo summit in 2018.", article="b", published="2021-01-01")
    assert labels(early, same) == ["Oslo summit"]


def test_a_withdrawal_goes_on_where_a_conference_has_its_days() -> None:
    first = read("Noor praised the US troop withdrawal.", article="a", published="2021-03-02")
    later = read("Brandt feared the US troop withdrawal.", article="b", published="2021-08-02")
    assert labels(first, later) == ["US troop withdrawal"]


def test_a_similar_meeting_is_another() -> None:
    text = "Moreno attends a meeting in Oslo. Oslo hosted a similar meeting in 2018. Brandt left the meeting."
    assert labels(read(text, published="")) == ["Oslo meeting", "Oslo meeting (2018)"]


def test_one_name_run_together_or_not() -> None:
    one = read("Brandt attended the World Wide Builders Conference.", article="a")
    other = read("Moreno attended the Worldwide Builders Conference.", article="b")
    assert len(join(one, other).events) == 1


def test_a_court_of_appeal_is_no_appeal() -> None:
    reading = read("Moreno praised the Oslo Court of Appeal.")
    assert [event.event_class for event in join(reading).events] in ([], ["conference"])


def test_a_text_joined_of_two_stories_names_two_events() -> None:
    text = "Moreno attended the Oslo summit. The summit was long.\nBrandt signed the Lima accord. The accord holds."
    assert labels(read(text)) == ["Lima accord", "Oslo summit"]


WHENS = st.one_of(
    st.just(UNKNOWN),
    st.builds(lambda a, b: parse(f"2021-{a:02}/2021-{a + b:02}"), st.integers(1, 6), st.integers(1, 6)),
    st.builds(lambda month, on: parse(f"2021-{month:02}-{on:02}"), st.integers(1, 12), st.integers(1, 28)),
)


@given(told=st.lists(WHENS, min_size=1, max_size=5), when=WHENS, days=st.integers(0, 90))
def test_a_time_is_near_several_where_it_is_near_one_of_them(told, when, days):
    times = Times()
    for one in told:
        times.add(one)

    def near(one):
        if not one.known or not when.known:
            return True
        return max(one.first_day - when.last_day, when.first_day - one.last_day) <= timedelta(days)

    assert times.near(when, timedelta(days)) == any(map(near, told))
