"""Short names of administrative divisions, by rule: 阳城县 → 阳城, 文山壮族苗族自治州 → 文山州 and 文山.

The rules hold for every unit of the official table but the irregular ones, which stand in
`kg/data/places/irregular.tsv`. A short name has at least two characters: 青县 has none.
"""

from __future__ import annotations

import re

# Peoples whose names appear in the names of autonomous units and of ethnic townships. Longer forms first; the forms
# without 族 (哈萨克自治州, 蒙古自治县, 锡伯自治县) are allowed only before 自治.
_WITH = (
    "土家族|布依族|维吾尔族|哈萨克族|柯尔克孜族|塔吉克族|俄罗斯族|乌孜别克族|塔塔尔族|鄂温克族|鄂伦春族|达斡尔族|赫哲族|锡伯族|"
    "蒙古族|朝鲜族|壮族|苗族|回族|藏族|彝族|满族|侗族|瑶族|白族|哈尼族|黎族|傣族|畲族|傈僳族|仡佬族|东乡族|高山族|拉祜族|水族|"
    "佤族|纳西族|羌族|土族|仫佬族|景颇族|撒拉族|布朗族|毛南族|普米族|阿昌族|怒族|京族|基诺族|德昂族|保安族|裕固族|门巴族|珞巴族|"
    "独龙族|各族"
)
_WITHOUT = "哈萨克|柯尔克孜|塔吉克|蒙古|锡伯|维吾尔|达斡尔"
_PEOPLES = f"(?:{_WITH})"
_BARE = f"(?:{_WITHOUT})"
_AUTONOMOUS = re.compile(rf"^(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES}|{_BARE})+|族|)自治(?P<unit>州|县|旗)$")
_REGIONS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}
_UNIT = re.compile(r"(?<=..)(?:地区|新区|林区|矿区|特区)$|[省市盟县区旗]$")
_TOWNSHIP = re.compile(rf"(?:{_PEOPLES}*民族)?(?:{_PEOPLES})*(?:街道|民族苏木|苏木|民族乡|镇|乡)$")


def short_names(name: str, *, level: str) -> tuple[str, ...]:
    """Short names of a unit of the given level by rule, the longest first; empty when the name cannot be shortened.

    An autonomous prefecture or county has two: with its unit (文山州) and without (文山).
    """
    if level == "township":
        stem = township_stem(name)
        return (stem,) if stem else ()
    if name in _REGIONS:
        return (_REGIONS[name],)
    if match := _AUTONOMOUS.match(name):
        stem, unit = match["stem"], match["unit"]
        return (stem + unit, stem)
    stem = _UNIT.sub("", name, count=1)
    return (stem,) if len(stem) >= 2 and stem != name else ()


def township_stem(name: str) -> str | None:
    """The name of a township without its unit and its people (海淀街道 → 海淀), or None if under two characters."""
    stem = _TOWNSHIP.sub("", name, count=1)
    return stem if len(stem) >= 2 and stem != name else None
