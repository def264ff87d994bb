"""What an engine gives back for a report, and how one report's fault is kept from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import DataError, InputError, KGError
from kg.model import Extraction, Report
from kg.pipeline import Extractor


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be processed."""

    report: Report
    error: KGError


Outcome = Extraction | Failure


def extract_chunk(extractor: Extractor, reports: Sequence[Report]) -> Iterator[Outcome]:
    """Outcomes of a few reports at once; when the batch fails, one by one, so that only the faulty report is lost.

    A fault of the program itself (any exception) becomes a Failure that names the report: hours of other reports must
    not be lost to it. Raises DataError, because a faulty data file spoils every report.
    """
    try:
        yield from list(extractor.extract_many(reports))
    except DataError:
        raise
    except Exception:
        for report in reports:
            yield _extract_one(extractor, report)


def _extract_one(extractor: Extractor, report: Report) -> Outcome:
    where = f"{report.source} (report {report.id})"
    try:
        return extractor.extract(report)
    except DataError:
        raise
    except KGError as error:
        return Failure(report, error)
    except Exception as error:
        what = f"internal fault: {type(error).__name__}: {error}"
        return Failure(report, InputError(what, where=where, hint="Please report it with this text."))
