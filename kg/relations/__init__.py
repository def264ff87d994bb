"""Finding relations between the entities of one report."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.relations.constructions import find_constructions
from kg.relations.rules import load_triggers
from kg.relations.scene import build_scene
from kg.relations.subjects import Subjects

__all__ = ["Relations"]


class Relations:
    """A pipeline component: reads entities and occurrences, writes `doc._.candidates`."""

    def __init__(self) -> None:
        self._triggers = load_triggers()

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of one analysed report."""
        scene = build_scene(doc)
        subjects = Subjects(scene, self._triggers)
        doc._.candidates = list(find_constructions(scene, subjects, self._triggers))
        return doc
