"""Which area a report is about, and which area an elided level (县, 市, 全区) stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.model import Entity

UNITS: Mapping[str, tuple[str, ...]] = {
    "省": ("省",),
    "自治区": ("自治区",),
    "市": ("市",),
    "州": ("州",),
    "盟": ("盟",),
    "县": ("县",),
    "区": ("区",),
    "旗": ("旗",),
    "镇": ("镇",),
    "乡": ("乡",),
    "街道": ("街道", "街道办"),
    "村": ("村",),
    "社区": ("社区",),
}
"""Units that a level word stands for: names of the area end with one of them."""

_WIDTH = {
    "省": 0,
    "自治区": 0,
    "州": 1,
    "盟": 1,
    "市": 1,
    "区": 2,
    "县": 2,
    "旗": 2,
    "镇": 3,
    "乡": 3,
    "街道": 3,
    "村": 4,
    "社区": 4,
}


def unit_of(name: str) -> str | None:
    """The unit at the end of an area's name."""
    for unit in ("自治区", "街道", "社区", *UNITS):
        if name.endswith(unit):
            return unit
    return None


def salience(doc: Doc, entity: Entity) -> float:
    """How much a report is about an area: title and first sentence weigh more than a mention far down."""
    body: int = doc._.body
    sentences = doc._.sentences
    lead_end = next((end for start, end in sentences if start >= body), body)
    score = 0.0
    for mention in entity.mentions:
        if mention.in_title:
            score += 3.0
        elif mention.start + body < lead_end:
            score += 2.0
        else:
            score += 1.0
    return score


def main_area(doc: Doc, places: Sequence[Entity], elided: Mapping[str, int]) -> str | None:
    """The id of the area the report is about, or None.

    `elided` counts level words that stand without a name (县公安局, 该县, 全县): they say which level speaks.
    """
    ranked = []
    for entity in places:
        unit = unit_of(entity.name)
        if unit is None:
            continue
        score = salience(doc, entity) + 1.5 * min(elided.get(unit, 0), 4)
        width = _WIDTH[unit]
        if width >= 3:
            score *= 0.6
        if width == 0:
            score *= 0.5
        ranked.append((-score, entity.mentions[0].start if entity.mentions else 0, entity.id))
    return min(ranked)[2] if ranked else None
