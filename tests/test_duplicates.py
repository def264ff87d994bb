"""The same report twice is told; two reports of one template are not the same."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.duplicates import same_reports
from kg.model import Report

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "pages/reports.jsonl").read_text("utf-8").splitlines()
]
REPORTS = [Report(id=row["id"], source="a", title=row["title"], text=row["text"]) for row in ROWS]
FIRST, SECOND = REPORTS[0], REPORTS[9]


def test_reports_that_differ_make_no_group():
    assert same_reports(REPORTS) == []


@pytest.mark.parametrize(
    "text",
    [
        FIRST.text,
        FIRST.text.replace("\n", ""),
        FIRST.text.replace("本报讯（记者 周牧 通讯员 吴小荷）", "青河日报讯 "),
        FIRST.text.replace("“", '"').replace("”", '"').replace("1", "１"),
        FIRST.text.rsplit("\n", 1)[0],
        FIRST.text.replace("傍晚", "晚上"),
    ],
)
def test_reprints_and_cut_versions(text):
    again = replace(FIRST, id="again", source="b", text=text)
    longer = 0 if len(text) <= len(FIRST.text) else 1
    assert same_reports([FIRST, SECOND, again]) == [(0, 2) if longer == 0 else (2, 0)]


def test_three_printings_are_one_group():
    cut = replace(FIRST, text=FIRST.text.rsplit("\n", 1)[0])
    assert same_reports([cut, SECOND, FIRST, FIRST]) == [(2, 3, 0)]


def test_one_template_for_two_counties():
    text = SECOND.text.replace("长滩区", "平湖县").replace("海棠", "紫荆")
    for old, new in (
        ("2460", "1980"),
        ("2021", "2022"),
        ("3.2", "1.9"),
        ("210", "150"),
        ("410", "260"),
        ("11.4", "9.7"),
    ):
        text = text.replace(old, new)
    assert same_reports([SECOND, replace(SECOND, text=text)]) == []


def test_short_texts_are_left_alone():
    short = Report(id="s", source="a", text="大会圆满落幕。")
    assert same_reports([short, short]) == []
