"""How many of what a sentence tells: "at least 10 people were killed" is 10 or more killed.

A count has what is counted (the nouns before it) and what befell them (a state of `data/en/counts/states.tsv`), or
stands right beside the word of the happening ("withdraw 2,500 troops"). Ages, dates, prices, shares and lengths of time
are no counts. Precision goes before recall: what a sentence counts twice in the same terms is not told at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from .dates.numbers import number_of
from .events.tokens import Token, tokenize
from .rules import read_table

_LONGEST = 4000
_NOUNS = 3
"""So many words may stand between a number and what befell the counted."""
_FAR = 14
"""A count further from the word of its happening, in words, is not its own."""
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_VAGUE = {"dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of things, between `low` and `high`."""

    low: float
    high: float
    words: str
    """The number as readers are shown it: "at least 10"."""
    of: str
    """What is counted, with what befell it: "killed", "soldiers killed", "troops". Equal words may be compared."""

    def agrees(self, other: Count) -> bool:
        """Whether one number can be both."""
        return self.low <= other.high and other.low <= self.high

    def __str__(self) -> str:
        return f"{self.words} {self.of}"


def find_counts(text: str, word: str = "") -> tuple[Count, ...]:
    """The counts of a sentence, in its order; `word` names the happening that they are to be of.

    What is counted twice in the same terms with other numbers is left out.
    """
    tokens = tokenize(text[:_LONGEST])
    centre = _place(tokens, word)
    found: dict[str, list[Count]] = defaultdict(list)
    at = 0
    while at < len(tokens):
        number = _number_at(tokens, at)
        if number is None:
            at += 1
            continue
        end, low, high, words = number
        if _belongs(tokens, at, centre) and (of := _counted(tokens, at, end, centre)):
            found[of].append(_hedged(tokens, at, Count(low=low, high=high, words=words, of=of)))
        at = end
    return tuple(counts[0] for counts in found.values() if len({(c.low, c.high) for c in counts}) == 1)


# --------------------------------------------------------------------------------------------- numbers


def _number_at(tokens: Sequence[Token], at: int) -> tuple[int, float, float, str] | None:
    """A number that begins at a token: its end, its bounds, and the figure to show; None where there is none."""
    low = tokens[at].low
    if low in _VAGUE:
        end = at + 1
        return (end, *_VAGUE[low], low) if _text(tokens, end) == "of" or low != "scores" else None
    value, end = _plain(tokens, at)
    if value is None or _is_other(tokens, at, end):
        return None
    while _text(tokens, end) in _SCALES:
        value, end = value * _SCALES[_text(tokens, end)], end + 1
        more, after = _plain(tokens, end + (_text(tokens, end) == "and"))
        if more is not None and more < value and tokens[at].text[0].isalpha():
            value, end = value + more, after
    between = _text(tokens, at - 1) == "between" and _text(tokens, end) == "and"
    if (between or _text(tokens, end) in ("to", "-", "–")) and (second := _plain(tokens, end + 1))[0] is not None:
        return second[1], value, max(value, second[0]), f"{_figure(value)} to {_figure(second[0])}"
    return end, value, value, _figure(value)


def _plain(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    low = _text(tokens, at)
    if low in ("a", "an") and _text(tokens, at + 1) in _SCALES:
        return 1.0, at + 1
    if low == "dozen" or low in ("a", "an", "the", ""):
        return None, at
    if low[0].isdigit():
        return (float(low.replace(",", "")), at + 1) if _FIGURE.fullmatch(low) and len(low) < 16 else (None, at)
    parts = [number_of(part) for part in low.split("-")]
    if not parts or any(part is None or part != int(part) for part in parts) or low in _ordinals():
        return None, at
    return float(sum(part for part in parts if part is not None)), at + 1


def _is_other(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a number is a year, a day, an age, a price, a share, or part of a word."""
    before, after = _text(tokens, at - 1), _text(tokens, end)
    glued = end < len(tokens) and tokens[end].start == tokens[end - 1].end and tokens[end].text not in ",.;:!?”’)"
    if glued and after not in ("-", "–"):
        return True
    if glued and not _text(tokens, end + 1)[:1].isdigit():
        return True
    if (
        before in ("$", "€", "£", "no", "¥", "#")
        or after in _measures()
        or before in _calendar()
        or after in _calendar()
    ):
        return True
    part = (before in ("the", "those") and _text(tokens, at - 2) == "of") or after in ("of", "another")
    if part:  # "five of the 12 injured"
        return True
    if before == "in" and _plain(tokens, at - 2)[0] is not None:  # "four in 10"
        return True
    return bool(_YEAR.fullmatch(tokens[at].low)) and _before_hedge(tokens, at) == at


def _figure(value: float) -> str:
    return f"{int(value)}" if value == int(value) else f"{value}"


def _hedged(tokens: Sequence[Token], at: int, count: Count) -> Count:
    """The count with what stands before its number: "at least", "about"."""
    for size in (3, 2, 1):
        words = " ".join(token.low for token in tokens[max(0, at - size) : at])
        if words in _hedges():
            shown, low, high = _hedges()[words]
            return Count(
                low=count.low * low,
                high=count.high * high if high != inf else inf,
                words=f"{shown} {count.words}".strip(),
                of=count.of,
            )
    return count


# --------------------------------------------------------------------------------------------- what is counted


def _counted(tokens: Sequence[Token], at: int, end: int, centre: tuple[int, int] | None) -> str:
    """What a number counts: nouns and state, or the nouns beside the word of the happening; "" where it is not sure."""
    nouns, stop = _nouns(tokens, end, centre[0] if centre else -1)
    start = _before_hedge(tokens, at)
    state = _state_at(tokens, stop, "after") or _state_before(tokens, start)
    if state:
        return _key(nouns, state)
    if nouns and (state := _states("noun").get(" ".join(nouns), "")):
        return state
    if _text(tokens, start - 1) in ("of", "to", "at") and (state := _noun_before(tokens, start - 1)):
        return state
    if centre is None or not nouns or nouns[-1] in _lengths():
        return ""
    beside = start - centre[1] in (0, 1) or (0 <= centre[0] - stop <= 1)
    return " ".join(nouns) if beside and not set(nouns) <= _people() else ""


def _nouns(tokens: Sequence[Token], at: int, word: int) -> tuple[tuple[str, ...], int]:
    """The words that name what is counted, and where the next begins, behind auxiliary verbs."""
    nouns: list[str] = []
    while at < len(tokens) and at != word and len(nouns) <= _NOUNS:
        low = tokens[at].low
        if not tokens[at].is_word or low in _stops() or low in _auxiliary() or low in _states("after"):
            break
        nouns.append(low)
        at += 1
    while _text(tokens, at) in _auxiliary():
        at += 1
    return tuple(nouns), at


def _key(nouns: Sequence[str], state: str) -> str:
    told = [noun for noun in nouns if noun not in _people()]
    return " ".join((*told, state)) if len(nouns) <= _NOUNS else ""


def _state_at(tokens: Sequence[Token], at: int, form: str) -> str:
    pair = f"{_text(tokens, at)} {_text(tokens, at + 1)}"
    return _states(form).get(pair) or _states(form).get(_text(tokens, at), "")


def _state_before(tokens: Sequence[Token], at: int) -> str:
    """What a verb right before the number does to the counted: "killed 10"."""
    for size in (4, 3, 2, 1):
        words = " ".join(token.low for token in tokens[max(0, at - size) : at])
        if found := _states("before").get(words):
            return found
    return ""


def _noun_before(tokens: Sequence[Token], at: int) -> str:
    """The toll that a number gives: "a death toll of 10", "the toll rose to 12"."""
    for noun_at in range(at - 1, max(-1, at - 4), -1):
        pair = f"{_text(tokens, noun_at - 1)} {_text(tokens, noun_at)}"
        if found := _states("noun").get(pair) or _states("noun").get(_text(tokens, noun_at)):
            return found
    return ""


def _before_hedge(tokens: Sequence[Token], at: int) -> int:
    """Where the number begins with its hedge."""
    for size in (3, 2, 1):
        if " ".join(token.low for token in tokens[max(0, at - size) : at]) in _hedges():
            return at - size
    return at


def _belongs(tokens: Sequence[Token], at: int, centre: tuple[int, int] | None) -> bool:
    """Whether a number is told of the happening: near its word, and no word of another occurrence between."""
    if centre is None:
        return _text(tokens, at - 1) != "including"
    first, last = sorted((at, centre[0]))
    between = {token.low for token in tokens[first:last]}
    return last - first <= _FAR and not between & _elsewhere()


def _place(tokens: Sequence[Token], word: str) -> tuple[int, int] | None:
    """Where the word of the happening stands, first and end token; None where it does not."""
    wanted = [token.low for token in tokenize(word)]
    if not wanted:
        return None
    for at in range(len(tokens) - len(wanted) + 1):
        if [token.low for token in tokens[at : at + len(wanted)]] == wanted:
            return at, at + len(wanted)
    return None


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


# --------------------------------------------------------------------------------------------- lists


@cache
def _states(form: str) -> Mapping[str, str]:
    """Words of one form → the state that they tell."""
    rows = read_table("en/counts/states.tsv")
    return {word.strip(): row["state"] for row in rows for word in row[form].split(",") if word.strip()}


@cache
def _hedges() -> Mapping[str, tuple[str, float, float]]:
    rows = read_table("en/counts/hedges.tsv")
    return {row["words"]: (row["shown"], float(row["low"]), float(row["high"] or inf)) for row in rows}


@cache
def _people() -> frozenset[str]:
    return frozenset(_words("en/counts/people.tsv"))


@cache
def _stops() -> frozenset[str]:
    return frozenset(_words("en/counts/stops.tsv"))


@cache
def _elsewhere() -> frozenset[str]:
    return frozenset(_words("en/counts/elsewhere.tsv"))


@cache
def _auxiliary() -> frozenset[str]:
    return frozenset(_words("en/counts/auxiliary.tsv"))


@cache
def _measures() -> frozenset[str]:
    return frozenset(_words("en/counts/measures.tsv"))


@cache
def _lengths() -> frozenset[str]:
    return frozenset((*_words("en/dates/unit.tsv"), *_words("en/dates/plural_unit.tsv"), "times", "time"))


@cache
def _calendar() -> frozenset[str]:
    return frozenset(_words("en/dates/month.tsv"))


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(_words("en/dates/ordinal.tsv"))


def _words(name: str) -> Iterator[str]:
    return (row["word"].lower() for row in read_table(name))
