"""Decisions laid over what the files tell: records united, parted, dropped, renamed, preferred while they stand.

Files keep the ids that they have: everything here happens when a corpus is loaded, so that a decision taken back
leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from . import when
from .actors.names import normalise
from .amendments import amendments_of
from .corrections import apart_of, corrections_of
from .decisions import Decision
from .ledger import Key, Ledger, Split
from .model import Actor, Alias, Corpus, Entry, Event, Participant, Preferred, Redirect, RoleHeld
from .parts import fields_of
from .store import Content, without_circles
from .when import sort_key


def apply(corpus: Corpus, ledger: Ledger) -> Corpus:
    """The corpus as people decided; what no decision touches is left as it is."""
    settled = _decided(corpus, ledger) if ledger.decisions else corpus
    amended = amendments_of(corpus, settled, ledger)
    return replace(settled, corrections=(*settled.corrections, *amended)) if amended else settled


def _decided(corpus: Corpus, ledger: Ledger) -> Corpus:
    """The corpus with the decisions, of which there are some, laid over it."""
    entries = _without_dropped(corpus.entries, ledger)
    entries = _parted(entries, ledger)
    gone = _gone(corpus, entries, ledger)
    entries = [_mapped(entry, ledger, gone) for entry in entries]
    entries = _regrouped(entries, corpus, ledger)
    actors = _actors([*corpus.actors, *_new_actors(corpus, ledger)], ledger, gone)
    events = without_circles(_events([*corpus.events, *_new_events(corpus, ledger)], ledger, gone), corpus.touched)
    return replace(
        corpus,
        entries=tuple(entries),
        actors=tuple(sorted(actors, key=lambda actor: actor.id)),
        events=tuple(sorted(events, key=lambda event: event.id)),
        touched=corpus.touched | _touched(ledger),
        preferred=_preferred(entries, ledger),
        redirects=_redirects(replace(corpus, entries=tuple(entries)), ledger, gone),
        corrections=corrections_of(corpus, entries, ledger),
        apart=apart_of(ledger),
    )


def _touched(ledger: Ledger) -> frozenset[str]:
    """The records that decisions changed and that are shown."""
    made: list[Key] = [(split.kind, split.into) for split in ledger.splits]
    keys = {ledger.root(key) for key in (*ledger.joined_by, *ledger.renamed, *ledger.preferred, *made)}
    return frozenset(id_ for kind, id_ in keys if kind != "entries")


# --------------------------------------------------------------------------------------------- entries


def _without_dropped(entries: Sequence[Entry], ledger: Ledger) -> list[Entry]:
    """Entries but for the dropped; one whose id is not there any more is known by its very words."""
    there = {entry.id for entry in entries}
    words = {
        (decision.evidence.article, decision.evidence.word, decision.evidence.quote)
        for (kind, id_), decision in ledger.dropped.items()
        if kind == "entries" and id_ not in there and decision.evidence
    }
    return [
        entry
        for entry in entries
        if ("entries", entry.id) not in ledger.dropped and (entry.article, entry.word, entry.quote) not in words
    ]


def _parted(entries: Iterable[Entry], ledger: Ledger) -> list[Entry]:
    """Entries whose split mentions name the record that they belong to, as far as an entry's own words tell."""
    if not ledger.splits:
        return list(entries)
    return [_part(entry, ledger.splits) for entry in entries]


def _part(entry: Entry, splits: Sequence[Split]) -> Entry:
    for split in splits:
        forms = [named.name for named in split.mentions if named.article in ("", entry.article)]
        if not forms:
            continue
        if split.kind == "actors":
            entry = _part_actors(entry, split, {normalise(form) for form in forms})
        elif split.source in entry.events and any(_stands_in(form, entry.quote) for form in forms):
            entry = replace(entry, events=_once(split.into if id_ == split.source else id_ for id_ in entry.events))
    return entry


def _part_actors(entry: Entry, split: Split, forms: set[str]) -> Entry:
    def mine(participant: Participant) -> bool:
        return participant.actor == split.source and normalise(participant.meaning or participant.words) in forms

    parts = tuple(replace(part, actor=split.into) if mine(part) else part for part in entry.participants)
    spoken = forms | {normalise(part.words) for part in entry.participants if mine(part)}
    voice = entry.voice
    if voice and voice.actor == split.source and normalise(voice.words) in spoken:
        voice = replace(voice, actor=split.into)
    return replace(entry, participants=parts, voice=voice)


def _stands_in(form: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) is not None


def _gone(corpus: Corpus, left: Sequence[Entry], ledger: Ledger) -> frozenset[Key]:
    """Actors and events that are dropped, and events that nothing tells of any more but what was dropped."""
    gone: set[Key] = {key for key in ledger.dropped if key[0] != "entries"}
    gone |= {("actors", actor.id) for actor in corpus.actors if normalise(actor.name) in ledger.dropped_names}
    if len(left) < len(corpus.entries):
        before = {id_ for entry in corpus.entries for id_ in entry.events}
        told = {id_ for entry in left for id_ in entry.events} | {event.part_of for event in corpus.events}
        gone |= {("events", id_) for id_ in before - told - corpus.touched - ledger.ids("events")}
    return frozenset(gone)


def _mapped(entry: Entry, ledger: Ledger, gone: frozenset[Key]) -> Entry:
    """An entry whose references lead to the records that stay; who is gone has no part in it."""

    def actor(id_: str) -> str:
        return "" if ("actors", id_) in gone else ledger.root(("actors", id_))[1]

    parts = (
        replace(part, actor=actor(part.actor)) for part in entry.participants if ("actors", part.actor) not in gone
    )
    voice = replace(entry.voice, actor=actor(entry.voice.actor)) if entry.voice else None
    events = (ledger.root(("events", id_))[1] for id_ in entry.events if ("events", id_) not in gone)
    return replace(entry, participants=_distinct(parts), voice=voice, events=_once(events))


def _distinct(parts: Iterable[Participant]) -> tuple[Participant, ...]:
    """Each actor once in each role."""
    first: dict[tuple[str, ...], Participant] = {}
    for part in parts:
        first.setdefault((part.actor, part.role, "" if part.actor else part.words), part)
    return tuple(first.values())


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


# --------------------------------------------------------------------------------------------- happenings


def _regrouped(entries: Sequence[Entry], corpus: Corpus, ledger: Ledger) -> list[Entry]:
    """Entries with the happening that they are of: what is the same together, what is different apart.

    A link that the machine made yields to a person's. Where the entry that gave a happening its id is gone, the oldest
    of the rest gives it.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.happening or entry.id, []).append(entry)
    there = {entry.id: entry for entry in entries}
    joined = {id_: root for (kind, id_), (_, root) in ledger.stays.items() if kind == "entries"}
    named = {id_ for kind, id_ in (*ledger.stays, *ledger.apart) if kind == "entries" and id_ in there}
    concerned = {there[id_].happening or id_ for id_ in named}
    concerned |= groups.keys() - there.keys()
    if not concerned:
        return list(entries)
    published = {article.id: sort_key(article.published) for article in corpus.articles}
    affected = [entry for id_ in groups if id_ in concerned for entry in groups[id_]]
    affected.sort(key=lambda entry: (published.get(entry.article, sort_key(when.UNKNOWN)), entry.article))
    happening: dict[str, str] = {}
    for members in _components(affected, joined, ledger):
        id_ = _happening_of(members, joined, {entry.id for entry in members})
        happening.update({entry.id: id_ for entry in members})
    return [replace(entry, happening=happening.get(entry.id, entry.happening)) for entry in entries]


def _components(entries: Sequence[Entry], joined: Mapping[str, str], ledger: Ledger) -> list[list[Entry]]:
    """Entries put together: first by decision, then by what the machine found, where no decision forbids it."""
    by_person: dict[str, list[Entry]] = {}
    for entry in entries:
        by_person.setdefault(joined.get(entry.id, entry.id), []).append(entry)
    apart = {id_: {other for _, other in others} for (kind, id_), others in ledger.apart.items() if kind == "entries"}
    found: list[list[Entry]] = []
    homes: dict[str, list[list[Entry]]] = {}
    # What a decision put together comes first, so that a loose entry yields and not the person's own group.
    for members in sorted(by_person.values(), key=lambda of: len(of) == 1):
        forbidden = {id_ for entry in members for id_ in apart.get(entry.id, ())}
        groups = _once(entry.happening or entry.id for entry in members)
        home = next(
            (home for group in groups for home in homes.get(group, ()) if not forbidden & {e.id for e in home}), None
        )
        if home is None:
            home = []
            found.append(home)
        home += members
        for group in groups:
            if not any(home is other for other in homes.setdefault(group, [])):
                homes[group].append(home)
    return found


def _happening_of(members: Sequence[Entry], joined: Mapping[str, str], ids: set[str]) -> str:
    """The id of a happening: that of the one that stays by decision, else the machine's, else the oldest entry's."""
    stays = next((joined[entry.id] for entry in members if entry.id in joined and joined[entry.id] in ids), "")
    lead = next((entry for entry in members if entry.id == stays), None)
    for entry in (lead, *members) if lead else members:
        if entry.happening in ids:
            return entry.happening
    return lead.id if lead else members[0].id


def _preferred(entries: Sequence[Entry], ledger: Ledger) -> tuple[Preferred, ...]:
    """What people prefer of each happening, under the id it has now; of two wishes the later line's counts."""
    happening = {entry.id: entry.happening or entry.id for entry in entries}
    found: dict[str, Preferred] = {}
    chosen = [
        (decision.where, id_, dict(decision.fields))
        for (kind, id_), decisions in ledger.preferred.items()
        for decision in decisions
        if kind == "entries" and id_ in happening
    ]
    for _, id_, fields in sorted(chosen, key=lambda item: item[0]):
        known = found.get(happening[id_], Preferred(happening=happening[id_]))
        found[known.happening] = replace(
            known,
            when=when.parse(fields["when"]) if "when" in fields else known.when,
            label=fields.get("label", known.label),
            place=fields.get("place", known.place),
            number=fields.get("number", known.number),
            doer=_actor_now(fields.get("doer", known.doer), ledger),
        )
    return tuple(found[id_] for id_ in sorted(found))


def _actor_now(doer: str, ledger: Ledger) -> str:
    """The id of the actor that stands for one that went to another, any other name as it is; "" for who is dropped."""
    gone = ("actors", doer) in ledger.dropped or normalise(doer) in ledger.dropped_names
    return "" if gone else ledger.root(("actors", doer))[1]


# --------------------------------------------------------------------------------------------- actors


def _new_actors(corpus: Corpus, ledger: Ledger) -> list[Actor]:
    """Actors that a split makes and that have no file yet."""
    there = {actor.id: actor for actor in corpus.actors}
    found: dict[str, Actor] = {}
    for split in ledger.splits:
        if split.kind == "actors" and split.into not in there and split.source in there:
            name = split.name or split.mentions[0].name
            found.setdefault(split.into, Actor(id=split.into, name=name, kind=there[split.source].kind))
    return list(found.values())


def _actors(actors: Sequence[Actor], ledger: Ledger, gone: frozenset[Key]) -> list[Actor]:
    """The actors that stay, with the names and roles of those that went to them."""
    merged: dict[str, list[Actor]] = {}
    for actor in actors:
        key: Key = ("actors", actor.id)
        if key not in gone:
            merged.setdefault(ledger.root(key)[1], []).append(_renamed_actor(actor, ledger.renamed.get(key)))
    return [_one_actor(id_, members, ledger) for id_, members in merged.items()]


def _renamed_actor(actor: Actor, decision: Decision | None) -> Actor:
    if decision is None:
        return actor
    return replace(actor, name=decision.name, aliases=_with_old_name(actor.name, actor.aliases, decision))


def _with_old_name(old: str, aliases: Sequence[Alias], decision: Decision) -> tuple[Alias, ...]:
    before = Alias(name=old, reason=f"the name before a decision, line {decision.where.line}")
    return tuple(alias for alias in _united([*aliases, before]) if alias.name != decision.name)


def _one_actor(id_: str, members: Sequence[Actor], ledger: Ledger) -> Actor:
    first = next((actor for actor in members if actor.id == id_), members[0])
    if len(members) == 1:
        return replace(first, id=id_)
    aliases = list(first.aliases)
    roles = list(first.roles)
    for other in members:
        if other is not first:
            aliases += _aliases_of(other.name, other.aliases, ledger.joined_by.get(("actors", other.id)))
            roles += other.roles
    notes = _once(actor.note for actor in (first, *members) if actor.note)
    return replace(
        first,
        id=id_,
        aliases=tuple(alias for alias in _united(aliases) if alias.name != first.name),
        roles=_united_roles(roles),
        wikidata=first.wikidata or next((actor.wikidata for actor in members if actor.wikidata), ""),
        note="\n\n".join(notes),
    )


def _aliases_of(name: str, aliases: Sequence[Alias], decision: Decision | None) -> list[Alias]:
    """The names that a record brings along, with the decision that brought them."""
    reason = f"the same by decision, line {decision.where.line}" if decision else "the same by decision"
    return [replace(alias, reason=reason) for alias in (Alias(name=name), *aliases)]


def _united(aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Each name once, in as many articles as all together say."""
    found: dict[str, Alias] = {}
    for alias in aliases:
        known = found.get(alias.name)
        found[alias.name] = replace(known, articles=known.articles + alias.articles) if known else alias
    return tuple(found.values())


def _united_roles(roles: Iterable[RoleHeld]) -> tuple[RoleHeld, ...]:
    found: dict[str, RoleHeld] = {}
    for role in roles:
        known = found.get(role.words)
        articles = tuple(sorted({*known.articles, *role.articles})) if known else role.articles
        found[role.words] = replace(role, articles=articles)
    return tuple(found.values())


# --------------------------------------------------------------------------------------------- events


def _new_events(corpus: Corpus, ledger: Ledger) -> list[Event]:
    """Events that a split makes and that have no file yet."""
    there = {event.id: event for event in corpus.events}
    found: dict[str, Event] = {}
    for split in ledger.splits:
        if split.kind == "events" and split.into not in there and (source := there.get(split.source)):
            label = split.name or split.mentions[0].name
            new = Event(id=split.into, label=label, kind=source.kind, event_class=source.event_class)
            found.setdefault(split.into, new)
    return list(found.values())


def _events(events: Sequence[Event], ledger: Ledger, gone: frozenset[Key]) -> list[Event]:
    """The events that stay, with the names of those that went to them."""
    merged: dict[str, list[Event]] = {}
    for event in events:
        key: Key = ("events", event.id)
        if key not in gone:
            merged.setdefault(ledger.root(key)[1], []).append(_renamed_event(event, ledger))
    return [_one_event(id_, members, ledger, gone) for id_, members in merged.items()]


def _renamed_event(event: Event, ledger: Ledger) -> Event:
    if decision := ledger.renamed.get(("events", event.id)):
        aliases = _with_old_name(event.label, event.aliases, decision)
        event = replace(event, label=decision.name, aliases=aliases)
    for decision in ledger.preferred.get(("events", event.id), ()):
        fields = dict(decision.fields)
        event = replace(
            event,
            label=fields.get("label", event.label),
            place=fields.get("place", event.place),
            when=when.parse(fields["when"]) if "when" in fields else event.when,
            when_reason="" if "when" in fields else event.when_reason,
        )
    return event


def _one_event(id_: str, members: Sequence[Event], ledger: Ledger, gone: frozenset[Key]) -> Event:
    first = next((event for event in members if event.id == id_), members[0])
    members = [first, *(event for event in members if event is not first)]
    aliases = list(first.aliases)
    for other in members[1:]:
        aliases += _aliases_of(other.label, other.aliases, ledger.joined_by.get(("events", other.id)))
    wholes = [
        (ledger.root(("events", event.part_of))[1], event.part_reason)
        for event in members
        if event.part_of and ("events", event.part_of) not in gone
    ]
    part_of, part_reason = next(((other, reason) for other, reason in wholes if other != id_), ("", ""))
    dated = next((event for event in members if event.when.known), first)
    return replace(
        first,
        id=id_,
        aliases=tuple(alias for alias in _united(aliases) if alias.name != first.label)
        if members[1:]
        else first.aliases,
        when=dated.when,
        when_reason=dated.when_reason,
        place=next((event.place for event in members if event.place), ""),
        part_of=part_of,
        part_reason=part_reason,
        history=tuple(dict.fromkeys(one for event in members for one in event.history)),
        note="\n\n".join(_once(event.note for event in members if event.note)),
    )


# --------------------------------------------------------------------------------------------- addresses


def _redirects(corpus: Corpus, ledger: Ledger, gone: frozenset[Key]) -> tuple[Redirect, ...]:
    """Where the pages of renamed, merged and dropped records stood, and where they lead now."""

    def leads_to(kind: Literal["actors", "events"], id_: str) -> str:
        key = ledger.root((kind, id_))
        return "" if (kind, id_) in gone or key in gone else key[1]

    changed = {*ledger.stays, *ledger.renamed, *ledger.preferred, *gone}
    found = [replace(redirect, to=leads_to(redirect.kind, redirect.to)) for redirect in corpus.redirects]
    for actor in corpus.actors:
        if ("actors", actor.id) in changed:
            to = leads_to("actors", actor.id)
            found.append(Redirect(kind="actors", id=actor.id, name=actor.name, to=to))
    for event in corpus.events:
        if ("events", event.id) in changed:
            to = leads_to("events", event.id)
            found.append(Redirect(kind="events", id=event.id, name=event.label, to=to))
    for (of, id_), decision in ledger.renamed.items():
        kind: Literal["actors", "events"] = "actors" if of == "actors" else "events"
        found.append(Redirect(kind=kind, id=id_, name=decision.name, to=leads_to(kind, id_)))
    return tuple(dict.fromkeys([*found, *_emptied(corpus, ledger)]))


def _emptied(corpus: Corpus, ledger: Ledger) -> Iterator[Redirect]:
    """Records of which nothing is left, all mentions being another's now."""
    told = {part.actor for entry in corpus.entries for part in entry.participants}
    told |= {entry.voice.actor for entry in corpus.entries if entry.voice}
    told |= {event for entry in corpus.entries for event in entry.events}
    names = {actor.id: actor.name for actor in corpus.actors} | {event.id: event.label for event in corpus.events}
    for split in ledger.splits:
        if split.source in names and split.source not in told:
            kind: Literal["actors", "events"] = "actors" if split.kind == "actors" else "events"
            yield Redirect(kind=kind, id=split.source, name=names[split.source], to=ledger.root((kind, split.into))[1])


def former_names(content: Content) -> tuple[Redirect, ...]:
    """The names by which the machine knows what a person named otherwise above the line."""
    found = []
    named: tuple[tuple[Literal["actors", "events"], str], ...] = (("actors", "name"), ("events", "label"))
    for kind, field in named:
        for id_, stored in content.of(kind).items():
            own, given = fields_of(stored.machine).get(field), fields_of(stored.in_force()).get(field)
            if own is not None and given is not None and own.value != given.value and isinstance(own.value, str):
                found.append(Redirect(kind=kind, id=id_, name=own.value, to=id_))
    return tuple(found)
