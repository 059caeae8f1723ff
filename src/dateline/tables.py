"""The table of all entries: a line each, as RFC 4180 writes them, everything in quotation marks, CR LF at the end."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from .records import Happening, Part, Report, Source

STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of writing: plain text, unlike a page, cannot fence it in."""
SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_FORMULA = re.compile(r"'*[=+\-@|%＝＋－＠]")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""

COLUMNS = (
    "id", "happening", "page", "label", "class", "course", "negated", "when", "when_words", "when_basis", "place",
    "voice", "voice_actor", "stance", "actors", "events", "quote", "prefix", "suffix", "article", "title", "publisher",
    "published", "published_basis", "url", "reports", "origins", "by_person", "rests_on", "note",
)  # fmt: skip


def head() -> str:
    """The names of the columns, as a line."""
    return _written([COLUMNS])


def lines_of(happening: Happening, sources: Mapping[str, Source]) -> str:
    """A line an entry of a happening; `sources`: the articles that tell it, by id."""
    rows = (_row(happening, report, sources[report.article]) for report in happening.told)
    return _written([cell(value) for value in row] for row in rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


@lru_cache(maxsize=16384)
def cell(text: str) -> str:
    """A value on one line that no spreadsheet takes for a formula: such a one gets an apostrophe before it."""
    if not text.isprintable():
        text = SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", STEERING.sub("", text)))
    line = " ".join(text.split())
    return f"'{line}" if _FORMULA.match(line) else line


def _row(happening: Happening, report: Report, source: Source) -> Sequence[str]:
    voice, words = report.voice, report.quotation
    return (
        report.id,
        report.happening,
        happening.page,
        report.label,
        report.class_,
        report.course,
        _flag(report.negated),
        report.when.edtf,
        report.when_words,
        report.when_basis,
        report.place,
        voice.words if voice else "",
        voice.actor if voice else "",
        voice.stance if voice else "",
        _listed(_part(part) for part in report.actors),
        _listed(report.events),
        words.exact if words else "",
        words.prefix if words else "",
        words.suffix if words else "",
        report.article,
        source.title,
        source.publisher,
        source.published.edtf,
        source.published_basis,
        source.url,
        str(happening.reports),
        str(happening.origins),
        _flag(report.by_person),
        report.rests_on,
        report.note,
    )


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _part(part: Part) -> str:
    return f"{part.id or part.name} ({part.role})"


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)
