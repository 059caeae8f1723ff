"""`content/`: two-part files, in which the machine writes below a line and people win above it.

A file is split as text at the first line that begins `--- # machine`, and each part is parsed alone; a file without
that line is a person's altogether. The value in force is the machine's overlaid by the person's. The seal holds a
digest for each field and entry as last written, so that an edit below the line is noticed and never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from . import schema
from .model import Actor, Article, Corpus, Entry, Event, Settings
from .problems import Problem, Where
from .yamlio import Decoder, Node, Plain, format_yaml, node_of, parse_yaml

MACHINE_LINE = "--- # machine: rewritten by dateline; what you put above this line wins\n"
_SPLIT = re.compile(r"^--- # machine[^\n]*(?:\n|\Z)", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)

Kind = Literal["articles", "actors", "events"]
KINDS: tuple[Kind, ...] = ("articles", "actors", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One file of `content/`, its parts apart."""

    name: str
    """Path within the tracker, with forward slashes."""
    upper: str = ""
    """The bytes above the line, as text; they are never changed."""
    person: Node
    machine: Node
    seal: Mapping[str, str] = field(default_factory=dict)

    def in_force(self) -> Node:
        """The machine's values overlaid by the person's."""
        return overlay(self.machine, self.person)

    def touched(self) -> frozenset[str]:
        """Fields, and entries as `entries/ID`, that a person gave."""
        return frozenset(_parts_of(self.person))

    def edited_below(self) -> frozenset[str]:
        """Fields and entries below the line that are no longer as the machine last wrote them."""
        parts = _parts_of(self.machine)
        changed = {name for name, node in parts.items() if self.seal.get(name) != _digest(node.plain())}
        return frozenset(changed | (self.seal.keys() - parts.keys()))


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


# --------------------------------------------------------------------------------------------- overlay and seal


def overlay(machine: Node, person: Node) -> Node:
    """The value in force: a person's field replaces the machine's; lists follow `add:`/`drop:`; records go by id."""
    if isinstance(machine.value, dict) and isinstance(person.value, dict):
        merged, keys = dict(machine.value), dict(machine.keys)
        for name, value in person.value.items():
            merged[name] = overlay(merged[name], value) if name in merged else _without_orders(value)
            keys[name] = person.keys[name]
        return Node(merged, machine.where, keys)
    if isinstance(machine.value, list) and isinstance(person.value, dict):
        return _edit_list(machine, person)
    if isinstance(machine.value, list) and isinstance(person.value, list) and _records(person.value):
        return _overlay_records(machine.value, person.value, person.where)
    return person


def _records(items: list[Node]) -> bool:
    return bool(items) and all(isinstance(item.value, dict) and "id" in item.value for item in items)


def _without_orders(value: Node) -> Node:
    """A list's `add:`/`drop:` where the machine has no such list."""
    if isinstance(value.value, dict) and value.value and value.value.keys() <= {"add", "drop"}:
        return _edit_list(Node([], value.where), value)
    return value


def _edit_list(machine: Node, orders: Node) -> Node:
    assert isinstance(machine.value, list)
    assert isinstance(orders.value, dict)
    if not orders.value.keys() <= {"add", "drop"}:
        return orders  # not an order about a list: the decoder will say what is wrong
    dropped = [_essence(item) for item in _as_list(orders.value.get("drop"))]
    kept = [item for item in machine.value if _essence(item) not in dropped]
    return Node([*kept, *_as_list(orders.value.get("add"))], orders.where)


def _as_list(node: Node | None) -> list[Node]:
    if node is None or node.value == "":
        return []
    return node.value if isinstance(node.value, list) else [node]


def _essence(item: Node) -> Plain:
    """What a list's item is known by: its id, name, actor or words, else all of it."""
    if isinstance(item.value, dict):
        for key in ("id", "name", "actor", "words"):
            if key in item.value:
                return item.value[key].plain()
    return item.plain()


def _overlay_records(machine: list[Node], person: list[Node], where: Where) -> Node:
    changes = {str(_essence(item)): item for item in person}
    names = [str(_essence(item)) for item in machine]
    merged = [
        overlay(item, changes.pop(name)) if name in changes else item for name, item in zip(names, machine, strict=True)
    ]
    return Node([*merged, *changes.values()], where)


def _parts_of(node: Node) -> dict[str, Node]:
    """The pieces that are sealed one by one: fields, and entries as `entries/ID`."""
    parts: dict[str, Node] = {}
    fields = node.value if isinstance(node.value, dict) else {}
    for name, value in fields.items():
        if name == "entries" and isinstance(value.value, list) and (_records(value.value) or not value.value):
            parts |= {f"entries/{_essence(item)}": item for item in value.value}
        else:
            parts[name] = value
    return parts


def _digest(value: Plain) -> str:
    """Of the strings that are read back, so that how a value is spelt does not count."""
    strings = json.dumps(node_of(value, Where("")).plain(), ensure_ascii=True)
    return hashlib.blake2b(strings.encode(), digest_size=4).hexdigest()


# --------------------------------------------------------------------------------------------- loading


def load_content(tracker: Path) -> tuple[Content, tuple[Problem, ...]]:
    """All of `content/`, with every problem of reading it; a tracker without it is empty."""
    problems: list[Problem] = []
    found: dict[Kind, dict[str, Stored]] = {kind: {} for kind in KINDS}
    for kind in KINDS:
        for path in _yaml_files(tracker / "content" / kind):
            stored = _load_file(path, f"content/{kind}/{path.name}", problems)
            twin = found[kind].setdefault(path.stem, stored)
            if twin is not stored:
                message = f'two files with the id "{path.stem}": this one and {twin.name}'
                problems.append(Problem(slug="duplicate-id", message=message, where=Where(stored.name)))
    settings = _load_settings(tracker, problems)
    content = Content(settings=settings, articles=found["articles"], actors=found["actors"], events=found["events"])
    return content, tuple(problems)


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")]
    return sorted(files, key=lambda path: path.name)


def _load_settings(tracker: Path, problems: list[Problem]) -> Settings:
    path = tracker / "content" / "site.yaml"
    if not path.is_file():
        return Settings()
    text = _read_text(path, "content/site.yaml", problems)
    node, found = parse_yaml(text, "content/site.yaml")
    problems += found
    decoder = Decoder(problems)
    return schema.decode_settings(node, decoder)


def _read_text(path: Path, name: str, problems: list[Problem]) -> str:
    """A file's characters; "" with a problem where they cannot be had or still hold a merge conflict."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(slug="encoding", message="is not UTF-8", where=Where(name, line)))
        return ""
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        problems.append(Problem(slug="unreadable", message=message, where=Where(name)))
        return ""
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        hint = "settle the merge in git (git status names the files), then build again"
        message = "holds the marks of an unsettled git merge"
        problems.append(Problem(slug="conflict-marker", message=message, where=Where(name, line), hint=hint))
        return ""
    return text


def _load_file(path: Path, name: str, problems: list[Problem]) -> Stored:
    text = _read_text(path, name, problems)
    split = _SPLIT.search(text)
    upper, lower = (text[: split.start()], text[split.end() :]) if split else (text, "")
    person, found = parse_yaml(upper, name)
    machine, more = parse_yaml(lower, name, first_line=upper.count("\n") + 2)
    problems += (*found, *more)
    seal: dict[str, str] = {}
    if isinstance(machine.value, dict):
        _check_schema(machine, problems)
        fields = {key: value for key, value in machine.value.items() if key != "seal"}
        sealed = machine.value.get("seal")
        if sealed is not None and isinstance(sealed.value, dict):
            seal = {key: Decoder(problems).text(value) for key, value in sealed.value.items()}
        machine = Node(fields, machine.where, machine.keys)
    return Stored(name=name, upper=upper, person=person, machine=machine, seal=seal)


def _check_schema(machine: Node, problems: list[Problem]) -> None:
    assert isinstance(machine.value, dict)
    version = machine.value.get("schema")
    if version is not None and version.value != schema.SCHEMA:
        message = f"schema {version.plain()} is not known; this dateline reads schema {schema.SCHEMA}"
        hint = "it was written by a newer dateline: update this one"
        problems.append(Problem(slug="schema", message=message, where=version.where, hint=hint))


def corpus_of(content: Content) -> tuple[Corpus, tuple[Problem, ...]]:
    """The records in force, with all that is wrong in the files' fields."""
    decoder = Decoder()
    articles: list[Article] = []
    entries: list[Entry] = []
    touched: set[str] = set()
    for id_, stored in content.articles.items():
        node = stored.in_force()
        articles.append(article_in_force(node, stored, id_, decoder))
        entries += schema.decode_entries(node, id_, decoder)
        touched |= {part.removeprefix("entries/") for part in stored.touched() if part.startswith("entries/")}
    actors: list[Actor] = []
    for id_, stored in content.actors.items():
        actors.append(schema.decode_actor(stored.in_force(), id_, decoder))
        touched |= {id_} if stored.touched() else set()
    events: list[Event] = []
    for id_, stored in content.events.items():
        events.append(schema.decode_event(stored.in_force(), id_, decoder))
        touched |= {id_} if stored.touched() else set()
    corpus = Corpus(
        settings=content.settings,
        articles=tuple(sorted(articles, key=lambda article: article.id)),
        entries=tuple(entries),
        actors=tuple(sorted(actors, key=lambda actor: actor.id)),
        events=tuple(sorted(events, key=lambda event: event.id)),
        touched=frozenset(touched),
    )
    return corpus, tuple(decoder.problems)


def article_in_force(node: Node, stored: Stored, id_: str, decoder: Decoder) -> Article:
    """The article of a file; what a person gave for its date or title says so."""
    fields = dict(node.value) if isinstance(node.value, dict) else {}
    given = stored.touched()
    for name in ("published", "title"):
        if name in given and f"{name}_basis" not in given:
            fields[f"{name}_basis"] = node_of("person", stored.person.where)
    return schema.decode_article(Node(fields, node.where, {**node.keys, **_places(fields)}), id_, decoder)


def _places(fields: Mapping[str, Node]) -> dict[str, Where]:
    return {name: node.where for name, node in fields.items() if name.endswith("_basis")}


def changed_entries(entries: Sequence[Entry], stored: Stored | None) -> tuple[Entry, ...]:
    """Entries of one article as a person changed them; their places in the text and unjoined actors stay."""
    listed = stored.person.value.get("entries") if stored and isinstance(stored.person.value, dict) else None
    if listed is None or not isinstance(listed.value, list):
        return tuple(entries)
    changes = {str(_essence(item)): item for item in listed.value}
    return tuple(_changed(entry, changes[entry.id]) if entry.id in changes else entry for entry in entries)


def _changed(entry: Entry, change: Node) -> Entry:
    node = overlay(node_of(schema.encode_entry(entry), change.where), change)
    decoded = schema.decode_entry(node, entry.article, Decoder())
    given = change.value if isinstance(change.value, dict) else {}
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


def machine_text(stored: Stored | None, fresh: Mapping[str, Plain]) -> str:
    """A file as it should now stand: the person's bytes, the line, and the fresh fields but for edits below."""
    fields, seal = _keep_edits(stored, fresh)
    upper = stored.upper if stored else ""
    if upper and not upper.endswith("\n"):
        upper += "\n"
    return upper + MACHINE_LINE + format_yaml({**fields, "seal": seal})


def _keep_edits(stored: Stored | None, fresh: Mapping[str, Plain]) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """Fresh fields and their seal, with what a person edited below the line left as that person left it."""
    edited = stored.edited_below() if stored else frozenset()
    old = _parts_of(stored.machine) if stored else {}
    old_seal = stored.seal if stored else {}
    seal: dict[str, Plain] = {}

    def settle(name: str, value: Plain | None) -> Plain | None:
        """The value to write for a part (None: nothing), its seal noted."""
        if name in edited:
            value = old[name].plain() if name in old else None
            seal[name] = old_seal.get(name, "")
        elif value is not None:
            seal[name] = _digest(value)
        return value

    fields: dict[str, Plain] = {}
    for name in [*fresh, *(name for name in old if "/" not in name and name not in fresh)]:
        if name == "entries":
            continue
        value = settle(name, fresh.get(name))
        if value is not None:
            fields[name] = value
    listed = fresh.get("entries")
    records = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    items = {f"entries/{item['id']}": item for item in records}
    names = [*items, *sorted(name for name in edited if name.startswith("entries/") and name not in items)]
    entries: list[Plain] = [value for name in names if (value := settle(name, items.get(name))) is not None]
    if entries:
        fields["entries"] = entries
    return fields, dict(sorted(seal.items()))


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


Fresh = Mapping[Kind, Mapping[str, Mapping[str, Plain]]]
"""What the machine says now: fields by kind of file and id."""


def save_content(tracker: Path, content: Content, fresh: Fresh, kept: frozenset[str]) -> int:
    """Write the machine's parts, each file beside and then renamed, only where bytes differ; returns how many.

    A file of an actor or event that nothing supports any more goes, unless its id is `kept` or a person put something
    into it. Article files stay: only a person removes an article.
    """
    written = 0
    for kind in KINDS:
        stored = content.of(kind)
        for id_, fields in fresh[kind].items():
            old = stored.get(id_)
            path = tracker / (old.name if old else f"content/{kind}/{id_}.yaml")
            written += write_if_changed(path, machine_text(old, fields).encode("utf-8"))
        for id_, old in stored.items():
            if kind == "articles" or id_ in fresh[kind] or id_ in kept or old.touched() or old.edited_below():
                continue
            (tracker / old.name).unlink()
            written += 1
    return written


def write_if_changed(path: Path, data: bytes) -> bool:
    """Put `data` at `path` as a whole (a reader sees the old or the new bytes); False where it is there already."""
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    beside.write_bytes(data)
    os.replace(beside, path)
    return True


# --------------------------------------------------------------------------------------------- ids of entries

_WORD = re.compile(r"\w+")
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LEAST_OVERLAP = 0.3


def keep_ids(fresh: Iterable[Entry], known: Iterable[Entry], taken: set[str]) -> tuple[Entry, ...]:
    """Entries of one article with the ids they had: matched one to one by happening word and quotation, best first.

    New ones get a short hash that is not in `taken`, which grows.
    """
    entries, known = list(fresh), list(known)
    pairs = sorted(
        (-score, i, j)
        for i, entry in enumerate(entries)
        for j, old in enumerate(known)
        if (score := _sameness(entry, old)) >= _LEAST_OVERLAP
    )
    ids: dict[int, str] = {}
    used: set[int] = set()
    for _, i, j in pairs:
        if i not in ids and j not in used:
            ids[i] = known[j].id
            used.add(j)
    for i, entry in enumerate(entries):
        if i not in ids:
            ids[i] = _mint(f"{entry.article}\n{entry.word}\n{entry.quote}", taken)
        taken.add(ids[i])
    return tuple(replace(entry, id=ids[i], happening=ids[i]) for i, entry in enumerate(entries))


def _sameness(a: Entry, b: Entry) -> float:
    """0 where the happening words do not overlap, else the share of words that the quotations have in common."""
    if a.word.casefold() not in b.word.casefold() and b.word.casefold() not in a.word.casefold():
        return 0.0
    if a.quote == b.quote:
        return 2.0 if a.word == b.word else 1.5
    first, second = set(_WORD.findall(a.quote.casefold())), set(_WORD.findall(b.quote.casefold()))
    return len(first & second) / len(first | second) if first | second else 0.0


def _mint(evidence: str, taken: set[str]) -> str:
    for attempt in range(10**6):
        number = int.from_bytes(hashlib.blake2b(f"{evidence}\n{attempt}".encode(), digest_size=8).digest(), "big")
        letters = ""
        for _ in range(6):
            number, index = divmod(number, len(_ALPHABET))
            letters += _ALPHABET[index]
        if f"e-{letters}" not in taken:
            return f"e-{letters}"
    raise AssertionError("no free id")  # pragma: no cover
