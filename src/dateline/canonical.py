"""The one spelling in which `format_yaml` writes, read line by line: many times as quick as a YAML parser.

Nothing else is read: what deviates in the slightest is left to the parser. What is read means to a YAML parser just the
same, value for value and in the same order, so that its nodes have the same numbers.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from sys import intern
from typing import Any

from .yamlio import SHORT, Later, Node

Value = Any
"""A string, a list of values, or values by key."""

_DEEPEST = 8
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What the writer never writes as it is; nothing that can be printed."""
_KEY = r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,250}"
_LINE = re.compile(rf"( *)(- )?(?:({_KEY}):(?: (.+))?|(.+)?)\n")
"""Any line: spaces, the sign of an item, a field's name, its value; or what else stands there."""
_QUOTED = r'"(?:[^"\\]|\\(?:["\\bfnrt]|u(?!d[89a-f])[0-9a-f]{4}))*"'
_IS_QUOTED = re.compile(_QUOTED)
_BARE = r"(?:[^\W_]|[_/.+])(?:[^,\[\]{}?:#\" ]|:(?=[\w/])| +(?=[^,\[\]{}?:#\" ]))*"
_FLOW_ITEM = re.compile(rf"(?:({_KEY}): )?(?:({_BARE})|({_QUOTED})|([\[{{]))")
"""In braces or brackets: a name, and a text as it is, in quotation marks, or the beginning of what is inside."""
_STARTS = frozenset("_/.+")


class _OtherError(Exception):
    """Not the canonical spelling."""


def read_canonical(text: str) -> dict[str, Value] | None:
    """The fields that `format_yaml` spelt so, every scalar as a string; None for any other spelling."""
    if not text.endswith("\n") or (not text.replace("\n", "").isprintable() and _ODD.search(text)):
        return None
    lines = _LINE.findall(text)
    try:
        value, end = _fields(lines, 0, 0, "", 0)
    except (_OtherError, IndexError):
        return None
    return value if end == len(lines) else None


Line = tuple[str, str, str, str, str]


def _fields(lines: list[Line], at: int, depth: int, indent: str, first: int) -> tuple[dict[str, Value], int]:
    """The fields at an indent from a line on, and the number of the line behind them.

    With `first`, the first of them stands behind the sign of an item.
    """
    found: dict[str, Value] = {}
    end = len(lines)
    while at < end:
        spaces, item, key, rest, _ = lines[at]
        if first:
            first = 0
        elif spaces != indent or item:
            break
        if not key or key in found or depth > _DEEPEST:
            raise _OtherError
        at += 1
        if rest:
            found[key] = _flow(rest) if rest[0] in "{[" else _scalar(rest)
        elif lines[at][1] and lines[at][0] == indent:
            found[key], at = _items(lines, at, depth + 1, indent)
        elif lines[at][0] == indent + "  " and not lines[at][1]:
            found[key], at = _fields(lines, at, depth + 1, indent + "  ", 0)
        else:
            raise _OtherError
    return found, at


def _items(lines: list[Line], at: int, depth: int, indent: str) -> tuple[list[Value], int]:
    """The items of a list at an indent from a line on, and the number of the line behind them."""
    found: list[Value] = []
    end = len(lines)
    while at < end:
        spaces, item, key, _, rest = lines[at]
        if spaces != indent or not item:
            break
        if key:
            fields, at = _fields(lines, at, depth + 1, indent + "  ", 1)
            found.append(fields)
        elif rest:
            found.append(_flow(rest) if rest[0] in "{[" else _scalar(rest))
            at += 1
        else:
            raise _OtherError
    return found, at


def _scalar(text: str) -> str:
    """A text behind a name or the sign of an item."""
    first = text[0]
    if (first.isalnum() or first in _STARTS) and text[-1] not in ": " and ": " not in text and " #" not in text:
        return text
    return _unquoted(text) if _IS_QUOTED.fullmatch(text) else _refuse()


def _refuse() -> str:
    raise _OtherError


def _unquoted(text: str) -> str:
    return str(json.loads(text)) if "\\" in text else text[1:-1]


@lru_cache(maxsize=4096)
def _flow(text: str) -> Value:
    """What stands in braces or brackets on one line. Many entries name an actor's part in the same words."""
    value, end = _inside(text, 1, text[0] == "{", 1)
    return value if end == len(text) else _refuse()


def _inside(text: str, at: int, named: bool, depth: int) -> tuple[Value, int]:
    """What stands behind an opening brace (`named`) or bracket, and the place behind the closing one."""
    fields: dict[str, Value] = {}
    items: list[Value] = []
    close = "}" if named else "]"
    if text.startswith(close, at):
        return (fields if named else items), at + 1
    while True:
        found = _FLOW_ITEM.match(text, at)
        if found is None or depth > _DEEPEST:
            raise _OtherError
        key, bare, quoted, opened = found.groups()
        at = found.end()
        if bare:
            value: Value = bare
        elif quoted:
            value = _unquoted(quoted)
        else:
            value, at = _inside(text, at, opened == "{", depth + 1)
        if named:
            if key is None or key in fields:
                raise _OtherError
            fields[key] = value
        elif key is None:
            items.append(value)
        else:
            raise _OtherError
        if text.startswith(", ", at):
            at += 2
        elif text.startswith(close, at):
            return (fields if named else items), at + 1
        else:
            raise _OtherError


def nodes_of(value: Value, places: Later) -> Node:
    """Values as nodes, numbered as the parser numbers them: a key right before its value."""
    number = -1

    def node(value: Value) -> Node:
        nonlocal number
        number += 1
        mine = number
        if value.__class__ is str:
            return Node(intern(value) if len(value) <= SHORT else value, places, None, mine)
        if value.__class__ is list:
            return Node([node(item) for item in value], places, None, mine)
        items = {}
        for key, item in value.items():
            number += 1
            items[intern(key)] = node(item)
        return Node(items, places, None, mine)

    return node(value)
