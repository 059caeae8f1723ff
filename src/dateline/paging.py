"""Which rows of a long timeline stand on one page: those of a year, of a month, or of a part of one.

A page is held to a size in bytes, not to a number of rows: a row with ten reports weighs as much as ten with one. The
size is reckoned from the words, before anything is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from .views import Row
from .when import MONTHS

PAGE_ROWS = 200
PAGE_BYTES = 200_000
"""A timeline with more rows, or with more bytes of rows, stands on pages of its own; so does a year, and a month."""
UNDATED = "undated"

_ROW, _REPORT, _PART, _CLAIM = 750, 550, 70, 400
"""About so many bytes of HTML stand around the words."""


def cost_of(row: Row) -> int:
    """About how many bytes a row takes on a page."""
    links = (*(part.who for part in row.parts), *row.events)
    words = [row.label * 2, row.place, row.tally, *row.differs]
    for report in row.reports:
        words += [report.label, report.reckoning, report.when_words, report.origin, report.note, report.rests_on]
        words += [report.source.article.text, report.source.article.path, report.source.publisher]
        words += [piece.text for piece in report.quote.pieces]
    claims = sum(len(value.claims) for of in row.contrasts for value in of.values)
    fixed = _ROW + _REPORT * len(row.reports) + _PART * len(links) + _CLAIM * claims
    return fixed + sum(len(text.encode("utf-8", "replace")) for text in (*words, *(to.text + to.path for to in links)))


def parts_of_timeline(
    ids: Sequence[str], costs: Mapping[str, int], year_of: Callable[[str], str], month_of: Callable[[str], int]
) -> dict[str, list[str]]:
    """The parts of a timeline that is too long for one page, by name: "2019", "2019-03", "2019-03-2", "undated".

    None for a timeline that fits on one page; the order is that of the rows.
    """
    if _fits(ids, costs):
        return {}
    parts: dict[str, list[str]] = {}
    for year, of in _grouped(ids, year_of).items():
        if _fits(of, costs):
            parts[year] = of
        elif year == UNDATED:
            parts.update(_pieces(year, of, costs))
        else:
            for month, some in _grouped(of, lambda id: f"{month_of(id):02}").items():
                parts.update(_pieces(f"{year}-{month}", some, costs))
    return parts


def _fits(ids: Sequence[str], costs: Mapping[str, int]) -> bool:
    return len(ids) <= PAGE_ROWS and sum(costs[id] for id in ids) <= PAGE_BYTES


def _grouped(ids: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for id in ids:
        groups.setdefault(key(id), []).append(id)
    return groups


def _pieces(name: str, ids: Sequence[str], costs: Mapping[str, int]) -> dict[str, list[str]]:
    """Runs of rows that fit on a page each, the first under the name itself."""
    pieces: list[list[str]] = [[]]
    size = 0
    for id in ids:
        if pieces[-1] and (size + costs[id] > PAGE_BYTES or len(pieces[-1]) >= PAGE_ROWS):
            pieces.append([])
            size = 0
        pieces[-1].append(id)
        size += costs[id]
    return {f"{name}-{number}" if number > 1 else name: of for number, of in enumerate(pieces, 1)}


def part_title(name: str) -> str:
    """A part of a timeline as a heading: "2019", "March 2019", "March 2019, part 2", "Date not known"."""
    if name.startswith(UNDATED):
        title, number = "Date not known", name.removeprefix(UNDATED).removeprefix("-")
    else:
        year, month, number = (*name.split("-"), "", "")[:3]
        title = f"{MONTHS[int(month) - 1]} {year.lstrip('0')}" if month else year.lstrip("0")
    return f"{title}, part {number}" if number else title
