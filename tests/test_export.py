from __future__ import annotations

import csv
import io
from pathlib import Path

import igraph
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from extractions import BASE, bureau, entity, report
from rdflib.compare import isomorphic

from kg.canonical import Corpus, canonicalise
from kg.errors import InputError, UsageError
from kg.exporters import EXPORTERS, default_names, write_exports
from kg.graph.layout import positions
from kg.graph.load import load_graph, load_rdf
from kg.graph.property import property_graph
from kg.model import Extraction


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


RDF_FILES = {
    "graph.ttl": ox.RdfFormat.TURTLE,
    "graph.nt": ox.RdfFormat.N_TRIPLES,
    "graph.jsonld": ox.RdfFormat.JSON_LD,
    "graph.rdf": ox.RdfFormat.RDF_XML,
    "graph.trig": ox.RdfFormat.TRIG,
    "graph.nq": ox.RdfFormat.N_QUADS,
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # inside rdflib
def test_all_rdf_formats_hold_the_same_triples_and_rdflib_agrees(tmp_path: Path) -> None:
    write_exports(corpus(), tmp_path, list(RDF_FILES))
    expected = {q.triple for q in ox.parse(path=str(tmp_path / "graph.ttl"))}
    for name, form in RDF_FILES.items():
        assert {q.triple for q in ox.parse(path=str(tmp_path / name), format=form)} == expected, name
    for name, form in (("graph.jsonld", "json-ld"), ("graph.rdf", "xml"), ("graph.nt", "nt")):
        graph = rdflib.Graph().parse(tmp_path / name, format=form)
        assert isomorphic(graph, load_rdf(tmp_path / "graph.ttl")), name


def test_gexf_and_csv_hold_what_graphml_holds(tmp_path: Path) -> None:
    write_exports(corpus(), tmp_path, ["graph.gexf", "graph.graphml", "nodes.csv", "edges.csv"])
    graph = load_graph(tmp_path / "graph.graphml")
    assert {key for _, _, key in graph.edges(keys=True)} == {
        edge.id for edge in property_graph(corpus()).edges
    }
    assert set(load_graph(tmp_path / "graph.gexf").nodes) == set(graph.nodes)
    gexf = (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert gexf.count('kind="awarded"') == 1
    assert 'start="2024-05-20" end="2024-05-20"' in gexf
    rows = list(csv.DictReader((tmp_path / "nodes.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["Id"]: row["Label"] for row in rows} == {
        n: data["label"] for n, data in graph.nodes(data=True)
    }
    rows = list(csv.DictReader((tmp_path / "edges.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {(row["Source"], row["kind"], row["Target"]) for row in rows} == {
        (a, data["kind"], b) for a, b, data in graph.edges(data=True)
    }


def test_text_that_xml_or_a_spreadsheet_would_choke_on(tmp_path: Path) -> None:
    text = '=1+1号\x0b公司<&">开展“夜巡”。'
    odd = Extraction(report(text), (entity("e", "ORG", '=1+1号\x0b公司<&">', text),), ())
    write_exports(canonicalise([odd], base_iri=BASE), tmp_path, list(EXPORTERS))
    [label] = [data["label"] for _, data in load_graph(tmp_path / "graph.graphml").nodes(data=True)]
    assert label == '=1+1号公司<&">'
    assert [data["label"] for _, data in load_graph(tmp_path / "graph.gexf").nodes(data=True)] == [label]
    [row] = csv.DictReader((tmp_path / "nodes.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["Label"] == "'" + label
    assert len(load_rdf(tmp_path / "graph.rdf")) == len(load_rdf(tmp_path / "graph.ttl"))


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [("cut.graphml", "<graphml><graph>", "cannot be read|can be read"), ("none.gexf", None, "No such file")],
)
def test_load_graph_names_a_file_that_it_cannot_read(
    tmp_path: Path, name: str, content: str | None, what: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        load_graph(tmp_path / name)
