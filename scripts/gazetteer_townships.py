"""Townships that are no more, from an older table set against the current one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from gazetteer_history import Row

_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,}(?:街道|镇|乡|苏木)")
_WORDS = (
    "城镇",
    "乡镇",
    "村镇",
    "集镇",
    "小镇",
    "古镇",
)  # what is left of a name that the older table cut short


def former_townships(
    lines: Iterable[str], rows: Iterable[Row], current: dict[str, dict[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Code of a county in force → its former townships, each `<9-digit code><name>`, sorted.

    `lines` are `<12-digit code>,<name>` of about 2015, `current` the townships in force by parent code (name → code).
    A township counts as former when its county, or the one unit that its county became, has none of the name, and no
    other county of the prefecture took it over. Names that carry the county's own (化德县公腊胡洞乡) are cut; what has
    no township's unit (farms, development zones) is left out.
    """
    counties: dict[str, list[Row]] = defaultdict(list)
    prefectures: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.level == "county":
            counties[row.code].append(row)
    for parent, names in current.items():
        prefectures[parent[:4]] |= set(names)
    result: dict[str, set[str]] = defaultdict(set)
    for code, name in _entries(lines):
        target = _target(code[:6], counties)
        if target is None:
            continue
        name = name.removeprefix(target.name)
        if not _TOWNSHIP.fullmatch(name) or name in _WORDS:
            continue
        if name not in current.get(target.code, {}) and name not in prefectures[target.code[:4]]:
            result[target.code].add(code + name)
    return {code: tuple(sorted(names)) for code, names in result.items()}


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        code, _, name = line.strip().partition(",")
        if len(code) == 12:
            yield code[:9], name.removesuffix("办事处")


def _target(code: str, counties: dict[str, list[Row]]) -> Row | None:
    """The county in force under the code, or the only one that the last of the code became."""
    for _ in range(4):  # counties changed at most a few times in these years
        rows = counties.get(code, [])
        if not rows:
            return None
        if rows[0].end is None:
            return rows[0]
        last = max(rows, key=lambda row: row.end or 0)
        if len(last.successors) != 1:
            return None
        code = last.successors[0]
    return None
