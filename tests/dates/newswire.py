"""The made-up newswire of `newswire.txt` as annotated documents, and how well the rules read it.

python tests/dates/newswire.py            writes newswire.jsonl, in the form of tests/eval/data
python tests/dates/newswire.py dev        scores the half that rules are tuned on, with every error
python tests/dates/newswire.py held-out   scores the other half, without errors
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.dates import find_timexes
from dateline.model import Article, Document, Paragraph, Sentence, Timex
from dateline.when import parse

Record = dict[str, Any]
HOME = Path(__file__).parent
_MARKED = re.compile(r"\[([^\]|]+)\|([^\]|]+)(?:\|([A-Z]+))?\]")


def load(source: Path = HOME / "newswire.txt") -> list[Record]:
    """The texts with their expressions; every second one is held out."""
    return [
        _record(number, published, line)
        for number, (published, line) in enumerate(_texts(source.read_text(encoding="utf-8")), 1)
    ]


def _texts(source: str) -> Iterator[tuple[str, str]]:
    published = ""
    for line in source.splitlines():
        if line.startswith("@"):
            published = line[1:].strip()
        elif line and not line.startswith("#"):
            yield published, line


def _record(number: int, published: str, line: str) -> Record:
    text, timexes, at = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        words, value, kind = match.groups()
        timexes.append(
            {"start": len(text), "end": len(text) + len(words), "text": words, "type": kind or _kind(value)}
            | {"value": value}
        )
        text += words
        at = match.end()
    text += line[at:]
    half = "dev" if number % 2 else "held-out"
    return {"id": f"newswire-{number:03}", "half": half, "text": text, "published": published, "timex": timexes}


def _kind(value: str) -> str:
    if re.match(r"P[T\dX]", value):
        return "DURATION"
    return "TIME" if re.search(r"\dT|^T", value) else "DATE"


def read(record: Record) -> tuple[Timex, ...]:
    """What the rules find in a text."""
    text = record["text"]
    article = Article(id=record["id"], seed="", published=parse(record["published"]))
    whole = Paragraph(start=0, end=len(text))
    document = Document(article=article, text=text, paragraphs=(whole,))
    return find_timexes(document, (Sentence(start=0, end=len(text), paragraph=0),))


def score(records: list[Record]) -> tuple[dict[str, float], list[str]]:
    """F1 of values, strict and relaxed spans, in per cent; and each error in words."""
    gold = found = strict = relaxed = value = 0
    errors: list[str] = []
    for record in records:
        timexes = list(read(record))
        gold, found = gold + len(record["timex"]), found + len(timexes)
        for wanted in record["timex"]:
            got = next((t for t in timexes if t.start < wanted["end"] and wanted["start"] < t.end), None)
            if got is None:
                errors.append(f"{record['id']} missed  [{wanted['text']}] {wanted['value']} | {record['text']}")
                continue
            timexes.remove(got)
            same_span = (got.start, got.end) == (wanted["start"], wanted["end"])
            relaxed, strict, value = relaxed + 1, strict + same_span, value + (got.value == wanted["value"])
            if got.value != wanted["value"]:
                errors.append(
                    f"{record['id']} value   [{got.text}] {got.value}, not {wanted['value']} | {record['text']}"
                )
            elif not same_span:
                errors.append(f"{record['id']} span    [{got.text}], not [{wanted['text']}]")
        errors += [f"{record['id']} too many [{t.text}] {t.value} | {record['text']}" for t in timexes]
    return {
        name: round(200 * hits / (gold + found), 1)
        for name, hits in (("value", value), ("strict", strict), ("relaxed", relaxed))
    }, errors


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("half", nargs="?", choices=("dev", "held-out"))
    parser.add_argument("--errors", action="store_true", help="list the errors of the held-out half too")
    options = parser.parse_args()
    records = load()
    if not options.half:
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        (HOME / "newswire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    figures, errors = score([record for record in records if record["half"] == options.half])
    if options.half == "dev" or options.errors:
        sys.stdout.writelines(f"{error}\n" for error in errors)
    print(options.half, figures)


if __name__ == "__main__":
    main()
