"""The main job: complete or nothing, the same whatever the order and the workers, failures named."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.build import MANIFEST, build
from kg.cli.main import main
from kg.config import Config
from kg.errors import InputError, UsageError
from kg.store.embedded import open_files

PARAGRAPH = "本报讯 近日，河北省涞水县启动“晨读涞水”活动，涞水县教育局在涞水县图书馆举行“晨读涞水”启动仪式。"
OTHER = "本报讯 日前，山西省祁县文化和旅游局开展“百戏进村”活动，祁县东观镇被授予“省级文明乡镇”称号。"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.txt").write_text(PARAGRAPH, encoding="utf-8")
    (folder / "a.txt").write_text(OTHER, encoding="utf-8")
    lines = [{"id": f"r{n}", "text": f"{PARAGRAPH}第{n}场。", "date": "2021-03-04"} for n in range(40)]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "c.jsonl").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(files[MANIFEST])
    del manifest["seconds"]
    files[MANIFEST] = json.dumps(manifest).encode()
    return files


def test_outputs_do_not_depend_on_order_or_workers(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pages)
    build(["a.txt", "b.txt", "c.jsonl"], tmp_path / "one")
    build(["c.jsonl", "b.txt", "a.txt", "a.txt"], tmp_path / "two", workers=2)
    one = contents(tmp_path / "one")
    assert one == contents(tmp_path / "two")
    assert len(one) >= 4


def test_manifest_tells_what_was_done(pages: Path, tmp_path: Path) -> None:
    (pages / "broken.txt").write_bytes(b"")
    manifest = build([str(pages)], tmp_path / "out", config=Config(min_confidence=0.9))
    data = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))
    assert data == json.loads(json.dumps(manifest.to_json()))
    assert data["options"]["min_confidence"] == 0.9
    assert [Path(item["source"]).name for item in data["inputs"]] == ["a.txt", "b.txt", "c.jsonl"]
    assert [Path(item["source"]).name for item in data["failed"]] == ["broken.txt"]
    assert data["counts"]["reports"] == 42
    assert data["outputs"].keys() == {path.name for path in (tmp_path / "out").iterdir()} - {MANIFEST}


def test_existing_folder_keeps_foreign_files_and_leaves_nothing_aside(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    build([str(pages / "a.txt")], out)
    first = contents(out)
    build([str(pages / "a.txt")], out)
    assert contents(out) == first
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    "make", [lambda path: path.write_bytes(b""), lambda path: path.write_bytes(os.urandom(4000))]
)
def test_input_without_a_report_writes_nothing(make: object, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    make(page)  # type: ignore[operator]
    with pytest.raises(InputError, match=r"page\.txt"):
        build([str(page)], tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"page.txt"}


def test_folder_without_a_readable_file_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="empty"):
        build([str(tmp_path / "empty")], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_unwritable_output_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        build([str(tmp_path / "nowhere.txt")], tmp_path / "file" / "out")


def test_fault_while_writing_leaves_the_old_outputs(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([str(pages / "a.txt")], out)
    before = contents(out)

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.build.write_exports", no_space)
    with pytest.raises(OSError, match="No space"):
        build([str(pages / "b.txt")], out)
    assert contents(out) == before


def test_unknown_export_is_wrong_usage(pages: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"graph\.tll"):
        build([str(pages / "a.txt")], tmp_path / "out", only=["graph.tll"])
    assert not (tmp_path / "out").exists()


def test_extract_keeps_ids_and_order(tmp_path: Path) -> None:
    lines = [{"id": name, "text": PARAGRAPH} for name in ("z", "a", "m")]
    source = "\n".join(json.dumps(line) for line in lines)
    command = [sys.executable, "-m", "kg", "extract", "-", "--quiet"]
    done = subprocess.run(
        command, input=source, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in io.StringIO(done.stdout)]
    assert [report["id"] for report in found] == ["z", "a", "m"]
    assert all(entity["iri"] for report in found for entity in report["entities"])
    for report in found:
        for entity in report["entities"]:
            assert all(report["text"][start:end] in entity["mentions"] for start, end in entity["spans"])


def test_violations_of_the_shapes_are_told(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.build.validate", lambda paths: [f"{paths[0].name} has a node without a label"])
    result = CliRunner().invoke(main, ["build", str(pages / "a.txt"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "without a label" in result.stderr
    assert (tmp_path / "out" / "graph.ttl").exists()


LONGER = (
    OTHER
    + "活动期间，共有三千二百名村民到场观看，演职人员把二十台折子戏送到了村口。现场还设了借书台，供孩子们挑选。"
)
REPRINTED = [
    {"id": "web", "source": "web", "text": LONGER.replace("日前", "近日"), "date": "2021-03-06"},
    {"id": "cut", "source": "wire", "text": LONGER.rsplit("现场", 1)[0], "date": "2021-03-03"},
    {"id": "print", "source": "paper", "text": LONGER, "date": "2021-03-05", "newspaper": "晋中新报"},
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_printings_of_one_report_give_each_fact_once(order: tuple[int, ...], tmp_path: Path) -> None:
    for number, place in enumerate(order):
        line = json.dumps(REPRINTED[place], ensure_ascii=False)
        (tmp_path / f"{number}.jsonl").write_text(line, encoding="utf-8")
    manifest = build([str(tmp_path)], tmp_path / "out", config=Config(model=False))
    assert (manifest.counts["reports"], manifest.counts["reprints"]) == (1, 2)
    assert sum(source.reports for source in manifest.inputs) == 3
    assert manifest.failed == ()
    assert manifest.counts["claims"] == sum(manifest.counts["facts"].values()) > 0
    [line] = (tmp_path / "out/reports.jsonl").read_text(encoding="utf-8").splitlines()
    report = json.loads(line)
    assert report["id"] == "print"
    assert {item["id"] for item in report["reprints"]} == {"web", "cut"}
    ask = """PREFIX lg: <https://w3id.org/lgkg/ontology#> PREFIX schema: <https://schema.org/>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    SELECT ?source ?date { ?p a schema:NewsArticle ; lg:reprintOf/dcterms:identifier "print" ; dcterms:source ?source ;
      schema:datePublished ?date } ORDER BY ?source"""
    rows = [[cell.value for cell in row] for row in open_files([tmp_path / "out/graph.ttl"]).query(ask)]  # type: ignore[union-attr]
    assert rows == [["web", "2021-03-06"], ["wire", "2021-03-03"]]


def test_build_says_that_reports_were_printed_again(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in REPRINTED), encoding="utf-8")
    result = CliRunner().invoke(main, ["build", str(path), "--out", str(tmp_path / "out")])
    assert "2 further printings of these reports" in result.stderr


def test_extract_keeps_a_line_for_each_printing(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in REPRINTED), encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(path), "-o", "-"])
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["web", "cut", "print"]


def test_a_part_of_the_graph(pages: Path, tmp_path: Path) -> None:
    wish = ["--place", "涞水县", "--type", "PLACE", "--type", "ORG", "--since", "2021-03"]
    files = ["--only", "nodes.csv", "--only", "pairs.graphml"]
    result = CliRunner().invoke(main, ["build", str(pages), "--out", str(tmp_path / "out"), *wish, *files])
    assert result.exit_code == 0, result.output
    nodes = (tmp_path / "out" / "nodes.csv").read_text(encoding="utf-8-sig")
    assert "涞水县教育局" in nodes
    assert "祁县" not in nodes  # another county
    assert "晨读涞水" not in nodes  # a program
    assert "<edge " in (tmp_path / "out" / "pairs.graphml").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["selection"]["place"] == "涞水县"
    assert manifest["selection"]["types"] == ["PLACE", "ORG"]


@pytest.mark.parametrize(
    ("option", "said"), [(("--since", "2022/7"), "no date '2022/7'"), (("--type", "TOWN"), "no type 'TOWN'")]
)
def test_a_wish_that_cannot_be_is_told_before_anything_is_read(
    option: tuple[str, str], said: str, tmp_path: Path
) -> None:
    result = CliRunner().invoke(main, ["build", "no-such-file", "--out", str(tmp_path / "out"), *option])
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out").exists()


def test_the_provenance_tells_the_options_of_the_run(pages: Path, tmp_path: Path) -> None:
    for name, least in (("one", 0.5), ("two", 0.9)):
        build(
            [str(pages / "a.txt")], tmp_path / name, config=Config(min_confidence=least), only=["graph.ttl"]
        )
    one, two = ((tmp_path / name / "graph.ttl").read_text(encoding="utf-8") for name in ("one", "two"))
    assert '"min_confidence=0.5"' in one
    assert '"min_confidence=0.9"' in two
    run = "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?run { ?run a prov:Activity }"
    found = [list(open_files([tmp_path / name / "graph.ttl"]).query(run)) for name in ("one", "two")]
    assert [len(rows) for rows in found] == [1, 1]
    assert found[0][0]["run"] != found[1][0]["run"]
