"""Where a label ends: with its clause, or where a phrase is whole."""

from __future__ import annotations

from functools import cache

from .tokens import Line, grammar

SHORT_CLAUSE = 5
"""A verb so near the end of its clause takes the "that" clause after it into the label."""
LONGEST_LABEL, BREAK = 20, 6
"""Words after which a label ends where it may, and how many more are borne where it may not."""
SHORTEST_ASIDE = 4
"""Tokens behind a comma that a label does not keep when what follows them is cut."""
DATE_REACH = 4
"""How near a date stands behind the preposition that leads to it: "by the end of April"."""


def cut(line: Line, start: int, end: int, least: int) -> int:
    """Where a label ends: with its clause, else at the last place where it may end before it grows too long.

    It may end before a comma, a clause or a preposition that adds to what is said, at the latest after so many words.
    """
    if end - start <= LONGEST_LABEL:
        return end
    places = [
        at
        for at in range(least + 2, end)
        if (line.low(at) in _closing() and _is_whole(line, at)) or _after_place(line, at)
    ]
    soon = [at for at in places if SHORT_CLAUSE < at - start <= LONGEST_LABEL]
    if not soon:
        return next((at for at in places if at - start > SHORT_CLAUSE), end)
    commas = [at for at in soon if line.low(at) == "," and soon[-1] - at <= SHORTEST_ASIDE]
    return commas[0] if commas else soon[-1]


def resumed(line: Line, verbs: set[int], start: int, end: int) -> int:
    """Where the main clause goes on behind a clause that stands in its subject; `end` where none does.

    "Brothers who cheated farmers | were jailed", "the toll when a ferry sank | rose to 22": a second finite verb,
    which no conjunction, comma or subject of its own ties to the first.
    """
    if line.low(start) not in _EMBEDDED or not start:
        return end
    first = next((at for at in range(start + 1, end) if at in verbs), end)
    while first + 1 < end and first + 1 in verbs:
        first += 1
    if line.low(first) in grammar("plain_saying", "reporting") | _KNOWING:
        return end
    for at in range(first + 1, end):
        low = line.low(at)
        if low in (",", "and", "but", "or", "that", "there") or low in grammar("pronoun"):
            return end
        if (
            at > first + 1
            and at in verbs
            and line.low(at - 1) != "to"
            and (low in _SURELY_FINITE or low in grammar("finite_aux"))
        ):
            return at
    return end


_EMBEDDED = frozenset({"who", "which", "when", "after", "before", "where"})
_KNOWING = frozenset({
    "assured", "believed", "discovered", "feared", "felt", "found", "guessed", "hoped", "informed", "knew", "learned",
    "learnt", "realised", "realized", "saw", "showed", "suspected", "thought", "told", "warned", "wished",
})  # fmt: skip
"""Verbs behind which a clause may stand without "that"."""
_SURELY_FINITE = frozenset({
    "began", "came", "fell", "flew", "gave", "grew", "rose", "sank", "saw", "took", "was", "went", "were", "wrote",
})  # fmt: skip
"""Forms of verbs that no participle is spelled like."""


def stop(end: int, start: int) -> int:
    """The end, or where a label that no place lets end is broken off; for a few words none is."""
    return end if end - start <= LONGEST_LABEL + BREAK + 3 else start + LONGEST_LABEL + BREAK


def _is_whole(line: Line, at: int) -> bool:
    """Whether what stands before `at` may close a phrase: no verb that wants more, no list of names, and no date
    goes on there or follows."""
    before, low = line.low(at - 1), line.low(at)
    if low in grammar("preposition") and any(
        line.timex[k] for k in range(at + 1, min(at + DATE_REACH, len(line.tokens)))
    ):
        return False
    if line.mention[at] is not None or (line.timex[at] is not None and line.timex[at] is line.timex[at - 1]):
        return False
    if low == ",":
        return line.mention[at - 1] is None or at + 1 >= len(line.tokens) or line.mention[at + 1] is None
    closed = grammar("be", "have", "adverb", "particle", "determiner", "preposition", "clause", "negative")
    infinitive = line.low(at - 2) == "to" and line.mention[at - 1] is None
    verbal = before.endswith(("ed", "ing", "en")) and line.mention[at - 1] is None
    return not (infinitive or verbal or before in closed)


def _after_place(line: Line, at: int) -> bool:
    """Whether `at` stands right behind "in Oslo", and no list or longer name goes on there."""
    place = line.mention[at - 1]
    if place is None or place.kind != "LOC" or line.mention[at] is not None or not line.tokens[at].is_word:
        return False
    first = at - 1
    while first > 0 and line.mention[first - 1] is place:
        first -= 1
    goes_on = line.low(at) in ("and", "or", "'s", "’s") or line.tokens[at].text[0].isupper()
    return line.low(first - 1) in ("in", "at", "to", "from") and not goes_on


@cache
def _closing() -> frozenset[str]:
    """Words and marks before which a label may end without being torn."""
    open_ = {"of", "than", "between", "that", "to", "and", "or"}
    return (grammar("preposition", "clause") | {",", "-", "--"}) - open_


def without_loose_end(line: Line, end: int, least: int) -> int:
    """The end without words that wait for more: "during the", "such", "as of"; `least` stays in any case."""
    loose = grammar("preposition", "determiner", "relative", "loose_end")
    last = end
    if end == len(line.tokens) or line.tokens[end].text in ".!?;”":
        return end
    while last > least and (not line.tokens[last - 1].is_word or line.low(last - 1) in loose):
        if line.low(last - 1) == "her" and (line.low(last) in _closing() or last == end):
            break  # "criticised her | because …"
        last -= 1
    return last


def marked_cut(words: str, line: Line, end: int) -> str:
    """The words with "…" where the clause goes on after them, or what they wait for begins another."""
    goes_on = end < len(line.tokens) and line.clause[end] == line.clause[end - 1] and line.tokens[end].is_word
    whole = goes_on and line.low(end) in _closing() and _is_whole(line, end)
    return f"{words} …" if goes_on and not whole else words
