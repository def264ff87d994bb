"""Claims of a graph that want a reader's eye, as rows of a review file."""

from __future__ import annotations

from pathlib import Path

from kg.store.explain import open_place, select

_CLAIMS = """
PREFIX lg: <https://w3id.org/lgkg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?item ?subject ?predicate ?object ?status ?confidence ?sentence ?report ?subject_iri ?object_iri WHERE {
  ?item a lg:Claim ; rdf:subject ?subject_iri ; rdf:predicate ?p ; rdf:object ?object_iri ;
    lg:confidence ?confidence ; lg:status ?state ; lg:evidence/lg:sentence ?sentence ; prov:wasDerivedFrom/rdfs:label ?report .
  ?subject_iri rdfs:label ?subject . ?object_iri rdfs:label ?object .
  BIND(STRAFTER(STR(?p), "#") AS ?predicate)
  BIND(STRAFTER(STR(?state), "#") AS ?status)
}
ORDER BY ?confidence ?item
"""
_PAIRS = """
PREFIX lg: <https://w3id.org/lgkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?item ?other ?subject ?object ?confidence ?sentence WHERE {
  ?match a lg:Match ; lg:verdict "unsure" ; lg:left ?item ; lg:right ?other ; lg:score ?confidence ; lg:explanation ?sentence .
  ?item rdfs:label ?subject . ?other rdfs:label ?object .
}
ORDER BY DESC(?confidence) ?item ?other
"""


def rows_to_review(graph: Path, *, below: float = 1.0) -> list[dict[str, str]]:
    """Claims under a confidence, the least sure first, then pairs of entities that are possibly the same."""
    store = open_place(graph)
    claims = [row for row in select(store, _CLAIMS) if float(row["confidence"]) < below]
    return claims + [{**row, "predicate": "possiblySame"} for row in select(store, _PAIRS)]
