"""How much an article makes of what it tells, and why: class, place, headline, date, doers, voice."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Article, Entry
from ..when import is_day
from .keys import stems
from .lexicon import event_classes

CLASS, LEAD, HEADLINE, DAY, DATE, DOER, DOERS, NAMED = 0.4, 0.25, 0.15, 0.12, 0.06, 0.05, 0.1, 0.05
"""Most points that each reason gives; the points add up to 1.12 at most."""
NOT_HAPPENED, CLAIMED = 0.6, 0.8
"""What the points are multiplied by where a thing did not happen, or where somebody only claims it."""
RECENT_DAYS = 14
UNKNOWN_WEIGHT = 0.4

Reason = tuple[float, str]
"""Points, and what they are given for."""


def salience(entry: Entry, article: Article, paragraph: int) -> float:
    """0 to 1: how much the article makes of the entry, whose words stand in its `paragraph` (0: the first)."""
    points = sum(points for points, _ in reasons(entry, article)) + _lead(paragraph)
    for factor, _ in doubts(entry):
        points *= factor
    return round(min(1.0, points), 3)


def reasons(entry: Entry, article: Article) -> Iterator[Reason]:
    """The points for all but the place in the text, which only the reading knows."""
    known = event_classes().get(entry.event_class)
    yield CLASS * (known.weight if known else UNKNOWN_WEIGHT), f"class {entry.event_class}"
    if share := in_headline(entry, article):
        yield HEADLINE * share, f"{share:.0%} of the headline’s words"
    if is_day(entry.when) and entry.when_basis != "reported" and _is_recent(entry, article):
        yield DAY, "a day shortly before the report, or still to come"
    elif entry.when.known:
        yield DATE, "a date"
    doers = sum(part.role in ("agent", "affected", "counterpart") for part in entry.participants)
    if doers:
        yield min(DOERS, DOER * doers), "one who acts is named" if doers == 1 else f"{doers} who act are named"
    if entry.about or entry.events:
        yield NAMED, "part of a named event"


def doubts(entry: Entry) -> Iterator[Reason]:
    """The factors below 1, with their reasons."""
    if entry.course == "hypothetical" or entry.negated:
        yield NOT_HAPPENED, "did not happen"
    if entry.voice and entry.voice.stance != "states":
        yield CLAIMED, f"{entry.voice.words} {entry.voice.stance} it"


def _lead(paragraph: int) -> float:
    return LEAD / (1 + paragraph / 2)


def in_headline(entry: Entry, article: Article) -> float:
    """The share of the headline's words that the entry's label has; 0 for a headline made from the text."""
    title = stems(article.title) if article.title_basis != "generated" else frozenset()
    return round(len(title & stems(entry.label)) / len(title), 2) if title else 0.0


def _is_recent(entry: Entry, article: Article) -> bool:
    if not article.published.known:
        return True
    return (article.published.last_day - entry.when.first_day).days <= RECENT_DAYS
