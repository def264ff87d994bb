"""Review: claims out, verdicts in, on top of a rebuild; what no longer stands is told."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from county_news import BASE, corpus, extractions

from kg.build import build
from kg.canonical import Corpus, canonicalise
from kg.cli.main import main
from kg.errors import DataError
from kg.exporters.rdf import write_turtle
from kg.graph.build import triples
from kg.graph.shacl import validate
from kg.review import COLUMNS, Correction, apply, judgements, read_corrections, write_review
from kg.store.embedded import open_files, remove_report

REVIEW = ox.NamedNode("https://w3id.org/lgkg/ontology#review")
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
    assert "原文可证" in text
    assert "ontology#issued> <" not in text
    in_reports = [claim for entry in changed.reports for claim in entry.extraction.claims]
    assert all(claim in in_reports for claim in claims.values())


def iri(name: str, of: Corpus | None = None) -> str:
    return next(thing.iri for thing in (of or corpus()).things.values() if thing.label == name)


def claim_of(predicate: str, subject: str) -> str:
    return next(
        row.iri for row in corpus().claims if row.claim.predicate == predicate and row.subject == iri(subject)
    )


def graph_of(changed: Corpus, folder: Path) -> ox.Store:
    path = folder / "graph.ttl"
    with path.open("wb") as stream:
        write_turtle(changed, stream)
    assert validate([path]) == []
    return open_files([path])


def test_an_argument_can_be_put_right(tmp_path: Path) -> None:
    wrong = claim_of("established", "祁县")
    verdicts = [
        Correction(wrong, "resubject", iri("祁县教育局"), "李审", "2024-05-01"),
        Correction(claim_of("worksFor", "周一凡"), "reobject", iri("平遥县教育局")),
    ]
    changed, unapplied = apply(corpus(), verdicts)
    assert unapplied == []
    facts = {
        (changed.things[row.subject].label, row.claim.predicate, changed.things[row.object].label)
        for row in changed.claims
        if row.claim.status == "asserted" and row.object in changed.things
    }
    assert ("祁县教育局", "established", "祁县晨读志愿队") in facts
    assert ("周一凡", "worksFor", "平遥县教育局") in facts
    assert ("祁县", "established", "祁县晨读志愿队") not in facts
    # The report format tells the same, with the entity that the report does not name.
    entry = next(entry for entry in changed.reports if entry.iri.endswith("qx-1"))
    names = {entity.id: entity.name for entity in entry.extraction.entities}
    told = {(names[c.subject], c.predicate, names.get(c.object)) for c in entry.extraction.claims}
    assert {("周一凡", "worksFor", "平遥县教育局"), ("祁县教育局", "established", "祁县晨读志愿队")} <= told
    store = graph_of(changed, tmp_path)
    rows = store.query(f"""PREFIX lg: <https://w3id.org/lgkg/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?who ?when ?was {{ <{wrong}> lg:review [ lg:verdict "resubject" ; lg:formerValue ?was ;
          prov:wasAttributedTo [ a prov:Agent ; rdfs:label ?who ] ; prov:generatedAtTime ?when ] }}""")
    assert [[cell.value for cell in row] for row in rows] == [["李审", "2024-05-01T00:00:00", iri("祁县")]]  # type: ignore[union-attr]


def test_a_type_can_be_put_right(tmp_path: Path) -> None:
    item = iri("祁县读书节启动仪式")
    changed, unapplied = apply(corpus(), [Correction(item, "retype", "PROGRAM", "李审", "2024-05-01T08:30")])
    assert unapplied == []
    assert changed.things[item].type == "PROGRAM"
    status = {
        row.claim.predicate: row.claim.status for row in changed.claims if item in (row.subject, row.object)
    }
    assert status == {"holds": "candidate", "locatedIn": "asserted"}
    store = graph_of(changed, tmp_path)
    told = [quad.subject for quad in store.quads_for_pattern(None, REVIEW, None)]
    assert len(told) == 2  # the entity, and the fact that no longer fits
    remove_report(store, f"{BASE}report/qx-1")
    assert not list(store.quads_for_pattern(None, None, ox.NamedNode(REVIEW.value.replace("#r", "#R"))))


def test_what_is_no_place_is_no_area_either(tmp_path: Path) -> None:
    changed, _ = apply(corpus(), [Correction(iri("祁县"), "retype", "ORG")])
    assert changed.things[iri("祁县")].code is None
    graph_of(changed, tmp_path)


def test_a_name_can_be_put_right(tmp_path: Path) -> None:
    item = iri("祁县图书馆")
    changed, _ = apply(corpus(), [Correction(item, "rename", "祁县晨光图书馆", note="馆牌")])
    thing = changed.things[item]
    assert (thing.label, thing.alt_labels) == ("祁县晨光图书馆", ("祁县图书馆",))
    names = {entity.name for entry in changed.reports for entity in entry.extraction.entities}
    assert "祁县晨光图书馆" in names
    assert "祁县图书馆" not in names
    graph_of(changed, tmp_path)


def test_a_correction_that_cannot_be_is_told() -> None:
    claim = claim_of("established", "祁县")
    verdicts = [
        Correction(claim, "resubject", iri("林小禾")),
        Correction(claim, "reobject", "urn:gone"),
        Correction(claim_of("wrote", "林小禾"), "reobject", iri("祁县")),
    ]
    changed, unapplied = apply(corpus(), verdicts)
    assert [item.why for item in unapplied] == [
        "established does not take PERSON and ORG",
        "urn:gone is no longer in the graph",
        "the object of wrote is the report",
    ]
    assert changed == corpus()


def test_entities_can_be_merged_and_kept_apart() -> None:
    things = [thing for thing in corpus().things.values() if thing.label == "晨读计划"]
    assert len(things) == 3
    one, two, _ = (thing.iri for thing in things)
    merge = [Correction(one, "same", two, by="李审")]
    merged = canonicalise(list(extractions()), base_iri=corpus().base_iri, judgements=judgements(merge))
    assert sum(thing.label == "晨读计划" for thing in merged.things.values()) == 2
    assert apply(merged, merge)[1] == []
    assert "wasAttributedTo" in "\n".join(str(triple) for triple in triples(merged))


def test_what_no_longer_stands_is_told() -> None:
    gone = [Correction("urn:gone", "accept"), Correction("urn:a", "same", "urn:b")]
    found = apply(corpus(), gone)[1]
    assert [(item.correction, item.why) for item in found] == [
        (item, "no longer in the graph") for item in gone
    ]


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("urn:a,,acept,,,\n", 2, "'acept', expected one of"),
        ("urn:a,,,,,\nurn:a,,same,,,\n", 3, "needs an item and an other"),
        ("urn:a,urn:b,accept,,,\n", 2, "needs an item and no other"),
        ("urn:a,,accept,,,\nurn:a,,reject,,,\n", 3, "a second, other verdict"),
        ("urn:a,ORG,retype,,,\nurn:a,PLACE,retype,,,\n", 3, "a second, other verdict"),
        ("urn:a,REPORT,retype,,,\n", 2, "type 'REPORT', expected one of AWARD DOCUMENT"),
        ("urn:a,,rename,,,\n", 2, "rename needs an item and a name"),
        ("urn:a,,reobject,,,\n", 2, "needs an item and an entity's IRI"),
        ("urn:a,,accept,,昨天,\n", 2, "when '昨天', expected a date"),
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
    [stale] = manifest.stale
    assert (stale.correction.item, stale.why) == ("urn:gone", "no longer in the graph")
    data = json.loads((tmp_path / "second" / "build.json").read_text(encoding="utf-8"))
    assert [(item["item"], item["verdict"], item["by"]) for item in data["stale"]] == [
        ("urn:gone", "reject", "李审")
    ]
    command = ["build", str(page), "--out", str(tmp_path / "third"), "--corrections", str(verdicts)]
    result = CliRunner().invoke(main, command)
    assert "warning: reject of urn:gone: no longer in the graph" in result.stderr
