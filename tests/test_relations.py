"""Relation rules: their own examples, sentences with their facts, and any text whatever."""

import json
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import to_extraction
from kg.config import Config
from kg.errors import DataError
from kg.evaluation.examples import example_doc, facts, failures
from kg.knowledge.files import read_yaml
from kg.relations import Relations
from kg.relations.levels import above, area_level
from kg.relations.names import governs
from kg.relations.rules import load_rules, load_triggers
from kg.relations.scene import LETTERS, build_scene

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "relations.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def relations():
    return Relations()


def test_every_rule_passes_its_own_examples(relations):
    assert failures(relations) == []


def test_every_rule_has_an_example_that_fires_and_one_that_must_not():
    rules = load_rules()
    assert len(rules) > 20
    lacking = [
        r.id for r in rules if not any(e.gives for e in r.examples) or all(e.gives for e in r.examples)
    ]
    assert lacking == []


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_sentences(relations, case):
    doc = relations(example_doc(case["text"], main=case.get("main")))
    extraction = to_extraction(doc, Config())
    asserted = facts(doc, [c for c in extraction.claims if c.status == "asserted"])
    candidates = facts(doc, [c for c in extraction.claims if c.status == "candidate"])
    for fact in case.get("asserted", []):
        assert fact in asserted
    for fact in case.get("candidate", []):
        assert fact in candidates
    for fact in case.get("absent", []):
        assert fact not in asserted


def test_longest_trigger_wins_and_blocked_words_trigger_nothing():
    triggers = load_triggers()
    assert _words(triggers, "记者获悉") == []
    assert _words(triggers, "荣获") == ["荣获"]
    assert _words(triggers, "被评为") == ["评为"]


def _words(triggers, text):
    return [text[start:end] for start, end, _ in triggers.find(text)]


@pytest.mark.parametrize(
    ("tail", "expected"),
    [("公安局", True), ("委", True), ("委宣传部", True), ("人民政府", True), ("公安局城东派出所", False),
     ("市场监管局注册科", False), ("人民医院工会", False), ("第一中学", False), ("志愿服务协会", False), ("委员会", True)],
)  # fmt: skip
def test_who_governs(tail, expected):
    assert governs(tail) is expected


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("河北省", 1),
        ("邢台市", 2),
        ("清河县", 3),
        ("王官庄镇", 4),
        ("西溪社区", 5),
        ("丫山景区", 6),
        ("内蒙古自治区", 1),
    ],
)
def test_area_level(name, level):
    assert area_level(name) == level


def test_honour_above_its_giver():
    assert above("全国文明村", "清河县")
    assert above("河北省文明村", "清河县民政局")
    assert not above("清河好人", "清河县")
    assert not above("全国文明村", "公安部")


def test_bad_rule_is_named_with_its_line(tmp_path):
    path = tmp_path / "bad.yml"
    path.write_text(
        "predicate: runs\nconstructions:\n  - id: runs.x\n    words: [开展]\n    confidence: 2\n    examples: []\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"bad\.yml:3"):
        read_yaml(path, "relations")


def test_groups_and_clauses():
    doc = example_doc("{P 甲村}、{P 乙村}等3个村，开展{G “春雨”}行动（{O 丙局}，{O 丁局}参与）。")
    sentence = build_scene(doc).sentences[0]
    assert [len(group.items) for group in sentence.groups[:2]] == [2, 1]
    assert sentence.groups[0].open
    assert not sentence.groups[1].open
    # The comma inside the bracket ends no clause.
    assert [clause.mark for clause in sentence.clauses] == ["，", "。"]


CHARS = "获评授予被由将在和、，。；：“”（）年月日县市镇村一二三0123456789 \n" + string.ascii_letters[:3]
piece = st.one_of(
    st.text(alphabet=CHARS, max_size=8),
    st.sampled_from(
        ["开展", "举行", "荣获", "授予", "表彰了", "成立", "主办", "评选出", "记者", "该县", "出席", "下设"]
    ),
    st.builds(
        lambda letter, name: f"{{{letter} {name}}}",
        st.sampled_from(sorted(LETTERS.values())),
        st.sampled_from(
            ["甲县", "乙镇", "甲县公安局", "“丙”", "王一", "一等奖", "丁大赛", "全国文明村", "《戊》"]
        ),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(piece, max_size=25).map("".join))
def test_any_text_gives_valid_and_stable_claims(text):
    relations = Relations()
    doc = relations(example_doc(text))
    once = to_extraction(doc, Config())
    again = to_extraction(relations(example_doc(text)), Config())
    assert once.claims == again.claims
    known = {entity.id for entity in once.entities}
    for claim in once.claims:
        evidence = claim.evidence
        assert once.report.text[evidence.start : evidence.end] == evidence.text
        assert evidence.sentence_start <= evidence.start <= evidence.end <= evidence.sentence_end
        assert claim.subject in known
        assert claim.object in known | {"report"}
        assert 0 < claim.confidence < 1
    for item in once.observations:
        assert once.report.text[item.evidence.start : item.evidence.end] == item.evidence.text
        assert float(item.value) >= 0
