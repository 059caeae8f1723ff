"""A sentence's dependency parse laid over its line: what hangs on which word, and as what.

Labels are ClearNLP's (nsubj, nsubjpass, dobj, agent, pobj, conj, relcl, xcomp, …), as spaCy's English models give them.
Small models err: whatever asks here must bear to hear nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Syntax

LONGEST = 150
"""Words of a sentence up to which a parse is believed."""
DEEPEST = 12
"""Steps that are gone from word to word; deeper nesting is an error of the parser, or nobody's sentence."""
ROOT = -1


@dataclass(frozen=True, slots=True)
class Tree:
    """For each token of a line the token on which it hangs (ROOT for none), as what, and the tokens below it."""

    heads: list[int]
    labels: list[str]
    below: list[list[int]]

    def children(self, at: int, *labels: str) -> list[int]:
        """The tokens that hang on token `at` by one of the labels."""
        return [child for child in self.below[at] if self.labels[child] in labels]

    def with_conjuncts(self, at: int) -> list[int]:
        """The token and those that are coordinated with it: "Roe, Noor and Brandt"."""
        found = [at]
        for _ in range(DEEPEST):
            more = [child for child in self.children(found[-1], "conj") if child > found[-1]]
            if not more:
                break
            found += more
        return found


def lay(tokens: Sequence[tuple[int, int]], syntax: Syntax) -> Tree | None:
    """The tree of a sentence, its tokens given by start and end; None without a parse of it that can be believed.

    A token of several parsed words ("Afghan-led") hangs where the one does that hangs outside of it.
    """
    if not syntax.starts or not tokens or len(tokens) > LONGEST:
        return None
    first = bisect_left(syntax.starts, tokens[0][0])
    last = bisect_left(syntax.starts, tokens[-1][1])
    place: dict[int, int] = {}
    at = 0
    for word in range(first, last):
        while at + 1 < len(tokens) and tokens[at][1] <= syntax.starts[word]:
            at += 1
        if tokens[at][0] < syntax.ends[word]:
            place[word] = at
    heads, labels = [ROOT] * len(tokens), [""] * len(tokens)
    for word, at in place.items():
        head = place.get(syntax.heads[word], ROOT)
        if head != at and not labels[at]:
            heads[at], labels[at] = head, syntax.labels[word]
        elif syntax.heads[word] == word:
            heads[at], labels[at] = ROOT, syntax.labels[word]
    below: list[list[int]] = [[] for _ in tokens]
    for at, head in enumerate(heads):
        if head != ROOT:
            below[head].append(at)
    return Tree(heads, labels, below)
