"""For which days an event was set, and how these were moved: the course of its date, as articles tell it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple, cast

from ..model import Appointment, Course, Entry, Event, Naming, Reading, Sentence, Timex, ToldDate
from ..rules import read_table
from ..when import UNKNOWN, When, contains, format, sort_key

REACH = {"planned": 60, "postponed": 120, "cancelled": 120}
"""Characters between an event's name and the words that tell of its date."""
DATE_REACH = 90
"""Characters after these words in which its date stands."""
WORDS_BEFORE = 60
"""Characters before these words that may deny them, or say that they tell of a former date."""
NEW_DATE = frozenset(["to", "until", "till", "for", "after"])
"""What a date behind "postponed" must follow: "postponed on Monday" tells when that was done."""
LEAVES = frozenset(["from"])
MOVES = frozenset(["postponement", "cancellation"])
"""Classes that tell what becomes of an event and are none themselves."""
_PREPOSITION = re.compile(r"\b(?:from|to|until|till|for|on|by|after|before|in|at|around)\b", re.I)
_OF_ANOTHER = re.compile(
    r"\b([a-z-]+) (?:of|into|over|about|on|for|against) (?:(?:the|a|an|its|his|her|their|this|that) )?(?:[\w-]+ )?\Z"
)
_REFUSED = re.compile(r"\b(?:not|never)\b(?:\s+\w+){0,2}\s*\Z|n[’']t\b(?:\s+\w+){0,2}\s*\Z", re.I)


def find_told(reading: Reading) -> Iterator[ToldDate]:
    """What the sentences of an article say of the dates of the events in it, in order."""
    namings = sorted((n for n in reading.namings if n.event_class not in MOVES), key=lambda n: (n.start, n.end))
    starts = [naming.start for naming in namings]
    timexes = sorted((t for t in reading.timexes if t.type in ("DATE", "TIME")), key=lambda t: t.start)
    for sentence in reading.sentences if namings else ():
        words = reading.document.text[sentence.start : sentence.end]
        cues = [match for match in _cues().finditer(words) if not _REFUSED.search(_before(words, match))]
        if not cues:
            continue
        inside = namings[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        heads = [n for n in inside if not _modifies(words, n.start - sentence.start)]
        dates = [t for t in timexes if sentence.start <= t.start < sentence.end]
        before = _carried(words, namings, bisect_left(starts, sentence.start), sentence)
        for number, cue in enumerate(cues):
            sort = _sort_of(cue.group())
            named = inside if sort == "planned" else heads
            naming = _naming_for(named, sentence.start + cue.start(), sentence.start + cue.end(), REACH[sort]) or before
            if naming is not None:
                end = cues[number + 1].start() if number + 1 < len(cues) else len(words)
                yield from _read_cue(words, sentence, cue, min(end, cue.end() + DATE_REACH), naming, dates)


def _modifies(words: str, at: int) -> bool:
    """Whether the name at a place only tells which thing another noun means: "the inquiry into the Lima crash".

    What is put off then is that other; but the opening of a summit is the summit's own.
    """
    found = _OF_ANOTHER.search(words, max(0, at - WORDS_BEFORE), at)
    return found is not None and not found[1].endswith("ed") and found[1] not in _rows()["part"]


def _carried(words: str, namings: Sequence[Naming], at: int, sentence: Sentence) -> Naming | None:
    """The event that "It" at the start of a sentence means: the last one named, shortly before."""
    if at == 0 or not re.match(r"(?:It|This)\b", words):
        return None
    return namings[at - 1] if sentence.start - namings[at - 1].end <= 2 * REACH["postponed"] else None


def _naming_for(namings: Sequence[Naming], start: int, end: int, reach: int) -> Naming | None:
    """The event that words tell of: the last one named before them, else the object right behind."""
    before = [naming for naming in namings if naming.end <= start and start - naming.end <= reach]
    if before:
        return before[-1]
    return next((naming for naming in namings if end <= naming.start <= end + REACH["planned"] // 2), None)


def _read_cue(
    words: str, sentence: Sentence, cue: re.Match[str], end: int, naming: Naming, dates: Sequence[Timex]
) -> Iterator[ToldDate]:
    """What one cue says: a day to come, a day left and a day taken, or that there is none."""
    course = cast(Course, _sort_of(cue.group()))
    start = sentence.start + cue.start()
    former = bool(_former().search(_before(words, cue))) and course == "planned"
    found = False
    first = bisect_left(dates, sentence.start + cue.end(), key=_start)
    for timex in dates[first : bisect_left(dates, sentence.start + end, key=_start)]:
        at = timex.start - sentence.start
        if not timex.when.known or ";" in words[cue.end() : at]:
            continue
        low, place = _governor(words[cue.end() : at])
        spoken = words[cue.end() + place if low == "after" else at : at + len(timex.text)]
        if course == "planned" and not found:
            yield ToldDate(naming.name, start, "planned", timex.when, _plain(spoken), former)
            found = True
        elif course == "postponed" and low in LEAVES:
            yield ToldDate(naming.name, start, "planned", timex.when, _plain(spoken), former=True)
        elif course == "postponed" and low in NEW_DATE and not found:
            yield ToldDate(naming.name, start, "postponed", timex.when, _plain(spoken))
            found = True
    if not found and course != "planned":
        vague = _vague().search(words, cue.end(), end)
        yield ToldDate(naming.name, start, course, UNKNOWN, _plain(vague.group()) if vague else "")


def _before(words: str, cue: re.Match[str]) -> str:
    """The words shortly before a cue."""
    return words[max(0, cue.start() - WORDS_BEFORE) : cue.start()]


def _start(timex: Timex) -> int:
    return timex.start


def _governor(words: str) -> tuple[str, int]:
    """The preposition that governs what follows these words, over three words at most, and where it stands."""
    last = next(reversed(list(_PREPOSITION.finditer(words))), None)
    if last is None or len(words[last.end() :].split()) > 3:
        return "", 0
    return last.group().lower(), last.start()


def _plain(words: str) -> str:
    return " ".join(words.split())


@cache
def _rows() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_table("en/events/schedule.tsv"):
        found[row["sort"]] += [words.strip() for words in row["words"].split(",")]
    return {sort: tuple(sorted(words, key=lambda one: (-len(one), one))) for sort, words in found.items()}


@cache
def _cues() -> re.Pattern[str]:
    words = [one for sort in ("planned", "postponed", "cancelled") for one in _rows()[sort]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))})\b", re.I)


def _sort_of(words: str) -> str:
    return next(sort for sort in ("planned", "postponed", "cancelled") if words.lower() in _rows()[sort])


@cache
def _former() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _rows()['former']))})\W*(?:\w+\W+){{0,2}}\Z", re.I)


@cache
def _put_off() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _rows()["undated"])), re.I)


@cache
def _vague() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _rows()['undated'] + _rows()['often']))})\b", re.I)


# ------------------------------------------------------------------------------------------- all articles


def histories(
    readings: Sequence[Reading], ids: Mapping[tuple[str, str], str], of_entries: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Appointment, ...]]:
    """Event → the dates set for it and moved, in order of report, each once for an article.

    `ids` tells the event of each name in each article, `of_entries` the events of each entry.
    """
    found: dict[str, list[tuple[tuple[object, ...], Appointment]]] = defaultdict(list)
    for reading in readings:
        article = reading.document.article
        told = [(ids.get((article.id, one.name), ""), one) for one in (*reading.told_dates, *_by_entries(reading))]
        seen: set[tuple[str, str]] = set()
        # What tells a day or how it is put off, before a mere "postponed".
        for event, one in sorted(told, key=lambda item: (not item[1].words, item[1].start, item[1].course)):
            key = (event, format(one.when) or one.words)
            if not one.words and any(other == event for other, _ in seen):
                continue
            if not event or key in seen:
                continue
            seen.add(key)
            entry = _entry_at(reading, one.start, event, of_entries)
            appointment = Appointment(
                course=one.course,
                article=article.id,
                when=one.when,
                words=one.words,
                entry=entry.id if entry else "",
                by=entry.voice.words if entry and entry.voice else "",
            )
            order = (sort_key(article.published), article.id, not one.former, one.start)
            found[event].append((order, appointment))
    return {event: tuple(one for _, one in sorted(all_, key=lambda item: item[0])) for event, all_ in found.items()}


def _by_entries(reading: Reading) -> Iterator[ToldDate]:
    """Dates to come of entries whose own word names the event: "US troops would pull out by September 11"."""
    for naming, entry in own_entries(reading):
        ahead = entry.course == "planned" and not entry.negated and entry.when.known
        if ahead and entry.when_basis in ("stated", "relative") and entry.word_at:
            yield ToldDate(naming.name, entry.word_at.start, "planned", entry.when, entry.when_words)


def own_entries(reading: Reading) -> Iterator[tuple[Naming, Entry]]:
    """The entries of an article whose word is, or stands in, the name of an event, each with that naming."""
    namings = sorted(reading.namings, key=lambda n: (n.start, n.end))
    starts = [naming.start for naming in namings]
    for entry in reading.entries:
        if entry.word_at is not None:
            at = bisect_left(starts, entry.word_at.end)
            naming = namings[at - 1] if at else None
            if naming is not None and naming.end >= entry.word_at.end and naming.name in entry.about:
                yield naming, entry


def _entry_at(reading: Reading, at: int, event: str, of_entries: Mapping[str, Sequence[str]]) -> Entry | None:
    """The entry of the event whose sentence holds the words at `at`: the nearest, of those with a speaker first."""
    near = [
        entry
        for entry in reading.entries
        if entry.quote_at and entry.quote_at.start <= at < entry.quote_at.end and event in of_entries.get(entry.id, ())
    ]
    return min(
        near, key=lambda e: (e.voice is None, abs((e.word_at.start if e.word_at else at) - at), e.id), default=None
    )


def date_in_force(history: Sequence[Appointment]) -> tuple[When, Appointment | None]:
    """The day that holds by the last report, and what says so; no day where that was taken away without a new one.

    "It was postponed" recalls a new day that is known already; "to a later date" leaves open what begins later.
    """
    last, lost, put_off = None, False, False
    for one in reversed(history):
        last = last or one
        if one.course == "cancelled":
            return UNKNOWN, last
        if one.when.known:
            held = one.when.shape == "from" if put_off else one.course == "postponed" or not lost
            return (one.when, one) if held else (UNKNOWN, last)
        lost, put_off = True, put_off or bool(_put_off().fullmatch(one.words))
    return UNKNOWN, last


def with_dates(
    events: Mapping[str, Event],
    readings: Sequence[Reading],
    names: Mapping[tuple[str, str], str],
    of_entries: Mapping[str, Sequence[str]],
    past: Mapping[str, Sequence[PastDate]],
) -> dict[str, Event]:
    """Events with the course of their dates; an occasion that no name dates has the day that holds at last.

    `readings` need only be those that tell of a day that was set; `past`: each event with its dates that are told as
    past.
    """
    told = histories(readings, names, of_entries)
    found = {}
    for id_, event in events.items():
        history = told.get(id_, ())
        event = replace(event, history=history)
        if event.kind == "occasion" and not event.when.known and (dated := past.get(id_)):
            best = agreed([one.when for one in dated])
            words = next(one.words for one in dated if one.when == best)
            event = replace(event, when=best, when_reason=f"told as past: “{words}”")
        elif event.kind == "occasion":
            when, last = date_in_force(history)
            moved = last is not None and last.course != "planned"
            if moved or (when.known and not event.when.known):
                event = replace(event, when=when, when_reason=_held_reason(last) if when.known else "")
        found[id_] = event
    return found


def _held_reason(last: Appointment | None) -> str:
    if last is None:
        return ""
    sort = "postponed to" if last.course == "postponed" else "planned for"
    return f"{sort} “{last.words}” by the last report that tells a day"


class PastDate(NamedTuple):
    """When an event that an article calls `name` was, by an entry that tells it, by its own noun, as past."""

    name: str
    when: When
    words: str


def past_dates(reading: Reading) -> Iterator[PastDate]:
    """The dates of events that an article tells as past."""
    for naming, entry in own_entries(reading):
        plain = entry.course == "occurred" and not entry.negated and entry.when_basis in ("stated", "relative")
        if plain and entry.when.known and entry.event_class == naming.event_class:
            yield PastDate(naming.name, entry.when, entry.when_words)


def looks_ahead(reading: Reading) -> bool:
    """Whether an article tells of a day that was set for an event."""
    return bool(reading.told_dates) or any(True for _ in _by_entries(reading))


def agreed(whens: Sequence[When]) -> When:
    """The finest date of those that most of the others leave room for; unknown where there is none."""
    told = Counter(whens)

    def fitting(when: When) -> int:
        return sum(times for other, times in told.items() if contains(other, when))

    return max(told, key=lambda when: (fitting(when), -_days(when), format(when)), default=UNKNOWN)


def _days(when: When) -> int:
    return (when.last_day - when.first_day).days
