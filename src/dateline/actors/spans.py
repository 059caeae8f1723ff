"""Spans of names brought to order: cut to the name, dropped where nobody is named, one kind for each name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ..model import Document, Mention, MentionKind
from .compounds import is_code, is_field, is_organ
from .cues import is_first, is_surname, is_town
from .kinds import head_kind, vote
from .known import NameFinder
from .names import LONG, SUFFIXES, is_given_name, is_title, normalise, parse_person
from .particles import with_particles
from .titles import field_length, is_only_titles
from .world import (
    body_names,
    companies,
    country_names,
    demonyms,
    generic_words,
    heads,
    peoples,
    places,
    table_name,
    vague_words,
    words,
)

_LEGAL_FORM = re.compile(r"\b(?:Ltd|Inc|Corp|Co)\.(?= [A-Z](?!td|nc|orp|o\.|LC))")
_LEAD = re.compile(
    r"(?:pro|anti)-[A-Z]\w+ (?=[A-Z])|[\s\x00-\x1f\"'“”‘’(\[{<*–—-]+|(?:the|a|an)\s+(?=\S)|(?:The|THE|A|An)\s+(?=[A-Z])"
)
_TAIL = re.compile(r"(?:['’]s?|[\s\x00-\x1f\"“”‘’)\]}>*,;:!?.–—-])+$")
_LARGE_NEXT = re.compile(r" ([A-Z]\w+)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"“”]\s*)$")
_NAMED_AFTER = frozenset({
    "Academy", "Airport", "Arena", "Avenue", "Boulevard", "Bridge", "Center", "Centre", "College", "Foundation",
    "Hospital", "Institute", "Library", "Museum", "School", "Seminary", "Square", "Stadium", "Street", "Trust",
    "University",
})  # fmt: skip
_DATED = re.compile(
    r"\b(?:in|by|since|until|last|next|this|early|late|mid|from|to|of|for|\d\d?|and|on)[ -]$", re.IGNORECASE
)
_NAMED_EVENT = re.compile(r"\b(?:Hurricane|Typhoon|Cyclone|Storm|Operation) [A-Z][\w-]+$")
_PARTNERS = re.compile(r"(?:^|(?:^|\W)[a-z]+ |[,;:(–—] )((?:[A-Z][\w’'-]+, ){1,3})$")
_SHIP = r"(?:F/V|FV|HMAS|HMCS|HMNZS|HMS|INS|KM|KMP|M/V|MV|MS|MT|RMS|RRS|RV|SS|USCGC|USNS|USS) "
"""What stands before the name of a ship."""
_SHIP_BEFORE, _SHIP_WHOLE = re.compile(rf"(?<![^\W_]){_SHIP}$"), re.compile(rf"{_SHIP}(?=[A-Z])")
_NOUN_BEFORE = re.compile(r"(?<!\S)([a-z]+) $")
_STANDS_FOR = re.compile(
    r"\((?:Lab|Labour|Con|Conservative|Lib Dem|LD|Green|SNP|Plaid(?: Cymru)?|Reform(?: UK)?|DUP|SDLP|UUP"
    r"|Ind|Independent), [^()]{2,60}\)"
)
"""A councillor's party and ward: "(Lab, Otley and Yeadon)"."""
_SCORED = re.compile(r"\d(?= [A-Z]|[;,.]|$)")
_TEAM_CODE = re.compile(r"\([A-Z]{3}\)")
_AFTER_NAME = frozenset({
    "AC", "AM", "AO", "BEM", "CBE", "DBE", "FRS", "GBE", "GC", "JP", "KBE", "KC", "MBE", "MEP", "MLA", "MP", "MSP",
    "OAM", "OBE", "QC", "SC", "TD",
})  # fmt: skip
"""Letters of honours and offices behind a person's name."""
_NO_NAME = re.compile(r"https?:|www\.|@|\w\.(?:com|org|net|co)\b|[<>{}\x00-\x08\x0e-\x1f]|^\W*$")


def tidy(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with clean spans and one kind for each name, in order and disjoint."""
    text = document.text
    cleaned = [clean for mention in mentions for clean in _clean(text, mention)]
    whole = _join_persons(text, with_particles(text, _drop_overlaps(_extend(text, cleaned))))
    named = _drop_bylines(document, _drop_ships(text, _drop_codes(text, _drop_named_events(text, whole))))
    return vote(text, named, document.article.place)


# ------------------------------------------------------------------------------------------------- spans


def _clean(text: str, mention: Mention) -> Iterator[Mention]:
    """The mention without what does not belong to the name; nothing where no name is left."""
    if mention.end - mention.start > 2 * LONG:
        return
    start, end = _trim(text, mention.start, mention.end)
    kind = mention.kind
    if field := field_length(text, start, end):
        start, kind = start + field, kind if head_kind(text[start + field : end]) else "PER"
    if kind == "PER":
        start += _demonym_length(text[start:end])
    end = _cut_tail(text, start, end, kind)
    if kind != "PER" and _is_part_of_role(text, start, end):
        return
    words_left = text[start:end]
    if not words_left or len(words_left) > LONG or _NO_NAME.search(words_left) or "\n" in words_left:
        return
    if not any(c.isupper() or (not c.islower() and c.isalpha()) for c in words_left):
        return
    if _says_nothing(words_left) or (kind != "PER" and head_kind(words_left) == "event"):
        return
    yield Mention(start=start, end=end, text=words_left, kind=kind)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without articles, quotation marks, possessives and closing punctuation."""
    while start < end and (lead := _LEAD.match(text, start, end)):
        if lead[0][:1] in "TA" and lead[0][:3] != "THE" and not _SENTENCE_START.search(text[max(0, start - 3) : start]):
            break
        start = lead.end()
    name = text[start:end]
    tail = _TAIL.search(name)
    if tail and not _keeps_dot(name) and name not in companies():
        end = start + tail.start()
    return start, end


def _demonym_length(name: str) -> int:
    """How many characters at the front of a person's name tell the nationality ("Utopian Jane Roe")."""
    first, _, rest = name.partition(" ")
    nation = rest and first in demonyms() and not is_first(first)
    return len(name) - len(rest) if nation and " " not in first and rest[0].isupper() else 0


def _is_part_of_role(text: str, start: int, end: int) -> bool:
    """Whether a span is only what the title after it is of ("Interior" of "Interior Minister")."""
    after = re.match(r" ([A-Za-z]+)", text[end : end + 20])
    return bool(after and is_title(after[1])) and all(is_field(word) for word in text[start:end].split())


def _cut_tail(text: str, start: int, end: int, kind: MentionKind) -> int:
    """The end of a name without a role after a body ("Roe Ministry Spokesman"), or a caption's word after a person.

    Of bodies named together ("Departments of Defence, State and …") the first keeps the head.
    """
    first, _, rest = text[start:end].partition(",")
    plural = first.split()[0]
    if rest and plural.endswith("s") and {plural[:-1], plural[:-3] + "y"} & heads().keys():
        end = start + len(first)
    if form := _LEGAL_FORM.search(text[start:end]):
        return start + form.end()
    parts = text[start:end].split()
    if len(parts) == 2 and is_code(parts[1]) and parts[0] in demonyms():
        return start + len(parts[0])  # nothing but a nationality is left of "Utopian F-16"
    if len(parts) > 2 and parts[-1] in _AFTER_NAME and is_first(parts[0]):
        end = start + len(text[start:end].rpartition(" ")[0].rstrip(" ,"))
    score = len(parts) == 2 and _SCORED.match(text, end - 1)
    if score and text[end - 2] == " " and is_town(parts[0]):
        return end - 2
    while len(parts := text[start:end].split()) > 2:
        last = parts[-1]
        role = kind != "PER" and is_title(last) and last not in heads()
        if not role and not (kind == "PER" and last.casefold() in words("en/names/never", "generic")):
            break
        end -= len(last)
        end = start + len(text[start:end].rstrip())
    return end


def _keeps_dot(name: str) -> bool:
    """Whether a closing full stop belongs to the name ("U.S.", "Roe Inc.", "Roe Jr.", "Jane R.")."""
    last = name.split()[-1].casefold()
    if not last.endswith(".") or name in country_names():
        return last.endswith(".")
    plain = last.strip(".")
    return len(plain) == 1 or "." in plain or plain in words("world/legal_forms") | SUFFIXES


@lru_cache(maxsize=16384)
def _says_nothing(name: str) -> bool:
    """Whether all words are days, months, directions, generic nouns, or demonyms: nobody's name."""
    if table_name(name) or name in places() or name.casefold() in words("en/names/never", "site"):
        return False
    if name in demonyms() or name in peoples() or name.rstrip(".").casefold() in words("world/legal_forms"):
        return True
    if is_organ(name):
        return False
    return all(word.casefold() in generic_words() or word.isdigit() for word in name.split()) or is_only_titles(name)


def _extend(text: str, mentions: list[Mention]) -> list[Mention]:
    """Names with the head of a body or place after them made one: "Pakistan Today", "Jane Roe University"."""
    out = []
    for at, mention in enumerate(mentions):
        after = _LARGE_NEXT.match(text, mention.end)
        limit = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
        if after and after.end() <= limit and (_makes_body(mention, after[1]) or _named_after(mention, after[1])):
            kind: MentionKind = "LOC" if heads()[after[1]] == "place" else "ORG"
            mention = replace(mention, end=after.end(), text=text[mention.start : after.end()], kind=kind)
        if " & " in mention.text and (first := _first_partner(text, mention.start)) < mention.start:
            mention = replace(mention, start=first, text=text[first : mention.end], kind="ORG")
        out.append(mention)
    return out


def _first_partner(text: str, start: int) -> int:
    """Where the surnames begin that commas join to a firm's name ("Roe, Doe & Poe")."""
    before = _PARTNERS.search(text[max(0, start - 60) : start])
    if not before or not all(is_surname(name) for name in before[1].rstrip(", ").split(", ")):
        return start
    return start - len(before[1])


def _makes_body(mention: Mention, word: str) -> bool:
    name, kind = mention.text, heads().get(word)
    if kind in (None, "place", "event") or word == "Administration" or name in body_names():
        return False
    if name.split()[-1].casefold().rstrip(".") in words("world/legal_forms"):
        return False
    if mention.kind == "LOC":
        return kind == "media" or name in country_names() or word == "University"
    return kind != "media" and not is_given_name(name.split()[0])


def _named_after(mention: Mention, word: str) -> bool:
    """Whether a person's name goes on as that of something that bears it ("Jane Roe University")."""
    return mention.kind == "PER" and " " in mention.text and word in _NAMED_AFTER


def _drop_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _join_persons(text: str, mentions: list[Mention]) -> list[Mention]:
    """Persons' names that nothing but a space parts made one: two people never stand so ("Jane" "Roe")."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        free = last and mention.kind == last.kind == "PER" and text[last.end : mention.start] == " "
        if last and free and " " not in mention.text and not is_title(mention.text):
            out[-1] = replace(last, end=mention.end, text=text[last.start : mention.end])
        else:
            out.append(mention)
    return out


def _drop_codes(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without the codes of nations behind names in lists of results ("Jane Roe (UTO)"), and a councillor's ward."""
    wards = [found.span() for found in _STANDS_FOR.finditer(text)]
    persons = {mention.end for mention in mentions if mention.kind == "PER"}

    def tells_whence(mention: Mention) -> bool:
        around = text[max(0, mention.start - 1) : mention.end + 1]
        if _TEAM_CODE.fullmatch(around) and mention.start - 2 in persons:
            return True
        at = bisect_right(wards, (mention.start, len(text))) - 1
        return at >= 0 and mention.end <= wards[at][1]

    return [mention for mention in mentions if not tells_whence(mention)]


def _drop_ships(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without the names of ships and the like, wherever they stand ("MV Roe", "the frigate Roe", "the Roe")."""
    ships = {m.text for m in mentions if _SHIP_WHOLE.match(m.text) or _is_thing_named(text, m)}
    names = ships | {name.partition(" ")[2] for name in ships if _SHIP_WHOLE.match(name)}
    return [mention for mention in mentions if mention.text not in names]


def _is_thing_named(text: str, mention: Mention) -> bool:
    """Whether a ship's letters or a noun for a thing that bears a name stand right before: "the probe Roe"."""
    before = text[max(0, mention.start - 24) : mention.start]
    noun = _NOUN_BEFORE.search(before)
    return bool(_SHIP_BEFORE.search(before) or (noun and noun[1] in words("en/names/kind_cues", "near thing")))


def _drop_named_events(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without the names of storms and operations ("Hurricane Roe"), wherever they stand."""
    found = [
        mention
        for mention in mentions
        if _NAMED_EVENT.search(text[max(0, mention.start - 12) : mention.end]) and not head_kind(mention.text)
    ]
    names = {mention.text.split()[-1] for mention in found}
    return (
        [mention for mention in mentions if mention not in found and mention.text not in names] if found else mentions
    )


def _drop_bylines(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Without the writer: a name after "By" or alone in a paragraph, when it stands nowhere else in the text."""
    byline = normalise(document.article.byline)
    alone = {(part.start, part.end) for part in document.paragraphs}
    counts = Counter(normalise(mention.text) for mention in mentions)

    def signs(mention: Mention) -> bool:
        key = normalise(mention.text)
        if byline and key and key in byline and " " in key:
            return True
        if mention.kind != "PER" or counts[key] > 1:
            return False
        line = document.text[max(0, mention.start - 40) : mention.start].rpartition("\n")[2]
        return (mention.start, mention.end) in alone or bool(
            re.fullmatch(r"\W*(?i:by|written by|reporting by)\W+", line)
        )

    return [mention for mention in mentions if not signs(mention)]


# ------------------------------------------------------------------------------------------------- again


def find_again(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, and those of the same names that were overlooked elsewhere in the article, in order."""
    finder = NameFinder(_forms(mentions))
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    found = list(mentions)
    for part in document.paragraphs:
        for again in finder.find(document.text[part.start : part.end]):
            start, end = again.start + part.start, again.end + part.start
            short = next((m for m in found if m.start == start and m.end < end), None) if " " in again.text else None
            if short and again.kind == short.kind == "PER" and not any(at in taken for at in range(short.end, end)):
                found[found.index(short)] = replace(again, start=start, end=end)
                continue
            if not any(at in taken for at in range(start, end)) and _stands_alone(document.text, start, end):
                if is_vague(again.text) and not _is_surname_here(document.text, start, end):
                    continue
                found.append(replace(again, start=start, end=end))
    return with_particles(document.text, sorted(found, key=lambda mention: mention.start))


def _forms(mentions: Sequence[Mention]) -> dict[str, MentionKind]:
    """Names worth looking for again, and the surnames of persons named in full, those that are words among them."""
    forms: dict[str, MentionKind] = {}
    for mention in mentions:
        name = mention.text
        forms.setdefault(name, mention.kind)
        if mention.kind == "PER" and (parsed := parse_person(name)).given:
            forms.setdefault(parsed.surname, "PER")
    return {
        form: kind
        for form, kind in forms.items()
        if len(form) > 2 and form[0].isupper() and form not in demonyms() and (kind == "PER" or not is_vague(form))
    }


def is_vague(form: str) -> bool:
    """Whether a form is a common word or a role's."""
    return form.casefold() in vague_words()


def _is_surname_here(text: str, start: int, end: int) -> bool:
    """Whether a common word stands like a person's name: within a sentence, or before what persons do or own."""
    if is_title(text[start:end]) or text[start:end].casefold() in words("en/names/never", "generic"):
        return False
    before, after = text[max(0, start - 12) : start], text[end : end + 16]
    if text[start:end].casefold() in words("en/names/never") and (re.match(r",? \d", after) or _DATED.search(before)):
        return False
    speaks = re.match(r" ([a-z]+)", after)
    if speaks and speaks[1] in words("en/names/speech_verbs"):
        return True
    return not _SENTENCE_START.search(before) and not re.search(r"\b[Tt]he $|[A-Z]\w* $", before)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is not part of a longer one: no capitalised word touches it."""
    before = re.search(r"([^\W\d_]+)[ -]$", text[max(0, start - 30) : start])
    after = re.match(r"[ -][A-Z]", text[end : end + 2])
    if after or not (before and before[1][0].isupper()):
        return not after
    return is_title(before[1]) or before[1].casefold() in words("en/names/common_words")
