"""Trackers as large as wanted and the same each time: one kept by hand (`write_content`), one to be read (`write_seeds`).

The one kept by hand has the shape of the sites that peers are timed on. Articles over five years, an actor for every ten and an event for every twenty of them, each drawn by a
Zipf-Mandelbrot law (weight 1/(rank + 5)). An article has four entries of two actors each, three of them with an event:
11 rows of timelines an article, as the peers' articles have.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from dateline import schema, when
from dateline.model import Actor, Article, Entry, Event, Participant
from dateline.parts import machine_text

ENTRIES = 4
WITH_EVENT = 3
SOURCES = [
    f"{place} {paper}"
    for place in ("Northern", "Coastal", "Capital", "Harbour")
    for paper in ("Herald", "Courier", "Tribune", "Dispatch", "Monitor")
]
WORDS = [
    "ministers",
    "signed",
    "a",
    "statement",
    "on",
    "peace",
    "talks",
    "after",
    "long",
    "meetings",
    "with",
    "envoys",
    "about",
    "the",
    "border",
    "treaty",
]
CLASSES = ("visit", "talks", "agreement", "statement")
GIVEN = [
    "Olena",
    "Marco",
    "Aisha",
    "Jonas",
    "Priya",
    "Tomas",
    "Ingrid",
    "Kofi",
    "Fatima",
    "Piotr",
    "Hana",
    "Diego",
    "Sofia",
    "Emeka",
    "Anton",
    "Leila",
    "Mateo",
    "Nadia",
    "Henrik",
]
PLACES = ["Oslo", "Geneva", "Nairobi", "Doha", "Vienna", "Lima", "Madrid", "Ottawa", "Cairo", "Athens"]
MATTERS = ["border treaty", "ceasefire agreement", "prisoner exchange", "trade deal", "water accord", "railway plan", "budget inquiry", "election law"]  # fmt: skip
TELLING = (
    "{one} met {other} in {place} on {day} to discuss the {matter}.",
    "{one} signed the {matter} with {other} in {place} on {day}.",
    "{one} said on {day} that the {matter} would be reviewed.",
    "{one} visited {place} on {day} for talks about the {matter}.",
    "{one} told {other} on {day} that the {matter} had failed.",
    "{one} announced the {matter} in {place} on {day}.",
    "{one} rejected the {matter} proposed by {other} on {day}.",
)
FILLING = (
    "Nobody at the ministry would say what had been agreed after long meetings.",
    "The paper was several pages long and listed the points that were still open.",
    "Shops in the old town stayed closed while people waited for news of it.",
    "Earlier attempts had ended without a result, and many doubted this one.",
    "A crowd had gathered outside, and police kept the road free for the cars.",
    "It rained for most of the day, and the roads to the north were slow.",
)
FIRST_DAY = date(2021, 1, 1)
DAYS = 5 * 365


class Law:
    """Ranks from 0 on, the first ones drawn most often."""

    def __init__(self, number: int) -> None:
        self.ranks = range(number)
        self.weights = list(accumulate(1 / (rank + 6) for rank in self.ranks))

    def draw(self, chance: random.Random, number: int) -> list[int]:
        """So many ranks, no two alike."""
        found: dict[int, None] = {}
        while len(found) < min(number, len(self.ranks)):
            found[chance.choices(self.ranks, cum_weights=self.weights)[0]] = None
        return list(found)


def letters(number: int) -> str:
    """A number as a word that looks like a name."""
    syllables = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")
    return "".join(syllables[int(digit)] for digit in f"{number:04}").capitalize()


def entry_of(
    article: int, number: int, day: date, chance: random.Random, actors: list[int], event: int | None
) -> Entry:
    turn = chance.randrange(len(WORDS))
    quote = (
        f"{letters(actors[0])} met the council for round {number} "
        + " ".join(WORDS[turn:] + WORDS[:turn])
        + f" {article}."
    )
    happened = day - timedelta(days=chance.randrange(30))
    return Entry(
        id=f"e-{article:06}{number}",
        article=f"a-{article:06}",
        quote=quote,
        word="met",
        event_class=CLASSES[number % len(CLASSES)],
        label=f"met the council for round {number} of {article}",
        when=when.parse(happened.isoformat()),
        when_basis="stated",
        participants=tuple(
            Participant(name="", role=role, words=f"Adam {letters(actor)}", actor=f"actor-{actor}")
            for actor, role in zip(actors, ("agent", "counterpart"), strict=True)
        ),
        place="Oslo" if number == 1 else "",
        events=() if event is None else (f"event-{event}",),
        happening=f"e-{article:06}{number}",
        salience=round(chance.random(), 2),
    )


def write_content(tracker: Path, articles: int, seed: int = 1) -> None:
    """Make `content/` of a tracker: as many articles as are asked for, with their actors and events."""
    chance = random.Random(seed)
    for kind in ("articles", "actors", "events"):
        (tracker / "content" / kind).mkdir(parents=True, exist_ok=True)
    (tracker / "content" / "site.yaml").write_text("title: Bench\nrecogniser: rules\n", encoding="utf-8")
    acting, happening = Law(max(10, articles // 10)), Law(max(5, articles // 20))
    for number in range(articles):
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        actors = acting.draw(chance, 2 * ENTRIES)
        events = [*happening.draw(chance, WITH_EVENT), *[None] * ENTRIES][:ENTRIES]
        entries = [entry_of(number, at, day, chance, actors[2 * at : 2 * at + 2], events[at]) for at in range(ENTRIES)]
        article = Article(
            id=f"a-{number:06}",
            seed="",
            title=f"{letters(actors[0])} met the council again ({number})",
            source=chance.choice(SOURCES),
            url=f"https://example.org/{number}",
            published=when.parse(day.isoformat()),
        )
        text = machine_text(None, schema.encode_article(article, entries, "rules"))
        (tracker / "content" / "articles" / f"{article.id}.yaml").write_text(text, encoding="utf-8")
    for rank in acting.ranks:
        actor = Actor(id=f"actor-{rank}", name=f"Adam {letters(rank)}", kind="person")
        (tracker / "content" / "actors" / f"{actor.id}.yaml").write_text(
            machine_text(None, schema.encode_actor(actor)), encoding="utf-8"
        )
    for rank in happening.ranks:
        event = Event(id=f"event-{rank}", label=f"{letters(rank)} summit", kind="occasion", event_class="talks")
        (tracker / "content" / "events" / f"{event.id}.yaml").write_text(
            machine_text(None, schema.encode_event(event)), encoding="utf-8"
        )


def write_seeds(tracker: Path, articles: int, seed: int = 1) -> None:
    """Make `seeds/` of a tracker that nobody has read yet: the same articles, however many follow them."""
    chance = random.Random(seed)
    (tracker / "seeds").mkdir(parents=True, exist_ok=True)
    (tracker / "content").mkdir(exist_ok=True)
    (tracker / "content" / "site.yaml").write_text("title: Bench\nrecogniser: rules\n", encoding="utf-8")
    acting = Law(max(10, articles // 10))
    for number in range(articles):
        write_seed(tracker, number, acting.draw(chance, 8), chance)


def write_seed(tracker: Path, number: int, acting: list[int], chance: random.Random) -> None:
    """Put one article of about 450 words into `seeds/`: six paragraphs, each with a sentence that tells something."""
    published = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    people = [f"{GIVEN[rank % len(GIVEN)]} {letters(rank)}" for rank in acting]
    told = []
    for _ in range(6):
        day = published - timedelta(days=chance.randrange(14))
        one, other = chance.sample(people, 2)
        sentence = chance.choice(TELLING).format(
            one=one,
            other=other,
            place=chance.choice(PLACES),
            day=f"{day.day} {day:%B %Y}",
            matter=chance.choice(MATTERS),
        )
        told.append(" ".join([sentence, *chance.sample(FILLING, 4)]))
    head = {
        "title": f"{people[0]} and the {chance.choice(MATTERS)} ({number})",
        "source": chance.choice(SOURCES),
        "url": f"https://example.org/{number}",
        "date": published.isoformat(),
    }
    front = "".join(f"{name}: {value}\n" for name, value in head.items())
    text = f"---\n{front}---\n\n" + "\n\n".join(told) + "\n"
    (tracker / "seeds" / f"{number:06}.md").write_text(text, encoding="utf-8")
