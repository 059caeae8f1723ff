"""How a record came to be, in words: an entry from its quotation to its page, an actor from its names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from . import keyrows, weighing, when
from .actors.names import normalise
from .decisions import describe
from .differences import Difference, event_differences, find_differences
from .events import join, salience
from .events.stories import Membership
from .independence import Origins
from .ledger import Kind, Ledger
from .model import Actor, Alias, Article, Corpus, Entry, Event, Participant
from .problems import UsageError, did_you_mean
from .text import slug

MOST_OTHERS = 5
"""Articles on the same event that are named."""
MOST_PASSED = 60
"""Words without an entry that are listed."""


def explain(
    corpus: Corpus,
    id_: str,
    filed: Corpus | None = None,
    ledger: Ledger | None = None,
    reread: Callable[[Entry], Entry | None] = lambda _: None,
    find_stories: Callable[[], Mapping[str, Membership]] = dict,
    find_passed: Callable[[Article], Sequence[str]] = lambda _: (),
) -> str:
    """The account of the record with this id, name or file path, with the decisions that touch it.

    `filed` is what the files alone tell: what a decision dropped or put to another record is found there. `reread`
    reads an entry once more from its article's text, for what in it made each part so; None where it cannot.
    `find_stories` gives the story of each article; it is asked where an article is to be told.
    `find_passed` reads an article once more for the words that tell something and became no entry.
    """
    try:
        record = find_record(corpus, id_)
    except UsageError:
        if filed is None:
            raise
        record = find_record(filed, id_)
    if isinstance(record, Entry) and (again := reread(record)) is not None:
        record = _grounded(record, again)
    lines = [*_tell(record, corpus), *_tell_decisions(record, ledger or Ledger())]
    if isinstance(record, Article):
        lines += _tell_story(record, corpus, find_stories())
        lines += _tell_passed(find_passed(record))
    return "\n".join(lines) + "\n"


def _grounded(entry: Entry, again: Entry) -> Entry:
    """The entry with the grounds of those of its parts that a new reading finds as they are."""
    same = {field for field in ("when", "course", "voice", "place") if _part(entry, field) == _part(again, field)}
    if entry.negated != again.negated:
        same.discard("course")
    roles = {(part.role, part.words): part.ground for part in again.participants}
    participants = tuple(replace(p, ground=roles.get((p.role, p.words), "")) for p in entry.participants)
    grounds = tuple(pair for pair in again.grounds if pair[0] in same)
    return replace(entry, participants=participants, grounds=grounds)


def _part(entry: Entry, field: str) -> object:
    """A part of an entry, in what a stored one and a new one have in common."""
    if field == "voice":
        return (entry.voice.words, entry.voice.stance) if entry.voice else None
    return getattr(entry, field)


def find_record(corpus: Corpus, handle: str) -> Record:
    """The one record with this id, slug, file path or name. Raises UsageError where none or several have it."""
    found = [record for record in _records(corpus) if handle in _handles(record)]
    found = found or [
        record for record in _records(corpus) if handle == slug(_names(record)[0] if _names(record) else "")
    ]
    if not found:
        wanted = handle.casefold()
        found = [record for record in _records(corpus) if wanted in (name.casefold() for name in _names(record))]
    if not found:
        known = sorted({record.id for record in _records(corpus)})
        raise UsageError(f'nothing here has the id or name "{handle}"', did_you_mean(handle, known) if known else "")
    if len(found) > 1:
        choices = ", ".join(_path(record) for record in found)
        raise UsageError(f'several records have the id or name "{handle}"', f"name the file: {choices}")
    return found[0]


def _tell_decisions(record: Record, ledger: Ledger) -> Iterator[str]:
    kinds: dict[type, Kind] = {Actor: "actors", Event: "events", Entry: "entries"}
    if type(record) not in kinds:
        return
    key = (kinds[type(record)], record.id)
    members = [other for other in ledger.named if ledger.root(other) == ledger.root(key)] or [key]
    touching = {decision.where: decision for member in members for decision in ledger.named.get(member, ())}
    for name in _names(record):
        if decision := ledger.dropped_names.get(normalise(name)):
            touching[decision.where] = decision
    for where in sorted(touching):
        yield f"  decided ({where}): {describe(touching[where])}"


Record = Actor | Event | Article | Entry


def _records(corpus: Corpus) -> Iterator[Record]:
    yield from corpus.actors
    yield from corpus.events
    yield from corpus.articles
    yield from corpus.entries


def _handles(record: Record) -> tuple[str, ...]:
    path = _path(record)
    if isinstance(record, Entry):
        return (path,)
    seed = (record.seed, f"seeds/{record.seed}") if isinstance(record, Article) and record.seed else ()
    return record.id, path, f"./{path}", path.removeprefix("content/").removesuffix(".yaml"), *seed


def _names(record: Record) -> tuple[str, ...]:
    match record:
        case Actor():
            return (record.name, *(alias.name for alias in record.aliases))
        case Event():
            return (record.label, *(alias.name for alias in record.aliases))
        case Article():
            return (record.title,)
    return ()


def _path(record: Record) -> str:
    match record:
        case Actor():
            return f"content/actors/{record.id}.yaml"
        case Event():
            return f"content/events/{record.id}.yaml"
        case Article():
            return f"content/articles/{record.id}.yaml"
    return record.id


def _tell(record: Record, corpus: Corpus) -> Iterator[str]:
    match record:
        case Actor():
            yield from _tell_actor(record, corpus)
        case Event():
            yield from _tell_event(record, corpus)
        case Article():
            yield from _tell_article(record, corpus)
        case Entry():
            yield from _tell_entry(record, corpus)
            yield from _tell_salience(record, corpus)
            yield from _tell_weight(record, corpus)


def _tell_actor(actor: Actor, corpus: Corpus) -> Iterator[str]:
    yield f"{actor.name} ({actor.kind}), {_path(actor)}{_by_hand(actor.id, corpus)}"
    yield from _tell_aliases(actor.aliases)
    published = {article.id: article.published for article in corpus.articles}
    for role in actor.roles:
        told = when.describe_all(published[id_] for id_ in role.articles if id_ in published)
        yield f"  role “{role.words}”{f', told {told}' if told else ''}: {', '.join(role.articles)}"
    parts = [(part.role, entry) for entry in corpus.entries for part in entry.participants if part.actor == actor.id]
    for role_name, entry in parts:
        yield f"  {role_name} in {entry.id}: {_date(entry)}: {entry.label}"


def _tell_event(event: Event, corpus: Corpus) -> Iterator[str]:
    yield f"{event.label} ({event.kind}), {_path(event)}{_by_hand(event.id, corpus)}"
    if event.when.known:
        yield f"  when: {when.describe(event.when)}" + (f" ({event.when_reason})" if event.when_reason else "")
    if event.reason:
        yield f"  {event.reason}"
    if event.part_of:
        yield f"  part of: {event.part_of}" + (f" ({event.part_reason})" if event.part_reason else "")
    for part in corpus.events:
        if part.part_of == event.id:
            yield f"  its part: {part.id}" + (f" ({part.part_reason})" if part.part_reason else "")
    for one in event.history:
        day = f" {when.describe(one.when)}" if one.when.known else ""
        words = f" “{one.words}”" if one.words else ""
        yield f"  date {one.course}{day}{words}: {one.entry or one.article}" + (f" ({one.by})" if one.by else "")
    yield from _tell_aliases(event.aliases)
    told = [entry for entry in corpus.entries if event.id in entry.events]
    yield from _tell_differences(event_differences(event, told, {of.id: of.published for of in corpus.articles}))
    for entry in told:
        yield f"  told by {entry.id} in {entry.article}: {_date(entry)}: {entry.label}"


def _tell_aliases(aliases: tuple[Alias, ...]) -> Iterator[str]:
    for alias in aliases:
        count = f" in {alias.articles} article{'' if alias.articles == 1 else 's'}" if alias.articles else ""
        yield f"  also “{alias.name}”{count}" + (f": {alias.reason}" if alias.reason else "")


def _tell_article(article: Article, corpus: Corpus) -> Iterator[str]:
    yield f"{article.title} ({article.source or 'source not named'}), {_path(article)}"
    yield f"  text: {'seeds/' + article.seed if article.seed else 'none'}"
    basis = f" ({article.published_basis})" if article.published_basis else ""
    yield f"  published: {when.describe(article.published)}{basis}"
    yield from (f"    {reason}" for reason in article.published_reasons if article.published_basis == "estimate")
    if copied := Origins(corpus).copied(article.id):
        yield f"  its text is largely that of {copied}"
    for entry in corpus.entries:
        if entry.article == article.id:
            yield f"  {entry.id}: {_date(entry)}: {entry.label}"


def _tell_story(article: Article, corpus: Corpus, stories: Mapping[str, Membership]) -> Iterator[str]:
    """Which other articles report the same event, and why this one goes with them."""
    if article.id not in stories:
        return
    mine = stories[article.id]
    others = [id_ for id_, member in stories.items() if member.story == mine.story and id_ != article.id]
    titles = {other.id: other.title for other in corpus.articles}
    shown = [f"{id_} (“{titles[id_]}”)" if titles.get(id_) else id_ for id_ in others[:MOST_OTHERS]]
    more = f" and {len(others) - MOST_OTHERS} more" if len(others) > MOST_OTHERS else ""
    if others:
        yield f"  reports the same event as {', '.join(shown)}{more}{', because' if mine.reasons else ''}"
        yield from (f"    {reason}" for reason in mine.reasons)
    else:
        yield "  reports an event that no other article reports"


def _tell_passed(words: Sequence[str]) -> Iterator[str]:
    """What a person may look through for a happening that was passed over."""
    if words:
        more = f" and {len(words) - MOST_PASSED} more" if len(words) > MOST_PASSED else ""
        yield f"  told in passing, no entry: {', '.join(f'“{word}”' for word in words[:MOST_PASSED])}{more}"


def _tell_entry(entry: Entry, corpus: Corpus) -> Iterator[str]:
    yield f"{entry.id}: {entry.label}{_by_hand(entry.id, corpus)}"
    yield f"  article: content/articles/{entry.article}.yaml"
    yield f"  words: “{entry.quote}”"
    yield f"  happening: “{entry.word}”, class {entry.event_class}"
    yield f"  when: {_date(entry)}" + (f", {entry.when_basis}" if entry.when_basis else "")
    if entry.when_reckoned:
        yield f"    {entry.when_reckoned}"
    grounds = {field: f": {ground}" for field, ground in entry.grounds}
    if ground := grounds.get("when"):
        yield f"    {ground.removeprefix(': ')}"
    yield f"  course: {entry.course}{', negated' if entry.negated else ''}{grounds.get('course', '')}"
    if entry.voice:
        yield f"  voice: {entry.voice.words} {entry.voice.stance}{grounds.get('voice', '')}"
    for part in entry.participants:
        told = f" (“{part.words}”{_read_as(part)})" if part.words else ""
        yield f"  {part.role}: {part.actor}{told}" + (f": {part.ground}" if part.ground else "")
    if entry.place:
        yield f"  place: {entry.place}{grounds.get('place', '')}"
    for event in entry.events:
        yield f"  belongs to: {event}"
    others = [other for other in _same_happening(entry, corpus) if other.id != entry.id]
    published = {article.id: article.published for article in corpus.articles}
    for other in others:
        why = "; ".join(join.why_joined(entry, other, published))
        yield f"  the same happening as: {other.id}" + (f" ({why})" if why else "")
    if others:
        yield from _tell_reports(entry, corpus)


def _same_happening(entry: Entry, corpus: Corpus) -> list[Entry]:
    id_ = entry.happening or entry.id
    return [other for other in corpus.entries if (other.happening or other.id) == id_]


def _tell_reports(entry: Entry, corpus: Corpus) -> Iterator[str]:
    """How many reports its happening has, from how many origins and why, and where they differ."""
    entries = _same_happening(entry, corpus)
    found = Origins(corpus).of(entries)
    yield f"  reported: {found.tally(len(entries))}"
    yield from (f"    {article}: {reason}" for article, reason in found.reasons.items())
    published = {article.id: article.published for article in corpus.articles}
    yield from _tell_differences(find_differences(entries, published, {actor.id: actor for actor in corpus.actors}))


def _tell_differences(differences: Iterable[Difference]) -> Iterator[str]:
    for difference in differences:
        yield f"  reports differ ({difference.field}): {difference.short}"
        for value in difference.values:
            told = (f"{entry.id} in {entry.article}{_said_by(entry)}" for entry in value.entries)
            yield f"    {value.words}: {', '.join(told)}"


def _said_by(entry: Entry) -> str:
    return f" (on the word of {entry.voice.words})" if entry.voice else ""


def _tell_salience(entry: Entry, corpus: Corpus) -> Iterator[str]:
    article = next((article for article in corpus.articles if article.id == entry.article), None)
    if article is None or not entry.salience:
        return
    yield f"  weight in the article: {entry.salience:.2f}"
    yield from (f"    +{points:.2f} {reason}" for points, reason in salience.reasons(entry, article))
    if place := weighing.place_points(entry, article):
        yield f"    +{place:.2f} its place in the text"
    yield from (f"    ×{less:.1f} {reason}" for less, reason in salience.doubts(entry))


def _tell_weight(entry: Entry, corpus: Corpus) -> Iterator[str]:
    """How much its happening weighs as a row of timelines, and why."""
    entries = sorted(_same_happening(entry, corpus), key=keyrows.lead_key)
    articles = {article.id: article for article in corpus.articles}
    if any(other.article not in articles for other in entries):
        return
    weight = weighing.weigh(entries, articles, Origins(corpus).of(entries))
    yield f"  weight as a row: {weight.value:.2f}, the mean of"
    yield from (f"    {share:.2f} {reason}" for share, reason in weight.reasons)
    yield from (f"    ×{factor:.1f} {reason}" for factor, reason in weight.doubts)
    actors = {part.actor for other in entries for part in other.participants if part.actor}
    for actor in sorted(actors):
        role = keyrows.role_of(actor, entries)
        yield f"    on the timeline of {actor} {weight.of_role(role).value:.2f}, as {role}"


def _read_as(part: Participant) -> str:
    return f", read as {part.meaning}: {part.reason}" if part.meaning else ""


def _date(entry: Entry) -> str:
    return when.describe(entry.when)


def _by_hand(id_: str, corpus: Corpus) -> str:
    return ", changed by a person" if id_ in corpus.touched else ""
