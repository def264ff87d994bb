"""From relation candidates to claims."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.config import Config
from kg.model import Extraction


def to_extraction(doc: Doc, config: Config) -> Extraction:
    """All that was found in one analysed report."""
    del config
    return Extraction(doc._.report, tuple(doc._.entities), ())
