"""Files become documents: one reader a kind, told by content; what cannot be read is told and the rest goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from kg.config import Columns, Config
from kg.errors import InputError
from kg.model import Document
from kg.readers.inputs import STDIN, as_failure, find_inputs, read_bytes
from kg.readers.kinds import kind_of
from kg.readers.result import Input, Reader, ReadFailure

__all__ = ["READERS", "ReadFailure", "read_content", "read_documents"]

READERS: dict[str, str] = {
    "text": "kg.readers.text:read_text",
    "jsonl": "kg.readers.records:read_jsonl",
    "csv": "kg.readers.records:read_csv",
    "html": "kg.readers.html:read_html",
    "pdf": "kg.readers.pdf:read_pdf",
    "docx": "kg.readers.docx:read_docx",
    "zip": "kg.readers.archive:read_zip",
    "tar": "kg.readers.archive:read_tar",
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
    return _read_all(find_inputs(inputs), config.columns if config is not None else Columns())


def read_content(
    source: str, data: bytes, *, columns: Columns | None = None, depth: int = 0
) -> Iterator[Document | ReadFailure]:
    """The documents in `data`, whose kind is told by content, then by the name `source`.

    `depth` counts the archives that it lay in.
    """
    columns = columns or Columns()
    count = 0
    kind = "file"
    try:
        kind = kind_of(source, data, columns)
        for item in reader(kind)(Input(source, data, columns, depth)):
            yield item
            count += 1
    except InputError as error:
        yield as_failure(source, error)
        return
    except ImportError as error:
        yield as_failure(source, _missing(kind, error))
        return
    except Exception as error:  # the libraries raise anything on a damaged file; it must not end the batch
        yield as_failure(source, InputError(f"cannot be read as {kind} ({type(error).__name__}: {error})"))
        return
    if not count:
        yield as_failure(source, InputError("no text in it"))


def reader(kind: str) -> Reader:
    """The reader of a kind, loaded now. Raises ImportError when it or a library that it needs is not installed."""
    module, _, function = READERS[kind].partition(":")
    found: Reader = getattr(import_module(module), function)
    return found


def _missing(kind: str, error: ImportError) -> InputError:
    return InputError(
        f"reading {kind} needs {error.name}, which is not installed", hint=f"pip install 'lgkg[{kind}]'"
    )


def _read_all(places: list[str], columns: Columns) -> Iterator[Document | ReadFailure]:
    for place in places:
        try:
            data = sys.stdin.buffer.read() if place == STDIN else read_bytes(place)
        except InputError as error:
            yield as_failure(place, error)
            continue
        yield from read_content(place, data, columns=columns)
