"""YAML in and out: text → nodes that know their place → records, and records → one canonical spelling.

Every scalar is a string: `country: NO` is "NO". Duplicate keys, aliases and tags are errors, never surprises.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeVar

import yaml

from .problems import Problem, Where, did_you_mean

T = TypeVar("T")

Plain = str | int | float | list["Plain"] | dict[str, "Plain"]
"""What a node holds, without its place. Numbers and truth values are for writing only: what is read is a string."""

MAX_DEPTH = 20
"""Nothing in these files goes deeper than six levels."""

_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no YAML file may hold as it is."""
_ODD_BREAK = re.compile(r"[\r\x85\u2028\u2029](?!(?<=\r)\n)")
"""What YAML takes for the end of a line, and editors do not."""

_MOST_HINTS = 50
"""For so many wrong names of one record the nearest right ones are looked for: it takes a while."""

_LONGEST_KEY = 1000
"""YAML reads no key of more than 1,024 characters."""
SHORT = 20
"""Texts up to this length are kept once: names of fields, ids, classes and places stand in a file many times."""

_Scalar = yaml.ScalarEvent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node:
    """A piece of YAML and where it stands. `value` is a string, a list of nodes, or nodes by key (in order).

    Hundreds of thousands of nodes are read and few are ever named in a problem: what was read keeps only its number
    among the places of its text.
    """

    __slots__ = ("_at", "_keys", "number", "value")

    def __init__(
        self,
        value: str | list[Node] | dict[str, Node],
        where: Where | _Places | Later,
        keys: Mapping[str, Where] | None = None,
        number: int = 0,
    ) -> None:
        self.value = value
        self._at = where
        self._keys = keys
        self.number = number

    @property
    def where(self) -> Where:
        """Where it stands."""
        return self._at if isinstance(self._at, Where) else self._at.numbered(self.number)

    @property
    def keys(self) -> Mapping[str, Where]:
        """Where each key of a mapping stands."""
        if self._keys is not None:
            return self._keys
        if isinstance(self._at, Where) or not isinstance(self.value, dict):
            return {}
        return {key: self._at.numbered(node.number - 1) for key, node in self.value.items()}

    @property
    def placed(self) -> bool:
        """Whether it knows its own place in a text, by its number there."""
        return not isinstance(self._at, Where)

    def without_value(self) -> Node:
        """Nothing, at the same place."""
        return Node({}, self._at, {}, self.number)

    def holding(self, value: list[Node] | dict[str, Node]) -> Node:
        """Another value, of nodes that stand there too, at the same place."""
        return Node(value, self._at, self._keys, self.number)

    def plain(self) -> Plain:
        """The value alone."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value]


def node_of(plain: Plain, where: Where) -> Node:
    """A node for a value that stands in no file yet; everything in it claims the same place."""
    if isinstance(plain, dict):
        return Node({k: node_of(v, where) for k, v in plain.items()}, where, dict.fromkeys(plain, where))
    if isinstance(plain, list):
        return Node([node_of(v, where) for v in plain], where)
    return Node(as_text(plain), where)


def as_text(value: str | int | float) -> str:
    """A scalar as it reads back: `True` is "true", 0.5 is "0.5"."""
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_texts(value: Plain) -> Plain:
    """A value as it reads back, with all that is in it."""
    if isinstance(value, dict):
        return {key: as_texts(item) for key, item in value.items()}
    return [as_texts(item) for item in value] if isinstance(value, list) else as_text(value)


def parse_yaml(
    text: str, path: str, first_line: int = 1, top: Literal["fields", "list"] = "fields"
) -> tuple[Node, tuple[Problem, ...]]:
    """The mapping (or list, as `top` says) that `text` holds, empty for no text, with all that is wrong in it.

    `first_line` is the number of the text's first line in its file. Nodes are composed from the parser's events: its
    own composer calls itself for each level and falls over on hostile nesting.
    """
    empty = Node([] if top == "list" else {}, Where(path, first_line))
    if not text:
        return empty, ()
    ends = _ends_of_lines(text) if _ODD_BREAK.search(text) else ()
    places = _Places(path, first_line, _after(text, path, first_line), ends)
    if unreadable := _UNREADABLE.search(text):
        where = _after(text[: unreadable.start()], path, first_line)
        message = f"not readable as YAML: the character U+{ord(unreadable.group()):04X} may not stand here"
        return empty, (Problem(slug="yaml", message=message, where=where),)
    composer = _Composer(places, _Loader(text).get_event)
    try:
        node = composer.document()
    except yaml.YAMLError as error:
        return empty, (_syntax_problem(error, places),)
    except _TooDeepError as error:
        problem = Problem(slug="yaml", message="nested too deeply to be read", where=error.where)
        return empty, (problem,)
    if node is None:
        return empty, tuple(composer.problems)
    if type(node.value) is not type(empty.value):
        wanted = "a list (- item)" if top == "list" else "fields (name: value)"
        problem = Problem(slug="yaml", message=f"this file should hold {wanted}", where=node.where)
        return empty, (*composer.problems, problem)
    return node, tuple(composer.problems)


class _TooDeepError(Exception):
    def __init__(self, where: Where) -> None:
        self.where = where


@dataclass(slots=True)
class _Places:
    """Where a parser's marks are in a file whose lines are counted as editors count them."""

    path: str
    first_line: int
    last: Where
    """Behind the last character: a parser may count a line more."""
    ends: Sequence[int]
    """Where lines end, if the text holds ends of lines that only YAML knows; else nothing."""
    noted: array[int] = field(default_factory=lambda: array("Q"))
    """Marks as one number each: that of the character where `ends` are needed, else line and column together.

    A key is noted right before its value, so that its number is one less.
    """

    def note(self, mark: Any) -> int:
        """Keep a mark (C's and Python's share no type) for later, and say under which number."""
        self.noted.append(mark.index if self.ends else mark.line << 32 | mark.column)
        return len(self.noted) - 1

    def numbered(self, number: int) -> Where:
        """The place of a mark that was noted."""
        mark = self.noted[number]
        return self.at_index(mark) if self.ends else self.at(mark >> 32, mark & 0xFFFFFFFF)

    def of(self, mark: Any) -> Where:
        """The place of a mark; that of the text for None."""
        if mark is None:
            return Where(self.path, self.first_line)
        return self.at_index(mark.index) if self.ends else self.at(mark.line, mark.column)

    def at(self, line: int, column: int) -> Where:
        """A place by line and column, both counted from 0."""
        line += self.first_line
        return Where(self.path, line, column + 1) if line <= self.last.line else self.last

    def at_index(self, index: int) -> Where:
        """The place of a character by its number in the text."""
        line = bisect(self.ends, index - 1, hi=len(self.ends) - 1)
        return Where(self.path, self.first_line + line - 1, index - self.ends[line - 1])


class Later:
    """The places of a text that was not parsed this time; it is parsed after all when the first one is asked for."""

    __slots__ = ("_parse", "_places", "_whole")

    def __init__(self, whole: Where, parse: Callable[[], Node | None]) -> None:
        """`parse` gives the text's node anew; None where it is gone, so that all places are that of the `whole`."""
        self._whole = whole
        self._parse = parse
        self._places: _Places | Later | None = None

    def numbered(self, number: int) -> Where:
        """The place of the node with this number."""
        if self._places is None:
            try:
                node = self._parse()
            except (OSError, ValueError):
                node = None
            if node is None or isinstance(node._at, Where):
                return self._whole
            self._places = node._at
        return self._places.numbered(number)


def _after(text: str, path: str, first_line: int) -> Where:
    """The place of what follows a text."""
    return Where(path, first_line + text.count("\n"), len(text) - text.rfind("\n"))


def _ends_of_lines(text: str) -> tuple[int, ...]:
    """The indices of line feeds as a parser counts them: from the first character after a mark of byte order."""
    text = text.removeprefix("\ufeff")
    return (-1, *(found.start() for found in re.finditer("\n", text)), len(text))


def _syntax_problem(error: yaml.YAMLError, places: _Places) -> Problem:
    where = places.of(getattr(error, "problem_mark", None) or getattr(error, "context_mark", None))
    words = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).split("\n")[0]
    hint = 'put text that holds ": " or starts with a sign into quotation marks'
    return Problem(slug="yaml", message=f"not readable as YAML: {words}", where=where, hint=hint)


@dataclass(slots=True)
class _Composer:
    """Puts a parser's events together to nodes and notes what is not wanted."""

    places: _Places
    next_event: Callable[[], Any]
    """The parser's next event (C's and Python's parsers share no type); None after the last one."""
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> Node | None:
        """The only document; None for an empty one."""
        node: Node | None = None
        while (event := self.next_event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self.problem(event, "not readable as YAML: a second document begins here")
                    return node
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, 0)
        return node

    def problem(self, event: Any, message: str, slug: str = "yaml", hint: str = "") -> None:
        where = self.places.of(event.start_mark)
        self.problems.append(Problem(slug=slug, message=message, where=where, hint=hint))

    def node(self, event: Any, depth: int) -> Node:
        number = self.places.note(event.start_mark)
        return Node(self.value(event, depth), self.places, None, number)

    def value(self, event: Any, depth: int) -> str | list[Node] | dict[str, Node]:
        kind = type(event)
        if kind is _Scalar:
            if event.tag or event.anchor:
                self.refuse_marks(event)
            text: str = event.value
            return sys.intern(text) if len(text) <= SHORT else text
        if depth > MAX_DEPTH:
            raise _TooDeepError(self.places.of(event.start_mark))
        if kind is yaml.AliasEvent:
            self.problem(event, "aliases (*name) are not read here", hint="write the value out")
            return ""
        self.refuse_marks(event)
        return self.sequence(depth) if kind is yaml.SequenceStartEvent else self.mapping(depth)

    def refuse_marks(self, event: Any) -> None:
        """Note a tag or an anchor: what would be a surprise in a text that begins with its sign."""
        for given, sign, noun in ((event.tag, "!", "tags"), (event.anchor, "&", "anchors")):
            if given:
                hint = f"put text that starts with {sign} into quotation marks"
                self.problem(event, f"{noun} ({sign}name) are not read here", hint=hint)

    def sequence(self, depth: int) -> list[Node]:
        items = []
        while type(event := self.next_event()) is not yaml.SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return items

    def mapping(self, depth: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        next_event, note, end = self.next_event, self.places.note, yaml.MappingEndEvent
        while type(event := next_event()) is not end:
            note(event.start_mark)
            key = self.value(event, depth + 1)
            value = self.node(next_event(), depth + 1)
            if not isinstance(key, str) or len(key) > _LONGEST_KEY:
                self.problem(event, "a field's name must be a word")
            elif key in items:
                hint = f"the first one is in line {self.places.numbered(items[key].number - 1).line}"
                self.problem(event, f'"{key}" stands here twice', slug="duplicate-field", hint=hint)
            else:
                items[key] = value
        return items


# --------------------------------------------------------------------------------------------- decoding


@lru_cache
def _set_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names)


@dataclass(slots=True)
class Decoder:
    """Reads nodes into values; what does not fit becomes a problem and the given default."""

    problems: list[Problem] = field(default_factory=list)

    def problem(self, slug: str, message: str, where: Where, hint: str = "") -> None:
        """Note an error at a place."""
        self.problems.append(Problem(slug=slug, message=message, where=where, hint=hint))

    def fields(self, node: Node, known: tuple[str, ...], thing: str, above: str = "") -> dict[str, Node]:
        """The fields of a mapping, without (and with a problem for) those that a `thing` does not have.

        `above` is one that only a person writes, above the machine's line, and that nobody is to find here.
        """
        if not isinstance(node.value, dict):
            self.problem("wrong-type", f"{thing} should hold fields (name: value)", node.where)
            return {}
        if node.value.keys() <= _set_of(known):
            return node.value
        unknown = [name for name in node.value if name not in known]
        keys = node.keys
        for number, name in enumerate(unknown):
            hint = did_you_mean(name, (*known, above)) if number < _MOST_HINTS and name != above else ""
            hint = hint if name != above else "its place is above the machine's line, beside the fields that it is of"
            self.problem("unknown-field", f'no field "{name}" in {thing}', keys[name], hint)
        return {name: value for name, value in node.value.items() if name in known}

    def text(self, node: Node | None, default: str = "") -> str:
        """A string."""
        if node is None:
            return default
        if not isinstance(node.value, str):
            self.problem("wrong-type", "this should be a text", node.where)
            return default
        return node.value

    def choice(self, node: Node | None, choices: Sequence[T], default: T) -> T:
        """One of the `choices`; an empty text is none, as a person writes to take the machine's away."""
        if node is None or node.value == "":
            return default
        for choice in choices:
            if choice == node.value:
                return choice
        known = ", ".join(str(choice) for choice in choices)
        value = node.value if isinstance(node.value, str) else "this"
        self.problem("unknown-value", f'"{value}" is not one of: {known}', node.where)
        return default

    def flag(self, node: Node | None) -> bool:
        """True or false."""
        return self.choice(node, ("false", "true"), "false") == "true"

    def number(self, node: Node | None, default: float, least: float, most: float) -> float:
        """A number from `least` to `most`; an empty text is none."""
        if node is None or node.value == "":
            return default
        text = self.text(node)
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text) and least <= float(text) <= most:
            return float(text)
        self.problem("wrong-type", f"this should be a number from {least:g} to {most:g}", node.where)
        return default

    def parsed(self, node: Node | None, parse: Callable[[str], T], default: T, slug: str) -> T:
        """A string that `parse` understands; its ValueError becomes the problem."""
        if node is None:
            return default
        try:
            return parse(self.text(node))
        except ValueError as error:
            self.problem(slug, str(error), node.where)
            return default

    def items(self, node: Node | None, read: Callable[[Node], T | None]) -> tuple[T, ...]:
        """A list, each item read by `read`; None from it leaves the item out."""
        if node is None or node.value == "":
            return ()
        if not isinstance(node.value, list):
            self.problem("wrong-type", "this should be a list", node.where)
            return ()
        read_items = (read(item) for item in node.value)
        return tuple(item for item in read_items if item is not None)


# --------------------------------------------------------------------------------------------- writing

_PLAIN_START = re.compile(r"[^\W_]|[_/.+]", re.UNICODE)
_PLAIN_BREAK = re.compile(r": |:$| #|[\n\t]")
_FLOW_BREAK = re.compile(r"[,\[\]{}]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_RESOLVER = yaml.SafeLoader.yaml_implicit_resolvers
_WIDTH = 110


def format_scalar(text: str | int | float, flow: bool = False) -> str:
    """`text` in one spelling, quoted only where it must be for this program and for others that guess types."""
    return _spell(text, flow) if isinstance(text, str) else as_text(text)


@lru_cache(maxsize=4096)
def _spell(text: str, flow: bool) -> str:
    plain = (
        _PLAIN_START.match(text)
        and not text[-1].isspace()
        and not _PLAIN_BREAK.search(text)
        and not _UNPRINTABLE.search(text)
        and not (flow and _FLOW_BREAK.search(text))
        and not _guessed(text)
        and not text.startswith(("--- ", "..."))
    )
    if plain:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m.group()):04x}", quoted)


def _guessed(text: str) -> bool:
    """Whether YAML 1.1 programs would read these characters as something other than a string or a date."""
    for tag, pattern in _RESOLVER.get(text[0], ()):
        if not tag.endswith((":timestamp", ":str")) and pattern.match(text):
            return True
    return False


def format_yaml(fields: Mapping[str, Plain]) -> str:
    """Fields in the given order, one spelling each: lists of records in block form, small things on one line."""
    return "".join(_format_field(name, value, "") for name, value in fields.items())


def format_line(fields: Mapping[str, Plain]) -> str:
    """A record as an item of a list, on one line however long: deleting the line deletes the record."""
    if len(fields) > 1:
        return f"- {format_flow(dict(fields))}\n"
    return "".join(f"- {format_scalar(name)}: {format_flow(value)}\n" for name, value in fields.items())


def _format_field(name: str, value: Plain, indent: str) -> str:
    head = f"{indent}{format_scalar(name)}:"
    if not isinstance(value, (dict, list)):
        return f"{head} {format_scalar(value)}\n"
    nested = isinstance(value, list) and any(isinstance(item, dict) for item in value)
    flow = "" if nested else format_flow(value)
    if not value or (flow and len(head) + 1 + len(flow) <= _WIDTH):
        return f"{head} {flow}\n"
    if isinstance(value, list):
        return f"{head}\n" + "".join([_format_item(item, indent) for item in value])
    return f"{head}\n" + "".join([_format_field(key, item, indent + "  ") for key, item in value.items()])


def _format_item(item: Plain, indent: str) -> str:
    if not isinstance(item, dict):
        return f"{indent}- {format_flow(item) if isinstance(item, list) else format_scalar(item)}\n"
    if sum(len(text) for text in item.values() if isinstance(text, str)) <= _WIDTH:  # else no spelling is that short
        flow = format_flow(item)
        if len(indent) + 2 + len(flow) <= _WIDTH:
            return f"{indent}- {flow}\n"
    lines = "".join([_format_field(key, value, indent + "  ") for key, value in item.items()])
    return f"{indent}- {lines[len(indent) + 2 :]}"


def format_flow(value: Plain) -> str:
    """A value on one line, in braces or brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join([f"{format_scalar(k, True)}: {format_flow(v)}" for k, v in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([format_flow(item) for item in value]) + "]"
    return format_scalar(value, True)
