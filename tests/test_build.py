from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline import build, publish, store, when
from dateline.problems import ContentError
from trackers import RULES, files_of, make_tracker

ROOT = Path(__file__).parents[1]

LATER = "The second round was postponed to next month, President John Doe said on Friday.\n"
STORY = (
    RULES
    + """-- seeds/2021-04-29-one.txt --
Ministers meet in Doha

DOHA: Foreign Minister Jane Roe met President John Doe in Doha on Wednesday.

Roe visited Madrid last month.
-- seeds/two.txt --
Talks are put off

"""
    + LATER
)


@pytest.fixture
def tracker(tmp_path):
    return make_tracker(tmp_path / "tracker", STORY)


def corpus_in(tracker):
    content, problems = store.load_content(tracker)
    corpus, more = store.corpus_of(content)
    assert (problems, more) == ((), ())
    return corpus


def entries_of(tracker, article):
    return [entry for entry in corpus_in(tracker).entries if entry.article == article]


def test_a_dated_article_dates_its_entries(tracker):
    build.build(tracker)
    days = {entry.word: when.format(entry.when) for entry in entries_of(tracker, "ministers-meet-in-doha")}
    assert days["met"] == "2021-04-28"
    assert days["visited"] == "2021-03"


def test_an_undated_article_gets_no_year(tracker):
    build.build(tracker)
    entries = entries_of(tracker, "talks-are-put-off")
    assert entries
    assert {when.format(entry.when) for entry in entries} == {""}
    page = (tracker / "site/articles/talks-are-put-off.html").read_text(encoding="utf-8")
    assert "undated" in page.lower()
    assert not re.search(r"\b(?:19|20)\d\d\b", page)


def test_a_date_above_the_line_wins_and_stays(tracker):
    build.build(tracker)
    path = tracker / "content/articles/talks-are-put-off.yaml"
    upper = "# from the paper's archive\npublished: 2021-05-01\n"
    path.write_text(upper + path.read_text(encoding="utf-8"), encoding="utf-8")
    build.build(tracker)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(upper)
    assert text.count("published") == 1
    said = [when.format(entry.when) for entry in entries_of(tracker, "talks-are-put-off") if entry.when_words]
    assert "2021-04-30" in said
    page = (tracker / "site/articles/talks-are-put-off.html").read_text(encoding="utf-8")
    assert "1 May 2021" in page


def test_a_changed_label_reaches_every_page_and_survives_a_build(tracker):
    build.build(tracker)
    entry = next(entry for entry in entries_of(tracker, "ministers-meet-in-doha") if entry.word == "met")
    path = tracker / "content/articles/ministers-meet-in-doha.yaml"
    change = f"entries:\n- id: {entry.id}\n  label: The two sat down in Doha\n  when: 2021-04-27\n"
    path.write_text(change + path.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        build.build(tracker)
        changed = next(e for e in entries_of(tracker, "ministers-meet-in-doha") if e.id == entry.id)
        assert (changed.label, when.format(changed.when)) == ("The two sat down in Doha", "2021-04-27")
        assert (changed.when_basis, changed.when_words, changed.when_reckoned) == ("person", "", "")
        for page in ("actors/jane-roe.html", "articles/ministers-meet-in-doha.html"):
            assert "The two sat down in Doha" in (tracker / "site" / page).read_text(encoding="utf-8")


def test_a_corrected_text_keeps_ids_and_a_removed_seed_keeps_its_article(tracker):
    build.build(tracker)
    before = {entry.word: entry.id for entry in entries_of(tracker, "ministers-meet-in-doha")}
    seed = tracker / "seeds/2021-04-29-one.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("last month", "in March"), encoding="utf-8")
    build.build(tracker)
    assert {entry.word: entry.id for entry in entries_of(tracker, "ministers-meet-in-doha")} == before
    seed.unlink()
    build.build(tracker)
    assert {entry.word: entry.id for entry in entries_of(tracker, "ministers-meet-in-doha")} == before
    assert (tracker / "site/actors/jane-roe.html").exists()


def test_a_renamed_seed_is_the_same_article(tracker):
    build.build(tracker)
    (tracker / "seeds/two.txt").rename(tracker / "seeds/talks again.txt")
    build.build(tracker)
    assert sorted(article.id for article in corpus_in(tracker).articles) == [
        "ministers-meet-in-doha",
        "talks-are-put-off",
    ]


def test_nothing_is_written_where_content_is_broken(tracker):
    build.build(tracker)
    before = files_of(tracker)
    (tracker / "content/actors/jane-roe.yaml").write_text("name: [\n", encoding="utf-8")
    broken = files_of(tracker)
    with pytest.raises(ContentError):
        build.build(tracker)
    assert files_of(tracker) == broken
    assert {name: data for name, data in broken.items() if name.startswith("site/")} == {
        name: data for name, data in before.items() if name.startswith("site/")
    }


def test_a_tracker_kept_by_hand_needs_no_seeds(tmp_path):
    make_tracker(
        tmp_path,
        "-- content/actors/jane-roe.yaml --\nname: Jane Roe\nkind: person\n"
        "-- content/articles/diary.yaml --\ntitle: A diary\npublished: 2020\nentries:\n"
        "- id: e-own\n  label: Roe opens the bridge\n  quote: She opened it.\n  word: opened\n"
        "  when: 2020-05\n  actors: [jane-roe]\n",
    )
    publish.render_site(tmp_path)
    page = (tmp_path / "site/actors/jane-roe.html").read_text(encoding="utf-8")
    assert "Roe opens the bridge" in page
    assert "May 2020" in page


# --------------------------------------------------------------------------------------------- the same bytes


WORLDS = [
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Anchorage", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"},
]


def test_time_zone_locale_and_hash_seed_change_no_byte(tmp_path):
    results = []
    for number, world in enumerate(WORLDS):
        folder = make_tracker(tmp_path / str(number), RULES)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        environment = {**{k: v for k, v in os.environ.items() if not k.startswith("LC_")}, **world}
        subprocess.run(
            [sys.executable, "-m", "dateline", "-C", str(folder), "build"],
            env=environment,
            check=True,
            capture_output=True,
        )
        results.append(files_of(folder))
    assert len(results[0]) > 40
    assert results[0] == results[1] == results[2]


def test_the_order_of_files_and_a_second_run_change_no_byte(tmp_path):
    """From empty content in one run, or article by article: ids may differ by history, readings may not."""
    folder = make_tracker(tmp_path / "a", RULES)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    build.build(folder)
    first = files_of(folder)
    build.build(folder)
    assert files_of(folder) == first


# --------------------------------------------------------------------------------------------- the demo


@pytest.fixture(scope="module")
def demo():
    return corpus_in(ROOT)


def test_the_five_articles_are_dated_by_a_person(demo):
    dates = {article.seed[:3]: (when.format(article.published), article.published_basis) for article in demo.articles}
    assert dates == {
        "000": ("[2021-04-19..2021-04-25]", "person"),
        "001": ("2021-04-29", "person"),
        "002": ("2021-03-07", "person"),
        "003": ("2019-01-17", "person"),
        "004": ("2019-01-17", "person"),
    }


@pytest.mark.parametrize(
    "names",
    [
        {"US", "United States"},
        {"Bajwa", "Qamar Javed Bajwa"},
        {"Khalilzad", "Zalmay Khalilzad"},
        {"Mohammad Sadiq", "Muhammad Sadiq"},
        {"UN", "United Nations"},
    ],
)
def test_names_of_one_are_on_one_page(demo, names):
    holders = [actor.id for actor in demo.actors if names & {actor.name, *(alias.name for alias in actor.aliases)}]
    assert len(holders) == 1


@pytest.mark.parametrize(
    "name", ["Twitter", "Facebook", "Instagram", "Mian Abrar", "May", "September", "Thursday", "Ramazan", "Posted"]
)
def test_what_is_no_actor(demo, name):
    assert not [actor.name for actor in demo.actors if set(name.split()) & set(actor.name.split())]


@pytest.mark.parametrize("name", ["Istanbul Conference", "Doha deal"])
def test_named_events_have_a_page(demo, name):
    found = [
        event
        for event in demo.events
        if name.casefold() in {event.label.casefold(), *(alias.name.casefold() for alias in event.aliases)}
    ]
    assert len(found) == 1
    assert list((ROOT / "site" / "events").glob("*.html"))
    assert any(found[0].id in entry.events for entry in demo.entries)


def test_a_repeated_sentence_gives_its_entries_once(demo):
    quotes = [(entry.article, entry.quote, entry.word) for entry in demo.entries if "Lisa Curtis" in entry.quote]
    assert len(quotes) == len(set(quotes))


def test_without_the_person_s_dates_no_day_is_made_up(tmp_path):
    folder = make_tracker(tmp_path, RULES)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    build.build(folder)
    corpus = corpus_in(folder)
    articles = {article.id: article for article in corpus.articles}
    assert {article.published_basis for article in articles.values()} == {"estimate", ""}
    for entry in corpus.entries:
        if entry.when.shape == "unit" and entry.when.precision == "day":
            assert str(entry.when.first_day.year) in entry.quote, entry
        if not articles[entry.article].published.known:
            years = set(re.findall(r"\d{4}", when.format(entry.when)))
            assert years <= set(re.findall(r"\d{4}", entry.quote)), entry
