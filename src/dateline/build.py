"""The order of the stages, and nothing else: seeds → readings → joined → `content/` → corpus → `site/`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import checks, decisions, pages, quotes, reconcile, rulings, schema, seeds, store, when
from . import ledger as ledgers
from .actors.anaphora import find_anaphors
from .actors.coreference import resolve
from .actors.join import join_actors
from .actors.recognise import find_mentions, load_recogniser
from .bounds import Estimate, estimate_published
from .dates import find_timexes
from .events.entries import find_entries, find_namings
from .events.join import join_events, join_happenings
from .events.stories import Membership, find_stories
from .ledger import Ledger, load_ledger
from .memo import Memo, read_with
from .model import Actor, Article, Corpus, Document, Entry, Event, Mention, Participant, Reading, Settings, Span
from .parts import Stored
from .problems import ContentError, Problem
from .reconcile import Reconciled
from .render import Written, render, template_dirs, write
from .seeds import Seeds
from .settle import apply, former_names
from .store import Content
from .text import digest, fold, slug, split_sentences
from .yamlio import Decoder, Plain, node_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, for a summary."""

    problems: tuple[Problem, ...] = ()
    corpus: Corpus | None = None
    content_written: int | None = None
    site: Written | None = None
    absent: tuple[str, ...] = ()
    """Articles whose seed is no longer there."""


# --------------------------------------------------------------------------------------------- verbs


def build(tracker: Path) -> Outcome:
    """Extract and render. Raises ContentError, with nothing written to the site, where the tracker holds errors."""
    found = seeds.read_seeds(tracker / "seeds")
    said = read_anew(tracker, found)
    written = store.save_content(tracker, said.content, said.fresh, said.kept, said.lock)
    rendered = render_site(tracker, found, said.content)
    problems = dict.fromkeys((*said.problems, *rendered.problems))
    return replace(rendered, problems=tuple(problems), content_written=written)


def extract(tracker: Path, found: Seeds | None = None) -> Outcome:
    """Read the seeds and write what they tell into `content/`, under what people put there."""
    said = read_anew(tracker, found)
    written = store.save_content(tracker, said.content, said.fresh, said.kept, said.lock)
    return Outcome(problems=said.problems, content_written=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the machine says now, beside what `content/` held: all that writing needs, and nothing is written yet."""

    content: Content
    fresh: store.Fresh
    kept: frozenset[str]
    """Ids of files that stay though the machine says nothing of them."""
    lock: str | None
    problems: tuple[Problem, ...]


def read_anew(tracker: Path, found: Seeds | None = None) -> Said:
    """Read the seeds beside what is known of them."""
    held = _load(tracker, settle=True)
    content, known, ledger = held.content, held.filed, held.ledger
    found = found or seeds.read_seeds(tracker / "seeds")
    documents = identify(found.documents, content)
    recogniser = load_recogniser(content.settings.recogniser, content.settings.model)
    # Only names that people wrote are given to the recogniser: with its own, a second run would read otherwise.
    named = tuple(actor for actor in known.actors if actor.id in known.touched)
    memo = Memo(tracker, recogniser.label, named)
    mentions, read_first = read_with(memo, documents, lambda new: find_mentions(new, recogniser, named), read_one)
    readings = with_estimates(read_first, mentions, memo)
    memo.close()
    lost = rulings.lost_entries(ledger, held.entry_ids, readings)
    readings, matched = _with_ids(readings, content, (*known.entries, *lost))
    ledger = _resolved_anew(held, readings)
    missed = {entry.id for match in matched.values() for entry in match.kept}
    kept = [entry for entry in known.entries if entry.id in missed]
    said = _as_people_say(readings, content)
    joined = join(said, known, kept, ledger)
    told = {document.article.digest: document.article for document in found.documents}
    told |= {
        article.digest: _estimated(
            told[article.digest], Estimate(when=article.published, reasons=article.published_reasons)
        )
        for reading in readings
        if (article := reading.document.article).published_basis == "estimate"
    }
    fresh = _fields(readings, joined, told, recogniser.label, matched)
    ids = checks.ids_kept(content, fresh["articles"].keys(), missed) | rulings.kept_files(ledger, known)
    lock = _lock(tracker, said, known)
    problems = (*held.problems, *found.problems, *store.edit_problems(content))
    return Said(content=content, fresh=fresh, kept=ids, lock=lock, problems=problems)


def _lock(tracker: Path, readings: Sequence[Reading], known: Corpus) -> str | None:
    """The text of `quotes.lock`: what stands in the texts that are here, and what stood in those that are not."""
    texts = {r.document.article.id: (digest(r.document.text), fold(r.document.text)) for r in readings}
    people = [entry for entry in known.entries if entry.id in known.touched]
    now = quotes.lock_of([*(entry for r in readings for entry in r.entries), *people], texts)
    before, _ = quotes.load_lock(tracker)
    absent = {article.digest for article in known.articles if article.id not in texts}
    lock = now | {(text, quote) for text, quote in before or () if text in absent}
    return quotes.format_lock(lock) if lock or before is not None else None


def render_site(tracker: Path, found: Seeds | None = None, earlier: Content | None = None) -> Outcome:
    """Make `site/` from `content/` alone; `seeds/` is opened only to find each quotation again."""
    found = found or seeds.read_seeds(tracker / "seeds")
    corpus, doubts = published(tracker, found, earlier)
    site, planning = pages.plan(corpus)
    _give_up_on_errors(planning)
    files, rendering = render(site, template_dirs(tracker))
    _give_up_on_errors(rendering)
    written = write(tracker / "site", files)
    there = {document.article.seed for document in found.documents}
    absent = tuple(article.id for article in corpus.articles if article.seed and article.seed not in there)
    problems = (*doubts, *planning, *rendering)
    return Outcome(problems=problems, corpus=corpus, site=written, absent=absent)


def published(tracker: Path, found: Seeds, earlier: Content | None = None) -> tuple[Corpus, tuple[Problem, ...]]:
    """What may be published: the corpus without entries that stand on nothing. ContentError where files hold errors."""
    known = _load(tracker, earlier=earlier)
    corpus = known.corpus
    unsupported, more = checks.check_ground(tracker, found.documents, known.content, corpus)
    _give_up_on_errors(more)
    entries = tuple(entry for entry in corpus.entries if entry.id not in unsupported)
    return replace(corpus, entries=entries), (*known.problems, *more)


def check(tracker: Path) -> tuple[Problem, ...]:
    """Every problem of a tracker's files: form, ids, quotations."""
    known = load(tracker)
    found = [*known.problems, *store.edit_problems(known.content)]
    if known.readable:
        seeds_found = seeds.read_seeds(tracker / "seeds")
        found += [*seeds_found.problems, *checks.check_orphans(known.content)]
        found += checks.check_ground(tracker, seeds_found.documents, known.content, known.corpus)[1]
        apart = known.ledger.apart
        kept = {(one[1], other[1]) for one, others in apart.items() for other in others if one[0] == "actors"}
        found += checks.check_twins(known.content, known.corpus, lambda one, other: (one, other) in kept)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A tracker's `content/` with the decisions laid over it: what every verb sees."""

    content: Content
    filed: Corpus
    """What the files alone tell: to this, decisions refer."""
    ledger: Ledger
    corpus: Corpus
    """What is in force, as people decided."""
    problems: tuple[Problem, ...]
    entry_ids: frozenset[str]
    """Every id of an entry that a file has given, whatever became of it."""
    readable: bool
    """Whether every file could be read as YAML."""
    decoded: bool
    """Whether every field could be read, too."""


def load(tracker: Path, settle: bool = False, earlier: Content | None = None) -> Known:
    """All that a tracker's files tell, with every problem of their form and of what refers to what."""
    content, loading = store.load_content(tracker, settle, earlier)
    filed, decoding = store.corpus_of(content)
    filed = replace(filed, redirects=former_names(content))
    ids = frozenset(id_ for stored in content.articles.values() for id_ in reconcile.ids_of(stored))
    ledger, deciding = load_ledger(tracker, filed, ids)
    referring = (*checks.check_ids(content), *deciding)
    if _has_errors(loading):  # what cannot be found may stand in a file that cannot be read
        referring = tuple(problem for problem in referring if problem.slug not in ("dangling-id", "unused-split"))
    return Known(
        content=content,
        filed=filed,
        ledger=ledger,
        corpus=apply(filed, ledger),
        problems=(*loading, *decoding, *referring),
        entry_ids=ids,
        readable=not _has_errors(loading),
        decoded=not _has_errors((*loading, *decoding)),
    )


def _load(tracker: Path, settle: bool = False, earlier: Content | None = None) -> Known:
    """The tracker's content; raises ContentError where it cannot be taken as it is.

    To be read anew (`settle`), it may hold decisions on what is not there: reading can bring it back.
    """
    known = load(tracker, settle, earlier)
    if settle:
        passing = {(decisions.NAME, "dangling-id"), (decisions.NAME, "unused-split")}
        problems = (p for p in known.problems if (p.where.path, p.slug) not in passing)
        known = replace(known, problems=tuple(problems))
    _give_up_on_errors(known.problems)
    return known


def _resolved_anew(known: Known, readings: Sequence[Reading]) -> Ledger:
    """The ledger, now that articles and entries are there again whose files were gone."""
    fresh = {entry.id for reading in readings for entry in reading.entries}
    articles = {article.id for article in known.filed.articles}
    back = [r.document.article for r in readings if r.document.article.id not in articles]
    filed = replace(known.filed, articles=(*known.filed.articles, *back))
    return ledgers.resolve(known.ledger.decisions, filed, known.entry_ids | fresh)[0]


def _give_up_on_errors(problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    if _has_errors(problems):
        raise ContentError(problems)


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


# --------------------------------------------------------------------------------------------- stages


def identify(documents: Sequence[Document], content: Content) -> tuple[Document, ...]:
    """Documents under the ids that their seeds already have, with what people said of them; new ones get an id.

    Sorted by publication, then by the text's digest: the order in which everything further is minted.
    """
    known = _known_texts(documents, content)
    found = [_titled_by_people(d, known[d.article.seed], content) for d in documents if d.article.seed in known]
    taken, claimed = set(content.articles), set(known.values())
    fresh = (document for document in documents if document.article.seed not in known)
    for document in sorted(fresh, key=_minting_order):
        awaited = slug(document.article.title)
        if awaited in content.articles and awaited not in claimed and _awaits_text(content.articles[awaited]):
            claimed.add(awaited)
            found.append(_titled_by_people(document, awaited, content))
            continue
        minted = seeds.mint_article_id(document.article, taken)
        taken.add(minted)
        found.append(replace(document, article=replace(document.article, id=minted)))
    return tuple(sorted(found, key=_minting_order))


def _known_texts(documents: Sequence[Document], content: Content) -> dict[str, str]:
    """Ids of articles by seed: of those that a person gave the seed, else with the same text, a like one, its name."""
    articles = [
        store.article_in_force(stored.in_force(), stored, id_, Decoder()) for id_, stored in content.articles.items()
    ]
    known: dict[str, str] = {}
    claimed: set[str] = set()

    def claim(pairs: Iterable[tuple[str, str]]) -> None:
        for seed, id_ in pairs:
            if seed not in known and id_ not in claimed:
                known[seed] = id_
                claimed.add(id_)

    given = {a.seed: a.id for a in reversed(articles) if a.seed and "seed" in content.articles[a.id].touched()}
    same = {a.digest: a.id for a in reversed(articles) if a.digest}
    named = {a.seed: a.id for a in reversed(articles) if a.seed}
    claim((d.article.seed, given[d.article.seed]) for d in documents if d.article.seed in given)
    claim((d.article.seed, same[d.article.digest]) for d in documents if d.article.digest in same)
    left = {d.article.seed: d for d in documents if d.article.seed not in known}
    sketches = {id_: reconcile.sketch_of(content.articles[id_]) for id_ in content.articles if id_ not in claimed}
    claim(reconcile.match_texts({seed: reconcile.sketch(d) for seed, d in left.items()}, sketches).items())
    claim((seed, named[seed]) for seed in left if seed in named)
    return known


def _awaits_text(stored: Stored) -> bool:
    """Whether an article's file is altogether a person's, and tells of no seed."""
    return not stored.machine.value and "seed" not in stored.touched()


def _minting_order(document: Document) -> tuple[object, ...]:
    return (when.sort_key(document.article.published), document.article.digest, document.article.seed)


def _titled_by_people(document: Document, id_: str, content: Content) -> Document:
    """A document whose article has the fields that a person gave it."""
    stored = content.articles[id_]
    machine = node_of(schema.encode_article(document.article, (), ""), stored.machine.where)
    return replace(document, article=store.article_in_force(stored.over(machine), stored, id_, Decoder()))


def read(documents: Iterable[Document], mentions: Iterable[tuple[Mention, ...]]) -> tuple[Reading, ...]:
    """A reading of each document; `mentions` are what a recogniser found in them, in the same order."""
    return tuple(read_one(document, found) for document, found in zip(documents, mentions, strict=True))


def read_one(document: Document, found: Sequence[Mention]) -> Reading:
    """Everything that one article alone shows."""
    sentences = split_sentences(document)
    mentions, figures = resolve(document, found)
    names = tuple(Span(start=mention.start, end=mention.end) for mention in mentions)
    reading = Reading(
        document=document,
        sentences=sentences,
        timexes=find_timexes(document, sentences, names),
        mentions=mentions,
        figures=figures,
        anaphors=find_anaphors(document, sentences, mentions, figures),
    )
    reading = replace(reading, namings=find_namings(reading))
    return replace(reading, entries=find_entries(reading))


def with_estimates(
    readings: Sequence[Reading], mentions: Sequence[tuple[Mention, ...]], memo: Memo
) -> tuple[Reading, ...]:
    """Readings, those of articles without a date made anew from when they can have been published."""
    estimates = estimate_published(readings)

    def anew(reading: Reading, found: tuple[Mention, ...]) -> Reading:
        article = reading.document.article
        if article.id not in estimates:
            return reading
        document = replace(reading.document, article=_estimated(article, estimates[article.id]))
        return read_with(memo, [document], lambda _: [found], read_one)[1][0]

    return tuple(anew(reading, found) for reading, found in zip(readings, mentions, strict=True))


def _estimated(article: Article, estimate: Estimate) -> Article:
    return replace(article, published=estimate.when, published_basis="estimate", published_reasons=estimate.reasons)


def _with_ids(
    readings: Sequence[Reading], content: Content, known: Sequence[Entry]
) -> tuple[tuple[Reading, ...], Mapping[str, Reconciled]]:
    """Readings whose entries have the ids they had before, and what else was known of each article."""
    earlier: dict[str, list[Entry]] = {}
    for entry in known:
        earlier.setdefault(entry.article, []).append(entry)
    taken = {id_ for stored in content.articles.values() for id_ in reconcile.ids_of(stored)}
    found, matched = [], {}
    for reading in readings:
        article = reading.document.article.id
        named = tuple(replace(entry, article=article) for entry in reading.entries)
        stored = content.articles.get(article)
        if stored is None:
            match = Reconciled(entries=reconcile.keep_ids(named, earlier.get(article, ()), taken))
        else:
            match = reconcile.reconcile(named, stored, earlier.get(article, ()), reading.document, taken)
        matched[article] = match
        found.append(replace(reading, entries=match.entries))
    return tuple(found), matched


def _as_people_say(readings: Sequence[Reading], content: Content) -> tuple[Reading, ...]:
    """Readings whose entries are as people changed them."""
    return tuple(
        replace(reading, entries=store.changed_entries(reading.entries, content.articles.get(article)))
        for reading in readings
        for article in (reading.document.article.id,)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Readings whose entries know their actors, happening and events; and those actors and events."""

    readings: tuple[Reading, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    ids: Mapping[tuple[str, str], str]
    """An actor's id by article and figure's name."""
    happenings: Mapping[str, str]
    """A happening's id by entry's."""
    stories: Mapping[str, Membership]
    """The story that an article belongs to, and why, by article's id: articles of one story report one event."""


def _articles_of_actors(entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """Actor → the articles whose entries name him."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for actor in (*(part.actor for part in entry.participants), entry.voice.actor if entry.voice else ""):
            if actor:
                found[actor].add(entry.article)
    return {actor: frozenset(articles) for actor, articles in found.items()}


def join(
    readings: Sequence[Reading],
    known: Corpus | None = None,
    kept: Sequence[Entry] = (),
    ledger: Ledger | None = None,
) -> Joined:
    """Actors, happenings and events across articles; what is already `known` keeps its ids.

    `kept` are entries that no reading holds, as they are in force: they may report the same occurrences. Where the
    `ledger` says what is one and what is not, nothing is found against it.
    """
    known, ledger = known or Corpus(settings=Settings()), ledger or Ledger()
    ruled = rulings.actor_rulings(ledger, known)
    figures = join_actors(readings, known.actors, known.touched, ruled, _articles_of_actors(known.entries))
    readings = [
        replace(reading, entries=tuple(_name_actors(entry, figures.ids) for entry in reading.entries))
        for reading in readings
    ]
    entries = [entry for reading in readings for entry in reading.entries]
    published = {reading.document.article.id: reading.document.article.published for reading in readings}
    stories = find_stories(readings)
    told = {article: member.story for article, member in stories.items()}
    happenings = join_happenings([*entries, *kept], published, rulings.apart_entries(ledger), told)
    stored = rulings.stored_events(ledger, known)
    matters = join_events(readings, entries, stored, rulings.event_rulings(ledger, known))
    readings = [
        replace(
            reading,
            entries=tuple(
                replace(entry, happening=happenings.get(entry.id, entry.id), events=matters.ids.get(entry.id, ()))
                for entry in reading.entries
            ),
        )
        for reading in readings
    ]
    return Joined(
        readings=tuple(readings),
        actors=figures.actors,
        events=matters.events,
        ids=figures.ids,
        happenings=happenings,
        stories=stories,
    )


def _name_actors(entry: Entry, ids: Mapping[tuple[str, str], str]) -> Entry:
    """An entry whose participants and voice carry actors' ids; whom no actor stands for is left out."""

    def name(part: Participant) -> Participant:
        return replace(part, actor=part.actor or ids.get((entry.article, part.name), ""))

    voice = entry.voice
    if voice:
        voice = replace(voice, actor=voice.actor or ids.get((entry.article, voice.name), ""))
    participants = tuple(part for part in map(name, entry.participants) if part.actor)
    return replace(entry, participants=participants, voice=voice)


def _fields(
    readings: Sequence[Reading],
    joined: Joined,
    told: Mapping[str, Article],
    read_by: str,
    matched: Mapping[str, Reconciled],
) -> dict[store.Kind, dict[str, dict[str, Plain]]]:
    """What the machine says, by kind of file and id: its own reading with what joining found.

    `told` are the articles as the seeds describe them, by digest: what a person said of them stays above the line.
    """
    in_force = {entry.id: entry for reading in joined.readings for entry in reading.entries}
    articles = {}
    for reading in readings:
        article = reading.document.article
        entries = [
            replace(
                _name_actors(entry, joined.ids),
                happening=in_force[entry.id].happening,
                events=in_force[entry.id].events,
            )
            for entry in reading.entries
        ]
        match = matched[article.id]
        entries += [replace(entry, happening=joined.happenings.get(entry.id, entry.id)) for entry in match.kept]
        sketched = reconcile.sketch(reading.document)
        articles[article.id] = schema.encode_article(told[digest(reading.document.text)], entries, read_by, sketched)
        if match.orphans:
            articles[article.id]["orphans"] = reconcile.encode_orphans(match.orphans)
    return {
        "articles": articles,
        "actors": {actor.id: schema.encode_actor(actor) for actor in joined.actors},
        "events": {event.id: schema.encode_event(event) for event in joined.events},
    }
