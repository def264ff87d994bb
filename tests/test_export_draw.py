from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from extractions import BASE, bureau

from kg.canonical import canonicalise
from kg.errors import InputError, UsageError
from kg.exporters import write_exports
from kg.graph.draw import draw

_TEXT = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)">([^<]+)</text>')


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    corpus = canonicalise([bureau(f"r{n}", short=n % 2 == 0) for n in range(12)], base_iri=BASE)
    write_exports(corpus, tmp_path, ["graph.graphml"])
    return tmp_path / "graph.graphml"


def test_every_node_with_a_fact_is_named_and_names_do_not_overlap(graph: Path, tmp_path: Path) -> None:
    first, second = draw(graph, tmp_path / "a.svg"), draw(graph, tmp_path / "b.svg")
    text = first.read_text(encoding="utf-8")
    assert text == second.read_text(encoding="utf-8")
    assert "Noto Sans CJK SC" in text
    boxes = [
        (float(x), float(y) - 10, float(x) + 12 * len(label), float(y) + 1)
        for x, y, label in _TEXT.findall(text)
    ]
    assert len(boxes) == text.count("<circle ")
    overlaps = [
        1 for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert overlaps == []
    labels = {label for _, _, label in _TEXT.findall(text)}
    assert {"青禾县", "公安部", "警民夜话", "组织机构"} <= labels


def test_png(graph: Path, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    assert draw(graph, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_drawn(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot draw \.pdf"):
        draw(graph, tmp_path / "a.pdf")
    with pytest.raises(InputError, match="No such file"):
        draw(tmp_path / "none.graphml", tmp_path / "a.svg")
    write_exports(canonicalise([], base_iri=BASE), tmp_path, ["graph.graphml"])
    with pytest.raises(UsageError, match="no facts to draw"):
        draw(graph, tmp_path / "a.svg")
    assert not (tmp_path / "a.svg").exists()
