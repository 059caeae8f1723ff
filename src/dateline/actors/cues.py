"""What stands beside a name and tells what it names: a place, a body, a person, or a thing that nobody is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..model import Document, Mention, MentionKind
from .genders import gender_of_given
from .names import is_given_name, is_title
from .world import country_names, places, words

_AFTER_COMMA = re.compile(r", ([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?)(?=[,.;:)]|\s*$)")
_ONE_OF_THEM = re.compile(r"\b(?:an?|my|your|his|her) (?:new |old |used )?$", re.IGNORECASE)
_NO_NOUN_NEXT = re.compile(
    r"\s*(?:[.,;:!?)\"”]|$)|\s+(?:and|or|with|that|which|to|in|on|at|for|from|is|was|will|can)\b"
)
_MODEL = re.compile(
    r" (\d{1,3}[A-Za-z]{0,2})(?![\w%]|[.,:/–-]\d| (?:per ?cent|million|billion|thousand|hundred|years?|days?)\b)"
)
_MONEY = re.compile(r"\$| (?:dollar|cent|pound|rupee|rial|rouble|ruble|franc|peso|dinar|krona|krone|shilling)s?\b")
_BRANDED = re.compile(r"[a-z][A-Z]\w*[a-z]")
_BRAND = re.compile(r"(?<![\w./@-])[a-z][A-Z][A-Za-z]*[a-z](?![\w@-]|\.\w)")


@cache
def _place() -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = "|".join(sorted(words("en/names/kind_cues", "place")))
    return (
        re.compile(rf"\b(?:{noun}) of (?:the )?$"),
        re.compile(rf" (?:is|was) (?:an?|the) (?:[a-z-]+ ){{0,3}}(?:{noun})\b"),
    )


@cache
def _body() -> re.Pattern[str]:
    noun = "|".join(sorted(words("en/names/kind_cues", "body")))
    return re.compile(rf"\b(?:{noun}),? $")


def told_kind(text: str, mention: Mention) -> MentionKind | None:
    """The kind that words beside a name tell, None where they say nothing."""
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 80]
    of_place, is_place = _place()
    if of_place.search(before) or is_place.match(after) or _in_a_place(mention, after):
        return "LOC"
    first = mention.text.split()[0]
    return "ORG" if _body().search(before) and not is_title(first) and not is_given_name(first) else None


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
    before = re.search(r"(\S+) $", text[max(0, mention.start - 30) : mention.start])
    titled = bool(before and is_title(before[1]) and before[1][0].isupper())
    first, *others = mention.text.split()
    given = len(others) < 3 and (is_given_name(first) if others else bool(gender_of_given(first)))
    led = len(others) == 1 and first[0].isupper() and first.casefold() in words("world/particles") - {"la", "le", "st"}
    who = text.startswith(", who ", mention.end)
    return 2 * (titled or led or who) + given


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
        is_branded(mention.text) or _is_one_of_many(text, mention) or model_number(text, mention)
        for mention in mentions
    )


def model_number(text: str, mention: Mention) -> str:
    """The number that goes on the name of a thing ("iRoe 4", "a Roe 737."), which makes it another thing; else ""."""
    number = _MODEL.match(text, mention.end)
    if not number:
        return ""
    piece = _ONE_OF_THEM.search(text, max(0, mention.start - 12), mention.start)
    return number[1] if is_branded(mention.text) or (piece and _NO_NOUN_NEXT.match(text, number.end())) else ""


def _is_one_of_many(text: str, mention: Mention) -> bool:
    before, after = text[max(0, mention.start - 12) : mention.start], text[mention.end : mention.end + 12]
    if mention.text.isupper() or not _ONE_OF_THEM.search(before):
        return False
    return bool(_NO_NOUN_NEXT.match(after))
