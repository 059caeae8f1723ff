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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from .patterns import (
    SLOT,
    TOKEN,
    WordClass,
    any_of,
    check_pattern,
    first_word,
    follows_of,
    key_word,
    needs_of,
    starts_of,
)

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
    behind_the: frozenset[str] | None
    """The words that can stand behind "the" where a match begins with it; None: any."""
    examples: tuple[Example, ...]
    counter: tuple[Example, ...]
    where: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, bounded so that it begins and ends with whole words and numbers."""
        return re.compile(rf"{_BEFORE}(?:{self.pattern}){_BEHIND}", re.IGNORECASE)

    def may_begin(self, word: str, following: str = "") -> bool:
        """Whether a match can begin with that word, and "the" with the one that follows."""
        if self.starts is not None and word not in self.starts:
            return False
        return not following or self.behind_the is None or following in self.behind_the


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: what each slot means, and where the slots and the whole stand."""

    rule: Rule
    start: int
    end: int
    slots: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]


Choice = tuple[tuple[Rule, int], ...]
"""The rules that can match where a certain word stands, each with the needs that the words ahead must meet, as bits."""


@dataclass(frozen=True)
class Pack:
    """The rules and word classes of a folder."""

    classes: Mapping[str, WordClass]
    rules: tuple[Rule, ...]

    def find(self, text: str) -> list[Found]:
        """All matches of all rules, leftmost first, then longest, then in the order of the rules."""
        found: list[Found] = []
        by_word, others = self._choices
        tokens = [(_key(token[0]), token.start()) for token in TOKEN.finditer(_small(text))]
        bits = self._bits
        meeting = [(start, bits[word]) for word, start in tokens if word in bits]
        passed = 0
        for word, start in tokens:
            choice = by_word.get(word, others)
            if word == "the":
                choice = by_word.get(f"the {_word_at(text, start + len(word))}", choice)
            if not choice:
                continue
            while passed < len(meeting) and meeting[passed][0] < start:
                passed += 1
            missing = ~_met(meeting, passed, start + LONGEST_MATCH)
            matches = [(rule, rule.regex.match(text, start)) for rule, needs in choice if not needs & missing]
            here = [self._found(rule, match) for rule, match in matches if match]
            found += sorted(here, key=lambda f: -f.end)
        return found

    @cached_property
    def _need_bits(self) -> Mapping[frozenset[str], int]:
        """A bit for each of the needs of the rules."""
        return {
            need: 1 << at for at, need in enumerate(dict.fromkeys(need for rule in self.rules for need in rule.needs))
        }

    @cached_property
    def _bits(self) -> Mapping[str, int]:
        """The needs that each word meets."""
        bits: dict[str, int] = {}
        for need, bit in self._need_bits.items():
            for word in need:
                bits[word] = bits.get(word, 0) | bit
        return bits

    @cached_property
    def _choices(self) -> tuple[Mapping[str, Choice], Choice]:
        """The choice of each word with which some match can begin, and that of all other words.

        Most texts are full of "the", so that its rules are told apart by the word behind it.
        """
        needs = [(rule, sum(self._need_bits[need] for need in set(rule.needs))) for rule in self.rules]

        def choice(word: str, following: str = "") -> Choice:
            return tuple((rule, bits) for rule, bits in needs if rule.may_begin(word, following))

        by_word = {word: choice(word) for word in {word for rule in self.rules for word in rule.starts or ()}}
        if "the" in by_word:
            behind = {word for rule in self.rules for word in rule.behind_the or ()}
            by_word |= {f"the {word}": choice("the", word) for word in behind} | {"the": choice("the", "-")}
        return by_word, choice("-")

    def _found(self, rule: Rule, match: re.Match[str]) -> Found:
        filled = {name: text for name, text in match.groupdict().items() if text is not None}
        slots = {name: self.classes[rule.slots[name]].values.get(text.lower(), text) for name, text in filled.items()}
        return Found(rule, match.start(), match.end(), slots, {name: match.span(name) for name in filled})


def _key(word: str) -> str:
    """A word as rules know it: "#" for a number."""
    return "#" if word < ":" else word


def _met(meeting: Sequence[tuple[int, int]], at: int, end: int) -> int:
    """The needs that are met by the words, each with where it begins, from number `at` up to the place `end`."""
    met = 0
    while at < len(meeting) and meeting[at][0] < end:
        met |= meeting[at][1]
        at += 1
    return met


def _small(text: str) -> str:
    """The text in small letters, each where it was: some signs, as "İ", would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(sign.lower()[0] for sign in text)


def _word_at(text: str, at: int) -> str:
    """The word behind a place, in small letters; "#" for a number, "-" where none stands close."""
    token = TOKEN.search(text, at, at + 40)
    word = token.group() if token else "-"
    return "#" if "0" <= word < ":" else word.lower()


LONGEST_MATCH = 120
"""No match of a rule is longer, in characters."""


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
    return Pack(classes, tuple(rules))


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
                check_pattern(row["pattern"], f"{path.name}:{row.line}")
                yield row["class"], WordClass(row["pattern"], numeric=row["digits"] == "yes")


def _word_class(rows: list[Row]) -> WordClass:
    titles = [row["word"] for row in rows if row.cells.get("case") == "title"]
    others = [row["word"].lower() for row in rows if row.cells.get("case") != "title"]
    capitals = {form for word in titles for form in (word[0].upper() + word[1:], word.upper())}
    keys = {key_word(row["word"]) for row in rows}
    return WordClass(
        "|".join(filter(None, (f"(?-i:{any_of(capitals)})" if capitals else "", any_of(others)))),
        {row["word"].lower(): row["value"] for row in rows},
        frozenset() if "" in keys else frozenset(keys),
        starts=frozenset(first_word(row["word"]) for row in rows),
    )


# --- one file of rules ----------------------------------------------------------------------------------------

_CALL = re.compile(r"([a-z_]+)\(([^()]*)\)")


def _load_rules(path: Path, classes: Mapping[str, WordClass], operators: Mapping[str, Signature]) -> Iterator[Rule]:
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
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
    check_pattern(texts["pattern"], where, pattern)
    operator, constants = _read_call(texts["call"], slots, operators, where)
    examples = tuple(_example(item, name, value=True) for item in _items(fields.get("examples"), where))
    if not examples:
        raise ValueError(f"{where}: the rule {texts['id']} has no example")
    counter = tuple(_example(item, name, value=False) for item in _items(fields.get("counter"), where))
    needs = tuple(needs_of(texts["pattern"], classes))
    starts = starts_of(texts["pattern"], classes)
    starts = None if starts and "" in starts else starts
    behind = follows_of("the", texts["pattern"], classes)
    return Rule(texts["id"], pattern, operator, slots, constants, needs, starts, behind, examples, counter, where)


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
        inside = SLOT.sub(group_of_class, classes[kind].pattern)
        if name == "":
            return f"(?:{inside})"
        slots[name or kind] = kind
        return f"(?P<{name or kind}>{inside})"

    def group_of_class(match: re.Match[str]) -> str:
        return f"(?:{classes[match.group(2)].pattern})"

    return SLOT.sub(group, pattern), slots


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
