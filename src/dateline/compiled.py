"""Shipped templates as compiled code, kept where Python keeps this program's own.

Only the code of templates that are part of the program is kept, beside its modules: who can write there can change the
program itself. A tracker's own templates are compiled anew in each run: code kept in a tracker would run outside the
sandbox, and a checksum does not tell who wrote it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from .files import digest_of, read_file, write_beside
from .folders import signature, surroundings


class Compiled(BytecodeCache):
    """The compiled code of the templates of one folder, that of the program."""

    def __init__(self, shipped: Path, folder: Path | None = None) -> None:
        """`folder` is where it is kept: that of this module's code, where nothing else is said."""
        self._shipped = str(shipped)
        cached = __spec__.cached if __spec__ else None
        self._folder = folder or (Path(cached).parent if cached else None)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Where the code of a template is kept; "" for one that is not shipped."""
        if not filename or not filename.startswith(self._shipped + os.sep):
            return ""
        told = f"{name}\0{filename}".encode("utf-8", "surrogatepass")
        return f"template-{digest_of(told)[:16]}.pyc"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code as it is kept, if this program made it of this source and it is whole."""
        if not bucket.key or self._folder is None:
            return
        with suppress(OSError):
            head, _, data = read_file(self._folder / bucket.key).partition(b"\n")
            if head == _head(data):
                bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code where Python would keep that of a module."""
        if not bucket.key or self._folder is None or sys.dont_write_bytecode:
            return
        data = bucket.bytecode_to_string()
        with suppress(OSError):
            path = self._folder / bucket.key
            os.replace(write_beside(path, _head(data) + b"\n" + data), path)


def _head(data: bytes) -> bytes:
    """What tells that the code is whole, and made by this program on this Python and Jinja."""
    return digest_of(f"{signature()}{surroundings()}".encode() + data).encode()
