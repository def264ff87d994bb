"""Who made the graph and what it is: the run in PROV-O (without clock or machine), the dataset in VoID and DCAT."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg import __version__
from kg.canonical import Corpus
from kg.graph.terms import DCAT, DCTERMS, PROV, RDF, RDFS, VOID, string, zh
from kg.graph.terms import integer as integer_literal
from kg.knowledge.ontology import LG, load_ontology
from kg.model import content_id

Pair = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]
_TYPE = ox.NamedNode(RDF + "type")
_LABEL = ox.NamedNode(RDFS + "label")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program, told by its version and the options that decide what it finds."""

    version: str = __version__
    options: tuple[tuple[str, str], ...] = ()

    def path(self) -> str:
        """The run's IRI without the base."""
        digest = content_id(
            self.version, *(f"{key}={value}" for key, value in sorted(self.options)), length=8
        )
        return f"run/{self.version}-{digest}"


def describe_run(corpus: Corpus, run: Run) -> dict[str, list[Pair]]:
    """Predicate and object pairs of the run, its software and the dataset, by subject IRI."""
    base = corpus.base_iri
    software = f"{base}software/lgkg-{run.version}"
    names = [report.iri.removeprefix(base) for report in corpus.reports]
    dataset = f"{base}dataset/{content_id(run.path(), *names)}"
    activity: list[Pair] = [
        (_TYPE, ox.NamedNode(PROV + "Activity")),
        (_LABEL, zh(f"知识抽取（lgkg {run.version}）")),
        (ox.NamedNode(PROV + "wasAssociatedWith"), ox.NamedNode(software)),
    ]
    activity += [
        (ox.NamedNode(DCTERMS + "description"), string(f"{key} = {value}"))
        for key, value in sorted(run.options)
    ]
    return {
        base + run.path(): activity,
        software: [
            (_TYPE, ox.NamedNode(PROV + "SoftwareAgent")),
            (_LABEL, string(f"lgkg {run.version}")),
            (ox.NamedNode(DCTERMS + "hasVersion"), string(run.version)),
        ],
        dataset: [
            (_TYPE, ox.NamedNode(VOID + "Dataset")),
            (_TYPE, ox.NamedNode(DCAT + "Dataset")),
            (_LABEL, zh("地方政务新闻知识图谱")),
            (ox.NamedNode(DCTERMS + "title"), zh("地方政务新闻知识图谱")),
            (ox.NamedNode(DCTERMS + "conformsTo"), ox.NamedNode(load_ontology().iri)),
            (ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(LG)),
            (ox.NamedNode(VOID + "uriSpace"), string(base)),
            (ox.NamedNode(VOID + "entities"), integer_literal(len(corpus.things))),
            (ox.NamedNode(VOID + "documents"), integer_literal(len(corpus.reports))),
            (ox.NamedNode(PROV + "wasGeneratedBy"), ox.NamedNode(base + run.path())),
        ],
    }
