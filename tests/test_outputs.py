"""What stands beside the pages: data by its schema, a table, feeds by their RFCs, what search engines read."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import CORPUS, article, entry, large_corpus, who
from dateline import beside, records, schema, when
from dateline.beside import everything
from dateline.folders import template_dirs
from dateline.gathered import selector_of
from dateline.linked import linked_data
from dateline.model import Actor, Corpus, Event, Settings, Voice
from dateline.outputs import Writer
from dateline.pages import plan
from dateline.plan import File
from dateline.records import ActorData, EventData, Source
from dateline.render import render
from dateline.tables import COLUMNS, cell
from dateline.timelines import stack_rows
from dateline.web import site_address, tag_of
from schemas import faults
from test_render import HOSTILE
from trackers import RULES, files_of, make_tracker

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "docs" / "data.schema.json").read_text("utf-8"))
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://example.org/a/"


def at(corpus: Corpus, address: str = ADDRESS, **settings: str) -> Corpus:
    return replace(corpus, settings=replace(corpus.settings, address=address, **settings))


def outputs_of(corpus: Corpus) -> dict[str, bytes]:
    site, problems = plan(corpus)
    assert problems == ()
    writer = Writer(site)
    return {file.path: writer.bytes_of(file) for file in site.files}


def whole(corpus: Corpus) -> dict:
    writer = Writer(plan(corpus)[0])
    return json.loads(writer.bytes_of(File(path="x.json", content=everything(stack_rows(corpus)))))


CORPORA = {
    "small": CORPUS,
    "small with an address": at(CORPUS),
    "large": large_corpus(230),
    "hostile": HOSTILE,
    "hostile with an address": at(HOSTILE, "https://example.org/\"><script>'&\ud800"),
    "empty": Corpus(settings=Settings()),
}


@pytest.fixture(scope="module", params=CORPORA)
def outputs(request):
    return outputs_of(CORPORA[request.param])


def read(data: bytes) -> dict:
    return json.loads(data.decode("utf-8"))


# --------------------------------------------------------------------------------------------- JSON


def test_every_json_file_is_as_its_schema_says(outputs):
    for path, data in outputs.items():
        if path.endswith(".json"):
            assert list(faults(read(data), SCHEMA)) == [], path
            assert b"<" not in data


@pytest.mark.parametrize("name", CORPORA)
def test_the_whole_tracker_is_as_its_schema_says(name):
    assert list(faults(whole(CORPORA[name]), SCHEMA)) == []


def test_the_schema_notices_what_is_wrong():
    data = whole(CORPUS)
    assert list(faults({**data, "colour": "red"}, SCHEMA)) == ["$: fits 0 of 5"]
    data["happenings"][0]["told"][0]["course"] = "maybe"
    assert any("maybe" in fault for fault in faults(data, SCHEMA["$defs"]["trackerdata"], SCHEMA))
    del data["type"]
    assert list(faults(data, SCHEMA)) == ["$: fits 0 of 5"]


def test_the_schema_knows_exactly_the_fields_of_the_records():
    known = {name.lower(): record for name, record in vars(records).items() if is_dataclass(record)}
    del known["content"]
    assert set(known) == set(SCHEMA["$defs"])
    for name, record in known.items():
        told = {field.name.rstrip("_") for field in fields(record)}
        assert set(SCHEMA["$defs"][name]["properties"]) - {"schema", "type"} == told, name


def test_every_page_of_a_record_has_its_copy():
    site, _ = plan(CORPUS)
    data = {file.path for file in site.files}
    for page in site.pages:
        told = [of.link.path for of in page.downloads]
        assert set(told) <= data
        copied = page.path.startswith(("actors/", "events/", "articles/")) and not page.path.endswith("/index.html")
        assert (page.path.removesuffix(".html") + ".json" in told) == bool(copied), page.path


def test_an_actor_in_numbers_and_dates():
    data = read(outputs_of(CORPUS)["actors/united-states.json"])
    assert (data["type"], data["id"], data["kind"]) == ("actor", "united-states", "country")
    assert [name["name"] for name in data["aliases"]] == ["US", "Washington"]
    assert [row["when"].get("edtf", "") for row in data["happenings"]] == [
        "2018-12",
        "2019-01-17",
        "2021-04~",
        "../2021-09-11",
        "",
    ]
    agreed = data["happenings"][1]
    assert (agreed["id"], agreed["reports"], agreed["origins"]) == ("e-agree", 2, 1 if "1 origin" in str(agreed) else 2)
    assert agreed["page"] == "events/afghan-peace-process.html#e-agree"
    assert [report["article"] for report in agreed["told"]] == ["share", "forward"]
    assert {source["id"] for source in data["articles"]} == {"share", "forward", "assured", "delegations"}
    assert agreed["told"][0]["quotation"]["exact"].startswith("Pakistan and the United States on Thursday agreed")
    claim = data["happenings"][-1]
    assert claim["voice"] == {"words": "the veteran military analyst", "stance": "claims"}
    planned = data["happenings"][3]
    assert (planned["course"], planned["when"]["words"]) == ("planned", "by 11 September 2021")


def test_doubts_stay_in_the_data():
    data = read(outputs_of(CORPUS)["events/istanbul-conference.json"])
    (row,) = data["happenings"]
    assert row["reported"] == {"edtf": "[2021-04-19..2021-04-25]", "words": "some day from 19 to 25 April 2021"}
    (undated,) = read(outputs_of(CORPUS)["articles/an-undated-note.json"])["reports"]
    assert (undated["when"], undated["negated"]) == ({"words": "date not known"}, True)


def test_a_timeline_of_years_is_parted_as_its_pages_are():
    files = outputs_of(large_corpus(230))
    data = read(files["actors/the-council.json"])
    assert "happenings" not in data
    assert [(year["title"], year["data"]) for year in data["years"][:2]] == [
        ("2019", "actors/the-council/2019.json"),
        ("2020", "actors/the-council/2020.json"),
    ]
    for year in data["years"]:
        part = read(files[year["data"]])
        assert len(part["happenings"]) == year["happenings"]
        assert part["of"] == {"id": "council", "name": "The Council", "page": "actors/the-council.html"}
    assert sum(year["happenings"] for year in data["years"]) == 230


LONG = "One two three four five six met seven eight nine ten."
SELECTORS = [
    # words shown → exact, prefix, suffix
    (40, LONG, "before. ", " after"),
    (3, "six met seven", "fore. One two three four five ", " eight nine ten. after"),
]


@pytest.mark.parametrize(("limit", "exact", "prefix", "suffix"), SELECTORS)
def test_a_selector_holds_no_more_words_than_pages_show(limit, exact, prefix, suffix):
    told = entry("e", "a", LONG, "met", "x", prefix="before. ", suffix=" after")
    found = selector_of(told, limit)
    assert found.exact == exact
    assert found.prefix.endswith(prefix)
    assert found.suffix == suffix
    assert found.prefix + found.exact + found.suffix in told.prefix + told.quote + told.suffix
    assert max(len(found.prefix), len(found.suffix)) <= 32


# --------------------------------------------------------------------------------------------- CSV


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def test_the_table_holds_every_entry_once():
    data = outputs_of(CORPUS)["entries.csv"]
    assert data.count(b"\r\n") == data.count(b"\n") == len(CORPUS.entries) + 1
    rows = {row["id"]: row for row in table(data)}
    assert set(rows) == {entry.id for entry in CORPUS.entries}
    held = rows["e-held"]
    assert held["actors"] == "khalilzad (agent); janjua (counterpart); bajwa (counterpart)"
    assert (held["when"], held["when_words"], held["by_person"]) == ("2019-01-17", "Thursday", "yes")
    second = rows["e-agree2"]
    assert (second["happening"], second["reports"], second["page"]) == (
        "e-agree",
        "2",
        "events/afghan-peace-process.html#e-agree",
    )
    assert rows["e-attend"]["stance"] == "denies"
    assert rows["e-agree"]["url"] == "https://www.example.org/share?a=1&b=2"


def test_every_row_of_a_hostile_table_is_one_line():
    data = outputs_of(HOSTILE)["entries.csv"]
    assert [tuple(row) for row in table(data)] == [COLUMNS] * len(HOSTILE.entries)
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\u202e]", data.decode("utf-8"))
    assert data.count(b"\n") == len(HOSTILE.entries) + 1


CELLS = [
    ("plain", "plain"),
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'=1"),
    ("\r\n=1", "'=1"),
    ("\u202e=1", "'=1"),
    ("\x00=1", "'=1"),
    ("＝1", "'＝1"),
    ("'=1", "''=1"),
    ("’tis", "’tis"),
    ("'tis", "'tis"),
    ("a\nb", "a b"),
    ('say "=1"', 'say "=1"'),
    ("\ud800", "\ufffd"),
    ("../2021-05", "../2021-05"),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_no_cell_is_a_formula(text, expected):
    assert cell(text) == expected


# --------------------------------------------------------------------------------------------- feeds

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9._~!$&'()*+,;=:@%/?-]+")


def texts(parent: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in parent.findall(ATOM + name)]


def links(parent: ElementTree.Element, rel: str) -> list[str]:
    return [link.get("href") or "" for link in parent.findall(f"{ATOM}link") if link.get("rel") == rel]


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def test_every_feed_is_sound(outputs):
    """By a strict parser of XML, and what RFC 4287 demands of a feed and its entries."""
    for path, data in outputs.items():
        if not path.endswith(".xml") or path.startswith("sitemap"):
            continue
        feed = ElementTree.fromstring(data)
        assert feed.tag == f"{ATOM}feed"
        entries = feed.findall(f"{ATOM}entry")
        assert entries
        ids = [*texts(feed, "id"), *(id for one in entries for id in texts(one, "id"))]
        assert len(set(ids)) == len(ids) == len(entries) + 1
        assert all(TAG.fullmatch(id) for id in ids), ids
        assert len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1
        updated = [moment for one in entries for moment in texts(one, "updated")]
        assert texts(feed, "updated") == [max(updated)]
        assert updated == sorted(updated, reverse=True)
        for one in (feed, *entries):
            assert len(texts(one, "title")) == len(texts(one, "updated")) == len(links(one, "alternate")) == 1
            assert all(map(RFC3339.fullmatch, texts(one, "updated") + texts(one, "published")))
            assert not re.search("[\u202a-\u202e]", texts(one, "title")[0])
        for one in entries:
            assert texts(one, "published") <= texts(one, "updated")
            (content,) = one.findall(f"{ATOM}content")
            assert content.get("type") == "html"
            html = Elements(content.text or "")
            assert set(html.tags) <= {"p", "a", "blockquote"}
            assert {name for name, _ in html.attributes} <= {"href"}
            assert not [value for _, value in html.attributes if (value or "").startswith("javascript:")]


def feed_of(corpus: Corpus, path: str = "feed.xml") -> dict[str, ElementTree.Element]:
    feed = ElementTree.fromstring(outputs_of(corpus)[path])
    return {texts(one, "id")[0].rpartition("/")[2].rpartition(":")[2]: one for one in feed.findall(f"{ATOM}entry")}


def content_of(one: ElementTree.Element) -> str:
    return one.find(f"{ATOM}content").text


def test_an_item_tells_when_who_says_so_and_where():
    item = feed_of(at(CORPUS))["e-agree"]
    assert texts(item, "id") == ["tag:example.org,2026:a/e-agree"]
    assert texts(item, "published") == texts(item, "updated") == ["2019-01-17T00:00:00Z"]
    assert links(item, "alternate") == ["https://example.org/a/events/afghan-peace-process.html#e-agree"]
    assert links(item, "via") == ["https://www.example.org/share?a=1&b=2"]
    text = content_of(item)
    assert "<p>Happened: 17 January 2019. Reported: 17 January 2019.</p>" in text
    assert "<blockquote>Pakistan and the United States on Thursday agreed" in text
    assert '<a href="https://www.example.org/share?a=1&amp;b=2">Pakistan, US agree' in text
    assert (
        '<a href="https://example.org/a/articles/pakistan-us-taking-afghan-peace-process-forward-as-shared.html">'
        in text
    )


def test_doubt_is_told_in_words():
    items = feed_of(CORPUS)
    assert "Planned for: by 11 September 2021. Reported: some day from 19 to 25 April 2021." in content_of(
        items["e-out"]
    )
    assert "Happened: about April 2021." in content_of(items["e-naeem"])
    assert texts(items["e-naeem"], "title")[0].startswith("Taliban Spokesman Mohammad Naeem said: The withdrawal")
    assert texts(items["e-leave"], "title")[0].startswith("the veteran military analyst claimed: The US wants")
    assert texts(items["e-postponed"], "title")[0].endswith("(postponed)")


def test_a_new_source_makes_an_old_item_new_again():
    item = feed_of(CORPUS)["e-postponed"]
    assert texts(item, "published") == ["2021-04-19T00:00:00Z"]  # the first day that it may have been
    assert texts(item, "updated") == ["2021-04-29T00:00:00Z"]
    assert content_of(item).startswith("<p>New source, 29 April 2021: Doha News, “Pakistani officials are in Qatar")


def test_what_nobody_dated_stands_in_no_feed_and_the_feed_says_so():
    assert "e-attend" not in feed_of(CORPUS)
    (subtitle,) = texts(ElementTree.fromstring(outputs_of(CORPUS)["feed.xml"]), "subtitle")
    assert subtitle.endswith("1 happening without a day of report not among them")
    undated = replace(CORPUS, articles=tuple(replace(of, published=when.UNKNOWN) for of in CORPUS.articles))
    assert not [path for path in outputs_of(undated) if path.endswith(".xml")]
    assert all(of.type != beside.ATOM for page in plan(undated)[0].pages for of in page.downloads)


def test_a_feed_holds_the_last_fifty():
    assert len(feed_of(large_corpus(230))) == 50
    assert len(feed_of(large_corpus(230), "actors/the-council.xml")) == 50


def test_an_item_of_many_reports_quotes_a_few():
    articles = tuple(article(f"a{n}", f"2021-05-{n + 1:02}", title=f"Report {n}") for n in range(9))
    entries = tuple(entry(f"e-{n}", f"a{n}", f"They met, says paper {n}.", "met", "They met", happening="e-0") for n in range(9))  # fmt: skip
    (item,) = feed_of(Corpus(settings=Settings(), articles=articles, entries=entries)).values()
    assert content_of(item).count("<blockquote>") == 5
    assert "<p>And 4 more on the timeline.</p>" in content_of(item)
    assert content_of(item).count("New source") == 8
    assert texts(item, "updated") == ["2021-05-09T00:00:00Z"]
    assert links(item, "alternate") == ["articles/report-0.html#e-0"]  # no actor and no event has a row of it


def test_links_are_relative_where_the_site_has_no_address():
    item = feed_of(CORPUS, "actors/taliban.xml")["e-dubai"]
    assert links(item, "alternate") == ["taliban.html#e-dubai"]
    feed = ElementTree.fromstring(outputs_of(CORPUS)["actors/taliban.xml"])
    assert links(feed, "self") == []
    assert links(feed, "alternate") == ["taliban.html"]
    with_address = ElementTree.fromstring(outputs_of(at(CORPUS))["actors/taliban.xml"])
    assert links(with_address, "self") == ["https://example.org/a/actors/taliban.xml"]


AUTHORITIES = [
    (Settings(address="https://news.example.org/"), "tag:news.example.org,2026:"),
    (Settings(address="https://example.org/a/b"), "tag:example.org,2026:a/b/"),
    (Settings(address="https://bücher.example/"), "tag:xn--bcher-kva.example,2026:"),
    (Settings(address="https://example.org:8080/?x#y"), "tag:example.org,2026:"),
    (Settings(address="https://example.org/", tag="jo@example.net,2024-05:port"), "tag:jo@example.net,2024-05:port/"),
    (Settings(tag="example.net,2024"), "tag:example.net,2024:"),
    (Settings(title="The Port Strike"), "tag:dateline.invalid,2026:the-port-strike/"),
    (Settings(title="李明", address="example.org"), "tag:dateline.invalid,2026:tracker/"),
    (Settings(title="T", address="https://[::1]/"), "tag:dateline.invalid,2026:t/"),
]


@pytest.mark.parametrize(("settings", "expected"), AUTHORITIES)
def test_ids_have_an_authority(settings, expected):
    assert tag_of(settings) == expected


@pytest.mark.parametrize(
    "text", ["", "example.org,2026", "a.b-c.example,2026-05-31:x/y", "jo.roe+x@example.org,2020-01"]
)
def test_a_tag_is_an_authority_and_a_date(text):
    assert schema.parse_tag(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "Example.org,2026",
        "example.org,26",
        "-a.org,2026",
        "example.org,2026:a b",
        "a" * 300 + ",2026",
        "tag:example.org,2026",
    ],
)
def test_what_is_no_tag_is_refused(text):
    with pytest.raises(ValueError, match="is no domain"):
        schema.parse_tag(text)


ADDRESSES = [
    ("https://example.org", "https://example.org/"),
    ("https://example.org/a", "https://example.org/a/"),
    (" https://example.org/a/?q=1#x ", "https://example.org/a/"),
    ("https://example.org/ü x", "https://example.org/%C3%BC%20x/"),
    ("javascript:alert(1)", ""),
    ("example.org", ""),
    ("", ""),
]


@pytest.mark.parametrize(("given", "expected"), ADDRESSES)
def test_an_address_ends_with_a_slash(given, expected):
    assert site_address(Settings(address=given)) == expected


# --------------------------------------------------------------------------------------------- corrections

STORY = (
    RULES
    + """address: https://example.org/
-- content/articles/one.yaml --
title: Ministers meet
source: The Example
published: 2021-04-29
entries:
- {id: e-met, label: Ministers meet in Doha, quote: met, when: 2021-04-28, source: notes, actors: [jane-roe], events: [doha-talks]}
- {id: e-said, label: Roe said the secret thing, quote: said, when: 2021-04-29, source: notes, actors: [{actor: jane-roe}, {actor: roe}]}
-- content/articles/two.yaml --
title: More on the meeting
published: 2021-04-30
entries:
- {id: e-met2, label: They met, quote: met, when: 2021-04-27, source: notes, happening: e-met, actors: [mole]}
-- content/actors/jane-roe.yaml --
name: Jane Roe
kind: person
-- content/actors/roe.yaml --
name: Ms Roe
kind: person
-- content/actors/mole.yaml --
name: Secret Mole
kind: person
-- content/events/doha-talks.yaml --
label: Doha talks
kind: occasion
-- content/decisions.yaml --
"""
)
DECIDED = """- {same: [jane-roe, roe], on: 2021-05-02, why: one minister}
- {rename: {doha-talks: Doha round}, on: 2021-05-03}
- {prefer: {e-met: {when: 2021-04-28}}, on: 2021-05-04, why: she <told> us}
- {drop: e-said, on: 2021-05-05}
- {drop: mole, on: 2021-05-06, why: asked to}
"""


def built(run, folder: Path, decided: str = DECIDED) -> Path:
    make_tracker(folder, STORY + decided)
    code, _, err = run("-C", folder, "render")
    assert (code, err) == (0, "")
    return folder / "site"


def items_of(path: Path) -> dict[str, tuple[str, str]]:
    """Title → its last day, and what it says."""
    entries = ElementTree.fromstring(path.read_bytes()).findall(f"{ATOM}entry")
    return {texts(one, "title")[0]: (texts(one, "updated")[0][:10], content_of(one)) for one in entries}


def test_corrections_are_told_on_the_day_of_the_decision(run, tmp_path):
    site = built(run, tmp_path)
    items = items_of(site / "feed.xml")
    assert {title: day for title, (day, _) in items.items()} == {
        "Ministers meet in Doha": "2021-05-04",
        "Correction: “Ms Roe” and “Jane Roe” are one.": "2021-05-02",
        "Correction: “Doha talks” is now called “Doha round”.": "2021-05-03",
        "Correction: A report is not published any more.": "2021-05-05",
        "Correction: A person or body is not published any more.": "2021-05-06",
    }
    assert items["Ministers meet in Doha"][1].startswith(
        "<p>Correction, 4 May 2021: Where reports differ, a person chose the date “28 April 2021”. (she &lt;told&gt; us)</p>\n"
        "<p>New source, 30 April 2021: "
    )
    assert "Correction: “Doha talks” is now called “Doha round”." in items_of(site / "events/doha-round.xml")
    assert "Correction: “Ms Roe” and “Jane Roe” are one." in items_of(site / "actors/jane-roe.xml")


def test_a_correction_does_not_repeat_what_was_taken_back(run, tmp_path):
    site = built(run, tmp_path)
    told = "".join(path.read_text("utf-8") for path in site.rglob("*") if path.is_file())
    assert "secret thing" not in told
    assert "Secret Mole" not in told


def test_no_decision_names_what_another_took_back(run, tmp_path):
    decided = """- {different: [jane-roe, mole], on: 2021-05-01}
- {rename: {mole: Molly Mole}, on: 2021-05-02}
- {drop: mole, on: 2021-05-06}
- {same: [e-said, e-met], on: 2021-05-07}
- {drop: e-said, on: 2021-05-08}
"""
    site = built(run, tmp_path, decided)
    told = "".join(path.read_text("utf-8") for path in site.rglob("*.xml"))
    assert not re.search("Mole|secret thing", told)
    items = items_of(site / "feed.xml")
    assert "Correction, 7 May 2021: Reports were put together." in items["Ministers meet in Doha"][1]
    assert len(items) == 3


def test_a_decision_without_a_day_is_no_news(run, tmp_path):
    undated = re.sub(r", on: [0-9-]+", "", DECIDED)
    items = items_of(built(run, tmp_path, undated) / "feed.xml")
    assert {title: day for title, (day, _) in items.items()} == {"Ministers meet in Doha": "2021-04-30"}


def test_a_feed_goes_on_at_its_old_address(run, tmp_path):
    site = built(run, tmp_path)
    assert (site / "events/doha-talks.xml").read_bytes() == (site / "events/doha-round.xml").read_bytes()
    assert (
        b'rel="self" type="application/atom+xml" href="https://example.org/events/doha-round.xml"'
        in (site / "events/doha-talks.xml").read_bytes()
    )
    assert "/events/doha-talks.json /events/doha-round.json 301\n" in (site / "_redirects").read_text()


def test_ids_outlast_a_new_name_and_a_new_address(run, tmp_path):
    def ids(folder: str, decided: str) -> set[str]:
        site = built(run, tmp_path / folder, decided)
        return set(re.findall("<id>(.*?)</id>", (site / "events" / f"{folder}.xml").read_text()))

    assert {"tag:example.org,2026:e-met", "tag:example.org,2026:feed/events/doha-talks"} == ids("doha-talks", "[]")
    renamed = ids("doha-round", "- rename: {doha-talks: Doha round}\n")
    assert renamed == {"tag:example.org,2026:e-met", "tag:example.org,2026:feed/events/doha-talks"}
    kept = [tag_of(Settings(address=address, tag="example.org,2026")) for address in ("", "https://else.example/x")]
    assert kept == ["tag:example.org,2026:"] * 2


# --------------------------------------------------------------------------------------------- search engines


def test_a_sitemap_names_every_page_that_is_worth_finding():
    files = outputs_of(at(CORPUS))
    root = ElementTree.fromstring(files["sitemap.xml"])
    found = [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {page.path for page in plan(CORPUS)[0].pages} - {"404.html", "index.html"}
    assert set(found) == {ADDRESS} | {ADDRESS + page for page in pages}
    assert len(found) == len(set(found))
    assert "robots.txt" not in files  # it counts only at the root of a host
    at_root = outputs_of(at(CORPUS, "https://example.org"))
    assert at_root["robots.txt"] == b"User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap.xml\n"
    assert not {"sitemap.xml", "robots.txt"} & set(outputs_of(CORPUS))


def test_a_large_sitemap_is_parted(monkeypatch):
    monkeypatch.setattr(beside, "SITEMAP_PAGES", 10)
    files = outputs_of(at(CORPUS))
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert index.tag.endswith("sitemapindex")
    named = [loc.text.removeprefix(ADDRESS) for loc in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert named == [path for path in files if re.fullmatch(r"sitemap-\d\.xml", path)]
    assert sum(files[path].count(b"<loc>") for path in named) == outputs_of_count()


def outputs_of_count() -> int:
    return sum(page.section != "" for page in plan(CORPUS)[0].pages)


def html_of(corpus: Corpus, path: str) -> str:
    site = plan(corpus)[0]
    page = next(page for page in site.pages if page.path == path)
    files, problems = render(replace(site, pages=(page,), files=()), template_dirs(ROOT))
    assert problems == ()
    return files[path].decode()


def test_pages_tell_what_they_are():
    page = html_of(at(CORPUS), "actors/taliban.html")
    assert '<link rel="canonical" href="https://example.org/a/actors/taliban.html">' in page
    assert '<meta property="og:url" content="https://example.org/a/actors/taliban.html">' in page
    assert '<meta property="og:title" content="Taliban">' in page
    assert '<link rel="alternate" type="application/atom+xml" title="Taliban: Feed (Atom)" href="taliban.xml">' in page
    assert '<a href="taliban.json" type="application/json">Data (JSON)</a>' in page
    assert '<link rel="canonical" href="https://example.org/a/">' in html_of(at(CORPUS), "index.html")
    assert '<a href="entries.csv" type="text/csv">Every entry (CSV)</a>' in html_of(CORPUS, "index.html")
    alone = html_of(CORPUS, "actors/taliban.html")
    assert "canonical" not in alone
    assert "og:url" not in alone


def test_every_entry_of_an_article_links_to_itself():
    page = html_of(CORPUS, "articles/an-undated-note.html")
    assert 'id="e-attend"' in page
    assert 'href="#e-attend"' in page


# --------------------------------------------------------------------------------------------- JSON-LD

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def linked(corpus: Corpus, path: str) -> dict:
    (block,) = BLOCK.findall(html_of(corpus, path))
    return json.loads(block)


def test_a_page_is_about_an_actor_and_based_on_articles():
    found = linked(at(CORPUS), "actors/zalmay-khalilzad.html")
    assert found["@type"] == "WebPage"
    assert found["url"] == "https://example.org/a/actors/zalmay-khalilzad.html"
    assert found["mainEntity"] == {"@type": "Person", "name": "Zalmay Khalilzad", "alternateName": ["Khalilzad"]}
    assert found["isBasedOn"] == [
        {
            "@type": "NewsArticle",
            "headline": "Pakistan, US Taking Afghan Peace Process Forward As Shared Responsibility",
            "datePublished": "2019-01-17",
            "publisher": {"@type": "Organization", "name": "PKONWEB"},
        }
    ]
    assert not {"publisher", "author"} & set(found)


def test_an_article_s_page_is_not_the_article():
    found = linked(CORPUS, "articles/pakistan-us-agree-to-share-responsibility-for-afghan-peace.html")
    assert found["@type"] == "WebPage"
    assert "mainEntity" not in found
    (source,) = found["isBasedOn"]
    assert source["url"] == "https://www.example.org/share?a=1&b=2"
    assert source["publisher"]["name"] == "Pakistan Today"
    generated = linked(CORPUS, "articles/pakistan-has-assured-afghanistan-that-it-will-make-all-out.html")["isBasedOn"][
        0
    ]
    assert "headline" not in generated  # the words are ours
    assert "datePublished" not in generated  # some day of a week is no date


DATES = [
    ("2018-12", {"startDate": "2018-12", "endDate": "2018-12"}),
    ("2018", {"startDate": "2018", "endDate": "2018"}),
    ("2018-12-03/2018-12-07", {"startDate": "2018-12-03", "endDate": "2018-12-07"}),
    ("2018/2021-05", {"startDate": "2018", "endDate": "2021-05"}),
    ("2021-05-01/..", {"startDate": "2021-05-01"}),
    ("../2021-05-01", {"endDate": "2021-05-01"}),
    ("2018-12~", {}),
    ("2018-12?", {}),
    ("[2018-12-03..2018-12-07]", {}),
    ("[2018-12-03,2018-12-07]", {}),
    ("201X", {}),
    ("2018-12~/2019~", {}),
    ("", {}),
]


@pytest.mark.parametrize(("edtf", "expected"), DATES)
def test_linked_dates_are_as_fine_as_they_are_known(edtf, expected):
    event = Event(id="v", label="Talks", kind="occasion", event_class="talks", when=when.parse(edtf), place="Doha")
    found = linked(Corpus(settings=Settings(), events=(event,)), "events/talks.html")["mainEntity"]
    assert found == {"@type": "Event", "name": "Talks", "location": {"@type": "Place", "name": "Doha"}} | expected


def test_a_deal_is_a_work_and_the_larger_event_is_named():
    deal = linked(CORPUS, "events/doha-deal.html")["mainEntity"]
    assert (deal["@type"], deal["dateCreated"]) == ("CreativeWork", "2020-02-29")
    part = linked(at(CORPUS), "events/istanbul-conference.html")["mainEntity"]
    assert part["superEvent"]["url"] == "https://example.org/a/events/afghan-peace-process.html"
    assert "alternateName" not in part  # "the moot" names nothing outside its article


@pytest.mark.parametrize(
    ("given", "told"), [("Q42", True), ("Q42/../../x", False), ("javascript:", False), ("", False)]
)
def test_only_an_item_of_wikidata_is_linked(given, told):
    actor = ActorData(id="a", name="A", kind="person", page="actors/a.html", aliases=(), roles=(), wikidata=given, note="", by_person=False)  # fmt: skip
    assert ("sameAs" in linked_data(actor, "T", "")) is told


@pytest.mark.parametrize("path", ["actors", "events", "articles"])
def test_no_words_get_out_of_a_data_block(path):
    evil = "</script><script>window.pwned = 1</script><!-- & \u2028 ]]>"
    corpus = Corpus(
        settings=Settings(title=evil),
        articles=(article("x", "2021-05-01", title=evil, source=evil),),
        entries=(entry("e", "x", evil, "", evil, participants=who(("x", "agent")), events=("x",)),),
        actors=(Actor(id="x", name=evil, kind="person"),),
        events=(Event(id="x", label=evil, kind="process", event_class="talks"),),
    )
    found = [
        page.path for page in plan(corpus)[0].pages if page.path.startswith(f"{path}/") and "index" not in page.path
    ]
    for name in found:
        html = html_of(corpus, name)
        own = len(re.findall(r'<script defer src="[./]*assets/[a-z]+\.js"[^<>]*></script>', html))
        assert html.count("<script") == html.count("</script") == 1 + own
        assert linked(corpus, name)["isPartOf"]["name"] == evil


def test_records_of_other_kinds_tell_nothing():
    assert linked_data(everything(stack_rows(CORPUS)), "T", "") == ""
    assert Source in vars(records).values()
    assert EventData in vars(records).values()


def test_an_id_may_be_any_text():
    evil = '"><script>\ud800\u202e\x00 ü'
    corpus = Corpus(settings=Settings(), articles=(article("a", "2021"),), entries=(entry(evil, "a", "met", "met", "They met"),))  # fmt: skip
    files = outputs_of(corpus)
    assert list(faults(read(files["articles/a.json"]), SCHEMA)) == []
    (id,) = (texts(one, "id")[0] for one in feed_of(corpus).values())
    assert TAG.fullmatch(id)
    assert table(files["entries.csv"])[0]["id"] == '"><script>\ufffd ü'


ANYTHING = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("<>&\"'=+-@,;\r\n\t\x00\x0b\x1f\x7f\x85\u2028\u202e\ud800\udfff\ufffe\uffff]/\\"),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANYTHING, min_size=8, max_size=8), st.sampled_from(["", ADDRESS]))
def test_any_text_in_any_field_is_carried(words, address):
    id, title, source, quote, label, place, said, name = words
    label, name = label or "l", name or "p"  # files without them go by their ids
    corpus = Corpus(
        settings=Settings(title=title, language=said, address=address),
        articles=(article("a", "2021-05-01", title=title, source=source, url=f"https://x.example/{label}"),),
        entries=(
            entry(f"e{id}", "a", quote, said, label, when_words=said, place=place, voice=Voice(words=said), participants=who(("p", "agent")), events=("v",), note=name),
        ),
        actors=(Actor(id="p", name=name, kind="person", note=said),),
        events=(Event(id="v", label=label, kind="process", event_class="talks"),),
    )  # fmt: skip
    files = outputs_of(corpus)
    for path, data in files.items():
        if path.endswith(".json"):
            assert list(faults(read(data), SCHEMA)) == []
        elif path.endswith(".xml"):
            ElementTree.fromstring(data)
    (row,) = table(files["entries.csv"])
    assert set(row) == set(COLUMNS)
    assert not any(re.match(r"[=+\-@]", value) for value in row.values())
    assert list(faults(whole(corpus), SCHEMA)) == []


# --------------------------------------------------------------------------------------------- bytes and verbs


def test_the_bytes_hang_on_what_is_known_alone():
    backwards = replace(
        CORPUS, articles=CORPUS.articles[::-1], actors=CORPUS.actors[::-1], entries=CORPUS.entries[::-1]
    )
    assert outputs_of(CORPUS) == outputs_of(CORPUS)
    one, other = outputs_of(CORPUS), outputs_of(backwards)
    assert one.keys() == other.keys()
    assert {path for path in one if one[path] != other[path] and path.endswith((".csv", ".xml"))} == set()


@pytest.mark.parametrize(("format", "path"), [("csv", "entries.csv"), ("atom", "feed.xml")])
def test_export_writes_what_stands_on_the_site(run, tmp_path, format, path):
    site = built(run, tmp_path)
    code, _, err = run("-C", tmp_path, "export", format, "--out", tmp_path / "out")
    assert (code, err) == (0, "")
    assert (tmp_path / "out").read_bytes() == (site / path).read_bytes()


def test_export_writes_the_whole_tracker_to_standard_output(run, tmp_path):
    built(run, tmp_path)
    before = files_of(tmp_path)
    code, out, err = run("-C", tmp_path, "export", "json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert list(faults(data, SCHEMA)) == []
    assert [row["id"] for row in data["happenings"]] == ["e-met"]
    assert data["address"] == "https://example.org/"
    assert files_of(tmp_path) == before


def test_export_of_nothing_dated_says_so(run, tmp_path):
    make_tracker(tmp_path, RULES)
    code, out, err = run("-C", tmp_path, "export", "atom")
    assert (code, out) == (2, "")
    assert "nothing to tell in a feed" in err
    assert run("-C", tmp_path, "export", "html")[0] == 2


def test_a_build_tells_what_a_site_without_an_address_lacks(run, tmp_path):
    make_tracker(tmp_path, RULES)
    assert "without an address: no sitemap, robots.txt or canonical links" in run("-C", tmp_path, "render")[1]
    (tmp_path / "content/site.yaml").write_text("recogniser: rules\naddress: example.org\n")
    assert '"example.org" is no address on the web' in run("-C", tmp_path, "render")[1]
    (tmp_path / "content/site.yaml").write_text("recogniser: rules\naddress: https://example.org\n")
    assert "address" not in run("-C", tmp_path, "render")[1]


def test_a_wrong_tag_is_a_problem_with_its_place(run, tmp_path):
    make_tracker(tmp_path, RULES + "tag: my site\n")
    code, _, err = run("-C", tmp_path, "render")
    assert code == 1
    assert 'content/site.yaml:3:6: error[bad-tag]: "my site" is no domain' in err


def test_the_columns_are_explained():
    text = (ROOT / "docs" / "outputs.md").read_text("utf-8")
    section = text.partition("## `entries.csv`")[2].partition("\n## ")[0]
    for column in COLUMNS:
        assert f"`{column}`" in section, column
