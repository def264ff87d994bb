"""Which of the overlapping mentions stand: one policy, in one place.

Better and longer readings come first. A mention inside a standing one survives only where the guide keeps both: an area
or a parent body inside an organisation's name, an area inside a place's, an honour inside the campaign, meeting or prize
named after it, a program inside its launch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.doc import Found

_NESTS: frozenset[tuple[str, str]] = frozenset(
    {
        ("PLACE", "ORG"),
        ("ORG", "ORG"),
        ("PLACE", "PLACE"),
        ("AWARD", "PROGRAM"),
        ("AWARD", "EVENT"),
        ("PROGRAM", "EVENT"),
        ("EVENT", "EVENT"),
        ("PLACE", "EVENT"),
        ("PLACE", "AWARD"),
        ("PLACE", "PROGRAM"),
        ("PLACE", "DOCUMENT"),
        ("ORG", "PLACE"),
    }
)
"""(inner, outer) types that may both stand."""

_TITLES = frozenset({"EVENT", "AWARD", "PROGRAM", "DOCUMENT"})
_RANK = {"quote.award.tail": 3, "document.marks": 3, "person.byline": 3, "org.central": 3}


def arbitrate(found: Iterable[Found]) -> list[Found]:
    """Standing mentions, sorted by start, longer first. Deterministic: ties fall to type and rule names."""
    ordered = sorted(found, key=_priority)
    standing: list[Found] = []
    for mention in ordered:
        if all(_compatible(mention, other) for other in standing):
            standing.append(mention)
    titles = [m for m in standing if m.type in _TITLES]
    bodies = [m for m in standing if m.type == "ORG"]
    marked = [_mark(m, titles, bodies) for m in standing]
    return sorted(marked, key=lambda m: (m.start, -m.end, m.type))


def _mark(mention: Found, titles: list[Found], bodies: list[Found]) -> Found:
    """Say of an area whether it stands only inside a title or a body's name."""
    if mention.type != "PLACE":
        return mention
    if any(t.start <= mention.start and mention.end <= t.end for t in titles):
        return replace(mention, attributes={**mention.attributes, "nested": "title"})
    if mention.rule == "place.short" and any(
        b.start <= mention.start and mention.end <= b.end for b in bodies
    ):
        return replace(mention, attributes={**mention.attributes, "nested": "body"})
    return mention


def _priority(mention: Found) -> tuple[int, float, int, int, str, str]:
    length = mention.end - mention.start
    return (
        -_RANK.get(mention.rule, 0),
        -(mention.score + 0.01 * min(length, 20)),
        -length,
        mention.start,
        mention.type,
        mention.rule,
    )


def _compatible(mention: Found, other: Found) -> bool:
    if mention.end <= other.start or other.end <= mention.start:
        return True
    if (mention.start, mention.end) == (other.start, other.end):
        return mention.rule == other.rule == "award.prize-list"
    if other.start <= mention.start and mention.end <= other.end:
        return _may_nest(mention, other)
    if mention.start <= other.start and other.end <= mention.end:
        return _may_nest(other, mention)
    return False


def _may_nest(inner: Found, outer: Found) -> bool:
    if (inner.type, outer.type) not in _NESTS:
        return False
    if inner.type == "EVENT":
        return inner.start == outer.start
    if inner.type == "PLACE" and outer.type in _TITLES:
        return inner.rule == "place.full"
    if inner.type == "PLACE" and outer.type == "PLACE":
        return inner.start == outer.start and inner.rule in (
            "place.full",
            "place.settlement",
            "place.directed",
        )
    if inner.type == "PLACE" and outer.type == "ORG":
        return (
            inner.rule
            in ("place.full", "place.settlement", "place.directed", "place.township", "place.listed")
            or inner.start == outer.start
        )
    if inner.type == "ORG" and outer.type == "ORG":
        return inner.start == outer.start
    return True
