"""Decisions with a day, in words for readers: what feeds tell as corrections.

What a person took off the site is not named again: a correction that repeats the words would publish them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Literal

from . import when
from .decisions import Decision, format_decision
from .ledger import Key, Ledger
from .model import Apart, Corpus, Correction, Entry
from .when import UNKNOWN, When

_PREFERRED = {
    "when": "the date",
    "label": "the wording",
    "place": "the place",
    "number": "the number",
    "doer": "the doer",
}
_GONE: Mapping[str, str] = {
    "actors": "A person or body is not published any more.",
    "events": "An event is not published any more.",
    "entries": "A report is not published any more.",
}


def corrections_of(filed: Corpus, entries: Iterable[Entry], ledger: Ledger) -> tuple[Correction, ...]:
    """A correction for each decision whose `on:` is a known day, in the order of the ledger.

    `filed` are the records as files tell them, `entries` those in force.
    """
    keys: dict[int, list[Key]] = {}
    for key, decisions in ledger.named.items():
        for decision in decisions:
            keys.setdefault(id(decision), []).append(key)
    names = _names(filed)
    happenings = {entry.id: entry.happening or entry.id for entry in entries}
    found = []
    for decision in ledger.decisions:
        on = day_of(decision)
        of = sorted(keys.get(id(decision), []), key=lambda key: _place(decision, key))
        if on.known and (decision.verb == "drop" or not any(_is_gone(key, ledger) for key in of)):
            correction = Correction(
                id=hashlib.blake2b(_core(decision).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
                on=on,
                words=_words(decision, of, names),
                why=decision.why,
                records=_records(decision, of, ledger, happenings),
            )
            found.append(correction)
    return tuple({correction.id: correction for correction in found}.values())


def apart_of(ledger: Ledger) -> tuple[Apart, ...]:
    """The actors and events that were told apart, two by two, under the ids that stay; not those that are gone."""
    keys: dict[int, list[Key]] = {}
    for key, decisions in ledger.named.items():
        for decision in decisions:
            if decision.verb == "different" and key[0] != "entries" and not _is_gone(key, ledger):
                keys.setdefault(id(decision), []).append(ledger.root(key))
    found: dict[tuple[Key, Key], Apart] = {}
    for decision in ledger.decisions:
        for one, other in combinations(sorted(set(keys.get(id(decision), []))), 2):
            kind: Literal["actors", "events"] = "actors" if one[0] == "actors" else "events"
            found.setdefault((one, other), Apart(kind=kind, ids=(one[1], other[1]), why=decision.why))
    return tuple(found.values())


def _is_gone(key: Key, ledger: Ledger) -> bool:
    """Whether a record was taken off the site, so that nothing may name it."""
    return key[0] != "entries" and bool({key, ledger.root(key)} & ledger.dropped.keys())


def day_of(decision: Decision) -> When:
    """When it was decided; unknown where `on:` is no date, or has no beginning or no end."""
    try:
        on = when.parse(decision.on)
    except ValueError:
        return UNKNOWN
    return on if on.start and on.end else UNKNOWN


def _place(decision: Decision, key: Key) -> int:
    """Where a decision names a record; what a split makes stands last."""
    named = [written.removeprefix(f"{key[0]}/") for written in decision.of]
    return named.index(key[1]) if key[1] in named else len(named)


def _core(decision: Decision) -> str:
    """What was decided, without who, when and why: by this, a correction is the same though these are mended."""
    return format_decision(
        Decision(**{name: getattr(decision, name) for name in ("verb", "of", "name", "mentions", "fields")})
    )


def _names(filed: Corpus) -> dict[Key, str]:
    found: dict[Key, str] = {("actors", actor.id): actor.name for actor in filed.actors}
    return found | {("events", event.id): event.label for event in filed.events}


def _records(
    decision: Decision, keys: Iterable[Key], ledger: Ledger, happenings: Mapping[str, str]
) -> tuple[tuple[Literal["actors", "events", "happenings"], str], ...]:
    """What of a decision is published, under the ids that stay."""
    found: dict[tuple[Literal["actors", "events", "happenings"], str], None] = {}
    for key in () if decision.verb == "drop" else keys:
        kind, id_ = ledger.root(key)
        if kind == "entries":
            if key[1] in happenings:
                found["happenings", happenings[key[1]]] = None
        elif (kind, id_) not in ledger.dropped:
            found[kind, id_] = None
    return tuple(found)


def _words(decision: Decision, keys: Iterable[Key], names: Mapping[Key, str]) -> str:
    """What was decided, as a sentence."""
    keys = list(keys)
    called = [f"“{names.get(key, key[1])}”" for key in keys]
    match decision.verb:
        case "same" | "different" if keys and keys[0][0] == "entries":
            return "Reports were put together." if decision.verb == "same" else "Reports were told apart."
        case "same":
            return f"{_listed(called[1:])} and {called[0]} are one." if called[1:] else "Two records are one."
        case "different":
            return f"{_listed(called)} are not the same."
        case "split":
            forms = _listed(f"“{name}”" for name in dict.fromkeys(one.name for one in decision.mentions))
            return f"{forms} is {called[-1]}, not {called[0]}." if called[1:] else f"{forms} is somebody else."
        case "drop":
            return _GONE[keys[0][0]] if keys else "A name is not taken for anybody’s any more."
        case "rename":
            return f"{called[0]} is now called “{decision.name}”." if called else f"Now called “{decision.name}”."
    shown = _listed(_chosen(name, value) for name, value in decision.fields)
    return f"Where reports differ, a person chose {shown}."


def _chosen(name: str, value: str) -> str:
    """What was preferred; no doer is named, who may be taken off the site later."""
    if name == "doer":
        return _PREFERRED[name]
    return f"{_PREFERRED[name]} “{_said(name, value)}”"


def _said(name: str, value: str) -> str:
    if name != "when":
        return value
    try:
        return when.describe(when.parse(value))
    except ValueError:
        return value


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
