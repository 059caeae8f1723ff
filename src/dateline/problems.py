"""What went wrong, said so that a person can mend it.

A stage returns its results *plus* a list of `Problem`; nothing is printed here. Exceptions are for giving up::

    DatelineError
    ├── ContentError   the tracker's own files hold errors: carries its problems; exit 1
    └── UsageError     what was asked for cannot be done: a message and a hint; exit 2

Everything else that escapes is our own bug (exit 3).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: path relative to the tracker, line and column counted from 1, 0 for the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. `slug` names the sort of problem for good; `docs/problems.md` lists them all."""

    slug: str
    message: str
    where: Where
    severity: Severity = "error"
    hint: str = ""

    @property
    def sort_key(self) -> tuple[Where, str, str]:
        """Order of a report: by place, then by sort and words."""
        return (self.where, self.slug, self.message)


class DatelineError(Exception):
    """Base of all errors that dateline raises on purpose."""


class ContentError(DatelineError):
    """The tracker's files hold errors, so that no site can be made of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: p.sort_key)
        super().__init__("; ".join(f"{p.where}: {p.message}" for p in self.problems))


class UsageError(DatelineError):
    """What was asked for cannot be done."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


def format_problem(problem: Problem) -> str:
    """One problem as `path:line:col: error[slug]: message`, its hint indented below."""
    head = visible(f"{problem.where}: {problem.severity}[{problem.slug}]: {problem.message}")
    return f"{head}\n    hint: {visible(problem.hint)}" if problem.hint else head


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, begins a line, turns the direction of writing, or is no text."""


def visible(text: str) -> str:
    """A text for one line of a terminal: names of files may hold anything."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def name_fault(name: str) -> str:
    """What is wrong with a file's name that is to become an id or an address; "" for nothing."""
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        return "the file's name is not UTF-8"
    return "the file's name holds a control character" if _CONTROLS.search(name) else ""


def first_few(names: Sequence[str], most: int = 3) -> str:
    """The first names of a list, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint with the nearest known word, or with all of them where there are few; "" where neither helps."""
    near = difflib.get_close_matches(word.casefold().strip("_- "), known, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known: {', '.join(known)}" if 0 < len(known) <= 20 else ""
