"""Reports already cut, one record each: JSON Lines, and tables (CSV, TSV) with a header."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.config import Columns
from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import decode
from kg.readers.result import Input, ReadFailure

MAX_LINE = 16 * 1024 * 1024
"""Characters: a longer record is refused; no report comes near it."""
_KEYS = ("id", "title", "date", "source", "byline", "newspaper")


def read_jsonl(item: Input) -> Iterator[Document | ReadFailure]:
    """One document whose pages are the lines' texts, in order; a ReadFailure for each line that is no report."""
    texts: list[str] = []
    records: list[Mapping[str, str]] = []
    failures: list[ReadFailure] = []
    for number, line in enumerate(decode(item.data).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{item.source}:{number}"
        try:
            text, record = _record(_parse(line), item.columns)
        except InputError as error:
            failures.append(ReadFailure(item.source, InputError(error.what, where=where, hint=error.hint)))
            continue
        texts.append(text)
        records.append(record)
    if texts:
        yield Document(item.source, "jsonl", tuple(texts), segmented=True, records=tuple(records))
    yield from failures


def read_csv(item: Input) -> Iterator[Document | ReadFailure]:
    """One document whose pages are the rows' texts. The separator (comma, tab or semicolon) is told by the header."""
    content = decode(item.data)
    header = content.split("\n", 1)[0]
    separator = max(",\t;", key=header.count)
    texts: list[str] = []
    records: list[Mapping[str, str]] = []
    failures: list[ReadFailure] = []
    csv.field_size_limit(MAX_LINE)
    rows = csv.DictReader(io.StringIO(content), delimiter=separator, strict=True)
    names = [name.strip() for name in rows.fieldnames or ()]
    rows.fieldnames = names
    if _first(item.columns.text, names) is None:
        raise InputError(
            f"no column for the text: has {', '.join(names[:12])}; expected one of {', '.join(item.columns.text)}",
            where=f"{item.source}:1",
            hint='Name the column in the configuration, [columns] text = ["…"].',
        )
    try:
        for row in rows:
            try:
                text, record = _record(row, item.columns)
            except InputError as error:
                where = f"{item.source}:{rows.line_num}"
                failures.append(
                    ReadFailure(item.source, InputError(error.what, where=where, hint=error.hint))
                )
                continue
            texts.append(text)
            records.append(record)
    except csv.Error as error:
        raise InputError(f"not a valid table: {error}", where=f"{item.source}:{rows.line_num}") from None
    if texts:
        yield Document(item.source, "csv", tuple(texts), segmented=True, records=tuple(records))
    yield from failures


def is_jsonl(text: str) -> bool:
    """Whether the first line is a JSON object."""
    line = text.lstrip()[:1]
    if line != "{":
        return False
    first = text.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def is_table(text: str, columns: Columns) -> bool:
    """Whether the first line names a column for the text, and another."""
    header = text.split("\n", 1)[0]
    if len(header) > 500:
        return False
    for separator in ",\t;":
        names = [name.strip().strip('"') for name in header.split(separator)]
        if len(names) > 1 and _first(columns.text, names) is not None:
            return True
    return False


def _parse(line: str) -> Mapping[str, Any]:
    if len(line) > MAX_LINE:
        raise InputError(f"a line of {len(line)} characters, at most {MAX_LINE} are read")
    try:
        data = json.loads(line)
    except ValueError as error:
        raise InputError(f"not valid JSON ({error})", hint="Each line is to be one JSON object.") from None
    except RecursionError:
        raise InputError("JSON nested too deeply") from None
    if not isinstance(data, dict):
        raise InputError(f"not a JSON object (got {type(data).__name__})")
    return data


def _record(data: Mapping[str, Any], columns: Columns) -> tuple[str, Mapping[str, str]]:
    """The text and the metadata of a record, all strings. Raises InputError naming key and type."""
    key = _first(columns.text, data)
    if key is None or data[key] is None:
        raise InputError(f"no text (expected one of {', '.join(columns.text)})")
    text = data[key]
    if not isinstance(text, str) or not text.strip():
        raise InputError(
            f"{key} is {'empty' if isinstance(text, str) else type(text).__name__}, expected text"
        )
    record: dict[str, str] = {}
    for field in _KEYS:
        name = _first(getattr(columns, field), data)
        if name is None or data[name] is None or data[name] == "":
            continue
        value = data[name]
        if field == "byline" and isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "、".join(value)
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise InputError(f"{name} is {type(value).__name__}, expected text")
        record[field] = str(value).strip()
    return text, record


def _first(names: Iterable[str], available: Iterable[str]) -> str | None:
    there = set(available)
    return next((name for name in names if name in there), None)
