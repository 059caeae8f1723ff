"""How many articles a second one core reads, from text to entries, and what each stage takes of it.

    python tests/bench/reading.py [--recogniser rules|spacy] [--corpus NAME ...] [--runs N] [--long N] [--profile]

The articles are the texts of `tests/eval/data`; `--long N` reads N long ones instead, each of thirty of them. Counted is
the work of the processor, the median of the runs, after one that is not counted: loading rules and models is left out,
and what is kept of words that were met before is there, as it is in a build of many articles. What namings and entries
share, the lines of an article, is counted for the namings, which come first.

For `spacy` the model's own time is told, too: `nlp.pipe` over the same texts with the same parts of the model, run
before each run, and the median of what the whole road takes for each second of it.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import platform
import pstats
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline import build
from dateline.actors.headings import is_heading, with_small_words
from dateline.actors.recognise import Recogniser, find_model, load_recogniser, recase, recognise_in
from dateline.model import Article, Document
from dateline.text import split_paragraphs, unwrap
from dateline.when import parse

DATA = Path(__file__).parents[1] / "eval" / "data"
CORPORA = ("gum", "meantime", "pud", "semeval15t4", "wikigold", "wikiwars")
STAGES = ("split_sentences", "resolve", "find_timexes", "find_anaphors", "find_namings", "find_entries")
"""What `build.read_one` calls, in its order."""


def articles(corpora: Iterable[str]) -> list[Document]:
    """The articles of the corpora, each read as its own."""
    found = []
    for name in corpora:
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = unwrap(record["text"])
            article = Article(id=record["id"], seed="", published=parse((record.get("published") or "")[:10]))
            found.append(Document(article=article, text=text, paragraphs=split_paragraphs(text)))
    return found


LONG = 30
"""So many articles make a long one."""


def long_articles(documents: list[Document], number: int) -> list[Document]:
    """Long articles, each of others one after the other, no two alike."""
    made = []
    for at in range(number):
        parts = [documents[(at * (1 + k) + k) % len(documents)].text for k in range(LONG)]
        text = "\n\n".join(parts)
        article = replace(documents[at % len(documents)].article, id=f"long-{at}")
        made.append(Document(article=article, text=text, paragraphs=split_paragraphs(text)))
    return made


class Clock:
    """Adds up the seconds of the processor that each stage takes."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time added to that of a stage."""

        def run(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return function(*given, **named)
            finally:
                self.spent[stage] += time.process_time() - began

        return run


def read(documents: list[Document], recogniser: Recogniser) -> dict[str, float]:
    """Seconds of one run by stage."""
    clock = Clock()
    found = clock.timed("recognise", lambda: list(recognise_in(documents, recogniser)))()
    plain = {stage: getattr(build, stage) for stage in STAGES if hasattr(build, stage)}
    try:
        for stage, function in plain.items():
            setattr(build, stage, clock.timed(stage, function))
        began = time.process_time()
        build.read(documents, found)
        clock.spent["all"] = clock.spent["recognise"] + time.process_time() - began
    finally:
        for stage, function in plain.items():
            setattr(build, stage, function)
    return clock.spent


def model_alone(documents: list[Document]) -> Callable[[], object]:
    """What runs only the model, with the parts that the recogniser needs, over the texts that the recogniser gives."""
    import spacy

    from dateline.actors.spacy import BATCH, UNUSED

    nlp = spacy.load(find_model(), exclude=UNUSED)
    print(f"the model's parts: {', '.join(nlp.pipe_names)}")
    shown = [recase(d.text[part.start : part.end]) for d in documents for part in d.paragraphs]
    texts = [with_small_words(text) if is_heading(text) else text for text in shown]

    def run() -> None:
        for _ in nlp.pipe(texts, batch_size=BATCH):
            pass

    return run


def measure(documents: list[Document], recogniser: Recogniser, runs: int, alone: Callable[[], object] | None) -> None:
    """Print the median of each stage, and what the whole road takes beside the model alone."""
    spent, ratios, models = [], [], []
    for _ in range(runs):
        clock = Clock()
        if alone:
            clock.timed("model", alone)()
            models.append(clock.spent["model"])
        spent.append(read(documents, recogniser))
        if alone:
            ratios.append(spent[-1]["all"] / models[-1])
    for stage in ("recognise", *STAGES, "all"):
        seconds = statistics.median(run[stage] for run in spent)
        each = 1000 * seconds / len(documents)
        print(f"{stage:16} {each:8.2f} ms an article {1000 / each if each else 0:9.1f} /s")
    if alone:
        each = 1000 * statistics.median(models) / len(documents)
        print(f"{'model alone':16} {each:8.2f} ms an article; all is {statistics.median(ratios):.2f} times it")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':16} {peak:8.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recogniser", default="rules")
    parser.add_argument("--corpus", nargs="*", default=["meantime"], choices=CORPORA)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--long", type=int, default=0, metavar="N", help="read N long articles instead")
    parser.add_argument("--profile", action="store_true", help="print what takes longest")
    options = parser.parse_args()
    plain = articles(options.corpus)
    documents = long_articles(plain, options.long) if options.long else plain
    recogniser = load_recogniser(options.recogniser)
    words = sum(len(document.text.split()) for document in documents) / len(documents)
    print(f"{len(documents)} articles of {words:.0f} words, {recogniser.label}, Python {platform.python_version()}")
    read(plain, recogniser)
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(read, documents, recogniser)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
        return
    alone = model_alone(documents) if options.recogniser == "spacy" else None
    if alone:
        alone()
    measure(documents, recogniser, options.runs, alone)


if __name__ == "__main__":
    main()
