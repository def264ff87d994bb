"""Who came, spoke or presided at an event: 县长甲出席并讲话; 甲宣读表彰决定.

The event is the one named in the sentence, else the last one named before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
_PERFORMS = re.compile(
    r"表演|演出|演唱|合唱|朗诵|诵读|献上|献演|带来|登台|亮相|同台|参演|参赛|参展|出场|上场|展演|展示|展出|摆摊|设摊|义诊|义卖|比拼|角逐|对阵|力克|战胜|"
    r"夺冠|夺得|摘得|捧起|捧走|跳起|唱起|奏响|评委|协办|签约|签订|捐赠|赠送|捐书|赠书|支持|观摩|代表队|选手|队员们?|孩子们|吟唱|竞技|应战|出战|上台|发言|吸引"
)
"""What those do who take part in a performance, a contest, a fair."""
_BACK = re.compile(r"近年来|近几年|多年来|去年|此前|以来|据了解|据悉|据介绍|目前|截至|今后|下一步|明年")
"""With these a report leaves the scene."""
_PERSONS = frozenset({"PERSON"})
_BODIES = frozenset({"ORG", "PLACE"})
_REACH = 400


def find_attendance(scene: Scene, subjects: Subjects, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for `participatesIn` in an event; those who hold it by the `stated` candidates do not take part as others do."""
    hosts = {(c.subject, c.object) for c in stated if c.predicate in {"holds", "runs"}}
    events = [o for o in scene.occurrences if scene.entities[o.entity].type == "EVENT"]
    if not events:
        return
    for number, sentence in enumerate(scene.sentences):
        yield from _from(scene, events, number, sentence)
        for clause in range(len(sentence.clauses)):
            group = subjects.own(number, clause)
            if group is None:
                continue
            text = sentence.between(group.end, sentence.clauses[clause].end)
            people = subjects.of_types(group, _PERSONS)
            bodies = subjects.of_types(group, _BODIES)
            if bodies and not people and _BODY_ATTENDS.search(text):
                people, text = bodies, "出席"
            performs = _PERFORMS.search(text)
            if performs is not None and (event := _on_scene(scene, events, number, group.start)):
                for item in [*people, *bodies]:
                    if (item.head.entity, event.entity) not in hosts:
                        yield Candidate(
                            item.head.entity,
                            "participatesIn",
                            event.entity,
                            "attendance.performs",
                            0.6,
                            group.start,
                            sentence.clauses[clause].end,
                        )
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


_FROM = re.compile(r"来自[^，。；]{0,6}$")
_OF_THOSE = re.compile(
    r"[”’》]*等?[^，。；的]{0,8}的[^，。；]{0,12}(?:选手|队员|运动员|代表|代表队|队伍|渔民|农民|牧民|职工|学生|师生|演员|嘉宾|作品|项目|爱好者|团队|院团|孩子)"
)


def _from(scene: Scene, events: list[Occurrence], number: int, sentence: Sentence) -> Iterator[Candidate]:
    """来自甲镇、乙镇的186名选手: where those at the event come from."""
    for group in sentence.groups:
        if not _FROM.search(sentence.between(sentence.start, group.start)):
            continue
        event = _on_scene(scene, events, number, sentence.end)
        if event is not None and _OF_THOSE.match(sentence.between(group.end, sentence.end)):
            for item in group.items:
                if scene.type(item.head) in _BODIES and item.head.kind == "name":
                    yield Candidate(
                        item.head.entity,
                        "participatesIn",
                        event.entity,
                        "attendance.from",
                        0.6,
                        item.start,
                        group.end,
                    )


def _on_scene(scene: Scene, events: list[Occurrence], number: int, start: int) -> Occurrence | None:
    """The event that the report is at: the last one named in this paragraph or the one before, when nothing leads away from it."""
    here = scene.sentences[number]
    event: Occurrence | None = None
    for sentence in scene.sentences[: number + 1]:
        if sentence.paragraph < here.paragraph - 1 or sentence.paragraph < 0:
            continue
        if _BACK.search(sentence.text):
            event = None
        for found in events:
            if sentence.start <= found.start < min(sentence.end, start):
                event = found if event is None or found.start >= event.end else event
    return event


def _event(events: list[Occurrence], sentence: Sentence, start: int) -> Occurrence | None:
    here = [o for o in events if sentence.start <= o.start < sentence.end]
    if here:
        return min(here, key=lambda o: (abs(o.start - start), o.start - o.end))
    before = [o for o in events if o.end <= start and start - o.end <= _REACH]
    return max(before, key=lambda o: (o.end, -o.start)) if before else None
