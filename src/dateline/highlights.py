"""The days that matter most in a corpus: the timeline of a topic without a chosen actor or event.

A day matters that many reports tell of: of which the articles of that time make their news, and to which later ones
come back. An article counts once however often it names a day, and a copy of its text not at all; reports of one
day add up to less than their number, so that what is still told weeks later outweighs what filled one day's papers.
Counting the articles and the mentions of a day is the common ground of date selection (R. Kessler et al., "Finding
salient dates for building thematic timelines", ACL 2012; G. B. Tran et al., "Joint graphical models for date selection
in timeline summarization", ACL 2015); the weights are set by reasoning, not fitted to a corpus.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .events.news import main_day
from .model import Entry, Reading
from .when import When, is_day

TOLD, NEWS, REPORTED, AGAIN = 0.5, 1.0, 0.3, 0.1
"""What an article gives a day: which it names; which is the day of its main event; on which it was published, where its
main event has another day; for each further sentence on that day. The salience of what it tells of the day is added."""
MOST_AGAIN = 4
TOGETHER = 0.75
"""Reports of one day add up to this power of their sum."""
AHEAD = 0.3
"""What a day counts for in reports from before it: what is planned may not come."""
LATER = ((3, 1.0), (30, 1.2))
"""Days between a day and its report, at most → what the report counts for; later still: `LONG_AFTER`."""
LONG_AFTER = 1.5
UNDATED = 0.8
"""The same for articles of which nobody knows the day."""
BEFORE_CORPUS, PAST = timedelta(days=31), 0.4
"""A day so long before the oldest report is what the topic comes from: it counts for this much."""
ECHO = 0.2
"""The share of a day's score that reports of it, not knowing the day, gave to the next day."""
LEAST = 0.2
"""The share of its score that a day keeps beside any other."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A day, how much the corpus makes of it, why, and what it tells of it, the weightiest first."""

    day: date
    score: float
    reasons: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class _Tally:
    """What is counted for one day."""

    by_report: dict[date | None, float] = field(default_factory=lambda: defaultdict(float))
    """Day of publication → what its articles make of the day."""
    articles: int = 0
    news: int = 0
    later: int = 0
    entries: list[Entry] = field(default_factory=list)


def find_highlights(readings: Sequence[Reading]) -> tuple[Highlight, ...]:
    """All days that a corpus tells of, those that matter most first; the same for any order of `readings`."""
    tallies: dict[date, _Tally] = defaultdict(_Tally)
    ordered = sorted(_originals(readings), key=lambda reading: reading.document.article.id)
    for reading in ordered:
        published = _day_of(reading.document.article.published)
        for day, weight in _weights(reading, published).items():
            tally = tallies[day]
            tally.by_report[published] += weight
            tally.articles += 1
            tally.later += published is not None and (published - day).days > LATER[0][0]
        for day, entries in _entries_by_day(reading).items():
            tallies[day].entries += entries
        if (news := _news_day(reading)) is not None:
            tallies[news].news += 1
    oldest = min((day for t in tallies.values() for day in t.by_report if day is not None), default=None)
    scores = {day: _score(day, tally.by_report, oldest) for day, tally in tallies.items()}
    found = [
        Highlight(day, _without_echo(day, scores), tuple(_reasons(tally)), _ranked(tally.entries))
        for day, tally in tallies.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.day)))


def _originals(readings: Iterable[Reading]) -> Iterable[Reading]:
    """The oldest article of each text."""
    found: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.document.article.published.last_day, r.document.article.id)):
        article = reading.document.article
        found.setdefault(article.digest or article.id, reading)
    return found.values()


# ------------------------------------------------------------------------------------------- one article


def _weights(reading: Reading, published: date | None) -> Mapping[date, float]:
    """What one article makes of each day that it tells of."""
    weights = {
        day: TOLD + best + AGAIN * min(MOST_AGAIN, len(sentences) - 1)
        for day, (sentences, best) in _told(reading).items()
    }
    news = _news_day(reading)
    if news is not None:
        weights[news] = weights.get(news, 0.0) + NEWS
    if published is not None and published != news:
        weights[published] = weights.get(published, 0.0) + REPORTED
    return weights


def _news_day(reading: Reading) -> date | None:
    return _day_of(main_day(reading.entries, reading.document.article.published))


def _told(reading: Reading) -> Mapping[date, tuple[set[int], float]]:
    """Day → where the sentences begin that tell of it, and the salience of the weightiest entry that is dated so."""
    starts = [sentence.start for sentence in reading.sentences]
    sentences: dict[date, set[int]] = defaultdict(set)
    best: dict[date, float] = defaultdict(float)
    for timex in reading.timexes:
        if (day := _day_of(timex.when)) is not None:
            at = bisect_right(starts, timex.start)
            sentences[day].add(starts[at - 1] if at else timex.start)
    for entry in reading.entries:
        if (day := _day_of(entry.when)) is not None and entry.when_basis != "reported":
            sentences[day].add(entry.quote_at.start if entry.quote_at else -1)
            best[day] = max(best[day], entry.salience)
    return {day: (found, best[day]) for day, found in sentences.items()}


def _entries_by_day(reading: Reading) -> Mapping[date, list[Entry]]:
    found: dict[date, list[Entry]] = defaultdict(list)
    for entry in reading.entries:
        if (day := _day_of(entry.when)) is not None:
            found[day].append(entry)
    return found


def _day_of(when: When) -> date | None:
    return when.start if is_day(when) else None


# --------------------------------------------------------------------------------------------- all of them


def _score(day: date, by_report: Mapping[date | None, float], oldest: date | None) -> float:
    """What all reports make of a day."""
    total = sum(
        _lateness(day, published) * math.pow(weight, TOGETHER)
        for published, weight in sorted(by_report.items(), key=lambda one: one[0] or date.min)
    )
    return total * (PAST if oldest is not None and oldest - day > BEFORE_CORPUS else 1.0)


def _lateness(day: date, published: date | None) -> float:
    """What a report counts for by when it comes."""
    if published is None:
        return UNDATED
    if published < day:
        return AHEAD
    return next((factor for days, factor in LATER if (published - day).days <= days), LONG_AFTER)


def _without_echo(day: date, scores: Mapping[date, float]) -> float:
    """A day's score without what the day before it may have lent it."""
    before = scores.get(day - timedelta(days=1), 0.0) if day > date.min else 0.0
    return round(max(LEAST * scores[day], scores[day] - ECHO * before), 4)


def _reasons(tally: _Tally) -> Iterator[str]:
    yield f"told of in {tally.articles} article{'' if tally.articles == 1 else 's'}"
    if tally.news:
        yield f"the news of {tally.news}"
    if tally.later:
        yield f"recalled in {tally.later}"


def _ranked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (-entry.salience, entry.article, entry.id)))
