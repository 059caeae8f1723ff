"""Within one article: which person a name means, above all a surname alone."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..model import Document, Mention
from .genders import fits, gender_of_name, gender_of_titles
from .likeness import Signature, bearing, may_be_surname, short_forms, signature, surname_keys
from .names import parse_person, surname_key
from .offices import offices, ranks


@dataclass(slots=True)
class _Person:
    """Somebody named in the article, with what it tells of him, and the last paragraph that names him in full."""

    name: str
    gender: str = ""
    offices: set[str] = field(default_factory=set)
    paragraph: int = -1

    def fits(self, gender: str) -> bool:
        """Whether titles of this gender can be his."""
        return fits(self.gender, gender)


def name_persons(document: Document, mentions: Sequence[Mention]) -> dict[int, str]:
    """The full name of each person's mention, by its start.

    A surname alone is the one person's who bears it, who can bear its title, and who is in reach: the one named in
    the paragraph before it, else the one named in the article before it. It stays by itself where several are.
    """
    persons = [mention for mention in mentions if mention.kind == "PER"]
    full = full_names([shown(mention.text) for mention in persons])
    people = _people(persons, full)
    by_part = _by_part(people.values())
    names: dict[int, str] = {}
    for mention in persons:
        form = shown(mention.text)
        paragraph = bisect_right(document.paragraphs, mention.start, key=lambda part: part.start)
        if form in full:
            people[full[form]].paragraph = paragraph
            names[mention.start] = full[form]
            continue
        key = surname_key(parse_person(form).surname)
        name = _behind(mention, by_part.get(key, ()), paragraph) or form
        names[mention.start] = name
        if name == form:
            person = people.setdefault(form, _Person(form))
            person.gender = person.gender or gender_of_titles(mention.titles)
            person.offices |= offices(mention.titles)
            person.paragraph = paragraph
            if person not in by_part[key]:
                by_part[key].append(person)
    return names


def shown(text: str) -> str:
    """A name as shown: block letters only where it is an abbreviation."""
    text = " ".join(text.split())
    return text.title() if text.isupper() and len(text) > 4 else text


def _people(persons: Sequence[Mention], full: dict[str, str]) -> dict[str, _Person]:
    """Everybody named in full, by the fullest name."""
    people = {name: _Person(name, gender_of_name(name)) for name in full.values()}
    for mention in persons:
        if name := full.get(shown(mention.text)):
            people[name].gender = people[name].gender or gender_of_titles(mention.titles)
            people[name].offices |= offices(mention.titles) | ranks(mention.titles)
    return people


def _by_part(people: Iterable[_Person]) -> dict[str, list[_Person]]:
    """Who can be meant by one word: those with this surname; where nobody has it, those with this first surname of
    two ("Roe" of "Jane Roe Quux"), else those with this given name."""
    surnames: dict[str, list[_Person]] = defaultdict(list)
    given: dict[str, list[_Person]] = defaultdict(list)
    first: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        for key in surname_keys(person.name):
            surnames[key].append(person)
        parsed = parse_person(person.name)
        given[surname_key(parsed.given[0])].append(person)
        if parsed.eastern and len(parsed.given) > 1 and "-" not in parsed.given[-1]:
            given[surname_key(parsed.given[-1])].append(person)  # a Vietnamese is called by the last name
        if may_be_surname(parsed):
            first[surname_key(parsed.given[-1])].append(person)
    for key, bearers in (*first.items(), *given.items()):
        if key not in surnames:
            surnames[key] = bearers
    return surnames


def _behind(mention: Mention, bearers: Sequence[_Person], paragraph: int) -> str:
    """The name of the one bearer whom a surname alone means, "" where none fits, or several do."""
    gender = gender_of_titles(mention.titles)
    named = bearing(shown(mention.text), [person.name for person in bearers])
    fitting = [person for person in bearers if person.fits(gender) and person.name in named]
    if len(fitting) < 2:
        return fitting[0].name if fitting else ""
    told = offices(mention.titles)
    if told:
        holders = [person for person in fitting if person.offices & told]
        return holders[0].name if len(holders) == 1 else ""
    ranked = [person for person in fitting if person.offices & ranks(mention.titles)]
    if len(ranked) == 1:
        return ranked[0].name
    for near in (
        [person for person in fitting if person.paragraph == paragraph],
        [person for person in fitting if person.paragraph >= 0],
    ):
        if near:
            return near[0].name if len(near) == 1 else ""
    return ""


def full_names(forms: Sequence[str]) -> dict[str, str]:
    """Forms of two words and more → the fullest form of the same person in this article.

    A form that would fit two different persons stays by itself.
    """
    groups: list[list[str]] = []
    first: dict[Signature, set[int]] = defaultdict(set)
    shorter: dict[Signature, set[int]] = defaultdict(set)
    for form in sorted(dict.fromkeys(forms), key=lambda f: -len(f.split())):
        if not parse_person(form).given:
            continue
        sign = signature(form)
        fitting = first[sign] or first[sign] | shorter[sign] | {at for s in short_forms(form) for at in first[s]}
        if len(fitting) == 1:
            groups[min(fitting)].append(form)
            continue
        groups.append([form])
        first[sign].add(len(groups) - 1)
        for short in short_forms(form):
            shorter[short].add(len(groups) - 1)
    return {form: group[0] for group in groups for form in group}
