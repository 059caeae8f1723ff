"""Three sites that are made once, and the places from which one of them is served."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.folders import template_dirs
from dateline.pages import plan
from dateline.render import render, write

ROOT = Path(__file__).parents[2]


def _made(folder: Path, corpus, texts=None) -> Path:
    site, planning = plan(corpus, texts)
    files, rendering = render(site, template_dirs(ROOT))
    assert (*planning, *rendering) == ()
    write(folder, files)
    return folder


@pytest.fixture(scope="session")
def gallery(tmp_path_factory) -> Path:
    """A site with a page of every kind."""
    from shown import WHOLE, gallery

    return _made(tmp_path_factory.mktemp("gallery"), gallery(), WHOLE)


@pytest.fixture(scope="session")
def arabic(tmp_path_factory) -> Path:
    """A site written from right to left."""
    from shown import arabic

    return _made(tmp_path_factory.mktemp("arabic"), arabic())


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    """A site of so many articles that they are listed by month."""
    from test_archive import many

    return _made(tmp_path_factory.mktemp("archive"), many(320, source="Dawn"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Path:
    """A site whose every text is hostile."""
    from shown import EVERYTHING, hostile

    return _made(tmp_path_factory.mktemp("hostile"), hostile(), EVERYTHING)


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, and nothing beside it."""

    def __init__(self, *args, prefix: str, **kwargs) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return os.devnull + "/none"
        return super().translate_path(path[len(self.prefix) - 1 :])

    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="session")
def served(gallery) -> Iterator[dict[str, str]]:
    """The gallery's addresses: from disk, at the root of a host, and below a path of one."""
    servers = {prefix: ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, prefix=prefix, directory=str(gallery))) for prefix in ("/", "/a/b/")}  # fmt: skip
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {
        "disk": gallery.as_uri() + "/",
        **{prefix: f"http://127.0.0.1:{server.server_port}{prefix}" for prefix, server in servers.items()},
    }
    for server in servers.values():
        server.shutdown()
        server.server_close()
