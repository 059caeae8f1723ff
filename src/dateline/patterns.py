"""What the patterns of rules need, can begin with and may hold: word lists made into patterns, and patterns looked at.

A pattern is a regular expression with slots in braces: `{month}`, `{from:month}`, `{:zone}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

SLOT = re.compile(r"\{(?:([a-z_0-9]*):)?([a-z_]+)\}")
TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class WordClass:
    """A closed list of words: the pattern that matches one, and what each means."""

    pattern: str
    values: Mapping[str, str] = field(default_factory=dict)
    key_words: frozenset[str] = frozenset()
    """Lower-case words one of which any match holds; empty: nobody knows."""
    numeric: bool = False
    """Whether any match holds a digit."""
    starts: frozenset[str] | None = None
    """The words with which a match can begin, "#" for a figure; None: nobody knows."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits; common beginnings stand there once, which is quick."""
    return "|".join(_branches(words))


def _branches(words: Iterable[str]) -> list[str]:
    tails: dict[str, list[str]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], []).append(word[1:])
    return [_escaped(head) + _any_tail(rest) for head, rest in sorted(tails.items())]


def _any_tail(tails: list[str]) -> str:
    branches = _branches(tails)
    if not branches or (len(branches) == 1 and "" not in tails):
        return "".join(branches)
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tails else "")


def _escaped(sign: str) -> str:
    return sign if sign in " -" else re.escape(sign)


def key_word(phrase: str) -> str:
    """The longest word of a phrase, the later of two as long; "" where it has none."""
    words = re.findall(r"[a-z]+", phrase.lower())
    return max(reversed(words), key=len, default="")


def check_pattern(pattern: str, where: str, expanded: str = "") -> None:
    """Refuse what is no pattern, or may take long on some line: a quantifier without a limit, or in a repeated group.

    `expanded` is the pattern with what its slots stand for, where it is at hand: it would take long to compile.
    """
    try:
        re.compile(SLOT.sub("x", pattern))
    except re.error as error:
        raise ValueError(f"{where}: not a pattern: {error}") from None
    pattern = expanded or pattern
    opened: list[int] = []
    bare = re.sub(r"\\.|\[[^\]]*\]|\(\?[a-zP:=!<-]*(?:<\w+>)?", lambda m: "(" if m[0][0] == "(" else "x", pattern)
    for at, sign in enumerate(bare):
        if sign == "(":
            opened.append(at)
        elif sign == ")" and opened:
            start = opened.pop()
            repeated = bare[at + 1 : at + 2] in ("*", "+", "{")
            if repeated and re.search(r"[*+]|\{\d*,\d*\}", bare[start:at]):
                raise ValueError(f"{where}: a quantifier inside a repeated group")
    if re.search(r"[*+]|\{\d*,\}", bare):
        raise ValueError(f"{where}: a quantifier without a limit: write {{1,20}} for +")


def needs_of(pattern: str, classes: Mapping[str, WordClass]) -> Iterator[frozenset[str]]:
    """The sets of words of which a text must hold one each: what stands outside groups and is not optional."""
    outside = _outside_groups(pattern)
    if "|" in outside:
        return
    for slot in re.finditer(r"\{(?:[a-z_0-9]*:)?([a-z_]+)\}(?![?*])", outside):
        word_class = classes[slot.group(1)]
        if word_class.numeric:
            yield frozenset("#")
        elif word_class.key_words:
            yield word_class.key_words
    for choice in _CHOICE.finditer(pattern):
        if _depth(pattern, choice.start()) == 0:
            yield frozenset(key_word(phrase) for phrase in choice.group(1).split("|"))
    bare = re.sub(r"\{[^}]*\}", "\0", outside)
    for literal in re.finditer(r"(?<![\w\\\0])[a-z]+(?![\w?*\[\0.-])", bare):
        yield frozenset([literal.group()])


def first_word(phrase: str) -> str:
    """The first word of a phrase in small letters, "#" for a number; "" where it has none."""
    found = TOKEN.search(phrase.lower())
    return "" if not found else "#" if found.group()[0].isdigit() else found.group()


_LOOK = re.compile(r"\(\?<?[=!][^()]*\)|\\b")
_LEADING = re.compile(
    r"\{(?:[a-z_0-9]*:)?(?P<kind>[a-z_]+)\}|(?P<word>[A-Za-z]+)(?=[ \\\-{]|\[[ -]|\(\?:(?:[^\w()|][^()|]*\|?)+\)|$)"
    r"|(?P<digit>\\d|\[\d|\d)|(?P<group>\(\?(?:-i)?:)"
)


def starts_of(pattern: str, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    """The words with which a match of a pattern can begin, "" for nothing; None where that is hard to tell."""
    starts: set[str] = set()
    at = 0
    while at < len(pattern):
        if look := _LOOK.match(pattern, at):
            at = look.end()
            continue
        leading = _LEADING.match(pattern, at)
        if not leading:
            return None
        at = _closing(pattern, at) if leading["group"] else leading.end()
        here = _starts_of(leading, pattern[leading.end() : at - 1], classes)
        if here is None or _runs_on(pattern[at:], here - {""}, classes):
            return None
        starts |= here - {""}
        optional = pattern[at : at + 1] == "?"
        if not optional and "" not in here:
            return frozenset(starts)
        at += optional
    return frozenset(starts | {""})


_ARTICLE = re.compile(r"(the) |\(\?:((?:[a-z]+ \|?)+)\)\??")


def follows_of(word: str, pattern: str, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    """The words that can stand behind a word with which a match begins; None where that is hard to tell."""
    article, slot = _ARTICLE.match(pattern), SLOT.match(pattern)
    if article and word in re.findall(r"[a-z]+", article.group()):
        rest = starts_of(pattern[article.end() :], classes)
        return None if rest is None or rest & {word, ""} else rest
    if slot and classes[slot.group(2)].starts is not None:
        phrases = [TOKEN.findall(phrase) for phrase in classes[slot.group(2)].values]
        seconds = {words[1] if len(words) > 1 else "" for words in phrases if words[0] == word}
        return None if "" in seconds else frozenset("#" if second[0].isdigit() else second for second in seconds)
    return None


def _runs_on(rest: str, words: frozenset[str], classes: Mapping[str, WordClass]) -> bool:
    """Whether what follows can make one of the words longer, or leave it out."""
    slot = SLOT.match(rest)
    if slot and words:
        return not classes[slot.group(2)].numeric
    return rest[:1] == "*" or (bool(words - {"#"}) and rest[:1].isalpha())


def _starts_of(leading: re.Match[str], inside: str, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    if leading["kind"]:
        return _starts_of_class(classes[leading["kind"]], classes)
    if leading["digit"]:
        return frozenset("#")
    if leading["word"]:
        return frozenset([leading["word"].lower()])
    return _starts_of_any(inside, classes)


def _starts_of_class(kind: WordClass, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    if kind.numeric:
        return frozenset("#")
    if kind.starts is not None:
        return kind.starts
    return _starts_of_any(kind.pattern, classes)


def _starts_of_any(options: str, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    starts = [starts_of(option, classes) for option in _alternatives(options)]
    return None if None in starts else frozenset().union(*(some for some in starts if some))


def _closing(pattern: str, at: int) -> int:
    """The place behind the group that opens at a place of a pattern."""
    depth = 0
    for end in range(at, len(pattern)):
        depth += (pattern[end] == "(") - (pattern[end] == ")")
        if not depth:
            return end + 1
    return len(pattern)


def _alternatives(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern that stand outside groups."""
    start = 0
    for bar in re.finditer(r"\|", pattern):
        if _depth(pattern, bar.start()) == 0:
            yield pattern[start : bar.start()]
            start = bar.end()
    yield pattern[start:]


_CHOICE = re.compile(r"(?<![\w}])\(\?:([a-z |]+)\)(?![?*\w{])")


def _depth(pattern: str, at: int) -> int:
    """In how many groups a place of a pattern lies."""
    return pattern.count("(", 0, at) - pattern.count(")", 0, at)


def _outside_groups(pattern: str) -> str:
    """The pattern without its bracketed groups."""
    depth, kept = 0, []
    for sign in pattern:
        depth += sign == "("
        if not depth:
            kept.append(sign)
        elif sign == ")":
            depth -= 1
            kept.append("\0" if not depth else "")
    return "".join(kept)
