"""What reading must heed of the decisions: whose names are settled, what a person parted, what was dropped for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import get_args

from .actors.join import ActorRulings
from .actors.names import normalise, parse_person
from .decisions import Evidence
from .events.matters import EventRulings
from .events.stories import StoryRulings
from .ledger import Key, Ledger
from .model import Actor, ActorKind, Alias, Corpus, Entry, Event, Reading


def actor_rulings(ledger: Ledger, corpus: Corpus) -> ActorRulings:
    """Who is who by decision: mentions that were parted, nobodies, and actors that no other may become one with."""
    there = {actor.id: actor for actor in corpus.actors}
    theirs: dict[tuple[str, str], str] = {}
    settled: dict[str, Actor] = {}
    made: dict[str, Actor] = {}
    for (kind, id_), decision in ledger.dropped.items():
        actor = there.get(id_) or _from_evidence(id_, decision.evidence)
        if kind == "actors" and actor:
            settled[id_] = actor
            names = decision.evidence.names if decision.evidence else ()
            theirs |= {("", name): id_ for name in _telling(actor, names or _names(actor))}
    theirs |= {("", name): "" for name in ledger.dropped_names}
    for split in ledger.splits:
        if split.kind == "actors":
            theirs |= {(named.article, normalise(named.name)): split.into for named in split.mentions}
            like = there.get(split.into) or there.get(split.source)
            name = split.name or (there[split.into].name if split.into in there else "")
            made.setdefault(split.into, Actor(id=split.into, name=name, kind=like.kind if like else "person"))
    for verb in ("same", "different", "split"):
        settled |= {id_: there[id_] for id_ in _named(ledger, ("actors",), verb) if id_ in there}
    for former in corpus.redirects:
        if former.kind == "actors" and (renamed := settled.get(former.id) or there.get(former.id)):
            # What a person calls otherwise is still found under the name that articles give it.
            settled[former.id] = replace(renamed, aliases=(*renamed.aliases, Alias(name=former.name)))
    return ActorRulings(
        settled=tuple(_own_names(settled[id_], ledger) for id_ in sorted(settled)),
        theirs=theirs,
        made=tuple(made[id_] for id_ in sorted(made)),
    )


def _named(ledger: Ledger, kinds: Sequence[str], verb: str) -> list[str]:
    """The records that decisions of one verb name."""
    named = ledger.named.items()
    return [id_ for (kind, id_), of in named if kind in kinds and any(decision.verb == verb for decision in of)]


def _from_evidence(id_: str, evidence: Evidence | None) -> Actor | None:
    """An actor as its drop remembers it, for when its file is gone."""
    if not evidence or not evidence.names:
        return None
    name, *aliases = evidence.names
    kind: ActorKind = next((kind for kind in get_args(ActorKind) if kind == evidence.kind), "person")
    return Actor(id=id_, name=name, kind=kind, aliases=tuple(Alias(name=alias) for alias in aliases))


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *(alias.name for alias in actor.aliases))


def _telling(actor: Actor, names: Sequence[str]) -> list[str]:
    """The names by which a dropped actor is known anywhere: not a person's bare surname, which others may bear."""
    surname = normalise(parse_person(actor.name).surname) if actor.kind == "person" else ""
    first = normalise(actor.name)
    return [key for name in names if (key := normalise(name)) and (key == first or key != surname)]


def _own_names(actor: Actor, ledger: Ledger) -> Actor:
    """An actor with the names that speak for it in any article: not those that a split gave or took."""
    given = {
        normalise(named.name)
        for split in ledger.splits
        if split.kind == "actors"
        for named in split.mentions
        if actor.id == split.into or (actor.id == split.source and not named.article)
    }
    if not given:
        return actor
    return replace(
        actor,
        name="" if normalise(actor.name) in given else actor.name,
        aliases=tuple(alias for alias in actor.aliases if normalise(alias.name) not in given),
    )


def event_rulings(ledger: Ledger, corpus: Corpus) -> EventRulings:
    """Which matter is which by decision."""
    there = {event.id: event for event in corpus.events}
    apart = {
        id_: frozenset(other for _, other in others) for (kind, id_), others in ledger.apart.items() if kind == "events"
    }
    names = {id_: _folded(there[id_]) for id_ in apart if id_ in there}
    for id_, known in names.items():
        others = set().union(*(names.get(other, set()) for other in apart[id_]))
        names[id_] = known - others  # a name that both bear tells neither
    theirs: dict[tuple[str, str], str] = {}
    made: dict[str, Event] = {}
    for split in ledger.splits:
        if split.kind == "events":
            theirs |= {(named.article, named.name.casefold()): split.into for named in split.mentions}
            into = there.get(split.into)
            like = into or there.get(split.source)
            event = Event(
                id=split.into,
                label=split.name or (into.label if into else split.mentions[0].name),
                kind=like.kind if like else "occasion",
                event_class=like.event_class if like else "",
            )
            made.setdefault(split.into, event)
    return EventRulings(
        names={id_: frozenset(known) for id_, known in names.items()},
        apart=apart,
        theirs=theirs,
        made=tuple(made[id_] for id_ in sorted(made)),
    )


def _folded(event: Event) -> set[str]:
    names = (event.label, *(alias.name for alias in event.aliases))
    return {name.casefold() for name in names if not name.startswith("the ")}


def stored_events(ledger: Ledger, corpus: Corpus) -> tuple[Event, ...]:
    """Events under the labels that reading gave them, and those that were dropped and whose files are gone.

    What bears the name of a lost one gets its id again, and so stays dropped.
    """
    there = {event.id: event for event in corpus.events}
    for former in corpus.redirects:
        if former.kind == "events" and (event := there.get(former.id)):
            aliases = (*event.aliases, Alias(name=event.label))
            there[event.id] = replace(event, label=former.name, aliases=aliases)
    for (kind, id_), decision in ledger.dropped.items():
        if kind == "events" and id_ not in there and decision.evidence and decision.evidence.names:
            label, *others = decision.evidence.names
            names = tuple(Alias(name=other) for other in others)
            there[id_] = Event(id=id_, label=label, kind="process", event_class="", aliases=names)
    for split in ledger.splits:
        if split.kind == "events" and (event := there.get(split.into)):
            given = {named.name.casefold() for named in split.mentions}  # by which the other event may still go
            own = tuple(alias for alias in event.aliases if alias.name.casefold() not in given)
            there[event.id] = replace(event, aliases=own)
    return tuple(there[id_] for id_ in sorted(there))


def lost_entries(ledger: Ledger, there: Collection[str], readings: Sequence[Reading]) -> tuple[Entry, ...]:
    """Dropped entries whose ids are not `there` in any file any more, as their drop remembers them.

    Where the article's file is gone as well, it is the article in which the very words stand.
    """
    found = []
    for (kind, id_), decision in ledger.dropped.items():
        evidence = decision.evidence
        if kind == "entries" and id_ not in there and evidence and evidence.quote:
            article = _article_of(evidence, readings)
            found.append(
                Entry(id=id_, article=article, quote=evidence.quote, word=evidence.word, event_class="", label="")
            )
    return tuple(found)


def _article_of(evidence: Evidence, readings: Sequence[Reading]) -> str:
    ids = [reading.document.article.id for reading in readings]
    if evidence.article in ids:
        return evidence.article
    for id_, reading in zip(ids, readings, strict=True):
        if any((entry.quote, entry.word) == (evidence.quote, evidence.word) for entry in reading.entries):
            return id_
    return evidence.article


def apart_entries(ledger: Ledger) -> Mapping[str, frozenset[str]]:
    """Each entry with those of other happenings, by decision."""
    return {
        id_: frozenset(other for _, other in others)
        for (kind, id_), others in ledger.apart.items()
        if kind == "entries"
    }


def story_rulings(ledger: Ledger, readings: Sequence[Reading]) -> StoryRulings:
    """Articles whose main happenings a person told to be one, or not to be."""
    if not any(kind == "entries" for kind, _ in (*ledger.stays, *ledger.apart)):
        return StoryRulings()
    main = {}
    for reading in readings:
        if reading.entries:
            first = max(reading.entries, key=lambda entry: (entry.salience, entry.id))
            main[first.id] = reading.document.article.id
    joined: dict[Key, list[str]] = {}
    apart = {}
    for id_, article in sorted(main.items()):
        if root := ledger.stays.get(("entries", id_)):
            joined.setdefault(root, []).append(article)
        if others := ledger.apart.get(("entries", id_)):
            apart[article] = frozenset(main[other] for _, other in others if other in main)
    together = [pair for articles in joined.values() for pair in pairwise(articles)]
    return StoryRulings(together=together, apart=apart)


def kept_files(ledger: Ledger, corpus: Corpus) -> frozenset[str]:
    """Actors and events whose files stay though no text supports them: a decision names them, and may be taken back."""
    nobody = {actor.id for actor in corpus.actors if normalise(actor.name) in ledger.dropped_names}
    return ledger.ids("actors") | ledger.ids("events") | nobody


def known_again(key: Key, corpus: Corpus) -> Evidence | None:
    """What a drop must remember of a record to know it again."""
    kind, id_ = key
    for actor in corpus.actors if kind == "actors" else ():
        if actor.id == id_:
            return Evidence(kind=actor.kind, names=_names(actor))
    for event in corpus.events if kind == "events" else ():
        if event.id == id_:
            return Evidence(kind="event", names=(event.label, *(alias.name for alias in event.aliases)))
    for entry in corpus.entries if kind == "entries" else ():
        if entry.id == id_:
            return Evidence(kind="entry", article=entry.article, word=entry.word, quote=entry.quote)
    return None
