"""The same report twice is told; two reports of one template are not the same."""

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg.duplicates import distinct, same_reports
from kg.model import Report, Reprint

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


def printings() -> list[Report]:
    cut = replace(FIRST, id="cut", source="c", date="2021-01-01", text=FIRST.text.rsplit("\n", 1)[0])
    web = replace(FIRST, id="web", source="d", date="2021-03-01")
    return [cut, replace(SECOND, date="2021-02-02"), replace(FIRST, date="2021-02-01"), web]


def test_the_earliest_of_the_longest_stands_for_all():
    for order in permutations(printings()):
        kept, others = distinct(order)
        assert {report.id for report in kept} == {FIRST.id, SECOND.id}
        assert kept == [report for report in order if report in kept]
        assert {(item.report.id, item.of.id) for item in others} == {("cut", FIRST.id), ("web", FIRST.id)}


def test_copies_of_a_short_report_are_copies():
    short = Report(id="s", source="b", text="大会圆满落幕。")
    copy = replace(short, source="a")
    assert distinct([short, copy]) == ([copy], [Reprint(short, copy)])
    assert distinct([short, replace(copy, id="t")])[1] == []
