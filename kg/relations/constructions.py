"""Trigger words with their arguments: the mechanism behind the rules of `data/relations`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.doc import Candidate
from kg.relations.levels import OTHER, area_level, may_hold
from kg.relations.objects import Match, find_objects
from kg.relations.rules import Rule, Triggers
from kg.relations.scene import MASK, Group, Item, Scene, Sentence
from kg.relations.subjects import Antecedent, Subjects

_MARKER = re.compile(r"被|由|经(?!济|营|过|验|常|典)|受到?|将|把|向|为(?!了|主|辅)|给")
_PLAN = re.compile(
    r"(?:下一步|今后|未来|接下来|明年|下阶段|计划|拟|力争|争取|打算|准备|有望|即将|希望|建议|如果|尚未|没有|并未|未(?!成年|来)|不再|号召)"
)
_WILL = re.compile(
    r"(?:还|也|也将|并|均|都|正)?将(?:会|要|在|以|于|继续|持续|不断|大力|深入|全力|着力|扎实|积极|严格|切实|逐步|分批|加快|进一步|陆续|正式|全面|同步|适时|按|对|从|开展|由|联合|申报|为.{0,8})?$|将(?:会|继续|持续|不断|大力|深入|全力|着力|积极|切实|逐步|加快|进一步|以|在|与|同|联合)"
)
_SEVERALLY = re.compile(r"分别|分获|各获|依次")
_MODIFIES = re.compile(r"[”’》]*(?:荣誉)?(?:称号|奖章|奖牌|奖项|证书)?的[“‘《]?")
_PRONOUN = re.compile(r"(?:了|给)?(?:其|他|她|它|这里|这个|他们|她们)")
_PRONOUN_BEFORE = re.compile(r"(?:将|把|向|为|给)(?:其|他|她|它|这里|他们|她们)")
_READ_OUT = re.compile(rf"(?:宣读|通报|传达|印发|下发)了?(?=.*(?:决定|通报|意见|》|{MASK['DOCUMENT']}))")
_LIST_SIGN = re.compile(r"[”’》]?(?:、|和|与|及|以及)[“‘《]?")
_RIVALS = 2
_HONOURS = frozenset({"awarded", "confers"})
_HELD = frozenset({"awarded", "pursues"})
_CARRIED = 0.65
"""Factor of an honour whose receiver or giver is carried over from an earlier sentence: rarer than with programs."""
_COUNTED = re.compile(
    r"^[”》]*[^，。等、]{0,4}?(?:[0-9]+|[一二三四五六七八九十多]+)(?:个|名|家|处|人|位|地|户|项)"
)
_SOME = re.compile(
    r"(?:^|其中|另)[，]?(?:有|另有)?(?:[0-9]+|[一二三四五六七八九十]+)余?(?:名|人|个|户|家|项|件|篇|位)[^，。]{0,8}?(?:还|也|先后|分别|成功)?$"
)
"""其中5人入选…: the winners are not named."""
_UNNAMED = 0.5
"""Factor of an area of which only the number of winners is told (甲县3个村获评…): the guide counts such facts optional."""
_TITLE = 0.55
"""Factor of a giver in a title: titles name the area (甲县表彰…) where the body gives."""
_WANTED = {
    "active": frozenset({"被"}),
    "passive": frozenset({"被", "受", "受到", "经"}),
    "by": frozenset({"由", "被"}),
    "made": frozenset({"将", "把"}),
    "to": frozenset({"向", "为", "给"}),
}
_RIVAL = 0.4
"""Factor of a reading that lost."""
_SURE = frozenset({"own", "near"})
_REPORT_HOWS = frozenset({"sentence", "paragraph", "earlier", "main"})


def find_constructions(scene: Scene, subjects: Subjects, triggers: Triggers) -> Iterator[Candidate]:
    """Candidates of every construction, in text order; the same fact may come more than once."""
    for number, sentence in enumerate(scene.sentences):
        for start, end, rules in triggers.find(sentence.text):
            clause = sentence.clause_at(sentence.start + start)
            span = sentence.clauses[clause]
            before = sentence.between(span.start, sentence.start + start)
            after = sentence.text[end:]
            for rule in rules:
                if rule.fits(before, after):
                    match = Match(rule, number, clause, sentence.start + start, sentence.start + end)
                    yield from _candidates(scene, subjects, sentence, match, before)


def _candidates(
    scene: Scene, subjects: Subjects, sentence: Sentence, match: Match, before: str
) -> Iterator[Candidate]:
    rule = match.rule
    marker = _marker(before, rule)
    if marker is None:
        return
    if rule.factual and (
        planned(sentence, match.start, before) or (marker > 0 and _WILL.search(before[:marker]))
    ):
        return
    objects = find_objects(scene, sentence, match)
    if rule.predicate == "established":
        objects = tuple(item for item in objects if not _is_area(scene, item))
    if not objects:
        return
    subject_end = match.start if marker < 0 else sentence.clauses[match.clause].start + marker
    readings = _readings(scene, subjects, sentence, match, subject_end, objects)
    best: Antecedent | None = None
    for rank, reading in enumerate(readings):
        if rank > _RIVALS:
            break
        if best is None:
            best = reading
            severally = bool(_SEVERALLY.search(_stretch(sentence, match, reading, objects)))
            for item, obj in _pairs(reading.items, objects, severally=severally):
                yield _candidate(sentence, match, reading, item, obj)
        elif best.how not in _SURE and reading.how not in {"main", "oblique"} and not _same(reading, best):
            for item in reading.items[:1]:
                rival = (best.items[0].head.entity, rule.predicate, objects[0].head.entity)
                yield _candidate(sentence, match, reading, item, objects[0], rival=rival)


def _marker(before: str, rule: Rule) -> int | None:
    """Offset in the clause of the 被 or 由 that the voice asks for, -1 for none; None when the voice does not fit."""
    wanted = _WANTED[rule.voice]
    found = [match for match in _MARKER.finditer(before) if match.group() in wanted or match.group() == "被"]
    last = found[-1] if found else None
    if rule.voice == "active":
        return None if last is not None else -1
    return last.start() if last is not None and last.group() in wanted else None


def planned(sentence: Sentence, start: int, before: str) -> bool:
    """Whether what begins at `start`, with `before` before it in its clause, is only planned or hoped for."""
    opening = sentence.between(sentence.start, start)
    return bool(
        _PLAN.search(before)
        or _WILL.search(before)
        or re.match(r"(?:下一步|今后|未来|接下来|下阶段|明年)", opening)
    )


def _readings(
    scene: Scene,
    subjects: Subjects,
    sentence: Sentence,
    match: Match,
    subject_end: int,
    objects: Sequence[Item],
) -> Iterator[Antecedent]:
    rule = match.rule
    groups = sentence.clauses[match.clause].groups
    if rule.subject == "agent":
        inside = [g for g in groups if g.start > subject_end and g.end <= match.start]
        if not inside and rule.voice == "passive" and match.start - subject_end <= 3:
            # 甲被乙命名为丙，丁被命名为戊: the giver named once for all.
            yield from _earlier_agent(scene, subjects, sentence, match)
        yield from _fitting(subjects, reversed(inside), rule, "own")
        if not inside and _PRONOUN_BEFORE.search(sentence.between(subject_end, match.start)):
            yield from _pronoun(scene, subjects, match, rule)
    elif rule.subject == "subject" and (owners := _relative(subjects, sentence, match, objects[-1])):
        yield owners
    elif rule.subject == "between":
        items = _between(scene, sentence, match, objects[0])
        if items and (
            rule.link is None or rule.link.fullmatch(sentence.between(items[-1].end, objects[0].head.start))
        ):
            yield Antecedent(items, "own")
        elif not items and _PRONOUN.match(sentence.between(match.end, objects[0].head.start)):
            yield from _pronoun(scene, subjects, match, rule)
    elif rule.subject == "after":
        inside = [g for g in groups if g.start >= match.end]
        yield from _fitting(subjects, inside, rule, "own")
    elif rule.subject == "before":
        inside = [g for g in groups if g.end <= subject_end and g.items[0] not in objects]
        yield from _fitting(subjects, reversed(inside), rule, "own")
    else:
        if rule.voice == "passive" and subjects.has_unknown(match.number, match.clause, subject_end):
            return
        taken = {item.head.entity for item in objects}
        if rule.predicate == "confers":
            yield from _issuers(scene, subjects, sentence, match)
        clause = sentence.clauses[match.clause]
        unnamed = rule.predicate == "awarded" and _SOME.search(sentence.between(clause.start, subject_end))
        for reading in subjects.antecedents(match.number, match.clause, subject_end, rule.subject_types):
            if unnamed and reading.how not in _SURE:
                return
            items = tuple(item for item in reading.items if item.head.entity not in taken)
            if rule.predicate in _HELD and reading.how not in _SURE:
                items = tuple(item for item in items if _may_hold(scene, item, objects[0]))
            if items and _within(rule, reading.how):
                yield Antecedent(items, reading.how)


def _is_area(scene: Scene, item: Item) -> bool:
    """An area of the administration is not set up by those who work there."""
    entity = scene.entities[item.head.entity]
    return entity.type == "PLACE" and area_level(entity.name) < OTHER


def _may_hold(scene: Scene, subject: Item, honour: Item) -> bool:
    holder = scene.entities[subject.head.entity]
    return holder.type != "PLACE" or may_hold(holder.name, scene.entities[honour.head.entity].name)


def _pronoun(scene: Scene, subjects: Subjects, match: Match, rule: Rule) -> Iterator[Antecedent]:
    """甲…，市妇联授予其“乙”称号: who was spoken of before, not the giver."""
    clause = scene.sentences[match.number].clauses[match.clause]
    for reading in subjects.antecedents(match.number, match.clause, clause.start, rule.subject_types):
        if reading.how in {"clause", "sentence"}:
            yield Antecedent(reading.items, "clause")
        return


def _issuers(scene: Scene, subjects: Subjects, sentence: Sentence, match: Match) -> Iterator[Antecedent]:
    """会议宣读了县委、县政府《决定》，授予…: those who decided give, not the meeting; 县政府决定： holds for the lines below."""
    for clause in range(match.clause, -1, -1):
        if clause < match.clause:
            span = sentence.clauses[clause]
            read = _READ_OUT.search(sentence.between(span.start, span.end))
            if read is not None:
                yield from _bodies(scene, [g for g in span.groups if g.start >= span.start + read.end()])
                return
        if subjects.own(match.number, clause) is not None:
            return
    for number in range(match.number - 1, max(match.number - _LINES, -1), -1):
        before = scene.sentences[number]
        last = before.clauses[-1]
        if _DECIDES.search(before.text):
            yield from _bodies(scene, last.groups)
            return
        if subjects.own(number, 0) is not None:
            return


def _bodies(scene: Scene, groups: Sequence[Group]) -> Iterator[Antecedent]:
    bodies = tuple(
        Item((part,), part.start, part.end)
        for group in groups
        for item in group.items
        for part in item.parts
        if scene.type(part) == "ORG"
    )
    if bodies:
        yield Antecedent(bodies, "clause")


_DECIDES = re.compile(r"决定[：:]\s*$")
_LINES = 12
"""How many sentences a decision (甲决定：) is read on for."""


def _relative(subjects: Subjects, sentence: Sentence, match: Match, obj: Item) -> Antecedent | None:
    """获“甲”称号的乙: the group that the clause modifies is its subject."""
    if match.rule.object != "after":
        return None
    for group in sentence.clauses[match.clause].groups:
        if group.start >= obj.end:
            items = subjects.of_types(group, match.rule.subject_types)
            if items and _MODIFIES.fullmatch(sentence.between(obj.end, group.start)):
                return Antecedent(items, "own")
            return None
    return None


def _earlier_agent(
    scene: Scene, subjects: Subjects, sentence: Sentence, match: Match
) -> Iterator[Antecedent]:
    for clause in reversed(sentence.clauses[: match.clause]):
        if "；" in clause.mark:
            return
        text = sentence.between(clause.start, clause.end)
        marker = text.rfind("被")
        inside = [g for g in clause.groups if marker >= 0 and g.start > clause.start + marker]
        if inside and scene.type(inside[-1].items[-1].head) != "AWARD":
            return  # 被甲转发: nothing given
        if inside and scene.type(inside[0].items[0].head) in match.rule.subject_types:
            yield from _fitting(subjects, inside[:1], match.rule, "clause")
            return


def _between(scene: Scene, sentence: Sentence, match: Match, obj: Item) -> tuple[Item, ...]:
    """The items between a trigger and its object (授予甲镇、乙局“丙”称号): 乙局 stands in one phrase with the object."""
    types = match.rule.subject_types
    groups = [
        g
        for g in sentence.clauses[match.clause].groups
        if g.start >= match.end and g.items[0].end <= obj.start
    ]
    found = [item for group in groups for item in group.items if scene.type(item.head) in types]
    leading = tuple(part for part in obj.parts[:-1] if scene.type(part) in types)
    if leading and (not found or _LIST_SIGN.fullmatch(sentence.between(found[-1].end, obj.start))):
        found.append(Item(leading, leading[0].start, leading[-1].end))
    return tuple(found)


def _fitting(
    subjects: Subjects, groups: Iterator[Group] | Sequence[Group], rule: Rule, how: str
) -> Iterator[Antecedent]:
    for group in groups:
        items = subjects.of_types(group, rule.subject_types)
        if items:
            yield Antecedent(items, how)
            return


def _within(rule: Rule, how: str) -> bool:
    if how == "body" and rule.predicate in {"confers", "awarded", "pursues"}:
        return False
    if rule.reach == "report":
        return True
    if rule.reach == "paragraph":
        return how not in {"earlier", "main"}
    if rule.reach == "sentence":
        return how not in _REPORT_HOWS
    return how in {"own", "near", "oblique"}


def _stretch(sentence: Sentence, match: Match, reading: Antecedent, objects: Sequence[Item]) -> str:
    """The text from the first of subject, object and trigger to the last."""
    places = [match.start, match.end, reading.items[-1].end, objects[0].start]
    return sentence.between(min(places), max(places))


def _pairs(
    subjects: Sequence[Item], objects: Sequence[Item], *, severally: bool
) -> Iterator[tuple[Item, Item]]:
    if severally and len(subjects) == len(objects):
        yield from zip(subjects, objects, strict=True)
    else:
        yield from ((subject, obj) for subject in subjects for obj in objects)


def _same(one: Antecedent, other: Antecedent) -> bool:
    return {item.head.entity for item in one.items} >= {item.head.entity for item in other.items}


def _candidate(
    sentence: Sentence,
    match: Match,
    reading: Antecedent,
    subject: Item,
    obj: Item,
    *,
    rival: tuple[str, str, str] | None = None,
) -> Candidate:
    start, end = obj.head.start, max(obj.head.end, match.end)
    start = min(start, match.start)
    if sentence.start <= subject.head.start < sentence.end:
        start, end = min(start, subject.head.start), max(end, subject.head.end)
    score = match.rule.confidence * reading.factor * (_RIVAL if rival else 1.0)
    if match.rule.predicate in _HONOURS and reading.how in _REPORT_HOWS:
        score *= _CARRIED
    if match.rule.predicate == "awarded" and _COUNTED.search(sentence.between(subject.end, match.start)):
        score *= _UNNAMED
    if sentence.paragraph < 0 and match.rule.predicate == "confers":
        score *= _TITLE
    return Candidate(
        subject=subject.head.entity,
        predicate=match.rule.predicate,
        object=obj.head.entity,
        rule=f"{match.rule.id}/{reading.how}",
        score=round(score, 4),
        start=start,
        end=end,
        rival_of=rival,
    )
