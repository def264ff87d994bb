"""Dates against an issue date: what they say and how precisely, one case a line in cases/dates.jsonl."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import find_dates, resolve_date

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases/dates.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_what_dates_say(case):
    found = find_dates(case["text"], case["issue"])
    assert [f"{case['text'][item.start : item.end]} {item.iso or '-'}" for item in found] == case["dates"]


def test_precision_is_that_of_the_iso_form():
    found = find_dates("2022年，2022年5月，2022年5月1日，日前", None)
    assert [item.precision for item in found] == ["year", "month", "day", None]
    assert resolve_date("会期：5月1日", "2022-07-20") == ("2022-05-01", "day")
    assert resolve_date("没有日期", "2022-07-20") == (None, None)


@given(
    st.text(alphabet="0123456789年月日号今去昨天上半二〇十至、-./。日前", max_size=40),
    st.dates(min_value=date(1950, 1, 1)).map(str) | st.none(),
)
def test_any_text_gives_real_dates_in_order(text, issue):
    found = find_dates(text, issue)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert {None: 0, "year": 4, "month": 7, "day": 10}[item.precision] == len(item.iso or "")
