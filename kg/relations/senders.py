"""Whose program it is, from the noun phrase alone: 甲街道“乙”项目, 甲县的丙计划."""

from __future__ import annotations

from collections.abc import Iterator

from kg.doc import Candidate
from kg.relations.scene import ACTORS, Scene


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
