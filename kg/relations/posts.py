"""Who holds a post where: 县委书记甲, 甲村村民乙, 甲（乙校教师）, and posts whose body is to be found (所长甲)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg.doc import Candidate, Occurrence
from kg.knowledge.files import data_path, read_tsv
from kg.relations.levels import area_level
from kg.relations.scene import ACTORS, Item, Scene, Sentence

_AGE = re.compile(r"[0-9一二三四五六七八九十]+(?:多)?岁的?|[0-9]{2}后")
_MORE_POSTS = re.compile(r"[^，。；：！？“”（）()\n]{1,12}[、兼]")
_APPOINTED = re.compile(
    r"(?:任|担任|出任|当选为?|为)(?:第[一二三四五六七八九十]+届)?(?:该会|首任|首届|名誉|常务|副)*(?P<post>会长|理事长|队长|主任|社长|组长|所长|院长|校长|团长)"
)
_AREA_HEAD = re.compile(r"(?:^|[，。；、：！？“”（\s])(?:常务副|副|代|代理)?(?P<unit>[省市县区旗州镇乡])长$")
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
                if any(scene.type(part) in ACTORS for part in item.parts[:-1]):
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
                if is_post(tail) or len(tail) <= 4:
                    yield _found(person, item.head, person.entity, item.head.entity, "posts.bracket", 0.88)
                    return


def _bodiless(scene: Scene, sentence: Sentence, person: Occurrence) -> Iterator[Candidate]:
    before = sentence.between(sentence.start, person.start)[-16:]
    own = _own_post().search(before)
    appointed = _APPOINTED.match(sentence.between(person.end, sentence.end))
    area = _AREA_HEAD.search(before)
    post = own["post"] if own is not None else appointed["post"] if appointed is not None else None
    if area is not None:
        for other in (o for o in scene.occurrences if o.start < person.start):
            entity = scene.entities[other.entity]
            main = scene.main_area in (None, other.entity) or area["unit"] in "镇乡"
            if main and entity.type == "PLACE" and entity.name.endswith(area["unit"]):
                yield _found(person, person, person.entity, entity.id, "posts.area-head", 0.8)
                return
    if post is not None:
        yield from _of_kin(scene, person, post, "posts.own-body" if own is not None else "posts.appointed")
    elif _RESIDENT.search(before):
        for other in _earlier(scene, person):
            entity = scene.entities[other.entity]
            if entity.type == "PLACE" and area_level(entity.name) == 5:
                yield _found(person, other, person.entity, entity.id, "posts.resident", 0.7)
                return


def _of_kin(scene: Scene, person: Occurrence, post: str, rule: str) -> Iterator[Candidate]:
    """The body of the kind that the post belongs to: the nearest of the paragraph, else the one the report speaks of most."""
    endings = _endings().get(post, _ANY_BODY)

    def fits(other: Occurrence) -> bool:
        entity = scene.entities[other.entity]
        return entity.type in ACTORS and entity.name.endswith(endings)

    counts = Counter(o.entity for o in scene.occurrences if fits(o))
    topic = min(counts, key=lambda entity: (-counts[entity], entity), default=None)
    near = [
        other
        for other in _outer(_earlier(scene, person))
        if fits(other)
        and "\n" not in scene.text[other.end : person.start]
        and not _AGENT.search(scene.text[max(other.start - 12, 0) : other.start])
    ]
    if near:
        other = next((o for o in near if o.entity == topic and counts[topic] > 1), near[0])
        yield _found(person, other, person.entity, other.entity, f"{rule}/near", 0.7)
    elif topic is not None:
        first = next(o for o in scene.occurrences if o.entity == topic)
        spoken_of = counts[topic] > 1 or first.start < scene.body
        if first.start < person.start and spoken_of:
            yield _found(person, person, person.entity, topic, f"{rule}/topic", 0.6)


def _outer(occurrences: Iterator[Occurrence]) -> list[Occurrence]:
    """Those that stand inside no other one, in the same order."""
    items = list(occurrences)
    return [
        o
        for o in items
        if not any(p.start <= o.start and o.end <= p.end and p.end - p.start > o.end - o.start for p in items)
    ]


_ANY_BODY = ("会", "队", "社", "组", "团")
"""Endings for a post that says nothing of its body (主任, 组长)."""
_AGENT = re.compile(r"(?:被|由|受到?)[^，。；]*$")


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
def _endings() -> dict[str, tuple[str, ...]]:
    """How the names of bodies end that have a post, by post."""
    rows = read_tsv(data_path("lexicons", "relation_post_bodies.tsv"), "relation_post_bodies")
    return {row["post"]: tuple(row["endings"].split("|")) for row in rows}


@cache
def _own_post() -> re.Pattern[str]:
    """A post right before a name, whose body stands elsewhere: 该所所长, 退休教师."""
    posts = "|".join(sorted(_endings(), key=lambda post: (-len(post), post)))
    return re.compile(
        r"(?:^|[，。；、：！？“”（\s的])(?:原|现任|时任|挂职|该所|所里的?|院里的?|本[院所校]的?|[^，。；、：！？“”（）在]{0,4})"
        rf"(?:副|老|主任|高级|名誉|执行)?(?P<post>{posts})$"
    )


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
