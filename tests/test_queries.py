"""Every named query: known answers on a corpus of invented facts, the same in two engines; its header; its parameters."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from county_news import corpus
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError, UsageError
from kg.exporters.rdf import write_turtle
from kg.knowledge.ontology import load_ontology
from kg.store.queries import named_queries, read_query, render

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def turtle() -> bytes:
    stream = io.BytesIO()
    write_turtle(corpus(), stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def store(turtle: bytes) -> ox.Store:
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def graph(turtle: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(turtle, format="turtle")


def test_every_query_has_a_known_answer() -> None:
    assert sorted(named_queries()) == sorted(case["query"] for case in CASES)
    assert len(CASES) == 22
    assert all(case["rows"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_answer_is_known(case: dict[str, Any], store: ox.Store) -> None:
    answer = store.query(render(case["query"], case["values"]))
    assert isinstance(answer, ox.QuerySolutions)
    rows = [
        [cell.value for cell in row if isinstance(cell, ox.Literal)]  # IRIs are tested where they are made
        for row in answer
    ]
    assert rows == case["rows"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_another_engine_gives_the_same_answer(case: dict[str, Any], graph: rdflib.Graph) -> None:
    rows = [
        [str(cell) for cell in row if isinstance(cell, rdflib.Literal)]  # type: ignore[union-attr]
        for row in graph.query(render(case["query"], case["values"]))
    ]
    assert sorted(rows) == sorted(case["rows"])


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_header_is_complete(name: str) -> None:
    query = named_queries()[name]
    assert query.title_zh.strip()
    assert query.title_en.strip()
    assert not {item.name for item in query.parameters if not (item.optional or item.default)} - set(
        query.example
    )
    render(name, query.example)


def test_neighbourhood_follows_every_relation_between_entities() -> None:
    named = set(re.findall(r"lg:(\w+)", named_queries()["neighbours"].text))
    assert named == set(load_ontology().predicates) - {"wrote"}


def test_missing_value_and_unknown_names_are_told() -> None:
    with pytest.raises(UsageError, match=r"needs a value for 'place'.*--param place="):
        render("programs-of", {})
    with pytest.raises(UsageError, match="Did you mean 'place'"):
        render("programs-of", {"plase": "祁县"})
    with pytest.raises(UsageError, match="Did you mean 'programs-of'"):
        render("program-of", {})
    with pytest.raises(UsageError, match="expected a date"):
        render("events", {"from": "last year"})


@given(st.text(min_size=1))
def test_no_value_can_change_a_query(value: str) -> None:
    store = ox.Store()
    answer = store.query(render("who-runs", {"program": value}))
    assert list(answer) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["SELECT * {}", "# 问\n# ask\n# param x colour: what\nSELECT * WHERE {}"])
def test_faulty_header_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"q\.rq:[13]: "):
        read_query(path)
