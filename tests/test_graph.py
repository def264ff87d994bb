from __future__ import annotations

import io

import pyoxigraph as ox
import rdflib
from extractions import BASE, bureau

from kg.canonical import Corpus, canonicalise
from kg.exporters import EXPORTERS
from kg.graph.build import quads, triples
from kg.graph.terms import date, decimal, number, string
from kg.knowledge.ontology import LG

LGN = rdflib.Namespace(LG)


def corpus() -> Corpus:
    return canonicalise([bureau("r1"), bureau("r2", short=True)], base_iri=BASE)


def export(name: str, of: Corpus) -> bytes:
    stream = io.BytesIO()
    EXPORTERS[name].write(of, stream)
    return stream.getvalue()


def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=export("graph.ttl", corpus()), format="turtle")


def test_asserted_facts_are_direct_triples_and_candidates_are_not() -> None:
    found = graph()
    labels = {
        (str(found.value(s, rdflib.RDFS.label)), str(found.value(o, rdflib.RDFS.label)))
        for s, o in found.subject_objects(LGN.awarded)
    }
    assert labels == {("青禾县公安局柳林派出所", "全国模范公安基层单位")}
    candidates = set(found.subjects(LGN.status, LGN.candidate))
    assert len(candidates) == 2
    for candidate in candidates:
        fact = tuple(
            found.value(candidate, p) for p in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        )
        assert fact not in found
        rival = found.value(candidate, LGN.rivalOf)
        assert found.value(rival, LGN.status) == LGN.asserted


def test_every_claim_has_its_evidence_in_the_report() -> None:
    found, texts = (
        graph(),
        {BASE + f"report/{e.report.id}": e.report.text for e in (bureau("r1"), bureau("r2", short=True))},
    )
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    claims = set(found.subjects(rdflib.RDF.type, LGN.Claim))
    assert len(claims) == 14
    for one in claims:
        text = texts[str(found.value(one, rdflib.PROV.wasDerivedFrom))]
        place = found.value(one, LGN.evidence)
        start, end = int(found.value(place, oa.start)), int(found.value(place, oa.end))
        assert text[start:end] == str(found.value(place, oa.exact))
        sentence = int(found.value(place, LGN.sentenceStart))
        assert text[sentence:].startswith(str(found.value(place, LGN.sentence)))
        assert 0 <= float(found.value(one, LGN.confidence)) <= 1


def test_each_entity_has_one_chinese_label_and_nothing_is_blank() -> None:
    found = graph()
    assert not [node for triple in found for node in triple if isinstance(node, rdflib.BNode)]
    for entity in set(found.objects(None, LGN.mentions)):
        [label] = found.objects(entity, rdflib.RDFS.label)
        assert label.language == "zh"
    county = rdflib.URIRef(BASE + "place/999921")
    assert found.value(county, LGN.gbCode).value == "999921"
    assert (county, rdflib.RDF.type, LGN.Place) in found
    assert (county, rdflib.RDF.type, LGN.AdministrativeArea) in found


def test_named_graphs_hold_the_same_triples() -> None:
    assert {q.triple for q in quads(corpus())} == set(triples(corpus()))
    named = {q.graph_name.value for q in quads(corpus()) if isinstance(q.graph_name, ox.NamedNode)}
    assert named == {BASE + "report/r1", BASE + "report/r2"}


def test_a_report_alone_says_the_same_as_within_a_corpus_but_for_shared_things() -> None:
    alone, both = set(triples(canonicalise([bureau("r1")], base_iri=BASE))), set(triples(corpus()))
    changed = alone - both
    assert {t.subject.value.removeprefix(BASE).split("/")[0] for t in changed} <= {"dataset"}


def test_literals_survive_a_store_unchanged() -> None:
    store = ox.Store()
    written = list(triples(corpus()))
    store.extend(ox.Quad(*triple) for triple in written)
    assert {quad.triple for quad in store} == set(written)


def test_literal_forms() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    kinds = {
        text: date(text).datatype.value.removeprefix(xsd)
        for text in ("2022", "2022-05", "2022-05-19", "2022-02-30", "5月")
    }
    assert kinds == {
        "2022": "gYear",
        "2022-05": "gYearMonth",
        "2022-05-19": "date",
        "2022-02-30": "string",
        "5月": "string",
    }
    assert [decimal(value).value for value in (1.0, 0.12, 0.1234, 0, 1e-9)] == [
        "1",
        "0.12",
        "0.123",
        "0",
        "0",
    ]
    assert [number(text).value for text in ("120", "1.50", "1E2", "约120", "NaN")] == [
        "120",
        "1.5",
        "100",
        "约120",
        "NaN",
    ]
    assert string("a\x0bb\x00c\ud800").value == "abc"


def test_other_base_iri() -> None:
    other = canonicalise([bureau()], base_iri="http://example.org/data#")
    subjects = {triple.subject.value for triple in triples(other)}
    assert all(subject.startswith("http://example.org/data#") for subject in subjects)
