"""The recogniser `rules`: names by capital letters, titles, head words and lists, without a model.

A *run* is a stretch of capitalised words with the small words that names hold ("Bank of Utopia", "van der Roe").
What a run names is told by what stands in it and around it; a capital at the start of a sentence tells little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..model import Mention, MentionKind
from .compounds import (
    bare,
    begins_other,
    ends_company,
    goes_on,
    is_code,
    is_field,
    is_organ,
    is_party_label,
    is_possessive,
    owns_body,
)
from .cues import bears_name, ends_in_trade, is_first, is_surname, is_town, opens_body, weigh_name
from .discourse import plural_nouns
from .headings import COMMON_END, is_heading
from .names import is_given_name, is_modifier, is_title
from .titles import is_only_titles, title_length
from .world import (
    country_names,
    demonyms,
    generic_words,
    head_word_kind,
    heads,
    peoples,
    table_name,
    vague_words,
    words,
    world_forms,
)

_CONNECT_BODY = frozenset({"of", "for", "and", "the", "&"})
_NEXT = re.compile(r",?\s+([a-z]+)\b")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|outside|around|across|throughout|to|towards)\s+(?:the\s+)?$")
_VERB_AFTER = re.compile(r"\s+(?:[a-z]+ed|is|was|has|had|will|would|can|could|may|might|does|did|[a-z]{3,}s)\b")
_APPOSED = re.compile(r", (?:an?|the|which|whose|who) ")
_COMPOUND = re.compile(r"-(?:[a-z]+(?:ed|ing)|led|run|born|wide|style|era|only)$")
_ROMAN = re.compile(r"[IVXLCDM]+")
_SURNAMES = frozenset({"April", "August", "June", "May", "March"})
"""Months that are persons' names, too."""
_BRANDED = re.compile(r"[a-z][A-Z][a-z]")
"""A word that is large though it begins small ("iRoe")."""


_PLAIN = re.compile(r"[^\W\d_]+|[^\W\d_]{3,}(?:[-‐‑][^\W\d_]{3,})+")
_FAR_EASTERN = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""The given name of a Chinese or a Korean ("Min-ho")."""
_LONGEST = 64
"""No name has more words: a longer stretch of large words is cut."""


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    large: bool


class _Run(NamedTuple):
    """Tokens that may be one name; `opens` where the sentence begins with it."""

    tokens: tuple[_Token, ...]
    opens: bool

    def without_first(self) -> _Run:
        return _Run(self.tokens[1:], False)


class _Parts(NamedTuple):
    """The runs of a text, each with its parts, trimmed; whether the text is a heading."""

    runs: tuple[tuple[_Run, tuple[_Run, ...]], ...]
    heading: bool


class RulesRecogniser:
    """Names by rules: quick, with nothing to install, and less sure than a model."""

    label = "rules 0.1.0"

    def __init__(self, model: str = "") -> None:
        del model  # every recogniser is made with the name of a model; there is none here

    def recognise(self, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
        """For each text its mentions, each text by itself."""
        for text in texts:
            yield tuple(_recognise(text))


def find_sure(text: str) -> Iterator[Mention]:
    """Names sure enough to stand beside any recogniser's.

    They are bodies told by a head word ("Utopian High Peace Council") or written as an abbreviation, and persons with
    a well-known given name.
    """
    parts = _parts(text)
    if parts.heading:
        return
    for run in (part for _, parts_of in parts.runs for part in parts_of):
        trimmed = _without_titles(run)
        if trimmed.tokens and not _says_little(trimmed):
            if _is_body(trimmed.tokens):
                yield _mention(text, trimmed, "ORG")
            elif _is_given_and_surname(trimmed.tokens):
                yield _mention(text, trimmed, "PER")


def _is_given_and_surname(tokens: Sequence[_Token]) -> bool:
    given = is_given_name(tokens[0].word)
    others = [bare(token.word) for token in tokens[1:]]
    return given and 0 < len(others) < 4 and all(_is_name_word(word) for word in others) and not _head(tokens)


def _is_name_word(word: str) -> bool:
    return word.casefold() not in vague_words() and word not in world_forms() and word.replace("-", "").isalpha()


def _is_body(tokens: Sequence[_Token]) -> bool:
    if len(tokens) > 1:
        return _head(tokens) in ("organisation", "group", "media")
    word = bare(tokens[0].word)
    return word.isalpha() and word.isupper() and 3 <= len(word) <= 6 and not _ROMAN.fullmatch(word)


def _recognise(text: str) -> Iterator[Mention]:
    runs, heading = _parts(text)
    inside = Counter(token.word for run, _ in runs for token in run.tokens[1 if run.opens else 0 :] if token.large)
    for whole, parts in runs:
        if not _fills_quotes(text, whole):
            for part in parts:
                yield from _named(text, part, inside, heading)


@lru_cache(maxsize=4)
def _parts(text: str) -> _Parts:
    """Kept for a while, since names are looked for twice in a text: by the recogniser and by `find_sure`."""
    heading = is_heading(text)
    runs = tuple((run, tuple(_trim(text, part) for part in _split(run))) for run in _runs(text, heading))
    return _Parts(runs, heading)


def _named(text: str, run: _Run, inside: Counter[str], heading: bool) -> Iterator[Mention]:
    if heading and len(run.tokens) > 2 and is_first(run.tokens[0].word):
        run = _Run(tuple(_name_in_heading(run.tokens)), run.opens)
    if run.tokens and (kind := _kind(text, run, inside, heading)):
        yield _mention(text, _without_titles(run) if kind == "ORG" else run, kind)


def _name_in_heading(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """A first name, the word behind it, and what else is a name's: other words are large in a heading, too."""
    for at, token in enumerate(tokens):
        if at > 1 and not is_first(token.word) and not is_surname(token.word):
            return
        yield token


def _split(run: _Run) -> Iterator[_Run]:
    """A run cut where a person's title or name begins inside it."""
    tokens, opens, at = run.tokens, run.opens, 1
    while at < len(tokens):
        if tokens[at].word == "of" and _is_of_person(tokens, at):
            yield _Run(tokens[:at], opens)
            tokens, opens, at = tokens[at + 1 :], False, 0
        elif _begins_person(tokens, at):
            yield _Run(tokens[:at], opens)
            tokens, opens, at = tokens[at:], False, 0
        at += 1
    yield _Run(tokens, opens)


def _begins_person(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a title, or a given name after a country or a body, stands at `at` with a name after it."""
    before, word = tokens[at - 1].word, tokens[at].word
    if is_title(word):
        if is_title(before) or is_modifier(before) or is_first(before) or at + 1 >= len(tokens):
            return False
        return _head(tokens) in ("", "place", "event") or _is_whole_body(tokens[:at], tokens[-1])
    if is_modifier(word):
        return _is_whole_body(tokens[:at], tokens[-1]) and _is_role(tokens[at:])
    if is_given_name(word) and not is_given_name(before) and at + 1 < len(tokens):
        return before in world_forms() or before in demonyms() or before in heads()
    return before in country_names() and at == 1 and len(tokens) > 2 and not _head(tokens)


def _is_of_person(tokens: Sequence[_Token], at: int) -> bool:
    """Whether "of" stands between a body and the one who leads it ("National Front of Jane Roe")."""
    if len(tokens) - at != 3 or at < 2:
        return False
    first, last = tokens[at + 1].word, bare(tokens[at + 2].word)
    named = is_given_name(first) and last.isalpha() and last not in heads()
    return named and _head(tokens[: at + 1]) in ("organisation", "group") and f"{first} {last}" not in world_forms()


def _is_whole_body(tokens: Sequence[_Token], last: _Token) -> bool:
    """Whether words with a head among them stand before a role: "Bank of Utopia" of "Bank of Utopia Governor Roe"."""
    whole = tokens[-1].large and not is_field(tokens[-1].word) and len(tokens) > 1
    return whole and _head(tokens) in ("organisation", "group") and not head_word_kind(last.word)


def _is_role(tokens: Sequence[_Token]) -> bool:
    """Whether modifiers and a title come first, and a name after them."""
    title = next((at for at, token in enumerate(tokens) if not is_modifier(token.word)), len(tokens))
    return title + 1 < len(tokens) and is_title(tokens[title].word)


def _mention(text: str, run: _Run, kind: MentionKind) -> Mention:
    start, last = run.tokens[0].start, run.tokens[-1]
    end = last.end - len(last.word) + len(bare(last.word))
    return Mention(start=start, end=end, text=text[start:end], kind=kind)


# -------------------------------------------------------------------------------------------------- runs


@cache
def _token() -> re.Pattern[str]:
    """One word, abbreviations with their full stop, or one other sign."""
    listed = words("en/names/titles") | {head.casefold() for head in heads()} | {"jr.", "sr.", "mt.", "ft."}
    dotted = "|".join(re.escape(word[:-1].capitalize()) for word in sorted(listed) if re.fullmatch(r"[a-z]+\.", word))
    return re.compile(
        rf"(?:[A-Z]\.){{2,}}|[A-Z]\.(?=\s)|(?:{dotted})\.|[^\W_]+(?:[-‐‑&'’][^\W_]+)*(?:['’](?<=[a-z]s.)(?= [A-Z]))?|\S"
    )


def _runs(text: str, heading: bool) -> Iterator[_Run]:
    """The runs of a text, in order. In a heading, where all words are large, common ones end a run."""
    current: list[_Token] = []
    opens = False
    found = list(_token().finditer(text))
    for at, match in enumerate(found):
        word = match[0]
        large = _is_large(word)
        if not (large or current):
            continue
        token = _Token(match.start(), match.end(), word, large)
        common = heading and word.casefold() in words("en/names/common_words")
        if current and (common or not _continues(text, current, token, found[at + 1 : at + 5])):
            yield from _close(current, opens)
            current = []
        if common or not (large or current):
            continue
        if not current:
            opens = _opens_sentence(text, token.start)
        current.append(token)
        if is_possessive(word) and not _owns_body(text, current, found[at + 1 : at + 2]):
            yield from _close(current, opens)
            current = []
    yield from _close(current, opens)


@lru_cache(maxsize=65536)
def _is_large(word: str) -> bool:
    return (word[0].isupper() or bool(_BRANDED.match(word))) and not _COMPOUND.search(word)


def _close(tokens: list[_Token], opens: bool) -> Iterator[_Run]:
    while tokens and not tokens[-1].large:
        tokens.pop()
    if tokens:
        yield _Run(tuple(tokens), opens)


def _continues(text: str, current: Sequence[_Token], token: _Token, follows: Sequence[re.Match[str]]) -> bool:
    """Whether a token can go on the run that precedes it, with the word that follows."""
    if text[current[-1].end : token.start] != " " or len(current) >= _LONGEST:
        return False
    if token.large:
        return not (
            len(current) > 1
            and ends_company(current[-1].word)
            and token.word.casefold() not in words("world/legal_forms")
        )
    if not follows or not (_is_large(follows[0][0]) or follows[0][0] in ("the", "der", "la", "los")):
        return False
    if token.word in words("world/particles"):
        return True
    if token.word not in _CONNECT_BODY:
        return False
    seen, after = [part.word for part in current], [match[0] for match in follows]
    if goes_on(seen, token.word, after):
        return True
    if token.word == "and" and begins_other(seen, after):
        return False
    if any(_FAR_EASTERN.fullmatch(word) for word in seen[1:]):
        return False  # "Park" is a head word, "Park Min-ho" somebody
    headed = any(word in heads() and heads()[word] not in ("event", "media") for word in seen)
    return headed and (token.word != "and" or "of" in seen or "for" in seen)


def _owns_body(text: str, current: Sequence[_Token], follows: Sequence[re.Match[str]]) -> bool:
    """Whether the possessive that a run ends with stands inside the name of a body."""
    if not follows or text[current[-1].end : follows[0].start()] != " ":
        return False
    return owns_body([token.word for token in current[:-1]], current[-1].word, follows[0][0])


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \"'“‘(–—-[•*")
    return not before or before[-1] in '.!?:\n”"'


def _fills_quotes(text: str, run: _Run) -> bool:
    """Whether a run of several words is all that stands in quotation marks: the title of a work."""
    start, end = run.tokens[0].start, run.tokens[-1].end
    return len(run.tokens) > 1 and text[start - 1 : start] in ('"', "“", "‘") and text[end : end + 1] in ('"', "”", "’")


def _trim(text: str, run: _Run) -> _Run:
    """The run without a sentence's first common words, dates at its ends, and demonyms before what is no body."""
    while run.tokens and run.opens and (_is_common(run.tokens[0].word) or _is_number(run.tokens[0].word)):
        if (
            len(run.tokens) > 1
            and (_head(run.tokens) or opens_body(run.tokens[0].word))
            and not ("-" in run.tokens[0].word and _is_number(run.tokens[0].word))
            and run.tokens[0].word.casefold() not in words("en/names/sentence_openers")
        ):
            break
        run = run.without_first()
    tokens = run.tokens
    while tokens and ((_is_day(tokens[0].word) and not _is_borne(text, tokens)) or not tokens[0].large):
        tokens = tokens[1:]
    while tokens and (_is_day(tokens[-1].word, tokens) or _is_people(tokens[-1].word) or not tokens[-1].large):
        tokens = tokens[:-1]
    while tokens and _is_people(tokens[0].word) and _head(tokens) not in ("organisation", "group", "media", "place"):
        tokens = tokens[1:]
    return _Run(tokens, run.opens and tokens[:1] == run.tokens[:1])


def _is_common(word: str) -> bool:
    return word.casefold() in words("en/names/common_words")


def _is_number(word: str) -> bool:
    """Whether a word only counts: "Forty-two" passengers."""
    return re.sub("[‐‑]", "-", word.casefold()) in words("en/dates/cardinal")


def _is_borne(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether a month's name begins a person's, as what stands around it tells: "said survivor April Roe, 34"."""
    plain = len(tokens) in (2, 3) and all(token.large for token in tokens) and not _head(tokens)
    return plain and bears_name(text, tokens[0].start, tokens[-1].end)


def _without_titles(run: _Run) -> _Run:
    """The run without roles before a body ("Commander Utopian Relief Mission"); "General Motors" keeps its word."""
    if len(run.tokens) > 2 and any(is_possessive(token.word) for token in run.tokens[:-1]):
        return run  # "Attorney General's Office"
    while len(run.tokens) > 2 and is_title(run.tokens[0].word) and not is_modifier(run.tokens[0].word):
        run = run.without_first()
    return run


def _is_day(word: str, tokens: Sequence[_Token] = ()) -> bool:
    """Whether a word is a date's; "May" behind the one given name or title of a person is not."""
    surname = word in _SURNAMES and len(tokens) == 2 and (is_given_name(tokens[0].word) or is_title(tokens[0].word))
    return word.casefold() in _days() and not surname


@cache
def _days() -> frozenset[str]:
    return frozenset().union(*(words("en/names/never", sort) for sort in ("weekday", "month", "day")))


@lru_cache(maxsize=65536)
def _is_people(word: str) -> bool:
    people = (word in demonyms() or word in peoples()) and not table_name(word)
    return people or word.casefold() in words("en/names/never", "religion")


# ------------------------------------------------------------------------------------------------- kinds


def _head(tokens: Sequence[_Token]) -> str:
    """The kind that the head word of a run tells, "" for none."""
    if len(tokens) < 2:
        return ""
    for at, token in enumerate(tokens):
        if at and token.word in ("of", "for"):
            return heads().get(tokens[at - 1].word, "")
    return head_word_kind(bare(tokens[-1].word))


def _says_little(run: _Run) -> bool:
    """Whether a run holds nothing but generic words and titles."""
    generic, common = generic_words(), words("en/names/common_words")
    return all(token.word.casefold() in generic or token.word.casefold() in common for token in run.tokens)


def _kind(text: str, run: _Run, inside: Counter[str], heading: bool) -> MentionKind | None:
    """What a run names; None for nobody."""
    name = text[run.tokens[0].start : run.tokens[-1].end]
    known = world_forms().get(bare(name))
    if known:
        return known
    head = _head(run.tokens)
    if is_organ(name) or (len(run.tokens) > 1 and not head and opens_body(run.tokens[0].word)):
        return "ORG"
    if _says_little(run) or is_only_titles(name) or head == "event":
        return None
    if head == "place" and _is_titled(text, run, name):
        return "PER"
    if " & " in name:
        return "ORG"
    if head and not heading:
        return "LOC" if head == "place" else "ORG"
    if _is_person(text, run, name):
        return "PER"
    if heading:
        return None
    if len(run.tokens) == 1:
        return _lone(text, run, inside)
    first, told = run.tokens[0].word, weigh_name(name)
    if told and (best := max(told, key=told.__getitem__)) and told[best]:
        return best
    if _PLACE_BEFORE.search(text[max(0, run.tokens[0].start - 14) : run.tokens[0].start]):
        return "LOC"
    if text.startswith("the ", max(0, run.tokens[0].start - 4)) or first in world_forms() or is_town(first):
        return "ORG"  # nobody's name has an article, or begins with a town ("Springfield Tigers")
    own = [first, *(t.word for t in run.tokens[1:] if t.word.casefold() not in words("world/particles"))]
    plain = all(_PLAIN.fullmatch(word) and word.casefold() not in vague_words() for word in own)
    return "PER" if plain and len(own) < 4 else "ORG"


def _is_person(text: str, run: _Run, name: str) -> bool:
    """Whether a title, a given name or a verb of speaking tells a person."""
    first = run.tokens[0].word
    if _is_titled(text, run, name) or (len(run.tokens) > 1 and (is_first(first) or _is_day(first))):
        return True
    if ends_in_trade(name):
        return False
    last = bare(run.tokens[-1].word)
    borne = len(run.tokens) > 1 or is_surname(last) or is_first(last)
    return borne and _speaks(text, run.tokens[-1].end) and len(run.tokens) < 4 and not name.isupper()


def _is_titled(text: str, run: _Run, name: str) -> bool:
    """Whether a title opens the run or stands before it."""
    if 0 < title_length(name) < len(name):
        return True
    before = re.search(r"([^\W\d_]+)\.?\s+$", text[max(0, run.tokens[0].start - 30) : run.tokens[0].start])
    return bool(before and is_title(before[1]) and not before[1].endswith("s"))


def _speaks(text: str, end: int) -> bool:
    after = _NEXT.match(text, end)
    return bool(after and after[1] in words("en/names/speech_verbs"))


def _lone(text: str, run: _Run, inside: Counter[str]) -> MentionKind | None:
    """What a single word names."""
    token = run.tokens[0]
    word = bare(token.word)
    low = word.casefold()
    if re.split("['’]", low)[0] in words("en/names/common_words"):
        return None
    if low in words("en/names/never", "site"):
        return "ORG"
    if low in vague_words() or word in demonyms() or word in peoples() or len(word) < 2:
        return None
    if is_code(word) or is_party_label(word) or _is_number(word):
        return None
    if word.isupper():
        return "ORG" if 2 <= len(word) <= (7 if run.opens else 10) and not _ROMAN.fullmatch(word) else None
    if run.opens and not inside[token.word] and not _sure_start(text, token, word):
        return None
    if is_given_name(word):
        return "PER"
    if _PLACE_BEFORE.search(text[max(0, token.start - 14) : token.start]) or is_town(word):
        return "LOC"
    return "PER" if is_surname(word) or is_first(word) else "ORG"


def _sure_start(text: str, token: _Token, word: str) -> bool:
    """Whether a capital at the start of a sentence is that of a name."""
    if is_given_name(word) or any(c.isupper() for c in word[1:]):
        return True
    if word != token.word:
        return not COMMON_END.search(word)
    if COMMON_END.search(word):
        return False
    follows = _NEXT.match(text, token.end)
    if follows and follows[1] in plural_nouns():
        return False  # "Bus drivers said": a noun before another
    return any(cue.match(text, token.end) for cue in (_VERB_AFTER, _APPOSED)) or _speaks(text, token.end)
