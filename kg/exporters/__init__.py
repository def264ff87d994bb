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
    """One export: how it is written, and whether a build writes it unasked."""

    write: Write
    default: bool = True


EXPORTERS: Mapping[str, Exporter] = {
    "graph.ttl": Exporter(rdf.write_turtle),
    "graph.trig": Exporter(rdf.write_trig),
    "graph.nq": Exporter(rdf.write_nquads, default=False),
    "graph.nt": Exporter(rdf.write_ntriples, default=False),
    "graph.graphml": Exporter(graphml.write),
    "graph.jsonld": Exporter(jsonld.write),
    "graph.rdf": Exporter(rdf.write_rdfxml, default=False),
    "graph.gexf": Exporter(gexf.write),
    "pairs.graphml": Exporter(graphml.write_pairs, default=False),
    "pairs.gexf": Exporter(gexf.write_pairs, default=False),
    "shared-programs.graphml": Exporter(graphml.write_shared_programs, default=False),
    "shared-programs.gexf": Exporter(gexf.write_shared_programs, default=False),
    "nodes.csv": Exporter(tables.write_nodes),
    "edges.csv": Exporter(tables.write_edges),
    "reports.jsonl": Exporter(reports.write),
    "index.html": Exporter(html.write),
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
