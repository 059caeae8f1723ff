from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Many more kills, histories and fuzzed files: takes minutes.")


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether the long tests were asked for."""
    return bool(request.config.getoption("--long"))
