"""Events: meetings, ceremonies, finals, and dated editions of contests, licensed by 召开, 举行, 举办 and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Found
from kg.knowledge.lexicons import Hit, forms_of, lexicon
from kg.mentions.context import BREAKS, Context
from kg.mentions.organisations import longest_by_end
from kg.mentions.phrase import left_edge

_AFTER = re.compile(
    r"(?:日前|近日|昨日|昨天|今天|上午|下午|如期|隆重|正式|圆满)*(?:在[^，。；]{1,24}?(?:召开|举行|举办|开幕|开赛|落幕|启动|闭幕|拉开|上演|进行|开班)|召开|举行|举办|开幕|闭幕|落幕|圆满|上[，,]|现场|开赛|决出|拉开帷幕|如约)"
)
_EDITION = re.compile(r"第[一二三四五六七八九十百\d]+[届次]|首届|\d{4}年")
_DATE_START = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?")


def find_events(context: Context) -> Iterator[Found]:
    """Mentions of events; contests with an edition are events, without one programs."""
    for hit in longest_by_end(context.hits["event_heads"]):
        found = _headed(context, hit)
        if found is not None:
            yield found
    for hit in longest_by_end(context.hits["program_heads"]):
        if "contest" in hit.classes:
            found = _edition(context, hit)
            if found is not None:
                yield found


def _headed(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if hit.end < len(text) and hit.end not in context.ends:
        return None
    if context.quoted(hit.start) is not None:
        return None
    verb = _hold_before(context, hit.start)
    start = verb if verb is not None else left_edge(context, hit.start, verbs=True, joins=True, limit=44)
    start = _strip(context, start, hit)
    name = text[start : hit.end]
    if hit.start - start < 2 or name in lexicon("generic_names"):
        return None
    licensed = verb is not None or _AFTER.match(text, hit.end) is not None
    if not licensed:
        return None
    if "activity" in hit.classes and len(name) < 6:
        return None
    return Found(start, hit.end, "EVENT", "event." + sorted(hit.classes)[0], 0.8)


def _edition(context: Context, hit: Hit) -> Found | None:
    text = context.text
    if hit.end < len(text) and hit.end not in context.ends:
        return None
    floor = context.sentence(hit.start)[0]
    start = left_edge(context, hit.start, verbs=True, limit=30)
    window_start = max(floor, start - 16)
    matches = list(_EDITION.finditer(text, window_start, hit.start))
    if not matches:
        return None
    edition = matches[-1]
    if any(c in BREAKS for c in text[edition.end() : hit.start]):
        return None
    begin = edition.start()
    place = context.place_ends.get(begin)
    if place is not None:
        begin = place.start
    return Found(min(begin, start) if start < begin else begin, hit.end, "EVENT", "event.edition", 0.85)


def _hold_before(context: Context, end: int) -> int | None:
    """The end of the nearest holding verb in the same clause before `end`, if only a name stands between."""
    text = context.text
    floor = max(context.sentence(end - 1)[0], end - 48)
    hold = forms_of("licences", "hold") - {"在", "组织", "开展", "启动", "参加", "出席", "庆祝", "迎来"}
    best: int | None = None
    for hit in context.hits["licences"]:
        if hit.start < floor:
            continue
        if hit.end > end:
            break
        if hit.form in hold and not any(c in "，。；：！？" for c in text[hit.end : end]):
            best = hit.end
    if best is None:
        return None
    between = text[best:end]
    if re.search(r"的|在|将|并|，", between) and "“" not in between:
        cut = max(between.rfind("的"), -1)
        return best + cut + 1 if cut >= 0 and len(between) - cut > 3 else None
    if context.text[best : best + 1] in ("了",):
        best += 1
    return best


def _strip(context: Context, start: int, hit: Hit) -> int:
    text = context.text
    match = _DATE_START.match(text[start : hit.end])
    if match:
        start += match.end()
    for word in ("主题为", "名为", "了", "一场", "一次", "本次", "此次", "全县", "全市", "全区", "全镇", "全省"):
        if text.startswith(word, start):
            start += len(word)
    return start
