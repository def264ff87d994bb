"""The ontology as plain records: classes by type code, predicates with their argument types, labels, colours.

`ontology/lgkg.ttl` is the only place where a term is named; this module reads it (about 5 ms). Argument types come from
`rdfs:domain` and `rdfs:range` (a class or an `owl:unionOf`), narrowed by `owl:allValuesFrom` restrictions of the
subject's class (an organisation can be part of organisations only).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.knowledge.files import ontology_path

LG = "https://w3id.org/lgkg/ontology#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept: its IRI, labels and definitions in both languages."""

    iri: str
    label_zh: str
    label_en: str
    definition_zh: str = ""
    definition_en: str = ""

    @property
    def name(self) -> str:
        """The local name (`Organization`, `runs`)."""
        return self.iri.removeprefix(LG)


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class with a type code (`ORG`); `slug` is its IRI segment, `color` its colour as #rrggbb."""

    code: str
    term: Term
    slug: str
    color: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation: `pairs` are the allowed (subject type, object type) codes."""

    name: str
    term: Term
    subjects: frozenset[str]
    objects: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that code needs to know of `lgkg.ttl`.

    `types` by code, `predicates` by name, `terms` by local name; `levels` and `kinds` map a notation (`county`,
    `police`) to its SKOS concept.
    """

    version: str
    iri: str
    types: Mapping[str, EntityType]
    predicates: Mapping[str, Predicate]
    terms: Mapping[str, Term]
    levels: Mapping[str, Term]
    kinds: Mapping[str, Term]

    def allowed(self, predicate: str, subject_type: str, object_type: str) -> bool:
        """Whether the predicate takes these argument types (codes; the object of `wrote` has type `REPORT`)."""
        known = self.predicates.get(predicate)
        return known is not None and (subject_type, object_type) in known.pairs


def allowed(predicate: str, subject_type: str, object_type: str) -> bool:
    """`load_ontology().allowed(…)`."""
    return load_ontology().allowed(predicate, subject_type, object_type)


@cache
def load_ontology() -> Ontology:
    """The ontology of this installation."""
    return read_ontology(ontology_path("lgkg.ttl"))


def read_ontology(path: Path) -> Ontology:
    """Read an ontology file. Raises DataError with file and line when it does not parse, or names every fault."""
    graph = _Graph(path)
    faults: list[str] = []
    terms = {iri.removeprefix(LG): graph.term(iri, faults) for iri in graph.subjects() if iri.startswith(LG)}
    types = {}
    for iri in graph.having(LG + "code"):
        code = graph.text(iri, LG + "code")
        entity_type = EntityType(
            code, terms[iri.removeprefix(LG)], graph.text(iri, LG + "slug"), graph.text(iri, LG + "color")
        )
        if not (entity_type.slug and entity_type.color):
            faults.append(f"{iri} has a lg:code but no lg:slug or lg:color")
        types[code] = entity_type
    codes = {entity_type.term.iri: code for code, entity_type in types.items()}
    predicates = {}
    for iri in graph.having(_RDFS + "subPropertyOf", LG + "related"):
        predicate = graph.predicate(terms[iri.removeprefix(LG)], codes)
        if not predicate.pairs:
            faults.append(f"{iri} has no domain or range among the classes with a lg:code")
        predicates[predicate.name] = predicate
    ontologies = graph.having(_RDF + "type", _OWL + "Ontology")
    if len(ontologies) != 1:
        faults.append(f"{len(ontologies)} owl:Ontology headers (expected 1)")
    if faults:
        raise DataError("; ".join(faults), where=str(path), hint="Mend the ontology.")
    return Ontology(
        version=graph.text(ontologies[0], _OWL + "versionInfo"),
        iri=ontologies[0],
        types=dict(sorted(types.items())),
        predicates=dict(sorted(predicates.items())),
        terms=dict(sorted(terms.items())),
        levels=graph.concepts(LG + "levels", terms),
        kinds=graph.concepts(LG + "kinds", terms),
    )


class _Graph:
    """The triples of one file, indexed by subject and predicate."""

    def __init__(self, path: Path) -> None:
        self._index: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
        try:
            quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except FileNotFoundError:
            raise DataError(
                "the ontology is missing", where=str(path), hint="Reinstall the package."
            ) from None
        except SyntaxError as error:
            raise DataError(f"not valid Turtle: {error.msg}", where=f"{path}:{error.lineno}") from error
        for quad in quads:
            values = self._index.setdefault(_key(quad.subject), defaultdict(list))[quad.predicate.value]
            values.append(quad.object)

    def subjects(self) -> list[str]:
        return sorted(subject for subject in self._index if not subject.startswith("_:"))

    def objects(self, subject: str, predicate: str) -> list[str]:
        return [_key(value) for value in self._index.get(subject, {}).get(predicate, [])]

    def having(self, predicate: str, value: str | None = None) -> list[str]:
        return [
            subject
            for subject in self.subjects()
            if predicate in self._index[subject]
            and (value is None or value in self.objects(subject, predicate))
        ]

    def text(self, subject: str, predicate: str, language: str | None = None) -> str:
        for value in self._index.get(subject, {}).get(predicate, []):
            if isinstance(value, ox.Literal) and value.language == language:
                return value.value
        return ""

    def term(self, iri: str, faults: list[str]) -> Term:
        concept = self.text(iri, _SKOS + "prefLabel", "zh") != ""
        label = _SKOS + "prefLabel" if concept else _RDFS + "label"
        term = Term(
            iri,
            self.text(iri, label, "zh"),
            self.text(iri, label, "en"),
            self.text(iri, _SKOS + "definition", "zh"),
            self.text(iri, _SKOS + "definition", "en"),
        )
        if not (term.label_zh and term.label_en):
            faults.append(f"{iri} lacks a label in zh or en")
        if not concept and not (term.definition_zh and term.definition_en):
            faults.append(f"{iri} lacks a definition in zh or en")
        return term

    def predicate(self, term: Term, codes: Mapping[str, str]) -> Predicate:
        subjects = self._members(self.objects(term.iri, _RDFS + "domain"))
        objects = self._members(self.objects(term.iri, _RDFS + "range"))
        pairs = set()
        for subject in subjects & set(codes):
            for target in objects & self._values(subject, term.iri, objects) & set(codes):
                pairs.add((codes[subject], codes[target]))
        return Predicate(
            term.name,
            term,
            frozenset(subject for subject, _ in pairs),
            frozenset(target for _, target in pairs),
            frozenset(pairs),
        )

    def concepts(self, scheme: str, terms: Mapping[str, Term]) -> dict[str, Term]:
        found = self.having(_SKOS + "inScheme", scheme)
        return {self.text(iri, _SKOS + "notation"): terms[iri.removeprefix(LG)] for iri in found}

    def _members(self, classes: Iterable[str]) -> set[str]:
        """The classes themselves, or the members of the unions they are (or are equivalent to)."""
        members: set[str] = set()
        for item in classes:
            members |= self._union(item)
        return members

    def _union(self, item: str) -> set[str]:
        lists = self.objects(item, _OWL + "unionOf")
        for equivalent in self.objects(item, _OWL + "equivalentClass"):
            lists += self.objects(equivalent, _OWL + "unionOf")
        return {member for head in lists for member in self._list(head)} or {item}

    def _list(self, head: str) -> list[str]:
        members: list[str] = []
        while head != _RDF + "nil":
            members += self.objects(head, _RDF + "first")
            head = self.objects(head, _RDF + "rest")[0]
        return members

    def _values(self, subject: str, predicate: str, default: set[str]) -> set[str]:
        for parent in self.objects(subject, _RDFS + "subClassOf"):
            if predicate in self.objects(parent, _OWL + "onProperty"):
                return self._members(self.objects(parent, _OWL + "allValuesFrom"))
        return default


def _key(node: object) -> str:
    return f"_:{node.value}" if isinstance(node, ox.BlankNode) else str(getattr(node, "value", node))
