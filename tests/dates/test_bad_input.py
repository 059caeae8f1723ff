"""What texts hold that they should not: impossible dates, doubtful orders, unseen characters, hostile lines."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_feasts import read

from dateline import when as w
from dateline.dates import algebra as a
from dateline.dates import find_timexes
from dateline.dates.unseen import UNSEEN
from dateline.model import Article, Document, Paragraph, Sentence, Span
from dateline.rules import read_table
from dateline.when import When, parse
from test_when import WHENS


@pytest.mark.parametrize(
    "text",
    ["February 30", "30 February 2021", "31 April 2021", "29 February 2021", "in year 0", "0 AD", "the year 99999",
     "99999", "9" * 10_000, "May 40", "44/55/2020", "32.12.2020", "2021-13-01", "2021-02-30", "1/" * 5_000,
     "25:61", "the 0th century", "the 99th century", "the 45th of May", "-2021-", "20211231", "v2021.1"],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_no_day_is_made_of_what_is_none(text: str) -> None:
    assert [timex for timex in read(text) if w.is_day(timex.when)] == []


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("03/04/2021", "2021-03-04", "4 March or 3 April 2021 (uncertain)"),
        ("3.11.2023", "2023-11-03", "11 March or 3 November 2023 (uncertain)"),
        ("03-04-2021", "2021-04-03", "4 March or 3 April 2021 (uncertain)"),
        ("3/4/21", "2021-03-04", "4 March or 3 April 2021 (uncertain)"),
        ("31/12/2024", "2024-12-31", "31 December 2024"),
        ("12/31/2024", "2024-12-31", "31 December 2024"),
        ("13.11.2023", "2023-11-13", "13 November 2023"),
        ("5/5/2021", "2021-05-05", "5 May 2021"),
    ],
)
def test_doubtful_orders_keep_both_readings(text: str, value: str, words: str) -> None:
    (timex,) = read(f"It was signed on {text}, officials said.")
    assert (timex.value, w.describe(timex.when)) == (value, words)
    doubtful = " or " in words
    assert timex.when.doubtful is doubtful
    assert timex.reckoned == (f"{words}: “{text}” can be read with the day or the month first" if doubtful else "")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3\u00a0May\u200f 2021", "2021-05-03"),
        ("3 \u202bMay\u202c\u2009\u20092021".replace("\u2009\u2009", "\u2009"), "2021-05-03"),
        ("Feb\u00adru\u200bary 2020", "2020-02"),
        ("\ufeffMay 3, 2021".removeprefix("\ufeff"), "2021-05-03"),
        ("2021‑04‑21", "2021-04-21"),
        ("three\u3000days\u200a ago".replace("\u200a ", "\u200a"), "2021-04-18"),
        ("Sept.\u202f11,\u00a02001", "2001-09-11"),
    ],
)
def test_unseen_characters_hide_no_date(words: str, value: str) -> None:
    text = f"\u200eIn K\u200babul, it was on \u200f{words}\u200f, he\u00ad said."
    (timex,) = read(text)
    assert (timex.value, timex.text) == (value, words)
    assert text[timex.start : timex.end] == words


def test_a_letter_that_grows_when_small_moves_nothing() -> None:
    text = "İİİ İstanbul, 3 May 2021. He left İzmir on 5 JUNE 2020."
    assert [(timex.value, text[timex.start : timex.end]) for timex in read(text)] == [
        ("2021-05-03", "3 May 2021"),
        ("2020-06-05", "5 JUNE 2020"),
    ]


def test_masked_and_sentence_places_hold_beside_unseen_characters() -> None:
    text = "\u200fThe \u200fSunday Times said so on\u200f Sunday."
    document = Document(
        article=Article(id="x", seed="", published=parse("2021-04-21")),
        text=text,
        paragraphs=(Paragraph(start=0, end=len(text)),),
    )
    sentences = (Sentence(start=0, end=len(text), paragraph=0),)
    (timex,) = find_timexes(document, sentences, (Span(start=1, end=18),))
    assert text[timex.start : timex.end] == timex.text == "Sunday"
    assert timex.start == text.rindex("Sunday")


# --- any text, any anchor ------------------------------------------------------------------------------------

LISTS = [
    row["word"]
    for name in ("month", "weekday", "holiday", "unit", "ref", "told", "season", "ordinal", "cardinal", "vague")
    for row in read_table(f"en/dates/{name}.tsv")
    if "word" in row.cells
] + ["2020", "1914", "9999", "0", "31", "12", "3rd", "/", ".", "-", ",", " ago", "'s", "fiscal", "FY", "BC", "AD", "GMT",
     "p.m.", "the", "of", "and", "or", "to", "early", "mid-", "by", "since", "before", "after", "\u200f", "\u00a0", "İ",
     "٢٠٢١", "²", "\n", "later", "every", "half", "century", "quarter", "last year", "h"]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(LISTS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(LISTS), max_size=12).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, WHENS, st.sampled_from(["news", "narrative"]))
def test_no_text_and_no_anchor_raises_anything(text: str, published: When, style) -> None:
    found = read(text, w.format(published), style)
    assert all(text[timex.start : timex.end] == timex.text for timex in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    for timex in found:
        assert w.parse(w.format(timex.when)) == timex.when
        assert w.describe(timex.when)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("on 3 May 2021, last Thursday. "), st.sampled_from(["", "\u200f", "\u00ad"])))
)
def test_unseen_characters_change_no_value(pairs: list[tuple[str, str]]) -> None:
    text = "It was on 3 May 2021. " + "".join(sign + unseen for sign, unseen in pairs)
    plain = UNSEEN.sub("", text)
    assert [timex.value for timex in read(text)] == [timex.value for timex in read(plain)]


CYCLES = st.sampled_from([a.DAY, a.WEEK, a.MONTH, a.YEAR, a.WEEKEND, a.Cycle("quarter"), a.Cycle("week", weekday=3)])


@given(CYCLES, st.dates(min_value=w.date(100, 1, 1), max_value=w.date(9900, 1, 1)))
def test_the_next_behind_the_last_is_this_one(cycle: a.Cycle, on) -> None:
    anchor = w.day(on)
    last = a.Last(cycle).apply(anchor)
    following = a.Next(cycle).apply(last)
    assert following == a.Last(cycle, inclusive=True).apply(anchor) or w.contains(
        w.since(w.day(last.last_day)), following
    )
    assert following.first_day > last.last_day
    assert (following.first_day - on).days <= 7 or following.first_day <= on


# --- hostile lines -------------------------------------------------------------------------------------------

HOSTILE = [
    "9", "1 ", "12 ", "the ", "May ", "a year ", "2020-", "first ", "12:", "Thursday, ", " ", "in the last ", "1/1/",
    "12.12.", "5 May 2020, ", "last week ", "early ", "the end of ", "soon ", "May 3 or ", "10:30 p.m. ", "'80s ",
    "next Thursday when he will ", "Eid ", "Ramadan ", "Easter, ", "fiscal ", "FY20", "fiscal year ended ", "AD ",
    "1400 GMT ", "\u200f", "3\u200f May ", "İ ", "-", "a", "three days ago, ", "by Monday, ", "quarter ",
]  # fmt: skip


def steps(text: str) -> int:
    """How many functions, of Python and of C, are called to read a text: a count, not a time."""
    count = 0

    def tally(frame, event: str, argument) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit", HOSTILE, ids=lambda unit: "".join(unicodedata.name(c, "?")[0] if c > "~" else c for c in unit)
)
def test_hostile_lines_cost_no_more_than_their_length(unit: str, long_run: bool) -> None:
    small, factor = (10_000, 10) if long_run else (2_000, 5)
    read(unit * 20)  # what is made once is made
    short, long = (steps(unit * (size // len(unit))) for size in (small, factor * small))
    assert long <= 1.3 * factor * max(short, 200)
    assert long <= 200 * factor * small
