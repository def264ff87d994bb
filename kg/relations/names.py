"""What the wording of a name says: 甲县公安局乙派出所 is part of 甲县公安局, which governs 甲县.

Only entities that the report has are related. `governs` follows the endings of `lexicons/relation_organs.tsv`; an organisation
that neither governs nor belongs to another is in the area that its name begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.doc import Candidate, Occurrence
from kg.knowledge.files import data_path, read_tsv
from kg.model import Entity
from kg.relations.scene import Scene

_HEAD = re.compile(
    r"^(?:中国共产主义青年团|共青团|中共|中国共产党|团|武警|民革|民盟|民建|民进|致公党|九三学社)"
)
_EDITION = re.compile(r"^(?:[0-9]{4}年?(?:度)?|第[^届]{1,4}届|首届)+")
_INNER_ORGAN = re.compile(
    r"(?:局|法院|检察院|医院|公司|集团|学校|中学|小学|大学|学院|厅|指挥部|分局|支队|大队)(?=.)"
)
_PARTY = re.compile(r"^[省市县区旗州镇乡]?委(?!员)")
_BRANCH = re.compile(r"^(.{2,6})分局$")
_COMMITTEE = re.compile(r"(?:居委会|村委会|居民委员会|村民委员会)$")
_TRAVELLING = re.compile(r"(?:组委会|志愿服务总?队|日报|晚报)$")
_ADMINISTRATIVE = re.compile(r"[省市县区州盟旗镇乡村]$|街道$|社区$|居民区$|自治区$|开发区$|嘎查$|苏木$")
_OCCASION = re.compile(
    r"^.{0,8}(?:总?决赛|初赛|复赛|启动仪式|颁奖仪式|颁奖典礼|开幕式|闭幕式|授牌仪式|表彰大会|揭牌仪式|发布会|推进会|现场会|.{0,8}专场)"
)
_BRANCH_OFFICE = re.compile(
    r"^(?:供电|分公司|支公司|支行|分行|分院|分校|分社|分中心|电力|公司|营业部|电信|烟草|邮政)"
)
_SELECTION = re.compile(
    r"^[”》]?(?:系列)?(?:评选|推选|评比|选树|评选活动|推选活动|评选表彰|大赛|竞赛)(?:活动)?$"
)
_SCORES = {
    "names.governs": 0.95,
    "names.part-of": 0.93,
    "names.located": 0.8,
    "names.branch": 0.85,
    "names.occasion": 0.8,
}


def find_in_names(scene: Scene) -> Iterator[Candidate]:
    """Candidates that follow from entity names alone."""
    first = {o.entity: o for o in reversed(scene.occurrences) if o.kind == "name"}
    areas = _forms(scene, "PLACE", administrative=True)
    places = {form: key for form, key in _forms(scene, "PLACE").items() if len(form) > 2 or form in areas}
    bodies = _forms(scene, "ORG")
    occasions = {**_forms(scene, "EVENT"), **_forms(scene, "PROGRAM")}
    for entity in scene.entities.values():
        shown = first.get(entity.id)
        if shown is None:
            continue
        if entity.type == "ORG":
            # A residents' committee governs whatever it is named after (某花园居委会).
            own = {**areas, **places} if _COMMITTEE.search(entity.name) else areas
            yield from _organisation(entity, shown, own, bodies)
        elif entity.type == "PLACE":
            area, _ = _area_of(entity.name, places, entity.id)
            if area is not None:
                yield _found(shown, entity.id, "locatedIn", area, "names.place", 0.85)
        elif entity.type in {"EVENT", "PROGRAM"}:
            yield from _selection(scene, entity, shown)
        if entity.type == "EVENT":
            whole = _longest_prefix(entity.name, occasions, entity.id)
            if whole is not None and _OCCASION.match(entity.name[len(whole[0]) :]):
                yield _found(shown, entity.id, "partOf", whole[1], "names.occasion")


def _selection(scene: Scene, entity: Entity, shown: Occurrence) -> Iterator[Candidate]:
    """“乙”评选 confers 乙."""
    for award in scene.entities.values():
        if award.type == "AWARD":
            for form in sorted({award.name, *(mention.text for mention in award.mentions)}, key=len):
                at = entity.name.find(form)
                if at >= 0 and _SELECTION.match(entity.name[at + len(form) :]):
                    yield _found(shown, entity.id, "confers", award.id, "names.selection", 0.75)
                    break


def _organisation(
    entity: Entity, shown: Occurrence, areas: dict[str, str], bodies: dict[str, str]
) -> Iterator[Candidate]:
    area, tail = _area_of(entity.name, areas, entity.id)
    above = _longest_prefix(entity.name, bodies, entity.id)
    if above is not None:
        yield _found(shown, entity.id, "partOf", above[1], "names.part-of")
        branch = _BRANCH.match(entity.name[len(above[0]) :])
        if branch is not None:
            own = next((key for form, key in areas.items() if form.startswith(branch[1])), None)
            if own is not None:
                yield _found(shown, entity.id, "governs", own, "names.branch")
            return
    if area is not None:
        if governs(tail):
            yield _found(shown, entity.id, "governs", area, "names.governs")
        elif above is None and not _TRAVELLING.search(entity.name):
            yield _found(shown, entity.id, "locatedIn", area, "names.located")
    else:
        yield from _branch_office(entity, shown, areas)


def _branch_office(entity: Entity, shown: Occurrence, areas: dict[str, str]) -> Iterator[Candidate]:
    """国网甲市供电公司, 某银行甲支行: the area stands inside the name."""
    offices: list[tuple[int, int, str]] = []
    for form in sorted(areas, key=lambda form: (-len(form), form)):
        stem = form[:-1] if len(form) > 2 else form
        for text in (form, stem):
            at = entity.name.find(text)
            if at == 0 and text == stem and len(stem) >= 2:
                yield _found(shown, entity.id, "locatedIn", areas[form], "names.stem", 0.3)
                return
            if at >= 2 and _BRANCH_OFFICE.match(entity.name[at + len(text) :]):
                offices.append((at, len(text), areas[form]))
    if offices:  # 国网甲省电力公司乙县供电公司 is the office of 乙县
        yield _found(shown, entity.id, "locatedIn", max(offices)[2], "names.office", 0.75)


def governs(tail: str) -> bool:
    """Whether an organisation named by an area and `tail` (公安局, 委宣传部) governs the area."""
    rest = _PARTY.sub("", tail)
    if not rest:
        return True
    return rest.endswith(_organs()) and not _INNER_ORGAN.search(rest)


def areas_of(scene: Scene, entity: Entity, shown: str) -> list[str]:
    """The ids of the areas that an entity's name or its form in the text begins with, the widest first."""
    forms = _forms(scene, "PLACE", administrative=True)
    found: list[str] = []
    for text in dict.fromkeys((entity.name, shown)):
        tail = _HEAD.sub("", _EDITION.sub("", text))
        while (prefix := _longest_prefix(tail, forms, entity.id)) is not None:
            if prefix[1] not in found:
                found.append(prefix[1])
            tail = tail[len(prefix[0]) :]
    return found


def whose(scene: Scene, entity: Entity, shown: str) -> str | None:
    """The body that an entity's name begins with, else the narrowest area there."""
    body = _longest_prefix(entity.name, _forms(scene, "ORG"), entity.id)
    areas = areas_of(scene, entity, shown)
    return body[1] if body is not None else areas[-1] if areas else None


def _area_of(name: str, areas: dict[str, str], own: str) -> tuple[str | None, str]:
    """The narrowest area of a name's head (甲市乙县… gives 乙县), and the rest of the name."""
    tail = _HEAD.sub("", name)
    area: str | None = None
    while True:
        prefix = _longest_prefix(tail, areas, own)
        if prefix is None:
            return area, tail
        area, tail = prefix[1], tail[len(prefix[0]) :]


def _longest_prefix(name: str, forms: dict[str, str], own: str) -> tuple[str, str] | None:
    for length in range(len(name) - 1, 1, -1):
        key = forms.get(name[:length])
        if key is not None and key != own:
            return name[:length], key
    return None


def _forms(scene: Scene, kind: str, *, administrative: bool = False) -> dict[str, str]:
    """Names and mention forms (two characters and more) of the entities of a type; a full name wins over a short one."""
    key = kind, administrative
    if key not in scene.forms:
        scene.forms[key] = _find_forms(scene, kind, administrative=administrative)
    return scene.forms[key]


def _find_forms(scene: Scene, kind: str, *, administrative: bool) -> dict[str, str]:
    forms: dict[str, str] = {}
    entities = [entity for entity in scene.entities.values() if entity.type == kind]
    if administrative:
        entities = [entity for entity in entities if _ADMINISTRATIVE.search(entity.name)]
    for entity in entities:
        forms.setdefault(entity.name, entity.id)
    for entity in entities if administrative else ():
        if entity.name.endswith(("自治县", "自治州", "自治旗")):
            # 察布查尔锡伯自治县 is 察布查尔县 in the names of its bodies.
            for length in range(2, len(entity.name) - 3):
                forms.setdefault(entity.name[:length] + entity.name[-1], entity.id)
    for entity in entities:
        for mention in entity.mentions:
            if len(mention.text) >= 2:
                forms.setdefault(mention.text, entity.id)
    return forms


def _found(
    shown: Occurrence, subject: str, predicate: str, obj: str, rule: str, score: float | None = None
) -> Candidate:
    return Candidate(subject, predicate, obj, rule, score or _SCORES[rule], shown.start, shown.end)


@cache
def _organs() -> tuple[str, ...]:
    return tuple(
        row["form"] for row in read_tsv(data_path("lexicons", "relation_organs.tsv"), "relation_organs")
    )
