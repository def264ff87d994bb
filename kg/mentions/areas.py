"""Places: gazetteer names, and names by grammar (X村, X社区, X路, X广场, X烈士陵园)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.doc import Found
from kg.knowledge.lexicons import Hit, forms_of, lexicon
from kg.knowledge.places import GOES_ON, load_gazetteer
from kg.mentions.context import Context
from kg.mentions.organisations import longest_by_end
from kg.mentions.phrase import LEVELS, closed, left_edge, stops

_COUNT_BEFORE = re.compile(
    r"(?:[\d一二三四五六七八九十两几百余多]个|条|各|每个?|全|该|本|这个?|那个?|某|邻|驻|进|入|到|兴|强|联|所在)$"
)
_KIND = re.compile(
    r"^(?:[一二三四五六七八九十两\d]+个?|示范|试点|文明|先进|模范|重点|行政|自然|贫困|特色|美丽|传统|空心|城中|生态|卫生|最美|幸福|平安|和谐|中心|搬迁|所辖|辖区|周边|附近|边境|城市|农村|老旧|新型|智慧|涉农|城郊|民族|少数民族|偏远|沿江|沿河|全国|省级|市级|县级|国家级|大型|中型|小型|主要|标准化|名誉)+$"
)


def find_places(context: Context) -> Iterator[Found]:
    """Mentions of places; gazetteer names first, so that grammar can build on them."""
    for place in context.places:
        if place.form == "full":
            yield Found(place.start, place.end, "PLACE", "place.full", 0.9)
        elif context.text[place.end : place.end + 1] in GOES_ON or context.before(place.start, 1) in (
            "大",
            "小",
        ):
            continue  # 苏州|河; 小凉山
        elif place.start in context.starts and place.end in context.ends:
            yield Found(place.start, place.end, "PLACE", "place.short", 0.6)
        elif place.start in context.starts:
            yield Found(place.start, place.end, "PLACE", "place.short", 0.5, {"nested": "word"})
    yield from _nations(context)
    yield from _townships(context)
    yield from _features(context)
    yield from _shared(context)
    yield from _under(context)
    for hit in longest_by_end(context.hits["place_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found


_STATE_TAIL = re.compile(r"(?:联盟|联邦|人民|民主|伊斯兰|社会主义)*(?:共和国|王国|联邦)")
_OF_NATION = ("地区", "各国", "国家", "政府", "方面", "两国", "人民", "等国", "大陆")


def _nations(context: Context) -> Iterator[Found]:
    """中国, 波兰共和国, 东南亚: a low score, so that any longer name that holds one (中国白莲之乡) comes first."""
    for hit in longest_by_end(context.hits["nations"]):
        tail = _STATE_TAIL.match(context.text, hit.end)
        end = tail.end() if tail else hit.end
        whole = end in context.ends or context.text.startswith(_OF_NATION, end)
        number = context.word_index[hit.start]
        if "part" in hit.classes and (number < 0 or context.words[number].tag != "LOC"):
            continue  # 县城东北: a direction
        if hit.start not in context.starts or context.text.startswith(_ADMINISTRATIVE, end):
            continue
        if "water" in hit.classes and (whole or context.text.startswith(_BESIDE, end)):
            yield Found(hit.start, end, "PLACE", "place.water", 0.7)
        elif whole:
            # 亚太|地区: the region's name is the shorter one, which so comes before any longer reading.
            region = context.text.startswith("地区", end) and hit.classes & {"region", "part"}
            yield Found(hit.start, end, "PLACE", "place.nation", 1.0 if region else 0.3)


_ADMINISTRATIVE = ("省", "县", "区", "镇", "乡", "街", "路", "村", "社区", "大桥", "口", "湾", "大峡谷")
_BESIDE = ("畔", "边", "岸", "两岸", "沿岸", "流域", "之滨", "源头", "上游", "下游", "干流")


@cache
def _township_names(code: str) -> dict[str, str]:
    return {short: place.name for short, place in load_gazetteer().township_shorts(code).items()}


def _townships(context: Context) -> Iterator[Found]:
    """石碌, 昌化: short names of the townships of a county that the report names, where the lexical model sees a name or a list says it."""
    shorts: dict[str, str] = {}
    for hit in context.places:
        if hit.form == "full" and len(hit.places) == 1 and hit.places[0].level == "county":
            for short, name in _township_names(hit.places[0].code).items():
                shorts.setdefault(short, name)
    if not shorts:
        return
    for word in context.words:
        larger = any(place.level != "township" for place in load_gazetteer().short(word.text))
        if (
            len(word.text) >= 2
            and word.tag in ("LOC", "nz", "PER", "ORG")
            and word.text in shorts
            and not larger
        ):
            yield Found(word.start, word.end, "PLACE", "place.township", 0.65, {"name": shorts[word.text]})
    for match in _TOWNSHIPS.finditer(context.text):
        end = match.end("row")
        for item in reversed(re.split("[、和与]", match.group("row"))):
            start = next((n for n in range(end - len(item), end - 1) if context.text[n:end] in shorts), None)
            if start is None:
                break
            short = context.text[start:end]
            # The report's own full name (四马架乡) goes before the one of today.
            named = (short + unit for unit in ("乡", "镇", "街道") if short + unit in context.text)
            yield Found(start, end, "PLACE", "place.listed", 1.0, {"name": next(named, shorts[short])})
            end -= len(item) + 1


_TOWNSHIPS = re.compile(
    r"(?P<row>(?:[\u4e00-\u9fff]{2,8}、)+[\u4e00-\u9fff]{2,6}?(?:[和与][\u4e00-\u9fff]{2,6}?)?)"
    r"(?:等[两二三四五六七八九十\d]*个?|[两二三四五六七八九十\d]+个?)(?:乡镇|镇街|镇|乡|街道|苏木)(?!级|委|政府|民|长|联|协)"
)
"""A list of short names of townships: 悦来、苏家店等11个乡镇."""


_SHARED = re.compile(
    r"(?P<row>(?:[\u4e00-\u9fff]{1,4}?、){1,8}[\u4e00-\u9fff]{1,4}?(?:[和与][\u4e00-\u9fff]{1,4}?)?|[\u4e00-\u9fff]{2,3}?[和与][\u4e00-\u9fff]{2,3}?)"
    r"等?(?:[两二三四五六七八九十]|[两二三四五六七八九十\d]+个)(?P<unit>乡镇|[镇乡村县区市旗]|街道|社区|嘎查|苏木)(?!级|委|政府|民|长|联|协)"
)


def _shared(context: Context) -> Iterator[Found]:
    """吉阳、房道两镇, 排牙、卡拉、高要三村: names that share the noun which counts them."""
    for match in _SHARED.finditer(context.text):
        position = start = match.start("row")
        items = [
            (m.start() + position, m.end() + position) for m in re.finditer(r"[^、和与]+", match.group("row"))
        ]
        if match.group("unit") == "乡镇":
            continue  # which of the two is not said
        first = items[0]
        place = max((e for e in context.place_ends if first[0] < e < first[1]), default=None)
        verb = max(
            (
                w.end
                for w in context.words
                if first[0] <= w.start and w.end < first[1] and w.tag in ("v", "p", "n", "u")
            ),
            default=None,
        )
        items[0] = (max(first[0], place or 0, verb or 0), first[1])
        whole = context.text[items[0][0] : items[-1][1]]
        if (
            "的" in whole
            or any(context.text[b : b + 1] in LEVELS for _, b in items)
            or items[0][0] not in context.starts
        ):
            continue
        for start, end in items:
            if 1 <= end - start <= 4 and start in context.starts:
                form, unit = context.text[start:end], match.group("unit")
                name = form if form.endswith(unit) else form + unit
                yield Found(start, end, "PLACE", "place.shared", 0.85, {"name": name})


_UNDER = re.compile(
    r"的?(?P<name>(?P<own>[\u4e00-\u9fff]{1,5}?)(?:村(?:社区)?|社区|嘎查))(?!落|镇村|庄|级|镇|规|史|情|貌|容)"
)
_NO_NAME = re.compile(
    r"[各的了在和与、及以将对把被从向为到有是等多数两]|村$|[农大学乡]$|学生$|抵边$|[所站院]|戒毒|辖|所属|开展|推进|建设$|组织|举办|打造"
)


def _under(context: Context) -> Iterator[Found]:
    """五里甸子镇|老黑山村: what stands between a township's name and 村 or 社区 names it, however the words are cut."""
    for end, place in sorted(context.place_ends.items()):
        if place.form != "full" or not place.text.endswith(("镇", "乡", "街道", "苏木")):
            continue
        match = _UNDER.match(context.text, end)
        name = match.group("name") if match else ""
        if match is None or name in lexicon("generic_names"):
            continue
        own = match.group("own")
        verb = any(own[:length] in stops() for length in range(2, len(own) + 1))
        if verb or _KIND.match(own) or _COUNT_BEFORE.search(own) or _NO_NAME.search(own):
            continue
        yield Found(match.start("name"), match.end("name"), "PLACE", "place.under", 0.85)


_FEATURE = re.compile(
    r".+(?:[河江湖溪山岭岛峰沟湾港渠]|沙漠|草原|山口|口岸|雪山|大峡谷|古建筑群|高速公路|公路)$"
)


def _features(context: Context) -> Iterator[Found]:
    """Rivers, mountains and the like, as the lexical model sees them."""
    gazetteer = load_gazetteer()
    for word in context.words:
        named = word.tag == "LOC" and 2 <= len(word.text) <= 8 and _FEATURE.match(word.text)
        if (
            named
            and not gazetteer.short(word.text)
            and context.text[word.end : word.end + 1] not in tuple("县市区州")
        ):
            yield Found(word.start, word.end, "PLACE", "place.feature", 0.6)


_COUNT_END = re.compile(r"[两二三四五六七八九十]$")


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if not closed(context, hit.end) and not _closed(context, hit):
        return None
    settlement = "settlement" in hit.classes
    road = "road" in hit.classes
    start = left_edge(
        context,
        hit.start,
        quotes=not (settlement or road),
        persons=not (settlement or road),
        limit=12 if settlement or road else 20,
    )
    start = _after_place(context, start, hit) if settlement or road else _outer_area(context, start, hit)
    name, modifiers = text[start : hit.end], text[start : hit.start]
    if _COUNT_END.search(modifiers) and "、" in context.before(start, 6):
        return None  # 吉阳、房道|三镇: read by _shared
    if not modifiers or (name in lexicon("generic_names") and "PLACE" in lexicon("generic_names")[name]):
        return None
    if hit.form == "村" and modifiers.endswith("村"):
        return None
    if (
        hit.form in ("社区", "小区")
        and hit.start in context.place_ends
        and context.place_ends[hit.start].start == start
    ):
        return None  # 研城街道社区: a kind of community, not a name
    if hit.form == "村" and text.startswith("社区", hit.end):
        return None  # 昌安东村|社区: the name goes on
    if hit.form in ("乡", "寨", "屯") and text[hit.end : hit.end + 1] in tuple("市县区"):
        return None
    if road and any(context.words[i].tag == "PER" for i in context.word_index[start : hit.end] if i >= 0):
        return None
    if (
        settlement
        and text[start - 1 : start] == "“"
        and text[hit.end : hit.end + 1] == "”"
        and start not in context.place_starts
    ):
        return None  # a nickname: “首富村”
    if (
        _KIND.match(modifiers)
        or _COUNT_BEFORE.search(context.before(start, 4))
        or _COUNT_BEFORE.search(modifiers)
    ):
        return None
    if text[max(0, hit.end - 2) : hit.end] in forms_of("cues", "common_end"):
        return None
    if settlement and not 1 <= len(modifiers) <= 8:
        return None
    if not settlement and not _proper(context, start, hit):
        return None
    if settlement and not _named(context, start, hit):
        return None
    directed = settlement and text[start] in _DIRECTIONS and start + 1 in context.starts
    return Found(start, hit.end, "PLACE", "place.directed" if directed else "place." + min(hit.classes), 0.8)


def _closed(context: Context, hit: Hit) -> bool:
    """The lexical model sometimes runs on (村村民, 社区居民, 村党支部): the head still ends a name there."""
    return context.text.startswith(
        ("村民", "居民", "党", "村委", "新时代", "支书", "书记", "委会", "村史", "村口", "村头", "村里"),
        hit.end,
    )


def _after_place(context: Context, start: int, hit: Hit) -> int:
    """Cut at the last area before the name: 木门店镇|后董景村."""
    for position in range(hit.start - 1, start, -1):
        place = context.place_ends.get(position)
        if place is not None and place.form == "full" and hit.start - position <= 8:
            return position
        for found in context.found:
            if found.end == position and found.type == "PLACE" and found.rule != "place.short":
                return position
    for position in range(hit.start - 1, start, -1):
        # 递铺镇|鲁家村: a settlement inside the modifiers is a place of its own.
        inner = any(h.end == position and "settlement" in h.classes for h in context.hits["place_heads"])
        if inner and position - start >= 2 and position in context.ends:
            return position
    for position in range(start - 1, max(start - 4, 0), -1):
        # 五图街道|庵上湖社区: the lexical model broke the name, but an area ends just before.
        place = context.place_ends.get(position)
        if context.text[position] in "\n，。、；：“”（）的是有在":
            break
        if place is not None and place.form == "full":
            gap = context.text[position:start]
            return (
                position
                if gap in _DIRECTIONS or (gap not in lexicon("name_stops") and start - position <= 2)
                else start
            )
    if start > 0 and context.text[start - 1] in _DIRECTIONS and (start - 1) in context.starts:
        before = context.word_index[start - 2] if start > 1 else -1
        if before < 0 or context.words[before].tag in ("v", "w", "p"):
            return start - 1  # 走进|后董景村: a direction word that opens a village's name
    return start


_DIRECTIONS = frozenset("上下前后东西南北中大小里外")


def _outer_area(context: Context, start: int, hit: Hit) -> int:
    """Venues drop the areas before a proper name (县溪镇|恭城书院) and keep the nearest before a generic (县|文化中心)."""
    text = context.text
    if text.startswith("县城", start):
        start += 2
    while True:
        place = context.place_starts.get(start)
        end = place.end if place is not None and place.form == "full" else None
        if end is None:
            settled = [
                f.end
                for f in context.found
                if f.start == start
                and f.type == "PLACE"
                and f.rule in ("place.settlement", "place.directed")
                and f.end <= hit.start
            ]
            end = max(settled, default=None)
        if end is None or end >= hit.start:
            return start
        following = context.place_starts.get(end)
        if following is not None and following.form == "full" and following.end <= hit.start:
            start = end
            continue
        rest = text[end : hit.end]
        tags = {context.words[i].tag for i in context.word_index[end : hit.start] if i >= 0}
        proper = bool(tags & {"LOC", "nz", "PER"}) and text[end : hit.start] not in ("人民", "中山", "解放")
        if proper and rest not in lexicon("generic_names"):
            return end
        return start


def _proper(context: Context, start: int, hit: Hit) -> bool:
    text = context.text
    if context.place_starts.get(start) is not None and context.place_starts[start].end <= hit.start:
        return True
    if text[start] in "省市县区州旗镇乡" and len(text[start : hit.start]) >= 1:
        return True
    if "”" in text[start : hit.start]:
        return True
    tags = {context.words[i].tag for i in context.word_index[start : hit.end] if i >= 0}
    return bool(tags & {"LOC", "nz", "ORG", "PER"})


def _named(context: Context, start: int, hit: Hit) -> bool:
    """A settlement name is proper when the lexical model sees a place, or an area or list stands before it."""
    tags = {context.words[i].tag for i in context.word_index[start : hit.end] if i >= 0}
    if tags & {"LOC", "nz", "ORG"}:
        return True
    edge = start - 1 if context.before(start, 1) == "的" and len(hit.form) > 1 else start  # 宋埠镇的|牌楼古村
    return edge in context.place_ends or any(
        found.end == edge and found.type == "PLACE" for found in context.found
    )
