"""Finding relations between the entities of one report."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.relations.attendance import find_attendance
from kg.relations.bylines import find_bylines
from kg.relations.citations import find_citations
from kg.relations.constructions import find_constructions
from kg.relations.contests import find_contests
from kg.relations.hosts import find_hosts
from kg.relations.names import find_in_names
from kg.relations.places import find_founded, find_places
from kg.relations.posts import find_posts
from kg.relations.rules import load_triggers
from kg.relations.scene import build_scene
from kg.relations.senders import find_ownerless, find_senders
from kg.relations.subjects import Subjects
from kg.relations.units import find_units
from kg.relations.winners import find_winners

__all__ = ["Relations"]


class Relations:
    """A pipeline component: reads entities and occurrences, writes `doc._.candidates`."""

    def __init__(self) -> None:
        self._triggers = load_triggers()

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations of one analysed report."""
        scene = build_scene(doc)
        subjects = Subjects(scene, self._triggers)
        named = list(find_in_names(scene))
        stated = list(find_constructions(scene, subjects, self._triggers))
        stated += find_winners(scene, subjects)
        stated += find_hosts(scene)
        stated += list(find_citations(scene, subjects, stated))
        wins = [candidate for candidate in stated if candidate.predicate == "awarded"]
        doc._.candidates = [
            *stated,
            *find_contests(scene, wins),
            *find_attendance(scene, subjects),
            *(owned := list(find_senders(scene))),
            *find_ownerless(scene, subjects, [*stated, *owned]),
            *(candidate for candidate in named if candidate.predicate != "locatedIn"),
            *find_places(scene, named),
            *find_units(scene, subjects, [*stated, *named]),
            *find_founded(scene, stated),
            *find_posts(scene),
            *find_bylines(scene),
        ]
        return doc
