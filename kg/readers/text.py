"""Plain text: pages parted by form feeds, as programs that take text out of PDF files write it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document
from kg.readers.encoding import decode
from kg.readers.result import Input


def read_text(item: Input) -> Iterator[Document]:
    """One document; its pages are cut at form feeds."""
    pages = tuple(page for page in decode(item.data).split("\f") if page.strip())
    yield Document(item.source, "text", pages)
