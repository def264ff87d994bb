"""What a name says by itself: its scope (national, provincial), an organisation's kind, an area's level."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from kg.canonical.iri import key_name
from kg.knowledge.files import data_path, read_tsv

Match = Literal["name", "prefix"]


@cache
def _scopes() -> Mapping[Match, Mapping[str, str]]:
    tables: dict[Match, dict[str, str]] = {"name": {}, "prefix": {}}
    for row in read_tsv(data_path("canonical", "scopes.tsv"), "scopes"):
        tables["name" if row["match"] == "name" else "prefix"][row["form"]] = row["scope"]
    return tables


@cache
def _suffixes() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, dict[str, str]] = {"ORG": {}, "PLACE": {}}
    for row in read_tsv(data_path("canonical", "suffixes.tsv"), "suffixes"):
        tables[row["type"]][row["suffix"]] = row["value"]
    return tables


def named_scope(name: str) -> str | None:
    """The scope of a body known by its whole name (公安部: `national`), else None."""
    return _context(_scopes()["name"].get(key_name(name)))


def prefix_scope(name: str) -> str | None:
    """The scope that a name begins with (全国文明城市: `national`; 云南省…: `place/530000`), else None."""
    key, prefixes = key_name(name), _scopes()["prefix"]
    return next(
        (_context(prefixes[key[:n]]) for n in range(min(9, len(key) - 1), 1, -1) if key[:n] in prefixes), None
    )


def _context(scope: str | None) -> str | None:
    return f"place/{scope}" if scope is not None and scope.isdigit() else scope


def suffix_value(entity_type: str, name: str) -> str | None:
    """An organisation's kind or an area's level by the longest known ending of its name, else None."""
    key, table = key_name(name), _suffixes().get(entity_type, {})
    for length in range(min(8, len(key)), 0, -1):
        value = table.get(key[-length:])
        if value is not None:
            return None if value == "-" else value
    return None


def code_level(code: str) -> str:
    """The level of an administrative area by its code: 6 digits (GB/T 2260), 9 or more below the county."""
    if len(code) > 9:
        return "village"
    if len(code) > 6:
        return "township"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"
