"""Whose "his lawyer" is in what somebody says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..actors.genders import fits, gender_of
from .voice import Attribution


def with_owners(found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of a sentence, with a name for the "his" that opens what another of them says.

    "Roe said his lawyer had denied it" is denied by "Roe’s lawyer", where Roe's titles and given name allow a "his".
    """
    named = []
    for said in found:
        first, _, rest = said.voice.words.partition(" ")
        owner = next((one for one in found if one.mention and one.start <= said.said_by[0] <= one.start + 1), None)
        person = owner.mention if owner is not None and first.lower() in ("his", "her") else None
        wanted = "m" if first.lower() == "his" else "f"
        if owner and person and person.kind == "PER" and fits(gender_of(person), wanted):
            said = replace(said, voice=replace(said.voice, words=f"{owner.voice.words}’s {rest}"))
        named.append(said)
    return named
