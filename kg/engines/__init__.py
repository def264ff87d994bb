"""Many reports: one process, or several. Whatever the engine, the outcomes come in the order of the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.config import Config, processors
from kg.engines.outcome import Failure, Outcome
from kg.model import Report

__all__ = ["Failure", "Outcome", "run"]

CHARACTERS_A_WORKER = 200_000
"""A further process pays from about here: it needs seconds to load its models, and does this much text in as many."""


def run(reports: Sequence[Report], *, config: Config, workers: int = 1) -> Iterator[Outcome]:
    """One outcome a report, in order, lazily: its extraction, or why there is none.

    `workers` above 1 starts that many processes; 0 as many as the machine has processors and the text warrants. Raises KGError only when no report can be processed at all.
    """
    if workers == 0:
        characters = sum(len(report.text) for report in reports)
        workers = min(processors(), 1 + characters // CHARACTERS_A_WORKER)
    if workers > 1:
        from kg.engines.processes import run_processes

        return run_processes(reports, config=config, workers=workers)
    from kg.engines.serial import run_serial

    return run_serial(reports, config=config)
