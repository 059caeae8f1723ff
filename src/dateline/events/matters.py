"""Named events across articles: all names of one matter together, each with the reason why it was joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from ..model import Entry, Event, Reading
from ..text import slug
from ..when import overlaps, sort_key
from .groups import About, Group, Matter, event_of, labels_of, matter_of, own_date
from .larger import find_larger
from .lexicon import kind_of, related
from .namings import SEPARATE
from .outlines import Outline, namings_by_name, outline_of
from .schedule import PastDate, with_dates
from .standing import Results
from .unnamed import Unnamed, find_unnamed, label_of

WINDOWS = {"occasion": timedelta(days=60), "process": timedelta(days=200), "instrument": timedelta(days=365 * 5)}
"""How far apart articles that name an event without its date may be published, by kind of event."""
VISIT_WINDOW = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class JoinedEvents:
    """Events, sorted by id, and which entries belong to which."""

    events: tuple[Event, ...]
    ids: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRulings:
    """What people decided on which matter is which, as far as reading must heed it."""

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Events that were told apart from others → their names, folded."""
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Each such event → those that it is never."""
    theirs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(article id, or "" for all; folded name) → the event that it names."""
    made: tuple[Event, ...] = ()
    """Events that a decision makes, under this label."""

    def forbid(self, one: Iterable[Matter], other: Iterable[Matter]) -> bool:
        """Whether matters bear the names of events that were told apart."""
        if not self.apart:
            return False
        mine, theirs = self._events_named(one), self._events_named(other)
        return any(self.apart[event] & theirs for event in mine)

    def _events_named(self, matters: Iterable[Matter]) -> set[str]:
        names = {name.casefold() for matter in matters for name in (matter.name, *matter.forms)}
        return {event for event, known in self.names.items() if known & names}

    def of(self, matter: Matter) -> str:
        """The event that a matter is by decision; "" where none was made."""
        names = [name.casefold() for name in (matter.name, *sorted(matter.forms))]
        keys = [(article, name) for article in (matter.article, "") for name in names]
        return next((self.theirs[key] for key in keys if key in self.theirs), "")


NO_RULINGS = EventRulings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What else is known when events are joined, by ids of entries and articles."""

    happenings: Mapping[str, str] = field(default_factory=dict)
    stories: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """Article → each of its entries with the events that it belonged to before."""


NO_CONTEXT = Context()


def join_events(
    readings: Sequence[Reading],
    entries: Sequence[Entry] | None = None,
    stored: Sequence[Event] = (),
    rulings: EventRulings = NO_RULINGS,
    context: Context = NO_CONTEXT,
    results: Results | None = None,
) -> JoinedEvents:
    """The events that the articles tell of and that have an entry, with stored ids kept; `rulings` go before all else.

    First those that have a name, then of the rest those that several articles tell of; then which are parts of others.
    `entries`: those of the readings, where these are not at hand in them. `results`: what was found before, and what is
    put to it.
    """
    ordered = sorted(readings, key=lambda r: (sort_key(r.document.article.published), r.document.article.id))
    held = [
        (reading, outline_of(reading, results)) for reading in (ordered if entries is None else _with(ordered, entries))
    ]
    matters = _matters(held)
    ruled = [(matter, event) for matter in matters if (event := rulings.of(matter))]
    groups = _join([matter for matter in matters if not rulings.of(matter)], rulings)
    made = {event.id: event for event in rulings.made}
    taken = {event.id for event in stored} | made.keys()
    free = {event.id: event for event in stored}
    homes: dict[str, tuple[Group, str]] = {}
    for group, label in zip(groups, labels_of(groups), strict=True):
        known = _stored_for(group, label, free.values())
        identity = known.id if known else _mint(label, taken)
        taken.add(identity)
        free.pop(identity, None)
        homes[identity] = (group, label if known is None else known.label)
    for matter, event in ruled:
        label = made[event].label if event in made else matter.name
        homes.setdefault(event, (Group(), label))[0].add(matter)
    names = {(m.article, m.name): identity for identity, (group, _) in homes.items() for m in group.matters}
    names |= _only_named(readings, names, homes, rulings)
    ids: dict[str, set[str]] = defaultdict(set)
    for identity, (group, _) in homes.items():
        for matter in group.matters:
            for entry in matter.entries:
                ids[entry].add(identity)
    events = {identity: event_of(group, label, identity) for identity, (group, label) in homes.items()}
    grave = [reading for reading, outline in held if outline.grave]
    for made_up, unnamed in _unnamed(grave, matters, rulings, context, free, taken):
        events[made_up.id] = made_up
        for told in unnamed.entries:
            ids[told.id].add(made_up.id)
    events |= {event.id: event for event in rulings.made if event.id not in homes}
    found = {entry: tuple(sorted(its)) for entry, its in sorted(ids.items())}
    past: dict[str, list[PastDate]] = defaultdict(list)
    for reading, outline in held:
        for one in outline.past:
            past[names.get((reading.document.article.id, one.name), "")].append(one)
    dated = with_dates(events, [reading for reading, outline in held if outline.ahead], names, found, past)
    return JoinedEvents(events=_with_larger(dated, readings, names), ids=found)


def _only_named(
    readings: Sequence[Reading],
    names: Mapping[tuple[str, str], str],
    homes: Mapping[str, tuple[Group, str]],
    rulings: EventRulings,
) -> dict[tuple[str, str], str]:
    """The events of names that no entry of their article is about: they too say what is part of what, and when."""
    index: dict[str, list[str]] = defaultdict(list)
    for identity, (group, _) in homes.items():
        for word in sorted({word for key in group.keys for word in key}):
            index[word].append(identity)
    found = {}
    for reading in readings:
        article = reading.document.article
        for name, namings in namings_by_name(reading).items():
            if (article.id, name) in names:
                continue
            matter = matter_of(article.id, article.published, name, namings, About())
            near = sorted({identity for key in matter.keys for word in key for identity in index[word]})
            fitting = (one for one in near if _same_event(homes[one][0], matter))
            free = (one for one in fitting if not rulings.forbid(homes[one][0].matters, [matter]))
            if (event := rulings.of(matter) or next(free, "")) in homes:
                found[article.id, name] = event
    return found


def _with(readings: Sequence[Reading], entries: Sequence[Entry]) -> list[Reading]:
    """Readings with just these entries."""
    of_article: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_article[entry.article].append(entry)
    return [reading.with_entries(tuple(of_article[reading.document.article.id])).with_key(b"") for reading in readings]


def _with_larger(
    events: Mapping[str, Event], readings: Sequence[Reading], names: Mapping[tuple[str, str], str]
) -> tuple[Event, ...]:
    """The events by id, each part with the larger event that the texts make it a part of."""
    larger = find_larger(readings, names, events)
    return tuple(
        replace(events[id_], part_of=larger[id_][0], part_reason=larger[id_][1]) if id_ in larger else events[id_]
        for id_ in sorted(events)
    )


def _unnamed(
    readings: Sequence[Reading],
    matters: Sequence[Matter],
    rulings: EventRulings,
    context: Context,
    free: Mapping[str, Event],
    taken: set[str],
) -> Iterator[tuple[Event, Unnamed]]:
    """The events without a name, under the ids that most of their entries had before."""
    classes: dict[str, set[str]] = defaultdict(set)
    for matter in matters:
        if kind_of(matter.event_class) == "occasion":
            classes[matter.article].add(matter.event_class)
    before = {event: known for event, known in free.items() if known.reason or not known.event_class}
    found = find_unnamed(readings, classes, context.happenings, context.stories, _apart_entries(rulings, context))
    for unnamed in found:
        label = label_of(unnamed)
        earlier = (context.earlier.get(entry.article, {}).get(entry.id, ()) for entry in unnamed.entries)
        told = Counter(event for events in earlier for event in events)
        known = min((id_ for id_ in before if told[id_]), key=lambda id_: (-told[id_], id_), default=None)
        known = known or next((id_ for id_ in sorted(before) if before[id_].label == label), None)
        identity = known or _mint(label, taken)
        taken.add(identity)
        articles = len({case.article for case in unnamed.cases})
        event = Event(
            id=identity,
            label=before.pop(known).label if known else label,
            kind=kind_of(unnamed.event_class),
            event_class=unnamed.event_class,
            when=unnamed.when,
            when_reason="the day that most reports of it tell" if unnamed.when.known else "",
            place=unnamed.place,
            reason=f"no article gives it a name; {articles} article{'s tell' if articles > 1 else ' tells'} of it",
        )
        yield event, unnamed


def _apart_entries(rulings: EventRulings, context: Context) -> frozenset[frozenset[str]]:
    """Pairs of entries of events that people told apart."""
    if not rulings.apart:
        return frozenset()
    of_event: dict[str, list[str]] = defaultdict(list)
    for entry, events in chain.from_iterable(told.items() for told in context.earlier.values()):
        for event in events:
            if event in rulings.apart:
                of_event[event].append(entry)
    return frozenset(
        frozenset((a, b))
        for event, others in rulings.apart.items()
        for other in others
        for a in of_event[event]
        for b in of_event[other]
    )


def _matters(readings: Iterable[tuple[Reading, Outline]]) -> list[Matter]:
    """Every named event of every article that an entry is about."""
    return [
        matter_of(article.id, article.published, name, namings, outline.about[name])
        for reading, outline in readings
        for article in (reading.document.article,)
        for name, namings in (namings_by_name(reading) if outline.about else {}).items()
        if name in outline.about
    ]


def _join(matters: Sequence[Matter], rulings: EventRulings = NO_RULINGS) -> list[Group]:
    """Groups of matters, each put to the first group that it fits; blocked by the words of its names."""
    groups: list[Group] = []
    index: dict[str, set[int]] = defaultdict(set)
    for matter in matters:
        near = sorted({number for key in matter.keys for word in key for number in index[word]})
        number = None
        for candidate in near:
            reason = _same_event(groups[candidate], matter)
            if reason and not rulings.forbid(groups[candidate].matters, [matter]):
                number = candidate
                groups[candidate].add(matter)
                groups[candidate].reasons.setdefault(matter.name, reason)
                break
        if number is None:
            number = len(groups)
            groups.append(Group([matter]))
        for key in matter.keys:
            for word in key:
                index[word].add(number)
    return groups


def _same_event(group: Group, matter: Matter) -> str:
    """Why a matter is the group's event; "" where it is not, or where it is not sure."""
    first = group.matters[0]
    if matter.article in group.articles:
        return ""
    if not related(first.event_class, matter.event_class):
        return ""
    if not _times_agree(group, matter):
        return ""
    equal = sorted((sorted(key) for key in matter.keys & group.keys), key=lambda words: (-len(words), words))
    if equal:
        words = ", ".join(equal[0])
        dated = bool(group.whens and matter.whens)
        return f"same name ({words})" if matter.event_class in group.classes or dated else ""
    return ""


def _times_agree(group: Group, matter: Matter) -> bool:
    """Whether own dates overlap, or, where one has none, what is known of their times is near enough."""
    kind = kind_of(matter.event_class)
    if group.whens and matter.whens and kind != "process":
        return any(group.dates.near(when, timedelta()) for when in matter.whens)
    window = VISIT_WINDOW if matter.event_class == "visit" else WINDOWS[kind]
    if matter.event_class not in SEPARATE and kind == "process":
        window = WINDOWS["instrument"]
    if kind == "occasion":
        return any(group.times.near(when, window) for when in matter.times)
    return group.published.near(matter.published, window)


# ------------------------------------------------------------------------------------------ known events, ids


def _stored_for(group: Group, label: str, stored: Iterable[Event]) -> Event | None:
    """The stored event that bears one of the group's names, by label first."""
    names = {label.lower(), *(matter.name.lower() for matter in group.matters)}
    events = sorted(stored, key=lambda event: event.id)
    for event in events:
        if event.label.lower() in names and _fits_date(group, event):
            return event
    for event in events:
        full = {alias.name.lower() for alias in event.aliases if not alias.name.startswith("the ")}
        if names & full and _fits_date(group, event):
            return event
    return None


def _fits_date(group: Group, event: Event) -> bool:
    own = own_date(group)
    return event.kind == "process" or not own.known or not event.when.known or overlaps(own, event.when)


def _mint(label: str, taken: set[str]) -> str:
    base = slug(label) or "event"
    identity, number = base, 1
    while identity in taken:
        number += 1
        identity = f"{base}-{number}"
    return identity
