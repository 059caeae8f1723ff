"""The pages that stand on every site beside its records: search, corrections, differences."""

from __future__ import annotations

from dataclasses import replace

from .gathered import row_link
from .notices import notices_of
from .plan import Page
from .rows import contrast_of
from .subjects import contrasts_on
from .timelines import Stack
from .views import Contrast, CorrectionsView, DifferencesView, Link, SearchView

SHOWN_DIFFERENCES = 100
WAYS = (
    ("actors/index.html", "Actors"),
    ("events/index.html", "Events"),
    ("articles/index.html", "Articles"),
    ("differences.html", "Where reports differ"),
    ("corrections.html", "Corrections"),
)


def standing_pages(stack: Stack) -> list[Page]:
    """The pages for search, corrections and differences."""
    return [_search(), _corrections(stack), _differences(stack)]


def _search() -> Page:
    return Page(
        path="search.html",
        template="search.html",
        title="Search",
        description="Search names, titles and quotations.",
        section="search",
        view=SearchView(ways=tuple(Link(text=words, path=path) for path, words in WAYS)),
    )


def _corrections(stack: Stack) -> Page:
    return Page(
        path="corrections.html",
        template="corrections.html",
        title="Corrections",
        description="What people settled after the program had read the articles, the newest first.",
        section="about",
        view=CorrectionsView(corrections=notices_of(stack)),
    )


def _differences(stack: Stack) -> Page:
    disputed = stack.library.disputed
    ids = sorted(disputed, key=lambda id: (-stack.weights[id].value, id))
    found: list[Contrast] = []
    for subject in sorted(stack.belonging):
        event = stack.library.events[subject]
        to = Link(text=event.label, path=stack.library.addresses["events", subject])
        found += contrasts_on(stack, event, stack.belonging[subject], to)
    for id in ids:
        to = replace(row_link(stack, id), text=stack.rows[id].label)
        found += [contrast_of(stack.library, difference, to) for difference in disputed[id]]
    return Page(
        path="differences.html",
        template="differences.html",
        title="Where reports differ",
        description="What articles tell that cannot all be right, side by side; none of it is preferred.",
        section="about",
        view=DifferencesView(contrasts=tuple(found[:SHOWN_DIFFERENCES]), total=len(found)),
    )
