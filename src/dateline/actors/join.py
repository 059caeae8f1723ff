"""Across articles: figures joined to actors, with the reason for every name, and ids that stay.

Figures are never compared pair by pair. Each name has a signature (surname and given names as `names` keys them), equal
signatures are one actor, and the weaker steps look a name up in an index of what it could be short for: they join it
only where the whole corpus offers exactly one answer. So the work grows with the figures, not with their square.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model import ACTOR_KINDS, Actor, ActorKind, Alias, Figure, Reading, RoleHeld
from ..text import slug
from ..when import sort_key
from .apart import Bearer, part
from .bodies import body_key, is_state_organ, without_company_word
from .genders import gender_of_titles
from .names import initials, normalise
from .offices import in_full, offices
from .persons import PersonIndex
from .reasons import alias_reason
from .world import country_names, table_name, wikidata

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""No file may be called so on some systems, or it is a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The actors of a corpus, sorted by id, and which of them each article's figures are."""

    actors: tuple[Actor, ...]
    ids: Mapping[tuple[str, str], str]
    """(article id, name of the figure) → actor id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRulings:
    """What people decided on who is who, as far as reading must heed it."""

    settled: tuple[Actor, ...] = ()
    """Actors with the names that are theirs alone; two of them never become one."""
    theirs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(article id, or "" for all; normalised name) → the actor that it names, "" for nobody."""
    made: tuple[Actor, ...] = ()
    """Actors that a decision makes: they are there, under this name, whatever else is found of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A figure of one article, ready to be joined."""

    article: str
    figure: Figure
    kind: ActorKind
    gender: str = ""
    """What the titles beside the name tell: "f", "m", or "" for nothing."""
    year: int | None = None


def join_actors(
    readings: Sequence[Reading],
    stored: Sequence[Actor] = (),
    settled: frozenset[str] = frozenset(),
    rulings: ActorRulings | None = None,
    stood: Mapping[str, frozenset[str]] | None = None,
) -> Joined:
    """The figures of all readings joined to actors, whatever the order of `readings`.

    `stored` are the actors of an earlier run: a cluster that bears their names keeps their id, and nothing else is
    taken from them, so that the result is the one of a first run. Those in `settled` are as a person made them: their
    names take part in joining. `rulings` go before everything. `stood` tells in which articles stored actors stood: of
    several clusters that bear one name, the one with these articles keeps the id.
    """
    rulings = rulings or ActorRulings()
    ruled = {actor.id for actor in rulings.settled}
    items = [item for item in _settle_kinds(list(_items(readings))) if _ruled(item, rulings) != ""]
    sure = [_as_given(a) for a in (*rulings.settled, *(actor for actor in stored if actor.id in settled - ruled))]
    clusters = _clusters(items, sure, rulings)
    kept = _kept_ids(
        clusters, [actor for actor in stored if actor.id not in settled | ruled], {} if stood is None else stood
    )
    taken = {actor.id for actor in (*stored, *rulings.settled)}
    named = {actor.id: actor for actor in rulings.made}
    actors: list[Actor] = []
    ids: dict[tuple[str, str], str] = {}
    for key, members in clusters.items():
        known = _stored_id(key) or kept.get(key, "")
        actor = _actor(members, known, taken)
        if known in named:
            own = [item for item in members if not _ruled(item, rulings)]
            actor = _as_made(actor, named[known], own, members)
        taken.add(actor.id)
        actors.append(actor)
        ids.update({(item.article, item.figure.name): actor.id for item in members})
    there = {actor.id for actor in actors}
    actors += [actor for actor in rulings.made if actor.id not in there]
    return Joined(actors=tuple(sorted(actors, key=lambda a: a.id)), ids=ids)


def _clusters(items: Sequence[_Item], sure: Sequence[Actor], rulings: ActorRulings) -> dict[str, list[_Item]]:
    """Items by who they are; those on which a decision was made do not speak for others."""
    free = [item for item in items if not _ruled(item, rulings)]
    keys = _body_keys(free, sure) | _person_keys(free, sure)
    found = {(item.article, item.figure.name): keys[at] for at, item in enumerate(free)}
    clusters: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        id_ = _ruled(item, rulings)
        clusters[f"={id_}" if id_ else found[item.article, item.figure.name]].append(item)
    return clusters


def _ruled(item: _Item, rulings: ActorRulings) -> str | None:
    """The actor that a figure is by decision; "" for nobody, None where none was made."""
    if not rulings.theirs:
        return None
    name = normalise(item.figure.name)
    for key in ((item.article, name), ("", name), ("", _name_key(item.figure.name))):
        if key in rulings.theirs:
            return rulings.theirs[key]
    return None


def _kept_ids(
    clusters: Mapping[str, Sequence[_Item]], stored: Sequence[Actor], articles: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """The ids that clusters had: by the name they go by first, then by the share of names, then of articles."""
    bearers: dict[str, set[str]] = defaultdict(set)
    names = {actor.id: {_name_key(name) for name in _names_of(actor)} for actor in stored}
    first = {actor.id: _name_key(actor.name) for actor in stored}
    for id_, keys in names.items():
        for key in keys:
            bearers[key].add(id_)
    pairs: list[tuple[bool, float, int, str, str]] = []
    for place, (cluster, members) in enumerate(clusters.items()):
        if _stored_id(cluster):
            continue
        own = {_name_key(form) for item in members for form in (item.figure.name, *item.figure.forms)}
        best = _name_key(_best_name(members))
        for id_ in {id_ for key in own for id_ in bearers.get(key, ())}:
            share = len(own & names[id_]) / len(own | names[id_])
            pairs.append((first[id_] != best, -share, place, id_, cluster))
    of_id, of_cluster = Counter(pair[-2] for pair in pairs), Counter(pair[-1] for pair in pairs)
    rivals = {id_ for *_, id_, cluster in pairs if of_id[id_] > 1 or of_cluster[cluster] > 1}
    stood = {
        actor.id: {article for role in actor.roles for article in role.articles} | articles.get(actor.id, frozenset())
        for actor in stored
        if actor.id in rivals
    }

    def rank(pair: tuple[bool, float, int, str, str]) -> tuple[bool, float, int, int, str, str]:
        """The best first; in which articles an actor stood is asked only where there is a choice."""
        differs, unlike, place, id_, cluster = pair
        known = len(stood[id_] & {item.article for item in clusters[cluster]}) if id_ in rivals else 0
        return differs, unlike, -known, place, id_, cluster

    kept: dict[str, str] = {}
    claimed: set[str] = set()
    for *_, id_, cluster in sorted(map(rank, pairs)):
        if cluster not in kept and id_ not in claimed:
            kept[cluster] = id_
            claimed.add(id_)
    return kept


def _as_given(actor: Actor) -> Actor:
    """An actor without the aliases that reading found, which articles will give again if they still hold them."""
    return replace(actor, aliases=tuple(alias for alias in actor.aliases if not alias.reason))


def _names_of(actor: Actor) -> tuple[str, ...]:
    return tuple(name for name in (actor.name, *(alias.name for alias in actor.aliases)) if name)


def _items(readings: Sequence[Reading]) -> Iterator[_Item]:
    """All figures in order of publication, then digest, then place in the text."""

    def order(reading: Reading) -> tuple[tuple[int, int, int, str], str, str]:
        article = reading.document.article
        return (sort_key(article.published), article.digest, article.id)

    for reading in sorted(readings, key=order):
        article = reading.document.article
        year = article.published.start.year if article.published and article.published.start else None
        genders = _genders(reading)
        for figure in _in_order(reading):
            gender = genders.get(figure.name, "")
            yield _Item(article=article.id, figure=figure, kind=figure.kind, gender=gender, year=year)


def _genders(reading: Reading) -> dict[str, str]:
    """What titles tell of each person that an article names, where they do not gainsay each other."""
    told: dict[str, set[str]] = defaultdict(set)
    for mention in reading.mentions:
        if mention.kind == "PER" and (gender := gender_of_titles(mention.titles)):
            told[mention.name].add(gender)
    return {name: genders.pop() for name, genders in told.items() if len(genders) == 1}


def _in_order(reading: Reading) -> list[Figure]:
    first: dict[str, int] = {}
    for mention in reading.mentions:
        first.setdefault(mention.name, mention.start)
    return sorted(reading.figures, key=lambda figure: (first.get(figure.name, len(first) and 1 << 62), figure.name))


def _settle_kinds(items: list[_Item]) -> list[_Item]:
    """One kind for each name in the corpus: the one that most articles give it."""
    votes: dict[str, Counter[ActorKind]] = defaultdict(Counter)
    for item in items:
        votes[normalise(item.figure.name)][item.kind] += 1

    def settled(item: _Item) -> _Item:
        counts = votes[normalise(item.figure.name)]
        if len(counts) == 1 or table_name(item.figure.name):
            return item
        return replace(item, kind=min(counts, key=lambda kind: (-counts[kind], ACTOR_KINDS.index(kind))))

    return [settled(item) for item in items]


# ------------------------------------------------------------------------------------------------ bodies


def _stored_key(actor: Actor) -> str:
    return f"={actor.id}"


def _stored_id(key: str) -> str:
    return key[1:] if key[:1] == "=" else ""


def _person_keys(items: Sequence[_Item], stored: Sequence[Actor]) -> dict[int, str]:
    """The cluster of each person, by place in `items`."""
    index = PersonIndex(_company(items))
    for actor in sorted(stored, key=lambda a: a.id):
        if actor.kind == "person":
            index.add_stored(_stored_key(actor), _names_of(actor))
    people = [(at, item) for at, item in enumerate(items) if item.kind == "person"]
    held = {at: frozenset(office for role in item.figure.roles for office in offices(role)) for at, item in people}
    for at, item in people:
        index.add(item.figure.name, item.article, item.gender, held[at])
    index.settle()
    keys = {at: index.key(item.figure.name, item.article, item.gender, held[at]) for at, item in people}
    return _part(items, keys)


def _company(items: Sequence[_Item]) -> dict[str, frozenset[str]]:
    """Who stands in each article, countries left out, which stand in too many."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.kind != "country":
            found[item.article].add(normalise(item.figure.name))
    return {article: frozenset(names) for article, names in found.items()}


def _part(items: Sequence[_Item], keys: Mapping[int, str]) -> dict[int, str]:
    """The clusters, with those cut that cannot be one person."""
    countries: dict[str, set[str]] = defaultdict(set)
    clusters: dict[str, list[int]] = defaultdict(list)
    for item in items:
        if item.kind == "country":
            countries[item.article].add(item.figure.name)
    for at, key in keys.items():
        clusters[key].append(at)
    parted: dict[int, str] = {}
    for key, places in clusters.items():
        bearers = [
            Bearer(roles=items[at].figure.roles, countries=frozenset(countries[items[at].article]), year=items[at].year)
            for at in places
        ]
        for at, number in zip(places, part(bearers) if not _stored_id(key) else [0] * len(places), strict=True):
            parted[at] = f"{key} {number}" if number else key
    return parted


def _body_keys(items: Sequence[_Item], stored: Sequence[Actor]) -> dict[int, str]:
    """The cluster of each country, organisation, group and medium, by place in `items`."""
    known: dict[str, str] = {}
    for actor in sorted(stored, key=lambda a: a.id):
        if actor.kind != "person":
            for name in _names_of(actor):
                known.setdefault(body_key(name), _stored_key(actor))
    others = [(at, item) for at, item in enumerate(items) if item.kind != "person"]
    long_for = _long_names(item for _, item in others)
    organs = _organ_names([item for _, item in others])
    keys: dict[int, str] = {}
    for at, item in others:
        plain, name = body_key(item.figure.name), organs.get((item.article, item.figure.name), item.figure.name)
        name = plain if plain in known and body_key(name) not in known else body_key(name)
        name = name if name in known else long_for.get(name, name)
        keys[at] = known.get(name) or f"body {name}"
    return keys


def _organ_names(items: Sequence[_Item]) -> dict[tuple[str, str], str]:
    """(article, name) → the full name of a state's organ that its article names without the country.

    It is that of the one country of its article whose organ the corpus tells, or the article's only country. Where the
    corpus tells several and none is plain, it stays with its article. A corpus tells an organ by naming it with the
    country, or in an article that names one country only, and that in several ways ("India", "Indian").
    """
    states: dict[str, dict[str, int]] = defaultdict(dict)
    bare: list[_Item] = []
    told: dict[str, set[str]] = defaultdict(set)
    for item in items:
        name, (organ, _, country) = item.figure.name, item.figure.name.partition(" of ")
        if item.kind == "country":
            states[item.article][name] = len(item.figure.forms)
        elif is_state_organ(name):
            bare.append(item)
        elif is_state_organ(organ) and country in country_names():
            told[body_key(organ)].add(country)
    for item in bare:
        if len(states[item.article]) == 1:
            told[body_key(item.figure.name)].update(name for name, forms in states[item.article].items() if forms > 1)
    named: dict[tuple[str, str], str] = {}
    for item in bare:
        name, here, known = item.figure.name, set(states[item.article]), told[body_key(item.figure.name)]
        fitting = here & known or (here if len(here) == 1 else known)
        if known and len(fitting) == 1:
            named[item.article, name] = f"{name} of {min(fitting)}"
        elif len(known) > 1:
            named[item.article, name] = f"{name} in {item.article}"
    return named


def _name_key(name: str) -> str:
    return normalise(table_name(name) or name) or name


def _long_names(items: Iterable[_Item]) -> dict[str, str]:
    """Short names → the one name of the corpus that some article shortens so, whose initials they are, or that only
    adds a word of companies ("Roe" of "Roe Motors")."""
    said: dict[str, set[str]] = defaultdict(set)
    made: dict[str, set[str]] = defaultdict(set)
    for item in items:
        name = item.figure.name
        if table_name(name) or " " not in name:
            continue
        for form in item.figure.forms:
            if form.isupper() and " " not in form:
                said[normalise(form)].add(body_key(name))
        if short := without_company_word(name):
            said[short].add(body_key(name))
        if len(letters := initials(name)) > 2:
            made[letters.casefold()].add(body_key(name))
    return {short: next(iter(names)) for short, names in (made | said).items() if len(names) == 1}


# ------------------------------------------------------------------------------------------------ actors


def _as_made(actor: Actor, made: Actor, own: Sequence[_Item], members: Sequence[_Item]) -> Actor:
    """An actor to whom a person gave mentions: its own say who it is, else what the decision made of it."""
    name = _best_name(own) if own else made.name or actor.name
    kind = _kind(own) if own else made.kind
    return replace(actor, name=name, kind=kind, aliases=_aliases(name, members), wikidata=wikidata().get(name, ""))


def _kind(members: Sequence[_Item]) -> ActorKind:
    """The kind that most of them say."""
    kinds = Counter(item.kind for item in members)
    return min(kinds, key=lambda kind: (-kinds[kind], kind))


def _actor(members: Sequence[_Item], id_: str, taken: set[str]) -> Actor:
    """The actor that a cluster is, under the id it had or a new one, and its best name."""
    name = _best_name(members)
    return Actor(
        id=id_ or _mint(name, taken),
        name=name,
        kind=_kind(members),
        aliases=_aliases(name, members),
        roles=_roles(members),
        wikidata=wikidata().get(name, ""),
    )


def _best_name(members: Sequence[_Item]) -> str:
    """The table's name; else of the names that are no lone word and no organ without its state, the one that most
    articles use, then the longest."""
    counts = Counter(item.figure.name for item in members)
    for name in counts:
        if known := table_name(name):
            return known
    return min(counts, key=lambda name: (is_state_organ(name), " " not in name, -counts[name], *_fullness(name)))


def _fullness(name: str) -> tuple[int, int, bool, str]:
    """What puts the longer of two names first, and of equal lengths the one with its accents."""
    return (-len(name.split()), -len(name), name.isascii(), name)


def _aliases(name: str, members: Sequence[_Item]) -> tuple[Alias, ...]:
    """Every other name with the number of articles that use it."""
    articles: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, str] = {}
    for item in members:
        for form in dict.fromkeys((item.figure.name, *item.figure.forms)):
            articles[form].add(item.article)
            inside.setdefault(form, item.figure.name)
    kind = members[0].kind
    found = [
        Alias(name=form, articles=len(bearers), reason=alias_reason(form, inside[form], name, kind))
        for form, bearers in articles.items()
        if form != name
    ]
    return tuple(sorted(found, key=lambda alias: (-alias.articles, alias.name)))


def _roles(members: Sequence[_Item]) -> tuple[RoleHeld, ...]:
    """The roles in the order in which articles came to tell them, each with these articles; "Gen." is "General"."""
    held: dict[str, dict[str, None]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for item in members:
        for words_ in item.figure.roles:
            parts = [part.casefold().rstrip(".") for part in words_.split()]
            key = " ".join(in_full().get(part, part).casefold() for part in parts)
            spelled[key] = max(spelled.get(key, ""), words_, key=len)
            held[key][item.article] = None
    return tuple(RoleHeld(words=spelled[key], articles=tuple(articles)) for key, articles in held.items())


def _mint(name: str, taken: set[str]) -> str:
    """A new id: the slug of the name, with a number where it is taken, a short hash where nothing is left of it."""
    base = slug(name)
    if not base:
        base = "actor-" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    if base in _RESERVED:
        base = f"actor-{base}"
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
