"""One process: the reports one batch after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from kg.config import Config
from kg.engines.outcome import Outcome, extract_chunk
from kg.model import Report
from kg.pipeline import Extractor

BATCH = 16
"""Reports a batch: enough for the models to work on several at once, few enough to stay lazy."""


def run_serial(reports: Iterable[Report], *, config: Config) -> Iterator[Outcome]:
    """Outcomes in the order of the reports."""
    extractor = Extractor(config)
    for chunk in chunks(reports):
        yield from extract_chunk(extractor, chunk)


def chunks(reports: Iterable[Report], size: int = BATCH) -> Iterator[list[Report]]:
    """The reports in lists of `size`."""
    source = iter(reports)
    while chunk := list(islice(source, size)):
        yield chunk
