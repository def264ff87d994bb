"""Triple stores give the same answers (values, not only counts) to the same named queries as rdflib does."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import rdflib

from interop.conftest import HERE, Record, jar, jena, program
from kg.store.queries import render

Row = tuple[tuple[str, str], ...]
QUERIES = {
    "honours-of": {"place": "青禾县"},
    "programs-of": {"place": "青禾县"},
    "conferred-by": {"body": "公安部"},
    "hierarchy": {"place": "青禾县"},
    "who-runs": {"program": "警民夜话"},
    "evidence": {"subject": "青禾县公安局", "predicate": "runs", "object": "警民夜话"},
    "rivals": {},
}


@pytest.fixture(scope="session")
def answers(files: Path) -> dict[str, list[Row]]:
    """rdflib's answers."""
    graph = rdflib.Graph().parse(files / "graph.ttl")
    result = {}
    for name, values in QUERIES.items():
        solutions = json.loads(graph.query(render(name, values)).serialize(format="json") or b"{}")
        result[name] = rows(solutions)
        assert result[name], name
    return result


def rows(solutions: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> list[Row]:
    """Rows of a SPARQL JSON result, sorted, numbers by value."""
    return sorted(
        tuple(sorted((name, _plain(cell["value"])) for name, cell in row.items()))
        for row in solutions["results"]["bindings"]
    )


def _plain(value: str) -> str:
    try:
        return f"{float(value):g}"
    except ValueError:
        return value


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def request(url: str, *, body: bytes | None = None, method: str = "GET", **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(url, data=body, method=method, headers=named)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return bytes(answer.read())


def ask(endpoint: str, query: str, **more: str) -> list[Row]:
    form = urllib.parse.urlencode({"query": query, **more}).encode()
    kind = "application/x-www-form-urlencoded"
    found = request(
        endpoint, body=form, method="POST", Content_Type=kind, Accept="application/sparql-results+json"
    )
    return rows(json.loads(found))


@contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[None]:
    """A server, from when it answers until the end of the block."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            for _ in range(240):
                if process.poll() is not None:
                    pytest.fail((folder / "log").read_text(errors="replace")[-2000:])
                try:
                    request(url)
                    break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.25)
            else:
                pytest.fail(f"{command[0]} did not answer")
            yield
        finally:
            process.terminate()
            process.wait(30)


def test_oxigraph_server(files: Path, answers: dict[str, list[Row]], tmp_path: Path, record: Record) -> None:
    server, port = program("oxigraph"), free_port()
    subprocess.run(
        [server, "load", "--location", str(tmp_path / "bulk"), "--file", str(files / "graph.nt")],
        check=True,
        capture_output=True,
    )
    base = f"http://127.0.0.1:{port}"
    command = [server, "serve", "--location", str(tmp_path / "bulk"), "--bind", f"127.0.0.1:{port}"]
    with running(command, base, tmp_path):
        for name, values in QUERIES.items():
            assert ask(f"{base}/query", render(name, values)) == answers[name], name
        turtle = (files / "graph.ttl").read_bytes()
        request(f"{base}/store?default", body=turtle, method="PUT", Content_Type="text/turtle")
        for name, values in QUERIES.items():
            assert ask(f"{base}/query", render(name, values)) == answers[name], name
    version = subprocess.run(
        [server, "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    record(
        "Oxigraph server",
        version,
        "graph.nt (bulk), graph.ttl (Graph Store Protocol)",
        f"{len(QUERIES)} queries as rdflib",
        0,
    )


def test_jena_in_memory(files: Path, answers: dict[str, list[Row]], record: Record) -> None:
    texts = "\n---\n".join(render(name, values) for name, values in QUERIES.items())
    command = [program("java"), "-cp", jena(), str(HERE / "Jena.java"), str(files / "graph.ttl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, input=texts)
    version, _, warnings, *found = done.stdout.splitlines()
    assert warnings == "0"
    for name, line in zip(QUERIES, found, strict=True):
        assert rows(json.loads(line)) == answers[name], name
    record(
        "Apache Jena (ARQ)", version, "graph.ttl", f"{len(QUERIES)} of {len(QUERIES)} queries as rdflib", 0
    )


def test_virtuoso(files: Path, answers: dict[str, list[Row]], tmp_path: Path, record: Record) -> None:
    server, isql = program("virtuoso-t"), program("isql-vt")
    sql, http = free_port(), free_port()
    load = tmp_path / "load"
    load.mkdir()
    shutil.copy(files / "graph.ttl", load)
    (tmp_path / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile = v.db\nTransactionFile = v.trx\nErrorLogFile = v.log\nxa_persistent_file = v.pxa\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{sql}\nDirsAllowed = ., {load}\nNumberOfBuffers = 10000\n"
        f"[HTTPServer]\nServerPort = 127.0.0.1:{http}\nServerRoot = {tmp_path}\n"
        "[SPARQL]\nResultSetMaxRows = 100000\n",
        encoding="utf-8",
    )
    graph, endpoint = "urn:kg", f"http://127.0.0.1:{http}/sparql"
    with running([server, "+foreground", "+configfile", "virtuoso.ini"], endpoint, tmp_path):
        commands = f"ld_dir('{load}', 'graph.ttl', '{graph}'); rdf_loader_run(); select ll_error from DB.DBA.load_list;"
        done = subprocess.run(
            [isql, f"127.0.0.1:{sql}", "dba", "dba", f"exec={commands}"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Error" not in done.stdout + done.stderr, done.stdout
        differ = [
            name
            for name, values in QUERIES.items()
            if ask(endpoint, render(name, values), **{"default-graph-uri": graph}) != answers[name]
        ]
    assert differ == []
    version = subprocess.run([server, "-?"], capture_output=True, text=True, check=False).stderr
    number = version.split("Version ")[-1].split()[0] if "Version " in version else "7"
    record("Virtuoso", number, "graph.ttl (bulk loader)", f"{len(QUERIES)} queries as rdflib", 0)


def test_fuseki(files: Path, answers: dict[str, list[Row]], tmp_path: Path, record: Record) -> None:
    port, fuseki = free_port(), jar("KG_FUSEKI_JAR")
    base = f"http://127.0.0.1:{port}"
    command = [
        program("java"),
        "-jar",
        str(Path(fuseki).resolve()),
        "--mem",
        "--update",
        f"--port={port}",
        "--localhost",
        "/kg",
    ]
    with running(command, f"{base}/$/ping", tmp_path):
        request(
            f"{base}/kg/data?default",
            body=(files / "graph.ttl").read_bytes(),
            method="PUT",
            Content_Type="text/turtle",
        )
        for name, values in QUERIES.items():
            assert ask(f"{base}/kg/query", render(name, values)) == answers[name], name
    record(
        "Apache Jena Fuseki",
        Path(fuseki).stem,
        "graph.ttl (Graph Store Protocol)",
        f"{len(QUERIES)} queries as rdflib",
        0,
    )
