"""Who stands where around a predicate in a sentence's parse: its subject, its objects, what its prepositions govern."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Mention, Timex
from .syntax import DEEPEST, ROOT, Tree
from .tokens import Line, grammar

SUBJECTS = ("nsubj", "nsubjpass")
PASSIVE_MARKS = ("auxpass", "agent")
MODIFIERS = ("compound", "amod", "nmod", "nummod", "det", "punct")


@dataclass(frozen=True, slots=True)
class Subject:
    """The tokens that head a predicate's subject, all of a coordination, and whether it befalls them."""

    heads: tuple[int, ...]
    passive: bool = False
    own: bool = False
    """It stands with the predicate itself, and is not shared with or controlled from another."""


def find_subject(line: Line, tree: Tree, at: int, depth: int = DEEPEST) -> Subject | None:
    """The subject of the predicate at token `at`: its own, its antecedent's, or that of the one that controls it."""
    own = tree.children(at, *SUBJECTS)
    label, head = tree.labels[at], tree.heads[at]
    if own:
        before = [child for child in own if child < at]
        first = before[-1] if before else own[0]
        passive = tree.labels[first] == "nsubjpass" and bool(tree.children(at, "auxpass"))
        if label == "relcl" and head != ROOT and line.low(first) in ("who", "which", "that"):
            return Subject((head,), passive)
        return Subject(tuple(tree.with_conjuncts(first)), passive, own=True)
    if head == ROOT or depth == 0:
        return None
    if label == "acl":
        return _of_participle(line, tree, at, head)
    if label == "conj":
        shared = find_subject(line, tree, head, depth - 1)
        return Subject(shared.heads, _is_passive_too(tree, at, shared)) if shared else None
    if label == "xcomp":
        return _controller(line, tree, at, head, depth)
    if label in ("advcl", "pcomp"):
        return _of_adverbial(line, tree, at, head, depth)
    return None


def _of_participle(line: Line, tree: Tree, at: int, head: int) -> Subject | None:
    """The noun that a participle stands by: "the deal signed in Doha", "a man carrying it"; an infinitive has none."""
    if tree.children(at, "aux"):
        return None
    return Subject((head,), not line.low(at).endswith("ing"))


def _is_passive_too(tree: Tree, at: int, shared: Subject) -> bool:
    """Whether a coordinated verb is passive: "was arrested and charged", not "was started and sells"."""
    if tree.children(at, "auxpass"):
        return True
    return shared.passive and not tree.children(at, "aux", "dobj")


def _controller(line: Line, tree: Tree, at: int, head: int, depth: int) -> Subject | None:
    """Who is to do it: the object of "asked Roe to leave", else the subject of "agreed to leave"."""
    passive = bool(tree.children(at, "auxpass"))
    objects = tree.children(head, "dobj")
    if objects and objects[-1] < at:
        return Subject(tuple(tree.with_conjuncts(objects[-1])), passive)
    above = find_subject(line, tree, head, depth - 1)
    return Subject(above.heads, passive) if above else None


def _of_adverbial(line: Line, tree: Tree, at: int, head: int, depth: int) -> Subject | None:
    """The subject of the clause that an adverbial without one belongs to: "after leaving", "to meet"."""
    bare = line.low(at).endswith("ing") or any(line.low(child) == "to" for child in tree.children(at, "aux"))
    if not bare or line.quoted[at] != line.quoted[head]:
        return None
    if tree.labels[at] == "pcomp":
        head = tree.heads[head]
    above = find_subject(line, tree, head, depth - 1) if head != ROOT else None
    return Subject(above.heads, bool(tree.children(at, "auxpass"))) if above else None


def objects(tree: Tree, at: int) -> list[int]:
    """The tokens that head the direct objects of a verb; the last of "met and defeated Roe" gives all theirs."""
    found = tree.children(at, "dobj")
    return [each for first in found for each in tree.with_conjuncts(first)]


def governed(line: Line, tree: Tree, at: int) -> Iterator[tuple[str, int]]:
    """What the prepositions of a predicate govern: the preposition and the token that heads the noun phrase."""
    for preposition in tree.children(at, "prep", "agent", "dative"):
        for first in tree.children(preposition, "pobj"):
            for each in tree.with_conjuncts(first):
                yield line.low(preposition), each


def owners(tree: Tree, at: int) -> list[int]:
    """The tokens that head the possessors of a noun: "Roe’s and Noor’s visit"."""
    return [each for first in tree.children(at, "poss") for each in tree.with_conjuncts(first)]


def mention_of(line: Line, tree: Tree, at: int) -> Mention | None:
    """The name of a noun phrase with the head `at`: the head's own, that of its apposition, or of a modifier."""
    if line.mention[at] is not None:
        return line.mention[at]
    for apposed in tree.children(at, "appos"):
        if line.mention[apposed] is not None:
            return line.mention[apposed]
    if line.low(at) in grammar("pronoun"):
        return None
    modifiers = [child for child in tree.children(at, *MODIFIERS) if child < at and line.mention[child] is not None]
    return line.mention[modifiers[-1]] if modifiers else None


def is_modifier(line: Line, head: int, mention: Mention) -> bool:
    """Whether a name only stands before the head of its noun phrase: "the Apple Computer logo"."""
    return line.mention[head] is not mention and any(
        line.mention[at] is mention for at in range(max(0, head - 8), head)
    )


def dates_of(line: Line, tree: Tree, at: int) -> list[tuple[int, Timex]]:
    """The dates that hang on a predicate, right or by a preposition, each with its first token.

    "Until" gives the day of what did not happen before it ("did not return until 1985"), and else its end.
    """
    found: list[tuple[int, Timex]] = []
    for here, timex in enumerate(line.timex):
        head = tree.heads[here]
        if timex is None or head == ROOT or line.timex[head] is timex:
            continue
        preposition = line.low(head) if tree.labels[head] == "prep" else ""
        if preposition:
            head = tree.heads[head]
        if preposition in ("until", "till") and not tree.children(at, "neg"):
            continue
        if head == at and all(timex is not other for _, other in found):
            found.append((here, timex))
    return found
