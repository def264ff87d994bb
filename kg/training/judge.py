"""Train the judge: a logistic regression over what the tagger and the rules say of each proposed span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from kg.doc import Found
from kg.mentions.features import TYPES

Case = tuple[Found, dict[str, float], int]
"""A proposed span, its named features, and 1 if it is right, 0 if not."""


def cases(row: dict[str, Any], doc: Any, proposals: Sequence[tuple[Found, dict[str, float]]]) -> list[Case]:
    """The proposals of one report that the annotation decides: optional spans are left out."""
    kinds = {entity["id"]: entity["type"] for entity in row["entities"]}
    optional = {entity["id"] for entity in row["entities"] if entity.get("optional")}
    firm = {(o.start, o.end, kinds[o.entity]) for o in doc._.occurrences if o.entity not in optional}
    loose = {(o.start, o.end, kinds[o.entity]) for o in doc._.occurrences if o.entity in optional}
    result: list[Case] = []
    for found, named in proposals:
        span = (found.start, found.end, found.type)
        if span in firm or span not in loose:
            result.append((found, named, int(span in firm)))
    return result


def fit(data: Sequence[Case], *, penalty: float = 1.0, steps: int = 200) -> dict[str, float]:
    """Weights by feature name (L2 penalty `penalty`, full batch LBFGS, so deterministic)."""
    names = sorted({name for _, named, _ in data for name in named})
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(data), len(names)), dtype=np.float32)
    for row, (_, named, _) in enumerate(data):
        for name, value in named.items():
            matrix[row, index[name]] = value
    inputs = torch.from_numpy(matrix)
    targets = torch.tensor([right for _, _, right in data], dtype=torch.float32)
    weights = torch.zeros(len(names), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=steps, line_search_fn="strong_wolfe")
    loss_of = torch.nn.BCEWithLogitsLoss(reduction="sum")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss: torch.Tensor = loss_of(inputs @ weights, targets) + penalty * weights.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return {name: round(float(weights[i]), 4) for name, i in index.items() if abs(float(weights[i])) > 1e-4}


def thresholds(scored: Sequence[tuple[str, float, int]], missed: dict[str, int]) -> dict[str, float]:
    """For each type the probability at which F1 of the proposals (type, probability, right) is best."""
    by_type: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for kind, probability, right in scored:
        by_type[kind].append((probability, right))
    result = {}
    for kind in TYPES:
        rows = sorted(by_type[kind], reverse=True)
        total = sum(right for _, right in rows) + missed.get(kind, 0)
        best, best_at, hits = 0.0, 0.5, 0
        for count, (probability, right) in enumerate(rows, start=1):
            hits += right
            f1 = 2 * hits / (count + total)
            if f1 > best:
                best, best_at = f1, probability
        result[kind] = round(min(max(best_at, 0.2), 0.7), 3)
    return result
