"""The whole chain on any text: it raises nothing, every span is the report's own words, and runs agree."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.config import Config
from kg.doc import full_text, sentences
from kg.mentions.tagger import TAGGED
from kg.model import Report, extraction_to_json
from kg.pipeline import BATCH, Extractor

piece = st.one_of(
    st.text(alphabet="“”‘’《》（）()，。、；：！\n \t的和县局村年3A·", max_size=5),
    st.text(max_size=3),
    st.sampled_from(
        [
            "涞水县",
            "县公安局",
            "东关派出所",
            "石亭镇",
            "后李庄村",
            "荣获",
            "被授予",
            "开展",
            "举行",
            "推出",
            "晨读石亭",
            "志愿服务队",
            "项目",
            "文明城市",
            "称号",
            "一、二、三等奖",
            "召开推进会",
            "印发",
            "实施方案",
            "村民刘桂兰说",
            "本报讯（记者 周海波）",
            "第五届",
            "大赛",
            "等品牌",
            "三项行动",
            "团县委",
            "人民路",
            "𠀀①ＡＢ",
        ]
    ),
)
text = st.lists(piece, max_size=20).map("".join)
report = st.builds(
    lambda body, title, date: Report("r", "test", body, title=title.replace("\n", " "), date=date),
    text.filter(bool),  # no text at all: test_a_report_without_any_character
    text,
    st.sampled_from([None, "2015", "2022-05", "2022-05-19"]),
)
PATIENT = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", params=[False, True], ids=["rules", "learned"])
def extractor(request):
    return Extractor(Config(model=request.param))


@PATIENT
@given(report=report)
def test_every_mention_is_what_the_report_says(extractor, report):
    # test_a_village_after_a_line_that_ends_with_an_area
    assume(not re.search(r"[省市县区州旗镇乡村].{0,3}\n", full_text(report)))
    extraction = extractor.extract(report)
    assert extraction.report == report
    identifiers = {entity.id for entity in extraction.entities}
    assert len(identifiers) == len(extraction.entities)
    for entity in extraction.entities:
        assert entity.name.strip()
        assert entity.mentions
        assert len(set(entity.mentions)) == len(entity.mentions)
        assert entity.area is None or entity.area in identifiers
        assert 0 < entity.confidence <= 1
        if entity.rule == TAGGED:
            continue  # test_mentions.py: test_the_tagger_proposes_whole_names
        for mention in entity.mentions:
            source = report.title if mention.in_title else report.text
            assert 0 <= mention.start < mention.end <= len(source)
            assert mention.text == source[mention.start : mention.end]
            assert "\n" not in mention.text
    for claim in extraction.claims:
        source = report.title if claim.evidence.in_title else report.text
        assert source[claim.evidence.start : claim.evidence.end] == claim.evidence.text
        assert claim.subject in identifiers


@PATIENT
@given(report=report)
def test_two_runs_agree(extractor, report):
    assert extraction_to_json(extractor.extract(report)) == extraction_to_json(extractor.extract(report))


@PATIENT
@given(reports=st.lists(report, max_size=4))
def test_what_else_is_in_the_batch_changes_nothing(extractor, reports):
    together = [extraction_to_json(extraction) for extraction in extractor.extract_many(reports)]
    backwards = [extraction_to_json(extraction) for extraction in extractor.extract_many(reports[::-1])]
    assert together == backwards[::-1]
    assert together == [extraction_to_json(extractor.extract(report)) for report in reports]


def test_more_reports_than_a_batch_come_back_in_order(extractor):
    reports = [Report(f"r{number}", "test", f"涞水县第{number}小学开学了。") for number in range(BATCH + 3)]
    assert [extraction.report.id for extraction in extractor.extract_many(reports)] == [r.id for r in reports]


def test_reports_are_read_as_they_are_asked_for(extractor):
    asked = []

    def stream():
        for number in range(3 * BATCH):
            asked.append(number)
            yield Report(str(number), "test", "雨停了。")

    next(extractor.extract_many(stream()))
    assert len(asked) == BATCH


@pytest.mark.parametrize(
    ("title", "body"), [("走进涞水县", "李庄村的路修好了。"), ("", "他们来自涞水县\n李庄村的路修好了。")]
)
def test_a_village_after_a_line_that_ends_with_an_area(title, body):
    extraction = Extractor(Config(model=False)).extract(Report("r", "test", body, title=title))
    assert "李庄村" in {mention.text for entity in extraction.entities for mention in entity.mentions}


def test_a_report_without_any_character(extractor):
    assert extractor.extract(Report("r", "test", "")).entities == ()


@pytest.mark.parametrize("body", ["\n", " \n\n ", "。", "“", "ABC", "\u200b"])
def test_reports_without_words_have_no_entities(extractor, body):
    assert extractor.extract(Report("r", "test", body)).entities == ()


def test_full_width_and_half_width_forms_are_matched_and_printed_as_they_are(extractor):
    [first, second] = extractor.extract_many(
        [
            Report("a", "test", "涞水县公安局推出“一窗通办”服务，获１等功。"),
            Report("b", "test", '涞水县公安局推出"一窗通办"服务，获1等功。'),
        ]
    )
    names = [{(e.type, e.name) for e in x.entities if e.type in ("ORG", "PLACE")} for x in (first, second)]
    assert names[0] == names[1] == {("ORG", "涞水县公安局"), ("PLACE", "涞水县")}


@given(text)
def test_sentences_cover_all_but_white_space_in_order(body):
    spans = list(sentences(body))
    assert all(a < b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {position for start, end in spans for position in range(start, end)}
    assert [c for i, c in enumerate(body) if i not in covered and not c.isspace()] == []
    assert all("\n" not in body[start:end] for start, end in spans)


def test_full_text_keeps_the_offsets_of_the_body():
    made = Report("r", "test", "雨停了。", title="天气")
    assert full_text(made)[len(made.title) + 1 :] == made.text
    assert full_text(Report("r", "test", "雨停了。")) == "雨停了。"
