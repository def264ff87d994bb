"""Candidates become claims: types, evidence, confidence, status, rivals."""

from dataclasses import replace

import pytest

from kg.claims import confidence, rule_key, to_extraction
from kg.config import Config
from kg.doc import Candidate
from kg.evaluation.examples import example_doc
from kg.evaluation.gold import gold_doc


@pytest.fixture
def doc():
    return example_doc("{P 甲县}荣获{A 全国文明县}称号。{N 王一}高兴。\n{O 甲县公安局}说不。")


def candidate(doc, subject, predicate, obj, *, score=0.9, rule="test.rule", **more):
    ids = {entity.name: entity.id for entity in doc._.entities} | {"report": "report"}
    return Candidate(
        ids[subject], predicate, ids[obj], rule, score, more.pop("start", 0), more.pop("end", 9), **more
    )


def claims_of(doc, *candidates, config=None):
    doc._.candidates = list(candidates)
    return to_extraction(doc, config or Config()).claims


def test_impossible_types_and_loops_are_dropped(doc):
    wrong = [
        candidate(doc, "甲县", "governs", "甲县公安局"),
        candidate(doc, "甲县", "locatedIn", "甲县"),
        candidate(doc, "甲县", "wrote", "report"),
        replace(candidate(doc, "甲县", "awarded", "全国文明县"), object="e99"),
    ]
    assert claims_of(doc, *wrong) == ()
    assert len(claims_of(doc, candidate(doc, "王一", "wrote", "report"))) == 1


def test_evidence_is_the_text_and_its_sentence(doc):
    (claim,) = claims_of(doc, candidate(doc, "甲县", "awarded", "全国文明县"))
    assert claim.evidence.text == "甲县荣获全国文明县"
    assert (claim.evidence.sentence_start, claim.evidence.sentence_end) == (0, 12)
    assert not claim.evidence.in_title


def test_surest_reading_of_a_fact_wins(doc):
    weak = candidate(doc, "甲县", "awarded", "全国文明县", score=0.6, rule="test.weak")
    strong = candidate(doc, "甲县", "awarded", "全国文明县", score=0.9, rule="test.strong")
    for order in ((weak, strong), (strong, weak)):
        (claim,) = claims_of(doc, *order)
        assert claim.rule == "test.strong"


def test_threshold_decides_the_status(doc):
    fact = candidate(doc, "甲县", "awarded", "全国文明县", score=0.6)
    assert claims_of(doc, fact)[0].status == "asserted"
    assert claims_of(doc, fact, config=Config(min_confidence=0.8))[0].status == "candidate"


def test_a_rival_names_the_reading_it_lost_against(doc):
    winner = candidate(doc, "甲县", "awarded", "全国文明县")
    key = (winner.subject, winner.predicate, winner.object)
    loser = candidate(doc, "王一", "awarded", "全国文明县", score=0.3, start=13, end=15, rival_of=key)
    first, second = claims_of(doc, winner, loser)
    assert first.qualifiers == {}
    assert second.status == "candidate"
    assert second.qualifiers["rival_of"] == " ".join(key)
    # Without the winner there is nothing to be a rival of.
    assert "rival_of" not in claims_of(doc, loser)[0].qualifiers


def test_confidence_moves_from_the_prior_to_what_was_seen(monkeypatch, doc):
    fact = candidate(doc, "甲县", "awarded", "全国文明县", score=0.9, rule="test.seen/own")
    monkeypatch.setattr("kg.claims._table", dict)
    assert confidence(fact) == 0.9
    monkeypatch.setattr("kg.claims._table", lambda: {"test.seen/own": (0, 90)})
    assert confidence(fact) == 0.09
    monkeypatch.setattr("kg.claims._table", lambda: {"test.seen/own": (10_000, 0)})
    assert confidence(fact) == 0.99


def test_losing_readings_are_calibrated_apart(doc):
    fact = candidate(doc, "甲县", "awarded", "全国文明县")
    assert rule_key(fact) == "test.rule"
    assert rule_key(replace(fact, rival_of=("a", "b", "c"))) == "test.rule!"


def test_evidence_that_begins_in_the_title_is_cut_to_the_text():
    row = {
        "id": "r",
        "title": "甲县获奖",
        "text": "甲县荣获大奖。",
        "entities": [
            {"id": "e1", "type": "PLACE", "name": "甲县", "mentions": ["甲县"]},
            {"id": "e2", "type": "AWARD", "name": "大奖", "mentions": ["大奖"]},
        ],
        "relations": [],
    }
    doc = gold_doc(row)
    across = Candidate("e1", "awarded", "e2", "test.rule", 0.9, 0, 11)
    (claim,) = claims_of(doc, across)
    assert (claim.evidence.text, claim.evidence.in_title) == ("甲县荣获大奖", False)
    (claim,) = claims_of(doc, replace(across, end=4))
    assert (claim.evidence.text, claim.evidence.in_title) == ("甲县获奖", True)
