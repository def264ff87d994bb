"""Nodes and edges as CSV, for spreadsheets and Gephi's import wizard.

UTF-8 with a byte-order mark, without which Excel shows Chinese as gibberish. A cell that a spreadsheet would take for a
formula (it begins with = + - @) gets an apostrophe in front, because the text is other people's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields
from typing import BinaryIO

from kg.canonical import Corpus
from kg.graph.property import Edge, Node, property_graph
from kg.graph.terms import disarmed

_GEPHI = {"id": "Id", "label": "Label", "source": "Source", "target": "Target", "weight": "Weight"}


def write_nodes(corpus: Corpus, stream: BinaryIO) -> None:
    """One node a row."""
    header = [_GEPHI.get(item.name, item.name) for item in fields(Node)]
    _write(header, (astuple(node) for node in property_graph(corpus).nodes), stream)


def write_edges(corpus: Corpus, stream: BinaryIO) -> None:
    """One fact a row, with Gephi's column `Type`."""
    header = [*(_GEPHI.get(item.name, item.name) for item in fields(Edge)), "Type"]
    _write(header, ((*astuple(edge), "Directed") for edge in property_graph(corpus).edges), stream)


def _write(header: list[str], rows: Iterable[tuple[object, ...]], stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([disarmed(cell) if isinstance(cell, str) else cell for cell in row])
    text.detach()
