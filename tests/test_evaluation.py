"""Scores: hand-made cases, and agreement with the shared scorer where it is at hand."""

import importlib.util
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.evaluate import evaluate
from kg.errors import InputError
from kg.evaluation.gold import gold_doc, read_gold
from kg.evaluation.metrics import Score, align, normal_name, score

SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"

GOLD = {
    "id": "r-1",
    "title": "清河县表彰先进",
    "text": "清河县公安局召开会议。县公安局“平安清河”项目获评全省优秀项目。",
    "entities": [
        {"id": "e1", "type": "PLACE", "name": "清河县", "mentions": ["清河县"]},
        {"id": "e2", "type": "ORG", "name": "清河县公安局", "mentions": ["清河县公安局", "县公安局"]},
        {"id": "e3", "type": "PROGRAM", "name": "平安清河", "mentions": ["“平安清河”项目", "平安清河"]},
        {"id": "e4", "type": "AWARD", "name": "全省优秀项目", "mentions": ["全省优秀项目"]},
        {"id": "e5", "type": "EVENT", "name": "会议", "mentions": ["会议"], "optional": True},
    ],
    "relations": [
        {"s": "e2", "p": "governs", "o": "e1"},
        {"s": "e3", "p": "awarded", "o": "e4"},
        {"s": "e2", "p": "runs", "o": "e3", "optional": True},
        {"s": "e2", "p": "holds", "o": "e5", "optional": True},
    ],
}


def predicted(entities, relations):
    rows = [{"id": key, "type": kind, "name": name, "mentions": [name]} for key, kind, name in entities]
    return {
        "id": "r-1",
        "entities": rows,
        "relations": [dict(zip("spo", triple, strict=True)) for triple in relations],
    }


def test_optional_is_neither_rewarded_nor_punished():
    row = predicted(
        [
            ("x1", "PLACE", "清河县"),
            ("x2", "ORG", "县公安局"),
            ("x3", "PROGRAM", "《平安清河》"),
            ("x4", "EVENT", "会议"),
        ],
        [("x2", "governs", "x1"), ("x2", "runs", "x3"), ("x2", "holds", "x4"), ("x1", "runs", "x3")],
    )
    log: list[str] = []
    table = score([GOLD], [row], errors=log)
    assert table.entities["ALL"] == Score(tp=3, fp=0, fn=1)
    assert table.relations["ALL"] == Score(tp=1, fp=1, fn=1)
    assert table.name == pytest.approx(0.6667)
    assert log == [
        "r-1 - AWARD 全省优秀项目",
        "r-1 + 清河县 —runs→ 《平安清河》",
        "r-1 - 平安清河 —awarded→ 全省优秀项目",
    ]


def test_pairs_are_one_to_one_and_the_full_name_wins():
    found = [
        {"id": i, "type": "ORG", "name": n, "mentions": [n]}
        for i, n in (("a", "县公安局"), ("b", "清河县公安局"))
    ]
    assert set(align(GOLD["entities"], found)) == {"b"}


def test_lenient_takes_near_names_and_kinds_of_activity():
    row = predicted([("x", "EVENT", "“平安清河”活动")], [])
    assert "x" not in align(GOLD["entities"], row["entities"])
    assert align(GOLD["entities"], predicted([("x", "EVENT", "平安清河")], [])["entities"], lenient=True)


@pytest.mark.parametrize(
    ("name", "normal"),
    [("“书香”", "书香"), ("“甲”和“乙”", "“甲”和“乙”"), ("邓 蕾", "邓蕾"), ("ＡＢ", "AB"), ("“”", "“”")],
)
def test_normal_name(name, normal):
    assert normal_name(name) == normal


def test_gold_doc_takes_longest_forms_and_keeps_nested_only_without_own_place():
    doc = gold_doc(GOLD)
    text = doc.text
    found = [(text[o.start : o.end], o.entity) for o in doc._.occurrences]
    assert ("“平安清河”项目", "e3") in found
    assert ("平安清河", "e3") not in found
    assert found.count(("清河县", "e1")) == 1  # the title's; not the one inside the bureau's name
    assert doc._.main_area == "e1"
    assert [m.text for m in doc._.entities[1].mentions] == ["清河县公安局", "县公安局"]


def test_read_gold_names_the_bad_line(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n\n{\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl:3: not JSON"):
        read_gold(path)
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="text, entities, relations missing"):
        read_gold(path)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared scorer is not here")
@pytest.mark.parametrize("lenient", [False, True])
def test_agrees_with_the_shared_scorer(lenient):
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    gold = read_gold(SHARED / "dev.jsonl")
    chance = random.Random(5)
    predictions = [_disturbed(row, chance) for row in gold[1:]]
    ours_log: list[str] = []
    theirs_log: list[str] = []
    theirs = shared.score(gold, predictions, lenient=lenient, errors=theirs_log)
    ours = score(gold, predictions, lenient=lenient, errors=ours_log)
    for part, table in (("entities", ours.entities), ("relations", ours.relations)):
        assert {key: (s.precision, s.recall, s.f1, s.tp, s.fp, s.fn) for key, s in table.items()} == {
            key: (v["p"], v["r"], v["f1"], v["tp"], v["fp"], v["fn"]) for key, v in theirs[part].items()
        }
    assert ours.name == theirs["name"]
    assert sorted(ours_log) == sorted(theirs_log)
    assert any(s.fp for s in ours.relations.values())


def test_the_command_prints_a_line_for_each_figure(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", encoding="utf-8")
    result = CliRunner().invoke(evaluate, [str(path), "--gold-entities", "-q"])
    assert result.exit_code == 0
    assert (
        "strict  entities  PROGRAM          P 1.000  R 1.000  F1 1.000   tp 1 fp 0 fn 0"
        in result.output.splitlines()
    )


def _disturbed(row, chance):
    """A prediction with entities lost, renamed and doubled, and relations lost, doubled and misplaced."""
    entities = []
    for entity in row["entities"]:
        draw = chance.random()
        if draw < 0.7:
            entities.append(entity)
        elif draw < 0.85:
            entities.append({**entity, "name": entity["name"] + "等", "mentions": [entity["name"][:-1]]})
        elif draw < 0.9:
            entities += [entity, {**entity, "id": entity["id"] + "x"}]
    ids = [entity["id"] for entity in entities]
    relations = [r for r in row["relations"] if chance.random() < 0.8]
    relations += [{**r, "o": chance.choice(ids)} for r in relations if chance.random() < 0.3]
    return {"id": row["id"], "entities": entities, "relations": [r for r in relations if r["s"] in ids] * 2}
