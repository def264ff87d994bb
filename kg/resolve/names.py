"""Names of entities from their mentions: elided areas completed, short forms expanded, quotes around the whole dropped."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.knowledge.files import data_path, read_tsv

_QUOTES = ("“”", "‘’", "《》", '""')
_LEVEL = re.compile(r"^(省|自治区|市|州|盟|县|区|旗|镇|乡|街道|村|社区)(?=[\u4e00-\u9fff“])")
_LOCAL = re.compile(
    r"党|两委|委会|居委|村委|卫生室|卫生站|红白|老年|议事|妇联|团支部|工会|办事处|志愿|民兵|调解|理事|政协|人大|文化站|幸福院"
)
_YOUTH = re.compile(r"^团(省|市|州|盟|县|区|旗|镇)委$")


def bare(name: str) -> str:
    """`name` without the quotes around the whole of it; white space at its edges goes, inside it is one space."""
    name = " ".join(name.split())
    for pair in _QUOTES:
        if len(name) > 2 and name[0] == pair[0] and name[-1] == pair[1] and pair[0] not in name[1:-1]:
            return name[1:-1]
    return name


def key(name: str) -> str:
    """What two spellings of one name share: quotes and spaces left out everywhere."""
    return re.sub(r"[\s“”‘’《》\"'·]", "", name)


_COMMITTEE = re.compile(r"^(?:中国共产党|中共)(.+?[省市县区州盟旗镇乡])委(?:员会)?(.*)$")
"""中共甲县委员会 is 甲县委."""


@cache
def _variants() -> tuple[tuple[str, str], ...]:
    rows = read_tsv(data_path("lexicons", "name_variants.tsv"), "name_variants")
    return tuple((row["long"], row["short"]) for row in rows)


@lru_cache(maxsize=1 << 14)
def same_name(name: str) -> str:
    """The key of a name with words of one meaning made one (人民法院 and 法院, 妇女联合会 and 妇联)."""
    result = _COMMITTEE.sub(r"\1委\2", key(name))
    for long, short in _variants():
        result = result.replace(long, short)
    return result


def elided_level(form: str) -> str | None:
    """The level a body's form begins with instead of an area (县 of 县公安局, 团县委), or None."""
    youth = _YOUTH.match(form)
    if youth:
        return youth.group(1)
    match = _LEVEL.match(form)
    if match is None:
        return None
    level = match.group(1)
    if level in ("村", "社区", "街道") and not _LOCAL.match(form, match.end()):
        return None  # 社区事务受理中心 names a service, not a community's own body
    return level


def youth_league(name: str) -> str:
    """团徐闻县委 and 共青团徐闻县委员会 as 共青团徐闻县委."""
    match = re.fullmatch(
        r"(?:共青)?团([^省市县区州旗镇乡]\S*?(?:[省市县区州旗镇乡盟]|自治县|自治区))委(?:员会)?", name
    )
    return f"共青团{match.group(1)}委" if match else name


def completed(form: str, area: str) -> str:
    """`form` (县公安局, 团县委, 县委) with the area it leaves out (阳城县)."""
    youth = _YOUTH.match(form)
    if youth:
        return f"共青团{area}委" if len(area) > 2 else f"共青团{area}{youth.group(1)}委"
    level = elided_level(form)
    if level is None:
        return f"{area}{form}"
    rest = form[len(level) :]
    if rest.startswith("委") and (len(area) == 2 or level == "村"):
        # 青县 + 县委: one 县 alone would read as the county's name; 大园村 + 村委会
        return f"{area}{form}"
    return f"{area}{rest}"
