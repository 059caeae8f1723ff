"""`correction:` above the machine's line: which edits readers shall be told of, when they were made and why.

::

    published: 2021-05-04
    correction: {on: 2021-06-01, why: The paper put the wrong day above it.}

A mark is of the fields beside it: in an entry's item of that entry, at the top of a file of the record. It is no edit
itself; `parts.without_marks` keeps it from whatever looks for edits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from . import schema, when
from .edits import Edit
from .parts import Stored, essence, fields_of, items_of, own_entries
from .problems import Problem
from .when import UNKNOWN, When
from .yamlio import Decoder, Node

_FIELDS = ("on", "why")
_BESIDE = (schema.MARK, "id", "entries")
"""What stands beside a mark and is no field that it could be of."""
_DATES = ("when", "published")


def edits_of(
    kind: Literal["articles", "actors", "events"], id_: str, stored: Stored, decoder: Decoder
) -> tuple[Edit, ...]:
    """The edits that a person marked in a file; the whole of a record or entry of which the machine says nothing."""
    if stored.above is stored.person:
        return ()
    below, in_force = _by_id(stored.machine), _by_id(stored.in_force())
    found: list[Edit] = []
    for entry, item in _marked(stored.above):
        fields = fields_of(item)
        on, why = _decode_mark(fields[schema.MARK], decoder)
        given = [name for name in fields if name not in _BESIDE]
        if not given:
            decoder.problems.append(_idle(item))
            continue
        machine = fields_of(below.get(entry))
        if not machine:
            found.append(Edit(kind=kind, of=id_, entry=entry, on=on, why=why))
            continue
        now = fields_of(in_force.get(entry))
        for name in given:
            values = [values_of(name, said.get(name)) for said in (machine, now)]
            if values[0] != values[1]:
                edit = Edit(kind=kind, of=id_, entry=entry, field=name, was=values[0], now=values[1], on=on, why=why)
                found.append(edit)
    return tuple(found)


def _by_id(part: Node) -> Mapping[str, Node]:
    """The entries of a part by their ids, and under "" the part itself."""
    return {str(essence(item)): item for item in items_of(part, "entries")} | {"": part}


def _marked(above: Node) -> Iterator[tuple[str, Node]]:
    """What bears a mark, with the id of the entry that it is, "" for the record."""
    if schema.MARK in fields_of(above):
        yield "", above
    for item in own_entries(above):
        fields = fields_of(item)
        if schema.MARK in fields and isinstance(id_ := fields.get("id", item).value, str) and id_:
            yield id_, item


def _idle(item: Node) -> Problem:
    return Problem(
        slug="idle-correction",
        message="a correction of nothing: no field is edited beside it",
        where=fields_of(item)[schema.MARK].where,
        hint="put it beside the fields that it is of",
        severity="warning",
    )


def _decode_mark(node: Node, decoder: Decoder) -> tuple[When, str]:
    """The day and the reason of a correction; a text alone is the reason."""
    if isinstance(node.value, str):
        return UNKNOWN, node.value
    fields = decoder.fields(node, _FIELDS, "a correction")
    return decoder.parsed(fields.get("on"), _day, UNKNOWN, "bad-date"), decoder.text(fields.get("why"))


def _day(text: str) -> When:
    on = when.parse(text)
    if on.known and not (on.start and on.end):
        raise ValueError(f'"{text[:60]}" has no beginning or no end')
    return on


def values_of(name: str, node: Node | None) -> tuple[str, ...]:
    """A field's value as texts: those of a list's items; of a voice its stance, actor and words."""
    if node is None:
        return ()
    if name == "voice":
        voice = {"words": node} if isinstance(node.value, str) else fields_of(node)
        told = [_text(voice.get(key)) for key in ("stance", "actor", "words")]
        return (told[0] or "states", *told[1:]) if any(told) else ()
    if isinstance(node.value, list):
        return tuple(filter(None, (_item(name, item) for item in node.value)))
    text = _text(node)
    return (_spelt(text) if name in _DATES else text,) if text else ()


def _item(name: str, item: Node) -> str:
    """An item of a list as a text: who took part with the role before, a day that was set with the course before."""
    fields = fields_of(item)
    if name == "actors":
        actor, role = (_text(fields.get(key)) for key in ("actor", "role"))
        return f"{role or 'agent'} {actor or _text(item)}"
    if name == "history":
        return f"{_text(fields.get('course')) or 'planned'} {_spelt(_text(fields.get('when')))}".rstrip()
    known = essence(item)
    return known.strip() if isinstance(known, str) else ""


def _text(node: Node | None) -> str:
    return node.value.strip() if node is not None and isinstance(node.value, str) else ""


def _spelt(text: str) -> str:
    """A date in its one spelling."""
    try:
        return when.format(when.parse(text))
    except ValueError:
        return text
