from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from dateline import when
from dateline.rules import read_table
from dateline.seeds import MAX_BYTES, decode_bytes, mint_article_id, read_seeds, read_text

SEEDS = Path(__file__).parents[1] / "seeds"
BODY = (
    "The minister said on Monday that the bridge would open in June, two years late.\n\nNobody was surprised at that."
)


@pytest.fixture(scope="module")
def five() -> dict:
    found = read_seeds(SEEDS)
    assert found.problems == ()
    return {document.article.seed[:3]: document for document in found.documents}


@pytest.mark.parametrize(
    ("seed", "title", "basis", "source", "byline", "place"),
    [
        ("000", "Pakistan has assured Afghanistan", "generated", "", "", "Islamabad"),
        ("001", "Kabul has been witnessing a surge in violence", "generated", "Doha News", "", ""),
        ("002", "Pakistan backs Russian bid for Afghan peace", "text", "The Express Tribune", "", ""),
        (
            "003",
            "Pakistan, US agree to ‘share responsibility’ for Afghan peace process",
            "text",
            "Pakistan Today",
            "Mian Abrar",
            "Islamabad",
        ),
        (
            "004",
            "Pakistan, US Taking Afghan Peace Process Forward As Shared Responsibility",
            "text",
            "PKONWEB",
            "",
            "Islamabad",
        ),
    ],
)
def test_what_the_five_articles_tell_of_themselves(five, seed, title, basis, source, byline, place):
    article = five[seed].article
    assert article.title.startswith(title)
    assert (article.title_basis, article.source, article.byline, article.place) == (basis, source, byline, place)
    assert not article.published.known
    assert article.url == ""


@pytest.mark.parametrize(
    "words",
    ["Posted on", "Read also", "Leave a Reply", "on Twitter", "Related posts", "[email protected]", "The writer heads",
     "Your email", "| Pakistan Today", "Mian Abrar", "PKONWEB", "ISLAMABAD:"],
)  # fmt: skip
def test_no_frame_reaches_the_text(five, words):
    assert not [seed for seed, document in five.items() if words in document.text]


def test_a_repeated_title_is_no_paragraph(five):
    assert "share responsibility’" not in five["003"].text
    assert five["003"].text.startswith("–US envoy")


@pytest.mark.parametrize("row", read_table("en/clues.tsv"), ids=lambda row: f"clues.tsv:{row.line}")
def test_each_clue_finds_its_example_and_not_its_counter_example(row):
    pattern = re.compile(row["pattern"])
    search = pattern.search if row["where"] == "inside" else pattern.match
    found = search(row["example"])
    assert found
    gives = dict(pair.split("=") for pair in row["gives"].split(";") if pair)
    assert {slot: value.strip() for slot, value in found.groupdict().items() if value and value.strip()} == gives
    if row["counter"]:
        assert not search(row["counter"])


@pytest.mark.parametrize(
    ("data", "text", "slugs"),
    [
        ("Zoë".encode(), "Zoë", []),
        ("Zoë".encode("utf-8-sig"), "Zoë", []),
        ("Zoë".encode("utf-16"), "Zoë", ["encoding"]),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "\ufeffZoë".lstrip("\ufeff"), ["encoding"]),
        (("The minister met Zoë. " * 9).encode("utf-16-le"), "The minister met Zoë. " * 9, ["encoding"]),
        ("one\ntwo “Zoë”".encode("cp1252"), "one\ntwo “Zoë”", ["encoding"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None, ["binary-seed"]),
        (bytes(range(1, 32)) * 20 + b"\xff", None, ["binary-seed"]),
        (b"", "", []),
    ],
)
def test_bytes_are_read_and_told(data, text, slugs):
    found, problems = decode_bytes(data, "x.txt")
    assert found == text
    assert [problem.slug for problem in problems] == slugs
    assert all(problem.severity == "warning" for problem in problems)


def test_a_wrong_encoding_is_told_with_its_line():
    _, problems = decode_bytes("one\ntwo\nZoë".encode("cp1252"), "x.txt")
    assert str(problems[0].where) == "seeds/x.txt:3"
    assert "Windows-1252" in problems[0].message


@pytest.mark.parametrize(
    ("name", "text", "basis", "published"),
    [
        ("a.txt", f"---\npublished: 2021-04-29\n---\nA title\n\n{BODY}", "front matter", "2021-04-29"),
        ("a.md", f"---\ndate: 2021-04-29T10:00:00Z\n---\n{BODY}", "front matter", "2021-04-29"),
        ("a.md", f"---\ndate: April 29, 2021\n---\n{BODY}", "front matter", "2021-04-29"),
        ("2021-04-29-a.txt", BODY, "address", "2021-04-29"),
        ("a_20210429.txt", BODY, "address", "2021-04-29"),
        ("a.txt", f"---\nurl: https://example.org/2021/04/29/a\n---\n{BODY}", "address", "2021-04-29"),
        ("a.txt", f"A title here\n\nPosted on April 29, 2021\n\n{BODY}", "text", "2021-04-29"),
        ("a.txt", f"A title here\n\nMarch 6, 2008\n\n{BODY}", "text", "2008-03-06"),
        ("a.txt", f"LONDON, March 3 (AP) — {BODY}", "", ""),
        ("8e8250f4a2a3196f.txt", BODY, "", ""),
        ("a.txt", BODY, "", ""),
    ],
)
def test_publication_date_by_order_of_trust(name, text, basis, published):
    document, problems = read_text(text, name)
    assert problems == ()
    assert document is not None
    assert (document.article.published_basis, when.format(document.article.published)) == (basis, published)


def test_unknown_front_matter_is_told_and_the_rest_is_read():
    document, problems = read_text(f"---\ntitel: A\nsource: The Example\n---\n{BODY}", "a.md")
    assert document is not None
    assert document.article.source == "The Example"
    assert [(p.slug, str(p.where), p.hint) for p in problems] == [
        ("unknown-field", "seeds/a.md:2:1", 'did you mean "title"?')
    ]


def test_a_date_that_is_none_is_told():
    document, problems = read_text(f"---\ntitle: A\npublished: 2021-13-40\n---\n{BODY}", "a.md")
    assert document is not None
    assert not document.article.published.known
    assert [(p.slug, str(p.where), p.severity) for p in problems] == [("bad-date", "seeds/a.md:3:12", "warning")]


@pytest.mark.parametrize("line", ["The Northern Herald, Saturday 29 June 2024", "*29 June 2024 · The Northern Herald*"])
def test_a_line_under_the_title_may_name_publisher_and_day(line):
    document, _ = read_text(f"Bridge opens late\n{line}\n\n{BODY}", "a.txt")
    assert document is not None
    article = document.article
    assert (article.title, article.source) == ("Bridge opens late", "The Northern Herald")
    assert (when.format(article.published), article.published_basis) == ("2024-06-29", "text")


def test_bad_files_are_left_out_each_with_one_message(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00\x00\x01")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF")
    (tmp_path / "long.txt").write_bytes(b"a" * (MAX_BYTES + 1))
    (tmp_path / "Ünï cødé name.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "twin.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(BODY, encoding="utf-8")
    found = read_seeds(tmp_path)
    assert [document.article.seed for document in found.documents] == ["twin.txt"]
    assert sorted((p.slug, p.where.path, p.severity) for p in found.problems) == [
        ("binary-seed", "seeds/picture.txt", "warning"),
        ("duplicate-seed", "seeds/Ünï cødé name.txt", "warning"),
        ("empty-seed", "seeds/empty.txt", "warning"),
        ("large-seed", "seeds/long.txt", "warning"),
        ("unknown-seed", "seeds/paper.pdf", "warning"),
    ]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
def test_a_name_that_is_no_text_is_left_out_for_content_could_not_hold_it(tmp_path):
    (tmp_path / os.fsdecode(b"\xff-a.txt")).write_text(BODY, encoding="utf-8")
    found = read_seeds(tmp_path)
    assert not found.documents
    assert [(p.slug, p.where.path) for p in found.problems] == [("encoding", "seeds/\ufffd-a.txt")]


def test_no_seeds_is_no_problem(tmp_path):
    assert read_seeds(tmp_path / "seeds") == read_seeds(tmp_path)


def test_html_is_read_with_its_metadata():
    html = f"""<html><head><title>Bridge opens late | The Example</title>
    <meta property="og:site_name" content="The Example"><meta property="article:published_time" content="2021-04-29">
    <meta property="og:title" content="Bridge opens late"></head>
    <body><nav>Home</nav><article><h1>Bridge opens late</h1><p>{BODY}</p><p>{BODY} Again and again.</p>
    <p>One more paragraph makes the page long enough to be an article, the extractor finds.</p></article></body></html>"""
    document, problems = read_text(html, "a.html", html=True)
    assert problems == ()
    assert document is not None
    assert document.article.title == "Bridge opens late"
    assert document.article.source == "The Example"
    assert (document.article.published_basis, when.format(document.article.published)) == ("metadata", "2021-04-29")
    assert "The minister said on Monday" in document.text
    assert "Home" not in document.text


@pytest.mark.parametrize(
    ("title", "seed", "taken", "expected"),
    [
        ("Bridge opens", "a.txt", [], "bridge-opens"),
        ("Bridge opens", "a.txt", ["bridge-opens", "bridge-opens-2"], "bridge-opens-3"),
        ("طالبان", "taliban 1.txt", [], "taliban-1"),
        ("طالبان", "طالبان.txt", [], "a-0123abcd"),
    ],
)
def test_ids_are_minted_from_the_title(title, seed, taken, expected):
    from dateline.model import Article

    assert mint_article_id(Article(id="", seed=seed, title=title, digest="0123abcd9999"), taken) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (BODY, "The minister said on Monday that the bridge would open in June, two years late"),
        (
            "The minister said on Monday that the bridge would open in June, two years later than promised to all.",
            "The minister said on Monday that the bridge would open in June …",
        ),
        (
            "A sentence that has no clause to be cut at but goes on for many more words than a title may have.",
            "A sentence that has no clause to be cut at but goes on for many more words than …",
        ),
        ("Short lead.\n\nAnd more words that follow it, to make a text.", "Short lead"),
        ("x" * 200, "x" * 80 + "…"),
    ],
)
def test_a_title_is_made_from_the_first_words(text, title):
    document, _ = read_text(text, "a.txt")
    assert document is not None
    assert (document.article.title, document.article.title_basis) == (title, "generated")


def test_a_copy_that_another_publisher_printed_is_a_report_of_its_own(tmp_path):
    for name, source in (("a.txt", "Dawn"), ("b.txt", "The News"), ("c.txt", "Dawn"), ("d.txt", "")):
        head = f"---\nsource: {source}\n---\n" if source else ""
        (tmp_path / name).write_text(head + BODY, encoding="utf-8")
    found = read_seeds(tmp_path)
    assert [document.article.seed for document in found.documents] == ["a.txt", "b.txt"]
    assert [(p.slug, p.where.path) for p in found.problems] == [
        ("duplicate-seed", "seeds/c.txt"),
        ("duplicate-seed", "seeds/d.txt"),
    ]
