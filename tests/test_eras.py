"""Where events stand in time, which ones are neighbours, and the list of all of them by year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import article, entry, who
from dateline import when
from dateline.eras import SHOWN, Era, find_neighbours
from dateline.folders import template_dirs
from dateline.gaps import stretch_of
from dateline.model import Actor, Appointment, Corpus, Event, Settings
from dateline.pages import plan
from dateline.render import render
from dateline.views import EventView, IndexView

ACTORS = tuple(Actor(id=id, name=id.title(), kind="group") for id in ("union", "city", "port", "guild", "bank"))


def event(id: str, day: str = "", part_of: str = "", **fields: object) -> Event:
    made = Event(id=id, label=f"The {id}", kind="occasion", event_class="talks", when=when.parse(day), part_of=part_of)
    return replace(made, **fields)


def told(n: int, of: str, day: str = "", actors=("union", "city"), **fields: object):
    return entry(f"e-{n:03}", "a", f"They met {n} times.", "met", f"Meeting {n}", day, participants=who(*((id, "agent") for id in actors)), events=(of,), **fields)  # fmt: skip


def site_of(*events: Event, entries=()):
    known = Corpus(
        settings=Settings(), articles=(article("a", "2021-05-01"),), entries=entries, actors=ACTORS, events=events
    )
    site, problems = plan(known)
    assert problems == ()
    return {page.path: page for page in site.pages}


def view_of(pages, id: str) -> EventView:
    view = pages[f"events/the-{id}.html"].view
    assert isinstance(view, EventView)
    return view


def sides(view: EventView):
    return tuple([(of.event.text, of.reason) for of in side] for side in (view.before, view.after))


def test_neighbours_are_parts_of_the_same_larger_event():
    events = [event("process"), *(event(f"round{n}", f"2021-0{n}-05", "process") for n in (1, 2, 3, 4))]
    strange = event("other", "2021-02-20")
    rows = [told(n, of.id) for n, of in enumerate((*events, strange))]
    pages = site_of(*events, strange, entries=tuple(rows))
    why = "also part of The process"
    assert sides(view_of(pages, "round3")) == ([("The round2", why)], [("The round4", why)])
    # On the side on which no part fits, events with the same main actors stand in.
    assert sides(view_of(pages, "round1")) == ([], [("The round2", why)])
    assert sides(view_of(pages, "round4")) == ([("The round3", why)], [])
    early = event("strike", "2020-12-24")
    pages = site_of(*events, early, entries=(*rows[:-1], told(50, "strike")))
    assert sides(view_of(pages, "round1"))[0] == [("The strike", "also with City and Union")]


def test_without_a_larger_event_they_share_two_main_actors_or_the_only_one():
    rows = (
        told(1, "first", actors=("union", "city", "port")),
        told(2, "second", actors=("union", "guild")),
        told(3, "third", actors=("union", "port")),
        told(4, "alone", actors=("port",)),
    )
    events = (event("first", "2021-01"), event("second", "2021-02"), event("third", "2021-03"), event("alone", "2021-04"))  # fmt: skip
    pages = site_of(*events, entries=rows)
    assert sides(view_of(pages, "third")) == ([("The first", "also with Port and Union")], [])
    assert sides(view_of(pages, "second")) == ([], [])
    assert sides(view_of(pages, "alone")) == ([("The third", "also with Port")], [])


def test_nobody_is_a_main_actor_before_his_equals():
    five = ("bank", "city", "guild", "port", "union")
    pages = site_of(
        event("one", "2021-01"), event("two", "2021-02"), entries=(told(1, "one", actors=five), told(2, "two", actors=five))
    )  # fmt: skip
    assert sides(view_of(pages, "one")) == ([], [])


DATES = [
    # the date of another part of the same event → on which side of 14 May 2021 it stands
    ("2021-05-13", "before"),
    ("2021-05-15", "after"),
    ("2021-05-14", ""),
    ("2021-05", ""),
    ("2021", ""),
    ("2020", "before"),
    ("2021-04~", ""),  # about April may be May
    ("2021-03~", "before"),
    ("2021-03?", ""),  # nobody told it
    ("[2021-05-10..2021-05-13]", "before"),
    ("[2021-05-10..2021-05-16]", ""),
    ("../2021-05-01", "before"),
    ("2021-05-01/..", ""),
    ("2021-06-01/..", "after"),
    ("", ""),
]


@pytest.mark.parametrize(("day", "side"), DATES)
def test_before_and_after_are_only_what_surely_is(day, side):
    events = (event("all"), event("here", "2021-05-14", "all"), event("there", day, "all"))
    view = view_of(site_of(*events), "here")
    found = {"before": bool(view.before), "after": bool(view.after)}
    assert [name for name, there in found.items() if there] == ([side] if side else [])


def test_what_may_be_the_nearest_stands_beside_it():
    days = {"here": "2021-05-14", "day": "2021-04-20", "month": "2021-04", "past": "2021-03-31", "older": "2020"}
    pages = site_of(event("all"), *(event(id, day, "all") for id, day in days.items()))
    # Nobody can say which of the two in April came last; March is over before either.
    assert [of.event.text for of in view_of(pages, "here").before] == ["The month", "The day"]


def test_an_event_is_neither_before_nor_after_what_it_is_part_of():
    events = (event("deal", "2021-01-01"), event("pullout", "2021-02-01", "deal"), event("last", "2021-03-01", "pullout"))  # fmt: skip
    pages = site_of(*events, entries=tuple(told(n, of.id) for n, of in enumerate(events)))
    assert [sides(view_of(pages, id)) for id in ("deal", "pullout", "last")] == [([], [])] * 3


def test_an_event_without_a_date_stands_at_the_span_of_what_happened():
    rows = (
        told(1, "talks", "2021-03-04"),
        told(2, "talks", "2021-02"),
        told(3, "talks", "2021-09", course="planned"),
        told(4, "plan", "2021-08-01", course="planned"),
        told(5, "dark"),
    )
    known = ("all", "talks", "plan", "dark")
    pages = site_of(*(event(id, part_of="all" if id != "all" else "") for id in known), entries=rows)
    (near,) = view_of(pages, "talks").after
    assert (near.event.text, near.era.of, near.era.date.words, near.era.state) == (
        "The plan", "happenings: ", "1 August 2021", "planned",
    )  # fmt: skip
    (near,) = view_of(pages, "plan").before
    assert (near.era.date.edtf, near.era.state) == ("2021-02/2021-03-04", "")
    assert sides(view_of(pages, "dark")) == ([], [])


def test_a_plan_is_told_as_one_until_a_report_tells_it_as_held():
    history = (Appointment(course="planned", article="a"), Appointment(course="postponed", article="a"))
    events = (event("all"), event("first", "2021-01", "all"), event("moot", "2021-05-14", "all", history=history))
    assert view_of(site_of(*events), "first").after[0].era.state == "postponed"
    held = view_of(site_of(*events, entries=(told(1, "moot", "2021-05-14"),)), "first")
    assert held.after[0].era.state == ""


EVENTS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 4), st.integers(-1, 9), st.sampled_from(["union", "city", "port"])),
    max_size=10,
)


@given(given=EVENTS)
def test_no_other_part_lies_between_neighbours(given):
    """By the definition itself, on small examples: month and length of each, what it is part of, whom it is of."""
    events = {str(n): event(str(n), part_of=str(of) if of >= 0 else "") for n, (_, _, of, _) in enumerate(given)}
    eras = {}
    for n, (month, months, _, _) in enumerate(given):
        span = when.lasted(when.parse(f"2021-0{month}"), when.parse(f"2021-{min(12, month + months):02}"))
        eras[str(n)] = Era(when=span, own=True, state="", stretch=stretch_of(span))
    mains = {str(n): (actor,) for n, (*_, actor) in enumerate(given)}
    found = find_neighbours(events, eras, mains)

    def above(id):
        up = []
        while events.get(id) and events[id].part_of in events and len(up) < 8:
            id = events[id].part_of
            up.append(id)
        return up

    for id, of in events.items():
        first, last = eras[id].stretch
        others = [o for o in events if o != id and o not in above(id) and id not in above(o)]
        kin = [o for o in others if of.part_of and events[o].part_of == of.part_of]
        company = [o for o in others if mains[o] == mains[id]]
        before = [[o for o in some if eras[o].stretch[1] < first] for some in (kin, company)]
        after = [[o for o in some if eras[o].stretch[0] > last] for some in (kin, company)]
        nearest = [
            {o for o in some if not any(eras[z].stretch[0] > eras[o].stretch[1] for z in some)}
            for some in [next(filter(None, before), [])]
        ]
        nearest += [
            {o for o in some if not any(eras[z].stretch[1] < eras[o].stretch[0] for z in some)}
            for some in [next(filter(None, after), [])]
        ]
        shown = [[o for o, _ in side] for side in found.get(id, ((), ()))]
        for side, all_of in zip(shown, nearest, strict=True):
            assert set(side) <= all_of
            assert len(side) == min(SHOWN, len(all_of)) == len(set(side))


def test_ten_thousand_events_of_one_actor_are_placed_at_once():
    events = {f"{n:05}": event(f"{n:05}", part_of=f"{n - 1:05}") for n in range(10_000)}
    span = when.parse("2021")
    eras = {id: Era(when=span, own=True, state="", stretch=stretch_of(span)) for id in events}
    assert find_neighbours(events, eras, dict.fromkeys(events, ("union",))) == {}


# --------------------------------------------------------------------------------------------- by year


def index(pages, path: str) -> IndexView:
    view = pages[path].view
    assert isinstance(view, IndexView)
    return view


def test_events_stand_under_the_year_in_which_they_began():
    rows = (told(1, "talks", "2020-12-30"), told(2, "talks", "2021-01-04"))
    events = (event("late", "2021-05-14"), event("talks"), event("early", "2021"), event("dark"), event("war", "201X"))
    pages = site_of(*events, entries=rows)
    view = index(pages, "chronology/index.html")
    assert [(group.title, [(of.link.text, of.note, of.count) for of in group.items]) for group in view.groups] == [
        ("2010", [("The war", "the 2010s", 0)]),
        ("2020", [("The talks", "happenings: 30 December 2020 to 4 January 2021", 2)]),
        ("2021", [("The early", "2021", 0), ("The late", "14 May 2021", 0)]),
        ("Date not known", [("The dark", "", 0)]),
    ]
    assert [of.path for of in view.ways] == ["events/index.html"]
    assert [of.path for of in index(pages, "events/index.html").ways] == ["chronology/index.html"]
    assert {group.id for group in view.groups} == {""}


def test_a_list_of_years_leads_to_the_years_of_a_longer_list():
    pages = site_of(*(event(f"n{n}", f"{2000 + n % 5}") for n in range(31)))
    groups = index(pages, "chronology/index.html").groups
    assert [group.id for group in groups] == [f"at-{year}" for year in range(2000, 2005)]


def test_many_events_have_a_page_for_each_year():
    events = [event(f"n{n}", f"{2000 + n % 2}") for n in range(500)] + [event(f"u{n}") for n in range(401)]
    pages = site_of(*events)
    years = index(pages, "chronology/index.html")
    assert [(of.link.text, of.link.path, of.count) for of in years.groups[0].items] == [
        ("2000", "chronology/2000.html", 250),
        ("2001", "chronology/2001.html", 250),
        ("Date not known", "chronology/undated.html", 400),
        ("Date not known, part 2", "chronology/undated/2.html", 1),
    ]
    assert (pages["chronology/index.html"].template, years.counted) == ("lists.html", "event")
    assert sum(len(group.items) for group in index(pages, "chronology/2000.html").groups) == 250
    assert pages["chronology/2001.html"].title == "Events of 2001"
    assert [(of.text, of.path) for of in index(pages, "chronology/2001.html").ways] == [
        ("Earlier: 2000", "chronology/2000.html"),
        ("Later: Date not known", "chronology/undated.html"),
        ("All years", "chronology/index.html"),
    ]


def test_no_page_of_years_is_heavy():
    labels = [f"{n:03} " + "a long road to a settlement " * 4 for n in range(600)]
    events = tuple(
        Event(id=f"n{n}", label=label.strip(), kind="process", event_class="talks", when=when.parse("2021"))
        for n, label in enumerate(labels)
    )
    site, _ = plan(Corpus(settings=Settings(), events=events))
    pages = tuple(page for page in site.pages if page.path.startswith("chronology/"))
    files, problems = render(replace(site, pages=pages, files=()), template_dirs(Path(__file__).parents[1]))
    assert problems == ()
    sizes = {path: len(data) for path, data in files.items() if path.startswith("chronology/")}
    assert sorted(sizes) == ["chronology/2021.html", "chronology/2021/2.html", "chronology/index.html"]
    assert max(sizes.values()) <= 300_000
