"""A file's text split at the machine's line and read: older forms, and the two sides of a merge, included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import schema
from .canonical import nodes_of, read_canonical
from .parts import Stored, essence, fields_of, find_edits, is_sealed, items_of, parts_of, seal_of, without_marks
from .problems import Problem, Where
from .yamlio import Decoder, Later, Node, Plain, node_of, parse_yaml

_SPLIT = re.compile(r"^--- # machine[^\n]*(?:\n|\Z)", re.MULTILINE)
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)


def parse_parts(
    text: str, name: str, problems: list[Problem], settle: bool = False, path: Path | None = None
) -> Stored:
    """The file that `text` holds. With `settle`, a merge's two sides in the machine's part are put together.

    From `path`, if it is given, the text is read once more should a problem ask for a place in it.
    """
    split = _SPLIT.search(text)
    upper, lower = (text[: split.start()], text[split.end() :]) if split else (text, "")
    line = upper.count("\n") + 2
    merging = _CONFLICT.search(lower)
    if conflict := _CONFLICT.search(upper) or (None if settle else merging):
        at = upper.count("\n", 0, conflict.start()) + 1
        below = conflict.string is lower
        problems.append(_conflict_problem(Where(name, line + lower.count("\n", 0, conflict.start()) if below else at)))
        if below:
            problems[-1] = _conflict_problem(problems[-1].where, "`dateline extract` makes the machine's part anew")
        return Stored(name=name, upper=upper, person=Node({}, Where(name)), machine=Node({}, Where(name)))
    above, found = parse_yaml(upper.removeprefix("\ufeff"), name)
    person = without_marks(above)
    problems += found
    if merging:
        ours, theirs = (_parse_machine(side, name, line, problems) for side in _sides(lower))
        machine, seal = _merge(ours, theirs, Where(name, line), problems)
    elif written := _as_written(lower):
        fields, seal = written
        machine = nodes_of(fields, _later(lower, name, line, path))
        if is_sealed(fields, seal):
            edits = machine.without_value()
            return Stored(name=name, upper=upper, above=above, person=person, machine=machine, seal=seal, edits=edits)
    else:
        machine, seal = _parse_machine(lower, name, line, problems)
    edits, gone = find_edits(machine, seal)
    return Stored(
        name=name,
        upper=upper,
        above=above,
        person=person,
        machine=machine,
        seal=seal,
        edits=edits,
        gone=gone,
        settled=bool(merging),
    )


def lower_part(text: str) -> str:
    """The machine's line and its part, as they stand in a file's text."""
    split = _SPLIT.search(text)
    return text[split.start() :] if split else ""


def conflict_in(text: str, name: str) -> Problem | None:
    """The problem of a file that still holds a merge's marks."""
    conflict = _CONFLICT.search(text)
    return _conflict_problem(Where(name, text.count("\n", 0, conflict.start()) + 1)) if conflict else None


def _conflict_problem(where: Where, hint: str = "") -> Problem:
    hint = hint or "settle the merge in git (git status names the files), then build again"
    message = "holds the marks of an unsettled git merge"
    return Problem(slug="conflict-marker", message=message, where=where, hint=hint)


def _as_written(text: str) -> tuple[dict[str, Any], dict[str, str]] | None:
    """The fields and the seal of a machine's part that stands as the writer spelt it; None for another."""
    fields = read_canonical(text)
    if fields is None or fields.get("schema") != schema.SCHEMA or next(reversed(fields)) != "seal":
        return None
    seal = fields.pop("seal")
    texts = isinstance(seal, dict) and all(isinstance(code, str) for code in seal.values())
    return (fields, seal) if texts else None


def _later(text: str, name: str, line: int, path: Path | None) -> Later:
    """The places in a machine's part, for which a parser reads it once the first one is asked for."""
    if path is None:
        return Later(Where(name), lambda: parse_yaml(text, name, line)[0])
    known = hash(text)

    def parse() -> Node | None:
        found = _SPLIT.split(path.read_bytes().decode("utf-8"), maxsplit=1)[-1]
        return parse_yaml(found, name, line)[0] if hash(found) == known else None

    return Later(Where(name), parse)


def _parse_machine(text: str, name: str, line: int, problems: list[Problem]) -> tuple[Node, dict[str, str]]:
    """A machine's part in the present form, and its seal."""
    machine, found = parse_yaml(text, name, first_line=line)
    problems += found
    sealed = fields_of(machine).pop("seal", None)
    seal = {key: Decoder(problems).text(value) for key, value in fields_of(sealed).items()}
    return migrate(machine, seal, problems)


def migrate(
    machine: Node,
    seal: dict[str, str],
    problems: list[Problem],
    steps: Mapping[str, schema.Migration] = schema.MIGRATIONS,
) -> tuple[Node, dict[str, str]]:
    """A machine's part brought to the present schema step by step; what a person edited in it stays an edit."""
    while (version := fields_of(machine).get("schema")) is not None and version.value != schema.SCHEMA:
        step = steps.get(str(version.value))
        if step is None:
            message = f"schema {version.plain()} is not known; this dateline reads schema {schema.SCHEMA}"
            hint = "it was written by a newer dateline: update this one"
            problems.append(Problem(slug="schema", message=message, where=version.where, hint=hint))
            return machine, seal
        edits, gone = find_edits(machine, seal, step.entry_fields)
        seal = seal_of(step.apply(_as_sealed(machine, edits, gone)))
        machine = step.apply(machine)
    return machine, seal


def _as_sealed(machine: Node, edits: Node, gone: frozenset[str]) -> Node:
    """A machine's part without what a person put there, and with a stand-in for what a person took away."""

    def restored(fields: Mapping[str, Node], changed: Mapping[str, Node], where: Where) -> Node:
        kept = {name: value for name, value in fields.items() if name not in changed or name in ("id", "entries")}
        kept |= {name: value for name, value in changed.items() if name not in fields}
        return Node(kept, where, dict.fromkeys(kept, where))

    changes = {str(essence(item)): fields_of(item) for item in items_of(edits, "entries")}
    entries = [
        restored(fields_of(item), changes.get(str(essence(item)), {}), item.where)
        for item in items_of(machine, "entries")
    ]
    entries += [node_of({"id": id_}, machine.where) for id_ in sorted(gone)]
    top = restored(fields_of(machine), fields_of(edits), machine.where)
    if entries:
        fields_of(top)["entries"] = Node(entries, machine.where)
    return top


def _sides(text: str) -> tuple[str, str]:
    """What each side of a merge wrote, from a text with the marks of a conflict."""
    sides: tuple[list[str], list[str]] = ([], [])
    inside: tuple[int, ...] = (0, 1)
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        if _CONFLICT.match(line.rstrip("\n")):
            inside = {"<": (0,), "|": (), "=": (1,), ">": (0, 1)}[line[0]]
            continue
        for side in inside:
            sides[side].append(line)
    return "".join(sides[0]), "".join(sides[1])


def _merge(
    one: tuple[Node, Mapping[str, str]], other: tuple[Node, Mapping[str, str]], where: Where, problems: list[Problem]
) -> tuple[Node, dict[str, str]]:
    """Two machine parts as one: all entries and orphans of both, a person's edit before what a machine wrote.

    What people edited on both sides, each in another way, only they can settle.
    """
    (ours, our_seal), (theirs, their_seal) = one, other
    parts = {0: parts_of(ours), 1: parts_of(theirs)}
    seals = {0: our_seal, 1: their_seal}
    edited: dict[int, set[str]] = {}
    for number, fields_there in ((0, ours), (1, theirs)):
        edits, gone = find_edits(fields_there, seals[number])
        edited[number] = {*parts_of(edits), *(f"entries/{id_}" for id_ in gone)}
    fields: dict[str, Node] = {}
    entries: list[Node] = []
    seal: dict[str, str] = {}
    for name in dict.fromkeys((*parts[0], *our_seal, *parts[1], *their_seal)):
        side = 0 if name in edited[0] or (name not in edited[1] and name in parts[0]) else 1
        if name in seals[side]:
            seal[name] = seals[side][name]
        node: Node | None = parts[side].get(name)
        if name in edited[0] & edited[1] and _plain(node) != _plain(parts[1].get(name)):
            problems.append(_conflict_problem(where, f"{name} was edited on both sides: settle it in git"))
        if node is not None and name.startswith("entries/"):
            entries.append(node)
        elif node is not None:
            fields[name] = node
    lost = {str(essence(item)): item for part in (theirs, ours) for item in items_of(part, "orphans")}
    fields |= {"entries": Node(entries, ours.where), "orphans": Node([*lost.values()], ours.where)}
    fields = {name: node for name, node in fields.items() if node.value}
    return Node(fields, ours.where, dict.fromkeys(fields, ours.where)), seal


def _plain(node: Node | None) -> Plain | None:
    return None if node is None else node.plain()
