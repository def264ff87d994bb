"""Files become documents: one reader a kind, told by content; what cannot be read is told and the rest goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from kg.config import Config
from kg.errors import InputError
from kg.model import Document
from kg.readers.inputs import STDIN, as_failure, find_inputs, read_bytes
from kg.readers.kinds import kind_of
from kg.readers.result import Columns, Input, Reader, ReadFailure

__all__ = ["READERS", "Columns", "ReadFailure", "read_content", "read_documents"]

READERS: dict[str, str] = {
    "text": "kg.readers.text:read_text",
    "jsonl": "kg.readers.records:read_jsonl",
    "csv": "kg.readers.records:read_csv",
    "html": "kg.readers.html:read_html",
    "pdf": "kg.readers.pdf:read_pdf",
}
"""Kind → reader, as `module:function`, so that a library is loaded when the first file of its kind comes."""


def read_documents(
    inputs: Iterable[str | Path], *, config: Config | None = None
) -> Iterator[Document | ReadFailure]:
    """The documents of files, folders (recursive, sorted, hidden files passed over) and `-` (standard input), in order.

    `source` of a document is the path as given, with POSIX separators. A file that cannot be read gives a ReadFailure
    and the others go on. Raises UsageError, before anything is read, for a path that does not exist and for a folder
    without files.
    """
    return _read_all(find_inputs(inputs), _columns(config))


def read_content(
    source: str, data: bytes, *, columns: Columns | None = None
) -> Iterator[Document | ReadFailure]:
    """The documents in `data`, whose kind is told by content, then by the name `source`."""
    columns = columns or Columns()
    count = 0
    try:
        for item in reader(kind_of(source, data, columns))(Input(source, data, columns)):
            yield item
            count += 1
    except InputError as error:
        yield as_failure(source, error)
        return
    if not count:
        yield as_failure(source, InputError("no text in it"))


def reader(kind: str) -> Reader:
    """The reader of a kind, loaded now. Raises InputError when the library it needs is not installed."""
    module, _, function = READERS[kind].partition(":")
    try:
        found: Reader = getattr(import_module(module), function)
    except ImportError as error:
        raise InputError(
            f"reading {kind} needs {error.name}, which is not installed", hint=f"pip install 'lgkg[{kind}]'"
        ) from None
    return found


def _read_all(places: list[str], columns: Columns) -> Iterator[Document | ReadFailure]:
    for place in places:
        try:
            data = sys.stdin.buffer.read() if place == STDIN else read_bytes(place)
        except InputError as error:
            yield as_failure(place, error)
            continue
        yield from read_content(place, data, columns=columns)


def _columns(config: Config | None) -> Columns:
    return getattr(config, "columns", None) or Columns()
