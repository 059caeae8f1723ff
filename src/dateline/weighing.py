"""How much a row of a timeline weighs and why, and what tells it from others.

Every reason is a share from 0 to 1, and all reasons count the same. No weights were fitted, for there is no corpus of
timelines with an editor's choice that we may use: equal weights on shares that all point one way come close to fitted
ones, and cannot be fitted to a story (Dawes 1979, "The robust beauty of improper linear models in decision making").
The shares themselves come from elsewhere: of classes from `data/en/events/classes.tsv`, of place, headline and doubts
from `events.salience`. However many reports there are, only origins count, each further one less.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import prod

from .events import salience
from .events.keys import stems
from .events.lexicon import event_classes
from .independence import Independence
from .keyrows import Reason, Trait, Weight
from .model import Article, Entry
from .when import When

_GRAINS = {"day": 1.0, "month": 2 / 3, "year": 1 / 3}
_STAND_IN = 0.5
"""The share of a day of report that stands in for the day of the happening."""


def weigh(entries: Sequence[Entry], articles: Mapping[str, Article], found: Independence) -> Weight:
    """The weight of a happening that these entries report, the leading one first; `found`: their origins.

    Its reasons: independent reports, class, place in the text, words shared with the headline, grain of the date. See
    the head of this module for where the shares come from and why they count alike.
    """
    lead = entries[0]
    reasons = (
        _reported(found),
        _class(lead),
        _placed(entries, articles),
        _headline(entries, articles),
        _grain(entries),
    )
    return Weight(reasons=reasons, doubts=tuple(_doubts(lead)))


def _doubts(lead: Entry) -> Iterator[Reason]:
    """What makes an entry less salient, and that a thing is only planned: a word and no deed yet, as a claim is."""
    yield from salience.doubts(lead)
    if lead.course == "planned" and not lead.negated:
        yield salience.CLAIMED, "is only planned"


def _reported(found: Independence) -> Reason:
    """Nothing for one origin, a half for two, two thirds for three: each further one tells less."""
    return 1 - 1 / max(1, len(found.origins)), found.tally()


def _class(lead: Entry) -> Reason:
    known = event_classes().get(lead.event_class)
    return known.weight if known else salience.UNKNOWN_WEIGHT, f"class {lead.event_class or 'not known'}"


def _placed(entries: Iterable[Entry], articles: Mapping[str, Article]) -> Reason:
    share = max(place_points(entry, articles[entry.article]) for entry in entries) / salience.LEAD
    if not share:
        return 0.0, "its place in a text is not known"
    paragraph = round(2 / share - 1)
    return share, f"stands in paragraph {paragraph}"


def place_points(entry: Entry, article: Article) -> float:
    """The points of its salience that an entry has from its place in the text: what its other reasons leave over."""
    if not entry.salience:
        return 0.0
    factor = prod(less for less, _ in salience.doubts(entry))
    given = sum(points for points, _ in salience.reasons(entry, article))
    points = round(entry.salience / factor - given, 2)
    return min(salience.LEAD, max(0.0, points))


def _headline(entries: Iterable[Entry], articles: Mapping[str, Article]) -> Reason:
    share = max(salience.in_headline(entry, articles[entry.article]) for entry in entries)
    return share, f"has {share:.0%} of a headline’s words" if share else "shares no word with a headline"


def _grain(entries: Iterable[Entry]) -> Reason:
    return max(_grain_of(entry.when, entry.when_basis == "reported") for entry in entries)


def _grain_of(when: When, stand_in: bool) -> Reason:
    if not when.known:
        return 0.0, "no date"
    if stand_in:
        return _STAND_IN, "the day of the report stands in"
    grain = when.precision or when.end_precision
    if when.shape != "unit" or when.approximate or when.doubtful:
        return _GRAINS.get(grain, 0.0) / 2, "a vague date"
    return _GRAINS.get(grain, 0.0), f"dated to the {grain}"


def trait_of(entries: Sequence[Entry], label: str, day: int | None, who: Collection[str]) -> Trait:
    """The traits of a happening that these entries report, the leading one first."""
    return Trait(
        id=entries[0].happening or entries[0].id,
        day=day,
        words=stems(label),
        event_class=entries[0].event_class,
        who=frozenset(who),
        matters=frozenset(id for entry in entries for id in entry.events),
    )
