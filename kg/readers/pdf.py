"""Born-digital PDF files: characters with their places become lines, blocks and pages in reading order.

Characters, places and sizes come from PDFium (by pypdfium2, Apache-2.0 or BSD-3-Clause). The order of a page is found by
cutting it along its widest white strips, again and again (the XY-cut of Nagy and Seth, 1984), so that a headline comes
before the columns under it. Blocks are parted by a blank line, which the segmentation takes as a sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Document
from kg.readers.blocks import Glyph, page_text
from kg.readers.encoding import mojibake
from kg.readers.result import Input

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 2000
_SPACES = frozenset({0xA0, 0x3000, *range(0x2000, 0x200C)})
_FEW = 20
"""Characters a page: with fewer the pages are pictures."""


def read_pdf(item: Input) -> Iterator[Document]:
    """One document whose pages are those of the file.

    Raises InputError for a file that is damaged or locked with a password, for pages that are pictures (scans), and for
    text whose characters the file does not name.
    """
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(item.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                "the PDF is locked with a password", hint="Save it without the password."
            ) from None
        raise InputError(
            "the PDF is damaged or cut short", hint="Get the file again from its source."
        ) from None
    try:
        if len(file) > MAX_PAGES:
            raise InputError(f"{len(file)} pages, at most {MAX_PAGES} are read", hint="Split the file.")
        texts = [page_text(list(_glyphs(file[number]))) for number in range(len(file))]
        title = file.get_metadata_value("Title").strip()
    except pypdfium2.PdfiumError as error:
        raise InputError(f"a page of the PDF cannot be read ({error})") from None
    finally:
        file.close()
    characters = sum(len(text) for text in texts)
    if characters < _FEW * max(1, len(texts)):
        raise InputError(
            "the PDF holds pictures of pages, no text",
            hint="Read its text with an OCR program first, e.g. ocrmypdf.",
        )
    unnamed = sum(text.count("\ufffd") + sum("\ue000" <= c <= "\uf8ff" for c in text) for text in texts)
    if unnamed > characters // 20 or mojibake("\n".join(texts)):
        raise InputError(
            "the PDF does not say which characters its glyphs are",
            hint="Read its text with an OCR program first.",
        )
    metadata = {"title": title} if any("\u4e00" <= character <= "\u9fff" for character in title) else {}
    yield Document(item.source, "pdf", tuple(text for text in texts if text.strip()), metadata=metadata)


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """The characters of a page as they were set, with the box of each, y growing upwards; those turned aside left out."""
    import ctypes

    from pypdfium2 import raw

    text = page.get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text.raw)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        # Spaces are told by the places of their neighbours: files and PDFium set them where none is printed.
        if code <= 32 or code in _SPACES or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        if 0.1 < raw.FPDFText_GetCharAngle(text.raw, index) < 6.18:
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        size = abs(box.top - box.bottom) or raw.FPDFText_GetFontSize(text.raw, index)
        # The pen's advance, not the ink: a comma fills a square.
        right = x.value + size if code > 0x2000 else max(box.right, x.value)
        yield Glyph(chr(code), x.value, right, y.value, size)
    text.close()
