"""Who wrote the report: persons in datelines, closing brackets and name lines.

A person counts where a line or a bracket holds nothing but names and the words of bylines, or right after 记者 in the
dateline; editors, proof-readers and photographers do not. A report whose `byline` was read from the page counts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.doc import Candidate, Occurrence
from kg.model import REPORT, Report
from kg.relations.scene import MASK, Scene, masked_text

_NAMES = MASK["PERSON"] + MASK["ORG"] + MASK["PLACE"]
_WORDS = re.compile(
    rf"[{_NAMES}\s/、，：:·■□◆●○▲★*＊（）()【】]|本报|本网|本刊|新华社|全媒体|融媒体|融媒|首席|特约|特派|见习|实习|驻站|驻|记者站?|通讯员|评论员|撰稿人?"
    r"|作者|供稿|报道|整理|采写|文字?|图片?|摄影?|和|及|中心|讯|电|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日"
)
_NOT_AUTHOR = re.compile(
    r"(?:编辑|责编|校对|审核|审签|终审|一审|二审|三审|监制|编审|版式|美编|检察|统筹)[：:\s]*$"
)
_PICTURE = re.compile(r"(?:图|摄影?|图片)[：:/\s]*(?:本报|特约)?(?:记者|通讯员)?\s*$")
_AFTER_PICTURE = re.compile(r"\s*摄")
_DATELINE = re.compile(r"(?:记者|通讯员)[\s　]*$")
_BRACKET = re.compile(r"[（(【]([^（）()【】\n]{2,60})[）)】]")
_LATE_BRACKET = re.compile(r"\s*(?:$|\n)")
_DATELINE_REACH = 60


def find_bylines(scene: Scene) -> Iterator[Candidate]:
    """Candidates for `wrote`."""
    report: Report = scene.doc._.report
    text = masked_text(scene)
    for occurrence in scene.occurrences:
        entity = scene.entities[occurrence.entity]
        if entity.type != "PERSON" or occurrence.kind != "name" or occurrence.start < scene.body:
            continue
        if entity.attributes.get("role") in {"editor", "photographer"}:
            continue
        how = "page" if _on_page(scene, occurrence) else _position(scene, text, occurrence)
        if how is None and entity.name in report.byline:
            how = "field"
        if how is not None:
            yield Candidate(
                entity.id, "wrote", REPORT, f"byline.{how}", 0.95, occurrence.start, occurrence.end
            )


def _on_page(scene: Scene, person: Occurrence) -> bool:
    return any(start <= person.start < end for start, end in scene.doc._.bylines)


def _position(scene: Scene, text: str, person: Occurrence) -> str | None:
    begin = text.rfind("\n", 0, person.start) + 1
    end = text.find("\n", person.end)
    end = len(text) if end < 0 else end
    before = text[begin : person.start]
    if (
        _NOT_AUTHOR.search(_unmasked(before))
        or _PICTURE.search(before)
        or _AFTER_PICTURE.match(text, person.end)
    ):
        return None
    line = text[begin:end]
    if not _WORDS.sub("", line) and len(line) <= 60:
        return "line"
    for bracket in _BRACKET.finditer(line):
        inside = begin + bracket.start(1) <= person.start and person.end <= begin + bracket.end(1)
        if inside and not _WORDS.sub("", bracket[1]):
            early = bracket.start() <= _DATELINE_REACH and begin <= scene.body + 200
            worded = re.search(r"记者|通讯员|本报", bracket[1]) is not None
            if early or worded or _LATE_BRACKET.match(line, bracket.end()):
                return "bracket"
    if begin <= scene.body + 100 and len(before) <= _DATELINE_REACH and _DATELINE.search(before):
        return "dateline"
    return None


def _unmasked(before: str) -> str:
    """`before` up to the names that stand next to the person (责编：甲 乙)."""
    return before.rstrip(_NAMES + " 　、")
