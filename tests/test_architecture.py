"""The shape of the program: import arrows point one way, modules and functions stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dateline"

# A module imports only from lines above its own (and, inside a package, from its neighbours).
LAYERS = (
    ("when", "problems", "patterns", "altered"),
    ("rules", "edits"),
    ("model", "files", "outcome", "progress", "sharing", "seedfiles"),
    ("jobs", "presses"),
    ("folders",),
    ("shelf", "book", "digests", "traces"),
    ("trail",),
    ("yamlio", "text", "leads"),
    ("schema", "canonical", "dates", "actors", "packed", "shingles"),
    ("moved", "copies"),
    ("seeds", "events", "parts"),
    ("split", "marks", "bounds", "origins", "counts", "highlights"),
    ("parsed", "independence", "differences"),
    ("keyrows", "denials"),
    ("weighing",),
    ("store", "reconcile", "quotes"),
    ("decisions", "preview", "identify", "unaltered"),
    ("ledger", "adopt"),
    ("corrections", "amendments"),
    ("settle", "rulings"),
    ("checks", "explain", "pages"),
    ("deck", "grounds", "shares"),
    ("census",),
    ("cards",),
    ("loading",),
    ("sandbox", "compiled", "fragments", "kept", "staged"),
    ("outputs",),
    ("render", "new", "memo"),
    ("publish",),
    ("joining", "reading"),
    ("build",),
    ("verbs", "reread", "last", "export"),
    ("cli",),
    ("__main__",),
)
PAGE_PARTS = {
    "views",
    "plan",
    "rows",
    "chosen",
    "timelines",
    "gaps",
    "storylines",
    "subjects",
    "redirects",
    "web",
    "records",
    "gathered",
    "feeds",
    "linked",
    "beside",
    "axes",
    "charts",
    "drawings",
    "links",
    "notices",
    "paging",
    "search",
    "standing",
    "briefs",
    "library",
    "addresses",
    "archive",
    "registers",
    "tables",
    "recent",
    "eras",
    "chronology",
    "accounts",
    "fulltext",
}
"""Modules that `pages` alone is made of."""

MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_MODULE = 500
LONGEST_FUNCTION = 60


def part_of(path: Path) -> str:
    """The name by which a module stands in LAYERS."""
    name = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "pages" if name in PAGE_PARTS else name


def imported(path: Path) -> set[str]:
    """The parts of the program that a module imports, at its top or inside functions."""
    depth = len(path.relative_to(SOURCE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            assert not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dateline"))
            continue
        if node.level < depth:
            continue  # a neighbour in the same package
        names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
        found |= {"pages" if name in PAGE_PARTS else name for name in names if not name.startswith("__")}
    return found


def rank(part: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_import_arrows_point_one_way(path):
    part = part_of(path)
    if part == "__init__":
        assert imported(path) == set()
        return
    wrong = {other for other in imported(path) - {part} if rank(other) >= rank(part)}
    assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    long = {
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == set()


CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "strftime", "getlocale"}


def attributes_of(tree: ast.AST, module: str) -> set[str]:
    """What of an imported module is used."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    return {node.attr for node in found if node.value.id == module}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_reads_the_clock_or_the_locale(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called & CLOCKS == set()
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    waits = {"files.py": {"sleep", "monotonic"}, "progress.py": {"monotonic"}}  # for another writer, with a person
    if path.name in waits:
        modules.discard("time")
        assert attributes_of(tree, "time") == waits[path.name]
    assert modules & {"time", "locale", "random", "secrets", "uuid"} == set()


def test_data_files_say_what_they_are():
    lists = sorted((SOURCE / "data").rglob("*.tsv")) + sorted((SOURCE / "data").rglob("*.yaml"))
    assert lists
    for path in lists:
        head = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True)[:12] if line.startswith("#"))
        assert "icence" in head or "Apache-2.0" in head, f"{path.name} names no licence"
        assert "rovenance" in head or "ompiled" in head, f"{path.name} names no provenance"
