"""Pages kept: one whose view, templates and file are as they were is not made again; never needed for correctness.

A page is a function of its plan and its view, the site's title, language and base, the templates, and this program.
A template that asks for all pages of the site (`site.pages`) makes a page that is never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from .digests import Digests
from .files import digest_of
from .folders import TEMPLATES, Prints, load_plain, save_plain, signature, surroundings
from .plan import File, Page, Site
from .records import Happening, Source
from .records import Report as ReportData
from .views import Report, Row

FILE = "pages.marshal"
SHARED = frozenset((Row, Report, Happening, ReportData, Source))
"""What stands on many pages, and is looked at once; on a page it is its digest."""
_FORM = 3

Noted = tuple[dict[str, tuple[str, str]], dict[str, str]]
"""Path → the digests of its view and its file; and of those that stand."""
Everything = Callable[[], tuple[tuple[Page, ...], tuple[File, ...]]]
"""Gives all pages of a site, and all its files."""


class Seen(Site):
    """A site that notes whether a template asked for all of its pages, which are planned only then."""

    __slots__ = ("asked", "everything")
    __qualname__ = "Site"  # as a template sees it that shows it whole
    asked: bool
    everything: Everything

    def __getattribute__(self, name: str) -> Any:
        if name in ("pages", "files"):
            object.__setattr__(self, "asked", True)
            pages, files = object.__getattribute__(self, "everything")()
            return pages if name == "pages" else files
        return object.__getattribute__(self, name)


class KeptPages:
    """What the last run made of which views, beside how files stand now."""

    def __init__(
        self, prints: Prints, site: Site, everything: Everything | None = None, digests: Digests | None = None
    ) -> None:
        """Recall the pages of the last run; those made otherwise are forgotten.

        `everything` plans all of the site, where `site` does not hold its pages; `digests` of what is `SHARED` may be
        known already.
        """
        self._tracker = prints.tracker
        self._there = prints.of("site/")
        templates = sorted(told for told in prints.digests.items() if told[0].startswith(TEMPLATES))
        frame = [_FORM, signature(), surroundings(), templates, site.title, site.language, site.base]
        frame += [site.address, site.tag, site.report]
        self._frame = digest_of(repr(frame).encode("utf-8", "surrogatepass"))
        self._before = _rows(load_plain(self._tracker, FILE), self._frame)
        stand = (path for path, kept in self._before.items() if self._there.get(path) == kept[1])
        self._stand = frozenset(stand)
        """The files that stand as the last run left them."""
        self._now: dict[str, tuple[str, str]] = {}
        self.digests = digests or Digests(SHARED)
        self.standing: dict[str, str] = {}
        """The pages that stand as they should, by path, with their digests."""
        self.site = Seen(**{field.name: getattr(site, field.name) for field in fields(site)})
        """The site as templates are to be given it."""
        object.__setattr__(self.site, "everything", everything or (lambda: (site.pages, site.files)))
        self.site_forgets()

    def site_forgets(self) -> None:
        """From now on it is noted whether all pages are asked for."""
        object.__setattr__(self.site, "asked", False)

    def stand(self, paths: Iterable[str]) -> bool:
        """Whether files stand as the last run left them."""
        return self._stand.issuperset(paths)

    def leave(self, paths: Iterable[str]) -> None:
        """Note files that stand, and need not be planned anew."""
        before = self._before
        for path in paths:
            self._now[path] = kept = before[path]
            self.standing[path] = kept[1]

    def stands(self, page: Page | File) -> bool:
        """Whether the file of a page, or one beside the pages, is what would be made of it."""
        view = self.digests.of(page)
        kept = self._before.get(page.path)
        if kept is None or kept[0] != view or self._there.get(page.path) != kept[1]:
            self._now[page.path] = (view, "")
            return False
        self._now[page.path] = kept
        self.standing[page.path] = kept[1]
        return True

    def note(self, page: Page | File, data: bytes) -> None:
        """Remember what was made of a page that does not stand."""
        view, _ = self._now[page.path]
        self._now[page.path] = ("" if self.site.asked else view, digest_of(data))
        self.site_forgets()

    def digest_of(self, path: str) -> str:
        """The digest of a file as it is to stand; "" for one that was not made."""
        return self._now.get(path, ("", ""))[1]

    def take(self) -> Noted:
        """What was noted since this was last asked: it is forgotten here."""
        taken, self._now, self.standing = (self._now, self.standing), {}, {}
        return taken

    def add(self, taken: Noted) -> None:
        """Note what another process noted, or this one before."""
        now, standing = taken
        self._now |= now
        self.standing |= standing

    def save(self) -> None:
        """Keep it for the next run."""
        kept = {path: told for path, told in self._now.items() if all(told)}
        if kept != self._before:
            save_plain(self._tracker, FILE, [self._frame, [*kept], [*kept.values()]])


def _rows(kept: Any, frame: str) -> Mapping[str, tuple[str, str]]:
    try:
        return dict(zip(kept[1], kept[2], strict=True)) if kept[0] == frame else {}
    except (TypeError, ValueError, IndexError, KeyError):
        return {}
