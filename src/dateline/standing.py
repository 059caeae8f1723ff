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


def search_page(_: Stack) -> Page:
    """The page on which readers search."""
    return Page(
        path="search.html",
        template="search.html",
        title="Search",
        description="Search names, titles and quotations.",
        section="search",
        view=SearchView(ways=tuple(Link(text=words, path=path) for path, words in WAYS)),
    )


def corrections_page(stack: Stack) -> Page:
    """All corrections."""
    return Page(
        path="corrections.html",
        template="corrections.html",
        title="Corrections",
        description="What people settled after the program had read the articles, the newest first.",
        section="about",
        view=CorrectionsView(corrections=notices_of(stack)),
    )


def differences_page(stack: Stack) -> Page:
    """Where reports differ, anywhere."""
    library = stack.library
    found: list[Contrast] = []
    for id in sorted(library.events):
        if stack.contested[id]:
            event = library.events[id]
            found += contrasts_on(stack, event, Link(text=event.label, path=library.addresses["events", id]))
    disputed = [brief for brief in stack.briefs.values() if brief.differences]
    for brief in sorted(disputed, key=lambda of: (-of.weight.value, of.id)):
        to = replace(row_link(stack, brief.id), text=stack.rows[brief.id].label)
        found += [contrast_of(library, difference, to) for difference in library.disputed[brief.id]]
    return Page(
        path="differences.html",
        template="differences.html",
        title="Where reports differ",
        description="What articles tell that does not agree, side by side, and none of it preferred. "
        "A planned day may have been moved between two reports.",
        section="about",
        view=DifferencesView(contrasts=tuple(found[:SHOWN_DIFFERENCES]), total=len(found)),
    )
