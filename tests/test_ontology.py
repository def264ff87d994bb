from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import rdflib

from kg.errors import DataError
from kg.knowledge.files import ontology_path
from kg.knowledge.ontology import allowed, load_ontology, read_ontology

ACTORS = {"ORG", "PLACE"}
ARGUMENTS = {
    "runs": (ACTORS, {"PROGRAM"}),
    "holds": (ACTORS, {"EVENT"}),
    "participatesIn": ({"ORG", "PLACE", "PERSON", "PROGRAM"}, {"PROGRAM", "EVENT"}),
    "awarded": ({"ORG", "PLACE", "PERSON", "PROGRAM", "DOCUMENT"}, {"AWARD"}),  # works win prizes too
    "pursues": (ACTORS, {"AWARD"}),
    "confers": ({"ORG", "PLACE", "EVENT", "PROGRAM"}, {"AWARD"}),
    "locatedIn": ({"PLACE", "ORG", "EVENT", "PROGRAM"}, {"PLACE"}),
    "governs": ({"ORG"}, {"PLACE"}),
    "established": (ACTORS, ACTORS),
    "issued": (ACTORS, {"DOCUMENT"}),
    "worksFor": ({"PERSON"}, ACTORS),
    "wrote": ({"PERSON"}, {"REPORT"}),
}


def test_predicates_take_the_argument_types_of_the_annotation_guide() -> None:
    ontology = load_ontology()
    assert set(ontology.predicates) == {*ARGUMENTS, "partOf"}
    for name, (subjects, objects) in ARGUMENTS.items():
        assert ontology.predicates[name].pairs == {(s, o) for s in subjects for o in objects}, name


def test_part_of_keeps_organisations_and_undertakings_apart() -> None:
    undertakings = {"PROGRAM", "EVENT"}
    expected = {("ORG", "ORG")} | {(s, o) for s in undertakings for o in undertakings}
    assert load_ontology().predicates["partOf"].pairs == expected
    assert allowed("partOf", "ORG", "ORG")
    assert not allowed("partOf", "ORG", "PROGRAM")
    assert not allowed("likes", "ORG", "ORG")


def test_every_term_has_labels_and_the_file_is_the_same_graph_in_rdflib() -> None:
    ontology = load_ontology()
    assert set(ontology.types) == {
        "ORG",
        "PLACE",
        "PROGRAM",
        "AWARD",
        "EVENT",
        "PERSON",
        "DOCUMENT",
        "REPORT",
    }
    assert len({entity_type.color for entity_type in ontology.types.values()}) == len(ontology.types)
    graph = rdflib.Graph().parse(ontology_path("lgkg.ttl"))
    labelled = {str(s) for s in graph.subjects(rdflib.RDFS.label, None)}
    assert {term.iri for term in ontology.terms.values()} <= labelled | {
        str(s) for s in graph.subjects(rdflib.SKOS.prefLabel, None)
    }
    assert {"national", "county", "village"} <= set(ontology.levels)
    assert ontology.kinds["police"].label_zh == "公安机关"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('rdfs:label "runs"@en , "开展"@zh ;', "", "runs lacks a label"),
        ("rdfs:range lg:Program ;", "", "runs has no domain or range"),
        ('lg:slug "award" ;', "", "Award has a lg:code but no lg:slug"),
        ("a owl:Ontology ;", "a owl:Thing ;", "0 owl:Ontology headers"),
        ("lg:runs a owl:ObjectProperty ;", "lg:runs a owl:ObjectProperty ; ;; .", ".ttl:"),
    ],
)
def test_a_fault_in_the_ontology_is_named(tmp_path: Path, old: str, new: str, what: str) -> None:
    text = ontology_path("lgkg.ttl").read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "broken.ttl"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=what):
        read_ontology(broken)


def test_the_documentation_is_that_of_the_ontology(root: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        "document_ontology", root / "scripts" / "document_ontology.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (root / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert written == module.render(load_ontology()), "run python scripts/document_ontology.py"
