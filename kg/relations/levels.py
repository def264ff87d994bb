"""Levels of administration, read from names: of an area, of a body, of an honour."""

from __future__ import annotations

import re
from functools import cache

from kg.knowledge.places import load_gazetteer

PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE, OTHER = 1, 2, 3, 4, 5, 6
_NATIONAL = 0

_NO_AREA = re.compile(
    r"(?:景|园|旅游|度假|风景|保护|片|校|库|矿|林|灌|厂|小|示范|开发|高新|合作|试验)区$|小镇$|自然村$|新村$"
)
_AREAS = (
    (PROVINCE, re.compile(r"(?:省|自治区|特别行政区)$")),
    (VILLAGE, re.compile(r"(?:村|社区|居民区|嘎查|小区|屯|寨|居委会)$")),
    (TOWNSHIP, re.compile(r"(?:镇|乡|街道|苏木|街道办)$")),
    (CITY, re.compile(r"(?:州|盟|地区)$")),
    (COUNTY, re.compile(r"(?:县|区|旗)$")),
    (CITY, re.compile(r"市$")),
)
_HONOURS = (
    (_NATIONAL, re.compile(r"^[“《]?(?:首届|第.届)?(?:全国|国家|中国|中华)|国家级")),
    (PROVINCE, re.compile(r"^[“《]?(?:[^县市区]{2,4}省|[^县市]{2,5}自治区|全省|省级|省)")),
    (CITY, re.compile(r"^[“《]?(?:[^县省]{2,4}市|[^县省]{2,8}自治州|全市|全州|市级|州级)")),
    (COUNTY, re.compile(r"^[“《]?(?:[^市省]{1,10}县|全县|全区|县级|区级)")),
)
_BODIES = (
    (PROVINCE, re.compile(r"^(?:中共|共青团)?(?:.{2,3}省|.{2,5}自治区|省|自治区)")),
    (CITY, re.compile(r"^(?:中共|共青团)?(?:.{2,3}市|.{2,10}自治州|市|州)")),
    (COUNTY, re.compile(r"^(?:中共|共青团)?(?:.{1,10}县|.{2,4}区|.{2,10}旗|县|区|旗)")),
    (TOWNSHIP, re.compile(r"^.{1,8}(?:镇|乡|街道)")),
    (VILLAGE, re.compile(r"^.{1,8}(?:村|社区)")),
)


def area_level(name: str) -> int:
    """1 province, 2 prefecture or city, 3 county, 4 township, 5 village or community, 6 anything else.

    A city that the gazetteer knows as one of county level only (慈溪市) is 3.
    """
    if _NO_AREA.search(name):
        return OTHER
    level = next((number for number, pattern in _AREAS if pattern.search(name)), OTHER)
    return COUNTY if level == CITY and _of_county_level(name) else level


@cache
def _of_county_level(city: str) -> bool:
    return {place.level for place in load_gazetteer().full(city)} == {"county"}


_HOLDERS = (
    (frozenset({VILLAGE}), re.compile(r"(?:示范|文明|先进|卫生|生态)(?:村|村寨|社区)[”》]?$")),
    (frozenset({TOWNSHIP}), re.compile(r"(?<!村)(?<!之)(?:镇|乡|街道)[”》]?$")),
    (frozenset({COUNTY}), re.compile(r"(?:县|县城|强县)[”》]?$")),
    (frozenset({CITY, COUNTY}), re.compile(r"(?:城市|市)[”》]?$")),
)


def may_hold(area: str, honour: str) -> bool:
    """Whether an area is of the kind that an honour is for (…示范县 is for counties)."""
    levels = next((levels for levels, pattern in _HOLDERS if pattern.search(honour)), None)
    return levels is None or area_level(area) in levels


def above(honour: str, giver: str) -> bool:
    """Whether an honour's name claims a level above that of a giver (全国… from a county)."""
    claimed = next((number for number, pattern in _HONOURS if pattern.search(honour)), None)
    own = next((number for number, pattern in _BODIES if pattern.search(giver)), None)
    return claimed is not None and own is not None and claimed < own
