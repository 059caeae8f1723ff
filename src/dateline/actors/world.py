"""The lists under `data/`, read once: countries, bodies, places, and the words that English writes around names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ..model import ACTOR_KINDS, ActorKind, MentionKind
from ..rules import Row, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state or territory with the words that stand for it."""

    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    codes: tuple[str, ...]
    status: str
    wikidata: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A well-known organisation, group or medium."""

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _kind(row: Row) -> ActorKind:
    for kind in ACTOR_KINDS:
        if kind == row["kind"]:
            return kind
    raise ValueError(f"line {row.line}: no kind of actor: {row['kind']!r}")


@cache
def countries() -> tuple[Country, ...]:
    """All rows of `world/countries.tsv`."""
    return tuple(
        Country(
            name=row["name"],
            aliases=_split(row["aliases"]),
            adjectives=_split(row["adjectives"]),
            people=_split(row["people"]),
            capitals=_split(row["capitals"]),
            codes=tuple(code for code in (row["iso2"], row["iso3"]) if code),
            status=row["status"],
            wikidata=row["wikidata"],
        )
        for row in read_table("world/countries.tsv")
    )


@cache
def bodies() -> tuple[Body, ...]:
    """All rows of `world/bodies.tsv`."""
    return tuple(
        Body(name=row["name"], aliases=_split(row["aliases"]), kind=_kind(row))
        for row in read_table("world/bodies.tsv")
    )


def _with_capitals(pairs: Iterator[tuple[str, str]]) -> MappingProxyType[str, str]:
    """Forms by name, and the same in block letters where these are long enough to be no abbreviation."""
    table = dict(pairs)
    for form in [form for form in table if len(form) > 4]:
        table.setdefault(form.upper(), table[form])
    return MappingProxyType(table)


@cache
def country_names() -> MappingProxyType[str, str]:
    """Every name of a country ("US", "America") → its name in the table ("United States")."""
    return _with_capitals((form, c.name) for c in countries() for form in (c.name, *c.aliases))


@cache
def demonyms() -> MappingProxyType[str, str]:
    """Adjectives of countries ("Afghan") → the country."""
    return _with_capitals((form, c.name) for c in countries() for form in c.adjectives)


@cache
def peoples() -> MappingProxyType[str, str]:
    """Plural nouns of nationality ("Afghans") → the country."""
    return _with_capitals((form, c.name) for c in countries() for form in c.people)


@cache
def capitals() -> MappingProxyType[str, str]:
    """Towns whose name can stand for a government ("Islamabad") → the country."""
    return _with_capitals((form, c.name) for c in countries() for form in c.capitals)


@cache
def seats() -> MappingProxyType[str, str]:
    """Houses that stand for a government ("Kremlin") → the country."""
    return _with_capitals((row["name"], row["country"]) for row in read_table("world/seats.tsv"))


@cache
def body_names() -> MappingProxyType[str, str]:
    """Every name of a well-known body → its name in the table."""
    return _with_capitals((form, b.name) for b in bodies() for form in (b.name, *b.aliases))


@cache
def body_kinds() -> MappingProxyType[str, ActorKind]:
    """Name in the table → kind of actor."""
    return MappingProxyType({body.name: body.kind for body in bodies()})


@cache
def wikidata() -> MappingProxyType[str, str]:
    """Country's name → number at Wikidata."""
    return MappingProxyType({country.name: country.wikidata for country in countries() if country.wikidata})


@cache
def places() -> frozenset[str]:
    """Towns, regions and waters, capitals among them."""
    listed = {row["name"] for row in read_table("world/places.tsv")}
    return frozenset(listed | {form.upper() for form in listed if len(form) > 4} | set(capitals()))


@cache
def companies() -> frozenset[str]:
    """Names of companies and the like, of which nothing but the kind is known."""
    listed = {row["name"] for row in read_table("world/companies.tsv")}
    return frozenset(listed | {name.replace("'", "’") for name in listed})


@cache
def world_forms() -> MappingProxyType[str, MentionKind]:
    """All names of the tables → the kind of a mention that bears them."""
    forms: dict[str, MentionKind] = dict.fromkeys((*places(), *seats()), "LOC")
    forms.update(dict.fromkeys((*companies(), *body_names()), "ORG"))
    forms.update(dict.fromkeys(country_names(), "LOC"))
    return MappingProxyType(forms)


def table_name(form: str) -> str:
    """The table's own name of a country or body, "" for any other form."""
    return country_names().get(form) or body_names().get(form) or seats().get(form, "")


@cache
def words(name: str, sort: str = "") -> frozenset[str]:
    """The first column of the list `data/NAME.tsv`, in small letters; with `sort`, only rows of that sort."""
    rows = (row for row in read_table(f"{name}.tsv") if not sort or row["sort"] == sort)
    return frozenset(next(iter(row.cells.values())).casefold() for row in rows)


@cache
def generic_words() -> frozenset[str]:
    """Words that alone name nobody, common English words left out."""
    return words("en/names/never") | {"of", "the", "and", "for"}


@cache
def vague_words() -> frozenset[str]:
    """Words that alone name nobody: generic, common, or parts of roles."""
    return generic_words() | words("en/names/common_words") | words("en/names/titles")


@cache
def heads() -> MappingProxyType[str, str]:
    """Words that end the name of a body or place ("Council") → kind of actor, or "place"."""
    return MappingProxyType({row["word"]: row["kind"] for row in read_table("en/names/heads.tsv")})


def head_word_kind(word: str) -> str:
    """The kind that a head word tells ("Council", and "Democrats", who are members of a listed body), "" for none."""
    members = word.endswith("s") and word[1:].islower() and body_names().get(word, word) != word
    return heads().get(word, "organisation" if members else "")
