"""What belongs to what, and who upholds it, beyond names: 县人民医院“乙”医疗队, 下设丙, 由甲、乙为成员单位, “丁”等“三法”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.doc import Candidate
from kg.relations.scene import Scene, Sentence
from kg.relations.subjects import Subjects

_QUOTES_ONLY = re.compile(r"[“”‘’《》]*")
_HAS_UNITS = re.compile(r"下设|内设|设有|下辖|辖有")
_MEMBERS = re.compile(r"(?:为|是|成为|作为)(?:其)?成员(?:单位)?|加入")
_PILLAR = re.compile(r"[”’》]*(?:等[^，。、]{0,10})?为(?:龙头|支撑|主体|补充|骨干|依托|纽带|主力|核心)")
_SUM = re.compile(r"[”’》]*等[“‘《]?$")
_NUMBERED = re.compile(r"^[“《]?[一二三四五六七八九十0-9]+(?:大|项|个)?")
_ORG = frozenset({"ORG"})


def find_units(scene: Scene, subjects: Subjects, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for `partOf`, and for `participatesIn` of a program's pillars."""
    known = {candidate.subject for candidate in stated if candidate.predicate == "partOf"}
    founded: list[Candidate] = [
        c for c in stated if c.predicate == "established" and c.rival_of is None and c.score >= 0.5
    ]
    for number, sentence in enumerate(scene.sentences):
        for group in sentence.groups:
            for item in group.items:
                for left, right in zip(item.parts, item.parts[1:], strict=False):
                    beside = _QUOTES_ONLY.fullmatch(sentence.between(left.end, right.start)) is not None
                    both = scene.type(left) == scene.type(right) == "ORG"
                    if both and beside and left.entity != right.entity and right.entity not in known:
                        yield _found(right.entity, left.entity, "units.beside", 0.8, left.start, right.end)
        for position, group in enumerate(sentence.groups[:-1]):
            following = sentence.groups[position + 1]
            whole = following.items[0].head
            between = sentence.between(group.end, following.start)
            name = scene.entities[whole.entity].name
            if scene.type(whole) == "PROGRAM" and _SUM.fullmatch(between) and _NUMBERED.match(name):
                for item in group.items:
                    if scene.type(item.head) == "PROGRAM":
                        yield _found(
                            item.head.entity, whole.entity, "units.summed", 0.6, item.start, whole.end
                        )
        yield from _pillars(scene, sentence)
        for clause, span in enumerate(sentence.clauses):
            text = sentence.between(span.start, span.end)
            units = _HAS_UNITS.search(text)
            if units is not None:
                at = span.start + units.end()
                for antecedent in subjects.antecedents(number, clause, span.start + units.start(), _ORG):
                    for group in span.groups:
                        if group.start >= at:
                            for item in subjects.of_types(group, _ORG):
                                yield _found(
                                    item.head.entity,
                                    antecedent.items[0].head.entity,
                                    "units.has",
                                    0.8,
                                    span.start,
                                    item.end,
                                )
                    break
            members = _MEMBERS.search(text)
            if members is not None and span.groups:
                at = span.start + members.start()
                group = span.groups[0]
                bodies = [c for c in founded if c.end <= group.start and group.start - c.end <= 60]
                if group.end <= at and bodies:
                    for item in subjects.of_types(group, _ORG):
                        yield _found(
                            item.head.entity,
                            bodies[-1].object,
                            "units.member",
                            0.75,
                            bodies[-1].start,
                            item.end,
                        )


def _pillars(scene: Scene, sentence: Sentence) -> Iterator[Candidate]:
    """构建以甲队为龙头、乙队为补充的丙体系: they take part in it."""
    for position, group in enumerate(sentence.groups):
        pillar = _PILLAR.match(sentence.between(group.end, sentence.end))
        before = sentence.between(sentence.start, group.start)
        if pillar is None or not re.search(r"[以、][“‘《]?$", before) or "以" not in before[-40:]:
            continue
        for whole in sentence.groups[position + 1 :]:
            if scene.type(whole.items[0].head) == "PROGRAM" and whole.start - group.end <= 40:
                for item in group.items:
                    if scene.type(item.head) == "ORG":
                        yield Candidate(
                            item.head.entity,
                            "participatesIn",
                            whole.items[0].head.entity,
                            "units.pillar",
                            0.75,
                            item.start,
                            whole.end,
                        )
                break


def _found(part: str, whole: str, rule: str, score: float, start: int, end: int) -> Candidate:
    return Candidate(part, "partOf", whole, rule, score, start, end)
