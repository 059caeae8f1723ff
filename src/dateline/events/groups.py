"""An event as one article names it, and as several do: its names, its label, its own date."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..model import Alias, Entry, Event, Naming
from ..text import slug
from ..when import UNKNOWN, Precision, When, describe, format, unit
from .keys import key_words, run_on
from .lexicon import is_event_noun, kind_of
from .schedule import agreed

PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")
_POSSESSIVE = re.compile(r"['’]s\b|\s['’]|s['’](?=\s)")
_LOOSE = re.compile(r"\s+(['’]s?)(?=\s)")
"""The mark of a possessive that stands apart, as in texts that were cut into words."""


@dataclass(slots=True)
class Matter:
    """An event as one article names it."""

    article: str
    published: When
    name: str
    event_class: str
    forms: Counter[str]
    keys: frozenset[frozenset[str]]
    whens: tuple[When, ...]
    entries: tuple[str, ...]
    told: tuple[When, ...] = ()
    """When its article says that it took place or will, where the name does not."""

    @property
    def times(self) -> tuple[When, ...]:
        """What is known of when it was: its dates, else what is told, else that it was news."""
        return self.whens or self.told or (self.published,)


class Times:
    """Times of one event, each once, to be asked whether another lies near any of them."""

    __slots__ = ("_first", "_last", "_told", "_unknown")

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], None] = {}
        self._unknown = False
        self._first, self._last = date.max.toordinal(), date.min.toordinal()

    def add(self, when: When) -> None:
        """Take a time."""
        if not when.known:
            self._unknown = True
            return
        first, last = when.first_day.toordinal(), when.last_day.toordinal()
        self._told[first, last] = None
        self._first, self._last = min(self._first, first), max(self._last, last)

    def near(self, when: When, window: timedelta) -> bool:
        """Whether one of them overlaps a time or lies no further from it; what is unknown may lie anywhere."""
        if self._unknown or not when.known:
            return True
        first, last, days = when.first_day.toordinal(), when.last_day.toordinal(), window.days
        if max(self._first - last, first - self._last) > days:
            return False
        return any(max(one - last, first - other) <= days for one, other in reversed(self._told))


class Group:
    """The matters of several articles that are one event, and what is asked of all of them together."""

    def __init__(self, matters: Iterable[Matter] = ()) -> None:
        self.matters: list[Matter] = []
        self.reasons: dict[str, str] = {}
        self.articles: set[str] = set()
        self.classes: set[str] = set()
        self.keys: set[frozenset[str]] = set()
        """Every set of words that names it."""
        self.whens: list[When] = []
        """The event's own dates, as told."""
        self.dates, self.times, self.published = Times(), Times(), Times()
        """Its own dates; what is known of when it was; the days of its articles."""
        for matter in matters:
            self.add(matter)

    def add(self, matter: Matter) -> None:
        """Put one more to it."""
        self.matters.append(matter)
        self.articles.add(matter.article)
        self.classes.add(matter.event_class)
        self.keys |= matter.keys
        self.whens += matter.whens
        self.published.add(matter.published)
        for times, told in ((self.dates, matter.whens), (self.times, matter.times)):
            for when in told:
                times.add(when)


@dataclass(frozen=True, slots=True)
class About:
    """What the entries of an article that are about one event tell of it."""

    ids: tuple[str, ...] = ()
    told: tuple[When, ...] = ()
    """When it took place or will."""


def about_of(entries: Sequence[Entry], event_class: str) -> About:
    """What entries tell of an event that is named as one of this class."""
    told = tuple(entry.when for entry in entries if _tells_day(entry, event_class))
    return About(tuple(entry.id for entry in entries), told)


def matter_of(article: str, published: When, name: str, namings: Sequence[Naming], about: About) -> Matter:
    """The event that an article calls `name`, with all its namings there, and what its entries are about it."""
    forms = Counter(_form(naming) for naming in namings)
    keys = {key_words(form, _head(form)) for form in [*forms, name] if is_event_noun(_head(form))}
    whens = {format(n.when): n.when for n in namings if n.when.known}
    keys |= {frozenset([run]) for form in (*forms, name) if (run := run_on(form, _head(form)))}
    if not any(keys):
        keys |= {frozenset([f"of {when.first_day.year}"]) for when in whens.values()}
    return Matter(
        article=article,
        published=published,
        name=name,
        event_class=namings[0].event_class,
        forms=forms,
        keys=frozenset(key for key in keys if key),
        whens=tuple(whens[key] for key in sorted(whens)),
        entries=about.ids,
        told=about.told,
    )


def _tells_day(entry: Entry, event_class: str) -> bool:
    """Whether an entry tells when the event was or is to be: its own day, or that of being there."""
    plainly = entry.course in ("occurred", "planned") and not entry.negated
    own = entry.when.known and entry.when_basis in ("stated", "relative")
    return plainly and own and entry.event_class in (event_class, "attendance")


def _form(naming: Naming) -> str:
    """The words of a naming as one would list them: without article, in one line."""
    words = _LOOSE.sub(r"\1", " ".join(naming.text.split()))
    if " " not in words and not words[:1].isupper():
        return f"the {words}"
    return words


def _head(name: str) -> str:
    plain = name.split(" (")[0].split(" to ")[0]
    return plain.rsplit(" ", 1)[-1]


def labels_of(groups: Sequence[Group]) -> list[str]:
    """The most frequent name of each group; where several share one, as much of their dates as tells them apart."""
    names = [_label(group) for group in groups]
    labels = names
    for precision in PRECISIONS:
        counts = Counter(slug(label) for label in labels)
        if max(counts.values(), default=1) == 1:
            break
        times = [_time(group, precision) for group in groups]
        labels = [
            f"{name} ({time})" if counts[slug(label)] > 1 and time and time not in name else label
            for name, label, time in zip(names, labels, times, strict=True)
        ]
    return labels


def _label(group: Group) -> str:
    named = [form for matter in group.matters for form in _full_forms(matter)]
    articles = Counter(key for matter in group.matters for key in {_key(form) for form in _full_forms(matter)})
    # A name that we put together ourselves counts less than one that stands in the text.
    forms: Counter[str] = Counter()
    for matter in group.matters:
        for form in _full_forms(matter):
            forms[form.lower()] += 2 if form in matter.forms else 1
    chosen = max(named, key=lambda form: (articles[_key(form)], forms[form.lower()], -named.index(form)))
    same = [form for form in named if form.lower() == chosen.lower()]
    return max(same, key=lambda form: (sum(c.isupper() for c in form), -same.index(form)))


def _full_forms(matter: Matter) -> list[str]:
    """The name of a matter and all forms in the text that name it as fully, each as often as it stands there."""
    forms = [form for form, count in matter.forms.items() for _ in range(count) if _is_full(form)]
    plain = matter.name.split(" (")[0]
    if not _POSSESSIVE.search(plain):
        forms = [form for form in forms if not _POSSESSIVE.search(form)]
    return forms if plain in forms else [plain, *forms]


def _is_full(form: str) -> bool:
    return is_event_noun(_head(form)) and bool(_key(form)) and not form.startswith("the ")


def _key(form: str) -> frozenset[str]:
    return key_words(form, _head(form))


def _time(group: Group, precision: Precision) -> str:
    """The year, month or day of the event's own date, else of its first report; "" where that is not sure."""
    when = own_date(group)
    if not when.known:
        when = group.matters[0].published
    if not when.known:
        return ""
    first, last = unit(precision, when.first_day), unit(precision, when.last_day)
    return describe(first) if first == last else ""


def own_date(group: Group) -> When:
    """The finest of the event's own dates that fits with most of the others."""
    return agreed(group.whens)


def event_of(group: Group, label: str, identity: str) -> Event:
    """The record of a group under this label and id."""
    event_class = Counter(m.event_class for m in group.matters).most_common(1)[0][0]
    kind = kind_of(event_class)
    return Event(
        id=identity,
        label=label,
        kind=kind,
        event_class=event_class,
        aliases=_aliases(group, label),
        when=(own := own_date(group) if kind != "process" else UNKNOWN),
        when_reason=f"named with its date in {_articles_with(group, own)}" if own.known else "",
    )


def _articles_with(group: Group, when: When) -> str:
    articles = {matter.article for matter in group.matters if when in matter.whens}
    return "1 article" if len(articles) == 1 else f"{len(articles)} articles"


def _aliases(group: Group, label: str) -> tuple[Alias, ...]:
    """Every other name, most articles first; a bare "conference" is no name."""
    articles: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for matter in group.matters:
        for form in [*(f for f in matter.forms if is_event_noun(_head(f))), matter.name]:
            key = form.lower().replace("’", "'")
            articles[key].add(matter.article)
            spelled.setdefault(key, form)
            reason = group.reasons.get(matter.name, "")
            inside = f"means {matter.name} in the same article" if key != matter.name.lower() else ""
            reasons.setdefault(key, inside or reason or "named so")
    articles.pop(label.lower().replace("’", "'"), None)
    return tuple(
        Alias(name=spelled[key], articles=len(articles[key]), reason=reasons[key])
        for key in sorted(articles, key=lambda key: (-len(articles[key]), key))
    )
