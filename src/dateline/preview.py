"""What a new reading would change, told before anything is written."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .parts import Stored, fields_of, items_of, lower_text, seal_of, unpack
from .problems import Where
from .split import lower_part
from .store import Content, Fresh, planned
from .yamlio import Node, format_flow, format_scalar, node_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The changes of a run that is not made."""

    diff: tuple[str, ...] = ()
    """Unified differences of the machine's parts, a line each."""
    owned: tuple[str, ...] = ()
    """Fields that a person owns and of which the machine now says something new and other."""
    files: int = 0
    """How many files would change."""


def preview(tracker: Path, content: Content, fresh: Fresh, kept: frozenset[str]) -> Preview:
    """The differences between what stands in `content/` and what would be written there."""
    lines: list[str] = []
    owned: list[str] = []
    files = 0
    for kind, id_, fields in sorted(planned(content, fresh, kept), key=lambda plan: plan[:2]):
        stored = content.of(kind).get(id_)
        name = stored.name if stored else f"content/{kind}/{id_}.yaml"
        before = _machine_text(tracker / stored.name) if stored else []
        after = lower_text(stored, fields).splitlines() if fields is not None else []
        changed = [*difflib.unified_diff(before, after, name, name if fields is not None else "/dev/null", lineterm="")]
        files += bool(changed)
        lines += changed
        if stored and fields is not None:
            owned += _owned(stored, node_of(dict(fields), Where("")))
    return Preview(diff=tuple(lines), owned=tuple(owned), files=files)


def _machine_text(path: Path) -> list[str]:
    """A file's machine part as it stands now."""
    return lower_part(path.read_bytes().decode("utf-8", "replace")).splitlines()


def _owned(stored: Stored, fresh: Node) -> Iterator[str]:
    """A line for each field that a person gave and of which the machine says something else than it last said."""
    last, now = stored.seal, seal_of(fresh)
    theirs = _by_id(fresh)
    in_force = stored.in_force()
    values = _by_id(in_force)
    for name in sorted(stored.touched()):
        if not name.startswith("entries/"):
            if last.get(name) != now.get(name):
                yield from _difference(stored.name, name, fields_of(in_force), fields_of(fresh), name)
            continue
        id_ = name.removeprefix("entries/")
        if id_ not in theirs or id_ not in values:
            continue
        old, new = unpack(last.get(name, "")), unpack(now[name])
        for key in sorted(_given(stored, id_)):
            if old.get(key) != new.get(key):
                yield from _difference(stored.name, f"{name}/{key}", values[id_], theirs[id_], key)


def _difference(file: str, name: str, mine: Mapping[str, Node], machine: Mapping[str, Node], key: str) -> Iterator[str]:
    ours, theirs = mine.get(key), machine.get(key)
    if ours is None or theirs is None or ours.plain() != theirs.plain():
        yield f"{file}: {name}: yours is {_said(ours)}; the machine now says {_said(theirs)}"


def _by_id(node: Node) -> dict[str, Mapping[str, Node]]:
    items = (fields_of(item) for item in items_of(node, "entries"))
    return {str(item["id"].value): item for item in items if "id" in item}


def _given(stored: Stored, id_: str) -> set[str]:
    """The fields of an entry that a person gave, on either side of the line."""
    parts = (_by_id(part).get(id_, {}) for part in (stored.person, stored.edits))
    return {key for part in parts for key in part} - {"id"}


def _said(node: Node | None) -> str:
    if node is None or node.value == "":
        return "nothing"
    plain = node.plain()
    return format_scalar(plain) if isinstance(plain, str) else format_flow(plain)
