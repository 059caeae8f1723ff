"""Sentences that are nearly the same words, by the stretches of three words that they share (shingles, Broder 1997)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from zlib import crc32

from .leads import Thing
from .text import fold

SHINGLE = 3
LEAST_SHARED = 8
"""So many shingles must two sentences share: ten words in a row, or more with a gap."""
LONG_RUN = 9
"""So many words in a row that two sentences share make up for some that they do not."""
LOOSE_SHARE = 0.5
"""What is enough to share beside a long run."""
SHARE = 0.6
"""The share of the smaller side, in shingles of a sentence or in sentences of a text, that makes a copy."""
CANDIDATES = 8
"""So many wordings, the likeliest, are compared with a sentence."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def shingles(text: str) -> frozenset[str]:
    """The stretches of three words of a sentence; a name of several words counts as one, however long it is.

    So two reports that only name the same offices and people in full are not taken for one wording.
    """
    return _pieces(_plain_words(text), SHINGLE)


def _plain_words(text: str) -> list[str]:
    words = _WORD.findall(text)
    capital = [word[0].isupper() for word in words]
    if words and sum(capital) * 2 > len(words):  # a headline
        capital = [False] * len(words)
    return [
        word.lower() for at, word in enumerate(words) if not (capital[at] and at + 1 < len(words) and capital[at + 1])
    ]


def _pieces(words: Sequence[str], size: int) -> frozenset[str]:
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def near_equal(one: str, other: str) -> bool:
    """Whether two sentences are nearly the same words."""
    mine, theirs = shingles(one), shingles(other)
    return _near(one, other, len(mine & theirs), min(len(mine), len(theirs))) or _bare(one) == _bare(other) != ""


def _near(one: str, other: str, shared: int, smaller: int) -> bool:
    """Whether so many shared shingles of the smaller side's make two sentences one wording."""
    if shared < max(LEAST_SHARED, LOOSE_SHARE * smaller):
        return False
    if shared >= SHARE * smaller:
        return True
    return not _pieces(_plain_words(one), LONG_RUN).isdisjoint(_pieces(_plain_words(other), LONG_RUN))


def _bare(text: str) -> str:
    """The words alone, where there are enough of them to be nobody's by chance."""
    words = _WORD.findall(fold(text).casefold())
    return " ".join(words) if len(words) >= SHINGLE * 2 else ""


class Wordings:
    """Sentences by id, ready to be told which of them are one wording: of those nearly the same the longest leads."""

    def __init__(self, texts: Mapping[str, str], sample: int = 1) -> None:
        """Candidates share one of every `sample` shingles."""
        self._texts = texts
        self._sample = sample
        self._known: dict[str, frozenset[str]] = {}

    def things(self) -> Iterator[Thing]:
        """Each sentence that is long enough to be nobody's by chance."""
        for id_ in self._texts:
            if thing := self.thing(id_):
                yield thing

    def thing(self, id_: str) -> Thing | None:
        """A sentence among others; None for one of few words."""
        text = self._texts[id_]
        bare = _bare(text)
        if not bare:
            return None
        codes = {crc32(piece.encode("utf-8", "surrogatepass")) for piece in self._shingles(id_)}
        marks = sorted(code for code in codes if code % self._sample == 0)
        return Thing(id_, marks, same=code_of(bare), order=self.order(id_, len(self._shingles(id_))))

    def order(self, id_: str, size: int) -> tuple[int, str]:
        """The place of a sentence of so many shingles: the longest first."""
        return -size, self._texts[id_]

    def choose(self, thing: Thing, shared: Mapping[Thing, int]) -> Thing | None:
        """The lead that a sentence is a wording of."""
        own = self._shingles(thing.id)
        for lead in sorted(shared, key=lambda lead: (-shared[lead], lead.rank))[:CANDIDATES]:
            led = self._shingles(lead.id)
            if _near(self._texts[thing.id], self._texts[lead.id], len(own & led), min(len(own), len(led))):
                return lead
        return None

    def _shingles(self, id_: str) -> frozenset[str]:
        found = self._known.get(id_)
        if found is None:
            found = self._known[id_] = shingles(self._texts[id_])
        return found


def code_of(text: str) -> str:
    """A few signs that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
