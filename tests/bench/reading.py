"""How many articles a second one core reads, from text to entries, and what each stage takes of it.

    python tests/bench/reading.py [--recogniser rules|spacy] [--corpus NAME ...] [--runs N] [--profile]

The articles are the texts of `tests/eval/data`. Counted is the work of the processor, the median of the runs; loading
rules and models is not. For `spacy` the model's own time is told, too: `nlp.pipe` over the same paragraphs.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import platform
import pstats
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from dateline import build
from dateline.actors.recognise import Recogniser, find_model, load_recogniser, recase, recognise_in
from dateline.actors.rules import is_heading, with_small_words
from dateline.model import Article, Document
from dateline.text import split_paragraphs, unwrap
from dateline.when import parse

DATA = Path(__file__).parents[1] / "eval" / "data"
CORPORA = ("gum", "meantime", "pud", "semeval15t4", "wikigold", "wikiwars")
STAGES = ("split_sentences", "resolve", "find_timexes", "find_anaphors", "read_lines", "find_namings", "find_entries")
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
    """What runs only the model, with the parts that the recogniser needs."""
    import spacy

    from dateline.actors.spacy import BATCH, UNUSED

    nlp = spacy.load(find_model(), exclude=UNUSED)
    shown = [recase(d.text[part.start : part.end]) for d in documents for part in d.paragraphs]
    texts = [with_small_words(text) if is_heading(text) else text for text in shown]
    return lambda: list(nlp.pipe(texts, batch_size=BATCH))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recogniser", default="rules")
    parser.add_argument("--corpus", nargs="*", default=["meantime"], choices=CORPORA)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="print what takes longest")
    options = parser.parse_args()
    documents = articles(options.corpus)
    recogniser = load_recogniser(options.recogniser)
    words = sum(len(document.text.split()) for document in documents) / len(documents)
    print(f"{len(documents)} articles of {words:.0f} words, {recogniser.label}, Python {platform.python_version()}")
    read(documents, recogniser)
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(read, documents, recogniser)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
        return
    spent = [read(documents, recogniser) for _ in range(options.runs)]
    for stage in ("recognise", *STAGES, "all"):
        if any(run[stage] for run in spent):
            seconds = statistics.median(run[stage] for run in spent)
            print(f"{stage:16} {1000 * seconds / len(documents):8.2f} ms an article {len(documents) / seconds:9.1f} /s")
    if options.recogniser == "spacy":
        clock, alone = Clock(), model_alone(documents)
        clock.timed("", alone)()
        times = []
        for _ in range(options.runs):
            clock.spent.clear()
            clock.timed("model", alone)()
            times.append(clock.spent["model"])
        whole, model = statistics.median(run["all"] for run in spent), statistics.median(times)
        print(
            f"{'model alone':16} {1000 * model / len(documents):8.2f} ms an article; all is {whole / model:.2f} times it"
        )


if __name__ == "__main__":
    main()
