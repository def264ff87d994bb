"""Resolution: which entities a report's mentions are (cases/resolve.jsonl), names completed, short forms, main area.

The sentences are read by the rules alone, as in test_mentions.py.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Config
from kg.model import Report
from kg.pipeline import Extractor
from kg.resolve.main_area import unit_of
from kg.resolve.names import bare, completed, elided_level, key, same_name, youth_league

HERE = Path(__file__).parent
CASES = [json.loads(line) for line in (HERE / "cases/resolve.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def extractor():
    return Extractor(Config(model=False))


@pytest.fixture(scope="module")
def extractions(extractor):
    reports = [
        Report(str(number), "case", case["text"], title=case.get("title", ""), date=case.get("date"))
        for number, case in enumerate(CASES)
    ]
    return list(extractor.extract_many(reports))


def problems(case, extraction):
    """What of a case does not hold, in words."""
    names = {entity.id: entity.name for entity in extraction.entities}
    for wanted in case["entities"]:
        same = [e for e in extraction.entities if (e.type, e.name) == (wanted["type"], wanted["name"])]
        if len(same) != 1:
            yield f"{len(same)} entities {wanted['type']} {wanted['name']}"
            continue
        [entity] = same
        lacking = set(wanted.get("mentions", [])) - {mention.text for mention in entity.mentions}
        if lacking:
            yield f"{entity.name} lacks mentions {sorted(lacking)}"
        if "code" in wanted and (entity.code or "") != wanted["code"]:
            yield f"{entity.name} has code {entity.code}"
        if "area" in wanted and names.get(entity.area or "") != wanted["area"]:
            yield f"{entity.name} has area {names.get(entity.area or '')}"
    for kind, name in case.get("absent", []):
        if any((entity.type, entity.name) == (kind, name) for entity in extraction.entities):
            yield f"{kind} {name} should not be there"


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(
            number,
            id=case["why"],
            marks=pytest.mark.xfail(strict=True, reason=case["xfail"]) if "xfail" in case else (),
        )
        for number, case in enumerate(CASES)
    ],
)
def test_entities_of_a_report(extractions, number):
    assert list(problems(CASES[number], extractions[number])) == []


def test_cases_ask_for_something():
    assert len(CASES) >= 45
    assert [case["why"] for case in CASES if not case["entities"] and not case.get("absent")] == []


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("涞水县春耕正忙。涞水县的农机下田了，易县派人来看。", "涞水县"),
        ("保定市涞水县春耕正忙，县农业农村局派出专家，全县的农机都下田了。", "涞水县"),
        ("有人在下棋。", None),
    ],
)
def test_the_area_that_a_report_is_about(extractor, text, area):
    [doc] = extractor.analyse([Report("r", "test", text)])
    names = {entity.id: entity.name for entity in doc._.entities}
    assert names.get(doc._.main_area) == area


# --- names


@pytest.mark.parametrize(
    ("form", "area", "name"),
    [
        ("县公安局", "涞水县", "涞水县公安局"),
        ("县委", "涞水县", "涞水县委"),
        ("县委", "青县", "青县县委"),
        ("县政府", "青县", "青县政府"),
        ("团县委", "涞水县", "共青团涞水县委"),
        ("团县委", "青县", "共青团青县县委"),
        ("市文明办", "保定市", "保定市文明办"),
        ("文明办", "保定市", "保定市文明办"),
    ],
)
def test_completed(form, area, name):
    assert completed(form, area) == name


@pytest.mark.parametrize(
    ("form", "level"),
    [
        ("县公安局", "县"),
        ("团市委", "市"),
        ("自治区党委", "自治区"),
        ("社区党支部", "社区"),
        ("社区事务受理中心", None),
        ("涞水县公安局", None),
        ("县", None),
        ("公安局", None),
    ],
)
def test_elided_level(form, level):
    assert elided_level(form) == level


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("共青团涞水县委员会", "共青团涞水县委"),
        ("团涞水县委", "共青团涞水县委"),
        ("涞水县委", "涞水县委"),
        ("团县委", "团县委"),
    ],
)
def test_youth_league(name, short):
    assert youth_league(name) == short


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("“桔灯”", "桔灯"),
        ("《桔灯》", "桔灯"),
        ("“桔灯”行动", "“桔灯”行动"),
        ("“甲”“乙”", "“甲”“乙”"),
        ("桔灯 夜话", "桔灯 夜话"),
        (" 桔灯\n夜话 ", "桔灯 夜话"),
        ("“”", "“”"),
        pytest.param(
            "《桔灯 》",
            "桔灯",
            marks=pytest.mark.xfail(strict=True, reason="space inside the marks is left at the end"),
        ),
    ],
)
def test_quotes_around_a_whole_name_are_dropped(name, inner):
    assert bare(name) == inner


@given(st.text(alphabet="县委局“”《》 ·桔灯\n", max_size=12))
def test_names_settle_at_once(name):
    assert key(key(name)) == key(name)
    assert key(bare(name)) == key(name)
    assert youth_league(youth_league(name)) == youth_league(name)


def test_spellings_of_one_body_share_a_key():
    assert same_name("涞水县人民法院") == same_name("涞水县法院")
    assert same_name("涞水县人力资源和社会保障局") == same_name("涞水县人社局")
    assert same_name("涞水县法院") != same_name("涞水县检察院")


@pytest.mark.parametrize(
    ("name", "unit"),
    [("涞水县", "县"), ("广西壮族自治区", "自治区"), ("东关街道", "街道"), ("人民路", None)],
)
def test_unit_of(name, unit):
    assert unit_of(name) == unit
