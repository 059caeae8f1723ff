"""Today's scores are floors: extraction may not fall behind them.

    python tests/eval/gate.py                      score everything, compare with floors.json; exit 1 on a fall
    python tests/eval/gate.py --update             raise the floors to today's scores
    python tests/eval/gate.py --update --allow-regression    set them, also lower

A score may lie `TOLERANCE` points under its floor: one mention more or less in a small file moves F1 about that much.
The digest of the data stands beside the floors, because a floor means nothing for other data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import predict  # noqa: E402
import score  # noqa: E402

DATA = HERE / "data"
FLOORS = HERE / "floors.json"
TOLERANCE = 0.5
RECOGNISERS = ("spacy", "rules")

Options = dict[str, Any]
Measure = tuple[str, str, str, Options, Callable[[dict[str, Any]], float]]

NARRATIVE = {"wikiwars"}

MEASURES: tuple[Measure, ...] = (
    ("gum", "timex", "value F1", {"types": "DATE,TIME"}, lambda r: r["value_f1"]),
    ("gum", "timex", "relaxed F1", {"types": "DATE,TIME"}, lambda r: r["relaxed"]["f1"]),
    ("gum", "timex", "strict F1", {"types": "DATE,TIME"}, lambda r: r["strict"]["f1"]),
    ("gum", "timex", "full day recall", {"types": "DATE,TIME"}, lambda r: r["full_day_recall"]),
    ("wikiwars", "timex", "value F1", {"outer": True}, lambda r: r["value_f1"]),
    ("wikiwars", "timex", "relaxed F1", {"outer": True}, lambda r: r["relaxed"]["f1"]),
    ("pud", "actors", "overlap F1", {"named": True}, lambda r: r["overlap"]["f1"]),
    ("gum", "actors", "overlap F1", {"named": True}, lambda r: r["overlap"]["f1"]),
    ("meantime", "actors", "overlap F1", {"named": True}, lambda r: r["overlap"]["f1"]),
    ("wikigold", "actors", "overlap F1", {"named": True}, lambda r: r["overlap"]["f1"]),
    ("meantime", "entities", "B-cubed F1", {"named": True}, lambda r: r["b3"]["f1"]),
    ("meantime", "entities", "B-cubed F1, one id a thing", {"named": True, "bare": True}, lambda r: r["b3"]["f1"]),
    ("gum", "events", "overlap recall", {}, lambda r: r["overlap"]["r"]),
    ("semeval15t4", "eventday", "detected", {}, lambda r: r["detected"]),
    ("semeval15t4", "eventday", "accuracy when detected", {}, lambda r: r["accuracy_when_detected"]),
    ("meantime", "eventday", "detected", {}, lambda r: r["detected"]),
    ("meantime", "eventday", "accuracy when detected", {}, lambda r: r["accuracy_when_detected"]),
    ("semeval15t4.timelines", "actorline", "temporal awareness F1", {}, lambda r: r["temporal_awareness"]["f1"]),
    ("semeval15t4.timelines", "actorline", "events F1", {}, lambda r: r["events"]["f1"]),
    ("semeval15t4.timelines", "actorline", "events + date F1", {}, lambda r: r["event_date"]["f1"]),
    ("semeval15t4.timelines", "actorline", "dates F1", {}, lambda r: r["dates"]["f1"]),
)


def measure(recogniser: str) -> dict[str, float]:
    """All scores with one recogniser, in percent, by "file task measure"."""
    engine = predict.recogniser_named(recogniser)
    predictions: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(DATA.glob("*.jsonl")):
        if path.stem.endswith(".timelines"):
            continue
        topics = DATA / f"{path.stem}.timelines.jsonl"
        asked = predict.read_jsonl(topics) if topics.exists() else []
        style = "narrative" if path.stem in NARRATIVE else "news"
        found, timelines = predict.predict(predict.read_jsonl(path), asked, engine, style)
        predictions[path.stem] = found
        predictions[f"{path.stem}.timelines"] = timelines
    return {
        f"{stem} {task} {name}": _points(stem, task, options, read, predictions[stem])
        for stem, task, name, options, read in MEASURES
    }


def _points(
    stem: str, task: str, options: Options, read: Callable[[dict[str, Any]], float], found: list[dict[str, Any]]
) -> float:
    defaults = {"named": False, "types": None, "outer": False, "errors": 0, "mentions": "system", "scope": "corpus"}
    arguments = SimpleNamespace(**{**defaults, "no_singletons": False, "limit": "ref", **options})
    gold = score.read_jsonl(DATA / f"{stem}.jsonl")
    if options.get("bare"):
        for actor in (actor for document in gold for actor in document["actors"]):
            # Most documents put their own name before the id that other documents have for the same thing.
            actor["entity_id"] = actor["entity_id"].rpartition(":")[2]
    result = score.TASKS[task](gold, found, arguments)
    return round(100 * (read(result) or 0.0), 1)


def data_digest() -> str:
    """A digest of all annotated data."""
    total = hashlib.blake2b(digest_size=16)
    for path in sorted(DATA.glob("*.jsonl")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def falls(scores: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each score that fell behind its floor or has none."""
    missing = [f"{name}: no floor for this score" for name in scores.keys() - floors.keys()]
    fallen = [
        f"{name}: {scores.get(name, 0.0):.1f} is below its floor {floor:.1f}"
        for name, floor in floors.items()
        if scores.get(name, 0.0) < floor - TOLERANCE
    ]
    return sorted(missing + fallen)


def updated(scores: dict[str, float], floors: dict[str, float], allow_regression: bool) -> dict[str, float]:
    """The new floors: today's scores, never lower than before unless that is allowed."""
    if allow_regression:
        return scores
    return {name: max(value, floors.get(name, 0.0)) for name, value in scores.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args(argv)
    scores = {recogniser: measure(recogniser) for recogniser in RECOGNISERS}
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    problems: list[str] = []
    for recogniser, values in scores.items():
        floors = kept["floors"].get(recogniser, {})
        for name, value in values.items():
            print(f"{recogniser:6} {name:55} {value:6.1f}   floor {floors.get(name, 0.0):.1f}")
        problems += [f"{recogniser}: {line}" for line in falls(values, floors)]
    if options.update:
        floors = {
            name: updated(values, kept["floors"].get(name, {}), options.allow_regression)
            for name, values in scores.items()
        }
        text = json.dumps({"data": data_digest(), "floors": floors}, indent=1) + "\n"
        FLOORS.write_text(text, encoding="utf-8")
        return 0
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
