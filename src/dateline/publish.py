"""From `content/` to `site/`: planned and made is only what hangs on something that changed."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from . import briefs, quotes, search
from .beside import ENTRIES
from .book import LostError, forget
from .briefs import Counts
from .cards import Cards, read_cards
from .copies import Copies
from .deck import OddError
from .digests import Digests
from .files import digest_of
from .folders import Prints, signature, surroundings, template_dirs
from .grounds import Texts
from .independence import Origins
from .kept import SHARED, KeptPages, Noted
from .ledger import load_ledger
from .library import Library
from .library import Texts as Whole
from .loading import give_up_on_errors, published
from .model import Corpus
from .moved import Ids, Moved, Since, moved_since
from .outcome import Summary, Work, Written
from .packed import pack, texts_in, unpack
from .pages import Draft, dangling, find_collisions, section_of
from .parsed import Parsed
from .plan import File, Page, Unit
from .presses import MOST_PARTS, Presses, presses
from .problems import Problem
from .progress import Tell, silent
from .render import Flaws, Press, write
from .seeds import Seeds
from .settle import apply
from .sharing import Jobs
from .staged import Staged, Waiting
from .store import Content
from .timelines import Laid, Stack
from .traces import Fact, Made, Table
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
    undated: tuple[str, ...] | None = None
    estimated: tuple[str, ...] | None = None
    """Articles without a date, and those of which it is only estimated; None: the corpus tells."""
    absent: tuple[str, ...] = ()
    """Articles whose seed is no longer there."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files of `site/`, by path."""
    as_told: bool = False
    """Whether the files of records were read only as the prints of the run tell them."""
    kept: Kept | None = None
    """What to keep of this run for the next one."""
    work: Work = field(default_factory=Work)

    def summary(self) -> Summary:
        """What is told at the end."""
        known = self.corpus
        articles = known.articles if known else ()
        undated, estimated = self.undated, self.estimated
        if undated is None or estimated is None:
            undated = tuple(article.id for article in articles if not article.published.known)
            estimated = tuple(article.id for article in articles if article.published_basis == "estimate")
        return Summary(
            problems=self.problems,
            known=(len(articles), len(known.entries), len(known.actors), len(known.events)) if known else None,
            undated=tuple(map(_file_of, undated)),
            estimated=tuple(map(_file_of, estimated)),
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
    jobs: Jobs = 1,
) -> Outcome:
    """Make `site/` from `content/` alone; `seeds/` is opened only to find each quotation again.

    Where `jobs` are not 1, copies of this process may make pages; an executor is not asked to.
    """
    parsed = parsed or (Parsed(prints, whole=False) if prints else None)
    texts = Texts(tracker, prints, found, parsed)
    cards = None
    try:
        cards = _from_cards(tracker, texts, parsed) if parsed else None
        return _render(tracker, texts, cards, earlier, prints, parsed, tell, jobs)
    except BaseException as error:
        if cards:
            cards.close()
        if not isinstance(error, OddError):
            raise
    # the files themselves tell what is wrong with them, and where
    return _render(tracker, texts, None, earlier, prints, parsed, tell, jobs)


def _render(
    tracker: Path,
    texts: Texts,
    cards: Cards | None,
    earlier: Content | None,
    prints: Prints | None,
    parsed: Parsed | None,
    tell: Tell,
    jobs: Jobs,
) -> Outcome:
    """Make `site/` from cards, or else from the files of `content/`."""
    doubts: tuple[Problem, ...] = ()
    if cards:
        corpus, since = cards.corpus, cards.since
    else:
        (corpus, doubts), since = published(tracker, texts.all, earlier, parsed), None
    if parsed:
        parsed.close()
    out, dirs = tracker / "site", template_dirs(tracker)
    with Staged(out, prints.of("site/") if prints else None) as staged:
        made = publish(corpus, dirs, prints or Prints(tracker), staged, tell, since, jobs, texts)
        give_up_on_errors(made.problems)
        written = write(out, staged, standing=made.standing)
    seeds = {id: seed for id, (seed, _) in texts_in(corpus.articles).items() if seed}
    opened = cards.opened if cards else parsed.parsed if parsed else 0
    return Outcome(
        problems=(*doubts, *made.problems),
        corpus=corpus,
        site=written,
        undated=tuple(cards.census.undated) if cards else None,
        estimated=tuple(cards.census.estimated) if cards else None,
        absent=tuple(id for id, seed in sorted(seeds.items()) if seed not in texts.there) if seeds else (),
        files={**staged.digests, **made.standing},
        as_told=cards is not None,
        kept=replace(made.kept, cards=cards) if prints else None,
        work=replace(made.work, parsed=opened),
    )


def _from_cards(tracker: Path, texts: Texts, parsed: Parsed) -> Cards | None:
    """The corpus of a tracker without a problem, from what is kept of its files. OddError where it has one."""
    if parsed.now is None:
        return None
    cards = read_cards(tracker, parsed.now, parsed)
    try:
        ledger, deciding = load_ledger(tracker, cards.corpus, cards.ids_given())
        cards.corpus = apply(cards.corpus, ledger)
        lock, locking = quotes.load_lock(tracker)
        if deciding or locking or not texts.support_all(cards.corpus, lock, parsed.now, cards.since):
            raise OddError
    except BaseException:
        cards.close()
        raise
    return cards


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
    cards: Cards | None = None

    def save(self) -> None:
        """Keep it."""
        if self.cards:
            self.cards.save()
        self.pages.save()
        self.trail.save()


def publish(
    corpus: Corpus,
    dirs: Sequence[Path],
    prints: Prints,
    into: MutableMapping[str, bytes],
    tell: Tell = silent,
    since: Since | None = None,
    jobs: Jobs = 1,
    texts: Whole | None = None,
) -> Published:
    """Put the files that do not stand `into` what is given; `prints` tell how files stand, `jobs` who makes them.

    `since`: what the files tell otherwise, where each of them tells of its record as it is; from `texts` come those
    that may be shown whole.
    """
    try:
        return _publish(corpus, dirs, prints, into, tell, since, jobs, texts)
    except LostError:
        forget(prints.tracker)
        return _publish(corpus, dirs, prints, into, tell, since, jobs, texts)


def _publish(
    corpus: Corpus,
    dirs: Sequence[Path],
    prints: Prints,
    into: MutableMapping[str, bytes],
    tell: Tell,
    since: Since | None,
    jobs: Jobs,
    texts: Whole | None,
) -> Published:
    trail = Trail(prints.tracker, f"{signature()}{surroundings()}{corpus.settings!r}")
    moved = moved_since(trail, corpus, since)
    copies = Copies(corpus, trail)
    if moved.copied is None:
        trail.notes[_COPIED] = None  # unless somebody asks for copies in this run
    find = partial(_copies, copies, trail, moved)
    stack = Stack(corpus, Library(corpus, find, trail.reads, texts))
    digests = Digests(SHARED)
    draft = settle(stack, trail, moved, digests)
    table = Entries(draft, trail, prints)
    kept = KeptPages(prints, draft.site, draft.everything, digests)
    press = Press(draft.site, dirs, kept, into)
    run = _Run(draft, trail, kept, press)
    run.every(tell, into, jobs)
    table.keep(kept.digest_of(ENTRIES))
    made = run.finish()
    trail.stamp()
    draft.stack.rows.made.clear()
    return made


def settle(stack: Stack, trail: Trail, moved: Moved, digests: Digests) -> Draft:
    """The plan of a site, with everything known that did not change since the last run.

    `digests` are those of rows for pages, too.
    """
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
    trail.settle(stack.rows, stamp=digests.of)
    trail.settle(stack.costs, stamp=str, pack=int, unpack=lambda _, cost: int(cost))
    parted = trail.settle(stack.parted, pack=dict, unpack=lambda _, parts: dict(parts))
    trail.judge_places("places", stack.places.peek, parted)
    trail.settle(stack.gaps, pack=dict, unpack=lambda _, words: dict(words))
    stack.cut()
    trail.settle(stack.pieces, pack=list, unpack=lambda _, told: (told[0], told[1], told[2]))
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
        (library.full_actors, moved.actors), (library.offices, moved.actors), (library.full_events, moved.events),
        (library.touched, moved.touched), (library.preferred, moved.decided), (library.apart, moved.decided),
        (library.corrections, moved.corrected), (library.amended, moved.corrected),
        (library.redirects, moved.corrected), (library.copied, moved.copied),
    )  # fmt: skip
    for table, ids in outside:
        trail.judge(table, digests.of, moved=ids)
    changed = trail.judge(library.articles, digests.of, moved=moved.articles)
    same = not changed and moved.articles is not None and moved.actors == frozenset()
    trail.judge(library.texts)
    trail.judge(library.credited, digests.of, moved=() if same else None)
    return changed


def _lay_out(stack: Stack, trail: Trail, same: bool) -> None:
    """Lay a stack out, or take it as it was laid out where nothing changed on which that hangs."""
    known = trail.noted("laid out") if same else None
    if known:
        stack.take(Laid(*known))
        return
    trail.notes["laid out"] = list(stack.lay_out())


_COPIED = "copied"


def _copies(copies: Copies, trail: Trail, moved: Moved, origins: Origins) -> Mapping[str, str]:
    """Which articles are copies: as the last run noted it, where nothing by which they are known is otherwise."""
    known = trail.noted(_COPIED) if moved.copied is not None else None
    trail.notes[_COPIED] = found = dict(copies.find(origins)) if known is None else known
    return found


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


class Pressed(NamedTuple):
    """What a process tells of units that it made."""

    outputs: dict[str, list[list[str]]]
    read: dict[str, array[int]]
    facts: dict[int, Fact]
    """What the numbers mean that others do not know."""
    kept: Noted
    flaws: Flaws
    files: Waiting


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

    def every(self, tell: Tell, into: MutableMapping[str, bytes], jobs: Jobs) -> None:
        """Make all units but the late ones; copies of this process help where many are to be made."""
        names = self._waiting()
        if jobs != 1 and isinstance(into, Staged) and (number := presses(jobs, len(names))) > 1:
            self._share(names, tell, into, number)
            return
        for at, name in enumerate(names):
            tell("making pages", at, len(names))
            self.unit(name)

    def _waiting(self) -> list[str]:
        """The units that are to be made; of the others it is noted that they stand."""
        outputs, waiting = self.outputs[self.made.name], []
        for name in self.made.keys_:
            known = self.known.get(name)
            outputs[name] = known or []
            if known is not None and name not in self.anew and self.kept.stand(paths := [path for path, *_ in known]):
                self.kept.leave(paths)
            else:
                waiting.append(name)
        return waiting

    def _share(self, names: Sequence[str], tell: Tell, into: Staged, number: int) -> None:
        """Make units together with copies of this process; those of no one record here."""
        first, facts = len({*self.draft.common}.intersection(names)), len(self.trail.reads.facts)
        each = max(1, -(-(len(names) - first) // MOST_PARTS))
        starts = [0, *range(first, len(names), each), len(names)]

        def take(made: Sequence[str] = ()) -> Pressed:
            """What this process did since this was last asked."""
            read = {name: self.made.read[name] for name in made if name in self.made.read}
            numbers = {at for of in read.values() for at in of}
            outputs, self.outputs[self.made.name] = self.outputs[self.made.name], {}
            told = self.trail.reads.told(numbers, facts)
            return Pressed(outputs, read, told, self.kept.take(), self.press.take(), into.take())

        def make(part: int) -> Pressed:
            of = names[starts[part] : starts[part + 1]]
            tell("making pages", starts[part], len(names))
            for name in of:
                self.unit(name)
            return take(of)

        def begin() -> None:
            """A copy says nothing, and tells what it did itself."""
            nonlocal tell
            tell = silent
            self.trail.book.reopen()
            take()

        into.place()
        with Presses(number, len(starts) - 2, make, begin) as together:
            before = take()
            self.trail.reckon()
            done = [before, make(0), *together.results()]
        for pressed in done:
            self._add(pressed, into)

    def _add(self, pressed: Pressed, into: Staged) -> None:
        """Take over what was made here or in another process."""
        reads = self.trail.reads
        self.outputs[self.made.name] |= pressed.outputs
        self.made.read |= {name: reads.here(of, pressed.facts) for name, of in pressed.read.items()}
        self.kept.add(pressed.kept)
        self.press.add(pressed.flaws)
        into.add(pressed.files)

    def unit(self, name: str) -> None:
        """Make a unit."""
        made, outputs = self.made, self.outputs[self.made.name]
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
        for name in self._waiting():
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
