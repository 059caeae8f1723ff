"""Rule packs and word lists: data files under `data/`, read with their line numbers, checked, and run over text.

A list is a TSV file: `#` lines hold what it is, where it comes from and its licence; the first other line names the
columns; each further line is a row. Empty cells are "".

A pack is a folder of lists and YAML files of rules. Every list with a column `word` is a class of words named like its
file. A rule is a pattern and one call of an operator::

    - id: day-month-year
      pattern: '{day} (?:of )?{month},? {year}'
      call: date(day, month, year)
      examples: ['on 29 February 2020 | 2021-04-21 | 2020-02-29']
      counter: ['29 sheep']

`{month}` is a slot filled by a word of that class, `{from:month}` one under another name, `{:month}` one that nobody
needs. The rest is a regular expression that ignores case, without quantifiers inside quantified groups.
`docs/date-rules.md` tells how to write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


# --- lists ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: its cells by column name, and its line number for messages and test ids."""

    cells: dict[str, str]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_table(name: str) -> tuple[Row, ...]:
    """The rows of the list `data/NAME` (as `en/abbreviations.tsv`).

    Raises ValueError with file and line where a row has more cells than there are columns.
    """
    return tuple(_rows(DATA / name))


def _rows(path: Path) -> Iterator[Row]:
    columns: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells for {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        yield Row(dict(zip(columns, cells, strict=True)), number)


# --- packs ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must read with that value, seen from a publication date; a counter-example has no value."""

    text: str
    published: str
    value: str
    line: int


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


# Not inside a word, a price, a decimal or a hyphenated word, but "mid-May" and "14 August-24 August".
_BEFORE = (
    r"\b(?<![\w$£€#])(?<!\d[.,:/])(?:(?<!\w-)|(?<=\b(?:mid|end)-)|(?<=(?:ary|rch|ril|may|une|uly|ust|ber)-)(?=\d))"
)
_BEHIND = r"(?!\w|[.,:/]\d|%)(?!(?<=\d)-\d)"


@dataclass(frozen=True)
class Rule:
    """A pattern with named slots and the operator to call with them."""

    id: str
    pattern: str
    operator: str
    slots: Mapping[str, str]
    """Slot name → word class."""
    constants: Mapping[str, str]
    needs: tuple[frozenset[str], ...]
    """For each entry, a text without one of its words cannot match; "#" stands for any digit."""
    starts: frozenset[str] | None
    """The words with which a match can begin, "#" for a figure; None: any."""
    examples: tuple[Example, ...]
    counter: tuple[Example, ...]
    where: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, bounded so that it begins and ends with whole words and numbers."""
        return re.compile(rf"{_BEFORE}(?:{self.pattern}){_BEHIND}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: what each slot means, and where the slots and the whole stand."""

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules and word classes of a folder."""

    classes: Mapping[str, WordClass]
    rules: tuple[Rule, ...]
    needs: frozenset[frozenset[str]]
    """What any of the rules needs."""

    def find(self, text: str) -> list[Found]:
        """All matches of all rules, leftmost first, then longest, then in the order of the rules."""
        places = _places(text)
        met = {need for need in self.needs if not places.keys().isdisjoint(need)}
        found: list[Found] = []
        for rule in self.rules:
            if met.issuperset(rule.needs):
                starts = places.keys() if rule.starts is None else rule.starts & places.keys()
                matches = (rule.regex.match(text, at) for word in starts for at in places[word])
                found.extend(self._found(rule, match) for match in matches if match)
        found.sort(key=lambda f: (f.start, -f.end))
        return found

    def _found(self, rule: Rule, match: re.Match[str]) -> Found:
        filled = {name: text for name, text in match.groupdict().items() if text is not None}
        slots = {name: self.classes[rule.slots[name]].values.get(text.lower(), text) for name, text in filled.items()}
        return Found(rule, match.start(), match.end(), slots, {name: match.span(name) for name in filled})


def _places(text: str) -> dict[str, list[int]]:
    """Where each word begins, in small letters; all numbers under "#"."""
    places: dict[str, list[int]] = {}
    for match in _TOKEN.finditer(text.lower()):
        word = match.group()
        places.setdefault("#" if word[0].isdigit() else word, []).append(match.start())
    return places


_TOKEN = re.compile(r"[a-z]+|\d+")


Signature = tuple[Iterable[str], Iterable[str]]
"""The arguments that an operator takes, and those of them that it needs."""


def load_pack(folder: str, operators: Mapping[str, Signature]) -> Pack:
    """The pack in `data/FOLDER`, whose rules may call `operators`.

    Raises ValueError, with file and line, for the first thing that is wrong.
    """
    home = DATA / folder
    classes = dict(_word_classes(home))
    rules: list[Rule] = []
    for path in sorted(home.glob("*.yaml")):
        rules.extend(_load_rules(path, classes, operators))
    _refuse_doubles(rules)
    return Pack(classes, tuple(rules), frozenset(need for rule in rules for need in rule.needs))


def _refuse_doubles(rules: Iterable[Rule]) -> None:
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            raise ValueError(f"{rule.where}: the id {rule.id} is already used at {seen[rule.id]}")
        seen[rule.id] = rule.where


def _word_classes(home: Path) -> Iterator[tuple[str, WordClass]]:
    for path in sorted(home.glob("*.tsv")):
        rows = list(_rows(path))
        if rows and "word" in rows[0].cells:
            yield path.stem, _word_class(rows)
        elif rows and "pattern" in rows[0].cells:
            for row in rows:
                _check_pattern(row["pattern"], f"{path.name}:{row.line}")
                yield row["class"], WordClass(row["pattern"], numeric=row["digits"] == "yes")


def _word_class(rows: list[Row]) -> WordClass:
    longest_first = sorted(rows, key=lambda row: (-len(row["word"]), row["word"]))
    keys = {_key_word(row["word"]) for row in rows}
    return WordClass(
        "|".join(_word_pattern(row) for row in longest_first),
        {row["word"].lower(): row["value"] for row in rows},
        frozenset() if "" in keys else frozenset(keys),
        starts=frozenset(_first_word(row["word"]) for row in rows),
    )


def _key_word(phrase: str) -> str:
    """The longest word of a phrase, the later of two as long; "" where it has none."""
    words = re.findall(r"[a-z]+", phrase.lower())
    return max(reversed(words), key=len, default="")


def _word_pattern(row: Row) -> str:
    word = re.escape(row["word"]).replace(r"\ ", " ").replace(r"\-", "-")
    if row.cells.get("case") == "title":
        capital = word[0].upper() + word[1:]
        return f"(?-i:{capital}|{word.upper()})"
    return word


# --- one file of rules ----------------------------------------------------------------------------------------

_SLOT = re.compile(r"\{(?:([a-z_0-9]*):)?([a-z_]+)\}")
_CALL = re.compile(r"([a-z_]+)\(([^()]*)\)")


def _load_rules(path: Path, classes: Mapping[str, WordClass], operators: Mapping[str, Signature]) -> Iterator[Rule]:
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ValueError(f"{path.name}:{mark.line + 1 if mark else 0}: not YAML: {error}") from None
    if not isinstance(tree, yaml.SequenceNode):
        raise ValueError(f"{path.name}:1: a list of rules is expected")
    for node in tree.value:
        yield _rule(path.name, node, classes, operators)


def _rule(name: str, node: yaml.Node, classes: Mapping[str, WordClass], operators: Mapping[str, Signature]) -> Rule:
    where = f"{name}:{node.start_mark.line + 1}"
    fields = _fields(node, where)
    texts = {key: _scalar(fields[key], where) for key in ("id", "pattern", "call")}
    pattern, slots = _expand(texts["pattern"], classes, where)
    _check_pattern(pattern, where)
    operator, constants = _read_call(texts["call"], slots, operators, where)
    examples = tuple(_example(item, name, value=True) for item in _items(fields.get("examples"), where))
    if not examples:
        raise ValueError(f"{where}: the rule {texts['id']} has no example")
    counter = tuple(_example(item, name, value=False) for item in _items(fields.get("counter"), where))
    needs = tuple(_needs(texts["pattern"], classes))
    starts = _starts(texts["pattern"], classes)
    return Rule(texts["id"], pattern, operator, slots, constants, needs, starts, examples, counter, where)


def _fields(node: yaml.Node, where: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(f"{where}: a rule is a mapping")
    fields = {key.value: value for key, value in node.value}
    for key in fields.keys() - {"id", "pattern", "call", "examples", "counter"}:
        raise ValueError(f'{where}: a rule has no field "{key}"')
    for key in ("id", "pattern", "call"):
        if key not in fields:
            raise ValueError(f'{where}: a rule needs the field "{key}"')
    return fields


def _scalar(node: yaml.Node, where: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError(f"{where}: text is expected")
    return str(node.value)


def _items(node: yaml.Node | None, where: str) -> list[yaml.Node]:
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError(f"{where}: examples are a list")
    return list(node.value)


def _example(node: yaml.Node, name: str, *, value: bool) -> Example:
    line = node.start_mark.line + 1
    parts = re.split(r"\s*\|\s*", _scalar(node, f"{name}:{line}"))
    if len(parts) != (3 if value else 1):
        wanted = "text | publication date | value" if value else "text alone"
        raise ValueError(f"{name}:{line}: an example is: {wanted}")
    return Example(parts[0], parts[1] if value else "", parts[2] if value else "", line)


def _expand(pattern: str, classes: Mapping[str, WordClass], where: str) -> tuple[str, dict[str, str]]:
    """The pattern with its slots written out as groups, and the class of each slot."""
    slots: dict[str, str] = {}

    def group(match: re.Match[str]) -> str:
        name, kind = match.group(1), match.group(2)
        if kind not in classes:
            raise ValueError(f'{where}: there is no class of words "{kind}"')
        inside = _SLOT.sub(group_of_class, classes[kind].pattern)
        if name == "":
            return f"(?:{inside})"
        slots[name or kind] = kind
        return f"(?P<{name or kind}>{inside})"

    def group_of_class(match: re.Match[str]) -> str:
        return f"(?:{classes[match.group(2)].pattern})"

    return _SLOT.sub(group, pattern), slots


def _read_call(
    call: str, slots: Mapping[str, str], operators: Mapping[str, Signature], where: str
) -> tuple[str, dict[str, str]]:
    found = _CALL.fullmatch(call)
    if not found or found.group(1) not in operators:
        raise ValueError(f'{where}: "{call}" calls no operator')
    takes, needed = operators[found.group(1)]
    constants: dict[str, str] = {}
    for argument in filter(None, (part.strip() for part in found.group(2).split(","))):
        name, equals, constant = argument.partition("=")
        if name not in takes:
            raise ValueError(f'{where}: {found.group(1)} takes no "{name}"')
        if equals:
            constants[name] = constant
        elif name not in slots:
            raise ValueError(f'{where}: the pattern has no slot "{name}"')
    for slot in slots.keys() - {part.strip() for part in found.group(2).split(",")}:
        raise ValueError(f'{where}: the slot "{slot}" is not used')
    for name in set(needed) - slots.keys() - constants.keys():
        raise ValueError(f'{where}: {found.group(1)} needs "{name}"')
    return found.group(1), constants


def _check_pattern(pattern: str, where: str) -> None:
    """Refuse a quantifier inside a repeated group, which may take for ever."""
    try:
        re.compile(_SLOT.sub("x", pattern))
    except re.error as error:
        raise ValueError(f"{where}: not a pattern: {error}") from None
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


def _needs(pattern: str, classes: Mapping[str, WordClass]) -> Iterator[frozenset[str]]:
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
            yield frozenset(_key_word(phrase) for phrase in choice.group(1).split("|"))
    bare = re.sub(r"\{[^}]*\}", "\0", outside)
    for literal in re.finditer(r"(?<![\w\\\0])[a-z]+(?![\w?*\[\0.-])", bare):
        yield frozenset([literal.group()])


def _first_word(phrase: str) -> str:
    found = _TOKEN.search(phrase.lower())
    return "" if not found else "#" if found.group()[0].isdigit() else found.group()


_LEADING = re.compile(
    r"\{(?:[a-z_0-9]*:)?(?P<kind>[a-z_]+)\}|\(\?:(?P<choice>[a-z |]+)\)|(?P<word>[a-z]+)(?=[ \\-]|$)"
    r"|(?P<digit>\\d|\[\d)"
)


def _starts(pattern: str, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    """The words with which a match of a pattern can begin; None where that is hard to tell."""
    starts: set[str] = set()
    at = 0
    while leading := _LEADING.match(pattern, at):
        here = _starts_of(leading, classes)
        if here is None:
            return None
        starts |= here
        at = leading.end()
        if pattern[at : at + 1] != "?":
            return frozenset(starts)
        at += 1
    return None


def _starts_of(leading: re.Match[str], classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    if leading["kind"]:
        return _starts_of_class(classes[leading["kind"]], classes)
    if leading["digit"]:
        return frozenset("#")
    return frozenset(_first_word(word) for word in (leading["choice"] or leading["word"]).split("|"))


def _starts_of_class(kind: WordClass, classes: Mapping[str, WordClass]) -> frozenset[str] | None:
    if kind.numeric:
        return frozenset("#")
    if kind.starts is not None or "(?-i" in kind.pattern:
        return kind.starts
    options = [_starts(option, classes) for option in _alternatives(kind.pattern)]
    return None if None in options else frozenset().union(*(option for option in options if option))


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
