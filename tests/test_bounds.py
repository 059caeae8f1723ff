"""When an article without a date can have been published: never more than its words allow, always with reasons."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from dateline import build, loading, store, when
from dateline.actors.recognise import find_model
from dateline.bounds import estimate_published
from dateline.model import Article, Document, Naming, Paragraph, Reading
from dateline.when import UNKNOWN
from trackers import RULES, files_of, make_tracker

SEEDS = Path(__file__).parents[1] / "seeds"


def built(tracker):
    build.build(tracker)
    content, problems = store.load_content(tracker)
    assert problems == ()
    return {article.seed: article for article in store.corpus_of(content)[0].articles}


def published(tmp_path, *texts, site=RULES):
    """What comes of undated texts: the estimate of each in EDTF, "" for none."""
    seeds = "".join(f"-- seeds/{number}.txt --\n{text}\n" for number, text in enumerate(texts))
    found = built(make_tracker(tmp_path, site + seeds))
    return [when.format(found[f"{number}.txt"].published) for number in range(len(texts))]


@pytest.mark.parametrize("recogniser", ["rules", pytest.param("spacy", marks=pytest.mark.nlp)])
def test_the_five_articles_without_their_dates(tmp_path, recogniser):
    model = find_model() if recogniser == "spacy" else ""
    make_tracker(tmp_path, f"-- content/site.yaml --\nrecogniser: {recogniser}\nmodel: {model}\n")
    shutil.copytree(SEEDS, tmp_path / "seeds")
    found = {seed[:3]: article.published for seed, article in built(tmp_path).items()}
    assert when.contains(when.parse("2021"), found["001"])
    assert when.contains(found["002"], when.parse("2021-03-07"))
    assert (found["002"].last_day - found["002"].first_day).days <= 366
    assert when.contains(when.parse("2020/2021"), found["000"])
    assert not found["003"].known
    assert not found["004"].known
    corpus = loading.load(tmp_path).corpus
    words = {e.when_words for e in corpus.entries if not e.when.known and e.article.startswith("pakistan-us-")}
    assert "Thursday" in words


TWICE = "Talks go on\n\nFrance and Spain signed the Madrid accord in March 2015. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one deal, dated outright and from the day of writing
        (TWICE + "The accord was signed last year, Jane Roe said.", "[2016-01..2016-12]"),
        (TWICE + "The accord was signed last month, Jane Roe said.", "2015-04"),
        ("Talks go on\n\nJane Roe praised the June 2018 agreement signed in Oslo last year.", "[2019-01..2019-12]"),
        # between what it tells as past and what it looks ahead to
        ("A vote\n\nFrance voted in May 2021. Spain will hold elections in February 2022.", "[2021-05..2022-02]"),
        # dates without a year lie near, where the year is known
        (TWICE + "The accord was signed last year. Talks began in November.", "[2016-01..2016-12]"),
        (TWICE + "The accord was signed last year. Jane Roe will visit Madrid on 3 February.", "[2016-01..2016-12]"),
        (TWICE + "The accord was signed last year. Jane Roe visited Madrid on 3 December.", "[2016-01..2016-12]"),
        # a day of the week is right in few years: 3 February was a Wednesday in 2016, 7 March a Sunday in 2021
        (
            TWICE + "The accord was signed last year. Jane Roe visited Madrid on Wednesday, 3 February.",
            "[2016-02..2016-10]",
        ),
        (
            "A vote\n\nFrance voted in May 2020. Spain will vote in April 2022. They met on Sunday, March 7.",
            "[2021-03..2021-11]",
        ),
        # nothing to hold on to
        ("Talks\n\nJane Roe met John Doe on Thursday. They had met last month.", ""),
        ("A look back\n\nFrance and Spain signed the Madrid accord in March 2015.", ""),
        # another thing than the one with the date
        (TWICE + "The Oslo treaty was signed last year, Jane Roe said.", ""),
        (TWICE + "The accord was criticised last year, Jane Roe said.", ""),
        # too wide to tell anything
        ("A vote\n\nFrance voted in May 2001. Spain will hold elections in February 2022.", ""),
        # what contradicts itself tells nothing
        ("A vote\n\nFrance voted in May 2021. Spain will hold elections in February 2019.", ""),
    ],
)
def test_what_an_article_tells_of_its_own_day(tmp_path, text, expected):
    assert published(tmp_path, text) == [expected]


DATED = "---\npublished: {}\n---\nThe Oslo conference opened\n\nMinisters met at the Oslo conference on Monday. Day {} was long."
UNDATED = "Next steps\n\nJane Roe praised the Oslo conference. She met John Doe on Thursday."


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2021-05-10"], "[2021-03..2021-07]"),
        (["2021-05-10", "2021-06-02"], "[2021-03..2021-07]"),  # its Mondays: 10 and 31 May
        (["2015-05-10", "2021-06-02"], ""),  # two conferences of one name: whose, nobody knows
    ],
)
def test_articles_on_the_same_occasion_lie_near(tmp_path, days, expected):
    assert published(tmp_path, UNDATED, *(DATED.format(day, day[-2:]) for day in days))[0] == expected


def test_a_process_and_a_deal_bound_nobody(tmp_path):
    dated = "---\npublished: 2021-05-10\n---\nNews\n\nJane Roe praised the Madrid accord and the Kashmir war went on."
    undated = "Views\n\nJohn Doe praised the Madrid accord. The Kashmir war went on."
    assert published(tmp_path, undated, dated)[0] == ""


def test_fifty_undated_articles_take_their_bounds_from_the_dated_ones_alone():
    """Undated articles name one occasion, another or both; what is known of it comes from articles with a date only."""

    def naming(*occasions):
        return tuple(
            Naming(start=0, end=9, text=one, name=one, event_class="conference", when=UNKNOWN) for one in occasions
        )

    def told(id_, published, *occasions):
        article = Article(id=id_, seed="", title=id_, published=when.parse(published))
        document = Document(article=article, text="A text.", paragraphs=(Paragraph(start=0, end=7),))
        return Reading(document=document, namings=naming(*occasions))

    sets = (["Oslo Conference"], ["Lima Conference"], ["Oslo Conference", "Quito Conference"], ["Quito Conference"])
    undated = [told(f"u{n:02}", "", *sets[n % 4]) for n in range(50)]
    dated = [told("d1", "2021-05-10", "Oslo Conference"), told("d2", "2021-06-02", "Oslo Conference")]
    found = estimate_published([*undated, *dated])
    # Nobody with a date tells of Lima or Quito: what an estimate says is not passed on to the next.
    assert set(found) == {f"u{n:02}" for n in range(50) if n % 4 in (0, 2)}
    assert {when.format(one.when) for one in found.values()} == {"[2021-03..2021-08]"}
    assert {reason for one in found.values() for reason in one.reasons} == {
        "it tells of the Oslo Conference, as does “d1”"
    }
    for seed in range(5):
        mixed = [*undated, *dated]
        random.Random(seed).shuffle(mixed)
        assert estimate_published(mixed) == found
    assert estimate_published(undated) == {}


def test_what_a_person_gives_wins_and_nothing_is_shown_as_a_fact(tmp_path):
    tracker = make_tracker(
        tmp_path,
        f"{RULES}-- seeds/0.txt --\n{TWICE}The accord was signed last year, Jane Roe said. John Doe resigned on Friday.\n",
    )
    build.build(tracker)
    page = (tracker / "site/articles/talks-go-on.html").read_text(encoding="utf-8")
    assert "an estimate: the article does not carry its date" in page
    assert "“March 2015” and “last year” are dates of one thing" in page
    assert any("an estimate of the article's date" in e.when_reckoned for e in loading.load(tracker).corpus.entries)
    home = (tracker / "site/index.html").read_text(encoding="utf-8")
    assert "Reported some day from January to December 2016 (estimated)" in home
    first = files_of(tracker)
    build.build(tracker)
    assert files_of(tracker) == first
    file = tracker / "content/articles/talks-go-on.yaml"
    file.write_text("published: 2016-05-04\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    article = built(tracker)["0.txt"]
    assert (when.format(article.published), article.published_basis) == ("2016-05-04", "person")
    page = (tracker / "site/articles/talks-go-on.html").read_text(encoding="utf-8")
    assert "estimate" not in page
