"""What confidence is worth, and what each source of readings adds: `python -m kg.evaluation.reliability GOLD.jsonl`.

Prints, on annotated entities: a reliability table (of the claims of a band of confidence, how many are right), errors by
predicate, and the F1 that is left when the readings of one source are taken away.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

from kg.claims import confidence, to_extraction
from kg.config import Config
from kg.doc import Candidate
from kg.evaluation.calibrate import judge
from kg.evaluation.gold import gold_doc, read_gold
from kg.evaluation.metrics import ALL, score
from kg.model import extraction_to_json
from kg.relations import Relations
from kg.resolve.deictics import add_deictics

BANDS = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """Claims whose confidence lies in `[low, high)`: how many, their mean confidence, the share that is right."""

    low: float
    high: float
    count: int
    mean: float
    right: float


def reliability(rows: Iterable[dict[str, Any]], docs: Iterable[Doc]) -> list[Band]:
    """The reliability table of annotated reports and their analysed Docs; bands without claims are left out."""
    judged: list[tuple[float, bool]] = []
    for row, doc in zip(rows, docs, strict=True):
        best: dict[tuple[str, str, str], tuple[float, bool]] = {}
        for candidate, right in judge(row, doc._.candidates):
            key = (candidate.subject, candidate.predicate, candidate.object)
            best[key] = max(best.get(key, (0.0, right)), (confidence(candidate), right))
        judged += best.values()
    bands = []
    for low, high in pairwise(BANDS):
        inside = [(value, right) for value, right in judged if low <= value < high]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            bands.append(Band(low, high, len(inside), round(mean, 3), round(share, 3)))
    return bands


def ablation(rows: list[dict[str, Any]], docs: list[Doc]) -> dict[str, float]:
    """The strict F1 of relations with everything (key `all`), and without the rules of each source (`without names`)."""
    sources = sorted({_source(c) for doc in docs for c in doc._.candidates})
    result = {"all": _f1(rows, docs, lambda _: True)}
    for source in sources:
        result[f"without {source}"] = _f1(rows, docs, _unlike(source))
    return result


def _unlike(source: str) -> Callable[[Candidate], bool]:
    return lambda candidate: _source(candidate) != source


def _source(candidate: Candidate) -> str:
    """`constructions` for the rules of data/relations, else the module that made the reading."""
    name = candidate.rule.split(".", maxsplit=1)[0]
    return "constructions" if name in _PREDICATES else name


_PREDICATES = frozenset(
    {
        "runs",
        "holds",
        "participatesIn",
        "awarded",
        "pursues",
        "confers",
        "established",
        "issued",
        "locatedIn",
        "partOf",
    }
)


def _f1(rows: list[dict[str, Any]], docs: list[Doc], keep: Callable[[Candidate], bool]) -> float:
    predicted = []
    for doc in docs:
        every = doc._.candidates
        doc._.candidates = [candidate for candidate in every if keep(candidate)]
        row = extraction_to_json(to_extraction(doc, Config()))
        row["relations"] = [relation for relation in row["relations"] if relation["status"] == "asserted"]
        predicted.append(row)
        doc._.candidates = every
    return score(rows, predicted).relations[ALL].f1


def lines(paths: Iterable[str]) -> Iterator[str]:
    """Both tables as text."""
    rows = [row for path in paths for row in read_gold(path)]
    relations = Relations()
    docs = [relations(add_deictics(gold_doc(row))) for row in rows]
    yield "confidence    claims  mean   right"
    for band in reliability(rows, docs):
        yield f"{band.low:.1f}…{band.high:.1f}     {band.count:6}  {band.mean:.3f}  {band.right:.3f}"
    yield ""
    for name, value in ablation(rows, docs).items():
        yield f"{name:24} F1 {value:.3f}"


if __name__ == "__main__":
    print("\n".join(lines(sys.argv[1:])))
