"""Bylines: the shapes that papers print, one case a line in cases/bylines.jsonl, and what must hold for any text."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.segment import bylines

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/bylines.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_shapes(case):
    found = bylines(case["text"], case.get("title", ""))
    assert [f"{item.name} {item.role}" for item in found] == case["names"]


@given(st.text(alphabet="本报讯记者通讯员周牧吴小荷 　（）()\n。，：/文图摄·■责编", max_size=60))
def test_offsets_hold_the_name(text):
    found = bylines(text)
    assert list(found) == sorted(found)
    for item in found:
        assert "".join(text[item.start : item.end].split()) == item.name
    for left, right in itertools.pairwise(found):
        assert left.end <= right.start
