"""Awards without quotation marks: prizes, honours with a level, designations, and what stands after a verb of awarding.

The grammar of honour names: (level)(field)(先进|优秀|文明|示范|模范|最美|十佳 …)(holder noun), e.g. 全国|道德|模范.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Found
from kg.knowledge.lexicons import Hit, forms_of, lexicon
from kg.mentions.context import Context
from kg.mentions.organisations import longest_by_end
from kg.mentions.phrase import left_edge

_LEVEL = re.compile(
    r"(?:全国|国家级?|中国|中华|世界|全省|全市|全区|全县|省级?|市级?|县级?|区级?|州级?|乡级|镇级|部级|国家5A级|[\u4e00-\u9fff]{2,9}(?:省|市|县|区|州))$"
)
_EDITION = re.compile(r"^(?:首批|首届|第[一二三四五六七八九十百\d]+[批届次]|(?:\d{4}|[一二〇○零]{4})(?:[-—－~至](?:\d{4}|[一二]\d{3}))?年?度?|年度|新一轮|一批|一个|\d+[个项名]|[一二三四五六七八九十两]+[个项名]|上一?年度|本年度|周期)+")
_PRIZE_LIST = re.compile(r"(?:特|[一二三])(?:、(?:[一二三]))+等奖|(?:第?[一二三](?:、[二三])+名)")
_PRIZE = re.compile(r"(?:特|[一二三四])等奖|(?:金|银|铜|优秀|优胜|鼓励|入围|提名|纪念)奖|[\u4e00-\u9fff]{2,8}?(?:人气|组织|创意|风尚|贡献|进步|特别|创新|表演|实践|文明|才艺|风采|展示)奖")
_RANK = re.compile(r"(?:团体)?(?:冠军|亚军|季军)|(?:团体|男子|女子|单项)?第[一二三四五六]名")
_MERIT = re.compile(r"(?:个人|集体)[特一二三]等功")


def find_awards(context: Context) -> Iterator[Found]:
    """Mentions of awards outside quotation marks."""
    yield from _prizes(context)
    for hit in longest_by_end(context.hits["award_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found


def _prizes(context: Context) -> Iterator[Found]:
    text = context.text
    for pattern, rule in ((_PRIZE, "award.prize"), (_MERIT, "award.merit")):
        for match in pattern.finditer(text):
            start = _prize_start(context, match.start(), match.end())
            yield Found(start, match.end(), "AWARD", rule, 0.9)
    for match in _RANK.finditer(text):
        if _verb_licence(context, match.start(), 10) is not None:
            yield Found(match.start(), match.end(), "AWARD", "award.rank", 0.7)
    for match in _PRIZE_LIST.finditer(text):
        suffix = "名" if match.group().endswith("名") else "等奖"
        prefix = "第" if suffix == "名" else ""
        for rank in re.finditer(r"[特一二三]", match.group()):
            start = match.start() + rank.start()
            last = start + len(rank.group()) + len(suffix) >= match.end()
            end = match.end() if last else start + 1
            if not last:
                name = prefix + rank.group() + suffix
                yield Found(match.start(), match.end(), "AWARD", "award.prize-list", 0.9, {"name": name})
            else:
                yield Found(start, end, "AWARD", "award.prize", 0.9, {"name": prefix + rank.group() + suffix})


def _prize_start(context: Context, start: int, end: int) -> int:
    """最佳组织奖 keeps its adjective; words that are verbs of winning do not belong to it."""
    text = context.text
    piece = text[start:end]
    for length in range(4, 0, -1):
        if piece[:length] in forms_of("licences", "award") | forms_of("licences", "award_give") | lexicon("name_stops").keys():
            return start + length
    if len(piece) > 4 and start not in context.starts:
        edge = left_edge(context, end - 1)
        return max(start, edge) if edge < end - 1 else start
    return start


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if "prize" in hit.classes and hit.form != "奖":
        return None
    if hit.end < len(text) and hit.end not in context.ends and not text.startswith(("称号", "荣誉", "）"), hit.end):
        return None
    if context.quoted(hit.start) is not None:
        return None
    end = hit.end
    if text.startswith("（", end) and end in context.opening and context.opening[end].end - end <= 8:
        bracket = context.opening[end]
        if re.match(r"（(?:[总街村社镇乡县市地集体个人个]|.{1,4}、)", text[end : bracket.end]):
            end = bracket.end
    start = left_edge(context, hit.start, verbs=True, joins=True, limit=32)
    start = _strip_edition(context, start, end)
    start = _strip_verb(context, start, hit.start)
    name = text[start:end]
    if name in lexicon("generic_names") and "AWARD" in lexicon("generic_names")[name]:
        return None
    licence = _verb_licence(context, start, 8)
    tail = re.match(r"(?:等)?(?:光荣|荣誉)?(?:称号|奖牌|牌匾|荣誉|殊荣)", text[end : end + 8]) is not None
    level = _level_start(name)
    modifiers = hit.start - start
    if tail or licence in ("award", "award_give"):
        if modifiers == 0 and len(hit.form) < 4:
            return None
        if licence == "award" and not tail and not level and not _honour_word(name):
            return None
        return Found(start, end, "AWARD", "award.verb", 0.85)
    if level and (_honour_word(name) or "designation" in hit.classes and licence == "strive"):
        if licence is None and not _honour_word(name):
            return None
        return Found(start, end, "AWARD", "award.level", 0.8 if licence else 0.7)
    if licence == "strive" and _honour_word(name) and modifiers > 0:
        return Found(start, end, "AWARD", "award.strive", 0.7)
    return None


def _strip_edition(context: Context, start: int, end: int) -> int:
    match = _EDITION.match(context.text[start:end])
    return start + match.end() if match and start + match.end() < end else start


def _strip_verb(context: Context, start: int, head: int) -> int:
    """A verb of awarding or striving that the lexical model joined to the name (争创|全国…)."""
    text = context.text
    words = forms_of("licences", "award") | forms_of("licences", "award_give") | forms_of("licences", "strive")
    for length in range(min(6, head - start), 1, -1):
        if text[start : start + length] in words:
            return start + length
    return start


def _level_start(name: str) -> bool:
    return re.match(r"(?:全国|国家|中国|中华|全省|全市|全区|全县|省级|市级|县级|区级|州级|部级|世界|[\u4e00-\u9fff]{2,8}?[省市县区州](?!级))", name) is not None


def _honour_word(name: str) -> bool:
    """Whether the name has a word of praise or trial (先进, 示范, 文明 …): the middle of the honour grammar."""
    return (
        re.search(
            r"先进|优秀|文明|示范|模范|最美|十佳|十大|标兵|试点|好人|劳动奖|先锋|百强|五星|星级|百佳|优质|典型|平安|卫生|园林|森林|双拥|宜居|名[城镇村县]|传统村落|红旗|"
            r"劳模|工匠|能手|道德|五好|名师|特色|重点|生态|健康|和谐|标准化|实验区|试验区|领军|龙头|诚信|一等功|奖章|奖状|文明号|文明岗|A级|国家级|省级|之乡|发祥地|强县|强镇|成绩突出|突出贡献|美丽|创客|旅游|基本均衡|均衡",
            name,
        )
        is not None
    )


def _verb_licence(context: Context, start: int, reach: int) -> str | None:
    """The class of the awarding verb that ends right before `start`, editions and list items between allowed."""
    line = context.before(start, reach + 14)
    line = re.sub(r"(?:首批|首届|第[一二三四五六七八九十百\d]+[批届次]|(?:\d{4})(?:[-—－~至]\d{4})?年?度?|年度|周期|了|为|新一轮|一批|一个|\d+[个项名]|[一二三四五六七八九十两]+[个项名])+$", "", line)
    for length in range(min(8, len(line)), 0, -1):
        classes = lexicon("licences").get(line[-length:])
        if classes:
            for cls in ("award", "award_give", "strive"):
                if cls in classes:
                    return cls
    previous = re.search(r"([^，。；]*)[、和及]$", line)
    if previous and any(found.end == start - 1 and found.type == "AWARD" for found in context.found):
        return "award"
    return None
