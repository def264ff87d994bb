"""Signs on a page that need no context: furniture lines, subheading marks, opening words, the issue date."""

from __future__ import annotations

import re
from functools import cache

from kg.knowledge.files import data_path, read_tsv

ENDS = re.compile(r"[。！？!?…][”’』」）)]*$")
"""A line that ends a sentence."""
HANGS = frozenset("，。、；：！？）》”’】』」…％%,.;:!?)")
"""What no line begins with in set Chinese: a line that does goes on from the line before."""
NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]+[章节部])"
)

_WEEKDAY = r"(?:星期|周)[一二三四五六日天]"
_ISSUE_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d|[〇零○ＯO一二三四五六七八九]{4})\s*[年./\-]\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*[月./\-]\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
_FURNITURE = re.compile(
    r"(?:第?\s*[A-Za-z]?\d{1,2}\s*版(?:[：:·\s]?[\u4e00-\u9fff]{0,8})?|[A-D]\d{1,2}|第\s*\d+\s*期|总第\s*\d+\s*期|\d{1,3}|[—\-]\s*\d{1,3}\s*[—\-]"
    r"|[（(](?:下转|上接|紧接|转|接)第?\s*[A-Za-z]?[\d一二三四五六七八九十]+\s*版[^）)]{0,12}[）)]"
    r"|(?:下转|上接)第?\s*[A-Za-z]?[\d一二三四五六七八九十]+\s*版"
    r"|(?:国内)?统一(?:连续出版物号|刊号).*|CN\s*\d\d-\d{4}.*|邮发代号.*|(?:新闻)?热线(?:电话)?[：:]?[\d\-\s]+|(?:投稿)?(?:E-?mail|邮箱|网址|电子信箱)[：:].*"
    r"|(?:本版|本期)?(?:责任编辑|责编|编辑|版式|校对|美编|组版|值班编委|值班主任|审核|检校|视觉|排版|制图|编审|主编)(?:[：:\s].*|/.*))",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"(?:来源|发布时间|发布日期|发表时间|浏览次数|点击数|阅读次数)\s*[：:]")
_SOURCE = re.compile(r"来源\s*[：:]\s*(?P<name>[^\s|【\[]{2,20})")
_PUBLISHED = re.compile(r"(?:发布|发表|刊登)?(?:时间|日期)\s*[：:]")
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:日报|晚报|早报|晨报|都市报|时报|周报|导报|商报|青年报|法治报|教育报|文明报|新闻报|报)"
)


@cache
def words(kind: str) -> tuple[str, ...]:
    """The forms of a class of `data/segmentation/cues.tsv`."""
    rows = read_tsv(data_path("segmentation", "cues.tsv"), "segmentation_cues")
    return tuple(row["form"] for row in rows if row["class"] == kind)


@cache
def _firsts(kind: str) -> frozenset[str]:
    return frozenset(form[0] for form in words(kind))


def begins_with(text: str, kind: str) -> bool:
    """Whether the text begins with a form of a class of `data/segmentation/cues.tsv`."""
    return text[:1] in _firsts(kind) and text.startswith(words(kind))


@cache
def _sections() -> frozenset[str]:
    return frozenset(words("section"))


def is_section(line: str) -> bool:
    """Whether the line is a known column title (要闻), perhaps with the number of its page."""
    bare = re.sub(r"[\s\d·|/：:]|第?[A-Z]?\d+版|版", "", line)
    return bare in _sections()


def is_mark(line: str) -> bool:
    """Whether the line begins with a sign or number that opens a subheading (◆, 一、)."""
    return begins_with(line, "mark") or NUMBERED.match(line) is not None


def furniture(line: str) -> bool:
    """Whether a line is no part of any report: page numbers, jump lines, editors, hotlines, a line that is a date."""
    if len(line) > 60:
        return False
    if _FURNITURE.fullmatch(line) or is_imprint(line):
        return True
    date = _ISSUE_DATE.search(line)
    return date is not None and _is_header(line[: date.start()] + line[date.end() :])


def is_imprint(line: str) -> bool:
    """Whether the line states an article's source and date as web sites do (来源：… 发布时间：…)."""
    return len(line) <= 60 and "。" not in line and _IMPRINT.search(line) is not None


def _is_header(rest: str) -> bool:
    """Whether what stands around a date is only weekday, lunar date, edition, paper and section."""
    rest = re.sub(rf"{_WEEKDAY}|农历\S+|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\S*", "", rest)
    rest = re.sub(r"第?\s*[A-Za-z]?\d{1,2}\s*版|第\s*\d+\s*期|[A-D]\d{1,2}|今日\d+版|星期", "", rest)
    parts = [part for part in re.split(r"[\s|/·：:　■●◆,，\-—()（）]+", rest) if part]
    return all(part in _sections() or _PAPER.fullmatch(part) or len(part) <= 4 for part in parts) and (
        sum(len(part) for part in parts) <= 20
    )


def issue_date(lines: list[str]) -> tuple[str, int] | None:
    """The date that a header line prints (ISO) and the index of the line; None if no line is one."""
    for index, line in enumerate(lines):
        if len(line) <= 60 and (match := _ISSUE_DATE.search(line)):
            rest = line[: match.start()] + line[match.end() :]
            if not (_PUBLISHED.search(line) or _is_header(rest)):
                continue
            year, month, day = (_number(match[part]) for part in ("year", "month", "day"))
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04}-{month:02}-{day:02}", index
    return None


def newspaper(lines: list[str]) -> str | None:
    """The paper's name, if one of the lines is one, alone or beside date and edition."""
    for line in lines:
        if source := _SOURCE.search(line):
            return source["name"]
        for part in re.split(r"[\s|/·：:]+", line):
            if _PAPER.fullmatch(part):
                return part
    return None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = {
        "〇": 0,
        "零": 0,
        "○": 0,
        "Ｏ": 0,
        "O": 0,
        **{c: i for i, c in enumerate("一二三四五六七八九", 1)},
    }
    if "十" not in text:
        return int("".join(str(digits[character]) for character in text))
    tens, _, ones = text.partition("十")
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)
