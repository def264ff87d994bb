"""The embedded store and what asks it: loading twice changes nothing, a report can be taken out, answers in all forms."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from county_news import BASE, extractions

from kg.canonical import canonicalise
from kg.cli.main import main
from kg.errors import InputError, UsageError
from kg.exporters.rdf import write_trig, write_turtle
from kg.model import Reprint
from kg.store.ask import Place, ask
from kg.store.embedded import open_files, remove_report, report_iri
from kg.store.explain import diff, explain
from kg.store.loading import load_graphs

REPRINT_OF = ox.NamedNode("https://w3id.org/lgkg/ontology#reprintOf")
CLAIM = ox.NamedNode("https://w3id.org/lgkg/ontology#Claim")


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def write(path: Path, *leave_out: str) -> Path:
    kept = [item for item in extractions() if item.report.id not in leave_out]
    with path.open("wb") as stream:
        (write_trig if path.suffix == ".trig" else write_turtle)(canonicalise(kept, base_iri=BASE), stream)
    return path


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write(tmp_path / "graph.ttl")


def triples(store: ox.Store) -> set[str]:
    # The description of the dataset counts what was in the file.
    return {str(quad) for quad in store if "/dataset/" not in str(quad.subject)}


def test_loading_twice_changes_nothing(graph: Path, tmp_path: Path) -> None:
    assert "(+0)" not in load_graphs([graph], store=tmp_path / "store")
    assert load_graphs([graph], store=tmp_path / "store").endswith("(+0)")
    assert load_graphs([graph], store=tmp_path / "store", replace=True).endswith("(+0)")
    assert load_graphs([write(tmp_path / "graph.trig")], store=tmp_path / "store").endswith("(+0)")


@pytest.mark.parametrize("report", ["qx-1", "qx-2", "py-1"])
def test_removing_a_report_leaves_what_the_others_say(report: str, graph: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    load_graphs([graph], store=store)
    load_graphs([], store=store, remove=[report])
    rest = open_files([write(tmp_path / "rest.ttl", report)])
    left, wanted = triples(ox.Store.read_only(str(store))), triples(rest)
    names = ("altLabel", "identifiedBy", "mergedFrom", "/match/", "possiblySame", "programName", "/concept/")
    shared = {line for line in left ^ wanted if not any(name in line for name in names)}
    assert not shared


def test_removing_what_is_not_there_is_wrong_usage(graph: Path, tmp_path: Path) -> None:
    load_graphs([graph], store=tmp_path / "store")
    with pytest.raises(UsageError, match="no report 'nowhere'"):
        load_graphs([], store=tmp_path / "store", remove=["nowhere"])


def test_faulty_rdf_is_told_with_its_line_and_adds_nothing(graph: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense .\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.ttl:2"):
        load_graphs([graph, bad], store=tmp_path / "store")
    assert len(ox.Store.read_only(str(tmp_path / "store"))) == 0


def test_answers_in_every_form(graph: Path) -> None:
    place = ("--graph", graph)
    assert "平遥县" in kg("query", "striving", *place).stdout.splitlines()[1]
    assert kg("query", "striving", *place, "--format", "csv").stdout.splitlines()[1] == "平遥县,全国文明城市"
    data = json.loads(kg("query", "striving", *place, "--format", "json").stdout)
    assert data["results"]["bindings"][0]["who_name"]["value"] == "平遥县"
    construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/lgkg/ontology#Person> ; ?p ?o }"
    assert "林小禾" in kg("query", construct, *place, "--format", "ttl").stdout
    assert kg("query", "ASK { ?s ?p ?o }", *place).stdout.split() == ["answer", "true"]
    assert kg("query", "--list").stdout.count("\n") == 23


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("striving",), 2, "--store DIR, --graph FILE, --endpoint URL"),
        (("striving", "--store", "nowhere"), 2, "no store in this folder"),
        (("SELECT * WHERE {", "--graph", "GRAPH"), 1, "not valid SPARQL"),
        (("ASK {}", "--graph", "GRAPH", "--format", "ttl"), 2, "not a graph"),
        (("ASK {}", "--graph", "GRAPH", "--param", "a=b"), 2, "named query"),
        (("programs-of", "--graph", "GRAPH", "--param", "祁县"), 2, "key=value"),
        (("ASK {}", "--endpoint", "file:///etc/passwd"), 2, "http"),
        (("missing.rq", "--graph", "GRAPH"), 2, "missing.rq"),
    ],
)
def test_wrong_questions_are_told_in_one_line(
    arguments: tuple[str, ...], code: int, words: str, graph: Path
) -> None:
    result = kg("query", *[str(graph) if argument == "GRAPH" else argument for argument in arguments])
    assert result.exit_code == code
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_explain_shows_words_and_rivals(graph: Path) -> None:
    [reading] = explain(graph, "祁县文化馆", predicate="awarded")
    assert (reading.status, reading.confidence) == ("candidate", 0.3)
    assert "【祁县教育局获得全国书香机关】" in reading.sentence
    assert reading.rivals == ("祁县教育局 awarded 全国书香机关 (0.9)",)
    result = kg("explain", graph, "--subject", "祁县教育局", "--predicate", "awarded")
    assert "rival reading: 祁县文化馆 awarded 全国书香机关 (0.3)" in result.stdout
    assert kg("explain", graph, "--subject", "无名县").exit_code == 2


def test_diff_tells_what_was_gained_and_lost(graph: Path, tmp_path: Path) -> None:
    before = write(tmp_path / "before.ttl", "ls-1")
    gained = diff(before, graph)
    assert ("涞水县", "locatedIn", "河北省") in gained.facts_gained
    assert ("Place", "涞水县") in gained.entities_gained
    assert not gained.facts_lost
    assert diff(graph, before).facts_lost == gained.facts_gained
    assert kg("diff", graph, graph).stdout == ""


class _Store(BaseHTTPRequestHandler):
    """A Graph Store that is busy at first."""

    busy = 2
    taken: list[tuple[str, str, bytes]] = []  # noqa: RUF012 (shared on purpose)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if type(self).busy:
            type(self).busy -= 1
            self.send_response(503)
            self.end_headers()
            return
        self.taken.append((self.path, self.headers["Content-Type"], body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_loading_into_a_busy_graph_store_is_tried_again(graph: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Store)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        load_graphs([graph], endpoint=f"http://127.0.0.1:{server.server_port}/store", graph_name="urn:a b")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert _Store.taken == [("/store?graph=urn%3Aa%20b", "text/turtle", graph.read_bytes())]


def test_store_that_is_not_there_is_told(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.remote.ATTEMPTS", 0)
    with pytest.raises(InputError, match="does not answer"):
        ask("ASK {}", Place(endpoint="http://127.0.0.1:1/sparql"))


def test_a_printing_goes_with_its_report_or_alone(tmp_path: Path) -> None:
    kept = list(extractions())
    again = replace(kept[0].report, source="elsewhere", newspaper="新报")
    copies = [Reprint(again, kept[0].report), Reprint(replace(again, id="cut"), kept[0].report)]
    with (tmp_path / "graph.ttl").open("wb") as stream:
        write_turtle(canonicalise(kept, base_iri=BASE, reprints=copies), stream)
    store = open_files([tmp_path / "graph.ttl"])
    assert report_iri(store, kept[0].report.id) == f"{BASE}report/{kept[0].report.id}"
    printings = [quad.subject for quad in store.quads_for_pattern(None, REPRINT_OF, None)]
    assert len(printings) == 2
    claims = sum(1 for _ in store.quads_for_pattern(None, None, CLAIM))
    remove_report(store, report_iri(store, "cut"))
    assert sum(1 for _ in store.quads_for_pattern(None, REPRINT_OF, None)) == 1
    assert sum(1 for _ in store.quads_for_pattern(None, None, CLAIM)) == claims
    remove_report(store, report_iri(store, kept[0].report.id))
    for printing in printings:
        assert not list(store.quads_for_pattern(printing, None, None))
