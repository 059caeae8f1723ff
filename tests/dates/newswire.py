"""The made-up newswire of `newswire.txt` and news items of `blind.txt` as documents, and how well the rules read them.

python tests/dates/newswire.py            writes newswire.jsonl, in the form of tests/eval/data
python tests/dates/newswire.py dev        scores the half that rules are tuned on, with every error
python tests/dates/newswire.py held-out   scores the other half, without errors
python tests/dates/newswire.py blind      scores the news items, and the days they name, without errors
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.dates import find_timexes
from dateline.model import Article, Document, Paragraph, Sentence, Timex
from dateline.when import When, is_day, parse

Record = dict[str, Any]
HOME = Path(__file__).parent
_MARKED = re.compile(r"\[([^\]|]+)\|([^\]|]+)(?:\|([A-Z]+))?(?:\|=([^\]|]+))?\]")


def load(source: Path = HOME / "newswire.txt") -> list[Record]:
    """The texts with their expressions; every second one is held out."""
    return [
        _record(number, published, line)
        for number, (published, line) in enumerate(_texts(source.read_text(encoding="utf-8")), 1)
    ]


def load_items(source: Path = HOME / "blind.txt") -> list[Record]:
    """The news items, each of a few sentences."""
    records = []
    for number, item in enumerate(_items(source.read_text(encoding="utf-8")), 1):
        records.append(_record(number, item[0], " ".join(item[1:])) | {"id": f"blind-{number:02}"})
        starts = [len(_MARKED.sub(r"\1", " ".join(item[1:at]))) + (at > 1) for at in range(1, len(item))]
        ends = [start - 1 for start in starts[1:]] + [len(records[-1]["text"])]
        records[-1]["sentences"] = list(zip(starts, ends, strict=True))
    return records


def _items(source: str) -> Iterator[list[str]]:
    """Each item as its publication date and its sentences."""
    for block in source.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield [lines[0].removeprefix("@").strip(), *lines[1:]]


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
        words, value, kind, meaning = match.groups()
        timexes.append(
            {"start": len(text), "end": len(text) + len(words), "text": words, "type": kind or _kind(value)}
            | {"value": value}
            | ({"meaning": meaning} if meaning else {})
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
    spans = record.get("sentences", [(0, len(text))])
    return find_timexes(document, tuple(Sentence(start=start, end=end, paragraph=0) for start, end in spans))


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


_HEDGED = re.compile(r"(?:early|mid|late|end|earlier|later|the (?:early|late|end|mid))\b", re.IGNORECASE)
"""Words that take a part of a time, which its value does not show."""


def meaning(timex: dict[str, Any]) -> When | None:
    """The day or stretch that an annotation names: as stated, else as its value shows; None if it names none."""
    stated = timex.get("meaning")
    if stated:
        return parse(f"[{stated}]" if ".." in stated else stated)
    if timex["type"] not in ("DATE", "TIME") or (_HEDGED.match(timex["text"]) and len(timex["value"]) < 10):
        return None
    value = timex["value"]
    if match := re.match(r"(\d{4})-W(\d\d)(-WE)?$", value):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return parse(f"[{first}..{first + timedelta(days=1 if match[3] else 6)}]")
    if match := re.match(r"(\d{4})-Q(\d)$", value):
        return parse(f"{match[1]}-{int(match[2]) * 3 - 2:02}/{match[1]}-{int(match[2]) * 3:02}")
    if re.match(r"\d{3}$", value):
        return parse(f"{value}X")
    return parse(match[1]) if (match := re.match(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?$", value)) else None


def score_days(records: list[Record]) -> tuple[dict[str, float], list[str]]:
    """Shares in per cent: of the days named, of the days read and of the stretches named, those read right."""
    tally = {"day recall": [0, 0], "day precision": [0, 0], "stretches": [0, 0]}
    errors: list[str] = []
    for record in records:
        named = [(wanted, when) for wanted in record["timex"] if (when := meaning(wanted)) is not None]
        timexes = read(record)
        for wanted, when in named:
            got = [t for t in timexes if t.start < wanted["end"] and wanted["start"] < t.end]
            right = bool(got) and _same(got[0].when, when)
            count = tally["day recall" if is_day(when) else "stretches"]
            count[0], count[1] = count[0] + right, count[1] + 1
            if not right:
                errors.append(f"{record['id']} meaning [{wanted['text']}] {got[0].when if got else '-'}, not {when}")
        for timex in timexes:
            if is_day(timex.when):
                same = [when for w, when in named if timex.start < w["end"] and w["start"] < timex.end]
                right = any(_same(timex.when, when) for when in same)
                count = tally["day precision"]
                count[0], count[1] = count[0] + right, count[1] + 1
    return {name: round(100 * right / (of or 1), 1) for name, (right, of) in tally.items()}, errors


def _same(got: When, wanted: When) -> bool:
    """Whether both cover the same days; "by" and "since" before an expression open a side that it does not name."""
    first = got.shape == "by" or got.first_day == wanted.first_day
    return got.known and first and (got.shape == "from" or got.last_day == wanted.last_day)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("half", nargs="?", choices=("dev", "held-out", "blind"))
    parser.add_argument("--errors", action="store_true", help="list the errors of the held-out half or the items too")
    options = parser.parse_args()
    records = load()
    if not options.half:
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        (HOME / "newswire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    if options.half == "blind":
        records = load_items()
        days, wrong = score_days(records)
        print(days)
        sys.stdout.writelines(f"{error}\n" for error in wrong if options.errors)
    else:
        records = [record for record in records if record["half"] == options.half]
    figures, errors = score(records)
    if options.half == "dev" or options.errors:
        sys.stdout.writelines(f"{error}\n" for error in errors)
    print(options.half, figures)


if __name__ == "__main__":
    main()
