"""Known again: entries across a changed text or extractor, articles across a renamed and corrected seed.

An entry is the same when happening word and quotation both overlap, best one-to-one inside its article; never by title
or date. What is no longer found becomes an orphan: its id, word and quotation are kept, so that it is revived under its
id when it is found again, and the id never stands for anything else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import schema
from .model import Document, Entry
from .parts import Stored, entry_ids, fields_of, has_code, items_of, unpack
from .text import fold, split_sentences
from .yamlio import Decoder, Plain

LEAST_OVERLAP = 0.3
"""The share of words that two quotations must have in common to be one."""
_LARGEST_EXACT = 40
"""Up to so many entries that compete for one another are matched exactly; more of them best first."""
_SMALL_BUCKET = 30
_RARE_WORDS = 6
_COMMON = 60
_SKETCH = 16
_SENTENCE_WORDS = 4
_WORD = re.compile(r"\w+")
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


# --------------------------------------------------------------------------------------------- entries of an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """One article's new reading beside what was known of it."""

    entries: tuple[Entry, ...]
    """What was read, under the ids that it had before; none where `ids` are known without a look at it."""
    kept: tuple[Entry, ...] = ()
    """What a person touched and the reading no longer holds, as it stands below the line."""
    orphans: tuple[Entry, ...] = ()
    """What nobody touched and the reading no longer holds: only id, word and quotation count."""
    ids: tuple[str, ...] = ()
    """The ids of what was read, where that is all: nothing is kept, and nothing lost."""


def reconcile(
    fresh: Iterable[Entry], stored: Stored, known: Sequence[Entry], document: Document, taken: set[str]
) -> Reconciled:
    """A new reading's entries matched with those `known` of the article (as in force) and with its orphans."""
    written = machine_entries(stored, document.article.id)
    below = {entry.id: entry for entry in written}
    evidence = {entry.id: entry for entry in (*written, *known)} | {e.id: e for e in written if e.quote}
    lost = {entry.id: entry for entry in (*orphans_of(stored), *_deleted(stored, document))}
    lost = {id_: entry for id_, entry in lost.items() if id_ not in below}
    entries = keep_ids(fresh, [*evidence.values(), *lost.values()], taken)
    found = {entry.id for entry in entries}
    touched = {part.removeprefix("entries/") for part in stored.touched()}
    missed = [entry for entry in written if entry.id not in found]
    lost |= {entry.id: entry for entry in missed if entry.id not in touched}
    return Reconciled(
        entries=entries,
        kept=tuple(entry for entry in missed if entry.id in touched),
        orphans=tuple(lost[id_] for id_ in sorted(lost.keys() - found)),
    )


def machine_entries(stored: Stored, article: str) -> tuple[Entry, ...]:
    """The entries that stand below the line."""
    return schema.decode_entries(stored.machine, article, Decoder())


def orphans_of(stored: Stored) -> tuple[Entry, ...]:
    """The entries that the machine had lost when it last wrote this file."""
    found = (fields_of(item) for item in items_of(stored.machine, "orphans"))
    texts = ({key: str(node.value) for key, node in fields.items()} for fields in found)
    return tuple(_evidence(text["id"], text.get("word", ""), text.get("quote", "")) for text in texts if "id" in text)


def encode_orphans(orphans: Iterable[Entry]) -> list[Plain]:
    """Orphans as their file lists them."""
    return [{"id": entry.id, "word": entry.word, "quote": entry.quote} for entry in orphans]


def ids_of(stored: Stored) -> set[str]:
    """Every id that a file has given to an entry, whatever became of it."""
    orphans = {entry.id for entry in orphans_of(stored)}
    return {*entry_ids(stored.machine), *entry_ids(stored.person), *orphans, *stored.gone}


def _evidence(id_: str, word: str, quote: str) -> Entry:
    return Entry(id=id_, word=word, quote=quote, event_class="", label=quote)


def _deleted(stored: Stored, document: Document) -> Iterator[Entry]:
    """What a person deleted below the line, read back from its text by the digests that the seal still holds."""
    if not stored.gone:
        return
    sentences = [document.text[sentence.start : sentence.end] for sentence in split_sentences(document)]
    for id_ in sorted(stored.gone):
        if entry := deleted_entry(id_, stored, sentences):
            yield entry


def deleted_entry(id_: str, stored: Stored, sentences: Iterable[str]) -> Entry | None:
    """The word and quotation of a deleted entry, where one of the `sentences` of its text is the quotation."""
    codes = unpack(stored.seal.get(f"entries/{id_}", ""))
    quote = next((sentence for sentence in sentences if has_code(sentence, codes.get("quote", ""))), "")
    word = next((word for word in _WORD.findall(quote) if has_code(word, codes.get("word", ""))), "")
    return _evidence(id_, word, quote) if word else None


def keep_ids(fresh: Iterable[Entry], known: Iterable[Entry], taken: set[str]) -> tuple[Entry, ...]:
    """Entries of one article with the ids that they had; new ones get a short hash not in `taken`, which grows."""
    entries, known = list(fresh), list(known)
    matches = match_entries(entries, known)
    ids: list[str] = []
    for i, entry in enumerate(entries):
        id_ = known[matches[i]].id if i in matches else mint(f"{entry.article}\n{entry.word}\n{entry.quote}", taken)
        taken.add(id_)
        ids.append(id_)
    return tuple(replace(entry, id=id_, happening=id_) for entry, id_ in zip(entries, ids, strict=True))


def mint(evidence: str, taken: set[str]) -> str:
    """A short id that follows from the evidence alone, unless it is taken."""
    for attempt in range(10**6):
        number = int.from_bytes(hashlib.blake2b(f"{evidence}\n{attempt}".encode(), digest_size=8).digest(), "big")
        letters = ""
        for _ in range(6):
            number, index = divmod(number, len(_ALPHABET))
            letters += _ALPHABET[index]
        if f"e-{letters}" not in taken:
            return f"e-{letters}"
    raise AssertionError("no free id")  # pragma: no cover


# --------------------------------------------------------------------------------------------- matching


def match_entries(fresh: Sequence[Entry], known: Sequence[Entry]) -> dict[int, int]:
    """The best one-to-one matching, by place in both lists: the same words first, then the most words in common."""
    matches = _match_same(fresh, known)
    rest = [i for i in range(len(fresh)) if i not in matches]
    used = set(matches.values())
    free = [j for j in range(len(known)) if j not in used]
    pairs = _candidates(fresh, known, rest, free)
    scores = {(i, j): score for i, j in pairs if (score := sameness(fresh[i], known[j]))}
    for group in _components(scores):
        matches |= _assign(group)
    return matches


def _match_same(fresh: Sequence[Entry], known: Sequence[Entry]) -> dict[int, int]:
    """Entries with the very same word and quotation; where these stand twice, what stands around them decides."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, entry in enumerate(known):
        places[entry.word, fold(entry.quote)].append(j)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, entry in enumerate(fresh):
        groups[entry.word, fold(entry.quote)].append(i)
    matches: dict[int, int] = {}
    for key, members in groups.items():
        pairs = [(-_around(fresh[i], known[j]), i, j) for i in members for j in places.get(key, ())]
        used: set[int] = set()
        for _, i, j in sorted(pairs):
            if i not in matches and j not in used:
                matches[i] = j
                used.add(j)
    return matches


def _around(a: Entry, b: Entry) -> int:
    """How many of prefix and suffix are the same."""
    return (fold(a.prefix) == fold(b.prefix)) + (fold(a.suffix) == fold(b.suffix))


def sameness(a: Entry, b: Entry) -> float:
    """0 where happening words or quotations do not overlap, else the share of the quotations' words in common.

    The same happening word and the same surroundings add a little: they decide between equals.
    """
    if not _overlap(a.word.casefold(), b.word.casefold()):
        return 0.0
    first, second = _words(a.quote), _words(b.quote)
    share = len(first & second) / len(first | second) if first | second else 0.0
    if share < LEAST_OVERLAP:
        return 0.0
    return share + 0.1 * (a.word == b.word) + 0.02 * _around(a, b)


def _overlap(a: str, b: str) -> bool:
    return a in b or b in a


def _words(quote: str) -> frozenset[str]:
    return frozenset(_WORD.findall(quote.casefold()))


def _candidates(
    fresh: Sequence[Entry], known: Sequence[Entry], rest: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: happening words overlap, and in a large bucket the quotations share a rare word."""
    buckets: dict[str, list[int]] = defaultdict(list)
    for j in free:
        buckets[known[j].word.casefold()].append(j)
    postings = {word: _postings(known, members) for word, members in buckets.items() if len(members) > _SMALL_BUCKET}
    related: dict[str, list[str]] = {}
    for i in rest:
        word = fresh[i].word.casefold()
        if word not in related:
            related[word] = [other for other in buckets if _overlap(word, other)]
        for other in related[word]:
            if other not in postings:
                yield from ((i, j) for j in buckets[other])
                continue
            index = postings[other]
            rare = sorted((w for w in _words(fresh[i].quote) if w in index), key=lambda w: (len(index[w]), w))
            near = {j for w in rare[:_RARE_WORDS] for j in index[w][:_COMMON]}
            yield from ((i, j) for j in sorted(near))


def _postings(known: Sequence[Entry], members: Sequence[int]) -> Mapping[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for j in members:
        for word in _words(known[j].quote):
            index[word].append(j)
    return index


_Scores = Mapping[tuple[int, int], float]


def _components(scores: _Scores) -> Iterator[dict[tuple[int, int], float]]:
    """Pairs that compete for the same entries, each group apart: fresh i and known j are joined by their pair."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for i, j in scores:
        parent[root(("fresh", i))] = root(("known", j))
    groups: dict[tuple[str, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for (i, j), score in scores.items():
        groups[root(("fresh", i))][i, j] = score
    yield from groups.values()


def _assign(scores: _Scores) -> dict[int, int]:
    """The matching with the highest sum; best first where so many compete that the sum would take too long."""
    rows, columns = sorted({i for i, _ in scores}), sorted({j for _, j in scores})
    if max(len(rows), len(columns)) <= _LARGEST_EXACT:
        size = max(len(rows), len(columns))
        weights = [[0.0] * size for _ in range(size)]
        for (i, j), score in scores.items():
            weights[rows.index(i)][columns.index(j)] = score
        chosen = _heaviest(weights)
        pairs = ((row, chosen[place]) for place, row in enumerate(rows))
        return {row: columns[at] for row, at in pairs if at < len(columns) and (row, columns[at]) in scores}
    matches: dict[int, int] = {}
    used: set[int] = set()
    for (i, j), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if i not in matches and j not in used:
            matches[i] = j
            used.add(j)
    return matches


def _heaviest(weights: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row in the assignment of highest sum (Kuhn's method with potentials, cubic)."""
    size = len(weights)
    rows, columns = [0.0] * (size + 1), [0.0] * (size + 1)
    owner, before = [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0], at = row, 0
        least, seen = [float("inf")] * (size + 1), [False] * (size + 1)
        while owner[at]:
            seen[at] = True
            current, step, following = owner[at], float("inf"), 0
            for column in range(1, size + 1):
                if seen[column]:
                    continue
                cost = -weights[current - 1][column - 1] - rows[current] - columns[column]
                if cost < least[column]:
                    least[column], before[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(size + 1):
                if seen[column]:
                    rows[owner[column]] += step
                    columns[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            owner[at] = owner[before[at]]
            at = before[at]
    chosen = [0] * size
    for column in range(1, size + 1):
        chosen[owner[column] - 1] = column - 1
    return chosen


# --------------------------------------------------------------------------------------------- articles


def sketch(document: Document) -> str:
    """A few letters by which a text is known again though parts of it changed.

    They are the smallest digests of its sentences (bottom-k sampling), four letters each.
    """
    sentences = (fold(document.text[s.start : s.end]).casefold() for s in split_sentences(document))
    codes = {
        base64.urlsafe_b64encode(hashlib.blake2b(sentence.encode(), digest_size=3).digest()).decode()
        for sentence in sentences
        if len(sentence.split()) >= _SENTENCE_WORDS
    }
    return "".join(sorted(codes)[:_SKETCH])


def sketch_of(stored: Stored) -> str:
    """The sketch that a file holds; "" for none."""
    node = fields_of(stored.machine).get("sketch")
    return node.value if node is not None and isinstance(node.value, str) else ""


def likeness(one: str, other: str) -> float:
    """The share of sentences that two sketched texts have in common, of the average of both."""
    first, second = _letters(one), _letters(other)
    if not first or not second:
        return 0.0
    both = sorted(first | second)[:_SKETCH]
    union = sum(code in first and code in second for code in both) / len(both)
    return 2 * union / (1 + union)


def _letters(sketched: str) -> set[str]:
    return {sketched[at : at + 4] for at in range(0, len(sketched), 4)}


def match_texts(fresh: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Names of new sketches by those of known ones: at least half of the sentences in common, the most alike first."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, sketched in known.items():
        for code in _letters(sketched):
            places[code].append(name)
    scored = []
    for name, sketched in fresh.items():
        shared = Counter(other for code in _letters(sketched) for other in places.get(code, ()))
        scored += [(-score, name, other) for other in shared if (score := likeness(sketched, known[other])) >= 0.5]
    matches: dict[str, str] = {}
    used: set[str] = set()
    for _, name, other in sorted(scored):
        if name not in matches and other not in used:
            matches[name] = other
            used.add(other)
    return matches
