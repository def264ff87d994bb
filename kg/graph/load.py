"""Graphs from files for users' own code: networkx and rdflib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from xml.etree.ElementTree import ParseError

from kg.errors import InputError

if TYPE_CHECKING:
    import networkx as nx
    import rdflib


def load_graph(path: str | Path) -> nx.MultiDiGraph[Any]:
    """The entity graph of a `graph.graphml` or `graph.gexf` as a networkx graph.

    Nodes are IRIs with `label`, `type`, `color`, `x`, `y` …; edges have `kind` (the predicate), `label`, `weight`,
    `confidence`, `evidence`, …; edge keys are the edges' ids. Raises InputError when the file cannot be read.
    """
    import networkx as nx

    path = Path(path)
    try:
        if path.suffix.lower() == ".gexf":
            return nx.MultiDiGraph(nx.read_gexf(path))
        return cast("nx.MultiDiGraph[Any]", nx.read_graphml(path, force_multigraph=True))
    except OSError as error:
        raise InputError(error.strerror or str(error), where=str(path), hint="Check the path.") from None
    except (ParseError, nx.NetworkXError) as error:
        hint = "Give a graph.graphml or graph.gexf that kg build wrote."
        raise InputError(f"not a graph that can be read: {error}", where=str(path), hint=hint) from None


def load_rdf(path: str | Path) -> rdflib.Graph:
    """The triples of an RDF file as an rdflib graph (named graphs are joined).

    pyoxigraph parses, because rdflib's own Turtle parser takes about 18 times as long. Raises InputError with file and
    line when the file cannot be read.
    """
    import pyoxigraph as ox
    import rdflib

    from kg.graph.read import read_quads

    def term(value: object) -> rdflib.term.Node:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        assert isinstance(value, ox.Literal)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        plain = value.datatype.value == str(rdflib.XSD.string)
        return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))

    graph = rdflib.Graph()
    for quad in read_quads([Path(path)]):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph
