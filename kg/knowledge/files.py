"""Find, parse and check data files, so that a bad entry is reported with file and line before anything runs.

Two forms: TSV tables (a header line; `#` comments; one row a line) and YAML lists of rules. Each kind of file has a
JSON Schema in `kg/data/schemas/`; a row of a TSV is checked as an object of strings. All problems of a file are
reported together. This is the only module that computes a path to package data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import jsonschema
import yaml

from kg.errors import DataError

_PACKAGE = Path(__file__).resolve().parent.parent
DATA = _PACKAGE / "data"
LINE = "__line__"
"""Key under which a parsed YAML mapping keeps the line it began on (1-based)."""


def data_path(*parts: str) -> Path:
    """The path of a file in `kg/data`."""
    return DATA.joinpath(*parts)


def ontology_path(name: str) -> Path:
    """The path of a file of `ontology/`: beside the package in a checkout, inside it when installed from a wheel."""
    checkout = _PACKAGE.parent / "ontology" / name
    return checkout if checkout.exists() else _PACKAGE / "_ontology" / name


def read_tsv(path: Path, schema: str) -> list[dict[str, str]]:
    """Rows of a TSV file as dictionaries, checked against `schemas/<schema>.json`.

    Empty cells are left out of the row, so that `required` in the schema means a filled cell. Each row has its line
    number under `LINE` (a string). Raises DataError listing every bad row.
    """
    problems: list[str] = []
    rows: list[dict[str, str]] = []
    header: list[str] | None = None
    validator = _validator(schema)
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            problems.append(
                f"{path}:{number}: {len(cells)} cells, expected at most {len(header)} ({' '.join(header)})"
            )
            continue
        row = {key: cell.strip() for key, cell in zip(header, cells, strict=False) if cell.strip()}
        faults = [error.message for error in validator.iter_errors(row)]
        problems += [f"{path}:{number}: {fault}" for fault in faults]
        if not faults:
            rows.append({**row, LINE: str(number)})
    _raise(problems)
    return rows


def read_yaml(path: Path, schema: str) -> Any:
    """A YAML file checked against `schemas/<schema>.json`; every mapping keeps its line under `LINE`.

    Raises DataError with file and line for a syntax error, a duplicate key or anything the schema does not allow.
    """
    try:
        data = yaml.load(_text(path), Loader=_LineLoader)  # noqa: S506 (a SafeLoader with line numbers)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"not valid YAML: {error.problem}", where=f"{path}:{line}") from error
    _raise(
        [
            f"{path}:{_line_of(data, list(fault.absolute_path))}: {fault.message}"
            for fault in _validator(schema).iter_errors(_strip(data))
        ]
    )
    return data


def schema_names() -> list[str]:
    """Names of all schemas, sorted."""
    return sorted(path.stem for path in data_path("schemas").glob("*.json"))


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    path = data_path("schemas", f"{schema}.json")
    return jsonschema.Draft202012Validator(json.loads(_text(path)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError("data file is missing", where=str(path), hint="Reinstall the package.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 (byte {error.start})", where=str(path)) from error


class _LineLoader(yaml.SafeLoader):
    """SafeLoader that keeps line numbers and refuses duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: ARG002 (yaml's signature)
        mapping: dict[Any, Any] = {LINE: node.start_mark.line + 1}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"duplicate key {key!r}", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping


def _construct_map(loader: _LineLoader, node: yaml.MappingNode) -> Iterator[dict[Any, Any]]:
    data: dict[Any, Any] = {}
    yield data
    data.update(loader.construct_mapping(node))


_LineLoader.add_constructor("tag:yaml.org,2002:map", _construct_map)


def _strip(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _strip(value) for key, value in data.items() if key != LINE}
    if isinstance(data, list):
        return [_strip(value) for value in data]
    return data


def _line_of(data: Any, path: list[str | int]) -> int:
    line = 1
    for step in [None, *path]:
        if step is not None:
            data = data[step]
        if isinstance(data, dict):
            line = cast("int", data.get(LINE, line))
    return line


_TOLD = 5
"""How many bad entries of a file are told: more would bury the first."""


def _raise(problems: list[str]) -> None:
    if problems:
        more = f"; and {len(problems) - _TOLD} more like these" if len(problems) > _TOLD else ""
        raise DataError("; ".join(problems[:_TOLD]) + more, hint="Mend the data file.")
