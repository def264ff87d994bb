"""What Gephi, Gephi Lite (graphology), igraph and networkx find in the GraphML and GEXF files."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import igraph
import networkx as nx
import pytest

from interop.conftest import HERE, Record, jar, node, program
from kg.canonical import Corpus
from kg.graph.property import property_graph

FORMATS = ["graph.graphml", "graph.gexf"]


@pytest.mark.parametrize("name", FORMATS)
def test_graphology(name: str, files: Path, corpus: Corpus, record: Record) -> None:
    graph = property_graph(corpus)
    done = subprocess.run([*node(), str(files / name)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert (found["order"], found["size"]) == (len(graph.nodes), len(graph.edges))
    assert found["kinds"] == Counter(edge.kind for edge in graph.edges)
    for one in graph.nodes:
        assert found["nodes"][one.id][:5] == [one.label, one.type, one.x, one.y, one.size]
    record(found["program"], found["version"], name, f"{found['order']} nodes, {found['size']} edges", 0)


@pytest.mark.parametrize("name", FORMATS)
def test_gephi_toolkit(name: str, files: Path, corpus: Corpus, record: Record) -> None:
    toolkit = jar("KG_GEPHI_TOOLKIT_JAR")
    command = [
        program("java"),
        "-Djava.awt.headless=true",
        "-cp",
        toolkit,
        str(HERE / "Gephi.java"),
        str(files / name),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    graph = property_graph(corpus)
    assert (found["order"], found["size"]) == (len(graph.nodes), len(graph.edges))
    assert found["kinds"] == Counter(edge.kind for edge in graph.edges)
    for one in graph.nodes:
        label, kind, x, y, size = found["nodes"][one.id]
        assert (label, kind) == (one.label, one.type)
        assert (x, y, size) == pytest.approx((one.x, one.y, one.size), abs=0.1)
    assert not [issue for issue in found["issues"] if "SEVERE" in issue or "CRITICAL" in issue]
    record(
        "Gephi Toolkit",
        Path(toolkit).stem,
        name,
        f"{found['order']} nodes, {found['size']} edges",
        len(found["issues"]),
    )


def test_igraph(files: Path, corpus: Corpus, record: Record) -> None:
    graph = property_graph(corpus)
    found = igraph.Graph.Read_GraphML(str(files / "graph.graphml"))
    assert (found.vcount(), found.ecount()) == (len(graph.nodes), len(graph.edges))
    assert Counter(found.es["kind"]) == Counter(edge.kind for edge in graph.edges)
    assert Counter(found.vs["label"]) == Counter(one.label for one in graph.nodes)
    record(
        "igraph", igraph.__version__, "graph.graphml", f"{found.vcount()} nodes, {found.ecount()} edges", 0
    )


@pytest.mark.parametrize("name", FORMATS)
def test_networkx(name: str, files: Path, corpus: Corpus, record: Record) -> None:
    graph = property_graph(corpus)
    path = files / name
    found = nx.read_gexf(path) if name == "graph.gexf" else nx.read_graphml(path, force_multigraph=True)
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(graph.nodes), len(graph.edges))
    record("networkx", nx.__version__, name, f"{len(graph.nodes)} nodes, {len(graph.edges)} edges", 0)
