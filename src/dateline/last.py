"""The short way of a run: where nothing changed since the last one, it is told again, and nothing is read.

Kept is what the last run was made from and what it made, as digests, and its summary; only for a run that found
nothing to write into `content/`, so that the same run again would tell exactly the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from .folders import SITE, TEMPLATES, Prints, UnsureError, load_kept, load_prints, save_kept, signature, surroundings
from .outcome import Summary, Work, Written
from .problems import Problem, Where
from .progress import Tell, silent

Verb = Literal["build", "render"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a run did."""

    summary: Summary
    site: Mapping[str, str]
    """The digests of the files that it put into `site/`, by path."""
    as_told: bool
    """Whether it read the files of records only as its prints tell them."""
    keep: Callable[[], None]
    """Keeps the pages that were made, for as long as the templates are the same."""


INPUTS = ("seeds/", "content/", *TEMPLATES)
MANY = 512
"""With more files written, all are looked at again."""
_FORM = 1


def run(tracker: Path, verb: Verb, make: Callable[[Prints | None], Made], jobs: int | None = 1) -> Summary:
    """Do what `make` does, or tell again what it did where nothing changed since.

    `make` is given the files as they are; None where they cannot be known without being read. `jobs` are those of
    `build.build`.
    """
    try:
        now = load_prints(tracker).look_again(jobs)
    except (UnsureError, OSError):
        return make(None).summary
    if told := _recall(tracker, verb, now):
        return told
    made = make(now)
    with suppress(UnsureError, OSError):  # nothing is lost but time
        _remember(tracker, verb, now, made)
    return made.summary


def full(tracker: Path, verb: Verb, tell: Tell = silent, jobs: int | None = 1) -> Callable[[Prints | None], Made]:
    """The whole run, as `run` wants it; `tell` is told how far it is, and `jobs` are those of `build.build`."""

    def make(prints: Prints | None) -> Made:
        if verb == "build":
            from .build import build

            outcome, told = build(tracker, prints, tell, jobs), False
        else:
            from .publish import render_site

            outcome = render_site(tracker, prints=prints, tell=tell, jobs=jobs)
            told = outcome.as_told
        keep = outcome.kept.save if outcome.kept else lambda: None
        return Made(summary=outcome.summary(), site=outcome.files, as_told=told, keep=keep)

    return make


def _frame() -> list[object]:
    return [_FORM, signature(), surroundings()]


def _recall(tracker: Path, verb: Verb, now: Prints) -> Summary | None:
    """What the last run told, if it was made by this program from these files and they all stand as it left them."""
    kept = load_kept(tracker, f"{verb}.json")
    try:
        if isinstance(kept, list) and kept[:2] == [_frame(), now.total()]:
            return decode(kept[2])
    except (TypeError, ValueError, KeyError, IndexError):
        pass
    return None


def _remember(tracker: Path, verb: Verb, before: Prints, made: Made) -> None:
    """Keep what a run told, if nobody changed anything while it ran."""
    after = _look_behind(before, made) if made.as_told else before.look_again()
    after.save()
    changed = after.others_than(before)
    if not any(name.startswith(TEMPLATES) for name in changed):
        made.keep()
    if made.summary.content_written or any(name.startswith(INPUTS) for name in changed):
        return
    stands = {**before.of(SITE)}
    stands.update((name[len(SITE) :], after.digests.get(name, "")) for name in changed if name.startswith(SITE))
    if any(stands.get(path) != told for path, told in made.site.items()):
        return
    site = Written(written=0, same=len(made.site), removed=0)
    summary = replace(made.summary, site=site, work=Work())
    save_kept(tracker, f"{verb}.json", [_frame(), after.total(), encode(summary)])


def _look_behind(before: Prints, made: Made) -> Prints:
    """The files as they are behind a run: where it left most alone, these are not looked at once more."""
    there = before.of(SITE)
    wrote = [path for path, told in made.site.items() if there.get(path) != told]
    besides = [path for path in there.keys() - made.site.keys() if path and not path.endswith("/")]
    stand = all(os.path.exists(before.tracker / SITE / path) for path in besides)
    if len(wrote) > MANY or not stand or not made.site.keys() <= there.keys():
        return before.look_again()
    return before.look_behind([f"{SITE}{path}" for path in (*wrote, *besides)])


def encode(summary: Summary) -> dict[str, Any]:
    """A summary as plain values."""
    return asdict(summary)


def decode(plain: dict[str, Any]) -> Summary:
    """A summary from its plain values."""
    problems = tuple(Problem(**{**told, "where": Where(**told["where"])}) for told in plain["problems"])
    site = None if plain["site"] is None else Written(**plain["site"])
    known = None if plain["known"] is None else tuple(plain["known"])
    named = {part: tuple(plain[part]) for part in ("undated", "estimated", "absent")}
    work = Work(**plain["work"])
    return Summary(**{**plain, **named, "problems": problems, "site": site, "known": known, "work": work})
