"""Bodies that share one head: "the Departments of Energy and State" are two, as are "Defence and Trade ministries"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Document, Mention
from .compounds import is_field
from .world import country_names, demonyms, table_name

_HEADS = {
    "department": "Department", "ministry": "Ministry", "ministrie": "Ministry", "directorate": "Directorate",
    "secretariat": "Secretariat", "bureau": "Bureau",
}  # fmt: skip
_PLURAL = r"(?i:departments|ministries|directorates|secretariats|bureaus)"
_LAST = re.compile(rf"{_PLURAL}(?: of (?=[A-Z]|the [A-Z]))?")
_SINGLE = re.compile(r"\b(?:Department|Ministry|Directorate|Secretariat|Bureau) (?:of|for) (?=[A-Z]|the [A-Z])")
_OF_STATE = re.compile(r" of (?:the )?([A-Z][\w.]*(?: [A-Z][\w.]*)?)")
_WORD = re.compile(r"[A-Z][\w’'-]*")
_LINK = re.compile(r"(,)? and (?:the )?|, (?:the )?")
_BEFORE = re.compile(r"([A-Z][\w.-]*(?: [A-Z][\w.-]*)?)(?:['’]s?)? (?:the )?$")
_MOST = 8
"""No list names more bodies."""


def part_coordinated(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with one for each body where several share a head, each with its full name, in order."""
    made: list[Mention] = []
    for part in document.paragraphs:
        made += _find(document.text, part.start, part.end)
    if not made:
        return list(mentions)
    free = [m for m in mentions if not any(m.start < new.end and new.start < m.end for new in made)]
    rests = [rest for m in mentions for new in made if (rest := _rest(document.text, m, new))]
    taken = {new.start for new in made}
    return sorted([*free, *made, *(rest for rest in rests if rest.start not in taken)], key=lambda m: m.start)


def _rest(text: str, mention: Mention, new: Mention) -> Mention | None:
    """What a mention names behind the last body of a list ("State and Quux Council")."""
    link = _LINK.match(text, new.end, mention.end) if mention.start < new.end else None
    if not link or link.end() == mention.end:
        return None
    return Mention(start=link.end(), end=mention.end, text=text[link.end() : mention.end], kind="ORG")


def shared_form(mention: Mention) -> str:
    """The words of a mention, or its name where they hold only a part of it ("State")."""
    words = mention.text.split()
    if mention.kind != "ORG" or not (all(map(is_field, words)) or _LAST.fullmatch(words[0]) or _LAST.match(words[-1])):
        return " ".join(words)
    return mention.name


def _find(text: str, start: int, end: int) -> Iterator[Mention]:
    for head in _LAST.finditer(text, start, end):
        singular = _HEADS[head[0].split()[0].casefold().removesuffix("s")]
        items = _items_after(text, head.end(), end) if head[0].endswith(" of ") else []
        if len(items) > 1 or (items and head[0][0].isupper()):
            organs = [f"{singular} of {text[first:last]}" for first, last in items]
            spans = [(head.start(), items[0][1]), *items[1:]]
            yield from _mentions(text, spans, organs, _state(text, start, head.start()))
        elif not items and len(items := _items_before(text, start, head.start())) > 1:
            organs = [f"{text[first:last]} {singular}" for first, last in items]
            spans = [*items[:-1], (items[-1][0], head.start() + len(head[0].split()[0]))]
            after = _OF_STATE.match(text, spans[-1][1])
            state = country_names().get(after[1], "") if after else ""
            yield from _mentions(text, spans, organs, state or _state(text, start, items[0][0]))
    for single in _SINGLE.finditer(text, start, end):
        items = _items_after(text, single.end(), end)
        if len(items) > 2:
            yield Mention(start=single.start(), end=items[-1][1], text=text[single.start() : items[-1][1]], kind="ORG")


def _mentions(text: str, spans: Sequence[tuple[int, int]], organs: Sequence[str], state: str) -> Iterator[Mention]:
    """A mention of each organ; where one is a listed body of the United States, so are those named with it."""
    if not state and any(table_name(organ).startswith("US ") for organ in organs):
        state = "United States"
    for (start, end), organ in zip(spans, organs, strict=True):
        yield _mention(text, start, end, organ, state)


def _mention(text: str, start: int, end: int, organ: str, state: str) -> Mention:
    short = "US" if state == "United States" else state
    name = table_name(organ) or table_name(f"{short} {organ}") or (f"{organ} of {state}" if state else organ)
    return Mention(start=start, end=end, text=text[start:end], kind="ORG", name=name)


def _state(text: str, floor: int, start: int) -> str:
    """The country told right before the list, "" for none."""
    before = _BEFORE.search(text, max(floor, start - 40), start)
    forms = (before[1], before[1].rpartition(" ")[2]) if before else ()
    return next((c for form in forms if (c := country_names().get(form) or demonyms().get(form))), "")


def _items_after(text: str, at: int, end: int) -> list[tuple[int, int]]:
    """The fields that follow a head: those up to "and", as long as nothing else goes on with them."""
    found: list[tuple[int, int]] = []
    at += 4 if text.startswith("the ", at) else 0
    while len(found) < _MOST:
        last = _field_end(text, at, end)
        if last == at or re.match(r" [A-Z]", text[last : last + 2]):
            break
        found.append((at, last))
        link = _LINK.match(text, last, end)
        if not link or (len(found) > 1 and " and " in text[found[-2][1] : at]):
            break
        at = link.end()
    return found


def _field_end(text: str, at: int, end: int) -> int:
    last = at
    while (word := _WORD.match(text, last + (last > at), end)) and is_field(word[0]):
        last = word.end()
        if text[last : last + 1] != " ":
            break
    return last


def _items_before(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The fields in a list that ends right before `end`, the last two with "and" between them."""
    found: list[tuple[int, int]] = []
    window = text[max(start, end - 120) : end]
    shift = end - len(window)
    listed = re.search(r"((?:[A-Z][\w-]*, )*[A-Z][\w-]*,? and (?:the )?)([A-Z][\w-]*) $", window)
    if not listed:
        return found
    for word in _WORD.finditer(window, listed.start(), listed.end()):
        if not is_field(word[0]):
            found = []
            continue
        found.append((shift + word.start(), shift + word.end()))
    return found[-_MOST:]
