"""Timelines hold: one order, no row twice, a short form of existing rows, silences only where nothing lies."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import article, entry, story_corpus, who
from dateline import when
from dateline.model import Actor, Corpus, Entry, Event, Preferred, Settings
from dateline.pages import plan
from dateline.timelines import stack_rows
from dateline.views import ActorView, EventView, Gap, KeyRow, Period, Row, Timeline, YearView

DATES = [
    "", "", "2019", "2019~", "2019?", "2019-01", "2019-01-01", "2019-01-01/..", "../2019-01", "../2019", "2019-01-01/2020-05-05",
    "[2019-01-01..2019-01-09]", "2019-02-03", "2019-12-31", "2019-12-31/2020-01-04", "2020-05-17", "2020/2021-05", "202X", "20XX",
    "[2019-03-01,2020-03-01]", "2021-01~", "2021-07-01", "2021-07-02", "2023-11",
]  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """A corpus of up to 40 happenings of one actor, told in up to three articles each; half of them of one event."""
    entries: list[Entry] = []
    for n in range(draw(st.integers(1, 40))):
        first = entry(
            f"e-{draw(st.integers(0, 9))}{n:02}",
            draw(st.sampled_from("abc")),
            "They met.",
            "met",
            draw(st.sampled_from(["They met", "The council met in Rome", "A mayor fell", "Nine died"])),
            draw(st.sampled_from(DATES)),
            event_class=draw(st.sampled_from(["meeting", "death", "price", "unheard of"])),
            participants=who(("c", draw(st.sampled_from(["agent", "affected", "mentioned"])))),
            events=("v",) if draw(st.booleans()) else (),
            course=draw(st.sampled_from(["occurred", "occurred", "planned", "hypothetical"])),
            salience=draw(st.sampled_from([0.0, 0.3, 0.9])),
        )
        entries.append(first)
        for of in draw(st.lists(st.sampled_from("abc"), max_size=2, unique=True)):
            again = entry(
                f"{first.id}-{of}", of, "Met.", "Met", "Met", draw(st.sampled_from(DATES)), event_class="meeting"
            )
            entries.append(replace(again, happening=first.id, participants=first.participants, events=first.events))
    chosen = Preferred(happening=entries[0].id, when=when.parse("2020-05-17"))
    return Corpus(
        settings=Settings(),
        articles=tuple(article(id, f"2021-0{n}-01", title=f"Report {id}") for n, id in enumerate("abc", 1)),
        entries=tuple(draw(st.permutations(entries))),
        actors=(Actor(id="c", name="Council", kind="organisation"),),
        events=(Event(id="v", label="Session", kind="process", event_class="meeting"),),
        preferred=(chosen,) if draw(st.booleans()) else (),
    )


def walk(period: Period) -> list[Row]:
    return [*period.rows, *(row for part in period.periods for row in walk(part))]


def rows_of(timeline: Timeline) -> list[Row]:
    return [row for period in timeline.periods for row in walk(period)]


def gaps_of(timeline: Timeline) -> list[Gap]:
    def inside(period: Period) -> list[Gap]:
        return [*period.gaps, *(gap for part in period.periods for gap in inside(part))]

    return [gap for period in timeline.periods for gap in inside(period)]


def timelines_of(corpus: Corpus) -> list[Timeline]:
    site, problems = plan(corpus)
    assert problems == ()
    views = [page.view for page in site.pages]
    found = [view.timeline for view in views if isinstance(view, ActorView | EventView | YearView)]
    return found + [view.mentioned for view in views if isinstance(view, ActorView)]


def place(row: Row) -> tuple[object, ...]:
    """DESIGN §4: earliest start, then coarser first, then id; a date without a start where its last unit begins."""
    happened = when.parse(row.happened.edtf)
    if not happened.known:
        return (1, row.id)
    start = happened.start or when.parse(row.happened.edtf.removeprefix("../")).start
    assert start is not None
    return (0, start, -happened.last_day.toordinal(), row.id)


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_every_page_is_in_one_order_and_has_no_row_twice(corpus):
    for timeline in timelines_of(corpus):
        rows = rows_of(timeline)
        assert [row.id for row in rows] == [row.id for row in sorted(rows, key=place)]
        assert len({row.id for row in rows}) == len(rows) == timeline.total
        known = [row.happened.edtf != "" for row in rows]
        assert known == sorted(known, reverse=True)
    site, _ = plan(corpus)
    for page in site.pages:
        if isinstance(page.view, ActorView):
            ids = [row.id for row in (*rows_of(page.view.timeline), *rows_of(page.view.mentioned))]
            assert len(set(ids)) == len(ids)


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_a_short_form_is_of_existing_rows_in_their_order(corpus):
    for timeline in timelines_of(corpus):
        short, rows = list(timeline.short), rows_of(timeline)
        assert len(short) <= 6
        assert not short or timeline.total > 12
        order = [row.id for row in rows]
        places = [order.index(of.row.id) for of in short]
        assert places == sorted(set(places))
        assert all(of.row is rows[at] and of.link.fragment == of.row.id for of, at in zip(short, places, strict=True))


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_no_silence_is_told_where_a_date_may_lie(corpus):
    stretches = {id: brief.stretch for id, brief in stack_rows(corpus).briefs.items()}
    for timeline in timelines_of(corpus):
        rows = [row for row in rows_of(timeline) if stretches[row.id]]
        for gap in gaps_of(timeline):
            at = [row.id for row in rows].index(gap.after)
            before = max(stretches[row.id][1] for row in rows[: at + 1])
            assert all(stretches[row.id][0] > before for row in rows[at + 1 :])


@settings(deadline=None, max_examples=25)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_timeline(corpus, chance):
    mixed = list(corpus.entries)
    chance.shuffle(mixed)
    assert timelines_of(corpus) == timelines_of(replace(corpus, entries=tuple(mixed)))


def union_of(rows: int) -> Timeline:
    site, _ = plan(story_corpus(rows))
    view = next(page.view for page in site.pages if page.path == "actors/harbour-union.html")
    assert isinstance(view, ActorView)
    return view.timeline


def labels(short: tuple[KeyRow, ...]) -> list[str]:
    return [of.row.label for of in short]


def test_a_timeline_of_five_rows_needs_no_short_form():
    timeline = union_of(5)
    assert timeline.short == ()
    assert [gap.words for gap in gaps_of(timeline)] == ["No dated reports for 7 months"]


def test_a_timeline_of_fifty_rows_has_four_that_tell_it():
    timeline = union_of(50)
    assert len(timeline.short) == 4
    kinds = [label.translate(str.maketrans("", "", "0123456789")) for label in labels(timeline.short)]
    assert len(set(kinds)) == 4  # ten kinds of things come round; none is told twice
    days = [when.parse(of.row.happened.edtf).first_day for of in timeline.short]
    assert all((after - before).days >= 80 for before, after in pairwise(days))
    assert [gap.after for gap in gaps_of(timeline)] == ["e-0019"]


def test_a_timeline_of_five_hundred_rows_leads_to_the_pages_of_its_key_rows():
    site, _ = plan(story_corpus(500))
    pages = {page.path: page.view for page in site.pages}
    view = pages["actors/harbour-union.html"]
    assert isinstance(view, ActorView)
    assert len(view.timeline.short) == 6
    for of in view.timeline.short:
        year = pages[of.link.path]
        assert isinstance(year, YearView)
        assert of.link.fragment in [row.id for row in rows_of(year.timeline)]
        assert of.row.status == ""
    months = [pages[f"actors/harbour-union/2019-{month:02}.html"] for month in range(2, 9)]
    assert [gap.after for month in months for gap in gaps_of(month.timeline)] == ["e-0199"]  # in August
    assert [bool(month.timeline.short) for month in months] == [True] * 6 + [False]  # August has two rows


def test_rows_that_only_name_an_actor_break_a_silence_but_need_not_end_it():
    weekly = ["2020-01-01", "2020-01-08", "2020-01-15", "2020-09-01", "2020-09-08"]
    entries = [
        entry(f"e-{n}", "a", "They met.", "met", "They met", day, participants=who(("c", "agent")))
        for n, day in enumerate(weekly)
    ]
    named = entry("n", "a", "They met.", "met", "They met", "2020-02-01", participants=who(("c", "mentioned")))
    corpus = Corpus(
        settings=Settings(),
        articles=(article("a", "2020-09-09"),),
        entries=(*entries, named),
        actors=(Actor(id="c", name="Council", kind="organisation"),),
    )
    timeline = timelines_of(corpus)[0]
    assert gaps_of(timeline) == [Gap(after="e-2", words="No reports for 6 months")]  # since 2 February


def dated(*dates: str) -> Timeline:
    """The timeline of one actor with a happening for each date; ids in the order given."""
    entries = (
        entry(f"e-{n:03}", "a", "They met.", "met", "They met", day, participants=who(("c", "agent")))
        for n, day in enumerate(dates)
    )
    corpus = Corpus(
        settings=Settings(),
        articles=(article("a", "2021-09-09"),),
        entries=tuple(entries),
        actors=(Actor(id="c", name="Council", kind="organisation"),),
    )
    return timelines_of(corpus)[0]


def test_months_do_not_part_what_the_order_puts_before_a_whole_year():
    later = [f"2021-05-{day:02}" for day in range(1, 15)]
    (year,) = dated("2021-01", "2021", "2021-01-01/2022-05-05", "2021-01-01/..", *later).periods
    assert [row.happened.edtf for row in year.rows] == ["2021-01-01/..", "2021-01-01/2022-05-05", "2021"]
    assert [(part.title, len(part.rows)) for part in year.periods] == [("January 2021", 1), ("May 2021", 14)]


def test_what_covers_the_same_days_stands_in_the_order_of_ids():
    assert [row.id for row in rows_of(dated("2021?", "2021~", "2021", "2021-01-01/2021-12-31"))] == [
        "e-000",
        "e-001",
        "e-002",
        "e-003",
    ]
