"""Readers: files of every kind come back as the reports that went in; what cannot be read is one line, and the rest goes on."""

import contextlib
import gzip
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.config import Columns, load_config
from kg.errors import InputError, UsageError
from kg.model import Document
from kg.readers import READERS, ReadFailure, read_content, read_documents
from kg.readers.encoding import decode, mojibake
from kg.readers.kinds import kind_of
from kg.segment import segment

FIXTURES = Path(__file__).parent / "fixtures"
REPORTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "pages/reports.jsonl").read_text("utf-8").splitlines()
]
TEXT = "近日，青河县渔湾镇北埠村的晒谷场坐满了人。\n镇里修好了一座石桥，两岸的乡亲都说好。\n"
TRADITIONAL = "近日，青河縣漁灣鎮的曬穀場坐滿了人。\n鎮裡修好了一座石橋，兩岸的鄉親都說好。\n"


def read_one(data: bytes, name: str = "a.txt") -> Document:
    (item,) = read_content(name, data)
    assert isinstance(item, Document), item
    return item


def failure(data: bytes, name: str = "a.txt") -> str:
    (item,) = read_content(name, data)
    assert isinstance(item, ReadFailure)
    assert isinstance(item.error, InputError)
    assert "\n" not in str(item.error)
    assert name in str(item.error)
    return str(item.error)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, name)
        for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312")
    ]
    + [(TRADITIONAL, name) for name in ("utf-8", "big5", "gb18030")],
)
def test_encodings(text, encoding):
    assert decode(text.encode(encoding)) == text


@given(st.text(alphabet="近日青河县渔湾镇的晒谷场坐满了人，。“”1a\n", min_size=40, max_size=200))
def test_utf8_text_is_kept_but_for_line_ends(text):
    if text.strip():
        assert decode(text.encode()) == text
        assert mojibake(text) is None


@pytest.mark.parametrize(
    "garbled",
    [
        (TEXT * 3).encode("utf-8").decode("latin-1"),
        (TEXT * 3).encode("gb18030").decode("latin-1"),
        (TEXT * 3).encode("utf-8").decode("gb18030", errors="replace"),
        "青河县\ufffd\ufffd\ufffd\ufffd\ufffd渔湾镇" * 20,
        "锟斤拷" * 20,
    ],
)
def test_mojibake_is_refused(garbled):
    assert "garbled" in failure(garbled.encode())


def test_line_ends_and_form_feeds():
    assert read_one("甲县。\r\n乙县。\r丙县。\f丁县。".encode()).pages == ("甲县。\n乙县。\n丙县。", "丁县。")


def test_jsonl_keeps_ids_order_and_metadata_and_tells_bad_lines():
    lines = [
        json.dumps(
            {"id": "x-2", "title": "桥", "text": TEXT, "date": "2024-05-06", "byline": ["周牧", "沈舟"]}
        ),
        "{not json",
        json.dumps({"text": 7}),
        json.dumps({"title": "无正文"}),
        "",
        json.dumps({"id": 1, "text": "第二篇。", "source": "青河日报"}),
    ]
    document, *failures = read_content("a.jsonl", "\n".join(lines).encode())
    first, second = segment(document)
    assert (first.id, first.text, first.byline, first.date) == ("x-2", TEXT, ("周牧", "沈舟"), "2024-05-06")
    assert (second.id, second.source) == ("1", "青河日报")
    assert [str(item.error).split(": ")[0] for item in failures] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_tables_by_their_header(separator, tmp_path):
    data = (
        separator.join(["标题", "正文", "日期"])
        + "\n"
        + separator.join(["桥", '"近日，\n桥通了。"', "2024-05-06"])
        + "\n"
    )
    (report,) = segment(read_one(data.encode(), "a.txt"))
    assert (report.title, report.text, report.date) == ("桥", "近日，\n桥通了。", "2024-05-06")


def test_columns_are_named_in_the_configuration(tmp_path):
    (tmp_path / "kg.toml").write_text(
        '[columns]\ntext = "body"\ntitle = ["name", "head"]\n', encoding="utf-8"
    )
    (tmp_path / "a.csv").write_text("head,body\n桥,近日桥通了。\n", encoding="utf-8")
    config = load_config(tmp_path / "kg.toml")
    (document,) = read_documents([tmp_path / "a.csv"], config=config)
    (report,) = segment(document)
    assert (report.title, report.text) == ("桥", "近日桥通了。")
    (item,) = read_documents([tmp_path / "a.csv"])
    assert "no column for the text: has head, body" in str(item.error)


@pytest.mark.parametrize(
    ("name", "number", "date", "paper"),
    [
        ("site-meta.html", 1, "2024-06-18", "临泉日报"),
        ("site-table.html", 3, "2021-11-09", "松岭区委宣传部"),
        ("epaper.html", 8, "2023-05-01", "云汀日报"),
    ],
)
def test_web_pages(name, number, date, paper):
    pytest.importorskip("trafilatura")
    (report,) = segment(read_one((FIXTURES / name).read_bytes(), name))
    truth = REPORTS[number]
    assert (report.title, report.text, report.date, report.newspaper) == (
        truth["title"],
        truth["text"],
        date,
        paper,
    )


def test_newspaper_pdf_in_four_columns():
    pytest.importorskip("pypdfium2")
    reports = segment(read_one((FIXTURES / "newspaper.pdf").read_bytes(), "newspaper.pdf"))
    truth = json.loads((FIXTURES / "newspaper.json").read_text("utf-8"))
    assert [report.title for report in reports] == [item["title"] for item in truth]
    assert ["".join(report.text.split()) for report in reports] == [
        "".join(item["text"].split()) for item in truth
    ]
    assert {(report.date, report.newspaper) for report in reports} == {("2024-10-22", "青河日报")}


def test_pdf_whose_report_goes_on_over_the_page():
    pytest.importorskip("pypdfium2")
    (report,) = segment(read_one((FIXTURES / "notice.pdf").read_bytes(), "notice.pdf"))
    assert (report.title, report.text) == (REPORTS[7]["title"], REPORTS[7]["text"])


def test_word_files():
    docx = pytest.importorskip("docx")
    word = docx.Document()
    for report in REPORTS[:2]:
        word.add_heading(report["title"], 1)
        for paragraph in report["text"].split("\n"):
            word.add_paragraph(paragraph)
    data = io.BytesIO()
    word.save(data)
    reports = segment(read_one(data.getvalue(), "a.docx"))
    assert [(item.title, item.text) for item in reports] == [
        (item["title"], item["text"]) for item in REPORTS[:2]
    ]


def archive(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return data.getvalue()


def test_archives_in_archives_and_what_is_refused_in_them():
    inner = archive(
        {"b/乙.txt": TEXT.encode(), "bomb.txt": b"0" * 5_000_000, "../up.txt": b"x", ".hidden": b"x"}
    )
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as file:
        for name, content in (("in/a.zip", inner), ("甲.txt", TEXT.encode())):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            file.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
    items = list(read_content("x.tgz", data.getvalue()))
    assert [item.source for item in items if isinstance(item, Document)] == [
        "x.tgz/in/a.zip/b/乙.txt",
        "x.tgz/甲.txt",
    ]
    reasons = {item.source: str(item.error) for item in items if isinstance(item, ReadFailure)}
    assert "leads outside" in reasons["x.tgz/in/a.zip/../up.txt"]
    assert "swells" in reasons["x.tgz/in/a.zip/bomb.txt"]
    assert "link" in reasons["x.tgz/link.txt"]
    assert len(reasons) == 3


BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \n\n", "empty"),
    "binary": (bytes(range(256)) * 40, "not a text file"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    "old word": (b"\xd0\xcf\x11\xe0" + b"\0" * 50, "Save it as .docx"),
    "cut pdf": ((FIXTURES / "notice.pdf").read_bytes()[:400], "damaged"),
    "cut zip": (archive({"a.txt": TEXT.encode()})[:60], "damaged"),
    "cut gzip": (gzip.compress(TEXT.encode() * 50)[:60], "damaged"),
    "no article": (b"<!doctype html><html><body><ul><li><a href=x>x</a></ul></body></html>", "no article"),
    "broken utf-16": (b"\xff\xfea", "mark says"),
    "table without text": ("标题,日期\n桥,2024\n".encode(), None),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_content_is_one_clear_line(name):
    data, reason = BAD[name]
    if reason is not None:
        if "pdf" in name:
            pytest.importorskip("pypdfium2")
        assert reason in failure(data, "bad")
    else:
        assert "no column for the text" in failure(data, "bad.csv")


def test_locked_and_scanned_pdf():
    pypdfium2 = pytest.importorskip("pypdfium2")
    file = pypdfium2.PdfDocument.new()
    file.new_page(200, 200)
    data = io.BytesIO()
    file.save(data)
    assert "OCR" in failure(data.getvalue(), "scan.pdf")
    locked = failure((FIXTURES / "locked.pdf").read_bytes(), "locked.pdf")
    assert "locked with a password" in locked
    assert "Save it without the password" in locked


def test_null_characters_are_dropped_where_they_are_few():
    assert decode((TEXT * 9 + "\0" + TEXT).encode()) == TEXT * 10


def test_folders_are_sorted_recursive_and_without_hidden_files(tmp_path):
    for name in ("b/乙.txt", "a/甲.txt", ".git/x.txt", "a/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "b/bad.bin").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "b/loop").symlink_to(tmp_path, target_is_directory=True)
    items = list(read_documents([tmp_path]))
    assert [Path(item.source).name for item in items] == ["甲.txt", "bad.bin", "乙.txt"]
    assert isinstance(items[1], ReadFailure)


def test_wrong_paths_are_told_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match="no such file"):
        read_documents([tmp_path / "a.txt", tmp_path / "missing.txt"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no file"):
        read_documents([tmp_path / "empty"])
    with pytest.raises(UsageError):
        read_documents([])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    (item,) = read_documents([tmp_path])
    assert "permission" in str(item.error)


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (document,) = read_documents(["-"])
    assert (document.source, document.pages) == ("-", (TEXT,))


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setitem(READERS, "text", "kg.readers.no_such_module:read")
    assert "not installed" in failure(TEXT.encode())


def test_a_huge_line_is_refused(monkeypatch):
    monkeypatch.setattr("kg.readers.records.MAX_LINE", 50)
    (item,) = read_content("a.jsonl", json.dumps({"text": "长" * 60}).encode())
    assert "at most 50" in str(item.error)


@given(st.binary(max_size=400))
def test_no_content_breaks_the_reading(data):
    for item in read_content("x", data):
        assert isinstance(item, Document | ReadFailure)
        if isinstance(item, Document):
            segment(item)
    with contextlib.suppress(InputError):
        assert kind_of("x", data, Columns()) in READERS
