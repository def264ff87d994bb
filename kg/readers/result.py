"""What a reader gives and is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.config import Columns
from kg.errors import KGError
from kg.model import Document


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An input that could not be read. `source` names it as the user did; `error` says why, in one line."""

    source: str
    error: KGError


@dataclass(frozen=True, slots=True)
class Input:
    """One file's content on its way to a reader. `depth` counts the archives around it."""

    source: str
    data: bytes
    columns: Columns = field(default_factory=Columns)
    depth: int = 0


Reader = Callable[[Input], Iterator[Document | ReadFailure]]
"""Raises InputError when the whole input is unreadable; yields a ReadFailure for a part that is."""
