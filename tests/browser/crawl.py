"""Follows the links of a site as a reader without a browser would: over the network or from disk."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.error import URLError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen


class Links(HTMLParser):
    """Where a page leads and what it loads, and the ids that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if "id" in of:
            self.ids.add(of["id"])
        if of.get("rel") != "canonical":
            self.links += [of[name] for name in ("href", "src") if of.get(name)]
        if of.get("http-equiv") == "refresh":
            self.links.append(of["content"].partition("url=")[2])


def read(url: str) -> Links | None:
    """A file by its address; None for a broken one."""
    try:
        with urlopen(url) as answer:
            data = answer.read()
    except (URLError, IsADirectoryError):
        return None
    return Links(data.decode() if url.endswith(".html") else "")


def outside(url: str) -> bool:
    return url.startswith(("https:", "http:", "mailto:", "data:"))


def crawl(root: str, start: str = "index.html") -> dict[str, Links]:
    """Every file that links lead to from a page, by its address; a link that leads nowhere, or out, is an error."""
    todo, found = [(root + start, "")], {}
    while todo:
        url, by = todo.pop()
        if url in found:
            continue
        assert url.startswith(root), (url, by)
        found[url] = read(url)
        assert found[url], f"broken: {url} on {by}"
        todo += [(urldefrag(urljoin(url, link)).url, url) for link in found[url].links if not outside(link)]
    aims = {(urldefrag(urljoin(url, link)), url) for url, page in found.items() for link in page.links if not outside(link)}  # fmt: skip
    broken = [(to, on) for to, on in aims if to.fragment and unquote(to.fragment) not in found[to.url].ids]
    assert broken == []
    return found
