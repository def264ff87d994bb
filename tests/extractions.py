"""Builders of extractions for tests: reports of our own, no extraction involved."""

# ruff: noqa: A002  (id and type are what the fields are called)
from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Claim, Entity, Evidence, Extraction, Mention, Observation, Report

BASE = "https://w3id.org/lgkg/id/"


def report(
    text: str, *, id: str = "r1", title: str = "", date: str | None = "2024-05-20", **more: object
) -> Report:
    return Report(id=id, source="tests", text=text, title=title, date=date, **more)  # type: ignore[arg-type]


def entity(
    id: str,
    type: str,
    name: str,
    text: str,
    forms: Sequence[str] = (),
    *,
    area: str | None = None,
    code: str | None = None,
    **attributes: str,
) -> Entity:
    """An entity whose mentions are the first places of `forms` (default: the name) in the text."""
    mentions = tuple(
        Mention(text.find(form), text.find(form) + len(form), form)
        for form in forms or (name,)
        if form in text
    )
    return Entity(id, type, name, mentions, area=area, code=code, rule="test", attributes=attributes)


def evidence(text: str, words: str) -> Evidence:
    start = text.index(words)
    sentence = text.rfind("。", 0, start) + 1
    end = text.find("。", start + len(words) - 1)
    return Evidence(start, start + len(words), words, sentence, len(text) if end < 0 else end + 1)


def claim(
    text: str,
    subject: str,
    predicate: str,
    object: str,
    words: str,
    *,
    confidence: float = 0.9,
    status: str = "asserted",
    date: str | None = None,
    qualifiers: Mapping[str, str] | None = None,
) -> Claim:
    return Claim(
        subject,
        predicate,
        object,
        confidence,
        status,
        evidence(text, words),
        "test.rule",
        date,
        qualifiers or {},  # type: ignore[arg-type]
    )


def bureau(id: str = "r1", *, short: bool = False) -> Extraction:
    """A police station, its rival, its honour and a program in 青禾县 (invented, with an invented code)."""
    text = (
        "青禾县公安局石桥派出所去年走访群众三千户。五月二十日，柳林派出所被公安部授予“全国模范公安基层单位”。"
        "县公安局推行“警民夜话”，投入警力120人。（林舟）"
    )
    if short:
        text = text.replace("青禾县公安局石桥派出所", "青禾县的石桥派出所")
    full = "石桥派出所" if short else "青禾县公安局石桥派出所"
    words = "柳林派出所被公安部授予“全国模范公安基层单位”"
    return Extraction(
        report(text, id=id, title="青禾民警获全国荣誉", byline=("林舟",)),
        (
            entity("e1", "PLACE", "青禾县", text, code="999921"),
            entity("e2", "ORG", "青禾县公安局", text, ["县公安局"], area="e1"),
            entity("e3", "ORG", full, text, area=None if short else "e1"),
            entity("e4", "ORG", "青禾县公安局柳林派出所", text, ["柳林派出所"], area="e1"),
            entity("e5", "ORG", "公安部", text),
            entity("e6", "AWARD", "全国模范公安基层单位", text),
            entity("e7", "PROGRAM", "警民夜话", text),
            entity("e8", "PERSON", "林舟", text),
        ),
        (
            claim(
                text,
                "e4",
                "awarded",
                "e6",
                words,
                date="2024-05-20",
                qualifiers={"rank": "集体", "note": "首次"},
            ),
            claim(text, "e3", "awarded", "e6", words, confidence=0.2, status="candidate"),
            claim(text, "e5", "confers", "e6", words),
            claim(text, "e2", "runs", "e7", "县公安局推行“警民夜话”"),
            claim(text, "e2", "governs", "e1", "县公安局"),
            claim(text, "e4", "partOf", "e2", "柳林派出所"),
            claim(text, "e8", "wrote", "report", "林舟"),
        ),
        (Observation("e2", "投入警力", "120", "人", evidence(text, "投入警力120人"), period="2024"),),
    )
