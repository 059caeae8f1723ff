"""`content/`: loaded as records in force, and saved with what the machine says now under what people put there."""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from . import files, schema
from .edits import Edit
from .events.circles import untangled
from .files import Change
from .marks import edits_of
from .model import Actor, Article, Corpus, Entry, Event, Settings
from .parsed import Parsed
from .parts import Stored, fields_of, items_of, machine_text, overlay, own_fields
from .problems import Problem, Where, name_fault
from .split import conflict_in, parse_parts
from .yamlio import Decoder, Node, Plain, node_of, parse_yaml

Kind = Literal["articles", "actors", "events"]
KINDS: tuple[Kind, ...] = ("articles", "actors", "events")
LOCK = "content/quotes.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All files of `content/` by kind and id."""

    settings: Settings
    articles: Mapping[str, Stored] = field(default_factory=dict)
    actors: Mapping[str, Stored] = field(default_factory=dict)
    events: Mapping[str, Stored] = field(default_factory=dict)

    def of(self, kind: Kind) -> Mapping[str, Stored]:
        """The files of one kind."""
        return {"articles": self.articles, "actors": self.actors, "events": self.events}[kind]


# --------------------------------------------------------------------------------------------- loading


def load_content(
    tracker: Path, settle: bool = False, earlier: Content | None = None, parsed: Parsed | None = None
) -> tuple[Content, tuple[Problem, ...]]:
    """All of `content/`, with every problem of reading it; a tracker without it is empty.

    With `settle`, files whose machine part holds the two sides of a git merge are read as one; else they are problems.
    What was loaded `earlier`, without a problem, is not parsed again where the bytes are the same, nor what is kept.
    """
    problems: list[Problem] = []
    found: dict[Kind, dict[str, Stored]] = {kind: {} for kind in KINDS}
    for kind in KINDS:
        for path in _yaml_files(tracker / "content" / kind):
            name = f"content/{kind}/{path.name}"
            if fault := name_fault(path.name):
                problems.append(Problem(slug="file-name", message=fault, where=Where(name), hint="rename it"))
                continue
            before = earlier.of(kind).get(path.stem) if earlier else None
            stored = _load_file(path, name, problems, settle, before, parsed)
            twin = found[kind].setdefault(path.stem, stored)
            if twin is not stored:
                message = f'two files with the id "{path.stem}": this one and {twin.name}'
                problems.append(Problem(slug="duplicate-id", message=message, where=Where(stored.name)))
    settings = load_settings(tracker, problems)
    content = Content(settings=settings, articles=found["articles"], actors=found["actors"], events=found["events"])
    return content, tuple(problems)


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")]
    return sorted(files, key=lambda path: path.name)


def load_settings(tracker: Path, problems: list[Problem]) -> Settings:
    """What `content/site.yaml` says; defaults where there is none."""
    path = tracker / "content" / "site.yaml"
    if not os.path.lexists(path):
        return Settings()
    text = text_of(_read_bytes(path, "content/site.yaml", problems), "content/site.yaml", problems)
    node, found = parse_yaml(text, "content/site.yaml")
    problems += found
    decoder = Decoder(problems)
    return schema.decode_settings(node, decoder)


def _read_bytes(path: Path, name: str, problems: list[Problem]) -> bytes:
    try:
        return files.read_file(path)
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        problems.append(Problem(slug="unreadable", message=message, where=Where(name)))
        return b""


def text_of(data: bytes, name: str, problems: list[Problem]) -> str:
    """A whole file's characters; "" with a problem where they cannot be had or still hold a merge conflict."""
    text = _decoded(data, name, problems).removeprefix("\ufeff")
    if conflict := conflict_in(text, name):
        problems.append(conflict)
        return ""
    return text


def _decoded(data: bytes, name: str, problems: list[Problem]) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(slug="encoding", message="is not UTF-8", where=Where(name, line)))
        return ""


def _load_file(
    path: Path,
    name: str,
    problems: list[Problem],
    settle: bool = False,
    earlier: Stored | None = None,
    parsed: Parsed | None = None,
) -> Stored:
    if earlier and (earlier.name, earlier.settled) != (name, False):
        earlier = None
    if parsed and earlier and parsed.digests.get(name) == earlier.digest:
        return earlier
    if parsed and (kept := parsed.later(name) or parsed.get(name)):
        return kept
    data = _read_bytes(path, name, problems)
    if earlier and earlier.digest == files.digest_of(data):
        return earlier
    before = len(problems)
    stored = stored_of(data, name, problems, settle, path)
    if parsed:
        parsed.parsed += 1
        if len(problems) == before:
            parsed.put(stored)
    return stored


def stored_of(
    data: bytes, name: str, problems: list[Problem], settle: bool = False, path: Path | None = None
) -> Stored:
    """A two-part file's bytes taken apart; `path` is where they stand, if they do."""
    stored = parse_parts(_decoded(data, name, problems), name, problems, settle, path)
    return replace(stored, digest=files.digest_of(data))


def corpus_of(content: Content) -> tuple[Corpus, tuple[Problem, ...]]:
    """The records in force, with all that is wrong in the files' fields."""
    decoder = Decoder()
    articles: list[Article] = []
    entries: list[Entry] = []
    touched: set[str] = set()
    edits: list[Edit] = []
    for kind in KINDS:
        for id_, stored in content.of(kind).items():
            edits += edits_of(kind, id_, stored, decoder)
    for id_, stored in content.articles.items():
        node = stored.in_force()
        articles.append(article_in_force(node, stored, id_, decoder))
        entries += _dated_by_people(schema.decode_entries(node, id_, decoder), stored)
        touched |= {part.removeprefix("entries/") for part in stored.touched() if part.startswith("entries/")}
    actors: list[Actor] = []
    for id_, stored in content.actors.items():
        actors.append(schema.decode_actor(stored.in_force(), id_, decoder))
        touched |= {id_} if stored.touched() else set()
    events: list[Event] = []
    for id_, stored in content.events.items():
        events.append(_reasons_of_people(schema.decode_event(stored.in_force(), id_, decoder), stored))
        touched |= {id_} if stored.touched() else set()
    placed = {id_ for id_, stored in content.events.items() if "part_of" in stored.touched()}
    events = without_circles(events, placed)
    corpus = Corpus(
        settings=content.settings,
        articles=tuple(sorted(articles, key=lambda article: article.id)),
        entries=tuple(entries),
        actors=tuple(sorted(actors, key=lambda actor: actor.id)),
        events=tuple(sorted(events, key=lambda event: event.id)),
        touched=frozenset(touched),
        edits=tuple(edits),
    )
    return corpus, tuple(decoder.problems)


def _reasons_of_people(event: Event, stored: Stored) -> Event:
    """Where a person gave an event's date or what it is part of, the machine's reason does not stand beside it."""
    given = stored.touched()
    return replace(
        event,
        when_reason="" if "when" in given and "when_reason" not in given else event.when_reason,
        part_reason="" if "part_of" in given and "part_reason" not in given else event.part_reason,
    )


def without_circles(events: Iterable[Event], fixed: Collection[str]) -> list[Event]:
    """Events none of which is part of itself through others; what people said of the `fixed` ones stands."""
    events = list(events)
    larger = untangled({event.id: event.part_of for event in events if event.part_of}, fixed)
    return [
        event if larger.get(event.id, "") == event.part_of else replace(event, part_of="", part_reason="")
        for event in events
    ]


def article_in_force(node: Node, stored: Stored, id_: str, decoder: Decoder) -> Article:
    """The article of a file; what a person gave for its date or title says so."""
    fields = dict(node.value) if isinstance(node.value, dict) else {}
    given = stored.touched()
    told = [name for name in ("published", "title") if name in given and f"{name}_basis" not in given]
    if not told:
        return schema.decode_article(node, id_, decoder)
    for name in told:
        fields[f"{name}_basis"] = node_of("person", stored.person.where)
    return schema.decode_article(Node(fields, node.where, {**node.keys, **_places(fields)}), id_, decoder)


def _places(fields: Mapping[str, Node]) -> dict[str, Where]:
    return {name: node.where for name, node in fields.items() if name.endswith("_basis")}


def changed_entries(entries: Sequence[Entry], stored: Stored | None) -> tuple[Entry, ...]:
    """Entries of one article as a person changed them; their places in the text and unjoined actors stay."""
    if stored is None or stored.plain:
        return tuple(entries)
    orders = _orders(stored)
    changed = (_changed(entry, orders[entry.id]) if entry.id in orders else entry for entry in entries)
    return _dated_by_people(changed, stored)


def _orders(stored: Stored) -> dict[str, list[Node]]:
    """What people say of entries, by their ids: below the line first, since what stands above wins."""
    orders: dict[str, list[Node]] = {}
    for part in (stored.edits, stored.person):
        for item in items_of(part, "entries"):
            if (id_ := fields_of(item).get("id")) is not None:
                orders.setdefault(str(id_.value), []).append(item)
    return orders


def _dated_by_people(entries: Iterable[Entry], stored: Stored) -> tuple[Entry, ...]:
    """Where a person gave an entry's date, the machine's reckoning does not stand beside it."""
    given = {id_: {name for order in orders for name in fields_of(order)} for id_, orders in _orders(stored).items()}
    return tuple(
        replace(entry, when_basis="person", when_words="", when_reckoned="")
        if "when" in (fields := given.get(entry.id, set())) and not fields & {"when_basis", "when_words", "reckoned"}
        else entry
        for entry in entries
    )


def _changed(entry: Entry, changes: Sequence[Node]) -> Entry:
    node = node_of(schema.encode_entry(entry), changes[0].where)
    given: set[str] = set()
    for change in changes:
        node = overlay(node, change)
        given |= fields_of(change).keys()
    decoded = schema.decode_entry(node, entry.article, Decoder())
    if decoded is None:
        return entry
    return replace(
        decoded,
        participants=decoded.participants if "actors" in given else entry.participants,
        voice=decoded.voice if "voice" in given else entry.voice,
        about=entry.about,
        quote_at=entry.quote_at,
        word_at=entry.word_at,
    )


# --------------------------------------------------------------------------------------------- saving


def edit_problems(content: Content) -> tuple[Problem, ...]:
    """A warning for each file whose machine part a person edited: it is kept, but a person's place is above."""
    problems = []
    for kind in KINDS:
        for stored in content.of(kind).values():
            if edited := sorted(stored.edited_below()):
                names = ", ".join(edited)
                message = f"edited below the machine's line: {names}; kept as edited"
                hint = "put your changes above the line: there they always win"
                where = Where(stored.name, stored.machine.where.line)
                problems.append(
                    Problem(slug="edited-below", message=message, where=where, hint=hint, severity="warning")
                )
    return tuple(problems)


Fresh = Mapping[Kind, Mapping[str, Mapping[str, Plain] | None]]
"""What the machine says now: fields by kind of file and id; None for what its file says already."""


def save_content(tracker: Path, content: Content, fresh: Fresh, kept: frozenset[str], lock: str | None = None) -> int:
    """Write the machine's parts, all together and only where bytes differ; returns how many files changed.

    What a person saves while this runs is taken in and stays. `lock` is the text of `quotes.lock`; None leaves it.
    """
    changes: list[Change] = []
    for kind, id_, fields in planned(content, fresh, kept):
        old = content.of(kind).get(id_)
        name = old.name if old else f"content/{kind}/{id_}.yaml"
        seen = old.digest if old else ""
        if fields is None:
            changes.append(Change(path=tracker / name, data=None, seen=seen))
            continue
        data = machine_text(old, fields).encode("utf-8")
        again = functools.partial(_made_anew, name, fields)
        changes.append(Change(path=tracker / name, data=data, seen=seen, again=again))
    if lock is not None:
        data = lock.encode("utf-8")
        seen = files.digest_of(files.bytes_at(tracker / LOCK))
        changes.append(Change(path=tracker / LOCK, data=data, seen=seen, again=lambda _: data))
    return files.commit(tracker / "content", changes)


def planned(
    content: Content, fresh: Fresh, kept: frozenset[str]
) -> Iterator[tuple[Kind, str, Mapping[str, Plain] | None]]:
    """Each file that the machine writes, with its fields; None for one that goes.

    A file of an actor or event that nothing supports any more goes, unless its id is `kept` or a person put something
    into it, be it a comment. Article files stay: only a person removes an article. What stays is written where a merge
    was settled.
    """
    for kind in KINDS:
        yield from ((kind, id_, fields) for id_, fields in fresh[kind].items() if fields is not None)
        for id_, old in content.of(kind).items():
            if id_ in fresh[kind]:
                continue
            if kind == "articles" or id_ in kept or old.touched() or old.upper.strip():
                if old.settled:
                    yield kind, id_, own_fields(old)
            else:
                yield kind, id_, None


def _made_anew(name: str, fields: Mapping[str, Plain], found: bytes | None) -> bytes | None:
    """The machine's part under what somebody saved meanwhile; a deleted or unreadable file is left as it is."""
    problems: list[Problem] = []
    if found is None:
        return None
    stored = stored_of(found, name, problems, settle=True)
    return found if problems else machine_text(stored, fields).encode("utf-8")
