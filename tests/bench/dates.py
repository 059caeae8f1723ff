"""How many articles of 600 words the date reader reads in a second on one core.

    python tests/bench/dates.py [--runs N] [--articles N] [--profile]

The articles are the news texts of `tests/eval/data`, joined and cut anew at paragraphs into pieces of about 600 words.
Counted is the work of the processor for splitting sentences and finding dates; loading the rules is not.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import platform
import pstats
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from dateline.dates import find_timexes, pack
from dateline.model import Article, Document
from dateline.text import split_paragraphs, split_sentences
from dateline.when import parse

DATA = Path(__file__).parents[1] / "eval" / "data"
SOURCES = ("gum.jsonl", "meantime.jsonl", "pud.jsonl", "semeval15t4.jsonl", "wikigold.jsonl", "wikiwars.jsonl")
WORDS = 600


def paragraphs() -> Iterator[str]:
    """The paragraphs of all texts."""
    for name in SOURCES:
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            yield from json.loads(line)["text"].split("\n")


def articles(limit: int) -> list[Document]:
    """Texts of about 600 words, published on a day."""
    found: list[Document] = []
    lines: list[str] = []
    words = 0
    for paragraph in paragraphs():
        lines.append(paragraph)
        words += len(paragraph.split())
        if words >= WORDS:
            text = "\n".join(lines)
            article = Article(id=f"a-{len(found)}", seed="", published=parse("2021-04-21"))
            found.append(Document(article=article, text=text, paragraphs=split_paragraphs(text)))
            lines, words = [], words - WORDS
    step = max(1, len(found) // limit)
    return found[::step][:limit]


def read(documents: list[Document]) -> int:
    """Read all dates; how many there are."""
    return sum(len(find_timexes(document, split_sentences(document))) for document in documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    options = parser.parse_args()
    documents = articles(options.articles)
    words = sum(len(document.text.split()) for document in documents)
    dates = read(documents)
    if options.profile:
        profiler = cProfile.Profile()
        profiler.runcall(read, documents)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
    speeds = []
    for _ in range(options.runs):
        began = time.process_time()
        read(documents)
        speeds.append(words / WORDS / (time.process_time() - began))
    print(f"{len(documents)} articles, {words} words, {dates} dates, {len(pack().rules)} rules")
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(
        f"{statistics.median(speeds):.0f} articles of {WORDS} words a second "
        f"(median of {options.runs} runs; {min(speeds):.0f} to {max(speeds):.0f})"
    )


if __name__ == "__main__":
    main()
