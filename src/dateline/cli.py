"""The command line: verbs that translate words into calls and outcomes into lines and exit codes.

0 done; 1 the tracker's files hold errors (with --strict: or warnings); 2 wrong usage; 3 a fault of dateline itself;
130 stopped by Ctrl-C, as shells count it.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from . import __version__
from .files import hint_of, only_writer, settle_for_reader, write_if_changed
from .problems import ContentError, Problem, UsageError, first_few, format_problem, visible

if TYPE_CHECKING:
    from .decisions import Decision
    from .events.stories import Membership
    from .loading import Known
    from .outcome import Summary, Work
    from .progress import Tell
    from .verbs import Decided


READERS = frozenset(["check", "decisions", "explain", "export", "new"])
"""Verbs that write nothing in a tracker that exists; every other one is its only writer while it runs."""
GARBAGE = 100_000
"""So many new objects make Python search for circular garbage: a run makes hundreds of thousands that stay."""
STOPPED = 130
_LOOKS = ("dry_run", "diff")
"""Flags by which a writing verb only tells what it would do."""


class _Verb(click.Command):
    """A verb that waits for its turn where it writes."""

    def invoke(self, context: click.Context) -> object:
        tracker = context.obj
        if self.name in READERS or any(context.params.get(flag) for flag in _LOOKS):
            settle_for_reader(tracker / "content", self.name or "")
            return super().invoke(context)
        with only_writer(_existing(tracker) / "content", self.name or ""):
            return super().invoke(context)


class _Verbs(click.Group):
    command_class = _Verb

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("\ndateline: stopped", err=True)
            context.exit(STOPPED)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dateline")
@click.option(
    "--tracker",
    "-C",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default="this folder",
    help="The tracker's folder: where seeds/ and content/ are.",
)
@click.pass_context
def cli(context: click.Context, tracker: Path) -> None:
    """Follow a story: news articles in, a website with timelines out."""
    context.obj = tracker


strict = click.option("--strict", is_flag=True, help="Count warnings as errors: exit 1.")
jobs = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="Work in at most N processes; by default in one for each core where hundreds of articles or pages are new.",
)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    """Make a new tracker in FOLDER."""
    from .new import make_tracker

    for line in make_tracker(folder):
        click.echo(line)


@cli.command()
@strict
@jobs
@click.pass_obj
def build(tracker: Path, strict: bool, jobs: int | None) -> None:
    """Read seeds/, write content/, make site/."""
    _finish(_run(_existing(tracker), "build", jobs), tracker, strict)


@cli.command()
@strict
@jobs
@click.option("--diff", is_flag=True, help="Tell what would change in content/, and write nothing.")
@click.pass_obj
def extract(tracker: Path, strict: bool, jobs: int | None, diff: bool) -> None:
    """Read seeds/ and write content/."""
    if diff:
        _preview(_existing(tracker), jobs)
        return
    from .build import extract as extract_tracker

    with _telling() as tell:
        done = extract_tracker(_existing(tracker), tell=tell, jobs=jobs)
    _finish(done.summary(), tracker, strict)


def _preview(tracker: Path, jobs: int | None) -> None:
    """What a run would change: differences file by file, what a person's fields hide, and a count."""
    from .build import read_anew
    from .preview import preview

    with _telling() as tell:
        said = read_anew(tracker, tell=tell, jobs=jobs)
    found = preview(tracker, said.content, said.fresh, said.kept)
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in found.diff:
        click.echo(click.style(line, fg=colours.get(line[:1])))
    for line in found.owned:
        click.echo(line)
    click.echo(f"{_count(found.files, 'file')} would change; {_count(len(found.owned), 'field')} of yours would stay")


@cli.command()
@click.argument("names", metavar="[FILE]...", nargs=-1)
@click.pass_obj
def adopt(tracker: Path, names: tuple[str, ...]) -> None:
    """Move edits below the machine's line above it. FILE is a file of content/; all of them by default."""
    from .adopt import adopt as adopt_edits

    moved, problems = adopt_edits(_existing(tracker), names)
    for line in moved:
        click.echo(line)
    click.echo(f"adopted: {_count(len(moved), 'edit')}")
    _report(problems, False, "")


@cli.command()
@strict
@jobs
@click.pass_obj
def render(tracker: Path, strict: bool, jobs: int | None) -> None:
    """Make site/ from content/."""
    _finish(_run(_existing(tracker), "render", jobs), tracker, strict)


@cli.command()
@strict
@click.pass_obj
def check(tracker: Path, strict: bool) -> None:
    """Look for what is wrong in seeds/ and content/; write nothing."""
    from .loading import check as check_tracker

    _report(check_tracker(_existing(tracker)), strict, "nothing found to mend")


@cli.command()
@click.argument("id", metavar="ID")
@click.pass_obj
def explain(tracker: Path, id: str) -> None:
    """Tell how a record came to be. ID is an id, a name or a file of content/ or seeds/."""
    from .explain import explain as explain_record
    from .loading import load
    from .reread import passed_over, reread

    known = load(_existing(tracker))
    if not known.decoded:
        raise ContentError(known.problems)
    told = explain_record(
        known.corpus,
        id,
        known.filed,
        known.ledger,
        lambda entry: reread(tracker, known, entry),
        lambda: _stories(tracker),
        lambda article: passed_over(tracker, known, article),
    )
    click.echo(told, nl=False)


def _stories(tracker: Path) -> Mapping[str, Membership]:
    """The story of each article; none where the tracker cannot be read anew as it is."""
    from .build import read_anew

    try:
        return read_anew(tracker).stories
    except (ContentError, UsageError):
        return {}


@cli.command()
@click.argument("format", metavar="csv|json|atom", type=click.Choice(["csv", "json", "atom"]))
@click.option(
    "--out", type=click.Path(path_type=Path), default="-", metavar="FILE", help="Where to; - is standard output."
)
@strict
@click.pass_obj
def export(tracker: Path, format: str, out: Path, strict: bool) -> None:
    """Write all entries as csv, the whole tracker as json, or its feed as atom."""
    from .export import export as export_tracker

    data, problems = export_tracker(_existing(tracker), format)
    if out == Path("-"):
        sys.stdout.buffer.write(data)
    else:
        write_if_changed(out, data)
    _report(problems, strict, "")


# --------------------------------------------------------------------------------------------- decisions

dry_run = click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")


def _noted(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every verb that writes a line of content/decisions.yaml."""
    command = click.option("--on", default="", metavar="DATE", help="The day of the decision.")(command)
    command = click.option("--why", default="", metavar="WORDS", help="The reason, for who reads it later.")(command)
    command = click.option("--by", default="", metavar="NAME", help="Who decides.")(command)
    return click.pass_obj(dry_run(command))


def _decide(tracker: Path, make: Callable[[Known], Decision], dry_run: bool, **noted: str) -> None:
    """Make a decision of what was typed, and tell what it does."""
    from .verbs import open_tracker, record

    known = open_tracker(_existing(tracker))
    _tell(record(tracker, known, make(known), dry_run=dry_run, **noted))


def _tell(done: Decided) -> None:
    click.echo(done.said)
    least = "at least " if done.reads_anew else ""
    click.echo(f"{least}{_count(done.pages, 'page')} of the site {'changes' if done.pages == 1 else 'change'}")
    if done.line:
        click.echo(f"content/decisions.yaml:{done.line}; dateline build brings it to the site")


@cli.command()
@click.argument("records", metavar="A B...", nargs=-1, required=True)
@_noted
def same(tracker: Path, records: tuple[str, ...], **noted: Any) -> None:
    """Say that records are one; A stays. Each by id, name or file."""
    from . import verbs

    _decide(tracker, lambda known: verbs.same(known, records), **noted)


@cli.command()
@click.argument("records", metavar="A B...", nargs=-1, required=True)
@_noted
def different(tracker: Path, records: tuple[str, ...], **noted: Any) -> None:
    """Say that records are never one."""
    from . import verbs

    _decide(tracker, lambda known: verbs.different(known, records), **noted)


@cli.command()
@click.argument("record", metavar="A")
@click.option("--name", "forms", multiple=True, required=True, metavar="FORM", help="The name as articles have it.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="Only in this article; by default in all.")
@click.option("--into", required=True, metavar="B", help="Whose the mentions are: a record, or a new one's name.")
@_noted
def split(
    tracker: Path, record: str, forms: tuple[str, ...], articles: tuple[str, ...], into: str, **noted: Any
) -> None:
    """Give mentions of the actor or event A to another one."""
    from . import verbs

    _decide(tracker, lambda known: verbs.split(known, record, forms, articles, into), **noted)


@cli.command()
@click.argument("record", metavar="X", required=False)
@click.option("--name", default="", metavar="NAME", help="Make no actor of this name.")
@_noted
def drop(tracker: Path, record: str | None, name: str, **noted: Any) -> None:
    """Publish the entry, actor or event X no more, however it is read later."""
    from . import verbs

    if bool(record) == bool(name):
        raise UsageError("`drop` takes a record or a name", 'dateline drop X, or dateline drop --name "Read More"')
    _decide(tracker, lambda known: verbs.drop(known, record) if record else verbs.drop_name(name), **noted)


@cli.command()
@click.argument("record", metavar="X")
@click.argument("name")
@_noted
def rename(tracker: Path, record: str, name: str, **noted: Any) -> None:
    """Give the actor or event X another name and address."""
    from . import verbs

    _decide(tracker, lambda known: verbs.rename(known, record, name), **noted)


@cli.command()
@click.argument("record", metavar="X")
@click.argument("field", metavar="when|label|place|number|doer")
@click.argument("value")
@_noted
def prefer(tracker: Path, record: str, field: str, value: str, **noted: Any) -> None:
    """Show this of the happening or event X where reports differ."""
    from . import verbs

    _decide(tracker, lambda known: verbs.prefer(known, record, field, value), **noted)


@cli.command()
@click.argument("number", metavar="[N]", type=int, required=False)
@dry_run
@click.pass_obj
def undo(tracker: Path, number: int | None, dry_run: bool) -> None:
    """Take back decision N, by default the last one."""
    from .verbs import open_tracker
    from .verbs import undo as take_back

    _tell(take_back(tracker, open_tracker(_existing(tracker), to_undo=True), number, dry_run))


@cli.command()
@click.pass_obj
def decisions(tracker: Path) -> None:
    """List what was decided, each with its number."""
    from .verbs import listed

    for line in listed(_existing(tracker)):
        click.echo(line)


def _existing(tracker: Path) -> Path:
    if not (tracker / "seeds").is_dir() and not (tracker / "content").is_dir():
        raise UsageError(f"no tracker in {tracker}: neither seeds/ nor content/", "make one: dateline new FOLDER")
    return tracker


def _run(tracker: Path, verb: Literal["build", "render"], jobs: int | None) -> Summary:
    """A run, or the last one told again."""
    from .last import full, run

    with _telling() as tell:
        return run(tracker, verb, full(tracker, verb, tell, jobs), jobs)


@contextmanager
def _telling() -> Iterator[Tell]:
    """For what may take long: whom to tell how far it is, which a terminal shows."""
    from .progress import Progress, silent

    gc.set_threshold(GARBAGE)
    if sys.stderr is None or not sys.stderr.isatty():
        yield silent
        return
    progress = Progress(lambda text: click.echo(text, nl=False, err=True))
    try:
        yield progress
    finally:
        progress.close()


def _finish(done: Summary, tracker: Path, strict: bool) -> None:
    """What a run did, in a line a part, then its problems."""
    if done.known is not None:
        things = ("article", "entry", "actor", "event")
        click.echo("known: " + ", ".join(map(_count, done.known, things)))
        for files, words in ((done.undated, "undated"), (done.estimated, "date only estimated")):
            if files:
                told = f"{words}: {_count(len(files), 'article')}"
                click.echo(f"{told}; write published: above the line of {_few(files)}")
        if done.absent:
            kept = f"{_count(len(done.absent), 'article')}, kept as known"
            click.echo(f"without text: {kept}; to take one out, delete its file: {_few(done.absent)}")
    if told := _made_anew(done.work):
        click.echo(told)
    if done.content_written is not None:
        click.echo(f"content: {_count(done.content_written, 'file')} changed")
    if (site := done.site) is not None:
        click.echo(f"site: {_count(site.written, 'file')} written, {site.same} the same, {site.removed} removed")
        if done.note:
            click.echo(done.note)
        click.echo(f"open {(tracker / 'site' / 'index.html').as_posix()}")
    _report(done.problems, strict, "")


def _made_anew(work: Work) -> str:
    """What was not as it had been kept: "made anew: 1 reading of 5, 12 pages of 63"; "" where nothing was asked."""
    things = ((work.read, work.read + work.kept, "reading"), (work.rendered, work.pages, "page"))
    told = ", ".join(f"{_count(made, thing)} of {of}" for made, of, thing in things if of)
    return f"made anew: {told}" if told else ""


def _few(files: Sequence[str]) -> str:
    return visible(first_few(files))


def _count(number: int, thing: str) -> str:
    plural = {"entry": "entries"}.get(thing, f"{thing}s")
    return f"{number} {thing if number == 1 else plural}"


def _report(problems: Iterable[Problem], strict: bool, none: str) -> None:
    """All problems, sorted, then a count; exits 1 where there are errors."""
    listed = sorted(problems, key=lambda problem: problem.sort_key)
    for problem in listed:
        colour = "red" if problem.severity == "error" else "yellow"
        text = format_problem(problem)
        mark = f"{problem.severity}[{problem.slug}]"
        click.echo(text.replace(mark, click.style(mark, fg=colour, bold=True), 1), err=True)
    errors = sum(problem.severity == "error" for problem in listed)
    if listed:
        click.echo(f"{_count(errors, 'error')}, {_count(len(listed) - errors, 'warning')}", err=True)
    elif none:
        click.echo(none)
    if errors or (strict and listed):
        sys.exit(1)


def main() -> None:
    """The console script: `cli`, with every error as a line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a folder's name may be no text
    try:
        cli(standalone_mode=True)
    except ContentError as error:
        _report(error.problems, False, "")
    except UsageError as error:
        click.echo(f"dateline: {visible(str(error))}" + _hinted(error.hint), err=True)
        sys.exit(2)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"dateline: {visible(f'{where}{error.strerror or error}')}" + _hinted(hint_of(error)), err=True)
        sys.exit(1)
    except Exception as error:
        words = visible(f"{type(error).__name__}: {error}"[:200])
        click.echo(f"dateline: a fault of its own, not of your files ({words})" + _hinted(_reported()), err=True)
        sys.exit(3)
    finally:
        gc.freeze()  # what is left goes with the process: Python would search it all once more


def _hinted(hint: str) -> str:
    return f"\n    hint: {visible(hint)}" if hint else ""


def _reported() -> str:
    """Put the traceback of what went wrong into a file; returns what to do with it, or why there is none."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="backslashreplace", prefix="dateline-", suffix=".txt", delete=False
        ) as report:
            traceback.print_exc(file=report)
    except OSError as error:
        return f"please report it; its traceback cannot be kept ({error.strerror})"
    return f"please report it with {report.name}"
