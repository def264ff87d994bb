"""Rank, number of holders and edition of an award, from its name and the words around it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.doc import Candidate
from kg.relations.scene import Scene

_RANK = re.compile(
    r"(特等奖|[一二三四]等(?:奖|功)|[金银铜]奖|冠军|亚军|季军|第[一二三四五六七八九十0-9]+名|提名奖|优秀奖)$"
)
_EDITION = re.compile(
    r"第[一二三四五六七八九十百0-9]+[届批次]|首[届批]|(?:19|20)[0-9]{2}(?:[—-](?:19|20)[0-9]{2})?年?度?(?=[^月日]|$)"
)
_COUNT_BEFORE = re.compile(r"([0-9]+)余?(?:名|个|户|位|家|支|项|人)[“‘《]?$")
_COUNT_AFTER = re.compile(r"[”’》]*(?:荣誉)?(?:称号)?\s?([0-9]+)余?(?:名|个|户|位|家|支|项|人)")


def award_qualifiers(scene: Scene, candidate: Candidate) -> Mapping[str, str]:
    """`rank`, `count`, `edition` of an `awarded` or `confers` candidate, as far as the text says."""
    award = scene.entities[candidate.object]
    found: dict[str, str] = {}
    rank = _RANK.search(award.name.strip("“”"))
    if rank is not None:
        found["rank"] = rank[1]
    for occurrence in scene.occurrences:
        if occurrence.entity != award.id or not candidate.start <= occurrence.start < candidate.end:
            continue
        before = scene.text[max(occurrence.start - 14, 0) : occurrence.start]
        within = scene.text[occurrence.start : occurrence.end]
        edition = _EDITION.match(within) or re.search(rf"(?:{_EDITION.pattern})[^，。；、]{{0,6}}$", before)
        if edition is not None:
            found["edition"] = (_EDITION.search(edition.group()) or edition).group()
        count = _COUNT_BEFORE.search(before) or _COUNT_AFTER.match(scene.text, occurrence.end)
        if count is not None and candidate.predicate == "confers":
            found["count"] = count[1]
        break
    return found
