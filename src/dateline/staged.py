"""The files of a site as they are made: on disk beside the site until all of them are there, not in memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path

from .files import digest_of, hint_of
from .problems import UsageError

STAGING = ".dateline-new-"
"""How the names of folders begin in which files wait."""

Waiting = tuple[dict[str, str], dict[str, Path]]
"""Path → the digest of a file; and where it waits."""


class Staged(MutableMapping[str, bytes]):
    """Files by path, bound for a folder; leaving the `with` removes what was not moved there.

    `known` are digests of files that stand in the folder: what is the same is not written once more. UsageError where
    the folder cannot take a file.
    """

    def __init__(self, out: Path, known: Mapping[str, str] | None = None) -> None:
        self.out = out
        self.known = known or {}
        self.digests: dict[str, str] = {}
        self._waiting: dict[str, Path] = {}
        self._folder: Path | None = None
        self._number = 0
        self._made_out = False

    def __enter__(self) -> Staged:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._made_out:
            with suppress(OSError):
                self.out.rmdir()  # only an empty one goes

    def __setitem__(self, path: str, data: bytes) -> None:
        digest = self.digests[path] = digest_of(data)
        if self.known.get(path) == digest:
            self._waiting.pop(path, None)
            return
        try:
            waiting = self._waiting.get(path) or self.place() / f"{os.getpid()}-{self._number}"
            waiting.write_bytes(data)
        except OSError as error:
            raise refused(error, self.out, path) from error
        self._waiting[path] = waiting
        self._number += 1

    def __getitem__(self, path: str) -> bytes:
        if path not in self.digests:
            raise KeyError(path)
        return (self._waiting.get(path) or self.out / path).read_bytes()

    def __delitem__(self, path: str) -> None:
        del self.digests[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def take(self) -> Waiting:
        """What was put here since this was last asked: it is forgotten here, and waits on."""
        taken, self.digests, self._waiting = (self.digests, self._waiting), {}, {}
        return taken

    def add(self, taken: Waiting) -> None:
        """Take over what waits in the same folder."""
        digests, waiting = taken
        self.digests |= digests
        self._waiting |= waiting

    def stands(self, path: str) -> bool:
        """Whether the folder holds the file with just these bytes."""
        if path in self.known:
            return self.known[path] == self.digests[path]
        there = os.path.join(self.out, path)
        return os.path.isfile(there) and digest_of(Path(there).read_bytes()) == self.digests[path]

    def make_room(self, paths: Collection[str]) -> None:
        """Make the folders of files that are to be moved, before the first one moves: a full disk may refuse one."""
        for folder in sorted({os.path.dirname(path) for path in paths}):
            (self.out / folder).mkdir(parents=True, exist_ok=True)

    def move(self, path: str) -> None:
        """Put a file that does not stand in the folder into its place there."""
        there = os.path.join(self.out, path)
        try:
            os.replace(self._waiting[path], there)
        except FileNotFoundError:  # there is no such folder yet, or no more
            self.make_room([path])
            os.replace(self._waiting[path], there)

    def sweep(self) -> None:
        """Remove what killed runs left in the folder."""
        for stale in self.out.glob(STAGING + "*"):
            if stale != self._folder:
                shutil.rmtree(stale, ignore_errors=True)

    def place(self) -> Path:
        """The folder where they wait, made where there is none; OSError where it cannot be."""
        if self._folder is None:
            self._made_out = not self.out.exists()
            self.out.mkdir(parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=self.out))
        return self._folder


def refused(error: OSError, out: Path, path: str = "") -> UsageError:
    """What a folder says that cannot take a file; `path`: the one that was waiting for its place."""
    failed = Path(error.filename2 or error.filename or out / path)
    if failed.name.startswith(STAGING):
        failed = out
    elif failed.parent.name.startswith(STAGING):
        failed = out / path
    return UsageError(
        f"cannot write {failed.name}: {error.strerror}", hint_of(error) or "is another build at work there?"
    )
