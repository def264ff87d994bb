"""Dates in Chinese text, resolved against the issue date to what they really say, with the precision they have.

A day, a month or a year is given as an ISO string of that length; 日前, 近日, 上半年, 月底 say less than the shortest of
these that could be claimed and get what is certain (a year, a month) or None. Nothing is invented: without an issue
date, a date without its year stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kg.model import Precision


class Found(NamedTuple):
    """A date: half-open character offsets, its ISO form or None when it is open, and the precision or None with it."""

    start: int
    end: int
    iso: str | None
    precision: Precision | None


_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "Ｏ": 0, "O": 0, "两": 2}
_HAN_YEAR = "[〇零○ＯO一二三四五六七八九]{4}"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR_WORDS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_VAGUE_PART = "年初|年底|年末|年中|上半年|下半年|春节|元旦|[春夏秋冬](?:天|季|日)?|[一二三四1-4第]{1,2}季度"
_PATTERN = re.compile(
    rf"(?P<iso>(?<![\d.])(?:19|20)\d\d(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}(?![\d.]))"
    rf"|(?P<year>(?<!\d)(?:19|20)\d\d|{_HAN_YEAR})年(?!度?[间限级龄轻])(?P<month>{_SMALL})月(?:(?P<day>{_SMALL})[日号])?"
    rf"|(?P<year2>(?<!\d)(?:19|20)\d\d|{_HAN_YEAR})年(?:度)?(?![间限级龄轻])(?P<part>{_VAGUE_PART})?"
    rf"|(?P<word>今年|本年度|本年|去年|上年|前年|明年|后年)(?:(?P<month2>{_SMALL})月(?:(?P<day2>{_SMALL})[日号])?|(?P<part2>{_VAGUE_PART}))?"
    rf"|(?P<rel>本月|当月|上月|上个月|下月|下个月)(?:(?P<day3>{_SMALL})[日号])?"
    rf"|(?<![\d第])(?P<month4>{_SMALL})月(?!份?[间中]?[末内外之]间)(?:(?P<day4>{_SMALL})[日号])?"
    r"|(?P<today>今天|今日|昨天|昨日|前天|前日|明天|明日|当天|当日)"
    r"|(?P<halfyear>上半年|下半年|年初|年底|年末)"
    r"|(?P<open>日前|近日|近期|不久前|连日来|目前|截至目前|近年来|今年以来)"
    rf"|(?<![\d月第])(?P<day5>\d{{1,2}})日(?![本夜常内间游均元报])"
)
_DAYS = {"今": 0, "昨": -1, "前": -2, "明": 1}


def find_dates(text: str, issue_date: str | None) -> list[Found]:
    """The dates in `text`, in order, resolved against `issue_date` (ISO; a year or month alone gives what it can).

    7月18日 gets the issue's year, or the one before if it would else lie more than half a year ahead (a paper of
    January writes of 12月); 今年 the issue's year; 昨天 the day before it. A date that does not exist is open. Raises
    ValueError when `issue_date` is no ISO date.
    """
    issue = _Issue(issue_date)
    return list(_find(text, issue))


def resolve_date(text: str, issue_date: str | None) -> tuple[str | None, Precision | None]:
    """The first date in `text` as ISO string and precision, or (None, None)."""
    found = next(_find(text, _Issue(issue_date)), None)
    return (found.iso, found.precision) if found else (None, None)


class _Issue:
    """The issue date, as far as it is known."""

    def __init__(self, iso: str | None) -> None:
        parts = [int(part) for part in iso.split("-")] if iso else []
        self.year = parts[0] if parts else None
        self.month = parts[1] if len(parts) > 1 else None
        self.day = date(parts[0], parts[1], parts[2]) if len(parts) > 2 else None

    def year_of(self, month: int) -> int | None:
        """The year in which a month named without one lies: reports look back, but announce what is near."""
        if self.year is None or self.month is None:
            return self.year
        return self.year - 1 if month - self.month > 6 else self.year


def _find(text: str, issue: _Issue) -> Iterator[Found]:
    said = _Said()
    for match in _PATTERN.finditer(text):
        if match["day5"] and text[max(0, match.start() - 2) : match.start()].endswith(
            ("每", "每月", "第", "近", "过")
        ):
            continue
        said.forget(text, match.start())
        iso = _resolve(match, issue, said)
        if match["month4"] and not 1 <= (_number(match["month4"]) or 0) <= 12:
            continue
        said.keep(match, iso)
        yield Found(match.start(), match.end(), iso, _precision(iso))


class _Said:
    """What was said before in the same sentence: the year that a bare month goes on with, the month for a bare day."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.month: tuple[int, int] | None = None
        self.end = 0

    def forget(self, text: str, place: int) -> None:
        """Forgets the year when a sentence has ended between the last date and `place`, the month unless a range goes on."""
        between = text[self.end : place]
        if "。" in between or "\n" in between:
            self.year = None
        if not re.fullmatch(r"(?:[日号]?\s*[至到、和及—~～\-]{1,2}\s*)", between):
            self.month = None

    def keep(self, match: re.Match[str], iso: str | None) -> None:
        """Notes the date just read."""
        self.end = match.end()
        if iso and (match["iso"] or match["year"] or match["year2"] or match["word"]):
            self.year = int(iso[:4])
        self.month = (int(iso[:4]), int(iso[5:7])) if iso and len(iso) >= 7 else None


def _resolve(match: re.Match[str], issue: _Issue, said: _Said) -> str | None:
    iso: str | None = None
    if match["iso"]:
        year, month, day = (int(value) for value in re.split(r"[-/.]", match["iso"]))
        iso = _iso(year, month, day)
    elif match["year"]:
        iso = _iso(_year(match["year"]), _number(match["month"]), _number(match["day"]))
    elif match["year2"]:
        iso = _iso(_year(match["year2"]))
    elif match["word"]:
        offset = _YEAR_WORDS[match["word"]]
        if issue.year is not None:
            iso = _iso(issue.year + offset, _number(match["month2"]), _number(match["day2"]))
    elif match["rel"]:
        iso = _relative_month(match["rel"], _number(match["day3"]), issue)
    elif match["month4"]:
        month = _number(match["month4"]) or 0
        iso = _iso(said.year or issue.year_of(month), month, _number(match["day4"]))
    elif match["today"]:
        iso = _near(match["today"], issue)
    elif match["halfyear"]:
        iso = _iso(said.year or issue.year)
    elif match["day5"]:
        iso = _bare_day(int(match["day5"]), issue, said)
    return iso


def _bare_day(day: int, issue: _Issue, said: _Said) -> str | None:
    """20日: of the month just named in a range (18日至20日), else the last such day up to the issue."""
    if said.month is not None:
        return _iso(*said.month, day)
    if issue.day is None:
        return None
    index = issue.day.year * 12 + issue.day.month - 1 - (1 if day > issue.day.day else 0)
    return _iso(index // 12, index % 12 + 1, day)


def _relative_month(word: str, day: int | None, issue: _Issue) -> str | None:
    if issue.year is None or issue.month is None:
        return None
    shift = -1 if word.startswith("上") else 1 if word.startswith("下") else 0
    index = issue.year * 12 + issue.month - 1 + shift
    return _iso(index // 12, index % 12 + 1, day)


def _near(word: str, issue: _Issue) -> str | None:
    shift = _DAYS.get(word[0])
    return None if issue.day is None or shift is None else (issue.day + timedelta(days=shift)).isoformat()


def _iso(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO form as far as the parts go; None when the year is unknown or there is no such day."""
    if year is None:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _precision(iso: str | None) -> Precision | None:
    if iso is None:
        return None
    return "year" if len(iso) == 4 else "month" if len(iso) == 7 else "day"


def _year(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int("".join(str(_DIGITS[c]) for c in text))


def _number(text: str | None) -> int | None:
    """A number up to 99 in Arabic or Chinese figures."""
    if text is None:
        return None
    if text.isascii():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
