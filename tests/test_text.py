from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Article, Document
from dateline.rules import read_table
from dateline.text import clean, digest, fold, is_heading, slug, split_paragraphs, split_sentences, unwrap


def sentences(text: str) -> list[str]:
    document = Document(article=Article(id="a", seed=""), text=text, paragraphs=split_paragraphs(text))
    return [text[s.start : s.end] for s in split_sentences(document)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("US\u00a0troops\u2009left", "US troops left"),
        ("Jane\u200b Roe\ufeff", "Jane Roe"),
        ("safe\u202etxt.exe", "safetxt.exe"),
        ("bell\x07\x00 rings", "bell rings"),
        ("one\n\n\n\n\ntwo  ", "one\n\ntwo"),
        ("Cafe\u0301", "Café"),
        ("“quoted” stays", "“quoted” stays"),
    ],
)
def test_clean(raw, expected):
    assert clean(raw) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing(raw):
    assert clean(clean(raw)) == clean(raw)


@pytest.mark.parametrize(
    ("one", "other"),
    [("“We will”", '"We will"'), ("Pakistan’s", "Pakistan's"), ("two\n words", "two words"), ("«oui»", '"oui"')],
)
def test_fold_sees_the_same_words(one, other):
    assert fold(one) == fold(other)


def test_fold_keeps_what_differs():
    assert fold("May 1") != fold("may 1")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Zalmay Khalilzad", 60, "zalmay-khalilzad"),
        ("Doha’s deal", 60, "dohas-deal"),
        ("Łódź & São Paulo", 60, "lodz-and-sao-paulo"),
        ("../../etc/passwd", 60, "etc-passwd"),
        ("طالبان", 60, ""),
        ("one two three", 9, "one-two"),
        ("abcdefghij", 4, "abcd"),
        ("", 60, ""),
    ],
)
def test_slug(text, limit, expected):
    assert slug(text, limit) == expected


def test_digest_is_of_the_characters():
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("")) == 32


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Istanbul Summit", True),
        ("–US envoy on Afghan reconciliation meets key civil, military leadership", True),
        ("He left.", False),
        ("“We will,” he said", True),
        (
            "The talks that began in Doha in September made slow progress because of the differences between sides",
            False,
        ),
    ],
)
def test_is_heading(line, expected):
    assert is_heading(line) is expected


def test_paragraphs_are_lines_with_words():
    text = "A title\n\nOne sentence. Two.\n  \nThree."
    assert [(text[p.start : p.end], p.kind) for p in split_paragraphs(text)] == [
        ("A title", "heading"),
        ("One sentence. Two.", "text"),
        ("Three.", "text"),
    ]


def test_unwrap_joins_lines_of_a_fixed_width_and_keeps_the_length():
    text = (
        "Officials said on Monday that the talks which had begun in\n"
        "the capital in September would go on until the end of the\n"
        "month.\n\n"
        "Nobody from the other side could be reached for comment on\n"
        "the matter."
    )
    joined = unwrap(text)
    assert len(joined) == len(text)
    assert joined.split("\n\n")[1] == "Nobody from the other side could be reached for comment on the matter."


def test_unwrap_leaves_a_line_a_paragraph_alone():
    text = "One short line.\nAnother one that is a good deal longer than the first.\nThird."
    assert unwrap(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Gen. Bajwa met Mr. Khan. They spoke.", ["Gen. Bajwa met Mr. Khan.", "They spoke."]),
        ("It begins Sept. 11. Then it ends.", ["It begins Sept. 11.", "Then it ends."]),
        ("He left the U.S. The deal held.", ["He left the U.S.", "The deal held."]),
        ("The U.S. President spoke.", ["The U.S. President spoke."]),
        ("Apple Inc. The firm said so.", ["Apple Inc.", "The firm said so."]),
        ("“Will it hold?” he asked.", ["“Will it hold?” he asked."]),
        ("“It will.” She left.", ["“It will.”", "She left."]),
        ("It grew 3.5 per cent. Prices fell.", ["It grew 3.5 per cent.", "Prices fell."]),
        ("J. K. Rowling wrote. He read.", ["J. K. Rowling wrote.", "He read."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("No full stop", ["No full stop"]),
        ("He said (in Doha.) Nobody heard.", ["He said (in Doha.)", "Nobody heard."]),
    ],
)
def test_sentences(text, expected):
    assert sentences(text + "\n\nThe end is here now, dear reader, at last.")[: len(expected)] == expected


def test_no_sentence_crosses_a_paragraph():
    assert sentences("An end without a stop\nAnother line here.") == ["An end without a stop", "Another line here."]


@given(st.text(max_size=300))
def test_sentences_lie_in_order_inside_the_text(raw):
    text = clean(raw)
    document = Document(article=Article(id="a", seed=""), text=text, paragraphs=split_paragraphs(text))
    end = 0
    for sentence in split_sentences(document):
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        end = sentence.end


def test_a_very_long_line_is_split_in_one_pass():
    assert len(sentences("Yes it is so. " * 20_000)) == 20_000


def test_a_long_run_of_stops_is_read_in_one_pass():
    started = time.process_time()
    assert len(sentences("." * 200_000)) == 1
    assert time.process_time() - started < 5  # with a pass for each stop, minutes


def test_lists_have_no_doubles():
    forms = [row["form"].casefold() for row in read_table("en/abbreviations.tsv")]
    assert len(forms) == len(set(forms))
