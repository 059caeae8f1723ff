"""From `content/` to `site/`: planned and made is only what hangs on something that changed."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from . import briefs, quotes, search
from .beside import ENTRIES
from .book import LostError, forget
from .briefs import Counts
from .cards import Cards, OddError, read_cards
from .copies import Copies
from .digests import Digests
from .files import digest_of
from .folders import Prints, signature, surroundings, template_dirs
from .grounds import Texts
from .kept import KeptPages
from .ledger import load_ledger
from .library import Library
from .loading import give_up_on_errors, published
from .model import Corpus
from .moved import Ids, Moved, moved_since
from .outcome import Summary, Work, Written
from .packed import pack, unpack
from .pages import Draft, dangling, find_collisions, section_of
from .parsed import Parsed
from .plan import File, Page, Unit
from .problems import Problem
from .progress import Tell, silent
from .render import Press, write
from .seeds import Seeds
from .settle import apply
from .staged import Staged
from .store import Content
from .timelines import Stack
from .traces import Made, Table
from .trail import Trail
from .views import RedirectView
from .web import address_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did, for a summary."""

    problems: tuple[Problem, ...] = ()
    corpus: Corpus | None = None
    content_written: int | None = None
    site: Written | None = None
    absent: tuple[str, ...] = ()
    """Articles whose seed is no longer there."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files of `site/`, by path."""
    kept: Kept | None = None
    """What to keep of this run for the next one."""
    work: Work = field(default_factory=Work)

    def summary(self) -> Summary:
        """What is told at the end."""
        known = self.corpus
        articles = known.articles if known else ()
        return Summary(
            problems=self.problems,
            known=(len(articles), len(known.entries), len(known.actors), len(known.events)) if known else None,
            undated=tuple(_file_of(article.id) for article in articles if not article.published.known),
            estimated=tuple(_file_of(article.id) for article in articles if article.published_basis == "estimate"),
            absent=tuple(map(_file_of, self.absent)),
            content_written=self.content_written,
            note=address_note(known.settings) if known else "",
            site=self.site,
            work=self.work,
        )


def _file_of(article: str) -> str:
    return f"content/articles/{article}.yaml"


def render_site(
    tracker: Path,
    found: Seeds | None = None,
    earlier: Content | None = None,
    prints: Prints | None = None,
    parsed: Parsed | None = None,
    tell: Tell = silent,
) -> Outcome:
    """Make `site/` from `content/` alone; `seeds/` is opened only to find each quotation again."""
    whole = parsed is not None  # a build has asked for every file, a mere render only for some
    parsed = parsed or (Parsed(prints) if prints else None)
    texts = Texts(tracker, prints, found, parsed)
    corpus, doubts, opened, files = _to_publish(tracker, texts, earlier, parsed)
    if parsed:
        parsed.close(drop=whole)
    out, dirs = tracker / "site", template_dirs(tracker)
    with Staged(out, prints.of("site/") if prints else None) as staged:
        made = publish(corpus, dirs, prints or Prints(tracker), staged, tell, files)
        give_up_on_errors(made.problems)
        written = write(out, staged, standing=made.standing)
    absent = tuple(article.id for article in corpus.articles if article.seed and article.seed not in texts.there)
    return Outcome(
        problems=(*doubts, *made.problems),
        corpus=corpus,
        site=written,
        absent=absent,
        files={**staged.digests, **made.standing},
        kept=made.kept if prints else None,
        work=replace(made.work, parsed=opened),
    )


def _to_publish(
    tracker: Path, texts: Texts, earlier: Content | None, parsed: Parsed | None
) -> tuple[Corpus, tuple[Problem, ...], int, Mapping[str, str] | None]:
    """What may be published, what is wrong with it, and how many files of `content/` were opened for it.

    Also these files, where each of them tells of its record as it is; else None.
    """
    try:
        if parsed and parsed.now:
            cards, corpus = _from_cards(tracker, texts, parsed.now, parsed)
            return corpus, (), cards.opened, cards.files
    except OddError:
        pass  # the files themselves tell what is wrong with them, and where
    corpus, doubts = published(tracker, texts.all, earlier, parsed)
    return corpus, doubts, parsed.parsed if parsed else 0, None


def _from_cards(tracker: Path, texts: Texts, prints: Prints, parsed: Parsed) -> tuple[Cards, Corpus]:
    """The corpus of a tracker without a problem, from what is kept of its files. OddError where it has one."""
    cards = read_cards(tracker, prints, parsed)
    ledger, deciding = load_ledger(tracker, cards.corpus, cards.entry_ids)
    corpus = apply(cards.corpus, ledger)
    lock, locking = quotes.load_lock(tracker)
    if deciding or locking or not texts.support_all(corpus, lock, prints):
        raise OddError
    return cards, corpus


# ------------------------------------------------------------------------------------- what is made anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was made of a site, and what of it stands."""

    problems: tuple[Problem, ...]
    standing: Mapping[str, str]
    """Files that need not be made, by path, with their digests."""
    work: Work
    kept: Kept


@dataclass(frozen=True, slots=True)
class Kept:
    """What to keep of a run for the next one."""

    pages: KeptPages
    trail: Trail

    def save(self) -> None:
        """Keep it."""
        self.pages.save()
        self.trail.save()


def publish(
    corpus: Corpus,
    dirs: Sequence[Path],
    prints: Prints,
    into: MutableMapping[str, bytes],
    tell: Tell = silent,
    files: Mapping[str, str] | None = None,
) -> Published:
    """Put the files that do not stand `into` what is given; `prints` tell how files stand.

    `files`: those of `content/` that the corpus was taken from, with their digests, where nothing else tells of it.
    """
    try:
        return _publish(corpus, dirs, prints, into, tell, files)
    except LostError:
        forget(prints.tracker)
        return _publish(corpus, dirs, prints, into, tell, files)


def _publish(
    corpus: Corpus,
    dirs: Sequence[Path],
    prints: Prints,
    into: MutableMapping[str, bytes],
    tell: Tell,
    files: Mapping[str, str] | None,
) -> Published:
    trail = Trail(prints.tracker, f"{signature()}{surroundings()}{corpus.settings!r}")
    copies = Copies(corpus, trail)
    stack = Stack(corpus, Library(corpus, copies.find, trail.reads))
    draft = settle(stack, trail, moved_since(trail, corpus, files))
    table = Entries(draft, trail, prints)
    kept = KeptPages(prints, draft.site, draft.everything)
    press = Press(draft.site, dirs, kept, into)
    run = _Run(draft, trail, kept, press)
    total = len(draft.units.keys_)
    for number, name in enumerate(draft.units.keys_):
        tell("making pages", number, total)
        run.unit(name)
    table.keep(kept.digest_of(ENTRIES))
    made = run.finish()
    trail.stamp()
    draft.stack.rows.made.clear()
    return made


def settle(stack: Stack, trail: Trail, moved: Moved) -> Draft:
    """The plan of a site, with everything known that did not change since the last run."""
    changed = _compare(stack.library, trail, moved)
    changed |= trail.settle(stack.briefs, pack=briefs.pack, unpack=briefs.unpack)
    laid: tuple[Table[Any, Any], ...] = (
        stack.lists, stack.smaller, stack.library.addresses, stack.months, stack.publishers, stack.houses,
        stack.eras, stack.neighbours, stack.chronology,
    )  # fmt: skip
    same = not changed and moved.actors == moved.events == frozenset()
    _lay_out(stack, trail, same)
    for table in laid:
        trail.judge(table, moved=() if same else None)
    trail.settle(stack.counts, pack=pack, unpack=lambda _, told: unpack(Counts, told))
    trail.settle(stack.rows)
    trail.settle(stack.costs, stamp=str, pack=int, unpack=lambda _, cost: int(cost))
    parted = trail.settle(stack.parted, pack=dict, unpack=lambda _, parts: dict(parts))
    trail.judge_places("places", stack.places.peek, parted)
    trail.settle(stack.gaps, pack=dict, unpack=lambda _, words: dict(words))
    trail.settle(stack.contested, stamp=str, pack=int, unpack=lambda _, number: int(number))
    draft = Draft(stack)
    trail.settle(draft.index.documents, pack=search.pack, unpack=search.unpack)
    return draft


def _compare(library: Library, trail: Trail, moved: Moved) -> set[str]:
    """Compare what came from files with what was read of it; gives the articles that others see otherwise."""
    digests = Digests()
    told, happenings = library.told, library.happenings
    trail.judge(told, by_key=partial(library.stamp, told.held), moved=moved.articles)
    trail.judge(happenings, by_key=partial(library.stamp, happenings.held), moved=moved.happenings)
    outside: tuple[tuple[Table[Any, Any], Ids], ...] = (
        (library.whole, moved.articles), (library.actors, moved.actors), (library.events, moved.events),
        (library.full_actors, moved.actors), (library.full_events, moved.events),
        (library.touched, moved.touched), (library.preferred, moved.decided), (library.apart, moved.decided),
        (library.corrections, None), (library.amended, None), (library.redirects, None), (library.credited, None),
        (library.copied, None),
    )  # fmt: skip
    for table, ids in outside:
        trail.judge(table, digests.of, moved=ids)
    return trail.judge(library.articles, digests.of, moved=moved.articles)


def _lay_out(stack: Stack, trail: Trail, same: bool) -> None:
    """Lay a stack out, or take it as it was laid out where nothing changed on which that hangs."""
    known = trail.noted("laid out") if same else None
    if known:
        lists, addresses, (eras, neighbours, chronology) = known
        stack.take(
            {(kind, id, named): ids for kind, id, named, ids in lists},
            {(kind, id): path for kind, id, path in addresses},
            ({id: tuple(era) for id, era in eras.items()}, neighbours, chronology),
        )
        return
    stack.lay_out()
    lists = [[*line, ids] for line, ids in stack.lists.held.items()]
    addresses = [[*of, path] for of, path in stack.library.addresses.held.items()]
    trail.notes["laid out"] = [lists, addresses, stack.placed]


class Entries:
    """The table of all entries, of which only changed lines are made: the others stand in the table of the last run."""

    def __init__(self, draft: Draft, trail: Trail, prints: Prints) -> None:
        self.beside, self.trail, self.prints = draft.beside, trail, prints
        digest = trail.noted(ENTRIES)
        stands = digest and prints.of("site/").get(ENTRIES) == digest
        trail.settle(draft.beside.lines, unpack=self._line if stands else None)

    def keep(self, digest: str) -> None:
        """Note where its lines stand in the table that has this digest now."""
        if self.beside.spans:
            self.trail.notes |= {ENTRIES: digest, "spans": self.beside.spans}

    def _line(self, id: str, _: object) -> str:
        try:
            start, end = self._spans[id]
        except KeyError as error:
            raise LostError(id) from error
        return self._text[start:end]

    @cached_property
    def _spans(self) -> Mapping[str, tuple[int, int]]:
        return self.trail.noted("spans") or {}

    @cached_property
    def _text(self) -> str:
        """The table of the last run. LostError where it went meanwhile."""
        try:
            data = (self.prints.tracker / "site" / ENTRIES).read_bytes()
        except OSError as error:
            raise LostError from error
        if digest_of(data) != self.trail.noted(ENTRIES):
            raise LostError(ENTRIES)
        return data.decode("utf-8")


class _Run:
    """One way through all units."""

    def __init__(self, draft: Draft, trail: Trail, kept: KeptPages, press: Press) -> None:
        self.draft, self.trail, self.kept, self.press = draft, trail, kept, press
        self.outputs: dict[str, dict[str, list[list[str]]]] = {"units": {}, "late": {}}
        """Table → unit → the path of each of its files, the part of the site it belongs to, and where it moved to."""
        self._next(draft.units)

    def _next(self, made: Made[str, Unit]) -> None:
        """Turn to a table."""
        self.made, self.anew, self.known = made, self.trail.anew(made), self.trail.values(made)

    def unit(self, name: str) -> None:
        """Make a unit, or take it as it stands."""
        made, outputs = self.made, self.outputs[self.made.name]
        known = self.known.get(name)
        if known is not None and name not in self.anew and self.kept.stand(path for path, *_ in known):
            outputs[name] = known
            return
        unit = made.peek(name)
        for one in unit:
            self.press.put(one)
        outputs[name] = [[one.path, section_of(one), _target(one)] for one in unit]
        del made.made[name]  # its views are of no more use

    def finish(self) -> Published:
        """The rest, which hangs on all that there is."""
        draft, trail = self.draft, self.trail
        draft.paths.held = {path: section for told in self.outputs["units"].values() for path, section, _ in told}
        trail.judge(draft.paths)
        self._next(draft.late)
        for name in draft.late.keys_:
            self.unit(name)
        told = [output for units in self.outputs.values() for of in units.values() for output in of]
        moved = [(path, target) for path, _, target in told if target]
        paths = [path for path, *_ in told]
        _, problems = self.press.finish(moved, set(paths))
        for table in (draft.units, draft.late):
            trail.keep(table, self.outputs[table.name].__getitem__)
        pages = sum(path.endswith(".html") for path in paths)
        return Published(
            problems=(*dangling(draft.stack.library), *find_collisions(paths), *problems),
            standing=self.kept.standing,
            work=Work(rendered=self.press.made, pages=pages),
            kept=Kept(self.kept, trail),
        )


def _target(one: Page | File) -> str:
    return one.view.target.path if isinstance(one, Page) and isinstance(one.view, RedirectView) else ""
