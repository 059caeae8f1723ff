"""What reading by several processes takes, and whether it gives the same.

    python tests/bench/jobs.py [--recogniser rules|spacy] [--articles N] [--jobs N ...]

The articles are the texts of `tests/eval/data`, over and over with other ids. Told are seconds on the wall and of the
processors (this process and the others), the peak memory of either sort, and how long the first reading takes to come.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from hashlib import blake2b
from itertools import cycle, islice
from pathlib import Path

from dateline import build
from dateline.actors.recognise import load_recogniser
from dateline.jobs import Workers
from dateline.model import Article, Document
from dateline.reading import Setup, read_all
from dateline.text import split_paragraphs, unwrap
from dateline.when import parse

DATA = Path(__file__).parents[1] / "eval" / "data"
CORPORA = ("gum", "meantime", "pud", "semeval15t4", "wikigold")
MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


def articles(number: int) -> list[Document]:
    """So many articles."""
    lines = [line for name in CORPORA for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    found = []
    for at, record in enumerate(islice(cycle(map(json.loads, lines)), number)):
        text = unwrap(record["text"])
        article = Article(id=f"a-{at}", seed="", published=parse((record.get("published") or "")[:10]))
        found.append(Document(article=article, text=text, paragraphs=split_paragraphs(text)))
    return found


def measure(documents: list[Document], recogniser: str, jobs: int) -> None:
    loaded = load_recogniser(recogniser)
    setup = Setup(read_one=build.read_one, recogniser=recogniser, model="", label=loaded.label, named=())
    total, first = blake2b(digest_size=8), 0.0
    began, worked = time.perf_counter(), time.process_time()
    with Workers(jobs) as workers:
        for _, _, packed in read_all(setup, loaded, workers, [(document, None) for document in documents]):
            first = first or time.perf_counter() - began
            total.update(packed)
    wall, here = time.perf_counter() - began, time.process_time() - worked
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    peaks = [resource.getrusage(who).ru_maxrss / MEGABYTE for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(
        f"{jobs:4} {wall:7.1f} {first:7.1f} {here:7.1f} {theirs.ru_utime + theirs.ru_stime:7.1f}"
        f" {peaks[0]:7.0f} {peaks[1]:7.0f}   {total.hexdigest()}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recogniser", default="rules")
    parser.add_argument("--articles", type=int, default=512)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2, 4])
    options = parser.parse_args()
    documents = articles(options.articles)
    print(
        f"{len(documents)} articles, {options.recogniser}, Python {platform.python_version()}, load {os.getloadavg()}"
    )
    print("jobs  wall s   first  here s theirs s here MB their MB   digest", flush=True)
    for jobs in options.jobs:
        if (child := os.fork()) == 0:  # each from nothing, so that no memory and no model is there before
            measure(documents, options.recogniser, jobs)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
