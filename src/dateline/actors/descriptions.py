"""What a role phrase says of its holder, and whether another phrase can mean the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..rules import read_table
from .names import is_modifier
from .world import country_names, demonyms, words

_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_PART = re.compile(r"[,;()]|\band\b")


@cache
def listed(group: str) -> frozenset[str]:
    """The closed class of that name in `anaphora/grammar.tsv`."""
    for row in read_table("en/anaphora/grammar.tsv"):
        if row["group"] == group:
            return frozenset(word.strip() for word in row["words"].split(","))
    raise KeyError(group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A role taken apart: "US army chief of staff" has the head "chief", words army and staff, the United States."""

    head: str
    words: frozenset[str] = frozenset()
    country: str = ""

    def goes_on(self, told: Post) -> bool:
        """Whether this phrase can take up a role that was told: it says nothing that the role does not."""
        strict = listed("strict")
        same = self.words & strict == told.words & strict
        return (
            self.head == told.head
            and same
            and self.words <= told.words
            and (not self.country or self.country == told.country)
        )


@lru_cache(maxsize=65536)
def country_of(word: str) -> str:
    """The country that a word names, as adjective, name or possessive; "" for none."""
    bare = _POSSESSIVE.sub("", word)
    return country_names().get(bare) or demonyms().get(bare, "")


@cache
def office_heads() -> frozenset[str]:
    """Small words that can head a role: offices, and ranks that stand for their holder ("the general")."""
    return (words("en/names/titles", "office") | listed("rank_head")) - listed("vague_head")


@lru_cache(maxsize=16384)
def read_posts(titles: str) -> tuple[Post, ...]:
    """The roles in words that stand beside a name ("Pakistan's army chief General", "chairman of the board")."""
    found: list[Post] = []
    for part in _PART.split(titles.replace("Secretary-General", "Secretary General")):
        found += _read_part([match[0].strip(".") for match in _WORD.finditer(part)])
    return tuple(dict.fromkeys(found))


def _read_part(tokens: Sequence[str]) -> Iterator[Post]:
    low = [token.casefold() for token in tokens]
    link = next((at for at, word in enumerate(low) if at and word in ("of", "for", "to", "in", "at", "on")), len(low))
    ranks = {at for at in range(len(low)) if low[at] in listed("rank_head") and not _is_general_of(low, at)}
    offices = [at for at in range(link) if (low[at] in office_heads() and at not in ranks) or _is_general_of(low, at)]
    country = next((named for token in tokens[:link] if (named := country_of(token))), "")
    if offices:
        head = offices[-1]
        after = [word for word in low[link + 1 :] if word not in ("the", "of", "for")]
        served = next((named for token in tokens[link + 1 :] if (named := country_of(token))), "")
        of_country = served if link < len(low) and low[link] == "of" and not country else ""
        modifiers = frozenset(_POSSESSIVE.sub("", word) for word in low[:head])
        name = f"{low[head - 1]} general" if low[head] == "general" else low[head]
        yield Post(head=name, words=modifiers | frozenset(after), country=country or of_country)
    for at in ranks:
        yield Post(head=low[at], words=frozenset(low[:at]) & listed("strict"), country=country)


def _is_general_of(low: Sequence[str], at: int) -> bool:
    """Whether "general" belongs to an office ("attorney general"), not to an army."""
    return at > 0 and low[at] == "general" and low[at - 1] in listed("general_of")


@lru_cache(maxsize=65536)
def may_be_in_role(word: str) -> bool:
    """Whether a word can stand before the head of a role phrase."""
    low = word.casefold()
    listed_too = low in office_heads() or low in listed("role_part") or low in listed("esteem")
    return listed_too or is_modifier(word) or bool(country_of(word))


@cache
def _stand_ins() -> tuple[tuple[Post, tuple[Post, ...]], ...]:
    """What may stand for what (`anaphora/roles.tsv`)."""
    return tuple(
        (as_post(row["word"]), tuple(as_post(role.strip()) for role in row["for"].split(",")))
        for row in read_table("en/anaphora/roles.tsv")
    )


def as_post(phrase: str) -> Post:
    """A phrase without a name as one role: its last word before "of" is the head."""
    tokens = phrase.split()
    low = [token.casefold() for token in tokens]
    link = low.index("of") if "of" in low[1:] else len(low)
    head = " ".join(low[link - 2 : link]) if _is_general_of(low, link - 1) else low[link - 1]
    before = [t for t in tokens[: link - 1] if not country_of(t) and t.casefold() not in listed("esteem")]
    after = [word for word in low[link + 1 :] if word != "the"]
    country = next((named for token in tokens if (named := country_of(token))), "")
    return Post(head=head, words=frozenset(word.casefold() for word in before) | frozenset(after), country=country)


def means(phrase: Post, told: Post) -> bool:
    """Whether a role phrase can take up a role: by its own words, or because it stands in for it."""
    if phrase.goes_on(told):
        return True
    for general, special in _stand_ins():
        bare = Post(head=phrase.head, words=phrase.words - general.words)
        if phrase.head != general.head or not general.words <= phrase.words or not bare.words <= told.words:
            continue
        for role in special:
            if Post(head=role.head, words=role.words | bare.words, country=phrase.country).goes_on(told):
                return True
    return False


# ------------------------------------------------------------------------------------------------- bodies


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun that takes up a body: `kinds` of figures, `heads` of their names, or whole `names`."""

    lone: bool
    """Also for a body whose name tells nothing, where it is the only one."""
    kinds: frozenset[str]
    heads: frozenset[str]
    names: frozenset[str]
    called: frozenset[str]
    """Nouns by which a text may tell that a body is such a one: "the operator, Roe", "Roe, a bank"."""

    def fits(self, name: str, kind: str, told: frozenset[str] = frozenset()) -> bool:
        """Whether a body's name or kind, or what the text told that it is, makes it such a one."""
        if kind not in self.kinds:
            return False
        return kind == "group" or bool(told & self.called) or name in self.names or bool(self.heads & name_heads(name))


@cache
def body_nouns() -> dict[str, Noun]:
    """The rows of `anaphora/bodies.tsv` by their word."""
    return {
        row["word"]: Noun(
            lone=bool(row["lone"]),
            kinds=_cell(row["kinds"]),
            heads=_heads(row["heads"]),
            names=_cell(row["names"]),
            called=_cell(row["called"]) | {row["word"]},
        )
        for row in read_table("en/anaphora/bodies.tsv")
    }


@cache
def telling_nouns() -> frozenset[str]:
    """Nouns by which a text tells what a body is, whether or not they take one up."""
    return frozenset(body_nouns()).union(*(noun.called for noun in body_nouns().values()))


def _cell(cell: str) -> frozenset[str]:
    return frozenset(part.strip() for part in cell.split(",") if part.strip())


def _heads(cell: str) -> frozenset[str]:
    heads = _cell(cell)
    if "company word" in heads:
        heads = heads - {"company word"} | {word.title() for word in words("en/names/company_words")}
    return heads


def name_heads(name: str) -> frozenset[str]:
    """The words of a body's name that tell what it is: the last, and the one before "of" or "for"."""
    parts = name.split()
    link = next((at for at, part in enumerate(parts) if part in ("of", "for") and at), 0)
    first = {parts[0]} if link else set()
    return frozenset({parts[link - 1] if link else parts[-1], *first}) if parts else frozenset()


@cache
def all_heads() -> frozenset[str]:
    """Every word that tells what a body is."""
    return frozenset().union(*(noun.heads for noun in body_nouns().values()))
