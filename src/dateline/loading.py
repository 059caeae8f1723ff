"""A tracker opened: its files, the decisions laid over them, and what is wrong with either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from . import checks, decisions, reconcile, seeds, store
from .cards import Cards, read_cards
from .deck import OddError, is_record
from .ledger import Ledger, load_ledger
from .model import Corpus
from .parsed import Parsed
from .problems import ContentError, Problem
from .seeds import Seeds
from .settle import apply, former_names
from .shares import check_shares
from .store import Content


def published(
    tracker: Path, found: Seeds, earlier: Content | None = None, parsed: Parsed | None = None
) -> tuple[Corpus, tuple[Problem, ...]]:
    """What may be published: the corpus without entries that stand on nothing. ContentError where files hold errors."""
    known = load_whole(tracker, earlier=earlier, parsed=parsed)
    corpus = known.corpus
    unsupported, more = checks.check_ground(tracker, found.documents, known.content, corpus)
    give_up_on_errors(more)
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
        found += check_shares(seeds_found.documents, known.content.articles, known.corpus)
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
    cards: Cards | None = None
    """From where records are opened when somebody looks; to be closed."""


def load(tracker: Path, settle: bool = False, earlier: Content | None = None, parsed: Parsed | None = None) -> Known:
    """All that a tracker's files tell, with every problem of their form and of what refers to what.

    To be read anew (`settle`), records are opened from cards, where these tell.
    """
    content, loading = store.load_content(tracker, settle, earlier, parsed)
    cards = _cards_of(tracker, content, parsed) if settle and parsed and not loading else None
    filed, ids, decoding, referring = (cards.corpus, cards.entry_ids, (), ()) if cards else _from_files(content)
    ledger, deciding = load_ledger(tracker, filed, ids)
    referring = (*referring, *deciding)
    if has_errors(loading):  # what cannot be found may stand in a file that cannot be read
        referring = tuple(problem for problem in referring if problem.slug not in ("dangling-id", "unused-split"))
    return Known(
        content=content,
        filed=filed,
        ledger=ledger,
        corpus=apply(filed, ledger),
        problems=(*loading, *decoding, *referring),
        entry_ids=ids,
        readable=not has_errors(loading),
        decoded=not has_errors((*loading, *decoding)),
        cards=cards,
    )


_Filed = tuple[Corpus, frozenset[str], tuple[Problem, ...], tuple[Problem, ...]]
"""The records of files, the ids that they gave to entries, and what is wrong: with fields, with references."""


def _from_files(content: Content) -> _Filed:
    filed, decoding = store.corpus_of(content)
    ids = frozenset(id_ for stored in content.articles.values() for id_ in reconcile.ids_of(stored))
    return replace(filed, redirects=former_names(content)), ids, decoding, checks.check_ids(content)


def _cards_of(tracker: Path, content: Content, parsed: Parsed) -> Cards | None:
    """What is kept of files, which need not be opened for it; None where that does not tell."""
    if parsed.now is None:
        return None
    try:
        cards = read_cards(tracker, parsed.now, parsed)
    except OddError:
        return None
    loaded = {stored.name: stored.digest for kind in store.KINDS for stored in content.of(kind).values()}
    if loaded == {name: told for name, told in cards.files.items() if is_record(name)}:
        return cards
    cards.close()
    return None


def load_whole(
    tracker: Path, settle: bool = False, earlier: Content | None = None, parsed: Parsed | None = None
) -> Known:
    """The tracker's content; raises ContentError where it cannot be taken as it is.

    To be read anew (`settle`), it may hold decisions on what is not there: reading can bring it back.
    """
    known = load(tracker, settle, earlier, parsed)
    if settle:
        passing = {(decisions.NAME, "dangling-id"), (decisions.NAME, "unused-split")}
        problems = (p for p in known.problems if (p.where.path, p.slug) not in passing)
        known = replace(known, problems=tuple(problems))
    give_up_on_errors(known.problems)
    return known


def give_up_on_errors(problems: Iterable[Problem]) -> None:
    """ContentError where there is an error among problems."""
    problems = tuple(problems)
    if has_errors(problems):
        raise ContentError(problems)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether there is an error among problems."""
    return any(problem.severity == "error" for problem in problems)
