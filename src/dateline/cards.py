"""What files of `content/` come to, for a run that looks at few of them.

What all runs ask of every file stands in the census; the rest of a file is opened when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from . import store
from .census import brought_up, gather, load_census, save_census, since_then
from .deck import Deck, OddError
from .edits import Edit
from .folders import RECORDS, Prints
from .model import Actor, Article, Corpus, Event, Redirect, Settings
from .packed import PackedArticles, PackedEntries, Records, unpack
from .parsed import Parsed
from .problems import Problem


class Cards:
    """All files of a tracker, as records that are opened when somebody looks at them."""

    def __init__(self, tracker: Path, settings: Settings, deck: Deck) -> None:
        self._tracker, self._deck = tracker, deck
        self._before = before = load_census(tracker)
        self.census = census = (before and brought_up(before, deck)) or gather(deck)
        self.since = since_then(before, census, deck)
        self.corpus = Corpus(
            settings=settings,
            articles=PackedArticles(census.texts, lambda id: deck.record("articles", id, Article)),
            entries=PackedEntries({id: range(*of) for id, of in census.told.items()}, census.happenings, deck.entries),
            actors=Records(census.actors, lambda id: deck.record("actors", id, Actor)),
            events=Records(census.events, self._event),
            touched=frozenset(census.touched),
            redirects=tuple(Redirect(kind=of, id=id, name=name, to=to) for of, id, name, to in census.former),
            edits=tuple(unpack(Edit, told) for told in census.edits),
        )

    @property
    def opened(self) -> int:
        """How many files had to be read."""
        return self._deck.opened

    @property
    def files(self) -> Mapping[str, str]:
        """All files that tell of a record, with their digests."""
        return self.census.files

    def save(self) -> None:
        """Keep what they tell together as what the next run starts from, and drop the cards of files as they were.

        For a run that keeps its traces, too: these and what is told since then belong together.
        """
        if self._before is None or self._before.state != self.census.state:
            with suppress(OSError):  # nothing is lost but time
                save_census(self._tracker, self.census)
            self._deck.settle(self._before.files if self._before else None)
        self.close()

    def close(self) -> None:
        """Keep no more; what is looked at from now on is read from files."""
        self._deck.close()

    @property
    def entry_ids(self) -> frozenset[str]:
        """Every id of an entry that a file has given, whatever became of it."""
        return frozenset(self.ids_given())

    def ids_given(self) -> Iterator[str]:
        """The same one by one, looked for only when somebody asks."""
        return (id for ids in self.census.given.values() for id in ids.split("\n"))

    def _event(self, id: str) -> Event:
        event = self._deck.record("events", id, Event)
        return replace(event, part_of="", part_reason="") if id in self.census.freed else event


def read_cards(tracker: Path, prints: Prints, parsed: Parsed | None = None) -> Cards:
    """The files of a tracker as `prints` found them, some `parsed`. OddError where they must be read in full."""
    files = {name: told for name, told in prints.digests.items() if name.startswith(RECORDS)}
    deck = Deck(tracker, files, parsed)
    try:
        cards = Cards(tracker, _settings(tracker), deck)
        deck.flush()
        return cards
    except BaseException:
        deck.close()
        raise


def _settings(tracker: Path) -> Settings:
    problems: list[Problem] = []
    settings = store.load_settings(tracker, problems)
    if problems:
        raise OddError("site.yaml")
    return settings
