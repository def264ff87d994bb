"""GraphML that Gephi, networkx, igraph and graphology all read whole.

networkx writes a multigraph's key as edge id, after which Gephi keeps one edge of each kind (networkx#4347); here edge
ids are unique and the kind of an edge stands in the `label` attribute of `<edge>`, where Gephi looks for it, so that
parallel edges stay apart. Every key is declared with one type, and every record has a value for every key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.canonical import Corpus
from kg.graph.property import Edge, Node, PropertyGraph, property_graph
from kg.graph.reshape import collapse, share_programs

_TYPES = {"str": "string", "float": "double", "int": "int"}
_STRUCTURE = ("id", "source", "target")


def write(corpus: Corpus, stream: BinaryIO) -> None:
    """The entity graph as GraphML."""
    write_graph(property_graph(corpus), stream)


def write_pairs(corpus: Corpus, stream: BinaryIO) -> None:
    """One edge for each pair of things, as GraphML."""
    write_graph(collapse(property_graph(corpus)), stream)


def write_shared_programs(corpus: Corpus, stream: BinaryIO) -> None:
    """Places joined by the programs that they share, as GraphML."""
    write_graph(share_programs(corpus, property_graph(corpus)), stream)


def write_graph(graph: PropertyGraph, stream: BinaryIO) -> None:
    """Nodes and edges as GraphML."""

    def line(text: str) -> None:
        stream.write(text.encode() + b"\n")

    line('<?xml version="1.0" encoding="UTF-8"?>')
    line('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"')
    line('  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"')
    line(
        '  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
    )
    for target, record in (("node", Node), ("edge", Edge)):
        for name, kind in _keys(record):
            line(f'  <key id="{target[0]}_{name}" for="{target}" attr.name="{name}" attr.type="{kind}"/>')
    line('  <graph edgedefault="directed">')
    for node in graph.nodes:
        line(f"    <node id={quoteattr(node.id)}>")
        _data(node, "n", line)
        line("    </node>")
    for edge in graph.edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        line(f"    <edge id={quoteattr(edge.id)} {ends} label={quoteattr(edge.kind)}>")
        _data(edge, "e", line)
        line("    </edge>")
    line("  </graph>")
    line("</graphml>")


def _keys(record: type[Node | Edge]) -> list[tuple[str, str]]:
    return [(item.name, _TYPES[str(item.type)]) for item in fields(record) if item.name not in _STRUCTURE]


def _data(record: Node | Edge, prefix: str, line: Callable[[str], None]) -> None:
    for name, _ in _keys(type(record)):
        line(f'      <data key="{prefix}_{name}">{escape(str(getattr(record, name)))}</data>')
