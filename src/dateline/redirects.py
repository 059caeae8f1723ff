"""Pages at the addresses that renamed, merged and dropped records had, each leading to where the record stands now."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from .addresses import RESERVED
from .model import Redirect
from .plan import Page
from .text import slug
from .timelines import Stack
from .views import Link, RedirectView
from .web import site_address

_INDEXES = {"actors": "All actors", "events": "All events"}


def redirect_pages(stack: Stack, paths: Mapping[str, str]) -> list[Page]:
    """A page for each old address at which no page stands now; the first of several wishes for one address counts."""
    found: list[Page] = []
    redirects = stack.library.redirects.values()
    if not redirects:
        return found
    pages = [path for path in paths if path.endswith(".html")]
    taken, parts = set(map(_as_file, pages)), _parts(pages)
    for redirect in redirects:
        target = _target(stack, redirect)
        for stem in _old_stems(stack, redirect):
            moved = [(f"{redirect.kind}/{stem}.html", target)]
            for path in parts.get(target.path, ()) if redirect.to else ():
                moved.append((f"{redirect.kind}/{stem}/{path.rpartition('/')[2]}", Link(text=target.text, path=path)))
            for path, link in moved:
                if _as_file(path) not in taken:
                    taken.add(_as_file(path))
                    found.append(_page(stack, redirect, path, link))
    return found


def _as_file(path: str) -> str:
    """What two paths share that some file system takes for one."""
    return unicodedata.normalize("NFC", path).casefold()


def _parts(pages: Iterable[str]) -> dict[str, list[str]]:
    """The pages of years by the page that they are parts of."""
    found: dict[str, list[str]] = {}
    for path in pages:
        if path.count("/") > 1:
            found.setdefault(path.rpartition("/")[0] + ".html", []).append(path)
    return found


def _old_stems(stack: Stack, redirect: Redirect) -> Iterator[str]:
    """Where a record may have stood: under its name, or, where others bore that name, under its id."""
    for stem in dict.fromkeys((slug(redirect.name), slug(redirect.id, 120))):
        if stem not in RESERVED:
            yield stem


def _target(stack: Stack, redirect: Redirect) -> Link:
    """The record's page, or the index of its kind where it has none."""
    library = stack.library
    path = library.addresses.get((redirect.kind, redirect.to), "")
    if not path:
        return Link(text=_INDEXES[redirect.kind], path=f"{redirect.kind}/index.html")
    if redirect.kind == "actors":
        return Link(text=library.actors[redirect.to].name, path=path)
    return Link(text=library.events[redirect.to].label, path=path)


def _page(stack: Stack, redirect: Redirect, path: str, target: Link) -> Page:
    address = site_address(stack.library.settings)
    return Page(
        path=path,
        template="redirect.html",
        title=target.text,
        description=f"This page has moved: {target.text}.",
        section=redirect.kind,
        view=RedirectView(target=target, canonical=f"{address}{target.path}" if address else ""),
    )
