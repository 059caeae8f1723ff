"""Pages kept: one whose view, templates and file are as they were is not made again; never needed for correctness.

A page is a function of its plan and its view, the site's title, language and base, the templates, and this program.
A template that asks for all pages of the site (`site.pages`) makes a page that is never kept.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from .files import digest_of
from .folders import TEMPLATES, Prints, load_kept, save_kept, signature, surroundings
from .plan import File, Page, Site
from .records import Happening
from .views import Moment, Report, Row, Source

FILE = "pages.json"
SHARED = frozenset((Row, Report, Happening))
"""What stands on many pages, and is looked at once; on a page it is its digest."""
_OFTEN = SHARED | {Moment, Source}
"""What stands on many pages or many times on one."""
_PLAIN = frozenset(("str", "int", "float", "bool", "Course", "tuple[str, ...]"))
"""Types of fields, as they are written, whose values hold no records."""
_FORM = 2

Values = Callable[[Any], tuple[Any, ...]]


@cache
def _values(cls: type) -> tuple[Values, Values] | None:
    """What gives the fields of a record of a class, the plain ones and the others; None for a plain value."""
    if not is_dataclass(cls):
        return None
    plain = [field.name for field in fields(cls) if field.type in _PLAIN]
    return _getter(plain), _getter([field.name for field in fields(cls) if field.name not in plain])


def _getter(names: list[str]) -> Values:
    return attrgetter(*names) if len(names) > 1 else lambda of: tuple([getattr(of, name) for name in names])


def _digest_of(told: Any) -> str:
    """The digest of plain values: equal values have one, however they came to be.

    The first form of `marshal` is used, which alone does not tell whether two equal values are one object.
    """
    try:
        data = marshal.dumps(told, 0)
    except ValueError:
        data = repr(told).encode("utf-8", "surrogatepass")
    return digest_of(data)


class Seen(Site):
    """A site that notes whether a template asked for all of its pages."""

    __slots__ = ("asked",)
    __qualname__ = "Site"  # as a template sees it that shows it whole
    asked: bool

    def __getattribute__(self, name: str) -> Any:
        if name in ("pages", "files"):
            object.__setattr__(self, "asked", True)
        return object.__getattribute__(self, name)


class KeptPages:
    """What the last run made of which views, beside how files stand now."""

    def __init__(self, prints: Prints, site: Site) -> None:
        """Recall the pages of the last run; those made otherwise are forgotten."""
        self._tracker = prints.tracker
        self._there = prints.of("site/")
        templates = sorted(told for told in prints.digests.items() if told[0].startswith(TEMPLATES))
        frame = [_FORM, signature(), surroundings(), templates, site.title, site.language, site.base]
        frame += [site.address, site.tag, site.report]
        self._frame = digest_of(repr(frame).encode("utf-8", "surrogatepass"))
        self._before = _rows(load_kept(self._tracker, FILE), self._frame)
        self._now: dict[str, tuple[str, str]] = {}
        self._often: dict[int, Any] = {}
        self.standing: dict[str, str] = {}
        """The pages that stand as they should, by path, with their digests."""
        self.site = Seen(**{field.name: getattr(site, field.name) for field in fields(site)})
        """The site as templates are to be given it."""
        self.site_forgets()

    def site_forgets(self) -> None:
        """From now on it is noted whether all pages are asked for."""
        object.__setattr__(self.site, "asked", False)

    def stands(self, page: Page | File) -> bool:
        """Whether the file of a page, or one beside the pages, is what would be made of it."""
        view = self._digest(page)
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

    def save(self) -> None:
        """Keep it for the next run."""
        rows = [[path, *told] for path, told in self._now.items() if all(told)]
        save_kept(self._tracker, FILE, [self._frame, rows])

    def _digest(self, page: Page | File) -> str:
        return _digest_of(self._told(page))

    def _told(self, value: Any) -> Any:
        """A view as tuples of plain values; what stands on many pages as its digest."""
        cls = value.__class__
        if cls is tuple:
            return tuple([self._told(item) for item in value])
        of = _values(cls)
        if of is None:
            return value
        often = cls in _OFTEN
        if often and (known := self._often.get(id(value))) is not None:  # the plan holds all of them while this runs
            return known
        plain, others = of
        told: Any = plain(value)
        if more := others(value):
            told += tuple([item if item is None else self._told(item) for item in more])
        if often:
            told = self._often[id(value)] = _digest_of(told) if cls in SHARED else told
        return told


def _rows(kept: Any, frame: str) -> Mapping[str, tuple[str, str]]:
    try:
        return {path: (view, told) for path, view, told in kept[1]} if kept[0] == frame else {}
    except (TypeError, ValueError, IndexError, KeyError):
        return {}
