"""Read annotated documents with dateline and write what it found in the same form.

    python tests/eval/predict.py --docs DOCS.jsonl --out PRED.jsonl
        [--topics TIMELINES.jsonl --topics-out PRED.timelines.jsonl] [--recogniser spacy|rules] [--style news|narrative]

Only `id`, `group`, `text`, `title` and `published` of a document are used. Documents of one group are one corpus. The
text is read as it is, so that offsets agree. Runs the public stages and holds no rules of its own.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline import build, reconcile, when
from dateline.actors.recognise import Recogniser, find_model, load_recogniser, recognise_in
from dateline.events.echoes import Echo, find_echoes, openings
from dateline.events.news import main_day
from dateline.events.retellings import Retelling, find_retellings
from dateline.events.triggers import find_triggers
from dateline.highlights import find_highlights
from dateline.joining import Joined, join
from dateline.model import Article, Document, Entry, Reading, Span, Style
from dateline.text import digest, split_paragraphs, unwrap

Record = dict[str, Any]


@dataclass(frozen=True)
class Named:
    """Words of an article that name again what it or its story tells."""

    echoes: Sequence[Echo] = ()
    retellings: Sequence[Retelling] = ()


def as_document(record: Record, style: Style) -> Document:
    """A document of the corpus; headlines are read as text, because their happenings are annotated too."""
    text = unwrap(record["text"])
    article = Article(
        id=record["id"],
        seed=record["id"],
        digest=digest(text),
        title=record.get("title") or "",
        published=when.parse((record.get("published") or "")[:10]),
        style=style,
    )
    paragraphs = tuple(replace(paragraph, kind="text") for paragraph in split_paragraphs(text))
    return Document(article=article, text=text, paragraphs=paragraphs)


def read_corpus(documents: Sequence[Document], recogniser: Recogniser) -> Joined:
    """The joined readings of one corpus."""
    readings = build.read(documents, recognise_in(documents, recogniser))
    taken: set[str] = set()
    return join([_with_ids(reading, taken) for reading in readings])


def _with_ids(reading: Reading, taken: set[str]) -> Reading:
    article = reading.document.article.id
    entries = reconcile.keep_ids((replace(entry, article=article) for entry in reading.entries), (), taken)
    return replace(reading, entries=entries)


def predict_document(reading: Reading, joined: Joined, text: str, named: Named = Named()) -> Record:
    """What dateline found in one document; `named`: the words in it that name again what it or its story tells."""
    article = reading.document.article
    return {
        "id": article.id,
        "text": text,
        "timex": [
            {"start": t.start, "end": t.end, "text": text[t.start : t.end], "type": t.type, "value": t.value}
            for t in reading.timexes
        ],
        "actors": [
            {
                "start": m.start,
                "end": m.end,
                "text": text[m.start : m.end],
                "type": m.kind,
                "entity_id": joined.ids.get((article.id, m.name)) or f"place:{(m.name or m.text).casefold()}",
                "named": True,
            }
            for m in reading.mentions
        ],
        "events": _events(reading, text, named),
        "doc_cluster": joined.stories[article.id].story,
        "day": _day(main_day(reading.entries, article.published)) or None,
    }


def named_again(joined: Joined) -> dict[str, Named]:
    """Article → the words in it that name again what it or its story tells."""
    openings_of = story_openings(joined)
    stories: dict[str, list[tuple[Reading, Sequence[Echo]]]] = defaultdict(list)
    found: dict[str, Named] = {}
    for reading in joined.readings:
        id_ = reading.document.article.id
        found[id_] = Named(echoes=find_echoes(reading, openings_of[id_]))
        stories[joined.stories[id_].story].append((reading, found[id_].echoes))
    for story in stories.values():
        for id_, retellings in find_retellings(story).items():
            found[id_] = replace(found[id_], retellings=retellings)
    return found


def story_openings(joined: Joined) -> dict[str, tuple[Entry, ...]]:
    """Article → what it may name that others tell which report the same event."""
    told: dict[str, list[Entry]] = defaultdict(list)
    for reading in joined.readings:
        told[joined.stories[reading.document.article.id].story] += reading.entries
    found = {story: openings(entries) for story, entries in told.items()}
    return {article: found[member.story] for article, member in joined.stories.items()}


def _events(reading: Reading, text: str, named: Named) -> list[Record]:
    """The entries, the words that name them again, and other words that tell something, some of them of no cluster."""
    told = [_event(entry, entry.word_at, text) for entry in reading.entries if entry.word_at]
    told += [_event(echo.entry, echo, text) for echo in named.echoes]
    taken = {at for event in told for at in range(event["start"], event["end"])}
    clusters = {one.start: {"cluster_id": one.happening} for one in named.retellings}
    passing = [
        {"start": t.start, "end": t.end, "text": t.text} | clusters.get(t.start, {}) | _dated(t.when)
        for t in find_triggers(reading)
        if taken.isdisjoint(range(t.start, t.end))
    ]
    return sorted(told + passing, key=lambda event: event["start"])


def _event(entry: Entry, at: Span, text: str) -> Record:
    event = {"start": at.start, "end": at.end, "text": text[at.start : at.end], "cluster_id": entry.happening}
    return event | _dated(entry.when)


def _dated(found: when.When) -> Record:
    return {"day": day} if (day := _day(found)) else {}


def _day(found: when.When) -> str:
    """A date as the corpora write it: a day, else the month or the year that holds it; of what lasts, its beginning."""
    edtf = when.format(found)
    if found.shape in ("from", "lasted"):
        edtf = edtf.partition("/")[0]
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", edtf := edtf.rstrip("~?%")):
        return edtf
    first, last = found.first_day.isoformat(), found.last_day.isoformat()
    return next((first[:size] for size in (7, 4) if found.known and first[:size] == last[:size]), "")


# --------------------------------------------------------------------------------------------- timelines


def predict_topic(topic: Record, joined: Joined) -> Record:
    """The timeline that a topic asks for: of one actor, or of the whole corpus."""
    docs = set(topic.get("docs") or ())
    readings = [reading for reading in joined.readings if not docs or reading.document.article.id in docs]
    kept = {key: topic[key] for key in ("id", "corpus", "group", "topic", "set") if key in topic}
    if topic.get("kind", "actor") == "corpus":
        return kept | {"entries": corpus_timeline(readings)}
    actor = find_actor(topic["topic"], joined)
    entries = [entry for reading in readings for entry in reading.entries]
    theirs = [entry for entry in entries if actor and any(part.actor == actor for part in entry.participants)]
    return kept | {"entries": actor_timeline(theirs)}


def find_actor(name: str, joined: Joined) -> str | None:
    """The id of the actor whose name or alias shares most words with `name`."""
    wanted = _words(name)
    best: tuple[float, str] | None = None
    for actor in joined.actors:
        for known in (actor.name, *(alias.name for alias in actor.aliases)):
            words = _words(known)
            share = len(wanted & words) / len(wanted | words) if wanted | words else 0.0
            if share > 0 and (best is None or share > best[0]):
                best = (share, actor.id)
    return best[1] if best else None


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold()))


def actor_timeline(entries: Iterable[Entry]) -> list[Record]:
    """Rows in order of time; what has no date stands first, unordered, as the task wants it."""
    rows: dict[str, list[Record]] = defaultdict(list)
    for entry in entries:
        if entry.word_at:
            place = {"doc": entry.article, "start": entry.word_at.start, "end": entry.word_at.end}
            rows[_day(entry.when)].append(place | {"text": entry.word})
    order = {day: number for number, day in enumerate(sorted(day for day in rows if day), 1)}
    return [
        {"date": day or "XXXX-XX-XX", "order": order.get(day, 0), "events": rows[day]}
        for day in sorted(rows, key=lambda day: order.get(day, 0))
    ]


def corpus_timeline(readings: Sequence[Reading]) -> list[Record]:
    """Days by how much the corpus makes of them, each with its weightiest quotations."""
    return [
        {"date": found.day.isoformat(), "score": found.score, "texts": _quotations(found.entries)}
        for found in find_highlights(readings)
    ]


def _quotations(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.quote for entry in entries))[:2]


# --------------------------------------------------------------------------------------------- the command


def read_jsonl(path: Path) -> list[Record]:
    """The objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """One object a line."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def predict(
    records: Sequence[Record], topics: Sequence[Record], recogniser: Recogniser, style: Style
) -> tuple[list[Record], list[Record]]:
    """Predictions for documents, in their order, and for topics."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.get("group") or ""].append(record)
    predicted: dict[str, Record] = {}
    timelines: list[Record] = []
    for group, members in groups.items():
        joined = read_corpus([as_document(record, style) for record in members], recogniser)
        texts = {record["id"]: record["text"] for record in members}
        named = named_again(joined)
        for reading in joined.readings:
            id_ = reading.document.article.id
            predicted[id_] = predict_document(reading, joined, texts[id_], named[id_])
        timelines += [predict_topic(topic, joined) for topic in topics if (topic.get("group") or "") == group]
    return [predicted[record["id"]] for record in records], timelines


def recogniser_named(name: str) -> Recogniser:
    """A recogniser by name, with the model that is installed."""
    return load_recogniser(name, find_model() if name == "spacy" else "")


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--topics", type=Path)
    parser.add_argument("--topics-out", type=Path)
    parser.add_argument("--recogniser", choices=("spacy", "rules"), default="spacy")
    parser.add_argument("--style", choices=("news", "narrative"), default="news")
    options = parser.parse_args(argv)
    topics = read_jsonl(options.topics) if options.topics else []
    recogniser = recogniser_named(options.recogniser)
    predicted, timelines = predict(read_jsonl(options.docs), topics, recogniser, options.style)
    write_jsonl(options.out, predicted)
    if options.topics_out:
        write_jsonl(options.topics_out, timelines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
