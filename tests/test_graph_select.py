from __future__ import annotations

import io
from dataclasses import replace

import pytest
from extractions import BASE, bureau, claim, entity, report

import kg
from kg.canonical import Corpus, canonicalise
from kg.errors import UsageError
from kg.exporters import graphml
from kg.graph.build import triples
from kg.graph.property import property_graph
from kg.graph.reshape import collapse, share_programs
from kg.graph.select import Selection, select
from kg.model import Extraction


def county(name: str, code: str, date: str) -> Extraction:
    text = f"{name}开展文明讲堂，{name}参加文明讲堂。"
    return Extraction(
        report(text, id=code, date=date),
        (entity("p", "PLACE", name, text, code=code), entity("g", "PROGRAM", "文明讲堂", text)),
        (
            claim(text, "p", "runs", "g", "开展文明讲堂"),
            claim(text, "p", "participatesIn", "g", "参加文明讲堂", confidence=0.6),
        ),
    )


def corpus() -> Corpus:
    counties = [county("白沙县", "999922", "2023-01-05"), county("黄坡县", "999923", "2024-06-01")]
    return canonicalise([bureau(), *counties], base_iri=BASE)


def labels(of: Corpus) -> set[str]:
    return {thing.label for thing in of.things.values()}


def test_selection_by_type_place_date_and_confidence() -> None:
    whole = corpus()
    assert select(whole, Selection()) == whole
    assert {thing.type for thing in select(whole, Selection(types=["PLACE", "PROGRAM"])).things.values()} == {
        "PLACE",
        "PROGRAM",
    }
    assert labels(select(whole, Selection(place="白沙县"))) == {"白沙县", "文明讲堂"}
    assert labels(select(whole, Selection(place="999922"))) == {"白沙县", "文明讲堂"}
    assert "青禾县公安局" in labels(select(whole, Selection(place="青禾县")))
    assert labels(select(whole, Selection(until="2023-12-31"))) == {"白沙县", "文明讲堂"}
    assert "白沙县" not in labels(select(whole, Selection(since="2024-05")))
    sure = select(whole, Selection(min_confidence=0.8))
    assert {row.claim.predicate for row in sure.claims if "9992" in row.iri} == {"runs"}
    assert all(row.claim.confidence >= 0.8 for row in sure.claims)


def test_a_part_is_a_graph_of_its_own() -> None:
    part = select(corpus(), Selection(place="白沙县"))
    subjects = {triple.subject.value for triple in triples(part)}
    assert not [s for s in subjects if s.startswith(BASE + "organization/")]
    stream = io.BytesIO()
    graphml.write_graph(property_graph(part), stream)
    assert stream.getvalue().count(b"<node ") == 2


def test_unknown_type_and_place() -> None:
    with pytest.raises(UsageError, match="no type 'TOWN'"):
        select(corpus(), Selection(types=["TOWN"]))
    with pytest.raises(UsageError, match="no place '无此县'"):
        select(corpus(), Selection(place="无此县"))


def test_collapsed_edges_count_the_facts_of_a_pair() -> None:
    graph = property_graph(corpus())
    flat = collapse(graph)
    pairs = {(edge.source, edge.target) for edge in graph.edges}
    assert len(flat.edges) == len(pairs) < len(graph.edges)
    assert sum(edge.weight for edge in flat.edges) == len(graph.edges)
    [edge] = [edge for edge in flat.edges if edge.source == BASE + "place/999922"]
    assert (edge.kind, edge.weight) == ("participatesIn；runs", 2.0)


def test_counties_that_share_a_program_name_are_joined() -> None:
    whole = corpus()
    graph = share_programs(whole, property_graph(whole))
    [edge] = graph.edges
    assert {edge.source, edge.target} == {BASE + "place/999922", BASE + "place/999923"}
    assert (edge.label, edge.weight) == ("文明讲堂", 1.0)
    assert {node.label for node in graph.nodes} == {"白沙县", "黄坡县"}
    assert share_programs(replace(whole, claims=()), property_graph(whole)).edges == ()


def test_the_package_offers_the_loaders() -> None:
    assert kg.load_graph.__name__ == "load_graph"
    assert kg.load_rdf.__name__ == "load_rdf"
    with pytest.raises(AttributeError, match="no attribute 'load_all'"):
        _ = kg.load_all
