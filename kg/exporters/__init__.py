"""The files that a build writes: one table, one function a format.

To add a format, write a module with `write(corpus, stream)` and add a line to `EXPORTERS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kg.canonical import Corpus
from kg.errors import UsageError
from kg.exporters import gexf, graphml, html, jsonld, rdf, reports, tables


class Write(Protocol):
    """Writes a corpus to a binary stream; the same corpus gives the same bytes."""

    def __call__(self, corpus: Corpus, stream: BinaryIO) -> None:
        """Write all of it."""
        ...


@dataclass(frozen=True, slots=True)
class Exporter:
    """One export: how it is written, what it is, its media type, and whether a build writes it unasked."""

    write: Write
    title: str
    media_type: str
    default: bool = True


EXPORTERS: Mapping[str, Exporter] = {
    "graph.ttl": Exporter(rdf.write_turtle, "Turtle", "text/turtle"),
    "graph.trig": Exporter(rdf.write_trig, "TriG, one named graph a report", "application/trig"),
    "graph.nq": Exporter(
        rdf.write_nquads, "N-Quads, one named graph a report", "application/n-quads", default=False
    ),
    "graph.nt": Exporter(rdf.write_ntriples, "N-Triples", "application/n-triples", default=False),
    "graph.graphml": Exporter(
        graphml.write, "GraphML for Gephi, networkx, igraph", "application/graphml+xml"
    ),
    "graph.jsonld": Exporter(jsonld.write, "JSON-LD with its context", "application/ld+json"),
    "graph.rdf": Exporter(rdf.write_rdfxml, "RDF/XML", "application/rdf+xml", default=False),
    "graph.gexf": Exporter(gexf.write, "GEXF for Gephi, with dates for its timeline", "application/gexf+xml"),
    "nodes.csv": Exporter(tables.write_nodes, "Nodes for spreadsheets and Gephi", "text/csv"),
    "edges.csv": Exporter(tables.write_edges, "Edges for spreadsheets and Gephi", "text/csv"),
    "reports.jsonl": Exporter(reports.write, "Reports with what was found in them", "application/jsonl"),
    "index.html": Exporter(html.write, "One page to look at and search", "text/html"),
}


def default_names() -> list[str]:
    """The files that a build writes unasked."""
    return [name for name, exporter in EXPORTERS.items() if exporter.default]


def write_exports(corpus: Corpus, directory: Path, names: Iterable[str] | None = None) -> list[Path]:
    """Write the named exports (default: those of `default_names`) into an existing directory; their paths in order.

    The caller writes aside and moves. Raises UsageError, before anything is written, for a name that is not known.
    """
    chosen = list(default_names() if names is None else names)
    for name in chosen:
        if name not in EXPORTERS:
            raise UsageError(f"no export {name!r}", hint=f"Known: {', '.join(EXPORTERS)}.")
    paths = []
    for name in chosen:
        path = directory / name
        with path.open("wb") as stream:
            EXPORTERS[name].write(corpus, stream)
        paths.append(path)
    return paths
