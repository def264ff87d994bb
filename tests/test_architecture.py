"""The rooms of the package: who may import whom, and which libraries stay behind which door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"

# In dependency order: a module imports only what stands above it, and its own room.
ROWS: list[set[str]] = [
    {"errors"},
    {"model"},
    {"knowledge"},
    {"dates", "normalize"},
    {"config"},
    {"doc"},
    {"readers", "segment", "mentions", "resolve", "relations", "claims", "duplicates"},
    {"pipeline"},
    {"engines"},
    {"canonical"},
    {"graph"},
    {"exporters"},
    {"publish"},
    {"store"},
    {"batch"},
    {"review"},
    {"build"},
    {"evaluation", "checking"},
    {"training"},
    {"cli"},
    {"__main__"},
]
# Stages of a row never import each other, but for these.
WITHIN_ROW = {("segment", "readers"), ("evaluation", "checking")}
DOORS = {
    "spacy": {"doc", "mentions", "resolve", "relations", "claims", "pipeline", "evaluation", "training"},
    "rdflib": {"knowledge", "graph", "exporters", "store"},
    "pyoxigraph": {"knowledge", "graph", "exporters", "store", "checking"},
    "torch": {"training"},
    "click": {"cli"},
    "rich": {"cli"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "kg":
                yield from (f"kg.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_modules_are_found() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_only_what_stands_above_it(path: Path) -> None:
    row_of = {name: number for number, row in enumerate(ROWS) for name in row}
    own = room(path)
    assert own in row_of, f"give {own} a row in ROWS"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "kg" and len(parts) > 1 and parts[1] in row_of and parts[1] != own:
            above = row_of[parts[1]] < row_of[own]
            assert above or (own, parts[1]) in WITHIN_ROW, f"{own} imports {name}"
        assert own in DOORS.get(parts[0], {own}), f"{own} imports {parts[0]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_is_small_and_described(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500
    assert ast.get_docstring(ast.parse(text)), "a module says what it is for"
    assert path.stem not in {"utils", "common", "core", "manager", "helpers"}
