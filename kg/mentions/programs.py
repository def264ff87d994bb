"""Programs without quotation marks: a head noun (行动, 工程, 讲堂) with a specific name, licensed by a verb or its form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Found
from kg.knowledge.lexicons import Hit, forms_of, lexicon
from kg.mentions.context import Context
from kg.mentions.organisations import longest_by_end
from kg.mentions.phrase import left_edge

_EDITION = re.compile(r"(?:第[一二三四五六七八九十百\d]+届|首届|\d{4}年度?)")
_STRONG_FORMS = re.compile(
    r"(?:专项行动|大行动|攻坚行动|提升行动|三年行动|整治行动|攻坚战|保卫战|工作法|五步法|护眼法|责任制|河长制|林长制|积分制|代办制|承诺制|运动|革命|讲学计划|助餐计划|大讲堂|微课堂|大集|负责制|服务月|活动月|宣传月|宣传周|文化节|艺术节|读书节|旅游节)$"
)
_MOTTO_GOAL = re.compile(
    r"^(?:经济|社会|政治|文化|生态|民生|城市|乡村|农村|基层|队伍|项目|产业|基础|公共|交通|教育|卫生|法治|党的?|思想|组织|作风|制度|信息化|数字|重大|重点|各项|各类|多种|系列|一系列|配套|相关|新|有效|良好|科学|完善|长效|常态化|便民|惠民|文化|体育|文体|宣传|培训|技能|整治|志愿)?(?:服务|活动|工作|建设|工程|项目|机制|制度|体系|模式|改革|整治|行动|计划)$"
)


def find_programs(context: Context) -> Iterator[Found]:
    """Mentions of programs outside quotation marks."""
    for hit in longest_by_end(context.hits["program_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found
    for hit in context.hits["known_programs"]:
        if context.quoted(hit.start) is None and not context.before(hit.start, 2).endswith(("全国", "省级")):
            yield Found(hit.start, hit.end, "PROGRAM", "program.known", 0.75)
    for match in _HOTLINE.finditer(context.text):
        yield Found(match.start(), match.end(), "PROGRAM", "program.hotline", 0.8)
    yield from _creations(context)
    yield from _rows(context)
    yield from _objects(context)


_HOTLINE = re.compile(r"1\d{4}[\u4e00-\u9fff]{0,8}?(?:热线|平台)")
_ROW = re.compile(
    r"(?:打造|推出|开展|实施|推行|创建|培育|举办|开设|建立|探索|创新|叫响)了?(?P<row>[^，。；：“”（）]{3,60}?)等(?:\d+|[一二三四五六七八九十几多]+)?[个项类]?"
    r"(?:特色|优秀|重点|系列|惠民|文明|主题|专项|党建|文化|服务|公益|群众)*(?:品牌|项目|行动|工程|机制|模式|制度|课程|名片)"
)


def _rows(context: Context) -> Iterator[Found]:
    """打造爱心小屋、文明讲堂等品牌: the items of a row that its tail calls programs."""
    for match in _ROW.finditer(context.text):
        items = re.split("[、和]", match.group("row"))
        position = match.start("row")
        if len(items) < 2:
            continue
        for item in items:
            start, end = position, position + len(item)
            position = end + 1
            specific = 3 <= len(item) <= 16 and item not in lexicon("generic_names")
            if (
                specific
                and not _MOTTO_GOAL.match(item)
                and left_edge(context, end, verbs=True, limit=len(item)) <= start
            ):
                yield Found(start, end, "PROGRAM", "program.row", 0.7)


_ASPECT = re.compile(r"[了起好过着]{0,2}(?:一[次项批]|全国性|新一轮)?")
_OBJECT_END = re.compile(
    r"[，。；：！？\n（）()”’《》…]|以来|以后|期间|为契机|等(?!级)|(?<!目)的|取得|进行|创造|提供|奠定|打下|助力(?!工程|行动)"
)
_CONJUNCTION = re.compile(r"、|以及|[和与及]")
_COUNTED = re.compile(
    r"^[\d一二三四五六七八九十两几多数]+(?:[个项条场次期轮批]|余[个项条场次])|^[一各该这此其每某何为并]|^有关|^相关|^本|两个|[三四五六七八九十]个|^[省市县区乡镇村、]+[两三四]级|”[两三四五六七八九十\d]+[项个大]"
)
_ONE_NAME = re.compile(r"(?:制度?|机制|模式|工作法|办法|活动|工程|行动|计划)$")
"""Heads that close a row of clauses into one name: 周调度、月观摩、季排名机制."""
_LOOSE_LENGTH = 7
"""Characters that a name must have whose head is as often a plain activity (宣讲, 培训, 建设)."""


def _objects(context: Context) -> Iterator[Found]:
    """推行村级交通安全员制度, 开展“有爱无碍”专项监督: the specific object of a verb of doing, and those joined to it."""
    heads: dict[int, Hit] = {}
    for hit in context.hits["program_heads"]:
        if hit.end in context.ends and (hit.end not in heads or hit.start < heads[hit.end].start):
            heads[hit.end] = hit
    read = 0
    for verb, start in _launches(context):
        if verb >= read:
            for found in _joined(context, _items(context, start), heads):
                read = found.end
                yield found


def _launches(context: Context) -> Iterator[tuple[int, int]]:
    """Where each verb of doing begins, and where its object does."""
    verbs = {hit.start: hit.end for hit in reversed(context.hits["licences"]) if "launch" in hit.classes}
    for verb, end in sorted(verbs.items()):
        aspect = _ASPECT.match(context.text, end)
        start = aspect.end() if aspect else end
        quoted = any(b.start < verb < b.end for b in context.brackets if b.mark in "“‘《")
        if not quoted and verb in context.starts and start not in verbs:
            yield verb, start


def _items(context: Context, start: int) -> list[tuple[int, int, str]]:
    """The conjuncts from `start` to the end of the object: (start, end, conjunction after it or "")."""
    text, items, begin, position = context.text, [], start, start
    while position < len(text) and position < start + 40:
        bracket = context.opening.get(position)
        if bracket is not None and bracket.mark in "“‘":
            if any(c in "。！？；…" for c in text[position : bracket.end]):
                break
            position = bracket.end
        elif _OBJECT_END.match(text, position):
            break
        elif joint := _CONJUNCTION.match(text, position):
            items.append((begin, position, joint.group()))
            begin = position = joint.end()
        else:
            position += 1
    return [*items, (begin, position, "")]


def _joined(context: Context, items: list[tuple[int, int, str]], heads: dict[int, Hit]) -> Iterator[Found]:
    """The programs of a row of objects: each item with a head of its own, or items that share the last one's."""
    text = context.text
    begin = items[0][0]
    for start, end, conjunction in items:
        head = heads.get(end)
        quoted = "”" in text[start : head.start] if head else False
        if head is None or head.start <= start or not _closes(head, quoted):
            if conjunction not in ("、", ""):
                return
            continue
        shared = begin < start
        if shared and not _ONE_NAME.search(head.form):
            return
        loose = "loose" in head.classes and not quoted
        if loose and end - begin < _LOOSE_LENGTH and conjunction == "、":
            continue  # 周巡查、月通报…: a clause of a row whose head is still to come
        if _specific(text[begin:end]) and (not loose or end - begin >= _LOOSE_LENGTH):
            kind = ".row" if shared else ".quoted" if quoted else ".loose" if loose else ""
            yield Found(begin, end, "PROGRAM", "program.object" + kind, 0.8)
        begin = end + len(conjunction)


def _closes(head: Hit, quoted: bool) -> bool:
    """Whether a head makes a program of what stands before it; what names a brand or a site is no part of a quoted name."""
    if head.classes & {"strong", "object", "loose", "contest"}:
        return not (quoted and head.form.endswith(("品牌", "平台", "名片")))
    return (
        quoted
        and len(head.form) > 1
        and "facility" not in head.classes
        and not head.form.endswith(("品牌", "名片"))
    )


_GOES_ON = re.compile(r"(?:项目|活动|工程|行动)(?:获|荣|入选|被|在|已|将|写入|自)")


def _specific(name: str) -> bool:
    """Whether a name says more than its kind: 3 to 26 characters, no count, no generic phrase."""
    if _GOES_ON.match(name):
        return False  # …推广|项目获评…: the verb ends a name
    if not 3 <= len(name) <= 26 or "”“" in name or _COUNTED.search(name) or _MOTTO_GOAL.match(name):
        return False
    return "PROGRAM" not in lexicon("generic_names").get(name, ())


def _creations(context: Context) -> Iterator[Found]:
    """全国文明城市创建, 文明城市创建: the campaign for an honour."""
    text = context.text
    for found in context.found:
        if found.type == "AWARD" and text.startswith("创建", found.end) and "quote" not in found.rule:
            yield Found(found.start, found.end + 2, "PROGRAM", "program.creation", 0.85)


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if hit.classes & {"weak", "object", "loose"} and not (hit.classes & {"strong", "contest"}):
        return None
    if hit.end < len(text) and hit.end not in context.ends:
        return None
    if context.quoted(hit.start) is not None or text[hit.start - 1 : hit.start] == "”":
        return None
    start = left_edge(context, hit.start, verbs=True, joins=False, limit=26)
    start = _strip_verb(context, start, hit.start)
    name = text[start : hit.end]
    if hit.start - start < 1 or (len(name) < 4 and not name.endswith(("节", "法", "制", "圈"))):
        return None
    if (
        name in lexicon("generic_names") and "PROGRAM" in lexicon("generic_names")[name]
    ) or _MOTTO_GOAL.match(name):
        return None
    if re.match(r"^[\d一二三四五六七八九十两]+[个项条]", name) or text[start - 1 : start] in tuple(
        "一二三四五六七八九十"
    ):
        return None
    verb = _run_before(context, start)
    contest = "contest" in hit.classes
    if contest:
        used = verb or _held_before(context, start) or _WON.match(text, hit.end) is not None
        specific = len(name) >= 6 and not re.search(r"\d+米|男子|女子|[组项]比赛$", name)
        return Found(start, hit.end, "PROGRAM", "program.contest", 0.8) if specific and used else None
    started = _started(context, start, hit.end)
    if (
        started
        and hit.form in ("建设", "改革", "机制", "制度", "创建", "整治", "责任制")
        and 5 <= len(name) <= 20
    ):
        return Found(start, hit.end, "PROGRAM", "program.started", 0.65)
    if _STRONG_FORMS.search(name) and len(name) >= 4:
        return Found(start, hit.end, "PROGRAM", "program.form", 0.75 if verb else 0.6)
    if (
        verb
        and hit.form
        not in (
            "项目",
            "建设",
            "体系",
            "改革",
            "制度",
            "方法",
            "做法",
            "整治",
            "机制",
            "模式",
            "创建",
            "公约",
            "十条",
            "基金",
            "圈",
            "竞赛活动",
        )
        and len(name) >= 5
    ):
        return Found(start, hit.end, "PROGRAM", "program.verb", 0.6)
    return None


def _started(context: Context, start: int, end: int) -> bool:
    """启动…建设, …建设全面启动: what is started or put into practice is a scheme, whatever its head noun."""
    before = context.before(start, 6)
    return (
        before.endswith(("启动", "启动了", "推行", "推行了", "实施", "组织实施", "试点", "首创"))
        or re.match(r"(?:正式|全面|已|已经)*启动", context.after(end, 8)) is not None
    )


def _strip_verb(context: Context, start: int, head: int) -> int:
    text = context.text
    words = forms_of("licences", "run") | forms_of("licences", "hold")
    for length in range(min(6, head - start), 1, -1):
        if text[start : start + length] in words:
            return start + length
    return start


_WON = re.compile(
    r"(?:总)?决赛|[上中]，|[上中]?(?:获|荣获|夺|摘|捧|斩|拿|取得)|[特一二三]等奖|[金银铜]奖|冠军|优秀"
)


def _held_before(context: Context, start: int) -> bool:
    line = context.before(start, 8)
    hold = forms_of("licences", "hold")
    return any(line[-length:] in hold for length in range(min(6, len(line)), 1, -1))


def _run_before(context: Context, start: int) -> bool:
    line = context.before(start, 8)
    run = forms_of("licences", "run")
    return any(line[-length:] in run for length in range(min(6, len(line)), 1, -1))
