"""Train the mention tagger: features and labels from annotated reports, a convolutional head, export to ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from torch import nn

from kg.evaluation.gold import gold_doc
from kg.mentions.component import MentionFinder, add_words
from kg.mentions.context import Context
from kg.mentions.features import RULES, TYPES, WIDTH, features
from kg.mentions.lexical import STATES, LacModel
from kg.mentions.tagger import BEGIN, INSIDE
from kg.segment.bylines import bylines

HIDDEN = 128
IGNORE = -100
HIDDEN_RULES = 0.3
"""How often a report is shown without what the rules find in it. The rules were written looking at these reports, so they are
righter there than elsewhere; without this the tagger would trust them too much."""


@dataclass(frozen=True, slots=True)
class Example:
    """One report: inputs (characters, STATES + WIDTH) and labels (characters, types)."""

    id: str
    inputs: NDArray[np.float32]
    labels: NDArray[np.int64]


class Head(nn.Module):
    """State and features of a window of characters → logits of (outside, begin, inside) for each type."""

    def __init__(self, hidden: int = HIDDEN, dropout: float = 0.2) -> None:
        super().__init__()
        self.project = nn.Linear(STATES + WIDTH, hidden)
        self.near = nn.Conv1d(hidden, hidden, 5, padding=2)
        self.far = nn.Conv1d(hidden, hidden, 5, padding=4, dilation=2)
        self.out = nn.Linear(3 * hidden, 3 * len(TYPES))
        self.drop = nn.Dropout(dropout)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """(batch, characters, STATES + WIDTH) → (batch, characters, 3 · types)."""
        first = torch.relu(self.project(self.drop(inputs)))
        near = torch.relu(self.near(first.transpose(1, 2)))
        far = torch.relu(self.far(near))
        joined = torch.cat([first, near.transpose(1, 2), far.transpose(1, 2)], dim=2)
        result: torch.Tensor = self.out(self.drop(joined))
        return result


def read(rows: Sequence[dict[str, Any]]) -> list[tuple[Doc, Context]]:
    """The annotated reports (rows of `read_gold`) as Docs with gold occurrences, and what the rules find in them."""
    finder = MentionFinder()
    docs = [gold_doc(row) for row in rows]
    for doc in docs:
        body: int = doc._.body
        found = bylines(doc._.report.text, doc._.report.title)
        doc._.bylines = tuple((body + line.start, body + line.end) for line in found)
    add_words(docs, LacModel())
    return [(doc, finder.search(doc)) for doc in docs]


def example(row: dict[str, Any], doc: Doc, context: Context) -> Example:
    """Inputs and labels of one annotated report."""
    return Example(row["id"], np.concatenate([doc._.states, features(context)], axis=1), labels(row, doc))


def labels(row: dict[str, Any], doc: Doc) -> NDArray[np.int64]:
    """Per type: begin and inside of the outermost occurrences; characters of optional ones are not learnt from."""
    matrix = np.zeros((len(doc), len(TYPES)), dtype=np.int64)
    kinds = {entity["id"]: TYPES.index(entity["type"]) for entity in row["entities"]}
    optional = {entity["id"] for entity in row["entities"] if entity.get("optional")}
    for item in sorted(doc._.occurrences, key=lambda o: (o.entity not in optional, o.end - o.start)):
        kind = kinds[item.entity]
        if item.entity in optional:
            matrix[item.start : item.end, kind] = IGNORE
        else:
            matrix[item.start : item.end, kind] = INSIDE
            matrix[item.start, kind] = BEGIN
    return matrix


def train(
    data: Sequence[Example], *, epochs: int = 18, batch: int = 1, seed: int = 20220720, rate: float = 3e-3
) -> Head:
    """A head fitted to the examples; the same data and seed give the same head on one machine."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    generator = np.random.default_rng(seed)
    head = Head()
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.01)
    steps = epochs * ((len(data) + batch - 1) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=rate, total_steps=steps)
    loss_of = nn.CrossEntropyLoss(ignore_index=IGNORE)
    head.train()
    for _ in range(epochs):
        order = generator.permutation(len(data))
        for start in range(0, len(order), batch):
            inputs, targets = _padded([data[i] for i in order[start : start + batch]])
            if generator.random() < HIDDEN_RULES:
                inputs[:, :, STATES : STATES + RULES] = 0.0
            logits = head(inputs).reshape(-1, 3)
            loss = loss_of(logits, targets.reshape(-1))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    head.eval()
    return head


def _padded(batch: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    length = max(len(example.inputs) for example in batch)
    inputs = np.zeros((len(batch), length, STATES + WIDTH), dtype=np.float32)
    targets = np.full((len(batch), length, len(TYPES)), IGNORE, dtype=np.int64)
    for row, example in enumerate(batch):
        inputs[row, : len(example.inputs)] = example.inputs
        targets[row, : len(example.labels)] = example.labels
    return torch.from_numpy(inputs), torch.from_numpy(targets)


def export(head: Head, path: Path) -> None:
    """Write the head as an ONNX model with a free number of characters."""
    torch.onnx.export(
        head,
        (torch.zeros(1, 32, STATES + WIDTH),),
        str(path),
        input_names=["inputs"],
        output_names=["logits"],
        dynamic_axes={"inputs": {1: "characters"}, "logits": {1: "characters"}},
        dynamo=False,
    )
