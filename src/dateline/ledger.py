"""What the decisions mean together: which records are one, which never, and where two decisions contradict each other.

Records that are the `same` form a component, in which the first one named stays; `different` (and `split`) keep whole
components apart. A contradiction is a problem at the later of two lines that names the earlier one.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Literal

from .actors.names import normalise
from .decisions import OF_HAPPENINGS, Decision, Named, line_of, load_decisions
from .model import Corpus
from .packed import ids_in
from .problems import Problem, Severity, Where, did_you_mean
from .text import slug

Kind = Literal["actors", "events", "entries"]
KINDS: tuple[Kind, ...] = ("actors", "events", "entries")
Key = tuple[Kind, str]
"""A record: its kind and id. An entry stands for its happening, but where it is dropped."""

_NOUNS: Mapping[Kind, str] = {"actors": "an actor", "events": "an event", "entries": "an entry"}
_KINDS_SAID: Mapping[str, Kind] = {"event": "events", "entry": "entries"}
"""What evidence calls records that are no actors; those it calls by their kind: person, organisation, …"""
_FIT: Mapping[str, tuple[Kind, ...]] = {
    "same": KINDS,
    "different": KINDS,
    "split": ("actors", "events"),
    "drop": KINDS,
    "rename": ("actors", "events"),
    "prefer": ("events", "entries"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Mentions of `source` that are `into`'s; `name` is what a new record goes by, "" for what articles call it."""

    kind: Kind
    source: str
    into: str
    name: str
    mentions: tuple[Named, ...]
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All decisions, resolved against the records that there are."""

    decisions: tuple[Decision, ...] = ()
    stays: Mapping[Key, Key] = field(default_factory=dict)
    """Each record of a component → the one that stays (itself, too)."""
    joined_by: Mapping[Key, Decision] = field(default_factory=dict)
    """A record that does not stay → the decision that put it to another."""
    apart: Mapping[Key, frozenset[Key]] = field(default_factory=dict)
    """Each record → those with which it is never one, directly or through others."""
    splits: tuple[Split, ...] = ()
    dropped: Mapping[Key, Decision] = field(default_factory=dict)
    dropped_names: Mapping[str, Decision] = field(default_factory=dict)
    """Normalised name → its decision."""
    renamed: Mapping[Key, Decision] = field(default_factory=dict)
    preferred: Mapping[Key, tuple[Decision, ...]] = field(default_factory=dict)
    named: Mapping[Key, tuple[Decision, ...]] = field(default_factory=dict)
    """Each record that a decision names → those decisions."""

    def root(self, key: Key) -> Key:
        """The record that stands for this one."""
        return self.stays.get(key, key)

    def ids(self, kind: Kind) -> frozenset[str]:
        """Every record of a kind that a decision names: its file stays, and nothing else gets its id."""
        return frozenset(id_ for of, id_ in self.named if of == kind)


def load_ledger(tracker: Path, corpus: Corpus, entries: Iterable[str] = ()) -> tuple[Ledger, tuple[Problem, ...]]:
    """The ledger of a tracker against its records, as files alone tell them, and all that is wrong in it."""
    decisions, problems = load_decisions(tracker)
    ledger, more = resolve(decisions, corpus, entries)
    return ledger, (*problems, *more)


def resolve(
    decisions: Sequence[Decision], corpus: Corpus, entries: Iterable[str] = ()
) -> tuple[Ledger, tuple[Problem, ...]]:
    """What decisions mean for the records of a corpus; one that leads nowhere or contradicts is a problem.

    `entries` are ids that stand in files though nothing is published under them.
    """
    if not decisions:
        return Ledger(), ()
    work = _Resolution(corpus, frozenset(entries))
    work.announce(decisions)
    for decision in decisions:
        work.take(decision)
    work.find_contradictions()
    return work.ledger(tuple(decisions)), tuple(dict.fromkeys(work.problems))


@dataclass(slots=True)
class _Resolution:
    """The ledger in the making."""

    corpus: Corpus
    entries: frozenset[str]
    known: dict[Kind, set[str]] = field(default_factory=dict)
    names: dict[Kind, set[str]] = field(default_factory=dict)
    """What actors and events are called in articles, normalised."""
    parent: dict[Key, Key] = field(default_factory=dict)
    same: list[tuple[Key, Key, Decision]] = field(default_factory=list)
    different: list[tuple[Key, Key, Decision]] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    dropped: dict[Key, Decision] = field(default_factory=dict)
    dropped_names: dict[str, Decision] = field(default_factory=dict)
    renamed: dict[Key, Decision] = field(default_factory=dict)
    preferred: dict[Key, list[Decision]] = field(default_factory=dict)
    named: dict[Key, list[Decision]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, slug: str, message: str, where: Where, hint: str = "", severity: Severity = "error") -> None:
        self.problems.append(Problem(slug=slug, message=message, where=where, hint=hint, severity=severity))

    # ------------------------------------------------------------------------------------- ids

    def announce(self, decisions: Iterable[Decision]) -> None:
        """Know all ids: those of files, of what was dropped with its evidence, and of what splits make."""
        self.known = {
            "actors": {actor.id for actor in self.corpus.actors},
            "events": {event.id for event in self.corpus.events},
            "entries": {*ids_in(self.corpus.entries), *self.entries},
        }
        self.names = {
            "actors": {normalise(form) for a in self.corpus.actors for form in (a.name, *(n.name for n in a.aliases))},
            "events": {normalise(form) for e in self.corpus.events for form in (e.label, *(n.name for n in e.aliases))},
        }
        for decision in decisions:
            if decision.verb == "drop" and decision.of and decision.evidence:
                kind, id_ = _parted(decision.of[0])
                said: Kind = "entries" if decision.evidence.quote else "actors"
                kind = kind or _KINDS_SAID.get(decision.evidence.kind, said)
                if not any(id_ in ids for ids in self.known.values()):
                    self.known[kind].add(id_)
        for decision in decisions:
            if decision.verb == "split" and (source := self.find(decision.of[0])):
                self.known[source[0]].add(self.new_id(source[0], decision.of[1]))

    def new_id(self, kind: Kind, words: str) -> str:
        """The id that the target of a split has: the one it is named by, else the slug of its name."""
        _, id_ = _parted(words)
        return id_ if id_ in self.known[kind] else id_of(id_)

    def find(self, written: str) -> Key | None:
        """The one record that an id leads to."""
        kind, id_ = _parted(written)
        found = [of for of in KINDS if id_ in self.known[of] and kind in (None, of)]
        return (found[0], id_) if len(found) == 1 else None

    def locate(self, written: str, decision: Decision) -> Key | None:
        """The record that an id of a decision leads to; None, with a problem, where that is none or not clear."""
        if key := self.find(written):
            if key[0] in _FIT[decision.verb]:
                self.named.setdefault(key, []).append(decision)
                return key
            self.problem("bad-decision", f"`{decision.verb}` takes no {key[0]}: {written}", decision.where)
            return None
        kind, id_ = _parted(written)
        several = [of for of in KINDS if id_ in self.known[of] and kind in (None, of)]
        if several:
            message = f'several records have the id "{written}"'
            hint = "say which: " + " or ".join(f"{of}/{id_}" for of in several)
            self.problem("ambiguous-id", message, decision.where, hint)
            return None
        ids = sorted(set().union(*self.known.values()))
        hint = did_you_mean(id_, ids) if 0 < len(ids) < 5000 else ""
        self.problem("dangling-id", f'there is no record "{written}"', decision.where, hint)
        return None

    # ------------------------------------------------------------------------------------- lines

    def take(self, decision: Decision) -> None:
        """Note what a decision says."""
        if decision.verb == "split":
            self.take_split(decision)
            return
        keys = [self.locate(written, decision) for written in decision.of]
        if decision.name and decision.verb == "drop":
            self.dropped_names.setdefault(normalise(decision.name) or decision.name, decision)
        found = [key for key in keys if key]
        if len(found) < len(keys) or not found or not self.of_one_kind(found, decision):
            return
        match decision.verb:
            case "same":
                self.same += [(found[0], other, decision) for other in found[1:]]
            case "different":
                self.different += [(one, other, decision) for one, other in combinations(found, 2)]
            case "drop":
                self.dropped.setdefault(found[0], decision)
            case "rename":
                self.rename(found[0], decision)
            case "prefer":
                self.prefer(found[0], decision)

    def of_one_kind(self, keys: Sequence[Key], decision: Decision) -> bool:
        kinds = sorted({kind for kind, _ in keys})
        if len(kinds) > 1:
            listed = ", ".join(f"{id_} is {_NOUNS[kind]}" for kind, id_ in keys)
            self.problem("bad-decision", f"records of several kinds: {listed}", decision.where)
        return len(kinds) == 1

    def take_split(self, decision: Decision) -> None:
        source = self.locate(decision.of[0], decision)
        if not source:
            return
        kind, written = source[0], decision.of[1]
        into: Key = (kind, self.new_id(kind, written))
        if into == source:
            self.problem("bad-decision", "a split goes to another record", decision.where)
            return
        articles = {article.id for article in self.corpus.articles}
        for named in decision.mentions:
            if named.article and named.article not in articles:
                hint = did_you_mean(named.article, sorted(articles))
                self.problem("dangling-id", f'there is no article "{named.article}"', decision.where, hint)
            elif normalise(named.name) not in self.names[kind]:
                message = f"no article that is known calls {_NOUNS[kind]} “{named.name}”"
                hint = f"the names of {source[1]} stand in content/{kind}/{source[1]}.yaml"
                self.problem("unused-split", message, decision.where, hint, "warning")
        for split in self.splits:
            for named in set(split.mentions) & set(decision.mentions):
                if (split.kind, split.source) == source and split.into != into[1]:
                    self.contradict(f"“{named.name}” of {source[1]} goes to two records", split.decision, decision)
        self.named.setdefault(into, []).append(decision)
        _, words = _parted(written)
        name = "" if words == into[1] else words
        self.splits.append(
            Split(
                kind=kind,
                source=source[1],
                into=into[1],
                name=name,
                mentions=decision.mentions,
                decision=decision,
            )
        )
        self.different.append((source, into, decision))

    def rename(self, key: Key, decision: Decision) -> None:
        other = self.renamed.setdefault(key, decision)
        if other.name != decision.name:
            self.contradict(f"{key[1]} gets two names", other, decision)

    def prefer(self, key: Key, decision: Decision) -> None:
        for name, _ in decision.fields:
            if key[0] == "events" and name in OF_HAPPENINGS:
                hint = "name an entry of the happening: e-…"
                self.problem("bad-decision", f"`{name}` is preferred of a happening only", decision.where, hint)
        given = self.preferred.setdefault(key, [])
        for other in given:
            for name in {name for name, _ in other.fields} & {name for name, _ in decision.fields}:
                if dict(other.fields)[name] != dict(decision.fields)[name]:
                    self.contradict(f"two values are preferred for `{name}` of {key[1]}", other, decision)
        given.append(decision)

    # ------------------------------------------------------------------------------------- contradictions

    def contradict(self, message: str, *decisions: Decision) -> None:
        """A problem at the last of the lines that names the others."""
        *others, last = sorted(decisions, key=lambda decision: decision.where)
        hint = f"it cannot be so together with {line_of(others)}: delete one of them"
        self.problem("contradiction", f"{message}: here and in {line_of(others)}", last.where, hint)

    def find_contradictions(self) -> None:
        """Same and different on one pair, dropped and merged or parted, two wishes for one event's label."""
        for one, other, decision in self.different:
            if path := self.path(one, other):
                message = f"{one[1]} and {other[1]} are the same and not the same"
                self.contradict(message, *path, decision)
        for one, other, decision in self.same:
            for key in (one, other):
                if key in self.dropped and key[0] != "entries":  # of a happening, one report may be dropped
                    message = f"{key[1]} is dropped and the same as another"
                    self.contradict(message, self.dropped[key], decision)
        for split in self.splits:
            for id_ in (split.source, split.into):
                if drop := self.dropped.get((split.kind, id_)):
                    self.contradict(f"{id_} is dropped and has a part in a split", drop, split.decision)
        for key, rename in self.renamed.items():
            for prefer in self.preferred.get(key, ()):
                if dict(prefer.fields).get("label", rename.name) != rename.name:
                    self.contradict(f"{key[1]} gets two names", rename, prefer)

    def path(self, one: Key, other: Key) -> tuple[Decision, ...]:
        """The decisions by which two records are the same, the shortest way; () where they are not."""
        near: dict[Key, list[tuple[Key, Decision]]] = {}
        for a, b, decision in self.same:
            near.setdefault(a, []).append((b, decision))
            near.setdefault(b, []).append((a, decision))
        ways: dict[Key, tuple[Decision, ...]] = {one: ()}
        ahead = deque([one])
        while ahead:
            here = ahead.popleft()
            for there, decision in near.get(here, ()):
                if there not in ways:
                    ways[there] = (*ways[here], decision)
                    ahead.append(there)
        return ways.get(other, ())

    # ------------------------------------------------------------------------------------- the result

    def root(self, key: Key) -> Key:
        while (above := self.parent.get(key, key)) != key:
            self.parent[key] = self.parent.get(above, above)
            key = above
        return key

    def ledger(self, decisions: tuple[Decision, ...]) -> Ledger:
        """What was noted, for good."""
        joined_by: dict[Key, Decision] = {}
        for first, other, decision in self.same:
            stays, goes = self.root(first), self.root(other)
            if stays != goes:
                self.parent[goes] = stays
                joined_by[goes] = decision
        members = dict.fromkeys(key for one, other, _ in self.same for key in (one, other))
        stays_for = {key: self.root(key) for key in members}
        return Ledger(
            decisions=decisions,
            stays=stays_for,
            joined_by=joined_by,
            apart=self.apart(stays_for),
            splits=tuple(self.splits),
            dropped=self.dropped,
            dropped_names=self.dropped_names,
            renamed=self.renamed,
            preferred={key: tuple(of) for key, of in self.preferred.items()},
            named={key: tuple(of) for key, of in self.named.items()},
        )

    def apart(self, stays: Mapping[Key, Key]) -> dict[Key, frozenset[Key]]:
        """Whole components kept apart by each `different` between two of their members."""
        members: dict[Key, list[Key]] = {}
        for key, root in stays.items():
            members.setdefault(root, []).append(key)

        def one_with(key: Key) -> list[Key]:
            return members.get(stays.get(key, key), [key])

        found: dict[Key, set[Key]] = {}
        for one, other, _ in self.different:
            for a, b in _both_ways(one_with(one), one_with(other)):
                found.setdefault(a, set()).add(b)
        return {key: frozenset(others) for key, others in found.items()}


def _both_ways(ones: Sequence[Key], others: Sequence[Key]) -> Iterator[tuple[Key, Key]]:
    for one in ones:
        for other in others:
            yield one, other
            yield other, one


def _parted(written: str) -> tuple[Kind | None, str]:
    """An id and the kind that it says: `events/doha-deal`."""
    for kind in KINDS:
        if written.startswith(f"{kind}/"):
            return kind, written.removeprefix(f"{kind}/")
    return None, written


def id_of(name: str) -> str:
    """The id that a record made by a decision gets: the slug of its name, a short hash where nothing is left of it."""
    return slug(name) or "record-" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
