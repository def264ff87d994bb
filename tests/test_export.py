from __future__ import annotations

import io
from pathlib import Path

import igraph
import networkx as nx
import pytest
from extractions import BASE, bureau

from kg.canonical import Corpus, canonicalise
from kg.errors import UsageError
from kg.exporters import EXPORTERS, default_names, write_exports
from kg.graph.layout import positions
from kg.graph.property import property_graph


def corpus() -> Corpus:
    return canonicalise([bureau("r1"), bureau("r2", short=True)], base_iri=BASE)


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_export_is_the_same_whatever_the_order(name: str) -> None:
    streams = []
    for order in (1, -1):
        stream = io.BytesIO()
        EXPORTERS[name].write(
            canonicalise([bureau("r1"), bureau("r2", short=True)][::order], base_iri=BASE), stream
        )
        streams.append(stream.getvalue())
    assert streams[0] == streams[1]
    assert len(streams[0]) > 100


def test_write_exports_writes_the_defaults_and_refuses_unknown_names(tmp_path: Path) -> None:
    paths = write_exports(corpus(), tmp_path)
    assert [path.name for path in paths] == default_names()
    assert all(path.stat().st_size for path in paths)
    with pytest.raises(UsageError, match=r"no export 'graph.xls'. Known: graph.ttl"):
        write_exports(corpus(), tmp_path, ["graph.xls"])


def test_graphml_keeps_parallel_edges_labels_and_types(tmp_path: Path) -> None:
    write_exports(corpus(), tmp_path, ["graph.graphml"])
    graph = property_graph(corpus())
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert read.number_of_nodes() == len(graph.nodes)
    assert read.number_of_edges() == len(graph.edges)
    assert read.nodes[BASE + "place/999921"]["label"] == "青禾县"
    assert read.nodes[BASE + "place/999921"]["type"] == "PLACE"
    assert {data["kind"] for _, _, data in read.edges(data=True)} >= {"awarded", "confers", "wrote"}
    other = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    assert (other.vcount(), other.ecount()) == (len(graph.nodes), len(graph.edges))
    assert set(other.vs["label"]) == {node.label for node in graph.nodes}
    assert all(isinstance(x, float) for x in other.vs["x"])


def test_facts_told_twice_are_one_edge_of_weight_two() -> None:
    graph = property_graph(corpus())
    weights = {(edge.kind, edge.weight) for edge in graph.edges}
    assert ("confers", 2.0) in weights
    assert ("wrote", 1.0) in weights
    assert len({edge.id for edge in graph.edges}) == len(graph.edges)
    assert all(edge.weight > 0 for edge in graph.edges)


def test_layout_is_stable_and_leaves_no_two_nodes_in_one_place() -> None:
    names = [f"n{i}" for i in range(60)]
    edges = [(f"n{i}", f"n{(i * 7) % 30}") for i in range(50)]
    laid = positions(names, edges)
    assert laid == positions(names[::-1], [(b, a) for a, b in reversed(edges)])
    places = sorted(laid.values())
    gaps = [
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for i, a in enumerate(places) for b in places[:i]
    ]
    assert min(gaps) > 20
    assert positions([], []) == {}
