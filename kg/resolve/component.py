"""The resolution stage: mentions become the entities of the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.doc import Found, Occurrence, to_mention
from kg.knowledge.places import load_gazetteer
from kg.model import Entity, Mention
from kg.resolve.main_area import main_area, unit_of
from kg.resolve.names import bare, completed, elided_level, key, same_name, youth_league
from kg.resolve.places import ReadPlace, read_places

_ELIDED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:该|全|我|本|这个)(省|自治区|市|州|盟|县|区|旗|镇|乡|街道|村|社区)(?!城|域)|(省|市|州|县|区|旗|镇|乡)(?:委(?!员)|政府|公安局|文明办|民政局|教育局|司法局|妇联|总工会|人社局|卫健|财政局|法院|检察院|文旅局)"
)
_EDITION = re.compile(r"(?:首届|第[一二三四五六七八九十百\d]+[届次批]|\d{4}(?!\d)(?:[-—－~至]\d{4})?年?度?)")


@dataclass(slots=True)
class _Draft:
    """An entity in the making."""

    type: str
    name: str
    found: list[Found] = field(default_factory=list)
    code: str | None = None
    area: str | None = None
    rivals: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    used: bool = False


class Resolver:
    """A spaCy-style component: reads `doc._.mentions`, writes `doc._.entities`, `occurrences`, `main_area`."""

    def __init__(self) -> None:
        self._gazetteer = load_gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        """Group mentions into entities, complete their names, and index where each stands."""
        mentions: list[Found] = doc._.mentions
        drafts: dict[tuple[str, str], _Draft] = {}
        reads = read_places(doc, mentions, self._gazetteer)
        kept = {id(read.found) for read in reads}
        for read in reads:
            self._add_place(drafts, read)
        areas = self._areas(doc, drafts)
        shorts = self._shorts(drafts)
        for mention in mentions:
            if mention.type == "PLACE" and id(mention) in kept:
                continue
            if mention.type == "PLACE":
                continue
            name = self._name(doc, mention, areas)
            if not name:
                continue
            known = _in_full(name, shorts) if mention.type == "ORG" else name
            draft = drafts.setdefault((mention.type, same_name(known)), _Draft(mention.type, name))
            draft.name = max(draft.name, name, key=len)
            draft.found.append(mention)
            if "core" in mention.attributes:
                draft.attributes.setdefault("core", mention.attributes["core"])
        # An area named only inside a title or an honour is no entity of the report, unless a body's name needs it.
        present = [
            draft
            for draft in drafts.values()
            if draft.used
            or draft.type != "PLACE"
            or any("nested" not in found.attributes for found in draft.found)
        ]
        merged = merge_short_forms(_bare_bureaus(present))
        _spread(doc, merged)
        self._finish(doc, merged)
        return doc

    def _add_place(self, drafts: dict[tuple[str, str], _Draft], read: ReadPlace) -> None:
        name = bare(read.name)
        draft = drafts.setdefault(
            ("PLACE", read.place.code if read.place else key(name)), _Draft("PLACE", name)
        )
        draft.found.append(read.found)
        if read.place is not None:
            draft.code = read.place.code
            draft.attributes["level"] = read.place.level
        elif read.rivals:
            draft.attributes["candidates"] = " ".join(read.rivals)

    def _areas(self, doc: Doc, drafts: Mapping[tuple[str, str], _Draft]) -> dict[str, list[_Draft]]:
        """Areas by the unit they end with, most salient first; the main area of each level completes elided names."""
        by_unit: dict[str, list[tuple[float, int, _Draft]]] = {}
        body: int = doc._.body
        for draft in drafts.values():
            unit = unit_of(draft.name)
            if unit is None:
                continue
            score = 0.0
            for found in draft.found:
                score += 3.0 if found.start < body else 2.0 if found.start < body + 80 else 1.0
            by_unit.setdefault(unit, []).append((-score, draft.found[0].start, draft))
        return {
            unit: [d for _, _, d in sorted(rows, key=lambda r: (r[0], r[1]))]
            for unit, rows in by_unit.items()
        }

    def _shorts(self, drafts: Mapping[tuple[str, str], _Draft]) -> dict[str, str]:
        """Short names of the report's areas of county level and above, with the full name of each."""
        shorts: dict[str, str] = {}
        for draft in drafts.values():
            place = self._gazetteer.by_code(draft.code) if draft.code else None
            if place is not None and place.level in ("prefecture", "county"):
                for short in place.short:
                    if len(short) > 1:
                        shorts.setdefault(short, place.name)
        return shorts

    def _name(self, doc: Doc, mention: Found, areas: Mapping[str, list[_Draft]]) -> str:
        form = doc._.form[mention.start : mention.end]
        if "name" in mention.attributes:
            return mention.attributes["name"]
        if mention.type == "PERSON":
            return "".join(form.split())
        name = youth_league(bare(form)) if mention.type == "ORG" else bare(form)
        if mention.type in ("AWARD", "PROGRAM"):
            stripped = _EDITION.sub("", name, count=1) if _EDITION.match(name) else name
            return stripped or name
        if mention.type in ("ORG", "PLACE", "EVENT"):
            # 市南区委 begins with an area of its own (市南区), not with the level 市.
            named = any(
                m.start == mention.start and m.rule == "place.full" and m.type == "PLACE"
                for m in doc._.mentions
            )
            level = mention.attributes.get("level") or (None if named else elided_level(name))
            if level is not None:
                area = self._area_for(level, mention, areas)
                if area is not None:
                    area.used = True
                    return completed(_headed(mention, level, name), area.name)
                if level in ("村", "社区", "镇", "乡", "街道"):
                    return ""  # a small unit's body without its unit names nothing
        return name

    def _area_for(self, level: str, mention: Found, areas: Mapping[str, list[_Draft]]) -> _Draft | None:
        """The area an elided level stands for: the nearest before it for small units, the most salient for large."""
        options = areas.get(level, [])
        if not options:
            return None
        if level in ("镇", "乡", "街道", "村", "社区"):
            before = [
                (found.start, draft)
                for draft in options
                for found in draft.found
                if found.start <= mention.start
            ]
            return max(before, key=lambda pair: pair[0])[1] if before else options[0]
        return options[0]

    def _finish(self, doc: Doc, drafts: list[_Draft]) -> None:
        drafts.sort(key=lambda d: (min(f.start for f in d.found), d.type, d.name))
        entities: list[Entity] = []
        occurrences: list[Occurrence] = []
        for number, draft in enumerate(drafts, start=1):
            identifier = f"e{number}"
            spans: dict[tuple[int, int], Mention] = {}
            for found in draft.found:
                spans.setdefault((found.start, found.end), to_mention(doc, found.start, found.end))
                occurrences.append(Occurrence(found.start, found.end, identifier))
                outer = found.start - int(found.attributes.get("outer", "0"))
                if outer < found.start:
                    spans.setdefault((outer, found.end), to_mention(doc, outer, found.end))
                core = found.attributes.get("core")
                if core:
                    offset = doc._.form.find(core, found.start, found.end)
                    if offset >= 0:
                        spans.setdefault(
                            (offset, offset + len(core)), to_mention(doc, offset, offset + len(core))
                        )
            attributes = {k: v for k, v in draft.attributes.items() if k != "core"}
            best = max(draft.found, key=lambda f: (f.score, -f.start))
            entities.append(
                Entity(
                    id=identifier,
                    type=draft.type,
                    name=draft.name,
                    mentions=tuple(spans[span] for span in sorted(spans)),
                    code=draft.code,
                    confidence=best.score,
                    rule=best.rule,
                    attributes=attributes,
                )
            )
        doc._.entities = tuple(entities)
        doc._.occurrences = tuple(sorted(set(occurrences), key=lambda o: (o.start, -o.end, o.entity)))
        places = [entity for entity in entities if entity.type == "PLACE"]
        doc._.main_area = main_area(doc, places, _elided(doc._.form))
        doc._.entities = tuple(with_areas(entities))


def _in_full(name: str, shorts: Mapping[str, str]) -> str:
    """平罗法院, 东乡县融媒体中心: the name with its area in full (平罗县…, 东乡族自治县…), to tell what is one body."""
    for length in range(min(5, len(name) - 2), 1, -1):
        full = shorts.get(name[:length])
        if full is not None and not name.startswith(full):
            rest = name[length:]
            rest = rest[1:] if rest[0] == full[-1] else rest
            return name if rest[:1] in _SMALLER or len(rest) < 2 else full + rest
    return name


_SMALLER = frozenset("镇乡村街路州市县区旗")
"""After a short name these begin another name (平罗镇)."""


def _headed(mention: Found, level: str, name: str) -> str:
    """The form with the level it leaves to its neighbour: 政府 after 县委、, 组织部 after 县委常委、."""
    head = mention.attributes.get("head", level) if "level" in mention.attributes else ""
    return name if name.startswith(head) else head + name


def _elided(text: str) -> Counter[str]:
    return Counter(match.group(1) or match.group(2) for match in _ELIDED.finditer(text))


def with_areas(entities: list[Entity]) -> list[Entity]:
    """Give each organisation, program and event the area its name begins with, else the main area for completed names."""
    places = sorted((e for e in entities if e.type == "PLACE"), key=lambda e: -len(e.name))
    result = []
    for entity in entities:
        area = None
        if entity.type in ("ORG", "PROGRAM", "EVENT", "AWARD"):
            stem = entity.name.removeprefix("共青团")
            area = next((p.id for p in places if stem.startswith(p.name)), None)
        result.append(replace(entity, area=area) if area else entity)
    return result


_BARE = re.compile(r"(.+[省市县区州盟旗])(局|厅)")


def _bare_bureaus(drafts: list[_Draft]) -> list[_Draft]:
    """市局, 县局: the bureau of that area which the report names most, if any; on its own it names no body."""
    kept: list[_Draft] = []
    for draft in drafts:
        match = _BARE.fullmatch(draft.name) if draft.type == "ORG" else None
        if match is None:
            kept.append(draft)
            continue
        named = [
            other
            for other in drafts
            if other.type == "ORG"
            and other is not draft
            and other.name.startswith(match[1])
            and other.name.endswith(match[2])
        ]
        if named:
            max(named, key=lambda other: len(other.found)).found.extend(draft.found)
    return kept


_SPREAD = 3
"""How long a name must be to be looked for wherever it stands."""


def _spread(doc: Doc, drafts: list[_Draft]) -> None:
    """Add the places where a name stands again, on its own, though no rule saw it there (首届邻居节 … 邻居节已成为…)."""
    text: str = doc._.form
    starts = {word.start for word in doc._.words}
    ends = {word.end for word in doc._.words}
    taken = bytearray(len(text))
    for draft in drafts:
        for found in draft.found:
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
    forms = sorted(
        {
            (form, number)
            for number, draft in enumerate(drafts)
            for form in (draft.name, *(text[f.start : f.end] for f in draft.found))
            if len(form) >= _SPREAD and "\n" not in form
        },
        key=lambda pair: (-len(pair[0]), pair),
    )
    for form, number in forms:
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            whole = start in starts and end in ends
            if whole and not any(taken[start:end]):
                first = drafts[number].found[0]
                drafts[number].found.append(replace(first, start=start, end=end, attributes={}))
                taken[start:end] = b"\x01" * len(form)
            start = text.find(form, end)


def merge_short_forms(drafts: list[_Draft]) -> list[_Draft]:
    """Join a short form to the one longer name of the report that ends with it (巷口派出所, 志愿服务大集), or has it as core."""
    by_type: dict[str, list[_Draft]] = {}
    for draft in drafts:
        by_type.setdefault(draft.type, []).append(draft)
    gone: set[int] = set()
    for kind, group in by_type.items():
        if kind in ("PERSON", "PLACE"):
            continue
        for short in group:
            longer = [
                other
                for other in group
                if other is not short and id(other) not in gone and _short_of(kind, short, other)
            ]
            if len(longer) == 1:
                if _generic_tail(short, longer[0]):
                    longer[0].name = short.name
                longer[0].found += short.found
                gone.add(id(short))
    return [draft for draft in drafts if id(draft) not in gone]


_GENERIC_TAILS = frozenset(
    [
        "建设",
        "工作",
        "活动",
        "创建",
        "建设活动",
        "创建活动",
        "创建工作",
        "实践活动",
        "经验",
        "做法",
        "经验做法",
    ]
)


def _generic_tail(short: _Draft, long: _Draft) -> bool:
    """“书香阳城”建设 beside “书香阳城”: the tail says what is done with the program, so the core is its name."""
    rest = key(long.name).removeprefix(key(short.name))
    return rest in _GENERIC_TAILS


_OWNERS = frozenset("省市县区州旗镇乡局院村社队所司校厅")
"""How the name of an area or a body ends that a longer name begins with."""
_AHEAD = 100
"""How many characters a short form of an honour may stand before the full name."""
_LEVEL_PREFIX = re.compile(
    r"(?:全国|国家级?|省级?|市级?|县级?|区级?|[\u4e00-\u9fff]{2,12}?[省市县区州旗镇乡])"
)


def _short_of(kind: str, short: _Draft, long: _Draft) -> bool:
    a, b = same_name(short.name), same_name(long.name)
    if a == b or len(a) >= len(b):
        return False
    core = key(long.attributes.get("core", ""))
    if core and a == core and kind in ("PROGRAM", "ORG", "EVENT"):
        return True
    if kind == "ORG" and b.replace("公安局", "", 1) == a and not b.startswith("公安局"):
        return True  # 甲县交警大队: 甲县公安局交警大队
    if not b.endswith(a) or len(a) < 4:
        return False
    prefix = b[: len(b) - len(a)]
    if kind == "ORG":
        return elided_level(short.name) is None and (
            prefix[-1] in _OWNERS
            or "”" in long.name
            or prefix.endswith(("街道", "分局", "社区"))
            or any(place.level == "province" for place in load_gazetteer().short(prefix))
        )
    if kind == "AWARD":
        # 县里的“文明岗”, quoted long before the 全国文明岗, is an honour of its own.
        first = min(short.found, key=lambda found: found.start)
        ahead = min(f.start for f in long.found) - first.start > _AHEAD and first.rule.startswith("quote.")
        return len(a) >= 5 and not ahead and _LEVEL_PREFIX.fullmatch(prefix) is not None
    if kind in ("PROGRAM", "EVENT"):
        return len(a) >= 5 and (prefix[-1] in _OWNERS or _EDITION.search(prefix) is not None or len(a) >= 6)
    return False
