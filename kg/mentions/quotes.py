"""Quoted strings: award, program, organisation, event, or no entity, each decision for a reason that can be named.

Quotation marks help recall, not precision: on the seed page 15 of 49 distinct quoted strings name programs. A quoted
string is licensed by what stands right after it (称号, a head noun), right before it (a verb of awarding or running), by
its own form (a head noun, a number formula), or by a neighbour in a row of quotes (“A”“B”等品牌).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from kg.doc import Found
from kg.knowledge.lexicons import alternation, forms_of, lexicon
from kg.mentions.context import BREAKS, Bracket, Context
from kg.mentions.events import window_start
from kg.mentions.phrase import left_edge

_AWARD_TAIL = re.compile(
    r"(?:等)?(?:\d+项|两项|多项|[一二三四五六]项)?(?:光荣|荣誉)?(?:称号|奖牌|牌匾|荣誉|奖项|殊荣|证书|锦旗|奖状|匾牌|美誉(?!度))"
)
_HOLDERS = re.compile(r"^(?:获得者|获奖者|得主|候选人|\d+[名个户]|等\d+)")
_NUMBERED = re.compile(
    r"\d+后|两委|三字经|[一二三两]者|百姓|一家人?|一把手|一号|第一.*|一线|三农|五一|七一|八一|十一|六一|三八"
)
_HONOURED = re.compile(
    r"(?:先后|还|也|曾|已|今年|去年|被)?(?:获评|荣获|获得|入选|摘得|夺得|被评为|被列为|获(?=[一二三金银铜优全省市县]))"
)
_SELECTION = re.compile(r"(?:推选|推荐评选|评选(?!活动)|评比|颁奖|张榜|揭晓|名单|创建(?!活动|工作))")
_SPEECH = re.compile(r"[。！？]|^.{26,}$")
_NUMBER_FORMULA = re.compile(
    r"^(?:新)?[一二三四五六七八九十百两双多\d]+(?:[a-zA-Z\u4e00-\u9fff]{1,3}[、，]?(?:[一二三四五六七八九十两双多\d]+[\u4e00-\u9fff]{1,3}[、，]?)*)?(?:[+＋][\w\u4e00-\u9fff]+)*$"
    r"|^[\w\u4e00-\u9fff]{1,6}(?:[+＋][\w\u4e00-\u9fff]{1,8})+$"
)


class _Cues(NamedTuple):
    not_name: re.Pattern[str]
    motto: re.Pattern[str]
    holiday: re.Pattern[str]
    row: re.Pattern[str]


@cache
def _cues() -> _Cues:
    return _Cues(
        re.compile(f"(?:的)?(?:{alternation('cues', 'not_name_after')})"),
        re.compile(f"(?:{alternation('cues', 'motto_before')})$"),
        re.compile(f"(?:国际)?(?:{alternation('cues', 'holiday')})"),
        re.compile(
            r"等(?:\d+|[一二三四五六七八九十两几多]+)?[个项类条]?"
            f"(?:{alternation('cues', 'row_modifier')})*(?:{alternation('cues', 'row_head')})"
        ),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """How one quoted string is read: type (None: no entity), the reason, a score, and its head noun's end."""

    type: str | None
    reason: str
    score: float
    end: int | None = None
    start: int | None = None


def find_quoted(context: Context) -> Iterator[Found]:
    """Mentions in or around quotation marks, rows read together."""
    quotes = [b for b in context.brackets if b.mark in "“‘" and _outermost(context, b)]
    readings = {quote: _read(context, quote) for quote in quotes}
    for row in _rows(context, quotes, readings):
        _share(row, readings)
    for quote in quotes:
        items = list(_enumerated(context, quote))
        if items:
            yield from items
            continue
        reading = readings[quote]
        if reading.type is not None:
            yield from _mentions(context, quote, reading)


_NUMERALS = "零一二三四五六七八九十"
_COUNTED_ROW = re.compile(
    r"([二三四五六七八九十]|\d{1,2})[个项大](?:专项|主题|重点|特色)?(?:行动|工程|项目|计划|品牌|机制|活动|攻坚战)"
)


def _enumerated(context: Context, quote: Bracket) -> Iterator[Found]:
    """“A、B、C”三个行动: one pair of quotes around as many names as the number after it says."""
    match = _COUNTED_ROW.match(context.text, quote.end)
    if match is None:
        return
    count = int(match.group(1)) if match.group(1).isdigit() else _NUMERALS.index(match.group(1))
    items = context.text[quote.start + 1 : quote.end - 1].split("、")
    if len(items) != count:
        return
    position = quote.start + 1
    for item in items:
        yield Found(position, position + len(item), "PROGRAM", "quote.program.enumerated", 0.8)
        position += len(item) + 1


def _outermost(context: Context, bracket: Bracket) -> bool:
    return not any(
        other.start < bracket.start and bracket.end < other.end and other.mark in "“‘《"
        for other in context.brackets
    )


def _rows(
    context: Context, quotes: list[Bracket], readings: dict[Bracket, Reading]
) -> Iterator[list[Bracket]]:
    """Quotes that follow one another, with what belongs to their names, directly or with a joiner."""
    row: list[Bracket] = []
    for quote in quotes:
        if row and _joined(context, readings[row[-1]].end or row[-1].end, quote.start):
            row.append(quote)
        else:
            if len(row) > 1:
                yield row
            row = [quote]
    if len(row) > 1:
        yield row


_COUNT_JOIN = re.compile(r"[、和及与，；]?(?:以及)?(?:已?评选出|评出)?\d*[个名户位项条]?")


def _joined(context: Context, start: int, end: int) -> bool:
    """Whether only a joiner, a count (、56名) or a sender (、杨河镇; 、县民政局) stands between two quotes."""
    between = context.text[start:end]
    if _COUNT_JOIN.fullmatch(between):
        return True
    if between[:1] not in ("、", "，", "和", "；") or len(between) > 14:
        return False
    ends = (end, end - 1) if between.endswith("的") else (end,)
    return any(f.start == start + 1 and f.end in ends and f.type in ("PLACE", "ORG") for f in context.found)


def _share(row: list[Bracket], readings: dict[Bracket, Reading]) -> None:
    """A row is of one kind: licences at its end (称号, 等品牌) or start (推出“A”“B”) hold for all of it."""
    licensed = [readings[q] for q in row if readings[q].type is not None]
    if not licensed:
        return
    strongest = max(licensed, key=lambda reading: reading.score)
    if strongest.score < 0.75:
        return
    for quote in row:
        if strongest.reason == "award.selection" and readings[quote].reason == "program.verb":
            readings[quote] = replace(strongest, start=None)  # 开展“甲人物”“乙好人”评选
        if readings[quote].type is None and readings[quote].reason not in ("speech", "not-name", "holiday"):
            readings[quote] = Reading(strongest.type, f"row.{strongest.reason}", strongest.score - 0.1)


def _read(context: Context, quote: Bracket) -> Reading:
    text = context.text
    inner = text[quote.start + 1 : quote.end - 1]
    after = context.after(quote.end, 24)
    before = context.before(quote.start, 14)
    if _SPEECH.search(inner) or (before.endswith(("：", ":")) and len(inner) > 12):
        return Reading(None, "speech", 0.9)
    if _AWARD_TAIL.match(after) and not after.startswith(("美誉", "荣誉感")):
        return Reading("AWARD", "award.tail", 0.95)
    if _cues().holiday.match(after) or (
        re.fullmatch(r"[一二三四五六七八九十\d]+[·.]?[一二三四五六七八九十\d]+", inner) and len(inner) <= 3
    ):
        return Reading(None, "holiday", 0.9)
    verb = _verb_before(context, quote.start)
    head = _head_after(context, quote)
    ends_award = _ends_with(inner, "award_heads")
    if (
        _SELECTION.match(after)
        and (ends_award or verb is None)
        and not _ends_with(inner, "program_heads", "strong")
    ):
        series = re.match(r"(?:推选|评选|评比)", after)
        return Reading("AWARD", "award.selection", 0.85, start=quote.end + series.end() if series else None)
    if head is not None and head[0] != "AWARD":
        kind, end = head
        return Reading(kind, f"{kind.lower()}.head", 0.9, end=end)
    if head is not None:
        return Reading("AWARD", "award.head", 0.85, end=head[1])
    if _cues().row.match(after) and not ends_award:
        return Reading("PROGRAM", "program.row", 0.85)
    if _cues().not_name.match(after):
        return Reading(None, "not-name", 0.9)
    if re.fullmatch(r"[二三四五六七八九十]连[冠优]", inner):
        return Reading(None, "rank", 0.9)
    if verb == "award_weak":
        verb = "award" if ends_award or inner in lexicon("award_heads") else "run"
    if verb in ("award", "award_give"):
        return Reading("AWARD", "award.verb", 0.9)
    if (ends_award or inner in lexicon("award_heads")) and (
        verb == "strive" or _HOLDERS.match(after) or re.search(r"\d[名个户]$", before)
    ):
        return Reading("AWARD", "award.form", 0.85)
    if ends_award and re.match(r"^(?:全国|国家|省|市|县|最美|中国)", inner):
        return Reading("AWARD", "award.level", 0.8)
    if _ends_with(inner, "program_heads", "strong"):
        return Reading("PROGRAM", "program.form", 0.85)
    if _ends_with(inner, "program_heads", "facility") and not ends_award:
        return Reading("PROGRAM", "program.facility", 0.7)
    if _cues().motto.search(before):
        return Reading(None, "motto", 0.7)
    if _NUMBER_FORMULA.match(inner) and 2 <= len(inner) <= 16 and not _NUMBERED.fullmatch(inner):
        if verb in ("run", "strive") or before.endswith(("等", "制定", "的", "确立")):
            return Reading("PROGRAM", "program.number", 0.8)
        return Reading(None, "number", 0.6)
    if _HONOURED.match(after) and 3 <= len(inner) <= 20:
        return Reading("PROGRAM", "program.honoured", 0.8)
    if verb in ("run", "strive") and len(inner) <= 16:
        return Reading("PROGRAM", "program.verb", 0.75)
    if _owned(context, quote) and 3 <= len(inner) <= 10 and _ends_with(inner, "program_heads"):
        return Reading("PROGRAM", "program.owned", 0.6)
    return Reading(None, "unlicensed", 0.5)


def _owned(context: Context, quote: Bracket) -> bool:
    """马金镇的“板凳课”: a name that belongs to an area or a body."""
    if context.before(quote.start, 1) != "的":
        return False
    return any(
        f.end == quote.start - 1 and f.type in ("PLACE", "ORG") and f.rule != "place.short"
        for f in context.found
    )


def _ends_with(inner: str, name: str, cls: str | None = None) -> bool:
    forms = lexicon(name)
    for length in range(min(10, len(inner)), 0, -1):
        classes = forms.get(inner[-length:])
        if classes and (cls is None or cls in classes) and (length > 1 or name == "award_heads"):
            return length < len(inner)
    return False


_NAMED_AS = re.compile(
    r"(?:命名|表彰|认定|评定|选树|推选|评选)[^。；：]{2,60}为(?:首届|首批|第.{1,3}[届批]|\d{4}年度?|本年度)*$"
)
"""命名甲等10人为首届“乙”."""


def _verb_before(context: Context, start: int) -> str | None:
    """The class of the licensing verb right before a quote (a few modifiers may stand between)."""
    if _NAMED_AS.search(context.before(start, 80)):
        return "award"
    edge = left_edge(context, start, quotes=False, limit=12)
    for position in (start, edge):
        line = context.before(position, 8)
        for length in range(min(8, len(line)), 0, -1):
            classes = lexicon("licences").get(line[-length:])
            if classes is None:
                continue
            for cls in ("award_weak", "award", "award_give", "strive", "run", "hold"):
                if cls in classes:
                    if length == 1 and cls == "run":
                        return None
                    return "strive" if cls == "strive" and "run" not in classes else cls
    return None


def _head_after(context: Context, quote: Bracket) -> tuple[str, int] | None:
    """The head noun that the quote modifies, with the type it gives: “X”项目, “X”志愿服务队, “X”启动仪式."""
    text = context.text
    limit = quote.end
    while (
        limit < len(text)
        and limit < quote.end + 22
        and text[limit] not in BREAKS
        and text[limit] not in "“”‘’《》）（"
    ):
        limit += 1
    best: tuple[str, int] | None = None
    best_form = 0
    for name, kind in (
        ("program_heads", "PROGRAM"),
        ("organisation_heads", "ORG"),
        ("event_heads", "EVENT"),
        ("award_heads", "AWARD"),
    ):
        for hit in context.hits[name]:
            if hit.start < quote.end or hit.end > limit:
                continue
            if hit.end < len(text) and hit.end not in context.ends:
                continue
            if not _bridge(context, quote.end, hit.start):
                continue
            if name == "organisation_heads" and not (hit.classes & {"team", "body"} or len(hit.form) >= 3):
                continue
            if len(hit.form) == 1 and (name == "award_heads" or hit.start not in context.starts):
                continue  # “…”挂|牌: the head is part of another word
            if text.startswith("的", quote.end) and not (
                name == "program_heads" and _DESCRIBED.search(hit.form)
            ):
                continue
            reach, known = (hit.end, len(hit.form)), (best[1], best_form) if best else (0, 0)
            if reach > known or (reach == known and kind == "ORG" and _is_founded(context, quote)):
                best, best_form = (kind, hit.end), len(hit.form)
    return best


_FOUNDED = re.compile(r"(?:成立|组建|设立|拉起)[^，。；：]*$")


def _is_founded(context: Context, quote: Bracket) -> bool:
    """What is set up is a body, where the head noun leaves it open (成立“…”议事会)."""
    return _FOUNDED.search(context.before(quote.start, 40)) is not None


_DESCRIBED = re.compile(r"模式|体系|机制|品牌|工作法|格局|制度")
"""Heads that make a scheme even of a description: “党委领导、政府主导”的保护模式."""


_BRIDGING = frozenset({"服务", "建设", "创建", "宣传", "的", "学习", "帮助", "改造", "宣讲", "整治"})
"""Stop words that may stand between a quote and its head noun."""


def _bridge(context: Context, start: int, end: int) -> bool:
    """Only nominal words stand between the quote and the head (困境老人服务|项目)."""
    if start == end:
        return True
    if end - start > 16:
        return False
    stops = lexicon("name_stops")
    position = start
    while position < end:
        number = context.word_index[position]
        if number < 0:
            return False
        word = context.words[number]
        piece = context.text[max(start, word.start) : min(end, word.end)]
        if word.tag in ("p", "u", "d", "r", "c", "w", "xc", "PER") and piece != "的":
            return False
        if piece in stops and piece not in _BRIDGING and word.tag not in ("vn", "n", "an"):
            return False
        if piece == "的" and position != start:
            return False
        if (
            word.tag in ("m", "TIME")
            and re.search(r"\d|[一二三四五六七八九十两]", piece)
            and not piece.startswith("第")
        ):
            return False
        position = word.end
    return True


def _mentions(context: Context, quote: Bracket, reading: Reading) -> Iterator[Found]:
    kind = reading.type
    assert kind is not None
    core = Found(quote.start + 1, quote.end - 1, kind, f"quote.{reading.reason}", reading.score)
    if kind == "PROGRAM" and reading.end is not None:
        edition = _edition_start(context, quote, reading.end)
        if edition is not None:
            yield Found(edition, reading.end, "EVENT", "quote.event.edition", 0.9)
            return
    if reading.end is None:
        if reading.start is not None:
            yield Found(quote.start, reading.start, "PROGRAM", "quote.program.selection", 0.8)
        if kind == "AWARD":
            start = _award_start(context, quote.start)
            if start < quote.start:
                yield replace(core, start=start, end=quote.end)
                return
        yield core
        return
    text = context.text
    tail = text[quote.end : reading.end]
    start = quote.start
    if kind in ("EVENT", "AWARD", "PROGRAM", "ORG"):
        start = left_edge(context, quote.start, quotes=False, verbs=False, limit=16)
        start = _trim_levels(context, start, quote.start)
    if kind == "EVENT":
        start = min(start, window_start(context, quote.start))
    if kind == "PROGRAM" and tail in forms_of("program_heads", "weak") | {"项目", "活动", "工作", "服务"}:
        start = quote.start  # a bare type noun: what stands before the quote names its holder
    yield Found(
        start,
        reading.end,
        kind,
        f"quote.{reading.reason}",
        reading.score,
        {"core": text[quote.start + 1 : quote.end - 1]},
    )


_EDITION = re.compile(r"(?:第[一二三四五六七八九十百\d]+[届次]|首届|\d{4}年?)[\u4e00-\u9fff·]{0,8}$")


def _edition_start(context: Context, quote: Bracket, end: int) -> int | None:
    """首届“美丽乡村”艺术周: an edition before a quoted contest or festival makes it an event; its area belongs to it."""
    if not any(hit.end == end and "contest" in hit.classes for hit in context.hits["program_heads"]):
        return None
    before = context.before(quote.start, 16)
    match = _EDITION.search(before)
    if match is None:
        return None
    start = quote.start - (len(before) - match.start())
    place = context.place_ends.get(start)
    return place.start if place is not None and place.form == "full" else start


def _trim_levels(context: Context, start: int, quote: int) -> int:
    """Modifiers before a quote belong to the name when they are a level or an area (全国“…”, 徐闻县“…”), else not."""
    text = context.text
    modifiers = text[start:quote]
    if not modifiers:
        return quote
    match = re.search(
        r"(?:全国|全省|全市|国家级|省级|市级|县级|区级|州级|[\u4e00-\u9fff]{1,9}[省市县区州])$", modifiers
    )
    if match and context.place_starts.get(start) is not None:
        return start
    return quote


def _award_start(context: Context, quote: int) -> int:
    text = context.text
    match = re.search(r"(?:全国|全省|全市|国家级|省级|市级|县级|区级|州级)$", text[max(0, quote - 4) : quote])
    if match:
        return quote - len(match.group())
    place = context.place_ends.get(quote)
    if place is not None and place.form == "full":
        # 授予腾冲县“…”: the area is the receiver; 被授予徐闻县“…”: it belongs to the title.
        received = re.search(
            r"(?:被[^，。；“”]{0,14}(?:授予|评为|命名为|认定为|确定为|列为)|获|获评|荣获|获得|入选|当选|评为|选为)$",
            context.before(place.start, 20),
        )
        return place.start if received else quote
    if text[quote - 1 : quote] in ("省", "市", "县", "区", "州") and (quote - 1) in context.starts:
        return quote - 1
    return quote
