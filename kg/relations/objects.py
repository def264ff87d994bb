"""What a trigger governs: the objects of a construction, with the lists and appositions they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.doc import Occurrence
from kg.relations.rules import Rule
from kg.relations.scene import Group, Item, Scene, Sentence

_QUANTITY_ONLY = re.compile(r"[“”‘’《》\s0-9余多万千百个名家项户支人件、和及首批（）()]*")
_UNDER = re.compile(r"[”’》]*等[“‘《]?")
_ORDINALS = re.compile(r"(?:[特一二三优][、，])+$")


@dataclass(frozen=True, slots=True)
class Match:
    """A construction whose trigger was found: sentence, clause and Doc offsets of the trigger."""

    rule: Rule
    number: int
    clause: int
    start: int
    end: int


def find_objects(scene: Scene, sentence: Sentence, match: Match) -> tuple[Item, ...]:
    """The objects of a construction in text order; none when there is no fitting one."""
    rule = match.rule
    if rule.object == "after":
        return _numbered(scene, sentence, _objects_after(scene, sentence, match))
    if rule.object in {"before", "subject"}:
        if any(
            scene.type(item.head) in rule.object_types
            for group in sentence.clauses[match.clause].groups
            if group.start >= match.end
            for item in group.items
        ):
            return ()
        limit = match.start
        if rule.voice == "by":
            start = sentence.clauses[match.clause].start
            before = sentence.between(start, match.start)
            limit = start + max(before.rfind("由"), before.rfind("被"))
        for group in reversed(sentence.clauses[match.clause].groups):
            if group.end <= limit:
                found = tuple(item for item in group.items if scene.type(item.head) in rule.object_types)
                if found:
                    return found
        if rule.voice == "by" and match.clause:
            # 甲入选“乙”，由丙发布: what is given stands in the clause before.
            groups = sentence.clauses[match.clause - 1].groups
            return tuple(i for g in groups[-1:] for i in g.items if scene.type(i.head) in rule.object_types)
    return ()


def _objects_after(scene: Scene, sentence: Sentence, match: Match) -> tuple[Item, ...]:
    rule = match.rule
    clause = sentence.clauses[match.clause]
    for group in clause.groups:
        if group.start < match.end:
            continue
        found = tuple(item for item in group.items if scene.type(item.head) in rule.object_types)
        gap = sentence.between(match.end, group.start)
        if found and rule.gap is not None and not rule.gap.fullmatch(gap):
            continue
        if (
            found
            and rule.tail is not None
            and not rule.tail.match(sentence.between(found[-1].end, clause.end))
        ):
            return ()
        if found:
            return found + _apposed(scene, sentence, match, group) + _continued(scene, sentence, match)
        if rule.reach == "group":
            return ()
    return ()


def _apposed(scene: Scene, sentence: Sentence, match: Match, group: Group) -> tuple[Item, ...]:
    """甲、乙等“丙”: the name that sums up a list is an object too."""
    for other in sentence.clauses[match.clause].groups:
        if other.start >= group.end:
            if not _UNDER.fullmatch(sentence.between(group.end, other.start)):
                return ()
            return tuple(item for item in other.items if scene.type(item.head) in match.rule.object_types)
    return ()


def _numbered(scene: Scene, sentence: Sentence, objects: tuple[Item, ...]) -> tuple[Item, ...]:
    """一、二、三等奖: the prizes of which only the last is written out."""
    if not objects:
        return objects
    first = objects[0].head
    shown = _ORDINALS.search(sentence.between(sentence.start, first.start).rstrip("“"))
    name = scene.entities[first.entity].name
    if shown is None or len(name) < 2 or name[1:] != "等奖":
        return objects
    by_name = {entity.name: entity.id for entity in scene.entities.values() if entity.type == "AWARD"}
    more = []
    for ordinal in re.findall(r"[特一二三]", shown.group()):
        key = by_name.get(ordinal + name[1:])
        if key is not None:
            occurrence = Occurrence(first.start, first.end, key)
            more.append(Item((occurrence,), first.start, first.end))
    return (*more, *objects)


def _continued(scene: Scene, sentence: Sentence, match: Match) -> tuple[Item, ...]:
    """Objects that go on after commas: 创建成功甲2个，乙9个，丙31个."""
    more: list[Item] = []
    for clause in sentence.clauses[match.clause + 1 :]:
        if len(clause.groups) != 1:
            break
        found = [item for item in clause.groups[0].items if scene.type(item.head) in match.rule.object_types]
        rest = sentence.between(clause.start, clause.groups[0].start) + sentence.between(
            clause.groups[0].end, clause.end
        )
        if not found or not _QUANTITY_ONLY.fullmatch(rest):
            break
        more += found
    return tuple(more)
