"""From relation candidates to claims: argument types, evidence in report offsets, confidence, status, rivals."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.config import Config
from kg.doc import Candidate, to_mention
from kg.knowledge.ontology import allowed
from kg.model import REPORT, Claim, Evidence, Extraction


def to_extraction(doc: Doc, config: Config) -> Extraction:
    """All that was found in one analysed report."""
    types = {entity.id: entity.type for entity in doc._.entities}
    best: dict[tuple[str, str, str], Candidate] = {}
    for candidate in doc._.candidates:
        key = (candidate.subject, candidate.predicate, candidate.object)
        if candidate.subject == candidate.object:
            continue
        if candidate.object != REPORT and not allowed(
            candidate.predicate, types[candidate.subject], types[candidate.object]
        ):
            continue
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    claims = tuple(_claim(doc, candidate, config) for candidate in best.values())
    return Extraction(doc._.report, tuple(doc._.entities), claims)


def _claim(doc: Doc, candidate: Candidate, config: Config) -> Claim:
    mention = to_mention(doc, candidate.start, candidate.end)
    return Claim(
        candidate.subject,
        candidate.predicate,
        candidate.object,
        candidate.score,
        "asserted" if candidate.score >= config.min_confidence else "candidate",
        Evidence(mention.start, mention.end, mention.text, 0, 0, mention.in_title),
        candidate.rule,
        candidate.date,
        candidate.qualifiers,
    )
