"""Finding relations between the entities of one report.

`Relations` is the component; `data/relations/*.yml` holds the constructions, the modules beside this one the readings
that are no single construction (names, chains of places, posts, bylines, contests …).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.doc import Candidate
from kg.relations.attendance import find_attendance
from kg.relations.bylines import find_bylines
from kg.relations.citations import find_citations
from kg.relations.constructions import find_constructions
from kg.relations.contests import find_contests
from kg.relations.hosts import find_hosts
from kg.relations.names import find_in_names
from kg.relations.observations import find_observations
from kg.relations.places import find_founded, find_places
from kg.relations.posts import find_posts
from kg.relations.qualifiers import award_qualifiers
from kg.relations.rules import load_triggers
from kg.relations.scene import Scene, build_scene
from kg.relations.senders import (
    find_ownerless,
    find_pointed_at,
    find_senders,
    find_strivings,
    find_unnamed_doers,
)
from kg.relations.subjects import Subjects
from kg.relations.units import find_units
from kg.relations.when import Dates
from kg.relations.winners import find_makers, find_winners

__all__ = ["Relations"]


class Relations:
    """A pipeline component: reads entities and occurrences, writes `doc._.candidates` and `doc._.observations`."""

    def __init__(self) -> None:
        self._triggers = load_triggers()

    def __call__(self, doc: Doc) -> Doc:
        """Find the relations and counted facts of one analysed report."""
        scene = build_scene(doc)
        subjects = Subjects(scene, self._triggers)
        found = list(self._candidates(scene, subjects))
        found += [twin for candidate in found for twin in _twins(scene, candidate)]
        dates = Dates(scene)
        doc._.candidates = [_qualified(scene, dates, candidate) for candidate in found]
        doc._.observations = list(find_observations(scene, subjects, dates))
        return doc

    def _candidates(self, scene: Scene, subjects: Subjects) -> Iterator[Candidate]:
        """All readings; those that build on others come after them."""
        named = list(find_in_names(scene))
        yield from (candidate for candidate in named if candidate.predicate != "locatedIn")
        stated = list(find_constructions(scene, subjects, self._triggers))
        stated += find_winners(scene, subjects)
        stated += find_hosts(scene)
        stated += find_senders(scene)
        stated += find_pointed_at(scene, subjects)
        stated += list(find_citations(scene, subjects, stated))
        stated += list(find_makers(scene, stated))
        yield from stated
        yield from find_contests(scene, (c for c in stated if c.predicate == "awarded"))
        yield from find_ownerless(scene, subjects, stated)
        yield from find_unnamed_doers(scene, stated)
        yield from find_strivings(scene, [*named, *stated])
        yield from find_attendance(scene, subjects, stated)
        yield from find_units(scene, subjects, [*stated, *named])
        yield from find_places(scene, named)
        yield from find_founded(scene, stated)
        yield from find_posts(scene)
        yield from find_bylines(scene)


def _twins(scene: Scene, candidate: Candidate) -> Iterator[Candidate]:
    """The candidate for each entity that stands at the same place as one of its ends."""
    for side in ("subject", "object"):
        for twin in scene.twins.get(getattr(candidate, side), ()):
            predicate = candidate.predicate
            if side == "object" and predicate in {"runs", "holds"}:
                predicate = "holds" if scene.entities[twin].type == "EVENT" else "runs"
            yield replace(
                candidate,
                subject=twin if side == "subject" else candidate.subject,
                predicate=predicate,
                object=twin if side == "object" else candidate.object,
                score=round(0.95 * candidate.score, 4),
            )


def _qualified(scene: Scene, dates: Dates, candidate: Candidate) -> Candidate:
    """The candidate with its date and, for awards, rank, number and edition."""
    date = dates.of(candidate)
    qualifiers = candidate.qualifiers
    if candidate.predicate in {"awarded", "confers"}:
        qualifiers = {**qualifiers, **award_qualifiers(scene, candidate)}
    if date is None and not qualifiers:
        return candidate
    return replace(candidate, date=date, qualifiers=qualifiers)
