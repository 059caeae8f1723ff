"""How much of an article stands on the site in quotations: without rights to the whole, it is to be a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .model import Corpus, Document, Entry
from .parts import Stored
from .problems import Problem, Where
from .rows import find_word, window


def check_shares(documents: Iterable[Document], articles: Mapping[str, Stored], corpus: Corpus) -> tuple[Problem, ...]:
    """A warning for each article of which more is quoted than `quote_share` lets, where it does not say `rights: full`.

    `articles`: their files, by id.
    """
    texts = {document.article.digest: document.text for document in documents}
    quoted: dict[str, list[Entry]] = defaultdict(list)
    for entry in corpus.entries:
        quoted[entry.article].append(entry)
    limit, found = corpus.settings.quote_share, []
    for article in corpus.articles:
        share = share_of(texts.get(article.digest, ""), quoted[article.id], corpus.settings.quote_words)
        if share > limit and not article.rights:
            message = f"{share:.0%} of this article stands on the site in quotations; quote_share is {limit:.0%}"
            hint = "drop entries, lower quote_words in content/site.yaml, or write rights: full where you have them"
            where = Where(articles[article.id].name)
            found.append(Problem(slug="quote-share", message=message, where=where, hint=hint, severity="warning"))
    return tuple(found)


def share_of(text: str, entries: Iterable[Entry], words: int) -> float:
    """How much of a text, from 0 to 1, is shown by entries of which each shows at most so many `words`."""
    shown: set[int] = set()
    for entry in entries:
        if (at := _place_of(entry, text)) >= 0:
            start, end = window(entry.quote, (find_word(entry) or (0, 0))[0], max(1, words))
            shown.update(range(at + start, at + end))
    signs = [at for at, sign in enumerate(text) if not sign.isspace()]
    return len(shown.intersection(signs)) / len(signs) if signs else 0.0


def _place_of(entry: Entry, text: str) -> int:
    """Where a quotation stands in its text; -1 for nowhere in these very words."""
    start = entry.quote_at.start if entry.quote_at else -1
    return start if start >= 0 and text.startswith(entry.quote, start) else text.find(entry.quote)
