"""Main actors and events of the home page: by recent reports, reckoned from the newest one."""

from __future__ import annotations

from datetime import date

from corpora import article, entry, who
from dateline.model import Actor, Corpus, Event, Settings
from dateline.pages import plan
from dateline.recent import recent
from dateline.views import HomeView

ACTORS = tuple(Actor(id=id, name=id.title(), kind="group") for id in ("old", "new", "twice", "both"))
EVENTS = (
    Event(id="strike", label="Strike", kind="process", event_class="protest"),
    Event(id="fire", label="Fire", kind="occasion", event_class="disaster"),
)


def home(articles, entries) -> HomeView:
    corpus = Corpus(settings=Settings(), articles=articles, entries=entries, actors=ACTORS, events=EVENTS)
    site, problems = plan(corpus)
    assert problems == ()
    view = next(page.view for page in site.pages if page.path == "index.html")
    assert isinstance(view, HomeView)
    return view


def told(n: int, of: str, actors: tuple[str, ...], event: str):
    return entry(f"e-{n:02}", of, f"They met {n} times.", "met", f"Meeting {n}", participants=who(*((id, "agent") for id in actors)), events=(event,))  # fmt: skip


def story(recent_reports: int):
    """Twenty reports of 2018 tell of old, ten or fewer of 2019 of new; one of these tells two things of twice."""
    past = tuple(article(f"p{n:02}", f"2018-05-{n + 1:02}") for n in range(20))
    now = tuple(article(f"r{n:02}", f"2019-03-{n + 1:02}") for n in range(recent_reports))
    entries = [told(n, of.id, ("old",), "strike") for n, of in enumerate(past)]
    entries += [told(40 + n, of.id, ("new",), "fire") for n, of in enumerate(now)]
    entries += [told(60 + n, "r00", ("twice",), "fire") for n in range(2)]
    return home((*past, *now), tuple(entries))


def test_main_actors_and_events_are_those_of_recent_reports():
    view = story(12)
    # The newest report is of 12 March 2019, and ninety days end with it.
    assert view.ranked_by == "Reports since 13 December 2018"
    assert [(of.link.text, of.count) for of in view.actors] == [("New", 12), ("Twice", 1)]
    assert [(of.link.text, of.count) for of in view.events] == [("Fire", 12)]


def test_all_reports_count_where_too_few_are_recent():
    view = story(9)
    assert view.ranked_by == "Reports, of 29 in all"
    assert [(of.link.text, of.count) for of in view.actors] == [("Old", 20), ("New", 9), ("Twice", 1)]


def test_of_two_with_as_many_reports_the_one_of_more_happenings_stands_first():
    entries = (
        told(1, "a", ("both",), "fire"),
        told(2, "a", ("both", "new"), "fire"),
        told(3, "a", ("new",), "strike"),
        told(4, "a", ("new",), "strike"),
    )
    view = home((article("a", "2021"),), entries)
    assert [(of.link.text, of.count) for of in view.actors] == [("New", 1), ("Both", 1)]
    assert view.ranked_by == ""  # one report is no ranking


def test_a_report_counts_by_the_first_day_that_it_may_be_of():
    days = [article(f"d{n}", f"2021-03-{n + 10}") for n in range(12)]
    coarse = [article("year", "2021"), article("month", "2021-03"), article("none"), article("by", "../2021-03-20")]
    since, found = recent([*days, *coarse])
    assert since == date(2020, 12, 22)
    assert found == {*(of.id for of in days), "year", "month"}


def test_a_tracker_whose_reports_are_all_recent_says_all():
    assert recent([article(f"d{n}", f"2021-03-{n + 10}") for n in range(12)])[0] is None
    assert recent([]) == (None, frozenset())
    assert recent([article("first", "0001-01-02"), article("none")]) == (None, {"first", "none"})
