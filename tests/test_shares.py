"""How much of an article stands on the site in quotations."""

from __future__ import annotations

import pytest

from dateline import build, loading
from dateline.model import Entry
from dateline.shares import share_of
from trackers import RULES, make_tracker

TEXT = "One two three four. Five six seven. 12345678901234567890"


@pytest.mark.parametrize(
    ("quotes", "words", "expected"),
    [
        ((), 40, 0),
        (("Five six seven.",), 40, 13 / 49),
        (("Five six seven.", "Five six seven."), 40, 13 / 49),  # shown twice, it is no more of the article
        (("Five six seven.", "One two three four."), 40, 29 / 49),
        (("One two three four.",), 2, 6 / 49),  # only what is shown of a long sentence
        (("Words that stand nowhere in it",), 40, 0),
    ],
)
def test_each_sign_of_a_text_counts_once(quotes, words, expected):
    entries = [
        Entry(id=f"e-{at}", article="a", label="", event_class="act", word="", quote=q) for at, q in enumerate(quotes)
    ]
    assert share_of(TEXT, entries, words) == pytest.approx(expected)


def test_an_empty_text_is_not_shown():
    assert share_of(" \n", [], 40) == 0


STORY = f"""\
-- seeds/one.txt --
Talks open

Oslo, 3 May 2021 - President Ada Moreno met Tom Brandt in Oslo on Monday. He left on Tuesday.
-- seeds/two.txt --
A long one

Oslo, 4 May 2021 - President Ada Moreno resigned on Tuesday. {"It rained as on all days here. " * 20}
"""


@pytest.mark.parametrize(
    ("settings", "warned"),
    [("", ["one"]), ("quote_share: 1\n", []), ("quote_share: 0.01\n", ["one", "two"])],
)
def test_check_warns_of_articles_that_stand_on_the_site_by_more_than_their_share(tmp_path, settings, warned):
    tracker = make_tracker(tmp_path, RULES + settings + STORY)
    build.extract(tracker)
    told = {p.where.path: p.severity for p in loading.check(tracker) if p.slug == "quote-share"}
    names = {"one": "content/articles/talks-open.yaml", "two": "content/articles/a-long-one.yaml"}
    assert told == {names[name]: "warning" for name in warned}


def test_who_has_the_rights_to_all_is_not_warned(tmp_path):
    tracker = make_tracker(
        tmp_path, RULES + STORY.replace("-- seeds/one.txt --\n", "-- seeds/one.txt --\n---\nrights: full\n---\n")
    )
    build.extract(tracker)
    assert [p for p in loading.check(tracker) if p.slug == "quote-share"] == []
