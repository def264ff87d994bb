"""Review: claims out, verdicts in, on top of a rebuild; what no longer stands is told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from county_news import corpus, extractions

from kg.build import build
from kg.canonical import canonicalise
from kg.cli.main import main
from kg.errors import DataError
from kg.exporters.rdf import write_turtle
from kg.graph.build import triples
from kg.review import COLUMNS, Correction, apply, judgements, read_corrections, write_review

HEAD = "item,other,verdict,by,when,note\n"


def wrong_claim() -> str:
    [claim] = [row.iri for row in corpus().claims if row.claim.status == "candidate"]
    return claim


def test_verdicts_change_status_and_are_recorded() -> None:
    accepted = wrong_claim()
    rejected = next(row.iri for row in corpus().claims if row.claim.predicate == "issued")
    verdicts = [
        Correction(accepted, "accept", by="李审", when="2024-05-01", note="原文可证"),
        Correction(rejected, "reject", by="李审"),
    ]
    changed, stale = apply(corpus(), verdicts)
    assert not stale
    claims = {row.iri: row.claim for row in changed.claims}
    assert (claims[accepted].status, claims[accepted].confidence) == ("asserted", 1.0)
    assert (claims[rejected].status, claims[rejected].confidence) == ("candidate", 0.0)
    text = "\n".join(str(triple) for triple in triples(changed))
    assert "accept by 李审 on 2024-05-01: 原文可证" in text
    assert "ontology#issued> <" not in text
    in_reports = [claim for entry in changed.reports for claim in entry.extraction.claims]
    assert all(claim in in_reports for claim in claims.values())


def test_entities_can_be_merged_and_kept_apart() -> None:
    things = [thing for thing in corpus().things.values() if thing.label == "晨读计划"]
    assert len(things) == 3
    one, two, _ = (thing.iri for thing in things)
    merge = [Correction(one, "same", two, by="李审")]
    merged = canonicalise(list(extractions()), base_iri=corpus().base_iri, judgements=judgements(merge))
    assert sum(thing.label == "晨读计划" for thing in merged.things.values()) == 2
    assert apply(merged, merge)[1] == []


def test_what_no_longer_stands_is_told() -> None:
    gone = [Correction("urn:gone", "accept"), Correction("urn:a", "same", "urn:b")]
    assert apply(corpus(), gone)[1] == gone


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("urn:a,,acept,,,\n", 2, "'acept', expected one of"),
        ("urn:a,,,,,\nurn:a,,same,,,\n", 3, "needs an item and an other"),
        ("urn:a,urn:b,accept,,,\n", 2, "needs an item and no other"),
        ("urn:a,,accept,,,\nurn:a,,reject,,,\n", 3, "a second, other verdict"),
    ],
)
def test_bad_rows_are_told_with_their_line(rows: str, line: int, words: str, tmp_path: Path) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_corrections(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert words in str(caught.value)


def test_review_file_comes_back_as_it_went_out(tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    with graph.open("wb") as stream:
        write_turtle(corpus(), stream)
    result = CliRunner().invoke(main, ["review", str(graph), "--below", "0.6"])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["confidence"] for row in rows if row["status"]] == ["0.3", "0.55"]
    assert rows[0]["item"] == wrong_claim()
    rows[0] |= {"verdict": "accept", "by": "李审"}
    path = tmp_path / "back.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        write_review(rows, out)
    assert read_corrections(path) == [Correction(wrong_claim(), "accept", by="李审")]


def test_cells_cannot_run_in_a_spreadsheet() -> None:
    stream = io.StringIO()
    write_review([{"item": "urn:a", "subject": "=1+1"}], stream)
    assert "'=1+1" in stream.getvalue()


def test_build_applies_corrections_and_survives_a_rebuild(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("本报讯 近日，河北省涞水县开展“晨读涞水”活动，涞水县教育局参加。", encoding="utf-8")
    build([str(page)], tmp_path / "first")
    data = json.loads((tmp_path / "first" / "build.json").read_text(encoding="utf-8"))
    assert data["stale"] == []
    verdicts = tmp_path / "verdicts.csv"
    verdicts.write_text(f"{HEAD}urn:gone,,reject,李审,2024-05-01,\n", encoding="utf-8")
    manifest = build([str(page)], tmp_path / "second", corrections=verdicts)
    assert manifest.stale == ("urn:gone",)
    command = ["build", str(page), "--out", str(tmp_path / "third"), "--corrections", str(verdicts)]
    result = CliRunner().invoke(main, command)
    assert "warning: correction of urn:gone: no longer in the graph" in result.stderr
