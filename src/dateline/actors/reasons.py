"""Why a name was taken for an actor's, in words for a reader."""

from __future__ import annotations

from ..model import ActorKind
from .bodies import is_state_organ
from .likeness import same_person
from .names import initials, normalise, parse_person, person_initials
from .world import capitals, demonyms, peoples, seats, table_name


def alias_reason(form: str, inside: str, name: str, kind: ActorKind) -> str:
    """Why `form`, which its article uses for `inside`, is taken as a name of the actor `name`."""
    if kind == "person":
        return _person_reason(form, inside, name)
    if kind == "country":
        return _country_reason(form)
    if is_state_organ(form) and name == f"{form} of {name.rpartition(' of ')[2]}":
        return f"the organ of {name.rpartition(' of ')[2]}, as far as its articles' countries tell"
    if table_name(form) == name:
        return "listed as a name of it"
    if initials(name).casefold() == normalise(form) or initials(inside).casefold() == normalise(form):
        return f"abbreviation of {inside}"
    if normalise(form) == normalise(name):
        return "the same name"
    return f"short for {inside}"


def _country_reason(form: str) -> str:
    if form in capitals():
        return "the capital, standing for the government"
    if form in seats():
        return "the seat of government"
    if form in demonyms():
        return "the nation, before a word for the state"
    if form in peoples():
        return "the people, acting as a state does"
    return "listed as a name of the country"


def _person_reason(form: str, inside: str, name: str) -> str:
    if not parse_person(form).given:
        if form.isupper() and person_initials(name) == normalise(form):
            return f"the initials; nobody else in these articles has them but {name}"
        if normalise(form) == normalise(inside):
            return f"the surname; nobody else in these articles bears it but {name}"
        return f"the surname, in an article that names {inside} in full"
    likeness = same_person(form, name)
    return likeness.reason if likeness else f"a name of {inside} in the same article"
