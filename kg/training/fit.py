"""Train the learned layer from annotated reports: tagger, judge, and the least probabilities, with a report of figures.

The judge must see the tagger's honest opinion of reports it was not trained on, so the reports are parted into folds:
each fold is judged by a tagger trained on the others. The tagger that ships is trained on all reports.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from spacy.tokens import Doc

from kg.doc import Found
from kg.evaluation.gold import read_gold
from kg.evaluation.metrics import Score, score
from kg.mentions.arbitrate import arbitrate
from kg.mentions.context import Context
from kg.mentions.features import TYPES
from kg.mentions.tagger import Judgement, Least, Tagger, evidence, probability_of
from kg.model import Extraction, extraction_to_json
from kg.resolve.component import Resolver
from kg.training import judge
from kg.training.tagger import Example, example, export, read, train

FOLDS = 4
STANDING = (0.05, 0.15, 0.3)
OTHER = (0.5, 0.6, 0.7)
"""Grids of the least probabilities tried for each type."""

Judged = list[tuple[Found, dict[str, float], float]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What training measured on reports held out of each fold: entity scores of the rules alone and of both."""

    reports: int
    rules: dict[str, Score]
    both: dict[str, Score]

    def to_text(self) -> str:
        """A table of F1 by type: rules alone, and with the learned layer, on held-out reports."""
        lines = [f"{self.reports} reports, each judged by a model that has not seen it (strict entity F1)"]
        lines.append(f"{'':10}{'rules':>8}{'both':>8}")
        for kind, both in self.both.items():
            lines.append(f"{kind:10}{self.rules[kind].f1:8.3f}{both.f1:8.3f}")
        return "\n".join(lines)


def fit(paths: Sequence[str | Path], out: Path, *, say: Callable[[str], None] = print) -> Figures:
    """Train on the annotated reports of `paths`; write `tagger.onnx` and `judge.json` into `out`.

    Deterministic on one machine. About half an hour on one core for 600 reports. Raises InputError for a bad file.
    """
    torch.set_num_threads(1)
    rows = [row for path in paths for row in read_gold(path)]
    analysed = read(rows)
    data = [example(row, doc, context) for row, (doc, context) in zip(rows, analysed, strict=True)]
    proposals = _held_out(data, analysed, say)
    cases = [
        judge.cases(row, doc, found) for row, (doc, _), found in zip(rows, analysed, proposals, strict=True)
    ]
    judged: list[Judged] = []
    weights_of = [
        judge.fit([c for i, many in enumerate(cases) if i % FOLDS != f for c in many]) for f in range(FOLDS)
    ]
    for index, found in enumerate(proposals):
        weights = weights_of[index % FOLDS]
        judged.append([(f, named, probability_of(named, weights)) for f, named in found])
    least = _least(rows, analysed, judged, say)
    weights = judge.fit([case for many in cases for case in many])
    say("tagger on all reports")
    out.mkdir(parents=True, exist_ok=True)
    export(train(data), out / "tagger.onnx")
    settings = {
        "weights": weights,
        "least": {kind: [pair.standing, pair.other] for kind, pair in least.items()},
    }
    (out / "judge.json").write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    rules = _entities(rows, analysed, lambda index: analysed[index][1].found)
    both = _entities(rows, analysed, lambda index: _kept(judged[index], least))
    return Figures(len(rows), rules, both)


def _held_out(
    data: Sequence[Example], analysed: Sequence[tuple[Doc, Context]], say: Callable[[str], None]
) -> list[list[tuple[Found, dict[str, float]]]]:
    """For each report the proposals with features from a tagger that has not seen it."""
    proposals: list[list[tuple[Found, dict[str, float]]]] = [[] for _ in data]
    with TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            say(f"tagger of fold {fold + 1} of {FOLDS}")
            path = Path(folder) / f"fold-{fold}.onnx"
            export(train([item for i, item in enumerate(data) if i % FOLDS != fold]), path)
            tagger = Tagger(path, Judgement({}, {}))
            for index in range(fold, len(data), FOLDS):
                context = analysed[index][1]
                proposals[index] = list(evidence(context, tagger.probabilities(context)))
    return proposals


def _least(
    rows: Sequence[dict[str, Any]],
    analysed: Sequence[tuple[Doc, Context]],
    judged: Sequence[Judged],
    say: Callable[[str], None],
) -> dict[str, Least]:
    """For each type the pair of least probabilities with the best entity F1, one type after the other."""
    least = dict.fromkeys(TYPES, Least(0.15, 0.5))
    for kind in TYPES:
        best = (-1.0, least[kind])
        for standing in STANDING:
            for other in OTHER:
                trial = {**least, kind: Least(standing, other)}
                value = _entities(rows, analysed, lambda i, t=trial: _kept(judged[i], t))["ALL"].f1  # type: ignore[misc]
                if value > best[0] + 1e-9:
                    best = (value, trial[kind])
        least[kind] = best[1]
        say(f"{kind}: least {best[1].standing} where rules agree, {best[1].other} elsewhere")
    return least


def _kept(judged: Judged, least: dict[str, Least]) -> list[Found]:
    return [
        replace(found, score=round(probability, 2))
        for found, named, probability in judged
        if probability
        >= (least[found.type].standing if named[f"standing:{found.type}"] else least[found.type].other)
    ]


def _entities(
    rows: Sequence[dict[str, Any]],
    analysed: Sequence[tuple[Doc, Context]],
    found: Callable[[int], Sequence[Found]],
) -> dict[str, Score]:
    """Entity scores when the mentions of report `i` are `found(i)`."""
    resolve = Resolver()
    predicted = []
    for index, (doc, _) in enumerate(analysed):
        doc._.mentions = arbitrate(found(index))
        resolve(doc)
        predicted.append(extraction_to_json(Extraction(doc._.report, doc._.entities, ())))
    return dict(score(rows, predicted).entities)
