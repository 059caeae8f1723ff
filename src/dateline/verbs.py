"""The verbs of the ledger: from what somebody typed to a decision, what it would change, and its line.

Each verb makes a `Decision`; `preview` says what would become of the site, `record` writes the line as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import pages, when
from .actors.names import normalise
from .decisions import (
    NAME,
    OF_HAPPENINGS,
    PREFERABLE,
    Decision,
    Named,
    append_decision,
    describe,
    load_decisions,
    remove_decision,
)  # fmt: skip
from .explain import find_record
from .folders import template_dirs
from .ledger import Key, Kind, Ledger, id_of, resolve
from .loading import Known, load
from .model import Actor, Corpus, Entry, Event
from .problems import ContentError, Problem, UsageError, did_you_mean
from .render import render
from .rulings import known_again
from .settle import apply


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a verb did or, dry, would do: in words, and how many pages of the site change by it."""

    decision: Decision
    said: str
    pages: int
    line: int = 0
    """Where it stands in the ledger; 0 where nothing was written."""

    @property
    def reads_anew(self) -> bool:
        """Whether the next reading of the articles may move mentions, and so change more pages."""
        return self.decision.verb in ("different", "split") or (self.decision.verb == "drop" and not self.decision.of)


# --------------------------------------------------------------------------------------------- decisions


def same(known: Known, handles: Sequence[str]) -> Decision:
    """The records are one; the first stays."""
    return Decision(verb="same", of=_several(known, handles, "same"))


def different(known: Known, handles: Sequence[str]) -> Decision:
    """No two of the records are ever one."""
    return Decision(verb="different", of=_several(known, handles, "different"))


def _several(known: Known, handles: Sequence[str], verb: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(key_of(known, handle) for handle in handles))
    if len(keys) < 2:
        raise UsageError(f"`{verb}` takes two records or more", f"dateline {verb} A B")
    if len({kind for kind, _ in keys}) > 1:
        listed = ", ".join(f"{kind}/{id_}" for kind, id_ in keys)
        raise UsageError(f"records of several kinds cannot be the same: {listed}", "name records of one kind")
    return tuple(written(known, key) for key in keys)


def split(known: Known, handle: str, forms: Sequence[str], articles: Sequence[str], into: str) -> Decision:
    """Mentions of a record, by the forms of its name and the articles, are another's."""
    kind, id_ = key_of(known, handle)
    if kind == "entries":
        raise UsageError("only actors and events can be split", "put happenings apart: dateline different A B")
    if not forms:
        raise UsageError("`split` takes a form of the name", 'dateline split A --name "Roe" --into B')
    _refuse_strange(known, kind, id_, forms)
    where = [_article(known, article) for article in articles] or [""]
    mentions = tuple(Named(name=form, article=article) for form in forms for article in where)
    source = written(known, (kind, id_))
    target = into
    try:
        found = key_of(known, into)
        target = written(known, found) if found[0] == kind and found[1] != id_ else into
    except UsageError:
        pass  # a new record of that name
    if id_of(target.rpartition("/")[2]) == id_:
        raise UsageError(f'"{into}" is the record itself', "name another record, or a new one")
    return Decision(verb="split", of=(source, target), mentions=mentions)


def _refuse_strange(known: Known, kind: Kind, id_: str, forms: Sequence[str]) -> None:
    """A form of a name that no article gives the record is a slip."""
    record: Actor | Event = next(
        r for r in (known.filed.actors if kind == "actors" else known.filed.events) if r.id == id_
    )
    names = [record.name if isinstance(record, Actor) else record.label, *(alias.name for alias in record.aliases)]
    for form in forms:
        if normalise(form) not in {normalise(name) for name in names}:
            raise UsageError(f"no article calls {id_} “{form}”", f"it is called {', '.join(f'“{n}”' for n in names)}")


def _article(known: Known, handle: str) -> str:
    record = find_record(replace(known.filed, actors=(), events=(), entries=()), handle)
    return record.id


def drop(known: Known, handle: str) -> Decision:
    """The record is not published, nor is what would be read as it later on."""
    key = key_of(known, handle)
    return Decision(verb="drop", of=(written(known, key),), evidence=known_again(key, known.filed))


def drop_name(name: str) -> Decision:
    """Nobody has this name."""
    if not normalise(name):
        raise UsageError("a name to drop needs letters", 'dateline drop --name "Read More"')
    return Decision(verb="drop", name=name)


def rename(known: Known, handle: str, name: str) -> Decision:
    """The record goes by another name, and so by another address."""
    key = key_of(known, handle)
    if key[0] == "entries" or not name.strip():
        raise UsageError("`rename` takes an actor or an event and its new name", 'dateline rename jane-roe "Jane Roe"')
    return Decision(verb="rename", of=(written(known, key),), name=name.strip())


def prefer(known: Known, handle: str, field: str, value: str) -> Decision:
    """Where reports differ, this is shown."""
    key = key_of(known, handle)
    if key[0] == "actors":
        raise UsageError("`prefer` takes a happening or an event", "name an entry of the happening: e-…")
    if field not in PREFERABLE:
        raise UsageError(f'nothing can be preferred as "{field}"', did_you_mean(field, PREFERABLE))
    if key[0] == "events" and field in OF_HAPPENINGS:
        raise UsageError(f"`{field}` is preferred of a happening only", "name an entry of the happening: e-…")
    if field == "when":
        try:
            when.parse(value)
        except ValueError as error:
            raise UsageError(str(error), "write a date as 2021-04-28, 2021-04 or 2021") from None
    return Decision(verb="prefer", of=(written(known, key),), fields=((field, value),))


# --------------------------------------------------------------------------------------------- records


def key_of(known: Known, handle: str) -> Key:
    """The record that somebody means by an id, slug, file or name; UsageError where that is none or not clear."""
    try:
        record = find_record(known.filed, handle)
    except UsageError as unclear:
        try:
            record = find_record(known.corpus, handle)  # by a name that a decision gave
        except UsageError:
            raise unclear from None
    match record:
        case Actor():
            return "actors", record.id
        case Event():
            return "events", record.id
        case Entry():
            return "entries", record.id
    raise UsageError(f'"{handle}" is an article', "decisions are on actors, events and entries")


def written(known: Known, key: Key) -> str:
    """An id as a decision writes it: with its kind only where records of two kinds have it."""
    kind, id_ = key
    corpus = known.filed
    ids = [actor.id for actor in corpus.actors] + [event.id for event in corpus.events]
    holders = (ids + [entry.id for entry in corpus.entries]).count(id_)
    return id_ if holders < 2 and not id_.startswith(("actors/", "events/", "entries/")) else f"{kind}/{id_}"


def named(corpus: Corpus, key: Key) -> str:
    """A record for a reader: its name and its id."""
    kind, id_ = key
    records: dict[Kind, dict[str, str]] = {
        "actors": {actor.id: actor.name for actor in corpus.actors},
        "events": {event.id: event.label for event in corpus.events},
        "entries": {entry.id: entry.label for entry in corpus.entries},
    }
    name = records[kind].get(id_, "")
    return f"{name} ({id_})" if name else id_


# --------------------------------------------------------------------------------------------- effect


def preview(tracker: Path, known: Known, decision: Decision) -> Decided:
    """What a decision would do; ContentError where it contradicts another."""
    before = known.ledger
    after, problems = resolve([*before.decisions, _last(before, decision)], known.filed, known.entry_ids)
    _refuse(problems)
    return Decided(
        decision=decision,
        said=_effect(decision, known, after),
        pages=count_changes(tracker, known.corpus, apply(known.filed, after)),
    )


def _last(ledger: Ledger, decision: Decision) -> Decision:
    """The decision at the line that it will have, so that it can be told what it contradicts."""
    line = max((known.where.line for known in ledger.decisions), default=0) + 1
    return replace(decision, where=replace(decision.where, line=line))


def _refuse(problems: Sequence[Problem]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)


def _effect(decision: Decision, known: Known, after: Ledger) -> str:
    """What becomes of the records, in words."""
    keys = [key for key, of in after.named.items() if any(one == decision for one in of)]
    match decision.verb:
        case "same":
            root = after.root(keys[0])
            others = ", ".join(named(known.filed, key) for key in keys if key != root)
            goes = "goes" if len(keys) == 2 else "go"
            return f"{named(known.filed, root)} stays; {others} {goes} to it"
        case "different":
            return " and ".join(named(known.filed, key) for key in keys) + " stay apart"
        case "split":
            forms = ", ".join(f"“{name}”" for name in dict.fromkeys(one.name for one in decision.mentions))
            target = after.splits[-1]
            new = named(known.filed, (target.kind, target.into))
            return f"{named(known.filed, keys[0])} stays; {forms} goes to {new}"
        case "drop" if not keys:
            return f"nobody is called “{decision.name}”"
        case "drop":
            return f"{named(known.filed, keys[0])} is not published"
        case "rename":
            return f"{named(known.filed, keys[0])} is called “{decision.name}”"
    return f"{named(known.filed, keys[0])}: " + ", ".join(f"{name} is {value}" for name, value in decision.fields)


def count_changes(tracker: Path, before: Corpus, after: Corpus) -> int:
    """How many pages of the site differ between two states of what is known; nothing is written."""
    old, new = _files(tracker, before), _files(tracker, after)
    return sum(path.endswith(".html") and old.get(path) != new.get(path) for path in old.keys() | new.keys())


def _files(tracker: Path, corpus: Corpus) -> Mapping[str, bytes]:
    site, _ = pages.plan(corpus)
    return render(replace(site, files=()), template_dirs(tracker))[0]


def record(
    tracker: Path, known: Known, decision: Decision, *, by: str = "", why: str = "", on: str = "", dry_run: bool = False
) -> Decided:
    """Write a decision's line below the others, or only say what it would do."""
    try:
        when.parse(on)
    except ValueError as error:
        raise UsageError(str(error), "write the day as 2021-04-28") from None
    decision = replace(decision, by=by, why=why, on=on)
    done = preview(tracker, known, decision)
    return done if dry_run else replace(done, line=append_decision(tracker, decision))


def undo(tracker: Path, known: Known, number: int | None, dry_run: bool = False) -> Decided:
    """Take back the decision with this number, by default the last one."""
    _refuse(load_decisions(tracker)[1])
    listed = known.ledger.decisions
    if not listed:
        raise UsageError("there is no decision to take back", "`dateline decisions` lists them")
    number = len(listed) if number is None else number
    if not 1 <= number <= len(listed):
        raise UsageError(f"there is no decision {number}", "`dateline decisions` lists them with their numbers")
    rest = [*listed[: number - 1], *listed[number:]]
    after, _ = resolve(rest, known.filed, known.entry_ids)
    changed = count_changes(tracker, known.corpus, apply(known.filed, after))
    taken = listed[number - 1] if dry_run else remove_decision(tracker, number)
    return Decided(decision=taken, said=f"taken back: {describe(taken)}", pages=changed)


def listed(tracker: Path) -> list[str]:
    """Every decision with its number, a line each."""
    decisions, problems = load_decisions(tracker)
    _refuse(problems)
    return [f"{number}. {describe(one)}" for number, one in enumerate(decisions, 1)]


def open_tracker(tracker: Path, to_undo: bool = False) -> Known:
    """What a verb refers to; ContentError where the tracker's files hold errors, but what `undo` may mend."""
    known = load(tracker)
    _refuse([problem for problem in known.problems if not (to_undo and problem.where.path == NAME)])
    return known
