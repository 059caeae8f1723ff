"""How well the same occurrence is found across invented articles: CoNLL F1 of occurrences that are told twice.

    python tests/events/coreference/score_coreference.py [one|two] [rules|spacy]

The labels stand in `labels.tsv`; how they were made is said in its head.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "eval"))

import predict  # noqa: E402
import score  # noqa: E402

Record = dict[str, Any]


def gold(name: str) -> list[Record]:
    """The articles of one file of `../stories` with their labelled mentions, in the form of `tests/eval`."""
    records = []
    text = (HERE.parent / "stories" / f"{name}.txt").read_text("utf-8")
    for number, part in enumerate(re.split(r"^== ", text, flags=re.M)[1:]):
        head, _, body = part.partition("\n")
        story, _, day = (cell.strip() for cell in head.split("|"))
        title = body.strip().partition("\n\n")[0]
        record = {"id": f"{number:02}", "group": name, "text": body.strip(), "title": title, "published": day}
        last = [found.end() for found in re.finditer(r"[.!?][\"”]?(?=\s)", record["text"])][1]
        records.append(record | {"events": [], "eval_spans": [[0, last]], "doc_cluster": story})
    for line in (HERE / "labels.tsv").read_text("utf-8").split("\n"):
        if line.startswith(f"{name}\t"):
            _, article, occurrence, words = line.split("\t")
            record = records[int(article)]
            record["events"] += [_mention(record, word) | {"cluster_id": occurrence} for word in words.split()]
    return records


def _mention(record: Record, word: str) -> Record:
    plain, _, number = word.partition("@")
    found = list(re.finditer(rf"\b{plain}\b", record["text"][: record["eval_spans"][0][1]]))
    match = found[int(number or 1) - 1]
    return {"start": match.start(), "end": match.end(), "text": plain}


def figures(name: str, recogniser: str) -> dict[str, float]:
    """CoNLL F1 with the occurrences as found and as given, and B-cubed F1 of the stories, in percent."""
    documents = gold(name)
    found, _ = predict.predict(documents, [], predict.recogniser_named(recogniser), "news")
    options = {"scope": "corpus", "no_singletons": True, "named": False}
    coref = {
        mentions: score.TASKS["eventcoref"](documents, found, SimpleNamespace(mentions=mentions, **options))
        for mentions in ("system", "gold")
    }
    stories = score.TASKS["docclust"](documents, found, SimpleNamespace())
    return {
        "occurrences as found, CoNLL F1": round(100 * coref["system"]["conll_f1"], 1),
        "occurrences as given, CoNLL F1": round(100 * coref["gold"]["conll_f1"], 1),
        "stories, B-cubed F1": round(100 * stories["b3"]["f1"], 1),
    }


if __name__ == "__main__":
    name, recogniser = (*sys.argv[1:], *("one", "rules")[len(sys.argv) - 1 :])[:2]
    for measure, value in figures(name, recogniser).items():
        print(f"{value:5.1f}  {measure}")
