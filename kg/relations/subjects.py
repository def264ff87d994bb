"""Who does it: the subject of each clause, and ranked antecedents where a clause has none.

A clause's own subject is its first group when nothing before it in the clause is a preposition or a trigger. A clause
without one takes, in this order: a group earlier in the same clause, the subject of an earlier clause of the sentence, of a later
clause (为…，甲县启动…), the last subject of the paragraph, the last area that
is the subject in a paragraph before, the area that the report is about. Each antecedent has a
factor by which the confidence of a construction is multiplied; those that lose stay as rivals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.doc import Occurrence
from kg.relations.levels import COUNTY, area_level
from kg.relations.rules import Triggers
from kg.relations.scene import ACTORS, MASKED, Group, Item, Scene, Sentence

FACTORS = {
    "own": 1.0,
    "near": 0.9,
    "clause": 0.9,
    "later": 0.7,
    "sentence": 0.75,
    "paragraph": 0.7,
    "earlier": 0.7,
    "main": 0.75,
    "body": 0.75,
    "oblique": 0.35,
}
"""How far each kind of antecedent is trusted, as a factor of the construction's confidence."""

_PREPOSITION = re.compile(
    r"(?:在|向|对|从|到|与|和|同|由|被|把|将|为|给|于|让|使|据|按照|根据|围绕|针对|通过|经|以|受|比|跟|随着|结合|依托|走进|来到|位于|因|用|获|"
    r"了|着|的|是|有|及|、|叫|说|至|自)$"
)
_BARRED = re.compile(
    r"在|向|对|从|与|由|被|把|为|给|于|让|使|据(?!了解|介绍|悉|统计)|根据|按照|围绕|针对|通过|随着|结合|依托|走进|来到|位于|以(?!来|后|前)|是|有|的|说|将|到(?!目前)"
)
_SUBORDINATE = re.compile(
    r"[“\s]*(?:近日|日前|同时|此外)?[，]?(?:为|自|随着|围绕|根据|按照|通过|依托|结合|立足|针对|在|从|借助|以)"
    r"|.*(?:以来|以后|之后|后|时|之际|过程中)[，、\s]*$"
)
"""为方便群众，推动甲，乙县…: a sentence that opens with an aim or a time names its subject later."""
_PARTNER = re.compile(r"(?:联合|会同|携手|协同|联手|委托|协助|协调)[“‘《]?$")
"""联合甲、乙开展…: whoever stands behind is with the subject, which is elided."""
_ADVERBIAL = re.compile(
    r"[”’》]*(?:[0-9]{4}年|[0-9]{1,2}月|去年|今年|前年|上月|此前|最近|近日|日前|年?底|初|又|还|也|已|刚|先后|曾|荣|再次|首次|成功|一举|双双){0,4}"
)
_OPENING = re.compile(
    r"(?:[自从截至到]*(?:[0-9一二三四五六七八九十]{1,4}年?)?[^，在向对由被把将]{0,4}?(?:年|月|日|季度|周|天|年度|世纪)(?:[0-9]{1,2}[月日])*(?:[上中下]旬|上午|下午|晚|底|初|末|前|后|起|以来|来|间|期间|至今|中|一早|清晨)*"
    r"|近年来|今年以来|去年以来|日前|近日|连日来|目前|眼下|如今|当前|当天|当日|当晚|现场|会上|会后|会前|仪式上|活动中|活动现场|其中|此外|同时|随后|随即|同期|同年|同月|同日|过去|此前|之前|后来|之后|至此"
    r"|前不久|不久前|据了解|据介绍|据悉|据统计|为此|因此|所以|于是|从此|最终|最后|首先|接着|另外|而|但|且|并|则|还|又|也|再|特别是|尤其是|比如|例如|这里的?|这是|原来|据说|邻近的?|附近的?|上半年|下半年|今年|去年|前年|明年|本月|上月|上周|本周|今天|昨天|昨日|今日"
    r"|[一二三四五六七八九十两几多]+(?:年|个月|月|天)(?:来|间|后|前)?|前夕|前后|期间|以来|时|后|起|讯|　|\s)+"
)
_TOGETHER = re.compile(r"[”’》]*(?:还|也|又|近日|日前)?(?:与|同|和)[“‘《]?")
_DESCRIBED = re.compile(
    r"[^，。；：在向对由被把将]{0,10}(?:书记|主任|主席|[^，。]长|员|师|医生|教师|民警|村民|居民|干部|青年|老人|艺人|法官|负责人|党员|后)"
)
_ADVERBS = re.compile(
    r"先后|曾经?|还|也|又|均|都|多次|连续|再次|首次|同时|因此?|[0-9一二三四五六七八九两]+次|再度|双双|一举|成功|刚刚?|正式|相继|分别|其中|并"
)
_LYING = re.compile(r"^.{0,6}(?:位于|地处|坐落于|坐落在|来自)$")
_GIVEN_TO = re.compile(r"[为向对给把将由被]")
_DONE_TO = re.compile(r"授予|追授|表彰|命名|慰问|走访|看望|聘请|邀请|评选")
"""追授驻村干部甲…: the person is no subject."""
_SECOND_POST = re.compile(r"[^，。；：（）()]{1,12}[、兼]")
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
            items += self._joint(sentence, clause, own, end, types) if items else ()
            if items:
                yield Antecedent(items, "own")
            elif self._is_person(own) and "PERSON" not in types:
                yield from self._body(own, types)
                return
        for group in reversed(sentence.clauses[clause].groups):
            if group is own or group.end > end or (start is not None and group.start < start):
                continue
            if _PARTNER.search(sentence.between(sentence.clauses[clause].start, group.start)):
                continue
            items = self.of_types(group, types)
            if items:
                yield Antecedent(items, "near" if self._is_near(sentence, group, end) else "oblique")
        for earlier in range(clause - 1, -1, -1):
            yield from self._of_clause(number, earlier, types, "clause")
            doer = self.own(number, earlier)
            if (
                doer is not None
                and self._is_person(doer)
                and "PERSON" not in types
                and not self._speaks(number, earlier, doer)
            ):
                yield from self._body(doer, types)
                return
        opening = sentence.between(sentence.clauses[0].start, sentence.clauses[clause].end)
        for later in range(clause + 1, len(sentence.clauses)) if _SUBORDINATE.match(opening) else ():
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

    def has_unknown(self, number: int, clause: int, end: int) -> bool:
        """Whether words that are no entity stand as the subject before `end` (工作室被评为…): then nobody else is."""
        sentence = self._scene.sentences[number]
        span = sentence.clauses[clause]
        if any(group.start < end for group in span.groups):
            return False
        before = _ADVERBS.sub("", _OPENING.sub("", sentence.between(span.start, end).strip("“‘《◆★■ 　”’）")))
        return len(before) >= 2

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
            if (
                _RELATIVE.search(before)
                and candidate is not span.groups[0]
                and not _GIVEN_TO.search(sentence.between(span.groups[0].end, candidate.start))
            ):
                # 甲选送的乙, 位于甲的乙: a relative clause; what it modifies is the subject.
                group = candidate
            elif group is not None and _SECOND_POST.fullmatch(sentence.between(group.end, candidate.start)):
                # 县委常委、宣传部部长甲: the person, not the first body.
                if self._scene.type(candidate.items[-1].head) != "PERSON":
                    break
                group = candidate
            elif candidate is span.groups[0] and (
                self._is_first(candidate, before)
                or (len(candidate.items[0].parts) > 1 and _LYING.search(before))
            ):
                group = candidate
            else:
                break
        if (
            group is None
            or self._scene.type(group.items[0].head) == "AWARD"
            or _PLACE_TAIL.match(sentence.between(group.end, span.end))
        ):
            return None
        return group

    def _is_first(self, group: Group, before: str) -> bool:
        if (
            self._is_person(group)
            and not _DONE_TO.match(before)
            and (
                _SECOND_POST.fullmatch(before)
                or _DESCRIBED.fullmatch(before.rstrip("“"))
                or _RELATIVE.search(before)
            )
        ):
            return True
        return self._may_begin(before, self._scene.type(group.items[0].head))

    def _may_begin(self, before: str, kind: str) -> bool:
        """Whether a subject may stand after `before`, the beginning of its clause: times, adverbs and conjunctions only."""
        rest = _OPENING.sub("", before.strip("“‘《◆★■ 　”’）"))
        if not rest:
            return True
        if kind not in ACTORS and kind != "PERSON":
            return False
        if len(rest) > 8 or _PREPOSITION.search(rest) or _BARRED.search(rest) or _PARTNER.search(rest):
            return False
        return next(self._triggers.find(rest), None) is None

    def _is_near(self, sentence: Sentence, group: Group, end: int) -> bool:
        """A group directly before the trigger, not after a preposition, and no trigger between."""
        span = sentence.clauses[group.clause]
        before = sentence.between(span.start, group.start).rstrip("“‘《")
        between = sentence.between(group.end, end)
        if before.endswith("的") and _ADVERBIAL.fullmatch(between):
            return True  # 丙编排的乙获…: what a relative clause ends in
        if _PREPOSITION.search(before) or any(char in MASKED for char in between) or len(between) > 12:
            return False
        return not re.match(r"[”’》]*的", between) and next(self._triggers.find(between), None) is None

    def _of_clause(self, number: int, clause: int, types: frozenset[str], how: str) -> Iterator[Antecedent]:
        own = self.own(number, clause)
        if own is None or self._is_bare(number, clause):
            return
        items = self.of_types(own, types)
        if items and self._is_person(own) and self._speaks(number, clause, own):
            return
        if items:
            yield Antecedent(items, how)

    def _of_earlier_sentences(self, number: int, types: frozenset[str]) -> Iterator[Antecedent]:
        here = self._scene.sentences[number]
        found: list[Antecedent] = []
        for earlier in range(number - 1, -1, -1):
            sentence = self._scene.sentences[earlier]
            if sentence.heading:
                continue
            inside = sentence.paragraph == here.paragraph
            how = "earlier" if not inside else "sentence" if earlier == number - 1 else "paragraph"
            for clause in reversed(range(len(sentence.clauses))):
                found += self._of_clause(earlier, clause, types, how)
            if not inside:
                # Beyond its paragraph an area stays the topic; a body or a village does not.
                found = [reading for reading in found if all(map(self._is_wide_area, reading.items))]
            if found:
                break
        yield from found
        if self._main is not None and self._scene.type(self._main.head) in types:
            yield Antecedent((self._main,), "main")

    def _joint(
        self, sentence: Sentence, clause: int, own: Group, end: int, types: frozenset[str]
    ) -> tuple[Item, ...]:
        """甲局还与乙局、丙会印发…: those who do it together with the subject."""
        for group in sentence.clauses[clause].groups:
            if group.start >= own.end:
                together = group.end <= end and _TOGETHER.fullmatch(sentence.between(own.end, group.start))
                last = sentence.between(group.end, end)
                return self.of_types(group, types) if together and len(last) <= 4 else ()
        return ()

    def _is_wide_area(self, item: Item) -> bool:
        return (
            self._scene.type(item.head) == "PLACE"
            and area_level(self._scene.entities[item.head.entity].name) <= COUNTY
        )

    def _is_person(self, group: Group) -> bool:
        return self._scene.type(group.items[-1].head) == "PERSON"

    def _speaks(self, number: int, clause: int, group: Group) -> bool:
        sentence = self._scene.sentences[number]
        return _SPEECH.match(sentence.between(group.end, sentence.clauses[clause].end)) is not None

    def _body(self, group: Group, types: frozenset[str]) -> Iterator[Antecedent]:
        """The body that a person acts for (甲社区党委书记乙推行…)."""
        parts = [part for part in group.items[-1].parts[:-1] if self._scene.type(part) in types]
        if parts:
            yield Antecedent((Item((parts[-1],), parts[-1].start, parts[-1].end),), "body")

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
