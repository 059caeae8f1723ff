"""Decisions with a day, in words for readers: what feeds tell as corrections.

What a person took off the site is not named again: a correction that repeats the words would publish them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal

from . import when
from .decisions import Decision, format_decision
from .ledger import Key, Ledger
from .model import Corpus, Correction, Entry
from .when import UNKNOWN, When

_PREFERRED = {"when": "the date", "label": "the wording", "place": "the place"}
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
        if on.known:
            of = sorted(keys.get(id(decision), []), key=lambda key: _place(decision, key))
            correction = Correction(
                id=hashlib.blake2b(_core(decision).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
                on=on,
                words=_words(decision, of, names),
                why=decision.why,
                records=_records(decision, of, ledger, happenings),
            )
            found.append(correction)
    return tuple({correction.id: correction for correction in found}.values())


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
    found |= {("events", event.id): event.label for event in filed.events}
    return found | {("entries", entry.id): entry.label for entry in filed.entries}


def _records(
    decision: Decision, keys: Iterable[Key], ledger: Ledger, happenings: Mapping[str, str]
) -> tuple[tuple[Literal["actors", "events", "happenings"], str], ...]:
    """What of a decision is published, under the ids that stay."""
    found: dict[tuple[Literal["actors", "events", "happenings"], str], None] = {}
    for key in () if decision.verb == "drop" else keys:
        kind, id_ = ledger.root(key)
        if kind == "entries":
            if id_ in happenings:
                found["happenings", happenings[id_]] = None
        elif (kind, id_) not in ledger.dropped:
            found[kind, id_] = None
    return tuple(found)


def _words(decision: Decision, keys: Iterable[Key], names: Mapping[Key, str]) -> str:
    """What was decided, as a sentence."""
    keys = list(keys)
    called = [f"“{names.get(key, key[1])}”" for key in keys]
    match decision.verb:
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
    shown = _listed(f"{_PREFERRED[name]} “{_said(name, value)}”" for name, value in decision.fields)
    return f"Where reports differ, a person chose {shown}."


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
