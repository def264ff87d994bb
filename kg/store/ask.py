"""Ask a graph: a store folder, RDF files or an endpoint, in SPARQL or by the name of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import InputError, UsageError
from kg.store.embedded import cell, open_files, open_store
from kg.store.queries import named_queries, render

Format = Literal["table", "csv", "json", "ttl"]
_RESULTS = {"csv": ox.QueryResultsFormat.CSV, "json": ox.QueryResultsFormat.JSON}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to ask: exactly one of a store folder, RDF files, or the address of a SPARQL endpoint."""

    store: Path | None = None
    files: tuple[Path, ...] = ()
    endpoint: str | None = None

    def __post_init__(self) -> None:
        given = [self.store is not None, bool(self.files), self.endpoint is not None]
        if sum(given) != 1:
            raise UsageError(
                "say where to ask", hint="Give one of --store DIR, --graph FILE, --endpoint URL."
            )


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT query as text; an unbound variable is empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def query_text(what: str, values: Mapping[str, str]) -> str:
    """SPARQL from a named query, the name of a `.rq` file, or SPARQL itself.

    Raises UsageError for an unknown name and for values given to what is no named query.
    """
    if what in named_queries() or not any(mark in what for mark in " \n{./"):
        return render(what, values)
    if values:
        raise UsageError("--param goes with a named query only")
    if what.endswith(".rq"):
        try:
            return Path(what).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"cannot be read ({error})", where=what) from error
    return what


def ask(
    what: str, place: Place, *, values: Mapping[str, str] | None = None, form: Format = "table"
) -> Table | str:
    """The answer: a Table for a SELECT or ASK query in the form `table`, else text in the form asked for.

    Raises InputError for a query that is not valid SPARQL, or an endpoint that does not answer.
    """
    text = query_text(what, values or {})
    if place.endpoint is not None:
        from kg.store.remote import ask_endpoint

        return _told(ask_endpoint(place.endpoint, text), form)
    store = open_store(place.store) if place.store is not None else open_files(place.files)
    try:
        return _told(store.query(text), form)
    except SyntaxError as error:
        raise InputError(f"not valid SPARQL: {error}") from error


def values_of(pairs: Sequence[str]) -> dict[str, str]:
    """`key=value` texts as a mapping. Raises UsageError for one that has no `=`."""
    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"parameter {pair!r} has no value", hint="Write it as key=value.")
    return dict(pair.split("=", 1) for pair in pairs)


def list_queries() -> list[tuple[str, str, str, str]]:
    """Name, parameters and both titles of each named query."""
    return [
        (
            query.name,
            " ".join(
                f"[{item.name}]" if item.optional or item.default else item.name for item in query.parameters
            ),
            query.title_zh,
            query.title_en,
        )
        for query in named_queries().values()
    ]


def _told(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: Format) -> Table | str:
    if isinstance(answer, ox.QueryTriples):
        if form not in ("table", "ttl"):
            raise UsageError("the query gives a graph", hint="Use --format ttl.")
        return _text(answer.serialize(format=ox.RdfFormat.TURTLE))
    if form == "ttl":
        raise UsageError("the query gives a table, not a graph", hint="Use --format table, csv or json.")
    if form != "table":
        return _text(answer.serialize(format=_RESULTS[form]))
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((str(bool(answer)).lower(),),))
    rows = tuple(tuple(cell(value) for value in solution) for solution in answer)
    return Table(tuple(variable.value for variable in answer.variables), rows)


def _text(data: bytes | None) -> str:
    assert data is not None
    return data.decode("utf-8")
