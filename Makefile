# make site    install into .venv, build the tracker in this folder, say where to look
# make test    install into .venv, then lint, types and tests
# make test-browser   the tests that need a real Chromium
# make lock    renew requirements*.lock from pyproject.toml

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	if $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$p; break; fi; done)
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: site test test-browser lock gate clean

site: .venv/.run
	$(PY) -m dateline build

test: .venv/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -m "not browser"

test-browser: .venv/.dev
	@if [ -n "$(CHROMIUM)" ]; then CHROMIUM="$(CHROMIUM)" $(PY) -m pytest -m browser; \
	else echo "not run: $$($(PY) -m pytest -m browser --collect-only -q | grep -c ::) tests (no Chromium here)"; fi

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer with venv is needed (on Debian: apt-get install python3 python3-venv)"; exit 1; fi
	$(PYTHON) -m venv .venv

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Scores of the extraction on tests/eval, against their floors.
gate: .venv/.dev
	$(PY) tests/eval/gate.py

COMPILE := .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock" --extra nlp --extra html
lock: .venv/.dev
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf .venv .cache dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
