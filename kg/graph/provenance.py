"""Who made the graph and what it is: the run in PROV-O (without clock or machine), the dataset in VoID and DCAT."""

from __future__ import annotations

import pyoxigraph as ox

from kg import __version__
from kg.canonical import Corpus
from kg.graph.terms import DCAT, DCTERMS, LABEL, PROV, TYPE, VOID, integer, string, zh
from kg.knowledge.ontology import LG, load_ontology
from kg.model import content_id

Pair = tuple[ox.NamedNode, ox.NamedNode | ox.Literal]


def run_iri(corpus: Corpus) -> str:
    """The run that made the corpus, told by the program's version and the options that decide what it finds."""
    digest = content_id(__version__, *_options(corpus), length=8)
    return f"{corpus.base_iri}run/{__version__}-{digest}"


def describe_run(corpus: Corpus) -> dict[str, list[Pair]]:
    """Predicate and object pairs of the run, its software and the dataset, by subject IRI."""
    base, run = corpus.base_iri, run_iri(corpus)
    software = f"{base}software/lgkg-{__version__}"
    names = [report.iri.removeprefix(base) for report in corpus.reports]
    dataset = f"{base}dataset/{content_id(run.removeprefix(base), *names)}"
    activity: list[Pair] = [
        (TYPE, ox.NamedNode(PROV + "Activity")),
        (LABEL, zh(f"知识抽取（lgkg {__version__}）")),
        (ox.NamedNode(PROV + "wasAssociatedWith"), ox.NamedNode(software)),
    ]
    activity += [(ox.NamedNode(DCTERMS + "description"), string(option)) for option in _options(corpus)]
    return {
        run: activity,
        software: [
            (TYPE, ox.NamedNode(PROV + "SoftwareAgent")),
            (LABEL, string(f"lgkg {__version__}")),
            (ox.NamedNode(DCTERMS + "hasVersion"), string(__version__)),
        ],
        dataset: [
            (TYPE, ox.NamedNode(VOID + "Dataset")),
            (TYPE, ox.NamedNode(DCAT + "Dataset")),
            (LABEL, zh("地方政务新闻知识图谱")),
            (ox.NamedNode(DCTERMS + "title"), zh("地方政务新闻知识图谱")),
            (ox.NamedNode(DCTERMS + "conformsTo"), ox.NamedNode(load_ontology().iri)),
            (ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(LG)),
            (ox.NamedNode(VOID + "uriSpace"), string(base)),
            (ox.NamedNode(VOID + "entities"), integer(len(corpus.things))),
            (ox.NamedNode(VOID + "documents"), integer(len(corpus.reports))),
            (ox.NamedNode(PROV + "wasGeneratedBy"), ox.NamedNode(run)),
        ],
    }


def _options(corpus: Corpus) -> list[str]:
    return [f"{name}={value}" for name, value in sorted(corpus.options.items())]
