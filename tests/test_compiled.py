"""Code of shipped templates is kept with that of the program; nobody else's is, and what is damaged is made anew."""

from __future__ import annotations

import sys

import jinja2
import pytest

from dateline import compiled


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """The folder of shipped templates, that of a tracker's own, and where code is kept; Python keeps code."""
    found = tmp_path / "shipped", tmp_path / "own", tmp_path / "code"
    for folder in found:
        folder.mkdir()
    (found[0] / "page.html").write_text("shipped {{ 1 + 1 }}", "utf-8")
    (found[1] / "mine.html").write_text("own {{ 1 + 1 }}", "utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return found


def show(folders, name):
    """What a template makes, in a new environment, and how often a template was compiled for it."""
    shipped, own, code = folders
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([own, shipped]), bytecode_cache=compiled.Compiled(shipped, code)
    )
    compile, calls = environment.compile, []
    environment.compile = lambda *told, **named: calls.append(told) or compile(*told, **named)
    return environment.get_template(name).render(), len(calls)


def test_code_of_a_shipped_template_is_taken_as_it_is_kept(folders):
    assert show(folders, "page.html") == ("shipped 2", 1)
    assert show(folders, "page.html") == ("shipped 2", 0)
    (folders[0] / "page.html").write_text("changed {{ 1 + 2 }}", "utf-8")
    assert show(folders, "page.html") == ("changed 3", 1)
    assert len(list(folders[2].iterdir())) == 1  # that of the old text went


def test_code_of_a_tracker_s_own_template_is_never_kept(folders):
    (folders[1] / "page.html").write_text("instead", "utf-8")
    assert [show(folders, name) for name in ("mine.html", "page.html")] == [("own 2", 1), ("instead", 1)]
    assert list(folders[2].iterdir()) == []


def test_damaged_code_and_that_of_another_program_is_not_run(folders, monkeypatch):
    show(folders, "page.html")
    (kept,) = folders[2].iterdir()
    for data in (b"", b"x" * 500, kept.read_bytes()[:-3]):
        kept.write_bytes(data)
        assert show(folders, "page.html") == ("shipped 2", 1)
    monkeypatch.setattr(compiled, "signature", lambda: "another")
    assert show(folders, "page.html") == ("shipped 2", 1)


def test_nothing_is_kept_where_python_is_to_keep_nothing(folders, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert show(folders, "page.html") == ("shipped 2", 1)
    assert list(folders[2].iterdir()) == []
