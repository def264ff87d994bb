"""Configuration: `kg.toml` and command-line flags become one frozen record."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from kg.errors import DataError, UsageError


@dataclass(frozen=True, slots=True)
class Columns:
    """Which keys of a JSON Lines record, or columns of a table, hold what; of several names the first that is there."""

    text: tuple[str, ...] = ("text", "正文", "内容", "content")
    title: tuple[str, ...] = ("title", "标题")
    date: tuple[str, ...] = ("date", "日期", "发布时间", "发布日期")
    source: tuple[str, ...] = ("source", "来源")
    byline: tuple[str, ...] = ("byline", "作者", "记者", "author")
    newspaper: tuple[str, ...] = ("newspaper", "报纸", "媒体")
    id: tuple[str, ...] = ("id", "编号")


@dataclass(frozen=True, slots=True)
class Config:
    """What a run can be told; everything that may change an output, and nothing else.

    `min_confidence` (0…1): claims at or above it are asserted, below it candidates. `base_iri`: where data IRIs live;
    absolute, ending in `/` or `#`. `model`: whether the learned layer judges mentions; without it the rules alone do.
    `columns`: names of the columns of tables and JSON Lines. Raises UsageError for a value out of its range.
    """

    min_confidence: float = 0.5
    base_iri: str = "https://w3id.org/lgkg/id/"
    model: bool = True
    columns: Columns = Columns()

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(f"min_confidence is {self.min_confidence}, expected a number from 0 to 1")
        if not self.base_iri.startswith(("http://", "https://", "urn:")) or self.base_iri[-1] not in "/#:":
            raise UsageError(f"base_iri is {self.base_iri!r}, expected an absolute IRI that ends in / or #")
        if any(character in ' <>"{}|\\^`' or character < " " for character in self.base_iri):
            raise UsageError(f"base_iri is {self.base_iri!r}, which has characters that no IRI may have")

    @property
    def hash(self) -> str:
        """A stable hexadecimal id of all values."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]


def load_config(path: Path | None = None, *, overrides: Mapping[str, Any] | None = None) -> Config:
    """The configuration of a TOML file, with `overrides` (flags; None means not given) on top.

    Raises UsageError when the file is missing, DataError naming file and key for every unknown key or wrong type.
    """
    values = {} if path is None else _read(path)
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    try:
        return Config(**{**values, **given})
    except UsageError as error:
        if path is None or not set(values) - set(given):
            raise
        raise DataError(error.what, where=str(path)) from error


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"not valid TOML: {error}", where=str(path)) from error
    defaults = {field.name: field.default for field in fields(Config)}
    problems = [
        problem for key, value in data.items() if (problem := _problem(key, value, defaults)) is not None
    ]
    if problems:
        raise DataError("; ".join(problems), where=str(path), hint="See docs/cli.md for the keys.")
    if "columns" in data:
        data["columns"] = Columns(
            **{
                name: (value,) if isinstance(value, str) else tuple(value)
                for name, value in data["columns"].items()
            }
        )
    return data


def _problem(key: str, value: object, defaults: Mapping[str, object]) -> str | None:
    if key not in defaults:
        close = difflib.get_close_matches(key, defaults, n=1)
        meant = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(sorted(defaults))}"
        return f"unknown key {key!r} ({meant})"
    if key == "columns":
        return _columns_problem(value)
    expected = type(defaults[key])
    accepted = (int, float) if expected is float else (expected,)
    if isinstance(value, bool) != (expected is bool) or not isinstance(value, accepted):
        return f"{key!r} is {value!r}, expected {expected.__name__}"
    return None


def _columns_problem(value: object) -> str | None:
    names = [field.name for field in fields(Columns)]
    if not isinstance(value, dict):
        return f"'columns' is {value!r}, expected a table of names"
    for name, given in value.items():
        if name not in names:
            return f"unknown key 'columns.{name}' (known keys: {', '.join(names)})"
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not listed or not all(isinstance(item, str) for item in listed):
            return f"'columns.{name}' is {given!r}, expected a name or a list of names"
    return None
