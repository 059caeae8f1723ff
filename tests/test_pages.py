"""The plan of a site: which pages there are, what their views say, and in which order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpora import ACTORS, ARTICLES, CORPUS, ENTRIES, EVENTS, article, entry, large_corpus, who
from dateline import when
from dateline.addresses import assign_addresses
from dateline.model import (
    Actor,
    Corpus,
    Event,
    Preferred,
    RoleHeld,
    Settings,
    Span,
    Voice,
)
from dateline.pages import find_collisions, plan
from dateline.plan import Page
from dateline.rows import quote_of
from dateline.rules import read_table
from dateline.views import (
    AboutView,
    ActorView,
    ArticleView,
    DifferencesView,
    EventView,
    HomeView,
    IndexView,
    Link,
    Period,
    Quote,
    Row,
    YearView,
)

ROOT = Path(__file__).parents[1]


def pages_of(corpus: Corpus) -> dict[str, Page]:
    site, problems = plan(corpus)
    assert problems == ()
    return {page.path: page for page in site.pages}


def view_of(corpus: Corpus, path: str) -> object:
    return pages_of(corpus)[path].view


def actor_view(corpus: Corpus, slug: str) -> ActorView:
    view = view_of(corpus, f"actors/{slug}.html")
    assert isinstance(view, ActorView)
    return view


def rows_of(corpus: Corpus, slug: str) -> list[Row]:
    """The rows of an actor's timeline as a reader meets them."""
    return [row for period in actor_view(corpus, slug).timeline.periods for row in walk(period)]


def walk(period: Period) -> list[Row]:
    return [*period.rows, *(row for part in period.periods for row in walk(part))]


def one_row(**fields: object) -> Row:
    """The row of one entry about one actor, in one dated article."""
    told = entry(
        "e-1", "a", "On Monday the council met in Rome.", "met", "The council met", participants=who(("c", "agent"))
    )
    corpus = Corpus(
        settings=Settings(),
        articles=(article("a", "2021-04-29", title="A report"),),
        entries=(replace(told, **fields),),
        actors=(Actor(id="c", name="Council", kind="organisation"),),
    )
    return rows_of(corpus, "council")[0]


def text_of(quote: Quote) -> str:
    marked = (f"*{piece.text}*" if piece.marked else piece.text for piece in quote.pieces)
    return ("…" if quote.cut_before else "") + "".join(marked) + ("…" if quote.cut_after else "")


# --------------------------------------------------------------------------------------------- which pages there are


def test_every_record_that_readers_can_meet_has_a_page():
    paths = set(pages_of(CORPUS))
    assert {"index.html", "about.html", "404.html"} <= paths
    assert {"actors/index.html", "events/index.html", "articles/index.html"} <= paths
    assert "actors/zalmay-khalilzad.html" in paths
    assert "events/doha-deal.html" in paths
    assert "articles/an-undated-note.html" in paths
    assert len([path for path in paths if path.startswith("articles/")]) == len(ARTICLES) + 1
    assert "actors/never-seen.html" not in paths  # no article names them


def test_the_order_of_the_corpus_changes_nothing():
    backwards = replace(CORPUS, articles=ARTICLES[::-1], actors=ACTORS[::-1], events=EVENTS[::-1])
    home = "index.html"
    assert sorted(pages_of(backwards)) == sorted(pages_of(CORPUS))
    assert pages_of(backwards)[home] == pages_of(CORPUS)[home]
    assert pages_of(backwards)["actors/pakistan.html"] == pages_of(CORPUS)["actors/pakistan.html"]


NAMES = [
    # (id, name) of each actor → its address
    ([("a", "Jane Doe")], ["jane-doe"]),
    ([("john", "John Smith"), ("john-2", "John Smith")], ["john", "john-2"]),
    ([("jane", "JANE DOE"), ("x", "Jane Doe")], ["jane", "x"]),
    ([("jane-doe", "Else"), ("b", "Jane Doe")], ["else", "jane-doe"]),
    ([("x", "李明")], ["x"]),
    ([("x", "Index")], ["x"]),
    ([("x", "CON")], ["x"]),
    # Two share a name, and the id of one is the name of a third, who gives way.
    ([("roe", "Ann"), ("b", "Ann"), ("c", "Roe")], ["roe", "b", "c"]),
    # Ids that differ in nothing that an address can show.
    ([("e.1", "!"), ("e-1", "?")], ["e-1-[0-9a-f]{8}", "e-1-[0-9a-f]{8}"]),
    ([("index", "Index")], ["index-[0-9a-f]{8}"]),
]


@pytest.mark.parametrize(("records", "stems"), NAMES, ids=lambda value: str(value)[:40])
def test_an_address_follows_the_name_or_falls_back_to_the_id(records, stems):
    found = assign_addresses(("actors", id, name) for id, name in records)
    addresses = [found["actors", id].removeprefix("actors/").removesuffix(".html") for id, _ in records]
    assert all(re.fullmatch(stem, address) for stem, address in zip(stems, addresses, strict=True)), addresses
    assert len(set(addresses)) == len(addresses)


def test_entries_of_a_missing_article_are_a_problem_and_stand_nowhere():
    lost = replace(CORPUS, articles=ARTICLES[:-1])
    site, problems = plan(lost)
    assert [(problem.slug, problem.where.path) for problem in problems] == [("dangling-id", "content/articles")]
    assert '"undated"' in problems[0].message
    assert not [page for page in site.pages if "undated" in page.path]


def test_pages_that_some_file_system_takes_for_one_are_refused():
    site, _ = plan(CORPUS)
    twin = replace(next(page for page in site.pages if page.section == "events"), path="Events/DOHA-deal.html")
    problems = find_collisions([*(page.path for page in site.pages), twin.path])
    assert [problem.slug for problem in problems] == ["page-collision"]
    assert "events/doha-deal.html, Events/DOHA-deal.html" in problems[0].message


def test_an_empty_tracker_has_its_fixed_pages():
    fixed = ["404.html", "about.html", "actors/index.html", "articles/index.html", "chronology/index.html",
             "corrections.html", "differences.html", "events/index.html", "index.html", "publishers/index.html", "search.html"]  # fmt: skip
    assert list(pages_of(Corpus(settings=Settings()))) == fixed


# --------------------------------------------------------------------------------------------- rows

DATES = [
    # when → words, what <time> may say
    ("2019-01-17", "17 January 2019", "2019-01-17"),
    ("2018-12", "December 2018", "2018-12"),
    ("2018", "2018", "2018"),
    ("2021-04~", "about April 2021", ""),
    ("2021-04?", "April 2021 (uncertain)", ""),
    ("[2021-04-19..2021-04-25]", "some day from 19 to 25 April 2021", ""),
    ("../2021-09-11", "by 11 September 2021", ""),
    ("202X", "the 2020s", ""),
    ("", "date not known", ""),
]


@pytest.mark.parametrize(("edtf", "words", "datetime"), DATES)
def test_a_date_is_told_in_words_and_to_machines_only_without_doubt(edtf, words, datetime):
    happened = one_row(when=when.parse(edtf), when_basis="stated").happened
    assert (happened.words, happened.datetime, happened.edtf) == (words, datetime, edtf)


STATUSES = [
    ("occurred", False, "Happened", ""),
    ("occurred", True, "Date", "did not happen: “met”"),
    ("planned", False, "Planned for", "planned"),
    ("planned", True, "Date", "not to happen: “met”"),
    ("postponed", False, "Date", "postponed"),
    ("cancelled", False, "Date", "cancelled"),
    ("hypothetical", False, "Date", "only a possibility"),
]


@pytest.mark.parametrize(("course", "negated", "label", "status"), STATUSES)
def test_course_and_negation_are_words(course, negated, label, status):
    row = one_row(course=course, negated=negated)
    assert (row.when_label, row.status) == (label, status)


VOICES = [
    (Voice(words="a senior official"), ("a senior official", "said", "")),
    (Voice(words="the council", stance="claims", actor="c"), ("the council", "claimed", "actors/council.html")),
    (Voice(words="she", stance="denies"), ("she", "denied", "")),
    (Voice(words="he", stance="demands", actor="stranger"), ("he", "demanded", "")),
]


@pytest.mark.parametrize(("voice", "expected"), VOICES)
def test_what_is_said_is_somebodys(voice, expected):
    speech = one_row(voice=voice, label=f"The council met, according to {voice.words}").speech
    assert speech is not None
    assert (speech.who.text, speech.verb, speech.who.path) == expected


def test_the_speech_is_not_said_twice():
    assert one_row(voice=Voice(words="he"), label="The council met, according to he").label == "The council met"
    opening = Voice(words="The union", stance="denies")
    assert one_row(voice=opening, label="The council met, which the union denies").label == "The council met"
    denied = one_row(voice=Voice(words="he", stance="denies"), label="The council met, which he denies")
    assert (denied.label, denied.speech.verb) == ("The council met", "denied")
    told = one_row(voice=Voice(words="the council", actor="c"), participants=who(("c", "speaker")))
    assert told.parts == ()


RECKONINGS = [
    ({"when": when.parse("2021"), "when_basis": "stated"}, "The article states the date."),
    ({"when": when.parse("2021"), "when_basis": "relative", "when_reckoned": "last year: 2021"}, "last year: 2021"),
    ({"when": when.parse("2021"), "when_basis": "person"}, "Set by a person."),
    ({"when_words": "on Thursday"}, "No date could be worked out from these words."),
    ({}, "The article gives no date."),
]


@pytest.mark.parametrize(("fields", "sentence"), RECKONINGS)
def test_how_the_date_was_found_is_told(fields, sentence):
    assert one_row(**fields).reports[0].reckoning == sentence


def test_a_day_of_report_that_stands_in_is_marked():
    row = one_row(when=when.parse("2021-04-29"), when_basis="reported")
    assert row.stand_in
    assert row.reports[0].reckoning == "The article tells it as its own news, so the day of the report stands in."


def test_each_actor_stands_once_with_the_strongest_role():
    told = one_row(participants=who(("c", "mentioned"), ("stranger", "counterpart"), ("c", "affected")))
    assert [(part.role, part.who.text, part.who.path) for part in told.parts] == [
        ("with", "stranger", ""),
        ("concerning", "Council", "actors/council.html"),
    ]


def test_reports_of_one_happening_stand_together():
    row = next(row for row in rows_of(CORPUS, "qatar") if row.id == "e-postponed")
    assert row.label == "The Istanbul Conference is postponed a second time"  # told in the article's own voice
    assert row.tally == "2 reports"
    assert [report.source.publisher for report in row.reports] == ["source not named", "Doha News"]
    assert (row.happened.words, row.reported.words) == ("by 29 April 2021", "some day from 19 to 25 April 2021")
    assert row.differs == ()


def test_two_passages_of_one_article_are_one_report():
    twice = replace(CORPUS, entries=(*ENTRIES, replace(ENTRIES[0], id="e-agree3", happening="e-agree")))
    row = next(row for row in rows_of(twice, "pakistan") if row.id == "e-agree")
    assert row.tally == "2 reports, 3 passages"


def told_with(**other: object) -> Row:
    """The row of two accounts: one plain of 1 March 2020, one with these fields."""
    first = entry("e-1", "a", "They met.", "met", "They met", "2020-03-01", participants=who(("c", "agent")))
    second = replace(first, id="e-2", article="b", happening="e-1", **other)
    corpus = Corpus(
        settings=Settings(),
        articles=(article("a", "2020-03-02"), article("b", "2020-03-03")),
        entries=(first, second),
        actors=(Actor(id="c", name="Council", kind="organisation"),),
    )
    return rows_of(corpus, "council")[0]


DIFFERENCES = [
    ({}, (), []),
    ({"when": when.parse("2020-03")}, (), []),
    ({"when": when.parse("2020-03-04")}, ("1 March 2020 or 4 March 2020",), ["4 March 2020"]),
    ({"when": when.parse("2020-02-29")}, ("29 February 2020 or 1 March 2020",), ["1 March 2020"]),
    ({"when": when.parse("2020-03-04"), "when_basis": "reported"}, (), []),
    ({"negated": True}, ("whether it happened",), []),
    ({"voice": Voice(words="he", stance="denies")}, ("whether it happened",), []),
    ({"course": "planned"}, ("how far it has come",), []),
]


@pytest.mark.parametrize(("fields", "differs", "other_dates"), DIFFERENCES)
def test_reports_that_differ_are_said_to_differ(fields, differs, other_dates):
    row = told_with(**fields)
    assert row.differs == differs
    assert [moment.words for moment in row.other_dates] == other_dates


def told_in_two(one: str, other: str, **fields: object) -> Corpus:
    """Two articles that report one attack in these words, which belongs to an event."""
    first = entry(
        "e-1",
        "a",
        one,
        "attack",
        one,
        "2021-03-01",
        event_class="attack",
        events=("blast",),
        participants=who(("north", "agent")),
    )
    second = replace(first, id="e-2", article="b", quote=other, label=other, happening="e-1", **fields)
    return Corpus(
        settings=Settings(),
        articles=(
            article("a", "2021-03-02", title="First", source="City Herald"),
            article("b", "2021-03-03", title="Second", source="The National"),
        ),
        entries=(first, second),
        actors=(
            Actor(id="north", name="Northern Front", kind="group"),
            Actor(id="south", name="Southern Front", kind="group"),
        ),
        events=(Event(id="blast", label="Market blast", kind="occasion", event_class="attack"),),
    )


def blast_view(corpus: Corpus) -> EventView:
    view = view_of(corpus, "events/market-blast.html")
    assert isinstance(view, EventView)
    return view


def blast_row(corpus: Corpus) -> Row:
    return walk(blast_view(corpus).timeline.periods[0])[0]


def test_numbers_that_differ_stand_side_by_side_on_the_row_and_on_the_event():
    corpus = told_in_two("The attack killed 10 people.", "The attack killed 12.", voice=Voice(words="doctors"))
    row = blast_row(corpus)
    assert row.differs == ("10 or 12 killed",)
    (contrast,) = row.contrasts
    assert (contrast.topic, contrast.row) == ("Number killed", None)
    assert [
        (value.words, value.claims[0].source.publisher, value.claims[0].source.published.words)
        for value in contrast.values
    ] == [
        ("10", "City Herald", "2 March 2021"),
        ("12", "The National", "3 March 2021"),
    ]
    assert [value.claims[0].speech and value.claims[0].speech.who.text for value in contrast.values] == [
        None,
        "doctors",
    ]
    (told,) = blast_view(corpus).contrasts
    assert told.values == contrast.values
    assert told.row is not None
    assert (told.row.text, told.row.fragment) == ("The attack killed 10 people.", "e-1")


def test_one_page_tells_where_reports_differ_on_happenings_and_on_events():
    corpus = told_in_two("The pact will be signed.", "The pact will be signed.", when=when.parse("2021-04-01"))
    first, second = (replace(entry, course="planned", event_class="agreement") for entry in corpus.entries)
    pact = Event(id="blast", label="Harbour pact", kind="instrument", event_class="agreement")
    corpus = replace(corpus, entries=(first, replace(second, happening="e-2")), events=(pact,))
    view = view_of(corpus, "differences.html")
    assert isinstance(view, DifferencesView)
    (contrast,) = view.contrasts
    assert (contrast.topic, contrast.row) == (
        "Planned date",
        Link(text="Harbour pact", path="events/harbour-pact.html"),
    )
    assert [value.words for value in contrast.values] == ["1 March 2021", "1 April 2021"]
    killed = told_in_two("The attack killed 10 people.", "The attack killed 12 people.")
    (contrast,) = view_of(killed, "differences.html").contrasts
    assert contrast.topic == "Number killed"


def test_no_date_doer_or_place_is_promoted_where_reports_differ():
    corpus = told_in_two(
        "The attack hit a market.",
        "It was an attack.",
        when=when.parse("2021-02-27"),
        place="Oslo",
        participants=who(("south", "agent")),
    )
    corpus = replace(corpus, entries=(replace(corpus.entries[0], place="Lima"), corpus.entries[1]))
    row = blast_row(corpus)
    assert [row.happened.words, *(other.words for other in row.other_dates)] == ["27 February 2021", "1 March 2021"]
    assert row.place == "Lima or Oslo"
    assert {part.role for part in row.parts} == {"by, as some reports say,"}
    chosen = replace(corpus, preferred=(Preferred(happening="e-1", when=when.parse("2021-03-01"), place="Lima"),))
    row = blast_row(chosen)
    assert [row.happened.words, *(other.words for other in row.other_dates)] == ["1 March 2021", "27 February 2021"]
    assert (row.place, row.preferred) == ("Lima", ("the date", "the place"))


@pytest.mark.parametrize(
    ("doer", "shown"),
    [
        ("south", [("Southern Front", "by"), ("Northern Front", "by, as some reports say,")]),
        ("Northern Front", [("Northern Front", "by"), ("Southern Front", "by, as some reports say,")]),
        (
            "East",
            [
                ("East", "by"),
                ("Northern Front", "by, as some reports say,"),
                ("Southern Front", "by, as some reports say,"),
            ],
        ),
    ],
)
def test_a_doer_and_a_number_that_a_person_prefers_are_shown_as_theirs(doer, shown):
    corpus = told_in_two("The attack killed 10 people.", "The attack killed 12.", participants=who(("south", "agent")))
    chosen = replace(corpus, preferred=(Preferred(happening="e-1", number="12 killed", doer=doer),))
    row = blast_row(chosen)
    assert sorted((part.who.text, part.role) for part in row.parts) == sorted(shown)
    assert row.preferred == ("the doer", "the number (12 killed)")
    assert row.differs  # what reports say stands beside it


def test_reports_of_one_origin_are_counted_as_one_and_say_why():
    corpus = told_in_two("The attack hit a market, Reuters reported.", "It was an attack, according to Reuters.")
    row = blast_row(corpus)
    assert (row.tally, row.origins) == ("2 reports, 1 origin", 1)
    assert [report.origin for report in row.reports] == ["", "goes back to Reuters, as does “First” (City Herald)"]
    view = view_of(corpus, "articles/first.html")
    assert isinstance(view, ArticleView)
    assert view.passages[0].drawn[0].one_origin
    assert blast_row(told_in_two("The attack hit a market.", "It was an attack.")).tally == "2 reports"


def test_who_tells_a_value_is_named_five_times_and_then_counted():
    corpus = told_in_two("The attack killed 10 people.", "The attack killed 12.")
    more = [replace(corpus.entries[1], id=f"e-2{n}", article=f"b{n}") for n in range(7)]
    articles = [article(f"b{n}", "2021-03-04", title=f"More {n}") for n in range(7)]
    many = replace(corpus, entries=(*corpus.entries, *more), articles=(*corpus.articles, *articles))
    value = blast_row(many).contrasts[0].values[1]
    assert (len(value.claims), value.more) == (5, 3)


def test_an_article_that_tells_a_value_twice_in_one_voice_is_named_once():
    corpus = told_in_two("The attack killed 10 people.", "The attack killed 12.")
    again = replace(corpus.entries[1], id="e-3")
    other = replace(corpus.entries[1], id="e-4", voice=Voice(words="a doctor"))
    value = blast_row(replace(corpus, entries=(*corpus.entries, again, other))).contrasts[0].values[1]
    assert [claim.speech.who.text if claim.speech else "" for claim in value.claims] == ["", "a doctor"]
    assert value.more == 0


# --------------------------------------------------------------------------------------------- quotations

WORDS = " ".join(f"w{n}" for n in range(100))
QUOTES = [
    # quotation, word, limit → what stands on the page
    ("They met in Rome.", "met", 40, "They *met* in Rome."),
    ("He metes out; they met.", "met", 40, "He metes out; they *met*."),
    ("They met.", "sang", 40, "They met."),
    ("They met.", "", 40, "They met."),
    (WORDS, "w2", 5, "w0 w1 *w2* w3 w4…"),
    (WORDS, "w50", 5, "…w48 w49 *w50* w51 w52…"),
    (WORDS, "w99", 5, "…w95 w96 w97 w98 *w99*"),
    ("会" * 100, "", 5, "会" * 60 + "…"),
    ("", "met", 40, ""),
]


@pytest.mark.parametrize(("words", "word", "limit", "expected"), QUOTES, ids=range(len(QUOTES)))
def test_a_quotation_marks_its_word_and_keeps_the_limit(words, word, limit, expected):
    assert text_of(quote_of([replace(ENTRIES[0], quote=words, word=word)], limit)) == expected


def test_places_decide_which_of_two_equal_words_is_meant():
    told = replace(
        ENTRIES[0],
        quote="They met those whom they met.",
        word="met",
        quote_at=Span(start=100, end=129),
        word_at=Span(start=125, end=128),
    )
    assert text_of(quote_of([told], 40)) == "They met those whom they *met*."


# --------------------------------------------------------------------------------------------- timelines


def dated(*dates: str) -> Corpus:
    """One actor with a happening for each date, written in the order given."""
    entries = (
        entry(f"e-{n:03}", "a", "They met.", "met", date or "?", date, participants=who(("c", "agent")))
        for n, date in enumerate(dates)
    )
    return Corpus(
        settings=Settings(),
        articles=(article("a", "2021-04-29"),),
        entries=tuple(entries),
        actors=(Actor(id="c", name="Council", kind="organisation"),),
    )


def headings(corpus: Corpus) -> list[tuple[str, list[str]]]:
    found = []
    for period in actor_view(corpus, "council").timeline.periods:
        found.append((period.title, [row.label for row in period.rows]))
        found += [(part.title, [row.label for row in part.rows]) for part in period.periods]
    return found


def test_a_timeline_is_in_order_of_time_coarser_first_and_unknown_last():
    corpus = dated("", "2021-05-01", "2021", "2020-12-31", "2021-05", "../2021-05-03", "2021-01")
    assert headings(corpus) == [
        ("2020", ["2020-12-31"]),
        ("2021", ["2021", "2021-01", "2021-05", "2021-05-01", "../2021-05-03"]),
        ("Date not known", ["?"]),
    ]


def test_a_longer_timeline_has_months():
    corpus = dated(*["2021-05-01"] * 14, "2021", "2021-06~", "2020-01-02")
    assert [(title, len(labels)) for title, labels in headings(corpus)] == [
        ("2020", 0),
        ("January 2020", 1),
        ("2021", 1),
        ("May 2021", 14),
        ("June 2021", 1),
    ]


def test_a_timeline_too_long_for_a_page_has_a_page_a_year():
    pages = pages_of(large_corpus(300))
    council = pages["actors/the-council.html"].view
    assert isinstance(council, ActorView)
    assert (council.timeline.total, council.timeline.split, council.timeline.periods) == (300, True, ())
    assert [(year.link.text, year.link.path, year.count) for year in council.timeline.years] == [
        ("2019", "actors/the-council/2019.html", 90),
        ("2020", "actors/the-council/2020.html", 90),
        ("2021", "actors/the-council/2021.html", 90),
        ("Date not known", "actors/the-council/undated.html", 30),
    ]
    middle = pages["actors/the-council/2020.html"].view
    assert isinstance(middle, YearView)
    assert middle.earlier == council.timeline.years[0].link
    assert middle.later == council.timeline.years[2].link
    assert sum(len(walk(period)) for period in middle.timeline.periods) == 90


def test_links_to_rows_lead_to_the_page_of_their_year():
    report = pages_of(large_corpus(300))["articles/report-0.html"].view
    assert isinstance(report, ArticleView)
    links = [part.who for passage in report.passages for item in passage.drawn for part in item.parts]
    assert {link.path for link in links if link.text == "The Council"} == {
        "actors/the-council/2019.html",
        "actors/the-council/undated.html",
    }
    assert links[0].fragment == "e-0000"


def test_happenings_that_only_name_an_actor_stand_apart():
    view = actor_view(CORPUS, "pakistan")
    assert [row.id for row in rows_of(CORPUS, "pakistan")] == ["e-agree", "e-doha"]
    assert [row.id for period in view.mentioned.periods for row in period.rows] == ["e-dubai"]
    india = actor_view(CORPUS, "india")
    assert (india.timeline.total, india.mentioned.total) == (0, 1)
    assert india.summary == "only named, in 1 happening from 2 articles, 2020"


def test_who_only_speaks_takes_part():
    assert [row.id for row in rows_of(CORPUS, "mohammad-naeem")] == ["e-naeem"]


# --------------------------------------------------------------------------------------------- pages


def test_an_actor_page_says_who_it_is():
    view = actor_view(CORPUS, "zalmay-khalilzad")
    assert (view.kind, view.summary, view.by_person) == ("person", "1 happening from 1 article, 2019", True)
    assert [name.name for name in view.names] == ["Khalilzad"]
    assert [link.path for link in view.roles[0].sources] == [
        "articles/pakistan-us-taking-afghan-peace-process-forward-as-shared.html",
        "articles/pakistan-us-agree-to-share-responsibility-for-afghan-peace.html",
    ]
    assert [(item.link.text, item.count) for item in view.seen_with] == [
        ("Qamar Javed Bajwa", 1),
        ("Tehmina Janjua", 1),
    ]


def test_an_event_page_says_what_it_is():
    view = view_of(CORPUS, "events/istanbul-conference.html")
    assert isinstance(view, EventView)
    assert (view.kind, view.place, view.happened.words) == ("occasion", "Istanbul", "date not known")
    assert view.first_reported.words == "some day from 19 to 25 April 2021"
    assert view.part_of is not None
    assert view.part_of.path == "events/afghan-peace-process.html"
    assert [of.publisher for of in view.sources] == ["source not named", "Doha News"]
    larger = view_of(CORPUS, "events/afghan-peace-process.html")
    assert isinstance(larger, EventView)
    assert [part.text for part in larger.parts] == ["Istanbul Conference", "Doha deal"]


ADDRESSES = [
    ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    (" http://example.org ", "http://example.org"),
    ("javascript:alert(1)", ""),
    ("JAVASCRIPT://example.org/%0aalert(1)", ""),
    ("data:text/html,x", ""),
    ("//example.org/a", ""),
    ("https://", ""),
    ("http://[broken", ""),
    ("example.org", ""),
]


@pytest.mark.parametrize(("url", "expected"), ADDRESSES)
def test_only_web_addresses_become_links(url, expected):
    corpus = Corpus(settings=Settings(), articles=(article("a", title="A", url=url),))
    view = view_of(corpus, "articles/a.html")
    assert isinstance(view, ArticleView)
    assert view.url == expected


def test_an_article_page_tells_what_is_not_known():
    view = view_of(CORPUS, "articles/pakistan-has-assured-afghanistan-that-it-will-make-all-out.html")
    assert isinstance(view, ArticleView)
    assert (view.publisher, view.title_note, view.url) == ("source not named", "title made from the first words", "")
    assert (view.published.words, view.published_note) == (
        "some day from 19 to 25 April 2021",
        "date given by a person",
    )
    undated = view_of(CORPUS, "articles/an-undated-note.html")
    assert isinstance(undated, ArticleView)
    assert (undated.published.words, undated.published_note) == ("undated", "")


def test_an_article_page_gathers_what_one_sentence_gave():
    twin = replace(ENTRIES[2], id="e-twin", word="separately")
    view = view_of(
        replace(CORPUS, entries=(*ENTRIES, twin)),
        "articles/pakistan-us-taking-afghan-peace-process-forward-as-shared.html",
    )
    assert isinstance(view, ArticleView)
    passage = next(passage for passage in view.passages if len(passage.drawn) == 2)
    assert [piece.text for piece in passage.quote.pieces if piece.marked] == ["held talks", "separately"]
    assert (view.drawn, len(view.passages)) == (3, 2)


def test_places_in_the_text_order_an_article_page():
    entries = [
        replace(ENTRIES[0], id=f"e-{at}", quote=f"Sentence {at}.", quote_at=Span(start=at, end=at + 11))
        for at in (50, 10, 30)
    ]
    view = view_of(
        replace(CORPUS, entries=tuple(entries)),
        "articles/pakistan-us-agree-to-share-responsibility-for-afghan-peace.html",
    )
    assert isinstance(view, ArticleView)
    assert [passage.drawn[0].report.id for passage in view.passages] == ["e-10", "e-30", "e-50"]


def test_home_shows_what_was_reported_last_and_not_one_article_alone():
    view = view_of(CORPUS, "index.html")
    assert isinstance(view, HomeView)
    assert [period.title for period in view.latest] == [
        "Reported 29 April 2021",
        "Reported some day from 19 to 25 April 2021",
        "Reported 17 January 2019",
        "Reported without a date",
    ]
    assert [(item.link.text, item.count) for item in view.actors[:3]] == [
        ("United States", 4),
        ("Taliban", 4),
        ("Pakistan", 4),
    ]
    assert view.ranked_by == "Reports, of 5 in all"
    assert view.scope == "From 5 articles by 3 publishers; 1 article does not name its source."
    large = view_of(large_corpus(120), "index.html")
    assert isinstance(large, HomeView)
    assert [of.link.path for day in view.latest for of in day.rows if of.row.id in ("e-attend", "e-naeem")] == [
        "events/doha-deal.html",  # a row that belongs to an event stands there, another with who acts in it
        "actors/taliban.html",
    ]
    assert [len(period.rows) for period in large.latest] == [4, 4, 2]


def test_who_takes_part_in_an_event_stands_there_with_the_role_that_its_articles_give():
    view = view_of(CORPUS, "events/doha-deal.html")
    assert isinstance(view, EventView)
    assert {of.link.text: of.note for of in view.people}["Mohammad Naeem"] == ""
    roles = (RoleHeld(words="envoy", articles=("share",)), RoleHeld(words="spokesman", articles=("delegations",)))
    naeem = next(of for of in CORPUS.actors if of.id == "naeem")
    others = tuple(of for of in CORPUS.actors if of.id != "naeem")
    view = view_of(replace(CORPUS, actors=(*others, replace(naeem, roles=roles))), "events/doha-deal.html")
    assert {of.link.text: of.note for of in view.people}["Mohammad Naeem"] == "spokesman"  # not that of other reports


def test_long_indexes_have_letters():
    names = ["Ørsted", "Åsa", "Zoë", "1st Army", *(f"Member {n}" for n in range(30))]
    actors = tuple(Actor(id=f"a{n}", name=name, kind="person") for n, name in enumerate(names))
    told = entry(
        "e-1", "a", "They met.", "met", "They met", participants=who(*((actor.id, "agent") for actor in actors))
    )
    view = view_of(
        Corpus(settings=Settings(), articles=(article("a"),), entries=(told,), actors=actors), "actors/index.html"
    )
    assert isinstance(view, IndexView)
    assert [(group.title, len(group.items)) for group in view.groups] == [
        ("0–9 and signs", 1),
        ("A", 1),
        ("M", 30),
        ("Z", 1),
        ("Ø", 1),
    ]


def test_the_method_page_is_written_from_facts():
    view = view_of(CORPUS, "about.html")
    assert isinstance(view, AboutView)
    assert view.reader == "the model en_core_web_sm, run by spaCy"
    assert {item.link.text: item.count for item in view.dates} == {
        "stated in the article": 5,
        "reckoned from the article’s date": 3,
        "taken from the date told last": 1,
        "the day of the report stands in": 1,
        "date not known": 2,
    }
    assert (view.articles_undated, view.by_person) == (1, 1)


def test_what_is_said_to_be_measured_was_measured():
    floors = json.loads((ROOT / "tests" / "eval" / "floors.json").read_text("utf-8"))["floors"]
    rows = read_table("world/measured.tsv")
    assert {row["recogniser"] for row in rows} == set(floors)
    for row in rows:
        assert int(row["percent"]) == round(floors[row["recogniser"]][row["score"]]), row["score"]


def test_the_method_page_tells_what_was_measured_of_its_reader():
    view = pages_of(replace(CORPUS, settings=Settings(recogniser="rules")))["about.html"].view
    assert [(score.task, score.corpus) for score in view.measured][:1] == [
        ("names of people, bodies and places", "UNER English-PUD (news)")
    ]
    assert view.measured_on.edtf == "2026-11-23"
    other = pages_of(replace(CORPUS, settings=Settings(recogniser="mine")))["about.html"].view
    assert (other.measured, other.measured_on) == ((), None)
