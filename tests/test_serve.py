"""The served endpoint: SPARQL 1.1 protocol, clients nobody here wrote, and what it must refuse."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import UsageError
from kg.store.ask import Place, Table, ask
from kg.store.guard import reaches_out
from kg.store.serve import application
from kg.store.worker import Limits

uvicorn = pytest.importorskip("uvicorn", reason="the serve extra is not installed")
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SELECT = f"SELECT ?s WHERE {{ ?s <{LABEL}> ?o }} ORDER BY ?s"
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("serve")
    store = ox.Store(str(folder / "store"))
    rows = "\n".join(f'<urn:s{n}> <{LABEL}> "名{n}"@zh .' for n in range(300))
    store.load(rows.encode(), format=ox.RdfFormat.TURTLE)
    store.flush()
    del store
    (folder / "index.html").write_text("<h1>page</h1>", encoding="utf-8")
    limits = Limits(seconds=2, answer=20_000, workers=2)
    app = application(
        folder / "store", page=folder / "index.html", limits=limits, origins=["http://friend.example"]
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


def send(url: str, body: str | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, media type and text of an answer."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    request = urllib.request.Request(url, None if body is None else body.encode(), named)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get_content_type(), error.read().decode()


def get(server: str, query: str, **headers: str) -> tuple[int, str, str]:
    return send(f"{server}/sparql?{urllib.parse.urlencode({'query': query})}", **headers)


# The cases of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ that apply to a read-only endpoint.
def test_query_by_get_and_both_kinds_of_post(server: str) -> None:
    for status, media, text in (
        get(server, "ASK {}"),
        send(f"{server}/sparql", urllib.parse.urlencode({"query": "ASK {}"}), Content_Type=FORM),
        send(f"{server}/sparql", "ASK {}", Content_Type="application/sparql-query"),
    ):
        assert (status, media, json.loads(text)["boolean"]) == (200, JSON, True)


@pytest.mark.parametrize(
    ("url", "body", "kind", "status"),
    [
        ("/sparql", None, "", 400),
        ("/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, "", 400),
        ("/sparql?query=nonsense", None, "", 400),
        ("/sparql", "query=ASK%20%7B%7D", "text/plain", 415),
        ("/sparql", "ASK {}", "", 415),
        ("/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("/sparql", "INSERT DATA { <urn:a> <urn:b> 1 }", "application/sparql-update", 403),
        ("/sparql", "update=CLEAR%20ALL", FORM, 403),
        ("/sparql?query=CLEAR%20ALL", None, "", 400),
        ("/sparql", "x" * 2_000_000, "application/sparql-query", 413),
    ],
)
def test_bad_requests_and_updates_are_refused(
    server: str, url: str, body: str | None, kind: str, status: int
) -> None:
    assert send(server + url, body, **({"Content_Type": kind} if body is not None else {}))[0] == status
    assert (
        json.loads(get(server, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[2])["results"]["bindings"][0]["n"][
            "value"
        ]
        == "300"
    )


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "*/*", JSON),
        (SELECT, "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "image/png, text/*;q=0.1", "text/csv"),
        (SELECT, "application/nonsense", JSON),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "*/*", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", "application/n-triples"),
    ],
)
def test_form_is_negotiated(server: str, query: str, accept: str, media: str) -> None:
    status, given, _ = get(server, f"{query} LIMIT 5", Accept=accept)
    assert (status, given) == (200, media)


def test_clients_of_others_get_answers(server: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    assert len(list(graph.query(f"SELECT ?s WHERE {{ ?s <{LABEL}> ?o }} LIMIT 7"))) == 7
    wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
    client = wrapper.SPARQLWrapper(f"{server}/sparql", returnFormat=wrapper.JSON)
    client.setQuery("ASK {}")
    assert client.queryAndConvert()["boolean"] is True


def test_comunica_asks(server: str) -> None:
    folder = Path(__file__).parent / "interop"
    if shutil.which("node") is None or not (folder / "node_modules" / "@comunica" / "query-sparql").is_dir():
        pytest.skip("Comunica is not installed (tests/interop/install.sh)")
    query = f"SELECT ?o WHERE {{ <urn:s7> <{LABEL}> ?o }}"
    command = ["node", str(folder / "ask.cjs"), f"{server}/sparql", query]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [{"o": {"value": "名7", "language": "zh"}}]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_gets_answers_and_refusals(server: str) -> None:
    def curl(*arguments: str) -> str:
        command = ["curl", "--silent", "--noproxy", "*", "--max-time", "20", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    endpoint = f"{server}/sparql"
    query = f"SELECT ?o WHERE {{ <urn:s7> <{LABEL}> ?o }}"
    asked = ("--get", "--data-urlencode", f"query={query}")
    assert curl(*asked, "--header", "Accept: text/csv", endpoint).split() == ["o", "名7"]
    bindings = json.loads(curl("--data-urlencode", f"query={query}", endpoint))["results"]["bindings"]
    assert bindings == [{"o": {"type": "literal", "value": "名7", "xml:lang": "zh"}}]
    code = ("--output", os.devnull, "--write-out", "%{http_code}")
    assert curl(*code, "--data-urlencode", "update=CLEAR ALL", endpoint) == "403"
    assert curl(*code, f"{server}/") == "200"
    assert curl(*code, "--path-as-is", f"{server}/../store/CURRENT") == "404"


def test_our_own_client_gets_answers(server: str) -> None:
    answer = ask(f"SELECT ?o WHERE {{ <urn:s7> <{LABEL}> ?o }}", Place(endpoint=f"{server}/sparql"))
    assert answer == Table(("o",), (("名7",),))


def test_slow_query_is_cut_off_while_others_are_answered(server: str) -> None:
    outcome: list[int] = []
    slow = threading.Thread(target=lambda: outcome.append(get(server, SLOW)[0]))
    slow.start()
    start = time.monotonic()
    assert get(server, "ASK {}")[0] == 200
    assert time.monotonic() - start < 1.5
    slow.join()
    assert outcome == [503]
    assert get(server, "ASK {}")[0] == 200


def test_huge_answer_is_cut_off(server: str) -> None:
    status, _, text = get(server, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }")
    assert status == 413
    assert "LIMIT" in text


HIDDEN = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<http://127.0.0.1:9/>{} }",
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> {} }",
    "SELECT * { ?s ?p true SERVICE?x {} }",
    "SELECT * { #comment\nSERVICE#\n<http://127.0.0.1:9/> {} }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }",
    "PREFIX a: <urn:> SELECT * { ?s a:\\' ?o . SERVICE <http://127.0.0.1:9/> {} #'\n }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_service_is_refused_however_it_is_written(query: str, server: str) -> None:
    assert get(server, query)[0] == 403


@pytest.mark.parametrize(
    "query", ["SELECT ?service { ?service a <urn:x> }", "PREFIX s: <urn:> ASK { ?x a s:service }"]
)
def test_names_with_that_word_are_not_refused(query: str) -> None:
    assert not reaches_out(query)


def test_files_and_addresses_are_not_read(server: str) -> None:
    for query in (
        "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    ):
        status, _, text = get(server, query)
        assert status == 200
        assert json.loads(text)["results"]["bindings"] == []


def test_foreign_hosts_and_origins_are_refused(server: str) -> None:
    assert send(f"{server}/sparql?query=ASK%20%7B%7D", Host="evil.example")[0] == 400
    assert get(server, "ASK {}", Origin="http://evil.example")[0] == 403
    assert get(server, "ASK {}", Origin="http://friend.example")[0] == 200
    assert get(server, "ASK {}", Origin=server)[0] == 200


@pytest.mark.parametrize(
    "path", ["/assets/..%2f..%2fconfig.py", "/assets/page.html", "/assets/../../config.py", "/nothing"]
)
def test_no_other_file_is_given(server: str, path: str) -> None:
    assert send(server + path)[0] == 404


def test_page_editor_and_assets_are_given(server: str) -> None:
    assert "<h1>page</h1>" in send(f"{server}/")[2]
    assert "yasgui" in send(f"{server}/editor")[2]
    assert send(f"{server}/assets/yasgui.min.js")[:2] == (200, "text/javascript")


def test_store_or_page_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no store"):
        application(tmp_path)
    with pytest.raises(UsageError, match="no such page"):
        application(tmp_path, page=tmp_path / "index.html")
