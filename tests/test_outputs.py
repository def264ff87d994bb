"""The shop window: `outputs/` is what a build of `seeds/` gives, and what it says of the seed page is true."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import build
from kg.store.embedded import open_files
from kg.store.explain import explain
from kg.store.queries import render

LG = "https://w3id.org/lgkg/ontology#"
STATION = "全国公安机关成绩突出青年集体"


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("outputs") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        build(["seeds"], out)
    return out


def test_outputs_are_those_of_a_build(built: Path, root: Path) -> None:
    kept = root / "outputs"
    assert {path.name for path in built.iterdir()} == {path.name for path in kept.iterdir()}
    # Positions in the drawings depend on the machine's arithmetic; all that is said is compared.
    for name in ("graph.ttl", "reports.jsonl"):
        assert (built / name).read_bytes() == (kept / name).read_bytes(), "run: kg build seeds --out outputs"


def test_reports_of_the_page(built: Path) -> None:
    lines = (built / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [json.loads(line) for line in lines]
    assert len(reports) == 5
    assert {report["date"] for report in reports} == {"2022-07-20"}
    assert sorted(name for report in reports for name in report["byline"]) == sorted(
        ["粤文", "付治钦", "孙璨", "童话", "董辉"]
    )


def test_who_won_and_who_is_a_rival(built: Path) -> None:
    store = open_files([built / "graph.ttl"])
    rows = [[cell.value for cell in row if cell is not None] for row in store.query(render("rivals", {}))]  # type: ignore[union-attr]
    [row] = [row for row in rows if STATION in row]
    winner, relation, _, confidence, rival, _, lower, _ = row
    assert winner.endswith("町店派出所")
    assert rival.endswith("凤城派出所")
    assert relation == "awarded"
    assert float(lower) < float(confidence)
    [reading] = explain(built, rival, predicate="awarded", target=STATION)
    assert reading.status == "candidate"
    ask = f'ASK {{ ?s <{LG}awarded> ?o ; <http://www.w3.org/2000/01/rdf-schema#label> "{rival}"@zh }}'
    assert isinstance(answer := store.query(ask), ox.QueryBoolean)
    assert not bool(answer)


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [
        ("阳城县", "runs", "书香阳城"),
        ("晋城市", "locatedIn", "山西省"),
        ("阳城县", "locatedIn", "晋城市"),
        ("公安部", "confers", STATION),
        ("共青团中央", "confers", STATION),
        ("王桂文", "worksFor", "后董景村"),
        ("青县", "runs", "青县新时代文明实践志愿服务大集"),
    ],
)
def test_fact_of_the_page(subject: str, predicate: str, target: str, built: Path) -> None:
    readings = explain(built, subject, predicate=predicate, target=target)
    assert any(item.status == "asserted" for item in readings)
