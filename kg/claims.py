"""From relation candidates to claims: argument types, evidence in report offsets, confidence, status, rivals.

Readings of one fact by several rules become one claim, of the surest rule. Confidence is the share of right claims that a
rule had on annotated reports, smoothed towards the rule's own prior (`data/relations/calibration.tsv`, made by
`python -m kg.evaluation.calibrate`). A reading that lost against another stays a candidate below any threshold above
its confidence, and names its rival in the qualifier `rival_of`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from kg.config import Config
from kg.doc import Candidate, Span2
from kg.knowledge.files import data_path, read_tsv
from kg.knowledge.ontology import allowed
from kg.model import REPORT, Claim, Evidence, Extraction, Report

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
    sentences: tuple[Span2, ...] = tuple(doc._.sentences)
    text = _Text(doc._.report, doc._.body, sentences, tuple(sentence[0] for sentence in sentences))
    claims = tuple(_claim(text, candidate, config, best) for candidate in ordered)
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


@dataclass(frozen=True, slots=True)
class _Text:
    """What evidence is cut from; read once for a report, since attributes of a Doc are slow."""

    report: Report
    body: int
    sentences: tuple[Span2, ...]
    starts: tuple[int, ...]

    def evidence(self, start: int, end: int) -> Evidence:
        """The Doc span as evidence in offsets of the text or, if it lies there wholly, of the title."""
        in_title = end < self.body
        if not in_title:
            start = max(start, self.body)
        first, last = self._sentence(start, end)
        offset = 0 if in_title else self.body
        source = self.report.title if in_title else self.report.text
        return Evidence(
            start - offset,
            end - offset,
            source[start - offset : end - offset],
            max(first - offset, 0),
            min(last - offset, len(source)),
            in_title,
        )

    def _sentence(self, start: int, end: int) -> Span2:
        """The span from the sentence in which the evidence begins to the one in which it ends."""
        if not self.sentences:
            return start, end
        first = self.sentences[max(bisect_right(self.starts, start) - 1, 0)]
        last = self.sentences[max(bisect_right(self.starts, max(end - 1, start)) - 1, 0)]
        return min(first[0], start), max(last[1], end)


def _claim(text: _Text, candidate: Candidate, config: Config, known: Mapping[Key, Candidate]) -> Claim:
    qualifiers = dict(candidate.qualifiers)
    if candidate.rival_of is not None and candidate.rival_of in known:
        qualifiers["rival_of"] = " ".join(candidate.rival_of)
    return Claim(
        subject=candidate.subject,
        predicate=candidate.predicate,
        object=candidate.object,
        confidence=candidate.score,
        status="asserted" if candidate.score >= config.min_confidence else "candidate",
        evidence=text.evidence(candidate.start, candidate.end),
        rule=candidate.rule,
        date=candidate.date,
        qualifiers=qualifiers,
    )


@cache
def _table() -> dict[str, tuple[int, int]]:
    path = data_path("relations", "calibration.tsv")
    rows: Iterable[dict[str, str]] = read_tsv(path, "calibration") if path.exists() else ()
    return {row["rule"]: (int(row["right"]), int(row["wrong"])) for row in rows}
