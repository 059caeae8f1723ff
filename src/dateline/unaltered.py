"""What was worked out for an article and its file, taken again where both are as they were.

Most of a run's articles are as the last run left them: their entries have the ids that they had, their quotations stand
in their texts, and their files are to be written just as they stand. What is found once is kept by a digest of all that
it follows from, with what joining finds; it is never needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from hashlib import blake2b

from .altered import altered
from .files import digest_of
from .model import Entry, Reading
from .parts import machine_text
from .reconcile import Reconciled
from .store import Content, Kind
from .yamlio import Plain

Results = MutableMapping[bytes, bytes]


class Unaltered:
    """The kept results of the articles and files of one tracker."""

    def __init__(self, content: Content, results: Results) -> None:
        self._content = content
        self._results = results

    def match(
        self, reading: Reading, lost: Iterable[Entry], find: Callable[[], Reconciled], known: frozenset[str]
    ) -> tuple[Reading, Reconciled]:
        """What `find` finds for an article, asked only where its text or its file is another than before.

        Kept are the ids of entries where that is all: each is among the `known` ones, and none is missed. The key of a
        reading then stands for these, and for its file; else it has none.
        """
        key = self._key("ids", reading, repr([(e.id, e.word, e.quote) for e in lost]))
        held = self._results.get(key, b"") if key else b""
        ids = tuple(held.decode().split())
        if not ids:
            found = find()
            ids = tuple(entry.id for entry in found.entries)
            if not (key and ids and known.issuperset(ids)) or found.kept or found.orphans:
                return reading.with_entries(found.entries).with_key(b""), found
        self._results[key] = " ".join(ids).encode()

        def entries() -> tuple[Entry, ...]:
            pairs = zip(reading.entries, ids, strict=True)
            return tuple(altered(entry, id=id_, happening=id_) for entry, id_ in pairs)

        stands = _digest("stands", key.hex(), " ".join(ids))
        return reading.with_entries_later(entries, stands), Reconciled(entries=(), ids=ids)

    def quotations(self, reading: Reading, find: Callable[[], Iterable[str]]) -> list[str]:
        """What `find` says of the quotations of an article's entries, as its file has them in force."""
        key = _digest("quotations", reading.key.hex()) if reading.key else b""
        held = self._results.get(key, b"") if key else b""
        found = held.decode().split() or list(find())
        if key and found:
            self._results[key] = " ".join(found).encode()
        return found

    def fields(
        self, kind: Kind, id_: str, told: object, make: Callable[[], Mapping[str, Plain]]
    ) -> Mapping[str, Plain] | None:
        """What the machine says in a file; None where it stands there already.

        It follows from what is `told`; None where nobody knows from what.
        """
        stored = self._content.of(kind).get(id_)
        if stored is None or stored.settled or stored.edited_below():
            return make()
        if told is None:
            fields = make()
            return fields if digest_of(machine_text(stored, fields).encode("utf-8")) != stored.digest else None
        key = _digest("stands", kind, id_, stored.digest, repr(told))
        if self._results.get(key) is None:
            fields = make()
            if digest_of(machine_text(stored, fields).encode("utf-8")) != stored.digest:
                return fields
        self._results[key] = b""
        return None

    def _key(self, what: str, reading: Reading, more: str) -> bytes:
        """What stands for an article's reading and its file; empty where one of these is not known."""
        stored = self._content.articles.get(reading.document.article.id)
        if stored is None or not reading.key:
            return b""
        return _digest(what, reading.document.article.id, reading.key.hex(), stored.digest, more)


def _digest(*parts: str) -> bytes:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).digest()
