"""From entries to the rows of timelines: what happened, when, who took part, and which article says so.

All wording that readers meet beside a happening stands here in tables, to be read and judged in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from .chosen import preferred_words, with_doers
from .differences import Difference, Field, Value
from .gaps import Stretch, stretch_of
from .independence import Independence
from .keyrows import lead_key
from .library import Library
from .model import Article, Course, Entry, Preferred, Role, Stance
from .views import Alternative, Claim, Contrast, Link, Moment, Part, Piece, Quote, Report, Row, Source, Speech
from .when import UNKNOWN, When, describe, format, overlaps, sort_key

NO_SOURCE = "source not named"
UNDATED = "undated"

STATUS: Mapping[tuple[Course, bool], str] = {
    ("occurred", False): "",
    ("occurred", True): "did not happen",
    ("planned", False): "planned",
    ("planned", True): "not to happen",
    ("postponed", False): "postponed",
    ("postponed", True): "not postponed",
    ("cancelled", False): "cancelled",
    ("cancelled", True): "not cancelled",
    ("hypothetical", False): "only a possibility",
    ("hypothetical", True): "possibly not",
}
"""How far a thing has come, by course and negation."""

WHEN_LABELS: Mapping[tuple[Course, bool], str] = {
    ("occurred", False): "Happened",
    ("planned", False): "Planned for",
}
"""What a date is of; "Date" for all other things, whose words alone can tell."""

VERBS: Mapping[Stance, str] = {
    "states": "said",
    "claims": "claimed",
    "denies": "denied",
    "demands": "demanded",
}

ROLE_WORDS: Mapping[Role, str] = {
    "agent": "by",
    "counterpart": "with",
    "affected": "concerning",
    "speaker": "said by",
    "mentioned": "also named",
}
"""What stands before a name; the order is that of showing, and the first of several roles counts."""

RECKONING = {
    "stated": "The article states the date.",
    "relative": "Reckoned from the date of the article.",
    "narrative": "Taken from the date that the article told last.",
    "reported": "The article tells it as its own news, so the day of the report stands in.",
    "person": "Set by a person.",
    "": "The article gives no date.",
}
UNRECKONED = "No date could be worked out from these words."

TOPICS: Mapping[Field, str] = {
    "day": "Date",
    "planned": "Planned date",
    "number": "Number",
    "place": "Place",
    "doer": "By whom",
}
"""On what reports differ."""
SHOWN_CLAIMS = 5
"""So many who tell a value are named."""

_BASIS_RANK = {basis: rank for rank, basis in enumerate(("person", "stated", "relative", "narrative", "reported", ""))}
_ROLE_RANK = {role: rank for rank, role in enumerate(ROLE_WORDS)}
_PRECISE = re.compile(r"\d{4}(-\d\d){0,2}")
_LONG_WORD = 12
"""Characters a word counts for: what holds no spaces is cut by its length."""


# --------------------------------------------------------------------------------------------- dates


@lru_cache(maxsize=16384)
def moment(when: When, unknown: str = "date not known") -> Moment:
    """A date in words, with what a machine may be told of it."""
    if not when.known:
        return Moment(words=unknown)
    edtf = format(when)
    return Moment(words=describe(when), edtf=edtf, datetime=edtf if _PRECISE.fullmatch(edtf) else "")


def published(when: When, estimated: bool) -> Moment:
    """A day of publication in words that tell an estimate from a fact."""
    found = moment(when, UNDATED)
    return replace(found, words=f"{found.words} (estimated)") if estimated and when.known else found


def days_of(library: Library, id: str) -> Stretch | None:
    """All days on which a happening may have been, by any report or as a person settled it; None for no known date.

    What is planned or possible by some day lies behind its first report.
    """
    entries = library.happenings[id]
    dating = dated(library, id)
    ahead = first_published(library, entries) if entries[0].course in ("planned", "hypothetical") else UNKNOWN
    settled = dating.when_basis == "person"
    others = () if settled else other_dates(dating, entries, library.disputed[id])
    return stretch_of(dating.when, others, ahead.first_day if ahead.known else date.min)


def date_of(library: Library, id: str) -> When:
    """The date by which a happening is placed: the one that a person prefers, else the best founded and finest.

    Where reports differ it is the earliest, which is no better than the others.
    """
    return dated(library, id).when


def dated(library: Library, id: str) -> Entry:
    """The account that gives a happening its date."""
    chosen = library.preferred.get(id)
    if chosen and chosen.when is not None:
        return replace(best_dated(library.happenings[id]), when=chosen.when, when_words="", when_basis="person")
    days = [value for difference in library.disputed[id] if difference.field == "day" for value in difference.values]
    return best_dated(days[0].entries if days else library.happenings[id])


def latest_first(when: When) -> int:
    """A key that sorts the latest day first and what has no date last."""
    return -when.first_day.toordinal() if when.known else 1


# --------------------------------------------------------------------------------------------- reports


def best_dated(entries: Sequence[Entry]) -> Entry:
    """The account whose date is the best founded and the finest."""

    def worth(entry: Entry) -> tuple[object, ...]:
        when = entry.when
        return (
            not when.known,
            _BASIS_RANK[entry.when_basis],
            when.last_day - when.first_day,
            lead_key(entry),
        )

    return entries[0] if len(entries) == 1 else min(entries, key=worth)


def status_of(entry: Entry) -> str:
    """How far the thing has come, in words; "" for what is told as having happened.

    Labels keep the words of the text ("refused to attend"), so what did not happen is named by its word: a reader
    of "refused to attend · did not happen" could take the refusal for what did not happen.
    """
    words = STATUS[entry.course, entry.negated]
    return f"{words}: “{entry.word}”" if entry.negated and entry.word else words


def when_label(entry: Entry) -> str:
    """What the date of an entry is of."""
    return WHEN_LABELS.get((entry.course, entry.negated), "Date")


def cite(library: Library, article: Article, rests_on: str = "") -> Source:
    """An article as it is cited; where it names no publisher, by what an entry of it rests on."""
    return Source(
        article=library.link("articles", article.id, article.title or article.id),
        publisher=article.source or rests_on or NO_SOURCE,
        published=published(article.published, article.published_basis == "estimate"),
    )


def speech_of(library: Library, entry: Entry) -> Speech | None:
    """Who is said to have said it; None where the article tells it in its own voice."""
    if entry.voice is None:
        return None
    words = entry.voice.words or entry.voice.name or "somebody"
    return Speech(who=library.link("actors", entry.voice.actor, words), verb=VERBS[entry.voice.stance])


def label_of(entry: Entry) -> str:
    """The label without a closing "according to …" or "which … denies": the speech before it says so already."""
    if entry.voice is None:
        return entry.label
    label, words = entry.label, entry.voice.words
    for name in (words, words[:1].lower() + words[1:]):  # "The Taliban" inside a label are "the Taliban"
        label = label.removesuffix(f", according to {name}").removesuffix(f", which {name} denies")
    return label


def reckon(entry: Entry) -> str:
    """How the date of an entry was found, as a sentence for a reader."""
    if entry.when_reckoned:
        return entry.when_reckoned
    if not entry.when.known and entry.when_words:
        return UNRECKONED
    return RECKONING[entry.when_basis if entry.when.known else ""]


def report_of(library: Library, entry: Entry, origin: str = "") -> Report:
    """One entry, as the account that its article gives; `origin`: why it is no origin of its own."""
    return Report(
        id=entry.id,
        label=label_of(entry),
        source=cite(library, library.articles[entry.article], entry.source),
        when_label=when_label(entry),
        happened=moment(entry.when),
        when_words=entry.when_words,
        reckoning=reckon(entry),
        stand_in=entry.when_basis == "reported",
        status=status_of(entry),
        speech=speech_of(library, entry),
        quote=quote_of([entry], library.settings.quote_words),
        by_person=entry.id in library.touched,
        origin=origin,
        rests_on=entry.source,
        note=entry.note,
    )


# --------------------------------------------------------------------------------------------- rows


def row_of(library: Library, id: str) -> Row:
    """A happening as the row of a timeline."""
    entries, origins = library.happenings[id], library.independence[id]
    lead, dating = entries[0], dated(library, id)
    chosen = library.preferred.get(id, Preferred(happening=id))
    disputed = library.disputed[id]
    return Row(
        id=id,
        label=chosen.label or label_of(lead),
        when_label=when_label(lead),
        happened=moment(dating.when),
        stand_in=dating.when_basis == "reported",
        other_dates=tuple(moment(when) for when in other_dates(dating, entries, disputed)),
        when_words=dating.when_words,
        status=status_of(lead),
        speech=speech_of(library, lead),
        place=chosen.place or _place(entries, disputed),
        preferred=preferred_words(chosen),
        parts=_parts(library, entries, disputed, chosen),
        events=events_of(library, entries),
        reported=reported(library, entries),
        reports=tuple(_reports(library, entries, origins)),
        tally=origins.tally(len(entries)),
        origins=len(origins.origins),
        differs=(*(difference.short for difference in disputed), *_told_apart(entries)),
        contrasts=tuple(contrast_of(library, difference) for difference in disputed),
    )


def _reports(library: Library, entries: Sequence[Entry], origins: Independence) -> Iterable[Report]:
    """The leading report, then the others by day; the first passage of an article tells whence it comes."""
    told: set[str] = set()
    for entry in (entries[0], *by_publication(library, entries[1:])):
        yield report_of(library, entry, "" if entry.article in told else origins.reasons.get(entry.article, ""))
        told.add(entry.article)


def _place(entries: Iterable[Entry], disputed: Iterable[Difference]) -> str:
    """Where it was: the first place told, or all of those on which reports differ."""
    differing = (difference.short for difference in disputed if difference.field == "place")
    return next(differing, "") or next((entry.place for entry in entries if entry.place), "")


def contrast_of(library: Library, difference: Difference, row: Link | None = None) -> Contrast:
    """The values in which reports differ, each with those who tell it."""
    topic = TOPICS[difference.field]
    return Contrast(
        topic=f"{topic} {difference.of}".strip(),
        short=difference.short,
        values=tuple(_alternative(library, value, difference.field) for value in difference.values),
        row=row,
    )


def _alternative(library: Library, value: Value, field: Field) -> Alternative:
    """A value with the first who tell it; an article that says it twice in the same words tells it once."""
    first: dict[object, Entry] = {}
    for of in value.entries:
        words = of.when_words if field in ("day", "planned") else ""
        first.setdefault((of.article, of.source, of.voice, words), of)
    claims = list(first.values())
    return Alternative(
        words=value.words,
        claims=tuple(_claim(library, of, field) for of in claims[:SHOWN_CLAIMS]),
        more=max(0, len(claims) - SHOWN_CLAIMS),
    )


def _claim(library: Library, entry: Entry, field: Field) -> Claim:
    return Claim(
        speech=speech_of(library, entry),
        source=cite(library, library.articles[entry.article], entry.source),
        words=entry.when_words if field in ("day", "planned") else "",
    )


def first_published(library: Library, entries: Iterable[Entry]) -> When:
    """The earliest day of publication among the reports; unknown where none is known."""
    known = (library.articles[entry.article].published for entry in entries)
    return min((when for when in known if when.known), key=sort_key, default=UNKNOWN)


def reported(library: Library, entries: Iterable[Entry]) -> Moment:
    """The day of the first report, for a reader."""
    when = first_published(library, entries := tuple(entries))
    bases = {a.published_basis for entry in entries if (a := library.articles[entry.article]).published == when}
    return published(when, bases == {"estimate"})


def by_publication(library: Library, entries: Iterable[Entry]) -> list[Entry]:
    """Entries by the days of their articles."""

    def day(entry: Entry) -> tuple[object, ...]:
        when = library.articles[entry.article].published
        return (sort_key(when), entry.article, entry.id)

    return sorted(entries, key=day)


def parts_of(library: Library, entries: Iterable[Entry], speech: Speech | None) -> tuple[Part, ...]:
    """Who took part, each once with the strongest of their roles; but not who is said to speak anyway."""
    found: dict[str, tuple[int, Part]] = {}
    for entry in entries:
        for participant in entry.participants:
            actor = library.actors.get(participant.actor)
            name = actor.name if actor else participant.name or participant.words
            rank, key = _ROLE_RANK[participant.role], participant.actor or name
            if key not in found or rank < found[key][0]:
                part = Part(who=library.link("actors", participant.actor, name), role=ROLE_WORDS[participant.role])
                found[key] = (rank, part)
    said = (ROLE_WORDS["speaker"], speech.who.path) if speech else None
    parts = (part for _, part in sorted(found.values(), key=lambda ranked: ranked[0]))
    return tuple(part for part in parts if (part.role, part.who.path) != said)


def _parts(
    library: Library, entries: Sequence[Entry], disputed: Iterable[Difference], chosen: Preferred
) -> tuple[Part, ...]:
    """Who took part in a happening, its doers as they are told or as a person settled them."""
    parts = parts_of(library, entries, speech_of(library, entries[0]))
    doer = library.actors.get(chosen.doer)
    return with_doers(parts, disputed, doer.name if doer else chosen.doer, ROLE_WORDS["agent"])


def events_of(library: Library, entries: Iterable[Entry]) -> tuple[Link, ...]:
    """The events that a happening belongs to."""
    ids = dict.fromkeys(id for entry in entries for id in entry.events if id in library.events)
    return tuple(library.link("events", id, library.events[id].label) for id in ids)


def other_dates(dated: Entry, entries: Iterable[Entry], disputed: Iterable[Difference]) -> list[When]:
    """The other dates that reports give; for a date that a person chose, all that are told and exclude it."""
    if dated.when_basis == "person":
        told = {entry.when for entry in entries if entry.when.known and entry.when_basis != "reported"}
        return sorted((when for when in told if dated.when.known and not overlaps(when, dated.when)), key=sort_key)
    days = (difference for difference in disputed if difference.field == "day")
    return [value.when for difference in days for value in difference.values[1:]]


def _told_apart(entries: Sequence[Entry]) -> tuple[str, ...]:
    """On what the accounts of one happening cannot all be right, beside their values."""
    found = []
    denied = {entry.voice is not None and entry.voice.stance == "denies" for entry in entries}
    if len({entry.negated for entry in entries}) > 1 or len(denied) > 1:
        found.append("whether it happened")
    if len({entry.course for entry in entries}) > 1:
        found.append("how far it has come")
    return tuple(found)


# --------------------------------------------------------------------------------------------- quotations


def quote_of(entries: Sequence[Entry], limit: int) -> Quote:
    """The quotation that entries share, with the word of each marked, and at most `limit` words of it."""
    text = entries[0].quote
    marks = sorted({mark for entry in entries if (mark := find_word(entry))})
    start, end = window(text, marks[0][0] if marks else 0, max(1, limit))
    pieces, at = [], start
    for mark_start, mark_end in marks:
        if mark_start >= at and mark_end <= end:
            pieces += [Piece(text=text[at:mark_start]), Piece(text=text[mark_start:mark_end], marked=True)]
            at = mark_end
    pieces.append(Piece(text=text[at:end]))
    return Quote(
        pieces=tuple(piece for piece in pieces if piece.text),
        cut_before=bool(text[:start].strip()),
        cut_after=bool(text[end:].strip()),
    )


def find_word(entry: Entry) -> tuple[int, int] | None:
    """Where in the quotation the word stands that names the happening."""
    text, word = entry.quote, entry.word
    if not word:
        return None
    if entry.quote_at and entry.word_at:
        start = entry.word_at.start - entry.quote_at.start
        if start >= 0 and text.startswith(word, start):
            return start, start + len(word)
    at = first = text.find(word)
    while at >= 0 and (_is_letter(text[at - 1 : at]) or _is_letter(text[at + len(word) : at + len(word) + 1])):
        at = text.find(word, at + 1)
    at = at if at >= 0 else first  # better inside another word than nowhere
    return (at, at + len(word)) if at >= 0 else None


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def window(text: str, at: int, limit: int) -> tuple[int, int]:
    """The stretch of a quotation that is shown: at most `limit` words, with what stands at `at` among them."""
    if not text.strip():
        return 0, 0
    if len(text.split()) <= limit:  # most sentences
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    else:
        words = [found.span() for found in re.finditer(r"\S+", text)]
        index = sum(1 for start, _ in words if start <= at) - 1
        first = 0 if index < limit else min(index - limit // 2, len(words) - limit)
        start, end = words[first][0], words[min(first + limit, len(words)) - 1][1]
    if end - start > limit * _LONG_WORD:
        start = max(start, at - limit * _LONG_WORD // 2) if at - start >= limit * _LONG_WORD else start
        end = min(end, start + limit * _LONG_WORD)
    return start, end
