"""The user's page: five reports with their boundaries, and the facts that its graph must hold."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kg.config import Config
from kg.evaluation.metrics import score
from kg.model import extraction_to_json
from kg.pipeline import Extractor
from kg.readers import Document, read_documents
from kg.segment import segment

BYLINES = {
    "广州市召开深入打好污染防治攻坚战推进会议": ["粤文"],
    "山西省阳城县推动文明城市创建上台阶、上水平": [],
    "用心 用情 用力推动新时代文明实践工作": ["付治钦"],
    "": ["孙璨", "童话"],
    "河北青县：新时代文明实践志愿服务大集受欢迎": ["董辉"],
}
FACTS_FILE = Path(__file__).parent / "cases" / "seed_facts.tsv"
FACTS = list(
    csv.DictReader(
        [line for line in FACTS_FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")],
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


@pytest.fixture(scope="module")
def predicted(root: Path) -> list[dict[str, Any]]:
    documents = [item for item in read_documents([root / "seeds"]) if isinstance(item, Document)]
    reports = [report for document in documents for report in segment(document)]
    return [extraction_to_json(extraction) for extraction in Extractor(Config()).extract_many(reports)]


def test_five_reports_with_bylines_and_date(predicted: list[dict[str, Any]]) -> None:
    assert {row["title"]: row["byline"] for row in predicted} == BYLINES
    assert {row["date"] for row in predicted} == {"2022-07-20"}


@pytest.mark.parametrize(
    "fact", FACTS, ids=lambda fact: f"{fact['subject']} {fact['predicate']} {fact['object']}"
)
def test_fact(predicted: list[dict[str, Any]], fact: dict[str, str]) -> None:
    found = {}
    for row in predicted:
        names = {entity["id"]: entity["name"] for entity in row["entities"]}
        for relation in row["relations"]:
            triple = names[relation["s"]], relation["p"], names.get(relation["o"], "report")
            found[triple] = relation["status"]
    assert found.get((fact["subject"], fact["predicate"], fact["object"])) == fact["status"]


def test_rival_is_less_sure(predicted: list[dict[str, Any]]) -> None:
    sure = {}
    for row in predicted:
        names = {entity["id"]: entity["name"] for entity in row["entities"]}
        for relation in row["relations"]:
            if relation["p"] == "awarded" and names[relation["o"]] == "全国公安机关成绩突出青年集体":
                sure[names[relation["s"]]] = relation["confidence"]
    assert sure["町店派出所"] > 0.5 > sure["阳城县公安局凤城派出所"]


def test_evidence_is_in_the_text(predicted: list[dict[str, Any]]) -> None:
    for row in predicted:
        for relation in row["relations"]:
            if relation["span"] is not None:
                start, end = relation["span"]
                assert row["text"][start:end] == relation["evidence"]


def test_scores_against_the_annotated_seed(predicted: list[dict[str, Any]], shared: Path) -> None:
    gold = [json.loads(line) for line in (shared / "gold" / "seed.jsonl").read_text("utf-8").splitlines()]
    by_text = {"".join(row["text"].split()): row["id"] for row in gold}
    paired = [{**row, "id": by_text["".join(row["text"].split())]} for row in predicted]
    assert len(paired) == 5
    result = score(gold, paired)
    assert result.entities["ALL"].f1 >= 0.88
    assert result.relations["ALL"].f1 >= 0.78
