"""Where things lie: chains of areas, lists that share a head, what is held where, and the report's own area.

A place gets one parent: the one that the text shows most directly. 河北省青县木门店镇后董景村 is a chain; in 北海街道西小路社区、
新河弄社区 the second community shares the first one's street; a township named alone lies in the county that the report is
about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.doc import Candidate, Occurrence
from kg.knowledge.places import load_gazetteer
from kg.relations.levels import CITY, COUNTY, OTHER, area_level
from kg.relations.names import areas_of
from kg.relations.scene import Group, Item, Scene, Sentence

_ROAD = re.compile(r"(?:路|街|大道|巷|河|江|山|湖|岭|海|高速|桥)$")
_HELD = re.compile(
    r"(?:举行|召开|举办|落下帷幕|建起|建成|设|办起|组建|挂牌|设点|授牌|布设|打造|开出|启幕|拉开序幕|开镰|开犁|开园|开锣|开张|开席|建立|设立|实施|推广|开设|创办|挂牌|开幕|开赛|启动|落幕|开展|开讲|进行|上演|开班|揭牌|拉开帷幕|登场|试点|试行|试|推行|开|闭幕|打响|亮相|成立|颁奖|收官|结束)"
)
_FOUNDED = re.compile(r"设立|成立|组建|建立|建起|建成|办起|开设|挂牌|揭牌|设|开出|布设")
_AT = re.compile(r"(?:在|于|走进|来到|走到|落户|设在|位于|坐落于|坐落在|地处|藏着)[“‘《]?$")
_SURE = 0.7
_HERE = re.compile(r"在(?:这里|此地|此|这儿|现场)")
_NAMELY = re.compile(r"(?:分别是|分别为|它们是|他们是|包括|即|名单如下)[：:]?")
_COUNTED = re.compile(r"[”》]*[^，。]{0,6}?(?:[0-9]+|[一二三四五六七八九十]+)个")
_BESIDE = re.compile(r"(?:边|旁|畔|附近|对面|脚下|岸边)的[“‘《]?")
_LIES = re.compile(r"(?:位于|坐落于|坐落在|地处)[“‘《]?$")


def find_places(scene: Scene, named: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for `locatedIn`; `named` are those that follow from names, which chains in the text overrule."""
    found: dict[str, Candidate] = {}
    for way in (_chains(scene), _lying(scene), _shared_heads(scene), named, _listed(scene)):
        nearest: dict[str, Candidate] = {}
        for candidate in way:
            other = nearest.get(candidate.subject)
            if candidate.predicate == "locatedIn" and (
                other is None or _depth(scene, candidate) > _depth(scene, other)
            ):
                nearest[candidate.subject] = candidate
        found = {**nearest, **found}
    yield from found.values()
    yield from _held(scene)
    yield from _held_here(scene)
    yield from _relied_on(scene, set(found))
    yield from _in_main_area(scene, set(found))


def find_founded(scene: Scene, stated: Iterable[Candidate]) -> Iterator[Candidate]:
    """What a township or village set up lies there."""
    for candidate in stated:
        if candidate.rival_of is not None or candidate.score < _SURE:
            continue
        founder = scene.entities[candidate.subject]
        if (
            candidate.predicate == "established"
            and founder.type == "PLACE"
            and 4 <= area_level(founder.name) < OTHER
        ):
            yield Candidate(
                candidate.object,
                "locatedIn",
                founder.id,
                "places.founded",
                round(0.85 * candidate.score, 4),
                candidate.start,
                candidate.end,
            )


def _depth(scene: Scene, candidate: Candidate) -> int:
    return area_level(scene.entities[candidate.object].name)


def _chains(scene: Scene) -> Iterator[Candidate]:
    for sentence in scene.sentences:
        for group in sentence.groups:
            for item in group.items:
                yield from _chain(scene, item)


def _chain(scene: Scene, item: Item) -> Iterator[Candidate]:
    for left, right in zip(item.parts, item.parts[1:], strict=False):
        if scene.type(left) == "PLACE":
            yield from _links(scene, left, right)
    if len(item.parts) == 1:
        yield from _links(scene, None, item.head)


def _links(scene: Scene, left: Occurrence | None, right: Occurrence) -> Iterator[Candidate]:
    """The chain from `left` through the areas inside the form of `right` (赤峰市 + 宁城县政务服务局) to `right` itself."""
    entity = scene.entities[right.entity]
    inner = areas_of(scene, entity, scene.text[right.start : right.end])
    steps = [*([left.entity] if left is not None else []), *inner]
    if entity.type == "PLACE":
        steps.append(entity.id)
    elif entity.type == "ORG" and not inner and left is not None:
        yield _candidate(left, right, entity.id, left.entity, "places.chain-body", 0.75)
    for above, below in pairwise(steps):
        levels = area_level(scene.entities[above].name), area_level(scene.entities[below].name)
        if above != below and (levels[0] < levels[1] or levels in {(2, 2), (OTHER, OTHER)}):
            yield _candidate(left or right, right, below, above, "places.chain", 0.95)


def _shared_heads(scene: Scene) -> Iterator[Candidate]:
    """嵩县九店乡石场村、大章镇三人场村: the second township lies in the first one's county."""
    for sentence in scene.sentences:
        for group in sentence.groups:
            context: list[Occurrence] = []
            for item in group.items:
                places = [part for part in item.parts if scene.type(part) == "PLACE"]
                if not places or places[0] is not item.parts[0]:
                    context = []
                    continue
                own = area_level(scene.entities[places[0].entity].name)
                levels = [area_level(scene.entities[place.entity].name) for place in context]
                above = [place for place, depth in zip(context, levels, strict=True) if depth < own]
                if above and own in levels and own < OTHER and above[-1].entity != places[0].entity:
                    yield _candidate(
                        above[-1], places[0], places[0].entity, above[-1].entity, "places.shared", 0.85
                    )
                    context = [*above, *places]
                else:
                    context = places


def _listed(scene: Scene) -> Iterator[Candidate]:
    """甲市13个村上榜，分别是：乙县丙镇丁村，…: the counties of the list lie in the city."""
    for sentence in scene.sentences:
        shown = _NAMELY.search(sentence.text)
        if shown is None:
            continue
        at = sentence.start + shown.end()
        whole = [g for g in sentence.groups if g.end <= at and _COUNTED.match(sentence.between(g.end, at))]
        if not whole or scene.type(whole[-1].items[0].head) != "PLACE":
            continue
        area = whole[-1].items[0].head
        own = area_level(scene.entities[area.entity].name)
        for group in sentence.groups:
            for item in group.items if group.start >= at else ():
                first = item.parts[0]
                if (
                    scene.type(first) == "PLACE"
                    and own < area_level(scene.entities[first.entity].name) < OTHER
                ):
                    yield _candidate(area, first, first.entity, area.entity, "places.listed", 0.75)


def _lying(scene: Scene) -> Iterator[Candidate]:
    """甲位于乙: a place said to lie in another."""
    for sentence in scene.sentences:
        for clause in sentence.clauses:
            for left, right in zip(clause.groups, clause.groups[1:], strict=False):
                between = sentence.between(left.end, right.start).lstrip("”’》")
                if _LIES.fullmatch(between) and scene.type(right.items[0].head) == "PLACE":
                    for item in left.items:
                        if scene.type(item.head) in {"PLACE", "ORG"}:
                            yield _candidate(
                                item.head,
                                right.items[0].head,
                                item.head.entity,
                                right.items[0].head.entity,
                                "places.lies",
                                0.85,
                            )


def _held(scene: Scene) -> Iterator[Candidate]:
    """甲会在乙举行; 在乙举行甲会; 甲活动走进乙."""
    for sentence in scene.sentences:
        for number, clause in enumerate(sentence.clauses):
            for group in clause.groups:
                before = sentence.between(clause.start, group.start)
                if not _AT.search(before) or scene.type(group.items[0].head) != "PLACE":
                    continue
                after = sentence.between(group.end, clause.end)
                moved = re.search(r"走进|来到|走到|落户", before[-5:])
                verb = _HELD.search(after)
                for beside in clause.groups:
                    # 在漓江边的象山区召开: where, not beside what.
                    if beside.start >= group.end and _BESIDE.fullmatch(
                        sentence.between(group.end, beside.start)
                    ):
                        group = beside
                held = _what_is_held(scene, sentence, number, group)
                leads = bool(held) and held[0].start < group.start and held[0] in clause.groups[0].items
                if moved is None and not leads and (verb is None or verb.start() > 30):
                    continue
                for item in held:
                    program = scene.type(item.head) == "PROGRAM"
                    for place in group.items:
                        wide = area_level(scene.entities[place.head.entity].name) <= COUNTY
                        if program and (wide or place.head.entity == scene.main_area):
                            continue
                        if scene.type(place.head) == "PLACE" and place.head.entity != item.head.entity:
                            yield _candidate(
                                item.head,
                                place.head,
                                item.head.entity,
                                place.head.entity,
                                "places.held",
                                0.85,
                            )


def _held_here(scene: Scene) -> Iterator[Candidate]:
    """甲广场热闹非凡，乙活动在这里举行: the venue named before."""
    for sentence in scene.sentences:
        for clause in sentence.clauses:
            here = _HERE.search(sentence.between(clause.start, clause.end))
            if here is None:
                continue
            at = clause.start + here.start()
            places = [
                p
                for g in sentence.groups
                for i in g.items
                for p in i.parts
                if p.end <= at and scene.type(p) == "PLACE"
            ]
            held = [
                g
                for g in clause.groups
                if g.end <= at and scene.type(g.items[-1].head) in {"EVENT", "PROGRAM"}
            ]
            if places and held:
                for item in held[-1].items:
                    yield _candidate(
                        item.head, places[-1], item.head.entity, places[-1].entity, "places.here", 0.75
                    )


def _what_is_held(scene: Scene, sentence: Sentence, number: int, place: Group) -> list[Item]:
    clause = sentence.clauses[number]
    kinds = {"EVENT", "PROGRAM"}
    founded = _FOUNDED.search(sentence.between(place.end, clause.end))
    for group in clause.groups if founded else ():
        # 在甲镇、乙乡设立服务驿站: a body or a site that is set up there.
        at = sentence.between(place.end, group.start)
        if group.start >= place.end and founded is not None and founded.end() <= len(at) <= founded.end() + 8:
            return [item for item in group.items if scene.type(item.head) in kinds | {"ORG", "PLACE"}]
    before = [g for c in sentence.clauses[: number + 1] for g in c.groups if g.end <= place.start]
    after = [g for g in clause.groups if g.start >= place.end]
    for group in [*(g for g in reversed(before) if g.clause == number), *after, *reversed(before)]:
        # Of earlier clauses an event may be meant, what is put into practice there is mostly something else.
        here = kinds if group.clause == number else {"EVENT"}
        found = [item for item in group.items if scene.type(item.head) in here]
        if found:
            return found
    return []


def _in_main_area(scene: Scene, placed: set[str]) -> Iterator[Candidate]:
    if scene.main_area is None:
        return
    main = scene.entities[scene.main_area]
    own = area_level(main.name)
    last_township: Occurrence | None = None
    for occurrence in scene.occurrences:
        entity = scene.entities[occurrence.entity]
        if entity.type != "PLACE" or entity.id == main.id:
            continue
        depth = area_level(entity.name)
        if depth == 4 and occurrence.kind == "name":
            last_township = occurrence
        if occurrence.kind != "name" or entity.id in placed or occurrence.start < scene.body:
            continue
        placed.add(entity.id)
        if depth == 5 and last_township is not None and own < 4 and _near(scene, last_township, occurrence):
            yield _candidate(occurrence, occurrence, entity.id, last_township.entity, "places.township", 0.6)
        elif (own, depth) == (CITY, COUNTY) and _known_within(entity.name, main.name):
            yield _candidate(occurrence, occurrence, entity.id, main.id, "places.gazetteer", 0.6)
        elif depth == 4 and (county := _named_county(scene, entity.name)) not in (None, main.id):
            yield _candidate(occurrence, occurrence, entity.id, str(county), "places.gazetteer", 0.6)
        elif own < depth < OTHER and depth - own <= 2:
            yield _candidate(
                occurrence,
                occurrence,
                entity.id,
                main.id,
                *(("places.main", 0.75) if (own, depth) == (3, 4) else ("places.around", 0.35)),
            )
        elif depth == OTHER and own >= 3 and not _ROAD.search(entity.name):
            yield _candidate(occurrence, occurrence, entity.id, main.id, "places.venue", 0.3)


def _named_county(scene: Scene, township: str) -> str | None:
    """The one county of the report that has a township of that name by the gazetteer."""
    counties = [
        entity.id
        for entity in scene.entities.values()
        if entity.type == "PLACE"
        and area_level(entity.name) == COUNTY
        and _known_within(township, entity.name)
    ]
    return counties[0] if len(counties) == 1 else None


_RELIED_ON = re.compile(
    r"(?:依托|利用|整合|盘活|用好|用活|打造|建成|修建|改造|升级|新建|建设|提升|修缮|保护)[^，。]{0,14}$"
)


def _relied_on(scene: Scene, placed: set[str]) -> Iterator[Candidate]:
    """甲县依托乙故居、丙会址等阵地: the sites of an area that it makes use of lie there."""

    def level(place: Occurrence) -> int | None:
        return area_level(scene.entities[place.entity].name) if scene.type(place) == "PLACE" else None

    for sentence in scene.sentences:
        for clause in sentence.clauses:
            heads = (group.items[-1].head for group in clause.groups)
            area = next((head for head in heads if (level(head) or OTHER) < OTHER), None)
            if area is None:
                continue
            for group in clause.groups:
                if group.start < area.end or not _RELIED_ON.search(sentence.between(area.end, group.start)):
                    continue
                for item in group.items:
                    site = scene.entities[item.head.entity]
                    if level(item.head) == OTHER and site.id not in placed and not _ROAD.search(site.name):
                        yield _candidate(area, item.head, site.id, area.entity, "places.relied-on", 0.6)


def _known_within(area: str, above: str) -> bool:
    """Whether the gazetteer has an area of that name in the one above."""
    gazetteer = load_gazetteer()
    return any(
        gazetteer.is_within(inner.code, outer.code)
        for inner in gazetteer.full(area)
        for outer in gazetteer.full(above)
    )


def _near(scene: Scene, left: Occurrence, right: Occurrence) -> bool:
    text = scene.text[left.end : right.start]
    return "\n" not in text and text.count("。") <= 1


def _candidate(
    left: Occurrence, right: Occurrence, subject: str, obj: str, rule: str, score: float
) -> Candidate:
    return Candidate(
        subject, "locatedIn", obj, rule, score, min(left.start, right.start), max(left.end, right.end)
    )
