"""Several processes on one machine, each with its own extractor; chunks go out and come back in order.

Processes are spawned, not forked: model runtimes with threads do not survive a fork. Only a few chunks for each worker
are under way at any time, so that memory does not grow with the corpus.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from kg.config import Config
from kg.engines.outcome import Outcome, extract_chunk
from kg.engines.serial import chunks
from kg.errors import InputError
from kg.model import Report
from kg.pipeline import Extractor

AHEAD = 3
"""Chunks under way for each worker."""

_extractor: Extractor | None = None


def run_processes(reports: Iterable[Report], *, config: Config, workers: int) -> Iterator[Outcome]:
    """Outcomes in the order of the reports. Raises InputError when a worker dies (for want of memory, as a rule)."""
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(config,)) as pool:
        waiting: deque[Future[list[Outcome]]] = deque()
        try:
            for chunk in chunks(reports):
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) > workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            hint = "Use fewer --workers: each needs memory of its own."
            raise InputError("a worker process ended before its work was done", hint=hint) from error
        finally:
            for future in waiting:
                future.cancel()


def _start(config: Config) -> None:
    # One extractor a process, built once: its models are costly to load.
    global _extractor
    _extractor = Extractor(config)


def _work(reports: Sequence[Report]) -> list[Outcome]:
    assert _extractor is not None
    return list(extract_chunk(_extractor, reports))
