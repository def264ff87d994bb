"""Other forms of the entity graph: one edge a pair, and one kind of node."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations

from kg.canonical import Corpus
from kg.graph.layout import positions
from kg.graph.property import SEPARATOR, Edge, PropertyGraph
from kg.model import content_id


def collapse(graph: PropertyGraph) -> PropertyGraph:
    """One edge for each pair of nodes and direction: its weight counts the facts, its kind lists the predicates.

    Gephi draws only one of several parallel edges; in this form nothing is hidden behind another.
    """
    pairs: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        pairs[edge.source, edge.target].append(edge)
    edges = []
    for _, group in sorted(pairs.items()):
        best = min(group, key=lambda edge: (-edge.confidence, edge.id))
        edges.append(
            replace(
                best,
                id=content_id("collapsed", *(edge.id for edge in group)),
                kind=SEPARATOR.join(sorted({edge.kind for edge in group})),
                label=SEPARATOR.join(sorted({edge.label for edge in group})),
                weight=float(len(group)),
                date=min((edge.date for edge in group if edge.date), default=""),
                first=min((edge.first for edge in group if edge.first), default=""),
                last=max(edge.last for edge in group),
                reports=SEPARATOR.join(
                    sorted({r for edge in group for r in edge.reports.split(SEPARATOR) if r})
                ),
            )
        )
    return PropertyGraph(graph.nodes, tuple(sorted(edges, key=lambda edge: edge.id)))


def share_programs(corpus: Corpus, graph: PropertyGraph) -> PropertyGraph:
    """Places joined by the program names that they share (文明讲堂 in two counties); weight counts the names.

    A program belongs to the places that run it or whose bodies run it. The label of an edge lists the names.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for row in corpus.claims:
        if row.claim.predicate == "runs" and row.claim.status == "asserted":
            actor, program = corpus.things[row.subject], corpus.things[row.object]
            place = actor.iri if actor.type == "PLACE" else actor.area
            if place and place in corpus.things and program.concept_label:
                names[program.concept_label].add(place)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, places in sorted(names.items()):
        for pair in combinations(sorted(places), 2):
            shared[pair].append(name)
    edges = [
        Edge(
            id=content_id("sharesProgram", *(iri.removeprefix(corpus.base_iri) for iri in pair)),
            source=pair[0],
            target=pair[1],
            kind="sharesProgram",
            label=SEPARATOR.join(found),
            weight=float(len(found)),
            confidence=1.0,
            date="",
            first="",
            last="",
            evidence="",
            reports="",
        )
        for pair, found in shared.items()
    ]
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))
    laid = positions(sorted(degree), list(shared))
    nodes = tuple(replace(n, x=laid[n.id][0], y=laid[n.id][1]) for n in graph.nodes if n.id in degree)
    return PropertyGraph(nodes, tuple(sorted(edges, key=lambda edge: edge.id)))
