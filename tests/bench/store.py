"""How long it takes to load, reconcile and save `content/`, and the memory it needs.

    python tests/bench/store.py [ARTICLES] [--profile]

Makes a tracker of so many articles (10,000) with four entries each, and an actor for every ten and an event for every
twenty of them. Each phase runs in a forked process of its own, so that its peak of memory is its own; what it needs
from the phases before is not counted as its time.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import platform
import pstats
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from dateline import reconcile, schema, store, when
from dateline.model import Actor, Alias, Article, Entry, Event, Participant, Voice
from dateline.parts import machine_text

WORDS = ("ministers", "signed", "a", "statement", "on", "peace", "talks", "after", "long", "meetings", "with", "envoys")
ENTRIES = 4


def sentence(article: int, number: int) -> str:
    """Words of about the length of a sentence of news, no two alike."""
    turn = (article * 7 + number * 3) % len(WORDS)
    return (
        f"Envoy {article % 97} met the council for round {number} "
        + " ".join(WORDS[turn:] + WORDS[:turn])
        + f" {article}."
    )


def entry_of(article: int, number: int, articles: int) -> Entry:
    """One of the four entries of an article."""
    id_, actor = f"e-{article:05}{number}", f"actor-{(article * 3 + number) % max(1, articles // 10)}"
    quote = sentence(article, number)
    return Entry(
        id=id_,
        article=f"article-{article}",
        quote=quote,
        prefix="the words before it: ",
        suffix=" and the words after",
        word="met",
        event_class="meeting",
        label=quote[:60],
        when=when.parse(f"20{article % 24:02}-0{1 + number}-1{number}"),
        when_words="on Tuesday",
        when_basis="relative",
        when_reckoned="Tuesday, reckoned from the article's date",
        voice=Voice(words="an official", stance="claims", actor=actor),
        participants=(Participant(name="", role="agent", words="the envoy", actor=actor),),
        place="Doha",
        events=(f"event-{article % max(1, articles // 20)}",),
        happening=id_,
        salience=0.42,
    )


def make_fresh(articles: int) -> dict[store.Kind, dict[str, dict[str, store.Plain]]]:
    """What the machine says of every file."""
    told = {}
    for number in range(articles):
        day = when.parse(f"20{number % 24:02}-03-{1 + number % 28:02}")
        article = Article(
            id=f"article-{number}",
            seed=f"{number}.txt",
            digest=f"{number:032x}",
            title=sentence(number, 9)[:70],
            source="The Example",
            published=day,
        )
        told[article.id] = schema.encode_article(
            article, [entry_of(number, n, articles) for n in range(ENTRIES)], "rules 1"
        )
    actors = [
        Actor(
            id=f"actor-{n}",
            name=f"Envoy Name {n}",
            kind="person",
            aliases=(Alias(name=f"Name {n}", articles=9, reason="same name"),),
        )
        for n in range(max(1, articles // 10))
    ]
    events = [
        Event(id=f"event-{n}", label=f"Round {n} of the talks", kind="process", event_class="meeting")
        for n in range(max(1, articles // 20))
    ]
    return {
        "articles": told,
        "actors": {actor.id: schema.encode_actor(actor) for actor in actors},
        "events": {event.id: schema.encode_event(event) for event in events},
    }


def make_tracker(tracker: Path, fresh: store.Fresh) -> None:
    """Write all files as a first build leaves them."""
    for kind, files in fresh.items():
        folder = tracker / "content" / kind
        folder.mkdir(parents=True)
        for id_, fields in files.items():
            (folder / f"{id_}.yaml").write_bytes(machine_text(None, fields).encode())


def keep_all_ids(content: store.Content, known: tuple[Entry, ...]) -> None:
    """Match every article's entries, read anew without ids, with the same entries as they are known."""
    earlier: dict[str, list[Entry]] = {}
    for entry in known:
        earlier.setdefault(entry.article, []).append(entry)
    taken = {entry.id for entry in known}
    for entries in earlier.values():
        found = reconcile.keep_ids([replace(entry, id="") for entry in entries], entries, taken)
        assert [entry.id for entry in found] == [entry.id for entry in entries]


def phases(tracker: Path, fresh: store.Fresh) -> Mapping[str, tuple[Callable[[], tuple], Callable[..., object]]]:
    """By name: what must be there before, and what is measured."""

    def content() -> tuple[store.Content]:
        return (store.load_content(tracker)[0],)

    def save(loaded: store.Content, said: store.Fresh) -> None:
        store.save_content(tracker, loaded, said, frozenset())

    changed = {**fresh, "articles": {**fresh["articles"]}}
    first = next(iter(changed["articles"]))
    changed["articles"][first] = {**changed["articles"][first], "title": "A title that was corrected"}
    return {
        "load": (tuple, lambda: store.load_content(tracker)),
        "records (corpus_of)": (content, lambda loaded: store.corpus_of(loaded)),
        "reconcile (keep_ids)": (lambda: (content()[0], store.corpus_of(content()[0])[0].entries), keep_all_ids),
        "save, nothing changed": (content, lambda loaded: save(loaded, fresh)),
        "save, one article changed": (content, lambda loaded: save(loaded, changed)),
    }


def measured(name: str, before: Callable[[], tuple], phase: Callable[..., object], answer, profile: bool) -> None:
    """Run one phase and send back its seconds, those that a processor worked, and the peak of memory in MB."""
    given = before()
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    began, worked = time.perf_counter(), time.process_time()
    phase(*given)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    if profile:
        profiler.disable()
        print(f"\n== {name}")
        pstats.Stats(profiler).sort_stats("tottime").print_stats(15)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer.put((seconds, work, peak / (2**20 if sys.platform == "darwin" else 2**10)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--profile", action="store_true", help="show where each phase spends its time")
    options = parser.parse_args()
    fork = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder:
        fresh = make_fresh(options.articles)
        make_tracker(Path(folder), fresh)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.yaml"))
        counts = ", ".join(f"{len(files):,} {kind}" for kind, files in fresh.items())
        print(f"{counts}; {options.articles * ENTRIES:,} entries; {size / 2**20:.0f} MB")
        print(
            f"Python {platform.python_version()}, PyYAML {yaml.__version__}{'' if yaml.__with_libyaml__ else ' (no C)'}, {platform.machine()}"
        )
        print("\n| phase | seconds | of a processor | peak MB |\n|---|---:|---:|---:|")
        for name, (before, phase) in phases(Path(folder), fresh).items():
            answer = fork.SimpleQueue()
            process = fork.Process(target=measured, args=(name, before, phase, answer, options.profile))
            process.start()
            process.join()
            seconds, work, peak = answer.get()
            print(f"| {name} | {seconds:.2f} | {work:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
