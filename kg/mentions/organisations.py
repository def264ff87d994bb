"""Organisations: a head noun (局, 派出所, 志愿服务队) with the area, body or proper name before it, and national bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.doc import Found
from kg.knowledge.lexicons import Hit, alternation, forms_of, lexicon
from kg.mentions.context import Context
from kg.mentions.phrase import LEVELS, closed, left_edge

_YOUTH = re.compile(
    r"共青团(?:[^，。、；：“”（）\s]{2,12}?)(?:委员会|委)(?!员)|团(?:[省市县区州旗镇]委|中央)(?!员)"
)
_YOUTH_AREA = re.compile(r"团[^，。、；：“”（）\s向和与对把被]{2,9}?[省市县区州旗镇乡](?:委员会|委)(?!员)")
_MEDIA = re.compile(
    r"(?<![\u4e00-\u9fff])(?!本报|[^\s]*(?:申报|举报|上报|预报|通报|填报|汇报|海报|墙报))[\u4e00-\u9fff]{1,8}(?:日报|晚报|晨报|都市报|商报|时报|早报|青年报|法治报|法制报)"
    r"(?=讯|社|记者|全媒体|客户端|[）\s]|报道)|(?<![\u4e00-\u9fff])(?!本报)[\u4e00-\u9fff]{2,6}报(?=讯（|记者|社记者)"
)
_SCHOOL = re.compile(
    r"(?:[省市县区州旗镇]|[\u4e00-\u9fff]{2,6})(?:[一二三四五六七八九十]|实验|职)(?:中|小)(?=[，。、；：“”（）的举获在高初与和教学师校]|代表队)"
)
_MILITARY = re.compile(
    r"(?:武警|解放军)[^，。、；：“”（）\s的]{1,14}?(?:中队|支队|总队|大队|部队)|\d{5}部队(?:某[连营团部])?"
)
_CONGRESS = re.compile(r"([省市县区州旗])(人大(?:常委会)?|政协)")
_PAIR = re.compile(r"([省市县区州旗镇乡])委、(?:\1)?政府")
_BAD_LEFT = re.compile(
    r"(?:各|全|有关|相关|该|本|每|某|多|\d|[一二三四五六七八九十两几]|余)(?:[级个支家所名类])?$"
)
_BAD_INSIDE = re.compile(r"^(?:[一二三四五六七八九十两\d]+[个支家所名]|各|全[县市区省镇乡村])")


def find_organisations(context: Context) -> Iterator[Found]:
    """Mentions of organisations, nested ones too; the arbiter chooses."""
    yield from _central(context)
    yield from _patterns(context)
    for hit in longest_by_end(context.hits["organisation_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found
            if found.type == "ORG":
                yield from _parents(context, found)
    yield from _tagged(context)
    yield from _teams(context)
    yield from _local(context)
    yield from _tribunals(context)


_TRIBUNAL = re.compile(r"(?:法院|^)?([\u4e00-\u9fff]{2,3})人民法庭")


def _tribunals(context: Context) -> Iterator[Found]:
    """岩前法庭 where the report has …人民法院岩前人民法庭: the short form of a tribunal told in full."""
    for stem in sorted({match.group(1) for match in _TRIBUNAL.finditer(context.text)}):
        for match in re.finditer(re.escape(stem + "法庭"), context.text):
            yield Found(match.start(), match.end(), "ORG", "org.tribunal", 0.8)


_LOCAL = re.compile(
    r"(?P<level>村|社区)(?:党支部|党总支|党委(?!会)|村委会|居委会|居民委员会|村民委员会|(?<=村)委会)"
)


def _local(context: Context) -> Iterator[Found]:
    """村党支部, 社区党委 alone: the body of the village named last."""
    for match in _LOCAL.finditer(context.text):
        start = match.start()
        number = context.word_index[start - 1] if start > 0 else -1
        named = number >= 0 and context.words[number].tag not in (
            "v",
            "p",
            "c",
            "u",
            "w",
            "d",
            "xc",
            "TIME",
            "t",
            "f",
        )
        if start in context.starts and not named and not _BAD_LEFT.search(context.before(start, 3)):
            yield Found(start, match.end(), "ORG", "org.local", 0.8, {"level": match.group("level")})


_WITHIN = ("长", "员", "会", "办", "局", "党组", "机关", "常委", "监委", "校", "有限", "公室", "社", "学会", "联合会")  # fmt: skip
"""What goes on with a body's own name, or makes a post of it (县人大|常委会, 新华小学|校), so that no parent ends there."""


def _parents(context: Context, found: Found) -> Iterator[Found]:
    """县公安局 of 县公安局黄水派出所: a body named at the start of its unit's name."""
    text = context.text
    seen: set[int] = set()
    for hit in context.hits["organisation_heads"]:
        if hit.start <= found.start or hit.end >= found.end or hit.end in seen or len(hit.form) < 2:
            continue
        whole = hit.classes & {"organ", "institution", "company"} or hit.form.endswith("分局")
        if not whole or not _anchored(context, found.start, hit):
            continue
        joined = text.startswith(_WITHIN, hit.end) and not text.startswith(("社会", "社区", "社保"), hit.end)
        if joined and hit.form not in (
            "县委",
            "市委",
            "区委",
            "省委",
            "州委",
            "旗委",
        ):
            continue
        if any(
            other.start < hit.start and other.end == hit.end and other.start > found.start
            for other in context.hits["organisation_heads"]
        ):
            continue
        if "”" in text[found.start : hit.end]:
            continue
        seen.add(hit.end)
        yield Found(found.start, hit.end, "ORG", "org.parent", 0.7)


_BODY_END = re.compile(
    r"(?:局|会|院|校|社|厂|店|队|团|所|站|馆|办|委|部|中心|公司|集团|银行|一中|二中|三中|完小|中学|小学|大学|医院|支行|海关|警备区|军分区|军区|边检站|检查站|管理处|分公司|学会|专班|处|报)$"
)

_VERB_END = re.compile(r"(?:主|承|协|联|举|创|开)办$")
"""The lexical model runs on into what the body does: 县民宿协会|协办."""


def _tagged(context: Context) -> Iterator[Found]:
    """Bodies that only the lexical model sees, if they end like a body and begin like a name."""
    for word in context.words:
        verb = _VERB_END.search(word.text)
        end = word.end - len(verb.group()) if verb else word.end
        name = context.text[word.start : end]
        if word.tag != "ORG" or len(name) < 4 or not _BODY_END.search(name) or name.startswith("本报"):
            continue
        if "ORG" in lexicon("generic_names").get(name, ()) or _BAD_LEFT.search(context.before(word.start, 3)):
            continue
        yield Found(word.start, end, "ORG", "org.tagged", 0.6)


def longest_by_end(hits: list[Hit]) -> list[Hit]:
    """Of hits that end at the same place only the longest, in text order."""
    best: dict[int, Hit] = {}
    for hit in hits:
        known = best.get(hit.end)
        if known is None or hit.start < known.start:
            best[hit.end] = hit
    return [best[end] for end in sorted(best)]


def _central(context: Context) -> Iterator[Found]:
    taken = -1
    for hit in context.hits["central_organisations"]:
        if hit.start < taken or not _free(context, hit.start, hit.end):
            continue
        taken = hit.end
        if context.text.startswith(("代表", "委员"), hit.end) and hit.form.endswith(("人大", "政协")):
            continue  # 全国人大代表: a deputy's title
        if "united" in hit.classes and (
            hit.end in context.place_starts or context.text[hit.end : hit.end + 1] in LEVELS
        ):
            continue  # 民盟泸州市委: the name goes on
        abroad = "international" in hit.classes
        rule, score = ("org.international", 0.5) if abroad else ("org.central", 0.95)
        yield Found(hit.start, hit.end, "ORG", rule, score)


def _patterns(context: Context) -> Iterator[Found]:
    for pattern, rule in (
        (_YOUTH, "org.youth"),
        (_YOUTH_AREA, "org.youth"),
        (_MILITARY, "org.military"),
        (_MEDIA, "org.media"),
    ):
        for match in pattern.finditer(context.text):
            yield Found(match.start(), match.end(), "ORG", rule, 0.9)
    for match in _PAIR.finditer(context.text):
        # 县委、政府: the government's level stands on its neighbour.
        if match.group().endswith("、政府"):
            yield Found(match.end() - 2, match.end(), "ORG", "org.pair", 0.8, {"level": match.group(1)})


@cache
def _team() -> re.Pattern[str]:
    return re.compile(
        r"(?:国家|国奥|代表)?(?:男子|女子|青年|少年|男|女)?"
        rf"(?:{alternation('cues', 'sport')})?(?:男|女|二|一)?队(?![员长伍列友旗])"
    )


def _teams(context: Context) -> Iterator[Found]:
    """深圳队, 韩国女队, 五华县少年足球队: the team of an area or a nation."""
    named = {(w.start, w.end) for w in context.words if w.tag == "LOC"} | {
        (w.start, w.start + n) for w in context.words if w.tag == "ORG" for n in (2, 3)
    }
    owners = [
        (place.start, place.end)
        for place in context.places
        if place.form == "full" or (place.start, place.end) in named
    ]
    owners += [(hit.start, hit.end) for hit in context.hits["nations"]]
    owners += [
        (f.start, f.end)
        for f in context.found
        if f.type == "PLACE" and f.rule in ("place.settlement", "place.under")
    ]
    for start, end in sorted(set(owners)):
        match = _team().match(context.text, end)
        if match is not None and start in context.starts and match.end() in context.ends:
            yield Found(start, match.end(), "ORG", "org.side", 0.75)


def _free(context: Context, start: int, end: int) -> bool:
    """No word of the lexical model runs across either edge of a known name, unless the model joined a longer name."""
    for edge in (start, end):
        if edge < len(context.text) and edge > 0:
            left, right = context.word_index[edge - 1], context.word_index[edge]
            if left >= 0 and left == right and context.words[left].tag not in ("ORG", "LOC", "nz"):
                return False
    return True


def _headed(context: Context, hit: Hit) -> Found | None:
    text, classes = context.text, hit.classes
    seated = (
        _COMMITTEE.fullmatch(hit.form) is not None or hit.form in forms_of("cues", "party_department")
    ) and _POST.match(text, hit.end) is not None
    if not seated and not closed(context, hit.end):
        return None
    if len(hit.form) == 1 and not ({"organ", "unit", "company"} & classes):
        return None
    others = {
        ending for ending in _endings(context, hit) if ending != hit.form
    }  # 县|法院 is a body, 入院 none
    if len(hit.form) <= 2 and not forms_of("cues", "not_body").isdisjoint(others):
        return None
    if _verbal(context, hit):
        return None
    if "complete" in classes and _set_up(context, hit.start):
        return Found(hit.start, hit.end, "ORG", "org.complete", 0.75)
    working = _WORKING.search(hit.form) is not None
    start = left_edge(
        context, hit.start, verbs=working, joins="organ" in classes or "body" in classes, limit=36
    )
    if working:
        start = _level_start(context, start, hit)
    outer = start
    start = _trim(context, start, hit)
    name = text[start : hit.end]
    modifiers = text[start : hit.start]
    if name in lexicon("generic_names") and "ORG" in lexicon("generic_names")[name]:
        return None
    if _BAD_LEFT.search(context.before(start, 3)) or _BAD_INSIDE.match(name):
        return None
    if not modifiers:
        return _bare(hit) or _listed(context, hit)
    anchored = _anchored(context, start, hit)
    if modifiers in LEVELS and hit.form in ("局", "厅", "所", "院", "部", "站", "队", "会", "中心"):
        return None  # 市局, 省厅: short for a body named elsewhere
    if re.match(r"[省市县区州镇乡村]级", name) or _quoted_title(context, start, hit, anchored=anchored):
        return None
    if "organ" in classes and len(hit.form) <= 2 and not anchored:
        return None
    if hit.form in ("部", "会", "院", "所", "站", "室", "处", "科", "股") and not anchored:
        return None
    if (
        not anchored
        and not _proper(context, start, hit)
        and not (len(modifiers) >= 2 and _acting(context, start, hit))
    ):
        return None
    score = 0.9 if anchored else 0.75
    venue = _is_venue(context, start, hit)
    return Found(
        start,
        hit.end,
        "PLACE" if venue else "ORG",
        "place.venue" if venue else "org." + min(classes),
        score,
        _outer(outer, start),
    )


_WORKING = re.compile(r"领导小组|指挥部|工作组|委员会|督察组|督导组|专班|联席会议|组委会")
_ACTS = re.compile(
    r"(?:被(?:评为|授予|命名|列为|认定)|获评|荣获|获得|获|联合|承办|主办|负责|正式成立|揭牌|挂牌)"
)
_SET_UP = re.compile(r"(?:成立|组建|建立|设立|健全|完善|新成立|组成|推选|选举产生)(?:了|起)?$")


def _outer(outer: int, start: int) -> dict[str, str]:
    """The longer printed form (with the chain of areas) is kept as one more form of the name."""
    return {"outer": str(start - outer)} if outer < start else {}


def _set_up(context: Context, start: int) -> bool:
    """红白理事会 and its kin are names by themselves where they are set up, alone or in a list."""
    line = context.before(start, 40)
    return _SET_UP.search(line) is not None or line.endswith(("、", "和")) or _anchor_before(context, start)


def _anchor_before(context: Context, start: int) -> bool:
    return (
        any(found.end == start and found.type == "PLACE" for found in context.found)
        or start in context.place_ends
    )


def _acting(context: Context, start: int, hit: Hit) -> bool:
    """An unanchored body that acts or is honoured right after its name, or is set up right before it."""
    if not hit.classes & {"body", "institution", "team", "organ"}:
        return False
    return (
        _ACTS.match(context.text, hit.end) is not None or _SET_UP.search(context.before(start, 8)) is not None
    )


_FOUNDED = re.compile(
    r"(?:成立|组建|设立)(?=(?:创建|推进|开展|建设|申报|深化|整治|防治|打击|防范|落实|加强))"
)
"""县里成立|推进移风易俗工作领导小组: what is set up is named from its task on."""


def _level_start(context: Context, start: int, hit: Hit) -> int:
    """阳城县|创建全国文明城市|指挥部: a working body's name may hold its task, from its area or level on."""
    text = context.text
    floor = max(context.sentence(hit.start)[0], hit.start - 30)
    # An aspect particle belongs to a predicate (指挥部新成立了|19个工作组): a name holds it as little as a comma.
    cut = max((text.rfind(c, floor, hit.start) for c in "，。；：、“”（）了着过"), default=-1) + 1
    founded = _FOUNDED.search(text, max(cut, floor), start)
    if founded is not None and founded.end() in context.starts:
        return founded.end()
    for position in range(max(cut, floor), start):
        place = context.place_starts.get(position)
        level = (
            text[position] in LEVELS
            and position in context.starts
            and text[position + 1 : position + 3] in ("创建", "推进", "开展", "建设", "申报")
        )
        if (
            place is not None
            and place.form == "full"
            and text[place.end : place.end + 2] in ("创建", "推进", "开展", "建设", "申报", "深化")
        ) or level:
            return position
    return start


_HERE = re.compile(r"(?:在|走进|来到|走到|位于|集中在|前往|到)$")
_HAPPENS = re.compile(
    r"(?:举行|召开|举办|开幕|启动|开讲|开展|揭牌|落幕|上演|门口|门前|里|内|前|旁|广场|一楼|二楼|三楼|大厅|会议室|多功能厅|报告厅|隆重|正式|进行)"
)


def _is_venue(context: Context, start: int, hit: Hit) -> bool:
    """Institutions are places where something happens in them, and always when their name is a venue's (会议中心)."""
    if any(
        other.end == hit.end and other.start < hit.start and "venue" in other.classes
        for other in context.hits["place_heads"]
    ):
        return True
    if hit.form not in forms_of("cues", "venue_body"):
        return False
    return (
        _HERE.search(context.before(start, 6)) is not None
        and _HAPPENS.match(context.text, hit.end) is not None
    )


def _endings(context: Context, hit: Hit) -> tuple[str, str]:
    """The word that ends with the head, and the last two characters (the lexical model joins 协会协办 to one word)."""
    number = context.word_index[hit.end - 1]
    return context.words[number].text if number >= 0 else "", context.text[hit.end - 2 : hit.end]


def _verbal(context: Context, hit: Hit) -> bool:
    """村|民办, 联合|创办: the head is part of a verb for the lexical model."""
    number = context.word_index[hit.end - 1]
    if number < 0:
        return False
    word = context.words[number]
    return (word.tag in ("v", "vd", "d", "p") and len(hit.form) == 1) or (
        word.tag == "v" and hit.form.endswith("办") and len(hit.form) <= word.end - word.start
    )


def _trim(context: Context, start: int, hit: Hit) -> int:
    """Cut an area chain down to its last area when the body belongs to that one (宁城县 of 赤峰市宁城县政务服务局)."""
    while True:
        place = context.place_starts.get(start)
        if place is None or place.end >= hit.start or place.form != "full":
            return start
        following = context.place_starts.get(place.end)
        if following is not None and following.end <= hit.end and following.form == "full":
            start = place.end
            continue
        settled = any(
            f.start == place.end
            and f.type == "PLACE"
            and f.rule in ("place.settlement", "place.directed")
            and f.end <= hit.end
            for f in context.found
        )
        if not settled:
            return start
        start = place.end


def _quoted_title(context: Context, start: int, hit: Hit, *, anchored: bool) -> bool:
    """“枫桥式公安派出所”: a body's noun alone in quotes is a title or a nickname, unless it is set up there."""
    text = context.text
    if text[start - 1 : start] != "“" or text[hit.end : hit.end + 1] != "”":
        return False
    return (not anchored or hit.end - start <= 4) and not _set_up(context, start - 1)


_COMMITTEE = re.compile(r"[省市县区州旗镇乡盟地]委")
_POST = re.compile(r"书记|副书记|常委|委员|秘书长")


def _bare(hit: Hit) -> Found | None:
    if _COMMITTEE.fullmatch(hit.form):
        return Found(hit.start, hit.end, "ORG", "org.party", 0.9)
    return None


_SEAT = re.compile(r"([省市县区州旗])委(?:副书记|常委|委员|书记)?、$")


def _listed(context: Context, hit: Hit) -> Found | None:
    """县委宣传部、商务局: a bureau listed after a body shares its level or area."""
    if "organ" not in hit.classes or len(hit.form) < 3 or context.text[hit.start - 1 : hit.start] != "、":
        return None
    seat = _SEAT.search(context.before(hit.start, 12))
    if seat is not None and hit.form in forms_of("cues", "party_department"):
        return Found(
            hit.start,
            hit.end,
            "ORG",
            "org.listed",
            0.85,
            {"level": seat.group(1), "head": seat.group(1) + "委"},
        )
    for other in reversed(context.found):
        if other.type == "ORG" and other.end == hit.start - 1:
            level = other.attributes.get("level") or context.text[other.start]
            if (
                level in LEVELS
                and other.start in context.starts
                and context.place_starts.get(other.start) is None
            ):
                return Found(hit.start, hit.end, "ORG", "org.listed", 0.75, {"level": level})
            place = context.place_starts.get(other.start)
            if place is not None and place.form == "full" and place.end < other.end:
                return Found(hit.start, hit.end, "ORG", "org.listed", 0.75, {"level": place.text[-1]})
    return None


def _anchored(context: Context, start: int, hit: Hit) -> bool:
    """Whether the name begins with an area, a level (县, 市) or another body."""
    text = context.text
    if (text[start] in LEVELS and hit.start > start) or text.startswith(
        ("街道", "社区", "自治区", "地区"), start
    ):
        return True
    place = context.place_starts.get(start)
    if place is not None and place.end <= hit.end:
        return True
    return any(
        found.start == start and found.end <= hit.start and found.type in ("PLACE", "ORG")
        for found in context.found
    )


def _proper(context: Context, start: int, hit: Hit) -> bool:
    """Whether unanchored modifiers name (“老娘舅”调解室, 皖江工学院) rather than describe (专业志愿服务队)."""
    text = context.text
    modifiers = text[start : hit.start]
    if "”" in modifiers:
        return True
    tags = {context.words[i].tag for i in context.word_index[start : hit.start] if i >= 0}
    proper = bool(tags & {"LOC", "ORG", "nz", "PER"})
    head_word = context.word_index[hit.end - 1]
    if head_word >= 0 and context.words[head_word].tag in ("ORG", "nz", "LOC"):
        proper = True
    if hit.classes & {"institution", "company", "team"}:
        return proper
    return proper and len(modifiers) >= 2
