"""What the readings of a corpus tell together: actors, happenings, events and the stories of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from . import rulings
from .actors.join import join_actors
from .altered import altered
from .events.join import Context, Unopened, join_events, join_happenings
from .events.stories import Membership, find_stories
from .ledger import Ledger
from .model import Actor, Corpus, Entry, Event, Participant, Reading, Settings
from .packed import actors_in, events_in
from .traces import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Readings whose entries know their actors, happening and events; and those actors and events."""

    readings: tuple[Reading, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    ids: Mapping[tuple[str, str], str]
    """An actor's id by article and figure's name."""
    happenings: Mapping[str, str]
    """A happening's id by entry's."""
    belongs: Mapping[str, tuple[str, ...]]
    """The events that an entry belongs to, by its id; none for one that belongs to none."""
    stories: Mapping[str, Membership]
    """The story that an article belongs to, and why, by article's id: articles of one story report one event."""

    def placed(self, entry: Entry) -> Entry:
        """An entry with its happening and its events."""
        return _placed(entry, self.happenings, self.belongs)


def _articles_of_actors(entries: Sequence[Entry]) -> dict[str, frozenset[str]]:
    """Actor → the articles whose entries name him."""
    found: dict[str, set[str]] = defaultdict(set)
    for article, actor in actors_in(entries):
        if actor:
            found[actor].add(article)
    return {actor: frozenset(articles) for actor, articles in found.items()}


def join(
    readings: Sequence[Reading],
    known: Corpus | None = None,
    kept: Sequence[Entry] = (),
    ledger: Ledger | None = None,
    results: MutableMapping[bytes, bytes] | None = None,
) -> Joined:
    """Actors, happenings and events across articles; what is already `known` keeps its ids.

    `kept` are entries that no reading holds, as they are in force: they may report the same occurrences. Where the
    `ledger` says what is one and what is not, nothing is found against it. `results`: what was found before.
    """
    known, ledger = known or Corpus(settings=Settings()), ledger or Ledger()
    ruled = rulings.actor_rulings(ledger, known)
    figures = join_actors(
        readings, known.actors, known.touched, ruled, Found(partial(_articles_of_actors, known.entries))
    )
    readings = _named(readings, figures.ids)
    published = {reading.document.article.id: reading.document.article.published for reading in readings}
    stories = find_stories(readings, rulings.story_rulings(ledger, readings), results)
    told = {article: member.story for article, member in stories.items()}
    entries = [entry for reading in readings if not reading.key for entry in reading.entries]
    later = [
        Unopened(reading.key, reading.document.article.id, partial(getattr, reading, "entries"))
        for reading in readings
        if reading.key
    ]
    apart = rulings.apart_entries(ledger)
    happenings = join_happenings([*entries, *kept], published, apart, told, results, later)
    stored = rulings.stored_events(ledger, known)
    context = Context(happenings=happenings, stories=told, earlier=events_in(known.entries))
    matters = join_events(readings, None, stored, rulings.event_rulings(ledger, known), context, results)
    return Joined(
        readings=tuple(_later(reading, _placed, happenings, matters.ids) for reading in readings),
        actors=figures.actors,
        events=matters.events,
        ids=figures.ids,
        happenings=happenings,
        belongs=matters.ids,
        stories=stories,
    )


def _named(readings: Sequence[Reading], ids: Mapping[tuple[str, str], str]) -> list[Reading]:
    """Readings whose entries carry actors' ids; their keys stand for these, too."""
    who: dict[str, list[str]] = defaultdict(list)
    for (article, name), id_ in ids.items():
        who[article].append(f"{name}\0{id_}")
    return [
        _later(reading, name_actors, ids, more="\0".join(sorted(who[reading.document.article.id])))
        for reading in readings
    ]


def _later(reading: Reading, change: Callable[..., Entry], *known: object, more: str = "") -> Reading:
    """A reading whose entries are changed when somebody asks for them; its key stands for `more` as well."""
    key = reading.key
    if key and more:
        key = blake2b(key + more.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return reading.with_entries_later(lambda: tuple(change(entry, *known) for entry in reading.entries), key)


def _placed(entry: Entry, happenings: Mapping[str, str], belongs: Mapping[str, tuple[str, ...]]) -> Entry:
    return altered(entry, happening=happenings.get(entry.id, entry.id), events=belongs.get(entry.id, ()))


def name_actors(entry: Entry, ids: Mapping[tuple[str, str], str]) -> Entry:
    """An entry whose participants and voice carry actors' ids; whom no actor stands for is left out."""

    def name(part: Participant) -> Participant:
        return altered(part, actor=part.actor or ids.get((entry.article, part.name), ""))

    voice = entry.voice
    if voice:
        voice = altered(voice, actor=voice.actor or ids.get((entry.article, voice.name), ""))
    participants = tuple(part for part in map(name, entry.participants) if part.actor)
    return altered(entry, participants=participants, voice=voice)
