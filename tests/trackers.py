"""Whole small trackers written as one string of files.

-- seeds/one.txt --
Text of the file.
-- content/site.yaml --
recogniser: rules
"""

from __future__ import annotations

import re
from pathlib import Path

_HEAD = re.compile(r"^-- (\S.*?) --\n", re.MULTILINE)

RULES = "-- content/site.yaml --\ntitle: Test\nrecogniser: rules\n"


def make_tracker(folder: Path, files: str) -> Path:
    """Write the files that a string lists below `folder`; returns the folder."""
    parts = _HEAD.split(files)
    assert parts[0].strip() == "", f"text before the first file: {parts[0]!r}"
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode("utf-8"))
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder by relative path, but what is only kept to be quick."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".dateline" not in path.parts
    }
