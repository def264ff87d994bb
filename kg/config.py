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
class Config:
    """What a run can be told; everything that may change an output, and nothing else.

    `min_confidence` (0…1): claims at or above it are asserted, below it candidates. `base_iri`: where data IRIs live;
    absolute, ending in `/` or `#`. Raises UsageError for a value out of its range.
    """

    min_confidence: float = 0.5
    base_iri: str = "https://w3id.org/lgkg/id/"

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
    return data


def _problem(key: str, value: object, defaults: Mapping[str, object]) -> str | None:
    if key not in defaults:
        close = difflib.get_close_matches(key, defaults, n=1)
        meant = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(sorted(defaults))}"
        return f"unknown key {key!r} ({meant})"
    expected = type(defaults[key])
    accepted = (int, float) if expected is float else (expected,)
    if isinstance(value, bool) != (expected is bool) or not isinstance(value, accepted):
        return f"{key!r} is {value!r}, expected {expected.__name__}"
    return None
