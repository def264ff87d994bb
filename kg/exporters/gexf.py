"""GEXF for Gephi: labels, colours, sizes, positions, edge kinds, and dates for its timeline.

networkx writes an edge's kind as a plain attribute, which Gephi ignores, and so merges parallel edges; here it stands
in the `kind` attribute of `<edge>`. Nodes and edges exist from the first to the last report that tells of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from kg.canonical import Corpus
from kg.graph.property import Edge, Node, PropertyGraph, property_graph
from kg.graph.reshape import collapse, share_programs

_OWN = {"id", "label", "source", "target", "color", "size", "x", "y", "weight"}
_TYPES = {"str": "string", "float": "double", "int": "integer"}
_DAY = len("2022-07-20")


def write(corpus: Corpus, stream: BinaryIO) -> None:
    """The entity graph as GEXF."""
    write_graph(property_graph(corpus), stream)


def write_pairs(corpus: Corpus, stream: BinaryIO) -> None:
    """One edge for each pair of things, as GEXF."""
    write_graph(collapse(property_graph(corpus)), stream)


def write_shared_programs(corpus: Corpus, stream: BinaryIO) -> None:
    """Places joined by the programs that they share, as GEXF."""
    write_graph(share_programs(corpus, property_graph(corpus)), stream)


def write_graph(graph: PropertyGraph, stream: BinaryIO) -> None:
    """Nodes and edges as GEXF 1.2."""

    def line(text: str) -> None:
        stream.write(text.encode() + b"\n")

    line('<?xml version="1.0" encoding="UTF-8"?>')
    line(
        '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">'
    )
    line('  <graph mode="dynamic" timeformat="date" defaultedgetype="directed">')
    for target, record in (("node", Node), ("edge", Edge)):
        line(f'    <attributes class="{target}">')
        for name, kind in _attributes(record):
            line(f'      <attribute id="{name}" title="{name}" type="{kind}"/>')
        line("    </attributes>")
    line("    <nodes>")
    for node in graph.nodes:
        line(f"      <node id={quoteattr(node.id)} label={quoteattr(node.label)}{_spell(node)}>")
        _values(node, line)
        red, green, blue = (int(node.color[i : i + 2], 16) for i in (1, 3, 5))
        line(f'        <viz:color r="{red}" g="{green}" b="{blue}"/>')
        line(f'        <viz:position x="{node.x}" y="{node.y}" z="0.0"/>')
        line(f'        <viz:size value="{node.size}"/>')
        line("      </node>")
    line("    </nodes>")
    line("    <edges>")
    for edge in graph.edges:
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        kind = f"kind={quoteattr(edge.kind)} label={quoteattr(edge.label)}"
        line(f'      <edge id={quoteattr(edge.id)} {ends} {kind} weight="{edge.weight}"{_spell(edge)}>')
        _values(edge, line)
        line("      </edge>")
    line("    </edges>")
    line("  </graph>")
    line("</gexf>")


def _attributes(record: type[Node | Edge]) -> list[tuple[str, str]]:
    return [(item.name, _TYPES[str(item.type)]) for item in fields(record) if item.name not in _OWN]


def _values(record: Node | Edge, line: Callable[[str], None]) -> None:
    line("        <attvalues>")
    for name, _ in _attributes(type(record)):
        line(f'          <attvalue for="{name}" value={quoteattr(str(getattr(record, name)))}/>')
    line("        </attvalues>")


def _spell(record: Node | Edge) -> str:
    """When it exists, if whole days are known."""
    if len(record.first) == len(record.last) == _DAY:
        return f' start="{record.first}" end="{record.last}"'
    return ""
