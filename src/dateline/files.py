"""Whole files only: one writer at a time, changes that come together or not at all, nothing lost that a person saved.

Changes are written beside their files, then listed in a journal, and only then renamed into place. A run that is
killed before the journal stands has changed nothing; after that, the next writer finishes what it began. Right before
each rename the file is compared with what was read: where somebody saved it meanwhile, the change is made anew.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .problems import UsageError

LOCK = ".lock"
JOURNAL = ".journal"
PATIENCE = 10.0
"""Seconds that a writer waits for another one."""
_PAUSE = 0.05
_TICKS, _TICK = 50, 0.001
"""How often a clock is looked at that should go on, and how long it is waited in between."""
_SAFELY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""How a file is opened of which it is not sure that it is one: nobody is waited for at the end of a pipe."""
_FEW = 64
"""Up to so many files are flushed one by one (about 5 ms each); beyond that, one flush of the system is cheaper."""
_LEFTOVER = re.compile(r"\..+\.\d+\.new")
_ATTEMPTS = 20


# --------------------------------------------------------------------------------------------- one writer


@contextlib.contextmanager
def only_writer(folder: Path, verb: str, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only process that writes below `folder`; first mend what a killed one left there.

    The system lets go of the lock when its process ends, however that comes about. UsageError, naming the holder,
    after `patience` seconds. Not for threads, nor twice in one process: the lock is the process's.
    """
    path = folder / LOCK
    folder.mkdir(parents=True, exist_ok=True)
    handle = _wait_for(path, time.monotonic() + patience)
    try:
        os.truncate(handle, 0)
        os.write(handle, f"{verb} (process {os.getpid()} on {socket.gethostname()})\n".encode())
        finish_journal(folder)
        sweep(folder)
        yield
    finally:
        _let_go(handle, path)


def _wait_for(path: Path, deadline: float) -> int:
    while True:
        handle = _open_lock(path)
        if _lock(handle) and _stands_at(handle, path):
            return handle
        os.close(handle)
        if time.monotonic() >= deadline:
            hint = "wait until it is done, then try again"
            raise UsageError(f"another dateline is writing here: {_holder(path)}", hint)
        time.sleep(_PAUSE)


def _open_lock(path: Path) -> int:
    """A lock is written into: never where a link leads, nor into a pipe."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | _SAFELY, 0o666)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.EEXIST, "a link stands where the lock should be", str(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EEXIST, "something else stands where the lock should be", str(path))
    return handle


def _stands_at(handle: int, path: Path) -> bool:
    """Whether the open file is still the one at its path: who lets go removes it."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()[:200] or "one that just began"
    except OSError:
        return "one that just ended"


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    _FAR = 1 << 30  # a byte beyond the text, so that others can read who holds the lock

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

    def _let_go(handle: int, path: Path) -> None:
        os.close(handle)
        with contextlib.suppress(OSError):
            path.unlink()  # refused while another has it open

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """A POSIX record lock: unlike flock, a forked worker that outlives its parent does not hold it."""
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EAGAIN):
                return False
            raise
        return True

    def _let_go(handle: int, path: Path) -> None:
        path.unlink(missing_ok=True)
        os.close(handle)


# --------------------------------------------------------------------------------------------- one file


def digest_of(data: bytes | None) -> str:
    """What bytes are known by; "" for no file."""
    return "" if data is None else hashlib.blake2b(data, digest_size=16).hexdigest()


def read_file(path: Path, most: int | None = None) -> bytes:
    """A file's bytes, at most so many where that is told. OSError also for a pipe, a socket or a device: none ends."""
    handle = os.open(path, os.O_RDONLY | _SAFELY)
    with open(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "Is a directory", str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EEXIST, "no file but a pipe, socket or device", str(path))
        return file.read(-1 if most is None else most)


def bytes_at(path: Path) -> bytes | None:
    """A file's bytes; None where there is none. OSError as of `read_file`."""
    try:
        return read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def write_if_changed(path: Path, data: bytes) -> bool:
    """Put `data` at `path` as a whole (a reader sees the old or the new bytes); False where it is there already."""
    if bytes_at(path) == data:
        return False
    beside = write_beside(path, data)
    try:
        _flush([beside])
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return True


def replace_seen(path: Path, data: bytes | None, seen: str) -> None:
    """Put `data` at `path` (None: remove it) where the bytes with the digest `seen` stand; else UsageError."""
    beside = None if data is None else write_beside(path, data)
    _flush([beside] if beside else [])
    if digest_of(bytes_at(path)) != seen:
        if beside:
            beside.unlink()
        raise UsageError(f"{path.name} was saved by somebody else meanwhile", "try again")
    _put(path, beside)


def write_beside(path: Path, data: bytes) -> Path:
    """Write what is to stand at `path` into a hidden neighbour, and say which; OSError, naming `path`, leaves none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(data)
    except OSError as error:  # one of a full disk names no file
        with contextlib.suppress(OSError):
            beside.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from error
    return beside


def later_than(moment: int, clock: Callable[[], int]) -> bool:
    """Wait until the clock of a file system, as `clock` asks it, is past a moment; False where it does not go on."""
    for _ in range(_TICKS):
        if clock() > moment:
            return True
        time.sleep(_TICK)
    return False


def hint_of(error: OSError) -> str:
    """What somebody can do where a file could not be written; "" where the system's words do not tell."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "make room, then try again"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return "look at its permissions"
        case errno.EISDIR | errno.ENOTDIR | errno.EEXIST | errno.ENOTEMPTY:
            return "something else stands in its place: move it away"
    return ""


def sweep(folder: Path) -> int:
    """Remove what killed runs wrote beside files below `folder`; returns how many. Only for who holds the lock."""
    walked = os.walk(folder)
    hidden = ((here, name) for here, _, names in walked for name in names if name[0] == ".")
    leftovers = [Path(here, name) for here, name in hidden if _LEFTOVER.fullmatch(name)]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _flush(paths: Iterable[Path]) -> None:
    """Have files on disk before they are renamed: else a power cut may leave the new name with no bytes."""
    paths = list(paths)
    if len(paths) > _FEW and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


# --------------------------------------------------------------------------------------------- many files


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to become of one file."""

    path: Path
    data: bytes | None
    """None: the file goes."""
    seen: str
    """Digest of the bytes that `data` was made from; "" where no file stood."""
    again: Callable[[bytes | None], bytes | None] = lambda found: found
    """What to write where other bytes are found than were seen; by default they stay."""


def commit(folder: Path, changes: Iterable[Change]) -> int:
    """Make all changes below `folder`, or none if the process is killed before the journal stands; returns how many.

    Only for who holds the lock of `folder`.
    """
    changes = [change for change in changes if digest_of(change.data) != change.seen]
    if not changes:
        return 0
    staged = _stage(changes)
    lines = [
        json.dumps([change.path.relative_to(folder).as_posix(), beside.name if beside else "", change.seen])
        for change, beside in staged
    ]
    try:
        _flush(beside for _, beside in staged if beside)
        write_if_changed(folder / JOURNAL, "".join(f"{line}\n" for line in lines).encode())
    except OSError:
        _forget(staged)
        raise
    written = sum(_settle(change, beside) for change, beside in staged)
    (folder / JOURNAL).unlink()
    return written


def _stage(changes: Iterable[Change]) -> list[tuple[Change, Path | None]]:
    """What is to stand in place of each file, written beside it; nothing where one cannot be."""
    staged: list[tuple[Change, Path | None]] = []
    try:
        for change in changes:
            staged.append((change, None if change.data is None else write_beside(change.path, change.data)))
    except OSError:
        _forget(staged)
        raise
    return staged


def _forget(staged: Iterable[tuple[Change, Path | None]]) -> None:
    """Remove what was written beside: it would keep a full disk full."""
    for _, beside in staged:
        if beside:
            beside.unlink(missing_ok=True)


def _settle(change: Change, beside: Path | None) -> bool:
    """Put one change in place, made anew for as long as somebody else saves the file; False where nothing is left."""
    seen = change.seen
    for _ in range(_ATTEMPTS):
        found = bytes_at(change.path)
        if digest_of(found) == seen:
            return _put(change.path, beside)
        found = _at_rest(change.path, found)
        data = change.again(found)
        if beside:
            beside.unlink()
        if data == found:
            return False
        seen, beside = digest_of(found), None if data is None else write_beside(change.path, data)
        _flush([beside] if beside else [])
    raise UsageError(f"cannot write {change.path.name}: something keeps changing it", "close it, then try again")


def _at_rest(path: Path, found: bytes | None) -> bytes | None:
    """What a file holds once two looks at it agree: an editor may be in the middle of saving it."""
    for _ in range(_ATTEMPTS):
        time.sleep(_PAUSE)
        now = bytes_at(path)
        if now == found:
            break
        found = now
    return found


def _put(path: Path, beside: Path | None) -> bool:
    if beside:
        os.replace(beside, path)
    else:
        path.unlink(missing_ok=True)
    return True


def settle_for_reader(folder: Path, verb: str) -> None:
    """Wait for changes that are being put in place, or finish them for who was killed, so that files fit together."""
    if (folder / JOURNAL).exists():
        with contextlib.suppress(OSError), only_writer(folder, verb):
            pass


def finish_journal(folder: Path) -> None:
    """Do what a killed run had still to do; a file that was saved since keeps what it holds. UsageError: damaged."""
    journal = bytes_at(folder / JOURNAL)
    if journal is None:
        return
    for path, beside, seen in _journalled(folder, journal):
        if digest_of(bytes_at(path)) == seen and (beside is None or beside.exists()):
            _put(path, beside)
        elif beside:
            beside.unlink(missing_ok=True)
    (folder / JOURNAL).unlink()


def _journalled(folder: Path, journal: bytes) -> list[tuple[Path, Path | None, str]]:
    """What a journal lists: files below `folder`, what is to stand in their places, what was seen there."""
    found: list[tuple[Path, Path | None, str]] = []
    try:
        for line in journal.decode().splitlines():
            name, neighbour, seen = json.loads(line)
            path = folder / name
            if ".." in path.relative_to(folder).parts or (neighbour and not _LEFTOVER.fullmatch(neighbour)):
                raise ValueError(line)
            found.append((path, path.with_name(neighbour) if neighbour else None, seen))
    except (ValueError, TypeError) as error:
        message = f"{folder.name}/{JOURNAL}, the list of what a stopped run had still to do, is damaged"
        raise UsageError(message, "delete it, look through content/ (git diff), then build again") from error
    return found
