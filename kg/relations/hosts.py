"""Who hosts: 由甲主办、乙承办、丙协办, whatever the order in which the occasion and its hosts are named.

主办 and 承办 hold an event or run a program, and so does who 牵头; 协办 and 参与 take part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Candidate
from kg.relations.scene import ACTORS, Group, Item, Scene, Sentence

_HOST = re.compile(
    r"(?P<lead>(?:共同|联合|具体|负责)?(?:主办|承办|举办))"
    r"|(?P<care>(?:联合)?召开|牵头|统筹|操办|组织实施|具体实施|运营|实施|组织)"
    r"|(?P<help>协办|冠名赞助|赞助|协助举办|(?:参与|配合|参加|协助)$)"
)
_OCCASIONS = frozenset({"EVENT", "PROGRAM"})
_PLAN = re.compile(r"将|拟|计划")
_AT = re.compile(r"[在于][“‘]?$")
_HOSTED = re.compile(r"主办|承办|协办|举办")
_HOSTED_OF = re.compile(r"(?:主办|承办|协办|举办)的")


def find_hosts(scene: Scene) -> Iterator[Candidate]:
    """Candidates for `holds`, `runs` and `participatesIn` from words of hosting."""
    for number, sentence in enumerate(scene.sentences):
        for clause, span in enumerate(sentence.clauses):
            text = sentence.between(span.start, span.end)
            previous = 0
            for match in _HOST.finditer(text):
                before = text[previous : match.start()]
                part = str(match.lastgroup)
                if part == "care" and "由" not in before:
                    continue
                hosts = _hosts(scene, span.groups, span.start + previous, span.start + match.start())
                previous = match.end()
                if hosts is None or (_PLAN.search(before) and "由" not in before.split("将")[-1]):
                    continue
                end = span.start + match.end()
                occasion = _occasion(scene, sentence, number, clause, hosts.start, end, care=part == "care")
                if occasion is not None:
                    yield from _facts(scene, hosts, occasion, part, end)


def _facts(scene: Scene, hosts: Group, occasion: Group, part: str, end: int) -> Iterator[Candidate]:
    for item in occasion.items:
        kind = scene.type(item.head)
        if kind not in _OCCASIONS:
            continue
        predicate = "participatesIn" if part == "help" else "holds" if kind == "EVENT" else "runs"
        for host in hosts.items:
            if scene.type(host.head) in ACTORS:
                yield _found(host, item, predicate, f"hosts.{part}", end)


def _found(host: Item, item: Item, predicate: str, rule: str, end: int) -> Candidate:
    start = min(host.start, item.start)
    return Candidate(host.head.entity, predicate, item.head.entity, rule, 0.85, start, max(end, item.end))


def _hosts(scene: Scene, groups: list[Group], start: int, end: int) -> Group | None:
    """The group of actors directly before a word of hosting."""
    inside = [g for g in groups if g.start >= start and g.end <= end]
    if inside and _AT.search(scene.text, max(inside[-1].start - 2, 0), inside[-1].start):
        return None
    if inside and any(scene.type(item.head) in ACTORS for item in inside[-1].items):
        return inside[-1]
    return None


def _occasion(
    scene: Scene, sentence: Sentence, number: int, clause: int, hosts_start: int, end: int, *, care: bool
) -> Group | None:
    """What is hosted: after the word (甲主办的乙), before the hosts, in a later clause, in the sentences before."""

    def is_occasion(group: Group) -> bool:
        return any(scene.type(item.head) in _OCCASIONS for item in group.items)

    after = [g for g in sentence.clauses[clause].groups if g.start >= end and is_occasion(g)]
    if after and len(sentence.between(end, after[0].start)) <= 12:
        return after[0]
    before = [g for g in sentence.groups if g.end <= hosts_start and is_occasion(g)]
    if before and not any("；" in c.mark for c in sentence.clauses[before[-1].clause : clause]):
        return before[-1]
    for later in sentence.clauses[clause + 1 :]:
        # 由甲主办，乙承办的丙; 由甲牵头，乙参与，推行丙
        found = [g for g in later.groups if is_occasion(g)]
        text = sentence.between(later.start, later.end)
        if found and (care or _HOSTED_OF.search(text)):
            return found[0]
        if not care and not _HOSTED.search(text):
            break
    for earlier in range(number - 1, max(number - 3, -1), -1):
        found = [g for g in scene.sentences[earlier].groups if is_occasion(g)]
        if found:
            return found[0]
    return None
