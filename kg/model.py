"""The records that flow from readers to exporters, and their JSON Lines form.

Three carriers, each ending where the next begins: a `Document` becomes `Report`s (segmentation), a report is analysed as
a spaCy `Doc` (mentions, resolution, relations), and what was found leaves as an `Extraction` of `Entity`s, `Claim`s
and `Observation`s. All records are frozen. All spans are half-open `(start, end)` character offsets (Unicode code points).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

REPORT = "report"
"""The object of `wrote`: the report itself (there is no entity for it)."""

Status = Literal["asserted", "candidate"]
Precision = Literal["day", "month", "year"]
Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """One input file as read: its pages' text in reading order, and what the file says of itself.

    `source` is the path or address as the user gave it (POSIX separators). `kind` is a key of `readers.READERS`.
    `metadata` may have `title`, `date` (ISO), `byline` (names parted by 、), `newspaper`, `source`, `id`. When
    `segmented` is true each page is one report already and must not be cut again; `records` then may hold metadata for
    each page, by the same keys.
    """

    source: str
    kind: str
    pages: tuple[str, ...]
    metadata: Attributes = field(default_factory=dict)
    segmented: bool = False
    records: tuple[Attributes, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One news report: running text, paragraphs separated by a newline, and what the page says around it."""

    id: str
    source: str
    text: str
    title: str = ""
    kicker: str = ""
    byline: tuple[str, ...] = ()
    date: str | None = None
    newspaper: str | None = None


@dataclass(frozen=True, slots=True)
class Reprint:
    """A further printing of a report (`report`), and the printing that is analysed in its place (`of`)."""

    report: Report
    of: Report


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of an entity. `start`, `end` are offsets into the report's text, or into its title if `in_title`."""

    start: int
    end: int
    text: str
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of one report.

    `id` is local to the report (`e1`, …). `type` is a code of the ontology (`ORG`, `PLACE`, …). `name` is the fullest
    name the report licenses. `area` is the id of the PLACE entity that gives its administrative context, when certain.
    `code` is the GB/T 2260 code of an administrative area, when certain. `rule` names what found it, `attributes`
    holds further facts as text (`level`, `rank`, `kind`, `candidates` …).
    """

    id: str
    type: str
    name: str
    mentions: tuple[Mention, ...]
    area: str | None = None
    code: str | None = None
    confidence: float = 1.0
    rule: str = ""
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands: exact text, its offsets, and the sentence around it (`in_title`: offsets into the title)."""

    start: int
    end: int
    text: str
    sentence_start: int
    sentence_end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of one fact in one report.

    `subject` and `object` are entity ids (`object` may be `REPORT`), `predicate` a property of the ontology.
    `confidence` is the estimated probability that a careful reader would sign the fact. `date` is when it happened, as
    an ISO string no longer than its precision allows (`2022`, `2022-05`, `2022-05-19`). `rule` names the rule or model
    that made it. `qualifiers` may hold `rank`, `count`, `edition`, `giver`.
    """

    subject: str
    predicate: str
    object: str
    confidence: float
    status: Status
    evidence: Evidence
    rule: str
    date: str | None = None
    qualifiers: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Observation:
    """A counted fact (注册志愿者14700余名): subject, indicator in normalised wording, value, unit, qualifier, period."""

    subject: str | None
    indicator: str
    value: str
    unit: str
    evidence: Evidence
    qualifier: str = ""
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one report."""

    report: Report
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...] = ()


def content_id(*parts: str, length: int = 12) -> str:
    """A stable hexadecimal id of the given strings (SHA-256, cut to `length`): the same on every machine."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()
    return digest[:length]


def report_to_json(report: Report) -> dict[str, Any]:
    """The report as `kg segment` writes it."""
    return {
        "id": report.id,
        "source": report.source,
        "title": report.title,
        "kicker": report.kicker,
        "byline": list(report.byline),
        "date": report.date,
        "newspaper": report.newspaper,
        "text": report.text,
    }


def extraction_to_json(extraction: Extraction, *, iris: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The extraction as `kg extract` writes it (see docs/report-format.md); `iris` maps local entity ids to IRIs."""
    iris = iris or {}
    result = report_to_json(extraction.report)
    result["entities"] = [_entity_to_json(entity, iris.get(entity.id)) for entity in extraction.entities]
    result["relations"] = [_claim_to_json(claim) for claim in extraction.claims]
    result["observations"] = [
        {
            "subject": item.subject,
            "indicator": item.indicator,
            "value": item.value,
            "unit": item.unit,
            "qualifier": item.qualifier,
            "period": item.period,
            "evidence": item.evidence.text,
            "span": [item.evidence.start, item.evidence.end],
        }
        for item in extraction.observations
    ]
    return result


def _entity_to_json(entity: Entity, iri: str | None) -> dict[str, Any]:
    forms = list(dict.fromkeys(mention.text for mention in entity.mentions))
    spans = [[mention.start, mention.end] for mention in entity.mentions if not mention.in_title]
    result: dict[str, Any] = {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "mentions": forms,
        "spans": spans,
        "confidence": round(entity.confidence, 3),
        "rule": entity.rule,
    }
    if iri is not None:
        result["iri"] = iri
    if entity.area is not None:
        result["area"] = entity.area
    if entity.code is not None:
        result["code"] = entity.code
    if entity.attributes:
        result["attributes"] = dict(sorted(entity.attributes.items()))
    return result


def _claim_to_json(claim: Claim) -> dict[str, Any]:
    evidence = claim.evidence
    result: dict[str, Any] = {
        "s": claim.subject,
        "p": claim.predicate,
        "o": claim.object,
        "confidence": round(claim.confidence, 3),
        "status": claim.status,
        "evidence": evidence.text,
        "span": None if evidence.in_title else [evidence.start, evidence.end],
        "date": claim.date,
        "rule": claim.rule,
    }
    if claim.qualifiers:
        result["qualifiers"] = dict(sorted(claim.qualifiers.items()))
    return result
