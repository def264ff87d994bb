"""From relation candidates to claims: argument types, evidence in report offsets, confidence, status, rivals.

Readings of one fact by several rules become one claim, of the surest rule. Confidence is the share of right claims that a
rule had on annotated reports, smoothed towards the rule's own prior (`data/relations/calibration.tsv`, made by
`python -m kg.evaluation.calibrate`). A reading that lost against another stays a candidate below any threshold above
its confidence, and names its rival in the qualifier `rival_of`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from kg.config import Config
from kg.doc import Candidate, Span2, to_mention
from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.ontology import allowed
from kg.model import REPORT, Claim, Evidence, Extraction

_MOST = 0.99
_PRIOR_WEIGHT = 10.0
"""How many annotated claims the prior of a rule is worth."""
_LEAST = 0.02
"""Candidates below are not worth keeping."""

Key = tuple[str, str, str]


def to_extraction(doc: Doc, config: Config) -> Extraction:
    """All that was found in one analysed report: entities, claims in text order, observations."""
    types = {entity.id: entity.type for entity in doc._.entities}
    best: dict[Key, Candidate] = {}
    for candidate in doc._.candidates:
        if not _possible(candidate, types):
            continue
        scored = replace(candidate, score=confidence(candidate))
        key = (scored.subject, scored.predicate, scored.object)
        if scored.score >= _LEAST and (key not in best or _order(scored) < _order(best[key])):
            best[key] = scored
    ordered = sorted(best.values(), key=lambda c: (c.start, c.end, c.predicate, c.subject, c.object))
    starts = [sentence[0] for sentence in doc._.sentences]
    claims = tuple(_claim(doc, candidate, config, best, starts) for candidate in ordered)
    return Extraction(doc._.report, tuple(doc._.entities), claims, tuple(doc._.observations))


def confidence(candidate: Candidate) -> float:
    """The estimated probability that a careful reader would sign the candidate."""
    right, wrong = _table().get(rule_key(candidate), (0, 0))
    value = (right + _PRIOR_WEIGHT * candidate.score) / (right + wrong + _PRIOR_WEIGHT)
    return min(round(value, 3), _MOST)


def rule_key(candidate: Candidate) -> str:
    """The key of a candidate in the calibration table: its rule, marked when the reading lost against another."""
    return candidate.rule + ("!" if candidate.rival_of is not None else "")


def _possible(candidate: Candidate, types: Mapping[str, str]) -> bool:
    if candidate.subject == candidate.object or candidate.subject not in types:
        return False
    if candidate.object == REPORT:
        return candidate.predicate == "wrote" and types[candidate.subject] == "PERSON"
    return candidate.object in types and allowed(
        candidate.predicate, types[candidate.subject], types[candidate.object]
    )


def _order(candidate: Candidate) -> tuple[float, int, int, str]:
    return -candidate.score, candidate.start, candidate.end, candidate.rule


def _claim(
    doc: Doc, candidate: Candidate, config: Config, known: Mapping[Key, Candidate], starts: Sequence[int]
) -> Claim:
    mention = to_mention(doc, candidate.start, candidate.end)
    offset = 0 if mention.in_title else doc._.body
    start, end = _sentence(doc._.sentences, starts, candidate.start, candidate.end)
    limit = len(doc._.report.title if mention.in_title else doc._.report.text)
    evidence = Evidence(
        mention.start,
        mention.end,
        mention.text,
        max(start - offset, 0),
        min(end - offset, limit),
        mention.in_title,
    )
    qualifiers = dict(candidate.qualifiers)
    if candidate.rival_of is not None and candidate.rival_of in known:
        qualifiers["rival_of"] = " ".join(candidate.rival_of)
    return Claim(
        subject=candidate.subject,
        predicate=candidate.predicate,
        object=candidate.object,
        confidence=candidate.score,
        status="asserted" if candidate.score >= config.min_confidence else "candidate",
        evidence=evidence,
        rule=candidate.rule,
        date=candidate.date,
        qualifiers=qualifiers,
    )


def _sentence(sentences: tuple[Span2, ...], starts: Sequence[int], start: int, end: int) -> Span2:
    """The span from the sentence in which the evidence begins to the one in which it ends."""
    if not sentences:
        return start, end
    first = sentences[max(bisect_right(starts, start) - 1, 0)]
    last = sentences[max(bisect_right(starts, max(end - 1, start)) - 1, 0)]
    return min(first[0], start), max(last[1], end)


@cache
def _table() -> dict[str, tuple[int, int]]:
    path = data_path("relations", "calibration.tsv")
    rows: Iterable[dict[str, str]] = read_tsv(path, "calibration") if path.exists() else ()
    return {row["rule"]: (int(row["right"]), int(row["wrong"])) for row in rows}
