"""Names of bodies brought to one form: what spellings and word orders of one organisation's name share."""

from __future__ import annotations

from functools import cache, lru_cache

from ..rules import read_table
from .names import normalise
from .world import country_names, demonyms, table_name, vague_words
from .world import words as listed

TURNED = frozenset({"ministry", "department", "embassy", "secretariat", "directorate", "treasury"})
"""Heads that stand before "of" or at the end alike: "Ministry of Finance", "Finance Ministry"."""


@cache
def _british() -> dict[str, str]:
    return {row["american"]: row["british"] for row in read_table("en/names/spellings.tsv")}


@lru_cache(maxsize=65536)
def body_key(name: str) -> str:
    """What equal names of bodies share; a name of the tables under the one that stands there."""
    words = [_british().get(word, word) for word in normalise(table_name(name) or name).split()]
    at = next((at for at, word in enumerate(words[:-1]) if word in TURNED and words[at + 1] in ("of", "for")), 0)
    if 0 < at < 3:
        words = [*words[at:], "of", *words[:at]]
    if len(words) > 2 and words[0] in TURNED and words[1] in ("of", "for"):
        cut = words.index("of", 2) if "of" in words[2:] else len(words)
        words = [*(word for word in words[2:cut] if word != "the"), words[0], *words[cut:]]
    return "".join(words) or name


def without_company_word(name: str) -> str:
    """The key of a company's name without the last word that only tells its trade ("Roe" of "Roe Motors Inc.").

    "" where there is none, or where what is left names nobody by itself.
    """
    parts = normalise(name).split()
    if len(parts) < 2 or parts[-1] not in listed("en/names/company_words"):
        return ""
    rest = name[: name.casefold().rfind(parts[-1])].strip()
    if rest.casefold() in vague_words() or rest in country_names() or rest in demonyms() or table_name(rest):
        return ""
    return body_key(rest)


def is_state_organ(name: str) -> bool:
    """Whether a name is that of an organ that many states have, and only states, without its state."""
    return name.casefold() in listed("en/names/state_organs") and not table_name(name) and not table_name(f"UN {name}")
