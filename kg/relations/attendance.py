"""Who came, spoke or presided at an event: 县长甲出席并讲话; 甲宣读表彰决定.

The event is the one named in the sentence, else the last one named before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Candidate, Occurrence
from kg.relations.scene import Scene, Sentence
from kg.relations.subjects import Subjects

_ATTENDS = re.compile(
    r"出席|到会|到场|参加|主持|讲话|致辞|致词|宣读|宣布|颁奖|授牌|授旗|揭牌|发言|作报告|作了报告|作动员|点评|见证|剪彩|为.{0,12}(?:颁奖|授牌|授旗|揭牌|颁发)|颁发|启动|上台"
)
_SPEAKS = re.compile(r"强调|要求|指出|勉励|总结|部署|通报|介绍|宣讲|表态")
_BODY_ATTENDS = re.compile(
    r"(?:负责人|代表|班子成员|同志)[^，。]{0,6}(?:参加|出席|到会)|[作做]了?[^，。]{0,8}(?:发言|介绍|交流|表态)|(?:^|分别|等)(?:参加|出席)$"
)
_PERSONS = frozenset({"PERSON"})
_BODIES = frozenset({"ORG", "PLACE"})
_REACH = 400


def find_attendance(scene: Scene, subjects: Subjects) -> Iterator[Candidate]:
    """Candidates for `participatesIn` with a person as subject and an event as object."""
    events = [o for o in scene.occurrences if scene.entities[o.entity].type == "EVENT"]
    if not events:
        return
    for number, sentence in enumerate(scene.sentences):
        for clause in range(len(sentence.clauses)):
            group = subjects.own(number, clause)
            if group is None:
                continue
            text = sentence.between(group.end, sentence.clauses[clause].end)
            people = subjects.of_types(group, _PERSONS)
            bodies = subjects.of_types(group, _BODIES)
            if bodies and not people and _BODY_ATTENDS.search(text):
                people, text = bodies, "出席"
            if not people:
                continue
            attends, speaks = _ATTENDS.search(text), _SPEAKS.search(text)
            if attends is None and speaks is None:
                continue
            event = _event(events, sentence, group.start)
            if event is None:
                continue
            score = 0.82 if attends is not None else 0.6
            rule = "attendance.attends" if attends is not None else "attendance.speaks"
            for item in people:
                yield Candidate(
                    item.head.entity,
                    "participatesIn",
                    event.entity,
                    rule,
                    score,
                    group.start,
                    sentence.clauses[clause].end,
                )


def _event(events: list[Occurrence], sentence: Sentence, start: int) -> Occurrence | None:
    here = [o for o in events if sentence.start <= o.start < sentence.end]
    if here:
        return min(here, key=lambda o: (abs(o.start - start), o.start - o.end))
    before = [o for o in events if o.end <= start and start - o.end <= _REACH]
    return max(before, key=lambda o: (o.end, -o.start)) if before else None
