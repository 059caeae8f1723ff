"""Addresses on the web: the site's own, those of articles, and the ids that feeds know things by."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from .model import Settings
from .text import slug

TAG_YEAR = "2026"
"""The date of ids that come from the address: a `tag:` names a day on which its domain was somebody's."""
NOBODY = "dateline.invalid"
"""The domain of ids where there is no address: one that belongs to nobody (RFC 2606)."""

_RTL_LANGUAGES = frozenset(
    "ar arc arz ckb dv fa glk he iw ks lrc mzn nqo pnb prs ps rhg sd sdh syr ug ur yi".split()  # noqa: SIM905
)
"""Languages that are written from right to left where their tag names no script (Unicode CLDR, characterOrder)."""
_RTL_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))


@lru_cache(maxsize=16384)
def anchor(fragment: str) -> str:
    """What stands behind an address to lead to a place on the page; many links lead to the same row."""
    return f"#{quote(fragment, safe='', errors='replace')}" if fragment else ""


def web_address(url: str) -> str:
    """The address if a reader may follow it: http or https with a host; "" otherwise."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


@lru_cache(maxsize=65536)
def way(folder: str, path: str) -> str:
    """The way from a folder of the site ("" for its root) to a path of it, as it stands in an address."""
    here, there = _steps(folder), _steps(path)
    same = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        same += 1
    return ("../" * (len(here) - same) + "/".join(there[same:])).rstrip("/") or "."


@lru_cache(maxsize=16384)
def _steps(path: str) -> tuple[str, ...]:
    """The folders and the file of a path, as they stand in an address."""
    return tuple(quote(posixpath.normpath(path)).split("/")) if path else ()


@lru_cache(maxsize=16384)
def folder_of(path: str) -> str:
    """The folder in which a file of the site stands, "" for the root."""
    return posixpath.dirname(path)


def direction(language: str) -> str:
    """Which way a language (BCP 47) is written: "rtl" or "ltr"; by its script where the tag names one."""
    first, *rest = language.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    return "rtl" if (scripts[0] in _RTL_SCRIPTS if scripts else first in _RTL_LANGUAGES) else "ltr"


def safe_url(url: str) -> str:
    """An address in the characters of RFC 3986: all others are percent-encoded, what is encoded stays."""
    return quote(url.encode("utf-8", "replace"), safe="%/:?#[]@!$&'()*+,;=~")


def site_address(settings: Settings) -> str:
    """Where the site stands, with a slash at its end; "" where nobody said, or what was said is no address."""
    url = web_address(settings.address)
    if not url:
        return ""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    try:
        place = place.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return safe_url(urlunsplit((parts.scheme, place.lower(), parts.path.rstrip("/") + "/", "", "")))


def address_note(settings: Settings) -> str:
    """What a site without an address lacks, for who made it; "" where it has one."""
    if site_address(settings):
        return ""
    lacks = "no sitemap, robots.txt or canonical links" + (
        "" if settings.tag else ", and ids in feeds hang on the title"
    )
    if settings.address:
        return f'"{settings.address}" is no address on the web: {lacks}'
    return f"without an address: {lacks}; write address: and tag: into content/site.yaml before you publish"


def tag_of(settings: Settings) -> str:
    """What the ids of this tracker begin with (RFC 4151): "tag:example.org,2026:afghan/".

    From `tag:` of `site.yaml`, else from the address; with neither a neutral one, which hangs on the title.
    """
    if settings.tag:
        return f"tag:{settings.tag}{'/' if ':' in settings.tag else ':'}"
    parts = urlsplit(site_address(settings))
    domain, path = parts.hostname or "", parts.path.strip("/")
    if not domain or not all(c.isalnum() or c in ".-" for c in domain):
        domain, path = NOBODY, slug(settings.title) or "tracker"
    return f"tag:{domain},{TAG_YEAR}:{path}{'/' if path else ''}"
