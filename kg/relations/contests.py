"""Prizes belong to a contest, and who wins one has taken part in it.

一等奖 says nothing without its contest: the nearest contest before the prize in the report confers it. Of a contest's edition (EVENT) and
the contest as such (PROGRAM) the edition is meant; finals and ceremonies give no prizes where the contest itself is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.doc import Candidate, Occurrence
from kg.model import Entity
from kg.relations.scene import Scene

_CONTEST = re.compile(
    r"(?:大赛|比赛|竞赛|评比|路演|擂台|春晚|联赛|比武|邀请赛|挑战赛|公开赛|擂台赛|锦标赛|选拔赛|赛|评选|评选活动|推选活动|征集活动|推选|展演|大比武|运动会|记录活动|创投|征文|征文活动|大赛活动|博览会|超|汇演|会演|故事会|朗读大会|艺术节|文化节|艺术周|展示活动|荟萃)[”》]?$"
)
_FESTIVAL = re.compile(
    r"(?:节|灯会|弹唱会|歌会|庙会|花会|交易会|博览会|展览会|展销会|大集|那达慕|那达慕大会)[”》]?$"
)
_STAGE = re.compile(
    r"(?:决赛|初赛|复赛|半决赛|预赛|仪式|典礼|(?<!那达慕)(?<!运动)(?<!朗读)大会|发布会|发布)[”》]?$"
)
_PRIZE = re.compile(
    r"(?:奖|冠军|亚军|季军|第[一二三四五六七八九十0-9]+名|金牌|银牌|铜牌|十佳.*|奖项|[金银铜]奖|优胜|名次|称号|桂冠|(?:教练|裁判|运动)员|守门员|射手|最佳.{2,5}|(?:优秀|最佳)?(?:指导|辅导)(?:教师|老师)|优秀.{0,4}(?:选手|作品))[”》]?$"
)
_EVENT_OF_CONTEST = re.compile(r"(?:个人|团体|小组|双人|男子|女子|排位|分组)+赛")
_SELECTION = re.compile(r"(?:评选|推选|评比|评选活动|推选活动)[”》]?$")
_OCCASIONS = frozenset({"EVENT", "PROGRAM"})
_WHERE = re.compile(r"[”》]*(?:的)?(?:舞台|现场|总?决赛)?(?:上|中|里|期间)")
_IN = re.compile(r"(?:在|于|从)[^，。]{0,12}$")
_DIRECT = re.compile(r"[”》]*(?:总决赛|决赛|[^，。、]{0,6}(?:组|类|专场|比赛))?[“‘《]?")
_WON = re.compile(r"(?:获|获得|夺得|荣获|摘得|斩获|捧回|拿下|夺|获颁)[^，。]{0,10}$")
_EDITION = re.compile(r"第[一二三四五六七八九十百0-9]+届|[0-9]{4}年|首届")


def find_contests(scene: Scene, wins: Iterable[Candidate]) -> Iterator[Candidate]:
    """`confers` from contest to prize and `participatesIn` from winner to contest; `wins` are `awarded` candidates."""
    contests = _contests(scene)
    winners: dict[str, list[Candidate]] = {}
    for win in wins:
        if win.rival_of is None:
            winners.setdefault(win.object, []).append(win)
    for entity in scene.entities.values():
        if entity.type != "AWARD":
            continue
        shown = [o for o in scene.occurrences if o.entity == entity.id]
        body = [o for o in shown if o.start >= scene.body] or shown
        if not body:
            continue
        contest = _local(scene, body[0]) or (
            _contest_of(scene, body[0], contests) if _PRIZE.search(entity.name) else None
        )
        if contest is None:
            continue
        name = scene.entities[contest.entity].name
        yield _found(contest, body[0], contest.entity, "confers", entity.id, "contests.prize", 0.85)
        if _SELECTION.search(name) or _SENDER_PRIZE.search(entity.name):
            continue
        for win in winners.get(entity.id, ()):
            if win.subject != contest.entity:
                yield Candidate(
                    win.subject,
                    "participatesIn",
                    contest.entity,
                    "contests.winner",
                    round(0.9 * win.score, 4),
                    win.start,
                    win.end,
                )


_LEVELED = re.compile(r"全国|中国|国家|[\u4e00-\u9fff]{2,8}?[省市县区州旗](?!级)")
_SENDER_PRIZE = re.compile(r"组织|协作|特殊?贡献奖|支持奖")
"""Prizes for those who sent others."""


def _contests(scene: Scene) -> list[Occurrence]:
    """Occurrences of contests in text order; of a stage only when the report names nothing else."""
    kinds = {e.id: e for e in scene.entities.values() if e.type in {"EVENT", "PROGRAM"}}
    whole = {key for key, e in kinds.items() if _CONTEST.search(e.name) and not _STAGE.search(e.name)}
    whole = {key for key in whole if not _EVENT_OF_CONTEST.fullmatch(kinds[key].name)} or whole
    stages = {key for key, e in kinds.items() if _STAGE.search(e.name) and re.search(r"赛|比武|评选", e.name)}
    editions = {key for key in whole if kinds[key].type == "EVENT"}
    for key in list(whole):
        if kinds[key].type == "PROGRAM" and any(
            _twins(kinds[key].name, kinds[other].name) for other in editions
        ):
            whole.discard(key)
    chosen = whole or stages or {key for key, e in kinds.items() if _hosts_prizes(e)}
    return [o for o in scene.occurrences if o.entity in chosen]


def _hosts_prizes(entity: Entity) -> bool:
    """A festival or fair gives prizes where no contest is named; a meeting does not."""
    return entity.type == "EVENT" and bool(_FESTIVAL.search(entity.name)) and not _STAGE.search(entity.name)


def _local(scene: Scene, prize: Occurrence) -> Occurrence | None:
    """The occasion named with the prize itself: 在甲大赛中获一等奖, 获甲展演一等奖, 在甲大赛中，乙获一等奖."""
    for sentence in scene.sentences:
        if not sentence.start <= prize.start < sentence.end:
            continue
        number = sentence.clause_at(prize.start)
        clause = sentence.clauses[number]
        before = [g for g in clause.groups if g.end <= prize.start]
        if before and scene.type(before[-1].items[-1].head) in _OCCASIONS:
            last = before[-1].items[-1].head
            lead = sentence.between(clause.start, before[-1].start).rstrip("“‘《")
            between = sentence.between(last.end, prize.start)
            if _WHERE.match(between) and _IN.search(lead):
                return last
            return last if _DIRECT.fullmatch(between) and _WON.search(lead) else None
        if number and sentence.clauses[number - 1].groups:
            earlier = sentence.clauses[number - 1]
            last = earlier.groups[-1].items[-1].head
            lead = sentence.between(earlier.start, earlier.groups[-1].start).rstrip("“‘《")
            if scene.type(last) in _OCCASIONS and _IN.search(lead):
                return last if _WHERE.fullmatch(sentence.between(last.end, earlier.end)) else None
    return None


def _twins(series: str, edition: str) -> bool:
    """Whether an edition's name without its number ends as the series' name does."""
    plain = _EDITION.sub("", edition)
    return plain == series or plain.endswith(series) or series.endswith(plain)


def _contest_of(scene: Scene, prize: Occurrence, contests: list[Occurrence]) -> Occurrence | None:
    before = [o for o in contests if o.end <= prize.start]
    contest = max(before, key=lambda o: (o.end, -o.start)) if before else next(iter(contests), None)
    if contest is None or not _LEVELED.match(scene.entities[prize.entity].name):
        return contest
    # A prize of the province or of an area comes from elsewhere, unless the contest stands before it in its sentence.
    beside = contest.start <= prize.start and "。" not in scene.text[contest.end : prize.start]
    return contest if beside else None


def _found(
    contest: Occurrence, prize: Occurrence, subject: str, predicate: str, obj: str, rule: str, score: float
) -> Candidate:
    near = abs(prize.start - contest.start) <= 200
    start = min(contest.start, prize.start) if near else prize.start
    end = max(contest.end, prize.end) if near else prize.end
    return Candidate(subject, predicate, obj, rule, score, start, end)
