"""Many reports: one process, or several. Whatever the engine, the outcomes come in the order of the reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.config import Config
from kg.engines.outcome import Failure, Outcome
from kg.model import Report

__all__ = ["Failure", "Outcome", "run"]


def run(reports: Iterable[Report], *, config: Config, workers: int = 1) -> Iterator[Outcome]:
    """One outcome a report, in order, lazily: its extraction, or why there is none.

    `workers` above 1 starts that many processes. Raises KGError only when no report can be processed at all.
    """
    if workers > 1:
        from kg.engines.processes import run_processes

        return run_processes(reports, config=config, workers=workers)
    from kg.engines.serial import run_serial

    return run_serial(reports, config=config)
