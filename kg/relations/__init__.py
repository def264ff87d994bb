"""Finding relations between the entities of one report."""

from __future__ import annotations

from spacy.tokens import Doc


class Relations:
    """A pipeline component: reads entities and occurrences, writes `doc._.candidates`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of one analysed report."""
        doc._.candidates = []
        return doc
