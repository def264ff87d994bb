"""A page's lines, with what their shape tells: width, the width of their column, blank lines before them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from kg.segment.cues import ENDS, is_mark

_LATIN = re.compile(r"[A-Za-z0-9.%]+")
_REACH = 5  # lines to either side that tell a line's column width
_LAST = frozenset("。！？!?…”’』」）)")  # what a line that ENDS matches has last: it spares the search
_NARROW = 7.0  # characters: what is narrower is no column of text
WIDE = 45.0
"""Characters: no newspaper column is so wide. A page of such lines has a paragraph a line."""


class Line(NamedTuple):
    """A line with text. `width` and `column` are in full-width characters; `gap` counts the blank lines before it."""

    number: int
    text: str
    width: float
    column: float
    gap: int
    inset: bool
    ended: bool
    mark: bool
    told: bool
    unclosed: bool
    token: int


def read_lines(page: str) -> list[Line]:
    """The lines of a page that have text, outer white space stripped.

    `inset` tells that white space stood before the line, `ended` that it ends a sentence, `mark` that it begins as
    subheadings do, `told` that the lines between the blank lines around it hold a sentence's end, `unclosed` that a
    bracket is opened in it and not closed. `token` is the number of characters of its first word or sign.
    """
    rows: list[tuple[int, str, int, bool]] = []
    gap = 0
    for number, raw in enumerate(page.split("\n")):
        text = raw.strip()
        if text:
            rows.append((number, text, gap, raw[0].isspace()))
            gap = 0
        else:
            gap += 1
    texts = [row[1] for row in rows]
    narrow = [_ascii(text) for text in texts]
    half = _half_width(texts, narrow)
    widths = [len(text) - half * count for text, count in zip(texts, narrow, strict=True)]
    columns = _columns(widths)
    told = _told(texts, [row[2] for row in rows])
    return [
        Line(
            number=number,
            text=text,
            width=widths[index],
            column=columns[index],
            gap=gap,
            inset=inset,
            ended=text[-1] in _LAST and ENDS.search(text) is not None,
            mark=is_mark(text),
            told=told[index],
            unclosed=_unclosed(text),
            token=_token(text),
        )
        for index, (number, text, gap, inset) in enumerate(rows)
    ]


def _told(texts: list[str], gaps: list[int]) -> list[bool]:
    """For each line, whether the lines between the blank lines around it hold a sentence's end."""
    found: list[bool] = []
    start = 0
    for index in range(1, len(texts) + 1):
        if index == len(texts) or gaps[index]:
            block = texts[start:index]
            stop = len(block) > 5 or any("。" in text for text in block)
            found += [stop] * len(block)
            start = index
    return found


def _token(text: str) -> int:
    """Characters at the head of a line that are not parted: a number, a Latin word, or one Han character."""
    match = _LATIN.match(text) if text[0].isascii() else None
    return match.end() if match else 1


def _unclosed(text: str) -> bool:
    return (
        ("（" in text and text.rfind("（") > text.rfind("）"))
        or ("“" in text and text.rfind("“") > text.rfind("”"))
        or ("《" in text and text.rfind("《") > text.rfind("》"))
        or ("(" in text and text.rfind("(") > text.rfind(")"))
    )


def _half_width(texts: list[str], narrow: list[int]) -> float:
    """How much narrower an ASCII character is set than a Han character on this page: 0.5, or 0 where it is not.

    Told by the pairs of neighbouring lines: with the right measure their widths are more alike.
    """
    equal = half = 0.0
    for (left, one), (right, other) in pairwise(zip(texts, narrow, strict=True)):
        difference = len(left) - len(right)
        if (one or other) and abs(difference) <= 5 and min(len(left), len(right)) >= _NARROW:
            equal += abs(difference)
            half += abs(difference - 0.5 * (one - other))
    return 0.5 if half < equal else 0.0


def _ascii(text: str) -> int:
    """The number of ASCII characters, by the length in UTF-8 (Han characters and Chinese punctuation take three bytes)."""
    return (3 * len(text) - len(text.encode("utf-8", "surrogatepass"))) // 2


def _columns(widths: list[float]) -> list[float]:
    """The width of the column that each line stands in: what most lines around it have, within one character."""
    columns: list[float] = []
    rounded = [int(width + 0.5) for width in widths]
    votes: list[tuple[int, float]] = []  # what each width that the window holds has for it
    window = Counter(rounded[:_REACH])
    for index, width in enumerate(widths):
        enters = rounded[index + _REACH] if index + _REACH < len(rounded) else None
        leaves = rounded[index - _REACH - 1] if index > _REACH else None
        if enters != leaves or not index:
            if enters is not None:
                window[enters] += 1
            if leaves is not None:
                window[leaves] -= 1
            votes = [
                (value, count + 0.6 * (window.get(value - 1, 0) + window.get(value + 1, 0)) + value / 1000)
                for value, count in window.items()
                if count and value >= _NARROW
            ]
        best, most = width, 0.0
        for value, count in votes:
            near = count + 0.5 if abs(value - width) <= 1 else count
            if near > most:
                best, most = float(value), near
        if width > 1.6 * best and _beside(widths, index):
            best = width
        columns.append(best)
    return columns


def _beside(widths: list[float], index: int) -> bool:
    """Whether a line beside has about the same width: two such lines make a column of their own."""
    return any(
        0 <= other < len(widths) and abs(widths[other] - widths[index]) <= 2
        for other in (index - 1, index + 1)
    )
