"""Claims beside their denials, as an event's page shows them: none of them without the one who says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .denials import ACCUSATION, ANSWERS
from .library import Library
from .model import Entry, Event, Stance
from .rows import SHOWN_CLAIMS, by_publication, cite, label_of, quote_of, speech_of, status_of
from .timelines import Stack
from .views import Account, Denial, Link

SHOWN_DENIALS = 20
"""So many pairs stand on the page of an event."""

SAID: Mapping[Stance, str] = {
    "states": "said by",
    "claims": "claimed by",
    "denies": "denied by",
    "demands": "demanded by",
}


def denials_of(stack: Stack, event: Event) -> tuple[Denial, ...]:
    """What is told of an event and denied, in order of time; each side by publication."""
    pairs = stack.denied[event.id][:SHOWN_DENIALS]
    if not pairs:
        return ()
    library, path = stack.library, stack.library.addresses["events", event.id]
    rows = stack.of(("events", event.id))
    known = {entry.id: entry for row in rows for entry in library.happenings[row]}

    def side(ids: Sequence[str]) -> tuple[Account, ...]:
        entries = by_publication(library, [known[id] for id in ids])[:SHOWN_CLAIMS]
        return tuple(_account(stack, entry, path) for entry in entries)

    return tuple(
        Denial(
            told=side(pair.told),
            denied=side(pair.denied),
            told_more=max(0, len(pair.told) - SHOWN_CLAIMS),
            denied_more=max(0, len(pair.denied) - SHOWN_CLAIMS),
        )
        for pair in pairs
    )


def _account(stack: Stack, entry: Entry, path: str) -> Account:
    library = stack.library
    how, by = _said(library, entry)
    return Account(
        how=how,
        by=by,
        row=stack.at_row(Link(text=label_of(entry), path=path), entry.happening or entry.id),
        status=status_of(entry),
        quote=quote_of([entry], library.settings.quote_words),
        source=cite(library, library.articles[entry.article], entry.source),
    )


def _said(library: Library, entry: Entry) -> tuple[str, tuple[Link, ...]]:
    """Whose word an account is: of its speaker, of the one who accuses or answers, else of its article."""
    if entry.voice and (speech := speech_of(library, entry)):
        return SAID[entry.voice.stance], (speech.who,)
    agents = dict.fromkeys(part for part in entry.participants if part.role == "agent")
    if agents and entry.event_class in (ACCUSATION, *ANSWERS) and not entry.negated:
        names = (library.actors.get(part.actor) for part in agents)
        words = (actor.name if actor else part.name or part.words for part, actor in zip(agents, names, strict=True))
        links = (library.link("actors", part.actor, name) for part, name in zip(agents, words, strict=True))
        return "alleged by" if entry.event_class == ACCUSATION else "denied by", tuple(links)
    source = cite(library, library.articles[entry.article], entry.source)
    return "reported by", (Link(text=source.publisher),)
