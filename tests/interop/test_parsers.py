"""Independent parsers read the same number of triples, with no warning about IRIs or literals."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import rdflib

from interop.conftest import HERE, Record, jena, node, program
from kg.canonical import Corpus
from kg.graph.build import quads, triples

RAPPER = {
    "graph.ttl": "turtle",
    "graph.nt": "ntriples",
    "graph.nq": "nquads",
    "graph.trig": "trig",
    "graph.rdf": "rdfxml",
}


def expected(corpus: Corpus, name: str) -> int:
    statements = quads(corpus) if name in {"graph.trig", "graph.nq"} else triples(corpus)
    return sum(1 for _ in statements)


@pytest.mark.parametrize("name", RAPPER)
def test_rapper(name: str, files: Path, corpus: Corpus, record: Record) -> None:
    rapper = program("rapper")
    done = subprocess.run(
        [rapper, "-c", "-i", RAPPER[name], str(files / name)], capture_output=True, text=True, check=True
    )
    warnings = [
        line for line in done.stderr.splitlines() if "warning" in line.lower() or "error" in line.lower()
    ]
    count = expected(corpus, name)
    assert f"returned {count} triples" in done.stderr
    assert warnings == []
    version = subprocess.run([rapper, "-v"], capture_output=True, text=True, check=True).stdout.split()[0]
    record("raptor rapper", version, name, f"{count} triples", 0)


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt", "graph.nq", "graph.trig"])
def test_n3js(name: str, files: Path, corpus: Corpus, record: Record) -> None:
    done = subprocess.run([*node(), str(files / name)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["triples"] == expected(corpus, name)
    assert done.stderr == ""
    record("N3.js", found["version"], name, f"{found['triples']} triples", 0)


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig", "graph.nq", "graph.rdf", "graph.jsonld"])
def test_jena(name: str, files: Path, corpus: Corpus, record: Record) -> None:
    command = [program("java"), "-cp", jena(), str(HERE / "Jena.java"), str(files / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, input="")
    version, count, warnings = done.stdout.splitlines()[:3]
    assert int(count) == expected(corpus, name)
    assert warnings == "0"
    record("Apache Jena", version, name, f"{count} triples", 0)


def test_rdflib(files: Path, corpus: Corpus, record: Record) -> None:
    graph = rdflib.Graph().parse(files / "graph.ttl")
    assert len(graph) == expected(corpus, "graph.ttl")
    record("rdflib", rdflib.__version__, "graph.ttl", f"{len(graph)} triples", 0)
