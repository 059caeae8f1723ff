"""The docs say what the program does: commands, slugs, fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import cli, schema

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
SLUGS = sorted(
    set(re.findall(r'slug="([a-z-]+)"', SOURCES))
    | set(re.findall(r'(?:\.problem|_warning)\(\s*"([a-z-]+)", ', SOURCES))
    | set(re.findall(r'(?:UNKNOWN|parse_\w+, ""), "([a-z-]+)"\)', SOURCES))
)


def test_slugs_are_found_in_the_source():
    assert {"unknown-field", "empty-seed", "bad-date", "dangling-id"} <= set(SLUGS)


def test_every_problem_is_explained_and_no_other():
    text = (DOCS / "problems.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == set(SLUGS)


@pytest.mark.parametrize("verb", sorted(cli.cli.commands))
def test_every_verb_stands_in_the_readme(verb):
    assert re.search(rf"dateline(?: -C \S+)? {verb}\b", README)


@pytest.mark.parametrize("field", [name for name in schema.ENTRY_FIELDS if name not in ("salience", "note")])
def test_every_field_of_an_entry_is_explained(field):
    assert f"`{field}`" in (DOCS / "content.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (path.parent / target).exists(), target


def test_no_document_names_a_path_of_a_machine():
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")]:
        assert not re.search(r"(?<![\w.])/(?:home|root|work|Users)/", path.read_text(encoding="utf-8")), path.name
