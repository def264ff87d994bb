"""Measuring extraction against annotated reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.config import Config
from kg.evaluation.gold import Ids, gold_doc, read_gold, to_report
from kg.evaluation.metrics import Score, Table, score
from kg.model import Extraction, extraction_to_json

__all__ = ["EvaluationResult", "Score", "Table", "evaluate", "predict"]


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The strict and the lenient tables, and one line for each strict error (`+` false, `-` missed) if asked for."""

    reports: int
    strict: Table
    lenient: Table
    errors: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Both tables as plain values: `{"strict": {"entities": {"ALL": {"p": …}}, "relations": …, "name": …}, …}`."""
        return {
            mode: _table_json(table) for mode, table in (("strict", self.strict), ("lenient", self.lenient))
        }

    def to_text(self) -> str:
        """A line for each error and for each figure."""
        lines = list(self.errors)
        for mode, table in (("strict", self.strict), ("lenient", self.lenient)):
            for part, scores in (("entities", table.entities), ("relations", table.relations)):
                lines += [f"{mode:8}{part:10}{key:16} {_figures(value)}" for key, value in scores.items()]
            lines.append(f"{mode:8}{'names':10}{'exact':16} {table.name:.3f}")
        return "\n".join(lines)


def evaluate(
    path: str | Path,
    *,
    gold_entities: bool = False,
    ids: Ids = "all",
    errors: bool = False,
    config: Config | None = None,
) -> EvaluationResult:
    """Extract the reports of an annotated file and score what is asserted.

    `gold_entities` sets the annotated entities in place of those found, so that relations are measured alone. `ids`
    takes reports whose id ends in an odd or an even number. Raises InputError for a file that cannot be read.
    """
    gold = read_gold(path, ids=ids)
    predicted = list(predict(gold, gold_entities=gold_entities, config=config))
    log: list[str] = []
    strict = score(gold, predicted, errors=log)
    lenient = score(gold, predicted, lenient=True)
    return EvaluationResult(len(gold), strict, lenient, tuple(log) if errors else ())


def predict(
    gold: list[dict[str, Any]], *, gold_entities: bool = False, config: Config | None = None
) -> Iterator[dict[str, Any]]:
    """For each annotated report what the program extracts, in the report format, candidates left out."""
    config = config or Config()
    extractions: Iterator[Extraction]
    if gold_entities:
        from kg.claims import to_extraction
        from kg.relations import Relations
        from kg.resolve.deictics import add_deictics

        relations = Relations()
        extractions = (to_extraction(relations(add_deictics(gold_doc(row))), config) for row in gold)
    else:
        from kg.pipeline import Extractor

        extractions = Extractor(config).extract_many([to_report(row) for row in gold])
    for extraction in extractions:
        row = extraction_to_json(extraction)
        row["relations"] = [relation for relation in row["relations"] if relation["status"] == "asserted"]
        yield row


def _table_json(table: Table) -> dict[str, Any]:
    parts = (("entities", table.entities), ("relations", table.relations))
    return {
        **{name: {key: _score_json(value) for key, value in scores.items()} for name, scores in parts},
        "name": table.name,
    }


def _score_json(value: Score) -> dict[str, float]:
    return {
        "p": value.precision,
        "r": value.recall,
        "f1": value.f1,
        "tp": value.tp,
        "fp": value.fp,
        "fn": value.fn,
    }


def _figures(value: Score) -> str:
    return (
        f"P {value.precision:.3f}  R {value.recall:.3f}  F1 {value.f1:.3f}"
        f"   tp {value.tp} fp {value.fp} fn {value.fn}"
    )
