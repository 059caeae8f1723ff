"""From raw characters to clean text, paragraphs and sentences.

`clean` may change length and is applied once, before any offset exists; everything after it keeps offsets.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from .model import Document, Paragraph, Sentence
from .rules import read_table

QUOTE_MARKS = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
}
"""Quotation marks and their plain forms: two texts that differ in nothing else are the same words."""

_FOLD_QUOTES = str.maketrans(QUOTE_MARKS)
_SPACES = re.compile(r"[^\S\n]+")
_WHITE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# What has no width or steers the direction of writing can hide words from a reader, so it goes.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def clean(raw: str) -> str:
    """The text as people read it: NFC, plain spaces, no invisible characters, at most one blank line in a row."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", raw))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def fold(text: str) -> str:
    """The form in which quotations are compared: one space between words, plain quotation marks."""
    return _WHITE.sub(" ", text.translate(_FOLD_QUOTES)).strip()


def digest(text: str) -> str:
    """A name for exactly these characters: blake2b of their UTF-8, 16 bytes, hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_TRANSLITERATE = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
        "ı": "i", "ŋ": "ng", "ə": "e", "&": " and ", "’": "", "'": "", "‘": "", "ʼ": "",
    }
)  # fmt: skip


def slug(text: str, limit: int = 60) -> str:
    """An address made of the words of `text`: a-z, 0-9 and single hyphens, cut at a word; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_TRANSLITERATE))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    address = "-".join(words)
    if len(address) <= limit:
        return address
    cut = address[: limit + 1].rpartition("-")[0]
    return cut or address[:limit]


# --------------------------------------------------------------------------------------------- paragraphs

HEADING_WORDS = 12


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Each line that holds words is a paragraph; a short line without closing punctuation is a heading."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        words = line.group().strip()
        if not words:
            continue
        start = line.start() + line.group().index(words[0])
        found.append(Paragraph(start=start, end=start + len(words), kind="heading" if is_heading(words) else "text"))
    return tuple(found)


def is_heading(line: str) -> bool:
    """Whether a line titles what follows: a deck ("–US envoy …") or a few words that end like no sentence."""
    if line[:1] in "–—#" and not line.startswith("— "):
        return len(line.split()) <= 3 * HEADING_WORDS
    return len(line.split()) <= HEADING_WORDS and line[-1:].isalnum()


def unwrap(text: str) -> str:
    """Text whose lines were broken to a fixed width, with those breaks turned into spaces; the length stays.

    Lines count as broken to a width when blank lines part the paragraphs, most lines inside are nearly as long as the
    longest one, and most end like no sentence.
    """
    blocks = text.split("\n\n")
    inner = [line for block in blocks for line in block.split("\n")[:-1]]
    width = max(map(len, inner), default=0)
    broken = [line for line in inner if len(line) > 0.7 * width and line[-1:] not in '.!?”"']
    if len(blocks) < 2 or len(inner) < 3 or not 40 <= width <= 100 or len(broken) < 0.8 * len(inner):
        return text
    return "\n\n".join(block.replace("\n", " ") for block in blocks)


# --------------------------------------------------------------------------------------------- sentences

_STOP = re.compile(r"""(?<![.!?…])([.!?…]+)(['"“”’‘»«」』)\]]*)(\s+)(?=(['"“‘«»„‚「『(\[–—-]*)(\S))""")
_WORD_BEFORE = re.compile(r"[^\s(\"“‘'\[]+\Z")
_LONGEST_WORD = 40
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\Z|[A-Z]\Z")
_OPENER = re.compile(r"[A-Za-z]+")
_SMALL_NAME = re.compile(r"[a-z]{1,2}[A-Z]\w")
"""A name that begins small and so may begin a sentence: "iPhone", "eBay"."""


@cache
def _abbreviations() -> dict[str, str]:
    return {row["form"].casefold(): row["before"] for row in read_table("en/abbreviations.tsv")}


@cache
def _openers() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("en/sentence_openers.tsv"))


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document, paragraph by paragraph; a heading is one sentence."""
    found: list[Sentence] = []
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.kind == "heading":
            found.append(Sentence(start=paragraph.start, end=paragraph.end, paragraph=index))
            continue
        body = document.text[paragraph.start : paragraph.end]
        for start, end in _sentence_bounds(body):
            found.append(Sentence(start=paragraph.start + start, end=paragraph.start + end, paragraph=index))
    return tuple(found)


def _sentence_bounds(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(body):
        if _ends_sentence(body, stop):
            yield start, stop.end(2)
            start = stop.end(3)
    if body[start:].strip():
        yield start, len(body.rstrip())


def _ends_sentence(body: str, stop: re.Match[str]) -> bool:
    marks, closing, _, opening, following = stop.groups()
    named = _SMALL_NAME.match(body, stop.end() + len(opening)) is not None
    if (following.islower() and not named) or (closing and not opening and following in ",;"):
        return False
    if marks != "." or closing:
        return True
    before = _WORD_BEFORE.search(body[max(0, stop.start() - _LONGEST_WORD) : stop.start()])
    word = before.group() if before else ""
    rest = _OPENER.match(body, stop.end() + len(opening))
    opens = rest is not None and rest.group() in _openers()
    kind = _abbreviations().get(word.casefold())
    if kind == "name":  # "Gen. Bajwa"
        return False
    if kind == "number":  # "No. 5", "Sept. 11"
        return not following.isdigit()
    if kind == "end" or _INITIALS.fullmatch(word):  # "Apple Inc. The", "the U.S. President", "J. Smith"
        return opens
    return True
