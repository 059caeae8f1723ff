"""The command line: verbs that translate words into calls and outcomes into lines and exit codes.

0 done; 1 the tracker's files hold errors (with --strict: or warnings); 2 wrong usage; 3 a fault of dateline itself.
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import __version__
from .problems import ContentError, Problem, UsageError, format_problem

if TYPE_CHECKING:
    from .build import Outcome


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def new(folder: Path) -> None:
    """Make a new tracker in FOLDER."""
    from .new import make_tracker

    for line in make_tracker(folder):
        click.echo(line)


@cli.command()
@strict
@click.pass_obj
def build(tracker: Path, strict: bool) -> None:
    """Read seeds/, write content/, make site/."""
    from .build import build as build_tracker

    _finish(build_tracker(_existing(tracker)), tracker, strict)


@cli.command()
@strict
@click.pass_obj
def extract(tracker: Path, strict: bool) -> None:
    """Read seeds/ and write content/."""
    from .build import extract as extract_tracker

    _finish(extract_tracker(_existing(tracker)), tracker, strict)


@cli.command()
@strict
@click.pass_obj
def render(tracker: Path, strict: bool) -> None:
    """Make site/ from content/."""
    from .build import render_site

    _finish(render_site(_existing(tracker)), tracker, strict)


@cli.command()
@strict
@click.pass_obj
def check(tracker: Path, strict: bool) -> None:
    """Look for what is wrong in seeds/ and content/; write nothing."""
    from .build import check as check_tracker

    _report(check_tracker(_existing(tracker)), strict, "nothing found to mend")


@cli.command()
@click.argument("id", metavar="ID")
@click.pass_obj
def explain(tracker: Path, id: str) -> None:
    """Tell how a record came to be. ID is an id, a name or a file of content/."""
    from .explain import explain as explain_record
    from .store import corpus_of, load_content

    content, problems = load_content(_existing(tracker))
    corpus, more = corpus_of(content)
    if any(problem.severity == "error" for problem in (*problems, *more)):
        raise ContentError((*problems, *more))
    click.echo(explain_record(corpus, id), nl=False)


def _existing(tracker: Path) -> Path:
    if not (tracker / "seeds").is_dir() and not (tracker / "content").is_dir():
        raise UsageError(f"no tracker in {tracker}: neither seeds/ nor content/", "make one: dateline new FOLDER")
    return tracker


def _finish(outcome: Outcome, tracker: Path, strict: bool) -> None:
    """What a run did, in a line a part, then its problems."""
    if outcome.corpus is not None:
        known = outcome.corpus
        things = (
            (known.articles, "article"),
            (known.entries, "entry"),
            (known.actors, "actor"),
            (known.events, "event"),
        )
        click.echo("known: " + ", ".join(_count(len(records), thing) for records, thing in things))
    if outcome.content_written is not None:
        click.echo(f"content: {_count(outcome.content_written, 'file')} changed")
    if (site := outcome.site) is not None:
        click.echo(f"site: {_count(site.written, 'file')} written, {site.same} the same, {site.removed} removed")
        click.echo(f"open {(tracker / 'site' / 'index.html').as_posix()}")
    _report(outcome.problems, strict, "")


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
    try:
        cli(standalone_mode=True)
    except ContentError as error:
        _report(error.problems, False, "")
    except UsageError as error:
        click.echo(f"dateline: {error}" + (f"\n    hint: {error.hint}" if error.hint else ""), err=True)
        sys.exit(2)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"dateline: {where}{error.strerror or error}", err=True)
        sys.exit(1)
    except Exception as error:
        with tempfile.NamedTemporaryFile("w", prefix="dateline-", suffix=".txt", delete=False) as report:
            traceback.print_exc(file=report)
        words = f"{type(error).__name__}: {error}"
        click.echo(f"dateline: a fault of its own, not of your files ({words[:200]})", err=True)
        click.echo(f"    hint: please report it with {report.name}", err=True)
        sys.exit(3)
