from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from extractions import BASE, bureau, claim, entity, report

from kg.canonical import Judgement, canonicalise
from kg.errors import InputError
from kg.exporters import write_exports
from kg.graph.shacl import Engine, validate
from kg.knowledge.files import ontology_path
from kg.knowledge.ontology import LG, load_ontology
from kg.model import Extraction

ENGINES: list[Engine] = ["shacl", "pyshacl"]
SH = rdflib.SH
FAULTS = {
    "a confidence above one": ("lg:confidence 0.9 ;", "lg:confidence 1.9 ;", "MaxInclusive"),
    "a status of our own": ("lg:status lg:candidate", "lg:status lg:maybe", "In"),
    "no quotation": ("oa:exact", "oa:inexact", "MinCount"),
    "a second label": ('rdfs:label "公安部"@zh', 'rdfs:label "公安部"@zh , "部"@zh', "MaxCount"),
    "a label in no language": ('rdfs:label "公安部"@zh', 'rdfs:label "公安部"', "Datatype"),
    "a short code": ('lg:gbCode "999921"', 'lg:gbCode "9999"', "Pattern"),
    "a start behind the end": ("oa:start", "lg:sentenceStart 0 ; oa:start 9999 ; lg:was", "LessThan"),
    "a place that is awarded a program": ("lg:gbCode", "lg:awarded <urn:nothing> ; lg:gbCode", "Class"),
}


def exported(folder: Path, name: str = "graph.ttl") -> Path:
    text = "青禾县召开读书会，青禾县推行“警民夜话”。"
    meeting = Extraction(
        report(text, id="m", date="2024", newspaper="青禾报"),
        (
            entity("p", "PLACE", "青禾县", text, code="999921"),
            entity("v", "EVENT", "读书会", text),
            entity("z", "PLACE", "滨湖新区", text, code="999900Z01"),
        ),
        (claim(text, "p", "holds", "v", "召开读书会", date="2024-05"),),
    )
    extractions = [bureau("r1"), bureau("r2", short=True), meeting]
    offer = next(j for j in canonicalise(extractions, base_iri=BASE).judgements)
    decided = Judgement(offer.left, offer.right, "same", 1.0, "same station", "person")
    write_exports(canonicalise(extractions, base_iri=BASE, judgements=[decided]), folder, [name])
    return folder / name


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "graph.jsonld", "graph.rdf", "graph.nq"])
def test_what_we_write_conforms(tmp_path: Path, name: str) -> None:
    assert validate([exported(tmp_path, name)]) == []


def test_a_graph_without_merges_conforms_in_both_engines(tmp_path: Path) -> None:
    write_exports(
        canonicalise([bureau("r1"), bureau("r2", short=True)], base_iri=BASE), tmp_path, ["graph.ttl"]
    )
    for engine in ENGINES:
        assert validate([tmp_path / "graph.ttl"], engine=engine) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_both_engines_alike(tmp_path: Path, fault: str) -> None:
    path = exported(tmp_path)
    old, new, constraint = FAULTS[fault]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = {engine: validate([path], engine=engine) for engine in ENGINES}
    assert constraint in {violation.constraint for violation in found["shacl"]}
    assert found["shacl"] == found["pyshacl"]


def test_a_violation_names_node_message_and_evidence(tmp_path: Path) -> None:
    path = exported(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("lg:status lg:candidate", "lg:status lg:maybe", 1), encoding="utf-8")
    [violation] = validate([path])
    assert violation.label.endswith("awarded 全国模范公安基层单位")
    assert violation.path == "lg:status"
    assert violation.evidence == "柳林派出所被公安部授予“全国模范公安基层单位”"
    assert "a claim is asserted or a candidate (In)" in str(violation)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("cut.ttl", '@prefix a: <urn:a> .\na:b a:c "x', r"cut\.ttl:2: not valid Turtle"),
        ("graph.txt", "x", "not a known RDF file name"),
        ("empty.ttl", "", "no triples"),
        ("wrong.ttl", "<?xml version='1.0'?><a/>", r"wrong\.ttl:1: not valid Turtle"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: str, what: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        validate([tmp_path / name])
    with pytest.raises(InputError, match="No such file"):
        validate([tmp_path / "missing.ttl"])


def test_shapes_name_only_terms_of_the_ontology_and_know_all_argument_types() -> None:
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    ontology = load_ontology()
    used = {str(term).removeprefix(LG) for triple in shapes for term in triple if str(term).startswith(LG)}
    assert used <= set(ontology.terms)
    for name, predicate in ontology.predicates.items():
        for subject_type in ontology.types:
            for object_type in ontology.types:
                expected = (subject_type, object_type) in predicate.pairs
                assert _conforms(shapes, name, subject_type, object_type) == expected, (
                    name,
                    subject_type,
                    object_type,
                )


def _conforms(shapes: rdflib.Graph, predicate: str, subject_type: str, object_type: str) -> bool:
    """Whether the shape of a predicate takes these types, read from the shapes graph itself."""
    ontology = load_ontology()
    [shape] = shapes.subjects(SH.targetSubjectsOf, rdflib.URIRef(LG + predicate))
    types = [rdflib.URIRef(ontology.types[code].term.iri) for code in (subject_type, object_type)]
    return _fits(shapes, shape, types)


def _fits(shapes: rdflib.Graph, shape: rdflib.term.Node, types: list[rdflib.URIRef]) -> bool:
    for required in shapes.objects(shape, SH["class"]):
        if required != types[0]:
            return False
    for head in shapes.objects(shape, SH["or"]):
        if not any(_fits(shapes, item, types) for item in shapes.items(head)):
            return False
    return all(_fits(shapes, inner, types[1:]) for inner in shapes.objects(shape, SH.property))


def test_the_shapes_are_a_graph_that_pyoxigraph_reads_too() -> None:
    assert sum(1 for _ in ox.parse(path=str(ontology_path("shapes.ttl")))) == len(
        rdflib.Graph().parse(ontology_path("shapes.ttl"))
    )
