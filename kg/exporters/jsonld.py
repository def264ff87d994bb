"""JSON-LD: one node a line, in the order of the Turtle file, with the context inline.

pyoxigraph writes JSON-LD without a context and rdflib takes minutes at size; the nodes are grouped by subject already,
so writing them is a few lines.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import BinaryIO

import pyoxigraph as ox

from kg.canonical import Corpus
from kg.graph.build import triples
from kg.graph.terms import RDF, VOCABULARIES, XSD
from kg.knowledge.ontology import LG

Value = str | dict[str, str]


def context() -> dict[str, str]:
    """The JSON-LD context: the ontology's terms need no prefix, all other vocabularies have theirs.

    There are no prefixes for data: `evidence` would be both a term and a prefix.
    """
    return {"@vocab": LG, **{name: iri for name, iri in VOCABULARIES.items() if name != "lg"}}


def write(corpus: Corpus, stream: BinaryIO) -> None:
    """All triples as JSON-LD."""
    names = context()
    head = json.dumps(names, ensure_ascii=False, indent=1)
    stream.write(f'{{"@context": {head},\n"@graph": [\n'.encode())
    shorten = _Shorten(names)
    separator = b""
    for subject, group in groupby(triples(corpus), key=lambda triple: triple.subject):
        assert isinstance(subject, ox.NamedNode)
        node: dict[str, object] = {"@id": subject.value}
        for predicate, same in groupby(group, key=lambda triple: triple.predicate.value):
            if predicate == RDF + "type":
                node["@type"] = [shorten(t.object.value) for t in same if isinstance(t.object, ox.NamedNode)]
            else:
                values = [_value(triple.object, shorten) for triple in same]
                node[shorten(predicate)] = values if len(values) > 1 else values[0]
        stream.write(separator + json.dumps(node, ensure_ascii=False).encode())
        separator = b",\n"
    stream.write(b"\n]}\n")


class _Shorten:
    """IRIs of vocabularies in short form, remembered."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = [(name, iri) for name, iri in names.items() if not name.startswith("@")]
        self._known: dict[str, str] = {}

    def __call__(self, iri: str) -> str:
        if iri not in self._known:
            short = iri.removeprefix(LG)
            for name, start in self._names:
                if iri.startswith(start):
                    short = f"{name}:{iri.removeprefix(start)}"
            self._known[iri] = short
        return self._known[iri]


def _value(term: ox.NamedNode | ox.Literal | object, shorten: _Shorten) -> Value:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    assert isinstance(term, ox.Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": shorten(term.datatype.value)}
