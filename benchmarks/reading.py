"""How well pages are cut, and how fast each reader is.

    python benchmarks/reading.py [--pages DIR ...] [--generated N] [--skip-speed]

Quality: the share of reports whose text, title and byline come back exactly (white space aside), on N pages set by
tests/pages/setter.py from tests/pages/reports.jsonl, on the seed page, and on folders of page-*.txt with page-*.json
beside them ({"date", "reports": [{"title", "text"}]}). Speed: characters of text a second of processor time, one core, and
the share of cutting beside extraction.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.model import Document, Report
from kg.pipeline import BATCH, Extractor
from kg.readers import ReadFailure, read_content
from kg.segment import bylines, segment

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/pages"))
from setter import set_page  # noqa: E402 (the folder of the test pages is no package)

Truth = tuple[str, str, list[dict[str, str]]]
"""A page: its text, its date, its reports."""


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--generated", type=int, default=200)
    parser.add_argument("--skip-speed", action="store_true")
    args = parser.parse_args()
    reports = [
        json.loads(line) for line in (ROOT / "tests/pages/reports.jsonl").read_text("utf-8").splitlines()
    ]
    pages = list(generated(reports, args.generated))
    print("| pages | reports | text | text and title | byline | date |\n|---|---|---|---|---|---|")
    print(quality(f"generated ({args.generated})", pages))
    for folder in args.pages:
        print(quality(str(folder), list(from_folder(folder))))
    if not args.skip_speed:
        print("\n| input | characters a second |\n|---|---|")
        for name, speed in speeds(reports, pages):
            print(f"| {name} | {speed:,.0f} |")
        print(
            f"\nCutting text pages takes {share(pages):.1%} of the time of cutting and extraction together."
        )


def generated(reports: list[dict[str, str]], number: int) -> Iterable[Truth]:
    """Pages in layouts drawn from seeds that the tests do not use."""
    for seed in range(1000, 1000 + number):
        chosen = [reports[(seed * 5 + step * 7) % len(reports)] for step in range(2 + seed % 5)]
        page = set_page(chosen, seed)
        yield page.text, page.date, page.reports


def from_folder(folder: Path) -> Iterable[Truth]:
    """Pages of a folder, with the truth beside them."""
    for path in sorted(folder.glob("page-*.txt")):
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        yield path.read_text("utf-8"), truth["date"], truth["reports"]


def quality(name: str, pages: list[Truth]) -> str:
    """One row of the table."""
    total = text_right = title_right = byline_right = date_right = 0
    for text, date, truth in pages:
        found = {bare(report.text): report for report in segment(Document("page", "text", (text,)))}
        date_right += bool(found) and all(report.date == date for report in found.values())
        total += len(truth)
        for item in truth:
            report = found.get(bare(item["text"]))
            if report is not None:
                text_right += 1
                title_right += bare(report.title) == bare(item["title"])
                byline_right += set(report.byline) == names(item)
    shares = [f"{count / total:.3f}" for count in (text_right, title_right, byline_right)]
    return f"| {name} | {total} | {' | '.join(shares)} | {date_right / len(pages):.3f} |"


def names(item: dict[str, str]) -> set[str]:
    """The authors that the report's own text names."""
    return {byline.name for byline in bylines(item["text"], item["title"]) if byline.role != "editor"}


def bare(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


def speeds(reports: list[dict[str, str]], pages: list[Truth]) -> Iterable[tuple[str, float]]:
    """Each reader with the segmentation behind it; the reading of a text page also alone."""
    page = "\f".join(text for text, _, _ in pages).encode()
    lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in reports * 40).encode()
    rows = "title,text\n" + "".join(f'"{item["title"]}","{item["text"]}"\n' for item in reports * 40)
    fixtures = ROOT / "tests/fixtures"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pages.txt", page)
    yield "text pages, reading alone", rate("a.txt", page, lambda _: [])
    yield "text pages, read and cut", rate("a.txt", page, segment)
    yield "text pages in GB18030, reading alone", rate("a.txt", page.decode().encode("gb18030"), lambda _: [])
    yield "JSON Lines", rate("a.jsonl", lines, segment)
    yield "CSV", rate("a.csv", rows.encode(), segment)
    yield "ZIP of text pages, read and cut", rate("a.zip", packed.getvalue(), segment)
    for name in ("site-meta.html", "newspaper.pdf"):
        yield name, rate(name, (fixtures / name).read_bytes(), segment, rounds=8)


def share(pages: list[Truth]) -> float:
    """What part of processor time the cutting of pages takes where facts are then extracted from their reports."""
    pipeline = Extractor()
    document = Document("pages", "text", tuple(text for text, _, _ in pages))
    list(pipeline.extract_many(segment(document)[:BATCH]))  # loads models and tables
    start = time.process_time()
    reports = segment(document)
    cut = time.process_time()
    list(pipeline.extract_many(reports))
    return (cut - start) / (time.process_time() - start)


def rate(name: str, data: bytes, cut: Callable[[Document], list[Report]], *, rounds: int = 3) -> float:
    """Characters a second of processor time: the best of some rounds."""
    best = 0.0
    for _ in range(rounds):
        start = time.process_time()
        characters = 0
        for item in read_content(name, data):
            assert not isinstance(item, ReadFailure), item.error
            characters += sum(len(text) for text in item.pages)
            cut(item)
        best = max(best, characters / (time.process_time() - start))
    return best


if __name__ == "__main__":
    main()
