"""Many inputs: read and cut them into reports, and extract from each, with the failures kept beside what worked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from kg.config import Config
from kg.duplicates import distinct
from kg.engines import Failure, Outcome, run
from kg.errors import InputError, KGError
from kg.model import Document, Extraction, Report, Reprint, extraction_to_json, report_to_json
from kg.readers import ReadFailure, read_documents
from kg.segment import segment as segment_document

Progress = Callable[[str, int], None]
"""Called with the stage's name and the number of things done in it so far."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An input, or a report of one, that could not be processed, and why (one line)."""

    source: str
    error: KGError


@dataclass(frozen=True, slots=True)
class Source:
    """One input that was read: as the user named it, its kind, and the number of reports in it.

    `sha256` is that of the file, or of the text where no file of that name stands (standard input, an archive's member).
    """

    source: str
    kind: str
    sha256: str
    reports: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All inputs read: reports, what each input gave, the inputs that failed, and reports printed more than once."""

    reports: tuple[Report, ...]
    sources: tuple[Source, ...]
    failed: tuple[Failed, ...]
    reprints: tuple[Reprint, ...] = ()


def segment(
    inputs: Sequence[str], *, config: Config, by_source: bool = False, progress: Progress | None = None
) -> Reading:
    """Reads files, folders or `-` and cuts them into reports.

    Inputs keep their order, or are put in the order of their names (`by_source`); one given twice counts once. Raises
    UsageError for a path that does not exist, before anything is read.
    """
    read: dict[str, tuple[Source, list[Report]]] = {}
    failed: list[Failed] = []
    count = 0
    for item in read_documents(inputs, config=config):
        if isinstance(item, ReadFailure):
            failed.append(Failed(item.source, item.error))
            continue
        if item.source in read:
            continue
        found = segment_document(item)
        if not found:
            failed.append(Failed(item.source, InputError("no report found in it", where=item.source)))
        read[item.source] = (Source(item.source, item.kind, _hash(item), len(found)), found)
        count += len(found)
        if progress is not None:
            progress("read", count)
    order = sorted(read) if by_source else list(read)
    reports = tuple(report for source in order for report in read[source][1])
    return Reading(reports, tuple(read[source][0] for source in order), tuple(failed))


def without_reprints(reading: Reading) -> Reading:
    """The reading with one report for all its printings; the others are its `reprints`."""
    reports, reprints = distinct(reading.reports)
    return replace(reading, reports=tuple(reports), reprints=tuple(reprints))


def extract(
    reading: Reading, *, config: Config, workers: int = 1, progress: Progress | None = None
) -> tuple[list[Extraction], list[Failed]]:
    """One extraction a report, in order; a report that fails is kept with nothing found in it, and told."""
    extractions: list[Extraction] = []
    failed: list[Failed] = []
    outcome: Outcome
    for outcome in run(reading.reports, config=config, workers=workers):
        if isinstance(outcome, Failure):
            failed.append(Failed(outcome.report.source, outcome.error))
            outcome = Extraction(outcome.report, (), ())
        extractions.append(outcome)
        if progress is not None:
            progress("extract", len(extractions))
    return extractions, failed


def write_reports(reports: Iterable[Report], stream: IO[str]) -> None:
    """Reports as JSON Lines (`kg segment`)."""
    _write_lines((report_to_json(report) for report in reports), stream)


def write_debug_page(inputs: Sequence[str], stream: IO[str], *, config: Config) -> None:
    """An HTML page that shows how each page of the inputs was cut; standard input, read once, cannot be shown."""
    from kg.segment.debug import debug_page

    files = [place for place in inputs if place != "-"]
    documents = read_documents(files, config=config) if files else []
    stream.write(debug_page(item for item in documents if not isinstance(item, ReadFailure)))


def write_extractions(extractions: Iterable[Extraction], stream: IO[str], *, config: Config) -> None:
    """Extractions as JSON Lines in the report format, each entity with its IRI (`kg extract`)."""
    from kg.canonical import local_iris

    base = config.base_iri
    _write_lines(
        (extraction_to_json(item, iris=local_iris(item, base_iri=base)) for item in extractions), stream
    )


def _write_lines(lines: Iterable[dict[str, Any]], stream: IO[str]) -> None:
    for line in lines:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def _hash(document: Document) -> str:
    path = Path(document.source)
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return hashlib.sha256("\f".join(document.pages).encode()).hexdigest()
