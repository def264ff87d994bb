"""A small corpus with known answers: invented facts about real counties, written as facts, not extracted."""

from __future__ import annotations

from collections.abc import Iterator

from extractions import BASE, entity, evidence, report

from kg.canonical import Corpus, canonicalise
from kg.model import Claim, Extraction, Observation

VERBS = {
    "runs": "开展", "holds": "举行", "participatesIn": "参加", "awarded": "获得", "pursues": "争创", "confers": "授予",
    "locatedIn": "位于", "partOf": "隶属", "governs": "管辖", "established": "成立", "issued": "印发", "worksFor": "任职于",
}  # fmt: skip
CODES = {
    "山西省": "140000", "晋中市": "140700", "祁县": "140727", "平遥县": "140728",
    "河北省": "130000", "涞水县": "130623",
}  # fmt: skip
TYPES = {
    "东观镇": "PLACE", "祁县图书馆": "PLACE",
    "祁县教育局": "ORG", "祁县文化馆": "ORG", "祁县晨读志愿队": "ORG", "平遥县教育局": "ORG", "涞水县教育局": "ORG", "教育部": "ORG",
    "晨读计划": "PROGRAM", "百戏进村": "PROGRAM", "祁县读书节启动仪式": "EVENT", "祁县全民阅读方案": "DOCUMENT",
    "全国文明城市": "AWARD", "全国书香机关": "AWARD", "林小禾": "PERSON", "周一凡": "PERSON",
}  # fmt: skip
TYPES |= dict.fromkeys(CODES, "PLACE")
AREA = {
    name: county
    for name in TYPES
    for county in ("祁县", "平遥县", "涞水县")
    if name.startswith(county) and name != county
}
AREA["东观镇"] = "祁县"

# id, date, newspaper, byline; facts: subject predicate object [confidence [date [rival: subject of the winning reading]]]
NEWS = """
qx-1 2021-04-20 晋中新报 林小禾
祁县 locatedIn 晋中市
晋中市 locatedIn 山西省
祁县 runs 晨读计划
祁县教育局 governs 祁县
祁县教育局 holds 祁县读书节启动仪式 0.9 2021-04-18
祁县读书节启动仪式 locatedIn 祁县图书馆
祁县图书馆 locatedIn 祁县
祁县文化馆 participatesIn 晨读计划
祁县教育局 runs 晨读计划
祁县 established 祁县晨读志愿队
祁县 issued 祁县全民阅读方案
周一凡 worksFor 祁县教育局

qx-2 2022-06-01 晋中新报 林小禾
祁县教育局 awarded 全国书香机关 0.9 2022
祁县文化馆 awarded 全国书香机关 0.3 - 祁县教育局
教育部 confers 全国书香机关
祁县 awarded 全国文明城市
东观镇 locatedIn 祁县
东观镇 runs 百戏进村 0.55

qx-3 2023-06-01 晋中新报 -
祁县 pursues 全国文明城市

py-1 2022-01-10 - -
平遥县教育局 governs 平遥县
平遥县教育局 runs 晨读计划
平遥县 pursues 全国文明城市

ls-1 2022-03-05 京畿日报 -
涞水县 locatedIn 河北省
涞水县教育局 governs 涞水县
涞水县教育局 runs 晨读计划
涞水县教育局 awarded 全国书香机关
"""
NUMBERS = {"qx-1": ("祁县", "志愿者", "120", "2021"), "qx-3": ("祁县", "志愿者", "300", "2021")}


def extractions() -> Iterator[Extraction]:
    """The corpus, report by report."""
    for block in NEWS.strip().split("\n\n"):
        (name, date, newspaper, byline), *facts = (line.split() for line in block.split("\n"))
        names = sorted({word for fact in facts for word in (fact[0], fact[2])} | _more(name, byline, facts))
        text = "".join(f"{fact[0]}{VERBS[fact[1]]}{fact[2]}。" for fact in facts) + "、".join(names) + "。"
        ids = {word: f"e{number}" for number, word in enumerate(names, start=1)}
        rows = [
            entity(ids[word], TYPES[word], word, text, area=ids.get(AREA.get(word, "")), code=CODES.get(word))
            for word in names
        ]
        claims = [_claim(fact, text, ids) for fact in facts]
        if byline != "-":
            claims.append(
                Claim(ids[byline], "wrote", "report", 0.99, "asserted", evidence(text, byline), "test")
            )
        yield Extraction(
            report(
                text, id=name, title=f"新闻{name}", date=date,
                newspaper=None if newspaper == "-" else newspaper, byline=() if byline == "-" else (byline,),
            ),
            tuple(rows),
            tuple(claims),
            tuple(_numbers(name, text, ids)),
        )  # fmt: skip


def corpus() -> Corpus:
    """All reports linked."""
    return canonicalise(list(extractions()), base_iri=BASE)


def _more(name: str, byline: str, facts: list[list[str]]) -> set[str]:
    words = {word for fact in facts for word in (fact[0], fact[2])}
    return {AREA[word] for word in words if word in AREA} | ({byline} if byline != "-" else set())


def _claim(fact: list[str], text: str, ids: dict[str, str]) -> Claim:
    subject, predicate, target, confidence, date, winner = (*fact, *["-"] * 3)[:6]
    certainty = 0.9 if confidence == "-" else float(confidence)
    return Claim(
        ids[subject],
        predicate,
        ids[target],
        certainty,
        "asserted" if certainty >= 0.5 else "candidate",
        # A rival reading stands on the words of the reading that won.
        evidence(text, f"{subject if winner == '-' else winner}{VERBS[predicate]}{target}"),
        "test",
        date=None if date == "-" else date,
        qualifiers={} if winner == "-" else {"rival_of": f"{ids[winner]} {predicate} {ids[target]}"},
    )


def _numbers(name: str, text: str, ids: dict[str, str]) -> Iterator[Observation]:
    if name in NUMBERS:
        subject, indicator, value, period = NUMBERS[name]
        yield Observation(ids[subject], indicator, value, "名", evidence(text, subject), period=period)
