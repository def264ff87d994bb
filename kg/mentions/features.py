"""What the tagger sees of each character besides the encoder's state: what rules, word lists and marks say of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.doc import Found
from kg.mentions.context import Context
from kg.mentions.phrase import stops

TYPES = ("ORG", "PLACE", "PROGRAM", "AWARD", "EVENT", "PERSON", "DOCUMENT")
_HEADS = (
    "organisation_heads",
    "place_heads",
    "program_heads",
    "event_heads",
    "award_heads",
    "document_heads",
)
_LICENCES = ("award", "award_give", "strive", "run", "hold", "issue", "establish", "speech", "motto")
_TAGS = {
    "PER": 0,
    "LOC": 1,
    "ORG": 2,
    "nz": 3,
    "nw": 3,
    "n": 4,
    "vn": 5,
    "v": 6,
    "a": 7,
    "an": 7,
    "m": 8,
    "TIME": 8,
    "p": 9,
    "u": 9,
    "d": 9,
    "c": 9,
    "r": 9,
    "w": 10,
    "f": 11,
    "s": 11,
}
_TAG_COUNT = 12

RULES = 3 * len(TYPES) * 2
"""The first columns: what the rules propose, and what they would keep."""
WIDTH = RULES + 6 + 4 + 2 * len(_HEADS) + len(_LICENCES) + 2 + 1 + _TAG_COUNT + 1
"""Number of features a character."""


def features(context: Context) -> NDArray[np.float32]:
    """Features of every character of a report: shape (characters, WIDTH), values 0 to 1."""
    length = len(context.text)
    matrix = np.zeros((length, WIDTH), dtype=np.float32)
    column = 0
    for found in (context.found, context.standing):
        for mention in found:
            _span(matrix, column + 3 * TYPES.index(mention.type), mention)
        column += 3 * len(TYPES)
    for bracket in context.brackets:
        offset = column + (0 if bracket.mark in "“‘" else 2 if bracket.mark in "《〈" else 4)
        matrix[bracket.start : bracket.end, offset] = 1.0
        matrix[[bracket.start, bracket.end - 1], offset + 1] = 1.0
    column += 6
    for hit in context.places:
        offset = column + (0 if hit.form == "full" else 2)
        matrix[hit.start, offset] = 1.0
        matrix[hit.start : hit.end, offset + 1] = 1.0
    column += 4
    for name in _HEADS:
        for head in context.hits[name]:
            matrix[head.start : head.end, column] = 1.0
            matrix[head.end - 1, column + 1] = 1.0
        column += 2
    for licence in context.hits["licences"]:
        for cls in licence.classes:
            if cls in _LICENCES:
                matrix[licence.end - 1, column + _LICENCES.index(cls)] = 1.0
    column += len(_LICENCES)
    for post in context.hits["posts"]:
        matrix[post.end - 1, column] = 1.0
    for word in context.words:
        matrix[word.start, column + 2] = 1.0
        if word.text in stops():
            matrix[word.start : word.end, column + 1] = 1.0
        tag = _TAGS.get(word.tag)
        if tag is not None:
            matrix[word.start : word.end, column + 3 + tag] = 1.0
    matrix[: context.doc._.body, WIDTH - 1] = 1.0
    return matrix


def _span(matrix: NDArray[np.float32], column: int, mention: Found) -> None:
    score = mention.score
    inside = matrix[mention.start : mention.end, column + 1]
    np.maximum(inside, score, out=inside)
    matrix[mention.start, column] = max(matrix[mention.start, column], score)
    matrix[mention.end - 1, column + 2] = max(matrix[mention.end - 1, column + 2], score)
