"""The corpus: what all reports say together, with every thing's IRI and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.model import Claim, Extraction, Observation, Report

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an entity of a report is.

    `path` is its IRI without the base; `settled` says whether it holds beyond the report; `context` is the path of its
    administrative area or contest; `why` says how it was decided; `bare` is a program's name without the area that it
    begins with.
    """

    path: str
    settled: bool
    context: str | None
    why: str
    bare: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two entity IRIs are one thing.

    `author` is `rule` or `person`; `score` is a likeness in 0…1; `by` and `when` (ISO) say which person and when.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    explanation: str
    author: str = "rule"
    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One entity of the corpus.

    `label` is its full name, `alt_labels` the other forms (sorted). `area` is the IRI of its administrative context,
    `contest` the IRI of the contest a prize belongs to, `concept` the IRI of a program's shared name and
    `concept_label` that name. `level` and `kind` are notations of the ontology. `reports` are the IRIs of the reports
    that mention it, `sources` the IRIs that judgements merged into this one (empty when there was no merge).
    """

    iri: str
    type: str
    label: str
    alt_labels: tuple[str, ...]
    reports: tuple[str, ...]
    settled: bool
    why: str
    administrative: bool = False
    code: str | None = None
    level: str | None = None
    kind: str | None = None
    area: str | None = None
    contest: str | None = None
    concept: str | None = None
    concept_label: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CanonicalReport:
    """A report with its IRI and the canonical IRI of each of its entities by local id."""

    iri: str
    extraction: Extraction
    iris: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Printing:
    """A further printing of a report (another paper, a web page, a cut version): nothing is claimed from it."""

    iri: str
    report: Report
    of: str


@dataclass(frozen=True, slots=True)
class CorpusClaim:
    """A claim whose subject and object are IRIs; `source_subject` and `source_object` are those before any merge."""

    iri: str
    report: str
    subject: str
    object: str
    source_subject: str
    source_object: str
    claim: Claim
    rival_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusObservation:
    """A counted fact with its IRI; `subject` is an entity IRI or None."""

    iri: str
    report: str
    subject: str | None
    observation: Observation


@dataclass(frozen=True, slots=True)
class Review:
    """A person's verdict in force on an entity or a claim (`targets`: all IRIs that it changed).

    `former` is what it replaced: the status, type, name, or the IRI of the subject or object.
    """

    iri: str
    targets: tuple[str, ...]
    verdict: str
    former: str
    by: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that the exports are made from; all sequences sorted, so independent of the order of inputs.

    `options` are the settings of the run that decide what it finds, by name; they stand in the graph's provenance.
    """

    base_iri: str
    reports: tuple[CanonicalReport, ...]
    things: Mapping[str, Thing]
    claims: tuple[CorpusClaim, ...]
    observations: tuple[CorpusObservation, ...]
    judgements: tuple[Judgement, ...] = field(default=())
    printings: tuple[Printing, ...] = field(default=())
    reviews: tuple[Review, ...] = field(default=())
    options: Mapping[str, str] = field(default_factory=dict)
