"""Edits below the line moved up into the person's part, whose other bytes stay.

What stands above is never written anew: new text goes in at one place, and is taken back where the part would then
not say exactly what it said before and the edit.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from . import files
from .decisions import Decision, Evidence, append_decision, load_decisions
from .model import Document
from .parts import MACHINE_LINE, Stored, as_written, fields_of, items_of, own_fields, without_seals
from .problems import ContentError, Problem, UsageError, Where
from .reconcile import deleted_entry, encode_orphans
from .seeds import read_seeds
from .store import KINDS, corpus_of, load_content
from .text import split_sentences
from .yamlio import Node, Plain, format_flow, format_yaml, parse_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What of one file was moved: its new text, and what else has to be written."""

    text: str
    moved: tuple[str, ...]
    """Fields by name, those of entries as `entries/ID/field`."""
    drops: tuple[Decision, ...] = ()
    """Entries that were deleted below the line."""
    problems: tuple[Problem, ...] = ()


def adopt(tracker: Path, names: Sequence[str] = ()) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Move what people edited below the line up, in the files of these names (default: all); what was moved, by file.

    Raises ContentError where the files cannot be read, UsageError for a name that is no file of `content/`.
    """
    content, problems = load_content(tracker)
    _, decoding = corpus_of(content)
    if any(problem.severity == "error" for problem in (*problems, *decoding)):
        raise ContentError((*problems, *decoding))
    by_name = {stored.name: (id_, stored) for kind in KINDS for id_, stored in content.of(kind).items()}
    chosen = [_find_name(tracker, name, by_name) for name in names] or list(by_name)
    edited = [by_name[name] for name in dict.fromkeys(chosen) if by_name[name][1].edited_below()]
    texts: dict[str, list[str]] = {}
    if any(stored.gone for _, stored in edited):
        texts = {d.article.seed: _sentences(d) for d in read_seeds(tracker / "seeds").documents}
    moved: list[str] = []
    for id_, stored in edited:
        seed = fields_of(stored.in_force()).get("seed")
        adopted = adopt_file(stored, id_, texts.get(str(seed.value), ()) if seed else ())
        write_adopted(tracker, stored, adopted)
        moved += [f"{stored.name}: {name}" for name in adopted.moved]
        problems = (*problems, *adopted.problems)
    return tuple(moved), problems


def _find_name(tracker: Path, name: str, known: Container[str]) -> str:
    """A file's name within the tracker, from a path that leads there or from the name itself."""
    if name in known:
        return name
    path = Path(name).resolve()
    root = tracker.resolve()
    inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
    if inside in known:
        return inside
    raise UsageError(f"{name} is no file of articles, actors or events", "name one below content/")


def _sentences(document: Document) -> list[str]:
    return [document.text[sentence.start : sentence.end] for sentence in split_sentences(document)]


def adopt_file(stored: Stored, article: str, sentences: Iterable[str] = ()) -> Adopted:
    """One file's edits moved up. `sentences` are those of an article's text, to tell what a deleted entry was."""
    upper = _Upper(stored)
    for name, node in fields_of(stored.edits).items():
        if name == "entries":
            for item in items_of(stored.edits, "entries"):
                upper.take_entry(fields_of(item))
        else:
            upper.take(name, node)
    drops, orphans = [], []
    for id_ in sorted(stored.gone):
        if id_ in upper.entries():
            upper.refuse(f"entries/{id_}", stored.machine.where)
            continue
        lost = deleted_entry(id_, stored, sentences)
        orphans += encode_orphans([lost] if lost else [])
        evidence = Evidence(kind="entry", article=article, word=lost.word, quote=lost.quote) if lost else None
        drops.append(Decision(verb="drop", of=(id_,), evidence=evidence))
    moved = [*upper.moved, *(f"entries/{drop.of[0]}" for drop in drops)]
    lower = MACHINE_LINE + format_yaml(_lower_fields(stored, moved, orphans))
    text = upper.text if not upper.text or upper.text.endswith("\n") else upper.text + upper.newline
    return Adopted(text=text + lower, moved=tuple(moved), drops=tuple(drops), problems=tuple(upper.problems))


def write_adopted(tracker: Path, stored: Stored, adopted: Adopted) -> None:
    """Put an adopted file in place, its drops before it: a run that is killed between them can be run again."""
    known = {decision.of for decision in load_decisions(tracker)[0] if decision.verb == "drop"}
    for drop in adopted.drops:
        if drop.of not in known:
            append_decision(tracker, drop)
    files.replace_seen(tracker / stored.name, adopted.text.encode("utf-8"), stored.digest)


def _lower_fields(stored: Stored, moved: Iterable[str], orphans: list[Plain]) -> dict[str, Plain]:
    """The machine's part without what was moved: its own again, under its own seal."""
    gone = set(moved)
    fields = {name: value for name, value in own_fields(stored).items() if name not in (*gone, "entries", "orphans")}
    entries: list[Plain] = []
    for item in items_of(stored.machine, "entries"):
        id_ = str(fields_of(item)["id"].value)
        left = {
            key: as_written(key, node.plain())
            for key, node in fields_of(item).items()
            if f"entries/{id_}/{key}" not in gone
        }
        if left.keys() != {"id"}:
            entries.append(left)
    known = [item.plain() for item in items_of(stored.machine, "orphans")]
    fields |= {"entries": entries} if entries else {}
    fields |= {"orphans": [*known, *orphans]} if known or orphans else {}
    return {**fields, "seal": {**without_seals(stored.seal, gone)}}


# --------------------------------------------------------------------------------------------- above the line


@dataclass(slots=True)
class _Upper:
    """The text above the line while edits go into it."""

    stored: Stored
    text: str = ""
    node: Node = field(init=False)
    newline: str = field(init=False)
    moved: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text, self.node = self.stored.upper, self.stored.above
        self.newline = "\r\n" if "\r\n" in self.text else "\n"

    def entries(self) -> dict[str, Node]:
        """The entries that stand above, by id."""
        found = ((fields_of(item).get("id"), item) for item in items_of(self.node, "entries"))
        return {str(id_.value): item for id_, item in found if id_ is not None}

    def take(self, name: str, value: Node) -> None:
        """Put a field above, unless it stands there already."""
        if name in fields_of(self.node):
            self.refuse(name, self.node.keys[name])
        elif self.insert((), {name: value.plain()}):
            self.moved.append(name)

    def take_entry(self, changed: Mapping[str, Node]) -> None:
        """Put what was changed in an entry above: into its item there, or as a new one."""
        id_ = str(changed["id"].value)
        plain = {name: value.plain() for name, value in changed.items()}
        mine = self.entries().get(id_)
        names = [name for name in plain if name != "id"]
        if mine is not None:
            for name in [name for name in names if name in fields_of(mine)]:
                self.refuse(f"entries/{id_}/{name}", mine.keys[name])
                names.remove(name)
            at = items_of(self.node, "entries").index(mine)
            done = not names or self.insert(("entries", at), {name: plain[name] for name in names})
        elif "entries" in fields_of(self.node):
            done = self.insert(("entries",), plain)
        else:
            done = self.insert((), {"entries": [plain]})
        self.moved += [f"entries/{id_}/{name}" for name in names if done]

    def insert(self, path: tuple[str | int, ...], plain: dict[str, Plain]) -> bool:
        """Put fields into the mapping at `path`, or an item into its list; False, with a problem, where none fits."""
        wanted = _with(self.node.plain(), path, plain)
        for text in _insertions(self.text, path, plain, self.newline):
            node, problems = parse_yaml(text.removeprefix("\ufeff"), self.stored.name)
            if not problems and node.plain() == wanted:
                self.text, self.node = text, node
                return True
        names = ", ".join(plain) if not path else f"entries/{plain.get('id', path[-1])}"
        message = f"there is no place above the line for {names}"
        hint = "write it above yourself, one field a line, then run `dateline adopt` again"
        self.problems.append(Problem(slug="not-adopted", message=message, where=Where(self.stored.name), hint=hint))
        return False

    def refuse(self, name: str, where: Where) -> None:
        """Tell that a field was edited on both sides of the line."""
        message = f"{name} is edited above the line and below it; the one above is in force, and nothing was moved"
        hint = "put what should stay above the line, then take it out below"
        self.problems.append(Problem(slug="edited-twice", message=message, where=where, hint=hint))


def _with(value: Plain, path: tuple[str | int, ...], plain: dict[str, Plain]) -> Plain:
    """A part's values with something put in; all as the strings that are read back."""
    if not path:
        if isinstance(value, list):
            return [*value, plain]
        return {**value, **plain} if isinstance(value, dict) else plain
    if isinstance(value, list) and isinstance(path[0], int):
        return [_with(item, path[1:], plain) if at == path[0] else item for at, item in enumerate(value)]
    if isinstance(value, dict):
        return {key: _with(item, path[1:], plain) if key == path[0] else item for key, item in value.items()}
    return value


def _insertions(text: str, path: tuple[str | int, ...], plain: dict[str, Plain], newline: str) -> list[str]:
    """The texts that may come of putting `plain` in at `path`, the likeliest first."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            return [_appended(text, len(text), "", format_yaml(plain), newline)]
        target = _descend(node, path)
    except (yaml.YAMLError, LookupError, RecursionError):
        return []
    listed = isinstance(target, yaml.SequenceNode)
    if target.flow_style or (listed and not target.value):
        inside = format_flow(plain) if listed else format_flow(plain)[1:-1]
        comma = ", " if target.value else ""
        end = target.end_mark.index - 1
        return [text[:end] + comma + inside + text[end:]]
    indent = " " * target.start_mark.column
    block = format_yaml(plain)
    if listed:
        block = "- " + block.replace("\n", "\n  ").rstrip(" ")
    end = len(text) if not path else _end_of_line(text, _last_index(target))
    return [_appended(text, end, indent, block, newline)]


def _appended(text: str, end: int, indent: str, block: str, newline: str) -> str:
    """A text with lines put in after one that ends at `end`."""
    before, after = text[:end], text[end:]
    if before.removeprefix("\ufeff") and not before.endswith("\n"):
        before += newline
    lines = "".join(f"{indent}{line}{newline}" for line in block.split("\n") if line)
    return before + lines + after


def _descend(node: yaml.Node, path: tuple[str | int, ...]) -> yaml.CollectionNode:
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            raise LookupError(step)
    if not isinstance(node, yaml.CollectionNode):
        raise LookupError(path)
    return node


def _last_index(node: yaml.Node) -> int:
    """Where the last character of a node's content stands; a block's own end mark is where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last_index(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _end_of_line(text: str, index: int) -> int:
    """The beginning of the line after the one whose content ends at `index`, blank lines left behind."""
    content = len(text[:index].rstrip())
    found = re.compile(r"\n").search(text, content)
    return found.end() if found else len(text)
