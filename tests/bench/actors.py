"""How many articles of 600 words each recogniser reads in a second on one core, and how the two compare.

    python tests/bench/actors.py [--runs N] [--articles N]

The articles are those of `dates.py`. Counted is the work of the processor for finding the mentions; loading is not. The
recognisers take turns, so that other work on the machine weighs on both alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time

from dateline.actors.recognise import Recogniser, find_mentions, find_model, load_recogniser
from dateline.model import Document
from dates import WORDS, articles


def speed(recogniser: Recogniser, documents: list[Document]) -> float:
    """Articles of 600 words in a second of a processor."""
    words = sum(len(document.text.split()) for document in documents)
    began = time.process_time()
    for _ in find_mentions(documents, recogniser):
        pass
    return words / WORDS / (time.process_time() - began)


def main() -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, default=30)
    options = parser.parse_args()
    documents = articles(options.articles)
    recognisers = {"rules": load_recogniser("rules", "")}
    if model := find_model():
        recognisers["spacy"] = load_recogniser("spacy", model)
    speeds: dict[str, list[float]] = {name: [] for name in recognisers}
    for _ in range(options.runs + 1):
        for name, recogniser in recognisers.items():
            speeds[name].append(speed(recogniser, documents))
    print(f"{len(documents)} articles, Python {platform.python_version()}, {platform.machine()}")
    medians = {name: statistics.median(found[1:]) for name, found in speeds.items()}  # the first round warms up
    for name, found in speeds.items():
        print(
            f"{name}: {medians[name]:.1f} articles of {WORDS} words a second ({min(found[1:]):.1f} to {max(found):.1f})"
        )
    if len(medians) == 2:
        print(f"rules / spacy: {medians['rules'] / medians['spacy']:.1f}")


if __name__ == "__main__":
    main()
