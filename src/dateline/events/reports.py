"""Articles prepared for comparison with each other: weighted words, names, days, and the main event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import blake2b

from ..model import Entry, Reading
from ..text import digest
from ..when import is_day, sort_key
from .standing import Results, keep, recall
from .wording import Vector, terms, vector

LEAD_LENGTH = 400
TITLE_WEIGHT, LEAD_WEIGHT = 3, 2
KEY_TERMS = 25
"""Terms of an article by which others are looked for."""


class Report:
    """An article prepared for comparison; what is dear to find is found when it is asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.id = reading.document.article.id
        self.published = reading.document.article.published

    @cached_property
    def days(self) -> Mapping[date, float]:
        """The days that the text names, with how often; the day of publication is no news."""
        return _days(self._reading)

    @cached_property
    def main(self) -> Entry | None:
        """What the article makes most of."""
        return max(self._reading.entries, key=lambda entry: (entry.salience, entry.id), default=None)

    @cached_property
    def order(self) -> tuple[object, ...]:
        """Oldest first; undated articles last."""
        return (not self.published.known, sort_key(self.published), self.id)

    @cached_property
    def body(self) -> str:
        """A digest of the text without its title, the same for copies."""
        words = self._text.split()
        return digest(" ".join(words)) if words else ""

    @cached_property
    def mark(self) -> str:
        """A digest of the article's id and of all that is compared."""
        main = (self.main.event_class, self.main.place) if self.main else ()
        days = sorted((day.isoformat(), count) for day, count in self.days.items())
        names = [mention.text for mention in self._reading.mentions]
        told = repr((self.id, self._text, self._title, str(self.published), days, names, main))
        return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    @cached_property
    def key_line(self) -> str:
        """The terms by which like articles are found, and their weights, in a line: `parse_keys` is the inverse."""
        ranked = sorted(self.words, key=lambda one: (-self.words[one], one))[:KEY_TERMS]
        return "\t".join(cell for one in ranked for cell in (one, repr(self.words[one])))

    @property
    def words(self) -> Vector:
        """The wording of the whole."""
        return self._vectors[0]

    @property
    def plain(self) -> Vector:
        """The words that are no names."""
        return self._vectors[1]

    @property
    def lead(self) -> Vector:
        """Headline and first sentences."""
        return self._vectors[2]

    @property
    def names(self) -> Vector:
        """The words of names."""
        return self._vectors[3]

    @property
    def _title(self) -> str:
        article = self._reading.document.article
        return article.title if article.title_basis != "generated" else ""

    @cached_property
    def _text(self) -> str:
        """The text without its title."""
        document = self._reading.document
        body = "\n".join(document.text[part.start : part.end] for part in document.paragraphs)
        return body.removeprefix(self._title).lstrip() if self._title else body

    @cached_property
    def _vectors(self) -> tuple[Vector, Vector, Vector, Vector]:
        lead = Counter(terms(self._text[:LEAD_LENGTH]))
        words: dict[str, float] = dict(Counter(terms(self._text)))
        for one, count in lead.items():
            words[one] = words.get(one, 0) + (LEAD_WEIGHT - 1) * count
        for one in terms(self._title):
            words[one] = words.get(one, 0) + TITLE_WEIGHT
            lead[one] += 1
        names = Counter(one for mention in self._reading.mentions for one in terms(mention.text))
        plain = {one: count for one, count in words.items() if one not in names}
        return vector(words), vector(plain), vector(lead), vector(names)


def parse_keys(line: str) -> Iterator[tuple[str, float]]:
    """The key terms that a line holds, and their weights."""
    cells = line.split("\t") if line else []
    return zip(cells[::2], map(float, cells[1::2]), strict=True)


def report_of(reading: Reading, results: Results | None = None) -> Report:
    """What of an article is compared: weighted words, names, days, and its main event.

    `results`: what was found before, and what is put to it: the marks of readings that have a key.
    """
    report = Report(reading)
    if results is not None and reading.key:
        key = blake2b(b"mark" + reading.key, digest_size=12).digest()
        if held := recall(results, key):
            report.mark = held
        else:
            keep(results, key, report.mark)
    return report


def _days(reading: Reading) -> Mapping[date, float]:
    found: Counter[date] = Counter()
    for timex in reading.timexes:
        if timex.when.start and is_day(timex.when):
            found[timex.when.start] += 1
    return found
