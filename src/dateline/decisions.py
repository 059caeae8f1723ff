"""`content/decisions.yaml`: what people settled, one line each, read as records and written without a change elsewhere.

::

    - same: [qamar-javed-bajwa, bajwa]
    - {drop: e-4k7q2m, by: Ann, why: "no happening", evidence: {article: …, word: …, quote: "…"}}

What the lines mean together is `ledger`'s part; what they do to what is known, `settle`'s.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from . import files, when
from .problems import ContentError, Problem, UsageError, Where
from .store import text_of
from .yamlio import Decoder, Node, Plain, format_line, parse_yaml

NAME = "content/decisions.yaml"

Verb = Literal["same", "different", "split", "drop", "rename", "prefer"]
VERBS: tuple[Verb, ...] = ("same", "different", "split", "drop", "rename", "prefer")
PREFERABLE = ("when", "label", "place", "number", "doer")
OF_HAPPENINGS = ("number", "doer")
"""What can be preferred of a happening, but not of an event."""
_EXTRAS = ("by", "on", "why", "evidence")
_EVIDENCE = ("kind", "names", "article", "word", "quote")
_SPLIT = ("from", "mentions", "into")
_MENTION = ("name", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A form of a name in one article, or in all of them where `article` is ""."""

    name: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """By what a dropped record is known again: its names, or an entry's article, word and quotation."""

    kind: str = ""
    names: tuple[str, ...] = ()
    article: str = ""
    word: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A line of the ledger. `of` are the ids that it names, as written: of a split, from and into."""

    verb: Verb
    of: tuple[str, ...] = ()
    where: Where = field(default=Where(NAME), compare=False)
    name: str = ""
    """The new name of a `rename`; the name that a `drop` is of, where it is of no id."""
    mentions: tuple[Named, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    """What `prefer` prefers, by field."""
    by: str = ""
    on: str = ""
    why: str = ""
    evidence: Evidence | None = None


# --------------------------------------------------------------------------------------------- reading


def load_decisions(tracker: Path) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """The lines of the ledger, with every problem of their form; a tracker without it has none."""
    path = tracker / NAME
    if not os.path.lexists(path):
        return (), ()
    problems: list[Problem] = []
    try:
        data = files.read_file(path)
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        return (), (Problem(slug="unreadable", message=message, where=Where(NAME)),)
    text = text_of(data, NAME, problems)
    found, more = parse_decisions(text)
    return found, (*problems, *more)


def parse_decisions(text: str) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """The decisions that a text lists; a line that is none is a problem and left out."""
    node, problems = parse_yaml(text, NAME, top="list")
    decoder = Decoder(list(problems))
    found = decoder.items(node, lambda item: _decode(item, decoder))
    return found, tuple(decoder.problems)


def _decode(item: Node, decoder: Decoder) -> Decision | None:
    before = len(decoder.problems)
    fields = decoder.fields(item, (*VERBS, *_EXTRAS), "a decision")
    verbs = [verb for verb in VERBS if verb in fields]
    if len(verbs) != 1:
        if len(decoder.problems) == before:
            message = "a decision says one thing: " + ", ".join(VERBS)
            decoder.problem("bad-decision", message, item.where, "write each in a line of its own")
        return None
    verb = verbs[0]
    decision = Decision(
        verb=verb,
        where=item.where,
        by=decoder.text(fields.get("by")),
        on=decoder.text(fields.get("on")),
        why=decoder.text(fields.get("why")),
        evidence=_decode_evidence(fields.get("evidence"), decoder),
        **_decode_what(verb, fields[verb], decoder),  # type: ignore[arg-type]
    )
    return decision if len(decoder.problems) == before else None


def _decode_what(verb: Verb, node: Node, decoder: Decoder) -> dict[str, object]:
    """The fields of a decision that say what is decided."""
    match verb:
        case "same" | "different":
            ids = decoder.items(node, lambda item: decoder.text(item) or None)
            if len(set(ids)) < 2:
                decoder.problem("bad-decision", f"`{verb}` takes two ids or more", node.where, f"{verb}: [A, B]")
            return {"of": ids}
        case "split":
            return _decode_split(node, decoder)
        case "drop":
            if isinstance(node.value, dict):
                name = decoder.text(decoder.fields(node, ("name",), "a drop").get("name"))
                return {"name": _said(name, "a name", node, decoder)}
            return {"of": (_said(decoder.text(node), "an id", node, decoder),)}
        case "rename":
            id_, value = _only_item(node, "rename: {ID: New name}", decoder)
            return {"of": (id_,), "name": _said(decoder.text(value), "a name", node, decoder) if value else ""}
    id_, value = _only_item(node, "prefer: {ID: {when: 2021-04-28}}", decoder)
    given = decoder.fields(value, PREFERABLE, "a preference") if value else {}
    chosen = tuple((name, decoder.text(item)) for name, item in given.items())
    if value and not chosen:
        decoder.problem("bad-decision", "`prefer` takes a field", node.where, ", ".join(PREFERABLE))
    decoder.parsed(given.get("when"), when.parse, when.UNKNOWN, "bad-date")
    return {"of": (id_,), "fields": chosen}


def _decode_split(node: Node, decoder: Decoder) -> dict[str, object]:
    fields = decoder.fields(node, _SPLIT, "a split")

    def mention(item: Node) -> Named | None:
        if isinstance(item.value, str):
            return Named(name=item.value)
        given = decoder.fields(item, _MENTION, "a mention")
        return Named(name=decoder.text(given.get("name")), article=decoder.text(given.get("article")))

    mentions = decoder.items(fields.get("mentions"), mention)
    from_, into = decoder.text(fields.get("from")), decoder.text(fields.get("into"))
    if not (from_ and into and mentions and all(named.name for named in mentions)):
        hint = "split: {from: A, mentions: [{name: Roe, article: ID}], into: B}"
        decoder.problem("bad-decision", "a split says from, mentions (each with a name) and into", node.where, hint)
    return {"of": (from_, into), "mentions": mentions}


def _decode_evidence(node: Node | None, decoder: Decoder) -> Evidence | None:
    if node is None:
        return None
    fields = decoder.fields(node, _EVIDENCE, "evidence")
    return Evidence(
        kind=decoder.text(fields.get("kind")),
        names=decoder.items(fields.get("names"), lambda item: decoder.text(item) or None),
        article=decoder.text(fields.get("article")),
        word=decoder.text(fields.get("word")),
        quote=decoder.text(fields.get("quote")),
    )


def _said(text: str, what: str, node: Node, decoder: Decoder) -> str:
    if not text.strip():
        decoder.problem("bad-decision", f"{what} is missing", node.where)
    return text


def _only_item(node: Node, form: str, decoder: Decoder) -> tuple[str, Node | None]:
    if isinstance(node.value, dict) and len(node.value) == 1:
        return next(iter(node.value.items()))
    decoder.problem("bad-decision", "this names one record", node.where, form)
    return "", None


# --------------------------------------------------------------------------------------------- writing


def format_decision(decision: Decision) -> str:
    """A decision in its one spelling: a line."""
    extras: dict[str, Plain] = {"by": decision.by, "on": decision.on, "why": decision.why}
    if decision.evidence:
        extras["evidence"] = _said_fields(
            {
                "kind": decision.evidence.kind,
                "names": list(decision.evidence.names),
                "article": decision.evidence.article,
                "word": decision.evidence.word,
                "quote": decision.evidence.quote,
            }
        )
    return format_line({decision.verb: _what(decision), **_said_fields(extras)})


def _said_fields(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    return {name: value for name, value in fields.items() if value}


def _what(decision: Decision) -> Plain:
    match decision.verb:
        case "same" | "different":
            return list(decision.of)
        case "split":
            from_, into = decision.of
            mentions: list[Plain] = [
                _said_fields({"name": named.name, "article": named.article}) for named in decision.mentions
            ]
            return {"from": from_, "mentions": mentions, "into": into}
        case "drop":
            return decision.of[0] if decision.of else {"name": decision.name}
        case "rename":
            return {decision.of[0]: decision.name}
    return {decision.of[0]: dict(decision.fields)}


def append_decision(tracker: Path, decision: Decision) -> int:
    """Write a decision below the others, whose bytes stay; returns the number of its line."""
    text = _text(tracker)
    old = _sound(text)
    end = "\r\n" if "\r\n" in text else "\n"
    newline = "" if not text or text.endswith("\n") else end
    indent = " " * _column(text) if old else ""
    grown = text + newline + indent + format_decision(decision).replace("\n", end)
    found, problems = parse_decisions(grown.removeprefix("\ufeff"))
    if problems or found != (*old, decision):
        hint = f"write it by hand: {format_decision(decision).strip()}"
        raise UsageError(f"nothing can be added to {NAME}: it is not a list with an item a line", hint)
    _save(tracker, grown, text)
    return grown.count("\n")


def remove_decision(tracker: Path, number: int) -> Decision:
    """Take back the decision with this number, counted from 1; every other byte of the file stays."""
    text = _text(tracker)
    old = _sound(text)
    if not 1 <= number <= len(old):
        raise UsageError(f"there is no decision {number}", "`dateline decisions` lists them with their numbers")
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    first = old[number - 1].where.line - 1
    last = old[number].where.line - 1 if number < len(old) else len(lines)
    while last > first + 1 and lines[last - 1].strip() == "-":
        last -= 1
    while first and lines[first - 1].strip() == "-":
        first -= 1
    while last > first + 1 and _is_remark(lines[last - 1]) and _alone(lines[first : last - 1]) == old[number - 1]:
        last -= 1
    shrunk = "".join(lines[:first] + lines[last:])
    found, problems = parse_decisions(shrunk.removeprefix("\ufeff"))
    if problems or found != (*old[: number - 1], *old[number:]):
        raise UsageError(f"decision {number} shares its lines with others", f"delete it by hand in {NAME}")
    _save(tracker, shrunk, text)
    return old[number - 1]


def _sound(text: str) -> tuple[Decision, ...]:
    """The decisions of a text; ContentError where it holds a line that is none, which must not get lost."""
    found, problems = parse_decisions(text.removeprefix("\ufeff"))
    if problems:
        raise ContentError(problems)
    return found


def _alone(lines: Sequence[str]) -> Decision | None:
    """The one decision that lines hold by themselves."""
    found, problems = parse_decisions("".join(lines).removeprefix("\ufeff"))
    return found[0] if len(found) == 1 and not problems else None


def _text(tracker: Path) -> str:
    path = tracker / NAME
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def _save(tracker: Path, text: str, before: str) -> None:
    """A file that would be empty goes: there was none before the first decision."""
    path = tracker / NAME
    seen = before.encode("utf-8") if before or path.exists() else None
    files.replace_seen(path, text.encode("utf-8") if text else None, files.digest_of(seen))


def _column(text: str) -> int:
    """How far the list is set in."""
    node, _ = parse_yaml(text.removeprefix("\ufeff"), NAME, top="list")
    return max(0, node.where.column - 1)


def _is_remark(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def describe(decision: Decision) -> str:
    """A decision in a few words, as lists of them show it."""
    words = format_line({decision.verb: _what(decision)})[2:].strip()
    said = [part for part in (decision.by and f"by {decision.by}", decision.on and f"on {decision.on}") if part]
    note = ": ".join(filter(None, (", ".join(said), decision.why)))
    return f"{words} ({note})" if note else words


def line_of(decisions: Sequence[Decision]) -> str:
    """Where decisions stand: "line 3", "lines 3 and 5"."""
    numbers = sorted({decision.where.line for decision in decisions})
    listed = " and ".join(filter(None, [", ".join(map(str, numbers[:-1])), str(numbers[-1])]))
    return f"line {listed}" if len(numbers) == 1 else f"lines {listed}"
