"""Within one article: every mention given the fullest name, and the mentions gathered to figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..model import ActorKind, Document, Figure, Mention
from .coordinated import part_coordinated, shared_form
from .cues import add_things, is_branded, is_money, is_thing, model_number
from .kinds import head_kind
from .metonyms import acts_as_state, find_state_adjectives
from .names import initials, normalise
from .reference import name_persons, shown
from .spans import find_again, tidy
from .titles import as_roles, is_also_given, title_length, titles_beside
from .world import (
    body_kinds,
    capitals,
    country_names,
    demonyms,
    heads,
    peoples,
    seats,
    table_name,
    words,
)

_ACRONYM = re.compile(
    r"\s*\(([A-Z][A-Za-z&.-]{1,9})\)|, (?:also |better |locally )*known as (?:the )?([A-Z][\w-]+)\b(?! [A-Z])"
)


def resolve(document: Document, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Figure, ...]]:
    """The article's mentions with kind, full name and titles, and the figures that they name.

    Mentions of places, and of media that do nothing, have a name but no figure.
    """
    text = document.text
    actual = (mention for mention in tidy(document, mentions) if not is_money(text, mention))
    cleaned = find_again(document, _take_titles(document, list(actual)))
    cleaned = part_coordinated(document, add_things(document, _add_adjectives(document, cleaned)))
    names = name_persons(document, cleaned) | _name_bodies(text, cleaned) | _name_places(text, cleaned)
    named = tuple(replace(mention, name=names[mention.start]) for mention in cleaned)
    return named, _gather(text, named)


# ------------------------------------------------------------------------------------------------ titles


def _take_titles(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Persons' names without titles, which are kept beside them; mentions of nothing but titles dropped."""
    kept: list[Mention] = []
    last = 0
    for mention in mentions:
        bare = _with_titles(document, mention, last)
        if bare is None:
            continue
        kept.append(bare)
        last = bare.end if bare.kind == "PER" else last
    return kept


def _with_titles(document: Document, mention: Mention, floor: int) -> Mention | None:
    """A person's mention with the titles taken off the name and kept; None where only titles are left."""
    if mention.kind != "PER":
        return mention
    text = document.text
    cut = 0 if is_also_given(text, mention.start) else title_length(mention.text)
    if cut >= len(mention.text):
        return None
    start = mention.start + cut
    floor = max(floor, _paragraph_start(document, start))
    titles = titles_beside(text, start, mention.end, floor)
    return replace(mention, start=start, text=text[start : mention.end], titles=titles)


def _paragraph_start(document: Document, at: int) -> int:
    """Where the paragraph begins that holds the place `at`."""
    place = bisect_right(document.paragraphs, at, key=lambda part: part.start)
    return document.paragraphs[place - 1].start if place else 0


def _add_adjectives(document: Document, mentions: list[Mention]) -> list[Mention]:
    """The demonyms that stand for a state made mentions of it."""
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    for part in document.paragraphs:
        for start, end, _ in find_state_adjectives(document.text, part.start, part.end):
            if start not in taken:
                mentions.append(Mention(start=start, end=end, text=document.text[start:end], kind="LOC"))
    return sorted(mentions, key=lambda m: m.start)


# ------------------------------------------------------------------------------------------------- names


def _name_bodies(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """The full name of each organisation's mention, by its start."""
    bodies = [mention for mention in mentions if mention.kind == "ORG"]
    fullest: dict[str, str] = {}
    for mention in bodies:
        form = " ".join(mention.text.split())
        key = normalise(form)
        fullest[key] = max(fullest.get(key, form), form, key=lambda f: (not f.isupper(), len(f)))
    long_for = _abbreviations(text, bodies) | _short_forms(bodies)
    organs = _organs(text, bodies)
    names: dict[int, str] = {}
    for mention in bodies:
        known = table_name(" ".join(mention.text.split()))
        key = normalise(mention.text)
        long = long_for.get(key, fullest[key])
        names[mention.start] = mention.name or known or organs.get(mention.start) or table_name(long) or long
        if number := model_number(text, mention):
            names[mention.start] = f"{fullest[key]} {number}"
    return names


def _organs(text: str, bodies: Sequence[Mention]) -> dict[int, str]:
    """Organs that every state has, named with the country that stands before them ("Foreign Office of Utopia").

    One without a country is that of the same kind which the article names with one, if it names only one.
    """
    found = {mention.start: _organ(text, mention) for mention in bodies}
    countries: dict[str, set[str]] = defaultdict(set)
    for organ, country in filter(None, found.values()):
        if country:
            countries[organ].add(country)
    names: dict[int, str] = {}
    for start, told in found.items():
        if told is None:
            continue
        organ, country = told
        if not country and len(countries[organ]) == 1:
            country = min(countries[organ])
        names[start] = f"{organ} of {country}" if country else organ
    return names


def _organ(text: str, mention: Mention) -> tuple[str, str] | None:
    """The organ and the country named with it, "" for none; None for a body that is no such organ."""
    parts = mention.text.split()
    for cut in (0, 1, 2):
        organ = " ".join(parts[cut:])
        if organ.casefold() in words("en/names/state_organs"):
            state = " ".join(parts[:cut])
            if cut and not (country_names().get(state) or demonyms().get(state)):
                return None  # "Utopian Labour Congress"
            before = re.search(r"(\S+(?: \S+)?) $", text[max(0, mention.start - 40) : mention.start])
            return organ, _country_in(state or (before[1] if before else ""))
    return None


def _country_in(phrase: str) -> str:
    """The country that a phrase ends with, as a name, a possessive or a demonym; "" for none."""
    plain = re.sub(r"['’]s?$", "", phrase)
    for form in (plain, plain.rpartition(" ")[2]):
        if country := country_names().get(form) or demonyms().get(form):
            return country
    return ""


def _abbreviations(text: str, bodies: Sequence[Mention]) -> dict[str, str]:
    """Abbreviations → names: "Roe Trust (RT)" says it, or the initials of one name only make it."""
    said: dict[str, str] = {}
    made: dict[str, set[str]] = defaultdict(set)
    for mention in bodies:
        if mention.text.isupper():
            continue
        if found := _ACRONYM.match(text, mention.end):
            said[normalise(found[1] or found[2])] = mention.text
        if len(letters := initials(mention.text)) > 1:
            made[letters.casefold()].add(mention.text)
    return {letters: min(names) for letters, names in made.items() if len({*map(normalise, names)}) == 1} | said


def _short_forms(bodies: Sequence[Mention]) -> dict[str, str]:
    """Short forms → the one longer name of the article that they are a part of.

    What only lacks a head word stands after it ("Roe" of "Roe Group"); a lone last word, and a head word that opens
    a name ("United" of "Velmar United", "Office" of "Office of Roe"), too.
    """
    first: dict[str, Mention] = {}
    for mention in bodies:
        first.setdefault(normalise(mention.text), mention)
    longer: dict[str, set[str]] = defaultdict(set)
    parts_of: dict[str, set[str]] = defaultdict(set)
    for key, mention in first.items():
        parts, words_ = key.split(), mention.text.split()
        head = heads().get(words_[-1], "organisation" if parts[-1] in words("en/names/company_words") else "media")
        if len(parts) > 1 and head not in ("media", "place", "event"):
            longer[" ".join(parts[:-1])].add(key)
        if len(parts) > 1:
            parts_of[parts[-1]].add(key)
        if len(parts) > 1 and words_[0] in heads():
            parts_of[parts[0]].add(key)
    return {
        key: first[min(names)].text
        for table in (parts_of, longer)
        for key, names in table.items()
        if key in first and len(names) == 1 and first[min(names)].start < first[key].start
    }


def _name_places(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """The name of each place's mention, by its start; that of the country where it stands for one."""
    names: dict[int, str] = {}
    for mention in mentions:
        if mention.kind == "LOC":
            form = " ".join(mention.text.split())
            country = country_names().get(form) or seats().get(form) or demonyms().get(form) or peoples().get(form)
            if not country and form in capitals() and acts_as_state(text, mention.start, mention.end):
                country = capitals()[form]
            names[mention.start] = country or shown(form)
    return names


# ----------------------------------------------------------------------------------------------- figures


def _gather(text: str, mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """The figures that mentions name, in order of their first mention."""
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[mention.name].append(mention)
    return tuple(_figures(text, by_name))


def _figures(text: str, by_name: Mapping[str, list[Mention]]) -> Iterator[Figure]:
    for name, mentions in by_name.items():
        kind = _actor_kind(text, name, mentions)
        if kind is None:
            continue
        forms = sorted(
            dict.fromkeys(shared_form(m) for m in mentions),
            key=lambda f: (-len(f.split()), -len(f)),
        )
        roles = as_roles([mention.titles for mention in mentions if mention.titles])
        yield Figure(name=name, kind=kind, forms=tuple(forms), roles=roles)


def _actor_kind(text: str, name: str, mentions: Sequence[Mention]) -> ActorKind | None:
    """The kind of actor that a name is; None where it is nobody who acts."""
    if all(mention.kind == "LOC" for mention in mentions):
        return "country" if name in country_names() else None
    if any(mention.kind == "PER" for mention in mentions):
        return "person"
    if name.casefold() in words("en/names/never", "site"):
        return None
    speaks = is_branded(name) and any(_reports(text, mention) for mention in mentions)
    if name not in body_kinds() and not head_kind(name) and not speaks and is_thing(text, mentions):
        return None
    kind = body_kinds().get(name) or _kind_by_words(text, name, mentions)
    if kind == "media" and not any(_reports(text, mention) for mention in mentions):
        return None
    return kind


def _kind_by_words(text: str, name: str, mentions: Sequence[Mention]) -> ActorKind:
    kind = head_kind(name)
    if kind == "media" or _is_media_word(name):
        return "media"
    if kind == "group" or any(_beside_group_word(text, mention) for mention in mentions):
        return "group"
    return "organisation"


def _is_media_word(name: str) -> bool:
    """Whether a name is one word with a capital inside that ends like a medium's ("AriaNews", "UtopiaTV")."""
    if " " in name or not any(c.isupper() for c in name[1:]):
        return False
    return name.casefold().endswith(tuple(head.casefold() for head in ("News", "TV") if heads().get(head) == "media"))


def _beside_group_word(text: str, mention: Mention) -> bool:
    armed = words("en/names/group_words")
    before = re.findall(r"[a-z]+", text[max(0, mention.start - 30) : mention.start])[-2:]
    after = re.match(r" ([a-z]+)", text[mention.end : mention.end + 20])
    return bool(after and after[1] in armed) or (before[-1:] == ["group"] and before[0] in armed)


def _reports(text: str, mention: Mention) -> bool:
    """Whether a medium or a company does something here itself, rather than being told or read."""
    after = re.match(
        r"\s+(?:(?:has|had|have|also|first|later|earlier)\s+)*([a-z]+)", text[mention.end : mention.end + 40]
    )
    return bool(after and after[1] in words("en/names/media_verbs"))
