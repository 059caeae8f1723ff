"""Whom "he" and "she" mean: the one person told of who can be meant, and nobody where two can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .descriptions import listed
from .discourse import Passage, Person, verb_after
from .genders import fits

SENTENCES_BACK = 2
PARAGRAPHS_BACK = 2
MOST_PEOPLE = 40
"""People in one sentence; where more are told of, "he" is anybody."""
WORDS = {"m": "man", "f": "woman"}


class Meant(NamedTuple):
    """A name, and why it is meant."""

    name: str
    reason: str


def person_meant(
    passages: Sequence[Passage], here: int, at: int, gender: str, known: Mapping[str, str]
) -> Meant | None:
    """Whom a pronoun of this gender at word `at` of passage `here` means; `known`: genders of names.

    Within the sentence it is the one before it who is more than a part of something; else the only one whom the
    sentences before tell of. Words in quotation marks are left out, since "he" there has another's horizon.
    """
    meant = _meant(passages, here, at, gender, known)
    return None if meant is not None and _names_later(passages[here], at, meant.name) else meant


def _names_later(passage: Passage, at: int, name: str) -> bool:
    """Whether "he" stands over a name that cannot be his: in "he met Roe" he is not Roe (N. Chomsky's condition C)."""
    end = passage.words[at].end
    comma = next((word.start for word in passage.words[at + 1 :] if word.low == ","), passage.sentence.end)
    later = any(person.name == name and end <= person.start < comma for person in passage.people)
    return later and passage.low(at) in ("he", "she")


def _meant(passages: Sequence[Passage], here: int, at: int, gender: str, known: Mapping[str, str]) -> Meant | None:
    passage = passages[here]
    word = passage.words[at]
    if passage.too_long or len(passage.people) > MOST_PEOPLE:
        return None
    bearer = _bearer_of_aside(passage, at)
    if bearer is not None and _fitting([bearer], gender, known):
        return Meant(bearer.name, "named right before")
    fitting = _fitting((p for p in passage.people if p.end <= word.start and not p.quoted), gender, known)
    before = _look_back(passages, here, gender, known, speaking=_speaks(passage, at))
    if fitting:
        meant = _only(fitting)
        if meant is None:
            return None
        firm = any(not (person.oblique or person.owner) for person in fitting)
        if before is not None and before.name != meant and not known.get(meant) and not _follows_saying(passage, at):
            return None  # whose gender nothing tells, beside somebody of the one before who may be meant as well
        if (not firm or _closes_saying(passage, at)) and (before is None or before.name != meant):
            return None
        return Meant(meant, f"the only {WORDS[gender]} told of before in the sentence")
    if _opens(passage, at):
        after = _fitting((p for p in passage.people if p.start >= word.end and not p.quoted), gender, known)
        main = _after_comma(passage, at)
        if passage.low(at) in ("his", "her") and main is not None and _only(after) == main.name != "":
            return Meant(main.name, "the subject that its sentence goes on to")
        if after and (before is None or {person.name for person in after} != {before.name}):
            return None
    return before


def _bearer_of_aside(passage: Passage, at: int) -> Person | None:
    """Whom an aside that opens with the pronoun at `at` says more of: "the envoy Roe, during his visit, said"."""
    opener = passage.low(at - 1) in listed("oblique") | listed("opens_clause") | listed("goes_on")
    comma = at - 1 - opener
    if passage.low(comma) != ",":
        return None
    person = next((p for p in reversed(passage.people) if p.end <= passage.words[comma].start), None)
    near = person is not None and passage.words[comma].start - person.end <= 1
    return person if person and near and person.name and not (person.owner or person.quoted) else None


def _after_comma(passage: Passage, at: int) -> Person | None:
    """Who stands right after the comma that closes the opening of a sentence."""
    comma = next((k for k in range(at, len(passage.words)) if passage.low(k) == ","), len(passage.words) - 1)
    start = passage.words[comma].end
    person = next((p for p in passage.people if p.start >= start), None)
    return person if person and person.start - start <= 60 and not (person.oblique or person.owner) else None


def _fitting(people: Iterable[Person], gender: str, known: Mapping[str, str]) -> list[Person]:
    return [person for person in people if fits(known.get(person.name, "") if person.name else person.gender, gender)]


def _only(people: Sequence[Person]) -> str | None:
    """The name of the one who is told of; None where there are several, or somebody without a name."""
    names = {person.name for person in people}
    return names.pop() or None if len(names) == 1 else None


def _look_back(
    passages: Sequence[Passage], here: int, gender: str, known: Mapping[str, str], *, speaking: bool
) -> Meant | None:
    """The only fitting person of the nearest sentence that tells of one; who is only its object must be alone."""
    for back in range(1, SENTENCES_BACK + 1):
        passage = _passage(passages, here, here - back)
        if passage is None:
            return None
        fitting = _fitting((p for p in passage.people if not (p.quoted and speaking)), gender, known)
        if not fitting:
            continue
        if speaking and _leads_saying(passage, fitting[0]):
            return Meant(fitting[0].name, "who speaks in the sentence before")
        fitting = [person for person in fitting if not person.inner] or fitting
        meant = _only(fitting)
        if meant is None or all(person.quoted for person in fitting):
            return None
        subject = fitting[0] is next((p for p in passage.people if not p.quoted), None)
        if (not subject or all(p.oblique or p.owner for p in fitting)) and _is_rivalled(
            passages, here, here - back - 1, meant, gender, known
        ):
            return None
        place = "the sentence before" if back == 1 else f"the {back} sentences before"
        return Meant(meant, f"the only {WORDS[gender]} told of in {place}")
    return None


def _leads_saying(passage: Passage, person: Person) -> bool:
    """Whether a sentence begins with somebody named who says something: then "he added" means no other."""
    if not person.name or person.quoted or person.owner or person.oblique:
        return False
    first = next((p for p in passage.people if not p.quoted), None)
    after = next((at for at, word in enumerate(passage.words) if word.start >= person.end), len(passage.words))
    says = verb_after(passage, after) in listed("speaks")
    return first is person and says and not passage.words[min(after, len(passage.words) - 1)].quoted


def _passage(passages: Sequence[Passage], here: int, there: int) -> Passage | None:
    """The passage at `there`, if it is still in reach of `here`."""
    if there < 0 or passages[there].heading or passages[there].too_long:
        return None
    near = passages[here].sentence.paragraph - passages[there].sentence.paragraph <= PARAGRAPHS_BACK
    return passages[there] if near else None


def _is_rivalled(
    passages: Sequence[Passage], here: int, there: int, name: str, gender: str, known: Mapping[str, str]
) -> bool:
    passage = _passage(passages, here, there)
    return passage is not None and any(
        person.name != name for person in _fitting((p for p in passage.people if not p.quoted), gender, known)
    )


def _speaks(passage: Passage, at: int) -> bool:
    """Whether the pronoun at `at` is a speaker: "he said", "said he"."""
    return verb_after(passage, at + 1) in listed("speaks") or passage.low(at - 1) in listed("speaks")


def _follows_saying(passage: Passage, at: int) -> bool:
    """Whether it opens what is said right behind its verb, and so means the speaker: "Roe said that he"."""
    return passage.low(at - 1 - (passage.low(at - 1) == "that")) in listed("speaks")


def _closes_saying(passage: Passage, at: int) -> bool:
    """Whether it names the speaker of what stands before it: "The plan had failed, he said"."""
    return passage.low(at - 1) == "," and _speaks(passage, at)


def _opens(passage: Passage, at: int) -> bool:
    """Whether it stands in a clause that opens the sentence ("When he arrived, …") and may look ahead."""
    first = passage.starts()
    comma = next((k for k in range(first, len(passage.words)) if passage.low(k) == ","), len(passage.words))
    low = passage.low(first)
    if comma == len(passage.words):
        return False
    opens = low in listed("opens_clause") | listed("oblique") or low.endswith("ing")
    return opens and at < comma
