"""Validation against `ontology/shapes.ttl`, each violation with what a person needs to find it.

Engine chosen by measurement (two cores, shared; docs/interoperability.md): on 960 000 triples `shacl` 0.3.4 takes 7 s
and 0.4 GB, `shacl-rust` 0.2.12 23 s and 1.1 GB; pySHACL takes 8 s for a tenth of that. pySHACL stays as the second
engine: a test holds the two to the same results.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import InputError
from kg.graph.read import read_quads
from kg.graph.terms import OA, RDF, RDFS
from kg.knowledge.files import ontology_path
from kg.knowledge.ontology import LG

Engine = Literal["shacl", "pyshacl"]
_Raw = tuple[str, str, str, str, str]  # focus, path, value, constraint, message
_IRI = re.compile(r"<(.*)>")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong.

    `focus` is the node's IRI, `label` its name (for a claim: subject, predicate, object), `path` the property and
    `value` the value at fault (empty where the fault is that there is none), `constraint` the kind of rule broken
    (`MinCount`, `Datatype`, …), `evidence` the words of the report behind the node, if any.
    """

    focus: str
    label: str
    path: str
    value: str
    constraint: str
    message: str
    evidence: str

    def __str__(self) -> str:
        place = f"{self.label or self.focus} <{self.focus}>"
        fault = f" {self.path}" if self.path else ""
        value = f" = {self.value}" if self.value and self.value != self.focus else ""
        evidence = f" [evidence: {self.evidence}]" if self.evidence else ""
        return f"{place}:{fault}{value}: {self.message} ({self.constraint}){evidence}"


def validate(
    paths: Sequence[Path], *, engine: Engine = "shacl", shapes: Path | None = None
) -> list[Violation]:
    """All violations of the union of the graphs, sorted; an empty list when it conforms.

    Raises InputError with file and line for a file that cannot be read as RDF or holds no triple.
    """
    shapes = shapes or ontology_path("shapes.ttl")
    with tempfile.TemporaryDirectory() as folder:
        union = Path(folder) / "union.nt"
        ox.serialize((quad.triple for quad in read_quads(paths)), str(union), format=ox.RdfFormat.N_TRIPLES)
        if union.stat().st_size == 0:
            raise InputError(
                "no triples", where=", ".join(str(path) for path in paths), hint="Nothing to validate."
            )
        raw = _with_shacl(union, shapes) if engine == "shacl" else _with_pyshacl(union, shapes)
        return sorted(_explained(raw, union)) if raw else []


def _with_shacl(data: Path, shapes: Path) -> list[_Raw]:
    import shacl

    report = shacl.Shapes.from_file(str(shapes)).validate_file(str(data))
    return [
        (
            _bare(result.focus_node),
            _bare(result.path or ""),
            result.value or "",
            result.component.removesuffix("ConstraintComponent"),
            min(result.messages or [result.message or ""]),
        )
        for result in report.results
    ]


def _with_pyshacl(data: Path, shapes: Path) -> list[_Raw]:
    import pyshacl
    from rdflib import SH, Graph
    from rdflib.namespace import RDF as RDFNS

    graph = Graph().parse(data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(shapes, format="turtle"))
    raw = []
    for result in report.subjects(RDFNS.type, SH.ValidationResult):
        value = report.value(result, SH.value)
        messages = [str(message) for message in report.objects(result, SH.resultMessage)]
        component = str(report.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[-1]
        raw.append(
            (
                str(report.value(result, SH.focusNode)),
                str(report.value(result, SH.resultPath) or ""),
                "" if value is None else value.n3(),
                component.removesuffix("ConstraintComponent"),
                min(messages, default=""),
            )
        )
    return raw


def _bare(term: str) -> str:
    match = _IRI.fullmatch(term)
    return match[1] if match else term


def _explained(raw: Sequence[_Raw], data: Path) -> list[Violation]:
    store = ox.Store()
    store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
    result = []
    for focus, path, value, constraint, message in raw:
        node = ox.NamedNode(focus) if ":" in focus and not focus.startswith("_:") else None
        label, evidence = (_label(store, node), _evidence(store, node)) if node is not None else ("", "")
        short = path.replace(LG, "lg:").replace(RDFS, "rdfs:").replace(RDF, "rdf:").replace(OA, "oa:")
        result.append(Violation(focus, label, short, _bare(value), constraint, message, evidence))
    return result


def _label(store: ox.Store, node: ox.NamedNode) -> str:
    for value in _objects(store, node, RDFS + "label"):
        return value.value
    parts = []
    for name in ("subject", "predicate", "object"):
        for value in _objects(store, node, RDF + name):
            labels = _objects(store, value, RDFS + "label") if isinstance(value, ox.NamedNode) else []
            parts.append(labels[0].value if labels else value.value.removeprefix(LG))
    return " ".join(parts)


def _evidence(store: ox.Store, node: ox.NamedNode) -> str:
    """The words behind a node: its own, its evidence's, or those of a claim about it."""
    claims = [
        quad.subject
        for name in ("subject", "object")
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + name), node)
    ]
    for holder in [node, *claims]:
        if isinstance(holder, ox.NamedNode):
            spans = [
                span for span in _objects(store, holder, LG + "evidence") if isinstance(span, ox.NamedNode)
            ]
            quotes = [
                quote.value for span in [holder, *spans] for quote in _objects(store, span, OA + "exact")
            ]
            if quotes:
                return min(quotes)
    return ""


def _objects(store: ox.Store, node: ox.NamedNode, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    quads = store.quads_for_pattern(node, ox.NamedNode(predicate), None)
    found = [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)]
    return sorted(found, key=str)
