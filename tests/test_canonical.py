# ruff: noqa: A001, A002  (id and type are what the fields are called)
from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from extractions import BASE, bureau, claim, entity, report

from kg.canonical import Judgement, canonicalise, local_iris, read_judgements
from kg.canonical.scopes import code_level, named_scope, prefix_scope, suffix_value
from kg.errors import DataError, UsageError
from kg.model import Extraction


def paths(extraction: Extraction) -> dict[str, str]:
    return {local: iri.removeprefix(BASE) for local, iri in local_iris(extraction, base_iri=BASE).items()}


def test_identity_of_each_kind() -> None:
    found = paths(bureau())
    assert found["e1"] == "place/999921"
    assert found["e2"].startswith("organization/青禾县公安局-")
    assert found["e5"].startswith("organization/公安部-")
    assert found["e6"].startswith("award/全国模范公安基层单位-")
    assert found["e7"].startswith("program/警民夜话-")
    assert found["e8"].startswith("report/r1/person/林舟-")


def test_two_reports_share_what_is_certain_and_nothing_else() -> None:
    one, two = paths(bureau("r1")), paths(bureau("r2", short=True))
    assert {key for key in one if one[key] == two[key]} == {"e1", "e2", "e4", "e5", "e6", "e7"}
    assert two["e3"].startswith("report/r2/organization/石桥派出所-")


def test_unknown_bureaus_of_two_reports_never_merge() -> None:
    def unknown(id: str) -> Extraction:
        text = "县公安局开展“夜巡”。"
        return Extraction(report(text, id=id), (entity("e1", "ORG", "县公安局", text),), ())

    assert paths(unknown("a"))["e1"] != paths(unknown("b"))["e1"]


def test_same_title_in_two_areas_is_two_awards_and_programs_share_a_concept() -> None:
    def local(id: str, county: str, code: str) -> Extraction:
        text = f"{county}开展文明讲堂，评选优秀志愿者。"
        return Extraction(
            report(text, id=id),
            (
                entity("p", "PLACE", county, text, code=code),
                entity("g", "PROGRAM", "文明讲堂", text),
                entity("a", "AWARD", "优秀志愿者", text),
            ),
            (
                claim(text, "p", "runs", "g", "开展文明讲堂"),
                claim(text, "p", "confers", "a", "评选优秀志愿者"),
            ),
        )

    corpus = canonicalise([local("a", "青禾县", "999921"), local("b", "白沙县", "999922")], base_iri=BASE)
    programs = [thing for thing in corpus.things.values() if thing.type == "PROGRAM"]
    awards = [thing for thing in corpus.things.values() if thing.type == "AWARD"]
    assert len(programs) == len(awards) == 2
    assert len({thing.concept for thing in programs}) == 1


def test_prizes_of_two_contests_are_two() -> None:
    text = "青禾县举办歌咏赛和书法赛，歌咏赛设一等奖，书法赛设一等奖。"
    extraction = Extraction(
        report(text),
        (
            entity("p", "PLACE", "青禾县", text, code="999921"),
            entity("c1", "PROGRAM", "歌咏赛", text),
            entity("c2", "PROGRAM", "书法赛", text),
            entity("a1", "AWARD", "一等奖", text),
            entity("a2", "AWARD", "一等奖", text),
        ),
        (
            claim(text, "p", "runs", "c1", "举办歌咏赛"),
            claim(text, "p", "runs", "c2", "书法赛"),
            claim(text, "c1", "confers", "a1", "歌咏赛设一等奖"),
            claim(text, "c2", "confers", "a2", "书法赛设一等奖"),
        ),
    )
    corpus = canonicalise([extraction], base_iri=BASE)
    prizes = [thing for thing in corpus.things.values() if thing.type == "AWARD"]
    assert len(prizes) == 2
    assert {thing.contest for thing in prizes} == {
        t.iri for t in corpus.things.values() if t.type == "PROGRAM"
    }


def test_events_need_holder_and_date() -> None:
    def meeting(id: str, date: str | None) -> Extraction:
        text = "青禾县召开全民阅读推进会。"
        return Extraction(
            report(text, id=id),
            (
                entity("p", "PLACE", "青禾县", text, code="999921"),
                entity("v", "EVENT", "全民阅读推进会", text),
            ),
            (claim(text, "p", "holds", "v", "召开全民阅读推进会", date=date),),
        )

    dated = [paths(meeting(id, "2024-05-20"))["v"] for id in "ab"]
    assert dated[0] == dated[1]
    assert paths(meeting("c", "2024-06-20"))["v"] != dated[0]
    assert paths(meeting("a", None))["v"].startswith("report/a/event/")
    assert paths(meeting("a", "2024"))["v"].startswith("report/a/event/")


def test_order_of_inputs_and_local_ids_do_not_matter() -> None:
    extractions = [bureau("r1"), bureau("r2", short=True), bureau("r3")]
    one = canonicalise(extractions, base_iri=BASE)
    other = canonicalise(list(reversed(extractions)), base_iri=BASE)
    assert one == other
    shuffled = dataclasses.replace(extractions[0], entities=tuple(reversed(extractions[0].entities)))
    assert set(paths(shuffled).items()) == set(paths(extractions[0]).items())


def test_near_names_are_offered_and_a_person_decides() -> None:
    extractions = [bureau("r1"), bureau("r2", short=True)]
    corpus = canonicalise(extractions, base_iri=BASE)
    [offer] = [j for j in corpus.judgements if "organization" in j.left]
    assert offer.verdict == "unsure"
    assert "石桥派出所" in offer.explanation
    assert corpus.things[offer.left].iri != corpus.things[offer.right].iri
    same = Judgement(offer.left, offer.right, "same", 1.0, "checked", "person")
    merged = canonicalise(extractions, base_iri=BASE, judgements=[same])
    settled, open_ = sorted((offer.left, offer.right), key=lambda iri: "/report/" in iri)
    assert open_ not in merged.things
    assert merged.things[settled].sources == (open_,)
    assert merged.things[settled].reports == (BASE + "report/r1", BASE + "report/r2")
    row = next(c for c in merged.claims if c.source_subject == open_)
    assert row.subject == settled
    different = dataclasses.replace(same, verdict="different")
    apart = canonicalise(extractions, base_iri=BASE, judgements=[different])
    assert [j for j in apart.judgements if j.verdict == "unsure" and j.left == offer.left] == []
    with pytest.raises(DataError, match="judged different"):
        canonicalise(extractions, base_iri=BASE, judgements=[same, different])


def test_rival_readings_point_to_the_claim_that_won() -> None:
    corpus = canonicalise([bureau()], base_iri=BASE)
    [loser] = [row for row in corpus.claims if row.claim.status == "candidate"]
    [winner] = [row for row in corpus.claims if row.claim.predicate == "awarded" and row is not loser]
    assert loser.rival_of == (winner.iri,)
    assert winner.rival_of == ()


def test_reports_that_share_an_id_stay_two_and_a_double_counts_once() -> None:
    one = bureau()
    other = dataclasses.replace(one, report=dataclasses.replace(one.report, title="另一篇"))
    assert len(canonicalise([one, one], base_iri=BASE).reports) == 1
    corpus = canonicalise([one, other], base_iri=BASE)
    assert len({entry.iri for entry in corpus.reports}) == 2


@pytest.mark.parametrize(
    "base", ["", "id/", "https://example.org/id", "https://exa mple.org/", "ftp://x/<y>/"]
)
def test_a_base_iri_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="base IRI"):
        canonicalise([], base_iri=base)


def test_scopes_kinds_and_levels() -> None:
    assert named_scope("公安部") == "national"
    assert named_scope("某县公安局") is None
    assert prefix_scope("全国文明城市") == "national"
    assert prefix_scope("云南省文明单位") == "place/530000"
    assert prefix_scope("优秀志愿者") is None
    assert suffix_value("ORG", "青禾县公安局石桥派出所") == "police"
    assert suffix_value("PLACE", "石桥村") == "village"
    assert suffix_value("PLACE", "滨湖新区") is None
    assert [code_level(code) for code in ("140000", "140500", "140522", "140522100")] == [
        "province",
        "prefecture",
        "county",
        "township",
    ]


def test_judgement_files_are_checked(tmp_path: Path) -> None:
    path = tmp_path / "judgements.tsv"
    path.write_text("left\tright\tverdict\texplanation\nx:a\tx:b\tsame\tsame stamp\n", encoding="utf-8")
    assert read_judgements(path) == [Judgement("x:a", "x:b", "same", 1.0, "same stamp", "person")]
    path.write_text("left\tright\tverdict\texplanation\nx:a\tx:b\tmaybe\t?\nx:a\tx:b\n", encoding="utf-8")
    with pytest.raises(DataError, match=r":2: .*maybe.*:3: "):
        read_judgements(path)
    path.write_text("left\tright\tverdict\texplanation\nx:a\tx:a\tsame\t?\n", encoding="utf-8")
    with pytest.raises(DataError, match=":2: both sides"):
        read_judgements(path)


def test_scope_comes_from_who_is_behind_it() -> None:
    text = "公安部开展“净网”行动。滨河杯征文赛设优秀作者奖。"
    extraction = Extraction(
        report(text),
        (
            entity("o", "ORG", "公安部", text),
            entity("g", "PROGRAM", "净网", text),
            entity("v", "PROGRAM", "滨河杯征文赛", text),
            entity("a", "AWARD", "优秀作者", text),
        ),
        (
            claim(text, "o", "runs", "g", "开展“净网”行动"),
            claim(text, "v", "confers", "a", "征文赛设优秀作者奖"),
        ),
    )
    found = paths(extraction)
    assert found["g"].startswith("program/净网-")
    assert found["a"].startswith("report/r1/award/")


@pytest.mark.parametrize(
    ("name", "code", "path"),
    [
        ("襄樊市", "420600", "place/420600"),
        ("襄阳市", "420600", "place/420600"),
        ("南海市", "440682", "place/440682-until-2002"),
        ("雄安新区", "130000Z01", "place/雄安新区-"),
    ],
)
def test_codes_over_the_years_and_zones(name: str, code: str, path: str) -> None:
    text = f"{name}召开会议。"
    extraction = Extraction(report(text), (entity("p", "PLACE", name, text, code=code),), ())
    found = paths(extraction)["p"]
    assert found == path or (path.endswith("-") and found.startswith(path))
    [thing] = canonicalise([extraction], base_iri=BASE).things.values()
    assert thing.code == (code if code.isdigit() else None)
