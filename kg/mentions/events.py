"""Events: meetings, ceremonies, finals, and numbered editions of contests, licensed by 召开, 举行, 举办 and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.doc import Found
from kg.knowledge.lexicons import Hit, lexicon
from kg.mentions.context import Context
from kg.mentions.organisations import longest_by_end

_AFTER = re.compile(
    r"(?:日前|近日|昨日|昨天|今天|今日|上午|下午|晚|如期|隆重|正式|圆满|也|于|\d+月\d+日)*"
    r"(?:在[^，。；]{1,30}?(?:召开|举行|举办|开幕|开赛|落幕|启动|闭幕|拉开|上演|进行|开班|开讲|揭晓)|召开|举行|举办|开幕|闭幕|落幕|圆满|[上中](?=[，,、获夺摘\u4e00-\u9fff])|现场|开赛|决出|拉开帷幕|如约|期间|揭幕|收官|结束|打响|开张|鸣锣|举旗)"
)
_DATE = re.compile(
    r"^(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|昨日|昨天|今天|今日|日前|近日|上午|下午|当天|当日)"
)
_CUT = re.compile(
    r"(?:主持召开|组织召开|联合召开|召开|举行|举办|主办|承办|协办|出席|参加|参与|迎来|宣读|在|于|从|由|对|向|为|将|把|的|了|是|暨会议|名为)"
)
_KEEP_CUTS = {"为": re.compile(r"(?:主题|名)为$")}
_EDITION = re.compile(r"第[一二三四五六七八九十百\d]+[届次]|首届|\d{4}年度?")
_STRIP = ("主题为", "名为", "一场", "一份", "一次", "这次", "本次", "此次", "该", "首次", "大型")
_CLAUSE = "，。；：！？\n） "


def find_events(context: Context) -> Iterator[Found]:
    """Mentions of events; contests with an edition are events, without one programs."""
    for hit in longest_by_end(context.hits["event_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield _with_core(context, found)
    for hit in longest_by_end(context.hits["program_heads"]):
        if "contest" in hit.classes:
            found = _edition(context, hit)
            if found is not None:
                yield _with_core(context, found)


_YEAR = re.compile(r"\d{4}年度?(?=\S{6})")


def _with_core(context: Context, found: Found) -> Found:
    """2022年甲省乙市…大赛: what stands after the year, from its nearest area on, is a form of the name too."""
    year = _YEAR.match(context.text, found.start, found.end)
    if year is None:
        return found
    start = _strip(context, year.end(), found.end)
    return replace(found, attributes={**found.attributes, "core": context.text[start : found.end]})


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if (hit.end < len(text) and hit.end not in context.ends) or context.quoted(hit.start) is not None:
        return None
    start, held = _window(context, hit)
    name = text[start : hit.end]
    if hit.start - start < 2 or name in lexicon("generic_names"):
        return None
    if not held and _AFTER.match(text, hit.end) is None:
        return None
    if ("activity" in hit.classes and len(name) < 6) or len(name) > 60:
        return None
    return Found(start, hit.end, "EVENT", "event." + min(hit.classes), 0.8)


def _window(context: Context, hit: Hit) -> tuple[int, bool]:
    """Where the name may begin: after the clause mark, holding verb or preposition before it; and whether it is held."""
    text = context.text
    floor = max(context.sentence(hit.start)[0], hit.start - 60)
    start = floor
    position = hit.start
    while position > floor:
        bracket = context.closing.get(position)
        short = bracket is not None and bracket.end - bracket.start <= 6
        if bracket is not None and bracket.start >= floor and (bracket.mark != "（" or short):
            position = bracket.start
            continue
        if text[position - 1] in _CLAUSE:
            start = position
            break
        position -= 1
    held = False
    for match in _CUT.finditer(text, start, hit.start):
        if (match.start() not in context.starts and match.start() - 1 not in context.starts) or _inside(
            context, match.start(), start
        ):
            continue
        if len(match.group()) == 1 and match.start() not in context.starts:
            continue
        start = match.end()
        held = match.group().endswith(
            ("召开", "举行", "举办", "主办", "承办", "协办", "出席", "参加", "迎来")
        )
    return _strip(context, start, hit.start), held


def window_start(context: Context, position: int) -> int:
    """Where the name of an event whose head stands at `position` or later begins."""
    return _window(context, Hit(position, position, "", frozenset()))[0]


def _inside(context: Context, position: int, start: int) -> bool:
    return any(b.start >= start and b.start < position < b.end for b in context.brackets if b.mark in "“‘《")


def _edition(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if (hit.end < len(text) and hit.end not in context.ends) or context.quoted(hit.start) is not None:
        return None
    start, _ = _window(context, hit)
    matches = list(_EDITION.finditer(text, start, hit.start))
    if not matches or hit.end - start > 60:
        return None
    edition = matches[-1]
    if text.startswith(("获", "荣获", "在", "被", "起", "以来", "，"), edition.end()):
        return None  # 2022年获…大赛金奖: the year dates the prize
    begin = edition.start()
    place = context.place_ends.get(begin)
    if place is not None and place.form == "full":
        begin = place.start
    return Found(begin, hit.end, "EVENT", "event.edition", 0.85)


def _strip(context: Context, start: int, head: int) -> int:
    """Drop dates, determiners and outer areas before the name."""
    text = context.text
    changed = True
    while changed and start < head:
        changed = False
        match = _DATE.match(text[start:head])
        if match:
            start, changed = start + match.end(), True
        for word in _STRIP:
            if text.startswith(word, start):
                start, changed = start + len(word), True
        place = context.place_starts.get(start)
        if place is not None and place.form == "full":
            following = context.place_starts.get(place.end)
            if following is not None and following.form == "full" and following.end < head:
                start, changed = place.end, True
        if start < head and (
            text[start] in " 、，" or (text[start] in "和与" and start + 1 in context.starts)
        ):
            start, changed = start + 1, True
    return start
