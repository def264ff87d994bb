"""Who hosts: 由甲主办、乙承办、丙协办, whatever the order in which the occasion and its hosts are named.

主办 and 承办 hold an event or run a program; 协办 takes part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Candidate
from kg.relations.scene import ACTORS, Group, Scene, Sentence

_HOST = re.compile(r"(?P<lead>(?:共同|联合|具体|负责)?(?:主办|承办|举办))|(?P<help>协办|协助举办|支持)")
_OCCASIONS = frozenset({"EVENT", "PROGRAM"})
_PLAN = re.compile(r"将|拟|计划")


def find_hosts(scene: Scene) -> Iterator[Candidate]:
    """Candidates for `holds`, `runs` and `participatesIn` from words of hosting."""
    for number, sentence in enumerate(scene.sentences):
        for clause, span in enumerate(sentence.clauses):
            text = sentence.between(span.start, span.end)
            previous = 0
            for match in _HOST.finditer(text):
                hosts = _hosts(scene, span.groups, span.start + previous, span.start + match.start())
                before = text[previous : match.start()]
                previous = match.end()
                if not hosts or (_PLAN.search(before) and "由" not in before.split("将")[-1]):
                    continue
                occasion = _occasion(
                    scene, sentence, number, clause, hosts[0].start, span.start + match.end()
                )
                if occasion is None:
                    continue
                for item in occasion.items:
                    kind = scene.type(item.head)
                    if kind not in _OCCASIONS:
                        continue
                    predicate = (
                        ("holds" if kind == "EVENT" else "runs") if match["lead"] else "participatesIn"
                    )
                    rule = "hosts.lead" if match["lead"] else "hosts.help"
                    for group in hosts:
                        for host in group.items:
                            if scene.type(host.head) in ACTORS:
                                yield Candidate(
                                    host.head.entity,
                                    predicate,
                                    item.head.entity,
                                    rule,
                                    0.88,
                                    min(host.start, item.start),
                                    max(span.start + match.end(), item.end),
                                )


def _hosts(scene: Scene, groups: list[Group], start: int, end: int) -> list[Group]:
    """The groups of actors before the word of hosting, those directly before it."""
    inside = [g for g in groups if g.start >= start and g.end <= end]
    found: list[Group] = []
    for group in reversed(inside):
        if not any(scene.type(item.head) in ACTORS for item in group.items):
            break
        found.insert(0, group)
        text = scene.text[(inside[0].start if group is inside[0] else start) : group.start]
        if text.endswith("由"):
            break
    return found[-1:] if found else []


def _occasion(
    scene: Scene, sentence: Sentence, number: int, clause: int, hosts_start: int, end: int
) -> Group | None:
    def is_occasion(group: Group) -> bool:
        return any(scene.type(item.head) in _OCCASIONS for item in group.items)

    rest = sentence.clauses[clause]
    after = [g for g in rest.groups if g.start >= end and is_occasion(g)]
    relative = sentence.between(end, rest.end).startswith(("的", "了", "")) and after
    if relative and len(sentence.between(end, after[0].start)) <= 12:
        return after[0]
    before = [g for g in sentence.groups if g.end <= hosts_start and is_occasion(g)]
    if before:
        return before[-1]
    for later in sentence.clauses[clause + 1 :]:
        # 由甲主办，乙承办的丙: a later clause gives the occasion.
        found = [g for g in later.groups if is_occasion(g)]
        text = sentence.between(later.start, later.end)
        if found and re.search(r"(?:主办|承办|协办|举办)的", text):
            return found[0]
        if not re.search(r"主办|承办|协办|举办", text):
            break
    for earlier in range(number - 1, max(number - 3, -1), -1):
        found = [g for g in scene.sentences[earlier].groups if is_occasion(g)]
        if found:
            return found[0]
    return None
