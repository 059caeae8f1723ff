"""Quotations found again in their texts, and `content/quotes.lock`, which stands in where a text is absent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .files import read_file
from .model import Entry
from .problems import Problem
from .split import conflict_in
from .text import fold

LOCK = "content/quotes.lock"
_HEAD = "# Written by dateline: digests of texts, each with that of a quotation in it, for when the text is absent.\n"
_LINE = re.compile(r"^([0-9a-f]{32}) ([0-9a-f]{16})\r?$", re.MULTILINE)

Lock = frozenset[tuple[str, str]]
"""Digests of texts, each with that of a quotation that stood in it."""


def find_quotation(entry: Entry, folded_text: str) -> int | None:
    """Where an entry's quotation stands in a text (folded); None where it does not, or lacks its happening word.

    Where it stands more than once, prefix and suffix decide; the first wins among equals.
    """
    quote = fold(entry.quote)
    if not quote or fold(entry.word) not in quote:
        return None
    at = folded_text.find(quote)
    if at < 0:
        return None
    best, best_score = at, -1
    prefix, suffix = fold(entry.prefix), fold(entry.suffix)
    while at >= 0:
        before = folded_text[max(0, at - len(prefix) - 1) : at].rstrip()
        after = folded_text[at + len(quote) : at + len(quote) + len(suffix) + 1].lstrip()
        score = (bool(prefix) and before.endswith(prefix)) + (bool(suffix) and after.startswith(suffix))
        if score > best_score:
            best, best_score = at, score
        if score == 2 or not (prefix or suffix):
            break
        at = folded_text.find(quote, at + 1)
    return best


def digest_of(entry: Entry) -> str:
    """A name for an entry's quotation, as quotations are compared."""
    return hashlib.blake2b(fold(entry.quote).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def lock_of(entries: Iterable[Entry], texts: Mapping[str, tuple[str, str]]) -> Lock:
    """The quotations that stand in their texts; `texts` are digest and folded characters by article."""
    found = set()
    for entry in entries:
        if entry.article in texts:
            digest, folded = texts[entry.article]
            if find_quotation(entry, folded) is not None:
                found.add((digest, digest_of(entry)))
    return frozenset(found)


def load_lock(tracker: Path) -> tuple[Lock | None, tuple[Problem, ...]]:
    """What stood where; None for a tracker that was never extracted."""
    try:
        text = read_file(tracker / LOCK).decode("utf-8", "replace")
    except FileNotFoundError:
        return None, ()
    conflict = conflict_in(text, LOCK)
    return parse_lock(text), (conflict,) if conflict else ()


def parse_lock(text: str) -> Lock:
    """The pairs that a file's lines hold, in any order; other lines say nothing."""
    return frozenset((digest, quote) for digest, quote in _LINE.findall(text))


def format_lock(lock: Lock) -> str:
    """The one spelling of a lock."""
    return _HEAD + "".join(f"{digest} {quote}\n" for digest, quote in sorted(lock))
