"""Whether all quotations stand in their texts, looked for only where a file or its text is otherwise than before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from .checks import find_unsupported, texts_of
from .digests import digest_of_value
from .folders import Prints, load_kept, save_kept, signature
from .model import Corpus, Document
from .packed import PackedEntries
from .quotes import LOCK, Lock

FILE = "grounds.json"


def all_supported(
    tracker: Path, prints: Prints, documents: Iterable[Document], corpus: Corpus, lock: Lock | None
) -> bool:
    """Whether there is no entry whose words do not stand in its article's text; `prints` tell the tracker's files."""
    documents = tuple(documents)
    entries = corpus.entries
    if lock is None and not documents:
        return True  # nobody could know otherwise
    if not isinstance(entries, PackedEntries):  # decisions tell of them, too
        return not any(find_unsupported(documents, corpus, lock))
    texts, locked = texts_of(documents, corpus), prints.digests.get(LOCK, "")
    files = {PurePosixPath(name).stem: told for name, told in prints.of("content/articles/").items()}
    now = {
        article.id: digest_of_value(
            (files[article.id], texts[article.id].article.digest if article.id in texts else locked)
        )
        for article in corpus.articles
    }
    kept = load_kept(tracker, FILE)
    before = dict(kept[1]) if isinstance(kept, list) and kept[:1] == [signature()] else {}
    other = {id for id, told in now.items() if before.get(id) != told}
    looked = tuple(entries[at] for at, entry in enumerate(entries.packed) if entry.article in other)
    if any(find_unsupported(documents, replace(corpus, entries=looked), lock)):
        return False
    if now != before:
        save_kept(tracker, FILE, [signature(), now])
    return True
