"""Across reports: identity, offers of merges, people's judgements, one corpus."""

from kg.canonical.judgements import read_judgements
from kg.canonical.merge import canonicalise, local_iris
from kg.canonical.records import (
    CanonicalReport,
    Corpus,
    CorpusClaim,
    CorpusObservation,
    Judgement,
    Printing,
    Review,
    Thing,
)

__all__ = [
    "CanonicalReport",
    "Corpus",
    "CorpusClaim",
    "CorpusObservation",
    "Judgement",
    "Printing",
    "Review",
    "Thing",
    "canonicalise",
    "local_iris",
    "read_judgements",
]
