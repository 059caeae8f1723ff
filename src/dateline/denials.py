"""What somebody tells of an event, beside what denies it: pairs of accounts that cannot both be right.

Two accounts of one thing stand against each other where one of them denies it (it is negated, or told as denied by its
speaker) and the other does not. They are of one thing where they are joined as one happening already, or where nothing
tells them apart: the same class and course, days and places that may be the same, a common doer and a common number
where both name one, and most words of the shorter label. An accusation is answered by the one that it accuses:
by a denial, or by a refusal that names a claim ("rejected the allegations that …").

Precision goes before recall, as in `differences.py`: what is not surely of one thing stays in the timeline alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .differences import DOUBTFUL_BASES, dates_differ
from .events.keys import stems
from .events.tokens import grammar
from .model import Actor, Entry

ALIKE = 3 / 4
"""The share of the words of the shorter label that stand in the other."""
LEAST_WORDS = 2
"""So many words must be common, the names of doers and speakers not among them."""
MOST = 100
"""So many denials of one event are looked at, and so many accounts of a class are compared with each."""

_NUMBER = re.compile(r"[0-9]+")

ANSWERS = frozenset(("denial", "refusal"))
ACCUSATION = "accusation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Accounts that tell a thing, and those that deny it, each by id."""

    told: tuple[str, ...]
    denied: tuple[str, ...]


def find_denials(entries: Iterable[Entry], actors: Mapping[str, Actor], names: str = "") -> tuple[Pair, ...]:
    """The accounts of one event that stand against each other, in the order of the entries.

    `names`: those of the event, which tell nothing apart in it.
    """
    known = [_Account.of(entry, actors) for entry in entries]
    told: dict[tuple[str, str], list[_Account]] = defaultdict(list)
    accusing = [of for of in known if of.accuses]
    for of in known:
        if of.denies is False:
            told[of.entry.event_class, of.entry.course].append(of)
    found: dict[tuple[str, ...], list[str]] = {}
    denying = 0
    for of in known:
        if of.denies is None or not (of.denies or of.answers) or denying == MOST:
            continue
        same = told[of.entry.event_class, of.entry.course][:MOST]
        against = [one for one in same if of.denies and _are_of_one_thing(one, of)]
        against += _answered(accusing[:MOST], of, stems(names)) if of.answers else []
        if against:
            denying += 1
            found.setdefault(tuple(one.entry.id for one in against), []).append(of.entry.id)
    return tuple(Pair(told=ids, denied=tuple(denied)) for ids, denied in found.items())


@dataclass(frozen=True, slots=True)
class _Account:
    """An entry as far as it must be known to set it against others."""

    entry: Entry
    denies: bool | None
    """None where it is told to be denied that something did not happen: that may be either."""
    teller: tuple[str, str]
    words: frozenset[str]
    numbers: frozenset[str]
    doers: frozenset[str]
    suffer: frozenset[str]
    names: frozenset[str]
    """Words of the names of its doers and speaker, and of those concerned."""

    @classmethod
    def of(cls, entry: Entry, actors: Mapping[str, Actor]) -> _Account:
        voice = entry.voice
        denied = voice is not None and voice.stance == "denies"
        parts = {role: [part for part in entry.participants if part.role == role] for role in ("agent", "affected")}
        named = [f"{part.name} {part.words}" for part in (*parts["agent"], *parts["affected"])]
        named += [actors[part.actor].name for of in parts.values() for part in of if part.actor in actors]
        label = entry.label.rsplit(", which ", 1)[0] if denied else entry.label.rsplit(", according to ", 1)[0]
        said = stems(f"{voice.words} {voice.name}") if voice else frozenset()
        return cls(
            entry=entry,
            denies=None if denied and entry.negated else denied or entry.negated,
            teller=(entry.article, (voice.actor or voice.words) if voice else ""),
            words=stems(label) - said - grammar("negative", "be", "have", "do"),
            numbers=frozenset(_NUMBER.findall(label)),
            doers=frozenset(part.actor or part.words for part in parts["agent"]),
            suffer=frozenset(part.actor for part in parts["affected"] if part.actor),
            names=said | stems(" ".join(named)),
        )

    @property
    def accuses(self) -> bool:
        """Whether somebody accuses somebody."""
        plain = self.entry.event_class == ACCUSATION and self.entry.course == "occurred" and self.denies is False
        return bool(plain and self.doers and self.suffer)

    @property
    def answers(self) -> bool:
        """Whether somebody denies, or rejects a claim."""
        entry = self.entry
        if entry.event_class not in ANSWERS or entry.course != "occurred" or entry.negated:
            return False
        return entry.event_class == "denial" or bool(_claims() & self.words)


def _claims() -> frozenset[str]:
    claims = grammar("rejected_claim")
    return stems(" ".join(sorted((*claims, *(f"{claim}s" for claim in claims)))))


def _are_of_one_thing(one: _Account, other: _Account) -> bool:
    """Whether one account tells what another denies; they are of one class and course."""
    a, b = one.entry, other.entry
    if one.teller == other.teller:
        return False
    if (a.happening or a.id) == (b.happening or b.id):
        return True
    if one.doers and other.doers and not one.doers & other.doers:
        return False
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    if a.place and b.place and not stems(a.place) & stems(b.place):
        return False
    dated = a.when_basis not in DOUBTFUL_BASES and b.when_basis not in DOUBTFUL_BASES
    if dated and dates_differ(a.when, b.when):
        return False
    names = one.names & other.names
    first, second = one.words - names, other.words - names
    common = len(first & second)
    return common >= LEAST_WORDS and common >= ALIKE * min(len(first), len(second))


def _answered(accusing: Sequence[_Account], answer: _Account, event: frozenset[str]) -> Iterator[_Account]:
    """The accusations that an answer is to: of the one who answers, and with most words in common, but for names."""
    common = {
        at: len((one.words & answer.words) - one.names - answer.names - event)
        for at, one in enumerate(accusing)
        if one.suffer & answer.doers and one.entry.id != answer.entry.id
    }
    most = max(common.values(), default=0)
    return (accusing[at] for at, number in common.items() if number == most > 0)
