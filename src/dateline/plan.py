"""What a site is planned to be: its pages with their views, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from .views import Link, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that tells the same as a page to a machine; `type` is its media type."""

    link: Link
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of the site: which template shows which view."""

    path: str
    template: str
    title: str
    description: str
    section: str
    """The part of the site it belongs to: home, actors, events, articles, about, or ""."""
    view: View
    downloads: tuple[Download, ...] = ()
    linked: str = ""
    """What it tells in JSON-LD, "" for nothing; the filter `data_block` writes it into HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file that is no page is made from; see `records.py` and `feeds.py`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Content):
    """A file as it is written."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the site that is no page, and no template shows."""

    path: str
    content: Content


Unit = tuple[Page | File, ...]
"""A page and the files beside it, or several of one kind: what is made together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that becomes a file, apart from the assets beside the templates."""

    title: str
    language: str
    pages: tuple[Page, ...]
    base: str = "/"
    """The path below which the site stands on its host."""
    address: str = ""
    """The address of the site, with a slash at its end; "" where `site.yaml` has none."""
    tag: str = ""
    """What ids in feeds begin with: "tag:example.org,2026:"."""
    report: str = ""
    """Where readers report an error; "" where nobody said."""
    files: tuple[File, ...] = ()
    """What stands beside the pages: data, feeds, tables, a sitemap."""
