"""One file of `content/` in its two parts: the machine writes below a line, and people win above it.

A file is split as text at the first line that begins `--- # machine`, and each part is parsed alone; a file without
that line is a person's altogether. The value in force is the machine's overlaid by the person's. The seal holds a
digest for each field, and for each field of an entry, as last written: an edit below the line is noticed, never
overwritten, and counts as a person's.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from . import schema
from .problems import Where
from .yamlio import Node, Plain, as_texts, format_yaml

MACHINE_LINE = "--- # machine: rewritten by dateline; what you put above this line wins\n"

_NOWHERE = Node({}, Where(""))
_ENCODER = json.JSONEncoder()
_NOBODYS = ("schema", "orphans")
"""Fields of the machine's part that nobody can usefully edit: which form it has, and what it has lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One file of `content/`, its parts apart; one that is `unopened` is taken apart when somebody looks into it."""

    name: str
    """Path within the tracker, with forward slashes."""
    upper: str = ""
    """The bytes above the line, as text; they are never changed."""
    person: Node
    machine: Node
    above: Node = _NOWHERE
    """The person's part with the marks of corrections in it, which `person` is without."""
    seal: Mapping[str, str] = field(default_factory=dict)
    edits: Node = _NOWHERE
    """What a person changed below the line, in the form that it would have above."""
    gone: frozenset[str] = frozenset()
    """Ids of entries that a person deleted below the line."""
    digest: str = ""
    """Of the file's bytes as they were read."""
    settled: bool = False
    """Whether the machine's part was put together from the two sides of a merge, and has to be written."""
    plain: bool = False
    """Whether it is known, without a look into it, that nobody but the machine wrote anything there."""
    source: Callable[[], Stored] | None = field(default=None, repr=False, compare=False)
    """Opens it."""

    @classmethod
    def unopened(cls, name: str, digest: str, source: Callable[[], Stored]) -> Stored:
        """A file that the machine alone wrote."""
        stored: Stored = object.__new__(cls)
        known = {"name": name, "upper": "", "gone": frozenset(), "digest": digest, "settled": False, "plain": True}
        for part, value in (*known.items(), ("source", source)):
            object.__setattr__(stored, part, value)
        return stored

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is not at hand: a slot without a value.
        if name not in _OPENED or self.source is None:
            raise AttributeError(name)
        opened = self.source()
        for part in _OPENED:
            object.__setattr__(self, part, getattr(opened, part))
        return getattr(opened, name)

    def in_force(self) -> Node:
        """The machine's values overlaid by the person's."""
        return overlay(self.machine, self.person)

    def over(self, machine: Node) -> Node:
        """Another machine part overlaid by all that a person changed, on either side of the line."""
        return overlay(overlay(machine, self.edits), self.person)

    def touched(self) -> frozenset[str]:
        """Fields, and entries as `entries/ID`, that a person gave."""
        return frozenset() if self.plain else frozenset(parts_of(self.person)) | self.edited_below()

    def edited_below(self) -> frozenset[str]:
        """Fields and entries below the line that are no longer as the machine last wrote them."""
        return frozenset() if self.plain else frozenset(parts_of(self.edits)) | {f"entries/{id_}" for id_ in self.gone}


_OPENED = frozenset(("person", "machine", "above", "seal", "edits"))


# --------------------------------------------------------------------------------------------- overlay


def overlay(machine: Node, person: Node) -> Node:
    """The value in force: a person's field replaces the machine's; lists follow `add:`/`drop:`; records go by id."""
    if isinstance(machine.value, dict) and isinstance(person.value, dict):
        if not person.value:
            return machine  # most files, so that nothing is copied
        merged, keys, own = dict(machine.value), dict(machine.keys), person.keys
        for name, value in person.value.items():
            merged[name] = overlay(merged[name], value) if name in merged else _without_orders(value)
            keys[name] = own[name]
        return Node(merged, machine.where, keys)
    if isinstance(machine.value, list) and isinstance(person.value, dict):
        return _edit_list(machine, person)
    if isinstance(machine.value, list) and isinstance(person.value, list) and _records(person.value):
        return _overlay_records(machine.value, person.value, person.where)
    return person


def _records(items: Sequence[Node]) -> bool:
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
    dropped = [essence(item) for item in _as_list(orders.value.get("drop"))]
    kept = [item for item in machine.value if essence(item) not in dropped]
    return Node([*kept, *_as_list(orders.value.get("add"))], orders.where)


def _as_list(node: Node | None) -> list[Node]:
    if node is None or node.value == "":
        return []
    return node.value if isinstance(node.value, list) else [node]


def essence(item: Node) -> Plain:
    """What a list's item is known by: its id, name, actor or words, else all of it."""
    if isinstance(item.value, dict):
        for key in ("id", "name", "actor", "words"):
            if key in item.value:
                return item.value[key].plain()
    return item.plain()


def _overlay_records(machine: list[Node], person: list[Node], where: Where) -> Node:
    changes = {str(essence(item)): item for item in person}
    names = [str(essence(item)) for item in machine]
    merged = [
        overlay(item, changes.pop(name)) if name in changes else item for name, item in zip(names, machine, strict=True)
    ]
    return Node([*merged, *changes.values()], where)


def fields_of(node: Node | None) -> dict[str, Node]:
    """The fields of a mapping; none for anything else."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


def items_of(node: Node | None, name: str) -> list[Node]:
    """The items of a list under a name; none for anything else."""
    found = fields_of(node).get(name)
    return found.value if found is not None and isinstance(found.value, list) else []


def own_entries(above: Node) -> list[Node]:
    """The entries that stand above the line: a list, or what an order adds to the machine's."""
    listed = fields_of(above).get("entries")
    return _as_list(fields_of(listed).get("add") if fields_of(listed) else listed)


def without_marks(above: Node) -> Node:
    """A person's part without `correction:`, and without entries that give nothing else; itself if it has none."""
    fields = fields_of(above)
    listed = fields.get("entries")
    marked = listed is not None and any(schema.MARK in fields_of(item) for item in own_entries(above))
    if schema.MARK not in fields and not marked:
        return above
    left = {name: value for name, value in fields.items() if name != schema.MARK}
    if listed is not None and marked:
        items = [item for item in map(_without_mark, own_entries(above)) if item is not None]
        if orders := fields_of(listed):
            left["entries"] = listed.holding({**orders, "add": orders["add"].holding([*items])})
        elif items:
            left["entries"] = listed.holding([*items])
        else:
            del left["entries"]
    return above.holding(left)


def _without_mark(item: Node) -> Node | None:
    fields = fields_of(item)
    if schema.MARK not in fields:
        return item
    left = {name: value for name, value in fields.items() if name != schema.MARK}
    return None if left.keys() == {"id"} else item.holding(left)


# --------------------------------------------------------------------------------------------- the seal


def parts_of(node: Node) -> dict[str, Node]:
    """The pieces that are sealed one by one: fields, and entries as `entries/ID`."""
    parts: dict[str, Node] = {}
    for name, value in fields_of(node).items():
        if name == "entries" and isinstance(value.value, list) and (_records(value.value) or not value.value):
            parts |= {f"entries/{essence(item)}": item for item in value.value}
        else:
            parts[name] = value
    return parts


def seal_of(fields: Node) -> dict[str, str]:
    """A digest for each field, and for each entry those of its fields, in order of name."""
    return _seal_of({name: node.plain() for name, node in fields_of(fields).items()})


def _seal_of(fields: Mapping[str, Plain]) -> dict[str, str]:
    """The seal of fields whose values are all as they read back."""
    seal: dict[str, str] = {}
    for name, value in fields.items():
        if name == "entries" and isinstance(value, list) and all(isinstance(e, dict) and "id" in e for e in value):
            seal |= {f"entries/{entry['id']}": _pack(_codes(entry)) for entry in _dicts(value)}
        elif name != "orphans":
            seal[name] = _digest(value)
    return dict(sorted(seal.items()))


_ENTRY = frozenset(schema.ENTRY_FIELDS)


def is_sealed(fields: Mapping[str, Plain], seal: Mapping[str, str]) -> bool:
    """Whether all fields, their values as they read back, are just those that were sealed: nobody edited them."""
    known = all(name in _ENTRY for entry in _dicts(fields.get("entries")) for name in entry)
    return known and _seal_of(fields) == seal


def _digest(value: Plain) -> str:
    return hashlib.blake2b(_strings(value).encode(), digest_size=4).hexdigest()


def _codes(entry: Mapping[str, Plain]) -> dict[str, str]:
    return {
        name: _code(value) if isinstance(value, str) else _code_of(_strings(value)) for name, value in entry.items()
    }


@lru_cache(maxsize=4096)
def _code(text: str) -> str:
    """The seal of an entry's field. Much stands in many entries alike: a class, a place, how a date was found."""
    return _code_of.__wrapped__(_strings(text))


@lru_cache(maxsize=4096)
def _code_of(strings: str) -> str:
    return base64.urlsafe_b64encode(hashlib.blake2b(strings.encode(), digest_size=3).digest()).decode()


def _strings(value: Plain) -> str:
    """The strings that are read back, so that how a value is spelt does not count."""
    return _ENCODER.encode(value)


def _pack(codes: Mapping[str, str]) -> str:
    """Codes of an entry's fields as one word: four letters a field in the schema's order, a dot for an absent one."""
    return "".join([codes.get(name, ".") for name in schema.ENTRY_FIELDS]).rstrip(".")


def unpack(sealed: str, names: Sequence[str] = schema.ENTRY_FIELDS) -> dict[str, str]:
    """The codes by field that an entry's seal holds."""
    codes, at = {}, 0
    for name in names:
        length = 1 if sealed[at : at + 1] == "." else 4
        if length == 4 and at < len(sealed):
            codes[name] = sealed[at : at + 4]
        at += length
    return codes


def without_seals(seal: Mapping[str, str], names: Container[str]) -> dict[str, str]:
    """A seal that says nothing any more of some fields, entries, or fields of entries (`entries/ID/field`)."""
    left = {}
    for name, sealed in seal.items():
        if name in names:
            continue
        codes = unpack(sealed) if name.startswith("entries/") else {}
        kept = {key: code for key, code in codes.items() if f"{name}/{key}" not in names}
        if kept == codes:
            left[name] = sealed
        elif kept.keys() != {"id"}:
            left[name] = _pack(kept)
    return left


def has_code(text: str, code: str) -> bool:
    """Whether a field with this value would have this code in a seal."""
    return _code(text) == code


def find_edits(
    machine: Node, seal: Mapping[str, str], names: Sequence[str] = schema.ENTRY_FIELDS
) -> tuple[Node, frozenset[str]]:
    """What is not as the seal says, as it would stand above the line, and the ids of entries that are gone.

    `names` are the fields of an entry in the order in which the seal's form counts them.
    """
    parts = parts_of(machine)
    edits: dict[str, Node] = {}
    entries: list[Node] = []
    for name, node in parts.items():
        if name.startswith("entries/"):
            if changed := _changed_fields(node, seal.get(name, ""), names):
                id_ = fields_of(node)["id"]
                fields, keys = {"id": id_, **changed}, node.keys
                entries.append(Node(fields, node.where, {key: keys.get(key, node.where) for key in fields}))
        elif name not in _NOBODYS and seal.get(name) != _digest(node.plain()):
            edits[name] = node
    missing = seal.keys() - parts.keys()
    edits |= {name: Node("", machine.where) for name in sorted(missing) if "/" not in name and name not in _NOBODYS}
    if entries:
        edits["entries"] = Node(entries, entries[0].where)
    gone = frozenset(name.removeprefix("entries/") for name in missing if name.startswith("entries/"))
    keys = machine.keys if edits else {}
    return Node(edits, machine.where, {name: keys.get(name, machine.where) for name in edits}), gone


def _changed_fields(entry: Node, sealed: str, names: Sequence[str]) -> dict[str, Node]:
    """The fields of an entry that a person changed, added, or (as empty ones) deleted."""
    fields = fields_of(entry)
    now = _codes({name: value.plain() for name, value in fields.items()})
    codes = unpack(sealed, names)
    if codes == now or sealed == _digest(entry.plain()):  # the latter as the first releases sealed an entry
        return {}
    changed = {name: _whole(name, value) for name, value in fields.items() if codes.get(name) != now[name]}
    changed |= {name: Node("", entry.where) for name in codes if name not in fields}
    changed.pop("id", None)
    return changed


def _whole(name: str, value: Node) -> Node:
    """A voice with all its fields, so that what a person took from it does not shine through from below."""
    if name != "voice" or not isinstance(value.value, dict):
        return value
    fields = value.value | {key: Node("", value.where) for key in schema.VOICE_FIELDS if key not in value.value}
    keys = value.keys
    return Node(fields, value.where, {key: keys.get(key, value.where) for key in fields})


# --------------------------------------------------------------------------------------------- writing


def machine_text(stored: Stored | None, fresh: Mapping[str, Plain]) -> str:
    """A file as it should now stand: the person's bytes, the line, and the fresh fields but for edits below."""
    upper = stored.upper if stored else ""
    if upper and not upper.endswith("\n"):
        upper += "\n"
    return upper + lower_text(stored, fresh)


def lower_text(stored: Stored | None, fresh: Mapping[str, Plain]) -> str:
    """The machine's line and its part, sealed; what a person edited below stays as that person left it."""
    seal = _seal_of({name: as_texts(value) for name, value in fresh.items()})
    fields = dict(fresh)
    if stored and stored.edited_below():
        fields, seal = _keep_edits(stored, fresh, seal)
    return MACHINE_LINE + format_yaml({**fields, "seal": {**seal}})


def own_fields(stored: Stored) -> dict[str, Plain]:
    """What a file's machine part says now."""
    return {name: as_written(name, node.plain()) for name, node in fields_of(stored.machine).items()}


def as_written(name: str, value: Plain) -> Plain:
    """A field's value as the machine writes it: what is read back as text may be a number there."""
    if isinstance(value, dict):
        return {key: as_written(key, item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_written("", item) for item in value]
    if name in ("schema", "articles") and str(value).isdecimal():
        return int(value)
    if name == "salience" and re.fullmatch(r"\d\.\d{1,2}", str(value)):
        return float(value)
    return True if (name, value) == ("negated", "true") else value


def _keep_edits(
    stored: Stored, fresh: Mapping[str, Plain], seal: dict[str, str]
) -> tuple[dict[str, Plain], dict[str, str]]:
    """Fresh fields and their seal, with what a person edited below the line left as it is, under its old seal."""
    old = fields_of(stored.machine)
    edited = [name for name in fields_of(stored.edits) if name != "entries"]
    last = ("entries", "orphans")
    fields: dict[str, Plain] = {name: value for name, value in fresh.items() if name not in (*edited, *last)}
    for name in edited:
        if name in old:
            fields[name] = as_written(name, old[name].plain())
    _keep_seals(seal, edited, stored.seal)
    changes = {str(essence(item)): fields_of(item) for item in items_of(stored.edits, "entries")}
    entries: list[Plain] = []
    lost = [item for item in _dicts(fresh.get("orphans")) if item["id"] not in stored.gone]
    for item in _dicts(fresh.get("entries")):
        id_ = str(item["id"])
        if id_ in stored.gone:
            lost.append({key: item[key] for key in ("id", "word", "quote") if key in item})
        else:
            entries.append(_keep_fields(stored, id_, item, changes.pop(id_, {}), seal))
    for id_ in sorted(changes):  # a person's own, or no longer found by the machine
        entries.append(_keep_fields(stored, id_, {"id": id_}, changes[id_], seal))
    lost += [item for item in _dicts(fresh.get("orphans")) if item["id"] in stored.gone - {o["id"] for o in lost}]
    _keep_seals(seal, [f"entries/{id_}" for id_ in stored.gone], stored.seal)
    fields |= {"entries": entries} if entries else {}
    orphans: list[Plain] = [*sorted(lost, key=lambda item: str(item["id"]))]
    fields |= {"orphans": orphans} if orphans else {}
    return fields, dict(sorted(seal.items()))


def _dicts(value: Plain | None) -> list[dict[str, Plain]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _keep_seals(seal: dict[str, str], names: Sequence[str], old: Mapping[str, str]) -> None:
    for name in names:
        seal.pop(name, None)
        if name in old:
            seal[name] = old[name]


def _keep_fields(
    stored: Stored, id_: str, fresh: dict[str, Plain], changed: Mapping[str, Node], seal: dict[str, str]
) -> dict[str, Plain]:
    """A fresh entry with the fields that a person edited in it; its seal goes into `seal`."""
    if not changed:
        return fresh
    name = f"entries/{id_}"
    old = fields_of(parts_of(stored.machine)[name])
    old_codes = unpack(stored.seal.get(name, ""))
    codes = _codes({key: as_texts(value) for key, value in fresh.items()})
    fields: dict[str, Plain] = {}
    for key in schema.ENTRY_FIELDS:
        if key in changed:
            codes.pop(key, None)
            codes |= {key: old_codes[key]} if key in old_codes else {}
            fields |= {key: as_written(key, old[key].plain())} if key in old else {}
        elif key in fresh:
            fields[key] = fresh[key]
    seal[name] = _pack(codes)
    return fields


def entry_ids(node: Node) -> Iterator[str]:
    """The ids of a part's entries."""
    return (str(essence(item)) for item in items_of(node, "entries") if "id" in fields_of(item))
