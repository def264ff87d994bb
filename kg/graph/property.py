"""Corpus → nodes and edges for Gephi, networkx, igraph and spreadsheets.

A node is an entity (or a report that somebody is said to have written); an edge is an asserted fact, however many
reports tell it. Every attribute has one type and a value on every record, no lists, no empty numbers: the readers of
GraphML and GEXF choke on less.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

from kg.canonical import Corpus, CorpusClaim
from kg.graph.describe import report_label
from kg.graph.layout import positions
from kg.graph.terms import clean
from kg.knowledge.ontology import load_ontology
from kg.model import content_id

SEPARATOR = "；"
_EVIDENCE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Node:
    """One node. `id` is its IRI; `first` and `last` are the earliest and latest date of the reports that name it."""

    id: str
    label: str
    type: str
    type_label: str
    alt_labels: str
    code: str
    level: str
    kind: str
    area: str
    reports: int
    first: str
    last: str
    color: str
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """One fact. `weight` counts the claims that assert it, `confidence` is that of the best of them.

    `date` is when it happened, if a claim says so (the earliest); `first` and `last` are report dates; `evidence` is
    the text of the best claim; `reports` are the ids of the reports that tell it.
    """

    id: str
    source: str
    target: str
    kind: str
    label: str
    weight: float
    confidence: float
    date: str
    first: str
    last: str
    evidence: str
    reports: str


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes by IRI and edges by id, both sorted."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


_last: list[tuple[Corpus, PropertyGraph]] = []


def property_graph(corpus: Corpus) -> PropertyGraph:
    """The entity graph of the corpus, laid out.

    The last one made is kept, because a build writes several files from it and the layout takes most of the time.
    """
    if not _last or _last[0][0] is not corpus:
        _last[:] = [(corpus, _make(corpus))]
    return _last[0][1]


def _make(corpus: Corpus) -> PropertyGraph:
    edges = _edges(corpus)
    targets = {edge.target for edge in edges}
    degree: Counter[str] = Counter()
    for edge in edges:
        degree.update((edge.source, edge.target))
    written = [report for report in corpus.reports if report.iri in targets]
    names = [*corpus.things, *(report.iri for report in written)]
    places = positions(names, [(edge.source, edge.target) for edge in edges])
    dates = {report.iri: report.extraction.report.date or "" for report in corpus.reports}
    ontology = load_ontology()
    nodes = []
    for iri, thing in corpus.things.items():
        first, last = _range([dates[report] for report in thing.reports])
        kind = ontology.kinds.get(thing.kind or "")
        level = ontology.levels.get(thing.level or "")
        area = corpus.things.get(thing.area or "")
        entity_type = ontology.types[thing.type]
        nodes.append(
            Node(
                id=iri,
                label=clean(thing.label),
                type=thing.type,
                type_label=entity_type.term.label_zh,
                alt_labels=clean(SEPARATOR.join(thing.alt_labels)),
                code=thing.code or "",
                level=level.label_zh if level else "",
                kind=kind.label_zh if kind else "",
                area=clean(area.label) if area else "",
                reports=len(thing.reports),
                first=first,
                last=last,
                color=entity_type.color,
                size=_size(degree[iri]),
                x=places[iri][0],
                y=places[iri][1],
            )
        )
    report_type = ontology.types["REPORT"]
    for entry in written:
        report = entry.extraction.report
        nodes.append(
            Node(
                id=entry.iri,
                label=clean(report_label(report)),
                type=report_type.code,
                type_label=report_type.term.label_zh,
                alt_labels="",
                code="",
                level="",
                kind="",
                area="",
                reports=1,
                first=report.date or "",
                last=report.date or "",
                color=report_type.color,
                size=_size(degree[entry.iri]),
                x=places[entry.iri][0],
                y=places[entry.iri][1],
            )
        )
    return PropertyGraph(tuple(sorted(nodes, key=lambda node: node.id)), edges)


def _edges(corpus: Corpus) -> tuple[Edge, ...]:
    facts: dict[tuple[str, str, str], list[CorpusClaim]] = defaultdict(list)
    for row in corpus.claims:
        if row.claim.status == "asserted":
            facts[row.subject, row.claim.predicate, row.object].append(row)
    ids = {report.iri: report.extraction.report for report in corpus.reports}
    predicates = load_ontology().predicates
    edges = []
    for (subject, predicate, target), rows in facts.items():
        best = min(rows, key=lambda row: (-row.claim.confidence, row.iri))
        first, last = _range([ids[row.report].date or "" for row in rows])
        paths = [iri.removeprefix(corpus.base_iri) for iri in (subject, target)]
        edges.append(
            Edge(
                id=content_id(paths[0], predicate, paths[1]),
                source=subject,
                target=target,
                kind=predicate,
                label=predicates[predicate].term.label_zh,
                weight=float(len(rows)),
                confidence=round(best.claim.confidence, 3),
                date=min((row.claim.date for row in rows if row.claim.date), default=""),
                first=first,
                last=last,
                evidence=clean(best.claim.evidence.text[:_EVIDENCE_LENGTH]),
                reports=clean(SEPARATOR.join(sorted({ids[row.report].id for row in rows}))),
            )
        )
    return tuple(sorted(edges, key=lambda edge: edge.id))


def _range(dates: list[str]) -> tuple[str, str]:
    known = sorted(date for date in dates if date)
    return (known[0], known[-1]) if known else ("", "")


def _size(degree: int) -> float:
    return round(8 + 4 * math.sqrt(degree), 1)
