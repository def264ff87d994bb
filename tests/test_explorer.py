"""The page of a build, in a real browser: search, evidence, filters, exports; no error, no request, no markup run."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from county_news import BASE, corpus, extractions

from kg.canonical import canonicalise
from kg.exporters.html import page_data, pinyin, render, write
from kg.model import Reprint
from kg.review import apply, read_corrections

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
NASTY = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


def test_data_names_only_what_is_there() -> None:
    data = page_data(corpus())
    assert {claim["st"] for claim in data["claims"]} == {"asserted", "candidate"}
    for claim in data["claims"]:
        report = data["reports"][claim["r"]]
        start, end, in_title = claim["evidence"]
        from_, to = claim["sentence"]
        assert from_ <= start < end <= to <= len(report["title"] if in_title else report["text"])
    for report in data["reports"]:
        position = 0
        for start, end, node in report["mentions"]:
            assert position <= start < end
            position = end
            assert report["text"][start:end] in (data["nodes"][node]["label"], *data["nodes"][node]["alt"])
    rivals = [claim for claim in data["claims"] if claim["rivals"]]
    assert len(rivals) == 2


def test_same_corpus_gives_the_same_page() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    write(corpus(), one)
    write(canonicalise(list(extractions())[::-1], base_iri=BASE), other)
    assert one.getvalue() == other.getvalue()


def test_text_cannot_end_the_data_element() -> None:
    page = render({"nodes": [{"label": NASTY}]})
    assert page.count("</script>") == 2
    assert NASTY in json.loads(page.split('id="data">')[1].split("</script>")[0])["nodes"][0]["label"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("书香阳城", "sxyc shuxiangyangcheng"), ("重庆市", "cqs chongqingshi"), ("“A1”计划", "ajh a1jihua")],
)
def test_pinyin(name: str, expected: str) -> None:
    assert pinyin(name) == expected


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as runner:
        chromium = runner.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--use-gl=swiftshader", "--enable-unsafe-swiftshader"],
        )
        yield chromium
        chromium.close()


class Page:
    """A page from disk, with all that it complained of or asked for."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.page = browser.new_page(**options)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if message.type == "error" else None,
        )
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Page]:
    path = tmp_path / "index.html"
    with path.open("wb") as stream:
        write(corpus(), stream)
    opened = Page(browser, path)
    yield opened
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    opened.page.close()


def test_search_by_initials_shows_facts_with_evidence(opened: Page) -> None:
    page = opened.page
    page.fill("#search", "cdjh")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.inner_text("#content h2") == "晨读计划"
    assert "晨读计划" in page.inner_text("#content blockquote >> nth=0")
    assert page.locator("#content blockquote .shows").count() > 0
    assert page.evaluate("location.hash").startswith("#id=")
    page.keyboard.press("Escape")
    assert page.locator("#panel.empty").count() == 1


def test_rivals_are_shown_and_lead_to_each_other(opened: Page) -> None:
    page = opened.page
    page.fill("#search", "祁县教育局")
    page.keyboard.press("Enter")
    rivals = page.locator("#content .rivals")
    assert "祁县文化馆" in rivals.first.inner_text()
    rivals.first.locator("a", has_text="祁县文化馆").click()
    assert page.inner_text("#content h2") == "祁县文化馆"
    assert page.locator("#content .candidate").count() == 1


def test_views_and_filters(opened: Page) -> None:
    page = opened.page
    page.click("#tab-honours")
    assert page.locator("#list tbody tr").count() == 5
    page.select_option("#filters select >> nth=1", label="涞水县")
    assert page.locator("#list tbody tr").count() == 1
    assert "教育部" in page.inner_text("#list tbody tr")
    page.click("#filters button")
    page.click("#tab-facts")
    facts = page.locator("#list tbody tr").count()
    page.select_option("#filters select >> nth=0", value="runs")
    assert 0 < page.locator("#list tbody tr").count() < facts
    page.fill("#filters input[type=text] >> nth=0", "2022")
    page.keyboard.press("Tab")
    assert page.locator("#list tbody tr").count() == 3
    page.click("#filters button")
    page.click("#tab-areas")
    assert page.inner_text("#list .tree > li >> nth=0").startswith("河北省")
    page.click("#tab-timeline")
    assert page.inner_text("#list .timeline h3 >> nth=0") == "2021-04-18"
    page.click("#tab-reports")
    page.click("#list a >> nth=0")
    assert page.locator("#content .mention").count() > 5


def test_other_printings_are_shown_with_their_report(browser: Any, tmp_path: Path) -> None:
    kept = list(extractions())
    again = replace(kept[0].report, source="web", newspaper=NASTY, date="2021-05-01")
    path = tmp_path / "index.html"
    with path.open("wb") as stream:
        write(canonicalise(kept, base_iri=BASE, reprints=[Reprint(again, kept[0].report)]), stream)
    opened = Page(browser, path)
    opened.page.click("#tab-reports")
    opened.page.click(f"#list a:has-text('{kept[0].report.title}')")
    assert f"另载： {NASTY} · 2021-05-01 · web" in opened.page.locator("#content .from").all_inner_texts()
    assert opened.complaints == []
    opened.page.close()


def test_language_can_be_switched(opened: Page) -> None:
    opened.page.click("#language")
    assert opened.page.inner_text("#tab-honours") == "Honours"
    assert opened.page.evaluate("document.documentElement.lang") == "en"


def test_what_is_shown_can_be_taken_away(opened: Page, tmp_path: Path) -> None:
    import pyoxigraph as ox

    from kg.graph.build import triples

    page = opened.page
    with page.expect_download() as download:
        page.click("#export-csv")
    download.value.save_as(tmp_path / "facts.csv")
    rows = (tmp_path / "facts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + int(page.inner_text("#shown").split("·")[1].split()[0])
    with page.expect_download() as download:
        page.click("#export-png")
    download.value.save_as(tmp_path / "graph.png")
    assert (tmp_path / "graph.png").read_bytes().startswith(b"\x89PNG")
    page.fill("#search", "晨读计划")
    page.keyboard.press("Enter")
    page.click("#export-sparql")
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples(corpus()))
    answer = store.query(page.inner_text("#query-text"))
    assert len(list(answer)) > 0  # type: ignore[arg-type]
    page.click("#query-close")


def test_markup_in_reports_is_text(browser: Any, tmp_path: Path) -> None:
    def spoilt() -> Iterator[Any]:
        for item in extractions():
            entities = tuple(
                replace(entity, name=f"{entity.name}{NASTY}") if entity.type == "PROGRAM" else entity
                for entity in item.entities
            )
            yield replace(item, report=replace(item.report, title=NASTY), entities=entities)

    path = tmp_path / "index.html"
    with path.open("wb") as stream:
        write(canonicalise(list(spoilt()), base_iri=BASE), stream)
    opened = Page(browser, path)
    page = opened.page
    page.fill("#search", "晨读计划")
    page.keyboard.press("Enter")
    assert "<img" in page.inner_text("#content h2")
    for view in ("facts", "honours", "timeline", "reports"):
        page.click(f"#tab-{view}")
    page.click("#list a >> nth=0")
    assert page.title() == "地方新闻知识图谱"
    assert page.locator("img").count() == 0
    assert opened.complaints == []
    page.close()


def test_phone_shows_everything_within_its_width(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    with path.open("wb") as stream:
        write(corpus(), stream)
    opened = Page(browser, path, viewport={"width": 390, "height": 800})
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("#search", "晨读计划")
    page.keyboard.press("Enter")
    box = page.locator("#panel").bounding_box()
    assert box["width"] == 390
    assert opened.complaints == []
    page.close()


def test_corrections_given_on_the_page_are_those_that_a_build_reads(opened: Page, tmp_path: Path) -> None:
    page = opened.page
    page.fill("#search", "祁县教育局")
    page.keyboard.press("Enter")
    claim = page.locator("#content details[open] .evidence .verdict").first
    claim.locator("button", has_text="错误").click()
    claim.locator("button", has_text="正确").click()
    claim.locator("button", has_text="改主体").click()
    claim.locator("input").fill("祁县文化馆")
    page.keyboard.press("Enter")
    page.click("#content .review summary")
    entity = page.locator("#content .review")
    entity.locator("form input").fill("祁县教育和体育局")
    page.keyboard.press("Enter")
    entity.locator("select").select_option("PLACE")
    entity.get_by_role("combobox", name="不同于").fill("祁县文化馆")
    page.keyboard.press("Enter")
    entity.get_by_role("button", name="撤销 改类型").click()
    page.fill("#reviewer", "=李审")
    with page.expect_download() as download:
        page.click("#export-review")
    path = tmp_path / "corrections.csv"
    download.value.save_as(path)
    given = {item.verdict: item for item in read_corrections(path)}
    assert sorted(given) == ["accept", "different", "rename", "resubject"]
    assert given["rename"].other == "祁县教育和体育局"
    assert {item.by for item in given.values()} == {"'=李审"}
    changed, stale = apply(corpus(), list(given.values()))
    assert stale == []
    names = {iri: thing.label for iri, thing in changed.things.items()}
    assert names[given["rename"].item] == "祁县教育和体育局"
    moved = next(claim for claim in changed.claims if claim.iri == given["resubject"].item)
    assert names[moved.subject] == "祁县文化馆"
