"""Who holds a post where: 县委书记甲, 甲村村民乙, 甲（乙校教师）, and posts whose body is to be found (所长甲)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.doc import Candidate, Occurrence
from kg.knowledge.files import data_path, read_tsv
from kg.relations.levels import area_level
from kg.relations.scene import ACTORS, Item, Scene, Sentence

_AGE = re.compile(r"[0-9一二三四五六七八九十]+(?:多)?岁的?|[0-9]{2}后")
_MORE_POSTS = re.compile(r"[^，。；：！？“”（）()\n]{1,12}[、兼]")
_HEADS = {
    "所": ("所",),
    "院": ("法院", "医院", "检察院", "卫生院", "学院", "福利院"),
    "校": ("学校", "小学", "中学", "大学", "学院", "高中", "党校"),
    "队": ("队",),
    "大队": ("大队",),
    "中队": ("中队",),
    "支队": ("支队",),
    "站": ("站",),
    "馆": ("馆",),
    "园": ("园",),
    "庭": ("庭",),
    "局": ("局",),
    "厂": ("厂",),
    "会": ("会",),
    "镇": ("镇",),
    "乡": ("乡",),
    "村": ("村",),
    "支部": ("党支部", "村", "社区"),
    "村支": ("村",),
    "班": ("班", "班组"),
}
_OWN_HEAD = re.compile(
    r"(?:^|[，。；、：！？“”（\s])(?:原|现任|时任|挂职|副)?副?(?P<head>[大中支]队|所|院|校|队|站|馆|园|庭|局|厂|会|镇|乡|村支|支部|村|班)(?:副?长|书记|书|主任)$"
)
_RESIDENT = re.compile(
    r"(?:^|[，。；、：！？“”（\s])(?:[0-9]+岁的)?(?:老?村民|居民|牧民|渔民|老党员|村支书|村主任|老支书)$"
)
_IS = re.compile(r"[，]?(?:现|曾|原)?(?:是|也是|任|担任|挂任|兼任|当上|当选|来自|(?P<where>在))[“‘]?")
_WORKS = re.compile(r"[”’]?(?:工作|上班|任职|任教|当|坐诊|打工|就读|服役)")
_PAPER = re.compile(r"(?:报|报社|网|电视台|广播电台|广播电视台|融媒体中心|通讯社|新华社|客户端)$")
_DATELINE = re.compile(
    r"(?:[^（(\n，。]{0,14}(?:讯|电))?\s*[（(]?(?:全媒体|融媒体?|首席|见习|实习|特约|[^，。（）\s]{0,6})?记者[\s　：:]*"
)
_NAME_GAP = re.compile(r"[\s　、]*")
_WORKER = re.compile(
    r"(?:^|[，。；、：！？“”（\s])[^，。；、：！？“”（）在]{0,4}(?:成员|队员|民警|辅警|干警|医生|护士|护士长|卫生员|辅导员|教师|班主任|学生|法官|教导员|指导员|职工|技师|站务员|社工|讲解员|管理员|员工|选手|馆员|干事|主持人|负责人)$"
)
_REACH = 160


def find_posts(scene: Scene) -> Iterator[Candidate]:
    """Candidates for `worksFor`."""
    yield from _reporters(scene)
    for sentence in scene.sentences:
        for group in sentence.groups:
            for item in group.items:
                if scene.type(item.head) != "PERSON":
                    continue
                yield from _stated(scene, sentence, item)
                if len(item.parts) > 1:
                    yield from _with_body(scene, sentence, item)
                elif item.head.kind == "name":
                    yield from _bracketed(scene, sentence, item.head)
                    yield from _bodiless(scene, sentence, item.head)


def _reporters(scene: Scene) -> Iterator[Candidate]:
    """甲日报讯（记者乙、丙 通讯员丁）: reporters work for the paper that the dateline names."""
    people = [o for o in scene.occurrences if o.kind == "name" and scene.type(o) == "PERSON"]
    for paper in scene.occurrences:
        entity = scene.entities[paper.entity]
        if entity.type != "ORG" or not _PAPER.search(entity.name):
            continue
        dateline = _DATELINE.match(scene.text, paper.end)
        position = dateline.end() if dateline else -1
        for person in people:
            if position < 0 or person.start < position:
                continue
            if not _NAME_GAP.fullmatch(scene.text[position : person.start]):
                break
            yield _found(person, paper, person.entity, paper.entity, "posts.reporter", 0.9)
            position = person.end


def _with_body(scene: Scene, sentence: Sentence, item: Item) -> Iterator[Candidate]:
    person = item.head
    bodies = [part for part in item.parts[:-1] if scene.type(part) in ACTORS]
    if not bodies:
        return
    yield _found(person, bodies[-1], person.entity, bodies[-1].entity, "posts.title", 0.92)
    # 县委常委、宣传部部长甲: the body before, when a post and 、 stand between.
    before = [o for group in sentence.groups for i in group.items for o in i.parts if o.end <= item.start]
    nearest = item.parts[0]
    for other in reversed(before):
        gap = sentence.between(other.end, nearest.start)
        if scene.type(other) not in ACTORS or not _MORE_POSTS.fullmatch(gap) or not is_post(gap[:-1]):
            break
        yield _found(person, other, person.entity, other.entity, "posts.second-title", 0.88)
        nearest = other


def _stated(scene: Scene, sentence: Sentence, item: Item) -> Iterator[Candidate]:
    """甲是乙协会会长; 甲任丙委书记; 甲在丁卫生院工作."""
    said = _IS.match(sentence.text, item.end - sentence.start)
    if said is None:
        return
    at = sentence.start + said.end()
    for group in sentence.groups:
        body = group.items[0].head
        if group.start >= at:
            near = not sentence.between(at, group.items[0].start).strip("“")
            tail = re.split(r"[，。；、]", sentence.between(group.items[0].end, sentence.end), maxsplit=1)[0]
            working = said["where"] and _WORKS.match(tail)
            if (
                near
                and scene.type(body) in ACTORS
                and (working or (not said["where"] and tail and is_post(tail)))
            ):
                yield _found(item.head, body, item.head.entity, body.entity, "posts.stated", 0.85)
            return


def _bracketed(scene: Scene, sentence: Sentence, person: Occurrence) -> Iterator[Candidate]:
    """甲（乙镇丙村村民）: the body inside the bracket after the name."""
    rest = sentence.text[person.end - sentence.start :]
    if not rest.startswith(("（", "(")):
        return
    close = re.search(r"[）)]", rest)
    end = person.end + (close.end() if close else 0)
    for group in sentence.groups:
        for item in group.items:
            if person.end < item.start and item.end < end and scene.type(item.head) in ACTORS:
                tail = sentence.between(item.end, end - 1).split("，")[0]
                if is_post(tail):
                    yield _found(person, item.head, person.entity, item.head.entity, "posts.bracket", 0.88)
                    return


def _bodiless(scene: Scene, sentence: Sentence, person: Occurrence) -> Iterator[Candidate]:
    before = sentence.between(sentence.start, person.start)[-16:]
    own = _OWN_HEAD.search(before)
    if own is not None:
        endings = _HEADS[own["head"]]
        for other in _earlier(scene, person):
            entity = scene.entities[other.entity]
            if entity.type in ACTORS and entity.name.endswith(endings):
                yield _found(person, other, person.entity, entity.id, "posts.own-body", 0.8)
                return
    elif _WORKER.search(before):
        for other in _earlier(scene, person):
            entity = scene.entities[other.entity]
            if entity.type == "ORG" and "\n" not in scene.text[other.end : person.start]:
                yield _found(person, other, person.entity, entity.id, "posts.worker", 0.45)
                return
    elif _RESIDENT.search(before):
        for other in _earlier(scene, person):
            entity = scene.entities[other.entity]
            if entity.type == "PLACE" and area_level(entity.name) == 5:
                yield _found(person, other, person.entity, entity.id, "posts.resident", 0.7)
                return


def _earlier(scene: Scene, person: Occurrence) -> Iterator[Occurrence]:
    """Occurrences before a person, nearest first."""
    for other in reversed(scene.occurrences):
        if other.end <= person.start and person.start - other.end <= _REACH and other.start >= scene.body:
            yield other


def is_post(text: str) -> bool:
    """Whether words after a body say what someone is there (党委书记, 村民, nothing but 的)."""
    text = _AGE.sub("", text).strip(" 　的")
    return text.endswith(_posts()) or not text


@cache
def _posts() -> tuple[str, ...]:
    return tuple(
        row["form"] for row in read_tsv(data_path("lexicons", "posts.tsv"), "posts") if len(row["form"]) > 1
    )


def _found(
    person: Occurrence, body: Occurrence, subject: str, obj: str, rule: str, score: float
) -> Candidate:
    return Candidate(
        subject, "worksFor", obj, rule, score, min(person.start, body.start), max(person.end, body.end)
    )
