"""The order of stages for one report: mentions, resolution, relations, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.config import Config
from kg.model import Extraction, Report


class Extractor:
    """Turns reports into extractions; built once, used for many reports (not across threads)."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()

    def extract(self, report: Report) -> Extraction:
        """All that is found in one report."""
        return next(self.extract_many([report]))

    def extract_many(self, reports: Iterable[Report]) -> Iterator[Extraction]:
        """Extractions in the order of the reports; lazily, in batches."""
        for report in reports:
            yield Extraction(report, (), ())
