"""Which articles report one event: measured on real news parted in two.

    python tests/eval/topic/halves.py [rules|spacy]

Each of the 44 Wikinews articles of `../data` (semeval15t4, gum; licences there) is told as two "articles" on one event:
its odd and its even sentences behind the headline, and so nearly without common wording. 30 of them are about one
firm, three about one church: other events of the same actors must stay apart. No labelling is needed, but halves of
one article share its author's words and names, so that the figure is no estimate for reports of several outlets; it
shows whether like matters fall together. The second half is "published" some days later, or nothing is dated.
"""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import predict  # noqa: E402
import score  # noqa: E402

Record = dict[str, Any]


def halves(days: int | None) -> list[Record]:
    """Both halves of each article, the second published so many days after the first; None: without dates."""
    found = []
    for name in ("semeval15t4", "gum"):
        for record in predict.read_jsonl(HERE.parent / "data" / f"{name}.jsonl"):
            body = re.sub(r"^\W*(?:\w+, )?\w+ \d\d?, \d{4}$", "", record["text"].partition("\n\n")[2], flags=re.M)
            sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", body)
            for half in (0, 1):
                published = date.fromisoformat(record["published"]) + timedelta(days=half * (days or 0))
                part: Record = {"id": f"{record['id']}/{half}", "group": "news", "doc_cluster": record["id"]}
                part |= {"text": " ".join(sentences[half::2]), "title": record["title"] if half == 0 else ""}
                found.append(part | ({} if days is None else {"published": published.isoformat()}))
    return found


def figure(records: list[Record], recogniser: str) -> Record:
    """B-cubed precision, recall and F1 of the stories."""
    found, _ = predict.predict(records, [], predict.recogniser_named(recogniser), "news")
    return dict(score.TASKS["docclust"](records, found, SimpleNamespace())["b3"])


if __name__ == "__main__":
    for days in (0, 3, None):
        result = figure(halves(days), sys.argv[1] if len(sys.argv) > 1 else "rules")
        print(f"{days!s:5}", {key: round(100 * result[key], 1) for key in ("p", "r", "f1")})
