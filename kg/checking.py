"""All that is known and not code, checked: ontology, shapes, data files, their schemas, named queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema

from kg.errors import DataError
from kg.knowledge.files import DATA, data_path, ontology_path, read_tsv, read_yaml, schema_names


def check() -> tuple[list[str], int]:
    """Every problem found, each with file and line, and the number of files looked at."""
    problems: list[str] = []
    count = 0
    for path, fault in _faults():
        count += 1
        if fault is not None:
            problems.append(fault if str(path) in fault else f"{path}: {fault}")
    return problems, count


def _faults() -> Iterator[tuple[Path, str | None]]:
    for name in schema_names():
        path = data_path("schemas", f"{name}.json")
        yield path, _schema_fault(path)
    for path in sorted(DATA.rglob("*")):
        if path.suffix in {".tsv", ".yml"}:
            yield path, _data_fault(path)
    for name in ("lgkg.ttl", "shapes.ttl"):
        path = ontology_path(name)
        yield path, _turtle_fault(path)


def _schema_fault(path: Path) -> str | None:
    try:
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
    except json.JSONDecodeError as error:
        return f"{path}:{error.lineno}: not valid JSON: {error.msg}"
    except jsonschema.SchemaError as error:
        return f"not a valid JSON Schema: {error.message}"
    return None


def _data_fault(path: Path) -> str | None:
    """A data file is checked by the schema of its own name or, failing that, of its folder's (`relations/*.yml`)."""
    known = [name for name in (path.stem, path.parent.name) if name in schema_names()]
    if not known:
        return (
            f"no schema named {path.stem}.json or {path.parent.name}.json. Write one in {DATA / 'schemas'}."
        )
    try:
        if path.suffix == ".tsv":
            read_tsv(path, known[0])
        else:
            read_yaml(path, known[0])
    except DataError as error:
        return str(error)
    return None


def _turtle_fault(path: Path) -> str | None:
    import pyoxigraph

    try:
        for _ in pyoxigraph.parse(path=path):
            pass
    except FileNotFoundError:
        return "is missing. Reinstall the package."
    except SyntaxError as error:
        return f"{path}:{error.lineno}: not valid Turtle: {error.msg}"
    return None
