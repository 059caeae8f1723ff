"""Articles whose text is largely that of an older one; after a change only what it touches is compared again.

Texts are compared by the sentences that their sketches sample, and by their quotations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .leads import Thing, follow
from .model import Article, Corpus, Entry
from .packed import quotes_in
from .shingles import SHARE, Wordings, code_of
from .trail import Trail
from .when import sort_key

LEAST_SENTENCES = 3
"""So many sentences must two texts share, or all of the smaller one where it has fewer, and two at least."""
SAMPLE = 4
"""One of so many shingles leads from one text of a corpus to another."""
SAMPLED = 16
"""So many codes a sketch holds where a text has more; see `reconcile.sketch`."""
_CODE = 4
KEPT = "copies"

State = Sequence[Sequence[Sequence[Any]]]
"""What was found, as plain values: quotations (id, number of shingles, word, marks, lead) and articles (id, age, marks,
lead), each in order."""
NOTHING: State = ((), ())


def find_copies(articles: Iterable[Article], entries: Sequence[Entry]) -> dict[str, str]:
    """Article → the oldest article whose text it largely shares, for all that share one, that one as well."""
    return found_since(NOTHING, articles, quotes_in(entries))[0]


class Copies:
    """Which articles are copies of others, as far as that is otherwise than in the last run."""

    def __init__(self, corpus: Corpus, trail: Trail) -> None:
        self.corpus, self.trail = corpus, trail

    def find(self, _: object) -> Mapping[str, str]:
        """As `find_copies`, from what the last run found."""
        past = self.trail.noted(KEPT) or NOTHING
        found, state = found_since(past, self.corpus.articles, quotes_in(self.corpus.entries))
        if state != past:
            self.trail.notes[KEPT] = state
        return found


def found_since(
    past: State, articles: Iterable[Article], quotes: Iterable[tuple[str, str]]
) -> tuple[dict[str, str], State]:
    """As `find_copies`, with what to keep of it; `past` is what was kept of the last run."""
    texts: dict[str, str] = {}
    quoted: dict[str, list[str]] = {}
    codes: dict[str, str] = {}
    for article, quote in quotes:
        code = codes.get(quote)
        if code is None:
            code = codes[quote] = code_of(quote)
            texts[code] = quote
        quoted.setdefault(article, []).append(code)
    wordings, told = _wordings(past[0], texts)
    copies = _copies(past[1], articles, quoted, wordings)
    found: dict[str, str] = {}
    for thing in copies:
        if thing.lead and thing.lead is not thing:
            found[thing.id] = found[thing.lead.id] = thing.lead.id
    ages = [[thing.id, [*thing.order[0]], thing.marks, thing.lead and thing.lead.id] for thing in copies]
    return found, [told, ages]


# ------------------------------------------------------------------------------------------- quotations


def _wordings(rows: Sequence[Sequence[Any]], texts: Mapping[str, str]) -> tuple[dict[str, str], list[list[Any]]]:
    """Quotation → the one whose wording it has, by their ids, for all that are long enough; and what to keep of it."""
    wordings = Wordings(texts, SAMPLE)
    before = {id_: Thing(id_, marks, same=same, gone=id_ not in texts) for id_, _, same, marks, _ in rows}
    for id_, size, _, _, lead in rows:
        before[id_].lead = before[lead]
        if id_ in texts:
            before[id_].order = wordings.order(id_, size)
    came = (thing for id_ in texts.keys() - before.keys() if (thing := wordings.thing(id_)))
    found = follow([*before.values()], came, wordings.choose)
    leads = {thing.id: thing.lead.id for thing in found if thing.lead}
    return leads, [[thing.id, -thing.order[0], thing.same, thing.marks, leads[thing.id]] for thing in found]


# ------------------------------------------------------------------------------------------- articles


def _copies(
    rows: Sequence[Sequence[Any]],
    articles: Iterable[Article],
    quoted: Mapping[str, Sequence[str]],
    wordings: Mapping[str, str],
) -> list[Thing]:
    """All articles in order of age, each with the one that it is a copy of."""
    held: dict[str, tuple[set[str], set[str]]] = {}
    now: dict[str, Thing] = {}
    for article in articles:
        id_, sketch = article.id, article.sketch
        codes = {sketch[at : at + _CODE] for at in range(0, len(sketch), _CODE)}
        quotes = {wordings.get(quote) or f"{id_} {quote}" for quote in quoted.get(id_, ())}
        held[id_] = codes, quotes
        now[id_] = Thing(id_, [*sorted(codes), *sorted(quotes)], order=(sort_key(article.published), id_))
    before: dict[str, Thing] = {}
    for id_, age, marks, _ in rows:
        thing = now.get(id_)
        stands = thing is not None and [*thing.order[0]] == age and thing.marks == marks
        before[id_] = now.pop(id_) if stands else Thing(id_, marks, gone=True)
    for id_, _, _, lead in rows:
        before[id_].lead = before[lead]

    def choose(thing: Thing, shared: Mapping[Thing, int]) -> Thing | None:
        near = sorted(shared, key=lambda lead: (-shared[lead], lead.id))
        return next((lead for lead in near if _is_copy(held[thing.id], held[lead.id])), None)

    return follow([*before.values()], now.values(), choose)


def _is_copy(one: tuple[set[str], set[str]], other: tuple[set[str], set[str]]) -> bool:
    (codes, quotes), (known, told) = one, other
    return _largely(quotes, told) or (len(codes & known) > 1 and _largely(*_sampled(codes, known)))


def _sampled(a: set[str], b: set[str]) -> tuple[set[str], set[str]]:
    """Two samples of the smallest codes, cut to the range that both would have sampled."""
    ends = [max(sample) for sample in (a, b) if len(sample) >= SAMPLED]
    last = min(ends, default="~")
    return {code for code in a if code <= last}, {code for code in b if code <= last}


def _largely(a: set[str], b: set[str]) -> bool:
    shared, smaller = len(a & b), min(len(a), len(b))
    return shared >= max(2, min(LEAST_SENTENCES, smaller)) and shared >= SHARE * smaller
