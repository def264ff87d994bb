"""Word files (.docx): paragraphs in order, headings told by their style; several reports in a file are cut at headings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from kg.errors import InputError
from kg.model import Document
from kg.readers.result import Input

if TYPE_CHECKING:
    from docx.document import Document as Word

_HEADING = re.compile(r"(?:heading|标题|title)\s*1?$", re.IGNORECASE)
_LEAST = 60
"""Characters: a heading with less text under it before the next does not open a report of its own."""


def read_docx(item: Input) -> Iterator[Document]:
    """One document; a page for each heading of the first level with its text, or one page when there is at most one.

    Text of tables comes where the table stands, a row a line. Raises InputError for a file that is damaged or empty.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        word = docx.Document(io.BytesIO(item.data))
        parts = list(_parts(word))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise InputError(
            f"the Word file is damaged ({type(error).__name__})", hint="Save it again."
        ) from None
    if not any(text for _, text in parts):
        raise InputError("the Word file holds no text")
    reports = [(title, text) for title, text in parts if len(text) >= _LEAST]
    if len(reports) < 2:
        title = next((title for title, _ in parts if title), "")
        text = "\n".join(part for _, part in parts if part)
        yield Document(
            item.source, "docx", (text,), metadata={"title": title} if title else {}, segmented=bool(title)
        )
        return
    # What has too little text under it goes with the report before it.
    texts: list[tuple[str, str]] = []
    for title, text in parts:
        if len(text) >= _LEAST or not texts:
            texts.append((title, text))
        else:
            before = texts.pop()
            texts.append((before[0], "\n".join(part for part in (before[1], title, text) if part)))
    records = tuple({"title": title} if title else {} for title, _ in texts)
    yield Document(
        item.source,
        "docx",
        tuple(text for _, text in texts),
        segmented=True,
        records=records,
    )


def _parts(word: Word) -> Iterator[tuple[str, str]]:
    """Headings of the first level, each with the text under it; the first heading may be empty."""
    from docx.table import Table

    title, lines = "", list[str]()
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
            continue
        text = block.text.strip()
        style = block.style.name if block.style is not None else ""
        if text and _HEADING.fullmatch(style or ""):
            if lines and title:
                yield title, "\n".join(lines)
                title, lines = text, []
            elif lines:
                yield "", "\n".join(lines)
                title, lines = text, []
            else:
                title += text
        elif text:
            lines += [line.strip() for line in text.split("\n") if line.strip()]
    yield title, "\n".join(lines)
