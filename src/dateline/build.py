"""The order of the stages, and nothing else: seeds → readings → joined → `content/` → corpus → `site/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import checks, pages, schema, seeds, store, when
from .actors.coreference import resolve
from .actors.join import join_actors
from .actors.recognise import find_mentions, load_recogniser
from .dates import find_timexes
from .events.entries import find_entries, find_namings
from .events.join import join_events, join_happenings
from .model import Actor, Article, Corpus, Document, Entry, Event, Mention, Participant, Reading, Settings, Span
from .problems import ContentError, Problem
from .render import Written, render, template_dirs, write
from .seeds import Seeds
from .store import Content
from .text import split_sentences
from .yamlio import Decoder, Plain, node_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, for a summary."""

    problems: tuple[Problem, ...] = ()
    corpus: Corpus | None = None
    content_written: int | None = None
    site: Written | None = None


# --------------------------------------------------------------------------------------------- verbs


def build(tracker: Path) -> Outcome:
    """Extract and render. Raises ContentError, with nothing written to the site, where the tracker holds errors."""
    found = seeds.read_seeds(tracker / "seeds")
    extracted = extract(tracker, found)
    rendered = render_site(tracker, found)
    problems = dict.fromkeys((*extracted.problems, *rendered.problems))
    return replace(rendered, problems=tuple(problems), content_written=extracted.content_written)


def extract(tracker: Path, found: Seeds | None = None) -> Outcome:
    """Read the seeds and write what they tell into `content/`, under what people put there."""
    content, problems = _load(tracker)
    known, _ = store.corpus_of(content)
    found = found or seeds.read_seeds(tracker / "seeds")
    documents = identify(found.documents, content)
    recogniser = load_recogniser(content.settings.recogniser, content.settings.model)
    # Only names that people wrote are given to the recogniser: with its own, a second run would read otherwise.
    named = tuple(actor for actor in known.actors if actor.id in known.touched)
    readings = read(documents, find_mentions(documents, recogniser, named))
    readings = _with_ids(readings, known.entries)
    joined = join(_as_people_say(readings, content), known)
    told = {document.article.digest: document.article for document in found.documents}
    fresh = _fields(readings, joined, told, recogniser.label)
    written = store.save_content(tracker, content, fresh, checks.ids_kept(content, fresh["articles"].keys()))
    problems = (*problems, *found.problems, *store.edit_problems(content))
    return Outcome(problems=problems, content_written=written)


def render_site(tracker: Path, found: Seeds | None = None) -> Outcome:
    """Make `site/` from `content/` alone; `seeds/` is opened only to find each quotation again."""
    content, problems = _load(tracker)
    corpus, _ = store.corpus_of(content)
    found = found or seeds.read_seeds(tracker / "seeds")
    unsupported, more = checks.check_quotations(found.documents, content, corpus)
    _give_up_on_errors(more)
    corpus = replace(corpus, entries=tuple(entry for entry in corpus.entries if entry.id not in unsupported))
    site, planning = pages.plan(corpus)
    _give_up_on_errors(planning)
    files, rendering = render(site, template_dirs(tracker))
    _give_up_on_errors(rendering)
    written = write(tracker / "site", files)
    return Outcome(problems=(*problems, *more, *planning, *rendering), corpus=corpus, site=written)


def check(tracker: Path) -> tuple[Problem, ...]:
    """Every problem of a tracker's files: form, ids, quotations."""
    content, problems = store.load_content(tracker)
    corpus, decoding = store.corpus_of(content)
    found = [*problems, *decoding, *store.edit_problems(content), *checks.check_ids(content)]
    if not any(problem.severity == "error" for problem in problems):
        seeds_found = seeds.read_seeds(tracker / "seeds")
        found += [*seeds_found.problems, *checks.check_quotations(seeds_found.documents, content, corpus)[1]]
    return tuple(found)


def _load(tracker: Path) -> tuple[Content, tuple[Problem, ...]]:
    """The tracker's content; raises ContentError where it cannot be taken as it is."""
    content, loading = store.load_content(tracker)
    _, decoding = store.corpus_of(content)
    problems = (*loading, *decoding, *checks.check_ids(content))
    _give_up_on_errors(problems)
    return content, problems


def _give_up_on_errors(problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    if any(problem.severity == "error" for problem in problems):
        raise ContentError(problems)


# --------------------------------------------------------------------------------------------- stages


def identify(documents: Sequence[Document], content: Content) -> tuple[Document, ...]:
    """Documents under the ids that their seeds already have, with what people said of them; new ones get an id.

    Sorted by publication, then by the text's digest: the order in which everything further is minted.
    """
    by_seed: dict[str, str] = {}
    by_digest: dict[str, str] = {}
    decoder = Decoder()
    for id_, stored in content.articles.items():
        article = store.article_in_force(stored.in_force(), stored, id_, decoder)
        if article.seed:
            by_seed.setdefault(article.seed, id_)
            by_digest.setdefault(article.digest, id_)
    found: list[Document] = []
    fresh: list[Document] = []
    claimed: set[str] = set()
    for document in documents:
        article = document.article
        known = by_seed.get(article.seed) or by_digest.get(article.digest)
        if known is None or known in claimed:
            fresh.append(document)
            continue
        claimed.add(known)
        found.append(_titled_by_people(document, known, content))
    taken = set(content.articles)
    for document in sorted(fresh, key=_minting_order):
        minted = seeds.mint_article_id(document.article, taken)
        taken.add(minted)
        found.append(replace(document, article=replace(document.article, id=minted)))
    return tuple(sorted(found, key=_minting_order))


def _minting_order(document: Document) -> tuple[object, ...]:
    return (when.sort_key(document.article.published), document.article.digest, document.article.seed)


def _titled_by_people(document: Document, id_: str, content: Content) -> Document:
    """A document whose article has the fields that a person gave it."""
    stored = content.articles[id_]
    machine = node_of(schema.encode_article(document.article, (), ""), stored.machine.where)
    node = store.overlay(machine, stored.person)
    return replace(document, article=store.article_in_force(node, stored, id_, Decoder()))


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
    )
    reading = replace(reading, namings=find_namings(document, sentences, mentions, reading.timexes))
    return replace(reading, entries=find_entries(reading))


def _with_ids(readings: Sequence[Reading], known: Sequence[Entry]) -> tuple[Reading, ...]:
    """Readings whose entries have the ids they had before."""
    earlier: dict[str, list[Entry]] = {}
    for entry in known:
        earlier.setdefault(entry.article, []).append(entry)
    taken = {entry.id for entry in known}
    found = []
    for reading in readings:
        article = reading.document.article.id
        named = (replace(entry, article=article) for entry in reading.entries)
        found.append(replace(reading, entries=store.keep_ids(named, earlier.get(article, ()), taken)))
    return tuple(found)


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


def join(readings: Sequence[Reading], known: Corpus | None = None) -> Joined:
    """Actors, happenings and events across articles; what is already `known` keeps its ids."""
    known = known or Corpus(settings=Settings())
    figures = join_actors(readings, known.actors, known.touched)
    readings = [
        replace(reading, entries=tuple(_name_actors(entry, figures.ids) for entry in reading.entries))
        for reading in readings
    ]
    entries = [entry for reading in readings for entry in reading.entries]
    published = {reading.document.article.id: reading.document.article.published for reading in readings}
    happenings = join_happenings(entries, published)
    matters = join_events(readings, entries, known.events)
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
    return Joined(readings=tuple(readings), actors=figures.actors, events=matters.events, ids=figures.ids)


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
    readings: Sequence[Reading], joined: Joined, told: Mapping[str, Article], read_by: str
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
        articles[article.id] = schema.encode_article(told[article.digest], entries, read_by)
    return {
        "articles": articles,
        "actors": {actor.id: schema.encode_actor(actor) for actor in joined.actors},
        "events": {event.id: schema.encode_event(event) for event in joined.events},
    }
