"""Which files lie in `seeds/`: links are followed, circles end, and what is no file is told.

Links are followed after all else, so that a text goes by its own name where it has one; no folder is read twice.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .problems import Problem, Where, first_few

Known = tuple[int, int]
"""A folder by its device and inode, however it was come by."""


def seed_files(folder: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Every file below `folder` but hidden ones, by its path within it, in order; a warning for what is none."""
    if not os.path.lexists(folder):
        return (), ()
    walk = _Walk(os.fspath(folder))
    walk.everything()
    return tuple(sorted(walk.files)), tuple(walk.problems)


@dataclass(slots=True)
class _Walk:
    folder: str
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: set[Known] = field(default_factory=set)

    def _warning(self, slug: str, message: str, name: str, hint: str = "") -> None:
        path = f"seeds/{name}" if name else "seeds"
        self.problems.append(Problem(slug=slug, message=message, where=Where(path), severity="warning", hint=hint))

    def everything(self) -> None:
        """Take all below the folder, and tell which links lead away from the tracker."""
        self.follow("")
        while self.links:
            links, self.links = sorted(self.links), []
            for name in links:
                self.follow(name)
        if self.outside:
            how = "a link that leads" if len(self.outside) == 1 else "links that lead"
            told = f"read through {how} out of the tracker: {first_few(sorted(self.outside))}"
            hint = "what stands there becomes part of the site: delete links that are not yours"
            self._warning("linked-seed", told, "", hint)

    def follow(self, name: str) -> None:
        """Take what stands at a path, wherever a link leads; "" is the folder itself."""
        path = os.path.join(self.folder, name) if name else self.folder
        try:
            told = os.stat(path)
        except OSError as error:
            why = "in a circle" if error.errno == errno.ELOOP else f"nowhere ({error.strerror})"
            self._warning("broken-link", f"a link that leads {why}; left out", name)
            return
        if os.path.islink(path) and self._leads_out(path):
            self.outside.append(name or "seeds")
        if not stat.S_ISDIR(told.st_mode):
            self._take(name, told.st_mode)
        elif (told.st_dev, told.st_ino) in self.seen:
            self._warning("duplicate-seed", "leads to a folder that is read already; left out", name)
        else:
            self._walk(name)

    def _leads_out(self, path: str) -> bool:
        tracker = os.path.realpath(os.path.dirname(self.folder) or ".")
        return not Path(os.path.realpath(path)).is_relative_to(tracker)

    def _take(self, name: str, mode: int) -> None:
        if stat.S_ISREG(mode) and name:
            self.files.append(name)
        else:
            what = "is no folder" if stat.S_ISREG(mode) else "is no file but a pipe, socket or device"
            self._warning("special-seed", f"{what}; left out", name)

    def _walk(self, top: str) -> None:
        """Every file below a folder, links put aside; without recursion, for there is no end to nesting."""
        waiting = [top]
        while waiting:
            here = waiting.pop()
            try:
                entries = self._entries(here)
            except OSError as error:
                self._warning("unreadable-seed", f"a folder that cannot be read ({error.strerror}); left out", here)
                continue
            for entry in entries:
                name = f"{here}/{entry.name}" if here else entry.name
                if entry.is_symlink():
                    self.links.append(name)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(name)
                elif entry.is_file(follow_symlinks=False):
                    self.files.append(name)
                else:
                    self._take(name, 0)

    def _entries(self, name: str) -> Iterator[os.DirEntry[str]]:
        path = os.path.join(self.folder, name) if name else self.folder
        told = os.stat(path)
        if (told.st_dev, told.st_ino) in self.seen:
            return iter(())
        self.seen.add((told.st_dev, told.st_ino))
        with os.scandir(path) as listed:
            return iter([entry for entry in listed if not entry.name.startswith(".")])
