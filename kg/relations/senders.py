"""Whose program it is when no verb says so: 甲街道“乙”项目, or the area of the report.

The weaker readings are candidates for programs that nothing else gives to anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.doc import Candidate
from kg.relations.names import areas_of
from kg.relations.scene import ACTORS, Scene
from kg.relations.subjects import Subjects


def find_senders(scene: Scene) -> Iterator[Candidate]:
    """Candidates for `runs` from a program and the actor that stands directly before it."""
    for sentence in scene.sentences:
        for group in sentence.groups:
            for item in group.items:
                if scene.type(item.head) != "PROGRAM":
                    continue
                actors = [part for part in item.parts[:-1] if scene.type(part) in ACTORS]
                if actors:
                    yield Candidate(
                        actors[-1].entity,
                        "runs",
                        item.head.entity,
                        "senders.owner",
                        0.8,
                        actors[-1].start,
                        item.end,
                    )


def find_ownerless(scene: Scene, subjects: Subjects, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for `runs` of programs that have no runner yet: the area in the name, the actor of the clause, the area."""
    owned = {
        c.object
        for c in stated
        if c.predicate in {"runs", "participatesIn"} and c.rival_of is None and c.score >= 0.5
    }
    done: set[str] = set()
    for number, sentence in enumerate(scene.sentences):
        if sentence.paragraph < 0:
            continue
        for clause, span in enumerate(sentence.clauses):
            for group in span.groups:
                for item in group.items:
                    key = item.head.entity
                    if scene.type(item.head) != "PROGRAM" or key in owned or key in done:
                        continue
                    done.add(key)
                    named = areas_of(scene, scene.entities[key], scene.text[item.head.start : item.head.end])
                    if named:
                        yield Candidate(named[-1], "runs", key, "senders.named", 0.55, item.start, item.end)
                        continue
                    for antecedent in subjects.antecedents(number, clause, group.start, ACTORS):
                        for actor in antecedent.items:
                            yield Candidate(
                                actor.head.entity,
                                "runs",
                                key,
                                f"senders.context/{antecedent.how}",
                                0.5 * antecedent.factor,
                                item.start,
                                item.end,
                            )
                        break
