"""The folders of a tracker, and how their files are known to be the same without being read.

A file is known by size, times of change (nanoseconds) and inode, as git's index knows it. Where these are as they were
noted, and older than the note, so are its bytes. Where they differ, or the file was saved so shortly before the note
that a second save might not show (git's "racy" files), the bytes are read and their digest tells.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from . import __version__
from .files import digest_of, read_file, sweep, write_beside

FOLDER = ".dateline"
"""Where a tracker keeps what makes runs quick; never needed."""
PRINTS = "files.json"
TEMPLATES = ("templates/", "shipped/")
"""How the paths of templates begin."""
_MARK = "mark"
_FORM = 1

Print = tuple[int, int, int, int]
"""Size, time of the last change of the bytes, of the file's record, and inode; negative for what is no file."""
_A_FOLDER: Print = (-1, 0, 0, 0)
_BROKEN: Print = (-2, 0, 0, 0)


class UnsureError(Exception):
    """A folder holds what cannot be known without being read: a linked folder, a pipe, something unreadable."""


def template_dirs(tracker: Path) -> tuple[Path, ...]:
    """Where templates are looked for, first place first."""
    package = Path(__file__).parent / "templates"
    shipped = package if package.is_dir() else Path(__file__).parents[2] / "templates"
    own = tracker / "templates"
    if not own.is_dir() or own.resolve() == shipped.resolve():
        return (shipped,)
    return own, shipped


@cache
def signature() -> str:
    """What this program is made of: its version, and the size and time of every file of the package."""
    here = os.path.dirname(os.path.abspath(__file__))
    found = {name: at[:2] for name, at in _walk(here, "", False) if not name.endswith((".pyc", "/"))}
    return digest_of(f"{__version__}{sorted(found.items())}".encode())


@cache
def surroundings() -> str:
    """What this program runs on: Python, and the installed distributions with their versions."""
    found = []
    for place in sys.path:
        with suppress(OSError), os.scandir(place or ".") as listed:
            found += [(e.name, e.stat().st_mtime_ns) for e in listed if e.name.endswith((".dist-info", ".egg-info"))]
    return digest_of(f"{sys.version}{sorted(found)}".encode())


# --------------------------------------------------------------------------------------------- looking


def look(tracker: Path) -> dict[str, Print]:
    """Every file that a build reads or writes, by its path within the tracker; `shipped/` for shipped templates.

    Raises UnsureError where looking does not tell enough.
    """
    found: dict[str, Print] = {}
    for folder, hidden in (("seeds", False), ("content", False), ("templates", True), ("site", True)):
        found.update(_walk(os.path.join(tracker, folder), f"{folder}/", hidden))
    shipped = template_dirs(tracker)[-1]
    found.update(_walk(str(shipped), "shipped/", True))
    return found


def _walk(folder: str, prefix: str, hidden: bool) -> Iterator[tuple[str, Print]]:
    waiting = [(folder, prefix)]  # no recursion: there is no end to nesting
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as listed:
                entries = list(listed)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise UnsureError(folder) from error
        yield prefix, _A_FOLDER
        for entry in entries:
            name = entry.name
            if not hidden and name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{name}/"))
            else:
                yield prefix + name, _print_of(entry)


def _print_of(entry: os.DirEntry[str]) -> Print:
    try:
        told = os.stat(entry.path)  # an entry's own stat lacks inode and time on some systems
    except FileNotFoundError:
        return _BROKEN
    except OSError as error:
        raise UnsureError(entry.path) from error
    if not stat.S_ISREG(told.st_mode):
        raise UnsureError(entry.path)
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


# --------------------------------------------------------------------------------------------- knowing


@dataclass(slots=True)
class Prints:
    """The files of a tracker as they were looked at, with the digests of their bytes."""

    tracker: Path
    marked: int = 0
    """When looking began, by the clock of the tracker's file system; what was saved since then is racy."""
    files: dict[str, Print] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def look_again(self) -> Prints:
        """The files as they are now; read is only what these prints do not tell. Raises UnsureError, OSError."""
        now = Prints(self.tracker, mark(self.tracker), look(self.tracker))
        for name, told in now.files.items():
            if self.files.get(name) == told and max(told[1], told[2]) < self.marked:
                now.digests[name] = self.digests[name]
            else:
                now.digests[name] = now.digest(name) if told[0] >= 0 else ""
        return now

    def digest(self, name: str) -> str:
        """The digest of a file's bytes as they are now."""
        head, _, rest = name.partition("/")
        path = template_dirs(self.tracker)[-1] / rest if head == "shipped" else self.tracker / name
        return digest_of(read_file(path))

    def total(self) -> str:
        """What all files come to."""
        return digest_of(json.dumps(sorted(self.digests.items())).encode())

    def of(self, folder: str) -> Mapping[str, str]:
        """The digests of the files below a folder of the tracker, by their path within it."""
        return {name.removeprefix(folder): told for name, told in self.digests.items() if name.startswith(folder)}

    def save(self) -> None:
        """Keep them for the next run."""
        rows = [[name, *self.files[name], told] for name, told in self.digests.items()]
        save_kept(self.tracker, PRINTS, [_FORM, self.marked, rows])


def load_prints(tracker: Path) -> Prints:
    """The prints of the last run; none where they cannot be had."""
    prints = Prints(tracker)
    try:
        form, marked, rows = load_kept(tracker, PRINTS)
        if form == _FORM:
            files = {name: (size, written, changed, inode) for name, size, written, changed, inode, _ in rows}
            prints = Prints(tracker, int(marked), files, {row[0]: row[5] for row in rows})
    except (TypeError, ValueError):
        pass
    return prints


def mark(tracker: Path) -> int:
    """What the clock of the tracker's file system says now; what killed runs left of what they kept goes."""
    folder = kept_folder(tracker)
    sweep(folder)
    path = folder / _MARK
    path.unlink(missing_ok=True)  # never written into: it may be a link
    path.touch(exist_ok=False)
    return path.stat().st_mtime_ns


def kept_folder(tracker: Path) -> Path:
    """The folder of what is kept, made where there is none."""
    folder = tracker / FOLDER
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("# kept readings: never needed, not to be shared\n*\n", encoding="utf-8")
    return folder


def save_kept(tracker: Path, name: str, value: Iterable[object]) -> None:
    """Keep a list of plain things, with a checksum before it; each is spelt before the next one is asked for."""
    data = b"[%b]" % b",".join(json.dumps(item, separators=(",", ":")).encode() for item in value)
    path = kept_folder(tracker) / name
    os.replace(write_beside(path, f"{digest_of(data)}\n".encode() + data), path)


def load_kept(tracker: Path, name: str) -> Any:
    """What was kept under a name; None where there is nothing whole."""
    try:
        told, _, data = read_file(tracker / FOLDER / name).partition(b"\n")
    except OSError:
        return None
    if told.decode("ascii", "replace") != digest_of(data):
        return None
    return json.loads(data)
