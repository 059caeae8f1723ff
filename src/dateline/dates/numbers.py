"""Numbers as words and figures."""

from __future__ import annotations

import re
from functools import cache

from ..rules import read_table


@cache
def _words() -> dict[str, int]:
    """Cardinals and ordinals by their words."""
    rows = (*read_table("en/dates/cardinal.tsv"), *read_table("en/dates/ordinal.tsv"))
    return {row["word"]: int(row["value"]) for row in rows}


def count(text: str) -> int:
    """The whole number that a slot holds: "3", "3rd", "third"; 0 for an empty one."""
    figures = re.match(r"-?\d+", text)
    if figures:
        return int(figures.group())
    return _words().get(text.lower(), 0)


def number_of(text: str) -> float | None:
    """How many a phrase says: "a" 1, "three" 3, "1.5"; None where it does not say."""
    text = text.lower()
    if text.endswith(" and a half"):
        whole = number_of(text.removesuffix(" and a half"))
        return None if whole is None else whole + 0.5
    if text.endswith("1/2"):
        return float(text[:-3].rstrip(" -")) + 0.5
    text = text.replace(",", "")
    if text in ("a", "an", "one", "the"):
        return 1
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    return _words().get(text)
