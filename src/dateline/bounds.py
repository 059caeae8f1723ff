"""When an article without a date can have been published: an estimate in whole months, always with its reasons.

What it tells of as past lies before its day, what it looks ahead to behind; one thing that it dates twice, outright and
from its own day ("the 2020 February agreement signed last year"), pins that day; dates without a year lie near it, and
so do articles with a date that tell of the same occasion. Nothing here is a fact, and nothing hangs on a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import find_timexes
from .events.keys import key_words
from .events.lexicon import kind_of
from .model import Article, Document, Entry, Naming, Paragraph, Reading, Sentence, Timex
from .when import When, within
from .when import unit as unit_of

SPAN = 24
"""An estimate that is wider, in months, tells nobody anything."""
AHEAD = 8
"""How far away, in months, news names a date without its year."""
WINDOW = 2
"""How far apart, in months, articles tell of one occasion."""
_ONE = 12
"""Within how many months all dates must lie for a name to be that of one occasion, and not of a series."""
_REACH = 240
"""For how many months behind a date another one of the same thing is tried."""
_LAST = 9999 * 12
_BREAK = re.compile(r"[,;:.!?\"“”()]|\b(?:and|but|which|that|who|since|after|before|when|while|to)\b")
_YEARLESS = re.compile(r"XXXX-(\d\d)(?:-\d\d)?")
_FROM_NOW = re.compile(r"XXXX(?:-XX|-WXX|-QX)?")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SLACK = {"XXXX": 6, "XXXX-QX": 2, "XXXX-XX": 1}
"""By how many months "a year ago", which is about a year, may miss."""

Months = frozenset[int]
"""Months of publication, each as year times twelve plus month less one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Some time within which an article was published, and why."""

    when: When
    reasons: tuple[str, ...]


def estimate_published(readings: Sequence[Reading]) -> Mapping[str, Estimate]:
    """Article id → when it can have been published, for those of unknown date that tell enough."""
    undated = [r for r in readings if not r.document.article.published.known and r.document.article.style == "news"]
    if not undated:
        return {}
    own = {reading.document.article.id: _from_text(reading) for reading in undated}
    known = {id_: found.months for id_, found in own.items() if found.months}
    known |= {r.document.article.id: months for r in readings if (months := _months(r.document.article.published))}
    told = _occasions(readings)
    titles = {reading.document.article.id: reading.document.article.title for reading in readings}
    estimates = {}
    for reading in undated:
        article = reading.document.article
        bounds = own[article.id]
        for name, months, title in _neighbours(article.id, told, known, titles):
            bounds.narrow(months, f"it tells of the {name}, as does “{title}”")
        if found := bounds.estimate():
            estimates[article.id] = found
    return estimates


@dataclass(slots=True)
class _Bounds:
    """What is known so far: the months that are left, None for all from `floor` on."""

    floor: int = 0
    months: Months | None = None
    reasons: tuple[str, ...] = ()

    def narrow(self, months: Months, reason: str) -> None:
        """Keep only these months; what contradicts all that is known says nothing."""
        left = frozenset(m for m in months if m >= self.floor)
        left = left if self.months is None else left & self.months
        if left and left != self.months:
            self.months = left
            self.reasons = (*self.reasons, reason)

    def estimate(self) -> Estimate | None:
        """The stretch of the months that are left, where it is worth telling."""
        if not self.months or max(self.months) - min(self.months) >= SPAN:
            return None
        return Estimate(when=within(_month(min(self.months)), _month(max(self.months))), reasons=self.reasons)


# ------------------------------------------------------------------------------------------------ one text


def _from_text(reading: Reading) -> _Bounds:
    """What an article's own words tell of its day."""
    stated = [e for e in reading.entries if e.when_basis == "stated" and e.when.known and not e.negated]
    past = [entry for entry in stated if entry.course == "occurred"]
    bounds = _Bounds()
    if past:
        latest = max(past, key=lambda entry: (entry.when.first_day, entry.id))
        bounds.floor = _number(latest.when.first_day)
        bounds.reasons = (f"it tells of “{latest.when_words}” as past",)
    for explicit, relative in _told_twice(reading):
        months = _solutions(reading, explicit.when, relative)
        bounds.narrow(months, f"“{explicit.when_words}” and “{relative.text}” are dates of one thing")
    for entry in stated:
        if entry.course == "planned" and bounds.floor:
            ahead = range(bounds.floor, _number(entry.when.last_day) + 1)
            bounds.narrow(frozenset(ahead), f"it looks ahead to “{entry.when_words}”")
    if bounds.months:
        for timex in reading.timexes:
            _put_on_weekday(bounds, reading, timex)
        for entry in reading.entries:
            _put_near(bounds, reading, entry)
    return bounds


def _put_on_weekday(bounds: _Bounds, reading: Reading, timex: Timex) -> None:
    """The 7th of March is a Sunday in few years."""
    weekday = timex.text[:3].lower()
    if weekday not in _WEEKDAYS or not _YEARLESS.fullmatch(timex.value) or not bounds.months:
        return

    courses = {entry.course for entry in reading.entries if _timex_of(reading, entry) == timex}

    def fits(month: int) -> bool:
        meant = _read_from(reading, timex, month)
        if not meant.known or _WEEKDAYS[meant.first_day.weekday()] != weekday:
            return False
        ahead = _number(meant.first_day) - month
        return -AHEAD <= ahead <= (0 if courses == {"occurred"} else AHEAD)

    bounds.narrow(frozenset(filter(fits, bounds.months)), f"“{timex.text}” is right in few years")


def _put_near(bounds: _Bounds, reading: Reading, entry: Entry) -> None:
    """News names a date without its year only where it lies near."""
    timex = _timex_of(reading, entry)
    found = _YEARLESS.fullmatch(timex.value) if timex else None
    if not found or not bounds.months or entry.negated or entry.course not in ("occurred", "planned"):
        return
    month, sign = int(found[1]) - 1, 1 if entry.course == "planned" else -1
    near = frozenset(m for m in bounds.months if (month - m) * sign % 12 <= AHEAD)
    side = "ahead" if sign > 0 else "back"
    bounds.narrow(near, f"“{entry.when_words}”, without a year, lies not far {side}")


def _told_twice(reading: Reading) -> Iterator[tuple[Entry, Timex]]:
    """Things dated outright that a second expression dates from the day of writing."""
    for entry in reading.entries:
        if entry.course != "occurred" or entry.negated or kind_of(entry.event_class) == "process":
            continue
        if entry.when_basis == "stated" and entry.when.known and entry.word_at and entry.quote_at:
            for timex in reading.timexes:
                between = reading.document.text[entry.word_at.end : timex.start]
                inside = entry.word_at.end <= timex.start and timex.end <= entry.quote_at.end
                if inside and len(between) <= 40 and _hangs_on_now(timex) and not _BREAK.search(between):
                    yield entry, timex
        timex_of = _timex_of(reading, entry)
        if timex_of and _hangs_on_now(timex_of) and kind_of(entry.event_class) == "instrument":
            for dated in _dated_outright(reading, entry):
                yield dated, timex_of


def _dated_outright(reading: Reading, entry: Entry) -> Iterator[Entry]:
    """The entry with the own date of the one deal or law that an entry is about, where the text gives it just one."""
    for name in entry.about:
        namings = [n for n in reading.namings if n.name == name and n.when.known and n.event_class == entry.event_class]
        if len({n.when for n in namings}) == 1:
            whens = [e for e in reading.entries if e.when == namings[0].when and e.when_basis == "stated"]
            yield from whens[:1]


def _hangs_on_now(timex: Timex) -> bool:
    return timex.type == "DATE" and timex.basis == "relative" and bool(_FROM_NOW.fullmatch(timex.value))


def _timex_of(reading: Reading, entry: Entry) -> Timex | None:
    """The expression that gave an entry its date."""
    if not entry.when_words or not entry.quote_at:
        return None
    inside = (t for t in reading.timexes if entry.quote_at.start <= t.start and t.end <= entry.quote_at.end)
    return next((timex for timex in inside if timex.text == entry.when_words), None)


def _solutions(reading: Reading, explicit: When, relative: Timex) -> Months:
    """The months of publication from which a relative expression means the day that another one names."""
    slack = _SLACK.get(relative.value, 0)
    first, last = _number(explicit.first_day), _number(explicit.last_day)
    found = set()
    for month in range(first, min(first + _REACH, _LAST)):
        meant = _read_from(reading, relative, month)
        by = slack if meant.approximate else 0
        if meant.known and _number(meant.first_day) - by <= last and first <= _number(meant.last_day) + by:
            found.add(month)
        elif found:
            break
    return frozenset(found)


def _read_from(reading: Reading, timex: Timex, month: int) -> When:
    """What an expression means in its sentence alone, published in a month."""
    sentence = next(s for s in reading.sentences if s.start <= timex.start < s.end)
    text = reading.document.text[sentence.start : sentence.end]
    article = Article(id="", seed="", published=_month(month))
    document = Document(article=article, text=text, paragraphs=(Paragraph(start=0, end=len(text)),))
    found = find_timexes(document, (Sentence(start=0, end=len(text), paragraph=0),))
    return next((one.when for one in found if one.start == timex.start - sentence.start), When())


# ------------------------------------------------------------------------------------------------ neighbours

Occasion = tuple[frozenset[str], str]
"""The words that tell an occasion from others, and its class."""


def _occasions(readings: Sequence[Reading]) -> dict[Occasion, dict[str, Naming]]:
    """Occasions with a name of their own → the articles that tell of them, each with a naming, dated if one is."""
    told: dict[Occasion, dict[str, Naming]] = {}
    for reading in readings:
        for naming in sorted(reading.namings, key=lambda n: (not n.when.known, n.start)):
            key = key_words(naming.name, naming.name.rsplit(" ", 1)[-1])
            named = any(word[:1].isupper() for word in naming.name.split()[:-1])
            if key and named and kind_of(naming.event_class) == "occasion":
                told.setdefault((key, naming.event_class), {}).setdefault(reading.document.article.id, naming)
    return told


def _neighbours(
    article: str, told: Mapping[Occasion, Mapping[str, Naming]], known: Mapping[str, Months], titles: Mapping[str, str]
) -> Iterator[tuple[str, Months, str]]:
    """An occasion that an article names without a date, the months about it, and an article that tells them."""
    for bearers in told.values():
        if article not in bearers or bearers[article].when.known:
            continue
        days = {other: _months(naming.when) or known.get(other, frozenset()) for other, naming in bearers.items()}
        others = sorted(other for other in bearers if other != article and days[other])
        months = frozenset[int]().union(*(days[other] for other in others))
        if months and max(months) - min(months) <= _ONE:
            near = range(min(months) - WINDOW, max(months) + WINDOW + 1)
            yield bearers[article].name, frozenset(near), titles[others[0]]


# ------------------------------------------------------------------------------------------------ months


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> When:
    return unit_of("month", date(number // 12, number % 12 + 1, 1))


def _months(when: When) -> Months:
    """The months that a time covers; none where it is not known or open."""
    if when.start is None or when.end is None:
        return frozenset()
    return frozenset(range(_number(when.first_day), _number(when.last_day) + 1))
