"""Review: claims out to be checked, verdicts back in, always on top of what was extracted."""

from kg.review.apply import Unapplied, apply
from kg.review.corrections import (
    COLUMNS,
    Correction,
    judgements,
    read_corrections,
    write_review,
)

__all__ = [
    "COLUMNS",
    "Correction",
    "Unapplied",
    "apply",
    "judgements",
    "read_corrections",
    "write_review",
]
