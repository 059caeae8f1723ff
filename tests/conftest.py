from __future__ import annotations

import sys

import pytest

from dateline import cli


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Many more kills, histories and fuzzed files: takes minutes.")


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether the long tests were asked for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line; returns exit code, standard output, standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call
