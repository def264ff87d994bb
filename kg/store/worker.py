"""Processes that answer queries, so that one that is too slow or too large can be ended while others are answered."""

from __future__ import annotations

import io
import queue
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, TypeVar

import pyoxigraph as ox

from kg.errors import KGError
from kg.store.embedded import open_store

T = TypeVar("T")
Fault = Literal["malformed", "slow", "large", "died", "busy"]
_START = 60.0
"""Seconds that a process may take to start."""
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may cost: seconds, bytes of its answer, bytes of memory; and how many run at once."""

    seconds: float = 30.0
    answer: int = 64 * 1024 * 1024
    memory: int = 4 * 1024 * 1024 * 1024
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the media types that are welcome (best first; `*/*` is any), and the graphs it is to see."""

    query: str
    accept: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it goes out."""

    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer."""

    fault: Fault
    message: str


class Pool:
    """Workers over one store, each for one question at a time. Raises UsageError when there is no store."""

    def __init__(self, store: Path, limits: Limits) -> None:
        open_store(store)
        self._store, self._limits = store, limits
        self._idle: queue.Queue[_Worker] = queue.Queue()
        for _ in range(limits.workers):
            self._idle.put(_Worker(store, limits))

    def ask(self, question: Question) -> Answered | Refused:
        """The answer, within the limits; waits for a worker no longer than a question may take."""
        try:
            worker = self._idle.get(timeout=self._limits.seconds)
        except queue.Empty:
            return Refused("busy", "too many queries at once; try again")
        try:
            outcome = worker.ask(question, self._limits.seconds)
        finally:
            if not worker.alive:
                worker.end()
                worker = _Worker(self._store, self._limits)
            self._idle.put(worker)
        return outcome

    def close(self) -> None:
        """Ends all workers."""
        while not self._idle.empty():
            self._idle.get().end()


class _Worker:
    def __init__(self, store: Path, limits: Limits) -> None:
        context = get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, store, limits), daemon=True)
        self._process.start()
        other.close()
        self.alive = True
        self._ready = False

    def ask(self, question: Question, seconds: float) -> Answered | Refused:
        try:
            if not self._ready:  # starting is not the question's fault
                self._ready = self._connection.poll(_START) and bool(self._connection.recv())
            self._connection.send(question)
            if self._connection.poll(seconds):
                outcome: Answered | Refused = self._connection.recv()
                return outcome
        except (EOFError, OSError):
            self.alive = False
            return Refused("died", "the query needed more memory than it may have")
        self.alive = False
        return Refused("slow", f"the query took longer than {seconds:g} seconds")

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


class _Bounded(io.BytesIO):
    """A buffer that takes no more than `most` bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._most:
            raise _TooLargeError
        return super().write(data)


class _TooLargeError(Exception):
    pass


def _work(connection: Connection, folder: Path, limits: Limits) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    except (ImportError, ValueError, OSError):
        pass  # not on this system: the other limits hold
    try:
        store = open_store(folder)
    except KGError:
        return
    connection.send(True)
    while True:
        try:
            question: Question = connection.recv()
        except EOFError:
            return
        connection.send(_answer(store, question, limits))


def _answer(store: ox.Store, question: Question, limits: Limits) -> Answered | Refused:
    body = _Bounded(limits.answer)
    try:
        found = store.query(
            question.query,
            default_graph=[ox.NamedNode(iri) for iri in question.default_graphs] or None,
            named_graphs=[ox.NamedNode(iri) for iri in question.named_graphs] or None,
        )
        if isinstance(found, ox.QueryTriples):
            media, form = _choose(GRAPHS, question.accept)
            found.serialize(body, format=form)
        else:
            media, table = _choose(TABLES, question.accept)
            found.serialize(body, format=table)
    except (SyntaxError, ValueError) as error:
        return Refused("malformed", f"not a valid query: {error}")
    except _TooLargeError:
        return Refused("large", f"the answer is larger than {limits.answer} bytes; use LIMIT")
    except (MemoryError, OSError, RuntimeError) as error:
        return Refused("died", f"the query could not be answered: {error}")
    return Answered(media, body.getvalue())


def _choose(known: Mapping[str, T], accept: Sequence[str]) -> tuple[str, T]:
    """The first welcome media type that is known; the first known one when none is."""
    for wanted in accept:
        for media, form in known.items():
            if wanted in (media, "*/*") or (wanted.endswith("/*") and media.startswith(wanted[:-1])):
                return media, form
    return next(iter(known.items()))
