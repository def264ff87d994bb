"""Who does it: the subject of each clause, and ranked antecedents where a clause has none.

A clause's own subject is its first group when nothing before it in the clause is a preposition or a trigger. A clause
without one takes, in this order: a group earlier in the same clause, the subject of an earlier clause of the sentence, of a later
clause (为…，甲县启动…), the last subject of the paragraph, the area that the report is about. Each antecedent has a
factor by which the confidence of a construction is multiplied; those that lose stay as rivals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.doc import Occurrence
from kg.relations.rules import Triggers
from kg.relations.scene import ACTORS, MASKED, Group, Item, Scene, Sentence

FACTORS = {
    "own": 1.0,
    "near": 0.9,
    "clause": 0.9,
    "later": 0.8,
    "sentence": 0.75,
    "paragraph": 0.7,
    "main": 0.68,
    "oblique": 0.45,
}
"""How far each kind of antecedent is trusted, as a factor of the construction's confidence."""

_PREPOSITION = re.compile(
    r"(?:在|向|对|从|到|与|和|同|由|被|把|将|为|给|于|让|使|据|按照|根据|围绕|针对|通过|经|以|受|比|跟|随着|结合|依托|走进|来到|位于|因|用|获|"
    r"了|着|的|是|有|及|、|叫|说|至|自)$"
)
_BARRED = re.compile(
    r"在|向|对|从|与|由|被|把|为|给|于|让|使|据(?!了解|介绍|悉|统计)|根据|按照|围绕|针对|通过|随着|结合|依托|走进|来到|位于|以(?!来|后|前)|是|有|的|说|将|到(?!目前)"
)
_TIME = re.compile(
    r"(?:自|从|截至|到|至)?[0-9]{0,4}年?[^，]{0,6}(?:起|以来|年|月|日|目前|期间|后|前|中|底|初|时)[，]?|近年来|今年以来|日前|近日|目前|其中|此外|同时|据了解|据介绍|据悉|据统计"
)
_SPEECH = re.compile(r"(?:.{0,4}说|表示|介绍|称|告诉|指出|强调|要求|坦言|笑着|打趣|回忆|感慨)")
_RELATIVE = re.compile(r"(?<!对)的[“‘《]?$")
_PLACE_TAIL = re.compile(r"[”’》]*(?:境内|辖区内?|范围内|各地|里|内|上|中)")


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Items that may be the subject, how they were found (a key of FACTORS), and the factor."""

    items: tuple[Item, ...]
    how: str

    @property
    def factor(self) -> float:
        """What the construction's confidence is multiplied by."""
        return FACTORS[self.how]


class Subjects:
    """The subjects of one report's clauses; made once for a report, asked for each trigger."""

    def __init__(self, scene: Scene, triggers: Triggers) -> None:
        self._scene = scene
        self._triggers = triggers
        self._own: dict[tuple[int, int], Group | None] = {}
        self._main = self._main_item()

    def antecedents(
        self, number: int, clause: int, end: int, types: frozenset[str], *, start: int | None = None
    ) -> Iterator[Antecedent]:
        """Antecedents of a trigger in clause `clause` of sentence `number`, best first.

        Groups must end at or before `end` (where the trigger or 被 begins) and not begin before `start`.
        """
        sentence = self._scene.sentences[number]
        own = self.own(number, clause)
        if own is not None and own.end <= end and (start is None or own.start >= start):
            items = self._with_bare_clauses(number, clause, own, types)
            if items:
                yield Antecedent(items, "own")
        for group in reversed(sentence.clauses[clause].groups):
            if group is own or group.end > end or (start is not None and group.start < start):
                continue
            items = self.of_types(group, types)
            if items:
                yield Antecedent(items, "near" if self._is_near(sentence, group, end) else "oblique")
        for earlier in range(clause - 1, -1, -1):
            yield from self._of_clause(number, earlier, types, "clause")
        for later in range(clause + 1, len(sentence.clauses)):
            found = list(self._of_clause(number, later, types, "later"))
            if found:
                yield found[0]
                break
        yield from self._of_earlier_sentences(number, types)

    def own(self, number: int, clause: int) -> Group | None:
        """The group that stands as the subject of a clause, if any."""
        key = number, clause
        if key not in self._own:
            self._own[key] = self._find_own(number, clause)
        return self._own[key]

    def of_types(self, group: Group, types: frozenset[str]) -> tuple[Item, ...]:
        """The items of a group whose head has one of the types."""
        return tuple(item for item in group.items if self._scene.type(item.head) in types)

    def _find_own(self, number: int, clause: int) -> Group | None:
        sentence = self._scene.sentences[number]
        span = sentence.clauses[clause]
        if not span.groups:
            return None
        group: Group | None = None
        for candidate in span.groups:
            before = sentence.between(span.start, candidate.start)
            if _RELATIVE.search(before) and (group is not None or candidate is not span.groups[0]):
                # 甲选送的乙, 位于甲的乙: a relative clause; what it modifies is the subject.
                group = candidate
            elif candidate is span.groups[0] and self._may_begin(before):
                group = candidate
            else:
                break
        if (
            group is None
            or self._scene.type(group.items[0].head) in {"AWARD", "DOCUMENT"}
            or _PLACE_TAIL.match(sentence.between(group.end, span.end))
        ):
            return None
        return group

    def _may_begin(self, before: str) -> bool:
        """Whether a subject may stand after `before`, the beginning of its clause."""
        before = _TIME.sub("", before.strip("“‘《◆★■ 　”’）"), count=2)
        if len(before) > 12 or _PREPOSITION.search(before) or _BARRED.search(before):
            return False
        return next(self._triggers.find(before), None) is None

    def _is_near(self, sentence: Sentence, group: Group, end: int) -> bool:
        """A group directly before the trigger, not after a preposition, and no trigger between."""
        span = sentence.clauses[group.clause]
        before = sentence.between(span.start, group.start).rstrip("“‘《")
        between = sentence.between(group.end, end)
        if _PREPOSITION.search(before) or any(char in MASKED for char in between) or len(between) > 12:
            return False
        return not re.match(r"[”’》]*的", between) and next(self._triggers.find(between), None) is None

    def _of_clause(self, number: int, clause: int, types: frozenset[str], how: str) -> Iterator[Antecedent]:
        own = self.own(number, clause)
        if own is None or self._is_bare(number, clause):
            return
        items = self.of_types(own, types)
        if items and self._scene.type(items[0].head) == "PERSON":
            span = self._scene.sentences[number].clauses[clause]
            if _SPEECH.match(self._scene.sentences[number].between(own.end, span.end)):
                return
        if items:
            yield Antecedent(items, how)

    def _of_earlier_sentences(self, number: int, types: frozenset[str]) -> Iterator[Antecedent]:
        here = self._scene.sentences[number]
        found: list[Antecedent] = []
        for earlier in range(number - 1, max(number - 5, -1), -1):
            sentence = self._scene.sentences[earlier]
            if sentence.heading or sentence.paragraph != here.paragraph:
                break
            how = "sentence" if earlier == number - 1 else "paragraph"
            for clause in reversed(range(len(sentence.clauses))):
                found += self._of_clause(earlier, clause, types, how)
            if found:
                break
        yield from found
        if self._main is not None and self._scene.type(self._main.head) in types:
            yield Antecedent((self._main,), "main")

    def _with_bare_clauses(
        self, number: int, clause: int, own: Group, types: frozenset[str]
    ) -> tuple[Item, ...]:
        """The subject with the clauses before it that hold nothing but a list (甲村，乙村，丙村获…)."""
        items = self.of_types(own, types)
        sentence = self._scene.sentences[number]
        for earlier in range(clause - 1, -1, -1):
            if not self._is_bare(number, earlier) or sentence.clauses[earlier].mark != "，":
                break
            items = self.of_types(sentence.clauses[earlier].groups[0], types) + items
        return items

    def _is_bare(self, number: int, clause: int) -> bool:
        sentence = self._scene.sentences[number]
        span = sentence.clauses[clause]
        if len(span.groups) != 1:
            return False
        group = span.groups[0]
        rest = sentence.between(span.start, group.start) + sentence.between(group.end, span.end)
        return not rest.strip("“”‘’《》 ◆★") or bool(re.fullmatch(r"[”’》]*等[^，]{0,10}", rest))

    def _main_item(self) -> Item | None:
        main = self._scene.main_area
        for occurrence in self._scene.occurrences:
            if occurrence.entity == main:
                return Item((occurrence,), occurrence.start, occurrence.end)
        return None


def heads(items: tuple[Item, ...]) -> tuple[Occurrence, ...]:
    """The head of each item."""
    return tuple(item.head for item in items)


__all__ = ["ACTORS", "FACTORS", "Antecedent", "Subjects", "heads"]
