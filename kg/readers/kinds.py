"""What kind of file it is: told by its content first, by its name where the content leaves it open."""

from __future__ import annotations

import re

from kg.config import Columns
from kg.errors import InputError
from kg.readers.encoding import decode
from kg.readers.records import is_jsonl, is_table

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "tar"),
    (b"BZh", "tar"),
    (b"\xfd7zXZ\x00", "tar"),
)
# What is met often and cannot be read: said by its name, with what to do.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps)", "Save it as .docx."),
    (b"{\\rtf", "a rich-text file", "Save it as .docx or as text."),
    (b"\x89PNG", "a picture", "Read its text with an OCR program first."),
    (b"\xff\xd8\xff", "a picture", "Read its text with an OCR program first."),
    (b"GIF8", "a picture", "Read its text with an OCR program first."),
    (b"II*\x00", "a picture", "Read its text with an OCR program first."),
    (b"MM\x00*", "a picture", "Read its text with an OCR program first."),
    (b"Rar!", "a RAR archive", "Pack it as .zip."),
    (b"7z\xbc\xaf", "a 7z archive", "Pack it as .zip."),
)
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|meta|div|article|table|p)\b", re.IGNORECASE)


def kind_of(source: str, data: bytes, columns: Columns) -> str:
    """The key of `READERS` for this content. Raises InputError for a kind that cannot be read."""
    head = (
        data[:1024].lstrip(b"\r\n\t \xef\xbb\xbf")
        if data.startswith((b"%", b"\xef", b"\r", b"\n", b" "))
        else data
    )
    for signature, what, remedy in _REFUSED:
        if data.startswith(signature):
            raise InputError(f"{what}, which cannot be read", where=source, hint=remedy)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return _zipped(source, data) if kind == "zip" else kind
    if data[257:262] == b"ustar":
        return "tar"
    return _of_text(source, data, columns)


def _zipped(source: str, data: bytes) -> str:
    """A Word file is a ZIP archive with a certain member; other Office files are refused."""
    if b"word/" in data and b"[Content_Types].xml" in data:
        return "docx"
    if b"[Content_Types].xml" in data and (b"xl/" in data or b"ppt/" in data):
        raise InputError("a spreadsheet or presentation", where=source, hint="Save it as .csv or .docx.")
    return "zip"


def _of_text(source: str, data: bytes, columns: Columns) -> str:
    head = decode(_head(data)) if data[:8192].strip() else ""
    suffix = source.rsplit(".", 1)[-1].lower() if "." in source else ""
    if suffix in ("jsonl", "ndjson") or is_jsonl(head):
        return "jsonl"
    if head.lstrip()[:1] == "<" and _HTML.search(head[:4096]):
        return "html"
    if suffix in ("csv", "tsv") or is_table(head, columns):
        return "csv"
    return "html" if suffix in ("html", "htm", "xhtml") else "text"


def _head(data: bytes) -> bytes:
    """The first bytes, cut at a line's end so that no character is halved."""
    if len(data) <= 65536:
        return data
    end = data.rfind(b"\n", 0, 65536)
    return data if end < 1024 else data[: end + 1]
