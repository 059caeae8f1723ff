"""The order of the stages, and nothing else: seeds → readings → joined → `content/` → corpus → `site/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from . import checks, quotes, reconcile, rulings, schema, seeds, store
from . import ledger as ledgers
from .actors.anaphora import find_anaphors
from .actors.coreference import resolve
from .actors.recognise import load_recogniser
from .bounds import Estimate, estimate_published
from .dates import find_timexes
from .deck import OddError
from .events.entries import find_entries, find_namings
from .events.larger import find_ties
from .events.schedule import find_told
from .events.stories import Membership
from .folders import Prints
from .identify import identify
from .jobs import Workers
from .joining import Joined, join, name_actors
from .ledger import Ledger
from .loading import Known, load_whole
from .memo import Memo, read_with
from .model import Article, Corpus, Document, Entry, Found, Reading, Seen, Span
from .outcome import Work
from .packed import articles_in, ids_in, texts_in
from .parsed import Parsed
from .problems import Problem
from .progress import Tell, silent
from .publish import Outcome, render_site
from .reading import Setup, Task, read_all
from .reconcile import Reconciled
from .seeds import Seeds
from .sharing import Jobs
from .store import Content
from .text import digest, fold, split_sentences
from .unaltered import Unaltered
from .yamlio import Plain

# --------------------------------------------------------------------------------------------- verbs


def build(tracker: Path, prints: Prints | None = None, tell: Tell = silent, jobs: Jobs = 1) -> Outcome:
    """Extract and render. Raises ContentError, with nothing written to the site, where the tracker holds errors.

    `prints` tell how files stood at the beginning, so that fewer are read. Where `jobs` are not 1, processes may be
    started that import the main module anew: what a script does itself stands under `if __name__ == "__main__":`.
    """
    parsed = Parsed(prints) if prints else None
    found = seeds.read_seeds(tracker / "seeds", parsed)
    try:
        said = read_anew(tracker, found, parsed, tell, jobs)
    except OddError:  # a file of which cards tell is another one meanwhile: all are opened
        said = read_anew(tracker, found, None, tell, jobs)
    written = store.save_content(tracker, said.content, said.fresh, said.kept, said.lock)
    if parsed and written:
        parsed.look_again()
    rendered = render_site(tracker, found, said.content, prints, parsed, tell, jobs)
    problems = dict.fromkeys((*said.problems, *rendered.problems))
    work = replace(rendered.work, read=said.work.read, kept=said.work.kept)
    return replace(rendered, problems=tuple(problems), content_written=written, work=work)


def extract(tracker: Path, found: Seeds | None = None, tell: Tell = silent, jobs: Jobs = 1) -> Outcome:
    """Read the seeds and write what they tell into `content/`, under what people put there; `jobs` as in `build`."""
    said = read_anew(tracker, found, tell=tell, jobs=jobs)
    written = store.save_content(tracker, said.content, said.fresh, said.kept, said.lock)
    return Outcome(problems=said.problems, content_written=written, work=said.work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the machine says now, beside what `content/` held: all that writing needs, and nothing is written yet."""

    content: Content
    fresh: store.Fresh
    kept: frozenset[str]
    """Ids of files that stay though the machine says nothing of them."""
    lock: str | None
    problems: tuple[Problem, ...]
    stories: Mapping[str, Membership]
    work: Work


def read_anew(
    tracker: Path, found: Seeds | None = None, parsed: Parsed | None = None, tell: Tell = silent, jobs: Jobs = 1
) -> Said:
    """Read the seeds beside what is known of them; `jobs` as in `build`. OddError where `parsed` tells no more."""
    held = load_whole(tracker, settle=True, parsed=parsed)
    try:
        return _read_anew(tracker, held, found, tell, jobs)
    finally:
        if held.cards:
            held.cards.close()


def _read_anew(tracker: Path, held: Known, found: Seeds | None, tell: Tell, jobs: Jobs) -> Said:
    content, known, ledger = held.content, held.filed, held.ledger
    found = found or seeds.read_seeds(tracker / "seeds")
    documents = identify(found.documents, content, held.filed.articles)
    name, model = content.settings.recogniser, content.settings.model
    recogniser = load_recogniser(name, model)
    # Only names that people wrote are given to the recogniser: with its own, a second run would read otherwise.
    named = tuple(actor for actor in known.actors if actor.id in known.touched)
    memo = Memo(tracker, recogniser.label, named)
    setup = Setup(read_one=read_one, recogniser=name, model=model, label=recogniser.label, named=named)
    with Workers(jobs) as workers:
        read_new = partial(read_all, setup, recogniser, workers)
        seen, read_first = read_with(memo, documents, lambda new: read_new([(one, None) for one in new]), tell)
        readings = with_estimates(read_first, seen, memo, read_new, tell)
    lost = rulings.lost_entries(ledger, held.entry_ids, readings)
    unaltered = Unaltered(content, memo.results)
    readings, matched = _with_ids(readings, held, lost, unaltered)
    ledger = _resolved_anew(held, readings)
    missed = {entry.id for match in matched.values() for entry in match.kept}
    kept = [entry for entry in known.entries if entry.id in missed] if missed else []
    said = _as_people_say(readings, content)
    joined = join(said, known, kept, ledger, memo.results)
    fresh = _fields(readings, joined, _as_told(found, readings), recogniser.label, matched, unaltered)
    ids = checks.ids_kept(content, fresh, missed, rulings.kept_files(ledger, known))
    lock = _lock(tracker, said, known, known.touched & held.entry_ids, unaltered)
    memo.close()
    problems = (*held.problems, *found.problems, *store.edit_problems(content))
    return Said(
        content=content,
        fresh=fresh,
        kept=ids,
        lock=lock,
        problems=problems,
        stories=joined.stories,
        work=Work(read=memo.made, kept=memo.taken),
    )


def _as_told(found: Seeds, readings: Sequence[Reading]) -> dict[str, Article]:
    """Each article, by id, as its seed describes it: without what a person said, but with what is only estimated."""
    texts = {document.article.digest: document.article for document in found.documents}
    seeds_of = {(document.article.digest, document.article.seed): document.article for document in found.documents}
    told = {}
    for reading in readings:
        article, text = reading.document.article, digest(reading.document.text)
        own = seeds_of.get((text, article.seed), texts[text])
        estimate = Estimate(when=article.published, reasons=article.published_reasons)
        told[article.id] = _estimated(own, estimate) if article.published_basis == "estimate" else own
    return told


def _lock(
    tracker: Path, readings: Sequence[Reading], known: Corpus, touched: frozenset[str], unaltered: Unaltered
) -> str | None:
    """The text of `quotes.lock`: what stands in the texts that are here, and what stood in those that are not.

    `touched`: entries that people changed or wrote.
    """
    people: dict[str, list[Entry]] = {}
    for at, id_ in enumerate(ids_in(known.entries) if touched else ()):
        if id_ in touched:
            people.setdefault((entry := known.entries[at]).article, []).append(entry)

    def quotations(reading: Reading) -> list[str]:
        document = reading.document
        entries = (*reading.entries, *people.get(document.article.id, ()))
        return sorted(quote for _, quote in quotes.lock_of(entries, {document.article.id: ("", fold(document.text))}))

    now = {
        (text, quote)
        for reading in readings
        for text in (digest(reading.document.text),)
        for quote in unaltered.quotations(reading, partial(quotations, reading))
    }
    before, _ = quotes.load_lock(tracker)
    here = {reading.document.article.id for reading in readings}
    absent = {told for id_, (_, told) in texts_in(known.articles).items() if id_ not in here}
    lock = frozenset(now) | {(text, quote) for text, quote in before or () if text in absent}
    return quotes.format_lock(lock) if lock or before is not None else None


def _resolved_anew(known: Known, readings: Sequence[Reading]) -> Ledger:
    """The ledger, now that articles and entries are there again whose files were gone."""
    if not known.ledger.decisions:
        return known.ledger
    fresh = {entry.id for reading in readings if not reading.key for entry in reading.entries}  # files hold the others
    articles = texts_in(known.filed.articles)
    back = [r.document.article for r in readings if r.document.article.id not in articles]
    filed = replace(known.filed, articles=(*known.filed.articles, *back))
    return ledgers.resolve(known.ledger.decisions, filed, known.entry_ids | fresh)[0]


# --------------------------------------------------------------------------------------------- stages


def read(documents: Iterable[Document], seen: Iterable[Seen]) -> tuple[Reading, ...]:
    """A reading of each document; `seen` is what a recogniser found in each, in the same order."""
    return tuple(read_one(document, found) for document, found in zip(documents, seen, strict=True))


def read_one(document: Document, found: Seen) -> Reading:
    """Everything that one article alone shows; mentions alone are as good as a `Found` without syntax."""
    found = found if isinstance(found, Found) else Found(mentions=found)
    sentences = split_sentences(document)
    mentions, figures = resolve(document, found.mentions)
    names = tuple(Span(start=mention.start, end=mention.end) for mention in mentions)
    reading = Reading(
        document=document,
        sentences=sentences,
        timexes=find_timexes(document, sentences, names),
        mentions=mentions,
        figures=figures,
        anaphors=find_anaphors(document, sentences, mentions, figures),
        syntax=found.syntax,
    )
    reading = replace(reading, namings=find_namings(reading))
    reading = replace(reading, told_dates=tuple(find_told(reading)), ties=tuple(find_ties(reading)))
    return replace(reading, entries=find_entries(reading), syntax=None)


def with_estimates(
    readings: Sequence[Reading],
    seen: Sequence[Found],
    memo: Memo,
    read_new: Callable[[Sequence[Task]], Iterable[tuple[Found, Reading, bytes]]],
    tell: Tell = silent,
) -> tuple[Reading, ...]:
    """Readings, those of articles without a date made anew from when they can have been published."""
    estimates = estimate_published(readings)
    documents, found = [], {}
    for reading, one in zip(readings, seen, strict=True):
        article = reading.document.article
        if article.id in estimates:
            documents.append(replace(reading.document, article=_estimated(article, estimates[article.id])))
            found[article.id] = one
    _, made = read_with(
        memo,
        documents,
        lambda new: read_new([(document, found[document.article.id]) for document in new]),
        lambda what, done, of: tell(f"{what} again", done, of),
    )
    anew = {reading.document.article.id: reading for reading in made}
    return tuple(anew.get(reading.document.article.id, reading) for reading in readings)


def _estimated(article: Article, estimate: Estimate) -> Article:
    return replace(article, published=estimate.when, published_basis="estimate", published_reasons=estimate.reasons)


def _with_ids(
    readings: Sequence[Reading], known: Known, lost: Sequence[Entry], unaltered: Unaltered
) -> tuple[tuple[Reading, ...], Mapping[str, Reconciled]]:
    """Readings whose entries have the ids they had before, and what else was known of each article.

    `lost` are entries that only decisions remember.
    """
    places: dict[str, list[int]] = {}
    remembered: dict[str, list[Entry]] = {}
    for at, article in enumerate(articles_in(known.filed.entries)):
        places.setdefault(article, []).append(at)
    for entry in lost:
        remembered.setdefault(entry.article, []).append(entry)
    taken = set(known.entry_ids)

    def match(reading: Reading) -> Reconciled:
        article = reading.document.article.id
        named = tuple(replace(entry, article=article) for entry in reading.entries)
        earlier = [known.filed.entries[at] for at in places.get(article, ())] + remembered.get(article, [])
        stored = known.content.articles.get(article)
        if stored is None:
            return Reconciled(entries=reconcile.keep_ids(named, earlier, taken))
        return reconcile.reconcile(named, stored, earlier, reading.document, taken)

    found, matched = [], {}
    for reading in readings:
        article = reading.document.article.id
        lost_here = remembered.get(article, ())
        reading, matched[article] = unaltered.match(reading, lost_here, partial(match, reading), known.entry_ids)
        found.append(reading)
    return tuple(found), matched


def _as_people_say(readings: Sequence[Reading], content: Content) -> tuple[Reading, ...]:
    """Readings whose entries are as people changed them; their keys stand for their files, too."""

    def changed(reading: Reading) -> Reading:
        stored = content.articles.get(reading.document.article.id)
        if stored is None or stored.plain:
            return reading
        if not reading.key:
            return reading.with_entries(store.changed_entries(reading.entries, stored))
        return reading.with_entries_later(lambda: store.changed_entries(reading.entries, stored), reading.key)

    return tuple(map(changed, readings))


def _fields(
    readings: Sequence[Reading],
    joined: Joined,
    told: Mapping[str, Article],
    read_by: str,
    matched: Mapping[str, Reconciled],
    unaltered: Unaltered,
) -> store.Fresh:
    """What the machine says, by kind of file and id: its own reading with what joining found.

    `told` are the articles as the seeds describe them, by id: what a person said of them stays above the line. None
    for a file that stands as the machine would write it.
    """
    keys = {reading.document.article.id: reading.key for reading in joined.readings}

    def named(reading: Reading) -> list[Entry]:
        found = [joined.placed(name_actors(entry, joined.ids)) for entry in reading.entries]
        kept = matched[reading.document.article.id].kept
        return found + [replace(entry, happening=joined.happenings.get(entry.id, entry.id)) for entry in kept]

    def article_fields(reading: Reading) -> dict[str, Plain]:
        article = reading.document.article.id
        fields = schema.encode_article(told[article], named(reading), read_by, reconcile.sketch(reading.document))
        if orphans := matched[article].orphans:
            fields["orphans"] = reconcile.encode_orphans(orphans)
        return fields

    def found_of(reading: Reading) -> list[object] | None:
        """All that the fields of an article's file follow from; None where no key stands for its entries."""
        article = reading.document.article.id
        if not keys[article]:
            return None
        places = [(joined.happenings.get(id_), joined.belongs.get(id_)) for id_ in matched[article].ids]
        return [told[article], read_by, keys[article], places]

    articles = {
        id_: unaltered.fields("articles", id_, found_of(reading), partial(article_fields, reading))
        for reading in readings
        for id_ in (reading.document.article.id,)
    }
    return {
        "articles": articles,
        "actors": {a.id: unaltered.fields("actors", a.id, a, partial(schema.encode_actor, a)) for a in joined.actors},
        "events": {e.id: unaltered.fields("events", e.id, e, partial(schema.encode_event, e)) for e in joined.events},
    }
