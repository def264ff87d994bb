"""Train the judge: a logistic regression over what the tagger and the rules say of each proposed span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from kg.doc import Found

SEEN = 3
"""In how many cases a feature must stand to have a weight."""

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
    counts = Counter(name for _, named, _ in data for name in named)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(data), len(names)), dtype=np.float32)
    for row, (_, named, _) in enumerate(data):
        for name, value in named.items():
            if name in index:
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
