"""Whether all quotations stand in their texts: looked for only where a file or its text is otherwise than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from . import seeds
from .checks import find_unsupported
from .digests import digest_of_plain
from .folders import Prints, load_kept, save_kept, signature
from .fulltext import words_of
from .library import Words
from .model import Article, Corpus, Document
from .moved import Since
from .packed import PackedEntries, by_id, texts_in
from .quotes import LOCK, Lock
from .seeds import Seeds

FILE, STATE = "grounds.json", "supported.json"
"""What each article was found with, and with which state of all files all were."""


class Texts:
    """The texts in a tracker's `seeds/`, read when somebody asks for them."""

    def __init__(
        self, tracker: Path, prints: Prints | None, found: Seeds | None = None, kept: seeds.Kept | None = None
    ) -> None:
        """`prints` tell the files, `found` what was read of `seeds/` already, `kept` what need not be read."""
        self._tracker = tracker
        self._documents_kept = kept
        self._now = digest_of_plain(sorted(prints.of("seeds/").items())) if prints else ""
        self._found = found

    @cached_property
    def _kept(self) -> list[Any]:
        kept = load_kept(self._tracker, FILE) if self._now else None
        return kept if kept and kept[0] == signature() else [signature(), "", [], {}]

    @property
    def all(self) -> Seeds:
        """All of them, read."""
        if self._found is None:
            self._found = seeds.read_seeds(self._tracker / "seeds", self._documents_kept)
        return self._found

    @cached_property
    def there(self) -> Mapping[str, str]:
        """The seed of each text that is there, with the digest of its words; as before, where no file changed."""
        if self._found is None and self._now and self._now == self._kept[1]:
            return dict(self._kept[2])
        return {document.article.seed: document.article.digest for document in self.all.documents}

    @cached_property
    def _by_digest(self) -> Mapping[str, str]:
        return {told: name for name, told in self.there.items()}

    def has(self, article: Article) -> bool:
        """Whether the text that an article's entries were drawn from is there."""
        return bool(article.digest) and article.digest in self._by_digest

    def words(self, article: Article) -> Words:
        """The paragraphs of that text; none where it is not there."""
        name = self._by_digest.get(article.digest, "")
        document, _ = seeds.read_seed(self._tracker / "seeds" / name, name) if name else (None, ())
        return words_of(document) if document else ()

    def support_all(self, corpus: Corpus, lock: Lock | None, prints: Prints, since: Since) -> bool:
        """Whether there is no entry whose words do not stand in its article's text; `prints` are those of now."""
        if not isinstance(corpus.entries, PackedEntries):  # decisions tell of them, too
            return not any(find_unsupported(self.all.documents, corpus, lock))
        frame = [signature(), self._now, prints.digests.get(LOCK, "")]
        if since.before and load_kept(self._tracker, STATE) == [*frame, since.before]:
            articles = by_id(corpus.articles)
            found = self._stand({id: articles[id] for id in since.articles if id in articles}, corpus, lock)
        else:
            found = self._all_stand(corpus, lock, prints)
        if found and self._now:
            with suppress(OSError):  # nothing is lost but time
                save_kept(self._tracker, STATE, [*frame, since.now])
        return found

    def _all_stand(self, corpus: Corpus, lock: Lock | None, prints: Prints) -> bool:
        """Whether the words of all articles stand in their texts; those that did so before are not looked at."""
        texts, before = frozenset(self.there.values()), self._kept[3]
        files = {PurePosixPath(name).stem: told for name, told in prints.of("content/articles/").items()}
        locked = prints.digests.get(LOCK, "")
        now = {
            id: f"{files[id][:16]} {self._ground(seed, told, texts, locked)}"
            for id, (seed, told) in texts_in(corpus.articles).items()
        }
        articles = by_id(corpus.articles)
        if not self._stand({id: articles[id] for id, told in now.items() if before.get(id) != told}, corpus, lock):
            return False
        told = [signature(), self._now, list(self.there.items()), now]
        if self._now and told != self._kept:
            with suppress(OSError):  # nothing is lost but time
                save_kept(self._tracker, FILE, told)
        return True

    def _stand(self, articles: Mapping[str, Article], corpus: Corpus, lock: Lock | None) -> bool:
        """Whether the words of some articles stand in their texts."""
        entries = corpus.entries
        told = entries.told if isinstance(entries, PackedEntries) else {}
        looked = tuple(entries[at] for id in told.keys() & articles.keys() for at in told[id])
        some = replace(corpus, articles=tuple(articles.values()), entries=looked)
        return not any(find_unsupported(self._documents(articles), some, lock))

    def _ground(self, seed: str, digest: str, texts: frozenset[str], locked: str) -> str:
        """What the quotations of an article are compared with: its words, or what was noted of them."""
        if seed and digest in texts:
            return digest
        return (seed and self.there.get(seed)) or locked

    def _documents(self, articles: Mapping[str, Article]) -> Iterator[Document]:
        """The texts that some articles may be drawn from."""
        if self._found is not None:
            yield from self.all.documents
            return
        names = {article.seed for article in articles.values() if article.seed}
        if not names:
            return
        digests = {article.digest for article in articles.values()}
        for name, told in self.there.items():
            if name in names or told in digests:
                document, _ = seeds.read_seed(self._tracker / "seeds" / name, name, self._documents_kept)
                if document:
                    yield document
