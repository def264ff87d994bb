"""Awards without quotation marks: prizes, honours with a level, designations, and what stands after a verb of awarding.

The grammar of honour names: (level)(field)(先进|优秀|文明|示范|模范|最美|十佳 …)(holder noun), e.g. 全国|道德|模范.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.doc import Found
from kg.knowledge.lexicons import Hit, alternation, forms_of, lexicon
from kg.mentions.context import Context
from kg.mentions.organisations import longest_by_end
from kg.mentions.phrase import left_edge

_LEVEL = re.compile(r"(?:全国|国家|中国|中华|全省|全市|全区|全县|全州|省级|市级|县级|区级|州级|部级|世界)")
_EDITION = re.compile(
    r"(?:首批|首届|第[一二三四五六七八九十百\d]+[批届次]|(?:\d{4}(?!\d)|[一二〇○零]{4})(?:[-—－～~至](?:\d{4}|[一二]\d{3}))?年?度?"
    r"|[第上下][一二三四]?(?:季度|半年)|\d+月份?|年度|新一轮|一批|一个|\d+[个项名]|[一二三四五六七八九十两]+[个项名]|本年度|周期|了|为|过)+"
)
_EDITION_END = re.compile(_EDITION.pattern + "$")
_PRIZE_LIST = re.compile(r"(?:特|[一二三])(?:、[一二三])+等奖|第?[一二三](?:、[二三])+名")
_PRIZE = re.compile(
    r"(?:特|[一二三四])等奖|(?:金|银|铜|优秀|优胜|鼓励|入围|提名|纪念)奖|"
    r"(?:人气|组织|创意|风尚|贡献|进步|特别|创新|表演|实践|文明|才艺|风采|展示|表现|报道|作品|成果|设计|合作|团队|精神|书法|服务)[^获得，。、；设摘捧夺的\W]{0,2}奖(?!牌|项|金|状|章|杯|典|品|励|大会|仪式|学)"
)
_RANK = re.compile(r"(?:团体|男子|女子)?(?:冠军|亚军|季军)|(?:团体|男子|女子|单项)?第[一二三四五六]名")
_LISTED = re.compile(r"[：:\s]|(?:、(?:冠|亚|季)军)*(?:分别)?[由为归]")
"""What follows a rank in a list of winners: 冠军：A、B; 冠军、亚军分别由A、B获得."""
_MERIT = re.compile(r"(?:个人|集体)?[特一二三]等功|集体嘉奖")
_TAIL = re.compile(r"(?:等)?(?:光荣|荣誉)?(?:称号|奖牌|牌匾|荣誉|殊荣)")
_COUNTED = re.compile(r"(?:有|各)?\s*\d+\s*余?\s*[户名个人]")


_NUMBERED = re.compile(r"\d+余?[个名位户家所](?:“[^“”]*$)?$")
_GIVING = re.compile(r"表彰|授予|命名|评选|评出|通报表扬|颁奖|颁发|嘉奖|授牌|奖励")


def find_awards(context: Context) -> Iterator[Found]:
    """Mentions of awards outside quotation marks."""
    yield from _prizes(context)
    for hit in longest_by_end(context.hits["award_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found
    yield from _objects(context)
    yield from _over_lists(context)


_OVER_LIST = re.compile(
    r"(?m)(?:^|(?<=[。；]))(?P<number>[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、]\s?)?"
    r"(?P<name>“[^“”\n]{2,20}”(?:提名)?奖?|‘[^‘’\n]{2,20}’|[^，。；：、“”‘’（）()《》\s]{3,24})"
    r"(?P<count>[（(]?\d+[名个户位项条件家篇幅所支][）)]?)?(?:[：:][ \t]*|[ \t]*\n)"
)


_SELECTED = re.compile("名单|获奖|表彰|评选|揭晓|公布")
_AWARDING = re.compile(r"[获评]|授予|命名|认定为|入选")


def _over_lists(context: Context) -> Iterator[Found]:
    """“最美家庭”（5户）：甲、乙; 一、先进集体 over a line of bodies: the honour stands as the head of the list of its holders."""
    text = context.text
    for match in _OVER_LIST.finditer(text):
        start, end = match.span("name")
        quoted = text[start] in "“‘"
        name = text[start:end].strip("“”‘’")
        colon = match.group().rstrip(" \t\n").endswith(("：", ":"))
        marked = colon or match.group("number") or match.group("count")
        honour = _ends_as_honour(name)
        selected = quoted and colon and _SELECTED.search(text, max(0, start - 150), start) is not None
        if not (honour or selected) or not marked or _PRIZE.search(name) or _RANK.search(name):
            continue
        if not _named_at(context, match.end()) or (not quoted and _verbal(context, start, end)):
            continue
        line = text[match.end() : match.end() + 80].split("\n", 1)[0]
        if _AWARDING.search(line):
            continue  # the list names honours of its own
        if quoted and text[end - 1] in "”’":
            start, end = start + 1, end - 1
        yield Found(start, end, "AWARD", "award.over-list", 0.9)


def _ends_as_honour(name: str) -> bool:
    heads = lexicon("award_heads")
    return _honour().search(name) is not None or any(name[-length:] in heads for length in range(2, 7))


def _named_at(context: Context, position: int) -> bool:
    """Whether a holder is named at a position: a body, a place, a person, a quoted or book-marked work."""
    text = context.text
    opening = text[position : position + 2]
    position += len(opening) - len(opening.lstrip(" “《"))
    if text[position - 1 : position] == "《":
        return True
    number = context.word_index[position] if position < len(text) else -1
    person = number >= 0 and context.words[number].start == position and context.words[number].tag == "PER"
    return person or any(f.start == position and f.type in ("ORG", "PLACE", "PROGRAM") for f in context.found)


_NAMING = re.compile(
    r"(?P<title>获评|评为|当选为?|推为|推选为|表彰为|(?<=被)授予)|入选|列[为入]|认定为|命名为|确定为|定为|注册为|荣膺|荣获|获得?|跻身|晋升为|晋级为|入围|获批|摘得"
    r"|夺得|夺取|捧[回得]|拿下|荣登|登上|申报|争创|争当|冲刺|创建成功?|创成|成为|(?<=[^于不就还也只但都])[是系](?!否)"
)
"""`title`: whatever a person or body is voted or named is a title; after the others a level or a word of honour must say so."""
_OBJECT = re.compile(r"(?:[^，。；：、“”（）\s！？]|“[^“”]{1,20}”){4,34}")
_OBJECT_END = re.compile(
    r"(?:称号|荣誉|名单|之一|以来|以后|之后|后|的|并|行列|等\d|的消息|奖牌|牌匾|匾额|证书|获得者|推荐|候选|掀起|[一二三]、|\d+[个名项户家])"
)
_CONTEST_PRIZE = re.compile(r"(?:大赛|比赛|竞赛|邀请赛|[会调汇展]演).*(?:奖|冠军)$|专利|表彰$")
"""The contest and its prize are two things; commendation without a title is none."""


def _objects(context: Context) -> Iterator[Found]:
    """What is named after 入选, 获评, 被列为 …: a level or a word of honour makes it an award, whatever its head noun."""
    text = context.text
    for verb in _NAMING.finditer(text):
        start = _skip(context, verb.end(), min(verb.end() + 30, len(text)))
        match = _OBJECT.match(text, start)
        if match is None:
            continue
        end = match.end()
        stop = _OBJECT_END.search(text, start + 2, end)
        if stop is not None:
            end = stop.start()
        name = text[start:end]
        if end - start < 4 or (end not in context.ends and text[end - 1] != "”"):
            continue
        level = _LEVEL.match(name) is not None or _leveled(context, start, name)
        if _verbal(context, start, end) or name in lexicon("generic_names") or _not_one(context, start, name):
            continue
        honour = _honour().search(name) is not None
        copula = verb.group() in ("是", "系", "成为")
        if (level and honour) if copula else (level or honour):
            yield Found(start, end, "AWARD", "award.copula" if copula else "award.object", 0.9)
        elif _TAIL.match(text, end) or (verb.group("title") and end - start <= 10):
            yield Found(start, end, "AWARD", "award.title", 0.7)


def _not_one(context: Context, start: int, name: str) -> bool:
    """Rows of quotes, the giver before a quoted title, and a contest with its prize are several things."""
    quote = name.find("“")
    giver = quote > 0 and any(f.type == "ORG" and f.end == start + quote for f in context.found)
    return giver or "”“" in name or _CONTEST_PRIZE.search(name) is not None


def _prizes(context: Context) -> Iterator[Found]:
    text = context.text
    for pattern, rule in ((_PRIZE, "award.prize"), (_MERIT, "award.merit")):
        for match in pattern.finditer(text):
            yield Found(_prize_start(context, match), match.end(), "AWARD", rule, 0.9)
    for match in _RANK.finditer(text):
        listed = match.start() == 0 or text[match.start() - 1] in "\n；、"
        if verb_licence(context, match.start()) is not None or (listed and _LISTED.match(text, match.end())):
            yield Found(match.start(), match.end(), "AWARD", "award.rank", 0.7)
    for match in _PRIZE_LIST.finditer(text):
        suffix = "名" if match.group().endswith("名") else "等奖"
        prefix = "第" if suffix == "名" else ""
        ranks = list(re.finditer(r"[特一二三]", match.group()))
        for rank in ranks:
            start = match.start() + rank.start()
            end = match.end() if rank is ranks[-1] else start + 1
            name = prefix + rank.group() + suffix
            yield Found(start, end, "AWARD", "award.prize-list", 0.95, {"name": name})


def _prize_start(context: Context, match: re.Match[str]) -> int:
    """最佳组织奖 keeps its adjective; ranks (一等奖) have none."""
    start = match.start()
    if (
        re.fullmatch(r"[特一二三四]等奖|[金银铜]奖|个人.*|集体.*", match.group())
        or context.quoted(start) is not None
    ):
        return start
    return left_edge(context, start, quotes=False, limit=8)


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if ("prize" in hit.classes and hit.form != "奖") or context.quoted(hit.start) is not None:
        return None
    if hit.end < len(text) and hit.end not in context.ends and not text.startswith(("称号", "荣誉"), hit.end):
        return None
    end = _with_bracket(context, hit.end)
    start = _start(context, hit)
    name = text[start:end]
    if name.startswith(("奖", "得")):
        return None  # 为获|奖者颁奖, 获|得者
    if name in lexicon("generic_names") and "AWARD" in lexicon("generic_names")[name]:
        return None
    licence = verb_licence(context, start)
    level = _leveled(context, start, name)
    honour = _honour().search(name) is not None
    if _TAIL.match(text, end) or licence in ("award", "award_give"):
        if hit.start == start and len(hit.form) < 4:
            return None
        prize = hit.form == "奖" and licence == "award" and 3 <= end - start <= 12
        if not (_TAIL.match(text, end) or honour or prize or (level and licence == "award")):
            return None
        return Found(start, end, "AWARD", "award.verb", 0.9)
    if honour and (hit.start > start or len(hit.form) > 3) and _COUNTED.match(text, end):
        return Found(start, end, "AWARD", "award.counted", 0.75)
    if honour and _NUMBERED.search(context.before(start, 8)):
        opening = text[context.sentence(start)[0] : start]
        if _GIVING.search(opening):
            return Found(start, end, "AWARD", "award.numbered", 0.8)
    if honour and text[end : end + 1] == "：" and (start == 0 or text[start - 1] in "\n，。；"):
        return Found(start, end, "AWARD", "award.list", 0.8)
    if level and honour and (licence is not None or _LEVEL.match(name)):
        return Found(start, end, "AWARD", "award.level", 0.8 if licence else 0.7)
    if licence == "strive" and honour and (hit.start > start or "designation" in hit.classes):
        return Found(start, end, "AWARD", "award.strive", 0.7)
    return None


@cache
def _honour() -> re.Pattern[str]:
    return re.compile(alternation("cues", "honour_word"))


def _with_bracket(context: Context, end: int) -> int:
    """文明村镇（街道、乡）, 团支部（总支）: a short bracket of alternatives belongs to the title."""
    bracket = context.opening.get(end)
    if bracket is None or bracket.mark not in "（(" or bracket.end - end > 9:
        return end
    inner = context.text[end + 1 : bracket.end - 1]
    return (
        bracket.end
        if re.fullmatch(
            r"(?:[村镇乡县市区州地社]|总支|街道|集体|个人|城区|县城)(?:、(?:[村镇乡县市区州地社]|街道))*",
            inner,
        )
        else end
    )


def _start(context: Context, hit: Hit) -> int:
    """Where the title begins: at its level word or area when one stands in reach, else at the edge of its modifiers."""
    text = context.text
    edge = left_edge(context, hit.start, verbs=True, limit=32)
    edge = _skip(context, edge, hit.start)
    floor = max(context.sentence(hit.start)[0], hit.start - 26)
    window = text[floor : hit.start]
    cut = max((window.rfind(c) for c in "，。；：、“”（）！？ 的"), default=-1) + 1
    window_start = floor + cut
    levels = list(_LEVEL.finditer(text, window_start, hit.start))
    if len(levels) > 1 and text[levels[0].end() : levels[-1].start()].endswith(_HAVING):
        return levels[-1].start()  # 全县现有|全国文明村
    for match in _LEVEL.finditer(text, window_start, hit.start + 1):
        begins = match.start() < edge and match.start() in context.starts and match.end() <= hit.start + 1
        if begins and _LEVEL.search(text, match.end(), edge + 1):
            continue  # 全市创建|全国文明城市: the nearer level begins the title
        if begins and not _verbal(context, match.end(), edge):
            return match.start()
    return edge


_HAVING = ("有", "现有", "共有", "拥有", "建成", "创建", "建有", "获评", "获", "创成", "入选", "评为")


def _verbal(context: Context, start: int, end: int) -> bool:
    """Whether a verb of acting stands between a level word and the title (全县|建成|市级示范村)."""
    for number in sorted({context.word_index[position] for position in range(start, end)}):
        if number < 0:
            return True
        word = context.words[number]
        if (
            word.tag in ("v", "p", "u", "d", "c", "ad", "r")
            and word.text not in forms_of("cues", "nominal_verb")
            and (word.text in lexicon("name_stops") or word.tag != "v")
        ):
            return True
    return False


def _skip(context: Context, start: int, head: int) -> int:
    """Skip editions (首批, 2019年度) and verbs that the lexical model joined to the name."""
    text = context.text
    words = (
        forms_of("licences", "award") | forms_of("licences", "award_give") | forms_of("licences", "strive")
    )
    while start < head:
        match = _EDITION.match(text, start, head)
        if match and match.end() > start:
            start = match.end()
            continue
        for length in range(min(6, head - start), 0, -1):
            if text[start : start + length] in words or text[start : start + length] in (
                "评",
                "获",
                "成功",
                "各级",
                "一批",
                "先后",
            ):
                start += length
                break
        else:
            return start
    return start


def _leveled(context: Context, start: int, name: str) -> bool:
    if _LEVEL.match(name):
        return True
    place = context.place_starts.get(start)
    return place is not None and place.form == "full" and place.end < start + len(name)


def _verb_at_end(line: str) -> str | None:
    for length in range(min(8, len(line)), 0, -1):
        classes = lexicon("licences").get(line[-length:])
        for cls in ("award_weak", "award", "award_give", "strive"):
            if classes and cls in classes:
                return cls
    return None


def verb_licence(context: Context, start: int) -> str | None:
    """The class of the awarding verb that ends right before `start`; editions and counts may stand between."""
    line = context.before(start, 22)
    while True:
        cls = _verb_at_end(line)
        if cls is not None:
            return cls
        match = _EDITION_END.search(line)
        if match is None:
            break
        line = line[: match.start()]
    if line.endswith(("、", "和", "及")):
        position = start - (len(context.before(start, 22)) - len(line)) - 1
        if any(position - 2 <= f.end <= position and f.type == "AWARD" for f in context.found):
            return "award"
    return None
