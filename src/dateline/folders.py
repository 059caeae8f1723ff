"""The folders of a tracker, and how their files are known to be the same without being read.

A file is known by size, times of change (nanoseconds) and inode, as git's index knows it. Where these are as they were
noted, and older than the note, so are its bytes. Where they differ, or the file was saved so shortly before the note
that a second save might not show (git's "racy" files), the bytes are read and their digest tells.
"""

from __future__ import annotations

import json
import marshal
import os
import stat
import sys
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from . import __version__
from .files import digest_of, later_than, read_file, sweep, write_beside
from .presses import Presses, presses

FOLDER = ".dateline"
"""Where a tracker keeps what makes runs quick; never needed."""
PRINTS = "files.marshal"
TEMPLATES = ("templates/", "shipped/")
"""How the paths of templates begin."""
RECORDS = ("content/articles/", "content/actors/", "content/events/")
"""How the paths of files begin that tell of a record each."""
SITE = "site/"
_LOOKED_AT = (("seeds", False), ("content", False), ("templates", True), ("site", True))
"""The folders of a tracker that a build reads or writes, and whether their hidden files count."""
_BESIDE = f"{SITE}articles/"
"""What a copy of this process looks at; of most trackers it holds two fifths of all files."""
_LIGHT = 10
"""So many files are looked at while one page is made, by which it is known when another process is worth its start."""
_MARK = "mark"
_FORM = 2

_MODULUS = 1 << 128
PLAINEST = 2
"""The form of `marshal` that looks for no object that stands twice: the quickest, and the same for equal values."""

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
    found: dict[str, Print] = {}
    _walk(here, "", False, found)
    kept = sorted((name, at[:2]) for name, at in found.items() if not name.endswith((".pyc", "/")))
    return digest_of(f"{__version__}{kept}".encode())


@cache
def surroundings() -> str:
    """What this program runs on: Python, and the installed distributions with their versions."""
    found = []
    for place in sys.path:
        with suppress(OSError), os.scandir(place or ".") as listed:
            found += [(e.name, e.stat().st_mtime_ns) for e in listed if e.name.endswith((".dist-info", ".egg-info"))]
    return digest_of(f"{sys.version}{sorted(found)}".encode())


# --------------------------------------------------------------------------------------------- looking


def look(tracker: Path, besides: Container[str] = ()) -> dict[str, Print]:
    """Every file that a build reads or writes, by its path within the tracker; `shipped/` for shipped templates.

    Folders `besides` which it should look, told as `site/`, are left out. UnsureError where looking does not tell
    enough.
    """
    found: dict[str, Print] = {}
    for folder, hidden in _LOOKED_AT:
        if f"{folder}/" not in besides:
            _walk(os.path.join(tracker, folder), f"{folder}/", hidden, found, besides)
    _walk(str(template_dirs(tracker)[-1]), "shipped/", True, found)
    return found


def _walk(folder: str, prefix: str, hidden: bool, found: dict[str, Print], besides: Container[str] = ()) -> None:
    """Put what lies in a folder into `found`."""
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
        found[prefix] = _A_FOLDER
        for entry in entries:
            name = entry.name
            if not hidden and name[0] == ".":
                continue
            if not entry.is_dir(follow_symlinks=False):
                found[prefix + name] = _print_at(entry.path)
            elif f"{prefix}{name}/" not in besides:
                waiting.append((entry.path, f"{prefix}{name}/"))


def _print_at(path: str) -> Print:
    try:
        told = os.stat(path)  # an entry's own stat lacks inode and time on some systems
    except FileNotFoundError:
        return _BROKEN
    except OSError as error:
        raise UnsureError(path) from error
    if stat.S_IFMT(told.st_mode) != stat.S_IFREG:
        raise UnsureError(path)
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
    sum: int = 0
    """Of the weights of all files; see `total`."""
    _below: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def look_again(self, jobs: int | None = 1) -> Prints:
        """The files as they are now; read is only what these prints do not tell. Raises UnsureError, OSError.

        Where there are many and `jobs` lets two processes work, a copy of this one looks at some of them.
        """
        now = Prints(self.tracker, mark(self.tracker))
        if presses(jobs, len(self.files) // _LIGHT) == 1:
            now.files = look(self.tracker)
            return self._known(now, self.files.keys() - now.files.keys(), self._others(now.files))
        with Presses(2, 1, self._look_beside, int) as copy:
            here = look(self.tracker, (_BESIDE,))
            others = self._others(here)
            gone = [name for name in self.files if name not in here and not name.startswith(_BESIDE)]
            more, lost = copy.results()[0]
        others |= more
        now.files = self.files | others
        return self._known(now, [*gone, *lost], others)

    def _look_beside(self, _: int) -> tuple[dict[str, Print], list[str]]:
        """What a copy of this process is to tell of the files it looks at: others than before, and those that went."""
        found: dict[str, Print] = {}
        _walk(os.path.join(self.tracker, _BESIDE), _BESIDE, True, found)
        return self._others(found), [name for name in self.files if name.startswith(_BESIDE) and name not in found]

    def _others(self, looked: Mapping[str, Print]) -> dict[str, Print]:
        """The files that are not as they were, or that may not be though they seem so."""
        before, since = self.files, self.marked
        return {
            name: told
            for name, told in looked.items()
            if before.get(name) != told or told[1] >= since or told[2] >= since
        }

    def look_behind(self, wrote: Iterable[str]) -> Prints:
        """The files behind a run that read those of records as they are told here, and of `site/` `wrote` only some.

        None came or went there. What somebody else did meanwhile to files of records, or to others of `site/`, the
        next look finds. Raises UnsureError, OSError.
        """
        paths = {name: os.path.join(self.tracker, name) for name in wrote}
        racy = (name for name, told in self.files.items() if told[1] >= self.marked or told[2] >= self.marked)
        paths |= {name: os.path.join(self.tracker, name) for name in racy if name.startswith((*RECORDS, SITE))}
        latest = max((max(_print_at(path)[1:3]) for path in paths.values()), default=0)
        later_than(latest, lambda: mark(self.tracker))  # so that the next run need not read them once more
        marked = mark(self.tracker)
        looked = look(self.tracker, (*RECORDS, SITE))
        gone = [name for name in self.files if name not in looked and not name.startswith((*RECORDS, SITE))]
        looked |= {name: _print_at(path) for name, path in paths.items()}
        return self._known(Prints(self.tracker, marked, self.files | looked), gone, self._others(looked))

    def _known(self, now: Prints, gone: Iterable[str], others: Iterable[str]) -> Prints:
        """Prints that begin with files alone, now with their digests: of those that are `gone`, and of `others`."""
        now.digests = self.digests.copy()
        for name in gone:
            now.files.pop(name, None)
            del now.digests[name]
        for name in others:
            now.digests[name] = now.digest(name) if now.files[name][0] >= 0 else ""
        now.sum = self.sum
        for name in {*gone, *others}:
            now.sum += _weight(name, now.digests.get(name)) - _weight(name, self.digests.get(name))
        return now

    def others_than(self, before: Prints) -> list[str]:
        """The files that came, went or hold other bytes than before."""
        if self.digests == before.digests:
            return []
        told, now = before.digests, self.digests
        return [*(told.keys() - now.keys()), *(name for name, digest in now.items() if told.get(name) != digest)]

    def digest(self, name: str) -> str:
        """The digest of a file's bytes as they are now."""
        head, _, rest = name.partition("/")
        path = template_dirs(self.tracker)[-1] / rest if head == "shipped" else self.tracker / name
        return digest_of(read_file(path))

    def total(self) -> str:
        """What all files come to: the sum of their digests, which a run need not reckon from all of them."""
        return f"{self.sum % _MODULUS:032x}"

    def of(self, folder: str) -> Mapping[str, str]:
        """The digests of the files below a folder of the tracker, by their path within it."""
        found = self._below.get(folder)
        if found is None:
            start = len(folder)
            found = {name[start:]: told for name, told in self.digests.items() if name.startswith(folder)}
            self._below[folder] = found
        return found

    def save(self) -> None:
        """Keep them for the next run."""
        told = [self.files[name] for name in self.digests]
        value = [_FORM, self.marked, [*self.digests], told, [*self.digests.values()], self.total()]
        save_plain(self.tracker, PRINTS, value)


def _weight(name: str, digest: str | None) -> int:
    """What a file adds to the sum of all; one that is not there adds nothing."""
    return 0 if digest is None else int(digest_of(f"{name}\0{digest}".encode("utf-8", "surrogatepass")), 16)


def load_prints(tracker: Path) -> Prints:
    """The prints of the last run; none where they cannot be had."""
    prints = Prints(tracker)
    try:
        form, marked, names, told, digests, total = load_plain(tracker, PRINTS)
        if form == _FORM:
            files, known = dict(zip(names, told, strict=True)), dict(zip(names, digests, strict=True))
            prints = Prints(tracker, int(marked), files, known, int(total, 16))
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
    _save(tracker, name, data)


def load_kept(tracker: Path, name: str) -> Any:
    """What was kept under a name; None where there is nothing whole."""
    data = _load(tracker, name)
    return None if data is None else json.loads(data)


def save_plain(tracker: Path, name: str, value: Any) -> None:
    """Keep plain values as `marshal` writes them, several times as quick as JSON, with a checksum before them."""
    _save(tracker, name, marshal.dumps(value, PLAINEST))


def load_plain(tracker: Path, name: str) -> Any:
    """What `save_plain` kept under a name; None where there is nothing whole."""
    try:
        data = _load(tracker, name)
        return None if data is None else marshal.loads(data)
    except (ValueError, TypeError, EOFError):
        return None


def _save(tracker: Path, name: str, data: bytes) -> None:
    path = kept_folder(tracker) / name
    os.replace(write_beside(path, f"{digest_of(data)}\n".encode() + data), path)


def _load(tracker: Path, name: str) -> bytes | None:
    try:
        told, _, data = read_file(tracker / FOLDER / name).partition(b"\n")
    except OSError:
        return None
    return data if told.decode("ascii", "replace") == digest_of(data) else None
