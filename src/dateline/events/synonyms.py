"""Words that tell one kind of occurrence: "quake" and "tremor", "unveiled" and "presented"."""

from __future__ import annotations

from functools import cache

from ..rules import read_table
from .inflect import plurals, verb_forms
from .wording import term

TABLE = "en/events/synonyms.tsv"


def sense_of(word: str) -> str:
    """The kind of occurrence that a word (or phrase) tells, else its stem; "" for no word."""
    low = word.lower()
    return _senses().get(low) or (term(low) if low else "")


@cache
def _senses() -> dict[str, str]:
    """Every form of every word of the list, as verb and as noun → its row's kind, which no stem looks like."""
    found: dict[str, str] = {}
    for row in read_table(TABLE):
        for lemma in (word.strip() for word in row["words"].split(",")):
            forms = {lemma, *plurals(lemma), *(words for words, _ in verb_forms(lemma))}
            for form in forms:
                found.setdefault(form, f"~{row['kind']}")
    return found
