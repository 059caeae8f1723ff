"""The forms of English verbs and nouns: by rule, with a table of exceptions (`irregular.tsv`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..rules import Row, read_table

VOWELS = frozenset("aeiou")


@cache
def _irregular() -> dict[str, Row]:
    return {row["lemma"]: row for row in read_table("en/events/irregular.tsv")}


def _exceptions(lemma: str, column: str) -> list[str]:
    row = _irregular().get(lemma)
    return [form for form in row[column].split("/") if form] if row else []


def _doubles(verb: str) -> bool:
    """Whether a verb ends in one consonant after its one vowel ("ban", "scrap", not "join", "show" or "open").

    Those of more syllables that double it all the same ("admit") stand in the table.
    """
    if len(verb) < 3 or verb[-1] in VOWELS | set("wxy"):
        return False
    return verb[-2] in VOWELS and not any(letter in VOWELS | {"y"} for letter in verb[:-2])


def s_form(word: str) -> str:
    """The third person of a verb, or the plural of a noun, by rule: "attacks", "launches", "denies"."""
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in ("go", "do", "veto", "embargo"):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def past_forms(verb: str) -> list[str]:
    """Simple past: "announced", "met"."""
    return _exceptions(verb, "past") or [_with_ed(verb)]


def participles(verb: str) -> list[str]:
    """Past participle: "announced", "withdrawn"."""
    return _exceptions(verb, "participle") or [_with_ed(verb)]


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _doubles(verb) else "") + "ed"


def gerunds(verb: str) -> list[str]:
    """The -ing form: "announcing", "cutting"."""
    given = _exceptions(verb, "gerund")
    if given:
        return given
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return [verb[:-1] + "ing"]
    return [verb + (verb[-1] if _doubles(verb) else "") + "ing"]


def plurals(noun: str) -> list[str]:
    """The plural; of several words, that of the last one."""
    head, _, last = noun.rpartition(" ")
    forms = _exceptions(last, "plural") or [last if last.endswith("s") else s_form(last)]
    return [f"{head} {form}".strip() for form in forms]


def verb_forms(lemma: str) -> Iterator[tuple[str, str]]:
    """Every (words, form) of a verb: form is base, s, past, participle or ing; particles stay behind."""
    verb, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    yield lemma, "base"
    yield s_form(verb) + tail, "s"
    inflected = {"past": past_forms(verb), "participle": participles(verb), "ing": gerunds(verb)}
    for form, words in inflected.items():
        for word in words:
            yield word + tail, form
