"""How many origins the reports of a happening have: two that rest on one press release confirm nothing.

Reports are one origin where one text is largely the other's, where their sentences are nearly the same, where both go
back to one named source, or where one house publishes both. Each link has a reason that can be printed. Anonymous
sources are never one. Nothing here hangs on the order of the entries, and the cost grows with the number of shingles
(stretches of three words, after Broder 1997), not with the pairs of reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from .copies import find_copies
from .leads import follow
from .model import Corpus, Entry, Voice
from .origins import agency_names, body_of, is_anonymous, origins_in, plain
from .packed import by_id
from .shingles import Wordings
from .when import sort_key

SAYINGS = frozenset(("statement", "announcement", "demand", "praise", "criticism", "warning", "accusation", "denial"))
"""Classes of happenings that are themselves a saying: whoever reports it may have heard it."""


class Key(NamedTuple):
    """What makes reports one origin where they share it."""

    kind: Literal["copy", "words", "source"]
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Independence:
    """The reports of one happening by their origins."""

    origins: tuple[tuple[str, ...], ...]
    """Ids of articles, each origin's oldest first."""
    reasons: Mapping[str, str]
    """Article → why it is not counted on its own; none for the oldest of each origin."""

    @property
    def reports(self) -> int:
        """How many articles report it."""
        return sum(map(len, self.origins))

    def tally(self, passages: int = 0) -> str:
        """ "3 reports", "2 reports, 1 origin"; `passages`: how many, where an article tells it more than once."""
        words = [_number(self.reports, "report")]
        words += [_number(passages, "passage")] if passages > self.reports else []
        words += [_number(len(self.origins), "origin")] if len(self.origins) < self.reports else []
        return ", ".join(words)


class Origins:
    """A corpus made ready to be asked how many origins the reports of a happening have."""

    def __init__(self, corpus: Corpus, find: Callable[[Origins], Mapping[str, str]] | None = None) -> None:
        """`find` gives which articles are copies; what it asks of these origins itself, they find by themselves."""
        self._articles = by_id(corpus.articles)
        self._corpus, self._find = corpus, find

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """See `find_copies`."""
        find, self._find = self._find, None
        return find(self) if find else find_copies(self._corpus.articles, self._corpus.entries)

    @cached_property
    def _actors(self) -> Mapping[str, str]:
        return {actor.id: actor.name for actor in self._corpus.actors}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for actor in self._corpus.actors:
            for name in (actor.name, *(alias.name for alias in actor.aliases)):
                names.setdefault(plain(name), actor.name)
        return names

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        spelled = {plain(name): name for name in agency_names()}
        spelled |= {plain(article.source): article.source for article in self._corpus.articles}
        return spelled | {plain(actor.name): actor.name for actor in self._corpus.actors}

    @cached_property
    def _outlets(self) -> Collection[str]:
        outlets = {plain(actor.name) for actor in self._corpus.actors if actor.kind == "media"}
        return outlets | {plain(article.source) for article in self._corpus.articles if article.source}

    @property
    def known(self) -> Mapping[str, Collection[str]]:
        """All names by which sources are known: on these, and on its own articles, the origins of a happening hang."""
        named = {"actors": self._actors, "names": self._names, "spelled": self._spelled}
        pairs = {name: [f"{one}\0{other}" for one, other in sorted(of.items())] for name, of in named.items()}
        return {**pairs, "outlets": sorted(self._outlets)}

    def of(self, entries: Sequence[Entry]) -> Independence:
        """The origins of the reports that these entries give of one happening."""
        told: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            told[entry.article].append(entry)
        order = sorted(told, key=self._age)
        if len(order) < 2:
            return Independence(origins=tuple((id_,) for id_ in order), reasons={})
        alike = _alike({id_: [entry.quote for entry in told[id_]] for id_ in order})
        keys = {id_: [*self._whole(id_), *alike[id_], *self._named(id_, told[id_])] for id_ in order}
        return self._united(order, keys)

    def copied(self, id_: str) -> str:
        """The article, in words, of which this one's text is largely a copy; "" for a text of its own."""
        origin = self.copies.get(id_, id_)
        return self.cited(origin) if origin != id_ else ""

    def _age(self, id_: str) -> tuple[object, ...]:
        article = self._articles.get(id_)
        return (sort_key(article.published) if article else (1, 0, 0, ""), id_)

    def _whole(self, id_: str) -> Iterator[Key]:
        if id_ in self.copies:
            yield Key("copy", self.copies[id_])

    def _named(self, id_: str, entries: Iterable[Entry]) -> Iterator[Key]:
        """The sources that an article's entries name, its own publisher, and the agency that its frame credits."""
        for entry in sorted(entries, key=lambda entry: entry.id):
            for name in self._sources(entry):
                yield Key("source", self._known(name))
        if article := self._articles.get(id_):
            frame = f"({article.byline}) ({article.place})"
            for name in (article.source, *origins_in(frame)):
                if name:
                    yield Key("source", self._known(name))

    def _sources(self, entry: Entry) -> Iterator[str]:
        yield from origins_in(entry.quote, self._outlets)
        if entry.source and "//" not in entry.source:
            yield entry.source
        if entry.voice and not _hears(entry):
            yield from self._speaker(entry.voice)

    def _speaker(self, voice: Voice) -> Iterator[str]:
        if body := body_of(voice.words):
            yield body
        elif voice.actor in self._actors and not is_anonymous(voice.words):
            yield voice.words if " and " in voice.words else self._actors[voice.actor]

    def _known(self, name: str) -> str:
        """The name, in plain letters, under which the corpus knows a source."""
        return plain(self._names.get(plain(name), name))

    def _united(self, order: Sequence[str], keys: Mapping[str, Sequence[Key]]) -> Independence:
        """The origins of reports that stand in order of age: each key unites those that have it."""
        rank = {id_: at for at, id_ in enumerate(order)}
        parent = {id_: id_ for id_ in order}
        first: dict[Key, str] = {}
        reasons: dict[str, str] = {}

        def root(id_: str) -> str:
            while parent[id_] != id_:
                parent[id_] = parent[parent[id_]]
                id_ = parent[id_]
            return id_

        for id_ in order:
            for key in dict.fromkeys(keys[id_]):
                other = first.setdefault(key, id_)
                older, younger = sorted((root(other), root(id_)), key=rank.__getitem__)
                if older != younger:
                    parent[younger] = older
                    reasons[younger] = self._reason(key, id_ if younger != id_ else other, younger)
        groups: dict[str, list[str]] = defaultdict(list)
        for id_ in order:
            groups[root(id_)].append(id_)
        return Independence(origins=tuple(map(tuple, groups.values())), reasons=reasons)

    def _reason(self, key: Key, other: str, id_: str) -> str:
        """Why an article goes with another one."""
        cited = self.cited(other)
        if key.kind == "copy":
            return f"its text is largely that of {cited}"
        if key.kind == "words":
            return f"nearly the same words as in {cited}"
        houses = {self._known(a.source) if (a := self._articles.get(one)) and a.source else "" for one in (id_, other)}
        if houses == {key.mark}:
            return f"the same publisher as {cited}"
        return f"goes back to {self._shown(key.mark)}, as does {cited}"

    def _shown(self, mark: str) -> str:
        """A source as readers know it."""
        return self._spelled.get(mark, mark)

    def cited(self, id_: str) -> str:
        """An article in words: its title, and who published it."""
        article = self._articles.get(id_)
        if article is None:
            return id_
        return f"“{article.title or id_}”" + (f" ({article.source})" if article.source else "")


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _hears(entry: Entry) -> bool:
    """Whether the happening is the speaker's own saying."""
    if entry.event_class not in SAYINGS or entry.voice is None:
        return False
    return any(part.actor == entry.voice.actor and part.role in ("agent", "speaker") for part in entry.participants)


def _alike(quotes: Mapping[str, Sequence[str]]) -> dict[str, list[Key]]:
    """Article → keys that it shares with others for the wording of its quotations, the longest first."""
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for id_, of in quotes.items():
        for quote in of:
            told[quote][id_] = None
    wordings = Wordings({quote: quote for quote in told})
    found: dict[str, list[Key]] = {id_: [] for id_ in quotes}
    for thing in follow((), wordings.things(), wordings.choose):
        for id_ in told[thing.id]:
            found[id_].append(Key("words", thing.lead.id if thing.lead else ""))
    return found
