"""Why the graph says so: the evidence of facts, with the words marked, and their rival readings; and what changed.

Both read the claims of a graph by plain SPARQL, so that they work on files, the embedded store and an endpoint alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.store.embedded import cell, open_files, open_store
from kg.store.queries import render


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a fact in one report; `sentence` is the sentence with the evidence between 【 and 】."""

    subject: str
    predicate: str
    object: str
    status: str
    confidence: float
    sentence: str
    report: str
    date: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts (subject, predicate, object by name) and entities (type, name) that one graph has and the other has not."""

    facts_gained: tuple[tuple[str, str, str], ...]
    facts_lost: tuple[tuple[str, str, str], ...]
    entities_gained: tuple[tuple[str, str], ...] = field(default=())
    entities_lost: tuple[tuple[str, str], ...] = field(default=())


def open_place(path: Path) -> ox.Store:
    """A store folder, the folder of a build, or an RDF file, opened to read."""
    if (path / "graph.ttl").is_file():
        path = path / "graph.ttl"
    return open_store(path) if path.is_dir() else open_files([path])


def explain(
    path: Path, subject: str, *, predicate: str | None = None, target: str | None = None
) -> list[Reading]:
    """All readings of the facts about `subject`, surest first, narrowed by predicate and by the object's name.

    Raises UsageError when the graph has no entity of that name.
    """
    store = open_place(path)
    known = ox.Literal(subject, language="zh")
    if not any(store.quads_for_pattern(None, None, known)):
        raise UsageError(f"no entity is named {subject!r}", where=str(path))
    values = {"subject": subject, "predicate": predicate, "object": target}
    text = render("evidence", {key: value for key, value in values.items() if value})
    rivals = _rivals(store)
    rows = select(store, text)
    return [
        Reading(
            row["subject_name"],
            row["relation"],
            row["object_name"],
            row["status"],
            float(row["confidence"]),
            row["sentence"].replace(row["evidence"], f"【{row['evidence']}】", 1),
            row["report_title"],
            row["date"],
            tuple(sorted(rivals[row["subject_name"], row["relation"], row["object_name"]])),
        )
        for row in rows
    ]


def diff(old: Path, new: Path) -> Difference:
    """What `new` says that `old` does not, and the other way round."""
    before, after = open_place(old), open_place(new)
    facts = _named(before, _FACTS), _named(after, _FACTS)
    entities = _named(before, _ENTITIES), _named(after, _ENTITIES)
    return Difference(
        tuple(sorted(facts[1] - facts[0])),
        tuple(sorted(facts[0] - facts[1])),
        tuple(sorted(entities[1] - entities[0])),
        tuple(sorted(entities[0] - entities[1])),
    )


def _rivals(store: ox.Store) -> Mapping[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in select(store, render("rivals", {})):
        asserted = (row["subject_name"], row["relation"], row["object_name"])
        rival = (row["rival_subject"], row["relation"], row["rival_object"])
        found[asserted].add(f"{' '.join(rival)} ({row['rival_confidence']})")
        found[rival].add(f"{' '.join(asserted)} ({row['confidence']})")
    return found


def select(store: ox.Store, text: str) -> list[dict[str, str]]:
    """The rows of a SELECT query, values as text, an unbound variable as an empty one."""
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: cell(value) for name, value in zip(names, row, strict=True)} for row in answer]


def _named(store: ox.Store, text: str) -> set[Any]:
    return {tuple(row.values()) for row in select(store, text)}


_FACTS = """
PREFIX lg: <https://w3id.org/lgkg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?subject ?predicate ?object WHERE {
  ?claim a lg:Claim ; lg:status lg:asserted ; rdf:subject/rdfs:label ?subject ; rdf:predicate ?p ; rdf:object/rdfs:label ?object .
  BIND(STRAFTER(STR(?p), "#") AS ?predicate)
}
"""
_ENTITIES = """
PREFIX lg: <https://w3id.org/lgkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?type ?name WHERE {
  ?report lg:mentions ?entity . ?entity a ?class ; rdfs:label ?name .
  BIND(STRAFTER(STR(?class), "#") AS ?type)
}
"""
