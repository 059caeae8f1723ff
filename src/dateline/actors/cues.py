"""What stands beside a name and tells what it names: a place, a body, a person, or a thing that nobody is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from ..model import Document, Mention, MentionKind
from .genders import gender_of_given
from .names import is_given_name, is_title, normalise
from .titles import title_length
from .world import country_names, heads, places, words

_AFTER_COMMA = re.compile(r", ([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)(?=[,.;:)]|\s*$)")
_ONE_OF_THEM = re.compile(r"\b(?:an?|my|your|his|her) (?:new |old |used )?$", re.IGNORECASE)
_NO_NOUN_NEXT = re.compile(
    r"\s*(?:[.,;:!?)\"”]|$)|\s+(?:and|or|with|that|which|to|in|on|at|for|from|is|was|will|can)\b"
)
_MODEL = re.compile(
    r" (\d{1,3}[A-Za-z]{0,2})(?![\w%]|[.,:/–-]\d| (?:per ?cent|million|billion|thousand|hundred|years?|days?)\b)"
)
_MONEY = re.compile(r"\$| (?:dollar|cent|pound|rupee|rial|rouble|ruble|franc|peso|dinar|krona|krone|shilling)s?\b")
_CODE = re.compile(r"[a-z] (?=\w*\d)(?=\w*[A-Za-z])\w{2,}$")
_BRANDED = re.compile(r"[a-z][A-Z]\w*[a-z]")
_BRAND = re.compile(r"(?<![\w./@-])[a-z][A-Z][A-Za-z]*[a-z](?![\w@-]|\.\w)")


_BEATS = (
    r"(?:beat|beats|edged|hammered|thrashed|defeated|held|drew with|lost to|draw with|win over|defeat (?:at|by|to))"
)
_AGED = re.compile(r", (?:aged )?[1-9]\d,|, who ")
_TIMED = re.compile(
    r"\b(?:in|since|until|by|from|before|after|during|of|last|this|next|early|late|mid) $", re.IGNORECASE
)
_PLAYS = (
    r" (?:captain|coach|defender|forward|full-back|goalkeeper|head coach|keeper|manager|midfielder|skipper|striker"
    r"|substitute|winger) (?=[A-Z])"
)
"""What stands between a team and one of its people ("Utopia striker Jane Roe")."""
_DEFINED, _SAID, _NEAR, _TOLD, _HINTED = 6, 4, 3, 2, 1
"""How much tell a definition ("X is a village"), "the operator X", "north of X", a cue, and what others share."""
_BEATEN, _SCORE = re.compile(rf" {_BEATS} $"), re.compile(r" \d+-\d+\b")
_OWN_STATE = re.compile(r"(?:\b[Ii]n|\b[Aa]cross|['’]s) $")
_THE = re.compile(r"\b[Tt]he $")
_SHORT_AFTER = re.compile(r"(?:\b(?:of|by the|from the|at) |\()$")
_IN = re.compile(r"\b[Ii]n $")
_QUOTED, _SAYS = re.compile(r"[\"”’'] ?$"), re.compile(r" (?:said|says|told|added|explained|recalled)\b")
_IS_A = r" (?:is|are|was|were) (?:an?|the) (?:[A-Za-z-]+ ){0,3}"
_LIES = (
    r",? (?:lies|sits|is|is located|is situated) (?:(?:about|around|some|nearly|just|roughly|only) )?"
    r"(?:\d[\d.,]* ?(?:km|kilomet\w+|miles?|hours?)\b|(?:north|south|east|west)(?:-?(?:east|west))? of\b)"
)
"""What is said of where a place is: "X lies 40 kilometres from", "X is north of"."""
_INITIALS = re.compile(r"(?:[^\W\d_]+ )?(?:[A-Z]\. ?)+[A-Z][^\W\d_]+|[A-Z]\w+ [A-Z]\w+-[a-z]+")
"""A name with initials ("J. K. Roe"), or a Chinese or Korean one ("Roe Min-ho")."""
_CLUBS = frozenset({"AC", "AFC", "AS", "CD", "CF", "FC", "SC", "SS", "SV"})

_RUN = re.compile(r"\w+")

Cues = tuple[tuple[MentionKind, int, re.Pattern[str]], ...]


@cache
def _before() -> Cues:
    said = "|".join(sorted(words("en/names/speech_verbs")))
    return (
        ("LOC", _DEFINED, re.compile(rf"\b(?i:{_any('place')}) of (?:the )?$")),
        ("LOC", _NEAR, re.compile(rf"\b(?i:{_any('near place')}) (?:the )?$")),
        ("ORG", _TOLD, re.compile(rf"\b(?i:{_any('near body')}) (?:the )?$")),
        (
            "PER",
            _TOLD,
            re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|whose|['’]s) (?:[a-z]+ )?(?:{_any('kin')}),? $"),
        ),
        ("PER", _TOLD, re.compile(rf"\b(?:{_any('near person')}|(?:{_any('person')}),?) $")),
        ("PER", _HINTED, re.compile(rf"[\"”’'] (?:{said}) $")),
    )


@cache
def _by_last_word() -> dict[str, Cues]:
    """The cues before a name by the last word, in small letters, with which each can end."""
    listed = [words("en/names/kind_cues", sort) for sort in ("near place", "near body", "kin")]
    persons = words("en/names/kind_cues", "near person") | words("en/names/kind_cues", "person")
    found: dict[str, Cues] = {}
    for cue, ends in zip(_before(), ({"of"}, *listed, persons, words("en/names/speech_verbs")), strict=True):
        for last in _last_words(ends):
            found[last] = (*found.get(last, ()), cue)
    return found


def _last_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(_RUN.findall(phrase)[-1] for phrase in phrases)


def _cues_before(runs: Sequence[str]) -> Cues:
    """The cues that can end with the last of these words, or before its "the": to search for all takes long."""
    if not all(map(str.isascii, runs)):
        return _before()  # signs of which other cases are known to patterns
    cues = _by_last_word().get(runs[-1].casefold(), ()) if runs else ()
    return cues + _by_last_word().get(runs[0].casefold(), ()) if runs[1:] == ["the"] else cues


@cache
def _after() -> Cues:
    return (
        ("LOC", _DEFINED, re.compile(rf"{_IS_A}(?:{_any('place')})\b|-based\b")),
        ("LOC", _DEFINED, re.compile(rf" (?:{_any('feature')})\b|{_LIES}")),
        ("LOC", _TOLD, re.compile(rf" (?:{_any('place')}|area|border)\b")),
        ("ORG", _DEFINED, re.compile(rf"{_IS_A}(?:{_any('body')})\b")),
        ("ORG", _TOLD, re.compile(rf"(?:['’]s?)? (?:{_any('of body')})\b")),
        ("PER", _DEFINED, re.compile(rf"{_IS_A}(?:{_any('person')})\b|,? \((?:born|b\.) ")),
        ("PER", _TOLD, re.compile(rf" (?:{_any('of person')})\b|, (?:aged )?[1-9]\d,|, an? (?:{_any('person')})\b")),
        (
            "PER",
            _TOLD,
            re.compile(r", (?:the )?(?:acting |deputy )?(?:head|chief|director|chair|chairman|leader) of\b"),
        ),
        ("ORG", _TOLD, re.compile(r", (?:led|run|owned|founded) by\b|, the (?:maker|owner|operator|publisher) of\b")),
        ("PER", _HINTED, re.compile(r", whose\b| and (?:his|her) ")),
        ("PER", _DEFINED, re.compile(r" \([A-Z]{3}\),? \d")),
        ("ORG", _DEFINED, re.compile(rf"{_PLAYS}| {_BEATS} (?:[A-Z][\w.’'-]+ )+\d+-\d+\b")),
    )


def _any(sort: str) -> str:
    return "|".join(sorted(map(re.escape, words("en/names/kind_cues", sort))))


@cache
def _body_ends() -> frozenset[str]:
    return _last_words(words("en/names/kind_cues", "body"))


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any('body')}),? $")


def weigh(text: str, mention: Mention) -> Counter[MentionKind]:
    """How much the words beside a name tell for each kind."""
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 80]
    inside = _IN.search(before) is not None  # what follows then is said of another: "dockers in Sines voted"
    weights: Counter[MentionKind] = Counter()
    weights["PER"] = 0 if inside else tells_person(text, mention)
    parted = before.endswith((" ", " \n"))  # behind anything else no cue can end
    runs = _RUN.findall(before)[-2:] if parted else []
    for kind, weight, cue in _cues_before(runs):
        if cue.search(before):
            weights[kind] += weight
    for kind, weight, cue in _after():
        if cue.match(after):
            weights[kind] += weight
    if _SCORE.match(after) and _BEATEN.search(before):
        weights["ORG"] += _DEFINED
    if inside and after[:1] != ":":
        weights["LOC"] += _TOLD if _NO_NOUN_NEXT.match(after) else _HINTED
    weights["LOC"] += _TOLD * _in_a_place(mention, after)
    if mention.text.endswith(" State") and _OWN_STATE.search(before):
        weights["LOC"] += _DEFINED
    weights["PER"] += bool(_SAYS.match(after) and _QUOTED.search(before))
    first = mention.text.split()[0]
    if runs and runs[-1] in _body_ends() and _body().search(before):
        told = _TOLD if before.endswith(", ") else _SAID
        weights["ORG"] += told * (not is_title(first) and not is_given_name(first))
    if _THE.search(before) and not (" " in mention.text and is_first(first)):
        weights["PER"] -= _TOLD
        weights["ORG"] += _HINTED
    if mention.text.isupper() and " " not in mention.text and _SHORT_AFTER.search(before):
        weights["ORG"] += _TOLD
    return weights


def bears_name(text: str, start: int, end: int) -> bool:
    """Whether a noun of person or a title before a name, an age or "who" behind it, tells a person's name."""
    before = text[max(0, start - 40) : start]
    if _TIMED.search(before):
        return False
    told = any(kind == "PER" and cue.search(before) for kind, _, cue in _before())
    return told or bool(_AGED.match(text, end)) or is_title(_word_before(text, start).capitalize())


def opens_body(word: str) -> bool:
    """Whether a word opens names of bodies ("Banco Roe")."""
    return word.casefold() in words("en/names/kind_cues", "body that opens a name")


def weigh_name(name: str) -> Counter[MentionKind]:
    """How much a name itself tells for each kind: listed as a town, a first name or a surname, or made like one."""
    first, *others = name.split()
    led = first in _DIRECTIONS or (heads().get(first) == "place" and not is_first(first))
    headed = bool(others) and heads().get(others[-1]) == "place"
    romance = bool(others) and first.casefold() in words("en/names/kind_cues", "place that opens a name")
    weights: Counter[MentionKind] = Counter()
    weights["LOC"] = _TOLD * (is_town(name) or headed or (led and len(others) == 1)) + _DEFINED * romance
    if ends_in_trade(name):
        weights["ORG"] += _DEFINED
    if others and not is_first(first):
        short = first.isupper() and first.isalpha() and first not in country_names() and not is_title(first)
        branch = others[-1] in country_names()
        weights["ORG"] += _TOLD * (
            (short and len(first) > 2) or first in _CLUBS or (branch and first not in _DIRECTIONS)
        )
    if not name.isupper():
        made = bool(_INITIALS.fullmatch(name)) and first not in country_names()
        given = bool(others) and is_given_name(first)
        weights["PER"] += _TOLD * (made or given) + _HINTED * (is_first(first) or is_surname(name))
    return weights


def ends_in_trade(name: str) -> bool:
    """Whether the last of several words tells the trade of a company ("Roe Foods"), unless it may be a surname."""
    first, _, last = name.rpartition(" ")
    surname = is_surname(last) and (" " in first or is_first(first))
    return last != name and last.casefold() in words("en/names/company_words") and not surname


_DIRECTIONS = frozenset({
    "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower",
    "Greater", "Inner", "Outer", "Downtown", "Saint", "Fort", "Cape", "Santa", "San",
})  # fmt: skip


@lru_cache(maxsize=65536)
def is_town(name: str) -> bool:
    """Whether a town of some size bears the name, with accents or without them."""
    return normalise(name) in _plain("world/towns")


@lru_cache(maxsize=65536)
def is_surname(name: str) -> bool:
    """Whether many bear the name as a surname."""
    key = normalise(name)
    return any(key in _plain(table) for table in ("en/names/surnames", "world/surnames", "world/common_surnames"))


@lru_cache(maxsize=65536)
def is_first(name: str) -> bool:
    """Whether people bear the name as a first name, the rarer ones among them, too; of "Jane-Ann", both parts."""
    parts = re.split("[-‐‑]", name)
    if len(parts) > 1 and all(map(is_first, parts)):
        return True
    return normalise(name) in _plain("en/names/first_names") or is_given_name(name)


@cache
def _plain(table: str) -> frozenset[str]:
    return frozenset(word if word.isascii() and word.isalpha() else normalise(word) for word in words(table))


def _in_a_place(mention: Mention, after: str) -> bool:
    """Whether a larger place comes next ("Roe, Ohio"), after a name that is no person's."""
    first, *others = mention.text.split()
    if (mention.kind == "PER" and (others or not mention.text.isalpha())) or is_given_name(first) or len(others) > 1:
        return False
    found = _AFTER_COMMA.match(after)
    return bool(found and (found[1] in country_names() or found[1] in places()))


def tells_person(text: str, mention: Mention) -> int:
    """How much beside the recogniser's word tells a person: a title or a particle before the name,
    a given name in front, "who" after it."""
    word = _word_before(text, mention.start)
    titled = is_title(word) and word[0].isupper()
    titled = titled or 0 < title_length(mention.text) < len(mention.text)
    first, *others = mention.text.split()
    given = len(others) < 3 and (is_given_name(first) if others else bool(gender_of_given(first)))
    led = len(others) == 1 and first[0].isupper() and first.casefold() in words("world/particles") - {"la", "le", "st"}
    who = text.startswith(", who ", mention.end)
    return 2 * (titled or led or who) + given


def _word_before(text: str, at: int) -> str:
    """The word that one space parts from the place, as far as it stands in the 30 characters before; else ""."""
    before = text[max(0, at - 30) : at].removesuffix("\n")
    return before.split()[-1] if before[-1:] == " " and before[-2:-1].strip() else ""


def is_branded(name: str) -> bool:
    """Whether a name begins small and goes on large ("iRoe"), as products' names do, and no person's."""
    return bool(_BRANDED.match(name))


def is_money(text: str, mention: Mention) -> bool:
    """Whether a country's name only tells whose money it is ("US$299", "9.99 US dollars")."""
    return mention.kind != "PER" and bool(_MONEY.match(text, mention.end))


def add_things(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those of names that are spelled as products' are, wherever they stand free, in order."""
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    found = [
        Mention(start=match.start(), end=match.end(), text=match[0], kind="ORG")
        for part in document.paragraphs
        for match in _BRAND.finditer(document.text, part.start, part.end)
        if match.start() not in taken and match.end() - 1 not in taken
    ]
    return sorted([*mentions, *found], key=lambda m: m.start)


def is_thing(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a name is a product's, which nobody is: spelled like one ("iRoe"), or said of one piece ("a Roe.")."""
    return any(
        is_branded(mention.text)
        or _is_one_of_many(text, mention)
        or model_number(text, mention)
        or _ends_in_code(mention)
        for mention in mentions
    )


def model_number(text: str, mention: Mention) -> str:
    """The number that goes on the name of a thing ("iRoe 4", "a Roe 737."), which makes it another thing; else ""."""
    number = _MODEL.match(text, mention.end)
    if not number:
        return ""
    piece = _ONE_OF_THEM.search(text, max(0, mention.start - 12), mention.start)
    return number[1] if is_branded(mention.text) or (piece and _NO_NOUN_NEXT.match(text, number.end())) else ""


def _ends_in_code(mention: Mention) -> bool:
    """Whether letters and figures close a name of several words ("Roe S9")."""
    return bool(_CODE.search(mention.text)) and not mention.text[0].isdigit()


def _is_one_of_many(text: str, mention: Mention) -> bool:
    before, after = text[max(0, mention.start - 12) : mention.start], text[mention.end : mention.end + 12]
    if mention.text.isupper() or not _ONE_OF_THEM.search(before):
        return False
    return bool(_NO_NOUN_NEXT.match(after))
