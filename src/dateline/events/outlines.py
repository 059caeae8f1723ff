"""What joining events asks of the entries of every article, so that few of them need be opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from ..model import Entry, Naming, Reading
from ..when import format, parse
from .groups import About, about_of
from .schedule import PastDate, looks_ahead, past_dates
from .standing import Results, keep, recall
from .unnamed import may_be_unnamed


@dataclass(frozen=True, slots=True)
class Outline:
    """What the entries of one article tell of events."""

    about: Mapping[str, About]
    """The names of events that entries are about, with what these tell."""
    grave: bool
    """Whether any of them may be of an event without a name."""
    ahead: bool
    """Whether the article tells of a day that was set for an event."""
    past: Sequence[PastDate]


def outline_of(reading: Reading, results: Results | None = None) -> Outline:
    """The outline of an article, taken from `results` where its reading has a key, and put to it."""
    if results is None or not reading.key:
        return _outline(reading)
    key = blake2b(b"outline" + reading.key, digest_size=12).digest()
    held = recall(results, key)
    if held is None:
        keep(results, key, held := _plain(_outline(reading)))
    about, grave, ahead, past = held
    whens = {name: About(tuple(ids), tuple(map(parse, told))) for name, (ids, told) in about.items()}
    return Outline(whens, grave, ahead, [PastDate(name, parse(when), words) for name, when, words in past])


def namings_by_name(reading: Reading) -> dict[str, list[Naming]]:
    """The namings of an article by the fullest form of the name."""
    found: dict[str, list[Naming]] = defaultdict(list)
    for naming in reading.namings:
        found[naming.name].append(naming)
    return found


def _outline(reading: Reading) -> Outline:
    about: dict[str, list[Entry]] = defaultdict(list)
    for entry in reading.entries:
        for name in entry.about:
            about[name].append(entry)
    return Outline(
        {
            name: about_of(about[name], namings[0].event_class)
            for name, namings in namings_by_name(reading).items()
            if name in about
        },
        any(map(may_be_unnamed, reading.entries)),
        looks_ahead(reading),
        [*past_dates(reading)],
    )


def _plain(outline: Outline) -> list[Any]:
    about = {name: [of.ids, [format(when) for when in of.told]] for name, of in outline.about.items()}
    past = [[of.name, format(of.when), of.words] for of in outline.past]
    return [about, outline.grave, outline.ahead, past]
