"""How the cost of joining grows with the number of entries in one class and one month: the worst block there is.

    python tests/bench/joining.py [--sizes 1000,3000,10000] [--runs N] [--stages happenings,events,stories,origins]
    python tests/bench/joining.py --added [--sizes 1000,3000,10000]

The entries are made, always the same: words as rare as in the table of document frequencies, actors and words drawn so
that few are everywhere and most are rare (Zipf's law), two fifths of the happenings told by two to five reports in
other words, one report in ten a copy. Counted is the work of the processor, and how many pairs were compared; both as a
table with the exponent of growth (1 is linear, n log n between these sizes about 1.1). "found" and "right" are the
share of the pairs of reports made of one happening that were joined, and of the joined ones that were made so: a
quicker way that loses some is none. `--added` tells instead what happenings and stories cost in a first run, and with
what that run kept when one article more is there.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from math import log

from dateline.events import join, stories
from dateline.independence import Origins
from dateline.model import (
    Article,
    Corpus,
    Document,
    Entry,
    Naming,
    Paragraph,
    Participant,
    Reading,
    Settings,
)
from dateline.rules import read_table
from dateline.when import UNKNOWN, When, parse

SIZES = (1000, 3000, 10_000, 30_000, 100_000)
VERBS = ("met", "meets", "held talks with", "received")
PLACES = ("Oslo", "Lima", "Quetta", "Lagos", "Turin", "Hanoi", "Perth", "Bogota")


class Drawn:
    """Draws from a list nearly as the law of Zipf and Mandelbrot has it: few are everywhere, most are rare."""

    def __init__(self, things: Sequence[str], chance: random.Random) -> None:
        self._things, self._chance = things, chance
        self._sums = list(accumulate(1 / (rank + 30) for rank in range(len(things))))

    def one(self) -> str:
        return self._things[bisect(self._sums, self._chance.random() * self._sums[-1])]

    def some(self, number: int) -> list[str]:
        return [self.one() for _ in range(number)]


def make(number: int) -> tuple[list[Entry], dict[str, When], dict[str, str]]:
    """Entries, each in an article of its own, the articles' days, and the happening of which each was made."""
    chance = random.Random(number)
    table = sorted(read_table("en/document_frequencies.tsv"), key=lambda row: (-int(row["documents"]), row["term"]))
    words = Drawn([row["term"] for row in table[100:] if row["term"].isalpha()], chance)
    actors = Drawn([_name(n) for n in range(max(50, number // 20))], chance)
    entries: list[Entry] = []
    published, truth = {}, {}
    while len(entries) < number:
        happening = f"h{len(entries)}"
        people = sorted(set(actors.some(chance.choice((1, 2, 2, 3)))))
        day, told, place = chance.randint(1, 28), words.some(chance.randint(4, 9)), chance.choice(("", *PLACES))
        reports = chance.choice((1, 1, 1, 2, 3)) if chance.random() < 0.98 else chance.randint(4, 5)
        for _ in range(min(reports, number - len(entries))):
            id_ = f"e-{len(entries):06}"
            article = f"a{len(entries):06}"
            last = entries[-1] if entries and truth[entries[-1].id] == happening else None
            if last and chance.random() < 0.25:  # with the shares of reports above about one in ten is a copy
                entry = _copied(last, id_, article)
            else:
                kept = [one if chance.random() < 0.8 else words.one() for one in told]
                entry = _entry(id_, article, people, kept, day, place, chance)
            entries.append(entry)
            truth[id_] = happening
            published[article] = parse(f"2021-05-{min(28, day + chance.choice((0, 0, 1, 2))):02}")
    return entries, published, truth


def _name(number: int) -> str:
    """A made-up surname of its own for each number."""
    syllables = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")
    return "".join(syllables[int(digit)] for digit in f"{number:04}").title()


def _copied(entry: Entry, id_: str, article: str) -> Entry:
    return replace(entry, id=id_, article=article)


def _entry(
    id_: str, article: str, people: Sequence[str], words: Sequence[str], day: int, place: str, chance: random.Random
) -> Entry:
    verb = chance.choice(VERBS)
    label = f"{people[0]} {verb} {' '.join(people[1:])} {' '.join(words)}"
    draw = chance.random()
    basis = "stated" if draw < 0.6 else "reported" if draw < 0.85 else ""
    parts = tuple(
        Participant(name=one, role="agent" if n == 0 else "patient", words=one, actor=one)
        for n, one in enumerate(people)
    )
    return Entry(
        id=id_,
        article=article,
        quote=f"{label} {' '.join(words[::-1])} {id_ if chance.random() < 0.8 else ''}.",
        word=verb.split()[0],
        event_class="meeting",
        label=label,
        when=parse(f"2021-05-{day:02}") if basis else UNKNOWN,
        when_basis=basis,
        participants=parts,
        place=place if chance.random() < 0.5 else "",
        about=(f"{words[0].title()} Conference",) if chance.random() < 0.1 else (),
    )


def readings_of(entries: Sequence[Entry], published: Mapping[str, When]) -> list[Reading]:
    """An article around each entry: its words, and 60 others that its happening has half in common."""
    found = []
    for entry in entries:
        text = f"{entry.label}. {entry.quote} " + " ".join(
            f"{one}{two}" for one in entry.label.split()[-4:] for two in entry.label.split()[-6:]
        )
        article = Article(id=entry.article, seed="", title=entry.label, published=published[entry.article])
        document = Document(article=article, text=text, paragraphs=(Paragraph(start=0, end=len(text)),))
        namings = tuple(Naming(start=0, end=1, text=n, name=n, event_class="conference") for n in entry.about)
        found.append(Reading(document=document, entries=(entry,), namings=namings))
    return found


# ------------------------------------------------------------------------------------------------- stages


class Counted:
    """A function of a module, with a count of its calls while this is open."""

    def __init__(self, module: object, name: str) -> None:
        self._module, self._name, self._real = module, name, getattr(module, name)
        self.calls = 0

    def __enter__(self) -> Counted:
        def counted(*arguments: object) -> object:
            self.calls += 1
            return self._real(*arguments)

        setattr(self._module, self._name, counted)
        return self

    def __exit__(self, *_: object) -> None:
        setattr(self._module, self._name, self._real)


Made = tuple[list[Entry], dict[str, When], dict[str, str]]


def run_happenings(made: Made) -> tuple[Callable[[], object], object, str]:
    entries, published, _ = made
    return lambda: join.join_happenings(entries, published), join, "score_pair"


def run_stories(made: Made) -> tuple[Callable[[], object], object, str]:
    readings = readings_of(*made[:2])
    return lambda: stories.find_stories(readings), stories, "likeness"


def run_events(made: Made) -> tuple[Callable[[], object], object, str]:
    from dateline.events import matters

    readings = readings_of(*made[:2])
    return lambda: join.join_events(readings, made[0]), matters, "_same_event"


def run_origins(made: Made) -> tuple[Callable[[], object], object, str]:
    from dateline import independence

    entries, published, truth = made
    articles = tuple(Article(id=id_, seed="", published=day) for id_, day in published.items())
    corpus = Corpus(settings=Settings(), articles=articles, entries=tuple(entries))
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(truth[entry.id], []).append(entry)

    def reckon() -> None:
        origins = Origins(corpus)
        for group in groups.values():
            origins.of(group)

    return reckon, independence, "_near"


STAGES = {"happenings": run_happenings, "events": run_events, "stories": run_stories, "origins": run_origins}
DEAR = {"stories": 10_000, "events": 30_000}
"""Stages that are measured up to so many."""


def agreement(found: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float]:
    """The share of true pairs that were found, and of found pairs that are true."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = pairs(Counter((found[id_], truth[id_]) for id_ in truth))
    return both / pairs(Counter(truth.values())), both / max(1, pairs(Counter(found.values())))


def measure(stage: str, sizes: Sequence[int], runs: int) -> Iterator[tuple[int, float, int, str]]:
    """Size, median seconds, comparisons and how right it is, for each size."""
    for size in sizes:
        if size > DEAR.get(stage, size):
            continue
        made = make(size)
        act, module, name = STAGES[stage](made)
        with Counted(module, name) as counted:
            result = act()
        seconds = []
        for _ in range(runs):
            began = time.process_time()
            act()
            seconds.append(time.process_time() - began)
        note = "found {:.3f}, right {:.3f}".format(*agreement(result, made[2])) if stage == "happenings" else ""
        yield size, statistics.median(seconds), counted.calls, note


def again(
    stage: str, entries: Sequence[Entry], published: Mapping[str, When]
) -> Callable[[dict[bytes, bytes]], object]:
    """Happenings or stories of entries, with what the last run kept."""
    if stage == "happenings":
        return lambda results: join.join_happenings(entries, published, results=results)
    readings = readings_of(entries, published)
    return lambda results: stories.find_stories(readings, results=results)


def measure_added(stage: str, size: int) -> tuple[list[float], int]:
    """Seconds of a first run, with one article more, and with nothing new; and the pairs compared for that one."""
    entries, published, _ = make(size)
    fewer = [*entries[: size // 2], *entries[size // 2 + 1 :]]
    results: dict[bytes, bytes] = {}
    seconds, compared = [], []
    module, name = (join, "score_pair") if stage == "happenings" else (stories, "likeness")
    for told in (fewer, entries, entries):
        act, results = again(stage, told, published), dict(results)
        with Counted(module, name) as counted:
            began = time.process_time()
            act(results)
            seconds.append(time.process_time() - began)
        compared.append(counted.calls)
    return seconds, compared[1]


def tell_added(sizes: Sequence[int]) -> None:
    print("processor seconds      first run  one article added  nothing new  compared for it")
    for stage in ("happenings", "stories"):
        for size in sizes:
            (first, added, nothing), compared = measure_added(stage, size)
            print(f"{stage:<10} {size:>7}: {first:12.2f} {added:18.3f} {nothing:12.3f} {compared:16}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--stages", default=",".join(STAGES))
    parser.add_argument("--added", action="store_true", help="What one article costs that is added.")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.added:
        tell_added(sizes)
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; medians of {options.runs}, processor time")
    for stage in options.stages.split(","):
        last: tuple[int, float, int] | None = None
        for size, seconds, compared, note in measure(stage, sizes, options.runs):
            grown = ""
            if last:
                ratio = log(size / last[0])
                grown = f"grows with n^{log(seconds / last[1]) / ratio:.2f}, compared n^{log(compared / last[2]) / ratio:.2f}"
            print(f"{stage:<10} {size:>7}: {seconds:8.2f} s {compared:>10} compared  {note}  {grown}", flush=True)
            last = size, seconds, max(1, compared)


if __name__ == "__main__":
    main()
